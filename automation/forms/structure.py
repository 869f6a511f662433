"""A document as a row of lines and table regions, each line with where and how it stands.

Nothing here knows what a label means; `vocabulary` is asked only whether a wording is known, so that the
layout of the known labels (bold, numbered, with a colon, in a column of their own) tells of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from automation.forms.tables import Region
from automation.forms.tables_bare import boxed, counted
from automation.forms.tables_find import INDEX, find_regions
from automation.forms.vocabulary import Grade, Vocabulary
from automation.forms.wording import TICK, Numbering, key, numbering, plain
from automation.office.blocks import Block, Cell, Grid, Para, Place
from automation.thai.text import is_blank

_COUNTED = re.compile(r"\(?[0-9๐-๙]{1,2}\)?")
"""The number of a column: `(๑)`."""
_DAY_PARTS = {"วัน", "วันที่", "เดือน", "ปี", "พศ", "ปีพศ"}
"""Headings over the parts of a day."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a form table a line stands."""

    grid: int
    """Identity of the grid, to know when it ends."""
    row: int
    col: int
    alone: bool
    """The cell holds nothing else."""
    top: bool
    """First line of its cell."""
    label: bool
    """The cell is one for labels: known as such by its column, or a known label with a value at its right."""
    value: bool
    """The cell right of a label: what stands here is a value."""
    index: bool = False
    """The cell holds nothing but the number of the label at its right."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph, or the part of one that a label left over; text is normalised."""

    text: str
    para: Para
    start: int
    bold: bool = False
    lead: int = 0
    """Leading bold characters of the text when the rest is not bold."""
    printed: str = ""
    """The list number that Word prints in front, not part of the text."""
    spot: Spot | None = None
    more: tuple[Para, ...] = ()
    """Further paragraphs of a label that its cell breaks over several."""

    @property
    def place(self) -> Place:
        """Where the line's paragraph stands."""
        return self.para.place

    @property
    def number(self) -> Numbering | None:
        """The list number, typed or printed by Word."""
        return numbering(self.text) or (numbering(f"{self.printed} ก") if self.printed else None)

    def part(self, start: int, end: int | None = None) -> Line:
        """The line from one offset to another, as a line of its own without a list number."""
        text = self.text[start:end]
        return replace(self, text=text, start=self.start + start, bold=False, lead=0, printed="", more=())


Item = Line | Region


def flatten(blocks: Iterable[Block], vocabulary: Vocabulary) -> list[Item]:
    """The lines and table regions of the blocks in reading order."""
    items: list[Item] = []
    for block in blocks:
        if isinstance(block, Para):
            items += _lines(block, None)
        else:
            items += _grid(block, vocabulary)
    return items


def _lines(para: Para, spot: Spot | None) -> Iterator[Line]:
    text = plain(para.text)
    start = 0
    bold_lead = len(plain(para.text[: para.bold_lead]))  # invisible characters are no part of the text
    for number, part in enumerate(text.split("\n")):
        if part.strip():
            lead = max(0, min(bold_lead - start, len(part)))
            yield Line(
                part,
                para,
                start,
                bold=para.bold or (lead >= len(part.rstrip()) > 0),
                lead=0 if para.bold else lead,
                printed=para.number if number == 0 else "",
                spot=spot if number == 0 or spot is None else replace(spot, top=False),
            )
        start += len(part) + 1


def _grid(grid: Grid, vocabulary: Vocabulary) -> Iterator[Item]:
    regions = {region.start: region for region in find_regions(grid, vocabulary)}
    inside = {row for region in regions.values() for row in range(region.start, region.stop)}
    if not regions and (boxed(grid, vocabulary) or counted(grid, vocabulary)):
        yield from _plainly(grid, vocabulary)
        return
    label_columns = _label_columns(grid, inside, vocabulary)
    stacked: set[int] = set()
    for row in range(grid.rows):
        if row in regions:
            yield regions[row]
        if row in inside or row in stacked:
            continue
        below = _below(grid, row)
        if below and not below & inside and _is_stacked(grid, row, max(below), vocabulary):
            stacked |= below
            yield from _stacked(grid, row, max(below), vocabulary)
            continue
        after_label = False
        for cell in grid.row(row):
            if cell.row != row:
                continue
            if (
                key(cell.text).isdigit()
                and len(key(cell.text)) <= 2
                and _label_at_right(grid, cell, label_columns, vocabulary)
            ):
                spot = Spot(id(grid), cell.row, cell.col, True, True, False, False, index=True)
                yield from (
                    line for block in cell.blocks if isinstance(block, Para) for line in _lines(block, spot)
                )
                continue
            is_label = _is_label_cell(grid, cell, label_columns, vocabulary) and not after_label
            yield from _cell(grid, cell, vocabulary, label=is_label, value=after_label)
            match = vocabulary.match(cell_label(cell)) if is_label else None
            after_label = is_label and not (
                match and match.slot in ("alignment", "goals", "budget", "period")
            )
            if is_blank(cell.text) or key(cell.text).isdigit():
                after_label = False


