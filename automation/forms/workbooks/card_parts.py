"""What a card is made of: blocks of labels, numbered titles that name its projects, tables of measures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.contents import is_number
from automation.forms.workbooks.headings import Column
from automation.forms.workbooks.lines import Raw
from automation.forms.workbooks.patterns import heading_key
from automation.forms.workbooks.vocabulary import TableWords
from automation.model import Strength
from automation.office.sheets import Sheet, SheetCell
from automation.thai.digits import to_arabic

_TITLE = re.compile(r"([0-9]{1,2})[.)]\s*(?=\D{5})")
_HEADS = {
    "unit": re.compile(r"หน่วย(?:นับ|วัด)?"),
    "target": re.compile(r"(?:ค่า)?(?:แผน|เป้า(?:หมาย)?)"),
    "result": re.compile(r"ผล(?:งาน|จริง|ที่ได้|ที่ทำได้)?|ทำได้"),
    "percent": re.compile(r"(?:คิดเป็น)?ร้อยละ"),
}
"""Headings of a table of measures behind the column of their names, by the field of an indicator."""
_NEEDED = {"unit", "target", "result"}
_OF_MONEY = {"target": "rows.allocated", "result": "rows.spent", "percent": "rows.spent_percent"}
"""What the columns say in the row of the budget."""
_BUDGET = re.compile(r"^(?:งบ|วงเงิน|เงิน)")
_FEWEST = 2
"""Titles that are enough to be a list."""

Rows = Sequence[Sequence[SheetCell]]


@dataclass(slots=True)
class Block:
    """One run of labels; where a label comes again, the next project begins."""

    labelled: dict[int, list[Raw]] = field(default_factory=dict)
    """Column of the sheet → the values in it that stand beside labels."""
    rows: list[list[Raw]] = field(default_factory=list)
    """Rows of small tables, all about the first project."""
    paths: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Card:
    """What a sheet says of its projects: one, or one a block, or one a column of values."""

    sheet: Sheet
    words: TableWords
    columns: dict[str, Column] = field(default_factory=dict)
    """Field path → its column; the number of such a column is only its place in this card."""
    blocks: list[Block] = field(default_factory=list)
    labels: list[SheetCell] = field(default_factory=list)

    def column(self, found: Column) -> Column:
        """The card's own column for a field that was found."""
        return self.columns.setdefault(found.leaf.path, replace(found, col=len(self.columns) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class CardParts:
    """Places among the rows of a sheet, counted from 0."""

    titles: Mapping[int, SheetCell]
    """Rows that are the title of a project, in order; empty where there are none."""
    heads: frozenset[int]
    """Rows of headings of tables of measures."""
    measures: Mapping[int, list[Raw]]
    """The rows below them."""


def take_part(card: Card, parts: CardParts, place: int, cells: Sequence[SheetCell]) -> None:
    """The title of the next project, the headings of a table of measures, or one of its rows."""
    if place in parts.titles:
        leaf = card.words.leaves["rows.name"]
        column = card.column(Column(0, leaf, Strength.ANCHOR, (heading_text(cells[0]),)))
        card.blocks.append(Block(paths={leaf.path}, labelled={cells[0].col: [Raw(column, cells[0])]}))
    elif place in parts.heads:
        card.labels += cells
    else:
        row = [Raw(card.column(raw.column), raw.cell) for raw in parts.measures[place]]
        card.blocks[-1].rows.append(row)
        card.labels += [cell for cell in cells if cell not in [raw.cell for raw in row]]


def card_parts(rows: Rows, words: TableWords) -> CardParts:
    """The titles and tables of measures among the rows of a sheet."""
    heads: set[int] = set()
    measures: dict[int, list[Raw]] = {}
    table: dict[int, str] = {}
    for place, cells in enumerate(rows):
        if found := _measure_heads(cells):
            table = found
            heads.add(place)
        elif table and (row := _measure(cells, table, words)):
            measures[place] = row
        else:
            table = {}
    return CardParts(titles=_titles(rows), heads=frozenset(heads), measures=measures)


def _titles(rows: Rows) -> dict[int, SheetCell]:
    """Lines of one cell, numbered from 1 on without a gap, each above a row with a label and a value."""
    found: dict[int, SheetCell] = {}
    for place, cells in enumerate(rows[:-1]):
        text = to_arabic(heading_text(cells[0])) if len(cells) == 1 else ""
        number = _TITLE.match(text)
        if number and int(number[1]) == len(found) + 1 and len(rows[place + 1]) > 1:
            found[place] = cells[0]
    return found if len(found) >= _FEWEST else {}


def _measure_heads(cells: Sequence[SheetCell]) -> dict[int, str]:
    """Column → field of an indicator, for a row of headings; empty for any other row."""
    found = {cells[0].col: "name"}
    for cell in cells[1:]:
        key = heading_key(heading_text(cell)) if isinstance(cell.value, str) else ""
        name = next((name for name, wording in _HEADS.items() if wording.fullmatch(key)), "")
        if not name or name in found.values():
            return {}
        found[cell.col] = name
    return found if set(found.values()) >= _NEEDED else {}


def _measure(cells: Sequence[SheetCell], table: Mapping[int, str], words: TableWords) -> list[Raw]:
    """A row of a table of measures: a name and figures below their headings; that of the budget is money."""
    by_name = {table[cell.col]: cell for cell in cells if cell.col in table}
    figures = [cell for name, cell in by_name.items() if name in ("target", "result")]
    if "name" not in by_name or len(by_name) < len(cells) or not any(map(is_number, figures)):
        return []
    unit = heading_text(by_name.get("unit"))
    money = unit == "บาท" and _BUDGET.match(heading_text(by_name["name"])) is not None
    paths = _OF_MONEY if money else {name: f"rows.indicators.{name}" for name in table.values()}
    return [
        Raw(Column(cell.col, words.leaves[paths[name]], Strength.LABEL, (heading_text(cell),)), cell)
        for name, cell in by_name.items()
        if paths.get(name) in words.leaves
    ]
