"""Tables of contents, lists of tables and counted captions, as Word itself keeps them.

A template holds live fields: `TOC \\o "1-2"` for the headings, `TOC \\c "ตารางที่"` for the captions, and
`SEQ ตารางที่` in each caption. Here they get the result that Word would compute on F9, so that a book is
right on opening and nobody is asked to update fields. Page numbers come from a PDF of the same book: each
entry has a bookmark, and the PDF knows the page of each bookmark. Word may break pages elsewhere; F9 then
refreshes all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from automation.errors import RenderError
from automation.office.keep_rows import keep_totals
from automation.office.page_references import point
from automation.office.rewrite import read_parts, replace_parts
from automation.office.word_fields import (
    W,
    begin_mark,
    bookmark,
    code_run,
    end_mark,
    fields,
    node,
    paragraphs_of_field,
    result_runs,
    run,
    separator,
    text_node,
    unfold,
)
from automation.thai.digits import to_thai

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DOCUMENT = "word/document.xml"
_STYLES = "word/styles.xml"
_ENTRY_MARK = "_Toc9"
_SECTION_MARK = "_Sec9"
_FIRST_MARK_ID = 900_000
_PASSES = 3
_STAND_IN = "๐๐๐"
_LEVELS = (1, 3)
"""What a table of contents shows that states no range."""
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_RANGE = re.compile(r'\\o\s+"(\d)-(\d)"')
_LABEL = re.compile(r'\\c\s+"([^"]+)"')
_OURS = re.compile(r"(?:Toc|Sec)9\d{5}$")
_COUNTER = re.compile(r"SEQ\s+(\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A heading or caption: outline level from 1, its words, its bookmark, the number printed on its page."""

    level: int
    title: str
    mark: str
    page: str = ""
    label: str = ""
    """What a caption counts (`ตารางที่`); empty for a heading."""


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
    return _write(docx, places or {})


def _write(docx: Path, places: Mapping[str, int], *, stand_in: str = "") -> tuple[Entry, ...]:
    from lxml import etree

    parts = read_parts(docx)
    root = etree.fromstring(parts[_DOCUMENT])
    body = root[0]
    unfold(body)
    keep_totals(body)  # before pages are counted: it moves rows
    _count_captions(body)
    entries = _with_pages(_mark(body, _levels(etree.fromstring(parts[_STYLES]))), body, places)
    titles = {entry.title: entry.mark for entry in entries if not entry.label}
    point(body, titles, {entry.mark: entry.page or stand_in for entry in entries})
    for begin, code in list(fields(body, "TOC")):
        _fill(begin, code, entries, stand_in)
    for place, (first, _) in enumerate(_sections(body)):
        bookmark(first, f"{_SECTION_MARK}{place:05d}", 2 * _FIRST_MARK_ID + place)
    text = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    replace_parts(docx, {_DOCUMENT: text})
    return entries


def number_pages(docx: Path, convert: Callable[[Path], Path]) -> tuple[Entry, ...]:
    """Fill the tables of contents with true page numbers. `convert` makes a PDF that keeps the bookmarks.

    More lines of contents can move pages, so it goes on until nothing moves any more. Stand-ins as wide as
    the numbers to come make the second PDF the last one, which matters for a thousand pages. RenderError
    without a PDF; the entries then stand without numbers.
    """
    entries = _write(docx, {}, stand_in=_STAND_IN)
    try:
        for _ in range(_PASSES):
            numbered = write_toc(docx, outline(convert(docx)))
            if numbered == entries:
                break
            entries = numbered
    except RenderError:
        write_toc(docx)
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


def _levels(styles: Element) -> dict[str, int]:
    """Style id → outline level from 1, inherited from the style it is based on."""
    own: dict[str, int] = {}
    parents: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        level = style.find(f"{W}pPr/{W}outlineLvl")
        parent = style.find(f"{W}basedOn")
        if level is not None:
            own[name] = int(level.get(f"{W}val", "9")) + 1
        elif parent is not None:
            parents[name] = parent.get(f"{W}val", "")
    for name, parent_name in parents.items():
        seen = {name}
        while parent_name not in own and parent_name in parents and parent_name not in seen:
            seen.add(parent_name)
            parent_name = parents[parent_name]
        if parent_name in own:
            own[name] = own[parent_name]
    return own


