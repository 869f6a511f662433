"""Baht in figures and words, both ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.thai.digits import to_thai
from automation.thai.money import baht_text, format_baht, parse_baht, parse_baht_text

AMOUNTS = st.decimals(min_value=-(10**20), max_value=10**20, places=2)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "ศูนย์บาทถ้วน"),
        ("1", "หนึ่งบาทถ้วน"),
        ("10", "สิบบาทถ้วน"),
        ("11", "สิบเอ็ดบาทถ้วน"),
        ("20", "ยี่สิบบาทถ้วน"),
        ("21.21", "ยี่สิบเอ็ดบาทยี่สิบเอ็ดสตางค์"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("0.25", "ยี่สิบห้าสตางค์"),
        ("0.01", "หนึ่งสตางค์"),
        ("-0.50", "ลบห้าสิบสตางค์"),
        ("-1234.75", "ลบหนึ่งพันสองร้อยสามสิบสี่บาทเจ็ดสิบห้าสตางค์"),
        ("286500", "สองแสนแปดหมื่นหกพันห้าร้อยบาทถ้วน"),
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("11000000", "สิบเอ็ดล้านบาทถ้วน"),
        ("1000000000000", "หนึ่งล้านล้านบาทถ้วน"),
        ("2500000000001", "สองล้านห้าแสนล้านเอ็ดบาทถ้วน"),
        ("1000000000000000001", "หนึ่งล้านล้านล้านเอ็ดบาทถ้วน"),
    ],
)
def test_words(amount: str, words: str) -> None:
    assert baht_text(Decimal(amount)) == words
    assert parse_baht_text(words) == Decimal(amount)


@given(AMOUNTS)
def test_words_there_and_back(amount: Decimal) -> None:
    assert parse_baht_text(baht_text(amount)) == amount


@given(AMOUNTS, st.booleans())
def test_figures_there_and_back(amount: Decimal, satang: bool) -> None:
    assert parse_baht(format_baht(amount, satang=True if satang else None)) == amount


@given(st.text())
def test_reading_never_fails_otherwise(text: str) -> None:
    for read in (parse_baht, parse_baht_text):
        try:
            assert read(text).is_finite()
        except ValueError:
            continue


@pytest.mark.parametrize("amount", ["1.005", "NaN", "Infinity", "1e40"])
def test_no_amount_to_write(amount: str) -> None:
    with pytest.raises(ValueError, match=r"satang|amount"):
        baht_text(Decimal(amount))


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("(สองแสนบาทถ้วน)", "200000"),
        ("สองแสน แปดหมื่น บาท", "280000"),
        ("ห้าพัน", "5000"),
        ("( หนึ่งบาทห้าสิบสตางค์ )", "1.50"),
        ("ยี่สิบหนึ่งบาท", "21"),
    ],
)
def test_words_as_typed(words: str, amount: str) -> None:
    assert parse_baht_text(words) == Decimal(amount)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "บาท",
        "พันสอง",
        "ห้าห้าบาท",
        "สิบร้อยบาท",
        "สองพันสามพัน",
        "ล้านบาท",
        "สามล้านแสน",
        "ห้าบาทสตางค์",
        "สวัสดี",
        "สองร้อยสตางค์",
    ],
)
def test_no_number_in_words(words: str) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        parse_baht_text(words)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("๑,๒๕๐,๐๐๐ บาท", "1250000"),
        ("1250000", "1250000"),
        ("1,250.50", "1250.50"),
        ("๑,๒๕๐.-", "1250"),
        ("1,250.- บาท", "1250"),
        ("จำนวน ๒๘๖,๕๐๐ บาท (สองแสนแปดหมื่นหกพันห้าร้อยบาทถ้วน)", "286500"),
        ("เป็นเงินทั้งสิ้น 500 บาท", "500"),
        ("1.25 ล้านบาท", "1250000"),
        ("3 แสน 5 หมื่นบาท", "350000"),
        ("๑๒ พันล้านบาท", "12000000000"),
        ("1,250 บาท 50 สตางค์", "1250.50"),
        ("หนึ่งพันบาทถ้วน", "1000"),
        ("ศูนย์บาทถ้วน", "0"),
        ("(500)", "-500"),
        ("-500", "-500"),
        ("ลบหนึ่งร้อยบาท", "-100"),
        ("๑.๒๕ ลบ.", "1250000"),
        ("(หนึ่งล้านบาทถ้วน)", "1000000"),
        ("1,000,000 บาท (1 ล้านบาท)", "1000000"),
        ("1,000 บาท (ถัวเฉลี่ยทุกรายการ)", "1000"),
        ("(ไม่ใช้งบประมาณ)", "0"),
        ("ไม่ได้ใช้งบประมาณ", "0"),
        ("-", "0"),
        ("ไม่ใช้งบประมาณ", "0"),
        ("ไม่มีค่าใช้จ่าย", "0"),
        ("......1,200......บาท", "1200"),
    ],
)
def test_figures_as_typed(text: str, amount: str) -> None:
    assert parse_baht(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,25",
        "12.345",
        "1 2",
        "๕ คน",
        "1.2.3",
        "1,2345",
        "บาท",
        "5 หมื่น 3 แสน",
        "2570-ICT",
        "1/2",
        "500 บาท (600 บาท)",
        "1 250 000",
    ],
)
def test_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        parse_baht(text)


@pytest.mark.parametrize(
    ("amount", "satang", "text"),
    [
        ("1250000", None, "๑,๒๕๐,๐๐๐"),
        ("1250000.50", None, "๑,๒๕๐,๐๐๐.๕๐"),
        ("5", True, "๕.๐๐"),
        ("-15000", None, "-๑๕,๐๐๐"),
        ("0", None, "๐"),
    ],
)
def test_format(amount: str, satang: bool | None, text: str) -> None:
    assert format_baht(Decimal(amount), satang=satang) == text


def test_satang_are_not_dropped() -> None:
    with pytest.raises(ValueError, match="satang"):
        format_baht(Decimal("1.50"), satang=False)


def test_thai_digits_are_read() -> None:
    assert parse_baht(to_thai("1,234.56")) == Decimal("1234.56")
