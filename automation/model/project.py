"""A project or a routine work as a bureau proposes it (แบบ นผ. ๐๐๒๐/๑)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ProjectKind(StrEnum):
    """โครงการ or งานประจำ."""

    PROJECT = "project"
    ROUTINE = "routine"


class Continuity(StrEnum):
    """ใหม่ or ต่อเนื่อง."""

    NEW = "new"
    CONTINUING = "continuing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """ผู้รับผิดชอบโครงการ; the name keeps its title."""

    name: str
    position: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Place in the strategic plan, each as number and name without the label word: `๑ ยกระดับ…`."""

    issue: str | None = None
    goal: str | None = None
    strategy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """ตัวชี้วัดความสำเร็จ; the target keeps its words: `ไม่น้อยกว่า ๑๒`."""

    name: str
    unit: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A step of the work and its calendar months in the order of the fiscal year (10 = October)."""

    name: str
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One expense: หมวดรายจ่าย, รายการ, baht."""

    category: str | None = None
    item: str | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Money asked for, in baht; of `months` and `quarters` the form states one."""

    total: Decimal | None = None
    total_text: str | None = None
    source: str | None = None
    lines: tuple[BudgetLine, ...] = ()
    months: Mapping[int, Decimal] | None = None
    """Calendar month → baht, all twelve where stated."""
    quarters: Mapping[int, Decimal] | None = None
    """Quarter of the fiscal year (1 = October to December) → baht."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryYear:
    """What an earlier fiscal year (B.E.) asked for, was allocated, spent (baht) and brought about."""

    fiscal_year: int | None = None
    requested: Decimal | None = None
    allocated: Decimal | None = None
    spent: Decimal | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """ลักษณะงาน as ticked; they decide who must give an opinion and which papers are due."""

    training: bool = False
    ict: bool = False
    consultant: bool = False
    equipment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A signature block: the printed role; name and date are null while unsigned."""

    role: str
    name: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One project form. Absent is None, an empty list is (); dates are Gregorian, the year is B.E."""

    fiscal_year: int | None = None
    code: str | None = None
    name: str | None = None
    kind: ProjectKind | None = None
    continuity: Continuity | None = None
    bureau: str | None = None
    group: str | None = None
    responsible: tuple[Person, ...] = ()
    alignment: Alignment = field(default_factory=Alignment)
    rationale: str | None = None
    objectives: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    target_group: str | None = None
    activities: tuple[Activity, ...] = ()
    start: date | None = None
    end: date | None = None
    place: str | None = None
    budget: Budget = field(default_factory=Budget)
    benefits: tuple[str, ...] = ()
    evaluation: str | None = None
    history: tuple[HistoryYear, ...] = ()
    attachments: tuple[str, ...] = ()
    flags: Flags = field(default_factory=Flags)
    approvals: tuple[Approval, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict, metadata={"sparse": True})
    """Fields that the office added to its template as `{{ project.extra.… }}`; no part of JSON when empty."""
