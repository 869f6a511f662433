"""Books disagree where the parts of the plan do not add up to its whole."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from automation.checks.year_rules import books_disagree
from automation.model.year import YearData
from tests.documents.sample_books import sample_year


def messages(year: YearData) -> list[str]:
    """What is said about the plan as a whole."""
    return [remark.message for remark in books_disagree(year) if not remark.field]


def changed(**parts: object) -> YearData:
    """The sample year, one project's budget changed."""
    year = sample_year()
    first = year.projects[0]
    budget = replace(first.project.budget, **parts)  # type: ignore[arg-type]
    project = replace(first, project=replace(first.project, budget=budget))
    return replace(year, projects=(project, *year.projects[1:]))


def test_the_sample_year_adds_up() -> None:
    assert messages(sample_year()) == []


def test_lines_that_do_not_explain_the_whole() -> None:
    lines = sample_year().projects[0].project.budget.lines[1:]
    (message,) = messages(changed(lines=lines))
    assert "หมวดรายจ่าย" in message
    assert "๖๖,๗๒๕,๐๐๐ บาท" in message


def test_months_that_do_not_explain_the_whole() -> None:
    months = {10: Decimal("1.00")}
    (message,) = messages(changed(months=months, quarters=None))
    assert "ไตรมาส" in message
