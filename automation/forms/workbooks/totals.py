"""Sums that a table states: never read as data, understood where they add up, told where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from automation.forms.workbooks.draft import Draft
from automation.forms.workbooks.headings import Column
from automation.forms.workbooks.items import Found
from automation.forms.workbooks.schema import Kind
from automation.forms.workbooks.values import ABSURD, CENT
from automation.model import Severity
from automation.office.sheets import Sheet, SheetCell
from automation.thai.money import format_baht, parse_baht

_ROUNDED = Decimal("0.005")
"""What rounding to two decimals of thousands or millions may take from each amount."""
_NOTHING = Decimal(0)
_DERIVED = "remaining"
"""An amount that follows from others: where it is wrong in a row, that row is told of."""


@dataclass(slots=True)
class Part:
    """The amounts of the rows between two sums, by column (a key of its field); None once one is unknown."""

    amounts: dict[str, Decimal | None] = field(default_factory=dict)
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Stated:
    """A row of sums: where it stands, whether it is called a total, and its amounts with their cells."""

    sheet: Sheet
    cells: tuple[SheetCell, ...]
    total: bool
    amounts: Mapping[str, tuple[Decimal, SheetCell, Column]]
    before: int
    """Parts that stand above it."""


@dataclass(slots=True)
class Sums:
    """What all tables of a file state, in order."""

    parts: list[Part] = field(default_factory=lambda: [Part()])
    stated: list[Stated] = field(default_factory=list)
    scale: Decimal = Decimal(1)
    """Baht for the largest unit of a column."""

    def add(self, found: Sequence[Found]) -> None:
        """Count the amounts of one row of data."""
        part = self.parts[-1]
        part.rows += 1
        for one in found:
            if one.column.leaf.kind is Kind.MONEY and one.states:
                key = _key(one.column)
                before = part.amounts.get(key, _NOTHING)
                unknown = one.value.data is None or before is None
                part.amounts[key] = None if unknown else (before or _NOTHING) + Decimal(one.value.data)

    def state(
        self,
        sheet: Sheet,
        cells: Sequence[SheetCell],
        columns: Mapping[int, tuple[Column, Decimal]],
        *,
        total: bool,
    ) -> None:
        """Keep a row of sums for the end; `columns`: money column → its field and baht for one unit."""
        amounts: dict[str, tuple[Decimal, SheetCell, Column]] = {}
        for cell in cells:
            column, scale = columns.get(cell.col, (None, Decimal(1)))
            amount = amount_of(cell) if column else None
            if column and amount is not None:
                amounts[_key(column)] = ((amount * scale).quantize(CENT), cell, column)
                self.scale = max(self.scale, scale)
        if self.parts[-1].rows:
            self.parts.append(Part())
        self.stated.append(Stated(sheet, tuple(cells), total, amounts, len(self.parts) - 1))

    def settle(self, draft: Draft) -> None:
        """Mark the sums that add up as understood, and report those that do not."""
        wrong = {id(row): [key for key in row.amounts if not self._adds_up(row, key)] for row in self.stated}
        proven = {key for row in self.stated for key in row.amounts if key not in wrong[id(row)]}
        for row in self.stated:
            faults = wrong[id(row)]
            if row.amounts and not faults:
                draft.use(row.sheet, *row.cells)
            sure = len(faults) < len(row.amounts) or (row.total and proven.issuperset(faults))
            alone = row.total and len(self.stated) == 1 and not row.sheet.hidden_rows
            for key in faults if sure or alone else ():
                if row.amounts[key][2].leaf.name != _DERIVED:
                    self._tell(row, key, draft)

    def _tell(self, row: Stated, key: str, draft: Draft) -> None:
        amount, cell, column = row.amounts[key]
        every = [part.amounts.get(key, _NOTHING) for part in self.parts]
        if None in every or not any(every):
            return
        whole = sum((one for one in every if one is not None), _NOTHING)
        message = (
            f"ยอดรวมของคอลัมน์ «{column.heading}» เป็น {format_baht(amount)} บาท ไม่เท่ากับผลรวมของแถวในตาราง "
            f"(ทั้งตารางรวม {format_baht(whole)} บาท) โปรดตรวจสอบ"
        )
        draft.tell(
            Severity.WARNING,
            "budget-total-mismatch",
            message,
            path=column.leaf.path,
            sheet=row.sheet,
            cell=cell,
        )

    def _adds_up(self, row: Stated, key: str) -> bool:
        """Whether an amount is the sum of some parts next to its row, above or below, or of all of them."""
        amount = row.amounts[key][0]
        near = _ROUNDED * self.scale * sum(part.rows for part in self.parts) if self.scale > 1 else CENT
        return any(abs(amount - one) <= near for one in self._sums(row.before, key))

    def _sums(self, at: int, key: str) -> Iterator[Decimal]:
        amounts = [part.amounts.get(key, _NOTHING) or _NOTHING for part in self.parts]
        yield sum(amounts, _NOTHING)
        for first in range(at):
            yield sum(amounts[first:at], _NOTHING)
        for last in range(at, len(amounts)):
            yield sum(amounts[at : last + 1], _NOTHING)


def _key(column: Column) -> str:
    return f"{column.leaf.path} {column.key}"


def amount_of(cell: SheetCell) -> Decimal | None:
    """The amount that a cell states as it stands, without its unit; None where it states none."""
    try:
        amount = parse_baht(cell.value) if isinstance(cell.value, str) else cell.value
    except ValueError:
        return None
    return amount if isinstance(amount, Decimal) and abs(amount) < ABSURD else None
