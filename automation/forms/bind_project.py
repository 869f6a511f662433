"""The segments of a project form as a `Project`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from automation.forms import (
    fields_lines,
    fields_money,
    fields_people,
    fields_signatures,
    fields_ticks,
    tables_costs,
    tables_months,
    tables_rows,
)
from automation.forms.bind import Draft, Handler, RegionHandler, first_block, in_order
from automation.forms.fields import aligned, code_of, list_of, text_of, year_of
from automation.forms.fields_dates import date_of, month_alone, period_of_text
from automation.forms.segments import PREAMBLE, UNKNOWN, Segment, is_title
from automation.forms.structure import Line
from automation.forms.tables import Region, kind_of
from automation.forms.tables_months import Plan
from automation.forms.vocabulary import OTHER
from automation.forms.wording import clean, key
from automation.model import (
    Alignment,
    Approval,
    Budget,
    BudgetLine,
    Continuity,
    Flags,
    HistoryYear,
    Project,
    ProjectKind,
)
from automation.thai.months import UnclearDate
from automation.thai.text import is_blank

_OF_YEAR = re.compile(
    r"(?<=ประจำปี)งบประมาณ(?:\s*พ\.?\s?ศ\.?)?\s*[0-9๐-๙]{4}$|\s*(?:(?<!ประจำ)ปี)?\s*พ\.?\s?ศ\.?\s*[0-9๐-๙]{4}$|\s*[0-9๐-๙]{4}$"
)
_UNIT_ALONE = re.compile(r"(?:จำนวน(?:เงิน)?)?[\s.…]*บาท(?:ถ้วน)?[\s().…]*")
_CHOICES = ("kind", "continuity", "flags.training", "flags.ict", "flags.consultant", "flags.equipment")


def bind_project(draft: Draft, segments: Sequence[Segment]) -> Project:
    """The project that the segments of a form state."""
    for segment in in_order(segments):
        for region in segment.regions:
            kind = kind_of(region, segment.slot)
            if kind in _REGIONS:
                _REGIONS[kind](draft, segment, region)
    for segment in in_order(segments):
        handler = _HANDLERS.get(segment.slot)
        if handler and segment.lines:
            handler(draft, segment)
    for segment in segments:
        if segment.slot in (PREAMBLE, UNKNOWN, OTHER):
            _loose(draft, segment)
    _infer(draft, segments)
    return _project(draft.values)


def _loose(draft: Draft, segment: Segment) -> None:
    """Lines behind no known label: the form's title with its year, unlabelled tick boxes."""
    for line in segment.lines:
        if fields_ticks.has_boxes(line.text) and _ticks(draft, segment, [line]):
            continue
        if segment.slot != PREAMBLE:
            continue
        if is_title(line.text) or _furniture(draft, line):
            draft.put("fiscal_year", year_of(line.text), segment, line.place)
            draft.put("title.bureau", draft.known.bureau_in(line.text), segment, line.place)
            draft.ledger.use(line)


def _furniture(draft: Draft, line: Line) -> bool:
    return key(line.text) in draft.vocabulary.furniture


def _fiscal_year(draft: Draft, segment: Segment) -> None:
    lines = first_block(segment.lines)
    if draft.put("fiscal_year", year_of(f"ปี {text_of(lines) or ''}"), segment):
        draft.use(lines)
        draft.put("title.bureau", draft.known.bureau_in(" ".join(line.text for line in lines)), segment)


def _code(draft: Draft, segment: Segment) -> None:
    lines = first_block(segment.lines)
    value = code_of(" ".join(line.text for line in lines))
    if draft.put("code", value, segment) or value is None:
        draft.use(lines)


def _name(draft: Draft, segment: Segment) -> None:
    draft.text("name", segment, first_block(segment.lines))


def _kind(draft: Draft, segment: Segment) -> None:
    if _ticks(draft, segment, segment.lines):
        return
    if all(is_blank(line.text) for line in segment.lines):
        draft.use(segment.lines)


