"""One XML part with docxtpl tags, turned into Jinja source in which every tag stands on a line of its own.

The tags are docxtpl's: `{{ value }}`, `{% if … %}`, and `{%tr … %}`, `{%tc … %}`, `{%p … %}`, `{%r … %}`,
which take the place of the row, cell, paragraph or run that holds them. Word cuts a tag into runs as it
likes: it is joined again here. One tag a line lets an error of Jinja, which knows its line, name a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from automation.errors import TemplateError
from automation.office.docx_names import TBL, W14, P, T, W
from automation.office.package import safe_parser
from automation.office.part_places import PartPlaces, part_place

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HINTS_OF_TAGS = re.compile(rb"\{(?:<[^>]*>)*[{%#]|[}%](?:<[^>]*>)*\}")
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}")
_PREFIX = re.compile(r"^(\{[{%]-?)(tr|tc|p|r)\s")
_HELD = re.compile("\ue000(\\d+)\ue001|<\\?tag (\\d+)\\?>")
_TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\xa0": " ", "\n": " ", "\t": " "})
"""What Word's autocorrection puts into a tag, undone."""

LOOPED_COLUMNS = "columns"
"""Processing instruction before a table whose columns are looped: its grid is made when it is filled."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag as the author wrote it, where it stands, and the text around it."""

    text: str
    place: str
    near: str
    plain: bool = False
    """Stands where no Word mark-up may (an attribute, a property, a chart): line breaks become spaces."""


@dataclass(frozen=True, slots=True)
class PartSource:
    """Jinja source of one part. Line n of the source holds tag n (counted from 1)."""

    name: str
    source: str
    tags: tuple[Tag, ...]


def compile_part(name: str, xml: bytes) -> PartSource | None:
    """The source of the part, None when it holds no tag; TemplateError for a tag that is not closed."""
    if not _HINTS_OF_TAGS.search(xml):
        return None
    part = _Part(name, etree.fromstring(xml, safe_parser()))
    return part.source() if part.found else None


