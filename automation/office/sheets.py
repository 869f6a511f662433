"""An Excel file as plain cells, each with its place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

_LITERAL = re.compile(r'"[^"]*"|\\.')
"""Characters of a number format that are printed as they are."""

Scalar = str | Decimal | bool | dt.datetime | dt.date | dt.time


def cell_name(row: int, col: int) -> str:
    """`B5` of row 5 and column 2."""
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCell:
    """One used cell, 1-based. Numbers are Decimal as typed (0.85 of a percent cell stays 0.85)."""

    row: int
    col: int
    value: Scalar | None
    """None for an empty styled cell or a formula without cached value."""
    format: str = "General"
    formula: str = ""
    error: str = ""
    """`#REF!` and the like; then value is None."""
    shade: str = ""
    hidden: bool = False
    """Its row, column or sheet is hidden."""

    @property
    def uncached(self) -> bool:
        """A formula whose result the file does not hold."""
        return bool(self.formula) and self.value is None and not self.error

    @property
    def is_percent(self) -> bool:
        """The number format shows a percentage; a `%` in quotes is only printed behind the number."""
        return "%" in self.format and "%" in _LITERAL.sub("", self.format)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A merged range, 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A worksheet; `cells` holds the used ones, a merged range only at its top left corner."""

    name: str
    cells: Mapping[tuple[int, int], SheetCell]
    merges: tuple[Span, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Notes (comments) at cells."""
    strokes: tuple[Span, ...] = ()
    """Arrows and lines drawn on the sheet, as the cells that they cover."""
    boxes: tuple[str, ...] = ()
    """Texts of shapes drawn on the sheet, one string a shape."""
    origins: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """Where cells of a rearranged sheet stand in the file; the others stand where they are."""
    _merged: dict[tuple[int, int], Span] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_col(self) -> int:
        return max((col for _, col in self.cells), default=0)

    def span(self, row: int, col: int) -> Span | None:
        """The merged range that covers a position."""
        if not self._merged and self.merges:
            for span in self.merges:
                for r in range(span.top, span.bottom + 1):
                    for c in range(span.left, span.right + 1):
                        self._merged[r, c] = span
        return self._merged.get((row, col))

    def at(self, row: int, col: int) -> SheetCell | None:
        """The used cell at a position; for a covered position of a merged range its top left cell."""
        span = self.span(row, col)
        return self.cells.get((span.top, span.left) if span else (row, col))

    def ref(self, row: int, col: int) -> str:
        """`รายงานผล!B5`: the place in the file."""
        return f"{self.name}!{cell_name(*self.origins.get((row, col), (row, col)))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """An Excel file: visible and hidden sheets in order."""

    sheets: tuple[Sheet, ...]
    date1904: bool = False
    macros: bool = False
    external: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Defined names → reference; ours start with `field_`."""
    key: str = ""
    """Hidden key that we wrote into the form when it was issued, if any."""
