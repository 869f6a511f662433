"""The book of project details: every project once and in full, figures as in the sample totals."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from automation.documents.books import build_book, finish
from automation.model import Budget, BudgetLine, Project
from automation.model.project import Activity, Approval, ProjectKind
from automation.model.year import ProjectVersion, Source, YearData
from automation.office.fill import fill_document
from automation.thai.money import parse_baht
from tests.documents.sample_books import TEMPLATES, Book, made_book, sample_year, totals

ZERO = Decimal(0)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of the sample year."""
    return made_book("project-book", sample_year(), tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def book(path: Path) -> Book:
    """The same, read back."""
    return Book(path)


def money(text: str) -> Decimal:
    """The baht that stand in a cell."""
    amount = parse_baht(text)
    assert amount is not None
    return amount


def test_every_project_has_its_heading_once_and_its_table(path: Path) -> None:
    """Numbered through the book, issue by issue; code, bureau and money stand in the table below."""
    document = Document(str(path))
    titles = [item.text for item in document.paragraphs if item.style.style_id == "ProjectTitle"]
    assert Counter(title.split(" ", 1)[1] for title in titles) == Counter(
        item.project.name for item in sample_year().projects
    )
    assert [title.split(".")[0] for title in titles[:3]] == ["๑", "๒", "๓"]
    codes = [table.cell(0, 1).text for table in document.tables if table.cell(0, 0).text == "รหัส"]
    assert len(codes) == len(set(codes)) == 24


def test_amounts_of_the_single_projects_add_up_to_the_whole(path: Path) -> None:
    """Each project's expenses end in what it asks for, all together in the total of the year."""
    found = [
        [cell.text for cell in table.rows[-1].cells]
        for table in Document(str(path)).tables
        if table.cell(0, 0).text == "รายการ"
    ]
    assert sum((money(row[-1]) for row in found), ZERO) == Decimal(totals()["total"]["requested"])


def test_summary_by_issue_and_bureau_agrees_with_the_totals(book: Book) -> None:
    """Every bureau row in its issue, sub-totals by issue, the last row the whole."""
    *rows, last = book.rows("จำนวนและงบประมาณที่เสนอขอ จำแนกตามประเด็นยุทธศาสตร์และสำนัก")
    expected = totals()
    single = [row for row in rows if len(row) == 4 and not row[0].startswith("รวม")]
    subtotals = [row for row in rows if row[0].startswith("รวม")]
    by_bureau: dict[str, Decimal] = {}
    for name, _, _, amount in single:
        by_bureau[name] = by_bureau.get(name, ZERO) + money(amount)
    assert by_bureau == {name: Decimal(item["requested"]) for name, item in expected["by_bureau"].items()}
    assert [money(row[3]) for row in subtotals] == [
        Decimal(expected["by_issue"][no]["requested"]) for no in ("1", "2", "3")
    ]
    assert (int(last[1]), int(last[2])) == (expected["total"]["projects"], expected["total"]["routines"])
    assert money(last[3]) == Decimal(expected["total"]["requested"])


def test_summaries_by_issue_and_by_bureau_agree_too(book: Book) -> None:
    """Numbers and money, row by row."""
    for caption, group, key in (("ประเด็นยุทธศาสตร์", "by_issue", 0), ("สำนัก", "by_bureau", 1)):
        *rows, last = book.rows(f"จำนวนและงบประมาณที่เสนอขอ จำแนกตาม{caption}")
        for row in rows:
            found = totals()[group][row[key]]
            assert (int(row[2]), int(row[3])) == (found["projects"], found["routines"])
            assert money(row[4]) == Decimal(found["requested"])
        assert money(last[3]) == Decimal(totals()["total"]["requested"])


def test_dividers_state_the_money_of_the_projects_behind_them() -> None:
    """One divider an issue and one for the routine works; together they are the whole."""
    entries = build_book("project-book", sample_year(), {})["entries"]
    dividers = [entry["divider"] for entry in entries if entry["divider"]]
    assert [divider["title"].split()[0] for divider in dividers] == [
        "ประเด็นยุทธศาสตร์ที่",
        "ประเด็นยุทธศาสตร์ที่",
        "ประเด็นยุทธศาสตร์ที่",
        "รายละเอียดงานประจำ",
    ]
    assert sum(divider["amount"] for divider in dividers) == Decimal(totals()["total"]["requested"])
    assert sum(divider["count"] for divider in dividers) == len(entries) == 24


def test_charts_show_numbers_and_money_by_issue_and_bureau() -> None:
    """Numbers as they are, money in millions."""
    charts = build_book("project-book", sample_year(), {})["charts"]
    assert sum(sum(values) for values in charts["counts"].series.values()) == 24
    for name in ("issues", "bureaus"):
        assert sum(charts[name].series["งบประมาณที่เสนอขอ"]) * 1_000_000 == Decimal(
            totals()["total"]["requested"]
        )


def test_what_no_line_explains_has_a_row_of_its_own() -> None:
    """100 baht asked for, one line of 60: the rest is told, not hidden."""
    budget = Budget(total=Decimal(100), lines=(BudgetLine(category="ค่าวัสดุ", amount=Decimal(60)),))
    categories = entry_of(Project(code="1", name="ก", budget=budget))["categories"]
    assert [(row["name"], row["amount"]) for row in categories] == [
        ("ค่าวัสดุ", Decimal(60)),
        ("จำนวนเงินที่รายการข้างต้นไม่ได้แจกแจง", Decimal(40)),
    ]


def test_empty_form_and_empty_year_still_make_a_book(tmp_path: Path) -> None:
    """A project of which only the name is known, an issue without projects, and no project at all."""
    assert entry_of(Project(name="ก"))["quarters"] == []
    bare = year_of(Project(name="โครงการที่ยังไม่มีรายละเอียด"))
    book = Book(made_book("project-book", bare, tmp_path))
    assert "1. โครงการที่ยังไม่มีรายละเอียด" in book.paragraphs
    empty = replace(sample_year(), projects=(), reports=(), allocation=None)
    book = Book(made_book("project-book", empty, tmp_path))
    assert book.paragraphs.count("ไม่มีโครงการในปีงบประมาณนี้") == 4


def entry_of(project: Project) -> dict[str, object]:
    """What the book says of the only project of a year."""
    entries = build_book("project-book", year_of(project), {})["entries"]
    found: dict[str, object] = entries[0]["project"]
    return found


def year_of(project: Project) -> YearData:
    """A year with this project only."""
    return YearData(
        fiscal_year=2570,
        projects=(ProjectVersion(project=project, source=Source(file="a.docx", sha256="0")),),
    )


def made_of(project: Project, tmp_path: Path) -> Path:
    """The book of a year with this project only."""
    return made_book("project-book", year_of(project), tmp_path)


@pytest.mark.parametrize(("kind", "left_out"), [(ProjectKind.ROUTINE, True), (ProjectKind.PROJECT, False)])
def test_a_routine_work_has_no_empty_headings(tmp_path: Path, kind: ProjectKind, left_out: bool) -> None:
    """What a งานประจำ may leave out has no heading; a project shows that it is missing."""
    project = Project(code="1", name="ก", bureau="สำนักวิชาการ", kind=kind, objectives=("ข",))
    words = [item.text for item in Document(str(made_of(project, tmp_path))).paragraphs]
    for name in ("หลักการและเหตุผล", "ผลลัพธ์  -", "กลุ่มเป้าหมาย  -"):
        assert (name not in words) is left_out
    assert "วัตถุประสงค์" in words


@pytest.mark.parametrize(("count", "kept"), [(6, 5), (7, 0)])
def test_few_steps_stay_on_one_page(tmp_path: Path, count: int, kept: int) -> None:
    """All rows but the last stay with the next; a long table may go on over the page."""
    steps = tuple(Activity(name=f"ขั้นที่ {place}") for place in range(count))
    path = made_of(Project(code="1", name="ก", bureau="สำนักวิชาการ", activities=steps), tmp_path)
    (table,) = (item for item in Document(str(path)).tables if item.cell(0, 0).text == "กิจกรรม")
    rows = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows[2:]]
    assert (len(rows), rows.count(True)) == (count, kept)


