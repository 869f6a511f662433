"""Stamps on a finished document: how urgent and how secret it is, in red over the page.

A stamp is a text box that hangs at a fixed place of the paper, outside the text, so that no line of the head
moves. It has the style of the base template (`UrgencyStamp`: bold, 32 pt, red).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from automation.office.docx_names import P, W
from automation.office.rewrite import read_parts, replace_parts

STYLE = "UrgencyStamp"
_DOCUMENT = "word/document.xml"
_SPACES = {
    "w": W[1:-1],
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_EMU, _TWIPS = 360_000, 567
_HEIGHT = 1.5
_FIRST_ID = 9001
"""Ids of drawings above those of any template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A text at a place of the paper: centimetres from its left and upper edge."""

    text: str
    name: str
    x: float
    y: float
    width: float
    left: bool = False
    """Whether the text begins at the left of its box; else it stands in the middle."""
    every_page: bool = False


def put_stamps(document: Path, stamps: tuple[Stamp, ...]) -> None:
    """Put the stamps on the first page of a Word file, or on every page."""
    from lxml import etree

    if not stamps:
        return
    parts = read_parts(document)
    changed = {_DOCUMENT: _stamped_body(parts[_DOCUMENT], stamps)}
    everywhere = [stamp for stamp in stamps if stamp.every_page]
    for name in parts:
        if everywhere and name.startswith("word/header"):
            root = etree.fromstring(parts[name])
            for stamp in reversed(everywhere):
                root.insert(0, etree.fromstring(_frame(stamp)))
            changed[name] = _written(root)
    replace_parts(document, changed)


def _stamped_body(data: bytes, stamps: tuple[Stamp, ...]) -> bytes:
    """The body with the stamps of its first page, and those of every page again where a section begins:
    the first page of a section shows no header."""
    from lxml import etree

    root = etree.fromstring(data)
    number = _FIRST_ID
    for place, paragraph in enumerate(list(_beginnings(root))):
        for stamp in stamps:
            if stamp.every_page or place == 0:
                _insert(paragraph, etree.fromstring(_box(stamp, number)))
                number += 1
    return _written(root)


def _beginnings(root: Any) -> Iterator[Any]:
    """The first paragraph of each section."""
    begins = True
    for element in root.find(W + "body"):
        if begins and element.tag in (P, W + "tbl"):
            yield next(element.iter(P))
            begins = False
        begins = begins or element.find(f"{W}pPr/{W}sectPr") is not None


def _written(root: Any) -> bytes:
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _insert(paragraph: Any, run: Any) -> None:
    properties = paragraph.find(W + "pPr")
    paragraph.insert(0 if properties is None else 1, run)


def _frame(stamp: Stamp) -> str:
    """A paragraph in a frame: in a header LibreOffice moves text boxes about, but not frames."""
    from automation.office.compile_expression import escaped_text

    x, y, width, height = (round(value * _TWIPS) for value in (stamp.x, stamp.y, stamp.width, _HEIGHT))
    place = (
        f'<w:framePr w:w="{width}" w:h="{height}" w:hRule="exact" w:wrap="around" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{x}" w:y="{y}"/>'
    )
    words = f"<w:r><w:t>{escaped_text(stamp.text)}</w:t></w:r>"
    return f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:pStyle w:val="{STYLE}"/>{place}</w:pPr>{words}</w:p>'


def _box(stamp: Stamp, number: int) -> str:
    """A run with the text box; of the drawing kinds only this one lies outside the text in every program."""
    from automation.office.compile_expression import escaped_text

    x, y, width, height = (round(value * _EMU) for value in (stamp.x, stamp.y, stamp.width, _HEIGHT))
    side = '<w:jc w:val="left"/>' if stamp.left else ""
    words = f"<w:r><w:t>{escaped_text(stamp.text)}</w:t></w:r>"
    text = f'<w:p><w:pPr><w:pStyle w:val="{STYLE}"/>{side}</w:pPr>{words}</w:p>'
    size = f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    box = (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>{size}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )
    anchor = (
        f'<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" '
        'behindDoc="0" locked="0" layoutInCell="0" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="{escaped_text(stamp.name)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_SPACES["wps"]}">{box}</a:graphicData></a:graphic></wp:anchor>'
    )
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    choice = f'<mc:Choice Requires="wps"><w:drawing>{anchor}</w:drawing></mc:Choice>'
    return f"<w:r {spaces}><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"