def _count_captions(body: Element) -> None:
    counts: dict[str, int] = {}
    for begin, code in fields(body, "SEQ"):
        label = _counted(code)
        counts[label] = counts.get(label, 0) + 1
        number = to_thai(str(counts[label])) if "ThaiArabic" in code else str(counts[label])
        texts = [text for run in result_runs(begin) for text in run.iter(f"{W}t")]
        for place, text in enumerate(texts):
            text.text = "" if place else number


def _counted(code: str) -> str:
    found = _COUNTER.search(code)
    return found[1] if found else ""


def _mark(body: Element, levels: Mapping[str, int]) -> list[Entry]:
    """Every heading and caption in the order of the book, each with a bookmark in the file."""
    for old in list(body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        if int(old.get(f"{W}id", "0")) >= _FIRST_MARK_ID:
            old.getparent().remove(old)
    labels = {next(begin.iterancestors(f"{W}p")): _counted(code) for begin, code in fields(body, "SEQ")}
    entries: list[Entry] = []
    for paragraph in body.iter(f"{W}p"):
        label = labels.get(paragraph, "")
        level = 1 if label else _level(paragraph, levels)
        title = _title(paragraph) if level else ""
        if title:
            mark = f"{_ENTRY_MARK}{len(entries):05d}"
            bookmark(paragraph, mark, _FIRST_MARK_ID + len(entries))
            entries.append(Entry(level=level, title=title, mark=mark, label=label))
    return entries


def _level(paragraph: Element, levels: Mapping[str, int]) -> int:
    own = paragraph.find(f"{W}pPr/{W}outlineLvl")
    if own is not None:
        return int(own.get(f"{W}val", "9")) + 1
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return levels.get(style.get(f"{W}val", ""), 0) if style is not None else 0


def _title(paragraph: Element) -> str:
    """The words of a heading as its entry shows them: a line break is a space."""
    words = []
    for piece in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab"):
        words.append(piece.text or "" if piece.tag == f"{W}t" else " ")
    return " ".join("".join(words).split(" ")).strip()


def _sections(body: Element) -> list[tuple[Element, Element]]:
    """First paragraph and properties of each section."""
    found = []
    first: Element | None = None
    for block in body:
        if first is None:
            first = next(block.iter(f"{W}p"), None)
        properties = block if block.tag == f"{W}sectPr" else block.find(f"{W}pPr/{W}sectPr")
        if properties is not None:
            if first is not None:
                found.append((first, properties))
            first = None
    return found


def _with_pages(entries: list[Entry], body: Element, places: Mapping[str, int]) -> tuple[Entry, ...]:
    """The entries with the number printed on their page, in the manner of their section."""
    if not places:
        return tuple(entries)
    starts = []
    start, page, style = 1, 1, ""
    for place, (_, properties) in enumerate(_sections(body)):
        mark = places.get(f"{_SECTION_MARK}{place:05d}")
        numbering = properties.find(f"{W}pgNumType")
        if mark is None or numbering is None:
            continue
        style = numbering.get(f"{W}fmt", "")
        if numbering.get(f"{W}start") is not None:
            start, page = int(numbering.get(f"{W}start", "1")), mark
        starts.append((mark, page - start, style))
    return tuple(_numbered(entry, places.get(entry.mark), starts) for entry in entries)


def _numbered(entry: Entry, page: int | None, starts: list[tuple[int, int, str]]) -> Entry:
    if page is None:
        return entry
    before = [(offset, style) for mark, offset, style in starts if mark <= page]
    offset, style = before[-1] if before else (0, "")
    shown = _FORMATS.get(style, str)(page - offset)
    return Entry(level=entry.level, title=entry.title, mark=entry.mark, page=shown, label=entry.label)


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
