"""Notes and a highlight in a copy of an Excel file, each at the cell that it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree

from automation.errors import UnreadableFile
from automation.office.annotate import Mark, Pencil
from automation.office.annotate_notes import Notes
from automation.office.annotate_parts import Parts
from automation.office.annotate_styles import Highlighter
from automation.office.docx_names import whole
from automation.office.sheets import cell_name
from automation.office.xlsx_sheet import position

_AFTER_NOTES = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip
"""What follows the drawing of the notes in a worksheet."""

Spot = tuple[str, tuple[int, int]]
"""Part of a sheet, (row, column) 1-based."""


def annotate_xlsx(parts: Parts, marks: Sequence[Mark], pencil: Pencil) -> None:
    """Write the remarks into the parts of an Excel file, after taking out those of an earlier copy."""
    sheets = _Sheets(parts)
    highlighter = Highlighter(parts)
    texts: dict[Spot, list[str]] = {}
    exact: set[Spot] = set()
    for mark in marks:
        spot, named = sheets.of(mark.ref)
        if named:
            exact.add(spot)
        lines = mark.lines if named or not mark.where else (*mark.lines, f"ตำแหน่ง: {mark.where}")
        texts.setdefault(spot, []).append("\n".join(lines))
    for part in sheets.parts:
        here = {at: "\n\n".join(text) for (sheet, at), text in texts.items() if sheet == part}
        _write(parts, part, here, pencil)
        for at in sorted(at for sheet, at in exact if sheet == part):
            _highlight(parts.edit(part), at, highlighter)


def _write(parts: Parts, part: str, texts: dict[tuple[int, int], str], pencil: Pencil) -> None:
    """Put notes on one sheet; its old ones from us are taken out also where there are no new ones."""
    comments = parts.related(part, "comments")
    if not texts and not comments:
        return
    sheet = parts.tree(part)
    s = sheet.tag.removesuffix("worksheet")
    r = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
    if not parts.strict:
        r = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    holder = sheet.find(f"{s}legacyDrawing")
    shapes = "" if holder is None else parts.target(part, holder.get(f"{r}id", ""))
    notes = Notes(parts, part, s, comments, shapes)
    notes.erase(pencil.author)
    for at, text in texts.items():
        notes.add(at, pencil.author, text)
    notes.keep()
    if holder is None and notes.drawn:
        element = etree.Element(f"{s}legacyDrawing", {f"{r}id": notes.drawn})
        sheet = parts.edit(part)
        after = next((child for child in sheet if child.tag in {s + name for name in _AFTER_NOTES}), None)
        sheet.append(element) if after is None else after.addprevious(element)


class _Sheets:
    """The worksheets by name, and where a remark can stand in them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        book = parts.tree(parts.main)
        self._s = book.tag.removesuffix("workbook")
        self._named: dict[str, str] = {}
        visible = []
        for item in book.iterfind(f"{self._s}sheets/{self._s}sheet"):
            identity = next((value for name, value in item.attrib.items() if name.endswith("}id")), "")
            target = parts.target(parts.main, identity)
            if target and parts.tree(target).tag == f"{self._s}worksheet":
                self._named[item.get("name", "")] = target
                visible += [target] if item.get("state", "visible") == "visible" else []
        self.parts = tuple(self._named.values())
        first = next(iter(visible or self.parts), "")
        if not first:
            raise UnreadableFile("ไฟล์ไม่มีแผ่นงาน", hint="กรุณาเปิดใน Excel แล้วบันทึกใหม่")
        self._title = first, self._first_cell(first)

    def of(self, ref: str) -> tuple[Spot, bool]:
        """The cell of a reference, of merged ones the top left; else the title cell and False."""
        name, _, cell = ref.rpartition("!")
        part, at = self._named.get(name), position(cell)
        if part is None or at is None:
            return self._title, False
        at = self._corner(part, at)
        return (self._title, False) if at in self._threaded(part) else ((part, at), True)

    def _threaded(self, part: str) -> set[tuple[int, int]]:
        """Cells with a conversation: Excel throws away what is added to the note behind it."""
        name = self._parts.related(part, "comments")
        if not name:
            return set()
        root = self._parts.tree(name)
        authors = [item.text or "" for item in root.iterfind(f"{self._s}authors/{self._s}author")]
        threads = {str(number) for number, author in enumerate(authors) if author.startswith("tc=")}
        notes = root.iterfind(f"{self._s}commentList/{self._s}comment")
        found = (position(note.get("ref", "")) for note in notes if note.get("authorId") in threads)
        return {at for at in found if at}

    def _corner(self, part: str, at: tuple[int, int]) -> tuple[int, int]:
        for merged in self._parts.tree(part).iterfind(f"{self._s}mergeCells/{self._s}mergeCell"):
            start, _, end = merged.get("ref", "").partition(":")
            first, last = position(start), position(end or start)
            if first and last and first[0] <= at[0] <= last[0] and first[1] <= at[1] <= last[1]:
                return first
        return at

    def _first_cell(self, part: str) -> tuple[int, int]:
        """The first cell with content that people see."""
        for row in self._parts.tree(part).iterfind(f"{self._s}sheetData/{self._s}row"):
            if row.get("hidden", "0") in ("0", "false"):
                for cell in row:
                    at = position(cell.get("r", ""))
                    if at and len(cell):
                        return at
        return 1, 1


def _highlight(sheet: Any, at: tuple[int, int], highlighter: Highlighter) -> None:
    """Give a cell the highlighted twin of its style, and an empty one where it is not in the file."""
    s = sheet.tag.removesuffix("worksheet")
    data = sheet.find(f"{s}sheetData")
    if data is None:
        return
    row, made = _child(data, f"{s}row", at[0], lambda item: whole(item.get("r")))
    if made:
        row.set("r", str(at[0]))
    cell, made = _child(row, f"{s}c", at[1], lambda item: (position(item.get("r", "")) or (0, 0))[1])
    if made:
        own = row.get("customFormat", "0") in ("1", "true")
        cell.set("r", cell_name(*at))
        cell.set("s", row.get("s", "0") if own else _column_style(sheet, s, at[1]))
    style = highlighter.twin(whole(cell.get("s")))
    if style is not None:
        cell.set("s", str(style))


def _child(parent: Any, tag: str, number: int, number_of: Callable[[Any], int]) -> tuple[Any, bool]:
    """The row or cell with this number; where it is not there an empty one in its place, and True."""
    last = 0
    for child in parent:
        found = number_of(child) or last + 1
        if found == number:
            return child, False
        if found > number:
            new = etree.Element(tag)
            child.addprevious(new)
            return new, True
        last = found
    return etree.SubElement(parent, tag), True


def _column_style(sheet: Any, s: str, column: int) -> str:
    for item in sheet.iterfind(f"{s}cols/{s}col"):
        if whole(item.get("min")) <= column <= whole(item.get("max")):
            return str(item.get("style", "0"))
    return "0"
