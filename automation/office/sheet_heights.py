"""How high the repeated rows of a filled sheet must be: Excel does not fit rows to merged cells."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from typing import Any

from automation.office.compile_sheet import S
from automation.office.fill_sheet import FilledSheet, Line

HIGHEST = 409.0
"""Points; Excel allows no higher row."""
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f]")
"""Letters that stand above or below others."""


def set_heights(filled: FilledSheet, wrapping: Collection[str]) -> None:
    """Give every repeated row the height (points) that its text needs, at least the template's.
    `wrapping` holds the ids of the styles that wrap their text."""
    root = filled.sheet.root
    widths, line_height = column_widths(root), plain_height(root)
    down = {(top, left): bottom for top, left, bottom, right in filled.merges if left == right}
    across = {(top, left) for top, left, _, right in filled.merges if left != right}
    merged: list[tuple[int, float]] = []
    for line in filled.lines:
        line.height = line.row.height
        if not line.turns:
            continue
        height = line.row.height or line_height
        for column, text in _texts(line, wrapping):
            need = line_height * line_count(text, widths.get(column, 9.0))
            bottom = down.get((line.number, column), line.number)
            if bottom > line.number:
                merged.append((bottom, need))
            elif (line.number, column) not in across:
                height = max(height, need)
        # the last row of a merged text takes what the rows above it left over
        rest = max((rest for bottom, rest in merged if bottom == line.number), default=0.0)
        line.fixed, height = rest > height, max(rest, height)
        merged = [(bottom, rest - height) for bottom, rest in merged if bottom > line.number]
        line.height = min(height, HIGHEST)


def _texts(line: Line, wrapping: Collection[str]) -> Iterator[tuple[int, str]]:
    for column, (cell, value) in line.cells.items():
        if isinstance(value, str) and cell.style in wrapping:
            yield column, value


def plain_height(root: Any) -> float:
    """Points of a row with one line of text."""
    return float(root.find(S + "sheetFormatPr").get("defaultRowHeight", "15"))


def column_widths(root: Any) -> dict[int, float]:
    """Column → width in characters."""
    widths: dict[int, float] = {}
    for column in root.iter(S + "col"):
        for number in range(int(column.get("min")), min(int(column.get("max")), 400) + 1):
            widths[number] = float(column.get("width", "9"))
    return widths


def line_count(text: str, width: float) -> int:
    """How many lines the text takes; Thai marks above and below a letter take no room of their own."""
    room = max(width * 1.1 - 3.5, 1)
    if "\n" not in text and len(text) <= room:
        return 1
    letters = (len(_MARKS.sub("", part)) for part in text.split("\n"))
    return sum(max(1, math.ceil(count / room)) for count in letters)
