"""Every memo and circular of the cycle: made from the sample year, its sentences and figures, its digits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from automation.checks.rates import load_rates
from automation.documents.catalogue import Kind, Scope
from automation.documents.context import build, concerns
from automation.documents.correspondence import reference_to
from automation.documents.make import make
from automation.documents.year_facts import late
from automation.errors import MissingFacts, UsageError
from automation.model import Decision, Finding, Resolution, ResolutionRow, Severity
from automation.model.year import ResolutionVersion, Source, YearData
from automation.office.pdf import convert
from automation.office.unbroken import joined_text
from automation.process import calendar, find_process, load_processes
from automation.thai.digits import to_thai
from automation.thai.holidays import WorkCalendar
from automation.thai.money import baht_text, format_baht
from automation.thai.typography import proofread, tidy
from tests.documents.sample_books import sample_year, totals
from tests.documents.sample_letters import (
    CATALOGUE,
    LEFT,
    OFFICE,
    ROOT,
    kind,
    lines,
    pieces,
    plain,
    sample_meeting,
    sample_project,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALIDATOR = OpenXmlValidator()
BUREAU = "สำนักพัฒนาทรัพยากรบุคคล"
GIVEN = {
    "signatory": "นายตัวอย่าง ทดสอบ",
    "phone": "0 2831 0000",
    "number_code": "สว 0012",
    "legal_basis": "พระราชบัญญัติตัวอย่าง พ.ศ. 2554",
    "consultant": "มหาวิทยาลัยตัวอย่าง",
    "method": "วิธีคัดเลือก",
    "price": "1,480,000",
    "days": "240 วัน นับถัดจากวันลงนามในสัญญา",
    "contract": "12/2570",
    "contract_date": "2026-11-24",
    "instalment": "2",
    "deliverables": "รายงานการวิเคราะห์ จำนวน 5 ชุด; (ร่าง) แผน จำนวน 10 เล่ม",
    "delivered": "2027-02-01",
    "accepted": "2027-02-10",
    "inspectors": "นางสาวตัวอย่าง หนึ่งเดียว; นายตัวอย่าง สองคน; นางตัวอย่าง สามสี = กรรมการและเลขานุการ",
    "committee": "คณะกรรมการกลั่นกรองแผนงาน โครงการ และงบประมาณ",
    "due": "2027-04-10",
    "copies": "20",
    "order_number": "123/2569",
    "order_date": "2026-12-01",
    "announced": "2026-12-15",
    "report_day": "10",
    "representatives": "2",
    "start": "2026-01-05",
}
LONG = (
    "แผนปฏิบัติราชการ ๔ ปี ของสำนักงานเลขาธิการวุฒิสภา เพื่อขับเคลื่อนแผนยุทธศาสตร์และการปฏิรูประบบงานนิติบัญญัติ พ.ศ. ๒๕๗๐ - ๒๕๗๓"
)
SAYS = {
    "memo-approve-project": ("จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ",),
    "memo-approve-hire": (
        "ราคาที่ตกลงจ้าง จำนวน ๑,๔๘๐,๐๐๐ บาท (หนึ่งล้านสี่แสนแปดหมื่นบาทถ้วน)",
        "วิธีการจัดจ้าง วิธีคัดเลือก",
        "เห็นควรอนุมัติให้จัดจ้างมหาวิทยาลัยตัวอย่างเป็นที่ปรึกษา",
    ),
    "memo-acceptance": (
        "ตามสัญญาจ้างเลขที่ ๑๒/๒๕๗๐ ลงวันที่ ๒๔ พฤศจิกายน ๒๕๖๙ นั้น",
        "(๒) (ร่าง) แผน จำนวน ๑๐ เล่ม",
        "ใบตรวจรับพัสดุ",
        "กรรมการและเลขานุการ",
        "พิจารณาอนุมัติการเบิกจ่าย",
    ),
    "memo-promulgate": (
        "ขอความเห็นชอบและประกาศใช้แผนยุทธศาสตร์",
        "ประกาศสำนักงานเลขาธิการวุฒิสภา",
        "ประกาศ ณ วันที่",
    ),
    "memo-executive-agenda": (
        "คณะกรรมการกลั่นกรองตัวอย่าง ในการประชุมเมื่อวันที่ ๑๐ กุมภาพันธ์ ๒๕๖๙ ได้พิจารณา",
        "โปรดพิจารณาอนุมัติให้บรรจุเรื่องดังกล่าวเข้าระเบียบวาระการประชุมผู้บริหาร",
    ),
    "memo-approve-plan": (
        "ที่ปรับปรุงตามงบประมาณที่ได้รับจัดสรร",
        "(ร่าง) รายละเอียดโครงการประจำปีงบประมาณ พ.ศ. ๒๕๗๐ จำนวน ๑ เล่ม",
        "จึงเรียนมาเพื่อโปรดพิจารณาให้ความเห็นชอบ",
    ),
    "memo-submit-order": ("จึงเรียนมาเพื่อโปรดพิจารณาเห็นชอบ และลงนามในคำสั่ง",),
    "memo-report-results": ("ถึงสิ้นไตรมาสที่ ๔", "คิดเป็นร้อยละ", "จึงเรียนมาเพื่อโปรดทราบ"),
    "circular-review-plan": (
        "สมบูรณ์ของ (ร่าง) แผนยุทธศาสตร์",
        "สำนักนโยบายและแผนขออนุญาตดำเนินการต่อไป",
        "สว ๐๐๑๒/ว",
    ),
    "circular-call-for-projects": (
        "ที่ปรึกษา รองเลขาธิการวุฒิสภา ผู้อำนวยการสำนักทุกสำนัก และผู้บังคับบัญชากลุ่มตรวจสอบภายใน",
        "ภายในวันที่ ๑๐ เมษายน ๒๕๗๐",
        "๖. อัตราค่าสมนาคุณวิทยากร",
        "ปฏิทินการจัดทำแผนปฏิบัติราชการ",
        "คำอธิบายประกอบการกรอกแบบ",
        "ตัวอย่างการเขียนโครงการ",
        "แยกเป็นเอกสารต่างหาก",
    ),
    "circular-representatives": (
        "เวลา ๐๙.๓๐ นาฬิกา",
        "หน่วยงานละ ๒ คน",
        "แบบตอบรับการส่งผู้แทนเข้าร่วมประชุม",
        "ตามวัน เวลา และสถานที่ดังกล่าว",
    ),
    "circular-allocation": (
        "ผู้อำนวยการสำนักพัฒนาทรัพยากรบุคคล",
        "๗๐-พบ-๐๓",
        "แตกต่างจากที่เสนอขอ จำนวน ๒ รายการ รายละเอียดทั้งหมด",
        "โปรดทราบและพิจารณาดำเนินการ",
    ),
    "circular-report-round": ("ไตรมาสที่ ๑ (ตุลาคม - ธันวาคม ๒๕๖๙)", "๑๐ มกราคม ๒๕๗๐", "๑๐ ตุลาคม ๒๕๗๐"),
    "circular-order": (
        "สำเนาคำสั่งสำนักงานเลขาธิการวุฒิสภา ที่ ๑๒๓/๒๕๖๙ ลงวันที่ ๑ ธันวาคม ๒๕๖๙ จำนวน ๑ ฉบับ",
        "โปรดทราบ และแจ้งผู้เกี่ยวข้องถือปฏิบัติ",
    ),
    "circular-announcement": ("เมื่อวันที่ ๑๕ ธันวาคม ๒๕๖๙", "ระบบสำนักงานอิเล็กทรอนิกส์และอินทราเน็ต"),
    "memo-reminder": (
        "ขอให้เร่งส่งรายงานผลการดำเนินงาน ไตรมาสที่ ๔ (กรกฎาคม - กันยายน ๒๕๗๐)",
        "จำนวน ๓ รายการ ดังนี้",
        "ภายในวันที่ ๑๐ เมษายน ๒๕๗๐",
    ),
    "memo-return-form": ("พบข้อสังเกต", "จำนวน ๒ รายการ", "ต้องแก้ไข", "ตาราง ๒ แถว ๓"),
    "memo-request-opinion": (
        "แผนกลยุทธ์การบริหารทรัพยากรบุคคล",
        "บัญชีรายชื่อโครงการ",
        "๗๐-พบ-๐๑",
        "เสนอ จำนวน ๖ โครงการ งบประมาณ",
    ),
    "memo-procurement": ("ขอบเขตของงาน (TOR)", "ภายในวันที่ ๑๐ เมษายน ๒๕๗๐"),
    "memo-print-request": ("ผู้อำนวยการสำนักการพิมพ์", "จำนวนอย่างละ ๒๐ เล่ม", "โปรดพิจารณาให้ความอนุเคราะห์"),
    "memo-transmit-finance": ("ผู้อำนวยการสำนักการคลังและงบประมาณ", "จำแนกตามสำนักและหมวดรายจ่าย"),
    "memo-delivery": ("จำนวน ๒๐ เล่ม", "๓. ใบรับเล่ม จำนวน ๑ ฉบับ", "สิ่งที่ส่งมาด้วย ๓", "ลงชื่อรับ"),
}
LETTERS = [item.id for item in CATALOGUE if item.id.startswith(("memo-", "circular-"))]


@pytest.fixture(scope="module")
def year() -> YearData:
    """The sample year with a meeting's resolution, and without one bureau's report of the last quarter."""
    whole = sample_year()
    rows = tuple(
        ResolutionRow(code=item.project.code, decision=Decision.REVISE if no == 0 else Decision.AGREE)
        for no, item in enumerate(whole.projects)
    )
    decided = Resolution(body="คณะกรรมการกลั่นกรองตัวอย่าง", date=dt.date(2026, 2, 10), rows=rows)
    reports = tuple(
        item
        for item in whole.reports
        if item.report.bureau != BUREAU or (item.report.round and item.report.round.number != 4)
    )
    source = Source(file="", sha256="")
    return replace(
        whole, reports=reports, resolutions=(ResolutionVersion(resolution=decided, source=source),)
    )


def subject(chosen: Kind) -> dict[str, Any]:
    """What a document of this kind is about."""
    if chosen.scope is Scope.PROJECT:
        findings = (
            Finding(severity=Severity.ERROR, rule="a", message="ผลรวมไม่ตรงกัน", where="ตาราง 2 แถว 3"),
            Finding(severity=Severity.WARNING, rule="b", message="ควรระบุตัวชี้วัดเชิงคุณภาพ"),
        )
        return {"project": sample_project("policy-03"), "findings": findings}
    if chosen.scope is Scope.MEETING:
        return {"meeting": sample_meeting()}
    if chosen.scope is Scope.BUREAU:
        return {"bureau": BUREAU}
    steps = calendar(
        find_process(load_processes(), "annual"), dt.date(2026, 1, 5), WorkCalendar({}, frozenset())
    )
    return {"calendar": steps, "rates": load_rates(ROOT / "templates")}


def text_of(path: Path) -> str:
    """The words of the body, a paragraph a line, with plain spaces and hyphens."""
    body = Document(str(path)).element.body
    return "\n".join(p.text for p in body.iter(f"{W}p") if p.text).replace("\u00a0", " ")


def made(name: str, year: YearData, folder: Path, **facts: str) -> str:
    chosen = kind(name)
    context = build(chosen, year, OFFICE | GIVEN | facts, **subject(chosen))
    return text_of(make(chosen, context, folder))


def test_every_letter_has_its_sentences() -> None:
    assert set(SAYS) == set(LETTERS)


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_made_from_the_sample_year(name: str, year: YearData, tmp_path: Path) -> None:
    text = made(name, year, tmp_path)
    for part in SAYS[name]:
        assert part in text, part
    assert not [sign for sign in text if sign in "0123456789{}"]
    assert "None" not in text
    assert [line for line in text.splitlines() if tidy(line) != line.rstrip()] == []
    assert proofread(text) == ()
    assert "จึงเรียนมาเพื่อโปรด" in text
    (path,) = tmp_path.glob("*.docx")
    assert VALIDATOR.validate(str(path)).errors == []


@pytest.mark.parametrize("name", LETTERS)
def test_no_letter_goes_out_with_a_gap(name: str, year: YearData) -> None:
    """What the kind needs is asked for by its Thai name; nothing is left blank."""
    chosen = kind(name)
    office = {"name": OFFICE["name"]}
    with pytest.raises(MissingFacts) as caught:
        build(chosen, year, office, **subject(chosen))
    given = set(chosen.needs) & (OFFICE.keys() | GIVEN.keys()) - office.keys()
    assert given == set(caught.value.names)
    assert all(chosen.labels[fact] in caught.value.message for fact in given)


@pytest.mark.parametrize("name", ["memo-executive-agenda", "memo-approve-plan", "memo-transmit-finance"])
def test_figures_are_those_of_the_year(name: str, year: YearData, tmp_path: Path) -> None:
    text, total = made(name, year, tmp_path), totals()["total"]
    asked = Decimal(total["requested"])
    assert f"โครงการ จำนวน {to_thai(str(total['projects']))} โครงการ" in text
    assert f"รวมทั้งสิ้น {format_baht(asked)} บาท ({baht_text(asked)})" in text


def test_the_pack_holds_no_rate_that_has_ended(year: YearData, tmp_path: Path) -> None:
    text = made("circular-call-for-projects", year, tmp_path)
    assert "ค่าสมนาคุณวิทยากร ฝึกอบรมประเภท ก" in text
    assert "ยกเลิกแล้ว" not in text


def test_before_the_allocation_the_plan_speaks_only_of_what_was_asked(year: YearData, tmp_path: Path) -> None:
    text = made("memo-approve-plan", replace(year, allocation=None, reports=()), tmp_path)
    assert "ที่ปรับปรุงตามงบประมาณ" not in text
    assert "งบประมาณรายจ่ายประจำปีงบประมาณ" not in text
    assert "เสนอขอ (บาท)" in text


def test_one_book_alone(year: YearData, tmp_path: Path) -> None:
    text = made("memo-approve-plan", year, tmp_path, book="แผนปฏิบัติราชการ ๔ ปี", details="-")
    assert "รายละเอียดโครงการประจำปี" not in text
    assert "๒. สรุปจำนวนโครงการ/งานประจำ" in text


@pytest.mark.parametrize("name", [item.id for item in CATALOGUE if item.refers])
def test_the_paper_that_went_before_is_named(name: str, year: YearData, tmp_path: Path) -> None:
    sent = SimpleNamespace(number="สว 0012/ว 5", facts={"date": "2026-01-12"})
    chosen = kind(name)
    context = build(chosen, year, OFFICE | GIVEN, **subject(chosen), reference=sent)
    text = text_of(make(chosen, context, tmp_path))
    assert "ตามบันทึกข้อความสำนักนโยบายและแผน ที่ สว ๐๐๑๒/ว ๕ ลงวันที่ ๑๒ มกราคม ๒๕๖๙" in text
    assert set(chosen.refers) <= set(LETTERS)


def test_a_paper_without_a_day_is_named_by_its_number() -> None:
    assert reference_to(SimpleNamespace(number="สว ๐๐๑๒/๕", facts={"date": "มกราคม ๒๕๖๙"})) == "ที่ สว ๐๐๑๒/๕"
    assert reference_to(SimpleNamespace(number="สว ๐๐๑๒/๕", facts={})) == "ที่ สว ๐๐๑๒/๕"


def late_bureaus(year: YearData, bureaus: Iterable[str], round_text: str = "") -> tuple[str, ...]:
    return tuple(name for name in bureaus if late(year, name, round_text))


def test_only_bureaus_that_owe_something_are_reminded(year: YearData) -> None:
    assert late_bureaus(year, year.bureaus) == (BUREAU,)
    assert late_bureaus(year, year.bureaus, "ไตรมาสที่ ๑") == ()
    assert late_bureaus(year, (*year.bureaus, "สำนักที่ยังไม่ส่ง"))[-1] == "สำนักที่ยังไม่ส่ง"
    with pytest.raises(UsageError, match="รอบ"):
        late_bureaus(year, year.bureaus, "ไตรมาสที่ ๙")


def test_a_bureau_without_forms_is_asked_for_forms(year: YearData, tmp_path: Path) -> None:
    chosen = kind("memo-reminder")
    context = build(chosen, year, OFFICE | GIVEN, bureau="กลุ่มตรวจสอบภายใน")
    text = text_of(make(chosen, context, tmp_path))
    assert "เรียน\tผู้บังคับบัญชากลุ่มตรวจสอบภายใน" in text
    assert "ขอให้เร่งส่งแบบเสนอรายละเอียดโครงการ/งานประจำ ประจำปีงบประมาณ พ.ศ. ๒๕๗๐" in text


def test_nobody_is_reminded_of_nothing(year: YearData) -> None:
    chosen = kind("memo-reminder")
    with pytest.raises(MissingFacts, match="เรื่องที่ให้สำนักส่ง"):
        build(chosen, year, OFFICE | GIVEN, bureau="สำนักวิชาการ")


def test_opinions_are_asked_of_the_bureau_in_charge(year: YearData, tmp_path: Path) -> None:
    chosen = kind("memo-request-opinion")
    ict = build(chosen, year, OFFICE | GIVEN, bureau="สำนักเทคโนโลยีสารสนเทศและการสื่อสาร")
    assert {project.flags.ict for project in ict["opinion"]["projects"]} == {True}
    assert "แผนแม่บทเทคโนโลยีสารสนเทศและการสื่อสาร" in text_of(make(chosen, ict, tmp_path))
    with pytest.raises(MissingFacts, match="ต้องให้ความเห็น"):
        build(chosen, year, OFFICE | GIVEN, bureau="สำนักวิชาการ")


def test_a_kind_concerns_the_bureaus_that_it_has_something_to_tell(year: YearData) -> None:
    units = (*year.bureaus, "กลุ่มตรวจสอบภายใน")
    asked = [unit for unit in units if concerns(kind("memo-request-opinion"), year, unit, {})]
    assert asked == [BUREAU, "สำนักเทคโนโลยีสารสนเทศและการสื่อสาร"]
    assert [unit for unit in units if concerns(kind("circular-allocation"), year, unit, {})] == list(
        year.bureaus
    )
    assert all(concerns(kind("memo-delivery"), year, unit, {}) for unit in units)
    assert [unit for unit in units if concerns(kind("memo-reminder"), year, unit, {})] == [
        unit for unit in units if unit in late_bureaus(year, units)
    ]
    assert all(concerns(kind("memo-reminder"), year, unit, {"matter": "แบบสำรวจ"}) for unit in units)


def test_a_letter_to_a_bureau_asks_which(year: YearData) -> None:
    with pytest.raises(UsageError, match="ต้องระบุสำนัก"):
        build(kind("memo-delivery"), year, OFFICE | GIVEN)


@pytest.mark.parametrize(("fact", "text"), [("price", "ราคาถูก"), ("contract_date", "๓๒ มกราคม ๒๕๗๐")])
def test_what_cannot_be_read_is_told(year: YearData, fact: str, text: str) -> None:
    chosen = kind("memo-acceptance")
    with pytest.raises(UsageError, match=text):
        build(chosen, year, OFFICE | GIVEN | {fact: text}, **subject(chosen))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ภายในวันที่ ๓๐ เมษายน ๒๕๗๐", "ภายในวันที่_๓๐_เมษายน ๒๕๗๐"),
        ("ประจำปีงบประมาณ พ.ศ. ๒๕๗๐", "ประจำปีงบประมาณ พ.ศ._๒๕๗๐"),
        ("จำนวน ๑,๒๕๐ บาท (หนึ่งพัน)", "จำนวน ๑,๒๕๐_บาท (หนึ่งพัน)"),
        ("เวลา ๐๙.๓๐ นาฬิกา ณ ห้อง", "เวลา ๐๙.๓๐_นาฬิกา ณ ห้อง"),
        ("ประเด็นยุทธศาสตร์ที่ ๓ ยกระดับ", "ประเด็นยุทธศาสตร์ที่_๓ ยกระดับ"),
        ("พ.ศ. ๒๕๗๐ - ๒๕๗๔ (ตัวอย่าง)", "พ.ศ._๒๕๗๐_-_๒๕๗๔ (ตัวอย่าง)"),
        ("โทร. ๐ ๒๘๓๑ ๐๐๐๐", "โทร. ๐_๒๘๓๑_๐๐๐๐"),
        ("สำนักต่าง ๆ เสนอ", "สำนักต่าง ๆ เสนอ"),
        ("แบบ จำนวน ๑ ชุด", "แบบ จำนวน_๑_ชุด"),
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str, kept: str) -> None:
    assert joined_text(text) == kept.replace("_", "\u00a0")


def test_a_code_is_not_broken_at_its_hyphens(year: YearData, tmp_path: Path) -> None:
    assert "(รหัสโครงการ ๗๐-นผ-๐๓)" in made("memo-procurement", year, tmp_path)
    (path,) = tmp_path.glob("*.docx")
    assert b"\xe0\xb9\x97\xe0\xb9\x90-" not in Document(str(path)).part.blob


@pytest.fixture(scope="module")
def printed(year: YearData, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Every letter as a PDF, with names of 120 letters, all made by one call."""
    work = tmp_path_factory.mktemp("letters")
    for name in LETTERS:
        chosen = kind(name)
        long = {"book": LONG, "committee": LONG}
        context = build(chosen, year, OFFICE | GIVEN | long, **subject(chosen))
        made_file = make(chosen, context, work / name)
        made_file.rename(work / f"{name}.docx")
    pdfs = convert([work / f"{name}.docx" for name in LETTERS], work)
    return dict(zip(LETTERS, pdfs, strict=True))


@pytest.mark.libreoffice
@pytest.mark.fonts
@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_stands_on_paper_as_the_regulation_wants(printed: Mapping[str, Path], name: str) -> None:
    pdf = printed[name]
    (title,) = [piece for piece in pieces(pdf, 1) if piece.text == "บันทึกข้อความ"]
    assert title.size == 29
    assert title.x == pytest.approx(LEFT + (16 - 4.14) / 2, abs=0.05)
    assert all(LEFT - 0.05 <= left <= LEFT + 16 for left, _ in lines(pdf, 1))
    pages = range(1, len(PdfReader(pdf).pages) + 1)
    (last,) = [page for page in pages if any(text.startswith("จึงเรียนมา") for _, text in lines(pdf, page))]
    page = [text for _, text in lines(pdf, last)]
    name = page.index(plain("(นายตัวอย่าง  ทดสอบ)"))
    assert name - page.index(_closing(page)) <= 3
    if last > 1:  # at least two lines of the text go before the signature
        assert page[0] == "-๒-"
        assert name - 1 >= 2


def _closing(page: list[str]) -> str:
    return next(text for text in page if text.startswith("จึงเรียนมา"))
