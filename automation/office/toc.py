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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from automation.office.rewrite import read_parts, replace_parts
from automation.thai.digits import to_thai

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DOCUMENT = "word/document.xml"
_STYLES = "word/styles.xml"
_ENTRY_MARK = "_Toc9"
_SECTION_MARK = "_Sec9"
_FIRST_MARK_ID = 900_000
_PASSES = 3
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
    from lxml import etree

    parts = read_parts(docx)
    root = etree.fromstring(parts[_DOCUMENT])
    body = root[0]
    _count_captions(body)
    entries = _with_pages(_mark(body, _levels(etree.fromstring(parts[_STYLES]))), body, places or {})
    for begin, code in list(_fields(body, "TOC")):
        _fill(begin, code, entries)
    for place, (first, _) in enumerate(_sections(body)):
        _bookmark(first, f"{_SECTION_MARK}{place:05d}", 2 * _FIRST_MARK_ID + place)
    text = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    replace_parts(docx, {_DOCUMENT: text})
    return entries


def number_pages(docx: Path, convert: Callable[[Path], Path]) -> tuple[Entry, ...]:
    """Fill the tables of contents with true page numbers. `convert` makes a PDF that keeps the bookmarks.

    More lines of contents can move pages, so it goes on until nothing moves any more.
    """
    entries = write_toc(docx)
    for _ in range(_PASSES):
        numbered = write_toc(docx, outline(convert(docx)))
        if numbered == entries:
            break
        entries = numbered
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
    for style in styles.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        level = style.find(f"{_W}pPr/{_W}outlineLvl")
        parent = style.find(f"{_W}basedOn")
        if level is not None:
            own[name] = int(level.get(f"{_W}val", "9")) + 1
        elif parent is not None:
            parents[name] = parent.get(f"{_W}val", "")
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
    for begin, code in _fields(body, "SEQ"):
        label = _counted(code)
        counts[label] = counts.get(label, 0) + 1
        number = to_thai(str(counts[label])) if "ThaiArabic" in code else str(counts[label])
        texts = [text for run in _result(begin) for text in run.iter(f"{_W}t")]
        for place, text in enumerate(texts):
            text.text = "" if place else number


def _counted(code: str) -> str:
    found = _COUNTER.search(code)
    return found[1] if found else ""


def _mark(body: Element, levels: Mapping[str, int]) -> list[Entry]:
    """Every heading and caption in the order of the book, each with a bookmark in the file."""
    for old in list(body.iter(f"{_W}bookmarkStart", f"{_W}bookmarkEnd")):
        if int(old.get(f"{_W}id", "0")) >= _FIRST_MARK_ID:
            old.getparent().remove(old)
    labels = {next(begin.iterancestors(f"{_W}p")): _counted(code) for begin, code in _fields(body, "SEQ")}
    entries: list[Entry] = []
    for paragraph in body.iter(f"{_W}p"):
        label = labels.get(paragraph, "")
        level = 1 if label else _level(paragraph, levels)
        title = _title(paragraph) if level else ""
        if title:
            mark = f"{_ENTRY_MARK}{len(entries):05d}"
            _bookmark(paragraph, mark, _FIRST_MARK_ID + len(entries))
            entries.append(Entry(level=level, title=title, mark=mark, label=label))
    return entries


def _level(paragraph: Element, levels: Mapping[str, int]) -> int:
    own = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    if own is not None:
        return int(own.get(f"{_W}val", "9")) + 1
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return levels.get(style.get(f"{_W}val", ""), 0) if style is not None else 0


def _title(paragraph: Element) -> str:
    """The words of a heading as its entry shows them: a line break is a space."""
    words = []
    for node in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}tab"):
        words.append(node.text or "" if node.tag == f"{_W}t" else " ")
    return " ".join("".join(words).split(" ")).strip()


def _sections(body: Element) -> list[tuple[Element, Element]]:
    """First paragraph and properties of each section."""
    found = []
    first: Element | None = None
    for block in body:
        if first is None:
            first = next(block.iter(f"{_W}p"), None)
        properties = block if block.tag == f"{_W}sectPr" else block.find(f"{_W}pPr/{_W}sectPr")
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
        numbering = properties.find(f"{_W}pgNumType")
        if mark is None or numbering is None:
            continue
        style = numbering.get(f"{_W}fmt", "")
        if numbering.get(f"{_W}start") is not None:
            start, page = int(numbering.get(f"{_W}start", "1")), mark
        starts.append((mark, page - start, style))
    return tuple(_numbered(entry, places.get(entry.mark), starts) for entry in entries)


