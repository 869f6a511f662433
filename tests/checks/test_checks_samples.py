"""Every sample's rules: what must be found is found, and nothing is held against a clean file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from automation.checks import CheckContext, check_reading, check_year_data, load_rates
from automation.checks.rules import (
    ALLOCATION_RULES,
    MEETING_RULES,
    PROGRESS_RULES,
    PROJECT_RULES,
    RESOLUTION_RULES,
    STRATEGY_RULES,
)
from automation.model import RECORD_TYPES, Finding, Project, Reading, Severity, StrategicPlan, from_json
from automation.model.year import ProjectVersion, Source, YearData

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
FILES = sorted(SAMPLES.rglob("*.expected.json"))
FORM_RULES = (
    *PROJECT_RULES,
    *PROGRESS_RULES,
    *ALLOCATION_RULES,
    *STRATEGY_RULES,
    *MEETING_RULES,
    *RESOLUTION_RULES,
)
OURS = {rule.id for rule in FORM_RULES}
BUREAUS = (
    "สำนักนโยบายและแผน",
    "สำนักการคลังและงบประมาณ",
    "สำนักพัฒนาทรัพยากรบุคคล",
    "สำนักเทคโนโลยีสารสนเทศและการสื่อสาร",
    "สำนักการพิมพ์",
    "สำนักการประชุม",
    "สำนักประชาสัมพันธ์",
    "สำนักวิชาการ",
    "สำนักกฎหมาย",
    "สำนักการต่างประเทศ",
)


def expected(path: Path) -> tuple[Reading, set[str]]:
    data = json.loads(path.read_text(encoding="utf-8"))
    record = from_json(RECORD_TYPES[data["form"]], data["record"])
    return Reading(file=path.name, sha256="", form=data["form"], record=record), set(data["must_find"])


@pytest.fixture(scope="module")
def context() -> CheckContext:
    reading, _ = expected(SAMPLES / "other" / "strategy-sample-plan.expected.json")
    assert isinstance(reading.record, StrategicPlan)
    return CheckContext(
        today=date(2026, 11, 24),
        received=date(2025, 12, 24),
        deadline=date(2025, 12, 31),
        plan=reading.record,
        bureaus=BUREAUS,
        rates=load_rates(ROOT / "templates"),
    )


def rules_of(findings: tuple[Finding, ...], *severities: Severity) -> set[str]:
    return {finding.rule for finding in findings if finding.severity in severities}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_sample(path: Path, context: CheckContext) -> None:
    reading, must_find = expected(path)
    findings = check_reading(reading, context)
    errors = rules_of(findings, Severity.ERROR)
    spoken = rules_of(findings, Severity.ERROR, Severity.WARNING)
    assert must_find & OURS <= spoken
    assert errors <= must_find
    # What a layout has no place for is said as a warning; nothing else is said about a clean file.
    assert spoken - must_find <= {"required-missing"}


def test_the_forms_of_the_year_are_free_of_warnings(context: CheckContext) -> None:
    paths = sorted((SAMPLES / "year2570" / "forms").glob("*.expected.json"))
    assert len(paths) == 24
    for path in paths:
        reading, _ = expected(path)
        assert [item for item in check_reading(reading, context) if item.severity is not Severity.NOTE] == []


def test_one_strategy_of_the_sample_plan_has_no_project(context: CheckContext) -> None:
    source = Source(file="x.docx", sha256="")
    records = [expected(path)[0].record for path in sorted((SAMPLES / "year2570" / "forms").glob("*.json"))]
    year = YearData(
        fiscal_year=2570,
        plan=context.plan,
        projects=tuple(
            ProjectVersion(project=record, source=source) for record in records if isinstance(record, Project)
        ),
    )
    (finding,) = check_year_data(year)
    assert finding.rule == "strategy-uncovered"
    assert "๒.๓" in finding.message


def test_every_rule_names_steps_and_every_finding_says_what_to_do(context: CheckContext) -> None:
    assert all(rule.steps for rule in FORM_RULES)
    late = replace(context, received=date(2026, 1, 5))
    for path in FILES:
        reading, _ = expected(path)
        for finding in check_reading(reading, late):
            assert finding.steps
            assert finding.message
            assert finding.severity is Severity.NOTE or "โปรด" in finding.message


def test_nothing_read_nothing_said(context: CheckContext) -> None:
    assert check_reading(Reading(file="x.docx", sha256=""), context) == ()
