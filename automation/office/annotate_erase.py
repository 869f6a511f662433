"""Take our own comments of an earlier copy out of a Word file; those of people stay."""

from __future__ import annotations

from typing import Any

from lxml import etree

from automation.office.annotate import INITIALS
from automation.office.annotate_parts import Parts

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MARKERS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def erase(parts: Parts, comments: Any, w: str) -> None:
    """Remove every comment with our initials, its anchors and what Word keeps about it in further parts."""
    ours = [item for item in comments if item.get(f"{w}initials") == INITIALS]
    if not ours:
        return
    numbers = {item.get(f"{w}id") for item in ours}
    threads = {para.get(f"{_W14}paraId") for item in ours for para in item.iter(f"{w}p")} - {None}
    for item in ours:
        comments.remove(item)
    root = parts.edit(parts.main)
    for marker in list(root.iter(*(w + name for name in _MARKERS))):
        if marker.get(f"{w}id") in numbers:
            _remove(marker, w)
    _forget(parts, "commentsExtended", "paraId", threads)
    durable = _forget(parts, "commentsIds", "paraId", threads)
    _forget(parts, "commentsExtensible", "durableId", durable)


def _remove(marker: Any, w: str) -> None:
    """Take an anchor away, with its run where that holds nothing else."""
    parent = marker.getparent()
    parent.remove(marker)
    if parent.tag == f"{w}r" and all(child.tag == f"{w}rPr" for child in parent):
        parent.getparent().remove(parent)


def _forget(parts: Parts, kind: str, key: str, values: set[str]) -> set[str]:
    """Remove the entries of a part whose `key` is one of the values; the durable ids that they had."""
    name = parts.related(parts.main, kind) if values else ""
    durable: set[str] = set()
    if not name:
        return durable
    for entry in list(parts.edit(name)):
        facts = {etree.QName(attribute).localname: attribute for attribute in entry.attrib}
        said = {short: entry.get(attribute) for short, attribute in facts.items()}
        if said.get(key) in values:
            durable.add(said.get("durableId", ""))
            entry.getparent().remove(entry)
        elif said.get("paraIdParent") in values:
            del entry.attrib[facts["paraIdParent"]]
    return durable - {""}
