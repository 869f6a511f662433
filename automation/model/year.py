"""One fiscal year as the register holds it: what every book, check and status page is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from automation.model.meeting import Meeting
from automation.model.plan import Allocation, Resolution, StrategicPlan
from automation.model.progress import Progress, ProgressRow, Round, RoundKind
from automation.model.project import Project
from automation.thai.digits import to_arabic


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file that a record was read from; `version` counts the files sent for the same record from 1."""

    file: str
    sha256: str
    received: datetime | None = None
    version: int = 1
    submission: int | None = None
    """Id in the register; None for a file that is not stored there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectVersion:
    """A project as its bureau last proposed it."""

    project: Project
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVersion:
    """The last progress report that a bureau sent for one round."""

    report: Progress
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingVersion:
    """The last form of one meeting."""

    meeting: Meeting
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionVersion:
    """The last list of resolutions of one meeting."""

    resolution: Resolution
    source: Source


_MONTHS = {
    RoundKind.MONTH: 1,
    RoundKind.QUARTER: 3,
    RoundKind.HALF: 6,
    RoundKind.NINE_MONTHS: 9,
    RoundKind.YEAR: 12,
}
_OCTOBER = 10


def months_covered(period: Round) -> tuple[int, int]:
    """The months of the fiscal year that a round covers, counted from October = 1: quarter 2 → (4, 6)."""
    length = _MONTHS[period.kind]
    if period.kind is RoundKind.MONTH:
        end = ((period.number or _OCTOBER) - _OCTOBER) % 12 + 1
    else:
        end = length * (period.number or 1)
    return end - length + 1, end


def round_order(period: Round) -> tuple[int, int]:
    """Sort key of rounds: by their end, and of two that end together the shorter first."""
    start, end = months_covered(period)
    return end, -start


def code_key(code: str | None) -> str:
    """A project's code as it is compared: Arabic digits, no spaces; "" for None."""
    return "".join(to_arabic(code or "").split())


@dataclass(frozen=True, slots=True, kw_only=True)
class YearData:
    """What is known of one fiscal year (B.E.); current versions only, in the order they were given."""

    fiscal_year: int
    plan: StrategicPlan | None = None
    plan_source: Source | None = None
    projects: tuple[ProjectVersion, ...] = ()
    allocation: Allocation | None = None
    allocation_source: Source | None = None
    reports: tuple[ReportVersion, ...] = ()
    """Ordered by round whatever order they are given in."""
    meetings: tuple[MeetingVersion, ...] = ()
    resolutions: tuple[ResolutionVersion, ...] = ()
    _projects: Mapping[str, ProjectVersion] = field(init=False, repr=False, compare=False)
    _allocated: Mapping[str, Decimal] = field(init=False, repr=False, compare=False)
    _rows: Mapping[str, tuple[tuple[Round, ProgressRow], ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put the reports in the order of their rounds and index what is looked up by code."""
        put = object.__setattr__
        put(self, "reports", tuple(sorted(self.reports, key=_report_order)))
        put(self, "_projects", {code_key(item.project.code): item for item in self.projects})
        put(self, "_allocated", dict(self._allocations()))
        rows: dict[str, list[tuple[Round, ProgressRow]]] = {}
        for key, period, row in self._report_rows():
            rows.setdefault(key, []).append((period, row))
        put(self, "_rows", {key: tuple(found) for key, found in rows.items()})

    @property
    def bureaus(self) -> tuple[str, ...]:
        """Names of the bureaus that have a project, in the order of the projects."""
        return tuple(dict.fromkeys(item.project.bureau or "" for item in self.projects))

    def project(self, code: str) -> ProjectVersion | None:
        """The current version of the project with this code, in Thai or Arabic digits."""
        return self._projects.get(code_key(code))

    def projects_of(self, bureau: str) -> tuple[ProjectVersion, ...]:
        """The projects of one bureau, by its full name."""
        return tuple(item for item in self.projects if (item.project.bureau or "") == bureau)

    def allocated(self, code: str | None) -> Decimal | None:
        """Baht that the allocation gives the project; without one, what its last report states."""
        found = self._allocated.get(code_key(code))
        if found is not None or self.allocation is not None:
            return found
        stated = [row.allocated for _, row in self.rows(code) if row.allocated is not None]
        return stated[-1] if stated else None

    def rows(self, code: str | None) -> tuple[tuple[Round, ProgressRow], ...]:
        """What was reported on the project, in the order of the rounds."""
        return self._rows.get(code_key(code), ())

    def latest_row(self, code: str | None, *, quarter: int = 4) -> ProgressRow | None:
        """The last report on the project, of the rounds that ended with this quarter or before it."""
        found = [row for period, row in self.rows(code) if months_covered(period)[1] <= quarter * 3]
        return found[-1] if found else None

    def report(self, bureau: str, period: Round) -> ReportVersion | None:
        """The bureau's report of this round."""
        for item in self.reports:
            if item.report.bureau == bureau and item.report.round == period:
                return item
        return None

    @property
    def last_quarter(self) -> int:
        """The last quarter that any report covers to its end; 0 without one."""
        ends = [months_covered(item.report.round)[1] // 3 for item in self.reports if item.report.round]
        return max(ends, default=0)

    def _allocations(self) -> Iterator[tuple[str, Decimal]]:
        for row in self.allocation.rows if self.allocation else ():
            if row.code and row.allocated is not None:
                yield code_key(row.code), row.allocated

    def _report_rows(self) -> Iterator[tuple[str, Round, ProgressRow]]:
        """Every row of the reports with its project's key; a row without a code is known by its name."""
        names = {
            (item.project.bureau, item.project.name): code_key(item.project.code) for item in self.projects
        }
        for item in self.reports:
            for row in item.report.rows if item.report.round else ():
                key = code_key(row.code) or names.get((item.report.bureau, row.name), "")
                if key and item.report.round:
                    yield key, item.report.round, row


def _report_order(item: ReportVersion) -> tuple[tuple[int, int], str]:
    period = item.report.round
    return (round_order(period) if period else (0, 0)), item.report.bureau or ""
