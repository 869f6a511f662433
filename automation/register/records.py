"""What the register tells: submissions, versions with their changes, documents issued, the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from automation.model.finding import Finding, Unread
from automation.model.progress import ProgressRow, Round
from automation.model.project import Project
from automation.model.year import Source


class Outcome(StrEnum):
    """What became of a file (contract: `automation status --submissions`)."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field that differs from the version before; values as in the JSON of the record, None is absent."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One content received; with the outcome `duplicate` the same content that came again."""

    id: int
    sha256: str
    file: str
    """The sender's name for it; never used as a path."""
    size: int
    received: datetime
    outcome: Outcome
    form: str | None = None
    fiscal_year: int | None = None
    bureau: str | None = None
    code: str | None = None
    """The project's code, given by the register where the form had none."""
    version: int | None = None
    """Counts from 1 what was accepted for the same record; None for what was not accepted."""
    archived: Path | None = None
    receipt: str | None = None
    """Where its receipt stands; None while it has not been answered."""
    filed: bool = False
    """Whether the road of the file has been walked to its end."""
    seconds: float = 0.0
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One file that a bureau sent for a project, accepted or not."""

    project: Project
    source: Source
    outcome: Outcome
    current: bool
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectHistory:
    """Everything that the register holds of one project; oldest first."""

    code: str
    fiscal_year: int
    attempts: tuple[Attempt, ...]
    reports: tuple[tuple[Round, ProgressRow], ...] = ()

    @property
    def current(self) -> Attempt:
        """The version in force, else the last one that was sent."""
        return next((item for item in self.attempts if item.current), self.attempts[-1])

    @property
    def versions(self) -> tuple[Attempt, ...]:
        """The accepted versions only."""
        return tuple(item for item in self.attempts if item.outcome is Outcome.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A document that was made: where it stands, the figures that it states, what it was made with."""

    id: int
    kind: str
    made: datetime
    path: str
    sha256: str
    fiscal_year: int | None = None
    code: str | None = None
    figures: Mapping[str, Any]
    facts: Mapping[str, str] = field(default_factory=dict)
    """What was given by hand or by configuration when it was made."""
    number: str | None = None
    """As printed: `สว ๐๐๑๒/ว ๓`, `๑๒/๒๕๖๙`; None for a draft."""
    archived: Path | None = None
    """The copy that the archive keeps of it as it was made."""
    records: Mapping[str, int] = field(default_factory=dict)
    """Of a book: code of a project, or name of a form, → id of the submission that it was made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of the history, which is only ever added to."""

    id: int
    at: datetime
    who: str
    what: str
    submission: int | None = None
    detail: Mapping[str, Any]
