"""The tables of a chapter in its book: none is wider than the text of the book's pages."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_PIECE = 1 << 16
_SIZE = re.compile(r'<w:pgSz\b[^>]*?\bw:w="(\d+)"')
_MARGINS = re.compile(r"<w:pgMar\b[^>]*>")
_MARGIN = re.compile(r'\bw:(?:left|right|gutter)="(\d+)"')


def text_width(docx: Path) -> int | None:
    """Width of the text on the pages of the last section, in twentieths of a point; None where unstated."""
    tail = b""
    with zipfile.ZipFile(docx) as package, package.open(_DOCUMENT) as part:
        while piece := part.read(_PIECE):  # a book of a thousand pages need not lie in memory for its end
            tail = (tail + piece)[-_PIECE:]
    text = tail.decode("utf-8", errors="ignore")
    sizes, margins = _SIZE.findall(text), _MARGINS.findall(text)
    if not sizes or not margins:
        return None
    return int(sizes[-1]) - sum(map(int, _MARGIN.findall(margins[-1])))


def fit_tables(blocks: list[Element], width: int) -> None:
    """Draw in the tables that are wider than `width`, each column in its proportion."""
    for table in (block for block in blocks if block.tag == f"{_W}tbl"):
        columns = table.findall(f"{_W}tblGrid/{_W}gridCol")
        whole = sum(int(column.get(f"{_W}w", "0")) for column in columns)
        if whole <= width:
            continue
        cells = [*table.iter(f"{_W}tcW"), *table.iter(f"{_W}tblW")]
        stated = [cell for cell in cells if cell.get(f"{_W}type") == "dxa"]
        for element in (*table.iter(f"{_W}gridCol"), *stated):
            element.set(f"{_W}w", str(int(element.get(f"{_W}w", "0")) * width // whole))
