"""Spending with a column a quarter or month: what was spent in the round, and up to its end.

A report tells its spending up to the end of the round (contract: `spent` is cumulative). Where no column
says so, the columns of the periods from October to the end of the round add up to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from automation.forms.workbooks.headings import Column
from automation.forms.workbooks.items import Item
from automation.forms.workbooks.rounds import months_of

ROUND, UNTIL = "spent_round", "spent"
_SHORT_ROUNDS = (1, 3)
"""Months of the rounds whose own spending is told apart from that of the whole time."""


class Periods:
    """The columns of one table that hold one period of spending each, and what they say of each project."""

    def __init__(self, columns: Sequence[Column], period: str) -> None:
        """`period`: the round as `period_key` writes it."""
        months = months_of(period)
        ours = [column for column in columns if column.leaf.name == ROUND and column.key]
        told = any(column.leaf.name == UNTIL for column in columns)
        until = frozenset(range(max(months, default=-1) + 1))
        self.until = frozenset() if told else _adding_up(ours, until)
        self.inside = _adding_up(ours, months) if len(months) in _SHORT_ROUNDS else frozenset[int]()
        self.amounts: dict[str, dict[int, Decimal | None]] = {}

    @property
    def columns(self) -> frozenset[int]:
        """The columns that are to be read."""
        return self.until | self.inside

    def told_by(self, col: int) -> tuple[str, ...]:
        """The fields that a column adds to."""
        return tuple(name for name, columns in self._fields() if col in columns)

    def _fields(self) -> tuple[tuple[str, frozenset[int]], ...]:
        return (ROUND, self.inside), (UNTIL, self.until)

    def add(self, item: Item, col: int, amount: str | None) -> None:
        """Keep what a cell says; None where it cannot be understood."""
        self.amounts.setdefault(item.path, {})[col] = None if amount is None else Decimal(amount)

    def sums(self, item: Item) -> dict[str, str]:
        """Field → baht, for the fields that the columns add up to; an empty cell is nothing spent."""
        own = self.amounts.get(item.path, {})
        found: dict[str, str] = {}
        for name, columns in self._fields():
            amounts = [own.get(col, Decimal(0)) for col in columns]
            if amounts and None not in amounts:
                found[name] = f"{sum(amount for amount in amounts if amount is not None):.2f}"
        return found


def _adding_up(columns: Sequence[Column], whole: frozenset[int]) -> frozenset[int]:
    """The columns whose periods together are some months, none of them twice; empty where they are not.

    Quarters may stand beside their months: one kind at a time is tried then.
    """
    inside = {column.col: column.key for column in columns if months_of(column.key) <= whole}
    kinds = {key.partition("-")[0] for key in inside.values()}
    for kind in (*sorted(kinds), ""):
        own = [col for col, key in inside.items() if key.startswith(kind)]
        months = [month for col in own for month in months_of(inside[col])]
        if own and sorted(months) == sorted(whole):
            return frozenset(own)
    return frozenset()
