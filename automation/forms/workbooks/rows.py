"""Read the rows of a table into the nested lists of the record, and say what could not be understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from automation.forms.workbooks.choices import choose
from automation.forms.workbooks.draft import Draft
from automation.forms.workbooks.headings import Column
from automation.forms.workbooks.lines import Raw, row_parts
from automation.forms.workbooks.rowkinds import RowKind
from automation.forms.workbooks.schema import Kind, Leaf
from automation.forms.workbooks.side_tables import NUMBER, by_number
from automation.forms.workbooks.table import Table
from automation.forms.workbooks.texts import blank, match_key
from automation.forms.workbooks.totals import Sums, amount_of
from automation.forms.workbooks.values import Sense, cell_text, text_items
from automation.forms.workbooks.writer import Writer
from automation.model import Strength
from automation.office.sheets import SheetCell

_BUREAU_LINE = re.compile(
    r"(?:[0-9๐-๙ก-ฮ]{1,2}[.)]\s*)?(?:หน่วยงาน|ชื่อ)?\s*[:：]?\s*(?:สำนัก(?!งาน)|กลุ่ม|ศูนย์)[^0-9]*$"
)
"""A line that is the name of a bureau and nothing else."""
_INDICATOR = "rows.indicators.name"


def read_rows(
    table: Table, sense: Sense, front_unit: str, draft: Draft, sums: Sums, *, further: bool = False
) -> None:
    """Fill the draft with every data row of a table; `front_unit` is a unit of money stated above it.

    `further`: the table tells more of projects that the draft holds already.
    """
    rows = _Rows(table, sense, front_unit, draft, sums)
    if further:
        rows.items.met_again = frozenset({*rows.items.met_again, "rows"})
    rows.read()


class _Rows(Writer):
    def __init__(self, table: Table, sense: Sense, front_unit: str, draft: Draft, sums: Sums) -> None:
        super().__init__(table.layout, table.of_kind(RowKind.DATA), sense, front_unit, draft, sums)
        self.table = table
        self.known, self.words = sense.known, sense.words
        told = _INDICATOR in table.layout.paths
        self.indicator = None if told else table.layout.words.leaves.get(_INDICATOR)
        """The name of an indicator where no column holds it: rows of their own may."""

    def read(self) -> None:
        layout = self.table.layout
        self._use_headings(range(layout.top, layout.bottom + 1))
        self._titles(layout.top)
        before = layout.bottom
        for row, kind in self.table.kinds:
            if kind is RowKind.DATA:
                if row > before + 1 and not self._covered(row):
                    self.items.close()
                self._data(row)
                before = row
            elif kind is RowKind.HEADING:
                self._use_headings(range(row, row + 1))
            elif kind is RowKind.RESULT:
                self._result(row)
            elif kind is not RowKind.BLANK:
                self._aside(row, kind)
        self.finish()

    def _aside(self, row: int, kind: RowKind) -> None:
        """A band, a total or a note ends the project above it; what explains itself is understood."""
        cells = self.table.rows[row]
        if kind is not RowKind.NUMBERS:
            self.items.close()
        if kind is RowKind.BAND:
            self._band(cells)
        if kind is RowKind.NUMBERS:
            self.draft.use(self.sheet, *cells)
        elif kind is RowKind.TOTAL or (kind is RowKind.BAND and len(cells) > 1):
            self.sums.state(self.sheet, cells, self.money, total=kind is RowKind.TOTAL)

    def _covered(self, row: int) -> bool:
        """Whether a merge over a project's own cells reaches this row from above."""
        spans = (self.sheet.span(row, col) for col in self.table.shape.names | self.table.shape.identity)
        return any(span is not None and span.top < row for span in spans)

    def _use_headings(self, rows: range) -> None:
        """Mark headings as understood: those of our columns, of running numbers, and the groups above."""
        ours = set(self.table.shape.columns) | self.table.shape.furniture
        for row in rows:
            for cell in self.table.rows.get(row, ()):
                span = self.sheet.span(cell.row, cell.col)
                if not ours.isdisjoint(range(cell.col, (span.right if span else cell.col) + 1)):
                    self.draft.use(self.sheet, cell)

    def _result(self, row: int) -> None:
        """`ผล: … ปัญหา: …` below a project are its summary and problems where the project has none yet."""
        item, labels = self.items.outermost(), self.table.shape.below
        if item is None or labels is None:
            return
        for cell in self.table.rows[row]:
            text = cell_text(cell)
            found = list(labels.finditer(text))
            ends = [match.start() for match in found[1:]]
            for match, end in zip(found, [*ends, len(text)], strict=True):
                name, value = self.table.layout.words.below[match[1]].name, text[match.end() : end].strip()
                if not blank(value) and not item.data.get(name):
                    item.data[name] = value
                    self.draft.prove(item.field_path(name), Strength.LABEL, self.sheet, cell)
                self.draft.use(self.sheet, cell)

    def _band(self, cells: Sequence[SheetCell]) -> None:
        """A band may open an item of a plan, or name the bureau of the rows below, where no column does.

        Beside the bureau may stand the sums of its rows.
        """
        if len(cells) <= 2 and self._open(*cells):
            return
        sums = all(amount_of(cell) is not None or blank(cell_text(cell)) for cell in cells[1:])
        if sums:
            self._carry_bureau(cells[0])
            self._carry_choice(cells[0])

    def _carry_choice(self, cell: SheetCell) -> None:
        """A band may say the stage or decision of the rows below it, where no column does."""
        paths = {column.leaf.path for column in self.columns}
        for path, leaf in self.table.layout.words.leaves.items():
            if leaf.kind is Kind.CHOICE and leaf.level == "rows" and path not in paths:
                chosen = choose(cell_text(cell), leaf.name, self.words.choices).get(leaf.name)
                self.carried.pop(leaf.name, None)
                if chosen:
                    self.carried[leaf.name] = chosen, cell
                    self.draft.use(self.sheet, cell)

    def _carry_bureau(self, cell: SheetCell, *, use: bool = True) -> None:
        """The bureau that a line names (or the name of the sheet) is that of the rows below, where no column
        says it."""
        paths = {column.leaf.path for column in self.columns}
        bureau = self.known.bureau_in(cell_text(cell))
        if bureau and "rows.bureau" in self.table.layout.words.titles and "rows.bureau" not in paths:
            self.carried["bureau"] = bureau, cell
            self.draft.use(self.sheet, *([cell] if use else []))

    def _titles(self, top: int) -> None:
        """The nearest lines above the table that announce items without a column: an issue, then its goal."""
        found: dict[str, SheetCell] = {}
        for row in range(top - 1, 0, -1):
            cells = self.table.rows.get(row, ())
            for cell in cells if len(cells) == 1 else ():
                level = self._announced(cell)
                if level and all(lower.startswith(f"{level}.") for lower in found):
                    found[level] = cell
        for cell in reversed(found.values()):
            self._open(cell)
        above = self.table.rows.get(top - 1, self.table.rows.get(top - 2, ()))
        if len(above) == 1 and _BUREAU_LINE.match(cell_text(above[0])):
            self._carry_bureau(above[0])
        elif (heading := self.sheet.at(top, min(self.table.shape.columns))) is not None:
            self._carry_bureau(replace(heading, value=self.sheet.name), use=False)

    def _announced(self, cell: SheetCell) -> str:
        """The level whose item a cell announces; empty where none is."""
        bands = self.table.shape.bands
        return next((band.level for band in bands if band.announced(cell_text(cell))), "")

    def _open(self, cell: SheetCell, beside: SheetCell | None = None) -> bool:
        """Open the item that a cell announces; `beside` it may stand who is responsible."""
        for band in self.table.shape.bands:
            announced = band.announced(cell_text(cell))
            if not announced:
                continue
            no, (name, hosts) = announced[0], band.parted(announced[1])
            item = self.items.begin(band.level, cell.row, no, name)
            if item is None:
                continue
            told: list[tuple[Leaf, Any, SheetCell]] = [(band.no, no, cell), (band.name, name, cell)]
            if band.hosts and hosts:
                told.append((band.hosts, text_items(hosts), cell))
            if band.hosts and beside:
                told.append((band.hosts, text_items(cell_text(beside)), beside))
            for leaf, value, place in told:
                if value and not item.data.get(leaf.name):
                    item.data[leaf.name] = value
                    self.draft.prove(item.field_path(leaf.name), Strength.LABEL, self.sheet, place)
                    self.draft.use(self.sheet, place)
            self.draft.use(self.sheet, cell)
            return True
        return False

    def _data(self, row: int) -> None:
        raw = self._measured([one for column in self.columns if (one := self._cell(row, column)) is not None])
        for part in row_parts(raw, self.table.shape.deeper):
            self.part(row, part)
        self._count(row)
        furniture = self.table.shape.furniture
        self.draft.use(self.sheet, *(cell for cell in self.table.rows[row] if cell.col in furniture))

    def _count(self, row: int) -> None:
        """Note the running number of a project: other sheets may call it so."""
        item = self.items.outermost()
        for cell in self.table.rows[row] if item else ():
            if item and cell.col in self.table.shape.sequence and cell.row == item.row:
                key = match_key(cell_text(cell))
                self.draft.numbers[key] = "" if key in self.draft.numbers else item.path

    def _measured(self, raw: list[Raw]) -> list[Raw]:
        """The row of an indicator below its project: its name stands in the column of the project's name."""
        shape, leaf = self.table.shape, self.indicator
        if leaf is None:
            return raw
        own = [one for one in raw if not one.inherited and not blank(cell_text(one.cell))]
        named = [one for one in own if one.column.col in shape.names]
        others = {one.column.col for one in own} - shape.names
        if not named or not others:
            return raw
        if self.items.outermost() is None or not others <= shape.deeper:
            return raw
        measure = Raw(replace(named[0].column, leaf=leaf), named[0].cell)
        return [measure if one is named[0] else one for one in raw]

    def _cell(self, row: int, column: Column) -> Raw | None:
        """What a column says in a row; a merge from above speaks with the cell where it began."""
        span = self.sheet.span(row, column.col)
        inherited = span is not None and span.top < row
        if span is not None and span.left != column.col:
            return None
        cell = self.sheet.cells.get((span.top if span else row, column.col))
        if cell is not None and column.key == NUMBER:
            cell = replace(cell, value=by_number(cell_text(cell), self.draft))
        return Raw(column, cell, inherited) if cell is not None and not cell.hidden else None
