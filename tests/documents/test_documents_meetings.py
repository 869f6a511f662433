"""Papers of meetings, orders, terms of reference, registers and outside letters: wording and layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from automation.documents.context import build
from automation.documents.make import make
from automation.documents.minutes import numbered, open_matters
from automation.documents.salutation import HIGHEST, ORDINARY, salutation, unsure
from automation.errors import MissingFacts, UsageError
from automation.model import Decision, Resolution, ResolutionRow
from automation.model.year import ResolutionVersion, Source, YearData
from automation.office.pdf import convert
from tests.documents.sample_books import sample_year
from tests.documents.sample_letters import (
    LEFT,
    OFFICE,
    kind,
    line_with,
    pieces,
    plain,
    sample_meeting,
    sample_project,
)
from tests.template_files import texts

GIVEN = {
    "committee": "คณะกรรมการกลั่นกรองแผนงาน โครงการ และงบประมาณ",
    "members": "นางตัวอย่าง ธรรมรักษ์ = ประธานกรรมการ; ผู้อำนวยการสำนักนโยบายและแผน = กรรมการและเลขานุการ",
    "legal_basis": "มาตรา ๓๙ แห่งพระราชบัญญัติตัวอย่าง พ.ศ. ๒๕๕๔",
    "instalments": "รายงานเบื้องต้น = 30 = 40; แผนฉบับสมบูรณ์ = 150 = 60",
    "copies": "5",
    "recipient": "ประธานวุฒิสภา",
    "subject": "ขอความอนุเคราะห์ข้อมูล",
    "reference": "หนังสือสำนักงานเลขาธิการวุฒิสภา ที่ สว 0012/120 ลงวันที่ ๒ พฤศจิกายน ๒๕๖๙",
    "enclosure": "แบบสำรวจ จำนวน 1 ชุด; รายชื่อ จำนวน 1 ฉบับ",
    "cause": "ด้วยสำนักงานเลขาธิการวุฒิสภาอยู่ระหว่างการจัดทำแผนยุทธศาสตร์; แผนดังกล่าวต้องใช้ข้อมูลประกอบ",
    "request": "ในการนี้ จึงขอความอนุเคราะห์ข้อมูลตามสิ่งที่ส่งมาด้วย",
    "purpose": "พิจารณาให้ความอนุเคราะห์",
    "phone": "0 2831 0000",
    "agenda_no": "4.1",
    "recorder": "นางสาวตัวอย่าง จดรายงาน",
    "reviewer": "พลตรี ตัวอย่าง ตรวจทาน",
    "absent": "-",
    "guests": "-",
    "closed": "12.00",
}
KINDS = (
    "agenda", "participant-list", "sign-in-sheet", "reply-slip", "minutes", "agenda-paper",
    "consideration-table", "order-committee", "announcement", "tor", "inspection-checklist",
    "consultant-checklist", "delivery-register", "letter",
)  # fmt: skip


@pytest.fixture(scope="module")
def year() -> YearData:
    return sample_year()


def made(name: str, year: YearData, folder: Path, **facts: str) -> Path:
    context = build(
        kind(name), year, OFFICE | GIVEN | facts, project=sample_project(), meeting=sample_meeting()
    )
    return make(kind(name), context, folder)


def said(path: Path) -> str:
    """The text of the document, glue as plain spaces."""
    return "\n".join(texts(path)).replace("\u00a0", " ")


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_whole(name: str, year: YearData, tmp_path: Path) -> None:
    path = made(name, year, tmp_path)
    text = said(path)
    assert not [sign for sign in text if sign in "0123456789{}"]
    assert "None" not in text
    assert OpenXmlValidator().validate(str(path)).errors == []


SENTENCES: Mapping[str, tuple[str, ...]] = {
    "agenda": ("ครั้งที่ ๑/๒๕๖๙", "ระเบียบวาระที่ ๔\tเรื่องเสนอเพื่อพิจารณา", "ไม่มี (การประชุมครั้งแรก)", "๓.๒\tสรุปจำนวน"),
    "participant-list": ("ประธานการประชุม", "ผู้อำนวยการสำนักการคลังและงบประมาณ", "รวมผู้เข้าร่วมประชุม ๕ ราย"),
    "sign-in-sheet": ("ลายมือชื่อ", "นางตัวอย่าง  ธรรมรักษ์ รองเลขาธิการวุฒิสภา (ประธานการประชุม)"),
    "reply-slip": ("มอบหมายผู้แทนเข้าร่วมประชุม คือ", "ภายในวันศุกร์ที่ ๑๖ มกราคม ๒๕๖๙", "โทร. ๐ ๒๘๓๑ ๐๐๐๐"),
    "minutes": (
        "ผู้มาประชุม", "ไม่มี (การประชุมครั้งแรก)", "ผู้ไม่มาประชุม", "ผู้เข้าร่วมประชุม", "เริ่มประชุมเวลา ๐๙.๓๐ นาฬิกา",
        "เลิกประชุมเวลา ๑๒.๐๐ นาฬิกา", "(นางสาวตัวอย่าง  จดรายงาน)", "(พลตรี  ตัวอย่าง  ตรวจทาน)",
        "ผู้จดรายงานการประชุม", "๕.\nผู้อำนวยการสำนักเทคโนโลยีสารสนเทศและการสื่อสาร", "ข้อตกลง/มติที่ประชุม",
    ),
    "agenda-paper": ("๑. เรื่องเดิม", "๒. ข้อเท็จจริง", "๔. บทวิเคราะห์", "จำแนกตามสำนัก"),
    "consideration-table": (
        "ความเห็นของนักวิเคราะห์", "☐ เห็นชอบ\n☐ ให้ปรับปรุง\n☐ ไม่เห็นชอบ", "โครงการจัดทำเอกสารวิชาการ",
    ),
    "order-committee": (
        "คำสั่งสำนักงานเลขาธิการวุฒิสภา", "ที่ ...", "อาศัยอำนาจตามความในมาตรา ๓๙", "นางตัวอย่าง  ธรรมรักษ์",
        "ประธานกรรมการ",
        "โดยให้มีหน้าที่และอำนาจ ดังนี้", "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป", "สั่ง ณ วันที่",
    ),
    "announcement": ("ตั้งแต่วันที่ ๑ ตุลาคม พ.ศ. ๒๕๖๙ ถึงวันที่ ๓๐ กันยายน พ.ศ. ๒๕๗๐", "ประกาศ ณ วันที่"),
    "tor": ("๒.๑ เพื่อ", "ร้อยละของค่าจ้าง", "วงเงิน จำนวน ๖๐๐,๐๐๐ บาท (หกแสนบาทถ้วน)", "คณะกรรมการตรวจรับพัสดุ"),
    "inspection-checklist": ("รายงานเบื้องต้น (ภายใน ๓๐ วัน)", "ผลรวมจำนวนและงบประมาณในทุกตารางตรงกัน"),
    "consultant-checklist": ("ผู้ทิ้งงานของทางราชการ", "วงเงินของโครงการ ๖๐๐,๐๐๐ บาท"),
    "delivery-register": ("สำนักการคลังและงบประมาณ", "ลายมือชื่อ", "วันที่รับ"),
    "letter": (
        "กราบเรียน\tประธานวุฒิสภา", "อ้างถึง\tหนังสือสำนักงานเลขาธิการวุฒิสภา ที่ สว ๐๐๑๒/๑๒๐",
        "๑. แบบสำรวจ จำนวน ๑ ชุด\n๒. รายชื่อ", "จึงกราบเรียนมาเพื่อโปรดพิจารณาให้ความอนุเคราะห์",
        "ขอแสดงความนับถืออย่างยิ่ง",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SENTENCES)
def test_what_each_says(name: str, year: YearData, tmp_path: Path) -> None:
    text = said(made(name, year, tmp_path))
    for sentence in SENTENCES[name]:
        assert sentence in text, sentence


def test_orders_and_outside_letters_keep_their_forms(year: YearData, tmp_path: Path) -> None:
    order = said(made("order-committee", year, tmp_path))
    assert not [word for word in ("เรียน", "ขอแสดงความนับถือ") if word in order]
    letter = said(made("letter", year, tmp_path, recipient="ผู้อำนวยการสำนักงบประมาณ"))
    assert "จึงเรียนมาเพื่อโปรด" in letter
    assert letter.count("ขอแสดงความนับถือ") == 1
    assert "อย่างยิ่ง" not in letter


def test_an_outside_letter_names_whose_office_is_done_and_where_it_is(year: YearData, tmp_path: Path) -> None:
    plain = said(made("letter", year, tmp_path, address=""))
    assert "สำนักงานเลขาธิการวุฒิสภา\n....." in plain
    assert "ปฏิบัติราชการแทน" not in plain
    own = said(made("letter", year, tmp_path, address="ถนนตัวอย่าง กทม. 10300", acting_for="เลขาธิการวุฒิสภา"))
    assert "สำนักงานเลขาธิการวุฒิสภา\nถนนตัวอย่าง กทม. ๑๐๓๐๐" in own
    assert "ผู้อำนวยการสำนักนโยบายและแผน\nปฏิบัติราชการแทน เลขาธิการวุฒิสภา" in own


def test_only_work_on_a_plan_is_held_to_the_contents_of_a_plan(year: YearData, tmp_path: Path) -> None:
    chosen, project = kind("tor"), sample_project("policy-03")
    hired = replace(project, flags=replace(project.flags, consultant=True))
    words = {}
    for name in ("จัดทำแผนยุทธศาสตร์", "พัฒนาระบบสารสนเทศ"):
        context = build(chosen, year, OFFICE | GIVEN, project=replace(hired, name=name))
        words[name] = said(make(chosen, context, tmp_path))
    assert "เนื้อหาของแผนที่ต้องจัดทำ" in words["จัดทำแผนยุทธศาสตร์"]
    assert "๕. ผลงานที่ต้องจัดทำ" in words["พัฒนาระบบสารสนเทศ"]
    assert [word for word in ("SWOT", "วิสัยทัศน์") if word in words["พัฒนาระบบสารสนเทศ"]] == []


def test_a_given_list_of_recipients_has_its_own_copies(year: YearData, tmp_path: Path) -> None:
    text = said(made("delivery-register", year, tmp_path, recipients="สำนักวิชาการ = 12; สำนักการพิมพ์"))
    assert "สำนักวิชาการ\n๑๒\n" in text
    assert "สำนักการพิมพ์\n๕\n" in text
    assert "สำนักการต่างประเทศ" not in text


def test_a_resolution_of_the_register_stands_in_the_table(year: YearData, tmp_path: Path) -> None:
    project, meeting = year.projects[0].project, sample_meeting()
    row = ResolutionRow(code=project.code, name=project.name, decision=Decision.REVISE, note="ลดค่าวัสดุ")
    resolution = Resolution(body="คณะกรรมการกลั่นกรอง", date=meeting.date, rows=(row,))
    decided = replace(
        year, resolutions=(ResolutionVersion(resolution=resolution, source=Source(file="", sha256="")),)
    )
    assert "ให้ปรับปรุง (ลดค่าวัสดุ)" in said(made("consideration-table", decided, tmp_path))
    minutes = said(made("minutes", decided, tmp_path))
    assert "ให้ปรับปรุง ลดค่าวัสดุ" in minutes
    assert "มติที่ประชุม  ให้ปรับปรุง ๑ รายการ รายละเอียดตามตารางสรุปข้อตกลงและมติที่ประชุม" in minutes


def test_minutes_hold_what_was_said_and_resolved(year: YearData, tmp_path: Path) -> None:
    text = said(
        made(
            "minutes",
            year,
            tmp_path,
            discussions="3.1 = ฝ่ายเลขานุการชี้แจงปฏิทิน; 3.1 = ที่ประชุมซักถาม; 5 = ไม่มี",
            resolutions="๑ = รับทราบ; 3.1 = รับทราบ; 3.2 = รับทราบ; 4.1 = เห็นชอบ; 4.2 = เห็นชอบ; 5 = ไม่มี",
            absent="ผู้อำนวยการสำนักการคลังและงบประมาณ = ติดราชการ",
            guests="นายตัวอย่าง ร่วมฟัง = นักวิเคราะห์",
            members="ผู้อำนวยการสำนักพัฒนาทรัพยากรบุคคล = กรรมการและเลขานุการ",
        )
    )
    assert "ฝ่ายเลขานุการชี้แจงปฏิทิน\nที่ประชุมซักถาม\nมติที่ประชุม  รับทราบ" in text
    assert "๓.\nผู้อำนวยการสำนักพัฒนาทรัพยากรบุคคล\nกรรมการและเลขานุการ" in text
    assert "ผู้ไม่มาประชุม\n๑.\nผู้อำนวยการสำนักการคลังและงบประมาณ\nติดราชการ" in text
    assert "ผู้เข้าร่วมประชุม\n๑.\nนายตัวอย่าง  ร่วมฟัง\nนักวิเคราะห์" in text
    assert text.count("มติที่ประชุม  ") == 6
    assert "....." not in text


def test_points_without_a_number_are_numbered_by_their_place(year: YearData, tmp_path: Path) -> None:
    meeting = sample_meeting()
    bare = replace(meeting, agenda=tuple(replace(item, no="") for item in meeting.agenda))
    for name, words in (("agenda", "ระเบียบวาระที่ ๔\t"), ("invitation", "๔"), ("minutes", "ระเบียบวาระที่ ๔")):
        facts = OFFICE | GIVEN | ({"resolutions": "4.1 = เห็นชอบ"} if name == "minutes" else {})
        records = [
            build(kind(name), year, facts, project=sample_project(), meeting=one) for one in (meeting, bare)
        ]
        numbered, found = (make(kind(name), one, tmp_path / str(at)) for at, one in enumerate(records))
        assert words in said(found)
        assert said(found) == said(numbered)


def test_a_number_that_the_form_gives_is_not_given_twice() -> None:
    first, second, third = (
        replace(item, no=no) for item, no in zip(sample_meeting().agenda, ("2", "", ""), strict=False)
    )
    found = numbered(replace(sample_meeting(), agenda=(first, second, third))).agenda
    assert [item.no for item in found] == ["2", "", "3"]


def test_minutes_name_the_matters_that_are_open(year: YearData) -> None:
    facts = OFFICE | GIVEN | {"resolutions": "๑ = รับทราบ; ๕ = ไม่มี"}
    context = build(kind("minutes"), year, facts, meeting=sample_meeting())
    (remark,) = open_matters(kind("minutes"), context)
    assert "ยังไม่มีมติ: ๓.๑, ๓.๒, ๔.๑, ๔.๒ " in remark
    assert open_matters(kind("agenda"), context) == ()


@pytest.mark.parametrize(("given", "told"), [("9.1 = รับทราบ", "๙.๑"), ("รับทราบ", "ระเบียบวาระใด")])
def test_a_resolution_on_nothing_is_told(given: str, told: str, year: YearData) -> None:
    with pytest.raises(UsageError, match=told):
        build(kind("minutes"), year, OFFICE | GIVEN | {"resolutions": given}, meeting=sample_meeting())


@pytest.mark.parametrize(("count", "head"), [(6, "ผู้อำนวยการที่ ๖"), (7, "เรียน\tผู้ที่มีรายชื่อแนบท้าย")])
def test_many_recipients_stand_on_a_page_of_their_own(
    count: int, head: str, year: YearData, tmp_path: Path
) -> None:
    people = "; ".join(f"ผู้อำนวยการที่ {number + 1}" for number in range(count))
    text = said(made("circular-representatives", year, tmp_path, recipients=people, representatives="2"))
    assert head in text
    assert ("รายชื่อผู้รับหนังสือ" in text) == (count > 6)
    assert text.count("ชื่อ - สกุล") == 2


@pytest.mark.parametrize(
    ("name", "missing"), [("order-committee", "legal_basis"), ("tor", "instalments"), ("letter", "cause")]
)
def test_what_is_missing_is_asked_for_by_name(name: str, missing: str, year: YearData) -> None:
    given = {fact: text for fact, text in (OFFICE | GIVEN).items() if fact != missing}
    with pytest.raises(MissingFacts, match=f"{kind(name).labels[missing][:20]}") as raised:
        build(kind(name), year, given, project=sample_project(), meeting=sample_meeting())
    assert f"--set {missing}=" in (raised.value.hint or "")


@pytest.mark.parametrize("post", ["ประธานวุฒิสภา", "นายกรัฐมนตรี", "ประธานศาลฎีกา  (ผ่านเลขานุการ)"])
def test_the_highest_posts_are_addressed_with_the_highest_respect(post: str) -> None:
    assert salutation(post) == HIGHEST


@pytest.mark.parametrize("post", ["เลขานุการประธานวุฒิสภา", "รองประธานวุฒิสภา คนที่หนึ่ง", "อธิบดีกรมตัวอย่าง", ""])
def test_everyone_else_in_office_is_addressed_as_usual(post: str) -> None:
    assert salutation(post) == ORDINARY


@pytest.mark.parametrize("name", ["พระสมชาย ตัวอย่าง", "สมเด็จพระเจ้าลูกเธอ", "พระราชวงศ์"])
def test_whom_the_title_does_not_tell_is_left_to_the_clerk(name: str) -> None:
    """The title may be a monk's or a royal one: the words stay the usual ones, and the clerk is told."""
    assert salutation(name) == ORDINARY
    assert name in unsure(name)[0]


