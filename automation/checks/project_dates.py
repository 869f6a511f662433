"""Period and months of a project form, and the day it came in (A08, A10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date

from automation.checks.context import CheckContext
from automation.checks.rule import Remark, error, warning
from automation.model import Project
from automation.thai import fiscal
from automation.thai.dates import SHORT_MONTHS, format_date, format_period
from automation.thai.digits import to_thai


def dates_reversed(project: Project, context: CheckContext) -> Iterator[Remark]:
    """The end lies before the start."""
    if project.start and project.end and project.end < project.start:
        yield error(
            "end",
            f"วันสิ้นสุด {format_date(project.end)} อยู่ก่อนวันเริ่มต้น {format_date(project.start)} "
            "โปรดแก้ไขระยะเวลาดำเนินการ",
        )


def dates_outside_year(project: Project, context: CheckContext) -> Iterator[Remark]:
    """The period leaves the fiscal year; an error when no day of it lies within."""
    year = project.fiscal_year
    if year is None or not fiscal.is_year(year) or project.start is None or project.end is None:
        return
    first, last = fiscal.bounds(year)
    if project.end < project.start or (first <= project.start and project.end <= last):
        return
    outside = project.end < first or last < project.start
    yield (error if outside else warning)(
        "start" if project.start < first else "end",
        f"ระยะเวลา {format_period(project.start, project.end)} อยู่นอกปีงบประมาณ พ.ศ. "
        f"{to_thai(str(year))} ({format_period(first, last)}) โปรดตรวจสอบ",
    )


def months_outside_dates(project: Project, context: CheckContext) -> Iterator[Remark]:
    """An activity is planned in a month in which the project does not run."""
    if project.start is None or project.end is None or project.end < project.start:
        return
    running = _months(project.start, project.end)
    quarterly = all(_whole_quarters(activity.months) for activity in project.activities)
    for index, activity in enumerate(project.activities):
        planned = frozenset(activity.months)
        outside = [
            month
            for month in activity.months
            if month in fiscal.MONTH_ORDER
            and month not in running
            and not (quarterly and _of_a_quarter(month, planned, running))
        ]
        if outside:
            names = " ".join(SHORT_MONTHS[month] for month in outside)
            yield warning(
                f"activities.{index}.months",
                f"กิจกรรม “{activity.name}” กำหนดไว้ในเดือน {names} ซึ่งอยู่นอกระยะเวลาดำเนินการ "
                f"{format_period(project.start, project.end)} โปรดตรวจสอบ",
            )


def _whole_quarters(months: Iterable[int]) -> bool:
    """Whether months are those of whole quarters: what a form that plans by quarters says."""
    planned = set(months)
    return all(
        set(fiscal.QUARTERS[fiscal.quarter(month)]) <= planned for month in planned & set(fiscal.MONTH_ORDER)
    )


def _of_a_quarter(month: int, planned: Set[int], running: Set[int]) -> bool:
    """Whether the month is planned only as part of a whole quarter in which the project does run: a form that
    plans by quarters cannot say more."""
    quarter = set(fiscal.QUARTERS[fiscal.quarter(month)])
    return quarter <= planned and bool(quarter & running)


def _months(start: date, end: date) -> set[int]:
    """Calendar months from start to end."""
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return {(start.month - 1 + offset) % 12 + 1 for offset in range(min(count, 12))}


def received_late(project: Project, context: CheckContext) -> Iterator[Remark]:
    """The form came in after the last day that was set."""
    if context.received and context.deadline and context.received > context.deadline:
        yield warning(
            "",
            f"ส่งเมื่อ {format_date(context.received)} หลังวันสุดท้ายที่กำหนด คือ {format_date(context.deadline)} "
            "โปรดประสานกลุ่มงานแผนงานและโครงการ",
        )
