"""Tables over the months or quarters of the year: when activities run, and the plan of spending."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from automation.forms.fields_lines import months_of
from automation.forms.fields_money import amount_of
from automation.forms.ledger import Ledger
from automation.forms.tables import Region
from automation.forms.tables_rows import assign, head_used, rows_of
from automation.forms.wording import clean, key, without_number
from automation.model import Activity
from automation.office.blocks import Cell
from automation.thai.fiscal import MONTH_ORDER, QUARTERS
from automation.thai.text import is_blank

_SHARE = re.compile(r"ร้อยละ|%|สัดส่วน|น้ำหนัก")
"""A heading of percentages."""
_PLAN_ROW = (
    "แผนการใช้จ่าย",
    "แผนการเบิกจ่าย",
    "แผนการใช้เงิน",
    "งบประมาณ",
    "แผนใช้จ่าย",
    "จำนวนเงิน",
    "แผนเบิกจ่าย",
    "การใช้จ่าย",
    "เป็นเงิน",
)


@dataclass(slots=True)
class Plan:
    """Spending by month or quarter, as far as the tables state it, in baht."""

    months: dict[int, Decimal] = field(default_factory=dict)
    quarters: dict[int, Decimal] = field(default_factory=dict)
    bad: list[Cell] = field(default_factory=list)

    def merge(self, other: Plan) -> None:
        """Take what another table of the same plan says."""
        for month, amount in other.months.items():
            self.months.setdefault(month, amount)
        for quarter, amount in other.quarters.items():
            self.quarters.setdefault(quarter, amount)
        self.bad += other.bad

    def multiply(self, scale: int) -> None:
        """Count each amount `scale` times: a table in thousands of baht."""
        for amounts in (self.months, self.quarters):
            amounts.update({period: amount * scale for period, amount in amounts.items()})

    def all_months(self) -> Mapping[int, Decimal] | None:
        """The twelve months in the order of the fiscal year, None where no month is stated."""
        return {month: self.months.get(month, Decimal(0)) for month in MONTH_ORDER} if self.months else None

    def all_quarters(self) -> Mapping[int, Decimal] | None:
        """The four quarters, None where none is stated or the months say it finer."""
        if not self.quarters or self.months:
            return None
        return {quarter: self.quarters.get(quarter, Decimal(0)) for quarter in QUARTERS}


def activities_in(region: Region, ledger: Ledger) -> tuple[list[Activity], Plan]:
    """Activities of a table, and the spending plan that a row of it may state."""
    if not region.periods:
        return _worded(region, ledger), Plan()
    names = assign(region.leaves.get("activities", {}))
    name_col = next((col for col, leaf in names.items() if leaf == "name"), _first_text_column(region))
    head_used(region, ledger)
    found: list[Activity] = []
    plan = Plan()
    for row in range(region.body, region.stop):
        cell = region.grid.at(row, name_col)
        name = without_number(clean(cell.text)) if cell is not None else ""
        cells = _period_cells(region, row)
        _use_index(region, row, ledger)
        if is_blank(name) or cell is None or cell.col_span >= region.grid.cols - 1:
            continue
        ledger.use_cell(cell)
        if key(name).startswith(("รวม", *_PLAN_ROW)) and not _marks(cells, cell):
            if _money(cells):
                plan.merge(_amounts(region, cells, ledger))
            continue
        for other in cells:
            ledger.use_cell(other)
        active = {
            month
            for col, other in _by_column(region, row).items()
            if _filled(other, cell)
            for month in _named(other, region.periods[col])
        }
        months = tuple(month for month in MONTH_ORDER if month in active)
        found.append(Activity(name=name, months=months or _beside(region, row, names, ledger)))
    return found, plan


def joined(first: Sequence[Activity], second: Sequence[Activity]) -> tuple[Activity, ...]:
    """The activities of two tables, one the other's continuation: by rows, or the same by further months."""
    rest = {activity.name: activity.months for activity in second}
    found = []
    for activity in first:
        months = {*activity.months, *rest.pop(activity.name, ())}
        found.append(replace(activity, months=tuple(month for month in MONTH_ORDER if month in months)))
    return (*found, *(activity for activity in second if activity.name in rest))


def _worded(region: Region, ledger: Ledger) -> list[Activity]:
    found: list[Activity] = []
    for row in rows_of(region, "activities", ledger):
        name = row.text("name")
        if row.band or row.sum or not name:
            continue
        months = months_of(row.text("period") or "")
        start, end = row.text("start"), row.text("end")
        if not months and (start or end):
            months = _between(months_of(start or end or ""), months_of(end or start or ""))
        found.append(Activity(name=without_number(name), months=months))
    return found


def _between(first: tuple[int, ...], last: tuple[int, ...]) -> tuple[int, ...]:
    if not first or not last:
        return first or last
    start, end = MONTH_ORDER.index(first[0]), MONTH_ORDER.index(last[-1])
    return tuple(MONTH_ORDER[start : end + 1]) if start <= end else first


def _beside(region: Region, row: int, names: Mapping[int, str], ledger: Ledger) -> tuple[int, ...]:
    """The months of a row whose month cells are empty, from a column in words."""
    for col, leaf in names.items():
        cell = region.grid.at(row, col) if leaf == "period" else None
        if cell is not None:
            ledger.use_cell(cell)
            return months_of(cell.text)
    return ()


def _first_text_column(region: Region) -> int:
    for col in range(region.grid.cols):
        cells = [region.grid.at(row, col) for row in range(region.body, region.stop)]
        if col not in region.periods and any(cell is not None and len(key(cell.text)) > 3 for cell in cells):
            return col
    return 0