def _ticks(draft: Draft, segment: Segment, lines: Sequence[Line]) -> bool:
    text = "\n".join(line.text for line in lines)
    found = fields_ticks.chosen(text, draft.vocabulary, _CHOICES)
    for name, values in found.items():
        if len(values) == 1:
            draft.put(name, next(iter(values)), segment)
    if found or fields_ticks.has_boxes(text):
        draft.use(lines)
        return True
    return False


def _bureau(draft: Draft, segment: Segment) -> None:
    lines = first_block(segment.lines)
    text = text_of(lines)
    if text is None:
        draft.use(lines)
        return
    bureau, group = draft.known.bureau_in(text), draft.known.group_in(text)
    if bureau is None and group is None:
        bureau = text
    took = draft.put("bureau", bureau, segment)
    if draft.put("group", group, segment) or took:
        draft.use(lines)


def _group(draft: Draft, segment: Segment) -> None:
    draft.text("group", segment, first_block(segment.lines))


def _responsible(draft: Draft, segment: Segment) -> None:
    people = fields_people.people_of(line.text for line in segment.lines)
    text = "\n".join(line.text for line in segment.lines)
    if draft.put("responsible", people, segment):
        draft.use(segment.lines)
        draft.put("group", draft.known.group_in(text), segment)
    elif "responsible" in draft.values or all(is_blank(line.text) for line in segment.lines):
        return
    elif (bureau := draft.known.bureau_in(text)) and draft.put("bureau", bureau, segment):
        draft.use(segment.lines)
        draft.put("group", draft.known.group_in(text), segment)


def _people_table(draft: Draft, segment: Segment, region: Region) -> None:
    people, bureau, group = tables_rows.people_in(region, draft.ledger)
    draft.put("responsible", tuple(people), segment, region.place)
    draft.put("bureau", draft.known.bureau_in(bureau or ""), segment, region.place)
    draft.put("group", group, segment, region.place)


def _aligned(path: str) -> Handler:
    def handle(draft: Draft, segment: Segment) -> None:
        lines = first_block(segment.lines)
        text = text_of(lines)
        if draft.put(path, aligned(text), segment) or text is None:
            draft.use(lines)

    return handle


def _lists(path: str) -> Handler:
    def handle(draft: Draft, segment: Segment) -> None:
        items = list_of(segment.lines)
        if tables_rows.says_none(" ".join(items)) and len(items) <= 1 and path != "attachments":
            items = () if items and len(items[0]) < 3 else items
        if draft.put(path, items, segment) or not items:
            draft.use(segment.lines)

    return handle


def _texts(path: str) -> Handler:
    def handle(draft: Draft, segment: Segment) -> None:
        draft.text(path, segment)

    return handle


def _goals(draft: Draft, segment: Segment) -> None:
    """A group label with items and no sub-labels: what they count is the output."""
    if "outputs" not in draft.values:
        _lists("outputs")(draft, segment)


def _indicators(draft: Draft, segment: Segment) -> None:
    if draft.put("indicators", fields_lines.indicators_of([line.text for line in segment.lines]), segment):
        draft.use(segment.lines)


def _indicator_table(draft: Draft, segment: Segment, region: Region) -> None:
    draft.put("indicators", tuple(tables_rows.indicators_in(region, draft.ledger)), segment, region.place)


def _activities(draft: Draft, segment: Segment) -> None:
    if draft.put("activities", fields_lines.activities_of([line.text for line in segment.lines]), segment):
        draft.use(segment.lines)


def _activity_table(draft: Draft, segment: Segment, region: Region) -> None:
    activities, plan = tables_months.activities_in(region, draft.ledger)
    draft.put("activities", tuple(activities), segment, region.place)
    _merge_plan(draft, segment, region, plan)


