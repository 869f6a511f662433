"""One worksheet: a streaming pass over its XML that keeps used cells only."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from automation.errors import OversizedFile
from automation.office.docx_names import whole
from automation.office.guard import Limits
from automation.office.package import broken_xml
from automation.office.sheets import Scalar, Sheet, SheetCell, Span
from automation.office.xlsx_formats import Shows, exact, moment
from automation.office.xlsx_styles import CellStyle, S

_CELL, _VALUE, _FORMULA, _INLINE = f"{S}c", f"{S}v", f"{S}f", f"{S}is"
_REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROLS = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff]")
_NEAR_ROWS, _NEAR_COLS = 2_000, 256
"""Empty cells beyond are formatting of whole rows and columns, no part of a form."""
_MERGED_AREA = 400_000
"""Positions that merged ranges may cover, within the used part of the sheet."""


def position(reference: str) -> tuple[int, int] | None:
    """(row, column), 1-based, of `B5`; None for anything else."""
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    col = 0
    for letter in match[1].upper():
        col = col * 26 + ord(letter) - 64
    return int(match[2]), col


@dataclass(slots=True)
class _Draft:
    """What one pass over a sheet gathers."""

    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    shaded: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    """Empty cells with a fill, kept only inside the used part."""
    shared: dict[str, str] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_ranges: list[tuple[int, int]] = field(default_factory=list)
    row: int = 0
    last_row: int = 0
    last_col: int = 0
    """The used part; empty cells with a style count as long as they are near."""


@dataclass(slots=True)
class Reader:
    """Reads the sheets of one workbook; counts used cells over all of them."""

    styles: tuple[CellStyle, ...]
    strings: tuple[str, ...]
    date1904: bool
    limits: Limits
    used: int = 0

    def sheet(self, name: str, data: bytes, *, hidden: bool) -> Sheet:
        """The sheet whose XML is `data`. OversizedFile past a cap, UnreadableFile for broken XML."""
        draft = _Draft()
        wanted = (f"{S}row", f"{S}mergeCell", f"{S}col")
        try:
            for _, element in etree.iterparse(
                io.BytesIO(data),
                tag=wanted,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            ):
                if element.tag == wanted[0]:
                    self._row(draft, element)
                elif element.tag == wanted[1]:
                    _merge(draft, element)
                elif element.get("hidden", "0") in ("1", "true"):
                    draft.hidden_ranges.append((whole(element.get("min")), whole(element.get("max"))))
                _forget(element)
        except etree.XMLSyntaxError as error:
            if data:
                raise broken_xml(error) from error
        return _finished(name, draft, hidden)

    def _row(self, draft: _Draft, element: Any) -> None:
        row = whole(element.get("r"), draft.row + 1)
        draft.row = row
        if element.get("hidden", "0") in ("1", "true") or element.get("ht") == "0":
            draft.hidden_rows.add(row)
        col = 0
        for cell in element:
            if cell.tag != _CELL:
                continue
            at = position(cell.get("r", "")) or (row, col + 1)
            col = at[1]
            self._cell(draft, cell, at)

    def _cell(self, draft: _Draft, element: Any, at: tuple[int, int]) -> None:
        index = whole(element.get("s"))
        style = self.styles[index] if 0 <= index < len(self.styles) else self.styles[0]
        formula = _formula(draft, element.find(_FORMULA))
        kind = element.get("t", "n")
        raw = element.findtext(_VALUE)
        error = raw or "" if kind == "e" else ""
        value = None if error else self._value(kind, raw, element, style)
        if formula and kind == "str" and raw == "":
            value = ""  # a formula such as IF(…;"") whose result is an empty text: not a missing result
        if value is None and not formula and not error:
            if at[0] > _NEAR_ROWS or at[1] > _NEAR_COLS:
                return
            draft.last_row, draft.last_col = max(draft.last_row, at[0]), max(draft.last_col, at[1])
            if style.shade and len(draft.shaded) < self.limits.cells:
                draft.shaded[at] = SheetCell(
                    row=at[0], col=at[1], value=None, format=style.format, shade=style.shade
                )
            return
        self._count(at)
        draft.last_row, draft.last_col = max(draft.last_row, at[0]), max(draft.last_col, at[1])
        draft.cells[at] = SheetCell(
            row=at[0],
            col=at[1],
            value=value,
            format=style.format,
            formula=formula,
            error=error,
            shade=style.shade,
        )

    def _count(self, at: tuple[int, int]) -> None:
        self.used += 1
        if self.used > self.limits.cells:
            raise _too_large(f"ตารางมีข้อมูลเกิน {self.limits.cells:,} ช่อง")
        if at[0] > self.limits.rows or at[1] > self.limits.cols:
            raise _too_large(f"มีข้อมูลอยู่ไกลผิดปกติที่แถว {at[0]:,} คอลัมน์ {at[1]:,}")

    def _value(self, kind: str, raw: str | None, element: Any, style: CellStyle) -> Scalar | None:
        if kind == "inlineStr":
            inline = element.find(_INLINE)
            return None if inline is None else rich_text(inline) or None
        if raw is None or raw == "":
            return None
        if kind == "s":
            at = whole(raw, -1)
            return (self.strings[at] if 0 <= at < len(self.strings) else "") or None
        if kind == "b":
            return raw.strip().lower() in ("1", "true")
        if kind == "d":
            return _iso(raw)
        if kind == "str":
            return unescaped(raw)
        return self._number(raw, style)

    def _number(self, raw: str, style: CellStyle) -> Scalar:
        number = exact(raw)
        if number is None:
            return raw
        if style.shows is Shows.NUMBER:
            return number
        return moment(number, style.shows, date1904=self.date1904)


def rich_text(element: Any) -> str:
    """Text of a `si`, `is` or note: runs joined, phonetic readings dropped."""
    text = element.findtext(f"{S}t") or ""
    return unescaped(text + "".join(run.findtext(f"{S}t") or "" for run in element.iterchildren(f"{S}r")))


def unescaped(text: str) -> str:
    """Text with Excel's own escapes (`_x000D_`) resolved and line ends as \\n; other controls are dropped."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _iso(raw: str) -> Scalar:
    try:
        return dt.datetime.fromisoformat(raw).replace(tzinfo=None)
    except ValueError:
        return raw


