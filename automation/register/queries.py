"""What is read from the register, row by row and record by record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from automation.model import (
    Allocation,
    Evidence,
    Finding,
    Meeting,
    Progress,
    Project,
    Record,
    Resolution,
    Severity,
    StrategicPlan,
    Unread,
    from_json,
    record_type,
)
from automation.model.year import (
    MeetingVersion,
    ProjectVersion,
    ReportVersion,
    ResolutionVersion,
    Source,
    YearData,
    code_key,
)
from automation.register import tables
from automation.register.records import Attempt, Change, Event, Outcome, Submission
from automation.thai.sorting import SortKey, sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A record in force and the file that it came from."""

    record: Record
    source: Source
    order: SortKey
    """Place among the projects of a year, by code."""


Kind = TypeVar("Kind", bound=Record)
Memory = dict[int, Stored]
"""Records by their id: a stored record never changes, so it is decoded once."""


def submissions(connection: sa.Connection, archive: Path, *where: sa.ColumnElement[bool]) -> list[Submission]:
    """The submissions that the conditions choose, in the order in which they were stored."""
    table, record = tables.submission, tables.record
    rows = connection.execute(
        sa.select(table, record.c.changes)
        .join_from(table, record, record.c.submission_id == table.c.id, isouter=True)
        .where(*where)
        .order_by(table.c.id)
    )
    return [_submission(row, archive) for row in rows]


def outstanding(connection: sa.Connection, archive: Path, fiscal_year: int) -> list[Submission]:
    """What was returned and has not come again since, whether good or faulty."""
    table, later = tables.record, tables.record.alias()
    is_project = table.c.form == "project"
    same_key = later.c.key == table.c.key
    same_project = sa.or_(
        sa.and_(same_key, table.c.key != ""),
        later.c.name_key == table.c.name_key,
    )
    again = sa.exists().where(
        later.c.id > table.c.id,
        later.c.form == table.c.form,
        later.c.fiscal_year == table.c.fiscal_year,
        sa.or_(sa.and_(is_project, same_project), sa.and_(~is_project, same_key)),
    )
    returned = tables.submission.c.outcome == Outcome.RETURNED.value
    return submissions(connection, archive, table.c.fiscal_year == fiscal_year, returned, ~again)


