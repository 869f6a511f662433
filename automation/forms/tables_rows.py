"""Tables of one record a row (or a column, when turned): officers, indicators, past years, agenda, papers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from automation.forms.fields import list_of, year_of
from automation.forms.fields_lines import split_unit
from automation.forms.fields_money import amount_of
from automation.forms.fields_people import email_of, phone_of
from automation.forms.ledger import Ledger
from automation.forms.structure import Line
from automation.forms.tables import Region
from automation.forms.tables_parts import parted
from automation.forms.wording import clean, key, numbering, plain, without_number
from automation.model import AgendaItem, HistoryYear, Indicator, Person
from automation.office.blocks import Cell, Para
from automation.thai.text import is_blank

_ASPECT = re.compile(
    r"(?:ตัวชี้วัด)?(?:(?:เชิง|ด้าน)(?:ปริมาณ|คุณภาพ|เวลา|ต้นทุน|ค่าใช้จ่าย|ประโยชน์)|ผลผลิต|ผลลัพธ์)(?:ผลผลิต|ผลลัพธ์|outputs?|outcomes?)?$"
)
"""What a row that only heads the indicators below it says."""
SUMS = ("รวม", "ทั้งสิ้น", "ยอดรวม", "total", "grandtotal", "งบประมาณรวม")
"""How the first cell of a row of sums begins, as a key."""
_NONE = re.compile(r"^(?:-|–|ไม่มี.*|ไม่เคย.*|เป็นโครงการใหม่.*)$")


@dataclass(slots=True)
class Row:
    """One record of a table: leaf → cell; a band over all columns; whether it is a sum."""

    cells: dict[str, Cell] = field(default_factory=dict)
    band: str = ""
    sum: bool = False
    index: int = 0

    def text(self, leaf: str) -> str | None:
        """The value of a leaf, None when blank."""
        cell = self.cells.get(leaf)
        value = clean(cell.text) if cell is not None else ""
        return None if is_blank(value) else value


def assign(hits: Mapping[int, frozenset[str]]) -> dict[int, str]:
    """Column → leaf, each leaf once; columns that may only mean one thing choose first."""
    chosen: dict[int, str] = {}
    for col, leaves in sorted(hits.items(), key=lambda item: (len(item[1]), item[0])):
        free = [leaf for leaf in sorted(leaves) if leaf not in chosen.values() or leaf == "spread"]
        if free:
            chosen[col] = free[0]
    return chosen


def head_used(region: Region, ledger: Ledger) -> None:
    """The headings of a region are labels: used."""
    if region.turned:
        lines = range(region.start, region.stop)
        for row in lines:
            cell = region.grid.at(row, region.lead)
            if cell is not None:
                ledger.use_cell(cell)
        return
    ledger.use_rows(region, region.start, region.body)


def rows_of(region: Region, path: str, ledger: Ledger) -> Iterator[Row]:
    """The rows of a region as records of list `path`; their cells are marked as used."""
    columns = assign(region.leaves.get(path, {}))
    head_used(region, ledger)
    stops = region.grid.cols if region.turned else region.stop
    first = region.body if not region.turned else 1
    lines = [line for line in range(region.start, region.stop)] if region.turned else []
    for index in range(first, stops):
        row = _row(region, index, columns, lines)
        if row is None:
            continue
        for cell in row.cells.values():
            ledger.use_cell(cell)
        if row.band or row.sum:
            yield row
            continue
        yield from (replace(row, cells=cells) for cells in parted(row.cells))


def _row(region: Region, index: int, columns: Mapping[int, str], lines: list[int]) -> Row | None:
    cells = _cells(region, index, lines)
    filled = [cell for cell in cells if not is_blank(cell.text)]
    if not filled:
        return None
    row = Row(index=index)
    if (
        len(filled) == 1
        and len(cells) > 1
        and key(filled[0].text).isdigit()
        and len(key(filled[0].text)) <= 2
    ):
        row.cells = {"index": filled[0]}
        return row
    width = len(lines) if region.turned else region.grid.cols
    if len(cells) == 1 or (
        len(filled) == 1 and filled[0].col_span >= max(2, width - 1) and not region.turned
    ):
        row.band = clean(filled[0].text)
        row.cells = {"band": filled[0]}
        return row
    if (over := _over_all(region, index, columns)) is not None:
        row.band = clean(over.text)
        row.cells = {f"band{number}": cell for number, cell in enumerate(filled)}
        return row
    row.sum = key(without_number(clean(filled[0].text))).startswith(SUMS)
    for col, leaf in columns.items():
        cell = region.cell(index, col)
        if cell is not None:
            row.cells[leaf] = cell
    if row.sum:
        row.cells = {f"sum{number}": cell for number, cell in enumerate(cells)}
        return row
    for number, cell in enumerate(cells):
        if key(cell.text).isdigit() and len(key(cell.text)) <= 2 and cell not in row.cells.values():
            row.cells[f"index{number}"] = cell
    return row


def _over_all(region: Region, index: int, columns: Mapping[int, str]) -> Cell | None:
    """The cell that covers all columns of a row but that of its number."""
    cells = [region.cell(index, col) for col in columns]
    first = cells[0] if len(cells) > 1 and not region.turned else None
    same = first is not None and not is_blank(first.text) and all(cell is first for cell in cells)
    return first if same else None


def _cells(region: Region, index: int, lines: list[int]) -> list[Cell]:
    if not region.turned:
        return list(region.grid.row(index))
    found: list[Cell] = []
    for line in lines:
        cell = region.grid.at(line, index)
        if cell is not None and cell not in found:
            found.append(cell)
    return found


def people_in(region: Region, ledger: Ledger) -> tuple[list[Person], str | None, str | None]:
    """Officers of a table, and the bureau and group that its columns name."""
    found: list[Person] = []
    bureau = group = None
    for row in rows_of(region, "responsible", ledger):
        name = row.text("name")
        bureau, group = bureau or row.text("bureau"), group or row.text("group")
        if not name or row.band or row.sum:
            continue
        phone, mail = row.text("phone") or "", row.text("email") or ""
        found.append(
            Person(
                name=without_number(name),
                position=without_number(row.text("position") or "") or None,
                phone=phone_of(phone) if phone else None,
                email=email_of(mail) or email_of(phone),
            )
        )
    return found, bureau, group


def indicators_in(region: Region, ledger: Ledger, year: int | None = None) -> list[Indicator]:
    """Indicators of a table; a target cell that holds its unit too is parted where no unit column exists.

    Of targets by year those of the fiscal year `year` (B.E.) count, else the first.
    """
    found: list[Indicator] = []
    region = _with_unit(_of_year(region, year))
    for row in rows_of(region, "indicators", ledger):
        name, unit, target = row.text("name"), row.text("unit"), row.text("target")
        if row.band or row.sum or not name or (not target and not unit and _ASPECT.match(key(name))):
            continue
        if target and "unit" not in row.cells:
            target, unit = split_unit(target)
        found.append(Indicator(name=without_number(name), unit=unit, target=target))
    return found


def _of_year(region: Region, year: int | None) -> Region:
    """Of several columns for targets whose headings name years, the one of the year."""
    hits = dict(region.leaves.get("indicators", {}))
    dated = {
        col: named
        for col, leaves in hits.items()
        if leaves == {"target"} and (named := _year_above(region, col)) is not None
    }
    if region.turned or len(dated) < 2:
        return _told(region, hits)
    chosen = next((col for col, named in dated.items() if named == year), min(dated))
    kept = {col: leaves for col, leaves in hits.items() if col == chosen or col not in dated}
    return replace(region, leaves={**region.leaves, "indicators": kept})


def _told(region: Region, hits: Mapping[int, frozenset[str]]) -> Region:
    """Beside units, of a column of goals (`เป้าหมาย`) and one of `ค่าเป้าหมาย` the second holds the targets."""
    targets = [col for col, leaves in hits.items() if leaves == {"target"}]
    units = any("unit" in leaves for leaves in hits.values())
    sure = [col for col in targets if key(_head(region, col)).startswith("ค่าเป้าหมาย")]
    if region.turned or len(targets) < 2 or not units or len(sure) != 1:
        return region
    kept = {col: leaves for col, leaves in hits.items() if col in sure or col not in targets}
    return replace(region, leaves={**region.leaves, "indicators": kept})


def _head(region: Region, col: int) -> str:
    cell = region.grid.at(region.body - 1, col)
    return cell.text if cell is not None else ""


def _year_above(region: Region, col: int) -> int | None:
    heads = (region.grid.at(row, col) for row in range(region.start, region.body))
    return year_of(" ".join(cell.text for cell in heads if cell is not None))


def _with_unit(region: Region) -> Region:
    """Of two columns under one heading for targets, the one without figures holds the units."""
    hits = dict(region.leaves.get("indicators", {}))
    targets = [col for col, leaves in hits.items() if leaves == {"target"}]
    if len(targets) != 2 or any("unit" in leaves for leaves in hits.values()):
        return region
    figures = {col: _figures(region, col) for col in targets}
    hits[min(targets, key=lambda col: figures[col])] = frozenset({"unit"})
    return replace(region, leaves={**region.leaves, "indicators": hits})


def _figures(region: Region, col: int) -> int:
    cells = (region.cell(row, col) for row in range(region.body, region.stop))
    return sum(1 for cell in cells if cell is not None and re.search(r"[0-9๐-๙]", cell.text))


def history_in(region: Region, ledger: Ledger) -> tuple[list[HistoryYear], list[Cell]]:
    """Past years of a table, and the cells that should hold money and do not."""
    found: list[HistoryYear] = []
    bad: list[Cell] = []
    for row in rows_of(region, "history", ledger):
        year = year_of(_year_text(row.text("fiscal_year") or ""))
        if row.band or row.sum or year is None:
            continue
        money = {}
        for leaf in ("requested", "allocated", "spent"):
            cell = row.cells.get(leaf)
            try:
                money[leaf] = amount_of(cell.text) if cell is not None else None
            except ValueError:
                money[leaf] = None
                bad += [cell] if cell is not None else []
        found.append(HistoryYear(fiscal_year=year, result=row.text("result"), **money))
    return found, bad


def _year_text(text: str) -> str:
    return f"ปี {text}" if len(key(text)) == 2 else text


def agenda_in(region: Region, ledger: Ledger) -> list[AgendaItem]:
    """The agenda of a table: number, title (first line), sub-items (further lines, rows below a number)."""
    found: list[AgendaItem] = []
    for row in rows_of(region, "agenda", ledger):
        cell = row.cells.get("title")
        if row.band or cell is None or is_blank(cell.text):
            continue
        lines = _cell_lines(cell)
        points = row.cells.get("items")
        items = list_of(lines[1:]) + (list_of(_cell_lines(points)) if points is not None else ())
        no = re.sub(r"^(?:ระเบียบ)?วาระที่\s*", "", row.text("no") or "").strip(" .")
        title = without_number(clean(lines[0].text))
        last = found[-1] if found else None
        if last and last.no and (no in ("", last.no) or no.startswith(f"{last.no}.")):
            found[-1] = AgendaItem(no=last.no, title=last.title, items=(*last.items, title, *items))
        else:
            found.append(AgendaItem(no=no, title=title, items=items))
    return found


def _cell_lines(cell: Cell) -> list[Line]:
    """The lines of a cell's own paragraphs that say something."""
    return [
        Line(part, block, 0, printed=block.number)
        for block in cell.blocks
        if isinstance(block, Para)
        for part in plain(block.text).split("\n")
        if part.strip()
    ]


def names_in(region: Region, path: str, ledger: Ledger) -> list[str]:
    """The first named column of a table as a list of texts, with the position that a further column tells."""
    found = []
    for row in rows_of(region, path, ledger):
        name = row.text("name")
        if name and not row.band:
            words = (without_number(name) if numbering(name) else name, row.text("position"))
            found.append(" ".join(filter(None, words)))
    return found


def says_none(text: str) -> bool:
    """Whether a text says that there is nothing: "-", ไม่มี."""
    return _NONE.match(clean(text).strip()) is not None