class _Part:
    """The tree of a part while its tags are being lifted out of it."""

    def __init__(self, name: str, root: Any) -> None:
        self.name = name
        self.root = root
        self.found: list[Tag] = []
        _drop_traces(root)
        self._places = PartPlaces(name, root)
        self._replaced: dict[Any, list[int]] = {}
        self._looped_columns: set[Any] = set()
        for paragraph in list(root.iter(P)):
            self._lift_from_paragraph(paragraph)
        self._lift_from_the_rest()
        for element, indexes in self._replaced.items():
            self._replace(element, indexes)
        for table in self._looped_columns:
            table.addprevious(etree.ProcessingInstruction(LOOPED_COLUMNS))

    def source(self) -> PartSource:
        """The serialized tree with the tags back in it, one a line."""
        text = etree.tostring(self.root, encoding="unicode").replace("\n", " ")
        order: list[Tag] = []

        def put(match: re.Match[str]) -> str:
            tag = self.found[int(match[1] or match[2])]
            if tag.text.startswith("{#"):
                return ""
            order.append(tag)
            return _on_its_line(tag)

        body = _HELD.sub(put, text)
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        return PartSource(self.name, head + body, tuple(order))

    def _lift_from_paragraph(self, paragraph: Any) -> None:
        texts = [t for t in paragraph.iter(T) if next(t.iterancestors(P)) is paragraph]
        whole = "".join(t.text or "" for t in texts)
        if not _LOOSE.search(whole) and "{#" not in whole:
            return
        place = self._places.of(paragraph)
        owner = [t for t in texts for _ in t.text or ""]
        pieces: dict[Any, list[str]] = {t: [] for t in texts}
        end = 0
        for match in TAG.finditer(whole):
            self._copy(whole, end, match.start(), owner, pieces)
            index = self._remember(match[0], place, whole, match.span())
            self._put(index, owner[match.start()], pieces)
            end = match.end()
        self._copy(whole, end, len(whole), owner, pieces)
        for t in texts:
            t.text = "".join(pieces[t])
            t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if loose := _LOOSE.search(t.text):
                raise self._unclosed(loose[0], place, whole)

    @staticmethod
    def _copy(whole: str, start: int, end: int, owner: list[Any], pieces: dict[Any, list[str]]) -> None:
        for position in range(start, end):
            pieces[owner[position]].append(whole[position])

    def _put(self, index: int, t: Any, pieces: dict[Any, list[str]]) -> None:
        """Hold the tag's place in its text, or note that it takes a whole element's place."""
        text = self.found[index].text
        if prefixed := _PREFIX.match(text):
            container = next(t.iterancestors(W + prefixed[2]), None)
            if container is None:
                raise self._error(f"{{%{prefixed[2]} ต้องอยู่ในตาราง", self.found[index])
            self._replaced.setdefault(container, []).append(index)
            if prefixed[2] == "tc":
                self._looped_columns.add(next(container.iterancestors(TBL)))
        else:
            pieces[t].append(f"\ue000{index}\ue001")

    def _lift_from_the_rest(self) -> None:
        """Tags in attributes and in texts that are no Word text: alternative texts, charts, properties."""
        for element in self.root.iter(etree.Element):
            if element.tag != T and element.text and _LOOSE.search(element.text):
                element.text = self._lift_plain(element.text, element)
            for key, value in element.attrib.items():
                if _LOOSE.search(value):
                    element.set(key, self._lift_plain(value, element))

    def _lift_plain(self, text: str, element: Any) -> str:
        paragraph = next(element.iterancestors(P), None)
        place = self._places.of(paragraph) if paragraph is not None else part_place(self.name)

        def hold(match: re.Match[str]) -> str:
            return f"\ue000{self._remember(match[0], place, text, match.span(), plain=True)}\ue001"

        lifted = TAG.sub(hold, text)
        if loose := _LOOSE.search(lifted):
            raise self._unclosed(loose[0], place, text)
        return lifted

    def _remember(self, text: str, place: str, whole: str, span: tuple[int, int], plain: bool = False) -> int:
        near = whole[max(0, span[0] - 30) : span[1] + 30]
        self.found.append(Tag(text.translate(_TYPED), place, near, plain))
        return len(self.found) - 1

    @staticmethod
    def _replace(element: Any, indexes: list[int]) -> None:
        """Put the tags where the element was."""
        parent = element.getparent()
        position = parent.index(element)
        parent[position : position + 1] = [
            etree.ProcessingInstruction("tag", str(index)) for index in indexes
        ]

    def _unclosed(self, braces: str, place: str, whole: str) -> TemplateError:
        return TemplateError(
            f"วงเล็บปีกกา {braces} ไม่มีคู่ ใกล้ข้อความ “{whole[:60]}”",
            hint="กรุณาเปิดแม่แบบใน Word แล้วพิมพ์เครื่องหมายนี้ใหม่ให้ครบคู่",
            place=place,
        )

    def _error(self, message: str, tag: Tag) -> TemplateError:
        return TemplateError(f"{message} ({tag.text})", hint="กรุณาเปิดแม่แบบใน Word แล้วแก้ไข", place=tag.place)


def _drop_traces(root: Any) -> None:
    """Drop what Word notes about its own editing: it would be wrong, or not unique, in what is repeated."""
    for element in list(root.iter(W + "proofErr", W + "lastRenderedPageBreak", W + "bookmarkStart")):
        if element.tag != W + "bookmarkStart":
            element.getparent().remove(element)
        elif element.get(W + "name") == "_GoBack":
            for end in root.findall(f".//{W}bookmarkEnd[@{W}id='{element.get(W + 'id')}']"):
                end.getparent().remove(end)
            element.getparent().remove(element)
    for element in root.iter(P, W + "r", W + "tr", W + "tbl", W + "sectPr"):
        for key in element.attrib:
            if key.startswith((W + "rsid", W14 + "paraId", W14 + "textId")):
                del element.attrib[key]


def _on_its_line(tag: Tag) -> str:
    """The tag for Jinja, followed by a comment that holds the line break."""
    text = _PREFIX.sub(r"\1 ", tag.text)
    if tag.plain and text.startswith("{{"):
        inner = text[2:-2].removeprefix("-").removesuffix("-")
        text = "{{ (" + inner + ") | oneline }}"
    return text + "{#\n#}"
