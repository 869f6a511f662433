"""Digits and text: mended without loss, folded for matching."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.thai.digits import grouped, to_arabic, to_thai
from automation.thai.text import fold, is_blank, normalize, squeeze, strip_leaders

THAI = st.text(alphabet=[chr(code) for code in range(0x0E01, 0x0E5C) if code not in range(0x0E3B, 0x0E3F)])
MIXED = st.text(alphabet=st.one_of(THAI.filter(bool).map(lambda text: text[0]), st.characters(codec="utf-8")))


def test_digits_there_and_back() -> None:
    assert to_thai("ข้อ 1.20 / 2570") == "ข้อ ๑.๒๐ / ๒๕๗๐"
    assert to_arabic("๐๑๒๓๔๕๖๗๘๙") == "0123456789"


def test_only_a_text_that_is_one_long_number_gets_commas() -> None:
    """The digits stay those that were typed."""
    assert [grouped(text) for text in ("๓๐๐๐", "3215.5", " 12500 ")] == ["๓,๐๐๐", "3,215.5", "12,500"]
    for text in ("", "๙๐๐", "๓,๐๐๐", "๓๐๐๐ คน", "ร้อยละ ๘๕", "๐๒๑๒๓๔", "มกราคม ๒๕๗๐"):
        assert grouped(text) == text


@given(st.text())
def test_digits_change_nothing_else(text: str) -> None:
    assert to_arabic(to_thai(text)) == to_arabic(text)
    assert len(to_thai(text)) == len(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("นํา", "นำ"),
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("เเผนงาน", "แผนงาน"),
        ("ท่ี", "ที่"),
        ("ท่ีดิน", "ที่ดิน"),
        ("กู้่", "กู้่"),
        ("ปี่่", "ปี่"),
        ("สิทธ์ิ", "สิทธิ์"),
        ("วุฒิ\u200bสภา\ufeff", "วุฒิสภา"),
        ("๑\u00a0บาท\u202fถ้วน", "๑ บาท ถ้วน"),
        ("บรรทัด ๑\r\nบรรทัด ๒\x0bบรรทัด ๓", "บรรทัด ๑\nบรรทัด ๒\nบรรทัด ๓"),
        ("ส านักงานเลขาธิการ", "สำนักงานเลขาธิการ"),
        ("ด าเนินการประจ าปี จ านวน ๒ คน", "ดำเนินการประจำปี จำนวน ๒ คน"),
        ("แนะน าการท างาน", "แนะนำการทำงาน"),
        ("เป้ าหมาย", "เป้าหมาย"),
        ("น้ าดื่ม", "น้ำดื่ม"),
        ("เจ้ าหน้ าที่ต่ างประเทศก้ าวหน้ า", "เจ้าหน้าที่ต่างประเทศก้าวหน้า"),
        ("ท าหน้ าที่ค าแนะน า", "ทำหน้าที่คำแนะนำ"),
        ("น าร่ างแผนฯ ดังกล่ าวอย่ างชัดเจน", "นำร่างแผนฯ ดังกล่าวอย่างชัดเจน"),
    ],
)
def test_normalize_mends(typed: str, meant: str) -> None:
    assert normalize(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "วา  า",
        "โครงก าร",
        "แ ผ น ง า น ป ร ะ จ า ปี",
        "ต ารางและจ าน",
        "  ย่อหน้า\n\n  ถัดไป ",
        "พ.ศ. ๒๕๗๐ (ก–ข) ☑ ☐",
        "นี้คือ “ข้อความ” ๑๐ %",
        "ตา ยาย",
        "สํ ปาลิ",
    ],
)
def test_normalize_leaves_alone(text: str) -> None:
    assert normalize(text) == text


@given(MIXED)
def test_normalize_is_idempotent(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(THAI)
def test_normalize_keeps_consonants_vowels_and_digits(text: str) -> None:
    """Only marks may merge or move: ํ with า, the same mark twice, เเ."""

    def letters(value: str) -> Counter[str]:
        plain = unicodedata.normalize("NFC", value).replace("เเ", "แ").replace("ำ", "า")
        return Counter(letter for letter in plain if unicodedata.category(letter) != "Mn")

    assert letters(normalize(text)) == letters(text)


@given(st.text(alphabet="กขาำเแ ิ่้.\n"))
def test_normalize_keeps_line_breaks(text: str) -> None:
    assert normalize(text).count("\n") == text.count("\n")


def test_squeeze() -> None:
    assert squeeze("  ก \n\t ข\u00a0 ค ") == "ก ข ค"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("ชื่อ......................สมชาย............", "ชื่อ สมชาย"),
        ("ชื่อ …………… สมชาย", "ชื่อ สมชาย"),
        ("โทร. ____________ ต่อ ๑", "โทร. ต่อ ๑"),
        ("พ.ศ. ๒๕๗๐ ต.ค. ก.ย.", "พ.ศ. ๒๕๗๐ ต.ค. ก.ย."),
        ("๑.๒ ๓.๔", "๑.๒ ๓.๔"),
        ("พ.ศ. ...... ๒๕๗๐", "พ.ศ. ๒๕๗๐"),
        ("ชื่อ . . . . . สมชาย", "ชื่อ สมชาย"),
        ("..............", ""),
    ],
)
def test_strip_leaders(text: str, bare: str) -> None:
    assert strip_leaders(text) == bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ชื่อโครงการ / งานประจำ :", "ชื่อโครงการ/งานประจํา"),
        ("๑.๒  เป้าหมาย", "1.2 เป้ าหมาย"),
        ("E-mail ........", "e mail"),
        ("สำนัก (นโยบายและแผน)", "สำนักนโยบายและแผน"),
    ],
)
def test_fold_matches(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_tells_tones_apart() -> None:
    assert fold("หน้า") != fold("หนา")


@pytest.mark.parametrize(
    "text", [None, "", " \n ", "-", "–", "........", "(............)", "…", "____", "- - -"]
)
def test_blank(text: str | None) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "ไม่มี", "ก", "/", "- ก", "๐"])
def test_not_blank(text: str) -> None:
    assert not is_blank(text)
