"""Chapters that the office writes: Word files of their own that a book takes in where it names them.

A template says `{{ chapter("คำนำ") }}` in a paragraph of its own; filled, that paragraph holds a mark. Here
the mark gives way to the body of the chapter's file: styles by name, lists with own numbers, pictures, charts
and links with what they refer to. `lost_in` tells what a chapter cannot bring along.
"""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from automation.office.chapter_lists import Lists
from automation.office.chapter_styles import Styles
from automation.office.package import safe_parser
from automation.office.rewrite import read_parts, replace_parts

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DOCUMENT = "word/document.xml"
_OPEN, _CLOSE = "\N{LEFT WHITE SQUARE BRACKET}", "\N{RIGHT WHITE SQUARE BRACKET}"
_MARK = re.compile(f"{_OPEN}บท:([^{_CLOSE}]*){_CLOSE}")
_CALL = re.compile(r"chapter\(\s*[\"'“”]([^\"'“”]+)[\"'“”]\s*\)")
_FIRST_MARK_ID = 500_000
_LOST = {
    "footnoteReference": "เชิงอรรถ",
    "endnoteReference": "อ้างอิงท้ายบท",
    "commentReference": "ความคิดเห็น",
}
_MISSING = "[ยังไม่มีบท “{name}” กรุณาเขียนเป็นแฟ้ม Word ชื่อ {name}.docx แล้ววางไว้ใน {folder}]"


def chapter_mark(name: str) -> str:
    """What a template's `chapter("…")` leaves in the filled book for `take_chapters` to find."""
    return f"{_OPEN}บท:{name}{_CLOSE}"


def chapters_of(source: str) -> tuple[str, ...]:
    """The names of the chapters that the source of a template asks for, in its order."""
    return tuple(dict.fromkeys(_CALL.findall(source)))


def lost_in(file: Path) -> tuple[str, ...]:
    """Thai names of what the chapter holds and no book takes in: footnotes, comments."""
    words = read_parts(file)[_DOCUMENT]
    return tuple(name for tag, name in _LOST.items() if f"<w:{tag}".encode() in words)


