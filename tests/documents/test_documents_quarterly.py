"""The quarterly report: one quarter as it stood, against the sample totals; and what counts as late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from automation.documents.books import build_book
from automation.documents.quarterly import early_data
from automation.errors import UsageError
from automation.model import Pace, Progress, ProgressRow, Project, Round, RoundKind, Stage
from automation.model.project import Budget
from automation.model.year import ProjectVersion, ReportVersion, Source, YearData
from automation.thai.money import parse_baht
from tests.documents.sample_books import Book, made_book, sample_year, totals


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_money_of_a_quarter_agrees_with_the_totals(quarter: int, tmp_path: Path) -> None:
    """Of the quarter and since October, by issue and by bureau, to the satang."""
    book = Book(made_book("quarterly-report", sample_year(), tmp_path, quarter=str(quarter)))
    for caption, group in (("ประเด็นยุทธศาสตร์", "by_issue"), ("สำนัก", "by_bureau")):
        *rows, last = book.rows(f"ผลการใช้จ่ายงบประมาณ จำแนกตาม{caption}")
        for row in rows:
            found = totals()[group][row[0] if group == "by_issue" else row[1]]
            assert parse_baht(row[2]) == Decimal(found["allocated"])
            assert parse_baht(row[3]) == Decimal(found["spent_in_quarter"][str(quarter)])
            assert parse_baht(row[4]) == Decimal(found["spent_cumulative"][str(quarter)])
        whole = totals()["total"]
        assert parse_baht(last[2]) == Decimal(whole["spent_in_quarter"][str(quarter)])
        assert parse_baht(last[3]) == Decimal(whole["spent_cumulative"][str(quarter)])


@pytest.mark.parametrize("quarter", [1, 4])
def test_stages_are_those_of_the_quarter(quarter: int) -> None:
    """Not those of the newest report."""
    stages = build_book("quarterly-report", sample_year(), {"quarter": str(quarter)})["stages"]
    expected = totals()["stages_by_quarter"][str(quarter)]
    names = {"ดำเนินการแล้วเสร็จ": "done", "อยู่ระหว่างดำเนินการ": "ongoing", "ยกเลิก": "cancelled"}
    assert {row["name"]: row["count"] for row in stages if row["name"] in names} == {
        thai: expected[name] for thai, name in names.items()
    }


def test_plan_by_quarter_stands_beside_the_spending() -> None:
    """The plan is that of the forms."""
    rows = build_book("quarterly-report", sample_year(), {"quarter": "๓"})["by_quarter"]
    expected = totals()["planned_by_quarter_requested"]
    assert [row["planned"] for row in rows] == [Decimal(expected[str(no)]) for no in (1, 2, 3)]
    assert [row["difference"] for row in rows] == [row["spent"] - row["planned"] for row in rows]


def test_the_last_reported_quarter_is_meant_where_none_is_given() -> None:
    """Without any report the first; a quarter that is none is told."""
    assert build_book("quarterly-report", sample_year(), {})["quarter"] == 4
    assert build_book("quarterly-report", YearData(fiscal_year=2570), {})["quarter"] == 1
    with pytest.raises(UsageError, match="ไม่มีไตรมาส 5"):
        build_book("quarterly-report", sample_year(), {"quarter": "๕"})


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"pace": Pace.LATE, "stage": Stage.ONGOING, "spent": Decimal(90)}, "ล่าช้ากว่าแผน"),
        ({"pace": Pace.WATCH, "stage": Stage.ONGOING, "spent": Decimal(90)}, "ควรติดตามเป็นพิเศษ"),
        ({"stage": Stage.POSTPONED, "spent": Decimal(90)}, "ชะลอหรือเลื่อนการดำเนินการ"),
        ({"stage": Stage.ONGOING, "spent": Decimal(49)}, "เบิกจ่ายร้อยละ 49.00 ของแผนถึงสิ้นไตรมาส"),
        (
            {"pace": Pace.LATE, "stage": Stage.ONGOING, "spent": Decimal(49)},
            "ล่าช้ากว่าแผน และเบิกจ่ายร้อยละ 49.00 ของแผนถึงสิ้นไตรมาส",
        ),
        ({"stage": Stage.ONGOING, "spent": Decimal(50)}, ""),
        ({"stage": Stage.DONE, "spent": Decimal(10)}, ""),
    ],
)
def test_late_and_risky_projects_are_named_with_the_reason(row: dict[str, object], reason: str) -> None:
    """What the bureau says counts first; then money far behind the plan."""
    risks = build_book("quarterly-report", year_with(ProgressRow(code="1", **row)), {})["risks"]  # type: ignore[arg-type]
    assert [item["risk"] for item in risks] == ([reason] if reason else [])


def test_a_project_without_a_report_is_named_too() -> None:
    """Silence is not progress."""
    year = replace(year_with(ProgressRow(code="2")))
    assert [item["risk"] for item in build_book("quarterly-report", year, {})["risks"]] == ["ยังไม่มีรายงานผล"]


def year_with(row: ProgressRow) -> YearData:
    """One project that plans 100 baht in the first quarter, and one report on that quarter."""
    source = Source(file="a.docx", sha256="0")
    project = Project(
        code="1", name="ก", bureau="สำนัก", budget=Budget(total=Decimal(100), quarters={1: Decimal(100)})
    )
    report = Progress(
        fiscal_year=2570, round=Round(kind=RoundKind.QUARTER, number=1), bureau="สำนัก", rows=(row,)
    )
    return YearData(
        fiscal_year=2570,
        projects=(ProjectVersion(project=project, source=source),),
        reports=(ReportVersion(report=report, source=source),),
    )


def test_the_cover_tells_the_day_of_the_data_and_whether_the_quarter_was_over(tmp_path: Path) -> None:
    """The newest report that reaches no further than the quarter counts, or the day that is given."""
    year = sample_year()
    reports = tuple(
        replace(item, source=replace(item.source, received=datetime(2027, 3 * place, 5, tzinfo=UTC)))
        for item in year.reports
        if item.report.round and (place := item.report.round.number)
    )
    year = replace(year, reports=reports)
    context = build_book("quarterly-report", year, {"quarter": "2"})
    assert (context["book"]["revised"], context["quarter_end"]) == (date(2027, 6, 5), date(2027, 3, 31))
    assert early_data(context) == ()
    early = build_book("quarterly-report", year, {"quarter": "2", "revised": "๓๐ มีนาคม ๒๕๗๐"})
    (note,) = early_data(early)
    assert "๓๐ มีนาคม ๒๕๗๐ เก่ากว่าวันสิ้นไตรมาส (๓๑ มีนาคม ๒๕๗๐)" in note
    book = made_book("quarterly-report", year, tmp_path, quarter="2", revised="๓๐ มีนาคม ๒๕๗๐")
    footers = [item.first_page_footer.paragraphs for item in Document(str(book)).sections]
    words = "".join(item.text for footer in footers for item in footer)
    assert "(ก่อนสิ้นไตรมาส)" in words
