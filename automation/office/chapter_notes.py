"""The footnotes and endnotes of a chapter in its book, under numbers that are still free there."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from automation.office.package import safe_parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_MAIN}}}"
_KINDS = ("footnote", "endnote")
_SETTINGS = "word/settings.xml"
_BEHIND = ("footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema",
           "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures",
           "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary",
           "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator")  # fmt: skip
"""How notes are counted, and what stands behind it among the settings; Word insists on the order."""
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s"
_EMPTY = (
    '<w:{kind}s xmlns:w="{main}">'
    '<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    '<w:{kind} w:type="continuationSeparator" w:id="0">'
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{kind}>"
    "</w:{kind}s>"
)
"""Notes without a note: the lines that Word draws above them."""

Adopt = Callable[[list["Element"], str], None]
"""Fits blocks of the chapter into the book; the part that holds them."""


class Notes:
    """The notes of a book while chapters come in."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._roots = {kind: _parsed(parts, kind) for kind in _KINDS}
        self._grown: set[str] = set()

    def adopt(self, blocks: list[Element], source: Mapping[str, bytes], fit: Adopt) -> None:
        """Take in the notes that the blocks refer to; a reference to none is taken out."""
        for kind in _KINDS:
            theirs = {note.get(f"{_W}id"): note for note in _parsed(source, kind)}
            references = [item for block in blocks for item in block.iter(f"{_W}{kind}Reference")]
            for reference in references:
                note = theirs.get(reference.get(f"{_W}id"))
                if note is None:
                    reference.getparent().remove(reference)
                    continue
                own = copy.deepcopy(note)
                fit([own], f"word/{kind}s.xml")
                own.set(f"{_W}id", self._free(kind))
                reference.set(f"{_W}id", own.get(f"{_W}id", ""))
                self._roots[kind].append(own)
                self._grown.add(kind)

    def write(self, parts: dict[str, bytes]) -> None:
        """Put the notes back into the package, which learns of the part where it had none."""
        from automation.office.registration import register_part, written

        for kind in sorted(self._grown):
            name = f"word/{kind}s.xml"
            if name not in parts:
                facts = (_TYPE.format(kind=kind), _RELATION.format(kind=kind))
                register_part(parts, name, *facts, "word/document.xml")
            parts[name] = written(self._roots[kind])
            parts[_SETTINGS] = _counted_in_thai(parts[_SETTINGS], kind)

    def _free(self, kind: str) -> str:
        return str(1 + max(int(note.get(f"{_W}id", "0")) for note in self._roots[kind]))


def _counted_in_thai(settings: bytes, kind: str) -> bytes:
    """The settings of the book with notes counted in Thai digits, where they do not say how."""
    from lxml import etree

    from automation.office.registration import written

    root = etree.fromstring(settings, safe_parser())
    stated = root.find(f"{_W}{kind}Pr")
    if stated is None:
        stated = etree.Element(f"{_W}{kind}Pr")
        behind = (
            item for item in root if etree.QName(item).localname in _BEHIND[_BEHIND.index(f"{kind}Pr") :]
        )
        following = next(behind, None)
        root.append(stated) if following is None else following.addprevious(stated)
    if stated.find(f"{_W}numFmt") is None:
        stated.insert(
            stated.find(f"{_W}pos") is not None, etree.Element(f"{_W}numFmt", {f"{_W}val": "thaiNumbers"})
        )
    return written(root)


def _parsed(parts: Mapping[str, bytes], kind: str) -> Element:
    from lxml import etree

    empty = _EMPTY.format(kind=kind, main=_MAIN).encode()
    return etree.fromstring(parts.get(f"word/{kind}s.xml", empty), safe_parser())