def _formula(draft: _Draft, element: Any) -> str:
    """Formula with its `=`; of a shared one that of its first cell."""
    if element is None:
        return ""
    text = element.text or ""
    if element.get("t") == "shared":
        text = draft.shared.setdefault(element.get("si", ""), text) or text
    return f"={text}"


def _merge(draft: _Draft, element: Any) -> None:
    first, _, last = element.get("ref", "").partition(":")
    start, end = position(first), position(last or first)
    if start and end and start <= end and start[1] <= end[1]:
        draft.merges.append(Span(top=start[0], left=start[1], bottom=end[0], right=end[1]))


def _forget(element: Any) -> None:
    """Free what has been read: the element's content and the siblings before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _finished(name: str, draft: _Draft, hidden: bool) -> Sheet:
    last_row, last_col = draft.last_row, draft.last_col
    bottom = max((row for row, _ in draft.cells), default=0)
    right = max((col for _, col in draft.cells), default=0)
    cells = dict(draft.cells)
    cells.update({at: cell for at, cell in draft.shaded.items() if at[0] <= bottom and at[1] <= right})
    merges = _clipped(draft.merges, last_row, last_col)
    for span in merges:
        _drop_covered(cells, span)
    hidden_cols = frozenset(
        col for low, high in draft.hidden_ranges for col in range(max(low, 1), min(high, last_col) + 1)
    )
    hidden_rows = frozenset(row for row in draft.hidden_rows if row <= last_row)
    if hidden or hidden_rows or hidden_cols:
        cells = {
            at: replace(cell, hidden=True) if hidden or at[0] in hidden_rows or at[1] in hidden_cols else cell
            for at, cell in cells.items()
        }
    return Sheet(
        name=name,
        cells=cells,
        merges=merges,
        hidden=hidden,
        hidden_rows=hidden_rows,
        hidden_cols=hidden_cols,
    )


def _clipped(merges: list[Span], last_row: int, last_col: int) -> tuple[Span, ...]:
    """Merged ranges cut to the used part, so that no claim makes a lookup large."""
    found: list[Span] = []
    area = 0
    for span in merges:
        if span.top > last_row or span.left > last_col:
            continue
        bottom, right = min(span.bottom, last_row), min(span.right, last_col)
        area += (bottom - span.top + 1) * (right - span.left + 1)
        if area > _MERGED_AREA:
            raise _too_large("มีการรวมช่องมากผิดปกติ")
        found.append(Span(top=span.top, left=span.left, bottom=bottom, right=right))
    return tuple(found)


def _drop_covered(cells: dict[tuple[int, int], SheetCell], span: Span) -> None:
    """A merged range shows its top left corner only; what stands below it is invisible and empty in Excel."""
    if (span.bottom - span.top + 1) * (span.right - span.left + 1) > 4 * len(cells):
        covered = [
            at for at in cells if span.top <= at[0] <= span.bottom and span.left <= at[1] <= span.right
        ]
    else:
        covered = [(r, c) for r in range(span.top, span.bottom + 1) for c in range(span.left, span.right + 1)]
    for at in covered:
        if at != (span.top, span.left):
            cells.pop(at, None)


def _too_large(message: str) -> OversizedFile:
    return OversizedFile(message, hint="กรุณาลบแถว คอลัมน์ และช่องที่ไม่ใช้ออก แล้วบันทึกใหม่")
