"""What changed in a book of the plan since the edition before: a list beside it.

A record never changes in the register, so the submissions that an edition was made from tell all of it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from automation.documents.catalogue import Kind
from automation.documents.drafts import (
    ProjectChange,
    change_context,
    edition_words,
    resolution_on,
    stage_of,
)
from automation.documents.make import settle
from automation.forms.field_names import FieldNames, field_names
from automation.model import Allocation, Project, to_json
from automation.model.year import Source, YearData, code_key
from automation.office.fill import fill_document
from automation.pipeline.changes import change_words
from automation.pipeline.workbench import Workbench
from automation.pipeline.workspace import shipped
from automation.register import Change
from automation.register.changes import changes
from automation.thai.digits import to_thai

TEMPLATE = "docx/change-list-book.docx"
BESIDE = "(รายการเปลี่ยนแปลง)"
NAMES = ("title", "office", "before", "after", "summary", "projects")
"""What the template may name behind `changes`."""
_ALLOCATION = "allocation"
_WHOLE = {"label": "ทั้งโครงการ", "before": "–", "after": "–"}


def records_of(year: YearData) -> dict[str, int]:
    """Code of each project, and the allocation, → the submission in force."""
    found = {item.project.code or "": item.source.submission for item in year.projects}
    if year.allocation_source is not None:
        found[_ALLOCATION] = year.allocation_source.submission
    return {name: number for name, number in found.items() if name and number is not None}


def is_of_the_plan(kind: Kind) -> bool:
    """Whether a book goes through drafts: those of the plan do, those that only report (steps M) do not."""
    return any(not step.startswith("M") for step in kind.steps)


def write_changes(
    bench: Workbench,
    kind: Kind,
    book: Path,
    data: YearData,
    facts: Mapping[str, str],
) -> tuple[str, ...]:
    """Write the list of changes against the edition before beside the book; Thai remarks on it.

    The book itself has been noted in the register. The edition before it is the last of its kind that other
    records went into; where there is none, there is no list.
    """
    now = records_of(data)
    editions = [
        item for item in bench.register.issued(data.fiscal_year) if item.kind == kind.id and item.records
    ][:-1]
    before = next((item for item in reversed(editions) if item.records != now), None)
    if before is None:
        return ("ข้อมูลโครงการไม่เปลี่ยนแปลงจากฉบับก่อน",) if editions else ()
    found = tuple(_changes(bench, data, before.records, before.made.date()))
    context = change_context(
        kind.title,
        edition_words(stage_of(before.facts.get("stage", "")), before.made.date()),
        edition_words(stage_of(facts.get("stage", "")), bench.clock().date()),
        found,
        office=f"{bench.config.office.get('bureau', '')} {bench.config.office.get('name', '')}".strip(),
    )
    own = bench.config.templates / TEMPLATE
    with tempfile.TemporaryDirectory(dir=book.parent, prefix=".") as work:
        made = Path(work) / "changes.docx"
        fill_document(own if own.exists() else shipped(f"templates/{TEMPLATE}"), {"changes": context}, made)
        path = settle(made, book.parent, f"{book.stem} {BESIDE}")
    return (f"{context['summary']} จากฉบับก่อน ดูใน {path.name}",)


def _changes(
    bench: Workbench, data: YearData, before: Mapping[str, int], since: date
) -> Iterator[ProjectChange]:
    """Projects in the order of the book, those taken out last."""
    names = field_names(bench.forms.get("project"))
    given = _allocated(bench, before.get(_ALLOCATION))
    for item in data.projects:
        project, code = item.project, item.project.code or ""
        known = before.get(code)
        rows = []
        if known is None:
            rows.append({**_WHOLE, "after": "เพิ่มใหม่"})
        elif known != item.source.submission:
            rows += _rows(bench.register.record(known), project, names)
        rows += _money(given.get(code_key(code)), to_json(data.allocated(code)), data, names)
        if rows:
            yield ProjectChange(
                title=f"{code} {project.name or '-'}",
                rows=tuple(rows),
                source=_source_words(item.source),
                resolution=resolution_on(data, code, since),
            )
    for code, number in before.items():
        if code != _ALLOCATION and data.project(code) is None:
            record = bench.register.record(number)
            name = record.name if isinstance(record, Project) else None
            yield ProjectChange(
                title=f"{code} {name or '-'}",
                rows=({**_WHOLE, "after": "ถอนออก"},),
                resolution=resolution_on(data, code, since),
            )


def _rows(before: object, after: Project, names: FieldNames) -> list[dict[str, str]]:
    return [change_words(item, names) for item in changes(to_json(before), to_json(after))]


def _money(before: str | None, after: str | None, data: YearData, names: FieldNames) -> list[dict[str, str]]:
    """The change of what a project was allocated, once there is an allocation."""
    if before == after or data.allocation is None:
        return []
    words = change_words(Change(field="allocated", before=before, after=after), names)
    return [words | {"label": "งบประมาณที่ได้รับจัดสรร"}]


def _allocated(bench: Workbench, submission: int | None) -> dict[str, str | None]:
    record = bench.register.record(submission) if submission is not None else None
    rows = record.rows if isinstance(record, Allocation) else ()
    return {code_key(row.code): to_json(row.allocated) for row in rows}


def _source_words(source: Source) -> str:
    return to_thai(f"ฉบับที่ {source.version}") + f" ไฟล์ {source.file}"
