"""Documents that go out: numbered when asked, kept as they were made, with remarks for the clerk."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from automation.documents.catalogue import DocumentCatalogue
from automation.errors import AutomationError, MissingFacts, UsageError
from automation.model.outgoing import NumberKind
from automation.pipeline.intake import intake
from automation.pipeline.outgoing import completed
from automation.pipeline.produce import Order, orders_for, produce
from automation.pipeline.sent import again, issued_json, numbers_json, one_each
from automation.pipeline.sweep import arrivals
from automation.pipeline.workbench import Workbench
from tests_place import SAMPLES

ORDER = {
    "committee": "คณะกรรมการกลั่นกรอง",
    "members": "นางตัวอย่าง ธรรมรักษ์ = ประธานกรรมการ",
    "legal_basis": "มาตรา ๓๙ แห่งพระราชบัญญัติตัวอย่าง",
}
LETTER = {
    "number_code": "สว ๐๐๑๒",
    "recipient": "ผู้อำนวยการสำนักตัวอย่าง",
    "subject": "ขอความอนุเคราะห์",
    "cause": "ด้วยสำนักงานจัดทำแผน",
    "request": "จึงขอความอนุเคราะห์",
}


def orders(bench: Workbench, kind: str, *, all_bureaus: bool = False) -> tuple[Order, ...]:
    return orders_for(
        bench,
        kind,
        year=2570,
        projects=(),
        all_projects=False,
        meeting=None,
        bureaus=(),
        all_bureaus=all_bureaus,
        late=False,
        facts={},
        out=None,
    )


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs).replace("\u00a0", " ")


def test_a_number_is_taken_only_when_asked_for(bench: Workbench) -> None:
    (draft,) = produce(bench, Order(kind="order-committee", year=2570, facts=ORDER))
    assert "ที่ ...." in text_of(draft.path)
    assert bench.register.numbers(2569) == ()
    for number in ("๑/๒๕๖๙", "๒/๒๕๖๙"):
        (made,) = produce(bench, Order(kind="order-committee", year=2570, facts=ORDER, numbered=True))
        assert f"ที่ {number}" in text_of(made.path)
    assert [item.issued for item in bench.register.numbers(2569)] == [2, 3]
    found = bench.register.reference(["order-committee"], 2570)
    assert found is not None
    assert found.number == "๒/๒๕๖๙"
    assert found.facts["committee"] == ORDER["committee"]


def test_a_memo_names_the_circular_that_went_before(bench: Workbench) -> None:
    memo = Order(kind="memo-submit-order", year=2570, facts={"committee": ORDER["committee"]})
    assert "ตามบันทึกข้อความ" not in text_of(produce(bench, memo)[0].path)
    facts = {
        "number_code": "สว ๐๐๑๒",
        "start": "๕ มกราคม ๒๕๖๙",
        "due": "๑๐ กุมภาพันธ์ ๒๕๖๙",
        "date": "๑๒ มกราคม ๒๕๖๙",
    }
    call = Order(kind="circular-call-for-projects", year=2570, facts=facts, numbered=True)
    assert "สว ๐๐๑๒/ว ๑" in text_of(produce(bench, call)[0].path)
    named = "ตามบันทึกข้อความสำนักนโยบายและแผน ที่ สว ๐๐๑๒/ว ๑ ลงวันที่ ๑๒ มกราคม ๒๕๖๙"
    assert named in text_of(produce(bench, memo)[0].path)


def test_the_date_of_the_letter_says_which_year_numbers_it(bench: Workbench) -> None:
    facts = LETTER | {"date": "๕ มกราคม ๒๕๗๐"}
    (made,) = produce(bench, Order(kind="letter", year=2570, facts=facts, numbered=True))
    assert "สว ๐๐๑๒/๑" in text_of(made.path)
    (entry,) = bench.register.numbers(2570)
    assert (entry.series, entry.kind) == ("สว ๐๐๑๒", NumberKind.ORDINARY)


@pytest.mark.parametrize(
    ("kind", "code", "printed"),
    [
        ("memo-report-results", "สว 0012", "สว ๐๐๑๒/๑๒๓"),
        ("circular-order", "สว 0012", "สว ๐๐๑๒/ว ๑๒๓"),
        ("order-committee", "", "๑๒๓/๒๕๖๙"),
        ("memo-report-results", "", "123"),
        ("announcement", "สว 0012", "123"),
    ],
)
def test_a_bare_number_is_written_in_full(kind: str, code: str, printed: str, bench: Workbench) -> None:
    """As far as the kind has numbers and the code of the unit is known."""
    found = DocumentCatalogue.load(bench.config.templates).get(kind)
    assert completed(found, {"number": "123", "number_code": code}, 2569)["number"] == printed
    assert completed(found, {"number": "สว 0012/5"}, 2569)["number"] == "สว 0012/5"


def test_what_cannot_be_made_takes_no_number(bench: Workbench) -> None:
    with pytest.raises(MissingFacts):
        produce(bench, Order(kind="order-committee", year=2570, numbered=True))
    with pytest.raises(UsageError, match="ไม่มีเลขที่"):
        produce(bench, Order(kind="announcement", year=2570, numbered=True))
    with pytest.raises(UsageError, match="รหัสหนังสือ"):
        produce(bench, Order(kind="letter", year=2570, facts=LETTER | {"number_code": ""}, numbered=True))
    with pytest.raises(UsageError, match="ระบุเลขที่หนังสือมาแล้ว"):
        produce(bench, Order(kind="letter", year=2570, facts=LETTER | {"number": "๑"}, numbered=True))
    blocked = bench.config.root / "แฟ้ม"
    blocked.write_text("a file where the folder should be")
    with pytest.raises((AutomationError, OSError)):
        produce(bench, Order(kind="letter", year=2570, facts=LETTER, numbered=True, out=blocked))
    assert bench.register.numbers(2569) == ()


def test_the_archive_keeps_what_was_made(bench: Workbench) -> None:
    (made,) = produce(bench, Order(kind="letter", year=2570, facts=LETTER))
    before = made.path.read_bytes()
    made.path.write_bytes(b"edited")
    (issued,) = bench.register.issued(2570)
    assert issued.archived is not None
    assert issued.archived.read_bytes() == before


def test_a_document_comes_back_as_it_was_made(bench: Workbench) -> None:
    (made,) = produce(bench, Order(kind="letter", year=2570, facts=LETTER, numbered=True))
    before = made.path.read_bytes()
    assert again(bench, 1) == made.path
    made.path.write_bytes(b"edited by staff")
    back = again(bench, 1)
    assert back.name.endswith("(ฉบับที่ ๒).docx")
    assert back.read_bytes() == before
    assert made.path.read_bytes() == b"edited by staff"
    (item,) = issued_json(bench, 2570)["issued"]
    assert (item["number"], item["title"], item["facts"]["subject"]) == (
        "สว ๐๐๑๒/๑",
        "หนังสือภายนอก",
        "ขอความอนุเคราะห์",
    )
    (number,) = numbers_json(bench, 2569)["numbers"]
    assert (number["printed"], number["issued"]) == ("สว ๐๐๑๒/๑", 1)
    with pytest.raises(UsageError, match="ไม่มีเอกสารลำดับ 9"):
        again(bench, 9)
    kept = bench.register.issued(2570)[0].archived
    assert kept is not None
    kept.write_bytes(b"damaged")
    with pytest.raises(AutomationError, match="เสียหาย"):
        again(bench, 1)


def test_one_invitation_to_each_who_is_invited(bench: Workbench) -> None:
    arrived = bench.config.inbox / "meeting.docx"
    shutil.copy(SAMPLES / "other" / "meeting-screening-committee.docx", arrived)
    intake(bench, arrivals(bench.config.inbox))
    year = bench.register.years()[0]
    (found,) = bench.register.meetings(year)
    order = Order(kind="invitation", year=year, meeting=found.number or "")
    orders = one_each(bench, [order])
    others = [person for person in found.invitees if person != bench.config.office["signatory_position"]]
    assert [item.facts["invitee"] for item in orders] == others
    assert len(others) == len(found.invitees) - 1
    names = [produce(bench, item)[0].path.name for item in orders[:2]]
    assert all(invitee in name for invitee, name in zip(others, names, strict=False))
    with pytest.raises(UsageError, match="ไม่ได้ทำรายบุคคล"):
        one_each(bench, [Order(kind="agenda", year=year, meeting=found.number or "")])


def test_the_clerk_is_told_what_to_mind(bench: Workbench) -> None:
    facts = LETTER | {"enclosure": "แบบสำรวจ จำนวน ๑ ชุด", "request": "จึงขออนุญาติใช้ข้อมูล"}
    (made,) = produce(bench, Order(kind="letter", year=2570, facts=facts))
    told = "\n".join(made.notes)
    assert "แนบเอง: แบบสำรวจ" in told
    assert "“อนุญาติ” ควรเป็น “อนุญาต”" in told


def test_what_was_typed_once_is_known_to_later_papers(bench: Workbench) -> None:
    dated = ORDER | {"date": "๑ ธันวาคม ๒๕๖๙"}
    produce(bench, Order(kind="order-committee", year=2570, facts=dated, numbered=True))
    (circular,) = produce(bench, Order(kind="circular-order", year=2570))
    text = text_of(circular.path)
    assert "คำสั่งสำนักงานเลขาธิการวุฒิสภา ที่ ๑/๒๕๖๙ ลงวันที่ ๑ ธันวาคม ๒๕๖๙" in text
    assert ORDER["committee"] in text
    assert any("ใช้ตามเอกสาร" in note and "ชื่อคณะกรรมการ" in note for note in circular.notes)
    (own,) = produce(bench, Order(kind="circular-order", year=2570, facts={"committee": "คณะทำงานอื่น"}))
    assert "คณะทำงานอื่น" in text_of(own.path)


def test_a_draft_lends_neither_number_nor_date(bench: Workbench) -> None:
    produce(bench, Order(kind="order-committee", year=2570, facts=ORDER | {"date": "ธันวาคม ๒๕๖๙"}))
    with pytest.raises(MissingFacts) as raised:
        produce(bench, Order(kind="circular-order", year=2570))
    assert raised.value.names == ("order_number", "order_date")
    assert raised.value.labels == ("เลขที่คำสั่ง", "วันที่ของคำสั่ง")


def test_a_kind_that_concerns_nobody_says_so(bench: Workbench) -> None:
    for kind, words in (("memo-request-opinion", "ไม่มีสำนักใด"), ("circular-allocation", "ไม่มีสำนักใด")):
        with pytest.raises(UsageError, match=words):
            orders(bench, kind, all_bureaus=True)


def test_the_calendar_of_the_call_for_projects_holds_for_later_memos(bench: Workbench) -> None:
    call = {"start": "๕ มกราคม ๒๕๖๙", "due": "๑๐ กุมภาพันธ์ ๒๕๖๙", "date": "๑๒ มกราคม ๒๕๖๙"}
    memo = Order(kind="memo-submit-order", year=2570, facts=ORDER | {"date": "๑ กันยายน ๒๕๖๙"})
    memo = replace(memo, facts={name: text for name, text in memo.facts.items() if name != "members"})
    (early,) = produce(bench, memo)
    assert not any("เลยกำหนดตามปฏิทิน" in note for note in early.notes)
    produce(bench, Order(kind="circular-call-for-projects", year=2570, facts=call))
    (made,) = produce(bench, memo)
    assert any("เลยกำหนดตามปฏิทินของขั้นตอน A06" in note for note in made.notes)


def test_a_circular_names_what_was_announced(bench: Workbench) -> None:
    produce(bench, Order(kind="announcement", year=2570, facts={"date": "๑๕ พฤษภาคม ๒๕๖๙"}))
    (made,) = produce(bench, Order(kind="circular-announcement", year=2570))
    assert "แจ้งการประกาศใช้แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. ๒๕๗๐" in text_of(made.path)
    assert "เมื่อวันที่ ๑๕ พฤษภาคม ๒๕๖๙" in text_of(made.path)


@pytest.mark.parametrize(("date", "late"), [("๑๙ มกราคม ๒๕๖๙", True), ("๕ มกราคม ๒๕๖๙", False)])
def test_an_invitation_is_late_by_the_day_it_bears(date: str, late: bool, bench: Workbench) -> None:
    shutil.copy(SAMPLES / "year2570" / "meeting.docx", bench.config.inbox)
    intake(bench, arrivals(bench.config.inbox))
    (made,) = produce(bench, Order(kind="invitation", year=2570, meeting="1/2569", facts={"date": date}))
    assert any("ต้องส่งล่วงหน้า" in note for note in made.notes) is late


def test_blank_forms_lie_beside_the_letter_that_sends_them(bench: Workbench) -> None:
    facts = {"start": "๕ มกราคม ๒๕๖๙", "due": "๑๐ กุมภาพันธ์ ๒๕๖๙"}
    call = Order(kind="circular-call-for-projects", year=2570, facts=facts)
    (made,) = produce(bench, call)
    form = made.path.with_name("แบบเสนอรายละเอียดโครงการ-งานประจำ (แบบ นผ. ๐๐๒๐-๑).docx")
    assert form.is_file()
    assert f"วางแบบฟอร์มที่ต้องแนบไว้ให้แล้ว: {form.name}" in made.notes
    assert not any("แนบเอง: แบบเสนอ" in note for note in made.notes)
    form.write_bytes(b"edited")
    produce(bench, call)
    assert form.read_bytes() == b"edited"
    assert len(list(made.path.parent.glob("แบบเสนอ*"))) == 2
    produce(bench, call)
    assert len(list(made.path.parent.glob("แบบเสนอ*"))) == 2
    (report,) = produce(bench, Order(kind="circular-report-round", year=2570, facts={"report_day": "10"}))
    assert [path.suffix for path in report.path.parent.glob("แบบรายงาน*")] == [".xlsx"]
    assert not any("แนบเอง" in note for note in report.notes)
