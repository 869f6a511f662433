"""Allocations, resolutions and strategic plans in other layouts than the template's."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from automation.errors import UnknownForm
from automation.forms.read_workbook import read_workbook
from automation.model import (
    Allocation,
    AllocationRow,
    Decision,
    Progress,
    Resolution,
    StrategicPlan,
    to_json,
)
from automation.office import sheets
from automation.office.opening import open_file
from tests.forms.excel_forms import CATALOGUE, KNOWN, read, rules
from tests.tests_place import SAMPLES

SINGLE = sorted((SAMPLES / "progress").glob("*.xlsx")) + sorted((SAMPLES / "other").glob("*.xlsx"))


def book_of(*rows: list[object]) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    return book


@pytest.mark.parametrize("path", SINGLE, ids=lambda path: path.stem)
def test_samples_are_read_as_a_careful_clerk_reads_them(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    content = open_file(path)
    assert isinstance(content, sheets.Workbook)
    reading = read_workbook(content, CATALOGUE, KNOWN)
    assert reading.form == expected["form"]
    assert to_json(reading.record) == expected["record"]
    assert not reading.faulty


def test_the_reports_of_a_year_add_up_to_its_totals() -> None:
    year = SAMPLES / "year2570"
    projects = {
        item["code"]: item for item in json.loads((year / "totals.json").read_text("utf-8"))["projects"]
    }
    seen = 0
    for path in sorted(year.glob("progress/*.xlsx")):
        content = open_file(path)
        assert isinstance(content, sheets.Workbook)
        record = read_workbook(content, CATALOGUE, KNOWN).record
        assert isinstance(record, Progress)
        assert record.round is not None
        quarter = str(record.round.number)
        for row in record.rows:
            project = projects[row.code or ""]
            assert record.bureau == project["bureau"]
            assert str(row.spent) == project["spent_cumulative"][quarter]
            assert row.stage == project["stage_by_quarter"][quarter]
            assert len(row.indicators) == project["indicators"]
            seen += 1
    assert seen == 4 * len(projects)


def test_an_allocation_in_millions_with_the_bureau_merged_over_its_projects(tmp_path: Path) -> None:
    book = book_of(
        ["บัญชีจัดสรรงบประมาณ ประจำปีงบประมาณ ๒๕๗๐"],
        ["หน่วยงาน", "งาน/โครงการ", "รหัส", "คำของบประมาณ", "งบประมาณที่ได้รับการจัดสรร (ล้านบาท)"],
        ["สำนักกฎหมาย", "โครงการจัดทำคู่มือ", "70-กม-01", "300,000 บาท", 0.24],
        [None, "งานให้ความเห็น", "70-กม-02", None, "-"],
        ["รวมสำนักกฎหมาย", None, None, None, 0.24],
    )
    book.active.merge_cells("A3:A4")
    reading = read(book, tmp_path)
    assert reading.record == Allocation(
        fiscal_year=2570,
        rows=(
            AllocationRow(
                code="70-กม-01",
                name="โครงการจัดทำคู่มือ",
                bureau="สำนักกฎหมาย",
                requested=Decimal("300000.00"),
                allocated=Decimal("240000.00"),
            ),
            AllocationRow(
                code="70-กม-02",
                name="งานให้ความเห็น",
                bureau="สำนักกฎหมาย",
                requested=Decimal("0.00"),
                allocated=Decimal("0.00"),
            ),
        ),
    )
    assert rules(reading) == []


def test_a_resolution_in_other_words(tmp_path: Path) -> None:
    book = book_of(
        ["สรุปมติที่ประชุมรายโครงการ"],
        ["ที่ประชุม : คณะกรรมการกลั่นกรองแผนงาน"],
        ["วันประชุม", None, dt.datetime(2569, 1, 20)],
        ["ที่", "ชื่อโครงการ", "ผลการพิจารณา", "ข้อสังเกต", "วงเงินที่เห็นชอบ (บาท)"],
        [1, "โครงการหนึ่ง", "เห็นชอบตามเสนอ", None, 1000],
        [2, "โครงการสอง", "เห็นชอบ โดยให้ปรับปรุง", "ลดวงเงิน", None],
        [3, "โครงการสาม", "ไม่เห็นชอบ", "-", 0],
    )
    reading = read(book, tmp_path)
    record = reading.record
    assert isinstance(record, Resolution)
    assert (record.body, record.date) == ("คณะกรรมการกลั่นกรองแผนงาน", dt.date(2026, 1, 20))
    assert [(row.decision, row.note, row.budget) for row in record.rows] == [
        (Decision.AGREE, None, Decimal("1000.00")),
        (Decision.REVISE, "ลดวงเงิน", None),
        (Decision.DROP, None, Decimal("0.00")),
    ]


def test_a_strategy_without_merges_and_with_repeated_cells(tmp_path: Path) -> None:
    book = book_of(
        [
            "ประเด็นที่",
            "ประเด็นยุทธศาสตร์",
            "เป้าประสงค์ที่",
            "เป้าประสงค์",
            "ตัวชี้วัด",
            "หน่วยนับ",
            "ค่าฐาน",
            "ปี 2570",
            "ปี ๒๕๗๑",
        ],
        [1, "ยกระดับงาน", "1.1", "สมาชิกพึงพอใจ", "ความพึงพอใจ", "ร้อยละ", 82, 84, "๘๕"],
        [1, "ยกระดับงาน", "1.1", "สมาชิกพึงพอใจ", "จำนวนเอกสาร", "เรื่อง", "-", 26, None],
        [1, "ยกระดับงาน", "1.2", "ประชาชนรับรู้", "การรับรู้", "ร้อยละ", 61.5, 65, 67],
        [2, "พัฒนาดิจิทัล", "2.1", "ข้อมูลทันสมัย", "ชุดข้อมูล", "ร้อยละ", 70, 75, 80],
    )
    second = book.create_sheet("กลยุทธ์")
    second.append(["ประเด็นที่", "ประเด็นยุทธศาสตร์", "กลยุทธ์ที่", "กลยุทธ์", "หน่วยงานเจ้าภาพ"])
    second.append([1, "ยกระดับงาน", "1.1", "พัฒนามาตรฐาน", "สำนักวิชาการ และสำนักกฎหมาย"])
    second.append([2, "พัฒนาดิจิทัล", "2.1", "พัฒนาระบบ", "สำนักวิชาการ"])
    second.append([1, "ยกระดับงาน", "1.2", "รับฟังประชาชน", None])
    third = book.create_sheet("ทิศทาง")
    third.append(["วิสัยทัศน์", "องค์กรธรรมาภิบาล"])
    third.append(["พันธกิจ", "๑. สนับสนุนงานนิติบัญญัติ"])
    third.append([None, "๒. พัฒนาบุคลากร"])
    third.append(["ปีเริ่มต้น", "พ.ศ. ๒๕๗๐"])
    reading = read(book, tmp_path)
    plan = reading.record
    assert isinstance(plan, StrategicPlan)
    assert (plan.first_year, plan.vision) == (2570, "องค์กรธรรมาภิบาล")
    assert plan.missions == ("สนับสนุนงานนิติบัญญัติ", "พัฒนาบุคลากร")
    assert [(issue.no, issue.name, len(issue.goals)) for issue in plan.issues] == [
        ("1", "ยกระดับงาน", 2),
        ("2", "พัฒนาดิจิทัล", 1),
    ]
    first, second_indicator = plan.issues[0].goals[0].indicators
    assert (first.baseline, first.targets) == ("82", {2570: "84", 2571: "๘๕"})
    assert (second_indicator.baseline, second_indicator.targets) == (None, {2570: "26"})
    assert [item.no for item in plan.issues[0].strategies] == ["1.1", "1.2"]
    assert plan.issues[0].strategies[0].hosts == ("สำนักวิชาการ", "สำนักกฎหมาย")
    assert plan.issues[0].strategies[1].hosts == ()


def test_strategies_beside_the_goals_of_their_issue(tmp_path: Path) -> None:
    heads = ["ประเด็นยุทธศาสตร์", "เป้าประสงค์", "ตัวชี้วัด", "หน่วยนับ", "กลยุทธ์", "หน่วยงานหลัก"]
    book = book_of(
        ["แผนยุทธศาสตร์ทดสอบ พ.ศ. 2570 - 2572"],
        ["พันธกิจ ข้อ 1", "ก่อ"],
        ["พันธกิจ ข้อ 2", "ต่อ"],
        ["ค่านิยม", "ตรง, ไว"],
        [],
        list(heads),
        ["1. หนึ่ง", "1.1 พอใจ", "ร้อยละผู้พอใจ", "ร้อยละ", "1.1.1 ยกระดับ", "สำนักการประชุม และ สำนักการพิมพ์"],
        [None, None, "จำนวนเรื่อง", "เรื่อง", "1.1.2 พัฒนา", "สำนักวิชาการ"],
    )
    record = read(book, tmp_path).record
    assert isinstance(record, StrategicPlan)
    assert (record.missions, record.values) == (("ก่อ", "ต่อ"), ("ตรง", "ไว"))
    (issue,) = record.issues
    assert [len(goal.indicators) for goal in issue.goals] == [2]
    assert [(item.no, item.hosts) for item in issue.strategies] == [
        ("1.1.1", ("สำนักการประชุม", "สำนักการพิมพ์")),
        ("1.1.2", ("สำนักวิชาการ",)),
    ]


def test_a_goal_announced_above_the_table_of_its_indicators(tmp_path: Path) -> None:
    book = book_of(
        ["ประเด็นยุทธศาสตร์ที่ ๑ หนึ่ง"],
        ["เป้าประสงค์ที่ ๑.๑ พอใจ"],
        ["ตัวชี้วัด", "หน่วย", "ฐาน", "ปี ๒๕๗๑", "เจ้าภาพตัวชี้วัด"],
        ["ร้อยละผู้พอใจ", "ร้อยละ", "๘๐", "๘๓", "สำนักการประชุม"],
        ["กลยุทธ์ที่", "ชื่อกลยุทธ์", "สำนักเจ้าภาพ"],
        ["๑.๑.๑", "ยกระดับ", "สำนักการพิมพ์"],
    )
    record = read(book, tmp_path).record
    assert isinstance(record, StrategicPlan)
    (issue,) = record.issues
    (goal,) = issue.goals
    assert (goal.name, [item.name for item in goal.indicators]) == ("พอใจ", ["ร้อยละผู้พอใจ"])
    assert [item.name for item in issue.strategies] == ["ยกระดับ"]


def test_a_bureau_with_the_sums_of_its_projects(tmp_path: Path) -> None:
    book = book_of(
        ["บัญชีจัดสรรงบประมาณ ปีงบประมาณ 2570"],
        ["ที่", "รหัสโครงการ", "สำนัก / โครงการ", "คำขอ", "ได้รับจัดสรร"],
        [None, None, "สำนักวิชาการ", 300, 200],
        [1, "70-วช-01", "โครงการหนึ่ง", 300, 200],
        [None, None, "สำนักการพิมพ์", 100, 100],
        [2, "70-กพ-01", "โครงการสอง", 100, 100],
    )
    record = read(book, tmp_path).record
    assert isinstance(record, Allocation)
    assert [row.bureau for row in record.rows] == ["สำนักวิชาการ", "สำนักการพิมพ์"]


def test_a_resolution_without_its_decisions_is_no_form(tmp_path: Path) -> None:
    book = book_of(["สรุปมติที่ประชุม"], ["ลำดับ", "รหัสโครงการ", "ชื่อโครงการ"], [1, "70-กม-01", "ก"])
    with pytest.raises(UnknownForm, match="«มติ»"):
        read(book, tmp_path)


def test_decisions_that_bands_tell(tmp_path: Path) -> None:
    """A resolution without a column of decisions: lines among its rows say what was decided below them."""
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["มติคณะกรรมการกลั่นกรองโครงการ เมื่อวันที่ 15 มีนาคม 2570"],
        ["ที่", "รหัส", "โครงการ", "งบประมาณ"],
        ["๑. โครงการที่เห็นชอบ"],
        [1, "70-กม-01", "โครงการหนึ่ง", 500],
        ["๒. โครงการที่ไม่เห็นชอบ"],
        [2, "70-กม-02", "โครงการสอง", 0],
    ):
        page.append(row)
    record = read(book, tmp_path).record
    assert isinstance(record, Resolution)
    assert [str(row.decision) for row in record.rows] == ["agree", "drop"]


def test_a_sheet_a_bureau(tmp_path: Path) -> None:
    book = Workbook()
    for name in ("สำนักกฎหมาย", "สำนักวิชาการ"):
        page = book.create_sheet(name)
        page.append(["บัญชีจัดสรรงบประมาณ ปีงบประมาณ พ.ศ. 2570"])
        page.append(["รหัส", "โครงการ", "เสนอขอ", "ได้รับจัดสรร"])
        page.append([f"70-{name[5:7]}-01", f"โครงการของ{name}", 500, 400])
    record = read(book, tmp_path).record
    assert isinstance(record, Allocation)
    assert [row.bureau for row in record.rows] == ["สำนักกฎหมาย", "สำนักวิชาการ"]
