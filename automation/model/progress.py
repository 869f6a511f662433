"""A bureau's progress report of one round (แบบรายงานผลการดำเนินงาน)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class RoundKind(StrEnum):
    """The period that a report covers."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


class Stage(StrEnum):
    """สถานะการดำเนินงาน."""

    NOT_STARTED = "not_started"
    ONGOING = "ongoing"
    DONE = "done"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


STAGE_NAMES: Mapping[Stage, str] = {
    Stage.DONE: "ดำเนินการแล้วเสร็จ",
    Stage.ONGOING: "อยู่ระหว่างดำเนินการ",
    Stage.POSTPONED: "ชะลอหรือเลื่อนการดำเนินการ",
    Stage.NOT_STARTED: "ยังไม่ได้ดำเนินการ",
    Stage.CANCELLED: "ยกเลิก",
}
"""What every paper and message calls the stages, in the order in which they are listed."""


class Pace(StrEnum):
    """เป็นไปตามแผนหรือไม่; says another thing than the stage."""

    ON_PLAN = "on_plan"
    WATCH = "watch"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Number: calendar month (10 = October), quarter 1–4, half 1–2; None for nine months and a year."""

    kind: RoundKind
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """Target and result as written; `percent` of the target (85 % = 85.00)."""

    name: str
    unit: str | None = None
    target: str | None = None
    result: str | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRow:
    """One project's state; money in baht, percentages as 85.00, actual dates."""

    code: str | None = None
    name: str | None = None
    indicators: tuple[IndicatorResult, ...] = ()
    stage: Stage | None = None
    pace: Pace | None = None
    progress: Decimal | None = None
    allocated: Decimal | None = None
    committed: Decimal | None = None
    spent_round: Decimal | None = None
    spent: Decimal | None = None
    """Cumulative since 1 October."""
    remaining: Decimal | None = None
    spent_percent: Decimal | None = None
    start: date | None = None
    end: date | None = None
    summary: str | None = None
    problems: str | None = None
    suggestions: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One file = one bureau and one round."""

    fiscal_year: int | None = None
    round: Round | None = None
    bureau: str | None = None
    reporter: str | None = None
    rows: tuple[ProgressRow, ...] = field(default=())
