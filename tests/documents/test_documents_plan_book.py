"""The annual plan book: every figure is read back from the made file and held against the sample totals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from automation.documents.books import build_book
from automation.documents.plan_book import plan_view
from automation.model import Alignment, Budget, BudgetLine, Indicator, Project
from automation.model.year import ProjectVersion, Source, YearData
from automation.thai.money import parse_baht
from tests.documents.sample_books import Book, made_book, sample_year, totals

CATEGORY, QUARTER = "งบประมาณที่เสนอขอ จำแนกตามหมวดรายจ่าย", "แผนการใช้จ่ายงบประมาณที่เสนอขอ จำแนกตามไตรมาส"
ROUTINES = "งานประจำ จำแนกตามสำนัก ประจำปีงบประมาณ พ.ศ. 2570"
ZERO = Decimal(0)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The plan book of the sample year."""
    return Book(made_book("plan-book", sample_year(), tmp_path_factory.mktemp("book")))


def money(text: str) -> Decimal:
    """The baht that stand in a cell; brackets mean less."""
    amount = parse_baht(text.strip("()"))
    return -amount if text.startswith("(") else amount


def test_money_by_issue(book: Book) -> None:
    """Numbers and money of projects, routine works and both agree, and so does the last row."""
    *rows, last = book.rows("จำนวนและงบประมาณที่เสนอขอ จำแนกตามประเด็นยุทธศาสตร์", head=2)
    expected, whole = totals()["by_issue"], totals()["total"]
    assert [row[0] for row in rows] == ["1", "2", "3"]
    for no, _, projects, projects_baht, routines, routines_baht, amount, share in rows:
        found = expected[no]
        assert (int(projects), int(routines)) == (found["projects"], found["routines"])
        assert money(projects_baht) + money(routines_baht) == money(amount) == Decimal(found["requested"])
        assert Decimal(share) == round(Decimal(found["requested"]) / Decimal(whole["requested"]) * 100, 2)
    assert (int(last[1]), int(last[3])) == (whole["projects"], whole["routines"])
    assert money(last[2]) + money(last[4]) == money(last[5]) == Decimal(whole["requested"])


def test_money_by_bureau(book: Book) -> None:
    """Every bureau stands there with its money."""
    *rows, last = book.rows("จำนวนและงบประมาณที่เสนอขอ จำแนกตามสำนัก")
    found = {row[1]: (int(row[2]), int(row[3]), money(row[4])) for row in rows}
    assert found == {
        name: (item["projects"], item["routines"], Decimal(item["requested"]))
        for name, item in totals()["by_bureau"].items()
    }
    assert money(last[3]) == Decimal(totals()["total"]["requested"])


def test_money_by_category_and_quarter(book: Book) -> None:
    """หมวดรายจ่าย and quarters agree, and their sums are the whole."""
    *rows, last = book.rows(CATEGORY)
    assert {row[1]: money(row[2]) for row in rows} == {
        name: Decimal(amount) for name, amount in totals()["budget_by_category_requested"].items()
    }
    *quarters, last_quarter = book.rows(QUARTER)
    assert {row[0]: money(row[2]) for row in quarters} == {
        quarter: Decimal(amount) for quarter, amount in totals()["planned_by_quarter_requested"].items()
    }
    assert money(last[1]) == money(last_quarter[1]) == Decimal(totals()["total"]["requested"])


def test_asked_for_against_allocated(book: Book) -> None:
    """Step A22: what was asked for, given, and the difference in brackets where it is less."""
    *rows, last = book.rows("วงเงินที่เสนอขอและที่ได้รับจัดสรร จำแนกตามสำนัก")
    expected = totals()["by_bureau"]
    for _, name, asked, given, change, _ in rows:
        assert money(asked) == Decimal(expected[name]["requested"])
        assert money(given) == Decimal(expected[name]["allocated"])
        assert money(change) == money(given) - money(asked)
    assert money(last[2]) == Decimal(totals()["total"]["allocated"])


def test_main_table_holds_every_project_once_with_its_sub_totals(book: Book) -> None:
    """Bands, projects, sub-totals of strategies and issues; routine works apart; the grand total last."""
    projects = [item for item in totals()["projects"] if item["kind"] == "project"]
    by_strategy: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for item in projects:
        by_strategy[item["strategy"]] += Decimal(item["requested"])
    names, subtotals = [], {}
    for issue in ("1", "2", "3"):
        rows = book.rows(f"โครงการตามแผนปฏิบัติราชการ ประเด็นยุทธศาสตร์ที่ {issue}", head=2)
        names += [row[1] for row in rows if len(row) == 18 and row[0]]
        subtotals |= {row[0].split()[1]: money(row[1]) for row in rows if row[0].startswith("รวมกลยุทธ์ที่")}
        amount = sum((by_strategy[key] for key in by_strategy if key.startswith(issue)), ZERO)
        assert money(rows[-1][1]) == amount
    assert sorted(names) == sorted(item["name"].replace("๒๕๗๑", "2571") for item in projects)
    assert subtotals == dict(by_strategy)
    *_, routines, both, whole = book.rows(ROUTINES, head=2)
    assert money(routines[1]) + money(both[1]) == money(whole[1]) == Decimal(totals()["total"]["requested"])


def test_main_table_marks_the_months_of_the_activities(book: Book) -> None:
    """A project's months are those of its activities; each activity has its own."""
    rows = book.rows("โครงการตามแผนปฏิบัติราชการ ประเด็นยุทธศาสตร์ที่ 1", head=2)
    place = next(place for place, row in enumerate(rows) if len(row) == 18 and "วุฒิสภาพบประชาชน" in row[1])
    months = ["✓" if text else "" for text in rows[place][5:17]]
    assert months == ["", "", *["✓"] * 9, ""]
    assert [bool(text) for text in rows[place + 1][5:17]] == [False, False, True, True, *[False] * 8]


