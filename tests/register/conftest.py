"""A register in a temporary folder, and readings to put into it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from automation.model import (
    Budget,
    Evidence,
    Finding,
    Indicator,
    Progress,
    ProgressRow,
    Project,
    ProjectKind,
    Reading,
    Record,
    Round,
    RoundKind,
    Severity,
    Strength,
    Unread,
)
from automation.register import Outcome, Register, Submission

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SHORTS = {"สำนักนโยบายและแผน": "นผ", "สำนักวิชาการ": "วช"}
PROJECT = Project(
    fiscal_year=2570,
    name="โครงการ ก",
    kind=ProjectKind.PROJECT,
    bureau="สำนักนโยบายและแผน",
    objectives=("เพื่อทดสอบ",),
    indicators=(Indicator(name="จำนวน", target="๑๒"),),
    budget=Budget(total=Decimal("1250.50"), months={10: Decimal("1250.50")}),
)
FORMS = {
    "Project": "project",
    "Progress": "progress",
    "Allocation": "allocation",
    "StrategicPlan": "strategy",
}
FAULT = Finding(
    severity=Severity.ERROR,
    rule="required-missing",
    message="ไม่ได้กรอกสถานที่",
    field="place",
    where="ตาราง ๑ แถว ๒",
    ref="word/document.xml#p4",
    steps=("A08",),
)


def make_reading(record: Record | None, *findings: Finding, sha256: str = "") -> Reading:
    """A reading whose hash follows from its content unless one is given."""
    digest = hashlib.sha256(repr((record, findings)).encode()).hexdigest()
    form = FORMS.get(type(record).__name__, type(record).__name__.lower()) if record else None
    return Reading(
        file="",
        sha256=sha256 or digest,
        form=form,
        record=record,
        evidence={"name": Evidence(by=Strength.ANCHOR, where="ตาราง ๑ แถว ๑")},
        unread=(Unread(where="ย่อหน้า ๙", text="หมายเหตุของผู้ส่ง"),),
        findings=findings,
    )


def put(register: Register, record: Record | None, *findings: Finding, **how: Any) -> Submission:
    """Store a record as the pipeline would: faulty ones are returned."""
    reading = make_reading(record, *findings, sha256=how.pop("sha256", ""))
    outcome = Outcome.RETURNED if reading.faulty else Outcome.ACCEPTED
    values = {"archived": None, "received": NOON, "outcome": outcome, "size": 12, "file_name": "แบบ.docx"}
    return register.store(reading, **values | how)


def progress(quarter: int, spent: int, code: str = "2570-นผ-01") -> Progress:
    """A quarterly report with one row."""
    return Progress(
        fiscal_year=2570,
        round=Round(kind=RoundKind.QUARTER, number=quarter),
        bureau="สำนักนโยบายและแผน",
        rows=(ProgressRow(code=code, spent=Decimal(spent)),),
    )


def changed(project: Project = PROJECT, **fields: Any) -> Project:
    """The project with other fields."""
    return replace(project, **fields)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """An empty register."""
    with Register.open(tmp_path / "register.db", tmp_path / "archive", shorts=SHORTS) as opened:
        yield opened


@pytest.fixture(scope="session")
def cases() -> SimpleNamespace:
    """What the tests of the register put into it."""
    return SimpleNamespace(
        NOON=NOON,
        SHORTS=SHORTS,
        PROJECT=PROJECT,
        FAULT=FAULT,
        changed=changed,
        progress=progress,
        put=put,
        reading=make_reading,
    )