def _plainly(grid: Grid, vocabulary: Vocabulary) -> Iterator[Item]:
    """The lines of a grid in which no cell is the label of another."""
    listed = counted(grid, vocabulary)
    for cell in grid.cells:
        for item in _cell(grid, cell, vocabulary, label=False, value=listed and cell.col > 0):
            if isinstance(item, Line) and item.spot and not item.spot.top:
                yield replace(item, spot=replace(item.spot, value=True))
            else:
                yield item


def _below(grid: Grid, row: int) -> set[int]:
    """The rows below a row of labels that belong to it: its values, and วัน | เดือน | ปี in between."""
    if row + 1 >= grid.rows:
        return set()
    if row + 2 < grid.rows and all(_COUNTED.fullmatch(cell.text.strip()) for cell in grid.row(row + 1)):
        return {row + 1, row + 2}
    parted = {key(cell.text) for cell in grid.row(row + 1)} <= _DAY_PARTS
    if not parted:
        return {row + 1}
    return {row + 1, row + 2} if row + 2 < grid.rows else set()


def _is_stacked(grid: Grid, row: int, last: int, vocabulary: Vocabulary) -> bool:
    """Whether a row holds nothing but labels, each with its value in the cell below."""
    heads, below = _titled(grid, row), [cell for cell in grid.row(last) if cell.col or not _index(grid, row)]
    if len(heads) < 2 or any(not _under(grid, head, last) for head in heads):
        return False
    if last == row + 1 and len(heads) != len(below):
        return False
    known = [_known(cell, vocabulary) for cell in heads]
    alike = len({_marks(cell)[:2] for cell in heads}) == 1
    values = [cell for cell in below if not TICK.search(cell.text)]
    return alike and all(known) and not any(_known(cell, vocabulary) for cell in values)


def _index(grid: Grid, row: int) -> bool:
    """Whether the first heading of a row is that of a count: `ที่`."""
    return key(grid.row(row)[0].text) in INDEX and len(grid.row(row)) > 2


def _titled(grid: Grid, row: int) -> tuple[Cell, ...]:
    """The headings of a row, without that of the count."""
    return grid.row(row)[1:] if _index(grid, row) else grid.row(row)


def _under(grid: Grid, head: Cell, row: int) -> list[Cell]:
    """The cells of a row that stand below a heading, none of which reaches beyond it."""
    last = head.col + head.col_span
    cells = [cell for cell in grid.row(row) if head.col <= cell.col < last]
    whole = bool(cells) and cells[0].col == head.col and cells[-1].col + cells[-1].col_span == last
    return cells if whole else []


def _known(cell: Cell, vocabulary: Vocabulary) -> bool:
    number = numbering(cell_label(cell))
    if number is not None and number.form == "bullet":
        return False
    match = vocabulary.match(cell_label(cell))
    return match is not None and match.grade >= Grade.SHORT and not is_blank(cell.text)


def _stacked(grid: Grid, row: int, last: int, vocabulary: Vocabulary) -> Iterator[Item]:
    if _index(grid, row):
        yield from _counts(grid, row, last)
    for head in _titled(grid, row):
        yield from _cell(grid, head, vocabulary, label=True, value=False)
        cells = _under(grid, head, last)
        if len(cells) == 1:
            yield from _cell(grid, cells[0], vocabulary, label=False, value=True)
            continue
        paras = [block for cell in cells for block in cell.blocks if isinstance(block, Para)]
        yield _joined(grid, cells[0], paras, label=False)


