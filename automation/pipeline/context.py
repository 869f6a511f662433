"""What the checks may know of the register while one file is being taken in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from automation.checks.context import CheckContext
from automation.model import Progress, Project, Reading
from automation.model.year import YearData
from automation.pipeline.workbench import Workbench


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
        fiscal_year = getattr(reading.record, "fiscal_year", None) or self._bench.config.year
        if fiscal_year not in self._years:
            year = self._bench.register.year(fiscal_year)
            self._years[fiscal_year] = year
            self._reports[fiscal_year] = {
                (item.report.bureau, item.report.round): item.report for item in year.reports
            }
        earlier = _earlier(self._reports[fiscal_year].values(), reading)
        return _context(self._bench, self._years[fiscal_year], earlier, reading, received)

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


def _context(
    bench: Workbench, year: YearData, earlier: tuple[Progress, ...], reading: Reading, received: datetime
) -> CheckContext:
    fiscal_year = getattr(reading.record, "fiscal_year", None) or bench.config.year
    return CheckContext(
        today=received.date(),
        received=received.date(),
        deadline=bench.config.deadlines.get(fiscal_year) if isinstance(reading.record, Project) else None,
        plan=year.plan,
        bureaus=tuple(bureau.name for bureau in bench.config.bureaus),
        projects={item.project.code: item.project for item in year.projects if item.project.code},
        earlier=earlier,
        calendar=bench.calendar,
        rates=bench.rates,
    )


def _earlier(reports: Iterable[Progress], reading: Reading) -> tuple[Progress, ...]:
    """The reports of the same bureau for other rounds of the year, in the order in which they came."""
    record = reading.record
    if not isinstance(record, Progress):
        return ()
    return tuple(item for item in reports if item.bureau == record.bureau and item.round != record.round)