def test_strategy_without_project_says_so(book: Book) -> None:
    """Strategy 2.3 has its band, and below it the words that there is none."""
    rows = book.rows("โครงการตามแผนปฏิบัติราชการ ประเด็นยุทธศาสตร์ที่ 2", head=2)
    place = next(place for place, row in enumerate(rows) if row[0].startswith("กลยุทธ์ที่ 2.3"))
    assert rows[place + 1] == ["- ไม่มีโครงการในปีงบประมาณนี้ -"]


def test_several_indicators_are_numbered_beside_their_targets(book: Book) -> None:
    """๑) and ๒) in both columns; ร้อยละ stands before the figure."""
    rows = book.rows("โครงการตามแผนปฏิบัติราชการ ประเด็นยุทธศาสตร์ที่ 1", head=2)
    row = next(row for row in rows if len(row) == 18 and "วุฒิสภาพบประชาชน" in row[1])
    assert row[2].splitlines() == ["1) จำนวนประชาชนที่เข้าร่วม", "2) ร้อยละการรับรู้บทบาทวุฒิสภา"]
    assert row[3].splitlines() == ["1) ไม่น้อยกว่า 3,000 คน", "2) ไม่น้อยกว่าร้อยละ 75"]


def test_list_by_bureau_ends_in_the_whole(book: Book) -> None:
    """The appendix lists all, a sum for each bureau."""
    rows = book.rows("รายชื่อโครงการและงานประจำ จำแนกตามสำนัก")
    codes = [row[1] for row in rows if len(row) == 6]
    assert sorted(codes) == sorted(item["code"] for item in totals()["projects"])
    sums = [money(row[1]) for row in rows if len(row) == 2]
    assert sum(sums[:-1], ZERO) == sums[-1] == Decimal(totals()["total"]["requested"])


def test_what_no_line_and_no_plan_explains_has_a_row_of_its_own() -> None:
    """A project with 100 baht, one line of 60 and no months: the tables still add up to 100."""
    budget = Budget(total=Decimal(100), lines=(BudgetLine(category="ค่าวัสดุ", amount=Decimal(60)),))
    year = _year_of(Project(code="1", name="ก", budget=budget))
    context = build_book("plan-book", year, {})
    assert [(row["name"], row["amount"]) for row in context["by_category"]] == [
        ("ค่าวัสดุ", Decimal(60)),
        ("ไม่ได้จำแนกหมวดรายจ่าย", Decimal(40)),
    ]
    assert context["by_quarter"][-1]["amount"] == Decimal(100)
    assert sum(row["amount"] for row in context["by_quarter"]) == Decimal(100)


def test_projects_outside_the_plan_are_not_lost() -> None:
    """An issue and a strategy that the plan does not know, and none at all, have their own bands."""
    stray = Project(code="1", name="ก", alignment=Alignment(issue="๗ ประเด็นใหม่", strategy="๗.๑ กลยุทธ์ใหม่"))
    year = _year_of(stray, Project(code="2", name="ข"))
    context = build_book("plan-book", year, {})
    assert [issue["title"] for issue in context["issues"]] == [
        "ประเด็นยุทธศาสตร์ที่ 7 ประเด็นใหม่",
        "ไม่ระบุประเด็นยุทธศาสตร์",
    ]
    labels = [row["label"] for issue in context["issues"] for row in issue["rows"] if row["kind"] == "band"]
    assert labels == ["กลยุทธ์ที่ ๗.๑ กลยุทธ์ใหม่", "โครงการที่ยังไม่ระบุกลยุทธ์"]
    assert context["charts"]["issues"].categories == ("ประเด็นที่ ๗", "ไม่ระบุ")


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        (Indicator(name="ก", unit="คน", target="๒๐"), "๒๐ คน"),
        (Indicator(name="ก", unit="ร้อยละ", target="ไม่น้อยกว่า ๘๐"), "ไม่น้อยกว่าร้อยละ ๘๐"),
        (Indicator(name="ก", unit="ร้อยละ", target="ร้อยละ ๘๐"), "ร้อยละ ๘๐"),
        (Indicator(name="ก", unit="ร้อยละ", target="สูงขึ้น"), "สูงขึ้น"),
        (Indicator(name="ก"), "-"),
    ],
)
def test_target_with_its_unit(indicator: Indicator, words: str) -> None:
    """The unit stands where a Thai reader expects it, and once."""
    year = _year_of(Project(code="1", name="ก", indicators=(indicator,)))
    rows = build_book("plan-book", year, {})["issues"][0]["rows"]
    assert rows[1]["targets"].replace("\N{NO-BREAK SPACE}", " ").strip() == words


def test_book_without_plan_or_projects_can_still_be_made(tmp_path: Path) -> None:
    """The frame of next year's book, before anything came in."""
    book = Book(made_book("plan-book", YearData(fiscal_year=2571), tmp_path))
    assert any("พ.ศ. 2571" in text for text in book.paragraphs)
    assert plan_view(None, 2571)["issues"] == []


def test_allocation_table_waits_for_the_allocation(tmp_path: Path) -> None:
    """Before the budget act there is nothing to compare."""
    book = Book(made_book("plan-book", replace(sample_year(), allocation=None), tmp_path))
    assert "วงเงินที่เสนอขอและที่ได้รับจัดสรร จำแนกตามสำนัก" not in book.tables


def _year_of(*projects: Project) -> YearData:
    source = Source(file="a.docx", sha256="0")
    return YearData(
        fiscal_year=2570, projects=tuple(ProjectVersion(project=item, source=source) for item in projects)
    )
