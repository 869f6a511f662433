"""Segments and tables of a project form about money: total, words, source, costs, spending plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from automation.forms import (
    fields_money,
    fields_ticks,
    tables_costs,
    tables_months,
)
from automation.forms.bind import Draft, first_block
from automation.forms.fields import text_of
from automation.forms.segments import Segment
from automation.forms.structure import Line
from automation.forms.tables import Region
from automation.forms.tables_months import Plan
from automation.forms.wording import clean, key, without_number
from automation.model import (
    BudgetLine,
)
from automation.thai.text import is_blank

_OF_YEAR = re.compile(
    r"(?<=ประจำปี)งบประมาณ(?:\s*พ\.?\s?ศ\.?)?\s*[0-9๐-๙]{4}$|\s*(?:(?<!ประจำ)ปี)?\s*พ\.?\s?ศ\.?\s*[0-9๐-๙]{4}$|\s*[0-9๐-๙]{4}$"
)
_UNIT_ALONE = re.compile(r"(?:จำนวน(?:เงิน)?)?[\s.…]*บาท(?:ถ้วน)?[\s().…]*")


def budget(draft: Draft, segment: Segment) -> None:
    """A sentence of money, its words and its source, and the cost lines that may follow."""
    costs: list[fields_money.CostLine] = []
    for line in _whole(segment.lines):
        money = fields_money.money_of(line.text)
        fresh = "budget.total" not in draft.values
        if fields_ticks.has_boxes(line.text) and source(draft, segment, line):
            continue
        listed = money.total is not None and bool(fields_money.spoken_costs(line.text, money.total))
        cost = None if listed else fields_money.cost_line(line.text)
        if (
            fresh
            and money.total is not None
            and (cost is None or cost.kind == "sum" or money.words or (not costs and _states_total(cost)))
        ):
            draft.put("budget.total", money.total, segment, line.place)
            cost = None
        elif cost is not None:
            costs.append(cost)
        took = draft.put("budget.total_text", money.words, segment, line.place)
        took = draft.put("budget.source", money.source, segment, line.place) or took
        if money.total is not None or took or cost is not None or fields_money.is_sum(line.text):
            draft.ledger.use(line)
    total = draft.values.get("budget.total")
    lines = fields_money.costs_of(costs)
    if not lines and total:
        lines = fields_money.spoken_costs(" ".join(line.text for line in segment.lines), total)
    draft.put("budget.lines", lines, segment)


def _whole(lines: Sequence[Line]) -> list[Line]:
    """The lines, a cost that goes on in the next line as one: `๑) ค่าวิทยากร` above `๒ คน x … เป็นเงิน … บาท`."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last is None or line.number is not None or not _names_cost(last):
            found.append(line)
            continue
        joined = f"{last.text.rstrip()} {line.text.strip()}"
        cost = fields_money.cost_line(joined)
        if cost is None or cost.kind != "item":
            found.append(line)
            continue
        more = last.more if line.para is last.para else (*last.more, line.para)
        found[-1] = replace(last, text=joined, more=more)
    return found


def _names_cost(line: Line) -> bool:
    """Whether a line names a cost and leaves its amount to the next."""
    words = without_number(line.text)
    figures = any(letter.isdigit() for letter in words) or fields_money.cost_line(line.text)
    return not figures and (line.number is not None or words.startswith("ค่า"))


def _states_total(cost: fields_money.CostLine | None) -> bool:
    """`จำนวน ๖๕๐,๐๐๐ บาท` states the total; `ค่าวัสดุ ๕,๐๐๐ บาท` is a cost."""
    return cost is not None and (
        cost.kind != "item"
        or clean(cost.text).startswith(("จำนวน", "เงิน", "งบ", "วงเงิน", "เป็นเงิน", "รวม", "ขอ", "ใช้"))
    )


def total(draft: Draft, segment: Segment) -> None:
    """The label of the total: its amount, and what else its sentence says."""
    lines = first_block(segment.lines)
    text = text_of(lines)
    if text is None or _UNIT_ALONE.fullmatch(text):
        draft.use(lines)
        return
    budget(draft, segment)
    if "budget.total" not in draft.values:
        try:
            amount = fields_money.amount_of(text)
        except ValueError:
            draft.unreadable("budget.total", text, segment.lines[0].place)
            return
        if draft.put("budget.total", amount, segment):
            draft.use(lines)


def total_text(draft: Draft, segment: Segment) -> None:
    """The amount in words."""
    lines = first_block(segment.lines)
    text = text_of(lines)
    value = text.strip(" ()") if text else None
    if value is None or is_blank(value) or draft.put("budget.total_text", value, segment):
        draft.use(lines)
    _costs_behind(draft, segment, [line for line in segment.lines if line not in lines])


