"""What the checks may know of the register while one file is being taken in."""

from __future__ import annotations

from datetime import datetime

from automation.checks.context import CheckContext
from automation.model import Progress, Project, Reading
from automation.model.year import YearData
from automation.pipeline.workbench import Workbench


def check_context(bench: Workbench, reading: Reading, received: datetime) -> CheckContext:
    """The plan, the year's projects and the bureau's earlier reports, as the register holds them now."""
    fiscal_year = getattr(reading.record, "fiscal_year", None) or bench.config.year
    year = bench.register.year(fiscal_year)
    return CheckContext(
        today=received.date(),
        received=received.date(),
        deadline=bench.config.deadlines.get(fiscal_year) if isinstance(reading.record, Project) else None,
        plan=year.plan,
        bureaus=tuple(bureau.name for bureau in bench.config.bureaus),
        projects={item.project.code: item.project for item in year.projects if item.project.code},
        earlier=earlier_reports(year, reading),
        calendar=bench.calendar,
        rates=bench.rates,
    )


def earlier_reports(year: YearData, reading: Reading) -> tuple[Progress, ...]:
    """The reports of the same bureau for other rounds of the year, in the order of the rounds."""
    record = reading.record
    if not isinstance(record, Progress):
        return ()
    return tuple(
        item.report
        for item in year.reports
        if item.report.bureau == record.bureau and item.report.round != record.round
    )
