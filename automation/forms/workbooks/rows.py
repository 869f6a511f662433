"""Read the rows below a table's headings into the nested lists of the record.

A row opens a new project where its code or name differs from the one above; empty, merged or repeated
project cells continue it, so several indicator rows stay one project.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from automation.forms.workbooks.draft import Draft, by_row
from automation.forms.workbooks.header import Column, Layout
from automation.forms.workbooks.rowkinds import RowKind, TableShape, is_identified, row_kind, table_shape
from automation.forms.workbooks.schema import KEYS, Kind
from automation.forms.workbooks.senses import column_senses
from automation.forms.workbooks.vocabulary import Words
from automation.forms.workbooks.values import Sense, Understood, Unreadable, cell_text, understand
from automation.model import Severity
from automation.office.sheets import Sheet, SheetCell
from automation.thai.text import fold

BLANK_IS_ZERO = frozenset({"requested", "allocated", "committed", "spent_round", "spent"})
"""Amounts of a plan or report: an empty cell states 0.00. `remaining` is a result, not a statement."""


@dataclass(slots=True)
class Item:
    """An open item of a list: its data, its path and the row where it began."""

    data: dict[str, Any]
    path: str
    row: int


@dataclass(frozen=True, slots=True)
class Found:
    """A cell of a row with its column; `inherited` where a merge reaches down from an earlier item."""

    column: Column
    cell: SheetCell
    inherited: bool = False


class TableReader:
    """Reads one table into a draft."""

    def __init__(self, layout: Layout, words: Words, draft: Draft) -> None:
        self.layout, self.draft = layout, draft
        self.sheet: Sheet = layout.sheet
        self.shape: TableShape = table_shape(layout, words)
        self.rows = by_row(self.sheet)
        self.kinds = self._classify()
        self.senses: Mapping[int, Sense] = {}
        self.open: dict[str, Item] = {"": Item(draft.data, "", 0)}
        self.levels = sorted({level for c in layout.columns for level in c.leaf.lists}, key=len)
        self.items: list[Item] = []

    @property
    def last_row(self) -> int:
        """The last row that belongs to the table."""
        outside = (RowKind.OTHER, RowKind.CLOSING)
        return max((row for row, kind in self.kinds if kind not in outside), default=self.layout.bottom)

    @property
    def filled(self) -> bool:
        """Whether the table holds any row of data."""
        return any(kind is RowKind.DATA for _, kind in self.kinds)

    def of_kind(self, *wanted: RowKind) -> list[list[SheetCell]]:
        """The visible cells of the rows of these kinds."""
        return [self.rows[row] for row, kind in self.kinds if kind in wanted]

    def _classify(self) -> list[tuple[int, RowKind]]:
        """Each row below the headings; below the signatures only a row with a code or number is data."""
        kinds: list[tuple[int, RowKind]] = []
        closed = False
        for row in sorted(row for row in self.rows if row > self.layout.bottom):
            kind = row_kind(self.rows[row], self.shape)
            closed = closed or kind is RowKind.CLOSING
            if closed and kind in (RowKind.DATA, RowKind.BAND) and not is_identified(self.rows[row], self.shape):
                kind = RowKind.OTHER
            kinds.append((row, kind))
        return kinds

    def read(self, sense: Sense, front_unit: str) -> None:
        """Fill the draft with every row of the table."""
        data = {row: self.rows[row] for row, kind in self.kinds if kind is RowKind.DATA}
        self.senses = column_senses(self.layout, data, sense, front_unit)
        self._use_headings(range(self.layout.top, self.layout.bottom + 1))
        before = self.layout.bottom
        for row, kind in self.kinds:
            if kind is RowKind.DATA:
                if row > before + 1 and not self._covered(row):
                    self._close()
                self._data(row)
                before = row
            else:
                self._other(row, kind)
        self._fill_blanks()

    def _other(self, row: int, kind: RowKind) -> None:
        if kind is RowKind.HEADING:
            self._use_headings(range(row, row + 1))
        elif kind is RowKind.NUMBERS:
            self.draft.use(self.sheet, *self.rows[row])
        elif kind is RowKind.RESULT:
            self._result(row)
        else:
            self._close()

    def _close(self) -> None:
        self.open = {"": self.open[""]}

    def _covered(self, row: int) -> bool:
        """Whether a merge over a project's own cells reaches this row from above."""
        spans = (self.sheet.span(row, col) for col in self.shape.names | self.shape.identity)
        return any(span is not None and span.top < row for span in spans)

    def _use_headings(self, rows: range) -> None:
        """Mark headings as understood: those of our columns, running numbers and spanning groups."""
        ours = set(self.shape.columns) | self.shape.sequence
        for row in rows:
            for cell in self.rows.get(row, []):
                span = self.sheet.span(cell.row, cell.col)
                width = range(cell.col, span.right + 1) if span else (cell.col,)
                if any(col in ours for col in width):
                    self.draft.use(self.sheet, cell)

    def _result(self, row: int) -> None:
        """`ผล: …` below a project is its summary where the form has no column for one."""
        cell = self.rows[row][0]
        item = self.open.get(self.levels[0]) if self.levels else None
        match = self.shape.result.fullmatch(cell_text(cell))
        if item is None or match is None or self.levels[0] != "rows" or item.data.get("summary"):
            return
        if self.layout.words.form == "progress" and match[1]:
            item.data["summary"] = match[1]
            path = f"{item.path}.summary"
            self.draft.prove(path, self.layout.columns[0].strength, self.sheet, cell)
            self.draft.use(self.sheet, cell)

    def _data(self, row: int) -> None:
        found: dict[str, list[Found]] = {}
        for column in self.layout.columns:
            cell = self._cell(row, column)
            if cell is not None:
                found.setdefault(column.leaf.level, []).append(cell)
        self.draft.use(self.sheet, *(cell for cell in self.rows[row] if cell.col in self.shape.sequence))
        fresh: set[str] = set()
        for level in ("", *self.levels):
            parent = level.rpartition(".")[0]
            own = found.get(level, [])
            item = self._item(level, parent, own, found, row, fresh)
            if item is not None:
                for one in own:
                    self._put(item, one)
            elif len([one for one in own if not one.inherited]) > 1:
                self._nameless(own)

    def _cell(self, row: int, column: Column) -> Found | None:
        """The cell of a column in a row; for a merge from above the cell where it began."""
        span = self.sheet.span(row, column.col)
        if span is None or (span.top, span.left) == (row, column.col):
            cell = self.sheet.cells.get((row, column.col))
            return Found(column, cell) if cell is not None and not cell.hidden else None
        if span.left != column.col:
            return None
        cell = self.sheet.cells.get((span.top, span.left))
        return Found(column, cell, inherited=True) if cell is not None and not cell.hidden else None

    def _item(
        self, level: str, parent: str, own: Sequence[Found], found: Mapping[str, Sequence[Found]], row: int, fresh: set[str]
    ) -> Item | None:
        """The item of a level that this row belongs to, opened if it is a new one."""
        if level == "":
            return self.open[""]
        stated = [one for one in own if not one.inherited and self._states(one)]
        current = self.open.get(level)
        children = [other for other in self.levels if other.startswith(f"{level}.")]
        if current is not None and parent not in fresh and children and self._continues(current, level, stated, children, found):
            return current
        keyed = any(one.column.leaf.name in KEYS for one in stated)
        if not stated or (not keyed and level == self.levels[0]) or self.open.get(parent) is None:
            return current if current is not None and parent not in fresh and not stated else None
        return self._new(level, parent, row, fresh)

    def _new(self, level: str, parent: str, row: int, fresh: set[str]) -> Item:
        above = self.open[parent]
        name = level.rpartition(".")[2]
        siblings = above.data.setdefault(name, [])
        path = f"{above.path}.{name}.{len(siblings)}".lstrip(".")
        item = Item({}, path, row)
        known = self._known_sibling(siblings, level, row)
        if known is not None:
            item = Item(siblings[known], f"{above.path}.{name}.{known}".lstrip("."), row)
        else:
            siblings.append(item.data)
        self.items.append(item)
        fresh.add(level)
        for lower in [other for other in self.open if other.startswith(f"{level}.")]:
            del self.open[lower]
        self.open[level] = item
        return item

    def _known_sibling(self, siblings: Sequence[Mapping[str, Any]], level: str, row: int) -> int | None:
        """An item of an earlier table with the same number: a plan's issue met again on the next sheet."""
        if level != self.levels[0] or len(self.levels) < 2:
            return None
        keys = {
            one.column.leaf.name: fold(cell_text(one.cell))
            for one in (self._cell(row, column) for column in self.layout.columns)
            if one is not None and one.column.leaf.level == level and one.column.leaf.name == "no"
        }
        for index, sibling in enumerate(siblings):
            if keys.get("no") and fold(str(sibling.get("no"))) == keys["no"]:
                return index
        return None

    def _states(self, one: Found) -> bool:
        try:
            return understand(one.cell, one.column.leaf, self.senses[one.column.col]).data is not None
        except Unreadable:
            return True

    def _continues(
        self, current: Item, level: str, stated: Sequence[Found], children: Sequence[str], found: Mapping[str, Sequence[Found]]
    ) -> bool:
        """Whether a row goes on with the open item: no key of its own, or the same key with a new child."""
        keys = {
            one.column.leaf.name: fold(cell_text(one.cell)) for one in stated if one.column.leaf.name in KEYS
        }
        if any(value != fold(str(current.data.get(name) or "")) for name, value in keys.items()):
            return False
        if not keys:
            return True
        child = children[0]
        names = [
            fold(cell_text(one.cell)) for one in found.get(child, ()) if one.column.leaf.name in KEYS and self._states(one)
        ]
        taken = {fold(str(item.get("name") or "")) for item in current.data.get(child.rpartition(".")[2], ())}
        return bool(names) and not any(name in taken for name in names)

    def _put(self, item: Item, one: Found) -> None:
        """Write one cell's value into its item."""
        column, cell, leaf = one.column, one.cell, one.column.leaf
        if one.inherited and (cell.row >= item.row or leaf.kind in (Kind.MONEY, Kind.PERCENT) or leaf.name in KEYS):
            if cell.row < item.row and leaf.kind is Kind.MONEY:
                item.data.setdefault(leaf.name, None)
            return
        path = f"{item.path}.{leaf.name}".lstrip(".")
        self.draft.use(self.sheet, cell)
        if self._faulty(cell, path, item, column):
            return
        try:
            value = understand(cell, leaf, self.senses[column.col])
        except Unreadable as error:
            item.data.setdefault(leaf.name, None)
            self.draft.tell(
                Severity.ERROR, "value-unreadable", f"{error} (คอลัมน์ «{column.heading}»)", path=path, sheet=self.sheet, cell=cell
            )
            return
        if value.data is None:
            return
        if value.doubt:
            severity = Severity.NOTE if value.certain else Severity.WARNING
            self.draft.tell(severity, "date-year-doubtful", value.doubt, path=path, sheet=self.sheet, cell=cell)
        self._store(item, one, value)

    def _faulty(self, cell: SheetCell, path: str, item: Item, column: Column) -> bool:
        """Report a cell error or a formula without result; its value stays unknown, never zero."""
        if cell.error:
            text = f"ช่อง «{column.heading}» แสดงค่าผิดพลาด {cell.error} กรุณาแก้สูตรแล้วส่งใหม่"
            self.draft.tell(Severity.ERROR, "cell-error", text, path=path, sheet=self.sheet, cell=cell)
        elif cell.uncached:
            text = f"ช่อง «{column.heading}» เป็นสูตรที่ยังไม่มีผลลัพธ์ กรุณาเปิดใน Excel กดบันทึก แล้วส่งใหม่"
            self.draft.tell(Severity.ERROR, "formula-uncached", text, path=path, sheet=self.sheet, cell=cell)
        else:
            return False
        item.data.setdefault(column.leaf.name, None)
        return True

    def _store(self, item: Item, one: Found, value: Understood) -> None:
        leaf, strength = one.column.leaf, one.column.strength
        if leaf.kind is Kind.BY_YEAR:
            item.data.setdefault(leaf.name, {})[one.column.key] = value.data
            self.draft.prove(f"{item.path}.{leaf.name}.{one.column.key}", strength, self.sheet, one.cell)
            return
        parts = value.data if isinstance(value.data, dict) else {leaf.name: value.data}
        if leaf.kind is Kind.CHOICE and leaf.name == "stage" and "stage" not in parts:
            self.draft.tell(
                Severity.ERROR,
                "value-unreadable",
                f"«{cell_text(one.cell)}» ไม่ได้บอกว่าโครงการอยู่ในสถานะใด (คอลัมน์ «{one.column.heading}»)",
                path=f"{item.path}.stage",
                sheet=self.sheet,
                cell=one.cell,
            )
        for name, data in parts.items():
            if name == leaf.name or leaf.kind is Kind.PERIOD or item.data.get(name) is None:
                self._merge(item, one, name, data)
                self.draft.prove(f"{item.path}.{name}".lstrip("."), strength, self.sheet, one.cell)

    def _merge(self, item: Item, one: Found, name: str, data: Any) -> None:
        """Set a value; a continued text is joined, a contradicting value is reported and the first kept."""
        old = item.data.get(name)
        if old is None or (leaf_is_companion := one.column.leaf.name != name):
            item.data[name] = data
        elif old == data or fold(str(old)) == fold(str(data)) or leaf_is_companion:
            return
        elif one.column.leaf.kind is Kind.TEXT and item.path:
            item.data[name] = f"{old} {data}"
        else:
            self.draft.tell(
                Severity.WARNING,
                "value-unreadable",
                f"คอลัมน์ «{one.column.heading}» ของรายการเดียวกันมีค่าไม่ตรงกัน ({old} และ {data}) ระบบใช้ค่าแรก",
                path=f"{item.path}.{name}".lstrip("."),
                sheet=self.sheet,
                cell=one.cell,
            )

    def _nameless(self, own: Sequence[Found]) -> None:
        """A row with figures but without code and name above which no project is open."""
        first = min((one.cell for one in own if not one.inherited), key=lambda cell: cell.col)
        self.draft.tell(
            Severity.ERROR,
            "required-missing",
            f"แถว {first.row} มีข้อมูลแต่ไม่มีรหัสและชื่อโครงการ ระบบจึงไม่ได้อ่านแถวนี้",
            sheet=self.sheet,
            cell=first,
        )

    def _fill_blanks(self) -> None:
        """Empty amounts of a row are a statement: nothing."""
        for column in self.layout.columns:
            leaf = column.leaf
            if leaf.kind is Kind.MONEY and leaf.name in BLANK_IS_ZERO and leaf.lists:
                for item in self.items:
                    if item.path.count(".") == 1 and leaf.level == "rows":
                        item.data.setdefault(leaf.name, "0.00")
