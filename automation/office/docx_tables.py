"""Tables of a Word file: rows and cells through their wrappers, merged cells resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from automation.office.blocks import Block, Cell, Grid, Para, Place, Stroke
from automation.office.docx_names import SDT, VAL, W, content, number, toggle
from automation.office.docx_runs import Ledger, checkbox_state, control_name, deleted_text
from automation.thai.digits import to_thai

_ROW, _CELL = f"{W}tr", f"{W}tc"
_PLAIN = frozenset(("", "AUTO", "FFFFFF"))


def grid_rows(table: Any, tags: tuple[str, ...], ledger: Ledger) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Rows with the names of the content controls around them; deleted rows go to the ledger."""
    for child in content(table):
        if child.tag == _ROW:
            change = child.find(f"{W}trPr/{W}del")
            if change is None:
                ledger.insertions += child.find(f"{W}trPr/{W}ins") is not None
                yield child, tags
            elif text := deleted_text(child):
                ledger.deletions.append(text)
        elif child.tag == SDT:
            name = control_name(child.find(f"{W}sdtPr"))
            inner = child.find(f"{W}sdtContent")
            if inner is not None:
                yield from grid_rows(inner, (*tags, name) if name else tags, ledger)
        elif child.tag not in (f"{W}tblPr", f"{W}tblGrid"):
            yield from grid_rows(child, tags, ledger)


def header_rows(table: Any) -> int:
    """Number of leading rows that Word repeats on each page."""
    count = 0
    for row in table.iterchildren(_ROW):
        if not toggle(row.find(f"{W}trPr"), "tblHeader"):
            break
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class Source:
    """A cell of the file: its element, the controls around it, and what a control says of its text."""

    cell: Any
    tags: tuple[str, ...]
    placeholder: bool
    ticked: bool | None


class GridBuilder:
    """Puts cells at their columns and joins merged ones."""

    def __init__(self, name: str, most_columns: int) -> None:
        self._name, self._most = name, most_columns
        self._drafts: list[dict[str, Any]] = []
        self._above: dict[int, dict[str, Any]] = {}
        self._now: dict[int, dict[str, Any]] = {}
        self._row, self._col, self._place, self._width = -1, 0, 0, 0
        self.label = name

    def start_row(self, row: Any) -> None:
        """Begin the next row, behind the columns that it leaves out."""
        self._above, self._now = self._now, {}
        self._row += 1
        self._place = 0
        self._col = self._capped(number(row.find(f"{W}trPr"), "gridBefore") or 0)

    def _capped(self, count: int) -> int:
        return max(0, min(count, self._most))

    def cells_of(
        self, row: Any, tags: tuple[str, ...], placeholder: bool = False, ticked: bool | None = None
    ) -> Iterator[Source]:
        """Cells of a row in order, through their wrappers; `label` names the one last given."""
        for child in content(row):
            if child.tag == _CELL:
                self._place += 1
                self.label = f"{self._name} แถว {to_thai(str(self._row + 1))} ช่อง {to_thai(str(self._place))}"
                yield Source(child, tags, placeholder, ticked)
            elif child.tag == SDT:
                properties, inner = child.find(f"{W}sdtPr"), child.find(f"{W}sdtContent")
                name = control_name(properties)
                if inner is not None:
                    shown = bool(toggle(properties, "showingPlcHdr"))
                    around = (*tags, name) if name else tags
                    yield from self.cells_of(inner, around, shown, checkbox_state(properties))
            elif child.tag not in (f"{W}trPr", f"{W}tblPrEx"):
                yield from self.cells_of(child, tags, placeholder, ticked)

    @property
    def position(self) -> tuple[int, int]:
        """Row and column of the next cell."""
        return self._row, self._col

    def add(self, source: Source, blocks: list[Block], ref: str) -> None:
        """Place one cell, or give what it holds to the merged cell that it continues."""
        properties = source.cell.find(f"{W}tcPr")
        span = max(1, self._capped(number(properties, "gridSpan") or 1))
        col, self._col = self._col, self._col + span
        self._width = max(self._width, self._col)
        owner = self._owner(properties, col, span)
        if owner is not None:
            owner["blocks"] += [
                block for block in blocks if not isinstance(block, Para) or block.text or block.hidden
            ]
            self._now[col] = owner
            return
        draft = {
            "row": self._row,
            "col": col,
            "row_span": 1,
            "col_span": span,
            "blocks": list(blocks),
            "shade": shade(properties),
            "place": Place(label=self.label, ref=ref),
            "tags": source.tags,
        }
        self._drafts.append(draft)
        self._now[col] = draft

    def _owner(self, properties: Any, col: int, span: int) -> dict[str, Any] | None:
        if _continues(properties, "hMerge") and col > 0 and self._now:
            left = self._now[max(self._now)]
            left["col_span"] = self._col - left["col"]
            return left
        if not _continues(properties, "vMerge") or col not in self._above:
            return None
        above = self._above[col]
        if above["col_span"] != span:
            return None
        above["row_span"] = self._row - above["row"] + 1
        return above

    def grid(self, place: Place, headers: int, strokes: tuple[Stroke, ...]) -> Grid:
        """The finished table."""
        cells = tuple(Cell(**{**draft, "blocks": tuple(draft["blocks"])}) for draft in self._drafts)
        return Grid(
            cells=cells,
            rows=self._row + 1,
            cols=self._width,
            place=place,
            header_rows=headers,
            strokes=strokes,
        )


def _continues(properties: Any, name: str) -> bool:
    element = None if properties is None else properties.find(W + name)
    return element is not None and element.get(VAL, "continue") == "continue"


def shade(properties: Any) -> str:
    """Fill of a cell as RRGGBB, "" for none, white or automatic; a pattern counts as grey."""
    element = None if properties is None else properties.find(f"{W}shd")
    if element is None:
        return ""
    fill: str = element.get(f"{W}fill", "").upper()
    pattern = element.get(VAL, "clear")
    if fill not in _PLAIN:
        return fill
    if pattern in ("clear", "nil"):
        return ""
    colour: str = element.get(f"{W}color", "auto").upper()
    return colour if colour not in _PLAIN else "BFBFBF"
