"""Totals of a table: never read as data, but recognised where they are the sum of the rows above them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from automation.forms.workbooks.items import Found
from automation.forms.workbooks.schema import Kind
from automation.forms.workbooks.values import ABSURD, CENT
from automation.office.sheets import SheetCell
from automation.thai.money import parse_baht


class Totals:
    """Running sums of the money columns: of the whole table, and since the last total."""

    def __init__(self, scales: Mapping[int, Decimal]) -> None:
        """`scales`: money column → baht for one unit."""
        self.scales = scales
        self.whole: dict[int, Decimal] = {}
        self.since: dict[int, Decimal] = {}

    def add(self, found: Sequence[Found]) -> None:
        """Count the amounts of one row."""
        for one in found:
            if one.column.leaf.kind is Kind.MONEY and one.states and one.value.data is not None:
                amount = Decimal(one.value.data)
                for sums in (self.whole, self.since):
                    sums[one.column.col] = sums.get(one.column.col, Decimal(0)) + amount

    def explains(self, cells: Sequence[SheetCell]) -> bool:
        """Whether every amount of a total row is the sum of its column, then counting starts anew."""
        amounts = [
            (cell.col, (amount * self.scales[cell.col]).quantize(CENT))
            for cell in cells
            if cell.col in self.scales and (amount := amount_of(cell)) is not None
        ]
        right = bool(amounts) and all(
            amount in (self.whole.get(col, 0), self.since.get(col, 0)) for col, amount in amounts
        )
        self.since = {}
        return right


def amount_of(cell: SheetCell) -> Decimal | None:
    """The amount that a cell states as it stands, without its unit; None where it states none."""
    try:
        amount = parse_baht(cell.value) if isinstance(cell.value, str) else cell.value
    except ValueError:
        return None
    return amount if isinstance(amount, Decimal) and abs(amount) < ABSURD else None
