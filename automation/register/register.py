"""The register: what came in, what was understood, which version is in force, what was made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from automation.errors import RegisterError
from automation.model import Evidence, Finding, Meeting, Reading, Record, Unread
from automation.model.outgoing import Numbered, NumberKind
from automation.model.year import YearData
from automation.register import archive as folder
from automation.register import issued, numbers, queries, store, tables
from automation.register.database import connect, reading, sqlite_file, writing
from automation.register.records import Event, Issued, Outcome, ProjectHistory, Submission


class Register:
    """An open register. Safe to use from several threads, and from several processes at once.

    Every method raises RegisterError when the database or the archive cannot be read or written.
    """

    def __init__(self, engine: sa.Engine, archive: Path, shorts: Mapping[str, str], who: str) -> None:
        self._engine = engine
        self._archive = archive
        self._shorts = shorts
        self._who = who
        self._memory: queries.Memory = {}

    @classmethod
    def open(
        cls,
        url_or_path: str | Path,
        archive: Path,
        *,
        shorts: Mapping[str, str] | None = None,
        who: str = "automation",
        timeout: float = 30.0,
    ) -> Self:
        """The register at a path (SQLite, made when absent) or SQLAlchemy URL, brought up to date.

        `shorts`: full name of a bureau → short name in the codes of its projects. `who` stands in the
        history. `timeout`: seconds to wait while another process writes.
        """
        return cls(connect(url_or_path, timeout=timeout), archive, dict(shorts or {}), who)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def database(self) -> Path | None:
        """The SQLite file, None where a server keeps the register."""
        return sqlite_file(self._engine.url)

    # What comes in

    def archive(self, file: Path, sha256: str, year: int | None, *, own: bool = False) -> Path:
        """Keep an original for good; its path below the archive folder, by fiscal year (B.E.).

        `own`: a copy of ours that nobody else will touch, which may itself become the archived one.
        """
        return folder.keep(file, sha256, archive=self._archive, year=year, own=own)

    def store(
        self,
        reading: Reading,
        *,
        archived: Path | None,
        received: datetime,
        outcome: Outcome,
        size: int,
        file_name: str,
        seconds: float = 0.0,
    ) -> Submission:
        """Write a reading with its record, findings and history in one transaction.

        An accepted record becomes the version in force; a project without a code gets one. Where another
        process has stored the same content meanwhile, its submission comes back as a duplicate.
        """
        arrival = store.Arrival(
            file=file_name,
            size=size,
            received=received,
            archived=archived.relative_to(self._archive).as_posix() if archived else None,
            seconds=seconds,
            outcome=outcome,
            who=self._who,
        )
        with writing(self._engine) as connection:
            winner = self._find(connection, reading.sha256)
            if winner is not None:
                store.again(connection, winner.id, file_name, received, self._who)
                return replace(winner, outcome=Outcome.DUPLICATE)
            number = store.store(connection, reading, arrival, self._shorts)
            (stored,) = queries.submissions(connection, self._archive, tables.submission.c.id == number)
            return stored

    def again(self, sha256: str, file_name: str, when: datetime, *, once: bool = False) -> Submission:
        """Note that known content came again; its submission, as a duplicate.

        What was noted under this name and not filed since is this arrival; with `once`, also what was filed.
        """
        with writing(self._engine) as connection:
            found = self._find(connection, sha256)
            if found is None:
                raise RegisterError("ไม่พบแฟ้มนี้ในทะเบียน", place=file_name)
            store.again(connection, found.id, file_name, when, self._who, once=once)
            return replace(found, outcome=Outcome.DUPLICATE)

    def set_receipt(self, submission: int, receipt: str) -> None:
        """Note where the receipt of a submission stands."""
        self._set(submission, receipt=receipt)

    def set_filed(self, submission: int, file_name: str, receipt: str) -> None:
        """Note that the road of a file has been walked to its end: of a first arrival, or of content that
        came again under this name and was answered by this receipt."""
        with writing(self._engine) as connection:
            store.filed(connection, submission, file_name, receipt)

    # What is known of what came in

    def find(self, sha256: str) -> Submission | None:
        """The submission of this content."""
        with reading(self._engine) as connection:
            return self._find(connection, sha256)

    def submissions(self, year: int | None = None) -> tuple[Submission, ...]:
        """Every file that came, of one fiscal year (B.E.) or all, in the order of their arrival.

        Content that came again is listed again, as a duplicate under the name it then had.
        """
        where = () if year is None else (tables.submission.c.fiscal_year == year,)
        with reading(self._engine) as connection:
            found = queries.submissions(connection, self._archive, *where)
            repeated = queries.occurrences(connection)
        listed = [((item.received.timestamp(), item.id, 0), item) for item in found]
        for item in found:
            for row in repeated.get(item.id, ()):
                again = queries.came_again(item, row)
                listed.append(((row.received.timestamp(), item.id, row.id), again))
        return tuple(item for _, item in sorted(listed, key=lambda pair: pair[0]))

    def unanswered(self) -> tuple[Submission, ...]:
        """What was stored and not filed away, as after a stop; content that came again as a duplicate."""
        with reading(self._engine) as connection:
            return tuple(queries.unanswered(connection, self._archive))

    def outstanding(self, fiscal_year: int) -> tuple[Submission, ...]:
        """What was returned for a fiscal year (B.E.) and has not come again: the bureaus owe it."""
        with reading(self._engine) as connection:
            return tuple(queries.outstanding(connection, self._archive, fiscal_year))

    def damaged(self) -> tuple[Submission, ...]:
        """The submissions whose original in the archive is missing or altered; reads every original."""
        with reading(self._engine) as connection:
            kept = queries.submissions(connection, self._archive, tables.submission.c.archived.is_not(None))
        return tuple(item for item in kept if item.archived and not folder.intact(item.archived, item.sha256))

    def findings(self, submission: int) -> tuple[Finding, ...]:
        """What was found in a file."""
        with reading(self._engine) as connection:
            return queries.findings(connection, [submission]).get(submission, ())

    def unread(self, submission: int) -> tuple[Unread, ...]:
        """What no field took in a file."""
        with reading(self._engine) as connection:
            return queries.unread(connection, submission)

    def record(self, submission: int) -> Record | None:
        """What was read from a file, a project with the code that the register gave; None without a form."""
        with reading(self._engine) as connection:
            return queries.record(connection, submission)

    def evidence(self, submission: int) -> Mapping[str, Evidence]:
        """Field path → why the field has its value."""
        with reading(self._engine) as connection:
            return queries.evidence(connection, submission)

    # What is in force

    def years(self) -> tuple[int, ...]:
        """Fiscal years (B.E.) that hold anything, ascending; a plan counts for its first year."""
        with reading(self._engine) as connection:
            return queries.years(connection)

    def year(self, fiscal_year: int) -> YearData:
        """Everything in force of a fiscal year (B.E.), empty when there is nothing."""
        with reading(self._engine) as connection:
            return queries.year(connection, fiscal_year, self._memory)

    def meetings(self, fiscal_year: int) -> tuple[Meeting, ...]:
        """The meetings of a fiscal year's cycle (B.E.), in the order in which they came in."""
        return tuple(item.meeting for item in self.year(fiscal_year).meetings)

    def project(self, code: str, fiscal_year: int | None = None) -> ProjectHistory | None:
        """The whole story of a project, by its code in either digits; None when nobody sent it.

        The same code in several years means the last of them unless the fiscal year (B.E.) is given.
        """
        with reading(self._engine) as connection:
            key = queries.project_key(connection, code, fiscal_year)
            if key is None:
                return None
            year, name_key = key
            attempts = queries.attempts(connection, code, year, name_key)
            rows = queries.year(connection, year, self._memory).rows(code)
        return ProjectHistory(
            code=next((item.project.code for item in attempts if item.project.code), code),
            fiscal_year=year,
            attempts=attempts,
            reports=rows,
        )

    # What was made

    def issue(
        self,
        kind: str,
        *,
        path: str,
        sha256: str,
        made: datetime,
        fiscal_year: int | None = None,
        code: str | None = None,
        figures: Mapping[str, Any] | None = None,
        facts: Mapping[str, str] | None = None,
        number: str | None = None,
        outgoing: Numbered | None = None,
        archived: Path | None = None,
        records: Mapping[str, int] | None = None,
    ) -> Issued:
        """Note a document that was made, with the figures that it states and the facts it was made with.

        `number` as printed, `outgoing` the place in the outgoing register that it takes; `archived` the
        copy that `archive` has kept, from which it can be made again as it was; `records` the submissions
        that a book was made from, by project code or form.
        """
        values = {
            "kind": kind,
            "path": path,
            "sha256": sha256,
            "made": made,
            "fiscal_year": fiscal_year,
            "code": code,
            "figures": dict(figures or {}),
            "facts": dict(facts or {}),
            "number": number,
            "archived": archived.relative_to(self._archive).as_posix() if archived else None,
            "records": dict(records or {}),
        }
        with writing(self._engine) as connection:
            key = issued.issue(connection, values, self._who)
            if outgoing is not None:
                numbers.use(connection, outgoing, key)
            return issued.issued(connection, self._archive, tables.issued.c.id == key)[0]

    def issued(self, fiscal_year: int | None = None, *, latest: bool = False) -> tuple[Issued, ...]:
        """The documents made for a fiscal year (B.E.), or all; with `latest` the last of each kind."""
        with reading(self._engine) as connection:
            return issued.of_year(connection, self._archive, fiscal_year, latest=latest)

    def reference(
        self, kinds: Iterable[str], fiscal_year: int, *, code: str | None = None, bureau: str | None = None
    ) -> Issued | None:
        """The last numbered document of these kinds, to refer to (อ้างถึง): of the year, and of the project
        (`code`) or unit (`bureau`) where one is named; None when none has gone out."""
        with reading(self._engine) as connection:
            return issued.reference(connection, self._archive, kinds, fiscal_year, code, bureau)

    def reserve_number(
        self, series: str, year: int, kind: NumberKind, *, when: datetime, subject: str = ""
    ) -> int:
        """The next number of an outgoing register, from 1 each calendar year (B.E.); gapless however many
        ask at once. `series`: the unit's code, for orders the office's name. `subject`: what it is for."""
        with writing(self._engine) as connection:
            return numbers.reserve(connection, series, year, kind, when=when, who=self._who, subject=subject)

    def release_number(self, series: str, year: int, kind: NumberKind, number: int) -> None:
        """Give back a number that could not be used; RegisterError unless it is unused and the last one."""
        with writing(self._engine) as connection:
            numbers.release(connection, series, year, kind, number)

    def numbers(self, year: int) -> tuple[Numbered, ...]:
        """Every number given in a calendar year (B.E.), register by register."""
        with reading(self._engine) as connection:
            return numbers.numbers(connection, year)

    def history(self, last: int = 100) -> tuple[Event, ...]:
        """The last lines of the history, oldest first."""
        with reading(self._engine) as connection:
            return queries.history(connection, last)

    def _find(self, connection: sa.Connection, sha256: str) -> Submission | None:
        found = queries.submissions(connection, self._archive, tables.submission.c.sha256 == sha256)
        return found[0] if found else None

    def _set(self, submission: int, **values: Any) -> None:
        table = tables.submission
        with writing(self._engine) as connection:
            connection.execute(sa.update(table).where(table.c.id == submission).values(**values))
