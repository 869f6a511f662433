"""Set up a book for printing on both sides of the sheet: what lies at the spine, what at the outer edge.

Inner margins become those of the spine, parts that begin to count their pages begin on a right-hand page, and
the running head of a left-hand page stands at its left, which is its outer edge.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from automation.office.body_stream import Rework
from automation.office.package import safe_parser
from automation.office.registration import register_part, written

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DOCUMENT, _SETTINGS = "word/document.xml", "word/settings.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
_BEFORE_MIRROR = (
    "writeProtection",
    "view",
    "zoom",
    "removePersonalInformation",
    "removeDateAndTime",
    "doNotDisplayPageBoundaries",
    "displayBackgroundShape",
    "printPostScriptOverText",
    "printFractionalCharacterWidth",
    "printFormsData",
    "embedTrueTypeFonts",
    "embedSystemFonts",
    "saveSubsetFonts",
    "saveFormsData",
)
"""What stands before the mirrored margins among the settings; Word insists on the order."""
_BEFORE_EVEN = (
    *_BEFORE_MIRROR,
    "mirrorMargins",
    "alignBordersAndEdges",
    "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter",
    "gutterAtTop",
    "hideSpellingErrors",
    "hideGrammaticalErrors",
    "activeWritingStyle",
    "proofState",
    "formsDesign",
    "attachedTemplate",
    "linkStyles",
    "stylePaneFormatFilter",
    "stylePaneSortMethod",
    "documentType",
    "mailMerge",
    "revisionView",
    "trackRevisions",
    "doNotTrackMoves",
    "doNotTrackFormatting",
    "documentProtection",
    "autoFormatOverride",
    "styleLockTheme",
    "styleLockQFSet",
    "defaultTabStop",
    "autoHyphenation",
    "consecutiveHyphenLimit",
    "hyphenationZone",
    "doNotHyphenateCaps",
    "showEnvelope",
    "summaryLength",
    "clickAndTypeStyle",
    "defaultTableStyle",
)


def print_on_both_sides(docx: Path) -> None:
    """Mirror the margins and running heads of the book, in place."""
    with Rework(docx) as work:
        settings = _tree(work.parts[_SETTINGS])
        _switch_on(settings, "mirrorMargins", _BEFORE_MIRROR)
        _switch_on(settings, "evenAndOddHeaders", _BEFORE_EVEN)
        work.parts[_SETTINGS] = written(settings)
        left: dict[str, str] = {}

        def turned(blocks: Iterator[str]) -> Iterator[str]:
            for block in blocks:
                if "<w:sectPr" not in block:
                    yield block
                    continue
                tree = work.tree(block)
                for section in tree.iter(f"{_W}sectPr"):
                    _begin_on_the_right(section)
                    for reference in list(section):
                        if reference.get(f"{_W}type") == "default":
                            _give_even(reference, work.parts, left)
                yield work.text(tree)

        work.put(turned)


def _switch_on(settings: Element, name: str, before: tuple[str, ...]) -> None:
    from lxml import etree

    if settings.find(f"{_W}{name}") is None:
        earlier = {f"{_W}{other}" for other in before}
        place = sum(child.tag in earlier for child in settings)
        settings.insert(place, etree.Element(f"{_W}{name}"))


def _begin_on_the_right(section: Element) -> None:
    """A section that counts from one begins on a right-hand page."""
    numbering, kind = section.find(f"{_W}pgNumType"), section.find(f"{_W}type")
    if numbering is not None and numbering.get(f"{_W}start") and kind is not None:
        kind.set(f"{_W}val", "oddPage")


def _give_even(reference: Element, parts: dict[str, bytes], left: dict[str, str]) -> None:
    """The same footer for left-hand pages, and the same header with its text at the left."""
    from lxml import etree

    identity = reference.get(f"{_R}id", "")
    if reference.tag == f"{_W}headerReference":
        if identity not in left:
            left[identity] = _left_header(identity, parts)
        identity = left[identity]
    even = etree.Element(reference.tag, {f"{_W}type": "even", f"{_R}id": identity})
    reference.addprevious(even)


def _left_header(identity: str, parts: dict[str, bytes]) -> str:
    """The relation id of a copy of the header whose paragraphs stand at the left."""
    from lxml import etree

    relations = _tree(parts["word/_rels/document.xml.rels"])
    target = next(item.get("Target", "") for item in relations if item.get("Id") == identity)
    part = posixpath.normpath(posixpath.join("/word", target)).lstrip("/")
    root = _tree(parts[part])
    for properties in root.iter(f"{_W}pPr"):
        aligned = properties.find(f"{_W}jc")
        if aligned is None:
            aligned = etree.SubElement(properties, f"{_W}jc")
        aligned.set(f"{_W}val", "left")
    name = f"{part.removesuffix('.xml')}left.xml"
    parts[name] = written(root)
    register_part(parts, name, _TYPE, _RELATION, _DOCUMENT)
    return f"rId{posixpath.basename(name).partition('.')[0]}"


def _tree(data: bytes) -> Element:
    from lxml import etree

    return etree.fromstring(data, safe_parser())
