"""Rows `แผน` and `ผล` of one project made into columns: every later step then sees one row a project.

A column that says `แผน`, `ผล` (and `ร้อยละ`) in turn down its rows goes; each column that is filled in
more than one of these rows becomes as many columns, with the word of the row as their lowest heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.draft import holds_something
from automation.forms.workbooks.texts import match_key
from automation.office.sheets import Sheet, SheetCell, Span

_PLAN = re.compile(r"^(?:แผน|เป้า|plan|target)", re.IGNORECASE)
_RESULT = re.compile(r"^(?:ผล|จริง|ทำได้|actual|result)", re.IGNORECASE)
_MARK = re.compile(rf"{_PLAN.pattern}|{_RESULT.pattern}|^(?:ร้อยละ|%|ส่วนต่าง)", re.IGNORECASE)
_NUMBER = re.compile(r"[\s()0-9๐-๙.]*")
_LONGEST_MARK = 24
_MOST_MARKS = 4
_FEWEST = 2
"""Projects that repeat the words, for them to be the words of rows."""


@dataclass(frozen=True, slots=True)
class _Cycle:
    """The column of the words, the words in turn, and the first row of each project."""

    col: int
    words: tuple[str, ...]
    starts: tuple[int, ...]

    def rows(self, start: int) -> range:
        return range(start, start + len(self.words))


def unpaired(sheet: Sheet) -> Sheet:
    """The sheet with one row a project where it has a row a word; the same sheet where it has not."""
    marks: dict[int, list[tuple[int, str]]] = {}
    for (row, col), cell in sorted(sheet.cells.items()):
        text = heading_text(cell) if isinstance(cell.value, str) and not cell.hidden else ""
        if len(text) <= _LONGEST_MARK and _MARK.match(text):
            marks.setdefault(col, []).append((row, text))
    for col, own in sorted(marks.items()):
        cycle = _cycle(col, own)
        if cycle is not None and not _holds_more(sheet, cycle):
            return _Turning(sheet, cycle).sheet()
    return sheet


def _cycle(col: int, marks: Sequence[tuple[int, str]]) -> _Cycle | None:
    """The words that a column repeats in turn in adjacent rows; None where it does not."""
    for first, (_, word) in enumerate(marks):
        for size in range(2, _MOST_MARKS + 1) if _PLAN.match(word) else ():
            turn = marks[first : first + size]
            words = tuple(word for _, word in turn)
            starts = [row for at, (row, _) in enumerate(marks) if _is_turn(marks[at : at + size], turn)]
            whole = len(set(words)) == size and len(marks) - first < size * (len(starts) + 1)
            if whole and len(starts) >= _FEWEST and any(map(_RESULT.match, words)):
                return _Cycle(col, words, tuple(starts))
    return None


def _holds_more(sheet: Sheet, cycle: _Cycle) -> bool:
    """Whether the column holds as much else between the words: then they are labels of a block a project."""
    inside = {row for start in cycle.starts for row in cycle.rows(start)}
    between = set(range(cycle.starts[0], cycle.starts[-1])) - inside
    others = [row for row in between if heading_text(sheet.cells.get((row, cycle.col)))]
    return len(others) >= len(cycle.starts)


def _is_turn(marks: Sequence[tuple[int, str]], turn: Sequence[tuple[int, str]]) -> bool:
    """Whether these words are those of a turn, in rows below one another."""
    first = marks[0][0]
    return [(row - first, match_key(word)) for row, word in marks] == [
        (place, match_key(word)) for place, (_, word) in enumerate(turn)
    ]


class _Turning:
    """New rows and columns: what follows a project moves up, what follows a divided column moves right."""

    def __init__(self, sheet: Sheet, cycle: _Cycle) -> None:
        self.old, self.cycle = sheet, cycle
        self.inside = {row: start for start in cycle.starts for row in cycle.rows(start)}
        self.heading = self._heading()
        """The heading of the column of the words."""
        self.bottom = self._bottom()
        """The last heading row; the words of the rows are put below it."""
        self.divided = self._divided()
        self.origins: dict[tuple[int, int], tuple[int, int]] = {}
        self.cells: dict[tuple[int, int], SheetCell] = {}
        more = len(cycle.words) - 1
        self.new_col = {
            col: col + more * sum(other < col for other in self.divided)
            for col in range(1, sheet.last_col + 2)
        }
        gone = [row for row, start in self.inside.items() if row != start]
        self.new_row = {
            row: row + (row > self.bottom) - sum(other <= row for other in gone)
            for row in range(1, sheet.last_row + 1)
        }

    def _heading(self) -> SheetCell | None:
        """The nearest text above the words in their column."""
        for row in range(self.cycle.starts[0] - 1, 0, -1):
            cell = self.old.at(row, self.cycle.col)
            if cell is not None and not _NUMBER.fullmatch(heading_text(cell)) and heading_text(cell):
                return cell
        return None

    def _bottom(self) -> int:
        """The row of that heading; without one the last row of several texts above the words."""
        if self.heading is not None:
            span = self.old.span(self.heading.row, self.heading.col)
            return span.bottom if span else self.heading.row
        texts = Counter(cell.row for cell in self.old.cells.values() if heading_text(cell))
        above = (row for row in range(self.cycle.starts[0] - 1, 0, -1) if texts[row] > 2)
        return next(above, self.cycle.starts[0] - 1)

    def _divided(self) -> frozenset[int]:
        """Columns with something different, or two figures, in several rows of one project."""
        found: set[int] = set()
        for start in self.cycle.starts:
            for col in range(1, self.old.last_col + 1):
                cells = {
                    place: cell
                    for place, row in enumerate(self.cycle.rows(start))
                    if (cell := self.old.cells.get((row, col))) and not cell.hidden and holds_something(cell)
                }
                texts = {match_key(heading_text(cell)) for cell in cells.values()}
                if len(cells) > 1 and (len(texts) > 1 or any(map(_is_measure, cells.values()))):
                    found.add(col)
        return frozenset(found) - {self.cycle.col}

    def sheet(self) -> Sheet:
        for (row, col), cell in self.old.cells.items():
            if row in self.inside:
                if col != self.cycle.col:
                    self._move(cell)
            elif cell is not self.heading or col != self.cycle.col:
                self._place(cell, self.new_row[row], self.new_col[col])
        self._words()
        return replace(
            self.old,
            cells=dict(sorted(self.cells.items())),
            merges=tuple(self._merges()),
            origins=self.origins,
        )

    def _move(self, cell: SheetCell) -> None:
        """A cell of a project to the row of the project, and to the column of its word."""
        start = self.inside[cell.row]
        place = cell.row - start if cell.col in self.divided else 0
        at = self.new_row[start], self.new_col[cell.col] + place
        if at not in self.cells or (holds_something(cell) and not holds_something(self.cells[at])):
            self._place(cell, *at)

    def _place(self, cell: SheetCell, row: int, col: int) -> None:
        self.cells[row, col] = replace(cell, row=row, col=col)
        self.origins[row, col] = cell.row, cell.col

    def _words(self) -> None:
        """The words of the rows as the lowest headings of the divided columns."""
        for col in self.divided:
            for place, word in enumerate(self.cycle.words):
                at = self.bottom + 1, self.new_col[col] + place
                self.cells[at] = SheetCell(row=at[0], col=at[1], value=_in_thai(word))
                self.origins[at] = self.cycle.starts[0] + place, self.cycle.col

    def _merges(self) -> Iterator[Span]:
        """The merges in their new places; headings reach down to the words or over the divided columns."""
        more = len(self.cycle.words) - 1
        covered: set[int] = set()
        for span in self.old.merges:
            left, right = self.new_col[span.left], self.new_col[span.right]
            right += more if span.right in self.divided else 0
            top, bottom = self.new_row[span.top], self.new_row[span.bottom]
            if span.bottom == self.bottom:
                covered.update(range(span.left, span.right + 1))
                bottom += not set(range(span.left, span.right + 1)) & set(self.divided)
            if (top, left) != (bottom, right):
                yield Span(top=top, left=left, bottom=bottom, right=right)
        for col in range(1, self.old.last_col + 1):
            if col in covered or (self.bottom, col) not in self.old.cells:
                continue
            left = self.new_col[col]
            if col in self.divided:
                yield Span(top=self.bottom, left=left, bottom=self.bottom, right=left + more)
            else:
                yield Span(top=self.bottom, left=left, bottom=self.bottom + 1, right=left)


def _in_thai(word: str) -> str:
    """`แผน` for `Plan`, `ผล` for `Actual`; other words as they are."""
    if not word.isascii():
        return word
    return "แผน" if _PLAN.match(word) else "ผล" if _RESULT.match(word) else word


def _is_measure(cell: SheetCell) -> bool:
    """Whether a cell is a figure or a date: two equal ones are still two statements."""
    return not isinstance(cell.value, str) or re.search(r"[0-9๐-๙]", cell.value) is not None
