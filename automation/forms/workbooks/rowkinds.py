"""What a row below the headings is: a project, the continuation of one, a total, a band, the form's foot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from automation.forms.workbooks.bands import Band
from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.headings import Column, Layout, heading_chains
from automation.forms.workbooks.schema import Kind
from automation.forms.workbooks.texts import blank, match_key
from automation.forms.workbooks.values import cell_text
from automation.forms.workbooks.vocabulary import Words
from automation.office.sheets import Sheet, SheetCell
from automation.thai.digits import to_arabic

_NUMBER = re.compile(r"\(?\d+(?:\.\d+)*[.)]?")
_COLUMN_NUMBER = re.compile(r"\(?\s*\d{1,2}\s*\)?(?:\s*=.*)?")
_CODE = re.compile(r"(?=.*\d).{1,30}", re.DOTALL)
"""A code or number; a longer text with figures is a title."""
_CODED_NAME = re.compile(
    r"[(\[]?(?:[0-9๐-๙]{2}|[0-9๐-๙]{4})-[ก-๙A-Za-z.]{1,6}[0-9๐-๙]?-[0-9๐-๙]{1,4}[)\]]?[\s:]"
)
"""A project's code before its name."""
_NUMBERED = re.compile(r"^(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*|[ก-ฮ])[.)]\s*")
_PART = re.compile(r"(?:ส่วน|ตอน|หมวด|ตาราง|บท)ที่\s*[0-9๐-๙]")
_TOTAL = re.compile(r"รวม(?:[\s(:]|$)")


class RowKind(StrEnum):
    """Only DATA reaches the record; a RESULT row is text about the row above."""

    DATA = auto()
    BLANK = auto()
    """A row of the form that nobody has filled: a running number and formulas."""
    HEADING = auto()
    NUMBERS = auto()
    TOTAL = auto()
    BAND = auto()
    CLOSING = auto()
    RESULT = auto()
    EXAMPLE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class TableShape:
    """What the rows of one table are judged by."""

    sheet: Sheet
    words: Words
    columns: dict[int, Column]
    headings: dict[int, frozenset[str]]
    """Column → folded texts of its headings."""
    sequence: frozenset[int]
    """Columns of running numbers (ลำดับ)."""
    furniture: frozenset[int]
    """Columns that the form fills itself: running numbers and what it works out."""
    identity: frozenset[int]
    """Columns of a code or number of the outermost list."""
    names: frozenset[int]
    deeper: frozenset[int]
    """Columns of lists inside the outermost list."""
    bands: tuple[Band, ...]
    """The lists whose names are no column: a row may announce their items."""
    below: re.Pattern[str] | None
    """The labels of rows that go on with the row above (`ผล :`)."""


def table_shape(layout: Layout, words: Words) -> TableShape:
    """The shape of a table that was found."""
    columns = {column.col: column for column in layout.columns}
    chains = heading_chains(layout.sheet, layout.top, layout.bottom)
    outermost = min((len(c.leaf.lists) for c in layout.columns if c.leaf.lists), default=1)
    outer = [c for c in layout.columns if len(c.leaf.lists) == outermost]
    return TableShape(
        sheet=layout.sheet,
        words=words,
        columns=columns,
        headings={col: frozenset(match_key(text) for text in texts) for col, texts in chains.items()},
        sequence=_columns_called(words.sequence, chains) - set(columns),
        furniture=_columns_called(words.sequence | words.computed, chains) - set(columns),
        identity=frozenset(c.col for c in outer if c.leaf.name in ("code", "no")),
        names=frozenset(c.col for c in outer if c.leaf.name == "name"),
        deeper=frozenset(c.col for c in layout.columns if len(c.leaf.lists) > outermost),
        bands=tuple(band for band in layout.words.bands.values() if band.name.path not in layout.paths),
        below=label_pattern(layout.words.below),
    )


def label_pattern(labels: Iterable[str]) -> re.Pattern[str] | None:
    """A label with its colon, at the beginning or behind a space; None where there are no labels."""
    words = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    return re.compile(rf"(?:^|\s)({words})\s*[:：]\s*") if words else None


def _columns_called(names: frozenset[str], chains: Mapping[int, tuple[str, ...]]) -> frozenset[int]:
    return frozenset(col for col, texts in chains.items() if match_key(texts[-1]) in names)