def occurrences(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> dict[int, list[sa.Row[Any]]]:
    """Submission id → the times that the same content came again, those that the conditions choose."""
    table = tables.occurrence
    found: dict[int, list[sa.Row[Any]]] = {}
    for row in connection.execute(sa.select(table).where(*where).order_by(table.c.id)):
        found.setdefault(row.submission_id, []).append(row)
    return found


def unanswered(connection: sa.Connection, archive: Path) -> list[Submission]:
    """Arrivals that were stored or noted and whose road was not walked to its end, as after a stop."""
    table = tables.submission
    found = submissions(connection, archive, sa.not_(table.c.filed))
    repeated = occurrences(connection, tables.occurrence.c.receipt.is_(None))
    for item in submissions(connection, archive, table.c.id.in_(repeated)) if repeated else ():
        found += [came_again(item, row) for row in repeated[item.id]]
    return found


def came_again(first: Submission, row: sa.Row[Any]) -> Submission:
    """A submission as it came again."""
    return replace(
        first, file=row.file, received=row.received, outcome=Outcome.DUPLICATE, receipt=row.receipt
    )


def findings(connection: sa.Connection, submissions: Iterable[int]) -> dict[int, tuple[Finding, ...]]:
    """Submission id → its findings, in the order in which they were found."""
    table = tables.finding
    found: dict[int, tuple[Finding, ...]] = {}
    chosen = sa.select(table).where(table.c.submission_id.in_(tuple(submissions))).order_by(table.c.id)
    for row in connection.execute(chosen):
        item = Finding(
            severity=Severity(row.severity),
            rule=row.rule,
            message=row.message,
            field=row.field,
            where=row.place,
            ref=row.ref,
            steps=tuple(row.steps),
        )
        found[row.submission_id] = (*found.get(row.submission_id, ()), item)
    return found


def unread(connection: sa.Connection, submission: int) -> tuple[Unread, ...]:
    """What no field took in the file."""
    table = tables.submission
    stored = connection.execute(sa.select(table.c.unread).where(table.c.id == submission)).scalar()
    return _unread(stored or [])


def record(connection: sa.Connection, submission: int) -> Record | None:
    """What was read from the file, with the code that the register gave."""
    table = tables.record
    row = connection.execute(
        sa.select(table.c.form, table.c.data).where(table.c.submission_id == submission)
    ).first()
    return from_json(record_type(row.form), row.data) if row else None


def evidence(connection: sa.Connection, submission: int) -> Mapping[str, Evidence]:
    """Field path → how the text was recognised and where it stands in the file."""
    table = tables.record
    stored = connection.execute(
        sa.select(table.c.evidence).where(table.c.submission_id == submission)
    ).scalar()
    return {path: from_json(Evidence, item) for path, item in (stored or {}).items()}


def years(connection: sa.Connection) -> tuple[int, ...]:
    """The fiscal years (B.E.) that hold anything in force; of a plan its first year."""
    table = tables.record
    chosen = sa.select(table.c.fiscal_year).where(table.c.current).distinct().order_by(table.c.fiscal_year)
    return tuple(connection.execute(chosen).scalars())


def year(connection: sa.Connection, fiscal_year: int, memory: Memory) -> YearData:
    """All records in force of a fiscal year (B.E.), projects in the dictionary order of their codes."""
    found = _in_force(connection, fiscal_year, memory)
    plans = sorted(_of(found, StrategicPlan), key=lambda pair: pair[0].first_year or 0)
    plan, plan_source = plans[-1] if plans else (None, None)
    allocations = _of(found, Allocation)
    allocation, allocation_source = allocations[-1] if allocations else (None, None)
    projects = _of(sorted(found, key=lambda item: item.order), Project)
    return YearData(
        fiscal_year=fiscal_year,
        plan=plan,
        plan_source=plan_source,
        projects=tuple(ProjectVersion(project=record, source=source) for record, source in projects),
        allocation=allocation,
        allocation_source=allocation_source,
        reports=tuple(ReportVersion(report=record, source=source) for record, source in _of(found, Progress)),
        meetings=tuple(
            MeetingVersion(meeting=record, source=source) for record, source in _of(found, Meeting)
        ),
        resolutions=tuple(
            ResolutionVersion(resolution=record, source=source) for record, source in _of(found, Resolution)
        ),
    )


def project_key(connection: sa.Connection, code: str, fiscal_year: int | None) -> tuple[int, str] | None:
    """Fiscal year and name key of the project with this code; without a year its last one."""
    table = tables.record
    chosen = (
        sa.select(table.c.fiscal_year, table.c.name_key)
        .where(table.c.form == "project", table.c.key == code_key(code))
        .order_by(table.c.current.desc(), table.c.fiscal_year.desc(), table.c.id.desc())
    )
    if fiscal_year is not None:
        chosen = chosen.where(table.c.fiscal_year == fiscal_year)
    row = connection.execute(chosen).first()
    return (row.fiscal_year, row.name_key) if row else None


def attempts(connection: sa.Connection, code: str, fiscal_year: int, name_key: str) -> tuple[Attempt, ...]:
    """Every file sent for a project: under its code, or before it had one under its bureau and name."""
    table, source = tables.record, tables.submission
    no_code = sa.and_(table.c.key == "", table.c.name_key == name_key)
    rows = connection.execute(
        sa.select(table.c.data, table.c.version.label("number"), table.c.current, table.c.changes, source)
        .join_from(table, source, table.c.submission_id == source.c.id)
        .where(
            table.c.form == "project",
            table.c.fiscal_year == fiscal_year,
            sa.or_(table.c.key == code_key(code), no_code),
        )
        .order_by(source.c.id)
    ).all()
    told = findings(connection, [row.id for row in rows])
    return tuple(
        Attempt(
            project=from_json(Project, row.data),
            source=_source(row, row.number),
            outcome=Outcome(row.outcome),
            current=row.current,
            changes=_changes(row.changes),
            findings=told.get(row.id, ()),
            unread=_unread(row.unread),
        )
        for row in rows
    )


def history(connection: sa.Connection, last: int) -> tuple[Event, ...]:
    """The last lines of the history, oldest first."""
    table = tables.history
    rows = connection.execute(sa.select(table).order_by(table.c.id.desc()).limit(last)).all()
    return tuple(
        Event(
            id=row.id, at=row.at, who=row.who, what=row.what, submission=row.submission_id, detail=row.detail
        )
        for row in reversed(rows)
    )


def _in_force(connection: sa.Connection, fiscal_year: int, memory: Memory) -> list[Stored]:
    table, source = tables.record, tables.submission
    ids = list(
        connection.execute(
            sa.select(table.c.id)
            .where(table.c.fiscal_year <= fiscal_year, table.c.last_year >= fiscal_year, table.c.current)
            .order_by(table.c.id)
        ).scalars()
    )
    new = [number for number in ids if number not in memory]
    for start in range(0, len(new), 500):
        rows = connection.execute(
            sa.select(table.c.id.label("record_id"), table.c.data, source)
            .join_from(table, source, table.c.submission_id == source.c.id)
            .where(table.c.id.in_(new[start : start + 500]))
        )
        for row in rows:
            memory[row.record_id] = Stored(
                record=from_json(record_type(row.form), row.data),
                source=_source(row, row.version),
                order=sort_key(row.code or ""),
            )
    return [memory[number] for number in ids]


def _of(found: Iterable[Stored], kind: type[Kind]) -> list[tuple[Kind, Source]]:
    return [(item.record, item.source) for item in found if isinstance(item.record, kind)]


def _source(row: sa.Row[Any], version: int | None) -> Source:
    return Source(
        file=row.file, sha256=row.sha256, received=row.received, version=version or 0, submission=row.id
    )


def _submission(row: sa.Row[Any], archive: Path) -> Submission:
    return Submission(
        id=row.id,
        sha256=row.sha256,
        file=row.file,
        size=row.size,
        received=row.received,
        outcome=Outcome(row.outcome),
        form=row.form,
        fiscal_year=row.fiscal_year,
        bureau=row.bureau,
        code=row.code,
        version=row.version,
        archived=archive / row.archived if row.archived else None,
        receipt=row.receipt,
        filed=row.filed,
        seconds=row.seconds,
        changes=_changes(row.changes or []),
    )


def _changes(stored: list[dict[str, Any]]) -> tuple[Change, ...]:
    return tuple(Change(**item) for item in stored)


def _unread(stored: list[dict[str, Any]]) -> tuple[Unread, ...]:
    return tuple(from_json(Unread, item) for item in stored)
