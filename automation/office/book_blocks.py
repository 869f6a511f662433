"""The blocks of a book that we made ourselves, one after the other: a thousand pages in little memory.

`docx_read` reads what others send, and trusts nothing; this goes over a file of ours once, block by block,
for its words and tables only. Places and tags are left out.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from automation.office.blocks import Block, Cell, Grid, Para, Place
from automation.office.docx_names import W, either, val
from automation.office.docx_styles import Style, Styles, styles_of

_MARGIN = re.compile(r"word/(header|footer)\w*\.xml")
_NOWHERE = Place(label="", ref="")
_WORDS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}
_TEXT = f"{W}t"
_SKIPPED = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PIECES = (_TEXT, *_WORDS)
_MARKS = (*_WORDS, _SKIPPED)
"""What a paragraph of words alone has none of."""


def book_blocks(path: Path) -> Iterator[Block]:
    """Paragraphs and tables of the body in order; a file must be one that this program wrote."""
    with zipfile.ZipFile(path) as package:
        styles = styles_of(package.read("word/styles.xml"))
        with package.open("word/document.xml") as part:
            for _, element in etree.iterparse(part, events=("end",), tag=(f"{W}p", f"{W}tbl")):
                above = element.getparent()
                if above is None or above.tag != f"{W}body":
                    continue
                yield _para(element, styles) if element.tag == f"{W}p" else _grid(element)
                element.clear()
                while element.getprevious() is not None:
                    del above[0]


def _para(element: Any, styles: Styles) -> Para:
    properties = element.find(f"{W}pPr")
    style = styles.paragraph(val(properties, "pStyle"))
    inked = [run for run in element.iter(f"{W}r") if _text(run).strip()]
    return Para(
        text=_text(element),
        place=_NOWHERE,
        bold=bool(inked) and all(_is_bold(run, style) for run in inked),
        level=style.level,
    )


def _text(element: Any) -> str:
    """The words of a paragraph, or of what it holds; the stand-in of a drawing for old programs is none."""
    if next(element.iter(*_MARKS), None) is None:
        return "".join(element.itertext(_TEXT))
    pieces = element.iter(*_PIECES)
    if next(element.iter(_SKIPPED), None) is not None:
        pieces = (piece for piece in pieces if next(piece.iterancestors(_SKIPPED), None) is None)
    return "".join((piece.text or "") if piece.tag == _TEXT else _word(piece) for piece in pieces)


def _word(piece: Any) -> str:
    """What a mark in a run stands for; the tab stops of a paragraph bear the same name."""
    return _WORDS[piece.tag] if piece.getparent().tag == f"{W}r" else ""


def _is_bold(run: Any, style: Style) -> bool:
    own = either(run.find(f"{W}rPr"), "b", "bCs")
    return bool(style.bold) if own is None else own


def _grid(table: Any) -> Grid:
    """The table with its merged cells, the words of each as one paragraph; a cell that goes on from above is
    the one above."""
    cells: dict[tuple[int, int], Cell] = {}
    head = width = 0
    rows = table.findall(f"{W}tr")
    for place, row in enumerate(rows):
        if head == place and row.find(f"{W}trPr/{W}tblHeader") is not None:
            head += 1
        col = 0
        for element in row.iterchildren(f"{W}tc"):
            properties = element.find(f"{W}tcPr")
            merged = None if properties is None else properties.find(f"{W}vMerge")
            above = None if merged is None else cells.get((place - 1, col))
            span = int(val(properties, "gridSpan") or 1)
            if merged is not None and above is not None and merged.get(f"{W}val") != "restart":
                cells[place, col] = above
            else:
                text = "\n".join(map(_text, element.iterchildren(f"{W}p")))
                words = (Para(text=text, place=_NOWHERE),)
                cells[place, col] = Cell(row=place, col=col, col_span=span, blocks=words, place=_NOWHERE)
            col += span
        width = max(width, col)
    return Grid(
        cells=tuple(_stretched(cells)),
        rows=len(rows),
        cols=width,
        place=_NOWHERE,
        header_rows=head,
    )


def _stretched(cells: dict[tuple[int, int], Cell]) -> Iterator[Cell]:
    """Each cell once, as high as the rows it goes through."""
    heights: dict[int, int] = {}
    for cell in cells.values():
        heights[id(cell)] = heights.get(id(cell), 0) + 1
    for cell in {id(item): item for item in cells.values()}.values():
        if heights[id(cell)] == 1:
            yield cell
        else:
            yield Cell(
                row=cell.row,
                col=cell.col,
                row_span=heights[id(cell)],
                col_span=cell.col_span,
                blocks=cell.blocks,
                place=_NOWHERE,
            )
