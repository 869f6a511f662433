"""Fields that the office added to a template: bound by the template's own labels, without code for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from automation.forms import fields_ticks, tables_rows
from automation.forms.bind import Draft, in_order
from automation.forms.blueprint import PARENTS, Blueprint
from automation.forms.catalogue import Form
from automation.forms.field_names import FieldNames, blueprint_of
from automation.forms.fields import list_of
from automation.forms.segments import Segment
from automation.forms.tables import kind_of
from automation.model import RECORD_TYPES, Finding, GenericRecord, Project, Record, Severity
from automation.thai.text import is_blank

EXTRA = "extra."
"""Fields of a template `{{ project.extra.risk }}` that the model does not know."""


def bind_generic(draft: Draft, segments: Sequence[Segment], form: Form) -> GenericRecord:
    """The record of a form that no class of the model describes; required fields that are empty are told."""
    blueprint = blueprint_of(form)
    names = FieldNames(blueprint)
    lists = {loop.path for loop in blueprint.loops}
    ticked = {option.field for option in blueprint.options}
    for segment in in_order(segments):
        _tables(draft, segment, lists)
    for segment in in_order(segments):
        if segment.lines and segment.slot in paths_of(blueprint):
            _segment(draft, segment, segment.slot in lists, segment.slot in ticked)
    for path in form.required:
        if path not in draft.values:
            draft.findings.append(_missing(path, names, segments))
    paths = paths_of(blueprint)
    return GenericRecord(
        form=form.id,
        title=form.title,
        fields={path: draft.values[path] for path in paths if path in draft.values},
        labels={path: names.label(path) for path in paths},
    )


def with_extra(record: Record, draft: Draft, segments: Sequence[Segment]) -> Record:
    """The record with the added fields of its template; unchanged where the template has none."""
    for segment in in_order(segments):
        if segment.slot.startswith(EXTRA) and segment.lines:
            draft.text(segment.slot, segment)
    found = {
        path.removeprefix(EXTRA): value for path, value in draft.values.items() if path.startswith(EXTRA)
    }
    return replace(record, extra=found) if found and isinstance(record, Project) else record


def blank(form: Form, blueprint: Blueprint, rows: int) -> dict[str, Any]:
    """The names behind the form's id with nothing in them, lists with rows to write on."""
    context: dict[str, Any] = {}
    lists = {loop.path: dict(loop.columns) for loop in blueprint.loops}
    for path in paths_of(blueprint):
        if path in lists:
            row = {leaf: None for leaf in lists[path].values()}
            set_path(context, path, (row or "",) * rows)
        else:
            set_path(context, path, None)
    return context


def paths_of(blueprint: Blueprint) -> tuple[str, ...]:
    """The fields of a template in its order."""
    found = [path for anchor in blueprint.anchors for path in anchor.fields]
    found += [option.field for option in blueprint.options]
    found += [loop.path for loop in blueprint.loops]
    groups = set(PARENTS.values()) if blueprint.form in RECORD_TYPES else set()
    return tuple(path for path in dict.fromkeys(found) if path not in groups)


def set_path(context: dict[str, Any], path: str, value: Any) -> None:
    """Put a value at `leader.name` of nested names."""
    *owners, leaf = path.split(".")
    for owner in owners:
        context = context.setdefault(owner, {})
    context[leaf] = value


def _tables(draft: Draft, segment: Segment, lists: set[str]) -> None:
    for region in segment.regions:
        path = kind_of(region, segment.slot)
        if path in lists:
            leaves = _leaves(draft, path)
            rows = (
                {leaf: text for leaf in row.cells if leaf in leaves and (text := row.text(leaf))}
                for row in tables_rows.rows_of(region, path, draft.ledger)
                if not row.band and not row.sum
            )
            draft.put(path, tuple(row for row in rows if row), segment, region.place)


def _leaves(draft: Draft, path: str) -> set[str]:
    return {leaf for leaves in draft.vocabulary.columns.get(path, {}).values() for leaf in leaves}


def _segment(draft: Draft, segment: Segment, is_list: bool, is_ticked: bool) -> None:
    text = "\n".join(line.text for line in segment.lines)
    if is_ticked and fields_ticks.has_boxes(text):
        words = fields_ticks.ticked_words(text) or ()
        draft.put(segment.slot, ", ".join(words), segment)
        draft.use(segment.lines)
    elif is_list:
        items = list_of(segment.lines)
        if draft.put(segment.slot, items, segment) or not items:
            draft.use(segment.lines)
    else:
        draft.text(segment.slot, segment)
    if all(is_blank(line.text) for line in segment.lines):
        draft.use(segment.lines)


def _missing(path: str, names: FieldNames, segments: Sequence[Segment]) -> Finding:
    place = next((segment.place for segment in segments if segment.slot == path and segment.place), None)
    return Finding(
        severity=Severity.ERROR,
        rule="required-missing",
        field=path,
        where=place.label if place else "",
        ref=place.ref if place else "",
        message=f"ยังไม่ได้กรอก{names.label(path)} โปรดกรอกแล้วส่งใหม่",
    )