def _period(draft: Draft, segment: Segment) -> None:
    lines = segment.lines
    text = text_of(lines)
    if text is None:
        draft.use(lines)
        return
    try:
        start, end = period_of_text(text, draft.values.get("fiscal_year"))
    except UnclearDate:
        if "start" not in draft.values:
            draft.unreadable("start", text, lines[0].place)
        return
    draft.put("end", end, segment)
    if draft.put("start", start, segment):
        draft.use(lines)


def _point(path: str, last: bool) -> Handler:
    def handle(draft: Draft, segment: Segment) -> None:
        lines = first_block(segment.lines)
        text = text_of(lines)
        if text is None:
            draft.use(lines)
            return
        try:
            day: dt.date = date_of(text, draft.values.get("fiscal_year"))
        except UnclearDate:
            try:
                span = period_of_text(text, draft.values.get("fiscal_year"))
            except UnclearDate:
                draft.unreadable(path, text, lines[0].place)
                return
            other = "start" if last else "end"
            if draft.put(path, span[1] if last else span[0], segment):
                draft.use(lines)
                if not month_alone(text):
                    draft.put(other, span[0] if last else span[1], segment)
            return
        if draft.put(path, day, segment):
            draft.use(lines)

    return handle


def _budget(draft: Draft, segment: Segment) -> None:
    """A sentence of money, its words and its source, and the cost lines that may follow."""
    costs: list[fields_money.CostLine] = []
    for line in segment.lines:
        money = fields_money.money_of(line.text)
        fresh = "budget.total" not in draft.values
        if fields_ticks.has_boxes(line.text) and _source(draft, segment, line):
            continue
        cost = fields_money.cost_line(line.text)
        if (
            fresh
            and money.total is not None
            and (cost is None or cost.kind == "sum" or money.words or not costs and _states_total(line, cost))
        ):
            draft.put("budget.total", money.total, segment, line.place)
            cost = None
        elif cost is not None:
            costs.append(cost)
        took = draft.put("budget.total_text", money.words, segment, line.place)
        took = draft.put("budget.source", money.source, segment, line.place) or took
        if money.total is not None or took or cost is not None or fields_money.is_sum(line.text):
            draft.ledger.use(line)
    lines = fields_money.costs_of(costs)
    draft.put("budget.lines", lines, segment)


def _states_total(line: Line, cost: fields_money.CostLine | None) -> bool:
    """`จำนวน ๖๕๐,๐๐๐ บาท` states the total; `ค่าวัสดุ ๕,๐๐๐ บาท` is a cost."""
    return cost is not None and (
        cost.kind != "item"
        or clean(cost.text).startswith(("จำนวน", "เงิน", "งบ", "วงเงิน", "เป็นเงิน", "รวม", "ขอ", "ใช้"))
    )


def _total(draft: Draft, segment: Segment) -> None:
    lines = first_block(segment.lines)
    text = text_of(lines)
    if text is None or _UNIT_ALONE.fullmatch(text):
        draft.use(lines)
        return
    _budget(draft, segment)
    if "budget.total" not in draft.values:
        try:
            amount = fields_money.amount_of(text)
        except ValueError:
            draft.unreadable("budget.total", text, segment.lines[0].place)
            return
        if draft.put("budget.total", amount, segment):
            draft.use(lines)


def _total_text(draft: Draft, segment: Segment) -> None:
    lines = first_block(segment.lines)
    text = text_of(lines)
    value = text.strip(" ()") if text else None
    if value is None or is_blank(value) or draft.put("budget.total_text", value, segment):
        draft.use(lines)


def _source_segment(draft: Draft, segment: Segment) -> None:
    for line in segment.lines:
        if fields_ticks.has_boxes(line.text):
            _source(draft, segment, line)
            continue
        named = fields_money.source_of(line.text)
        if draft.put("budget.source", _whole_source(line.text, named), segment, line.place):
            draft.ledger.use(line)


def _whole_source(text: str, named: str | None) -> str | None:
    """A line that is the source and nothing else is taken as it stands, without the year behind it."""
    plain = _OF_YEAR.sub("", clean(text)).strip(" :-")
    if is_blank(plain):
        return None
    return (
        plain
        if named is None or len(plain) <= len(named) + 30 and not any(letter.isdigit() for letter in plain)
        else named
    )


