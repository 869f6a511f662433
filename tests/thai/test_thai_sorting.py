"""Dictionary order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.thai.sorting import sort_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["กก", "ก.พ.", "กา", "เก", "แก", "ขา"],
        ["นา", "น่า", "น้า", "นาง", "น้ำ"],
        ["ปู", "ปู่", "ปูน"],
        ["ข้อ ๑", "ข้อ 2", "ข้อ ๑๐", "ข้อ 11"],
        ["2569", "๒๕๗๐", "abc", "Bcd", "กขค"],
        ["รัก", "ฤดู", "ลม", "ฦๅ", "วัน"],
        ["เก๋ง", "เกม", "เขา", "เข้า", "ไข่", "คน"],
        ["สำนักกฎหมาย", "สำนักการคลังและงบประมาณ", "สำนักการประชุม", "สำนักวิชาการ"],
        ["เด็ก", "เด็ก ๆ", "เด็กชาย"],
    ],
)
def test_order(ordered: list[str]) -> None:
    mixed = random.Random(7).sample(ordered, len(ordered))
    assert sorted(mixed, key=sort_key) == ordered


TEXTS = st.text(alphabet="กขคเแไาำิ่้็์ะๆฯ 12๑๒.aB")


@given(st.lists(TEXTS))
def test_order_is_total(texts: list[str]) -> None:
    mixed = random.Random(7).sample(texts, len(texts))
    assert sorted(texts, key=sort_key) == sorted(mixed, key=sort_key)


@given(st.text(), st.text())
def test_only_equal_texts_are_equal(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(TEXTS, TEXTS)
def test_spaces_do_not_count(one: str, other: str) -> None:
    assert sort_key(f"{one} {other}")[:2] == sort_key(f"{one}.{other}")[:2]
