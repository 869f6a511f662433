"""Chapters that the office writes: Word files of their own that a book takes in where it names them.

A template says `{{ chapter("คำนำ") }}` in a paragraph of its own; filled, that paragraph holds a mark. Here
the mark gives way to the body of the chapter's file: styles by name, lists with own numbers, pictures, charts
and links with what they refer to, footnotes. `lost_in` tells what a chapter cannot bring along.
"""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from automation.office.body_stream import Rework
from automation.office.chapter_lists import Lists
from automation.office.chapter_notes import Notes
from automation.office.chapter_parts import Parts
from automation.office.chapter_styles import Styles
from automation.office.chapter_tables import fit_tables, text_width
from automation.office.package import safe_parser
from automation.office.rewrite import read_parts

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = re.compile(r'(<wp:docPr\b[^>]*?\b)id="\d+"')
_DOCUMENT = "word/document.xml"
_OPEN, _CLOSE = "\N{LEFT WHITE SQUARE BRACKET}", "\N{RIGHT WHITE SQUARE BRACKET}"
_MARK = re.compile(f"{_OPEN}บท:([^{_CLOSE}]*){_CLOSE}")
_CALL = re.compile(r"chapter\(\s*[\"'“”]([^\"'“”]+)[\"'“”]\s*\)")
_FIRST_MARK_ID = 500_000
_LOST = {"commentReference": "ความคิดเห็น"}
_MISSING = "[รอข้อความ “{name}” จากสำนัก]"


def chapter_mark(name: str) -> str:
    """What a template's `chapter("…")` leaves in the filled book for `take_chapters` to find."""
    return f"{_OPEN}บท:{name}{_CLOSE}"


def chapters_of(source: str) -> tuple[str, ...]:
    """The names of the chapters that the source of a template asks for, in its order."""
    return tuple(dict.fromkeys(_CALL.findall(source)))


def lost_in(file: Path) -> tuple[str, ...]:
    """Thai names of what the chapter holds and no book takes in: comments."""
    words = read_parts(file)[_DOCUMENT]
    return tuple(name for tag, name in _LOST.items() if f"<w:{tag}".encode() in words)


def take_chapters(docx: Path, files: Mapping[str, Path]) -> None:
    """Put the chapters into the book, in place. `files` holds those that exist, by name.

    Where one is missing the book says so, in colour. A table wider than the book's text is drawn in.
    """
    width = text_width(docx)
    with Rework(docx) as work:
        book = _Book(work.parts, width)
        places = itertools.count()

        def over(blocks: Iterator[str]) -> Iterator[str]:
            for block in blocks:
                if _OPEN not in block:
                    yield block
                    continue
                tree = work.tree(block)
                for paragraph in list(tree.iter(f"{W}p")):
                    if name := _name(paragraph):
                        _put(paragraph, name, book, files.get(name), next(places))
                yield work.text(tree)

        work.put(lambda blocks: _numbered(over(blocks)))
        book.finish()


def _put(paragraph: Element, name: str, book: _Book, file: Path | None, place: int) -> None:
    """The chapter in the place of its mark, or words that it is missing."""
    if file is None:
        _mark_missing(paragraph, _MISSING.format(name=name))
        return
    for block in book.blocks(file, place):
        paragraph.addprevious(block)
    paragraph.getparent().remove(paragraph)


class _Book:
    """The package of the book while chapters come in."""

    def __init__(self, parts: dict[str, bytes], width: int | None) -> None:
        self._parts, self._width = parts, width
        self._styles, self._lists, self._notes = Styles(parts), Lists(parts), Notes(parts)
        self._copies = Parts(parts)

    def blocks(self, file: Path, place: int) -> list[Element]:
        """The body of the chapter as blocks that fit this book."""
        from lxml import etree

        source = read_parts(file)
        body = etree.fromstring(source[_DOCUMENT], safe_parser())[0]
        found = [copy.deepcopy(block) for block in body if block.tag != f"{W}sectPr"]
        for block in found:
            for section in list(block.iter(f"{W}sectPr")):
                section.getparent().remove(section)

        def fit(blocks: list[Element], owner: str) -> None:
            _leave_out_comments(blocks)
            self._lists.adopt(blocks, source)  # first: a list may hang on a style of the chapter
            self._styles.adopt(blocks, source)
            self._copies.adopt(blocks, source, place, owner)

        self._notes.adopt(found, source, fit)
        fit(found, _DOCUMENT)
        if self._width:
            fit_tables(found, self._width)
        _renumber_bookmarks(found, place)
        return found

    def finish(self) -> None:
        """Write styles, lists and notes back into the package."""
        self._styles.write(self._parts)
        self._lists.write(self._parts)
        self._notes.write(self._parts)


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


def _leave_out_comments(blocks: list[Element]) -> None:
    """Take out the references to comments, which would lead nowhere in the book."""
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


def _numbered(blocks: Iterator[str]) -> Iterator[str]:
    """The blocks with every drawing under a number of its own."""
    numbers = itertools.count(1)
    for block in blocks:
        if "<wp:docPr" in block:
            block = _DRAWING.sub(lambda match: f'{match[1]}id="{next(numbers)}"', block)
        yield block
