"""Columns by what stands in them, where their headings are strange or could mean two things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from automation.forms.workbooks.choices import choose
from automation.forms.workbooks.headings import Column, Layout
from automation.forms.workbooks.schema import Kind
from automation.forms.workbooks.texts import blank
from automation.forms.workbooks.values import cell_text
from automation.model import Strength
from automation.office.sheets import SheetCell

_LOOKED_AT = 40
"""Rows below the headings that are enough to judge by."""
_MOST = 0.7
_CODE = re.compile(r"(?:[0-9๐-๙]{2}|[0-9๐-๙]{4})\s*-\s*[ก-๙A-Za-z.]{1,8}\s*-\s*[0-9๐-๙]{1,4}")
_PROJECT = re.compile(r"(?:โครงการ|งาน|กิจกรรม|แผนงาน)[ก-๛]{3,}")
_CONTENT_WEIGHT = 0.5

Choices = Mapping[str, tuple[tuple[str, str], ...]]


def by_content(layout: Layout, chains: Mapping[int, tuple[str, ...]], choices: Choices) -> dict[int, Column]:
    """The columns of a layout with those added, exchanged or let go that their cells speak for or against."""
    cells = _columns(layout)
    taken = {column.col: column for column in layout.columns}
    for col, column in list(taken.items()):
        if _is_wordless(column, cells.get(col, []), choices):
            del taken[col]
    _measures(layout, taken, cells)
    for path, speaks in _signs(layout, choices):
        leaf = layout.words.leaves.get(path)
        if leaf is None or any(column.leaf == leaf for column in taken.values()):
            continue
        for col in chains:
            if col not in taken and _mostly(cells.get(col, []), speaks):
                taken[col] = Column(col, leaf, Strength.LABEL, chains[col])
                break
    return taken


def _columns(layout: Layout) -> dict[int, list[SheetCell]]:
    """The filled visible cells below the headings, by column."""
    found: dict[int, list[SheetCell]] = {}
    last = layout.bottom + _LOOKED_AT
    for (row, col), cell in layout.sheet.cells.items():
        if layout.bottom < row <= last and not cell.hidden and not blank(cell_text(cell)):
            found.setdefault(col, []).append(cell)
    return found


def _signs(layout: Layout, choices: Choices) -> Iterator[tuple[str, Callable[[SheetCell], bool]]]:
    """Field path → whether a cell looks like a value of it."""
    yield "rows.code", lambda cell: bool(_CODE.fullmatch(cell_text(cell)))
    yield "rows.name", lambda cell: bool(_PROJECT.match(cell_text(cell)))
    for leaf in layout.words.leaves.values():
        if leaf.kind is Kind.CHOICE:
            yield leaf.path, _chooser(leaf.name, choices)


def _chooser(name: str, choices: Choices) -> Callable[[SheetCell], bool]:
    return lambda cell: (
        len(cell_text(cell)) < _LONGEST_CHOICE and name in choose(cell_text(cell), name, choices)
    )


_LONGEST_CHOICE = 60


def _mostly(cells: list[SheetCell], speaks: Callable[[SheetCell], bool]) -> bool:
    return len(cells) > 1 and sum(speaks(cell) for cell in cells) >= _MOST * len(cells)


def _is_wordless(column: Column, cells: list[SheetCell], choices: Choices) -> bool:
    """Whether no cell of a column of words holds such a word, or those of a measure hold nothing else."""
    leaf = column.leaf
    if leaf.kind is Kind.CHOICE and not column.key:
        return len(cells) > 1 and not any(_chooser(leaf.name, choices)(cell) for cell in cells)
    return leaf.name == "target" and _mostly(cells, _chooser("pace", choices))


def _measures(layout: Layout, taken: dict[int, Column], cells: Mapping[int, list[SheetCell]]) -> None:
    """`ผลการดำเนินงาน` over numbers is the result of an indicator, over sentences the summary of a project."""
    pairs = {"rows.summary": "rows.indicators.result", "rows.indicators.result": "rows.summary"}
    wrong = {
        col: pairs[column.leaf.path]
        for col, column in taken.items()
        if column.leaf.path in pairs
        and _mostly(cells.get(col, []), is_number) != (column.leaf.path == "rows.indicators.result")
        and len(cells.get(col, [])) > 1
    }
    kept = {column.leaf.path for col, column in taken.items() if col not in wrong}
    for col, path in wrong.items():
        leaf = layout.words.leaves.get(path)
        sentences = _mostly(cells[col], lambda cell: len(cell_text(cell)) > _SENTENCE and not is_number(cell))
        if leaf and path not in kept and (path == "rows.indicators.result" or sentences):
            taken[col] = Column(col, leaf, taken[col].strength, taken[col].texts)


_SENTENCE = 12


def is_number(cell: SheetCell) -> bool:
    """Whether a cell holds a figure and no words but ร้อยละ."""
    return (
        isinstance(cell.value, Decimal)
        or re.fullmatch(r"(?:ร้อยละ)?[\s0-9๐-๙,.%]+", cell_text(cell)) is not None
    )
