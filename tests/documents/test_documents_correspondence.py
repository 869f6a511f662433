"""What letters print beside the records: head, signature, sums, names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from automation.documents.correspondence import (
    budget_categories,
    consultant_scope,
    enclosures,
    letter,
    letter_date,
    meeting_day,
    meeting_facts,
    meeting_name,
    meeting_title,
    project_facts,
    project_title,
)
from automation.errors import UsageError
from automation.model import Activity, BudgetLine, Meeting, Project, ProjectKind
from tests.documents.sample_letters import OFFICE, sample_meeting, sample_project


def test_a_draft_has_neither_number_nor_day_nor_name() -> None:
    head = letter(OFFICE)
    assert head["unit"] == "สำนักนโยบายและแผน  กลุ่มงานแผนงานและโครงการ"
    assert head["number"] == head["date"] == ""
    assert set(head["signatory"]) == {"."}


def test_a_whole_head() -> None:
    given = {
        "phone": "0 2831 0000",
        "email": "plan9@senate.example",
        "number_code": "สว 0012",
        "signatory": "นายตัวอย่าง ทดสอบ",
    }
    head = letter(OFFICE | given)
    assert head["unit"].endswith("โทร. ๐ ๒๘๓๑ ๐๐๐๐  plan9@senate.example")
    assert head["number"] == "สว ๐๐๑๒/"
    assert head["signatory"] == "นายตัวอย่าง  ทดสอบ"
    assert letter(given | {"number": "สว 0012/ว 34"})["number"] == "สว ๐๐๑๒/ว ๓๔"


@pytest.mark.parametrize(("given", "printed"), [("180", "๑๘๐ วัน"), ("๖ เดือน", "๖ เดือน"), ("", "")])
def test_a_bare_number_of_a_contract_is_one_of_days(given: str, printed: str) -> None:
    assert letter({"days": given})["days"] == printed


def test_who_signs_an_invitation_is_not_invited() -> None:
    """By post alone, and by name and post; a deputy's post only ends in the same words."""
    post = "ผู้อำนวยการสำนักตัวอย่าง"
    invited = (f"{post} = กรรมการ", f"นายก ข {post}", f"รอง{post}", "ผู้อำนวยการสำนักอื่น")
    meeting = replace(sample_meeting(), invitees=invited)
    found = meeting_facts(meeting, {"signatory_position": post})["addressees"]
    assert found == (f"รอง{post}", "ผู้อำนวยการสำนักอื่น")


def test_a_consultant_is_not_hired_for_the_steps_of_hiring() -> None:
    names = ("จัดทำขอบเขตของงาน", "จัดซื้อจัดจ้าง", "ศึกษาและวิเคราะห์ข้อมูล", "ตรวจรับงานและเบิกจ่าย", "จัดทำร่างแผน")
    project = replace(sample_project(), activities=tuple(Activity(name=name) for name in names))
    assert consultant_scope(project) == "ศึกษาและวิเคราะห์ข้อมูล; จัดทำร่างแผน"
    assert consultant_scope(replace(project, activities=project.activities[:2])) == ""


@pytest.mark.parametrize("text", ["2026-11-24", "24 พ.ย. 69", "๒๔ พฤศจิกายน ๒๕๖๙", " 24/11/2569 "])
def test_a_date_is_written_in_full_without_the_era(text: str) -> None:
    assert letter_date(text) == "๒๔ พฤศจิกายน ๒๕๖๙"


def test_a_month_leaves_room_for_the_day() -> None:
    assert letter_date("พฤศจิกายน 2569") == "        พฤศจิกายน ๒๕๖๙"


def test_a_day_that_is_none_is_told() -> None:
    with pytest.raises(UsageError, match="๓๒"):
        letter_date("๓๒ มกราคม ๒๕๗๐")


def test_lines_are_summed_under_their_category_in_the_order_of_the_form() -> None:
    lines = (
        BudgetLine(category="ค่าใช้สอย", item="ก", amount=Decimal(100)),
        BudgetLine(category="ค่าวัสดุ", item="ข", amount=Decimal("50.25")),
        BudgetLine(category="ค่าใช้สอย", item="ค", amount=Decimal(30)),
        BudgetLine(item="ง"),
    )
    groups = budget_categories(lines)
    assert [(group["name"], group["total"], len(group["lines"])) for group in groups] == [
        ("ค่าใช้สอย", Decimal(130), 2),
        ("ค่าวัสดุ", Decimal("50.25"), 1),
        ("ไม่ระบุหมวดรายจ่าย", Decimal(0), 1),
    ]