def row_kind(cells: Sequence[SheetCell], shape: TableShape) -> RowKind:
    """What a row with these visible cells is."""
    if not any(_is_typed(cell, shape) for cell in cells):
        return RowKind.BLANK
    if _is_heading(cells, shape):
        return RowKind.HEADING
    if len(cells) > 2 and all(_COLUMN_NUMBER.fullmatch(to_arabic(heading_text(cell))) for cell in cells):
        return RowKind.NUMBERS
    if len(cells) <= 2 and any(band.announced(cell_text(cells[0])) for band in shape.bands):
        return RowKind.BAND
    if any(cell.col in shape.sequence and match_key(cell_text(cell)).startswith("ตัวอย่าง") for cell in cells):
        return RowKind.EXAMPLE
    return RowKind.DATA if is_identified(cells, shape) else _anonymous(cells, shape)


def _is_typed(cell: SheetCell, shape: TableShape) -> bool:
    """Whether somebody wrote the cell: no running number, no formula unless it brings in words."""
    if cell.formula:
        return bool(cell.error) or (isinstance(cell.value, str) and not blank(cell.value))
    return cell.col not in shape.furniture or not _NUMBER.fullmatch(to_arabic(cell_text(cell)))


def is_identified(cells: Sequence[SheetCell], shape: TableShape) -> bool:
    """Whether a row has a code or a running number of its own."""
    return any(
        (cell.col in shape.identity and _CODE.fullmatch(cell_text(cell)))
        or (cell.col in shape.names and _CODED_NAME.match(cell_text(cell)))
        or (cell.col in shape.sequence and _NUMBER.fullmatch(to_arabic(cell_text(cell))))
        for cell in cells
        if not _starts_total(cell, shape) and not match_key(cell_text(cell)).startswith(shape.words.closing)
    )


def _anonymous(cells: Sequence[SheetCell], shape: TableShape) -> RowKind:
    """A row without code and running number."""
    lead = cell_text(cells[0])
    if any(_starts_total(cell, shape) for cell in cells if cell in cells[:3] or cell.col in shape.names):
        return RowKind.TOTAL
    mapped = [cell for cell in cells if cell.col in shape.columns]
    if _sums_up(mapped, shape):
        return RowKind.TOTAL
    if match_key(lead).startswith(shape.words.closing):
        return RowKind.CLOSING
    if shape.below and shape.below.match(lead):
        return RowKind.RESULT
    if _is_band(cells, mapped, shape):
        return RowKind.BAND
    return RowKind.DATA if mapped else RowKind.OTHER


def _sums_up(mapped: Sequence[SheetCell], shape: TableShape) -> bool:
    """Whether a row says รวม in the column of names and only figures elsewhere."""
    names = [cell for cell in mapped if cell.col in shape.names]
    figures = [cell for cell in mapped if cell.col not in shape.names]
    numbers = all(shape.columns[cell.col].leaf.kind in (Kind.MONEY, Kind.PERCENT) for cell in figures)
    return bool(names and figures) and numbers and cell_text(names[0]).startswith("รวม")


def _is_band(cells: Sequence[SheetCell], mapped: Sequence[SheetCell], shape: TableShape) -> bool:
    if any(cell.col in shape.deeper for cell in cells):
        return False
    lead = cells[0]
    if lead.col in shape.sequence:
        return True
    span = shape.sheet.span(lead.row, lead.col)
    if span and any(span.left < col <= span.right for col in shape.columns):
        return True
    if lead.col not in shape.names:
        return len(cells) == 1 and (not mapped or lead.col in shape.identity)
    if len(cells) == 1 and _PART.match(cell_text(lead)):
        return True
    name = match_key(_NUMBERED.sub("", cell_text(lead)))
    if shape.sequence or shape.identity:
        return len(cells) == 1 or name.startswith(shape.words.band)
    return name.startswith(shape.words.group)


def _is_heading(cells: Sequence[SheetCell], shape: TableShape) -> bool:
    same = sum(match_key(heading_text(cell)) in shape.headings.get(cell.col, ()) for cell in cells)
    return same >= 2 and same >= 0.6 * len(cells)


def _starts_total(cell: SheetCell, shape: TableShape) -> bool:
    """Whether a cell is the label of a total: not a project whose name begins with รวม (รวมพลัง…)."""
    if not isinstance(cell.value, str):
        return False
    text = cell_text(cell)
    return bool(_TOTAL.match(text)) or match_key(text).startswith(shape.words.total)
