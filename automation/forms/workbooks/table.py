"""A table that was found, its rows sorted by what they are."""

from __future__ import annotations

from dataclasses import dataclass

from automation.forms.workbooks.draft import by_row
from automation.forms.workbooks.headings import Layout
from automation.forms.workbooks.rowkinds import RowKind, TableShape, is_identified, row_kind, table_shape
from automation.forms.workbooks.vocabulary import Words
from automation.office.sheets import Sheet, SheetCell


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
    """The table of a layout to row `last`; below the signatures only a row with a code or number is data."""
    shape = table_shape(layout, words)
    rows = by_row(layout.sheet)
    kinds: list[tuple[int, RowKind]] = []
    closed = False
    for row in sorted(row for row in rows if layout.bottom < row <= last):
        kind = row_kind(rows[row], shape)
        closed = closed or kind is RowKind.CLOSING
        if closed and kind in (RowKind.DATA, RowKind.BAND) and not is_identified(rows[row], shape):
            kind = RowKind.OTHER
        kinds.append((row, kind))
    return Table(layout, shape, rows, tuple(kinds))
