"""Issue a form: blank to write on, or pre-filled with what a record knows already.

The file carries a hidden key, so that a copy that comes back is known again whatever people call it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from automation.forms.bind_generic import EXTRA, blank, paths_of, set_path
from automation.forms.catalogue import Form
from automation.forms.field_names import blueprint_of
from automation.model import (
    Activity,
    AgendaItem,
    Allocation,
    AllocationRow,
    Approval,
    BudgetLine,
    GenericRecord,
    Goal,
    HistoryYear,
    Indicator,
    Issue,
    Meeting,
    Person,
    PlanIndicator,
    Progress,
    ProgressRow,
    Project,
    Record,
    Resolution,
    ResolutionRow,
    StrategicPlan,
    Strategy,
)
from automation.office.fill import render_document
from automation.office.fill_workbook import render_workbook
from automation.office.properties import with_properties
from automation.office.saving import save_bytes
from automation.office.settle_controls import Choices

KEY_PROPERTY = "automation-key"
"""Name of the custom document property that holds the key."""

_ROWS = 12
"""Blank rows of a list sheet."""
_OWN_ROWS = 5
"""Blank rows of a list in a form of the office's own."""
_ROLES = ("ผู้เสนอโครงการ", "ผู้อำนวยการสำนัก", "รองเลขาธิการวุฒิสภา")
_AGENDA = (
    AgendaItem(no="๑", title="เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ"),
    AgendaItem(no="๒", title="เรื่องรับรองรายงานการประชุม"),
    AgendaItem(no="๓", title="เรื่องเพื่อทราบ", items=("", "")),
    AgendaItem(no="๔", title="เรื่องเพื่อพิจารณา", items=("", "")),
    AgendaItem(no="๕", title="เรื่องอื่น ๆ (ถ้ามี)"),
)
"""The agenda that the regulation on official correspondence prescribes."""


def issue_form(
    form: Form,
    record: Record,
    target: Path,
    *,
    key: str = "",
    choices: Choices | None = None,
    controls: bool = True,
) -> None:
    """Write the form filled with the record as `target`; TemplateError when its template is wrong.

    Lists that the record leaves empty become blank rows to write on; `Project()` gives the blank form.
    `choices` are the entries to offer, by the path of the field (`project.bureau`). Without `controls` a Word
    form is one to look at in print, not to fill in on a screen.
    """
    context = {form.id: _facts(form, record)}
    if form.medium == "docx":
        data = render_document(form.template, context, controls=controls, choices=choices)
    else:
        data = render_workbook(form.template, context, choices or {})
    save_bytes(target, with_properties(data, {KEY_PROPERTY: key}) if key else data)


def _facts(form: Form, record: Record) -> Any:
    """What the template may name: the record with room to write, and blanks for fields that only it knows."""
    if isinstance(record, GenericRecord):
        facts = blank(form, blueprint_of(form), _OWN_ROWS)
        for path, value in record.fields.items():
            set_path(facts, path, value)
        return facts
    record = with_room_to_write(record)
    if isinstance(record, Project):
        added = [path for path in paths_of(blueprint_of(form)) if path.startswith(EXTRA)]
        blanks = dict.fromkeys((path.removeprefix(EXTRA) for path in added), "")
        return replace(record, extra={**blanks, **record.extra})
    return record


def with_room_to_write(record: Record) -> Record:
    """The record with blank items in the lists that are empty."""
    match record:
        case GenericRecord():
            return record
        case Project():
            return _project(record)
        case Progress():
            return replace(record, rows=record.rows or (ProgressRow(),) * _ROWS)
        case Allocation():
            return replace(record, rows=record.rows or (AllocationRow(),) * _ROWS)
        case Resolution():
            return replace(record, rows=record.rows or (ResolutionRow(),) * _ROWS)
        case Meeting():
            return replace(
                record,
                agenda=record.agenda or _AGENDA,
                invitees=record.invitees or ("",) * 5,
                attachments=record.attachments or ("",) * 2,
            )
        case StrategicPlan():
            return replace(
                record,
                missions=record.missions or ("",) * 4,
                values=record.values or ("",) * 4,
                issues=record.issues or (_issue(),) * 3,
            )


def _project(record: Project) -> Project:
    budget = replace(record.budget, lines=record.budget.lines or (BudgetLine(),) * 6)
    return replace(
        record,
        responsible=record.responsible or (Person(name=""),) * 2,
        objectives=record.objectives or ("",) * 3,
        outputs=record.outputs or ("",) * 2,
        outcomes=record.outcomes or ("",) * 2,
        indicators=record.indicators or (Indicator(name=""),) * 3,
        activities=record.activities or (Activity(name=""),) * 6,
        budget=budget,
        benefits=record.benefits or ("",) * 2,
        history=record.history or (HistoryYear(),) * 2,
        approvals=record.approvals or tuple(Approval(role=role) for role in _ROLES),
    )


def _issue() -> Issue:
    goal = Goal(no="", name="", indicators=(PlanIndicator(name=""),) * 2)
    return Issue(no="", name="", goals=(goal,) * 2, strategies=(Strategy(no="", name=""),) * 3)
