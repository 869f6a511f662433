"""A Word file as plain blocks, each with its place: what `office` hands to the rooms above.

The blocks are the whole text of the file: `Document.characters` counts every visible character that the
walk met, so that a reader can prove that taken + unread = all (the conservation test).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

BOX = "กล่องข้อความ"
"""First word of the place of whatever stands in a text box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a text stands: Thai words for people, a machine reference for notes in a copy."""

    label: str
    """`ย่อหน้า ๑๒`, `ตาราง ๒ แถว ๓ ช่อง ๔`, `หัวกระดาษ`, `กล่องข้อความ ๑`."""
    ref: str
    """`word/document.xml#p41`: part and number of the w:p in document order, counted from 0."""

    @property
    def box(self) -> str:
        """The text box that holds the place (`กล่องข้อความ ๑`), empty outside of boxes."""
        return " ".join(self.label.split(" ")[:2]) if self.label.startswith(BOX) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A content control that covers `text[start:end]` of its paragraph."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """One paragraph as accepted text: tabs as \\t, line breaks as \\n, ticks as ☑ and ☐."""

    text: str
    place: Place
    bold: bool = False
    """Every visible run is bold (complex-script bold counts)."""
    bold_lead: int = 0
    """Number of leading characters that are bold when the rest is not."""
    size: float | None = None
    """Points of the largest run, None where only the style says it."""
    style: str = ""
    centered: bool = False
    number: str = ""
    """List number that Word prints before the text (`๑.`, `1)`, `•`), not part of `text`."""
    level: int | None = None
    """Outline level of a heading style, 0 for Heading 1."""
    tags: tuple[Tag, ...] = ()
    hidden: str = ""
    """Hidden text (w:vanish) met in the paragraph; never part of `text`."""
    page_break: bool = False
    """A page starts with this paragraph or ends in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell once, at its top left corner (0-based), with spans and nested blocks."""

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    blocks: tuple[Block, ...] = ()
    shade: str = ""
    """Fill colour as RRGGBB, empty for none, white or auto."""
    place: Place
    tags: tuple[str, ...] = ()
    """Content controls around the whole cell or row."""

    @property
    def text(self) -> str:
        """Text of the direct paragraphs joined by \\n; nested tables are not in it."""
        return "\n".join(block.text for block in self.blocks if isinstance(block, Para))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """An arrow or line drawn across a row of a table, as the columns that it covers (0-based, inclusive)."""

    row: int
    first_col: int
    last_col: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with merged cells resolved."""

    cells: tuple[Cell, ...]
    rows: int
    cols: int
    place: Place
    header_rows: int = 0
    """Rows that Word repeats on each page."""
    strokes: tuple[Stroke, ...] = ()
    """Drawn arrows and lines, as people draw them across the months of a plan."""
    _index: dict[tuple[int, int], Cell] = field(default_factory=dict, compare=False, repr=False)

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers this position, None where the table is ragged."""
        if not self._index:
            for cell in self.cells:
                for r in range(cell.row, cell.row + cell.row_span):
                    for c in range(cell.col, cell.col + cell.col_span):
                        self._index.setdefault((r, c), cell)
        return self._index.get((row, col))

    def row(self, row: int) -> tuple[Cell, ...]:
        """The cells that cover a row, left to right, each once."""
        found: list[Cell] = []
        for col in range(self.cols):
            cell = self.at(row, col)
            if cell is not None and (not found or found[-1] is not cell):
                found.append(cell)
        return tuple(found)


Block = Para | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A Word file: the body in order, and what stands around it."""

    blocks: tuple[Block, ...]
    headers: tuple[Para, ...] = ()
    """Paragraphs of headers and footers."""
    notes: tuple[Para, ...] = ()
    """Paragraphs of footnotes and endnotes."""
    boxes: tuple[Block, ...] = ()
    """Blocks of text boxes (each box once, not its fallback copy too)."""
    comments: tuple[Para, ...] = ()
    insertions: int = 0
    deletions: tuple[str, ...] = ()
    """Text that tracked changes delete."""
    macros: bool = False
    external: tuple[str, ...] = ()
    """Targets of external links and embedded objects, never followed or opened."""
    key: str = ""
    """Hidden key that we wrote into the form when it was issued (custom document property), if any."""

    @property
    def paragraphs(self) -> Iterator[Para]:
        """Every paragraph of the body and the boxes in order, those of nested tables too."""
        yield from _walk(self.blocks)
        yield from _walk(self.boxes)

    @property
    def characters(self) -> int:
        """Visible characters (white space does not count) of body, boxes, notes, headers."""
        every = (*self.paragraphs, *self.notes, *self.headers)
        return sum(len("".join(para.text.split())) for para in every)


def _walk(blocks: tuple[Block, ...]) -> Iterator[Para]:
    for block in blocks:
        if isinstance(block, Para):
            yield block
        else:
            for cell in block.cells:
                yield from _walk(cell.blocks)
