"""The blocks of a book that we made ourselves, one after the other: a thousand pages in little memory.

`docx_read` reads what others send, and trusts nothing; this goes over a file of ours once, block by block,
for its words and tables only. Places and tags are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

from automation.office.blocks import Block, Cell, Grid, Para, Place
from automation.office.body_stream import Rework
from automation.office.docx_names import W, either, val
from automation.office.docx_styles import Style, Styles, styles_of

_NOWHERE = Place(label="", ref="")
_WORDS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}
_TEXT = f"{W}t"
_ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc(?: [^>]*)?>(<w:tcPr>.*?</w:tcPr>|<w:tcPr/>|)(.*?)</w:tc>", re.DOTALL)
_SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"')
_PIECE = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(tab|br|noBreakHyphen)/>")
_UNUSUAL = ("<w:tabs>", "<w:sdt>", "Fallback", "<w:br ", "<w:t/>", "<w:del ")
"""What the text of a table is not simply read off with."""
_BOLD = re.compile(r"<w:b(?:Cs)?[ /]|<w:txbxContent|<w:rStyle ")
"""What may make some letters of a paragraph bold."""
_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"')
_QUOTES = {"&quot;": '"'}
_Cell = tuple[int, bool, str]
"""Columns that it spans, whether it goes on from above, its words."""
_Row = tuple[bool, list[_Cell]]
"""Whether it is repeated on every page, its cells."""
_SKIPPED = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PIECES = (_TEXT, *_WORDS)
_MARKS = (*_WORDS, _SKIPPED)
"""What a paragraph of words alone has none of."""


def book_blocks(path: Path) -> Iterator[Block]:
    """Paragraphs and tables of the body in order; a file must be one that this program wrote."""
    book = Rework(path)
    styles = styles_of(book.parts["word/styles.xml"])
    for block in book.blocks():
        if block.startswith("<w:tbl"):
            yield _grid(_rows_of_text(block) if _is_plain(block) else _rows(book.tree(block)[0]))
        elif block.startswith("<w:p"):
            yield _plain_para(block, styles) or _para(book.tree(block)[0], styles)


def _plain_para(block: str, styles: Styles) -> Para | None:
    """A paragraph that holds nothing but words and leaves bold letters to its style; None for any other."""
    if _BOLD.search(block) or any(mark in block for mark in _UNUSUAL):
        return None
    named, text = _STYLE.search(block), _words(block)
    style = styles.paragraph(named[1] if named else None)
    return Para(text=text, place=_NOWHERE, bold=bool(style.bold and text.strip()), level=style.level)


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


def _is_plain(table: str) -> bool:
    """Whether a table holds nothing but rows of cells with words, so that its text needs no tree."""
    return table.count("<w:tbl>") == 1 and not any(mark in table for mark in _UNUSUAL)


def _rows_of_text(table: str) -> Iterator[_Row]:
    """The rows of a plain table; of ten thousand cells a tree would cost most of the time."""
    for row in _ROW.findall(table):
        yield "<w:tblHeader" in row, [_cell_of_text(*cell) for cell in _CELL.findall(row)]


def _cell_of_text(properties: str, content: str) -> _Cell:
    span = _SPAN.search(properties)
    goes_on = "<w:vMerge" in properties and 'w:val="restart"' not in properties
    text = "\n".join(map(_words, content.split("</w:p>")[:-1]))
    return int(span[1]) if span else 1, goes_on, text


def _words(text: str) -> str:
    """The words in the mark-up of a plain paragraph."""
    words = "".join(words or _WORDS.get(f"{W}{mark}", "") for words, mark in _PIECE.findall(text))
    return unescape(words, _QUOTES) if "&" in words else words


def _rows(table: Any) -> Iterator[_Row]:
    """The rows of any table from its tree."""
    for row in table.findall(f"{W}tr"):
        cells: list[_Cell] = []
        for element in row.iterchildren(f"{W}tc"):
            properties = element.find(f"{W}tcPr")
            merged = None if properties is None else properties.find(f"{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val") != "restart"
            text = "\n".join(map(_text, element.iterchildren(f"{W}p")))
            cells.append((int(val(properties, "gridSpan") or 1), goes_on, text))
        yield row.find(f"{W}trPr/{W}tblHeader") is not None, cells


def _grid(rows: Iterable[_Row]) -> Grid:
    """The table with its merged cells, the words of each as one paragraph; a cell that goes on from above is
    the one above."""
    cells: dict[tuple[int, int], Cell] = {}
    head = width = place = 0
    for place, (is_head, found) in enumerate(rows, start=1):
        head += is_head and head == place - 1
        col = 0
        for span, goes_on, text in found:
            above = cells.get((place - 2, col)) if goes_on else None
            if above is None:
                words = (Para(text=text, place=_NOWHERE),)
                above = Cell(row=place - 1, col=col, col_span=span, blocks=words, place=_NOWHERE)
            cells[place - 1, col] = above
            col += span
        width = max(width, col)
    return Grid(
        cells=tuple(_stretched(cells)),
        rows=place,
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
