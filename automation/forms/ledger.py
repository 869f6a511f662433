"""What of a document's text has been used: by a label, a value or as furniture; the rest is unread."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from automation.forms.structure import Line
from automation.forms.tables import Region
from automation.forms.wording import plain
from automation.model import Unread
from automation.office.blocks import Block, Cell, Grid, Para
from automation.thai.text import squeeze


class Ledger:
    """Marks stretches of paragraphs as used. `unread` tells what no mark covers: nothing is lost silently."""

    def __init__(self) -> None:
        self._used: dict[int, list[tuple[int, int]]] = {}
        self._left: dict[int, list[str]] = {}
        self.settled: set[int] = set()
        """Paragraphs whose words need no further account."""

    def use(self, line: Line, left: str = "") -> None:
        """The line is used, but for the words `left` over."""
        self._mark(line.para, line.start, line.start + len(line.text))
        for para in line.more:
            self._mark(para, 0, len(plain(para.text)))
        if significant(left):
            self._left.setdefault(id(line.para), []).append(squeeze(left))

    def choose(self, lines: Iterable[Line]) -> None:
        """The lines are choices of which one was ticked: the words of the others are no news."""
        for line in lines:
            self.use(line)
            self.settled.add(id(line.para))

    def use_cell(self, cell: Cell) -> None:
        """All direct text of a cell is used; nested tables keep their own account."""
        for block in cell.blocks:
            if isinstance(block, Para):
                self._mark(block, 0, len(plain(block.text)))

    def use_rows(self, region: Region, start: int, stop: int) -> None:
        """The cells of some rows of a region's grid are used."""
        for row in range(start, stop):
            for cell in region.grid.row(row):
                self.use_cell(cell)

    def use_para(self, para: Para) -> None:
        """A whole paragraph is used."""
        self._mark(para, 0, len(plain(para.text)))

    def used(self, line: Line) -> bool:
        """Whether a mark covers the start of the line."""
        return any(start <= line.start < end for start, end in self._used.get(id(line.para), ()))

    def _mark(self, para: Para, start: int, end: int) -> None:
        self._used.setdefault(id(para), []).append((start, end))

    def used_text(self, para: Para) -> str:
        """The used stretches of a paragraph, one a line."""
        text = plain(para.text)
        return "\n".join(text[start:end] for start, end in self._used.get(id(para), ()))

    def leave(self, para: Para, words: str) -> None:
        """Some words of a used paragraph are accounted for nowhere: unread after all."""
        self._left.setdefault(id(para), []).append(words)

    def unread(self, paragraphs: Iterable[Para]) -> list[Unread]:
        """The texts of these paragraphs that nothing used, each with its place."""
        found: list[Unread] = []
        for para in paragraphs:
            for text in [*self._gaps(para), *self._left.get(id(para), ())]:
                if significant(text):
                    found.append(Unread(where=para.place.label, text=squeeze(text), ref=para.place.ref))
        return found

    def covered(self, para: Para) -> int:
        """Number of visible characters of a paragraph that are used (for the conservation test)."""
        text = plain(para.text)
        return len("".join(text.split())) - sum(len("".join(gap.split())) for gap in self._gaps(para))

    def _gaps(self, para: Para) -> list[str]:
        text = plain(para.text)
        gaps, last = [], 0
        for start, end in sorted(self._used.get(id(para), ())):
            if start > last:
                gaps.append(text[last:start])
            last = max(last, end)
        gaps.append(text[last:])
        return [gap for gap in gaps if gap.strip()]


def significant(text: str) -> bool:
    """Whether a text has letters or digits, not only dots, dashes and brackets."""
    return any(unicodedata.category(letter)[0] in "LN" for letter in text)


def paragraphs_of(blocks: Iterable[Block]) -> list[Para]:
    """Every paragraph of the blocks in order, those in tables too."""
    found: list[Para] = []
    for block in blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                found += paragraphs_of(cell.blocks)
        else:
            found.append(block)
    return found
