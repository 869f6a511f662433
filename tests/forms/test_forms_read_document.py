"""Word forms as bureaus really fill them: every sample is read to its expected record."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import docx
import pytest

from automation.errors import AmbiguousForm, UnknownForm
from automation.forms.catalogue import FormCatalogue
from automation.forms.issue import issue_form
from automation.forms.knowledge import Bureau, Known
from automation.forms.read_document import read_document
from automation.model import Meeting, Project, Reading, Severity, Strength
from automation.model.codec import from_json, to_json
from automation.office.blocks import Document
from automation.office.opening import open_file

MARK = "ข้อความแทรก"
ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
CATALOGUE = FormCatalogue.load(ROOT / "templates")
KNOWN = Known(
    tuple(
        Bureau(name=name)
        for name in (
            "สำนักนโยบายและแผน",
            "สำนักการคลังและงบประมาณ",
            "สำนักพัฒนาทรัพยากรบุคคล",
            "สำนักเทคโนโลยีสารสนเทศและการสื่อสาร",
            "สำนักการพิมพ์",
            "สำนักประชาสัมพันธ์",
            "สำนักการต่างประเทศ",
            "สำนักวิชาการ",
            "สำนักกฎหมาย",
            "สำนักการประชุม",
        )
    )
)
FILES = sorted(
    file
    for folder in ("project", "other", "year2570/forms", "layouts", "unseen")
    for file in (SAMPLES / folder).rglob("*.docx")
)


def _open(file: Path) -> Document:
    content = open_file(file)
    assert isinstance(content, Document)
    return content


def _read(file: Path) -> Reading:
    return read_document(_open(file), CATALOGUE, KNOWN)


def _typed(tmp_path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(tmp_path / "typed.docx"))
    return tmp_path / "typed.docx"


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_filled_form_gives_its_record(file: Path) -> None:
    expected = json.loads(file.with_suffix(".expected.json").read_text(encoding="utf-8"))
    reading = _read(file)
    assert reading.form == expected["form"]
    stated = {name: value for name, value in to_json(reading.record).items() if name in expected["record"]}
    assert stated == expected["record"]
    assert [finding for finding in reading.findings if finding.rule == "value-unreadable"] == []
    unread = "\n".join(item.text for item in reading.unread)
    for text in expected.get("must_unread", ()):
        assert text in unread


@pytest.mark.parametrize("file", FILES[::6], ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_nothing_that_was_written_is_lost(tmp_path: Path, file: Path) -> None:
    """Conservation: a sentence written anywhere in a form is in its record or in its unread text."""
    document = docx.Document(str(file))
    places = [*document.paragraphs]
    for table in document.tables:
        places += [cell.paragraphs[-1] for row in table.rows for cell in row.cells]
    for number, paragraph in list(enumerate(places))[:: max(1, len(places) // 12)]:
        run = paragraph.add_run(f" {MARK}{number}")
        document.save(str(tmp_path / "marked.docx"))
        run._element.getparent().remove(run._element)
        reading = _read(tmp_path / "marked.docx")
        kept = json.dumps(to_json(reading.record), ensure_ascii=False) + "".join(
            item.text for item in reading.unread
        )
        assert f"{MARK}{number}" in kept, paragraph.text


def test_every_value_tells_where_it_stands() -> None:
    reading = _read(SAMPLES / "project/01-clean-academic-papers.docx")
    assert reading.evidence["budget.total"].by is Strength.ANCHOR
    assert reading.evidence["budget.total"].where.startswith("ตาราง ๗")
    assert reading.evidence["budget.total"].ref.startswith("word/document.xml#p")
    for path in (
        "name",
        "kind",
        "bureau",
        "responsible",
        "alignment.goal",
        "budget.lines",
        "budget.months",
        "start",
    ):
        assert reading.evidence[path].where
    older = _read(SAMPLES / "project/05-older-law-manual.docx")
    assert older.evidence["place"].by is Strength.LABEL


def test_an_issued_form_comes_back_as_it_went(tmp_path: Path) -> None:
    source = SAMPLES / "project/02-clean-youth-outreach.expected.json"
    record = from_json(Project, json.loads(source.read_text(encoding="utf-8"))["record"])
    issue_form(CATALOGUE.get("project"), record, tmp_path / "form.docx")
    reading = _read(tmp_path / "form.docx")
    assert reading.record == record
    assert reading.evidence["name"].by is Strength.TAG


@pytest.mark.parametrize(("form", "record"), [("project", Project()), ("meeting", Meeting())])
def test_a_blank_form_states_nothing_and_alarms_nobody(
    tmp_path: Path, form: str, record: Project | Meeting
) -> None:
    issue_form(CATALOGUE.get(form), record, tmp_path / "blank.docx")
    reading = _read(tmp_path / "blank.docx")
    assert reading.form == form
    assert reading.findings == ()
    assert reading.unread == ()
    assert reading.record is not None
    for field in ("name", "start", "title", "date", "responsible", "objectives", "invitees"):
        assert not getattr(reading.record, field, None)


def test_a_letter_is_no_form(tmp_path: Path) -> None:
    letter = ("บันทึกข้อความ", "ส่วนราชการ สำนักกฎหมาย", "เรื่อง ขออนุมัติงบประมาณ", "เรียน เลขาธิการ")
    with pytest.raises(UnknownForm) as caught:
        _read(_typed(tmp_path, *letter))
    assert "แบบเสนอรายละเอียดโครงการ" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "title", ["ใบรับแบบและรายงาน", "แผนปฏิบัติราชการ", "ขอบเขตของงาน (TOR)", "รายงานการประชุม"]
)
def test_a_paper_made_out_of_forms_is_no_form(tmp_path: Path, title: str) -> None:
    labels = ("ชื่อโครงการ : โครงการหนึ่ง", "หลักการและเหตุผล : เหตุผล", "วัตถุประสงค์ : เพื่อทำ", "กลุ่มเป้าหมาย : ประชาชน")
    with pytest.raises(UnknownForm, match=title[:8]):
        _read(_typed(tmp_path, title, *labels))
    form = _read(_typed(tmp_path, title, "แบบเสนอโครงการ", *labels))
    assert isinstance(form.record, Project)


def test_a_template_is_no_filled_form() -> None:
    with pytest.raises(UnknownForm, match="แม่แบบ"):
        _read(ROOT / "templates/docx/plan-book.docx")


def test_two_filled_forms_in_one_file_are_refused(tmp_path: Path) -> None:
    one = ("ชื่อโครงการ : โครงการหนึ่ง", "สังกัด : สำนักกฎหมาย", "หลักการและเหตุผล : เหตุผล")
    more = ("วัตถุประสงค์ : เพื่อทำ", "กลุ่มเป้าหมาย : ประชาชน", "สถานที่ดำเนินการ : กรุงเทพมหานคร")
    with pytest.raises(AmbiguousForm):
        _read(_typed(tmp_path, "แบบเสนอโครงการ", *one, *more, *one, *more))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("layouts/E/hr-02", "project/02-clean-youth-outreach"),
        ("unseen/five-parts-other-plans", "unseen/university-items"),
        ("unseen/mixed-09-colon", "unseen/bold-colons-year-column"),
        ("unseen/meeting-numbered", "other/meeting-screening-committee"),
        ("other/meeting-screening-committee", "project/01-clean-academic-papers"),
    ],
)
def test_two_forms_in_one_file_are_never_read_by_half(tmp_path: Path, first: str, second: str) -> None:
    """Of one kind or two, each in the style of its own office, a page break between them."""
    document, behind = (docx.Document(str(SAMPLES / f"{name}.docx")) for name in (first, second))
    document.add_page_break()
    for block in behind.element.body.iterchildren("{*}p", "{*}tbl"):
        document.element.body[-1].addprevious(copy.deepcopy(block))
    document.save(str(tmp_path / "both.docx"))
    with pytest.raises(AmbiguousForm):
        _read(tmp_path / "both.docx")


def test_an_amount_that_is_none_is_reported_with_its_place(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [("ชื่อโครงการ", "โครงการหนึ่ง"), ("สำนัก", "สำนักกฎหมาย"), ("หลักการและเหตุผล", "เหตุผล")]
    rows += [("ระยะเวลาดำเนินการ", "เมื่อพร้อม"), ("งบประมาณที่ขอรับจัดสรร", "รอพิจารณา")]
    table = document.add_table(rows=0, cols=2)
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    document.save(str(tmp_path / "form.docx"))
    reading = _read(tmp_path / "form.docx")
    found = {finding.field: finding for finding in reading.findings}
    assert set(found) == {"start", "budget.total"}
    assert found["budget.total"].rule == "value-unreadable"
    assert found["budget.total"].severity is Severity.ERROR
    assert found["budget.total"].where == "ตาราง ๑ แถว ๕ ช่อง ๒"
    assert {item.text for item in reading.unread} == {"เมื่อพร้อม", "รอพิจารณา"}


def test_an_unknown_label_closes_the_field_before_it(tmp_path: Path) -> None:
    lines = ("ชื่อโครงการ : โครงการหนึ่ง", "สังกัด : สำนักกฎหมาย", "สถานที่ : อาคารรัฐสภา")
    more = ("ผู้สังเกตการณ์ภายนอก : สถาบันหนึ่ง", "กลุ่มเป้าหมาย : บุคลากร", "วัตถุประสงค์ : เพื่อทำ")
    reading = _read(_typed(tmp_path, "แบบเสนอโครงการ", *lines, *more))
    assert isinstance(reading.record, Project)
    assert reading.record.place == "อาคารรัฐสภา"
    assert [item.text for item in reading.unread] == ["ผู้สังเกตการณ์ภายนอก : สถาบันหนึ่ง"]


def test_hidden_text_is_told_and_never_read(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("ชื่อโครงการ : โครงการหนึ่ง", "สังกัด : สำนักกฎหมาย", "วัตถุประสงค์ : เพื่อทำ", "สถานที่ : รัฐสภา"):
        document.add_paragraph(text)
    run = document.add_paragraph("กลุ่มเป้าหมาย : บุคลากร ").add_run("จำนวนลับ")
    run.font.hidden = True
    document.save(str(tmp_path / "form.docx"))
    reading = _read(tmp_path / "form.docx")
    assert isinstance(reading.record, Project)
    assert reading.record.target_group == "บุคลากร"
    assert [finding.rule for finding in reading.findings] == ["hidden-content"]
    assert "จำนวนลับ" in [item.text for item in reading.unread]


def test_a_form_is_read_that_states_things_in_other_places(tmp_path: Path) -> None:
    """The name in the title, positions before names, a list in one line, a signature without ลงชื่อ."""
    form = _typed(
        tmp_path,
        "โครงการอบรมนักบริหารรุ่นใหม่",
        "ปีงบประมาณ : ๒๕๗๐",
        "ผู้รับผิดชอบ : นิติกรชำนาญการ นางสาวสมใจ รักดี โทร. ๐ ๒๘๓๑ ๙๓๐๐",
        "หลักการและเหตุผล : จำเป็นต้องพัฒนาบุคลากร",
        "ตัวชี้วัด : ร้อยละผู้ผ่านการทดสอบ ๘๐",
        "กิจกรรม : ๑. เตรียมการ ต.ค. ๒๕๖๙ ๒. อบรม พ.ย. ๒๕๖๙",
        "สถานที่ : อาคารรัฐสภา",
        "ผู้เสนอโครงการ",
        "(นางสาวสมใจ รักดี)",
        "๑ ธ.ค. ๒๕๖๘",
    )
    record = _read(form).record
    assert isinstance(record, Project)
    assert record.name == "โครงการอบรมนักบริหารรุ่นใหม่"
    assert record.responsible[0].position == "นิติกรชำนาญการ"
    assert [(one.unit, one.target) for one in record.indicators] == [("ร้อยละ", "๘๐")]
    assert [one.months for one in record.activities] == [(10,), (11,)]
    assert record.approvals[0].name == "นางสาวสมใจ รักดี"


def test_an_unknown_table_is_read_in_its_section_and_unread_elsewhere(tmp_path: Path) -> None:
    document = docx.Document()
    for heading in ("ชื่อโครงการ : โครงการหนึ่ง", "หลักการและเหตุผล : เหตุผล", "วัตถุประสงค์ : เพื่อทำ", "กิจกรรม :"):
        document.add_paragraph(heading)
    for rows in (
        (("สิ่งที่จะทำ", "ตอนไหน"), ("เตรียมการ", "ต.ค. ๖๙"), ("ดำเนินการ", "พ.ย. - ธ.ค. ๖๙")),
        (("ภัย", "ทางแก้"), ("ฝนตกหนักในวันจัดงาน", "ย้ายเข้าในอาคาร")),
    ):
        table = document.add_table(rows=0, cols=2)
        for number, row in enumerate(rows):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.paragraphs[0].add_run(text).bold = number == 0
        document.add_paragraph("สถานที่ : อาคารรัฐสภา")
    document.save(str(tmp_path / "tables.docx"))
    reading = _read(tmp_path / "tables.docx")
    assert isinstance(reading.record, Project)
    assert [(one.name, one.months) for one in reading.record.activities] == [
        ("เตรียมการ", (10,)),
        ("ดำเนินการ", (11, 12)),
    ]
    assert reading.record.place == "อาคารรัฐสภา"
    assert {"ฝนตกหนักในวันจัดงาน", "ย้ายเข้าในอาคาร"} <= {item.text for item in reading.unread}


def test_plain_headings_that_nobody_knows_close_the_field_before(tmp_path: Path) -> None:
    form = _typed(
        tmp_path,
        *("แบบเสนอโครงการ", "ชื่อโครงการ", "โครงการสัมมนาเครือข่าย", "หลักการและเหตุผล", "ต้องสร้างเครือข่าย"),
        *("วัตถุประสงค์", "๑. เพื่อสร้างเครือข่าย", "กลุ่มเป้าหมาย", "เครือข่าย ๕๐ คน"),
        *("รูปแบบการจัดงาน", "สัมมนาเชิงปฏิบัติการ ๒ วัน", "สถานที่ดำเนินการ", "โรงแรมแห่งหนึ่ง"),
    )
    reading = _read(form)
    assert isinstance(reading.record, Project)
    assert reading.record.target_group == "เครือข่าย ๕๐ คน"
    assert reading.record.place == "โรงแรมแห่งหนึ่ง"
    assert [item.text for item in reading.unread] == ["รูปแบบการจัดงาน", "สัมมนาเชิงปฏิบัติการ ๒ วัน"]


def test_a_meeting_is_read_whose_agenda_has_no_heading(tmp_path: Path) -> None:
    form = _typed(
        tmp_path,
        *("กำหนดการประชุม", "เรื่อง : การประชุมคณะกรรมการจัดทำแผน ครั้งที่ ๑/๒๕๗๐"),
        *("วัน/เวลา : วันศุกร์ที่ ๙ ตุลาคม ๒๕๖๙ เวลา ๐๙.๓๐ - ๑๒.๐๐ น.", "ณ ห้องประชุม ๑ ชั้น ๒ อาคารรัฐสภา"),
        *("ประธาน : เลขาธิการวุฒิสภา", "วาระที่ ๑ เรื่องแจ้งเพื่อทราบ", "วาระที่ ๒ เรื่องพิจารณา", "   ๒.๑ ร่างแผน"),
        *("ผู้เข้าประชุม : ผู้อำนวยการสำนักทุกสำนัก", "ตอบรับภายใน ๕ ต.ค. ๒๕๖๙"),
    )
    meeting = _read(form).record
    assert isinstance(meeting, Meeting)
    assert meeting.place == "ห้องประชุม ๑ ชั้น ๒ อาคารรัฐสภา"
    assert [(one.no, one.items) for one in meeting.agenda] == [("๑", ()), ("๒", ("ร่างแผน",))]
    assert meeting.invitees == ("ผู้อำนวยการสำนักทุกสำนัก",)
    assert str(meeting.reply_by) == "2026-10-05"
