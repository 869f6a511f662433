"""What the program understands of one file: the document that `automation read --json` prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from automation.model.finding import Evidence, Finding, Severity, Unread
from automation.model.generic import GenericRecord
from automation.model.meeting import Meeting
from automation.model.plan import Allocation, Resolution, StrategicPlan
from automation.model.progress import Progress
from automation.model.project import Project

KnownRecord = Project | Progress | Allocation | StrategicPlan | Meeting | Resolution
Record = KnownRecord | GenericRecord

RECORD_TYPES: Mapping[str, type[KnownRecord]] = {
    "project": Project,
    "progress": Progress,
    "allocation": Allocation,
    "strategy": StrategicPlan,
    "meeting": Meeting,
    "resolution": Resolution,
}
"""Form name → class of its record; any other name is a form that the office added."""


def record_type(form: str) -> type[Record]:
    """The class of the records of a form."""
    return RECORD_TYPES.get(form, GenericRecord)


def empty_record(form: str) -> Record:
    """The record of a form with nothing in it."""
    kind = RECORD_TYPES.get(form)
    return GenericRecord(form=form) if kind is None else kind()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Record and findings of one file. `evidence` is keyed by field path (`budget.total`, `rows.3.spent`)."""

    file: str
    sha256: str
    form: str | None = None
    record: Record | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    places: Mapping[str, Evidence] = field(default_factory=dict)
    """Places of fields without evidence of their own: empty ones at their labels, items in their lists."""
    unread: tuple[Unread, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def faulty(self) -> bool:
        """Whether a finding sends the file back."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def with_findings(self, *more: Finding) -> Reading:
        """The same reading with more findings behind those it has."""
        return replace(self, findings=self.findings + more)
