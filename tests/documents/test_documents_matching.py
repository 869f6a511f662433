"""Which sum a printed amount is, of many of the same amount."""

from __future__ import annotations

from decimal import Decimal

from automation.documents.ledger import Part, Sum
from automation.documents.matching import Matcher

AMOUNT = Decimal("30000.00")


def sum_of(label: str, *words: str, measure: str = "requested") -> Sum:
    """A sum of thirty thousand baht that goes by these words."""
    part = Part(code="70-01", name=label, bureau="-", amount=AMOUNT, field="budget.total", source=None)
    return Sum(
        year=2570, label=label, aspects=(words,) if words else (), measure=measure, title="", parts=(part,)
    )


def best(sums: list[Sum], **places: str) -> tuple[str, str, bool]:
    """Label and measure of the best sum, and whether it is named."""
    texts = {"row": "", "column": "", "table": "", "heading": ""} | places
    found = Matcher(sums).best(AMOUNT, **texts)
    assert found is not None
    return found[0].label, found[0].measure, found[1]


def test_an_amount_that_no_sum_has_is_none() -> None:
    assert Matcher([sum_of("ก", "ก")]).best(Decimal(1), row="", column="", table="", heading="") is None


def test_the_row_counts_more_than_the_heading() -> None:
    sums = [sum_of("หนึ่ง", "โครงการอบรมบุคลากร"), sum_of("สอง", "โครงการจัดทำแผน")]
    places = {"row": "๑ โครงการจัดทำแผน", "heading": "โครงการอบรมบุคลากร"}
    assert best(sums, **places) == ("สอง", "requested", True)


def test_the_column_tells_measures_apart() -> None:
    sums = [sum_of("ก", "โครงการอบรม", measure=name) for name in ("requested", "allocated", "spent")]
    assert best(sums, row="โครงการอบรม", column="งบประมาณที่ได้รับจัดสรร (บาท)")[1] == "allocated"
    assert best(sums, row="โครงการอบรม", column="เบิกจ่าย (บาท)")[1] == "spent"


def test_digits_and_blanks_do_not_matter() -> None:
    assert best([sum_of("ก", "ไตรมาสที่ 2")], column="ไตรมาส ที่ ๒") == ("ก", "requested", True)


def test_a_name_within_a_longer_one_is_no_stranger() -> None:
    sums = [sum_of("ยาว", "โครงการอบรมบุคลากร ระยะที่ 2"), sum_of("สั้น", "โครงการอบรมบุคลากร")]
    assert best(sums, row="โครงการอบรมบุคลากร")[0] == "สั้น"


def test_a_sum_without_name_is_only_known_by_its_amount() -> None:
    sums = [sum_of("หนึ่ง", "โครงการหนึ่ง"), sum_of("สอง", "โครงการสอง")]
    assert best(sums, row="อะไรก็ได้") == ("หนึ่ง", "requested", False)


def test_what_nothing_names_loses_to_what_needs_no_name() -> None:
    sums = [sum_of("โครงการ", "โครงการหนึ่ง"), sum_of("ทั้งหมด")]
    assert best(sums, row="อะไรก็ได้")[0] == "ทั้งหมด"
