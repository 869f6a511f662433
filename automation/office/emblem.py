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
from automation.office.body_stream import Rework, body_blocks

NAME = "ตราครุฑ"
"""Name of the pictures that are replaced."""
FILE = "garuda.png"

_RELATIONS = "word/_rels/document.xml.rels"
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

    if not picture.is_file() or not any(NAME in block for block in body_blocks(document)):
        return False
    data = picture.read_bytes()
    if not data.startswith(_PNG):
        raise TemplateError("ภาพตราครุฑต้องเป็นไฟล์ PNG", hint="กรุณาบันทึกภาพใหม่เป็น PNG", place=picture.name)
    with Rework(document) as work:
        targets = {item.get("Id"): item.get("Target") for item in etree.fromstring(work.parts[_RELATIONS])}

        def placed(blocks: Iterator[str]) -> Iterator[str]:
            for block in blocks:
                if NAME not in block:
                    yield block
                    continue
                tree = work.tree(block)
                for place in _places(tree):
                    for blip in place.iter(f"{_A}blip"):
                        work.parts[posixpath.join("word", targets[blip.get(_EMBED)])] = data
                    _set_width(place, *struct.unpack(">II", data[16:24]))
                yield work.text(tree)

        work.put(placed)
    return True


def _places(root: Any) -> Iterator[Any]:
    for properties in root.iter(f"{_WP}docPr"):
        if properties.get("name") == NAME:
            yield properties.getparent()


def _set_width(place: Any, width: int, height: int) -> None:
    for size in (*place.iter(f"{_WP}extent"), *place.iter(f"{_A}ext")):
        if size.get("cy"):
            size.set("cx", str(round(int(size.get("cy")) * width / height)))
