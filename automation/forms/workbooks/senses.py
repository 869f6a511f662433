"""How a whole column is to be read: its unit of money, percentages as fractions, dates beyond doubt."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from automation.forms.workbooks.dates import FIRST_BUDDHIST, plain_date
from automation.forms.workbooks.headings import Column, Layout, group_texts
from automation.forms.workbooks.schema import Kind
from automation.forms.workbooks.values import ABSURD, Sense, unit_scale
from automation.office.sheets import SheetCell
from automation.thai.digits import to_arabic

_RATIO_OF = {
    "spent_percent": ("spent", "allocated"),
    "percent": ("result", "target"),
}
"""Percentage → the two columns whose quotient it is."""

_ROUNDED = Decimal("0.0051")
"""What rounding to two decimals may take away."""

_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?")

Rows = Mapping[int, Sequence[SheetCell]]


def column_senses(layout: Layout, rows: Rows, sense: Sense, front_unit: str) -> dict[int, Sense]:
    """Column → its sense. `front_unit` is a unit stated above the table (`หน่วย : ล้านบาท`)."""
    cells: dict[int, list[SheetCell]] = {}
    for row in rows.values():
        for cell in row:
            cells.setdefault(cell.col, []).append(cell)
    groups = group_texts(layout)
    senses: dict[int, Sense] = {}
    for column in layout.columns:
        own = cells.get(column.col, [])
        if column.leaf.kind is Kind.MONEY:
            texts = (*reversed(column.texts), *groups[column.col], front_unit)
            scale = next((found for text in texts if (found := unit_scale(text)) is not None), Decimal(1))
            senses[column.col] = replace(sense, scale=scale)
        elif column.leaf.kind is Kind.PERCENT:
            senses[column.col] = replace(
                sense, fraction=_fraction(column, own, layout, rows), proven=column.leaf.name in _RATIO_OF
            )
        elif column.leaf.kind in (Kind.DATE, Kind.PERIOD):
            dates = (plain_date(c.value, fiscal_year=sense.fiscal_year, date1904=sense.date1904) for c in own)
            near = tuple(day for day in dates if day is not None)
            senses[column.col] = replace(sense, near=near, mixed=_mixed(own))
        else:
            senses[column.col] = (
                replace(sense, option=column.key) if column.leaf.kind is Kind.CHOICE else sense
            )
    return senses


def _mixed(cells: Sequence[SheetCell]) -> bool:
    """Whether some dates of a column hold years of one era and some of the other."""
    years = [cell.value.year for cell in cells if isinstance(cell.value, dt.date)]
    return any(year >= FIRST_BUDDHIST for year in years) and any(year < FIRST_BUDDHIST for year in years)


def _fraction(column: Column, cells: Sequence[SheetCell], layout: Layout, rows: Rows) -> bool:
    """Whether a column holds 0.85 for 85 % in cells without a number format, or as text.

    Where the quotient of two other columns can prove it, it decides; else no value may pass 1.
    """
    plain = (cell for cell in cells if isinstance(cell.value, str) or cell.format == "General")
    numbers = (_number(cell) for cell in plain)
    values = [number for number in numbers if number is not None and abs(number) < ABSURD]
    if not any(value % 1 for value in values):
        return False
    if column.leaf.name in _RATIO_OF:
        return _is_quotient(column, layout, rows)
    return max(values) <= 1 and len(values) > 1


def _number(cell: SheetCell) -> Decimal | None:
    """The number of a cell, also one that is kept as text; None where it is none."""
    if isinstance(cell.value, str):
        text = to_arabic(cell.value.strip()).replace(",", "")
        return Decimal(text) if _PLAIN.fullmatch(text) else None
    return cell.value if isinstance(cell.value, Decimal) else None


def _is_quotient(column: Column, layout: Layout, rows: Rows) -> bool:
    """Whether the values are the plain quotient of their row, not a hundred times it."""
    above, below = _RATIO_OF[column.leaf.name]
    cols = {c.leaf.name: c.col for c in layout.columns}
    plain = hundredfold = 0
    for row in rows.values():
        by_col = {cell.col: _number(cell) for cell in row}
        value, over, under = (by_col.get(col or 0) for col in (column.col, cols.get(above), cols.get(below)))
        if over is not None and under and value:
            plain += abs(value - over / under) <= _ROUNDED
            hundredfold += abs(value - 100 * over / under) <= _ROUNDED
    return plain > hundredfold
