"""Cells with their columns into the nested lists of the record, and what could not be understood said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from automation.forms.workbooks.draft import Draft
from automation.forms.workbooks.headings import Column, Layout
from automation.forms.workbooks.items import Found, Item, Items
from automation.forms.workbooks.lines import Raw
from automation.forms.workbooks.periods import Periods
from automation.forms.workbooks.rowkinds import label_pattern
from automation.forms.workbooks.schema import KEYS, Kind
from automation.forms.workbooks.senses import Rows, column_senses
from automation.forms.workbooks.side_tables import NUMBER
from automation.forms.workbooks.texts import match_key
from automation.forms.workbooks.totals import Sums
from automation.forms.workbooks.values import Sense, Understood, Unreadable, cell_text, understand
from automation.model import Severity, Strength
from automation.office.sheets import SheetCell
from automation.thai.digits import to_arabic

BLANK_IS_ZERO = frozenset({"requested", "allocated", "committed", "spent_round", "spent"})
"""Amounts of a plan or report: an empty cell states 0.00. `remaining` is a result, not a statement."""
_NOTHING = Understood(None)
_CODE = r"(?P<code>(?=[^\s()]*[0-9๐-๙])(?=[^\s()]*-)[A-Za-zก-ฮ0-9๐-๙./-]{4,20})"
_SPACED_CODE = r"(?P<code>[A-Za-zก-ฮ.]{0,8}[\s-]?[0-9๐-๙]{1,4}(?:[/-][A-Za-zก-ฮ0-9๐-๙]{1,6}){1,3})"
_CODED_NAME = re.compile(rf"[(\[]?{_CODE}[)\]]?\s*[\s:–-]\s*(?P<name>[^\s0-9].+)")
_NAME_CODED = re.compile(rf"(?P<name>.+?)\s*[(\[](?:รหัส(?:โครงการ)?\s*:?\s*)?{_SPACED_CODE}[)\]]")


_MEASURE = re.compile(
    r"(?P<number>[0-9๐-๙][0-9๐-๙,]*(?:\.[0-9๐-๙]+)?)\s*(?P<unit>[ก-๛][ก-๛ /]{0,30})|"
    r"ร้อยละ\s*(?P<share>[0-9๐-๙][0-9๐-๙,]*(?:\.[0-9๐-๙]+)?)"
)


class Writer:
    """Puts what a table or a sheet of one project says into the draft."""

    def __init__(
        self, layout: Layout, rows: Rows, sense: Sense, front_unit: str, draft: Draft, sums: Sums
    ) -> None:
        self.layout, self.draft, self.sheet = layout, draft, layout.sheet
        self.periods = Periods(layout.columns, sense.period)
        self.columns = tuple(column for column in layout.columns if self._speaks(column, sense))
        self.carried: dict[str, tuple[str, SheetCell]] = {}
        """What a band says of the rows below it: value and place."""
        self.senses = column_senses(layout, rows, sense, front_unit)
        levels = sorted({level for column in self.columns for level in column.leaf.lists}, key=len)
        self.sums = sums
        self.money = {
            column.col: (column, self.senses[column.col].scale)
            for column in self.columns
            if column.leaf.kind is Kind.MONEY
        }
        self.labels = label_pattern(layout.words.below)
        below = set(layout.words.below.values())
        self.labelled = frozenset(column.col for column in self.columns if column.leaf in below)
        self.items = Items(draft.data, levels, layout.words.bands.keys())

    def _speaks(self, column: Column, sense: Sense) -> bool:
        """Whether a column is to be read: of several for one period each only those that the round needs."""
        if column.leaf.kind in (Kind.CHOICE, Kind.BY_YEAR) or column.key in ("", NUMBER, sense.period):
            return True
        return column.col in self.periods.columns

    def finish(self) -> None:
        """After the last row: what follows from the values themselves."""
        for item in self.items.all:
            if item.path.startswith("rows.") and item.path.count(".") == 1:
                for name, amount in self.periods.sums(item).items():
                    item.data.setdefault(name, amount)
        self._fill_blanks()
        for item in self.items.all:
            self._code_from_name(item)
            self._unit_from_measure(item)

    def part(self, row: int, cells: Sequence[Raw]) -> None:
        """One indicator's share of a row, or the whole row."""
        found: dict[str, list[Found]] = {}
        for raw in cells:
            for piece in self._numbered(raw):
                found.setdefault(piece.column.leaf.level, []).append(self._understood(piece))
        self.sums.add([one for own in found.values() for one in own])
        for level, item in self.items.of_row(row, found).items():
            own = found.get(level, [])
            if item is not None:
                for one in own:
                    self._put(item, one)
                self._carry(item)
            elif len([one for one in own if one.states]) > 1:
                self._nameless(own)

    def _numbered(self, raw: Raw) -> Iterator[Raw]:
        """A cell of a plan with number and name (`เป้าประสงค์ที่ ๑.๑ …`) as one cell of each."""
        column = raw.column
        parts_of = tuple(self._labelled(raw))
        if parts_of:
            yield from parts_of
            return
        band = self.layout.words.bands.get(column.leaf.level)
        parts = band.numbered(cell_text(raw.cell)) if band and column.leaf == band.name else None
        if band is None or parts is None:
            yield raw
            return
        if band.no.path not in self.layout.paths:
            yield replace(raw, column=replace(column, leaf=band.no), cell=replace(raw.cell, value=parts[0]))
        yield replace(raw, cell=replace(raw.cell, value=parts[1]))

    def _labelled(self, raw: Raw) -> Iterator[Raw]:
        """A cell that names its parts (`ปัญหา: … ข้อเสนอแนะ: …`) as a cell of each; else nothing."""
        labels, words = self.labels, self.layout.words
        text = raw.cell.value
        if labels is None or not isinstance(text, str) or raw.column.col not in self.labelled:
            return
        text = cell_text(raw.cell)
        found = list(labels.finditer(text))
        if not found or found[0].start() > 0:
            return
        for match, end in zip(found, [*(one.start() for one in found[1:]), len(text)], strict=True):
            leaf = words.below[match[1]]
            own = next((column for column in self.columns if column.leaf == leaf), raw.column)
            column = replace(own, leaf=leaf, col=raw.column.col)
            yield replace(raw, column=column, cell=replace(raw.cell, value=text[match.end() : end].strip()))

    def _carry(self, item: Item) -> None:
        """Give a new row what the band above it says."""
        for name, (value, cell) in self.carried.items():
            if item.path.count(".") == 1 and name not in item.data:
                item.data[name] = value
                self.draft.prove(item.field_path(name), Strength.LABEL, self.sheet, cell)

    def _understood(self, raw: Raw) -> Found:
        column, cell = raw.column, raw.cell
        if cell.error or cell.uncached:
            return Found(column, cell, _NOTHING, inherited=raw.inherited)
        try:
            value = understand(cell, column.leaf, self.senses[column.col])
        except Unreadable as fault:
            return Found(column, cell, _NOTHING, fault=fault, inherited=raw.inherited)
        return Found(column, cell, value, inherited=raw.inherited)

    def _put(self, item: Item, one: Found) -> None:
        """Write one cell's value into its item, or say why there is none."""
        if one.inherited and not self._reaches(item, one):
            return
        path = item.field_path(one.name)
        self.draft.use(self.sheet, one.cell)
        fault = self._fault(one)
        if one.column.col in self.periods.columns:
            self.periods.add(item, one.column.col, None if fault else one.value.data or "0")
            for name in self.periods.told_by(one.column.col):
                self.draft.prove(item.field_path(name), one.column.strength, self.sheet, one.cell)
            if fault is None:
                return
        if fault is not None:
            rule, message = fault
            if one.column.leaf.kind is not Kind.PERIOD:
                item.data.setdefault(one.name, None)
            self.draft.tell(Severity.ERROR, rule, message, path=path, sheet=self.sheet, cell=one.cell)
        elif one.value.data is not None:
            if one.value.doubt:
                severity = Severity.NOTE if one.value.certain else Severity.WARNING
                rule, doubt = one.value.rule, one.value.doubt
                self.draft.tell(severity, rule, doubt, path=path, sheet=self.sheet, cell=one.cell)
            self._store(item, one)

    @staticmethod
    def _reaches(item: Item, one: Found) -> bool:
        """Whether a merge over several items says something of this one: words do, shared money does not."""
        if one.cell.row >= item.row or one.name in KEYS:
            return False
        if one.column.leaf.kind in (Kind.MONEY, Kind.PERCENT):
            item.data.setdefault(one.name, None)
            return False
        return True

    @staticmethod
    def _fault(one: Found) -> tuple[str, str] | None:
        """Rule and Thai message of a cell without a usable value; it stays unknown, never zero."""
        heading, cell = one.column.heading, one.cell
        if cell.error:
            return "cell-error", f"ช่อง «{heading}» แสดงค่าผิดพลาด {cell.error} กรุณาแก้สูตรแล้วส่งใหม่"
        if cell.uncached:
            message = f"ช่อง «{heading}» เป็นสูตรที่ยังไม่มีผลลัพธ์ กรุณาเปิดใน Excel กดบันทึก แล้วส่งใหม่"
            return "formula-uncached", message
        return (one.fault.rule, f"{one.fault} (คอลัมน์ «{heading}»)") if one.fault else None

    def _store(self, item: Item, one: Found) -> None:
        data, leaf, strength = one.value.data, one.column.leaf, one.column.strength
        if leaf.kind is Kind.BY_YEAR:
            item.data.setdefault(leaf.name, {})[one.column.key] = data
            path = item.field_path(f"{leaf.name}.{one.column.key}")
            self.draft.prove(path, strength, self.sheet, one.cell)
            return
        parts: Mapping[str, Any] = data if isinstance(data, dict) else {leaf.name: data}
        if leaf.name == "stage" and "stage" not in parts:
            self._no_stage(item, one)
        for name, part in parts.items():
            borrowed = name != leaf.name and leaf.kind is Kind.CHOICE
            if item.data.get(name) is None or (name in item.borrowed and not borrowed):
                item.data[name] = part
                self.draft.prove(item.field_path(name), strength, self.sheet, one.cell, anew=not borrowed)
                (item.borrowed.add if borrowed else item.borrowed.discard)(name)
            elif not borrowed:
                self._again(item, one, name, part)

    def _again(self, item: Item, one: Found, name: str, data: Any) -> None:
        """A second value of one field: a continued text is joined, a contradiction reported.

        What a column says of the whole record (its bureau) against the title stays unread.
        """
        old = item.data[name]
        if old == data or match_key(str(old)) == match_key(str(data)):
            return
        if not item.path:
            self.draft.used.discard((self.sheet.name, one.cell.row, one.cell.col))
            return
        if one.column.leaf.kind is Kind.TEXT:
            item.data[name] = f"{old} {data}"
            return
        message = (
            f"คอลัมน์ «{one.column.heading}» ของรายการเดียวกันมีค่าไม่ตรงกัน ({old} และ {cell_text(one.cell)}) "
            "ระบบใช้ค่าแรก"
        )
        path = item.field_path(name)
        self.draft.tell(
            Severity.WARNING, "value-unreadable", message, path=path, sheet=self.sheet, cell=one.cell
        )

    def _no_stage(self, item: Item, one: Found) -> None:
        message = f"«{cell_text(one.cell)}» ไม่ได้บอกว่าโครงการอยู่ในสถานะใด (คอลัมน์ «{one.column.heading}»)"
        path = item.field_path("stage")
        self.draft.tell(
            Severity.ERROR, "value-unreadable", message, path=path, sheet=self.sheet, cell=one.cell
        )

    def _nameless(self, own: Sequence[Found]) -> None:
        """A row with figures but no code and name, and no project above that it could go on with."""
        first = min((one.cell for one in own if one.states), key=lambda cell: cell.col)
        message = f"แถว {first.row} มีข้อมูลแต่ไม่มีรหัสและชื่อโครงการ ระบบจึงไม่ได้อ่านแถวนี้"
        self.draft.tell(Severity.ERROR, "required-missing", message, sheet=self.sheet, cell=first)

    def _code_from_name(self, item: Item) -> None:
        """`70-กม-01 โครงการ…` or `โครงการ… (70-กม-01)` typed into one column."""
        data = item.data
        if (
            not item.path.startswith("rows.")
            or item.path.count(".") > 1
            or (data.get("code") and data.get("name"))
        ):
            return
        text = str(data.get("name") or data.get("code") or "")
        found = _CODED_NAME.fullmatch(text) or _NAME_CODED.fullmatch(text)
        if found:
            known = item.field_path("name" if data.get("name") else "code")
            data["code"], data["name"] = to_arabic(found["code"]), found["name"]
            for name in ("code", "name"):
                self.draft.evidence.setdefault(item.field_path(name), self.draft.evidence[known])

    def _unit_from_measure(self, item: Item) -> None:
        """`12 ฉบับ` as the target of an indicator that has no unit yet."""
        if item.data.get("unit") or not {"target", "result"} & item.data.keys():
            return
        for name in ("target", "result"):
            found = _MEASURE.fullmatch(str(item.data.get(name) or ""))
            if found:
                item.data[name] = found["number"] or found["share"]
                if not item.data.get("unit"):
                    item.data["unit"] = found["unit"] or "ร้อยละ"
                    self.draft.evidence[item.field_path("unit")] = self.draft.evidence[item.field_path(name)]

    def _fill_blanks(self) -> None:
        """An empty amount of a row is a statement: nothing."""
        for column in self.columns:
            if column.leaf.name in BLANK_IS_ZERO and column.leaf.lists:
                for item in self.items.all:
                    if column.leaf.level == "rows" and item.path.count(".") == 1:
                        item.data.setdefault(column.leaf.name, "0.00")
