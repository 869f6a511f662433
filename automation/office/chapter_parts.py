"""What a chapter refers to (pictures, charts, links) in its book: parts copied under names that are free."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import TYPE_CHECKING

from automation.office.package import safe_parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


class Parts:
    """The parts of a book while those of its chapters come in."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        self._copied: dict[tuple[int, str], str] = {}

    def adopt(self, blocks: list[Element], source: Mapping[str, bytes], place: int, owner: str) -> None:
        """Bring along what the blocks of a chapter refer to; `owner` is the part that holds them here and
        there, `place` tells chapters apart."""
        relations = {item.get("Id", ""): item for item in _relations(source, owner)}
        for block in blocks:
            for element in block.iter():
                for key, value in list(element.attrib.items()):
                    if str(key).startswith(_R) and value in relations:
                        element.set(key, self._relate(relations[str(value)], owner, source, owner, place))

    def _relate(
        self, relation: Element, owner: str, source: Mapping[str, bytes], source_owner: str, place: int
    ) -> str:
        """The id of a like relation of `owner`, its target copied with all that it refers to itself."""
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            target = f"/{self._copy(_resolved(source_owner, target), source, place)}"
        return _add_relation(self._parts, owner, relation.get("Type", ""), target, relation.get("TargetMode"))

    def _copy(self, part: str, source: Mapping[str, bytes], place: int) -> str:
        if (place, part) in self._copied:
            return self._copied[place, part]
        folder, file = posixpath.split(part)
        name = f"{folder}/chapter{place + 1}-{file}"
        self._copied[place, part] = name
        self._parts[name] = source[part]
        _declare(self._parts, name, source, part)
        for relation in _relations(source, part):
            new = self._relate(relation, name, source, part, place)
            old = relation.get("Id", "")
            self._parts[name] = self._parts[name].replace(f'"{old}"'.encode(), f'"{new}"'.encode())
        return name


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