@pytest.mark.parametrize(
    ("name", "kind", "title"),
    [
        ("โครงการอบรม", ProjectKind.PROJECT, "โครงการอบรม"),
        ("อบรมบุคลากร", ProjectKind.PROJECT, "โครงการอบรมบุคลากร"),
        ("งานเบิกจ่าย", ProjectKind.ROUTINE, "งานเบิกจ่าย"),
        ("เบิกจ่ายเงิน", ProjectKind.ROUTINE, "งานเบิกจ่ายเงิน"),
        ("อบรม", None, "โครงการอบรม"),
    ],
)
def test_a_project_is_called_with_its_word(name: str, kind: ProjectKind | None, title: str) -> None:
    assert project_title(Project(name=name, kind=kind)) == title


def test_the_papers_of_the_form_follow_and_none_is_named_twice() -> None:
    project = Project(attachments=("ประมาณการ ค่าใช้จ่าย", "กำหนดการ", "ร่าง TOR จำนวน ๒ ฉบับ"))
    assert enclosures(project, estimate=True) == (
        "รายละเอียดโครงการ จำนวน ๑ ชุด",
        "ประมาณการค่าใช้จ่าย จำนวน ๑ ชุด",
        "กำหนดการ จำนวน ๑ ชุด",
        "ร่าง TOR จำนวน ๒ ฉบับ",
    )
    assert len(enclosures(Project(), estimate=False)) == 1


def test_the_money_to_approve_is_what_was_allocated_or_else_requested() -> None:
    project = sample_project()
    assert project_facts(project, None)["approved"] == project.budget.total
    assert project_facts(project, Decimal(5))["approved"] == Decimal(5)
    assert project_facts(project, None)["lines_total"] == project.budget.total


@pytest.mark.parametrize("title", ["การประชุมคณะทำงาน", "ประชุมคณะทำงาน", "คณะทำงาน"])
def test_a_meeting_has_one_name_however_the_form_writes_it(title: str) -> None:
    assert meeting_name(Meeting(title=title)) == "การประชุมคณะทำงาน"
    assert meeting_title(Meeting(title=title, number="2/2570")) == "การประชุมคณะทำงาน ครั้งที่ ๒/๒๕๗๐"
    assert meeting_title(Meeting(title=title)) == "การประชุมคณะทำงาน"


def test_the_day_of_an_agenda_carries_the_era() -> None:
    assert meeting_day(Meeting(date=date(2026, 1, 20))) == "วันอังคารที่ ๒๐ มกราคม พ.ศ. ๒๕๖๙"
    assert meeting_day(Meeting()) == ""


def test_an_invitation_goes_to_all_or_to_one() -> None:
    meeting = sample_meeting()
    assert meeting_facts(meeting, {})["addressees"] == meeting.invitees
    assert meeting_facts(meeting, {"invitee": "ผู้อำนวยการสำนักใดสำนักหนึ่ง"})["addressees"] == (
        "ผู้อำนวยการสำนักใดสำนักหนึ่ง",
    )


def test_the_reply_slip_is_enclosed_only_when_a_reply_is_asked_for() -> None:
    meeting = sample_meeting()
    assert meeting_facts(meeting, {})["enclosures"][-1].startswith("แบบตอบรับ")
    assert meeting_facts(replace(meeting, reply_by=None), {})["enclosures"] == (
        "ระเบียบวาระการประชุม จำนวน ๑ ชุด",
        *meeting.attachments,
    )


def test_a_day_that_a_letter_speaks_of_is_a_whole_day() -> None:
    assert letter({"due": "2026-04-10"})["due"] == "๑๐ เมษายน ๒๕๖๙"
    for text in ("เมษายน ๒๕๖๙", "วันอะไร"):
        with pytest.raises(UsageError, match=text):
            letter({"due": text})


def test_people_are_counted() -> None:
    assert [letter({"representatives": text})["representatives"] for text in ("", "๓", "12")] == [1, 3, 12]
    for text in ("สอง", "0", "21"):
        with pytest.raises(UsageError, match=text):
            letter({"representatives": text})
