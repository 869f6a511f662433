"""The office's emblem in the documents: one picture file, put wherever a template keeps its place.

A template marks the place by a picture that has the name ตราครุฑ (in Word: Selection Pane, or the first line
of its alternative text). The office supplies `templates/docx/garuda.png` once, not in every template.
"""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from automation.errors import TemplateError
from automation.office.rewrite import read_parts, replace_parts

NAME = "ตราครุฑ"
"""Name of the pictures that are replaced."""
FILE = "garuda.png"

_DOCUMENT, _RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_PNG = b"\x89PNG\r\n\x1a\n"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def put_emblem(document: Path, picture: Path) -> bool:
    """Put the PNG in the emblem's places of a Word file; whether it has any.

    A place keeps its height (1.5 cm in a memo), its width follows the picture. TemplateError for another
    kind of picture.
    """
    from lxml import etree

    parts = read_parts(document)
    if NAME.encode() not in parts[_DOCUMENT] or not picture.is_file():
        return False
    data = picture.read_bytes()
    if not data.startswith(_PNG):
        raise TemplateError("ภาพตราครุฑต้องเป็นไฟล์ PNG", hint="กรุณาบันทึกภาพใหม่เป็น PNG", place=picture.name)
    root = etree.fromstring(parts[_DOCUMENT])
    targets = {item.get("Id"): item.get("Target") for item in etree.fromstring(parts[_RELATIONS])}
    changed = {}
    for place in _places(root):
        for blip in place.iter(f"{_A}blip"):
            changed[posixpath.join("word", targets[blip.get(_EMBED)])] = data
        _set_width(place, *struct.unpack(">II", data[16:24]))
    changed[_DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    replace_parts(document, changed)
    return True


def _places(root: Any) -> Iterator[Any]:
    for properties in root.iter(f"{_WP}docPr"):
        if properties.get("name") == NAME:
            yield properties.getparent()


def _set_width(place: Any, width: int, height: int) -> None:
    for size in (*place.iter(f"{_WP}extent"), *place.iter(f"{_A}ext")):
        if size.get("cy"):
            size.set("cx", str(round(int(size.get("cy")) * width / height)))
