"""The strategic plan, the allocation of a year, and resolutions project by project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanIndicator:
    """ตัวชี้วัดระดับเป้าประสงค์ with its targets by fiscal year (B.E.)."""

    name: str
    unit: str | None = None
    baseline: str | None = None
    targets: Mapping[int, str] | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """เป้าประสงค์."""

    no: str
    name: str
    indicators: tuple[PlanIndicator, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """กลยุทธ์ and the bureaus that host it."""

    no: str
    name: str
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """ประเด็นยุทธศาสตร์."""

    no: str
    name: str
    goals: tuple[Goal, ...] = ()
    strategies: tuple[Strategy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategicPlan:
    """แผนยุทธศาสตร์; years are B.E."""

    name: str | None = None
    first_year: int | None = None
    last_year: int | None = None
    vision: str | None = None
    missions: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRow:
    """Requested and allocated baht of one project."""

    code: str | None = None
    name: str | None = None
    bureau: str | None = None
    requested: Decimal | None = None
    allocated: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """บัญชีจัดสรรงบประมาณ of one fiscal year (B.E.)."""

    fiscal_year: int | None = None
    rows: tuple[AllocationRow, ...] = ()


class Decision(StrEnum):
    """มติรายโครงการ: เห็นชอบ, ให้ปรับปรุง, ไม่เห็นชอบ."""

    AGREE = "agree"
    REVISE = "revise"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionRow:
    """What a meeting decided about one project; the budget agreed to, in baht."""

    code: str | None = None
    name: str | None = None
    decision: Decision | None = None
    note: str | None = None
    budget: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """มติรายโครงการ of one meeting."""

    body: str | None = None
    date: dt.date | None = None
    rows: tuple[ResolutionRow, ...] = ()
