"""The numbered lists of a chapter in its book: definitions copied under numbers that are still free."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING

from automation.office.package import safe_parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_MAIN}}}"
_PART = "word/numbering.xml"
_STYLES = "word/styles.xml"
_BEFORE = frozenset(
    f"{_W}{name}"
    for name in ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"]
)
"""What stands before the list in the properties of a paragraph."""
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_EMPTY = f'<w:numbering xmlns:w="{_MAIN}"/>'.encode()


class Lists:
    """The numbering of a book while chapters come in."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._root = _parsed(parts)
        self._changed = False

    def adopt(self, blocks: list[Element], source: Mapping[str, bytes]) -> None:
        """Give the lists of a chapter numbers of their own, so that each counts from its own start."""
        theirs = _parsed(source)
        numbers = {item.get(f"{_W}numId"): item for item in theirs.iter(f"{_W}num")}
        abstract = {item.get(f"{_W}abstractNumId"): item for item in theirs.iter(f"{_W}abstractNum")}
        _state(blocks, source)
        known: dict[str, str] = {}
        for block in blocks:
            for element in block.iter(f"{_W}numId"):
                old = element.get(f"{_W}val", "0")
                if old in numbers and old not in known:
                    known[old] = self._add(numbers[old], abstract)
                element.set(f"{_W}val", known.get(old, "0"))

    def write(self, parts: dict[str, bytes]) -> None:
        """Put the numbering back into the package, which learns of the part where it had none."""
        from lxml import etree

        from automation.office.registration import register_part

        if not self._changed:
            return
        if _PART not in parts:
            register_part(parts, _PART, _TYPE, _RELATION, "word/document.xml")
        parts[_PART] = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _add(self, number: Element, abstract: Mapping[str | None, Element]) -> str:
        """Copy one list with its definition; definitions stand before lists in the part."""
        self._changed = True
        new = copy.deepcopy(number)
        named = new.find(f"{_W}abstractNumId")
        definition = abstract.get(named.get(f"{_W}val")) if named is not None else None
        if named is not None and definition is not None:
            made = copy.deepcopy(definition)
            free = self._free("abstractNum", "abstractNumId")
            made.set(f"{_W}abstractNumId", free)
            for tag in ("nsid", "tmpl", "styleLink", "numStyleLink"):
                for element in made.findall(f"{_W}{tag}"):
                    made.remove(element)
            for element in list(made.iter(f"{_W}pStyle")):
                element.getparent().remove(element)
            self._root.insert(len(self._root.findall(f"{_W}abstractNum")), made)
            named.set(f"{_W}val", free)
        identity = self._free("num", "numId")
        new.set(f"{_W}numId", identity)
        self._root.append(new)
        return identity

    def _free(self, tag: str, key: str) -> str:
        used = [int(item.get(f"{_W}{key}", "0")) for item in self._root.iter(f"{_W}{tag}")]
        return str(max(used, default=0) + 1)


def _state(blocks: list[Element], source: Mapping[str, bytes]) -> None:
    """Say in each paragraph itself which list it is in, where so far only its style says so."""
    styles = {style.get(f"{_W}styleId"): style for style in _tree(source[_STYLES]).iter(f"{_W}style")}
    for block in blocks:
        for named in block.iter(f"{_W}pStyle"):
            properties = named.getparent()
            numbering = _by_style(named.get(f"{_W}val"), styles)
            if numbering is None or properties.find(f"{_W}numPr") is not None:
                continue
            place = sum(child.tag in _BEFORE for child in properties)
            properties.insert(place, copy.deepcopy(numbering))


def _by_style(name: str | None, styles: Mapping[str | None, Element]) -> Element | None:
    """The list of a style or of those that it is based on."""
    for _ in range(len(styles)):
        style = styles.get(name)
        if style is None:
            return None
        numbering = style.find(f"{_W}pPr/{_W}numPr")
        if numbering is not None:
            return numbering
        parent = style.find(f"{_W}basedOn")
        name = parent.get(f"{_W}val") if parent is not None else None
    return None


def _parsed(parts: Mapping[str, bytes]) -> Element:
    return _tree(parts.get(_PART, _EMPTY))


def _tree(data: bytes) -> Element:
    from lxml import etree

    return etree.fromstring(data, safe_parser())
