"""What a rule may know besides the record: frozen, given by the caller, no clock and no files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from automation.checks.rates import Rate
from automation.model import Progress, Project, StrategicPlan
from automation.thai.holidays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """What is known when a file is checked; empty or None where nothing is known yet."""

    today: date
    received: date | None = None
    """Day on which the file came in; None when it is only read."""
    deadline: date | None = None
    """Last day for project forms of the year."""
    plan: StrategicPlan | None = None
    bureaus: tuple[str, ...] = ()
    """Full names of the bureaus."""
    projects: Mapping[str, Project] = field(default_factory=dict)
    """Projects of the year in the register by code."""
    earlier: tuple[Progress, ...] = ()
    """Progress reports of the same bureau and year that are in the register."""
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    rates: tuple[Rate, ...] = ()