def _source(draft: Draft, segment: Segment, line: Line) -> bool:
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


def _costs(draft: Draft, segment: Segment) -> None:
    if "budget.lines" not in draft.values or "budget.total" not in draft.values:
        _budget(draft, segment)


def _cost_table(draft: Draft, segment: Segment, region: Region) -> None:
    lines, bad = tables_costs.costs_in(region, draft.ledger)
    earlier: tuple[BudgetLine, ...] = draft.values.get("budget.lines", ())
    if earlier and draft.values.get("budget.lines.segment") == id(segment):
        draft.values["budget.lines"] = earlier + tuple(lines)
    elif draft.put("budget.lines", tuple(lines), segment, region.place):
        draft.values["budget.lines.segment"] = id(segment)
    draft.bad_cells("budget.lines", bad)


def _plan_table(draft: Draft, segment: Segment, region: Region) -> None:
    _merge_plan(draft, segment, region, tables_months.plan_in(region, draft.ledger))


def _merge_plan(draft: Draft, segment: Segment, region: Region, found: Plan) -> None:
    plan: Plan = draft.values.setdefault("plan", Plan())
    plan.merge(found)
    draft.bad_cells("budget.months", found.bad)
    if plan.months:
        draft.put("budget.months", True, segment, region.place)
    elif plan.quarters:
        draft.put("budget.quarters", True, segment, region.place)


def _plan_lines(draft: Draft, segment: Segment) -> None:
    plan: Plan = draft.values.setdefault("plan", Plan())
    found = fields_money.plan_of([line.text for line in segment.lines])
    if not found:
        return
    for months, amount in found:
        tables_months.set_amount(plan, months, amount)
    draft.put("budget.months" if plan.months else "budget.quarters", True, segment)
    draft.use(segment.lines)


def _history(draft: Draft, segment: Segment) -> None:
    texts = [line.text for line in segment.lines]
    if all(is_blank(text) or tables_rows.says_none(text) for text in texts):
        draft.use(segment.lines)
        return
    if draft.put("history", fields_lines.history_of(texts), segment):
        draft.use(segment.lines)


def _history_table(draft: Draft, segment: Segment, region: Region) -> None:
    years, bad = tables_rows.history_in(region, draft.ledger)
    draft.put("history", tuple(years), segment, region.place)
    draft.bad_cells("history", bad)


def _attachments(draft: Draft, segment: Segment) -> None:
    text = "\n".join(line.text for line in segment.lines)
    ticked = fields_ticks.ticked_words(text)
    items = ticked if ticked is not None else list_of(segment.lines)
    if len(items) == 1 and tables_rows.says_none(items[0]):
        items = ()
    if len(items) == 1 and ticked is None:
        items = tuple(part.strip() for part in re.split(r"\s*[,;]\s+", items[0]) if part.strip())
    if draft.put("attachments", tuple(items), segment) or not items:
        draft.use(segment.lines)


def _approvals(draft: Draft, segment: Segment) -> None:
    found = fields_signatures.approvals_of([line.text for line in segment.lines])
    earlier: tuple[Approval, ...] = draft.values.get("approvals", ())
    if earlier:
        draft.values["approvals"] = earlier + found
    else:
        draft.put("approvals", found, segment)
    if found or all(is_blank(line.text) for line in segment.lines):
        draft.use(segment.lines)


def _signature_table(draft: Draft, segment: Segment, region: Region) -> None:
    found = fields_signatures.signatures_in(region, draft.ledger)
    draft.put("approvals", tuple(found), segment, region.place)


