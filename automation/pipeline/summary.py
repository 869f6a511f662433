"""A record in a few Thai lines: for the receipt, and for reading on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from automation.model import (
    Allocation,
    Finding,
    GenericRecord,
    Meeting,
    Progress,
    Project,
    ProjectKind,
    Record,
    Resolution,
    Round,
    RoundKind,
    StrategicPlan,
)
from automation.model.progress import STAGE_NAMES
from automation.thai.dates import MONTHS, format_date, format_period, format_time
from automation.thai.digits import to_thai
from automation.thai.money import baht_text, format_baht

Line = tuple[str, str]

FORM_TITLES: Mapping[str, str] = {
    "project": "แบบเสนอรายละเอียดโครงการ/งานประจำ",
    "progress": "แบบรายงานผลการดำเนินงาน",
    "allocation": "บัญชีจัดสรรงบประมาณ",
    "strategy": "แผนยุทธศาสตร์",
    "meeting": "แบบแจ้งรายละเอียดการประชุม",
    "resolution": "มติที่ประชุมรายโครงการ",
}


def form_title(form: str | None, record: Record | None) -> str:
    """The Thai title of a form, of the office's own forms too."""
    own = record.title if isinstance(record, GenericRecord) else ""
    return FORM_TITLES.get(form or "") or own or "ไม่ทราบแบบ"


def summary(record: Record) -> tuple[Line, ...]:
    """Label and value of what is worth checking at a glance, in Thai numerals; nothing for absent values."""
    lines = _SUMMARIES[type(record)](record)
    return tuple((label, to_thai(value)) for label, value in lines if value)


def round_words(period: Round) -> str:
    """`ไตรมาสที่ ๒`, `เดือนตุลาคม`, `รอบ ๖ เดือน (ครั้งที่ ๑)`, `รอบ ๑๒ เดือน`."""
    match period.kind:
        case RoundKind.MONTH:
            return f"เดือน{MONTHS[period.number or 10]}"
        case RoundKind.QUARTER:
            return to_thai(f"ไตรมาสที่ {period.number}")
        case RoundKind.HALF:
            return to_thai(f"รอบ 6 เดือน (ครั้งที่ {period.number})")
        case RoundKind.NINE_MONTHS:
            return to_thai("รอบ 9 เดือน")
        case RoundKind.YEAR:
            return to_thai("รอบ 12 เดือน")


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as in the contract of `automation read --json`."""
    return {
        "severity": finding.severity.value,
        "rule": finding.rule,
        "field": finding.field,
        "where": finding.where,
        "message": finding.message,
        "steps": list(finding.steps),
    }


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{format_baht(amount)} บาท"


def _total(amounts: list[Decimal | None]) -> str:
    return _money(sum((amount for amount in amounts if amount is not None), Decimal(0)))


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number else ""


def _project(record: Project) -> list[Line]:
    kind = {ProjectKind.PROJECT: "โครงการ", ProjectKind.ROUTINE: "งานประจำ"}.get(record.kind, "")  # type: ignore[arg-type]
    budget = record.budget.total
    money = "" if budget is None else f"{_money(budget)} ({baht_text(budget)})"
    period = format_period(record.start, record.end) if record.start and record.end else ""
    counts = (
        _count(len(record.indicators), "ตัวชี้วัด"),
        _count(len(record.activities), "กิจกรรม"),
        _count(len(record.budget.lines), "รายการค่าใช้จ่าย"),
    )
    return [
        ("ปีงบประมาณ พ.ศ.", str(record.fiscal_year or "")),
        ("รหัสโครงการ", record.code or ""),
        ("ชื่อ", record.name or ""),
        ("ประเภท", kind),
        ("สำนัก", " ".join(filter(None, (record.bureau, record.group)))),
        ("ผู้รับผิดชอบ", ", ".join(person.name for person in record.responsible)),
        ("ประเด็นยุทธศาสตร์", record.alignment.issue or ""),
        ("กลยุทธ์", record.alignment.strategy or ""),
        ("รายละเอียด", " ".join(filter(None, counts))),
        ("ระยะเวลา", period),
        ("งบประมาณ", money),
    ]


def _progress(record: Progress) -> list[Line]:
    stages = [(name, sum(row.stage is stage for row in record.rows)) for stage, name in STAGE_NAMES.items()]
    return [
        ("ปีงบประมาณ พ.ศ.", str(record.fiscal_year or "")),
        ("รอบรายงาน", round_words(record.round) if record.round else ""),
        ("สำนัก", record.bureau or ""),
        ("ผู้รายงาน", record.reporter or ""),
        ("จำนวนโครงการ", _count(len(record.rows), "โครงการ")),
        ("สถานะ", ", ".join(f"{name} {number}" for name, number in stages if number)),
        ("ได้รับจัดสรร", _total([row.allocated for row in record.rows])),
        ("เบิกจ่ายสะสม", _total([row.spent for row in record.rows])),
    ]


def _allocation(record: Allocation) -> list[Line]:
    return [
        ("ปีงบประมาณ พ.ศ.", str(record.fiscal_year or "")),
        ("จำนวนโครงการ", _count(len(record.rows), "โครงการ")),
        ("คำขอ", _total([row.requested for row in record.rows])),
        ("ได้รับจัดสรร", _total([row.allocated for row in record.rows])),
    ]


def _strategy(record: StrategicPlan) -> list[Line]:
    goals = [goal for issue in record.issues for goal in issue.goals]
    return [
        ("ชื่อแผน", record.name or ""),
        ("วิสัยทัศน์", record.vision or ""),
        ("ประเด็นยุทธศาสตร์", _count(len(record.issues), "ประเด็น")),
        ("เป้าประสงค์", _count(len(goals), "เป้าประสงค์")),
        ("ตัวชี้วัด", _count(sum(len(goal.indicators) for goal in goals), "ตัว")),
        ("กลยุทธ์", _count(sum(len(issue.strategies) for issue in record.issues), "กลยุทธ์")),
    ]


def _meeting(record: Meeting) -> list[Line]:
    return [
        ("การประชุม", record.title or ""),
        ("ครั้งที่", record.number or ""),
        ("วันที่", format_date(record.date, "weekday") if record.date else ""),
        ("เวลา", format_time(record.start_time) if record.start_time else ""),
        ("สถานที่", record.place or ""),
        ("ระเบียบวาระ", _count(len(record.agenda), "วาระ")),
        ("ผู้เข้าร่วม", _count(len(record.invitees), "คน")),
    ]


def _resolution(record: Resolution) -> list[Line]:
    return [
        ("ที่ประชุม", record.body or ""),
        ("วันที่", format_date(record.date, "long") if record.date else ""),
        ("จำนวนโครงการ", _count(len(record.rows), "โครงการ")),
        ("งบประมาณที่เห็นชอบ", _total([row.budget for row in record.rows])),
    ]


def _generic(record: GenericRecord) -> list[Line]:
    return [
        (record.labels.get(path, path), value if isinstance(value, str) else "; ".join(map(_item, value)))
        for path, value in record.fields.items()
    ]


def _item(value: str | Mapping[str, str]) -> str:
    """An item of a list, or a row of a table with its cells behind one another."""
    return value if isinstance(value, str) else " ".join(value.values())


_SUMMARIES: Mapping[type, Callable[..., list[Line]]] = {
    Project: _project,
    Progress: _progress,
    Allocation: _allocation,
    StrategicPlan: _strategy,
    Meeting: _meeting,
    Resolution: _resolution,
    GenericRecord: _generic,
}
