"""Sums with their parts, and the way back from every printed figure to them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from automation.documents.audit import UNTRACED, audit_context, printed_amounts, trace
from automation.documents.ledger import MEASURES, WHOLE, Sum
from automation.documents.sums import groups, year_sums
from automation.model.totals import QUARTERS, figures, planned_by_quarter, spent_by
from automation.office.blocks import Block, Document
from automation.office.book_blocks import book_blocks
from automation.office.opening import open_file
from tests.documents.sample_books import made_book, sample_year

BOOKS = ("plan-book", "project-book", "year-end-report", "quarterly-report")


@pytest.fixture(scope="module")
def sums() -> tuple[Sum, ...]:
    """All sums of the sample year."""
    return year_sums(sample_year())


@pytest.fixture(scope="module", params=BOOKS)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Block]:
    """A book as it is printed."""
    return list(book_blocks(made_book(request.param, sample_year(), tmp_path_factory.mktemp("audit"))))


def test_the_parts_of_every_group_add_up_to_the_figures_of_the_model(sums: tuple[Sum, ...]) -> None:
    year = sample_year()
    found = {(item.label, item.measure): item.amount for item in sums}
    for group in groups(year):
        known = figures(year, group.members)
        expected = {
            "requested": known.requested,
            "allocated": known.allocated,
            "change": known.allocated - known.requested,
            "spent": known.spent,
            "remaining": known.remaining,
            **{f"spent.q{quarter}": known.spent_in_quarter[quarter] for quarter in QUARTERS},
            **{f"spent.to_q{quarter}": known.spent_cumulative[quarter] for quarter in QUARTERS},
        }
        for measure, amount in expected.items():
            assert found.get((group.label, measure), Decimal(0)) == amount, (group.label, measure)


def test_issue_bureau_category_quarter_and_project_are_the_same_whole(sums: tuple[Sum, ...]) -> None:
    year = sample_year()
    whole = figures(year, year.projects).requested
    asked = {item.label: item.amount for item in sums if item.measure == "requested"}
    assert asked[WHOLE] == whole
    assert sum(asked[name] for name in year.bureaus) == whole
    assert sum(amount for label, amount in asked.items() if label.startswith("70-")) == whole
    assert asked["รวมโครงการ"] + asked["รวมงานประจำ"] == whole
    assert sum(item.amount for item in sums if item.measure == "category" and item.label == WHOLE) == whole
    planned = {item.measure: item.amount for item in sums if item.label == WHOLE}
    assert sum(planned[f"planned.q{quarter}"] for quarter in QUARTERS) == sum(
        planned_by_quarter(year).values()
    )


def test_every_part_says_its_file_and_a_field_that_holds_its_amount(sums: tuple[Sum, ...]) -> None:
    year = sample_year()
    for item in sums:
        for part in item.parts:
            assert part.field
            if item.measure == "requested":
                version = year.project(part.code)
                assert version is not None
                assert (part.amount, part.source) == (version.project.budget.total, version.source)
            if item.measure == "spent":
                assert part.source is not None
                assert part.source.file.endswith(".xlsx")
                assert part.amount <= spent_by(year, part.code, 4)


def test_every_figure_of_every_book_is_traced_by_name(book: list[Block], sums: tuple[Sum, ...]) -> None:
    traced = list(trace(printed_amounts(book), sums))
    assert len(traced) > 100
    assert [item.printed for item in traced if item.sum is None] == []
    assert [item.printed for item in traced if not item.named] == []


def test_figures_are_told_apart_by_their_words(tmp_path: Path, sums: tuple[Sum, ...]) -> None:
    blocks = book_blocks(made_book("plan-book", sample_year(), tmp_path))
    traced = list(trace(printed_amounts(blocks), sums))
    caption = "จำนวนและงบประมาณที่เสนอขอ จำแนกตามสำนัก"
    by_bureau = [item for item in traced if item.printed.table.endswith(caption)]
    labels = [item.sum.label for item in by_bureau if item.sum]
    assert labels == [*sample_year().bureaus, WHOLE]
    allocated = [item for item in traced if "ได้รับจัดสรร (บาท)" in item.printed.column]
    assert allocated
    assert {item.sum.measure for item in allocated if item.sum} == {"allocated"}


def test_a_figure_that_nobody_reported_is_named(tmp_path: Path, sums: tuple[Sum, ...]) -> None:
    blocks = book_blocks(made_book("plan-book", sample_year(), tmp_path))
    whole = figures(sample_year(), sample_year().projects).requested
    traced = trace(printed_amounts(blocks), [item for item in sums if item.amount != whole])
    context = audit_context("เล่ม", traced, lambda part: part.field, 2570)
    lost = [row for row in context["figures"] if row["meaning"] == UNTRACED]
    assert context["untraced"] == len(lost) > 5
    assert {row["amount"] for row in lost} == {whole}


def test_the_rows_of_the_workbook_lead_from_figure_to_file(book: list[Block], sums: tuple[Sum, ...]) -> None:
    context = audit_context("เล่ม", trace(printed_amounts(book), sums), lambda part: part.field, 2570)
    by_number: dict[int, Decimal] = {}
    for part in context["parts"]:
        assert part["file"]
        assert part["where"]
        by_number[part["number"]] = by_number.get(part["number"], Decimal(0)) + part["amount"]
    for row in context["figures"]:
        assert by_number[row["number"]] == row["amount"]


def test_measures_have_thai_names() -> None:
    assert all(title and not title.isascii() for title in MEASURES.values())


@pytest.mark.parametrize("kind", BOOKS)
def test_the_quick_reader_of_books_sees_what_the_careful_one_sees(tmp_path: Path, kind: str) -> None:
    """Amount by amount, with the words around each."""
    path = made_book(kind, sample_year(), tmp_path)
    careful = open_file(path)
    assert isinstance(careful, Document)
    assert list(printed_amounts(book_blocks(path))) == list(printed_amounts(careful.blocks))
