"""Memos and invitations as files: their text, their layout on paper by the regulation, their versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from automation.documents.context import build
from automation.documents.make import file_name, make, same_content
from automation.model import Allocation, AllocationRow, BudgetLine
from automation.model.year import YearData
from automation.office.pdf import convert
from tests.documents.sample_letters import (
    LEFT,
    OFFICE,
    kind,
    line_with,
    lines,
    pieces,
    plain,
    sample_meeting,
    sample_project,
)

MEMO, INVITATION = kind("memo-approve-project"), kind("invitation")
VALIDATOR = OpenXmlValidator()
LONG_NAME = (
    "โครงการสัมมนาเชิงปฏิบัติการเพื่อจัดทำแผนปฏิบัติราชการประจำปีและรายละเอียดโครงการประจำปี"
    "ของสำนักงานเลขาธิการวุฒิสภา ประจำปีงบประมาณ พ.ศ. ๒๕๗๐"
)
SENT = OFFICE | {"number": "สว 0012/345", "date": "2026-11-24", "signatory": "นายตัวอย่าง ทดสอบระบบ"}


def memo_context() -> dict[str, Any]:
    return build(MEMO, YearData(fiscal_year=2570), OFFICE, project=sample_project())


def long_memo_context() -> dict[str, Any]:
    project = sample_project()
    budget_lines = tuple(
        BudgetLine(
            category=f"หมวดที่ {number % 3 + 1}", item=f"ค่าใช้จ่ายรายการที่ {number}", amount=Decimal("100000.50")
        )
        for number in range(40)
    )
    budget = replace(project.budget, lines=budget_lines, total=Decimal("4000020.00"))
    long = replace(project, name=LONG_NAME, code="70-พบ-09", objectives=project.objectives * 4, budget=budget)
    rows = (AllocationRow(code=long.code, allocated=Decimal(1250000)),)
    year = YearData(fiscal_year=2570, allocation=Allocation(fiscal_year=2570, rows=rows))
    return build(MEMO, year, SENT | {"phone": "๐ ๒๘๓๑ ๐๐๐๐"}, project=long)


def invitation_context(**facts: str) -> dict[str, Any]:
    return build(INVITATION, YearData(fiscal_year=2570), OFFICE | facts, meeting=sample_meeting())


def long_invitation_context() -> dict[str, Any]:
    meeting = sample_meeting()
    invitees = tuple(f"ผู้อำนวยการสำนักตัวอย่างที่ {number}" for number in range(1, 26))
    return build(INVITATION, YearData(fiscal_year=2570), SENT, meeting=replace(meeting, invitees=invitees))


CASES = {
    "memo": (MEMO, memo_context),
    "long memo": (MEMO, long_memo_context),
    "invitation": (INVITATION, invitation_context),
    "long invitation": (INVITATION, long_invitation_context),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Case → its Word file."""
    work = tmp_path_factory.mktemp("letters")
    return {name: make(kind, context(), work / name) for name, (kind, context) in CASES.items()}


