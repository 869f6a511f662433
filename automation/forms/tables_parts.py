"""Rows that hold several records: each cell lists as many lines as the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from automation.forms.wording import numbering, plain
from automation.office.blocks import Cell, Para
from automation.thai.digits import to_arabic
from automation.thai.text import is_blank

_SHARED = frozenset({"category", "bureau", "group"})
"""Leaves whose one line may count for all records of a row."""
_FIGURE = re.compile(r"[\d,. \-–/]*\d[\d,. \-–/]*(?:บาท)?|-|–")


def parted(cells: Mapping[str, Cell]) -> list[dict[str, Cell]]:
    """The records of one row, each leaf with its own line; one where the cells list nothing.

    All filled cells hold as many lines, and the lines are numbered, or one column lists nothing but figures.
    """
    lines = {leaf: found for leaf, cell in cells.items() if (found := _lines(cell))}
    own = {
        leaf: found for leaf, found in lines.items() if leaf not in _SHARED and not leaf.startswith("index")
    }
    count = max((len(found) for found in own.values()), default=0)
    if count < 2 or len(own) < 2 or any(len(found) != count for found in own.values()):
        return [dict(cells)]
    texts = [[plain(para.text).strip() for para in found] for found in own.values()]
    if not any(_counted(column) or _figures(column) for column in texts):
        return [dict(cells)]
    records: list[dict[str, Cell]] = []
    for at in range(count):
        single = {leaf: replace(cells[leaf], blocks=(found[at],)) for leaf, found in own.items()}
        records.append({**cells, **single})
    return records


def _lines(cell: Cell) -> list[Para]:
    """The lines of a cell that are not empty, each as a paragraph of its own."""
    if any(not isinstance(block, Para) for block in cell.blocks) or is_blank(cell.text):
        return []
    return [
        replace(block, text=part, number=block.number if not at else "")
        for block in cell.blocks
        if isinstance(block, Para)
        for at, part in enumerate(plain(block.text).split("\n"))
        if part.strip()
    ]


def _counted(column: list[str]) -> bool:
    """Whether every line of a column begins with its number or a bullet."""
    numbers = [numbering(text) for text in column]
    return all(number is not None for number in numbers) and not all(
        _FIGURE.fullmatch(text) for text in column
    )


def _figures(column: list[str]) -> bool:
    """Whether every line of a column is a figure or a dash."""
    said = [to_arabic(text) for text in column]
    return all(_FIGURE.fullmatch(text) for text in said) and any(letter.isdigit() for letter in "".join(said))
