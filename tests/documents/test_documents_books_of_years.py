"""The four-year book and the strategic book: years side by side, targets by year, nothing made up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from automation.documents.books import build_book
from automation.documents.edition import Edition
from automation.documents.four_year_book import four_years
from automation.documents.strategic_book import plan_years
from automation.model import StrategicPlan
from automation.model.year import YearData
from automation.thai.money import parse_baht
from tests.documents.sample_books import Book, made_book, sample_year, totals

ZERO = Decimal(0)
REQUESTED = Decimal("66725000.00")


def next_year() -> YearData:
    """2571 in the register: the projects of the first bureau go on, a year later."""
    year = sample_year()
    bureau = year.bureaus[0]
    projects = tuple(
        replace(item, project=replace(item.project, name=(item.project.name or "").replace("๒๕๗๑", "๒๕๗๒")))
        for item in year.projects
        if item.project.bureau == bureau
    )
    return replace(year, fiscal_year=2571, projects=projects, allocation=None, reports=())


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The four-year book of a register that holds two of the four years."""
    folder = tmp_path_factory.mktemp("book")
    return Book(made_book("four-year-book", sample_year(), folder, years=(next_year(),)))


def money(text: str) -> Decimal | None:
    """The baht of a cell; None for the dash."""
    return None if text == "-" else parse_baht(text)


def second_year() -> Decimal:
    """What the projects of 2571 ask for."""
    return sum((item.project.budget.total or ZERO for item in next_year().projects), ZERO)


@pytest.mark.parametrize(
    "caption",
    [
        "งบประมาณที่เสนอขอ 4 ปี จำแนกตามประเด็นยุทธศาสตร์",
        "งบประมาณที่เสนอขอ 4 ปี จำแนกตามสำนัก",
        "งบประมาณที่เสนอขอ 4 ปี จำแนกตามหมวดรายจ่าย",
    ],
)
def test_every_four_year_table_adds_up_to_the_same_totals(book: Book, caption: str) -> None:
    """By column and by row; years that the register does not hold are a dash, not a nought."""
    assert Decimal(totals()["total"]["requested"]) == REQUESTED
    *rows, last = book.rows(caption)
    expected = [REQUESTED, second_year(), None, None, REQUESTED + second_year()]
    assert [money(cell) for cell in last[1:]] == expected
    for place in (2, 3, 6):
        assert sum((money(row[place]) or ZERO for row in rows), ZERO) == expected[place - 2]
    assert all(row[4:6] == ["-", "-"] for row in rows)


def test_a_project_that_goes_on_stands_on_one_line(book: Book) -> None:
    """Its name differs by the year in it only."""
    rows = [
        row
        for no in (1, 2, 3)
        for row in book.rows(f"โครงการ งานประจำ และงบประมาณที่เสนอขอ 4 ปี ประเด็นยุทธศาสตร์ที่ {no}")
        if len(row) == 7 and not row[0].startswith("รวม")
    ]
    assert len(rows) == 24
    assert sum((money(row[1]) or ZERO for row in rows), ZERO) == REQUESTED
    assert sum((money(row[2]) or ZERO for row in rows), ZERO) == second_year()


def test_four_years_follow_the_plan() -> None:
    """From its first year; in its fifth year its last four; without a plan from the year of the book."""
    year = sample_year()
    assert four_years(Edition(year=year)) == (2570, 2571, 2572, 2573)
    assert four_years(Edition(year=replace(year, fiscal_year=2574))) == (2571, 2572, 2573, 2574)
    assert four_years(Edition(year=YearData(fiscal_year=2580))) == (2580, 2581, 2582, 2583)


def test_plan_without_years_takes_those_of_its_targets() -> None:
    """And a plan that states a misread year is not given a thousand columns."""
    plan = sample_year().plan
    assert plan is not None
    assert plan_years(plan) == (2570, 2571, 2572, 2573, 2574)
    assert plan_years(replace(plan, first_year=None)) == plan_years(plan)
    assert plan_years(replace(plan, first_year=257)) == plan_years(plan)
    assert plan_years(StrategicPlan()) == ()


def test_strategic_book_prints_every_target_of_every_year(tmp_path: Path) -> None:
    """Goal, indicator, unit, baseline, five years, owner."""
    book = Book(made_book("strategic-book", sample_year(), tmp_path))
    rows = book.rows("เป้าประสงค์ ตัวชี้วัด และค่าเป้าหมายรายปี ประเด็นยุทธศาสตร์ที่ 1")
    assert rows[0][1:] == [
        "ระดับความพึงพอใจของสมาชิกวุฒิสภาต่อการสนับสนุนงาน",
        "ร้อยละ",
        "82",
        "84",
        "85",
        "86",
        "87",
        "88",
        "สำนักการประชุม",
    ]
    hosted = book.rows("กลยุทธ์จำแนกตามสำนักเจ้าภาพ")
    assert sum(int(row[2]) for row in hosted) == sum(
        len(item.hosts)
        for issue in sample_year().plan.issues
        for item in issue.strategies  # type: ignore[union-attr]
    )


@pytest.mark.parametrize("kind", ["strategic-book", "four-year-book"])
def test_without_a_plan_the_frame_of_the_book_stands(kind: str, tmp_path: Path) -> None:
    """Nothing is invented where the register is empty."""
    book = Book(made_book(kind, YearData(fiscal_year=2571), tmp_path))
    assert "ส่วนที่ 1  บทนำ" in book.paragraphs


def test_projects_with_an_unknown_year_keep_their_money() -> None:
    """Other years are read under the plan of the book, so that their issues add up too."""
    context = build_book("four-year-book", sample_year(), {}, years=(replace(next_year(), plan=None),))
    assert context["total"]["amount"] == sum(row["amount"] for row in context["by_issue"])
    assert context["unknown_years"] == [2572, 2573]


def test_a_chart_of_years_needs_two(tmp_path: Path) -> None:
    """With one year alone there is nothing to compare."""
    captions = {
        count: {
            text
            for text in Book(made_book("four-year-book", sample_year(), tmp_path, years=years)).paragraphs
            if text.startswith("แผนภูมิที่") and "\t" not in text
        }
        for count, years in ((1, ()), (2, (replace(sample_year(), fiscal_year=2571),)))
    }
    assert [len(captions[1]), len(captions[2])] == [1, 2]