@pytest.mark.parametrize(
    ("name", "respect"),
    [
        ("พระธรรมตัวอย่าง", "อย่างสูง"),
        ("พระราชตัวอย่างมุนี", "อย่างสูง"),
        ("สมเด็จพระพุฒาจารย์", "อย่างยิ่ง"),
        ("พระมหาตัวอย่าง", ""),
    ],
)
def test_a_monk_is_addressed_by_his_rank(name: str, respect: str) -> None:
    words = salutation(name)
    assert (words.opening, words.closing) == ("นมัสการ", f"ขอนมัสการด้วยความเคารพ{respect}")
    assert unsure(name) == ()


def test_monks_have_words_of_their_own() -> None:
    assert unsure("เจ้าอาวาสวัดตัวอย่าง") == unsure("อธิบดีกรมตัวอย่าง") == ()
    assert salutation("พระครูตัวอย่าง").opening == "นมัสการ"
    assert salutation("สมเด็จพระสังฆราช").closing == "ควรมิควรแล้วแต่จะโปรด"


@pytest.fixture(scope="module")
def printed(year: YearData, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Kind → its PDF; long papers, all in one call."""
    work = tmp_path_factory.mktemp("printed")
    long = "; ".join(f"ผู้อำนวยการสำนักตัวอย่างแห่งที่ {number} = กรรมการ" for number in range(1, 26))
    copies = []
    for name in ("order-committee", "letter", "tor", "minutes"):
        copies.append(work / f"{name}.docx")
        copies[-1].write_bytes(made(name, year, work / name, members=long).read_bytes())
    return dict(zip((copy.stem for copy in copies), convert(copies, work), strict=True))


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_the_titles_of_an_order_stand_in_the_middle_under_the_emblem(printed: Mapping[str, Path]) -> None:
    rows = [piece for piece in pieces(printed["order-committee"], 1) if 4.5 < piece.y < 7.5]
    assert {piece.size for piece in rows} == {16}
    left, title = line_with(printed["order-committee"], 1, "คำสั่งสำนักงานเลขาธิการวุฒิสภา")
    assert plain(title) == plain("คำสั่งสำนักงานเลขาธิการวุฒิสภา")
    assert left > LEFT + 4
    first = min(piece.y for piece in pieces(printed["order-committee"], 1))
    assert 4.6 < first < 5.6  # the emblem ends at 4.5 cm


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_the_letter_stands_on_its_axes(printed: Mapping[str, Path]) -> None:
    letter = printed["letter"]
    assert line_with(letter, 1, "ที่ .")[0] == pytest.approx(LEFT, abs=0.05)
    office = min((piece for piece in pieces(letter, 1) if piece.x > LEFT + 8), key=lambda piece: piece.y)
    assert office.x == pytest.approx(LEFT + 9.2, abs=0.05)  # right of the emblem
    assert office.y == pytest.approx(4.45, abs=0.15)  # level with its feet
    closing = line_with(letter, 1, "ขอแสดงความนับถืออย่างยิ่ง")
    assert closing[0] == pytest.approx(LEFT + 7.5, abs=0.05)


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("name", "last"),
    [("order-committee", "สั่ง ณ วันที่"), ("tor", "หน่วยงานผู้รับผิดชอบ"), ("minutes", "เลิกประชุมเวลา")],
)
def test_no_signature_stands_alone_on_a_page(printed: Mapping[str, Path], name: str, last: str) -> None:
    from pypdf import PdfReader

    pages = [plain(page.extract_text()) for page in PdfReader(printed[name]).pages]
    signature = {
        "order-committee": "เลขาธิการวุฒิสภา",
        "tor": "ผู้กำหนดขอบเขตของงาน",
        "minutes": "ผู้ตรวจรายงานการประชุม",
    }
    (page,) = [text for text in pages if plain(last) in text]
    assert plain(signature[name]) in page
