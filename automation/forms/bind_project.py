"""The segments of a project form as a `Project`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from automation.forms import (
    bind_budget,
    bind_fields,
    bind_lists,
    fields_ticks,
)
from automation.forms.bind import Draft, Handler, RegionHandler, in_order
from automation.forms.bind_blocks import blocks
from automation.forms.bind_leftovers import leftovers
from automation.forms.fields import year_of
from automation.forms.segments import PREAMBLE, UNKNOWN, Segment, is_title
from automation.forms.structure import Line
from automation.forms.tables import kind_of
from automation.forms.tables_months import Plan
from automation.forms.vocabulary import OTHER
from automation.forms.wording import clean, key
from automation.model import (
    Alignment,
    Budget,
    Continuity,
    Flags,
    HistoryYear,
    Project,
    ProjectKind,
)
from automation.thai.digits import to_arabic

_YEAR_SAID = re.compile(r"ปีงบประมาณ\s*(?:พ\.?\s?ศ\.?)?\s*(25\d\d)(?!\d)")


def bind_project(draft: Draft, segments: Sequence[Segment]) -> Project:
    """The project that the segments of a form state."""
    bind_fields.strays(draft, segments)
    segments = blocks(draft, segments)
    _tables(draft, segments)
    for segment in in_order(segments):
        handler = HANDLERS.get(segment.slot)
        if handler and segment.lines:
            handler(draft, segment)
    for segment in segments:
        if segment.slot in (PREAMBLE, UNKNOWN, OTHER):
            _loose(draft, segment)
    leftovers(draft, segments)
    bind_budget.total_of_table(draft)
    _infer(draft, segments)
    return _project(draft.values)


def _tables(draft: Draft, segments: Sequence[Segment]) -> None:
    """The tables; the fiscal year first, as it tells the columns of targets apart."""
    for segment in segments:
        if segment.slot == "fiscal_year":
            bind_fields.fiscal_year(draft, segment)
    for segment in in_order(segments):
        for region in segment.regions:
            kind = kind_of(region, segment.slot)
            if kind == "budget.plan" and "budget.lines" in region.leaves:
                bind_budget.cost_table(draft, segment, region)
            if kind in _REGIONS:
                _REGIONS[kind](draft, segment, region)


def _loose(draft: Draft, segment: Segment) -> None:
    """Lines behind no known label: the form's title with its year, unlabelled tick boxes."""
    for line in segment.lines:
        if fields_ticks.has_boxes(line.text) and bind_fields.ticks(draft, segment, [line]):
            continue
        if segment.slot != PREAMBLE:
            continue
        if is_title(line.text) or _furniture(draft, line):
            draft.put("fiscal_year", year_of(line.text), segment, line.place)
            draft.put("title.bureau", draft.known.bureau_in(line.text), segment, line.place)
            draft.ledger.use(line)


def _furniture(draft: Draft, line: Line) -> bool:
    return key(line.text) in draft.vocabulary.furniture


def _infer(draft: Draft, segments: Sequence[Segment]) -> None:
    """What the form says by its own words: the bureau of its title, project or routine work by its labels."""
    values = draft.values
    for path, source in (("bureau", "title.bureau"),):
        if path not in values and source in values:
            values[path] = values[source]
            draft.evidence[path] = draft.evidence[source]
    draft.evidence.pop("title.bureau", None)
    if "name" not in values:
        _title_name(draft, segments)
    if "fiscal_year" not in values:
        _title_year(draft, segments)
    if "fiscal_year" not in values and (year := _YEAR_SAID.search(to_arabic(values.get("name", "")))):
        values["fiscal_year"] = int(year.group(1))
        draft.evidence["fiscal_year"] = draft.evidence["name"]
    if "kind" not in values and "name" in values:
        values["kind"] = _spoken_kind(segments, values["name"])
        draft.evidence["kind"] = draft.evidence["name"]


