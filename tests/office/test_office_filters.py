"""The filters of templates, on values and on their absence."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from automation.office import filters
from automation.office.filters import FILTERS, Formula

DAY = dt.date(2026, 6, 14)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("thai", 2570, "๒๕๗๐"),
        ("thai", "ข้อ 1.2", "ข้อ ๑.๒"),
        ("thai", "โทร. 02 อีเมล officer23@senate.example", "โทร. ๐๒ อีเมล officer23@senate.example"),
        ("thai", "https://senate.example/2570 ปี 2570", "https://senate.example/2570 ปี ๒๕๗๐"),
        ("baht", Decimal("1250000.00"), "๑,๒๕๐,๐๐๐"),
        ("baht", Decimal("1250.50"), "๑,๒๕๐.๕๐"),
        ("baht", Decimal(0), "๐"),
        ("baht2", Decimal(1250), "๑,๒๕๐.๐๐"),
        ("baht_text", Decimal(21), "ยี่สิบเอ็ดบาทถ้วน"),
        ("percent", Decimal(85), "๘๕.๐๐"),
        ("date", DAY, "๑๔ มิถุนายน ๒๕๖๙"),
        ("date_era", DAY, "๑๔ มิถุนายน พ.ศ. ๒๕๖๙"),
        ("date_short", DAY, "๑๔ มิ.ย. ๖๙"),
        ("weekday", DAY, "วันอาทิตย์ที่ ๑๔ มิถุนายน ๒๕๖๙"),
        ("time", "09:30", "๐๙.๓๐ นาฬิกา"),
        ("tick", True, "☑"),
        ("tick", (), "☐"),
        ("tidy", "ต่างๆ", "ต่าง ๆ"),
        ("number", "40", Decimal(40)),
        ("number", "84.5", Decimal("84.5")),
        ("number", "84.50", "84.50"),
        ("number", "๔๐", "๔๐"),
        ("number", "007", "007"),
        ("number", "ไม่น้อยกว่า 40", "ไม่น้อยกว่า 40"),
    ],
)
def test_a_value_as_it_stands_in_a_document(name: str, value: object, expected: object) -> None:
    assert FILTERS[name](value) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("thai", ""),
        ("baht", "-"),
        ("baht2", "-"),
        ("baht_text", ""),
        ("percent", "-"),
        ("date", ""),
        ("date_era", ""),
        ("date_short", ""),
        ("weekday", ""),
        ("time", ""),
        ("tick", "☐"),
        ("tidy", ""),
        ("number", None),
        ("other", ""),
        ("choice", ""),
        ("total", None),
    ],
)
def test_what_stands_where_there_is_no_value(name: str, expected: object) -> None:
    assert FILTERS[name](None) == expected


def test_money_may_be_left_blank_in_a_form() -> None:
    assert (filters.baht(None, ""), filters.baht2("", ""), filters.percent(None, "")) == ("", "", "")  # type: ignore[arg-type]


def test_a_period_of_a_record_or_a_pair() -> None:
    last = dt.date(2026, 7, 1)
    both = filters.period(SimpleNamespace(start=DAY, end=last))
    assert both == filters.period((DAY, last))
    assert both.startswith("๑๔ มิถุนายน")
    assert filters.period((DAY, None)) == filters.period((None, DAY)) == "๑๔ มิถุนายน ๒๕๖๙"
    assert filters.period((None, None)) == ""


def test_marks_and_amounts_by_month() -> None:
    assert (filters.mark((10, 11), 10), filters.mark((10, 11), 12)) == ("✓", "")
    assert (filters.bullet((10, 11), 10), filters.bullet((10, 11), 12)) == ("•", "")
    plan = {10: Decimal(500), 11: Decimal(0)}
    assert [filters.amount(plan, month) for month in (10, 11, 12)] == ["๕๐๐", "-", "-"]
    assert filters.amount(None, 10) == ""


def test_a_dotted_line_where_there_is_nothing_to_print() -> None:
    assert (filters.dots(None, 5), filters.dots("", 3), filters.dots("ก", 3)) == (".....", "...", "ก")
    assert filters.dots(0, 3) == 0
    assert filters.dots(None, 3, 2) == "...\n..."


def test_years_and_differences() -> None:
    assert (filters.plus(2570, -1), filters.plus(None, 1)) == (2569, None)
    assert filters.minus(Decimal(5), Decimal(7)) == -2
    assert filters.minus(None, Decimal(7)) is filters.minus(Decimal(7), None) is None
    assert (filters.at({2570: "84"}, 2570), filters.at({}, 2570), filters.at(None, 1)) == ("84", None, None)


def test_what_is_none_of_the_printed_options() -> None:
    assert filters.other("เงินรายได้", "เงินรายได้") == ""
    assert filters.other("เงินกู้", "เงินรายได้") == "เงินกู้"
    assert filters.other(("ก", "ข", "ค"), "ข") == ("ก", "ค")
    assert filters.other(("ข",), "ข") == filters.other((), "ข") == ("",)


def test_the_label_of_a_choice() -> None:
    assert filters.choice("agree", agree="เห็นชอบ") == "เห็นชอบ"
    with pytest.raises(ValueError, match="ไม่มีข้อความสำหรับค่า drop"):
        filters.choice("drop", agree="เห็นชอบ")


def test_totals_count_what_is_stated() -> None:
    assert filters.total({1: Decimal(5), 2: Decimal(7)}) == 12
    rows = [SimpleNamespace(spent=Decimal(5)), SimpleNamespace(spent=None)]
    assert filters.total(rows, "spent") == 5
    assert filters.total(rows[1:], "spent") is None
    assert filters.percent_of(Decimal(1), Decimal(3)) == Decimal("33.33")
    assert filters.percent_of(Decimal(1), Decimal(0)) is filters.percent_of(None, Decimal(1)) is None


def test_a_formula_prints_as_its_value() -> None:
    assert str(filters.formula(Decimal(5), "=A{row}")) == "5"
    assert str(Formula("=A1", None)) == ""


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("month", 12, "เดือนธันวาคม ๒๕๖๙"),
        ("month", 1, "เดือนมกราคม ๒๕๗๐"),
        ("quarter", 1, "ไตรมาสที่ ๑ (ตุลาคม - ธันวาคม ๒๕๖๙)"),
        ("quarter", 4, "ไตรมาสที่ ๔ (กรกฎาคม - กันยายน ๒๕๗๐)"),
        ("half", 1, "รอบ ๖ เดือนแรก (ตุลาคม ๒๕๖๙ - มีนาคม ๒๕๗๐)"),
        ("half", 2, "รอบ ๖ เดือนหลัง (เมษายน - กันยายน ๒๕๗๐)"),
        ("nine_months", None, "รอบ ๙ เดือน (ตุลาคม ๒๕๖๙ - มิถุนายน ๒๕๗๐)"),
        ("year", None, "รอบสิ้นปีงบประมาณ (ตุลาคม ๒๕๖๙ - กันยายน ๒๕๗๐)"),
    ],
)
def test_the_name_of_a_round(kind: str, number: int | None, expected: str) -> None:
    report = SimpleNamespace(round=SimpleNamespace(kind=kind, number=number), fiscal_year=2570)
    assert filters.round_name(report) == expected


def test_a_round_without_year_or_none_at_all() -> None:
    quarter = SimpleNamespace(kind="quarter", number=2)
    assert filters.round_name(SimpleNamespace(round=quarter, fiscal_year=None)) == "ไตรมาสที่ ๒"
    assert filters.round_name(SimpleNamespace(round=None, fiscal_year=2570)) == ""
