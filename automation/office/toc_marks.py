"""What a table of contents can name, marked in the file: headings, counted captions, begins of sections.

One pass over the body: every caption gets its number and every heading and caption a bookmark, by which a PDF
of the file tells on which page it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from automation.office.body_stream import Rework, pieces_of
from automation.office.keep_rows import ROWS_ABOVE, keep_totals
from automation.office.word_fields import W, bookmark, fields, result_runs, unfold
from automation.thai.digits import to_thai

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ENTRY_MARK = "_Toc9"
"""How the bookmarks of headings and captions begin; five digits follow."""
SECTION_MARK = "_Sec9"
"""How those of sections begin."""
_STYLES = "word/styles.xml"
_FIRST_MARK_ID = 900_000
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """How a section numbers its pages: the format, and the number that it begins with, None to go on; the
    bookmark of its first paragraph. `numbered` False where it says nothing of it."""

    mark: str
    style: str
    start: int | None
    numbered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Headings and captions in the order of the file, and its sections."""

    entries: tuple[Entry, ...]
    sections: tuple[Section, ...]


def mark_entries(docx: Path) -> Contents:
    """Count the captions and mark what a table of contents can name, in place; what was marked."""
    from lxml import etree

    with Rework(docx) as book:
        marker = _Marker(book, _levels(etree.fromstring(book.parts[_STYLES])))
        book.put(marker.over)
    return Contents(entries=tuple(marker.entries), sections=tuple(marker.sections))


class _Marker:
    """Goes over the blocks and remembers what it has marked."""

    def __init__(self, book: Rework, levels: Mapping[str, int]) -> None:
        self._book, self._levels = book, levels
        self._counts: dict[str, int] = {}
        self._opened = False
        self.entries: list[Entry] = []
        self.sections: list[Section] = []
        styles = "|".join(map(re.escape, (*levels, *ROWS_ABOVE)))
        self._wanted = re.compile(
            f'<w:fldSimple|<w:bookmarkEnd|<w:outlineLvl|<w:sectPr|SEQ |w:val="(?:{styles})"'
        )

    def over(self, blocks: Iterator[str]) -> Iterator[str]:
        """The blocks with their marks."""
        for block, whole in self._in_pieces(blocks):
            begins = not self._opened and "<w:p" in block
            if not whole or (not begins and not self._wanted.search(block)):
                yield block
                continue
            tree = self._book.tree(block)
            unfold(tree)
            keep_totals(tree)  # before pages are counted: it moves rows
            self._count_captions(tree)
            self._mark(tree)
            for element in tree:
                self._section(element)
            yield self._book.text(tree)

    def _in_pieces(self, blocks: Iterator[str]) -> Iterator[tuple[str, bool]]:
        """The blocks, long tables in pieces that begin with a row which need not stay with the one above."""
        for block in blocks:
            yield from pieces_of(block, lambda row: not any(style in row for style in ROWS_ABOVE))

    def _count_captions(self, tree: Element) -> None:
        for begin, code in fields(tree, "SEQ"):
            label = _counted(code)
            self._counts[label] = self._counts.get(label, 0) + 1
            number = str(self._counts[label])
            texts = [text for run in result_runs(begin) for text in run.iter(f"{W}t")]
            for place, text in enumerate(texts):
                text.text = "" if place else to_thai(number) if "ThaiArabic" in code else number

    def _mark(self, tree: Element) -> None:
        """Give every heading and caption a bookmark, in place of those of an earlier time."""
        for old in list(tree.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            if int(old.get(f"{W}id", "0")) >= _FIRST_MARK_ID:
                old.getparent().remove(old)
        labels = {next(begin.iterancestors(f"{W}p")): _counted(code) for begin, code in fields(tree, "SEQ")}
        for paragraph in tree.iter(f"{W}p"):
            label = labels.get(paragraph, "")
            level = 1 if label else _level(paragraph, self._levels)
            title = _title(paragraph) if level else ""
            if title:
                mark = f"{ENTRY_MARK}{len(self.entries):05d}"
                bookmark(paragraph, mark, _FIRST_MARK_ID + len(self.entries))
                self.entries.append(Entry(level=level, title=title, mark=mark, label=label))

    def _section(self, element: Element) -> None:
        """Mark the first paragraph of each section, and note how it numbers where it ends."""
        first = None if self._opened else next(element.iter(f"{W}p"), None)
        if first is not None:
            self._opened = True
            place = len(self.sections)
            bookmark(first, f"{SECTION_MARK}{place:05d}", 2 * _FIRST_MARK_ID + place)
        properties = element if element.tag == f"{W}sectPr" else element.find(f"{W}pPr/{W}sectPr")
        if properties is None or not self._opened:
            return
        numbering = properties.find(f"{W}pgNumType")
        stated = None if numbering is None else numbering.get(f"{W}start")
        self.sections.append(
            Section(
                mark=f"{SECTION_MARK}{len(self.sections):05d}",
                style="" if numbering is None else numbering.get(f"{W}fmt", ""),
                start=int(stated) if stated else None,
                numbered=numbering is not None,
            )
        )
        self._opened = False


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


def _counted(code: str) -> str:
    found = _COUNTER.search(code)
    return found[1] if found else ""


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
