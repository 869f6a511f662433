"""What the checks may know of the register while one file is being taken in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from automation.checks.context import CheckContext
from automation.checks.rates import Rate
from automation.config import Config
from automation.model import Progress, Project, Reading
from automation.model.year import YearData
from automation.pipeline.workbench import Workbench
from automation.thai.holidays import WorkCalendar


def check_context(bench: Workbench, reading: Reading, received: datetime) -> CheckContext:
    """What the checks may know for one reading, as the register holds it now."""
    return KnownYears(bench).context(reading, received)


class KnownYears:
    """The years of the register as one sweep knows them: read once, kept true by what the sweep stores.

    Only for use under the sweep lock, which keeps other programs from storing anything meanwhile.
    """

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._years: dict[int, YearData] = {}
        self._reports: dict[int, dict[tuple[object, object], Progress]] = {}

    def context(self, reading: Reading, received: datetime) -> CheckContext:
        """The plan, the year's projects and the bureau's earlier reports, as the register holds them now."""
        bench = self._bench
        fiscal_year = year_of(reading, bench.config)
        if fiscal_year not in self._years:
            year = bench.register.year(fiscal_year)
            self._years[fiscal_year] = year
            self._reports[fiscal_year] = {
                (item.report.bureau, item.report.round): item.report for item in year.reports
            }
        return told_of(
            reading,
            config=bench.config,
            calendar=bench.calendar,
            rates=bench.rates,
            year=self._years[fiscal_year],
            earlier=earlier_reports(self._reports[fiscal_year].values(), reading),
            today=received.date(),
            received=received.date(),
        )

    def stored(self, reading: Reading, fiscal_year: int | None, *, accepted: bool) -> None:
        """What was read is in force now. A report changes no project; anything else has the years read anew.

        `fiscal_year`: where the register put it.
        """
        record = reading.record
        if not accepted or record is None:
            return
        if isinstance(record, Progress) and fiscal_year in self._reports:
            self._reports[fiscal_year][record.bureau, record.round] = record
        else:
            self._years.clear()
            self._reports.clear()


def told_of(
    reading: Reading,
    *,
    config: Config,
    calendar: WorkCalendar,
    rates: tuple[Rate, ...],
    year: YearData | None,
    earlier: tuple[Progress, ...],
    today: date,
    received: date | None,
) -> CheckContext:
    """What the checks may know of one reading; `year` is None where there is no register.

    `received` is None for a file that is only read. A record of the very same file, taken in before, is not
    held against it.
    """
    projects = year.projects if year else ()
    deadline = config.deadlines.get(year_of(reading, config))
    return CheckContext(
        today=today,
        received=received,
        deadline=deadline if isinstance(reading.record, Project) else None,
        plan=year.plan if year else None,
        bureaus=tuple(bureau.name for bureau in config.bureaus),
        projects={
            item.project.code: item.project
            for item in projects
            if item.project.code and item.source.sha256 != reading.sha256
        },
        earlier=earlier,
        calendar=calendar,
        rates=rates,
    )


def year_of(reading: Reading, config: Config) -> int:
    """The fiscal year (B.E.) that a file belongs to: its own, else the one the office works on."""
    return getattr(reading.record, "fiscal_year", None) or config.year


def earlier_reports(reports: Iterable[Progress], reading: Reading) -> tuple[Progress, ...]:
    """The reports of the same bureau for other rounds of the year, in the order in which they came."""
    record = reading.record
    if not isinstance(record, Progress):
        return ()
    return tuple(item for item in reports if item.bureau == record.bureau and item.round != record.round)
