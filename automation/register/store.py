"""What is written in one transaction when a file has been read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from automation.model import Project, Reading, Record, to_json
from automation.model.year import code_key
from automation.register import tables
from automation.register.changes import changes
from automation.register.identity import Identity, identify
from automation.register.records import Change, Outcome
from automation.thai.digits import to_arabic

OTHER_BUREAU = "อื่น"
"""Short name in the code of a project whose bureau has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file as it came; `archived` is relative to the archive folder."""

    file: str
    size: int
    received: datetime
    archived: str | None
    seconds: float
    outcome: Outcome
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """A record with its code, the number of its version and what it changes."""

    identity: Identity
    record: Record
    number: int | None
    changes: tuple[Change, ...] = ()


def store(connection: sa.Connection, reading: Reading, arrival: Arrival, shorts: Mapping[str, str]) -> int:
    """Write a reading and all that belongs to it; the submission's id. The content must be new."""
    version = None
    if reading.record is not None:
        version = _version(connection, reading.form or "", reading.record, arrival, shorts)
    submission = _insert_submission(connection, reading, arrival, version)
    if version is not None:
        _insert_record(connection, reading, version, submission)
    findings = [
        {
            "submission_id": submission,
            "severity": item.severity.value,
            "rule": item.rule,
            "field": item.field,
            "place": item.where,
            "ref": item.ref,
            "message": item.message,
            "steps": list(item.steps),
        }
        for item in reading.findings
    ]
    if findings:
        connection.execute(sa.insert(tables.finding), findings)
    detail = {
        "file": arrival.file,
        "form": reading.form,
        "code": version.identity.code if version else None,
        "version": version.number if version else None,
    }
    note(connection, arrival.received, arrival.who, arrival.outcome.value, submission, detail)
    return submission


def again(
    connection: sa.Connection, submission: int, file: str, when: datetime, who: str, *, once: bool = False
) -> None:
    """Note that the content of a submission came again under this name.

    Nothing is added for an arrival that is noted already and not at its end, or, with `once`, at its end.
    """
    table = tables.occurrence
    same = (table.c.submission_id == submission, table.c.file == file)
    unended = () if once else (table.c.receipt.is_(None),)
    if connection.execute(sa.select(table.c.id).where(*same, *unended)).first() is not None:
        return
    connection.execute(sa.insert(table).values(submission_id=submission, file=file, received=when))
    note(connection, when, who, Outcome.DUPLICATE.value, submission, {"file": file})


def filed(connection: sa.Connection, submission: int, file: str, receipt: str) -> None:
    """Note that an arrival of this content under this name is at the end of its road."""
    table = tables.submission
    connection.execute(sa.update(table).where(table.c.id == submission).values(filed=True))
    table = tables.occurrence
    same = (table.c.submission_id == submission, table.c.file == file, table.c.receipt.is_(None))
    connection.execute(sa.update(table).where(*same).values(receipt=receipt))


def note(
    connection: sa.Connection,
    when: datetime,
    who: str,
    what: str,
    submission: int | None,
    detail: Mapping[str, Any],
) -> None:
    """Add a line to the history."""
    connection.execute(
        sa.insert(tables.history).values(at=when, who=who, what=what, submission_id=submission, detail=detail)
    )


def _insert_submission(
    connection: sa.Connection, reading: Reading, arrival: Arrival, version: _Version | None
) -> int:
    identity = version.identity if version else None
    result = connection.execute(
        sa.insert(tables.submission).values(
            sha256=reading.sha256,
            file=arrival.file,
            size=arrival.size,
            received=arrival.received,
            outcome=arrival.outcome.value,
            form=reading.form,
            fiscal_year=identity.first_year if identity else None,
            bureau=identity.bureau if identity else None,
            code=identity.code if identity else None,
            version=version.number if version else None,
            archived=arrival.archived,
            filed=False,
            seconds=arrival.seconds,
            unread=to_json(reading.unread),
        )
    )
    return _id(result)


def _insert_record(connection: sa.Connection, reading: Reading, version: _Version, submission: int) -> None:
    identity, table = version.identity, tables.record
    accepted = version.number is not None
    if accepted:
        connection.execute(sa.update(table).where(*_same(reading.form or "", identity)).values(current=False))
    connection.execute(
        sa.insert(table).values(
            submission_id=submission,
            form=reading.form,
            fiscal_year=identity.first_year,
            last_year=identity.last_year,
            key=identity.key,
            name_key=identity.name_key,
            version=version.number,
            current=accepted,
            data=to_json(version.record),
            evidence=to_json(reading.evidence),
            changes=to_json(version.changes),
        )
    )


def _version(
    connection: sa.Connection, form: str, record: Record, arrival: Arrival, shorts: Mapping[str, str]
) -> _Version:
    identity = identify(record, arrival.received)
    if arrival.outcome is not Outcome.ACCEPTED:
        return _Version(identity=identity, record=record, number=None)
    if isinstance(record, Project) and not identity.code:
        code = _known_code(connection, identity) or _new_code(connection, identity, shorts)
        identity, record = replace(identity, code=code, key=code_key(code)), replace(record, code=code)
    table = tables.record
    before = connection.execute(
        sa.select(table.c.version, table.c.data).where(*_same(form, identity), table.c.current)
    ).first()
    if before is None:
        return _Version(identity=identity, record=record, number=1)
    return _Version(
        identity=identity,
        record=record,
        number=before.version + 1,
        changes=changes(before.data, to_json(record)),
    )


def _same(form: str, identity: Identity) -> tuple[sa.ColumnElement[bool], ...]:
    table = tables.record
    return (table.c.form == form, table.c.fiscal_year == identity.first_year, table.c.key == identity.key)


def _known_code(connection: sa.Connection, identity: Identity) -> str | None:
    """The code of the project in force with the same bureau and name, so that a form which comes again
    without its code replaces the project and does not count it twice."""
    table = tables.record
    data = connection.execute(
        sa.select(table.c.data).where(
            table.c.form == "project",
            table.c.fiscal_year == identity.first_year,
            table.c.name_key == identity.name_key,
            table.c.current,
        )
    ).scalar()
    return data["code"] if data else None


def _new_code(connection: sa.Connection, identity: Identity, shorts: Mapping[str, str]) -> str:
    """`2570-นผ-01`: the next running number of the bureau's series that no form has used."""
    series = f"{identity.first_year}-{shorts.get(identity.bureau or '') or OTHER_BUREAU}"
    table = tables.record
    while True:
        code = f"{series}-{_next_number(connection, series):02d}"
        taken = sa.select(table.c.id).where(table.c.form == "project", table.c.key == code_key(code))
        if connection.execute(taken).first() is None:
            return to_arabic(code)


def _next_number(connection: sa.Connection, series: str) -> int:
    table = tables.number
    last = connection.execute(sa.select(table.c.last).where(table.c.series == series)).scalar()
    if last is None:
        connection.execute(sa.insert(table).values(series=series, last=1))
        return 1
    connection.execute(sa.update(table).where(table.c.series == series).values(last=last + 1))
    return int(last) + 1


def _id(result: sa.CursorResult[Any]) -> int:
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])
