"""Rows of tables that stay together: sums with what they sum up, steps with their project."""

from __future__ import annotations

import pytest
from lxml import etree

from automation.office.keep_rows import keep_totals
from tests.office.office_files import W_URI

W = f"{{{W_URI}}}"


def kept(*rows: tuple[str, str]) -> list[bool]:
    """Whether each row, given by style and words, stays with the next."""
    cells = (
        f'<w:tr><w:tc><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"<w:r><w:t>{words}</w:t></w:r></w:p></w:tc></w:tr>"
        for style, words in rows
    )
    body = etree.fromstring(f'<w:body xmlns:w="{W_URI}"><w:tbl>{"".join(cells)}</w:tbl></w:body>')
    keep_totals(body)
    return [row.find(f".//{W}keepNext") is not None for row in body.iter(f"{W}tr")]


def test_a_sum_stays_with_two_rows() -> None:
    assert kept(*[("TableText", "ก")] * 4, ("TableTotal", "รวม")) == [False, False, True, True, False]


def test_steps_stay_with_their_project() -> None:
    assert kept(("TableText", "โครงการ"), ("PlanStep", "๑"), ("PlanStep", "๒")) == [True, True, False]


@pytest.mark.parametrize(("letters", "stays"), [(200, True), (201, False)])
def test_a_tall_row_may_end_a_page(letters: int, stays: bool) -> None:
    """A chain of tall rows would fill a page, and leave its heading alone on the page before."""
    assert kept(("TableText", "ก" * letters), ("PlanStep", "๑")) == [stays, False]
