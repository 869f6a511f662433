"""Every letter and paper as printed: each line's text and place, and what long content must not do to a page.

`golden/<kind>.txt` holds the lines of the sample documents: page, centimetres from the left and upper edge,
text. After a change that is meant, look at the pages, then write the files anew: `GOLDEN=write pytest` here.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from automation.checks.rates import load_rates
from automation.documents.catalogue import Kind, Paper, Scope
from automation.documents.context import build
from automation.documents.make import make
from automation.documents.proofread import proofread_document
from automation.model import BudgetLine, Finding, Meeting, Project, Severity
from automation.model.meeting import AgendaItem
from automation.office.pdf import convert
from automation.process import calendar, find_process, load_processes
from automation.thai.holidays import WorkCalendar
from tests.documents.sample_books import sample_year
from tests.documents.sample_letters import (
    CATALOGUE,
    LEFT,
    OFFICE,
    ROOT,
    pieces,
    plain,
    sample_meeting,
    sample_project,
)
from tests.documents.test_documents_meetings import GIVEN as MEETINGS
from tests.documents.test_documents_memos import GIVEN as MEMOS

pytestmark = [pytest.mark.libreoffice, pytest.mark.fonts]

GOLDEN = Path(__file__).with_name("golden")
KINDS = [kind for kind in CATALOGUE if kind.paper is not Paper.BOOK]
SIGNATORY = plain("(นายตัวอย่าง  ทดสอบ)")
LATE = "กลุ่มตรวจสอบภายใน"
NEAR = 0.15
"""Centimetres by which a line may stand elsewhere."""
WIDTH, HEIGHT, RIGHT, BOTTOM = 21.0, 29.7, 2.0, 2.0
NAME = (
    "โครงการพัฒนาระบบติดตามและประเมินผลการดำเนินงานตามแผนปฏิบัติราชการของสำนักงานเลขาธิการวุฒิสภา"
    "เพื่อยกระดับการบริหารงานนิติบัญญัติ"
)
TEXT = (
    "สำนักงานเลขาธิการวุฒิสภาได้กำหนดแนวทางการพัฒนางานตามแผนยุทธศาสตร์ โดยมุ่งเน้นการยกระดับคุณภาพการให้บริการ"
    "แก่สมาชิกวุฒิสภาและประชาชน ด้วยการนำเทคโนโลยีสารสนเทศมาใช้ในการปฏิบัติงาน จึงมีความจำเป็นต้องทบทวนข้อมูล"
)
PEOPLE = [f"ผู้อำนวยการสำนักตัวอย่างด้านการพัฒนาและประสานงานที่ {number}" for number in range(1, 26)]
SAMPLE = MEMOS | MEETINGS | {"due": "2026-04-10", "email": "plan@office.example"}
LONG = SAMPLE | {
    "subject": NAME,
    "book": NAME,
    "committee": f"คณะกรรมการ{NAME}",
    "consultant": "สถาบันวิจัยและให้คำปรึกษาแห่งมหาวิทยาลัยตัวอย่างเพื่อการพัฒนาระบบราชการ",
    "recipients": "; ".join(PEOPLE),
    "cause": "; ".join([TEXT] * 16),
    "request": TEXT,
    "background": "; ".join([TEXT] * 8),
    "analysis": "; ".join([TEXT] * 8),
    "members": "; ".join(f"{person} = กรรมการ" for person in PEOPLE),
    "duties": "; ".join([TEXT] * 8),
    "inspectors": "; ".join(PEOPLE[:9]),
    "deliverables": "; ".join([TEXT[:80]] * 20),
    "instalments": "; ".join(f"{TEXT[:60]} = {number}0 = 10" for number in range(1, 11)),
    "qualifications": "; ".join([TEXT[:90]] * 10),
    "enclosure": "; ".join(f"เอกสารประกอบ {number} จำนวน 1 ชุด" for number in range(1, 10)),
    "discussions": "; ".join(f"4.{number} = {TEXT}" for number in range(1, 10)),
    "resolutions": "; ".join(f"4.{number} = เห็นชอบตามที่เสนอ" for number in range(1, 10)),
}


def project(long: bool) -> Project:
    record = sample_project("policy-03")
    if not long:
        return record
    lines = tuple(BudgetLine(category="ค่าใช้สอย", item=TEXT[:60], amount=Decimal(1000)) for _ in range(36))
    return replace(
        record,
        name=NAME,
        objectives=(f"เพื่อ{TEXT[:100]}",) * 18,
        rationale="\n".join([TEXT] * 12),
        budget=replace(record.budget, lines=lines),
        attachments=tuple(f"เอกสารประกอบการพิจารณา ชุดที่ {number}" for number in range(1, 9)),
    )


def meeting(long: bool) -> Meeting:
    record = sample_meeting()
    if not long:
        return record
    agenda = tuple(
        AgendaItem(no=item.no, title=item.title, items=(TEXT[:90],) * 9 if item.items else ())
        for item in record.agenda
    )
    return replace(record, title=f"คณะกรรมการ{NAME}", invitees=tuple(PEOPLE), agenda=agenda)


def subject(kind: Kind, long: bool) -> dict[str, Any]:
    if kind.scope is Scope.PROJECT:
        count = 24 if long else 2
        finding = Finding(severity=Severity.ERROR, rule="a", message=TEXT[:120], where="ตาราง 2 แถว 3")
        return {"project": project(long), "findings": (finding,) * count}
    if kind.scope is Scope.MEETING:
        return {"meeting": meeting(long)}
    if kind.scope is Scope.BUREAU:
        return {"bureau": LATE if kind.id == "memo-reminder" else "สำนักพัฒนาทรัพยากรบุคคล"}
    steps = calendar(
        find_process(load_processes(), "annual"), dt.date(2026, 1, 5), WorkCalendar({}, frozenset())
    )
    return {"calendar": steps, "rates": load_rates(ROOT / "templates")}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, bool], tuple[Path, Path]]:
    """(kind, long) → Word file and PDF."""
    folder, made = tmp_path_factory.mktemp("golden"), {}
    for kind in KINDS:
        for long in (False, True):
            context = build(kind, sample_year(), OFFICE | (LONG if long else SAMPLE), **subject(kind, long))
            path = make(kind, context, folder / f"{kind.id}-{long}")
            made[kind.id, long] = path.rename(folder / f"{kind.id}-{long}.docx")
    pdfs = convert(list(made.values()), folder)
    return {key: (word, pdf) for (key, word), pdf in zip(made.items(), pdfs, strict=True)}


@dataclass(frozen=True, slots=True)
class Line:
    page: int
    x: float
    y: float
    text: str

    def written(self) -> str:
        return f"{self.page} {self.x:.1f} {self.y:.1f} {self.text}"

    @classmethod
    def read(cls, row: str) -> Line:
        page, x, y, text = row.split(" ", 3)
        return cls(int(page), float(x), float(y), text)


def printed_lines(pdf: Path) -> Iterator[Line]:
    for page in range(1, len(PdfReader(pdf).pages) + 1):
        rows: dict[int, list[Any]] = {}
        for piece in pieces(pdf, page):
            rows.setdefault(round(piece.y * 10), []).append(piece)
        for _, row in sorted(rows.items()):
            row.sort(key=lambda piece: piece.x)
            text = plain("".join(piece.text for piece in row))
            yield Line(page, round(row[0].x, 1), round(row[0].y, 1), text)


@pytest.mark.parametrize("name", [kind.id for kind in KINDS])
def test_each_line_stands_where_it_stood(
    name: str, printed: dict[tuple[str, bool], tuple[Path, Path]]
) -> None:
    found, file = list(printed_lines(printed[name, False][1])), GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        file.write_text("".join(f"{line.written()}\n" for line in found), encoding="utf-8")
    wanted = [Line.read(row) for row in file.read_text(encoding="utf-8").splitlines()]
    assert [line.text for line in found] == [line.text for line in wanted]
    moved = [
        (line, other)
        for line, other in zip(found, wanted, strict=True)
        if line.page != other.page or max(abs(line.x - other.x), abs(line.y - other.y)) > NEAR
    ]
    assert moved == []


@pytest.mark.parametrize("name", [kind.id for kind in KINDS])
@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
def test_a_strict_clerk_finds_nothing(
    name: str, long: bool, printed: dict[tuple[str, bool], tuple[Path, Path]]
) -> None:
    word, pdf = printed[name, long]
    assert OpenXmlValidator().validate(str(word)).errors == []
    assert proofread_document(word) == ()
    sheets = PdfReader(pdf).pages
    found = list(printed_lines(pdf))
    titles = [plain(para.text) for para in Document(str(word)).paragraphs if para.style.name == "ชื่อเอกสารแนบ"]
    for number, sheet in enumerate(sheets, start=1):
        width, height = float(sheet.mediabox.width) / 72 * 2.54, float(sheet.mediabox.height) / 72 * 2.54
        page = [line for line in found if line.page == number]
        assert min(piece.x for piece in pieces(pdf, number)) > (LEFT if width < height else RIGHT) - NEAR
        assert max(piece.x for piece in pieces(pdf, number)) < width - RIGHT + NEAR
        assert max(line.y for line in page) < height - BOTTOM + NEAR, f"page {number} runs into its foot"
        later = [line for line in page if re.fullmatch(r"-[๐-๙]+-", line.text)]
        body = [line for line in page if line not in later]
        signed = [place for place, line in enumerate(body) if line.text == SIGNATORY]
        if later and signed and CATALOGUE.get(name).paper is Paper.MEMO:
            assert signed[0] >= 2, f"one line alone goes before the signature on page {number}"
        if later:
            assert body, f"page {number} is empty"
            assert not re.match(r"\((?![๐-๙]+\))", body[0].text), f"a signature stands alone on page {number}"
        last = body[-1].text
        assert not re.fullmatch(r"[๑-๙]+\.(เรื่องเดิม|ข้อเท็จจริง|ข้อพิจารณา|ข้อกฎหมาย/ระเบียบ)|มติที่ประชุม", last)
        following = [line for line in found if line.page == number + 1]
        numbered = any(re.fullmatch(r"-[๐-๙]+-", line.text) for line in following)
        if numbered and not any(line.text in titles for line in following):
            assert body[-1].y > height * 0.72, f"page {number} ends in a white gap at {body[-1].y} cm"
