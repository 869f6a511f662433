"""A process laid out in working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from automation.errors import UsageError
from automation.process.processes import Process, Step
from automation.thai.holidays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A step with its first and last working day (Gregorian); None where the manual gives no duration."""

    step: Step
    start: date | None
    end: date | None


def calendar(
    process: Process, start: date, work: WorkCalendar, *, route: str | None = None
) -> tuple[Planned, ...]:
    """The steps one after another from the first working day on or after `start`.

    A duration such as ๓-๕ takes its longer figure. Of alternative routes one is planned: the named one,
    else the first. UsageError for a route that the process does not have.
    """
    if route is not None and route not in process.routes:
        raise UsageError(
            f"กระบวนการ {process.title} ไม่มีทางเลือก {route}",
            hint=f"ทางเลือกที่มี: {', '.join(process.routes) or 'ไม่มี'}",
        )
    chosen = route or next(iter(process.routes), None)
    before = start - timedelta(days=1)
    planned: list[Planned] = []
    for step in process.steps:
        if step.route not in (None, chosen):
            continue
        if step.days is None:
            planned.append(Planned(step=step, start=None, end=None))
            continue
        first, before = work.add(before, 1), work.add(before, step.days[1])
        planned.append(Planned(step=step, start=first, end=before))
    return tuple(planned)
