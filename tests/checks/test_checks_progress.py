"""Each rule of the progress report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from automation.checks import CheckContext, check_reading
from automation.model import (
    IndicatorResult,
    Pace,
    Progress,
    ProgressRow,
    Project,
    Reading,
    Round,
    RoundKind,
    Stage,
)

CONTEXT = CheckContext(today=date(2027, 4, 10), bureaus=("สำนักวิชาการ",))
ROW = ProgressRow(
    code="70-วช-01",
    name="โครงการจัดทำเอกสารวิชาการ",
    indicators=(IndicatorResult(name="จำนวน", target="12", result="9", percent=Decimal("75.00")),),
    stage=Stage.ONGOING,
    pace=Pace.ON_PLAN,
    progress=Decimal("75.00"),
    allocated=Decimal("286500.00"),
    spent_round=Decimal("95000.00"),
    spent=Decimal("214000.00"),
    remaining=Decimal("72500.00"),
    spent_percent=Decimal("74.69"),
    start=date(2026, 10, 15),
    problems="ไม่มี",
)
REPORT = Progress(
    fiscal_year=2570,
    round=Round(kind=RoundKind.QUARTER, number=2),
    bureau="สำนักวิชาการ",
    reporter="นายตัวอย่าง",
    rows=(ROW,),
)


def found(report: Progress, context: CheckContext = CONTEXT) -> list[tuple[str, str, str]]:
    reading = Reading(file="x.xlsx", sha256="", form="progress", record=report)
    return [(item.severity.value, item.rule, item.field) for item in check_reading(reading, context)]


def row(**changes: Any) -> Progress:
    return replace(REPORT, rows=(replace(ROW, **changes),))


def test_a_sound_report_has_no_findings() -> None:
    assert found(REPORT) == []


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (replace(REPORT, fiscal_year=None), ("error", "required-missing", "fiscal_year")),
        (replace(REPORT, round=None), ("error", "required-missing", "round")),
        (replace(REPORT, bureau=None), ("error", "required-missing", "bureau")),
        (replace(REPORT, rows=()), ("error", "required-missing", "rows")),
        (row(code=None, name=None), ("warning", "required-missing", "rows.0")),
        (row(stage=None), ("warning", "required-missing", "rows.0.stage")),
        (
            row(spent=None, spent_round=None, remaining=None, spent_percent=None),
            ("warning", "required-missing", "rows.0.spent"),
        ),
        (replace(REPORT, bureau="สำนักอื่น"), ("warning", "bureau-unknown", "bureau")),
        (
            row(spent=Decimal(300000), remaining=Decimal(-13500), spent_percent=Decimal("104.71")),
            ("error", "spent-exceeds-allocated", "rows.0.spent"),
        ),
        (
            row(committed=Decimal(80000), remaining=Decimal(-7500)),
            ("warning", "spent-exceeds-allocated", "rows.0.committed"),
        ),
        (row(remaining=Decimal(72501)), ("error", "remaining-mismatch", "rows.0.remaining")),
        (row(committed=Decimal(500)), ("warning", "remaining-mismatch", "rows.0.remaining")),
        (row(spent_percent=Decimal("84.69")), ("warning", "percent-mismatch", "rows.0.spent_percent")),
        (
            row(indicators=(replace(ROW.indicators[0], percent=Decimal("80.00")),)),
            ("warning", "percent-mismatch", "rows.0.indicators.0.percent"),
        ),
        (row(spent_round=Decimal(214001)), ("error", "cumulative-falls", "rows.0.spent")),
        (row(stage=Stage.DONE), ("error", "stage-contradicts", "rows.0.stage")),
        (row(end=date(2026, 10, 1)), ("error", "dates-reversed", "rows.0.end")),
        (row(stage=Stage.NOT_STARTED), ("error", "stage-contradicts", "rows.0.stage")),
        (row(stage=Stage.CANCELLED), ("error", "reason-missing", "rows.0.problems")),
        (row(stage=Stage.POSTPONED, problems=None), ("error", "reason-missing", "rows.0.problems")),
        (row(pace=Pace.LATE, problems="-"), ("warning", "reason-missing", "rows.0.problems")),
    ],
)
def test_one_fault_one_finding(report: Progress, expected: tuple[str, str, str]) -> None:
    assert expected in found(report)
    assert {rule for _, rule, _ in found(report)} == {expected[1]}


def test_a_missing_end_is_missed_only_in_a_report_that_states_dates() -> None:
    done = replace(ROW, stage=Stage.DONE, progress=Decimal("100.00"))
    undated = replace(done, start=None)
    assert found(replace(REPORT, rows=(undated,))) == []
    assert found(replace(REPORT, rows=(done,))) == [("warning", "stage-contradicts", "rows.0.end")]


@pytest.mark.parametrize("percent", ["75", "74.7", "74.69", "74", "74.6"])
def test_percentages_may_be_rounded_or_cut(percent: str) -> None:
    assert found(row(spent_percent=Decimal(percent))) == []


@pytest.mark.parametrize(
    ("target", "result", "percent"),
    [
        ("80", "84.5", "105.63"),
        ("80", "84.5", "100.00"),
        ("ไม่น้อยกว่า ๑๒ เรื่อง", "๙ เรื่อง", "75.00"),
        ("10", "20", "50.00"),
        ("ดีมาก", "ดี", "10.00"),
        ("0", "5", "10.00"),
        ("1-3", "2", "10.00"),
        ("5", "0", "0.00"),
    ],
)
def test_indicator_percentages_that_may_be_meant(target: str, result: str, percent: str) -> None:
    indicator = IndicatorResult(name="ก", target=target, result=result, percent=Decimal(percent))
    assert found(row(indicators=(indicator,))) == []


def test_done_and_reasons_given() -> None:
    assert found(row(stage=Stage.DONE, progress=Decimal(100), end=date(2027, 3, 1))) == []
    assert found(row(stage=Stage.CANCELLED, problems="ปรับรูปแบบงาน")) == []
    untouched = row(
        stage=Stage.NOT_STARTED,
        progress=Decimal(0),
        spent=Decimal(0),
        spent_round=Decimal(0),
        remaining=Decimal(286500),
        spent_percent=Decimal(0),
        start=None,
    )
    assert found(untouched) == []


def test_cumulative_spending_against_earlier_rounds() -> None:
    first = replace(
        row(spent=Decimal(215000), code="๗๐-วช-๐๑"), round=Round(kind=RoundKind.QUARTER, number=1)
    )
    context = replace(CONTEXT, earlier=(first,))
    assert found(REPORT, context) == [("error", "cumulative-falls", "rows.0.spent")]
    later = replace(first, round=Round(kind=RoundKind.NINE_MONTHS))
    same_end = replace(first, round=Round(kind=RoundKind.HALF, number=1))
    last_year = replace(first, fiscal_year=2569)
    assert found(REPORT, replace(CONTEXT, earlier=(later, same_end, last_year))) == []
    assert found(replace(REPORT, round=None), context) == [("error", "required-missing", "round")]


def test_codes_against_the_register() -> None:
    known = {"๗๐-วช-๐๑": Project(code="๗๐-วช-๐๑", name="ก")}
    assert found(REPORT, replace(CONTEXT, projects=known)) == []
    wrong = row(code="70-วช-11", name="ก")
    assert found(wrong) == []
    reading = Reading(file="x", sha256="", record=wrong)
    (finding,) = check_reading(reading, replace(CONTEXT, projects=known))
    assert (finding.rule, finding.field) == ("code-unknown", "rows.0.code")
    assert "70-วช-01" in finding.message


def test_cumulative_spending_adds_up() -> None:
    first = replace(row(spent=Decimal(119000)), round=Round(kind=RoundKind.QUARTER, number=1))
    assert found(REPORT, replace(CONTEXT, earlier=(first,))) == []
    less = replace(row(spent=Decimal(100000)), round=Round(kind=RoundKind.MONTH, number=12))
    assert found(REPORT, replace(CONTEXT, earlier=(less,))) == [
        ("warning", "cumulative-mismatch", "rows.0.spent")
    ]
    october = replace(less, round=Round(kind=RoundKind.MONTH, number=10))
    assert found(REPORT, replace(CONTEXT, earlier=(october,))) == []


def test_every_project_of_the_bureau_is_reported() -> None:
    mine = Project(code="70-วช-02", name="งานห้องสมุด", bureau="สํานักวิชาการ")
    other = replace(mine, bureau="สำนักกฎหมาย")
    assert found(REPORT, replace(CONTEXT, projects={"70-วช-01": mine, "70-กม-01": other})) == []
    assert found(REPORT, replace(CONTEXT, projects={"70-วช-01": mine, "70-วช-02": mine})) == [
        ("warning", "project-unreported", "rows")
    ]


def test_a_finished_project_has_results() -> None:
    indicator = IndicatorResult(name="จำนวน", target="12")
    done = row(stage=Stage.DONE, progress=Decimal(100), end=date(2027, 3, 1), indicators=(indicator,))
    assert found(done) == [("warning", "result-missing", "rows.0.indicators.0.result")]
