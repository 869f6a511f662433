"""The styles of a chapter in its book: the book's own where it has one of that name, else brought along."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING

from automation.office.package import safe_parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PART = "word/styles.xml"
_USES = ("pStyle", "rStyle", "tblStyle")
_RELATED = ("basedOn", "next", "link")


class Styles:
    """The styles of a book while chapters come in."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._root = _parsed(parts)
        self._ids = {_key(style): style.get(f"{_W}styleId", "") for style in self._all()}

    def adopt(self, blocks: list[Element], source: Mapping[str, bytes]) -> None:
        """Point the blocks of a chapter to the book's styles of the same kind and name."""
        theirs = {style.get(f"{_W}styleId", ""): style for style in _parsed(source).iter(f"{_W}style")}
        known: dict[str, str] = {}
        for block in blocks:
            for element in list(block.iter(*(f"{_W}{name}" for name in _USES))):
                name = element.get(f"{_W}val", "")
                if name in theirs:
                    element.set(f"{_W}val", self._own(name, theirs, known))
                else:  # the chapter does not define it; in the book another style might bear this id
                    element.getparent().remove(element)

    def write(self, parts: dict[str, bytes]) -> None:
        """Put the styles back into the package."""
        from lxml import etree

        parts[_PART] = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _all(self) -> list[Element]:
        return list(self._root.iter(f"{_W}style"))

    def _own(self, identity: str, theirs: Mapping[str, Element], known: dict[str, str]) -> str:
        """The id that the book has for a style of the chapter; a style that it lacks is copied."""
        if identity in known or identity not in theirs:
            return known.get(identity, identity)
        style = theirs[identity]
        found = self._ids.get(_key(style))
        if found is None:
            found = self._free(identity)
            known[identity] = self._ids[_key(style)] = found
            new = copy.deepcopy(style)
            new.set(f"{_W}styleId", found)
            new.attrib.pop(f"{_W}default", None)
            self._root.append(new)
            for element in new.iter(*(f"{_W}{name}" for name in _RELATED)):
                element.set(f"{_W}val", self._own(element.get(f"{_W}val", ""), theirs, known))
            for numbering in list(new.iter(f"{_W}numPr")):
                numbering.getparent().remove(numbering)
        known[identity] = found
        return found

    def _free(self, identity: str) -> str:
        taken = set(self._ids.values())
        name = f"{identity}Chapter"
        while name in taken:
            name += "1"
        return name


def _key(style: Element) -> tuple[str, str]:
    """Kind and name, as Word compares names."""
    name = style.find(f"{_W}name")
    return style.get(f"{_W}type", ""), (name.get(f"{_W}val", "") if name is not None else "").lower()


def _parsed(parts: Mapping[str, bytes]) -> Element:
    from lxml import etree

    return etree.fromstring(parts[_PART], safe_parser())