def _by_column(region: Region, row: int) -> dict[int, Cell]:
    found: dict[int, Cell] = {}
    for col in region.periods:
        cell = region.grid.at(row, col)
        if cell is not None:
            found[col] = cell
    return found


def _period_cells(region: Region, row: int) -> list[Cell]:
    return list({id(cell): cell for cell in _by_column(region, row).values()}.values())


def _filled(cell: Cell, name: Cell) -> bool:
    """Whether a month cell is marked: by a sign, an arrow, an amount or a shade of its own."""
    if not is_blank(cell.text) or any(sign in cell.text for sign in "─━—←→↔◄►<>"):
        return clean(cell.text) not in ("0", "๐")
    return bool(cell.shade) and cell.shade != name.shade


def _named(cell: Cell, period: tuple[int, ...]) -> tuple[int, ...]:
    """The months of a column that a cell marks: those it names itself, else all of them."""
    said = months_of(cell.text) if len(period) > 1 else ()
    return said if said and set(said) <= set(period) else period


def _marks(cells: list[Cell], name: Cell) -> bool:
    filled = [cell for cell in cells if _filled(cell, name)]
    return any(not _amount(cell) for cell in filled)


def _money(cells: list[Cell]) -> bool:
    return any(_amount(cell) for cell in cells)


def _amount(cell: Cell) -> Decimal | None:
    try:
        return amount_of(cell.text)
    except ValueError:
        return None


def _use_index(region: Region, row: int, ledger: Ledger) -> None:
    cell = region.grid.at(row, 0)
    if cell is not None and key(cell.text).isdigit() and len(key(cell.text)) <= 2:
        ledger.use_cell(cell)


def plan_in(region: Region, ledger: Ledger) -> Plan:
    """The spending plan of a table: its sum row, else its only row, else the rows added up."""
    head_used(region, ledger)
    if region.turned:
        return _turned_plan(region, ledger)
    rows = [
        row
        for row in range(region.body, region.stop)
        if (_money(_period_cells(region, row)) or _zeroes(region, row))
        and not _SHARE.match(_row_label(region, row))
    ]
    if not rows:
        return Plan()
    sums = [row for row in rows if _row_label(region, row).startswith(("รวม", "ทั้งสิ้น", "ยอดรวม"))]
    sums = [
        row
        for row in sums
        if all(_states(cell) or is_blank(cell.text) for cell in _period_cells(region, row))
    ]
    rows = [row for row in rows if row in sums or not _row_label(region, row).startswith("รวม")] or rows
    planned = [row for row in rows if _row_label(region, row).startswith("แผน")]
    chosen = sums[-1:] or planned[:1] or rows
    plan = Plan()
    for row in range(region.body, region.stop):
        ledger.use_rows(region, row, row + 1)
    for row in chosen:
        _add(plan, _amounts(region, _period_cells(region, row), ledger))
    return plan


def _zeroes(region: Region, row: int) -> bool:
    return (
        bool(_row_label(region, row)) and all(clean(cell.text) == "-" for cell in _period_cells(region, row))
    ) or (
        all(clean(cell.text) in ("-", "–") for cell in _period_cells(region, row))
        and bool(_period_cells(region, row))
    )


def _row_label(region: Region, row: int) -> str:
    for cell in region.grid.row(row):
        words = key(cell.text)
        if (
            not is_blank(cell.text)
            and not words.isdigit()
            and (cell.col not in region.periods or words.startswith("รวม"))
        ):
            return words
    return ""


def _amounts(region: Region, cells: list[Cell], ledger: Ledger) -> Plan:
    plan = Plan()
    for cell in cells:
        ledger.use_cell(cell)
        try:
            amount = amount_of(cell.text)
        except ValueError:
            plan.bad.append(cell)
            continue
        if amount is not None:
            set_amount(plan, region.periods[cell.col], amount)
    return plan


def set_amount(plan: Plan, months: tuple[int, ...], amount: Decimal) -> None:
    """Put an amount at its month, or at its quarter where the months are those of one."""
    if len(months) == 1:
        plan.months[months[0]] = amount
    for quarter, inside in QUARTERS.items():
        if months == tuple(inside):
            plan.quarters[quarter] = amount


def _add(plan: Plan, other: Plan) -> None:
    for month, amount in other.months.items():
        plan.months[month] = plan.months.get(month, Decimal(0)) + amount
    for quarter, amount in other.quarters.items():
        plan.quarters[quarter] = plan.quarters.get(quarter, Decimal(0)) + amount
    plan.bad += other.bad


def _turned_plan(region: Region, ledger: Ledger) -> Plan:
    """Months or quarters downwards: the column that holds most amounts."""
    grid = region.grid
    scores = {
        col: sum(1 for row in region.periods if (cell := grid.at(row, col)) is not None and _states(cell))
        for col in range(region.lead + 1, grid.cols)
        if not _is_share(grid.at(region.start, col))
    }
    best = max(scores, key=lambda col: scores[col], default=0)
    plan = Plan()
    if not scores.get(best):
        return plan
    for row, months in region.periods.items():
        cell = grid.at(row, best)
        if cell is None:
            continue
        ledger.use_cell(cell)
        try:
            amount = amount_of(cell.text)
        except ValueError:
            plan.bad.append(cell)
            continue
        if amount is not None:
            set_amount(plan, months, amount)
    for row in range(region.start, region.stop):
        if row not in region.periods:
            ledger.use_rows(region, row, row + 1)
        elif region.lead and (year := grid.at(row, 0)) is not None:
            ledger.use_cell(year)
    return plan


def _is_share(cell: Cell | None) -> bool:
    """Whether a heading is one of percentages."""
    return cell is not None and _SHARE.search(cell.text) is not None


def _states(cell: Cell) -> bool:
    try:
        return amount_of(cell.text) is not None
    except ValueError:
        return False
