"""No record, however odd, makes a rule fail: nonsense in a file gives findings, never a crash."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from automation.checks import CheckContext, check_reading, check_year_data, load_rates
from automation.model import RECORD_TYPES, Progress, Project, Reading, StrategicPlan, from_json
from automation.model.year import ProjectVersion, ReportVersion, Source, YearData

ROOT = Path(__file__).parents[2]
SAMPLES = [
    json.loads(path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("samples/**/*.expected.json"))
]
ODD_TEXTS = ["", "-", "0", "ไม่มี", "๒ x ๓ บาท x", "หนึ่งร้อยบาท", "9.9", "( )", "ก" * 300, "สำนัก", "\u200b"]
ODD: dict[type, list[Any]] = {
    bool: [True, False],
    int: [-1, 0, 13, 257, 2570, 25700, 10**9],
}
CHOICES = {"kind", "continuity", "stage", "pace", "decision"}
PLAN = from_json(StrategicPlan, next(item["record"] for item in SAMPLES if item["form"] == "strategy"))
PROJECTS = {
    str(item["record"]["code"]): from_json(Project, item["record"])
    for item in SAMPLES
    if item["form"] == "project" and item["record"]["code"]
}
REPORTS = tuple(from_json(Progress, item["record"]) for item in SAMPLES if item["form"] == "progress")
CONTEXT = CheckContext(
    today=date(2026, 11, 24),
    received=date(2026, 11, 24),
    deadline=date(2025, 12, 19),
    plan=PLAN,
    bureaus=("สำนักวิชาการ", "สำนักกฎหมาย"),
    projects=PROJECTS,
    earlier=REPORTS,
    rates=load_rates(ROOT / "templates"),
)


def odd(value: Any) -> list[Any]:
    """What may stand in a leaf instead of its value, of the same kind."""
    if not isinstance(value, str):
        return ODD[type(value)]
    if len(value) == 10 and value[4:8:3] == "--":
        return ["1900-01-01", "2026-10-01", "2100-12-31"]
    if value.replace(".", "").replace("-", "").isdigit() and value[-3:-2] == ".":
        return ["0.00", "-1.00", "0.01", "9999999999999.99"]
    return ODD_TEXTS


def spoil(value: Any, draw: Any) -> Any:
    """The JSON value with some leaves odd and some lists empty; words of a fixed choice stay."""
    if isinstance(value, dict):
        return {name: item if name in CHOICES else spoil(item, draw) for name, item in value.items()}
    if isinstance(value, list):
        return [] if draw(ONE_IN_TEN) == 0 else [spoil(item, draw) for item in value]
    if value is None or draw(ONE_IN_TEN) > 1:
        return value
    return draw(st.sampled_from(odd(value)))


ONE_IN_TEN = st.integers(min_value=0, max_value=9)


@settings(max_examples=150)
@given(st.sampled_from(SAMPLES), st.data())
def test_a_spoilt_record_is_checked(sample: dict[str, Any], data: st.DataObject) -> None:
    record = from_json(RECORD_TYPES[sample["form"]], spoil(sample["record"], data.draw))
    findings = check_reading(Reading(file="x", sha256="", record=record), CONTEXT)
    assert all(finding.message and finding.steps for finding in findings)


@settings(max_examples=30)
@given(
    st.lists(st.sampled_from([item for item in SAMPLES if item["form"] == "project"]), max_size=3), st.data()
)
def test_a_spoilt_year_is_checked(samples: list[dict[str, Any]], data: st.DataObject) -> None:
    source = Source(file="x", sha256="")
    projects = [from_json(Project, spoil(item["record"], data.draw)) for item in samples]
    year = YearData(
        fiscal_year=2570,
        plan=PLAN,
        projects=tuple(ProjectVersion(project=project, source=source) for project in projects),
        reports=tuple(ReportVersion(report=report, source=source) for report in REPORTS),
    )
    assert all(finding.message for finding in check_year_data(year))
