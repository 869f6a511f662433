"""Give tables whose columns were looped a grid that fits: programs trust the grid more than the cells."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from automation.office.compile_part import LOOPED_COLUMNS
from automation.office.docx_names import W, whole

SPACES = re.compile(r'xmlns:\w+="[^"]*"')
"""Names that a start tag declares."""
_MARKED = re.compile(rf"<\?{LOOPED_COLUMNS}\s*\?>(<w:tbl>.*?</w:tbl>)", re.DOTALL)


def even_columns(xml: str, opening: str) -> str:
    """The text with every marked table's width shared evenly among the columns that it now has; `opening` is
    a start tag that declares the names of the text."""
    if LOOPED_COLUMNS not in xml:
        return xml
    return _MARKED.sub(lambda match: _even(match[1], opening), xml)


def _even(table_xml: str, opening: str) -> str:
    root = etree.fromstring(f"{opening}{table_xml}</x>")
    table = root[0]
    grid = table.find(W + "tblGrid")
    total = sum(whole(column.get(W + "w")) for column in grid)
    count = max((sum(map(_span, row.iter(W + "tc"))) for row in table.iter(W + "tr")), default=0)
    if not count or count == len(grid):
        return table_xml
    width = total // count
    grid[:] = [etree.Element(W + "gridCol", {W + "w": str(width)}) for _ in range(count)]
    for cell in table.iter(W + "tc"):
        if (stated := cell.find(f"{W}tcPr/{W}tcW")) is not None:
            stated.set(W + "w", str(width * _span(cell)))
    made: str = etree.tostring(root, encoding="unicode")
    return made[made.index(">") + 1 : made.rindex("<")]


def _span(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else whole(span.get(W + "val"), 1)