def _title_year(draft: Draft, segments: Sequence[Segment]) -> None:
    """The fiscal year that a line above the first known label names, whatever else it says."""
    for segment in takewhile(lambda one: one.slot in (PREAMBLE, UNKNOWN), segments):
        for line in [*([segment.label] if segment.label else []), *segment.lines]:
            year = _YEAR_SAID.search(to_arabic(clean(line.text)))
            if year and draft.put("fiscal_year", int(year.group(1)), segment, line.place):
                draft.ledger.use(line)
                segment.slot = PREAMBLE
                return


def _title_name(draft: Draft, segments: Sequence[Segment]) -> None:
    """A form that states its name as its title alone: `โครงการ…` or `งาน…` above the first known label."""
    for segment in takewhile(lambda one: one.slot in (PREAMBLE, UNKNOWN, "fiscal_year"), segments):
        head = [segment.label] if segment.label and segment.slot == UNKNOWN else []
        for line in [*head, *segment.lines]:
            text = clean(line.text)
            if not re.match(r"(?:โครงการ|งาน)[ก-๛]{4}", text) or is_title(text) or _furniture(draft, line):
                continue
            if draft.put("name", text, segment, line.place):
                draft.ledger.use(line)
                segment.slot = PREAMBLE
                return


def _spoken_kind(segments: Sequence[Segment], name: str) -> str:
    for segment in segments:
        if segment.slot == "name":
            routine, project = "งานประจำ" in segment.wording, "โครงการ" in segment.wording
            if routine != project:
                return "routine" if routine else "project"
    titles = " ".join(
        line.text for segment in segments[:2] if segment.slot == PREAMBLE for line in segment.lines
    )
    if ("งานประจำ" in titles and "โครงการ" not in titles) or (
        name.startswith("งาน") and "โครงการ" not in titles
    ):
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


HANDLERS: Mapping[str, Handler] = {
    "fiscal_year": bind_fields.fiscal_year,
    "code": bind_fields.code,
    "name": bind_fields.name,
    "kind": bind_fields.kind,
    "bureau": bind_fields.bureau,
    "group": bind_fields.group,
    "responsible": bind_lists.responsible,
    "alignment": bind_fields.alignment,
    "alignment.issue": bind_fields.alignment_part("alignment.issue"),
    "alignment.goal": bind_fields.alignment_part("alignment.goal"),
    "alignment.strategy": bind_fields.alignment_part("alignment.strategy"),
    "rationale": bind_fields.texts("rationale"),
    "objectives": bind_fields.lists("objectives"),
    "goals": bind_fields.goals,
    "outputs": bind_fields.lists("outputs"),
    "outcomes": bind_fields.lists("outcomes"),
    "indicators": bind_lists.indicators,
    "target_group": bind_fields.texts("target_group"),
    "activities": bind_lists.activities,
    "period": bind_fields.period,
    "start": bind_fields.point("start", last=False),
    "end": bind_fields.point("end", last=True),
    "place": bind_fields.texts("place"),
    "budget": bind_budget.budget,
    "budget.total": bind_budget.total,
    "budget.total_text": bind_budget.total_text,
    "budget.source": bind_budget.source_segment,
    "budget.lines": bind_budget.costs,
    "budget.plan": bind_budget.plan_lines,
    "benefits": bind_fields.lists("benefits"),
    "evaluation": bind_fields.texts("evaluation"),
    "history": bind_lists.history,
    "attachments": bind_lists.attachments,
    "approvals": bind_lists.approvals,
}

_REGIONS: Mapping[str, RegionHandler] = {
    "responsible": bind_lists.people_table,
    "indicators": bind_lists.indicator_table,
    "activities": bind_lists.activity_table,
    "budget.lines": bind_budget.cost_table,
    "budget.plan": bind_budget.plan_table,
    "history": bind_lists.history_table,
    "approvals": bind_lists.signature_table,
}
