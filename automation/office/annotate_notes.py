"""The notes of one worksheet: the texts in the comments part, and the yellow boxes in its VML drawing."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from lxml import etree

from automation.office.annotate_parts import Parts
from automation.office.sheets import cell_name
from automation.office.xlsx_sheet import position

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NUMBER = re.compile(rb'\bid="_x0000_s(\d+)"')
_SHAPE = re.compile(rb"<(\w+:)?shape\b(?:(?!</(?:\w+:)?shape>).)*</(?:\w+:)?shape>\s*", re.DOTALL)
_AT = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*<.*?<(?:\w+:)?Column>\s*(\d+)\s*<", re.DOTALL)
_NAMES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_EMPTY = (
    f'<xml {_NAMES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
).encode()
_TYPE = (
    f'<v:shapetype {_NAMES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
).encode()
_WIDE, _LINE = 34, 15
"""Thai letters in a line of the box, points of a line."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Notes:
    """Notes of one sheet. `drawn` is the relationship of a VML drawing that was made anew, else ""."""

    def __init__(self, parts: Parts, sheet: str, s: str, comments: str, shapes: str) -> None:
        self._parts, self._sheet, self._s = parts, sheet, s
        self._comments = comments or self._new_comments()
        self._shapes = shapes
        self._vml = parts.data(shapes) if shapes else _EMPTY
        self._changed = False
        self.drawn = ""

    def erase(self, author: str) -> None:
        """Take out the notes of this author, and what this author added to the notes of others.

        Our notes are known by the name that they begin with: other programs do not keep their author.
        """
        root = self._parts.tree(self._comments)
        for note in list(root.iterfind(f"{self._s}commentList/{self._s}comment")):
            words = "".join(item.text or "" for item in note.iter(f"{self._s}t"))
            if words.startswith(f"{author}:\n"):
                note.getparent().remove(note)
                self._unbox(position(note.get("ref", "")))
                self._parts.edit(self._comments)
            elif cut := _added(note, self._s, author):
                for run in cut:
                    run.getparent().remove(run)
                self._parts.edit(self._comments)

    def add(self, at: tuple[int, int], author: str, text: str) -> None:
        """A note at a cell; to a note that people left there the text is added."""
        root = self._parts.edit(self._comments)
        s = self._s
        notes = _part(root, f"{s}commentList")
        old = next((note for note in notes if position(note.get("ref", "")) == at), None)
        if old is not None and (holder := old.find(f"{s}text")) is not None:
            _runs(holder, s, "\n" + author, text)
            return
        number = _author(root, s, author)
        note = etree.Element(f"{s}comment", {"ref": cell_name(*at), "authorId": str(number)})
        _runs(etree.SubElement(note, f"{s}text"), s, author, text)
        later = (item for item in notes if (position(item.get("ref", "")) or at) > at)
        behind = next(later, None)
        notes.append(note) if behind is None else behind.addprevious(note)
        self._box(at, text)

    def keep(self) -> None:
        """Put the drawing back into the package."""
        if not self._changed:
            return
        if self._shapes:
            self._parts.put(self._shapes, self._vml)
        else:
            name = "xl/drawings/vmlDrawing.vml"
            _, self.drawn = self._parts.add(self._sheet, name, _VML, "vmlDrawing", self._vml)

    def _new_comments(self) -> str:
        root = etree.Element(f"{self._s}comments", nsmap={None: self._s[1:-1]})
        for name in ("authors", "commentList"):
            etree.SubElement(root, self._s + name)
        name, _ = self._parts.add(
            self._sheet, "xl/comments.xml", _COMMENTS, "comments", etree.tostring(root, encoding="UTF-8")
        )
        return name

    def _box(self, at: tuple[int, int], text: str) -> None:
        """Draw the box that Excel shows when the pointer rests on the cell."""
        row, column = at[0] - 1, at[1] - 1
        number = max((int(found) for found in _NUMBER.findall(self._vml)), default=1024) + 1
        lines = 2 + sum(1 + len(line) // _WIDE for line in text.splitlines())
        deep = max(4, -(-lines * _LINE // 20))
        anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 5}, 15, {max(row - 1, 0) + deep}, 4"
        shape = (
            f'<v:shape {_NAMES} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
            f"margin-left:59.25pt;margin-top:1.5pt;width:240pt;height:{lines * _LINE}pt;z-index:1;"
            f'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
            f'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            f'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{escape(anchor)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        ).encode()
        kind = b"" if b'id="_x0000_t202"' in self._vml else _TYPE
        head, end, tail = self._vml.rpartition(b"</xml>")
        if end:
            self._vml = head + kind + shape + end + tail
            self._changed = True

    def _unbox(self, at: tuple[int, int] | None) -> None:
        for found in _SHAPE.finditer(self._vml):
            spot = _AT.search(found.group())
            if spot and b'ObjectType="Note"' in found.group() and at == (int(spot[1]) + 1, int(spot[2]) + 1):
                self._vml = self._vml[: found.start()] + self._vml[found.end() :]
                self._changed = True
                return


def _part(root: Any, tag: str) -> Any:
    """A child of the comments part, made where the file left it out: authors before notes."""
    found = root.find(tag)
    if found is None:
        found = etree.Element(tag)
        root.insert(0 if tag.endswith("authors") else len(root), found)
    return found


def _author(root: Any, s: str, author: str) -> int:
    authors = _part(root, f"{s}authors")
    for number, item in enumerate(authors):
        if item.text == author:
            return number
    etree.SubElement(authors, f"{s}author").text = author
    return len(authors) - 1


def _runs(holder: Any, s: str, title: str, text: str) -> None:
    """Add the author's name in bold and the text behind it, as Excel writes notes."""
    for words, bold in ((f"{title}:\n", True), (text, False)):
        run = etree.SubElement(holder, f"{s}r")
        look = etree.SubElement(run, f"{s}rPr")
        if bold:
            etree.SubElement(look, f"{s}b")
        etree.SubElement(look, f"{s}sz", {"val": "10"})
        etree.SubElement(look, f"{s}color", {"indexed": "81"})
        etree.SubElement(look, f"{s}rFont", {"val": "Tahoma"})
        etree.SubElement(look, f"{s}family", {"val": "2"})
        etree.SubElement(run, f"{s}t", {_SPACE: "preserve"}).text = words


def _added(note: Any, s: str, author: str) -> list[Any]:
    """The runs of a note from the one on that starts what this author added."""
    runs = list(note.iterfind(f"{s}text/{s}r"))
    starts = (at for at, run in enumerate(runs) if run.findtext(f"{s}t") == f"\n{author}:\n")
    start = next(starts, None)
    return [] if start is None else runs[start:]
