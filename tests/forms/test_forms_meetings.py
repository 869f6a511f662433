"""Meeting forms as offices write them: files of independent writers, and the layouts that they taught."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from automation.errors import UnknownForm
from automation.forms.catalogue import FormCatalogue
from automation.forms.knowledge import Known
from automation.forms.read_document import read_document
from automation.model import Meeting, Reading, to_json
from automation.office.blocks import Document
from automation.office.opening import open_file

ROOT = Path(__file__).parents[2]
CATALOGUE = FormCatalogue.load(ROOT / "templates")
OPENING = (
    *("แบบแจ้งกำหนดการประชุม", "ชื่อการประชุม: การประชุมคณะทำงานติดตามแผน"),
    *("ครั้งที่: ๑/๒๕๗๐", "วันที่ประชุม: ๒๐ มกราคม ๒๕๗๐"),
)
FILES = sorted((ROOT / "tests/corpus").glob("*/word-meetings/*.docx"))


def _read(file: Path) -> Reading:
    content = open_file(file)
    assert isinstance(content, Document)
    return read_document(content, CATALOGUE, Known())


def _meeting(tmp_path: Path, document: Any) -> Meeting:
    document.save(str(tmp_path / "meeting.docx"))
    record = _read(tmp_path / "meeting.docx").record
    assert isinstance(record, Meeting)
    return record


def _typed(*paragraphs: str) -> Any:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def _table(document: Any, *rows: tuple[str, ...]) -> Any:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}/{file.stem}")
def test_a_file_of_another_writer_gives_its_record(file: Path) -> None:
    expected = json.loads(file.with_suffix(".expected.json").read_text(encoding="utf-8"))
    reading = _read(file)
    assert reading.form == "meeting"
    assert to_json(reading.record) == expected["record"]


def test_an_agenda_is_read_from_a_table_in_a_cell_with_points_below_one_another(tmp_path: Path) -> None:
    document = docx.Document()
    outer = _table(
        document,
        ("เรื่องที่ประชุม", "การประชุมคณะทำงานติดตามแผน"),
        ("วันที่ประชุม", "๒๐ มกราคม ๒๕๗๐"),
        ("วาระ", ""),
        ("ผู้เข้าประชุม", "ผู้อำนวยการสำนักทุกสำนัก"),
    )
    inner = outer.cell(2, 1).add_table(rows=2, cols=3)
    for cell, text in zip(
        (*inner.rows[0].cells, *inner.rows[1].cells),
        ("ที่", "เรื่อง", "เรื่องย่อย", "๑", "เรื่องเพื่อทราบ", "๑.๑ ผลไตรมาสที่ ๑\n๑.๒ ผลไตรมาสที่ ๒"),
        strict=True,
    ):
        cell.text = text
    (item,) = _meeting(tmp_path, document).agenda
    assert (item.no, item.title) == ("๑", "เรื่องเพื่อทราบ")
    assert item.items == ("ผลไตรมาสที่ ๑", "ผลไตรมาสที่ ๒")


def test_a_text_box_stands_for_itself_and_goes_on_with_no_field(tmp_path: Path) -> None:
    document = _typed(*OPENING, "ผู้เข้าประชุม: ผู้อำนวยการสำนักกฎหมาย", "เอกสารแนบ: -")
    lines = ("สถานที่ ห้องประชุม ๓ ชั้น ๒", "ประธานที่ประชุม นายสมมติ ทดสอบ")
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    names = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
    box = f"<v:textbox><w:txbxContent>{paragraphs}</w:txbxContent></v:textbox>"
    picture = parse_xml(f"<w:pict {names}><v:shape>{box}</v:shape></w:pict>")
    document.paragraphs[0].add_run()._r.append(picture)
    meeting = _meeting(tmp_path, document)
    assert (meeting.place, meeting.chair) == ("ห้องประชุม ๓ ชั้น ๒", "นายสมมติ ทดสอบ")
    assert meeting.attachments == ()


def test_leaders_around_what_is_filled_in_are_dropped_and_numbers_too(tmp_path: Path) -> None:
    document = _typed(
        *OPENING,
        "ผู้เข้าร่วมประชุม",
        *(
            "๑.\t..........นายสมมติ ทดสอบ..........",
            "๒.\t..............................",
            "๓.\t.....นางสมใจ ทดสอบ",
        ),
    )
    assert _meeting(tmp_path, document).invitees == ("นายสมมติ ทดสอบ", "นางสมใจ ทดสอบ")


def test_a_time_of_day_is_no_list_number(tmp_path: Path) -> None:
    document = _typed(*OPENING, "ตั้งแต่เวลา 09.30 น. ถึงเวลา 12.00 น.")
    meeting = _meeting(tmp_path, document)
    assert (meeting.start_time, meeting.end_time) == ("09:30", "12:00")


MEMO = (
    *("บันทึกข้อความ", "ส่วนราชการ  สำนักวิชาการ  โทร. ๓๒๑๔", "ที่ สว ๐๐๒๔/๑๒๓        วันที่ ๕ มกราคม ๒๕๗๐"),
    *("เรื่อง  ขอเชิญประชุมคณะทำงานจัดทำแผน ครั้งที่ ๑/๒๕๗๐", "เรียน  ผู้อำนวยการสำนักกฎหมาย"),
    *("สิ่งที่ส่งมาด้วย  ๑. สำเนาคำสั่ง จำนวน ๑ ชุด", "\t๒. แบบตอบรับ จำนวน ๑ ฉบับ"),
    "\tด้วยสำนักวิชาการกำหนดจัดการประชุมคณะทำงานจัดทำแผน ครั้งที่ ๑/๒๕๗๐ ในวันจันทร์ที่ ๑๘ มกราคม ๒๕๗๐ "
    "เวลา ๐๙.๓๐ – ๑๒.๐๐ นาฬิกา ณ ห้องประชุม ๔๐๒ ชั้น ๔ โดยมีนายสมมติ ทดสอบ เป็นประธาน เพื่อพิจารณาเรื่อง ดังนี้",
    *(
        "\t๑. ผลไตรมาสที่ ๑",
        "\t๒. ร่างแผนปีถัดไป",
        "\tจึงเรียนมาเพื่อโปรดเข้าร่วมประชุม และโปรดแจ้งชื่อภายในวันที่ ๑๒ มกราคม ๒๕๗๐",
    ),
    *("(นางสมใจ ดีงาม)", "ผู้อำนวยการสำนักวิชาการ"),
)


def test_a_memo_says_in_sentences_what_a_form_has_labels_for(tmp_path: Path) -> None:
    meeting = _meeting(tmp_path, _typed(*MEMO))
    assert (meeting.title, meeting.number) == ("การประชุมคณะทำงานจัดทำแผน", "๑/๒๕๗๐")
    assert (str(meeting.issued), str(meeting.date)) == ("2027-01-05", "2027-01-18")
    assert (meeting.start_time, meeting.end_time) == ("09:30", "12:00")
    assert (meeting.place, meeting.chair) == ("ห้องประชุม ๔๐๒ ชั้น ๔", "นายสมมติ ทดสอบ")
    assert [item.title for item in meeting.agenda] == ["ผลไตรมาสที่ ๑", "ร่างแผนปีถัดไป"]
    assert meeting.attachments == ("สำเนาคำสั่ง จำนวน ๑ ชุด", "แบบตอบรับ จำนวน ๑ ฉบับ")
    assert str(meeting.reply_by) == "2027-01-12"
    assert meeting.invitees == ("ผู้อำนวยการสำนักกฎหมาย",)


@pytest.mark.parametrize(
    "sentence",
    [
        "ขออนุมัติจัดสัมมนา ในวันศุกร์ที่ ๑๒ มีนาคม ๒๕๗๐ เวลา ๐๘.๓๐ – ๑๖.๓๐ นาฬิกา ณ โรงแรมสมมติ",
        "ตามมติที่ประชุม เมื่อวันศุกร์ที่ ๑๒ มีนาคม ๒๕๗๐ เวลา ๐๘.๓๐ นาฬิกา ณ ห้องประชุม ๑ นั้น",
        "ขอเชิญประชุมเพื่อหารือ ซึ่งจะแจ้งวันและเวลาให้ทราบภายหลัง",
    ],
)
def test_a_memo_that_calls_no_meeting_is_no_form(tmp_path: Path, sentence: str) -> None:
    _typed("บันทึกข้อความ", "ส่วนราชการ  สำนักวิชาการ", "เรื่อง  แจ้งเพื่อทราบ", sentence).save(
        str(tmp_path / "memo.docx")
    )
    with pytest.raises(UnknownForm):
        _read(tmp_path / "memo.docx")


def test_the_paper_of_an_agenda_is_read_as_a_meeting(tmp_path: Path) -> None:
    document = _typed(
        *("ระเบียบวาระการประชุม", "คณะกรรมการกลั่นกรองโครงการ", "ครั้งที่ ๒/๒๕๗๐"),
        *("วันพุธที่ ๓ กุมภาพันธ์ ๒๕๗๐ เวลา ๑๓.๓๐ นาฬิกา", "ณ ห้องประชุม ๓๐๑ ชั้น ๓"),
        *("ระเบียบวาระที่ ๑\tเรื่องแจ้งเพื่อทราบ", "ระเบียบวาระที่ ๒\tเรื่องรับรองรายงานการประชุม"),
        *("\tครั้งที่ ๑/๒๕๗๐ วันที่ ๖ มกราคม ๒๕๗๐", "ระเบียบวาระที่ ๓\tเรื่องเพื่อพิจารณา", "\t๓.๑ คำขอโครงการ"),
    )
    meeting = _meeting(tmp_path, document)
    assert (meeting.title, meeting.number) == ("คณะกรรมการกลั่นกรองโครงการ", "๒/๒๕๗๐")
    assert (str(meeting.date), meeting.place) == ("2027-02-03", "ห้องประชุม ๓๐๑ ชั้น ๓")
    assert [len(item.items) for item in meeting.agenda] == [0, 1, 1]


def test_points_numbered_below_their_heading_and_days_from_to(tmp_path: Path) -> None:
    document = _typed(
        *("แบบขอจัดประชุม", "๑. ชื่อการประชุม การประชุมทบทวนแผน", "๒. วันที่จัดประชุม ๒๐ - ๒๑ เมษายน ๒๕๗๐"),
        *("๓. เวลา ๐๘.๓๐-๑๖.๓๐ น.", "๔. สถานที่ โรงแรมสมมติ", "๕. ประธานในพิธี เลขาธิการวุฒิสภา"),
        *("๖. ระเบียบวาระ", "๖.๑ เปิดการประชุม", "๖.๒ อภิปราย", "๗. กำหนดตอบรับ ๑๐ เม.ย. ๗๐"),
    )
    meeting = _meeting(tmp_path, document)
    assert (meeting.title, str(meeting.date), meeting.chair) == (
        "การประชุมทบทวนแผน",
        "2027-04-20",
        "เลขาธิการวุฒิสภา",
    )
    assert [(item.no, item.title) for item in meeting.agenda] == [("๖.๑", "เปิดการประชุม"), ("๖.๒", "อภิปราย")]


def test_a_memo_calls_and_the_paper_behind_it_holds_the_agenda(tmp_path: Path) -> None:
    document = _typed(*MEMO)
    subject, addressed = document.paragraphs[3], document.paragraphs[4]
    subject.clear()
    subject.add_run("เรื่อง  ").bold = True
    subject.add_run("ขอเชิญประชุมคณะทำงานจัดทำแผน ครั้งที่ ๑/๒๕๗๐")
    addressed.text = "เรียน  คณะทำงาน (ตามรายชื่อแนบท้าย)"
    document.add_page_break()
    document.add_paragraph("ระเบียบวาระการประชุม").runs[0].bold = True
    _table(document, ("วาระที่", "เรื่อง"), ("๑", "เรื่องแจ้งเพื่อทราบ"), ("๒", "เรื่องเพื่อพิจารณา\n๒.๑ ร่างแผน"))
    document.add_paragraph("รายชื่อผู้เข้าประชุม").runs[0].bold = True
    document.add_paragraph("๑) ผู้อำนวยการสำนักกฎหมาย")
    meeting = _meeting(tmp_path, document)
    assert (meeting.title, str(meeting.date)) == ("การประชุมคณะทำงานจัดทำแผน", "2027-01-18")
    assert [(item.no, item.items) for item in meeting.agenda] == [("๑", ()), ("๒", ("ร่างแผน",))]
    assert meeting.invitees == ("ผู้อำนวยการสำนักกฎหมาย",)


def test_the_day_of_a_notice_stands_behind_its_place(tmp_path: Path) -> None:
    meeting = _meeting(tmp_path, _typed(OPENING[0], "แจ้ง ณ วันที่ ๑๔ มกราคม ๒๕๗๐", *OPENING[1:]))
    assert str(meeting.issued) == "2027-01-14"


def test_lists_in_one_line_and_an_agenda_without_numbers(tmp_path: Path) -> None:
    document = _typed(
        *(*OPENING, "วาระการประชุม:", "- ความก้าวหน้า", "- แบ่งงาน"),
        *("ผู้เข้าร่วมประชุม: หัวหน้ากลุ่มงานทุกกลุ่ม, ผู้ประสานงาน", "เอกสารประกอบ: ร่างแผน (ฉบับ ก, ข), ผังงาน"),
    )
    meeting = _meeting(tmp_path, document)
    assert [(item.no, item.title) for item in meeting.agenda] == [("", "ความก้าวหน้า"), ("", "แบ่งงาน")]
    assert meeting.invitees == ("หัวหน้ากลุ่มงานทุกกลุ่ม", "ผู้ประสานงาน")
    assert meeting.attachments == ("ร่างแผน (ฉบับ ก, ข)", "ผังงาน")


def test_until_when_to_answer_ends_the_list_before_it(tmp_path: Path) -> None:
    document = _typed(*OPENING, "รายชื่อผู้เข้าประชุม", "๑. นายก ข", "๒. นางค ง", "แจ้งยืนยันภายใน  ๕ มิถุนายน ๒๕๗๐")
    meeting = _meeting(tmp_path, document)
    assert meeting.invitees == ("นายก ข", "นางค ง")
    assert str(meeting.reply_by) == "2027-06-05"


def test_labels_with_roman_numbers_are_labels_also_in_a_table(tmp_path: Path) -> None:
    document = _typed("แบบแจ้งเชิญประชุม")
    _table(
        document,
        ("I. ชื่อการประชุม", "การประชุมคณะทำงานติดตามแผน"),
        ("II. วันประชุม", "๒๐ มกราคม ๒๕๗๐"),
        ("III. ตอบแบบแจ้งการเข้าร่วมภายในวันที่", "๑๕ มกราคม ๒๕๗๐"),
    )
    for text in ("IV. เวลาประชุม", "๑๐.๐๐ น.", "V. ผู้เข้าประชุม", "ผู้อำนวยการสำนักทุกสำนัก"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "meeting.docx"))
    reading = _read(tmp_path / "meeting.docx")
    assert isinstance(reading.record, Meeting)
    assert reading.record.title == "การประชุมคณะทำงานติดตามแผน"
    assert str(reading.record.date) == "2027-01-20"
    assert str(reading.record.reply_by) == "2027-01-15"
    assert reading.record.start_time == "10:00"
    assert reading.record.invitees == ("ผู้อำนวยการสำนักทุกสำนัก",)
    assert reading.unread == ()


def test_cells_may_hold_a_label_with_its_value_below(tmp_path: Path) -> None:
    document = _typed("กำหนดการประชุม")
    _table(
        document,
        ("ชื่อการประชุม\nการประชุมคณะทำงานติดตามแผน", "ครั้งที่\n๒/๒๕๗๐"),
        ("วันที่ประชุม\n๒๐ มกราคม ๒๕๗๐", "สถานที่\nห้องประชุม ๓"),
        ("ประธาน\nนายสมมติ ทดสอบ", "เอกสารแนบ\nแผนผังอาคาร"),
    )
    meeting = _meeting(tmp_path, document)
    assert (meeting.title, meeting.number) == ("การประชุมคณะทำงานติดตามแผน", "๒/๒๕๗๐")
    assert (str(meeting.date), meeting.place) == ("2027-01-20", "ห้องประชุม ๓")
    assert (meeting.chair, meeting.attachments) == ("นายสมมติ ทดสอบ", ("แผนผังอาคาร",))


@pytest.mark.parametrize("below", [("๒.๑", ""), ("", "๒.๑ "), ("", "")])
def test_rows_below_a_numbered_one_are_its_matters(tmp_path: Path, below: tuple[str, str]) -> None:
    document = _typed(*OPENING, "ระเบียบวาระการประชุม")
    no, number = below
    rows = (("วาระที่", "เรื่อง"), ("๑", "เรื่องแจ้ง"), ("๒", "เรื่องพิจารณา"), (no, f"{number}ค่าปรับ"), ("๓", "อื่น ๆ"))
    _table(document, *rows)
    agenda = _meeting(tmp_path, document).agenda
    assert [(item.no, item.items) for item in agenda] == [("๑", ()), ("๒", ("ค่าปรับ",)), ("๓", ())]


def test_an_item_of_a_numbered_list_is_no_label(tmp_path: Path) -> None:
    document = _typed(*OPENING, "สิ่งที่ส่งมาด้วย")
    _table(document, ("๑", "ระเบียบวาระการประชุม"), ("๒", "ร่างสัญญา"))
    meeting = _meeting(tmp_path, document)
    assert meeting.attachments == ("ระเบียบวาระการประชุม", "ร่างสัญญา")
    assert meeting.agenda == ()


def test_a_day_may_name_its_era_in_full(tmp_path: Path) -> None:
    document = _typed(*OPENING, "กำหนดตอบรับ โปรดแจ้งผลการเข้าร่วมภายในวันที่ ๑๖ มกราคม พุทธศักราช ๒๕๗๐")
    assert str(_meeting(tmp_path, document).reply_by) == "2027-01-16"


def test_a_colon_style_spares_the_subject_and_a_day_with_its_hour_stays_whole(tmp_path: Path) -> None:
    document = _typed(
        *("บันทึกนัดประชุม", "ลงวันที่ ๐๕/๐๑/๒๕๗๐", "เรื่อง  การประชุมคณะกรรมการสวัสดิการ ครั้งที่ ๓/๒๕๗๐"),
        *("วัน เวลา : วันพุธที่ ๒๐ มกราคม ๒๕๗๐ เวลา ๙.๐๐ น. ถึง ๑๑.๐๐ น.", "ณ : ห้องประชุมใหญ่ ชั้น ๑"),
        *("ประธาน : นายสมมติ ทดสอบ", "องค์ประชุม : ผู้อำนวยการสำนักทุกสำนัก", "ระเบียบวาระ :", "วาระ ๑ เรื่องแจ้ง"),
        *("แจ้งยืนยันการเข้าร่วม : ภายในวันที่ ๑๕/๐๑/๒๕๗๐",),
    )
    document.save(str(tmp_path / "meeting.docx"))
    reading = _read(tmp_path / "meeting.docx")
    meeting = reading.record
    assert isinstance(meeting, Meeting)
    assert (meeting.title, meeting.number) == ("การประชุมคณะกรรมการสวัสดิการ", "๓/๒๕๗๐")
    assert (meeting.start_time, meeting.end_time, str(meeting.reply_by)) == ("09:00", "11:00", "2027-01-15")
    assert [(item.no, item.title) for item in meeting.agenda] == [("๑", "เรื่องแจ้ง")]
    assert reading.unread == ()


def test_points_behind_bullets_are_points(tmp_path: Path) -> None:
    lines = ("วาระการประชุม", "• วาระที่ ๑ เรื่องแจ้ง", "• วาระที่ ๒ เรื่องพิจารณา", "- งบดุล", "- ดอกเบี้ย")
    agenda = _meeting(tmp_path, _typed(*OPENING, *lines)).agenda
    assert [(item.no, item.items) for item in agenda] == [("๑", ()), ("๒", ("งบดุล", "ดอกเบี้ย"))]
