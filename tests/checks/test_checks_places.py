"""Remarks stand where the field is, or where it should be."""

from __future__ import annotations

from automation.checks.places import place_of
from automation.model import Evidence, Strength


def at(ref: str) -> Evidence:
    return Evidence(by=Strength.LABEL, where=ref, ref=ref)


def test_a_field_without_a_place_takes_that_of_a_part_or_of_its_owner() -> None:
    places = {"budget.lines": at("d#p5"), "name": at("d#p1"), "alignment.issue": at("d#p3")}
    assert place_of("name", places) == at("d#p1")
    assert place_of("budget.lines.2.amount", places) == at("d#p5")
    assert place_of("alignment", places) == at("d#p3")
    assert place_of("budget.total", places) == at("d#p5")
    assert place_of("evaluation", places) is None


def test_an_empty_cell_stands_where_its_row_meets_the_column_of_the_field() -> None:
    places = {"rows.3.problems": at("ก!S10"), "rows.5.code": at("ก!B12"), "rows.6.code": at("ข!B4")}
    assert place_of("rows.5.problems", places) == at("ก!S12")
    assert place_of("rows.6.problems", places) == at("ข!B4")
    assert place_of("rows.5.spent", places) == at("ก!B12")