def test_approvals_have_the_day_in_full(tmp_path: Path) -> None:
    """Month and year as the rest of the book writes them."""
    line = Approval(role="ผู้เสนอโครงการ", name="นางสาวขวัญใจ ตั้งใจ", date=date(2025, 12, 5))
    path = made_of(Project(code="1", name="ก", bureau="สำนักวิชาการ", approvals=(line,)), tmp_path)
    (table,) = (item for item in Document(str(path)).tables if item.cell(0, 0).text == "ฐานะ")
    assert table.cell(1, 2).text == "๕ ธันวาคม ๒๕๖๘"


@pytest.mark.libreoffice
def test_the_list_by_bureau_names_the_page_of_each_project(tmp_path: Path) -> None:
    """Live references: the same pages as in the table of contents, and as in the PDF."""
    context = build_book("project-book", sample_year(), {})
    path = tmp_path / "book.docx"
    fill_document(TEMPLATES / "project-book.docx", context, path)
    finish(path, context, number_pages=True)
    book = Book(path)
    rows = book.rows("รายชื่อโครงการและงานประจำ จำแนกตามสำนัก")
    pages = {row[2]: row[6] for row in rows if len(row) == 7}
    contents = dict(text.rsplit("\t", 1) for text in book.paragraphs if "\t" in text)
    assert len(pages) == 24
    assert pages == {
        title.split(" ", 1)[1]: page for title, page in contents.items() if re.match(r"\d+\. ", title)
    }
