"""What hands do in workbooks: cards, side sheets, legends, ditto marks, several things in one cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from automation.model import Pace, Stage, StrategicPlan
from tests.forms.excel_forms import progress, read
from tests.forms.test_forms_workbook_rearranged import PROJECTS, money, report


def test_indicators_on_a_sheet_that_calls_projects_by_number(tmp_path: Path) -> None:
    book, page = report(("ลำดับ", "รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "สถานะ"))
    side = book.create_sheet("ตัวชี้วัด")
    side.append(("ลำดับโครงการ", "ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", "ผล"))
    for number, (code, name, allocated, first, second) in enumerate(PROJECTS, start=1):
        page.append((number, code, name, allocated, first + second, "อยู่ระหว่างดำเนินการ"))
        side.append((number, f"จำนวนเล่มที่ {number}", "เล่ม", 10, number))
    side.append((3, "ร้อยละความพึงพอใจ", "ร้อยละ", 80, 70))
    rows = progress(read(book, tmp_path)).rows
    assert [[one.result for one in row.indicators] for row in rows] == [["1"], ["2"], ["3", "70"]]


def test_money_and_work_on_two_sheets_are_one_report(tmp_path: Path) -> None:
    book, page = report(("รหัส", "โครงการ", "สถานะ", "ผลการดำเนินงาน"))
    other = book.create_sheet("การเงิน")
    other.append(("รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "คงเหลือ"))
    for code, name, allocated, first, second in PROJECTS:
        page.append((code, name, "แล้วเสร็จ", "จัดทำเสร็จตามแผน"))
        other.append((code, name, allocated, first + second, allocated - first - second))
    rows = progress(read(book, tmp_path)).rows
    assert [row.code for row in rows] == [code for code, *_ in PROJECTS]
    assert [row.spent for row in rows] == money(400, 250, 40)
    assert {row.stage for row in rows} == {Stage.DONE}


def test_signs_of_a_stage_that_a_line_explains(tmp_path: Path) -> None:
    book, page = report(("รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "สถานะ"))
    for sign, (code, name, allocated, first, second) in enumerate(PROJECTS, start=1):
        page.append((code, name, allocated, first + second, sign))
    page.append([])
    page.append((None, "คำอธิบาย : 1 = ยังไม่ดำเนินการ  2 = อยู่ระหว่างดำเนินการ  3 = แล้วเสร็จ"))
    rows = progress(read(book, tmp_path)).rows
    assert [row.stage for row in rows] == [Stage.NOT_STARTED, Stage.ONGOING, Stage.DONE]


def test_problem_and_suggestion_named_in_one_cell(tmp_path: Path) -> None:
    book, page = report(("รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "สถานะ", "ปัญหา"))
    for code, name, allocated, first, second in PROJECTS:
        text = "ปัญหา: คนน้อย\nข้อเสนอแนะ: ขอเพิ่มคน"
        page.append((code, name, allocated, first + second, "อยู่ระหว่างดำเนินการ", text))
    rows = progress(read(book, tmp_path)).rows
    assert {(row.problems, row.suggestions) for row in rows} == {("คนน้อย", "ขอเพิ่มคน")}


@pytest.mark.parametrize("text", ["{0} {1}", "({0}) {1}", "{0} : {1}", "{1} ({0})", "{0}\n{1}"])
def test_code_and_name_in_one_column(text: str, tmp_path: Path) -> None:
    book, page = report(("ที่", "รหัส/โครงการ", "งบประมาณ", "เบิกจ่าย", "สถานะ"))
    for number, (code, name, allocated, first, second) in enumerate(PROJECTS, start=1):
        page.append((number, text.format(code, name), allocated, first + second, "แล้วเสร็จ"))
    rows = progress(read(book, tmp_path)).rows
    assert [(row.code, row.name) for row in rows] == [(code, name) for code, name, *_ in PROJECTS]


def test_bands_with_the_sums_of_the_rows_below_are_no_projects(tmp_path: Path) -> None:
    book, page = report(("ที่", "รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "สถานะ"))
    page.append((None, None, "ภารกิจแรก", 1500, 650))
    for number, (code, name, allocated, first, second) in enumerate(PROJECTS, start=1):
        if number == 3:
            page.append((None, None, "ภารกิจที่สอง", 800, 40))
        page.append((number, code, name, allocated, first + second, "แล้วเสร็จ"))
    page.append((None, None, "รวม", 2300, 690))
    reading = read(book, tmp_path)
    assert [row.code for row in progress(reading).rows] == [code for code, *_ in PROJECTS]
    assert not [one for one in reading.unread if "ภารกิจ" in one.text]


def test_cards_below_one_another_with_ticks_in_brackets(tmp_path: Path) -> None:
    book, page = report()
    for code, name, allocated, first, second in PROJECTS:
        page.append(("โครงการ", name, "รหัสโครงการ", code, "ผู้รับผิดชอบ", "กลุ่มงานกลาง"))
        page.append(("งบอนุมัติ", f"{allocated:,}.-", "ใช้ไปทั้งหมด", f"{first + second:,}.-", "ทำได้แล้ว", "60 %"))
        page.append(("สถานภาพ", "(   ) ยังไม่ทำ  ( / ) กำลังทำ  (   ) เสร็จแล้ว"))
        page.append(("ความทันเวลา", "(   ) ทันตามแผน  (   ) ต้องเร่ง  ( / ) ช้ากว่าแผน"))
        page.append(("ตัวชี้วัด", "เกณฑ์", "ทำได้", "หน่วย", "ผ่าน/ไม่ผ่าน"))
        page.append(("จำนวนเล่ม", 10, 4, "เล่ม", "ไม่ผ่าน"))
        page.append(("ผลที่ได้", "ยกร่างแล้ว"))
        page.append([])
    reading = read(book, tmp_path)
    rows = progress(reading).rows
    assert [row.code for row in rows] == [code for code, *_ in PROJECTS]
    assert [row.allocated for row in rows] == money(1000, 500, 800)
    assert {(row.stage, row.pace, row.progress) for row in rows} == {
        (Stage.ONGOING, Pace.LATE, Decimal("60.00"))
    }
    assert {row.summary for row in rows} == {"ยกร่างแล้ว"}
    assert [[(one.target, one.result) for one in row.indicators] for row in rows] == [[("10", "4")]] * 3
    assert len([one for one in reading.unread if one.text == "กลุ่มงานกลาง"]) == 3


def test_boxes_of_which_none_is_ticked_say_nothing(tmp_path: Path) -> None:
    book, page = report(("รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "สถานะ", "เทียบแผน"))
    for code, name, allocated, first, second in PROJECTS:
        page.append((code, name, allocated, first + second, "แล้วเสร็จ", "(  ) ตามแผน (  ) ล่าช้า"))
    reading = read(book, tmp_path)
    assert {row.pace for row in progress(reading).rows} == {None}
    assert "value-unreadable" not in {finding.rule for finding in reading.findings}


def test_rules_of_characters_and_ditto_marks(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["บัญชีจัดสรรงบประมาณ ประจำปีงบประมาณ 2570"],
        ["====", "======", "=======", "======", "======"],
        ["รหัส", "รายการ", "สำนัก", "ขอไป", "จัดให้"],
        ["----", "------", "-------", "------", "------"],
        ["70-กม-01", "โครงการหนึ่ง", "สำนักกฎหมาย", 500, 400],
        ["70-กม-02", "โครงการสอง", '"', 300, 200],
    ):
        page.append(row)
    reading = read(book, tmp_path)
    rows = reading.record.rows  # type: ignore[union-attr]
    assert [row.bureau for row in rows] == ["สำนักกฎหมาย"] * 2  # type: ignore[union-attr]
    assert not [one for one in reading.unread if "=" in one.text]


def test_a_percent_sign_in_quotes_is_only_printed(tmp_path: Path) -> None:
    book, page = report(("รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "ร้อยละเบิกจ่าย", "สถานะ"))
    for code, name, allocated, first, second in PROJECTS:
        share = 100 * (first + second) / allocated
        page.append((code, name, allocated, first + second, share, "แล้วเสร็จ"))
        page.cell(page.max_row, 5).number_format = '0.00"%"'
    assert [row.spent_percent for row in progress(read(book, tmp_path)).rows] == money(40, 50, 5)


def test_notes_at_cells_are_listed(tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    book, page = report(("รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "สถานะ"))
    page.append((*PROJECTS[0][:3], 400, "แล้วเสร็จ"))
    page["D6"].comment = Comment("รอการคลังยืนยัน", "ผู้ตรวจ")
    assert "รอการคลังยืนยัน" in {one.text for one in read(book, tmp_path).unread}


def plan(*rows: tuple[object, ...]) -> Workbook:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["แผนยุทธศาสตร์สำนักงานเลขาธิการวุฒิสภา พ.ศ. 2570 - 2571"])
    for row in rows:
        page.append(row)
    return book


@pytest.mark.parametrize("apart", [False, True])
def test_a_plan_in_outline(apart: bool, tmp_path: Path) -> None:
    """The lists in one column, announced with their names in the same cell or in the next."""
    head = ("รายการ", "หน่วยนับ", "ข้อมูลฐาน", "เป้าหมายปี 2570", "เป้าหมายปี 2571", "ผู้รับผิดชอบ")
    lines = [("ประเด็นยุทธศาสตร์ที่ 1", "พัฒนางาน"), ("เป้าประสงค์ที่ 1.1", "งานทันสมัย")]
    announced = [line if apart else (" ".join(line),) for line in lines]
    book = plan(
        head,
        *announced,
        ("ตัวชี้วัดที่ 1 ร้อยละระบบที่ใช้ได้", "ร้อยละ", 80, 85, 90, "สำนักวิชาการ"),
        ("กลยุทธ์ที่ 1.1 เชื่อมข้อมูล (เจ้าภาพ: สำนักวิชาการ / สำนักกฎหมาย)",),
    )
    record = read(book, tmp_path).record
    assert isinstance(record, StrategicPlan)
    (issue,) = record.issues
    assert (issue.no, issue.name) == ("1", "พัฒนางาน")
    assert [one.name for goal in issue.goals for one in goal.indicators] == ["ร้อยละระบบที่ใช้ได้"]
    assert [(one.name, one.hosts) for one in issue.strategies] == [("เชื่อมข้อมูล", ("สำนักวิชาการ", "สำนักกฎหมาย"))]


def test_activities_numbered_below_their_project_are_unread(tmp_path: Path) -> None:
    book, page = report(("ที่", "รหัส", "โครงการ/กิจกรรม", "งบประมาณ", "เบิกจ่าย", "สถานะ"))
    for number, (code, name, allocated, first, second) in enumerate(PROJECTS, start=1):
        page.append((number, code, name, allocated, first + second, "แล้วเสร็จ"))
        page.append((f"{number}.1", None, "ประชุมคณะทำงาน", allocated // 2, first))
    reading = read(book, tmp_path)
    assert [row.code for row in progress(reading).rows] == [code for code, *_ in PROJECTS]
    assert len([one for one in reading.unread if "ประชุมคณะทำงาน" in one.text]) == 3


def test_columns_of_the_round_beside_those_to_date(tmp_path: Path) -> None:
    head = ("รหัส", "โครงการ", "งบประมาณ", "ไตรมาสที่ 2", None, "สะสม", None, "สถานะ")
    book, page = report(head, (None, None, None, "ผลงาน", "เบิกจ่าย", "ผลงาน", "เบิกจ่าย"))
    for merge in ("D5:E5", "F5:G5"):
        page.merge_cells(merge)
    for code, name, allocated, first, second in PROJECTS:
        page.append((code, name, allocated, 2, second, 5, first + second, "แล้วเสร็จ"))
    rows = progress(read(book, tmp_path)).rows
    assert [row.spent_round for row in rows] == money(300, 200, 30)
    assert [row.spent for row in rows] == money(400, 250, 40)
    assert [[one.result for one in row.indicators] for row in rows] == [["5"]] * 3


def test_stages_that_bands_tell(tmp_path: Path) -> None:
    book, page = report(("ที่", "รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย"))
    for number, (code, name, allocated, first, second) in enumerate(PROJECTS, start=1):
        if number != 2:
            page.append(("โครงการที่แล้วเสร็จ" if number == 1 else "โครงการที่อยู่ระหว่างดำเนินการ",))
        page.append((number, code, name, allocated, first + second))
    rows = progress(read(book, tmp_path)).rows
    assert [row.stage for row in rows] == [Stage.DONE, Stage.DONE, Stage.ONGOING]


def test_columns_that_say_the_same_in_every_row(tmp_path: Path) -> None:
    """The answers of a web form: no title, but the year, the round and the reporter in each row."""
    book = Workbook()
    page = book.active
    assert page is not None
    head = ("สำนัก", "ปีงบประมาณ", "รอบที่รายงาน", "ชื่อผู้รายงาน", "รหัสโครงการ", "ชื่อโครงการ")
    page.append((*head, "งบประมาณ", "เบิกจ่าย", "สถานะ"))
    for code, name, allocated, first, second in PROJECTS:
        front = ("สำนักกฎหมาย", "2570", "ไตรมาสที่ 2", "นายสมชาย ใจดี")
        page.append((*front, code, name, allocated, first + second, "แล้วเสร็จ"))
    record = progress(read(book, tmp_path))
    assert (record.fiscal_year, record.bureau, record.reporter) == (2570, "สำนักกฎหมาย", "นายสมชาย ใจดี")
    assert record.round is not None
    assert record.round.number == 2
    assert len(record.rows) == 3