@pytest.fixture(scope="module")
def printed(made: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Case → its PDF; all in one call."""
    numbered = tmp_path_factory.mktemp("numbered")
    copies = []
    for number, path in enumerate(made.values()):
        copies.append(numbered / f"{number}.docx")
        copies[-1].write_bytes(path.read_bytes())
    return dict(zip(made, convert(copies, numbered), strict=True))


def text_of(path: Path) -> str:
    document = Document(str(path))
    paragraphs = [paragraph.text for paragraph in document.element.body.iter(W_P) if paragraph.text]
    return "\n".join(paragraphs).replace("\u00a0", " ")


W_P = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


@pytest.mark.parametrize("case", CASES)
def test_word_would_find_nothing_to_repair(made: Mapping[str, Path], case: str) -> None:
    assert VALIDATOR.validate(str(made[case])).errors == []


@pytest.mark.parametrize("case", CASES)
def test_numerals_are_thai_throughout(made: Mapping[str, Path], case: str) -> None:
    assert not [figure for figure in text_of(made[case]) if figure in "0123456789"]


@pytest.mark.parametrize("case", CASES)
def test_nothing_of_the_template_is_left(made: Mapping[str, Path], case: str) -> None:
    text = text_of(made[case])
    assert not [mark for mark in ("{{", "{%", "}}", "None", "ครั้งที่ \n") if mark in text]


def test_the_memo_says_what_is_asked_of_whom(made: Mapping[str, Path]) -> None:
    text = text_of(made["memo"]).replace("\u00a0", " ")
    for part in (
        "ขออนุมัติดำเนินโครงการพัฒนาสมรรถนะดิจิทัลของบุคลากร",
        "เลขาธิการวุฒิสภา",
        "๑. เรื่องเดิม", "๒. ข้อเท็จจริง", "๓. ข้อกฎหมาย/ระเบียบ", "๔. ข้อพิจารณา",
        "รหัสโครงการ ๗๐-พบ-๐๒",
        "สำนักพัฒนาทรัพยากรบุคคล",
        "ประเด็นยุทธศาสตร์ที่ ๓ พัฒนาบุคลากร",
        "กลยุทธ์ที่ ๓.๑ พัฒนาสมรรถนะ",
        "(๒) เพื่อสนับสนุนการปฏิบัติงานของวุฒิสภา",
        "ตั้งแต่วันที่ ๑ มกราคม ๒๕๗๐ ถึงวันที่ ๓๐ เมษายน ๒๕๗๐",
        "จำนวน ๖๕๐,๐๐๐ บาท (หกแสนห้าหมื่นบาทถ้วน) จากเงินงบประมาณรายจ่ายประจำปี",
        "จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ",
        "ค่าสมนาคุณวิทยากร จำนวน ๒ คน",
    ):  # fmt: skip
        assert part in text, part
    assert "ได้รับจัดสรรงบประมาณแล้ว" not in text


def test_what_was_allocated_is_said_and_asked_for(made: Mapping[str, Path]) -> None:
    text = text_of(made["long memo"]).replace("\u00a0", " ")
    assert "ได้รับจัดสรรงบประมาณแล้ว จำนวน ๑,๒๕๐,๐๐๐ บาท (หนึ่งล้านสองแสนห้าหมื่นบาทถ้วน)" in text
    assert "ภายในวงเงินที่ได้รับจัดสรร จำนวน ๑,๒๕๐,๐๐๐ บาท" in text
    assert "๔,๐๐๐,๐๒๐" in text


def test_a_project_without_money_asks_for_none(tmp_path: Path) -> None:
    project = sample_project()
    free = replace(project, budget=replace(project.budget, total=Decimal(0), lines=(), source=None))
    text = text_of(make(MEMO, build(MEMO, YearData(fiscal_year=2570), OFFICE, project=free), tmp_path))
    assert "ไม่ใช้งบประมาณ" in text
    assert "ประมาณการค่าใช้จ่าย" not in text.replace("๒. ประมาณการค่าใช้จ่าย", "")


def test_the_invitation_says_when_and_where(made: Mapping[str, Path]) -> None:
    text = text_of(made["invitation"])
    for part in (
        "ในวันอังคารที่ ๒๐ มกราคม ๒๕๖๙ เวลา ๐๙.๓๐ นาฬิกา ณ ห้องประชุมหมายเลข ๓๐๑",
        "ครั้งที่ ๑/๒๕๖๙",
        "โดยมีนางตัวอย่าง  ธรรมรักษ์ รองเลขาธิการวุฒิสภา เป็นประธานการประชุม",
        "ภายในวันศุกร์ที่ ๑๖ มกราคม ๒๕๖๙",
        "จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวัน เวลา และสถานที่ดังกล่าว",
        "ผู้อำนวยการสำนักการคลังและงบประมาณ",
        "ระเบียบวาระที่ ๔\tเรื่องเสนอเพื่อพิจารณา",
        "๔.๒\t(ร่าง) รายละเอียดโครงการ",
        "แบบตอบรับการเข้าร่วมประชุม",
    ):
        assert part in text, part
    assert "ขอแสดงความนับถือ" not in text
    assert "รายชื่อแนบท้าย" not in text


def test_many_invitees_stand_in_a_list_behind(made: Mapping[str, Path]) -> None:
    text = text_of(made["long invitation"])
    assert "ผู้ที่มีรายชื่อแนบท้าย" in text
    assert text.count("ผู้อำนวยการสำนักตัวอย่างที่") == 25
    assert "๒๕.\tผู้อำนวยการสำนักตัวอย่างที่ ๒๕" in text


def test_one_letter_for_one_invitee(tmp_path: Path) -> None:
    path = make(INVITATION, invitation_context(invitee="ผู้อำนวยการสำนักกฎหมาย"), tmp_path)
    assert "ผู้อำนวยการสำนักกฎหมาย" in path.name
    assert "เรียน\tผู้อำนวยการสำนักกฎหมาย\n" in text_of(path)


@pytest.mark.libreoffice
@pytest.mark.fonts
@pytest.mark.parametrize("case", CASES)
def test_the_head_stands_where_the_regulation_puts_it(printed: Mapping[str, Path], case: str) -> None:
    first = pieces(printed[case], 1)
    (title,) = [piece for piece in first if piece.text == "บันทึกข้อความ"]
    assert title.size == 29
    assert title.x == pytest.approx(LEFT + (16 - 4.14) / 2, abs=0.05)  # 4.14 cm wide, centred in 16
    assert 2.6 < title.y < 3.1  # level with the feet of the emblem
    labels = {piece.text: piece for piece in first if piece.size == 20}
    assert plain("ส่วนราชการ") in {plain(name) for name in labels}
    assert labels["ที่"].x == pytest.approx(LEFT, abs=0.03)
    assert labels["วันที่"].x == pytest.approx(LEFT + 7.7, abs=0.05)
    assert labels["วันที่"].y == pytest.approx(labels["ที่"].y)
    assert line_with(printed[case], 1, "เรื่อง")[0] == pytest.approx(LEFT, abs=0.03)
    assert line_with(printed[case], 1, "เรียน")[0] == pytest.approx(LEFT, abs=0.03)


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_paragraphs_are_indented_by_two_and_a_half_centimetres(printed: Mapping[str, Path]) -> None:
    for opening in ("ด้วยสำนักนโยบายและแผน", "ในการนี้ จึงขอเชิญ", "จึงเรียนมาเพื่อโปรดเข้าร่วม"):
        assert line_with(printed["invitation"], 1, opening)[0] == pytest.approx(LEFT + 2.5, abs=0.05)


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_the_signature_stands_on_its_axis_and_never_alone(printed: Mapping[str, Path]) -> None:
    for case in CASES:
        pages = len(PdfReader(printed[case]).pages)
        (page,) = [
            n for n in range(1, pages + 1) if any("จึงเรียนมา" in text for _, text in lines(printed[case], n))
        ]
        left, _ = next(
            line
            for line in lines(printed[case], page)
            if line[1] == plain("ผู้อำนวยการสำนักนโยบายและแผน") and line[0] > 8
        )
        # 5.14 cm wide at 16 points: its middle stands 9 cm from the margin.
        assert left + 5.14 / 2 == pytest.approx(LEFT + 9, abs=0.06), case


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_later_pages_are_numbered_the_first_ones_are_not(printed: Mapping[str, Path]) -> None:
    numbers = {}
    for case in CASES:
        pages = range(1, len(PdfReader(printed[case]).pages) + 1)
        numbers[case] = [lines(printed[case], page)[0][1] in {"-๒-", "-๓-"} for page in pages]
    assert not any(shown[0] for shown in numbers.values())
    assert numbers["long memo"][1]
    assert numbers["invitation"] == [False, False, False]  # letter, agenda, reply slip


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_long_tables_repeat_their_head(printed: Mapping[str, Path]) -> None:
    pages = PdfReader(printed["long memo"]).pages
    heads = [
        page
        for page in range(1, len(pages) + 1)
        if any("หมวดรายจ่าย/รายการ" in text for _, text in lines(printed["long memo"], page))
    ]
    assert len(heads) == 2


def test_the_same_document_is_made_once(tmp_path: Path) -> None:
    first = make(MEMO, memo_context(), tmp_path)
    stamp = first.stat().st_mtime_ns
    assert make(MEMO, memo_context(), tmp_path) == first
    assert first.stat().st_mtime_ns == stamp
    assert [path.name for path in tmp_path.iterdir()] == [first.name]


def test_a_draft_edited_by_hand_is_never_overwritten(tmp_path: Path) -> None:
    first = make(MEMO, memo_context(), tmp_path)
    edited = Document(str(first))
    edited.paragraphs[-1].add_run("แก้ด้วยมือ")
    edited.save(str(first))
    before = first.read_bytes()
    second = make(MEMO, memo_context(), tmp_path)
    assert second.name == f"{first.stem} (ฉบับที่ ๒).docx"
    assert first.read_bytes() == before
    assert make(MEMO, memo_context(), tmp_path) == second
    third = make(MEMO, build(MEMO, YearData(fiscal_year=2570), SENT, project=sample_project()), tmp_path)
    assert third.name == f"{first.stem} (ฉบับที่ ๓).docx"


def test_something_else_under_the_name_is_kept_too(tmp_path: Path) -> None:
    (tmp_path / f"{file_name(MEMO, memo_context())}.docx").write_bytes(b"not a Word file")
    assert "(ฉบับที่ ๒)" in make(MEMO, memo_context(), tmp_path).name


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("บันทึก {project.code} {project.name}", "บันทึก ๗๐-พบ-๐๒ โครงการพัฒนาสมรรถนะดิจิทัลของบุคลากร"),
        ('เลขที่ 1/2570: "ก" <ข>', "เลขที่ 1-2570- -ก- -ข"),
        ("{project.nothing} ...", "memo-approve-project"),
    ],
)
def test_file_names_are_safe_everywhere(name: str, made: str) -> None:
    assert file_name(replace(MEMO, name=name), {"project": sample_project()}) == made


def test_a_long_name_is_cut_between_letters() -> None:
    name = file_name(replace(MEMO, name="ที่" * 200), {})
    assert len(f"{name} (ฉบับที่ ๑๒).docx".encode()) <= 255
    assert name.endswith("ที่")


def test_files_are_the_same_by_their_parts(made: Mapping[str, Path], tmp_path: Path) -> None:
    assert same_content(made["memo"], made["memo"])
    assert not same_content(made["memo"], made["invitation"])
    assert not same_content(made["memo"], tmp_path / "none.docx")
