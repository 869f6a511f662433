"""Fill one sheet: repeat rows, evaluate cells, merge what a group shares. Knows values, writes no XML."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from automation.office.compile_sheet import (
    Block,
    Expression,
    S,
    SheetTemplate,
    TemplateCell,
    TemplateRow,
    column_number,
)
from automation.office.filters import Formula

_RANGE = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_ALL = 99
"""Deeper than any loop."""


@dataclass(slots=True)
class Line:
    """A row of the filled sheet: what it was made from and the turn of each loop around it."""

    row: TemplateRow
    names: Mapping[str, Any]
    turns: tuple[int, ...]
    variables: tuple[str, ...]
    missing: int
    """Depth from which on the loops had nothing to show."""
    number: int = 0
    first: int = 0
    last: int = 0
    """First and last row of the list that the row belongs to or follows."""
    cells: dict[int, tuple[TemplateCell, Any]] = field(default_factory=dict)
    """Column → cell of the template and value; a raw cell of the template has the value None."""
    height: float | None = None
    """Points; None where the program that opens the file decides."""
    fixed: bool = False
    """The height is for merged text, to which no program would fit the row."""


class FilledSheet:
    """A sheet template filled with one context: its rows in order, and what is merged."""

    def __init__(self, sheet: SheetTemplate, context: Mapping[str, Any]) -> None:
        self.sheet = sheet
        self.merges: list[tuple[int, int, int, int]] = []
        """Top, left, bottom, right."""
        self._grown: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        self._turn = itertools.count(1)
        self.lines = list(self._expand(sheet.nodes, Line(_NOTHING, context, (), (), _ALL)))
        self._number()
        self._fill()
        self.merges += self._grown.values()
        self._carry_merges()

    def _expand(self, nodes: Iterable[TemplateRow | Block], scope: Line) -> Iterator[Line]:
        for node in nodes:
            if isinstance(node, TemplateRow):
                yield Line(node, scope.names, scope.turns, scope.variables, scope.missing)
            elif not node.variable:
                if node.items.value(scope.names):
                    yield from self._expand(node.children, scope)
            else:
                yield from self._loop(node, scope)

    def _loop(self, block: Block, scope: Line) -> Iterator[Line]:
        """The rows of every turn; a list with nothing in it still leaves one row to write on."""
        depth = len(scope.turns) + 1
        items = () if scope.missing < depth else tuple(block.items.value(scope.names))
        variables = (*scope.variables, block.variable)
        for index, item in enumerate(items or (None,), 1):
            names = {**scope.names, block.variable: item}
            if depth == 1:
                names["loop"] = SimpleNamespace(index=index, index0=index - 1, length=len(items))
            turn = Line(_NOTHING, names, (*scope.turns, next(self._turn)), variables, scope.missing)
            if not items:
                turn.missing = min(depth, turn.missing)
            yield from self._expand(block.children, turn)

    def _number(self) -> None:
        """Count the rows on from the template's own first row, keeping empty rows between them."""
        number, before, first, last = 0, 0, 0, 0
        turn: tuple[int, ...] = ()
        markers = self._markers()
        for line in self.lines:
            step = line.row.number - before
            gap = (
                sum(1 for row in range(before + 1, line.row.number) if row not in markers) if step > 0 else 0
            )
            number += gap + 1
            before = line.row.number
            if line.turns and not turn:
                first = number
            turn = line.turns
            last = number if line.turns else last
            line.number, line.first, line.last = number, first, last

    def _markers(self) -> set[int]:
        printed = {line.row.number for line in self.lines}
        return {number for number in self.sheet.depths if number not in printed}

    def _fill(self) -> None:
        """Evaluate every cell; a cell that belongs to an outer loop is printed once and merged down."""
        shown: dict[tuple[int, int], tuple[tuple[int, ...], int]] = {}
        for line in self.lines:
            for cell in line.row.cells:
                level = self._level(cell.expression, line)
                key = (line.row.number, cell.column)
                group = line.turns[:level]
                before = shown.get(key)
                repeated = 0 < level < len(line.turns) and before is not None and before[0] == group
                if repeated and before is not None and self._adjacent(line, before[1], cell.column):
                    line.cells[cell.column] = (cell, None)
                    continue
                shown[key] = (group, line.number)
                blank = line.missing <= level or cell.expression is None
                line.cells[cell.column] = (cell, None if blank else self._value(cell, line))

    def _adjacent(self, line: Line, start: int, column: int) -> bool:
        """Grow the merge that starts in row `start` by this row; False when another row lies between."""
        top, left, bottom, right = self._grown.get((start, column), (start, column, start, column))
        if bottom != line.number - 1:
            return False
        self._grown[start, column] = (top, left, line.number, right)
        return True

    @staticmethod
    def _level(expression: Expression | None, line: Line) -> int:
        """Number of the innermost loop that the cell belongs to; 0 when it names no loop variable."""
        if expression is None:
            return 0
        named = [depth for depth, name in enumerate(line.variables, 1) if name in expression.names]
        if "loop" in expression.names and line.turns:
            named.append(1)
        return max(named, default=0)

    @staticmethod
    def _value(cell: TemplateCell, line: Line) -> Any:
        assert cell.expression is not None
        value = cell.expression.value(line.names)
        if isinstance(value, Formula):
            text = value.text.format(row=line.number, first=line.first, last=line.last)
            return Formula(text, value.value)
        return value

    def _carry_merges(self) -> None:
        """Merge what the template merges, once for every turn of the loops around the merged cells."""
        markers = {row.number: row for row in _marker_rows(self.sheet.nodes)}
        for element in self.sheet.root.iter(S + "mergeCell"):
            left, top, right, bottom = corners(element.get("ref"))
            level = self.sheet.depths.get(top, 0)
            groups: dict[tuple[int, ...], list[Line]] = {}
            for line in self.lines:
                if top <= line.row.number <= bottom:
                    groups.setdefault(line.turns[:level], []).append(line)
            for lines in groups.values():
                self.merges.append((lines[0].number, left, lines[-1].number, right))
                self._keep_label(markers.get(top), left, lines[0])

    def _keep_label(self, marker: TemplateRow | None, column: int, line: Line) -> None:
        """The label of a merged cell that begins in a marker row goes into the first row that remains."""
        for cell in marker.cells if marker else ():
            if cell.column == column and (cell.content or cell.expression):
                value = self._value(cell, line) if cell.expression else None
                line.cells[column] = (cell, value)


_NOTHING = TemplateRow(0, {}, (), 0, None)


def _marker_rows(nodes: Iterable[TemplateRow | Block]) -> Iterator[TemplateRow]:
    for node in nodes:
        if isinstance(node, Block):
            yield node.marker
            yield from _marker_rows(node.children)


def corners(reference: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of a range or a single cell."""
    found = _RANGE.fullmatch(reference)
    if found is None:
        return 1, 0, 1, 0
    left, top = column_number(found[1]), int(found[2])
    return left, top, column_number(found[3] or found[1]), int(found[4] or top)
