"""The calendar of one of the manual's processes, from a day on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from automation.config import Config, load_config
from automation.errors import UsageError
from automation.process import Planned, calendar, find_process, load_processes
from automation.thai.dates import format_date, parse_date
from automation.thai.holidays import WorkCalendar


def process_calendar(root: Path, process_id: str, start: str) -> dict[str, Any]:
    """The steps with their first and last working day; UsageError if unknown or unclear."""
    config = load_config(root)
    process = find_process(load_processes(), process_id)
    planned = plan_steps(config, process_id, start)
    return {
        "process": process.id,
        "title": process.title,
        "steps": [
            {
                "id": item.step.id,
                "no": item.step.no,
                "title": item.step.title,
                "days": item.step.duration,
                "start": format_date(item.start, "short") if item.start else "-",
                "end": format_date(item.end, "short") if item.end else "-",
                "start_date": item.start.isoformat() if item.start else None,
                "end_date": item.end.isoformat() if item.end else None,
                "owner": item.step.owner,
            }
            for item in planned
        ],
    }


def plan_steps(config: Config, process_id: str, start: str) -> tuple[Planned, ...]:
    """The steps of a process from a day in any Thai or ISO writing; UsageError if unknown or unclear."""
    try:
        first = parse_date(start, fiscal_year=config.year)
    except ValueError as error:
        raise UsageError(f"วันเริ่มไม่ชัดเจน: {start}", hint='เขียนเช่น "๑ ตุลาคม ๒๕๖๙" หรือ 2026-10-01') from error
    work = WorkCalendar(config.holidays, config.working)
    return calendar(find_process(load_processes(), process_id), first, work)
