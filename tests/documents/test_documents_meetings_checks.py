"""What is told of a document after it was made: its text, day, figures, enclosures and instalments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from automation.documents.notices import after_its_day, at_odds, deadline, instalments, papers_to_add
from automation.documents.proofread import MOST, proofread_document, remarks
from automation.model.year import YearData
from tests.documents.sample_books import sample_year
from tests.documents.sample_letters import kind
from tests.documents.test_documents_meetings import KINDS, made


@dataclass(frozen=True)
class Earlier:
    kind: str
    path: str = ""
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    id: str


@dataclass(frozen=True)
class Planned:
    step: Step
    end: date | None


@pytest.fixture(scope="module")
def year() -> YearData:
    return sample_year()


@pytest.mark.parametrize("name", KINDS)
def test_what_the_program_writes_reads_well(name: str, year: YearData, tmp_path: Path) -> None:
    assert proofread_document(made(name, year, tmp_path)) == ()


def test_what_people_gave_is_read_too(year: YearData, tmp_path: Path) -> None:
    bad = "ขออนุญาติใช้ห้องประชุม 3 ต่างๆ ภายในวันที่ ๐๕ มกราคม เวลา ๐๙.๓๐ น. (ตามปฎิทิน"
    told = "\n".join(proofread_document(made("letter", year, tmp_path, request=bad)))
    for part in ("ย่อหน้า", "“อนุญาติ” ควรเป็น “อนุญาต”", "“ปฎิทิน”", "ๆ", "นาฬิกา", "( ไม่มี ) ปิด"):
        assert part in told, part
    assert (
        len(
            proofread_document(
                made("letter", year, tmp_path, cause=";".join([f"{bad} {n}ก" for n in range(9)]))
            )
        )
        == MOST + 1
    )


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("จำนวน 3 ชุด", "ควรใช้เลขไทย: 3"),
        ("{{ project.name }}", "แม่แบบค้างอยู่"),
        ("ส่วนต่างๆของสำนัก", "เว้นวรรค"),
        ("ตามที่สำนักนโยบายสำนักนโยบาย", "คำซ้ำติดกัน “สำนักนโยบายสำนักนโยบาย”"),
        ("เวลา ๐๙.๓๐ น.", "นาฬิกา"),
        ("วันที่ ๐๕ มกราคม", "เลขศูนย์"),
        ("เอกสาร (ร่าง", "ไม่มี ) ปิด"),
        ("ปรากฎตามสิ่งที่ส่งมาด้วย", "“ปรากฎ” ควรเป็น “ปรากฏ”"),
    ],
)
def test_each_rule_has_its_remark(text: str, remark: str) -> None:
    (found,) = remarks(text)
    assert remark in found


@pytest.mark.parametrize(
    "text",
    [
        "plan9@senate.example",
        "ดู https://www.example.org/page/12?x=3",
        "ขอบเขตของงาน (Terms of Reference: TOR)",
        "วันที่\u00a0๕ มกราคม ๒๕๗๐ เวลา ๐๙.๓๐ นาฬิกา",
        "นายตัวอย่าง  ทดสอบ",
        "สำนักต่าง\u00a0ๆ เสนอ (ร่าง) แผน",
        "........................................",
        "๔.๒\t(ร่าง) รายละเอียดโครงการ",
    ],
)
def test_good_text_is_left_alone(text: str) -> None:
    assert remarks(text) == ()


def test_a_memo_behind_its_calendar_is_told() -> None:
    steps = [Planned(Step("S03"), date(2026, 11, 20)), Planned(Step("X"), None)]
    memo = kind("memo-approve-project")
    (told,) = after_its_day(memo, date(2026, 11, 24), steps)
    assert "๒๐ พฤศจิกายน ๒๕๖๙" in told
    assert after_its_day(memo, date(2026, 11, 20), steps) == ()
    assert after_its_day(memo, date(2030, 1, 1), steps[1:]) == ()


def test_a_deadline_behind_the_calendar_or_in_the_year_itself_is_told() -> None:
    steps = [Planned(Step("A09"), date(2026, 3, 31)), Planned(Step("X"), None)]
    call = kind("circular-call-for-projects")
    assert deadline(call, "๓๑ มีนาคม ๒๕๖๙", 2570, steps) == ()
    (late,) = deadline(call, "๑ เมษายน ๒๕๖๙", 2570, steps)
    assert "๓๑ มีนาคม ๒๕๖๙" in late
    assert "ปีงบประมาณ พ.ศ. ๒๕๗๐" in deadline(call, "๑ ตุลาคม ๒๕๖๙", 2570, steps)[-1]
    assert deadline(call, "สิ้นเดือน", 2570, steps) == ()
    assert deadline(kind("memo-print-request"), "๑ ตุลาคม ๒๕๖๙", 2570, steps) == ()


def test_figures_that_differ_from_the_last_book_are_told() -> None:
    figures = {"projects": 19, "requested": "100.00", "allocated": None}
    book = Earlier(
        "plan-book", "outbox/2570/เล่มแผน.docx", {"projects": 18, "requested": "100.0", "allocated": None}
    )
    memo = kind("agenda-paper")
    (told,) = at_odds(memo, figures, [book])
    assert "จำนวนโครงการในเอกสารนี้ (๑๙) ไม่ตรงกับเล่ม เล่มแผน.docx (๑๘)" in told
    assert at_odds(memo, figures, [Earlier("plan-book", figures=figures)]) == ()
    assert at_odds(memo, figures, []) == at_odds(kind("order-committee"), figures, [book]) == ()


def test_enclosures_that_nobody_made_are_named(year: YearData, tmp_path: Path) -> None:
    letter = made("letter", year, tmp_path, enclosure="ขอบเขตของงาน จำนวน ๑ ชุด; รายชื่อ จำนวน ๒ แผ่น")
    titles = {"tor": "ขอบเขตของงานจ้างที่ปรึกษา (TOR)"}
    (told,) = papers_to_add(letter, [Earlier("tor")], titles)
    assert told.endswith("แนบเอง: รายชื่อ จำนวน ๒ แผ่น")
    (both,) = papers_to_add(letter, [], titles)
    assert "ขอบเขตของงาน" in both
    assert papers_to_add(made("order-committee", year, tmp_path), [], titles) == ()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("ก = 30 = 40; ข = 60 = 50", "รวมกันได้ ๙๐"),
        ("ก = 30 = 100; ข", "งวด “ข” ยังไม่ได้ระบุ"),
        ("ก = 30 = มาก", "อ่านไม่ได้: มาก"),
    ],
)
def test_instalments_add_up_to_a_hundred(given: str, told: str) -> None:
    assert told in instalments({"instalments": given})[0]
    assert instalments({"instalments": "ก = 30 = ๔๐; ข = 60 = 60%"}) == instalments({}) == ()
