"""The year-end report: every figure is read back from the made file and held against the sample totals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from automation.documents.books import build_book
from automation.model import Project
from automation.model.progress import IndicatorResult, ProgressRow
from automation.model.year import ProjectVersion, Source, YearData
from automation.thai.money import parse_baht
from tests.documents.sample_books import Book, made_book, sample_year, totals

STAGES = {
    "done": "ดำเนินการแล้วเสร็จ",
    "ongoing": "อยู่ระหว่างดำเนินการ",
    "postponed": "ชะลอหรือเลื่อนการดำเนินการ",
    "not_started": "ยังไม่ได้ดำเนินการ",
    "cancelled": "ยกเลิก",
}
WHOLE = totals()["total"]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The year-end report of the sample year."""
    return Book(made_book("year-end-report", sample_year(), tmp_path_factory.mktemp("book")))


def money(cells: list[str]) -> list[Decimal]:
    """Baht that stand in the cells."""
    return [parse_baht(cell) for cell in cells]


def spending(figures: dict[str, Any]) -> list[Decimal]:
    """Allocated, spent, remaining of the sample totals."""
    return [Decimal(figures[key]) for key in ("allocated",)] + [
        Decimal(figures["spent_cumulative"]["4"]),
        Decimal(figures["remaining"]),
    ]


def test_stages(book: Book) -> None:
    """Number and share of projects by stage, with the formula beside the figures."""
    *rows, last = book.rows("จำนวนโครงการและงานประจำ จำแนกตามสถานะ")
    assert {row[1]: int(row[2]) for row in rows} == {
        STAGES[key]: count for key, count in WHOLE["stages"].items()
    }
    assert int(last[1]) == WHOLE["projects"] + WHOLE["routines"]
    assert rows[0][3] == "83.33"
    assert any("รวมรายการที่ยกเลิก" in text and "÷" in text for text in book.paragraphs)


def test_indicators_met(book: Book) -> None:
    """By issue and in the summary, and the sum that makes the percentage."""
    *rows, last = book.rows("ตัวชี้วัดที่บรรลุเป้าหมาย จำแนกตามประเด็นยุทธศาสตร์")
    assert {row[0]: (int(row[2]), int(row[3])) for row in rows} == {
        no: (item["indicators"], item["indicators_met"]) for no, item in totals()["by_issue"].items()
    }
    assert [last[1], last[2]] == [str(WHOLE["indicators"]), str(WHOLE["indicators_met"])]
    assert any("คำนวณจาก 21 ÷ 31 × 100" in text for text in book.paragraphs)


@pytest.mark.parametrize(
    ("caption", "group", "key"),
    [
        ("การใช้จ่ายงบประมาณ จำแนกตามประเด็นยุทธศาสตร์", "by_issue", 0),
        ("การใช้จ่ายงบประมาณ จำแนกตามสำนัก", "by_bureau", 1),
    ],
)
def test_spending(book: Book, caption: str, group: str, key: int) -> None:
    """Allocated, spent, remaining and share, to the satang."""
    *rows, last = book.rows(caption)
    expected = totals()[group]
    assert {row[key] for row in rows} == set(expected)
    for row in rows:
        assert money(row[2:5]) == spending(expected[row[key]])
        assert row[5] == expected[row[key]]["spent_percent"]
    assert money(last[1:4]) == spending(WHOLE)
    assert last[4] == WHOLE["spent_percent"]


def test_spending_by_quarter(book: Book) -> None:
    """In each quarter and since October."""
    *rows, last = book.rows("การเบิกจ่ายงบประมาณรายไตรมาส")
    for row in rows:
        assert money([row[2], row[4]]) == [
            Decimal(WHOLE["spent_in_quarter"][row[0]]),
            Decimal(WHOLE["spent_cumulative"][row[0]]),
        ]
    assert rows[-1][5] == last[2] == WHOLE["spent_percent"]


def test_projects_and_routine_works_apart(book: Book) -> None:
    """The two kinds add up to the whole."""
    projects, routines, whole = book.rows("การเบิกจ่ายงบประมาณ จำแนกตามประเภท")
    assert [int(row[1]) for row in (projects, routines, whole)] == [19, 5, 24]
    parts = zip(money(projects[2:5]), money(routines[2:5]), strict=True)
    assert [one + other for one, other in parts] == money(whole[2:5]) == spending(WHOLE)


def test_every_project_stands_in_its_issue(book: Book) -> None:
    """Money, stage and indicators of each, and its summary below the table."""
    expected = {item["name"].replace("๒๕๗๑", "2571"): item for item in totals()["projects"]}
    found = {}
    for issue in ("1", "2", "3"):
        *rows, _ = book.rows(f"ผลการดำเนินงานและการใช้จ่ายงบประมาณ ประเด็นยุทธศาสตร์ที่ {issue}")
        found |= {row[1]: row for row in rows}
    assert set(found) == set(expected)
    for name, item in expected.items():
        row = found[name]
        assert row[2] == STAGES[item["stage_by_quarter"]["4"]]
        assert money(row[3:5]) == [Decimal(item["allocated"]), Decimal(item["spent_cumulative"]["4"])]
        assert row[6] == f"{item['indicators_met']}/{item['indicators']}"
        assert any(text.endswith(f") {name}") for text in book.paragraphs)


