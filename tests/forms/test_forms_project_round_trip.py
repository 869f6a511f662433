"""What the project form prints of a record, the reader reads back: for generated records too."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automation.forms.catalogue import FormCatalogue
from automation.forms.issue import issue_form
from automation.forms.knowledge import Bureau, Known
from automation.forms.read_document import read_document
from automation.model import (
    Activity,
    Alignment,
    Approval,
    Budget,
    BudgetLine,
    Continuity,
    Flags,
    HistoryYear,
    Indicator,
    Person,
    Project,
    ProjectKind,
)
from automation.office.blocks import Document
from automation.office.opening import open_file
from automation.thai.fiscal import MONTH_ORDER
from automation.thai.money import baht_text

BUREAUS = ("สำนักกฎหมาย", "สำนักวิชาการ", "สำนักการประชุม")
KNOWN = Known(tuple(Bureau(name=name) for name in BUREAUS))
SUBJECTS = (
    "พัฒนาระบบสืบค้นเอกสาร",
    "ฝึกอบรมการเขียนหนังสือราชการ",
    "จัดทำคู่มือวิเคราะห์ร่างกฎหมาย & ระเบียบ",
    "สำรวจความพึงพอใจ <รอบสอง>",
)
THINGS = (
    "รายงานสรุปผลการดำเนินงาน จำนวน ๑ เล่ม",
    "ผู้เข้าร่วมได้รับความรู้เพิ่มขึ้น",
    "ระบบพร้อมใช้งานภายในกำหนด",
    "บุคลากรผ่านการอบรมร้อยละ ๘๐",
)
NAMES = ("นายสมมติ ใจดี", "นางสาวตัวอย่าง เรียนรู้", "นางจำลอง ตั้งใจ")
POSTS = ("นิติกรชำนาญการ", "นักวิชาการคอมพิวเตอร์ปฏิบัติการ", "วิทยากรชำนาญการพิเศษ")

some = st.lists(st.sampled_from(THINGS), min_size=1, max_size=4, unique=True).map(tuple)
money = st.integers(min_value=1, max_value=10**11).map(lambda satang: Decimal(satang) / 100)
days = st.dates(min_value=date(2026, 10, 1), max_value=date(2027, 9, 30))
people = st.builds(
    Person,
    name=st.sampled_from(NAMES),
    position=st.sampled_from(POSTS),
    phone=st.sampled_from(("๐ ๒๐๐๐ ๐๑๐๑", "0 2000 0102 ต่อ 15")),
    email=st.sampled_from(("a.b@senate.example", None)),
)
indicators = st.builds(
    Indicator,
    name=st.sampled_from(THINGS),
    unit=st.sampled_from(("ร้อยละ", "คน", "เล่ม")),
    target=st.sampled_from(("ไม่น้อยกว่า ๘๐", "1,000", "๕")),
)
activities = st.builds(
    Activity,
    name=st.sampled_from(("เตรียมการ", "ดำเนินกิจกรรมตามแผน", "สรุปและรายงานผล")),
    months=st.sets(st.sampled_from(MONTH_ORDER), min_size=1).map(
        lambda chosen: tuple(month for month in MONTH_ORDER if month in chosen)
    ),
)
history = st.builds(
    HistoryYear,
    fiscal_year=st.sampled_from((2567, 2568, 2569)),
    requested=money,
    allocated=money,
    spent=money,
    result=st.sampled_from(THINGS),
)


@st.composite
def budgets(draw: st.DrawFn) -> Budget:
    amounts = draw(st.lists(money, min_size=1, max_size=5))
    categories = draw(st.lists(st.sampled_from(("ค่าตอบแทน", "ค่าใช้สอย", "ค่าวัสดุ")), min_size=5, max_size=5))
    lines = tuple(
        BudgetLine(category=category, item=f"รายการที่ใช้จ่ายลำดับ {number}", amount=amount)
        for number, (category, amount) in enumerate(zip(sorted(categories), amounts, strict=False), 1)
    )
    total = sum(amounts, Decimal(0))
    months = {month: Decimal(0) for month in MONTH_ORDER} | {draw(st.sampled_from(MONTH_ORDER)): total}
    quarters = {1: Decimal(0), 2: total, 3: Decimal(0), 4: Decimal(0)}
    by_month = draw(st.booleans())
    return Budget(
        total=total,
        total_text=baht_text(total),
        source=draw(st.sampled_from(("เงินงบประมาณรายจ่ายประจำปี", "เงินรายได้", "เงินกองทุนพัฒนาระบบงาน"))),
        lines=lines,
        months=months if by_month else None,
        quarters=None if by_month else quarters,
    )


@st.composite
def projects(draw: st.DrawFn) -> Project:
    start, end = sorted((draw(days), draw(days)))
    kind = draw(st.sampled_from(ProjectKind))
    word = "โครงการ" if kind is ProjectKind.PROJECT else "งาน"
    return Project(
        fiscal_year=2570,
        code=draw(st.sampled_from(("70-กม-01", None))),
        name=word + draw(st.sampled_from(SUBJECTS)),
        kind=kind,
        continuity=draw(st.sampled_from((*Continuity, None))),
        bureau=draw(st.sampled_from(BUREAUS)),
        group=draw(st.sampled_from(("กลุ่มงานกฎหมาย ๑", None))),
        responsible=tuple(draw(st.lists(people, min_size=1, max_size=3))),
        alignment=Alignment(issue="๑ ยกระดับงานด้านนิติบัญญัติ", goal="๒ ประชาชนรับรู้", strategy="๑.๒ พัฒนางานวิชาการ"),
        rationale="วุฒิสภามีหน้าที่กลั่นกรองร่างกฎหมาย จึงต้องการข้อมูลที่ครบถ้วนและทันเวลา",
        objectives=draw(some),
        outputs=draw(some),
        outcomes=draw(some),
        indicators=tuple(draw(st.lists(indicators, min_size=1, max_size=3))),
        target_group="สมาชิกวุฒิสภา จำนวน ๒๐๐ คน",
        activities=tuple(draw(st.lists(activities, min_size=1, max_size=4))),
        start=start,
        end=end,
        place="อาคารรัฐสภา กรุงเทพมหานคร",
        budget=draw(budgets()),
        benefits=draw(some),
        evaluation="แบบสอบถามความพึงพอใจหลังสิ้นสุดกิจกรรม",
        history=tuple(draw(st.lists(history, max_size=3))),
        flags=Flags(training=draw(st.booleans()), ict=draw(st.booleans())),
        approvals=(
            Approval(role="ผู้เสนอโครงการ", name=draw(st.sampled_from(NAMES)), date=draw(days)),
            Approval(role="ผู้อำนวยการสำนัก", name=draw(st.sampled_from((*NAMES, None)))),
            Approval(role="รองเลขาธิการวุฒิสภา", name=draw(st.sampled_from(NAMES)), date=draw(days)),
        ),
    )


@pytest.fixture(scope="module")
def catalogue(templates: Path) -> FormCatalogue:
    return FormCatalogue.load(templates)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(record=projects())
def test_a_project_comes_back_as_it_was_written(
    record: Project, catalogue: FormCatalogue, tmp_path: Path
) -> None:
    target = tmp_path / "แบบ.docx"
    issue_form(catalogue.get("project"), record, target)
    document = open_file(target)
    assert isinstance(document, Document)
    assert read_document(document, catalogue, KNOWN).record == record
