"""Tables of contents, lists of tables and counted captions, as Word itself keeps them.

A template holds live fields: `TOC \\o "1-2"` for the headings, `TOC \\c "ตารางที่"` for the captions, and
`SEQ ตารางที่` in each caption. Here they get the result that Word would compute on F9, so that a book is
right on opening and nobody is asked to update fields. Page numbers come from a PDF of the same book: each
entry has a bookmark, and the PDF knows the page of each bookmark. Word may break pages elsewhere; F9 then
refreshes all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from automation.errors import RenderError
from automation.office.body_stream import Rework
from automation.office.page_references import point
from automation.office.toc_marks import ENTRY_MARK, SECTION_MARK, Contents, Entry, mark_entries
from automation.office.word_fields import (
    W,
    begin_mark,
    bookmark,
    code_run,
    end_mark,
    fields,
    node,
    paragraphs_of_field,
    run,
    separator,
    text_node,
)
from automation.thai.digits import to_thai

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PASSES = 3
_STAND_IN = "๐๐๐"
_LEVELS = (1, 3)
"""What a table of contents shows that states no range."""
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_RANGE = re.compile(r'\\o\s+"(\d)-(\d)"')
_LABEL = re.compile(r'\\c\s+"([^"]+)"')
_OURS = re.compile(f"(?:{ENTRY_MARK[1:]}|{SECTION_MARK[1:]})\\d{{5}}$")
_TABLE = re.compile(r"<w:instrText[^>]*>\s*TOC\b")
_BEGIN, _END = 'w:fldCharType="begin"', 'w:fldCharType="end"'


def outline(pdf: Path) -> dict[str, int]:
    """Our bookmark → page of the PDF, counted from 1. LibreOffice writes its underscore as #5F."""
    from pypdf import PdfReader

    reader = PdfReader(pdf)
    places = {}
    for name, target in reader.named_destinations.items():
        page, ours = reader.get_destination_page_number(target), _OURS.search(str(name))
        if page is not None and ours:
            places[f"_{ours[0]}"] = page + 1
    return places


def write_toc(docx: Path, places: Mapping[str, int] | None = None) -> tuple[Entry, ...]:
    """Count the captions and fill the tables of contents of `docx`, in place; the entries as written.

    Without `places` (what `outline` found in a PDF of this very file) the entries stand without page numbers.
    """
    return fill_contents(docx, mark_entries(docx), places or {})


def fill_contents(
    docx: Path, contents: Contents, places: Mapping[str, int], *, stand_in: str = ""
) -> tuple[Entry, ...]:
    """Fill the tables of contents and page references of a marked file, in place; the entries as written.

    `stand_in` is what stands for a number that `places` does not know.
    """
    entries = _with_pages(contents, places)
    titles = {entry.title: entry.mark for entry in entries if not entry.label}
    pages = {entry.mark: entry.page or stand_in for entry in entries}
    with Rework(docx) as book:

        def filled(blocks: Iterator[str]) -> Iterator[str]:
            for block in blocks:
                if "PAGEREF " not in block and not _TABLE.search(block):
                    yield block
                    continue
                tree = book.tree(_whole_field(block, blocks) if _TABLE.search(block) else block)
                point(tree, titles, pages)
                for begin, code in list(fields(tree, "TOC")):
                    _fill(begin, code, entries, stand_in)
                yield book.text(tree)

        book.put(filled)
    return entries


def _whole_field(block: str, blocks: Iterator[str]) -> str:
    """The block with those that follow it up to the end of the field which it begins."""
    found = [block]
    while sum(text.count(_BEGIN) - text.count(_END) for text in found) > 0:
        more = next(blocks, None)
        if more is None:
            break
        found.append(more)
    return "".join(found)