def test_problems_are_listed_and_nothing_is_not(book: Book) -> None:
    """What bureaus wrote; ไม่มี is no problem."""
    rows = book.rows("ปัญหา อุปสรรค และข้อเสนอแนะ จำแนกตามโครงการและงานประจำ")
    assert ["คู่สัญญาส่งมอบงานล่าช้า", "เร่งรัดคู่สัญญาและกันเงินไว้เบิกเหลื่อมปี"] in [row[2:4] for row in rows]
    assert not any("ไม่มี" in cell for row in rows for cell in row)


def test_unfinished_projects_have_their_reason(book: Book) -> None:
    """The appendix names what is not done, with stage and reason."""
    rows = book.rows("โครงการและงานประจำที่ยังไม่แล้วเสร็จหรือยกเลิก")
    assert len(rows) == WHOLE["stages"]["ongoing"] + WHOLE["stages"]["cancelled"]
    assert all("เนื่องจาก" in row[3] for row in rows)


def test_charts_show_the_figures() -> None:
    """Stages in numbers, money in millions of baht, Thai digits in the labels."""
    charts = build_book("year-end-report", sample_year(), {})["charts"]
    assert charts["stages"].series == {"จำนวนโครงการ/งานประจำ": tuple(WHOLE["stages"][key] for key in STAGES)}
    assert charts["quarters"].categories[0] == "ไตรมาสที่ ๑"
    spent = charts["quarters"].series["เบิกจ่าย"]
    assert [amount * 1_000_000 for amount in spent] == [
        Decimal(WHOLE["spent_in_quarter"][str(no)]) for no in range(1, 5)
    ]
    issues = totals()["by_issue"]
    assert [amount * 1_000_000 for amount in charts["issues"].series["ได้รับจัดสรร"]] == [
        Decimal(issues[no]["allocated"]) for no in ("1", "2", "3")
    ]


def test_best_and_worst_bureau(book: Book) -> None:
    """The summary names them, of those that have money."""
    shares = {name: Decimal(item["spent_percent"]) for name, item in totals()["by_bureau"].items()}
    best, worst = max(shares, key=shares.__getitem__), min(shares, key=shares.__getitem__)
    assert any(f"คือ {best} ร้อยละ {shares[best]}" in text and worst in text for text in book.paragraphs)


def test_report_before_the_year_is_over() -> None:
    """Until the third quarter it says so, and counts what was not reported."""
    year = sample_year()
    early = replace(year, reports=tuple(item for item in year.reports if item.report.round.number <= 3))
    context = build_book("year-end-report", early, {})
    assert context["period"] == "ถึงสิ้นไตรมาสที่ 3"
    source = Source(file="a.docx", sha256="0")
    added = ProjectVersion(project=Project(code="x", name="ใหม่", bureau="สำนักวิชาการ"), source=source)
    context = build_book("year-end-report", replace(year, projects=(*year.projects, added)), {})
    assert context["stages"][-1] == {"name": "ยังไม่มีรายงานผล", "count": 1, "percent": Decimal("4.00")}


@pytest.mark.parametrize(("day", "early"), [("๒๙ กันยายน ๒๕๗๐", True), ("๓๐ กันยายน ๒๕๗๐", False)])
def test_the_cover_says_when_the_year_was_not_over(tmp_path: Path, day: str, early: bool) -> None:
    """Data of a day before 30 September are told from those of the whole year."""
    path = made_book("year-end-report", sample_year(), tmp_path, revised=day)
    footers = [item.first_page_footer.paragraphs for item in Document(str(path)).sections]
    words = "".join(item.text for footer in footers for item in footer)
    assert f"ข้อมูล ณ วันที่ {day}" in words
    assert ("(ก่อนสิ้นปีงบประมาณ)" in words) is early


def test_numbers_of_indicators_have_commas() -> None:
    """Targets and results that are numbers, not what stands in words."""
    year = sample_year()
    code = year.projects[0].project.code
    last = year.reports[-1]
    results = (IndicatorResult(name="ผู้เข้าชม", unit="คน", target="๓๐๐๐", result="ประมาณ ๓๒๑๕"),)
    row = ProgressRow(code=code, indicators=results)
    reports = (*year.reports[:-1], replace(last, report=replace(last.report, rows=(row,))))
    context = build_book("year-end-report", replace(year, reports=reports), {})
    (found,) = [
        result
        for issue in context["issues"]
        for detail in issue["details"]
        for result in detail["results"]
        if result["name"] == "ผู้เข้าชม"
    ]
    assert (found["target"], found["result"]) == ("๓,๐๐๐", "ประมาณ ๓๒๑๕")


def test_report_without_any_report_can_still_be_made(tmp_path: Path) -> None:
    """Nothing reported: no figure is invented."""
    book = Book(made_book("year-end-report", replace(sample_year(), reports=()), tmp_path))
    *rows, _ = book.rows("จำนวนโครงการและงานประจำ จำแนกตามสถานะ")
    assert [row[1:3] for row in rows if row[2] != "0"] == [["ยังไม่มีรายงานผล", "24"]]
    assert any("ไม่ได้รายงานปัญหา" in text for text in book.paragraphs)
    empty = build_book("year-end-report", YearData(fiscal_year=2571), {})
    assert (empty["best"], empty["worst"]) == (None, None)