def source_segment(draft: Draft, segment: Segment) -> None:
    """The source of the money: ticked, or in words."""
    for line in segment.lines:
        if fields_ticks.has_boxes(line.text):
            source(draft, segment, line)
            continue
        named = fields_money.source_of(line.text)
        if draft.put("budget.source", _whole_source(line.text, named), segment, line.place):
            draft.ledger.use(line)
    _costs_behind(draft, segment, segment.lines[1:])


def _costs_behind(draft: Draft, segment: Segment, lines: list[Line]) -> None:
    """Cost lines that follow the last sub-label of the budget belong to the budget as a whole."""
    if "budget.lines" not in draft.values and any(fields_money.cost_line(line.text) for line in lines):
        budget(draft, Segment("budget", segment.label, segment.wording, segment.grade, [*lines]))


def _whole_source(text: str, named: str | None) -> str | None:
    """A line that is the source and nothing else is taken as it stands, without the year behind it."""
    plain = _OF_YEAR.sub("", clean(text)).strip(" :-")
    if is_blank(plain):
        return None
    return (
        plain
        if named is None or (len(plain) <= len(named) + 30 and not any(letter.isdigit() for letter in plain))
        else named
    )


def source(draft: Draft, segment: Segment, line: Line) -> bool:
    """The ticked source of a line; False when the line has no boxes."""
    ticked = fields_ticks.ticked_words(line.text)
    if ticked is None:
        return False
    if ticked:
        choice = draft.vocabulary.choice(ticked[0], ("budget.source",))
        draft.put(
            "budget.source",
            ticked[0]
            if choice is None or choice.value == "yes"
            else choice.label
            if key(choice.label) == key(ticked[0])
            else ticked[0],
            segment,
            line.place,
        )
    draft.ledger.use(line)
    return True


def costs(draft: Draft, segment: Segment) -> None:
    """Cost lines in paragraphs."""
    if "budget.lines" not in draft.values or "budget.total" not in draft.values:
        budget(draft, segment)


def cost_table(draft: Draft, segment: Segment, region: Region) -> None:
    """A table of costs."""
    lines, bad = tables_costs.costs_in(region, draft.ledger)
    scale = scale_in(draft, segment, region)
    lines = [replace(line, amount=line.amount * scale if line.amount else line.amount) for line in lines]
    earlier: tuple[BudgetLine, ...] = draft.values.get("budget.lines", ())
    if earlier and draft.values.get("budget.lines.segment") == id(segment):
        draft.values["budget.lines"] = earlier + tuple(lines)
    elif draft.put("budget.lines", tuple(lines), segment, region.place):
        draft.values["budget.lines.segment"] = id(segment)
    draft.bad_cells("budget.lines", bad)
    if scale == 1:
        for cell, said in tables_costs.false_products(region):
            draft.false_product(cell, said)
    summed = tables_costs.sum_in(region)
    if summed is not None:
        money, cell = summed
        money = replace(money, total=money.total * scale if money.total else money.total)
        parted = "sum" in draft.values and bool(earlier)
        draft.values["sum"] = None if parted else draft.values.get("sum", (money, cell, segment))


def scale_in(draft: Draft, segment: Segment, region: Region) -> int:
    """What an amount of a table counts for, by its headings, its label or a note above it (used)."""
    heads = [cell.text for row in range(region.start, max(region.body, 1)) for cell in region.grid.row(row)]
    notes = [line for line in segment.lines if fields_money.scale_of([line.text]) > 1]
    draft.use(notes)
    return fields_money.scale_of([*heads, segment.wording, *(line.text for line in notes)])


def total_of_table(draft: Draft) -> None:
    """A form that states its total only in the sum row of its costs; several tables sum up parts of them."""
    if "budget.total" in draft.values or draft.values.get("sum") is None:
        return
    money, cell, segment = draft.values["sum"]
    draft.put("budget.total", money.total, segment, cell.place)
    draft.put("budget.total_text", money.words, segment, cell.place)


def plan_table(draft: Draft, segment: Segment, region: Region) -> None:
    """A table of the spending plan."""
    plan = tables_months.plan_in(region, draft.ledger)
    plan.multiply(scale_in(draft, segment, region))
    merge_plan(draft, segment, region, plan)


def merge_plan(draft: Draft, segment: Segment, region: Region, found: Plan) -> None:
    """What a table says of the plan, joined with what others said."""
    plan: Plan = draft.values.setdefault("plan", Plan())
    plan.merge(found)
    draft.bad_cells("budget.months", found.bad)
    if plan.months:
        draft.put("budget.months", True, segment, region.place)
    elif plan.quarters:
        draft.put("budget.quarters", True, segment, region.place)


def plan_lines(draft: Draft, segment: Segment) -> None:
    """The spending plan in words."""
    plan: Plan = draft.values.setdefault("plan", Plan())
    found = fields_money.plan_of([line.text for line in segment.lines])
    if not found:
        return
    for months, amount in found:
        tables_months.set_amount(plan, months, amount)
    draft.put("budget.months" if plan.months else "budget.quarters", True, segment)
    draft.use(segment.lines)
