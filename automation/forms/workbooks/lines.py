"""Several indicators typed into one cell, line by line, with their targets and results beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from automation.forms.workbooks.headings import Column
from automation.office.sheets import SheetCell
from automation.thai.text import normalize

_MARK = re.compile(r"^\s*(?:\(?[0-9๐-๙]{1,2}[.)]|[-–•])\s*(?![0-9๐-๙])")
_MEASURES = frozenset({"target", "result"})


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell of a row before it is understood; `inherited` where a merge reaches down from an earlier row."""

    column: Column
    cell: SheetCell
    inherited: bool = False


def row_parts(cells: Sequence[Raw], deeper: frozenset[int]) -> Iterator[list[Raw]]:
    """The row as it is; or one part an indicator where name and target or result have equally many lines."""
    inner = [raw for raw in cells if raw.column.col in deeper and not raw.inherited]
    names = next((cell_lines(raw.cell) for raw in inner if raw.column.leaf.name == "name"), [])
    split = {raw.column.col: cell_lines(raw.cell) for raw in inner}
    measured = any(
        raw.column.leaf.name in _MEASURES and len(split[raw.column.col]) == len(names) for raw in inner
    )
    if len(names) < 2 or not measured:
        yield list(cells)
        return
    for index in range(len(names)):
        part = [raw for raw in cells if raw not in inner] if index == 0 else []
        for raw in inner:
            lines = split[raw.column.col]
            if len(lines) == len(names):
                part.append(replace(raw, cell=replace(raw.cell, value=lines[index])))
            elif index == 0:
                part.append(raw)
        yield part


def cell_lines(cell: SheetCell) -> list[str]:
    """The lines of a cell without their numbers; a line without number goes on with a numbered one."""
    if not isinstance(cell.value, str):
        return []
    lines = [line.strip() for line in normalize(cell.value).split("\n") if line.strip()]
    numbered = sum(bool(_MARK.match(line)) for line in lines) > 1
    kept: list[str] = []
    for line in lines:
        if numbered and kept and not _MARK.match(line):
            kept[-1] += f" {line}"
        else:
            kept.append(_MARK.sub("", line) if numbered else line)
    return kept