def number_pages(docx: Path, convert: Callable[[Path], Path]) -> tuple[Entry, ...]:
    """Fill the tables of contents with true page numbers. `convert` makes a PDF that keeps the bookmarks.

    More lines of contents can move pages, so it goes on until nothing moves any more. Stand-ins as wide as
    the numbers to come make the second PDF the last one, which matters for a thousand pages. RenderError
    without a PDF; the entries then stand without numbers.
    """
    contents = mark_entries(docx)
    entries = fill_contents(docx, contents, {}, stand_in=_STAND_IN)
    try:
        for _ in range(_PASSES):
            places = outline(convert(docx))
            if places and _with_pages(contents, places) == entries:
                break
            entries = fill_contents(docx, contents, places)
    except RenderError:
        fill_contents(docx, contents, {})
        raise
    return entries


def thai_letter(number: int) -> str:
    """The page number of front matter: 1 → ก, 2 → ข, 3 → ค, 4 → ง …"""
    turn, place = divmod(number - 1, len(_THAI_LETTERS))
    return _THAI_LETTERS[place] * (turn + 1)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "thaiLetters": thai_letter,
    "thaiNumbers": lambda number: to_thai(str(number)),
}


def _with_pages(contents: Contents, places: Mapping[str, int]) -> tuple[Entry, ...]:
    """The entries with the number printed on their page, in the manner of their section."""
    if not places:
        return contents.entries
    starts = []
    start, page = 1, 1
    for section in contents.sections:
        mark = places.get(section.mark)
        if mark is None or not section.numbered:
            continue
        if section.start is not None:
            start, page = section.start, mark
        starts.append((mark, page - start, section.style))
    return tuple(_numbered(entry, places.get(entry.mark), starts) for entry in contents.entries)


def _numbered(entry: Entry, page: int | None, starts: list[tuple[int, int, str]]) -> Entry:
    if page is None:
        return entry
    before = [(offset, style) for mark, offset, style in starts if mark <= page]
    offset, style = before[-1] if before else (0, "")
    shown = _FORMATS.get(style, str)(page - offset)
    return replace(entry, page=shown)


def _fill(begin: Element, code: str, entries: tuple[Entry, ...], stand_in: str) -> None:
    """Put the chosen entries in the place of the field's old result, which may span many paragraphs."""
    chosen = _chosen(code, entries)
    first = begin.getparent()
    assert first is not None
    new = [
        _entry(entry, "TableofFigures" if entry.label else f"TOC{entry.level}", entry.page or stand_in)
        for entry in chosen
    ]
    new = new or [node("p")]
    head = [begin_mark(), code_run(code), separator()]
    start = 1 if len(new[0]) and new[0][0].tag == f"{W}pPr" else 0
    new[0][start:start] = head
    new[-1].append(end_mark())
    old = paragraphs_of_field(first)
    for mark in first.iter(f"{W}bookmarkStart"):
        if mark.get(f"{W}name", "").startswith(SECTION_MARK):  # the section begins with its contents
            bookmark(new[0], mark.get(f"{W}name", ""), int(mark.get(f"{W}id", "0")))
    for paragraph in new:
        first.addprevious(paragraph)
    for paragraph in old:
        paragraph.getparent().remove(paragraph)


def _chosen(code: str, entries: tuple[Entry, ...]) -> list[Entry]:
    label = _LABEL.search(code)
    if label:
        return [entry for entry in entries if entry.label == label[1]]
    stated = _RANGE.search(code)
    low, high = (int(stated[1]), int(stated[2])) if stated else _LEVELS
    return [entry for entry in entries if not entry.label and low <= entry.level <= high]


def _entry(entry: Entry, style: str, page: str) -> Element:
    paragraph, properties, named = node("p"), node("pPr"), node("pStyle", val=style)
    properties.append(named)
    paragraph.append(properties)
    link = node("hyperlink", anchor=entry.mark, history="1")
    link.extend(
        [
            run(text_node("t", entry.title)),
            run(node("tab")),
            begin_mark(),
            code_run(f" PAGEREF {entry.mark} \\h "),
            separator(),
            run(text_node("t", page)),
            end_mark(),
        ]
    )
    paragraph.append(link)
    return paragraph