def take_chapters(docx: Path, files: Mapping[str, Path], *, folder: str) -> None:
    """Put the chapters into the book, in place. `files` holds those that exist, by name.

    Where one is missing the book says so, in colour, with `folder` as the place in which it is due.
    """
    from lxml import etree

    parts = read_parts(docx)
    root = etree.fromstring(parts[_DOCUMENT], safe_parser())
    marks = [(paragraph, found) for paragraph in root.iter(f"{W}p") if (found := _name(paragraph))]
    if not marks:
        return
    book = _Book(parts=parts, styles=Styles(parts), lists=Lists(parts))
    for place, (paragraph, name) in enumerate(marks):
        if name in files:
            for block in book.blocks(files[name], place):
                paragraph.addprevious(block)
            paragraph.getparent().remove(paragraph)
        else:
            _mark_missing(paragraph, _MISSING.format(name=name, folder=folder))
    _number_drawings(root)
    parts[_DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    book.finish()
    replace_parts(docx, parts)


@dataclass(slots=True)
class _Book:
    """The package of the book while chapters come in."""

    parts: dict[str, bytes]
    styles: Styles
    lists: Lists
    _copied: dict[tuple[int, str], str] = field(default_factory=dict)

    def blocks(self, file: Path, place: int) -> list[Element]:
        """The body of the chapter as blocks that fit this book."""
        from lxml import etree

        source = read_parts(file)
        body = etree.fromstring(source[_DOCUMENT], safe_parser())[0]
        found = [copy.deepcopy(block) for block in body if block.tag != f"{W}sectPr"]
        for block in found:
            for section in list(block.iter(f"{W}sectPr")):
                section.getparent().remove(section)
        _leave_out_notes(found)
        self.lists.adopt(found, source)  # first: a list may hang on a style of the chapter
        self.styles.adopt(found, source)
        self._adopt_relations(found, source, place)
        _renumber_bookmarks(found, place)
        return found

    def finish(self) -> None:
        """Write styles and lists back into the package."""
        self.styles.write(self.parts)
        self.lists.write(self.parts)

    def _adopt_relations(self, blocks: list[Element], source: Mapping[str, bytes], place: int) -> None:
        relations = {item.get("Id", ""): item for item in _relations(source, _DOCUMENT)}
        for block in blocks:
            for element in block.iter():
                for key, value in list(element.attrib.items()):
                    if str(key).startswith(_R) and value in relations:
                        element.set(
                            key, self._relate(relations[str(value)], _DOCUMENT, source, _DOCUMENT, place)
                        )

    def _relate(
        self, relation: Element, owner: str, source: Mapping[str, bytes], source_owner: str, place: int
    ) -> str:
        """The id of a like relation of `owner`, its target copied with all that it refers to itself."""
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            target = f"/{self._copy(_resolved(source_owner, target), source, place)}"
        return _add_relation(self.parts, owner, relation.get("Type", ""), target, relation.get("TargetMode"))

    def _copy(self, part: str, source: Mapping[str, bytes], place: int) -> str:
        if (place, part) in self._copied:
            return self._copied[place, part]
        folder, file = posixpath.split(part)
        name = f"{folder}/chapter{place + 1}-{file}"
        self._copied[place, part] = name
        self.parts[name] = source[part]
        _declare(self.parts, name, source, part)
        for relation in _relations(source, part):
            new = self._relate(relation, name, source, part, place)
            old = relation.get("Id", "")
            self.parts[name] = self.parts[name].replace(f'"{old}"'.encode(), f'"{new}"'.encode())
        return name


def _name(paragraph: Element) -> str:
    found = _MARK.search("".join(text.text or "" for text in paragraph.iter(f"{W}t")))
    return found[1].strip() if found else ""


def _mark_missing(paragraph: Element, words: str) -> None:
    """The paragraph says what is missing, on a background that no proof-reader overlooks."""
    from lxml import etree

    for run in list(paragraph.iter(f"{W}r")):
        run.getparent().remove(run)
    run = etree.SubElement(paragraph, f"{W}r")
    properties = etree.SubElement(run, f"{W}rPr")
    etree.SubElement(properties, f"{W}shd", {f"{W}val": "clear", f"{W}color": "auto", f"{W}fill": "FFF2CC"})
    etree.SubElement(run, f"{W}t").text = words


def _leave_out_notes(blocks: list[Element]) -> None:
    """Take out the references to notes and comments, which would lead nowhere in the book."""
    for block in blocks:
        for tag in (*_LOST, "commentRangeStart", "commentRangeEnd"):
            for element in list(block.iter(f"{W}{tag}")):
                run = element.getparent()
                run.remove(element)
                if run.tag == f"{W}r" and all(child.tag == f"{W}rPr" for child in run):
                    run.getparent().remove(run)


def _renumber_bookmarks(blocks: list[Element], place: int) -> None:
    for block in blocks:
        for mark in block.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            mark.set(f"{W}id", str(_FIRST_MARK_ID + 1000 * place + int(mark.get(f"{W}id", "0")) % 1000))


def _number_drawings(root: Element) -> None:
    for number, properties in enumerate(root.iter(_DRAWING), start=1):
        properties.set("id", str(number))


def _resolved(owner: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), target)).lstrip("/")


def _relations_part(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _relations(parts: Mapping[str, bytes], part: str) -> list[Element]:
    from lxml import etree

    data = parts.get(_relations_part(part))
    return [] if data is None else list(etree.fromstring(data, safe_parser()))


def _add_relation(parts: dict[str, bytes], owner: str, kind: str, target: str, mode: str | None) -> str:
    from lxml import etree

    name = _relations_part(owner)
    data = parts.get(name)
    root = (
        etree.Element(f"{_PACKAGE}Relationships") if data is None else etree.fromstring(data, safe_parser())
    )
    for item in root:
        if (item.get("Type"), item.get("Target"), item.get("TargetMode")) == (kind, target, mode):
            return str(item.get("Id"))
    identity = f"rIdChapter{len(root) + 1}"
    facts = {"Id": identity, "Type": kind, "Target": target} | ({"TargetMode": mode} if mode else {})
    etree.SubElement(root, f"{_PACKAGE}Relationship", facts)
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return identity


def _declare(parts: dict[str, bytes], name: str, source: Mapping[str, bytes], part: str) -> None:
    """Give the copied part the content type that it had."""
    from lxml import etree

    here = etree.fromstring(parts["[Content_Types].xml"], safe_parser())
    ending = part.rpartition(".")[2]
    stated = ""
    for item in etree.fromstring(source["[Content_Types].xml"], safe_parser()):
        if item.get("PartName") == f"/{part}":
            stated = item.get("ContentType", "")
            break
        if (item.get("Extension") or "").lower() == ending.lower():
            stated = item.get("ContentType", "")
    known = {(item.get("Extension") or "").lower(): item.get("ContentType") for item in here}
    if known.get(ending.lower()) != stated:
        etree.SubElement(here, f"{_TYPES}Override", {"PartName": f"/{name}", "ContentType": stated})
    parts["[Content_Types].xml"] = etree.tostring(
        here, xml_declaration=True, encoding="UTF-8", standalone=True
    )
