"""Arrows and lines that people draw across the months of a plan, as the columns that they cover.

A drawing hangs on a paragraph of some cell; where it begins is told from that cell's edge, and it may reach
over many cells to the right. Only drawings placed from their column (Word's default) can be told so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from automation.office.blocks import Stroke
from automation.office.docx_names import MC, TBL, A, W, whole

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_EMU, _TWIP = 12_700, 20
_LINE = re.compile(r"line|Connector|[aA]rrow", re.ASCII)
_OLD_KINDS = ("_t13", "_t32", "_t69", "_t20")
"""Numbers of Word 97's right arrow, connector, double arrow and line."""
_CELL_MARGIN = 5.4
"""Points between the edge of a cell and its text, as Word sets it unless told otherwise."""
_COVERED = 0.4
"""Part of a column's width that a line must cross to count for it; people draw by eye."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Left end and length in points, from the text edge of the cell."""

    left: float
    length: float


def column_widths(table: Any) -> tuple[float, ...]:
    """Widths of the grid's columns in points; () where the file does not say them."""
    columns = table.iterfind(f"{W}tblGrid/{W}gridCol")
    return tuple(whole(column.get(f"{W}w")) / _TWIP for column in columns)


def strokes_in(table: Any, cell: Any, row: int, col: int, widths: Sequence[float]) -> Iterator[Stroke]:
    """The horizontal lines that hang on a cell at this row and column of the table."""
    if not any(widths[col:]):
        return
    edge = sum(widths[:col]) + _CELL_MARGIN
    for drawing in cell.iter(f"{_WP}anchor", f"{_WP}inline", f"{_V}line", f"{_V}shape"):
        if next(drawing.iterancestors(TBL)) is not table or _is_fallback(drawing):
            continue
        line = _old_line(drawing) if drawing.tag.startswith(_V) else _new_line(drawing)
        if line is not None:
            first, last = _covered(edge + line.left, line.length, widths)
            yield Stroke(row=row, first_col=first, last_col=last)


def _is_fallback(drawing: Any) -> bool:
    holder = next(drawing.iterancestors(f"{MC}Fallback"), None)
    return holder is not None and holder.getparent().find(f"{MC}Choice") is not None


def _new_line(drawing: Any) -> _Line | None:
    shape = next(drawing.iter(f"{A}prstGeom"), None)
    size = drawing.find(f"{_WP}extent")
    if shape is None or size is None or not _LINE.search(shape.get("prst", "")):
        return None
    place = drawing.find(f"{_WP}positionH")
    if place is not None and place.get("relativeFrom") not in ("column", "character"):
        return None
    offset = None if place is None else place.findtext(f"{_WP}posOffset")
    width, height = whole(size.get("cx")) / _EMU, whole(size.get("cy")) / _EMU
    return _Line(whole(offset) / _EMU, width) if _is_flat(width, height) else None


def _old_line(drawing: Any) -> _Line | None:
    style = dict(re.findall(r"([a-z-]+)\s*:\s*([^;]+)", drawing.get("style", "")))
    if drawing.tag == f"{_V}line":
        ends = [_points(text) for key in ("from", "to") for text in drawing.get(key, "").split(",")]
        if len(ends) != 4:
            return None
        width, height = abs(ends[2] - ends[0]), abs(ends[3] - ends[1])
        left = min(ends[0], ends[2])
    elif drawing.get("type", "").endswith(_OLD_KINDS):
        left, width, height = (_points(style.get(key, "")) for key in ("margin-left", "width", "height"))
    else:
        return None
    return _Line(left, width) if _is_flat(width, height) else None


def _is_flat(width: float, height: float) -> bool:
    return width > 0 and height <= max(12.0, width / 2)


def _points(text: str) -> float:
    """Points of a length such as `12.5pt`, `1in`, `2cm`; a bare number is points in what Word writes."""
    match = re.match(r"\s*(-?[0-9]*\.?[0-9]+)\s*(pt|in|cm|mm|px)?", text)
    if match is None:
        return 0.0
    return float(match[1]) * {"in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}.get(match[2] or "", 1.0)


def _covered(left: float, length: float, widths: Sequence[float]) -> tuple[int, int]:
    """First and last column that a line crosses; at least the one that its middle is in."""
    hit: list[int] = []
    start, middle, nearest = 0.0, left + length / 2, 0
    for col, width in enumerate(widths):
        if width and min(left + length, start + width) - max(left, start) > _COVERED * width:
            hit.append(col)
        if start <= middle:
            nearest = col
        start += width
    return (hit[0], hit[-1]) if hit else (nearest, nearest)
