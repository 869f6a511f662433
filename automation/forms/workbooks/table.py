"""A table that was found, its rows sorted by what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from automation.forms.workbooks.draft import by_row
from automation.forms.workbooks.headings import Layout
from automation.forms.workbooks.rowkinds import RowKind, TableShape, is_identified, row_kind, table_shape
from automation.forms.workbooks.schema import Kind
from automation.forms.workbooks.totals import amount_of
from automation.forms.workbooks.values import cell_text
from automation.forms.workbooks.vocabulary import Words
from automation.office.sheets import Sheet, SheetCell
from automation.thai.digits import to_arabic

_FEWEST = 2
"""Projects with numbers, for a row without one to be something else."""
_NEAR = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Table:
    """A layout with the rows below its headings."""

    layout: Layout
    shape: TableShape
    rows: dict[int, list[SheetCell]]
    """Visible filled cells by row, of the whole sheet."""
    kinds: tuple[tuple[int, RowKind], ...]

    @property
    def sheet(self) -> Sheet:
        return self.layout.sheet

    @property
    def filled(self) -> bool:
        """Whether the table holds any row of data."""
        return any(kind is RowKind.DATA for _, kind in self.kinds)

    def inside(self) -> range:
        """The rows from the headings to the last row that belongs to the table."""
        outside = (RowKind.OTHER, RowKind.CLOSING, RowKind.BLANK)
        last = max((row for row, kind in self.kinds if kind not in outside), default=self.layout.bottom)
        return range(self.layout.top, last + 1)

    def of_kind(self, *wanted: RowKind) -> dict[int, list[SheetCell]]:
        """The visible cells of the rows of these kinds, by row."""
        return {row: self.rows[row] for row, kind in self.kinds if kind in wanted}


def make_table(layout: Layout, words: Words, last: int) -> Table:
    """The table of a layout to row `last`.

    Below the signatures only a row with a code or number is data, below a total and a gap only one that
    names a project.
    """
    shape = table_shape(layout, words)
    rows = by_row(layout.sheet)
    kinds: list[tuple[int, RowKind]] = []
    closed, ended, before = False, False, layout.bottom
    for row in sorted(row for row in rows if layout.bottom < row <= last):
        kind = row_kind(rows[row], shape)
        closed = closed or kind is RowKind.CLOSING
        after_total = row > before + 1 and kinds[-1:] == [(before, RowKind.TOTAL)]
        ended = (ended and kind is not RowKind.HEADING) or after_total
        before = row
        stray = closed and kind in (RowKind.DATA, RowKind.BAND) and not is_identified(rows[row], shape)
        strange = ended and kind is RowKind.DATA and not _tells_whom(rows[row], shape)
        kinds.append((row, RowKind.OTHER if stray or strange else kind))
    return Table(layout, shape, rows, tuple(_with_sums(kinds, rows, shape)))


def _tells_whom(cells: list[SheetCell], shape: TableShape) -> bool:
    """Whether a row names a project or has its number: below a total nothing else goes on with one."""
    return is_identified(cells, shape) or any(cell.col in shape.names for cell in cells)


def _with_sums(
    kinds: list[tuple[int, RowKind]], rows: dict[int, list[SheetCell]], shape: TableShape
) -> Iterator[tuple[int, RowKind]]:
    """The same rows; one without number and code is a band where its amounts are those of the rows below it.

    Only in a table whose projects have numbers or codes.
    """
    parts = _activities(kinds, rows, shape)
    kinds = [(row, RowKind.OTHER if row in parts else kind) for row, kind in kinds]
    own = {row: is_identified(rows[row], shape) for row, kind in kinds if kind is RowKind.DATA}
    amounts = {row: _amounts(rows[row], shape) for row in own}
    for place, (row, kind) in enumerate(kinds):
        bare = kind is RowKind.DATA and not own[row] and sum(own.values()) >= _FEWEST
        if bare and amounts[row] and _only_sums(rows[row], shape):
            below = [amounts[other] for other, _ in kinds[place + 1 :] if own.get(other)]
            if _is_sum(amounts[row], below):
                yield row, RowKind.BAND
                continue
        yield row, kind


def _activities(
    kinds: list[tuple[int, RowKind]], rows: dict[int, list[SheetCell]], shape: TableShape
) -> set[int]:
    """Rows `1.1`, `1.2` without a code below the project numbered `1` that has one: its activities."""
    found: set[int] = set()
    project = ""
    for row, kind in kinds:
        if kind is not RowKind.DATA or not shape.identity:
            continue
        number = next((to_arabic(cell_text(c)).rstrip(".") for c in rows[row] if c.col in shape.sequence), "")
        if any(cell.col in shape.identity for cell in rows[row]):
            project = number
        elif project and number.startswith(f"{project}."):
            found.add(row)
    return found


def _amounts(cells: list[SheetCell], shape: TableShape) -> dict[int, Decimal]:
    """Money column → amount of a row."""
    money = (cell for cell in cells if cell.col in shape.columns)
    found = ((cell.col, amount_of(cell)) for cell in money if shape.columns[cell.col].leaf.kind is Kind.MONEY)
    return {col: amount for col, amount in found if amount is not None}


def _only_sums(cells: list[SheetCell], shape: TableShape) -> bool:
    """Whether a row says no more of a project than its name and figures."""
    figures = (Kind.MONEY, Kind.PERCENT)
    columns = [shape.columns[cell.col] for cell in cells if cell.col in shape.columns]
    return all(column.leaf.kind in figures or column.leaf.name == "name" for column in columns)


def _is_sum(amounts: dict[int, Decimal], below: list[dict[int, Decimal]]) -> bool:
    """Whether the largest amount of a row is the sum of the next rows, however many they are."""
    col = max(amounts, key=amounts.__getitem__)
    total = Decimal(0)
    for other in below:
        total += other.get(col, Decimal(0))
        if total >= amounts[col]:
            break
    return abs(total - amounts[col]) <= _NEAR * max(1, len(below)) and total > 0