def _infer(draft: Draft, segments: Sequence[Segment]) -> None:
    """What the form says by its own words: the bureau of its title, project or routine work by its labels."""
    values = draft.values
    for path, source in (("bureau", "title.bureau"),):
        if path not in values and source in values:
            values[path] = values[source]
            draft.evidence[path] = draft.evidence[source]
    draft.evidence.pop("title.bureau", None)
    if "kind" not in values and "name" in values:
        values["kind"] = _spoken_kind(segments, values["name"])
        draft.evidence["kind"] = draft.evidence["name"]


def _spoken_kind(segments: Sequence[Segment], name: str) -> str:
    for segment in segments:
        if segment.slot == "name":
            routine, project = "งานประจำ" in segment.wording, "โครงการ" in segment.wording
            if routine != project:
                return "routine" if routine else "project"
    titles = " ".join(
        line.text for segment in segments[:2] if segment.slot == PREAMBLE for line in segment.lines
    )
    if "งานประจำ" in titles and "โครงการ" not in titles or name.startswith("งาน") and "โครงการ" not in titles:
        return "routine"
    return "project"


def _project(values: Mapping[str, Any]) -> Project:
    plan: Plan = values.get("plan", Plan())
    get = values.get
    return Project(
        fiscal_year=get("fiscal_year"),
        code=get("code"),
        name=get("name"),
        kind=ProjectKind(values["kind"]) if "kind" in values else None,
        continuity=Continuity(values["continuity"]) if "continuity" in values else None,
        bureau=get("bureau"),
        group=get("group"),
        responsible=get("responsible", ()),
        alignment=Alignment(
            issue=get("alignment.issue"), goal=get("alignment.goal"), strategy=get("alignment.strategy")
        ),
        rationale=get("rationale"),
        objectives=get("objectives", ()),
        outputs=get("outputs", ()),
        outcomes=get("outcomes", ()),
        indicators=get("indicators", ()),
        target_group=get("target_group"),
        activities=get("activities", ()),
        start=get("start"),
        end=get("end"),
        place=get("place"),
        budget=Budget(
            total=get("budget.total"),
            total_text=get("budget.total_text"),
            source=get("budget.source"),
            lines=get("budget.lines", ()),
            months=plan.all_months(),
            quarters=plan.all_quarters(),
        ),
        benefits=get("benefits", ()),
        evaluation=get("evaluation"),
        history=tuple(year for year in get("history", ()) if isinstance(year, HistoryYear)),
        attachments=get("attachments", ()),
        flags=Flags(
            **{name: f"flags.{name}" in values for name in ("training", "ict", "consultant", "equipment")}
        ),
        approvals=get("approvals", ()),
    )


_HANDLERS: Mapping[str, Handler] = {
    "fiscal_year": _fiscal_year,
    "code": _code,
    "name": _name,
    "kind": _kind,
    "bureau": _bureau,
    "group": _group,
    "responsible": _responsible,
    "alignment": lambda draft, segment: None,
    "alignment.issue": _aligned("alignment.issue"),
    "alignment.goal": _aligned("alignment.goal"),
    "alignment.strategy": _aligned("alignment.strategy"),
    "rationale": _texts("rationale"),
    "objectives": _lists("objectives"),
    "goals": _goals,
    "outputs": _lists("outputs"),
    "outcomes": _lists("outcomes"),
    "indicators": _indicators,
    "target_group": _texts("target_group"),
    "activities": _activities,
    "period": _period,
    "start": _point("start", last=False),
    "end": _point("end", last=True),
    "place": _texts("place"),
    "budget": _budget,
    "budget.total": _total,
    "budget.total_text": _total_text,
    "budget.source": _source_segment,
    "budget.lines": _costs,
    "budget.plan": _plan_lines,
    "benefits": _lists("benefits"),
    "evaluation": _texts("evaluation"),
    "history": _history,
    "attachments": _attachments,
    "approvals": _approvals,
}

_REGIONS: Mapping[str, RegionHandler] = {
    "responsible": _people_table,
    "indicators": _indicator_table,
    "activities": _activity_table,
    "budget.lines": _cost_table,
    "budget.plan": _plan_table,
    "history": _history_table,
    "approvals": _signature_table,
}
