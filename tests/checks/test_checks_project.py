"""Each rule of the project form: a sound project, one fault, one finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from automation.checks import CheckContext, Rate, check_reading, load_rates
from automation.model import (
    Activity,
    Alignment,
    Approval,
    Budget,
    BudgetLine,
    Continuity,
    Evidence,
    Finding,
    Flags,
    Goal,
    Indicator,
    Issue,
    Person,
    Project,
    ProjectKind,
    Reading,
    Severity,
    StrategicPlan,
    Strategy,
    Strength,
)

ROOT = Path(__file__).parents[2]
PLAN = StrategicPlan(
    name="แผน",
    first_year=2570,
    last_year=2574,
    issues=(
        Issue(
            no="1",
            name="ยกระดับงานนิติบัญญัติ",
            goals=(Goal(no="1", name="สมาชิกได้รับการสนับสนุน"),),
            strategies=(Strategy(no="1.1", name="พัฒนามาตรฐานงานประชุม"),),
        ),
        Issue(
            no="2",
            name="พัฒนาระบบดิจิทัล",
            goals=(Goal(no="2", name="ข้อมูลถูกต้อง"),),
            strategies=(Strategy(no="2.1", name="พัฒนาฐานข้อมูลหลัก"),),
        ),
    ),
)
SOUND = Project(
    fiscal_year=2570,
    code="70-วช-01",
    name="โครงการจัดทำเอกสารวิชาการ",
    kind=ProjectKind.PROJECT,
    bureau="สำนักวิชาการ",
    responsible=(Person(name="นางสาวสมมติ ใฝ่รู้"),),
    alignment=Alignment(
        issue="๑ ยกระดับงานนิติบัญญัติ", goal="๑ สมาชิกได้รับการสนับสนุน", strategy="๑.๑ พัฒนามาตรฐานงานประชุม"
    ),
    rationale="เพื่อให้มีเอกสาร",
    objectives=("เพื่อจัดทำเอกสาร",),
    outputs=("เอกสาร ๑๒ เรื่อง",),
    indicators=(Indicator(name="จำนวนเอกสาร", unit="เรื่อง", target="๑๒"),),
    target_group="สมาชิกวุฒิสภา",
    activities=(Activity(name="จัดทำ", months=(11, 12, 1)),),
    start=date(2026, 11, 1),
    end=date(2027, 1, 31),
    place="รัฐสภา",
    budget=Budget(
        total=Decimal("27200.00"),
        total_text="สองหมื่นเจ็ดพันสองร้อยบาทถ้วน",
        lines=(
            BudgetLine(item="ค่าวิทยากร จำนวน ๒ คน ๆ ละ ๖ ชั่วโมง ๆ ละ ๖๐๐ บาท", amount=Decimal("7200.00")),
            BudgetLine(item="ค่าวัสดุ", amount=Decimal("20000.00")),
        ),
        quarters={1: Decimal("7200.00"), 2: Decimal("20000.00"), 3: Decimal(0), 4: Decimal(0)},
    ),
    benefits=("มีเอกสารใช้",),
    evaluation="ติดตามรายไตรมาส",
    approvals=(
        Approval(role="ผู้เสนอโครงการ", name="นางสาวสมมติ ใฝ่รู้"),
        Approval(role="ผู้อำนวยการสำนัก", name="นายจำลอง ปัญญาเลิศ"),
        Approval(role="รองเลขาธิการวุฒิสภา", name="นางตัวอย่าง ธรรมรักษ์", date=date(2025, 12, 9)),
    ),
)
CONTEXT = CheckContext(
    today=date(2026, 11, 24),
    received=date(2025, 12, 19),
    deadline=date(2025, 12, 19),
    plan=PLAN,
    bureaus=("สำนักวิชาการ", "สำนักกฎหมาย", "สำนักการพิมพ์"),
    rates=load_rates(ROOT / "templates"),
)


def found(project: Project, context: CheckContext = CONTEXT) -> list[tuple[str, str, str]]:
    reading = Reading(file="x.docx", sha256="", form="project", record=project)
    return [(item.severity.value, item.rule, item.field) for item in check_reading(reading, context)]


def budget(**changes: Any) -> Project:
    return replace(SOUND, budget=replace(SOUND.budget, **changes))


def line(item: str, amount: int) -> Project:
    """The sound project with the first line replaced and the sums kept right."""
    rest = Decimal("27200.00") - amount
    lines = (BudgetLine(item=item, amount=Decimal(amount)), BudgetLine(item="อื่น ๆ", amount=rest))
    return budget(lines=lines)


def test_a_sound_project_has_no_findings() -> None:
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": None}, ("error", "required-missing", "name")),
        ({"bureau": None}, ("error", "required-missing", "bureau")),
        ({"responsible": ()}, ("error", "required-missing", "responsible")),
        ({"objectives": ()}, ("error", "required-missing", "objectives")),
        ({"activities": ()}, ("error", "required-missing", "activities")),
        ({"place": None}, ("error", "required-missing", "place")),
        ({"rationale": None}, ("error", "required-missing", "rationale")),
        ({"indicators": ()}, ("error", "required-missing", "indicators")),
        ({"outputs": (), "indicators": (Indicator(name="ก"),)}, ("error", "required-missing", "outputs")),
        ({"start": None}, ("error", "required-missing", "start")),
        ({"end": None}, ("error", "required-missing", "end")),
        ({"start": None, "end": None}, ("error", "required-missing", "start")),
        ({"budget": Budget()}, ("error", "required-missing", "budget.total")),
        ({"budget": Budget(lines=SOUND.budget.lines)}, ("warning", "required-missing", "budget.total")),
        (
            {"budget": replace(SOUND.budget, lines=())},
            ("warning", "required-missing", "budget.lines"),
        ),
        (
            {"budget": replace(SOUND.budget, quarters=None)},
            ("note", "required-missing", "budget.months"),
        ),
        ({"kind": None}, ("warning", "required-missing", "kind")),
        ({"fiscal_year": None}, ("warning", "required-missing", "fiscal_year")),
        ({"fiscal_year": 257}, ("warning", "required-missing", "fiscal_year")),
        ({"continuity": Continuity.CONTINUING}, ("note", "required-missing", "history")),
        ({"target_group": None}, ("warning", "required-missing", "target_group")),
        ({"benefits": ()}, ("warning", "required-missing", "benefits")),
        ({"alignment": Alignment()}, ("warning", "required-missing", "alignment")),
        ({"indicators": (Indicator(name="ก"),)}, ("warning", "required-missing", "indicators.0.target")),
        ({"evaluation": None}, ("note", "required-missing", "evaluation")),
        ({"bureau": "สำนักวิชาการณ์"}, ("warning", "bureau-unknown", "bureau")),
        ({"end": date(2026, 10, 31)}, ("error", "dates-reversed", "end")),
        ({"start": date(2025, 11, 1), "end": date(2026, 1, 31)}, ("error", "dates-outside-year", "start")),
        ({"start": date(2026, 9, 1)}, ("warning", "dates-outside-year", "start")),
        ({"end": date(2027, 10, 31)}, ("warning", "dates-outside-year", "end")),
        (
            {"activities": (Activity(name="ก", months=(11,)), Activity(name="ข", months=(1, 2)))},
            ("warning", "months-outside-dates", "activities.1.months"),
        ),
        ({"flags": Flags(ict=True)}, ("error", "tor-missing", "attachments")),
        (
            {"flags": Flags(consultant=True), "attachments": ("ใบเสนอราคา",)},
            ("error", "tor-missing", "attachments"),
        ),
        ({"approvals": ()}, ("warning", "endorsement-missing", "approvals")),
        ({"approvals": SOUND.approvals[:2]}, ("warning", "endorsement-missing", "approvals")),
        (
            {"approvals": (*SOUND.approvals[:2], Approval(role="รองเลขาธิการวุฒิสภา"))},
            ("warning", "endorsement-missing", "approvals.2"),
        ),
    ],
)
def test_one_fault_one_finding(changes: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert expected in found(replace(SOUND, **changes))
    assert {rule for _, rule, _ in found(replace(SOUND, **changes))} == {expected[1]}


def test_routine_work_may_leave_out_more() -> None:
    routine = replace(
        SOUND,
        kind=ProjectKind.ROUTINE,
        rationale=None,
        indicators=(),
        outputs=(),
        target_group=None,
        benefits=(),
    )
    assert {severity for severity, _, _ in found(routine)} == {"note"}
    assert ("error", "required-missing", "objectives") in found(replace(routine, objectives=()))


@pytest.mark.parametrize("name", ["รายละเอียดคุณลักษณะงาน (TOR) จำนวน ๑ ชุด", "ขอบเขตของงาน", "Tor"])
def test_terms_of_reference_in_many_words(name: str) -> None:
    assert found(replace(SOUND, flags=Flags(ict=True, equipment=True), attachments=(name,))) == []


def test_training_and_routine_need_no_terms() -> None:
    assert found(replace(SOUND, flags=Flags(training=True))) == []
    assert found(replace(SOUND, kind=ProjectKind.ROUTINE, flags=Flags(ict=True))) == []


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        (
            budget(total=Decimal("27300.00"), total_text=None, quarters={1: Decimal("27300.00")}),
            "budget-total-mismatch",
        ),
        (budget(total_text="สองหมื่นเจ็ดพันบาทถ้วน"), "budget-text-mismatch"),
        (budget(quarters={1: Decimal(100)}), "budget-plan-mismatch"),
        (budget(quarters=None, months={10: Decimal(100)}), "budget-plan-mismatch"),
        (line("จำนวน ๒ คน ๆ ละ ๖ ชั่วโมง ๆ ละ ๖๐๐ บาท", 7000), "line-product-mismatch"),
    ],
)
def test_money(project: Project, expected: str) -> None:
    assert [(severity, rule) for severity, rule, _ in found(project)] == [("error", expected)]


def test_a_project_without_money_needs_no_details() -> None:
    assert found(budget(total=Decimal(0), total_text=None, lines=(), quarters=None)) == []


def test_unreadable_words_are_a_warning() -> None:
    assert found(budget(total_text="สองหมืนเจ็ดพัน")) == [
        ("warning", "budget-text-mismatch", "budget.total_text")
    ]


def test_an_unclear_sentence_is_a_warning() -> None:
    project = line("จำนวน ๒ คน ๆ ละ ๖๐๐ บาท ๓ ครั้ง", 1000)
    assert found(project) == [("warning", "line-product-mismatch", "budget.lines.0.amount")]
    assert found(line("จำนวน ๒ คน ๆ ละ ๖๐๐ บาท ๓ ครั้ง", 3600)) == []


@pytest.mark.parametrize(
    ("item", "amount"),
    [
        ("ค่าเอกสาร ๓ ชุด ๆ ละ ๓๓.๓๓ บาท", 100),
        ("ค่าวิทยากร (๒ คน × ๓ ชม. × ๖๐๐ บาท × ๒ รุ่น)", 7200),
        ("ค่าอาหารกลางวัน 2 มื้อ จำนวน 100 คน x 250 บาท", 25000),
        ("ค่าจ้างเหมาบริการ 1 คน เดือนละ 1,500 บาท จำนวน 12 เดือน", 18000),
        ("ค่าเช่ารถตู้ 2 คัน ๆ ละ 1,800 บาท 3 วัน", 10800),
        ("วันที่ 1-3 มิ.ย. 70 จำนวน 3 วัน ๆ ละ 2,000 บาท", 6000),
        ("ค่าห้องพัก (คู่) 2 ห้อง x 1,500 บาท x 2 คืน รวม 6,000 บาท", 6000),
        ("ค่าครุภัณฑ์ เครื่องละ 2,500 บาท 10 เครื่อง", 20000),
        ("ค่าอาหาร 90 คน x 150 บาท และอาหารว่าง 90 คน x 35 บาท", 16650),
    ],
)
def test_sentences_that_raise_no_false_alarm(item: str, amount: int) -> None:
    assert found(line(item, amount)) == []


def test_a_line_without_amount_or_product_says_nothing() -> None:
    lines = (*SOUND.budget.lines, BudgetLine(item="จำนวน ๒ คน ๆ ละ ๖๐๐ บาท"), BudgetLine())
    assert found(budget(lines=lines)) == []


@pytest.mark.parametrize(
    ("item", "amount", "severity"),
    [
        ("ค่าสมนาคุณวิทยากร ๑ คน x ๑ ชั่วโมง x ๒,๐๐๐ บาท", 2000, "warning"),
        ("ค่าสมนาคุณวิทยากร ๑ คน x ๑ ชั่วโมง x ๑,๐๐๐ บาท", 1000, "note"),
        ("ค่าวิทยากรประเภท ข บุคลากรของรัฐ ๑ คน x ๑ ชม. x ๘๐๐ บาท", 800, "warning"),
        ("ค่าวิทยากรประเภท ก มิใช่บุคลากรของรัฐ ๑ คน x ๑ ชม. x ๑,๖๐๐ บาท", 1600, None),
        ("ค่าวิทยากร ๑ คน x ๑ ชั่วโมง x ๖๐๐ บาท", 600, None),
        ("ค่าวิทยากร ๑ คน ๆ ละ ๕,๐๐๐ บาท", 5000, None),
        ("ค่าอาหารว่าง ๑๐ คน ๆ ละ ๒ มื้อ ๆ ละ ๖๐ บาท", 1200, "warning"),
        ("ค่าอาหาร อาหารว่างและเครื่องดื่ม ๑๐ คน ๆ ละ ๑ มื้อ ๆ ละ ๒๒๐ บาท", 2200, None),
        ("ค่าที่พัก ประเภท ข พักคนเดียว ๑ คน x ๑ คืน x ๒,๐๐๐ บาท", 2000, None),
    ],
)
def test_rates(item: str, amount: int, severity: str | None) -> None:
    expected = [] if severity is None else [(severity, "rate-exceeded", "budget.lines.0.item")]
    assert found(line(item, amount)) == expected


def test_rates_count_on_the_day_the_project_starts() -> None:
    rate = Rate(
        item="ค่ารถ",
        keywords=("ค่ารถ",),
        limit=Decimal(100),
        unit="วัน",
        source="ประกาศ",
        valid_from=date(2026, 12, 1),
        valid_to=date(2026, 12, 31),
    )
    project = line("ค่ารถ ๒ วัน ๆ ละ ๒๐๐ บาท", 400)
    context = replace(CONTEXT, rates=(rate,))
    december = replace(project, start=date(2026, 12, 15), activities=(Activity(name="ก", months=(12,)),))
    assert found(project, context) == []
    assert found(december, context) == [("warning", "rate-exceeded", "budget.lines.0.item")]


@pytest.mark.parametrize(
    ("alignment", "fields"),
    [
        (Alignment(issue="1", strategy="1.1"), []),
        (Alignment(issue="ยกระดับงานนิติบัญญัติ"), []),
        (Alignment(strategy="๑.๑ พัฒนามาตรฐานงานประชม"), []),
        (Alignment(issue="๒ ยกระดับงานนิติบัญญัติ"), ["alignment.issue"]),
        (Alignment(issue="๑ อย่างอื่นโดยสิ้นเชิง"), ["alignment.issue"]),
        (Alignment(strategy="๙.๙"), ["alignment.strategy"]),
        (Alignment(issue="๑ ยกระดับงานนิติบัญญัติ", strategy="๒.๑ พัฒนาฐานข้อมูลหลัก"), ["alignment.strategy"]),
        (Alignment(issue="๒ พัฒนาระบบดิจิทัล", goal="๑ สมาชิกได้รับการสนับสนุน"), ["alignment.goal"]),
    ],
)
def test_alignment(alignment: Alignment, fields: list[str]) -> None:
    expected = [("warning", "alignment-unknown", field) for field in fields]
    assert found(replace(SOUND, alignment=alignment)) == expected


def test_alignment_is_not_judged_without_a_plan() -> None:
    project = replace(SOUND, alignment=Alignment(issue="๙ ไม่มี"))
    assert found(project, replace(CONTEXT, plan=None)) == []


def test_received_late() -> None:
    late = replace(CONTEXT, received=date(2025, 12, 20))
    assert found(SOUND, late) == [("warning", "received-late", "")]


def test_bureau_is_suggested_and_parent_office_does_not_matter() -> None:
    reading = Reading(file="x", sha256="", record=replace(SOUND, bureau="สํานักวิชากร"))
    (finding,) = check_reading(reading, CONTEXT)
    assert "“สำนักวิชาการ”" in finding.message
    assert found(replace(SOUND, bureau="สำนักวิชาการ สำนักงานเลขาธิการวุฒิสภา")) == []
    assert found(replace(SOUND, bureau="xyz")) == [("warning", "bureau-unknown", "bureau")]
    assert found(replace(SOUND, bureau="xyz"), replace(CONTEXT, bureaus=())) == []


def test_duplicates() -> None:
    other = replace(SOUND, name="งานจัดหาเครื่องพิมพ์ความเร็วสูง", bureau="สำนักการพิมพ์")
    assert found(SOUND, replace(CONTEXT, projects={"70-วช-01": SOUND})) == []
    assert found(SOUND, replace(CONTEXT, projects={"๗๐-วช-๐๑": other})) == [
        ("warning", "duplicate-project", "code")
    ]
    assert found(replace(SOUND, code=None), replace(CONTEXT, projects={"70-วช-09": SOUND})) == [
        ("warning", "duplicate-project", "name")
    ]
    revised = replace(SOUND, name="โครงการจัดทำเอกสารวิชาการ (ปรับปรุง)")
    assert found(revised, replace(CONTEXT, projects={"70-วช-01": SOUND})) == []
    assert found(replace(SOUND, name=None), replace(CONTEXT, projects={"70-วช-01": other})) == [
        ("error", "required-missing", "name")
    ]


def test_misspelt_words_are_noted() -> None:
    project = replace(SOUND, objectives=("เพื่อพัฒนาระบบดิจิตอล",))
    assert found(project) == [("note", "misspelt-words", "objectives.0")]


def test_what_cannot_be_read_is_not_called_missing() -> None:
    unreadable = Finding(severity=Severity.ERROR, rule="value-unreadable", message="…", field="start")
    reading = Reading(file="x", sha256="", record=replace(SOUND, start=None), findings=(unreadable,))
    assert check_reading(reading, CONTEXT) == ()


def test_a_finding_shows_the_nearest_place() -> None:
    place = Evidence(by=Strength.LABEL, where="ตาราง ๓ แถว ๑", ref="word/document.xml#p41")
    whole = Evidence(by=Strength.LABEL, where="ตาราง ๓")
    wrong = line("จำนวน ๒ คน ๆ ละ ๖๐๐ บาท", 7000)
    reading = Reading(
        file="x", sha256="", record=wrong, evidence={"budget.lines.0": place, "budget": whole, "name": whole}
    )
    (finding,) = check_reading(reading, CONTEXT)
    assert (finding.where, finding.ref) == (place.where, place.ref)
    assert finding.severity is Severity.ERROR
    assert finding.steps == ("S02", "A10")


def test_a_plan_by_quarters_is_not_held_against_the_first_and_last_month() -> None:
    from automation.checks.project_dates import months_outside_dates
    from automation.model import Activity

    def found(*months: int) -> bool:
        project = Project(
            start=date(2026, 11, 1), end=date(2027, 7, 31), activities=(Activity(name="งาน", months=months),)
        )
        return bool(list(months_outside_dates(project, CheckContext(today=date(2026, 11, 24)))))

    assert not found(10, 11, 12)
    assert found(10, 11)
    assert not found(7, 8, 9)
    assert found(8, 9)
