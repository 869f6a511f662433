"""Spacing, names and misspellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.thai.text import normalize
from automation.thai.typography import MISSPELLINGS, proofread, tidy, tidy_name


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("ต่างๆ", "ต่าง ๆ"),
        ("จำนวน2คนๆละ6ชั่วโมง", "จำนวน 2 คน ๆ ละ 6 ชั่วโมง"),
        ("เด็กๆ(บางคน)ที่", "เด็ก ๆ (บางคน) ที่"),
        ("กระดาษ ปากกาฯลฯ", "กระดาษ ปากกา ฯลฯ"),
        ("พ.ศ.๒๕๖๙", "พ.ศ. ๒๕๖๙"),
        ("โครงการ(ระยะที่๑)ปี๒๕๗๐", "โครงการ (ระยะที่ ๑) ปี ๒๕๗๐"),
        ("๑,๒๕๐บาท", "๑,๒๕๐ บาท"),
        ("กรุงเทพฯ๑๐", "กรุงเทพฯ ๑๐"),
        ("ต่างๆ, และ ต่างๆ)", "ต่าง ๆ, และ ต่าง ๆ)"),
        ("บรรทัดแรก \nๆ ถัดไป", "บรรทัดแรก\nๆ ถัดไป"),
    ],
)
def test_tidy(typed: str, printed: str) -> None:
    assert tidy(typed) == printed


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19",
        "a1@b.co.th",
        "www.x.go.th/ก1",
        "https://x.go.th/ข้อ5",
        "70-ICT-01",
        "๐๙.๓๐ น.",
        "ระบบ A4  สองวรรค",
    ],
)
def test_tidy_leaves_alone(text: str) -> None:
    assert tidy(text) == text


@given(st.text(alphabet="กขาำิ่ๆฯล 12๑.()ab\n"))
def test_tidy_is_idempotent_and_changes_spaces_only(text: str) -> None:
    done = tidy(text)
    assert tidy(done) == done
    assert "".join(done.split()) == "".join(normalize(text).split())


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("นาย สมชาย ใจดี", "นายสมชาย  ใจดี"),
        ("นางสาวมาลี   แสงทอง", "นางสาวมาลี  แสงทอง"),
        ("พลเอก สมชาย ใจดี", "พลเอก  สมชาย  ใจดี"),
        ("พลตำรวจโทสมศักดิ์ กล้าหาญ", "พลตำรวจโท  สมศักดิ์  กล้าหาญ"),
        ("ดร. สมใจ ดีมาก", "ดร.สมใจ  ดีมาก"),
        ("สมชาย", "สมชาย"),
    ],
)
def test_names(typed: str, printed: str) -> None:
    assert tidy_name(typed) == printed
    assert tidy_name(printed) == printed


@pytest.mark.parametrize(("wrong", "right"), MISSPELLINGS)
def test_misspellings(wrong: str, right: str) -> None:
    assert (wrong, right) in proofread(f"เรื่อง{wrong}ของสำนักงาน")
    assert proofread(right) == ()