def _numbered(entry: Entry, page: int | None, starts: list[tuple[int, int, str]]) -> Entry:
    if page is None:
        return entry
    before = [(offset, style) for mark, offset, style in starts if mark <= page]
    offset, style = before[-1] if before else (0, "")
    shown = _FORMATS.get(style, str)(page - offset)
    return Entry(level=entry.level, title=entry.title, mark=entry.mark, page=shown, label=entry.label)


def _fields(root: Element, name: str) -> Iterator[tuple[Element, str]]:
    """The first run and the code of each complex field of this kind, outermost fields first."""
    for code in root.iter(f"{_W}instrText"):
        if (code.text or "").split()[:1] == [name]:
            run = code.getparent()
            while run is not None and not _is_mark(run, "begin"):
                run = run.getprevious()
            if run is not None:
                yield run, code.text or ""


def _is_mark(run: Element, kind: str) -> bool:
    return any(mark.get(f"{_W}fldCharType") == kind for mark in run.iter(f"{_W}fldChar"))


def _result(begin: Element) -> Iterator[Element]:
    """The runs between the separator and the end of a field that lies within one paragraph."""
    inside = False
    for run in begin.itersiblings():
        if _is_mark(run, "end"):
            return
        if inside:
            yield run
        inside = inside or _is_mark(run, "separate")


def _fill(begin: Element, code: str, entries: tuple[Entry, ...]) -> None:
    """Put the chosen entries in the place of the field's old result, which may span many paragraphs."""
    chosen = _chosen(code, entries)
    first = begin.getparent()
    assert first is not None
    new = [_entry(entry, "TableofFigures" if entry.label else f"TOC{entry.level}") for entry in chosen]
    new = new or [_node("p")]
    head = [_run(_field_mark("begin")), _run(_code(code)), _run(_field_mark("separate"))]
    start = 1 if len(new[0]) and new[0][0].tag == f"{_W}pPr" else 0
    new[0][start:start] = head
    new[-1].append(_run(_field_mark("end")))
    old = _paragraphs_of_field(first)
    for paragraph in new:
        first.addprevious(paragraph)
    for paragraph in old:
        paragraph.getparent().remove(paragraph)


def _paragraphs_of_field(first: Element) -> list[Element]:
    """The paragraphs from the one in which the field begins to the one in which it ends."""
    depth, found = 0, []
    for paragraph in (first, *first.itersiblings()):
        found.append(paragraph)
        for mark in paragraph.iter(f"{_W}fldChar"):
            depth += {"begin": 1, "end": -1}.get(mark.get(f"{_W}fldCharType", ""), 0)
        if depth == 0:
            return found
    return [first]


def _chosen(code: str, entries: tuple[Entry, ...]) -> list[Entry]:
    label = _LABEL.search(code)
    if label:
        return [entry for entry in entries if entry.label == label[1]]
    low, high = (int(level) for level in (_RANGE.search(code) or _RANGE.search(r'\o "1-3"')).groups())  # type: ignore[union-attr]
    return [entry for entry in entries if not entry.label and low <= entry.level <= high]


def _entry(entry: Entry, style: str) -> Element:
    paragraph, properties, named = _node("p"), _node("pPr"), _node("pStyle", val=style)
    properties.append(named)
    paragraph.append(properties)
    link = _node("hyperlink", anchor=entry.mark, history="1")
    link.extend(
        [
            _run(_text("t", entry.title)),
            _run(_node("tab")),
            _run(_field_mark("begin")),
            _run(_code(f" PAGEREF {entry.mark} \\h ")),
            _run(_field_mark("separate")),
            _run(_text("t", entry.page)),
            _run(_field_mark("end")),
        ]
    )
    paragraph.append(link)
    return paragraph


def _bookmark(paragraph: Element, name: str, number: int) -> None:
    """Enclose the content of the paragraph in a bookmark."""
    start, end = _node("bookmarkStart", id=str(number)), _node("bookmarkEnd", id=str(number))
    start.set(f"{_W}name", name)
    properties = paragraph.find(f"{_W}pPr")
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)


def _node(name: str, **attributes: str) -> Any:
    from lxml import etree

    return etree.Element(f"{_W}{name}", {f"{_W}{key}": value for key, value in attributes.items()})


def _text(name: str, text: str) -> Any:
    node = _node(name)
    node.text = text
    node.set(_SPACE, "preserve")
    return node


def _run(child: Element) -> Element:
    run: Element = _node("r")
    run.append(child)
    return run


def _field_mark(kind: str) -> Element:
    mark: Element = _node("fldChar", fldCharType=kind)
    return mark


def _code(text: str) -> Element:
    code: Element = _text("instrText", text)
    return code
