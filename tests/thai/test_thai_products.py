"""The multiplication that an expense line writes out; no false alarms."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.thai.products import read_products


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ค่าสมนาคุณวิทยากร จำนวน ๒ คน ๆ ละ ๖ ชั่วโมง ๆ ละ ๖๐๐ บาท", 7200),
        ("จำนวน 6 คน ๆ ละ 5 ชั่วโมง ๆ ละ 600 บาท x 5 ครั้ง", 90000),
        ("ค่าตอบแทนผู้ทรงคุณวุฒิ 4 คน x 3 ครั้ง x 2,000 บาท", 24000),
        ("(600 บาท x 6 ชม. x 1 คน)", 3600),
        ("600 บาท/ชั่วโมง × 6 ชม. × 2 คน", 7200),
        ("จำนวน 2 คน คนละ 6 ชั่วโมง ชั่วโมงละ 600 บาท เป็นเงิน 7,200 บาท", 7200),
        ("ค่าเบี้ยเลี้ยง 240 บาท x 3 วัน x 10 คน = 7,200 บาท", 7200),
        ("ค่าจ้างแปลงเอกสารย้อนหลัง ๘๐๐,๐๐๐ หน้า ๆ ละ ๒ บาท", 1600000),
        ("กระดาษ A4 จำนวน 100 รีม ๆละ 120.- บาท", 12000),
        ("ค่าถ่ายเอกสาร 1,000 แผ่น แผ่นละ 0.50 บาท", 500),
        ("2 ชุด ๆ ละ 5 บาท x", 10),
        ("รุ่นที่ ๑ จำนวน ๙๐ คน ๆ ละ ๔ มื้อ ๆ ละ ๓๕ บาท", 12600),
    ],
)
def test_one_product(text: str, value: int) -> None:
    (product,) = read_products(text)
    assert product.value == value
    assert product.loose == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ค่าวัสดุสำนักงาน",
        "เครื่องพิมพ์ดิจิทัลสี ความเร็วไม่น้อยกว่า ๑๐๐ แผ่นต่อนาที จำนวน ๑ ระบบ",
        "ค่าฝึกอบรมการใช้งาน จำนวน ๒ วัน",
        "จำนวน ๔ คน ๆ ละ ๓ ครั้ง",
        "ค่าภาษี 7% ของ 10 ชุด ๆ ละ 100 บาท",
        "ค่าเช่าวันละ 10,000 บาท จำนวน 2 วัน",
        "จำนวน ๕ คน ๆ ละ ไม่เกิน ๖๐๐ บาท",
        "ปี 2570 งวดที่ 1 x 2",
    ],
)
def test_no_product(text: str) -> None:
    assert read_products(text) == ()


def test_two_products_in_one_line() -> None:
    found = read_products("ค่าอาหาร 90 คน x 150 บาท และอาหารว่าง 90 คน x 35 บาท")
    assert [product.value for product in found] == [13500, 3150]


def test_loose_numbers_may_belong_to_it() -> None:
    (product,) = read_products("ค่าอาหาร 90 คน ๆ ละ 35 บาท จำนวน 4 มื้อ")
    assert product.can_be(Decimal(12600))
    assert product.can_be(Decimal(3150))
    assert not product.can_be(Decimal(12000))


def test_price_and_units() -> None:
    (product,) = read_products("จำนวน ๒ คน ๆ ละ ๖ ชั่วโมง ๆ ละ ๖๐๐ บาท")
    assert product.price == 600
    assert product.units == ("คน", "ชั่วโมง", "บาท")


COUNTS = st.integers(min_value=1, max_value=5000)


@given(COUNTS, COUNTS, st.integers(min_value=1, max_value=10**6))
def test_what_is_written_is_read(people: int, hours: int, price: int) -> None:
    for text in (
        f"ค่าวิทยากร จำนวน {people:,} คน ๆ ละ {hours:,} ชั่วโมง ๆ ละ {price:,} บาท",
        f"({price} บาท x {hours} ชม. x {people} คน)",
    ):
        (product,) = read_products(text)
        assert product.value == people * hours * price
        assert product.price == price