def _counts(grid: Grid, row: int, last: int) -> Iterator[Line]:
    """The cells of a stacked table that only count: its first column, and the numbers below the headings."""
    firsts = [cell for line in range(row, last + 1) if (cell := grid.at(line, 0)) is not None]
    rest = [cell for line in range(row + 1, last) for cell in grid.row(line) if cell.col]
    for cell in (*firsts, *rest):
        spot = Spot(id(grid), cell.row, cell.col, True, True, False, False, index=True)
        for block in cell.blocks:
            if isinstance(block, Para):
                yield from _lines(block, spot)


def _cell(grid: Grid, cell: Cell, vocabulary: Vocabulary, *, label: bool, value: bool) -> Iterator[Item]:
    wording = cell_label(cell)
    paras = [block for block in cell.blocks if isinstance(block, Para) and block.text.strip()]
    if label and len(paras) > 1:
        yield _joined(grid, cell, paras, label=True)
        return
    alone = len(paras) == 1 and "\n" not in paras[0].text.strip()
    top = True
    for block in cell.blocks:
        if isinstance(block, Grid):
            yield from _grid(block, vocabulary)
            continue
        spot = Spot(id(grid), cell.row, cell.col, alone, top, label and bool(wording), value)
        for line in _lines(block, spot):
            yield line
            top = False


def _joined(grid: Grid, cell: Cell, paras: list[Para], *, label: bool) -> Line:
    """A label or a day that is broken over several paragraphs or cells, as one line of the first."""
    text = " ".join(plain(para.text).strip() for para in paras)
    spot = Spot(id(grid), cell.row, cell.col, True, True, label, not label)
    return Line(
        text, paras[0], 0, bold=paras[0].bold, printed=paras[0].number, spot=spot, more=tuple(paras[1:])
    )


def cell_label(cell: Cell) -> str:
    """The text of a cell as a label: its paragraphs on one line; empty when too long to be one."""
    text = " ".join(plain(cell.text).split())
    return text if 0 < len(text) <= 90 else ""


def _is_label_cell(grid: Grid, cell: Cell, columns: frozenset[int], vocabulary: Vocabulary) -> bool:
    text = cell_label(cell)
    if (
        not text
        or is_blank(text)
        or key(text).isdigit()
        or cell.col + cell.col_span >= grid.cols
        or TICK.search(text)
    ):
        return False
    match = vocabulary.match(text, loose=_set_off(grid, cell))
    return (
        (match is not None and (match.grade >= Grade.SHORT or _set_off(grid, cell)))
        or cell.col in columns
        or _within_cell(text, vocabulary)
    )


def _set_off(grid: Grid, cell: Cell) -> bool:
    """Whether a cell is set as a label: bold, shaded or numbered while the one at its right is not."""
    right = grid.at(cell.row, cell.col + cell.col_span)
    if right is None:
        return False
    marks, others = _marks(cell), _marks(right)
    return any(mine and not other for mine, other in zip(marks, others, strict=True))


def _marks(cell: Cell) -> tuple[bool, bool, bool]:
    paras = [block for block in cell.blocks if isinstance(block, Para) and block.text.strip()]
    number = numbering(cell_label(cell))
    bold = bool(paras) and all(para.bold for para in paras)
    return bold, bool(cell.shade), number is not None and number.form in ("plain.", "deep2", "roman")


def _label_at_right(grid: Grid, cell: Cell, columns: frozenset[int], vocabulary: Vocabulary) -> bool:
    right = grid.at(cell.row, cell.col + cell.col_span)
    if right is None:
        return False
    last = right.col + right.col_span >= grid.cols
    titled = (
        last and bool(cell_label(right)) and (grid.rows == 1 or _marks(right)[0] or _known(right, vocabulary))
    )
    return titled or _is_label_cell(grid, right, columns, vocabulary)


def _within_cell(text: str, vocabulary: Vocabulary) -> bool:
    return any(vocabulary.match(text, within=group) for group in ("alignment", "goals", "budget", "period"))


def _label_columns(grid: Grid, inside: set[int], vocabulary: Vocabulary) -> frozenset[int]:
    """Columns of a form table in which most cells are known labels: the others there are labels too."""
    found: set[int] = set()
    for col in range(max(0, grid.cols - 1)):
        cells = [
            cell for cell in grid.cells if cell.col == col and cell.row not in inside and cell_label(cell)
        ]
        cells = [cell for cell in cells if cell.col + cell.col_span < grid.cols]
        known = sum(1 for cell in cells if vocabulary.match(cell_label(cell), loose=True))
        if known >= 2 and known * 5 >= len(cells) * 3:
            found.add(col)
    return frozenset(found)
