"""The executive summary: the figures of the year, and one page whatever the plan holds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from automation.documents.books import build_book
from automation.model import Issue
from automation.model.year import YearData
from automation.office import pdf
from tests.documents.sample_books import made_book, richer_year, sample_year, totals


def crowded_year() -> YearData:
    """A thousand million baht, twelve issues, and every name as long as a careless author makes it."""
    year = richer_year(15)
    assert year.plan is not None
    long = "ยกระดับการสนับสนุนงานด้านนิติบัญญัติของวุฒิสภาและคณะกรรมาธิการตามหลักธรรมาภิบาล" * 6
    issues = tuple(Issue(no=str(no), name=long) for no in range(1, 13))
    return replace(year, plan=replace(year.plan, name=long, vision=long * 2, issues=issues))


def test_figures_are_those_of_the_year() -> None:
    """Numbers, money asked for and allocated, results."""
    context, whole = build_book("executive-summary", sample_year(), {}), totals()["total"]
    assert (context["total"]["projects"], context["total"]["routines"]) == (19, 5)
    assert context["total"]["amount"] == Decimal(whole["requested"])
    assert context["allocation"]["allocated"] == Decimal(whole["allocated"])
    assert context["results"]["spent"] == Decimal(whole["spent_cumulative"]["4"])
    assert context["results"]["done"] == whole["stages"]["done"]
    assert [row["amount"] for row in context["rows"]] == [
        Decimal(totals()["by_issue"][no]["requested"]) for no in ("1", "2", "3")
    ]


def test_rows_beyond_the_page_are_summed_up_in_the_last() -> None:
    """Nothing is lost from table and chart."""
    context = build_book("executive-summary", crowded_year(), {})
    assert len(context["rows"]) == len(context["charts"]["issues"].categories) == 6
    assert context["rows"][-1]["name"] == "อื่น ๆ"
    assert sum(row["amount"] for row in context["rows"]) == context["total"]["amount"]
    shown = sum(context["charts"]["issues"].series["งบประมาณ"])
    assert shown * 1_000_000 == context["total"]["amount"]


def test_without_allocation_and_reports_nothing_is_said_of_them() -> None:
    """Step A16 comes before the budget act."""
    context = build_book("executive-summary", replace(sample_year(), allocation=None, reports=()), {})
    assert context["allocation"] is None
    assert context["results"] is None


@pytest.mark.libreoffice
def test_it_is_one_page_exactly(tmp_path: Path) -> None:
    """With the sample year and with the longest texts; the chart's axis is still on the page."""
    books = []
    for name, year in (("sample", sample_year()), ("crowded", crowded_year())):
        (tmp_path / name).mkdir()
        book = made_book("executive-summary", year, tmp_path / name)
        books.append(book.rename(tmp_path / f"{name}.docx"))
    for file in pdf.convert(books, tmp_path):
        assert len(PdfReader(file).pages) == 1
