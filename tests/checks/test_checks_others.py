"""Rules of the allocation, the strategic plan, resolutions, meetings and the year; the table of rates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from automation.checks import CheckContext, check_reading, check_year_data, load_rates
from automation.errors import ConfigError
from automation.model import (
    AgendaItem,
    Alignment,
    Allocation,
    AllocationRow,
    Budget,
    Decision,
    Goal,
    Issue,
    Meeting,
    PlanIndicator,
    Progress,
    ProgressRow,
    Project,
    Reading,
    Record,
    Resolution,
    ResolutionRow,
    Round,
    RoundKind,
    StrategicPlan,
    Strategy,
)
from automation.model.year import ProjectVersion, ReportVersion, ResolutionVersion, Source, YearData
from automation.thai.holidays import WorkCalendar

ROOT = Path(__file__).parents[2]
CONTEXT = CheckContext(today=date(2026, 11, 24), bureaus=("สำนักวิชาการ",))
ROW = AllocationRow(
    code="70-วช-01",
    name="โครงการ ก",
    bureau="สำนักวิชาการ",
    requested=Decimal("500.00"),
    allocated=Decimal("400.00"),
)
ALLOCATION = Allocation(fiscal_year=2570, rows=(ROW,))
INDICATOR = PlanIndicator(
    name="ร้อยละความพึงพอใจ", unit="ร้อยละ", baseline="82", targets={2570: "84"}, owner="สำนักวิชาการ"
)
PLAN = StrategicPlan(
    name="แผน",
    first_year=2570,
    last_year=2574,
    issues=(
        Issue(
            no="1",
            name="ยกระดับ",
            goals=(Goal(no="1", name="สมาชิกพอใจ", indicators=(INDICATOR,)),),
            strategies=(
                Strategy(no="1.1", name="พัฒนามาตรฐาน", hosts=("สำนักวิชาการ",)),
                Strategy(no="1.2", name="พัฒนาวิชาการ", hosts=("สำนักวิชาการ",)),
            ),
        ),
    ),
)
MEETING = Meeting(
    title="ประชุม",
    date=date(2026, 12, 15),
    start_time="09:30",
    place="ห้อง ๑",
    agenda=(AgendaItem(no="๑", title="เพื่อทราบ"),),
    attachments=("ร่างแผน",),
)


def found(record: Record, context: CheckContext = CONTEXT) -> list[tuple[str, str, str]]:
    findings = check_reading(Reading(file="x", sha256="", record=record), context)
    return [(item.severity.value, item.rule, item.field) for item in findings]


def test_allocation() -> None:
    assert found(ALLOCATION) == []
    assert found(Allocation()) == [
        ("error", "required-missing", "fiscal_year"),
        ("error", "required-missing", "rows"),
    ]
    rows = (
        replace(ROW, allocated=None),
        replace(ROW, allocated=Decimal(600)),
        replace(ROW, bureau="สำนักอื่น"),
        AllocationRow(),
    )
    assert found(replace(ALLOCATION, rows=rows)) == [
        ("warning", "required-missing", "rows.0.allocated"),
        ("warning", "required-missing", "rows.1.allocated"),
        ("warning", "required-missing", "rows.3.allocated"),
        ("warning", "bureau-unknown", "rows.2.bureau"),
    ]
    known = replace(CONTEXT, projects={"70-วช-02": Project(name="โครงการ ข")})
    assert found(ALLOCATION, known) == [("warning", "code-unknown", "rows.0.code")]


def test_strategic_plan() -> None:
    assert found(PLAN) == []
    assert found(StrategicPlan()) == [
        ("error", "required-missing", "first_year"),
        ("error", "required-missing", "issues"),
    ]
    untargeted = Goal(no="3", name="ค", indicators=(PlanIndicator(name="จำนวน"),))
    bare = Issue(no="2", name="ว่าง")
    thin = Issue(
        no="3",
        name="บาง",
        goals=(Goal(no="2", name="ก"), untargeted),
        strategies=(Strategy(no="3.1", name="ข"),),
    )
    assert found(replace(PLAN, first_year=2575, issues=(*PLAN.issues, bare, thin))) == [
        ("error", "required-missing", "last_year"),
        ("warning", "required-missing", "issues.1.goals"),
        ("warning", "required-missing", "issues.1.strategies"),
        ("warning", "required-missing", "issues.2.goals.0"),
        ("warning", "required-missing", "issues.2.goals.1.indicators.0"),
        ("note", "required-missing", "issues.2.goals.1.indicators.0"),
        ("warning", "required-missing", "issues.2.strategies.0"),
    ]


def test_resolutions() -> None:
    row = ResolutionRow(code="70-วช-01", name="โครงการ ก", decision=Decision.AGREE)
    resolution = Resolution(
        body="คณะกรรมการ", date=date(2026, 1, 20), rows=(row, replace(row, decision=None))
    )
    assert found(resolution) == [("warning", "required-missing", "rows.1.decision")]
    assert found(Resolution()) == [
        ("warning", "required-missing", "date"),
        ("error", "required-missing", "rows"),
    ]
    known = replace(CONTEXT, projects={"70-วช-02": Project(name="โครงการ ข")})
    assert ("warning", "code-unknown", "rows.0.code") in found(resolution, known)


def test_meeting_lacks() -> None:
    assert found(MEETING) == []
    assert found(Meeting()) == [
        ("error", "required-missing", "title"),
        ("error", "required-missing", "date"),
        ("warning", "required-missing", "start_time"),
        ("warning", "required-missing", "place"),
        ("warning", "required-missing", "agenda"),
        ("note", "required-missing", "attachments"),
    ]


@pytest.mark.parametrize(
    ("issued", "day", "late"),
    [
        (date(2026, 11, 23), date(2026, 11, 26), False),
        (date(2026, 11, 24), date(2026, 11, 26), True),
        (date(2026, 12, 3), date(2026, 12, 8), True),
        (date(2026, 12, 2), date(2026, 12, 8), False),
        (date(2026, 12, 9), date(2026, 12, 8), True),
        (None, date(2026, 11, 26), True),
        (None, date(2026, 11, 27), False),
        (None, date(2026, 1, 20), False),
    ],
)
def test_three_working_days_before_the_meeting(issued: date | None, day: date, late: bool) -> None:
    """5–7 December 2026 is a weekend and a day in lieu; without a letter the count runs from today."""
    expected = [("warning", "invitation-too-late", "date")] if late else []
    assert found(replace(MEETING, issued=issued, date=day)) == expected


def test_the_office_calendar_counts() -> None:
    context = replace(CONTEXT, calendar=WorkCalendar(extra={date(2026, 11, 25): "วันหยุดพิเศษ"}))
    meeting = replace(MEETING, issued=date(2026, 11, 23), date=date(2026, 11, 26))
    assert found(meeting, context) == [("warning", "invitation-too-late", "date")]


SOURCE = Source(file="x.docx", sha256="0")
PROJECT = Project(
    code="70-วช-01",
    name="โครงการ ก",
    bureau="สำนักวิชาการ",
    alignment=Alignment(strategy="๑.๑ พัฒนามาตรฐาน"),
    budget=Budget(total=Decimal("500.00")),
)
YEAR = YearData(
    fiscal_year=2570,
    plan=PLAN,
    projects=(
        ProjectVersion(project=PROJECT, source=SOURCE),
        ProjectVersion(
            project=replace(
                PROJECT, code="70-วช-02", name="โครงการ ข", alignment=Alignment(strategy="๑.๒ พัฒนาวิชาการ")
            ),
            source=SOURCE,
        ),
    ),
    allocation=Allocation(
        fiscal_year=2570, rows=(ROW, replace(ROW, code="๗๐-วช-๐๒", name="โครงการ  ข", allocated=Decimal(500)))
    ),
    reports=(
        ReportVersion(
            report=Progress(
                fiscal_year=2570,
                round=Round(kind=RoundKind.QUARTER, number=1),
                bureau="สำนักวิชาการ",
                rows=(ProgressRow(code="70-วช-01", name="โครงการ ก", allocated=Decimal(400)),),
            ),
            source=SOURCE,
        ),
    ),
)


def year_findings(year: YearData) -> list[tuple[str, str]]:
    """Rules and fields of what is found, without the notes on sums that are still to be adjusted."""
    findings = [item for item in check_year_data(year) if item.rule != "allocation-differs"]
    assert all(finding.steps and finding.message for finding in findings)
    return [(finding.rule, finding.field) for finding in findings]


def with_rows(*rows: AllocationRow) -> YearData:
    return replace(YEAR, allocation=Allocation(fiscal_year=2570, rows=rows))


def test_a_sound_year() -> None:
    assert year_findings(YEAR) == []
    assert year_findings(YearData(fiscal_year=2570)) == []
    assert year_findings(YearData(fiscal_year=2570, plan=PLAN)) == []


def test_a_strategy_without_project() -> None:
    assert year_findings(replace(YEAR, projects=YEAR.projects[:1], allocation=None)) == [
        ("strategy-uncovered", "")
    ]


def test_books_that_disagree() -> None:
    second = ROW if YEAR.allocation is None else YEAR.allocation.rows[1]
    cases = [
        (with_rows(replace(ROW, name="โครงการอื่น"), second), "70-วช-01"),
        (with_rows(replace(ROW, requested=Decimal(450)), second), "70-วช-01"),
        (with_rows(ROW, second, replace(ROW, code="70-วช-99")), "70-วช-99"),
        (with_rows(ROW, second, replace(ROW, code=None)), ""),
        (with_rows(ROW), "70-วช-02"),
        (with_rows(replace(ROW, allocated=Decimal(300)), second), "70-วช-01"),
    ]
    for year, code in cases:
        assert year_findings(year) == [("books-disagree", code)]


def test_a_project_adjusted_to_its_allocation_agrees() -> None:
    adjusted = replace(PROJECT, budget=Budget(total=Decimal("400.00")))
    year = replace(YEAR, projects=(ProjectVersion(project=adjusted, source=SOURCE), YEAR.projects[1]))
    assert year_findings(year) == []


def test_sums_to_be_adjusted_after_the_allocation() -> None:
    notes = [item for item in check_year_data(YEAR) if item.rule == "allocation-differs"]
    assert [(item.severity.value, item.field) for item in notes] == [("note", "70-วช-01")]


@pytest.mark.parametrize(
    ("decision", "budget", "received", "still_open"),
    [
        (Decision.AGREE, None, datetime(2026, 1, 1), False),
        (Decision.REVISE, Decimal(450), datetime(2026, 1, 1), True),
        (Decision.REVISE, Decimal(500), datetime(2026, 1, 1), False),
        (Decision.REVISE, None, datetime(2026, 1, 20, 9), True),
        (Decision.REVISE, None, datetime(2026, 1, 21), False),
        (Decision.DROP, None, datetime(2026, 1, 1), True),
        (None, None, datetime(2026, 1, 1), False),
    ],
)
def test_resolutions_that_wait_for_a_change(
    decision: Decision | None, budget: Decimal | None, received: datetime, still_open: bool
) -> None:
    row = ResolutionRow(code="๗๐-วช-๐๑", name="โครงการ ก", decision=decision, budget=budget)
    resolution = Resolution(
        date=date(2026, 1, 20), rows=(row, replace(row, code="70-วช-99"), ResolutionRow())
    )
    project = ProjectVersion(project=PROJECT, source=replace(SOURCE, received=received))
    year = replace(
        YEAR,
        projects=(project, YEAR.projects[1]),
        resolutions=(ResolutionVersion(resolution=resolution, source=SOURCE),),
    )
    assert year_findings(year) == ([("resolution-open", "๗๐-วช-๐๑")] if still_open else [])


def test_the_shipped_rates() -> None:
    rates = load_rates(ROOT / "templates")
    assert {rate.limit for rate in rates if "วิทยากร" in rate.keywords} == {600, 800, 1200, 1600}
    assert all(rate.source and rate.unit and rate.keywords for rate in rates)
    assert {rate.valid_to for rate in rates} == {None, date(2025, 10, 30)}


def test_rates_absent_or_wrong(tmp_path: Path) -> None:
    assert load_rates(tmp_path) == ()
    path = tmp_path / "rates.toml"
    path.write_text(
        """
        [[rate]]
        item = "ก"
        [[rate]]
        item = "ข"
        keywords = ["ข"]
        limit = "มาก"
        unit = "วัน"
        source = "ประกาศ"
        [[rate]]
        item = "ค"
        keywords = ["ค"]
        limit = 1
        unit = "วัน"
        source = "ประกาศ"
        valid = "ตลอดไป"
        """,
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as caught:
        load_rates(tmp_path)
    assert len(caught.value.problems) == 3
    path.write_text("[[rate", encoding="utf-8")
    with pytest.raises(ConfigError):
        load_rates(tmp_path)
