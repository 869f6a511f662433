"""Headings of a table: the texts above each column, the columns that are fields, the block they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.schema import Leaf
from automation.forms.workbooks.vocabulary import TableWords, keys_of
from automation.model import Strength
from automation.office.sheets import Sheet

SEARCHED_ROWS = 40
_LONGEST_HEADING = 40
_FIGURES = re.compile(r"(?!\s*25\d\d\s*$|\s*๒๕[๐-๙]{2}\s*$)[\s\d๐-๙.,%()/-]*")
"""What is no heading, unless it is a year."""
LEVELS = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column that belongs to a field; `key` is the year, or the choice, of a column of its own."""

    col: int
    leaf: Leaf
    strength: Strength
    texts: tuple[str, ...]
    """Heading, outermost group first."""
    key: str = ""

    @property
    def heading(self) -> str:
        return self.texts[-1]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table's headings stand (rows `top` to `bottom`) and what its columns are."""

    sheet: Sheet
    words: TableWords
    top: int
    bottom: int
    columns: tuple[Column, ...]
    score: float

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(column.leaf.path for column in self.columns)


class Heads:
    """Some rows of a sheet, prepared once for all tables that are looked for in it."""

    def __init__(self, sheet: Sheet, first: int = 1, last: int = SEARCHED_ROWS) -> None:
        """Of the rows from `first` to `last`."""
        self.sheet, self.first, self.last = sheet, first, last
        self.last_col = sheet.last_col
        self.keys = [
            (row, keys_of(text))
            for (row, _), cell in sheet.cells.items()
            if first <= row <= last and not cell.hidden and (text := heading_text(cell))
        ]
        self.filled: dict[int, list[int]] = {}
        """Row → the columns of its texts."""
        for (row, col), cell in sheet.cells.items():
            if first <= row <= last and not cell.hidden and heading_text(cell):
                self.filled.setdefault(row, []).append(col)
        self._chains: dict[tuple[int, int], dict[int, tuple[str, ...]]] = {}

    def top_of(self, bottom: int) -> int:
        """The row in which the merges that end in a heading row begin: no block may cut them."""
        spans = (self.sheet.span(bottom, col) for col in range(1, self.last_col + 1))
        first = min((span.top for span in spans if span is not None), default=bottom)
        return max(first, bottom - LEVELS + 1)

    def has_title(self, top: int, bottom: int) -> bool:
        """Whether a block begins with a blank row or holds one line at its left edge: a title, no group."""
        left = min(self.filled.get(bottom, [0]))
        lines = [self.filled.get(row, []) for row in range(top, bottom)]
        titled = bool(lines) and (not lines[0] or any(len(line) == 1 and line[0] <= left for line in lines))
        return titled or any(self._is_answered(row) for row in range(top, bottom))

    def _is_answered(self, row: int) -> bool:
        """Whether a row begins with a label and its answer, above a row that begins in the same column."""
        columns = self.filled.get(row, [])
        first = min(columns, default=0)
        return first + 1 in columns and first in self.filled.get(row + 1, ())

    def is_divided_below(self, top: int, bottom: int) -> bool:
        """Whether the row below a block still holds headings: words under some columns, none at its left."""
        if bottom + 1 not in self.filled:
            return False
        left = min(col for row in range(top, bottom + 1) for col in self.filled.get(row, [0]))
        cells = [self.sheet.cells[bottom + 1, col] for col in self.filled[bottom + 1]]
        words = [heading_text(cell) for cell in cells]
        short = all(not _FIGURES.fullmatch(text) and len(text) <= _LONGEST_HEADING for text in words)
        covered = all(self._above(top, bottom, cell.col) for cell in cells)
        return len(words) > 1 and short and covered and min(self.filled[bottom + 1]) > left

    def _above(self, top: int, bottom: int, col: int) -> bool:
        """Whether a group may stand over a column: a merge to it, or a text at its left with a gap."""
        return all(
            (span := self.sheet.span(row, col)) is None or span.bottom <= bottom
            for row in range(top, bottom + 1)
        )

    def chains(self, top: int, bottom: int) -> dict[int, tuple[str, ...]]:
        """`heading_chains` of a block of rows, remembered."""
        if (top, bottom) not in self._chains:
            self._chains[top, bottom] = heading_chains(self.sheet, top, bottom, self.last_col)
        return self._chains[top, bottom]


def heading_chains(
    sheet: Sheet, top: int, bottom: int, last_col: int | None = None
) -> dict[int, tuple[str, ...]]:
    """Each column that has a heading of its own in rows `top`–`bottom`, with the texts from group to leaf.

    A group whose cell is not merged still holds for the columns to its right that have no group.
    """
    chains: dict[int, tuple[str, ...]] = {}
    carried: dict[int, str] = {}
    for col in range(1, (last_col or sheet.last_col) + 1):
        texts: list[str] = []
        seen: set[tuple[int, int]] = set()
        own = False
        for row in range(top, bottom + 1):
            cell = sheet.at(row, col)
            text = "" if cell is None or cell.hidden else heading_text(cell)
            if cell is None or not text:
                if row < bottom and row in carried:
                    texts.append(carried[row])
                continue
            if (cell.row, cell.col) in seen:
                continue
            seen.add((cell.row, cell.col))
            texts.append(text)
            own = cell.col == col
            span = sheet.span(row, col)
            carried = {kept: value for kept, value in carried.items() if kept < row}
            if row < bottom and span is None:
                carried[row] = text
        if own and texts:
            chains[col] = tuple(texts)
    return chains


def group_texts(layout: Layout) -> dict[int, tuple[str, ...]]:
    """Column → texts of merged groups above the block; they hold a unit such as `(ล้านบาท)`."""
    sheet, found = layout.sheet, {}
    last_col = sheet.last_col
    for column in layout.columns:
        texts = []
        for row in range(layout.top - 1, max(0, layout.top - LEVELS), -1):
            span = sheet.span(row, column.col)
            if span and 1 < span.right - span.left + 1 < last_col:
                texts.append(heading_text(sheet.at(row, column.col)))
        found[column.col] = tuple(text for text in texts if text)
    return found
