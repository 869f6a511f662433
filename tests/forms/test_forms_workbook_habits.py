"""Habits of offices beyond the printed form: tick columns, lines in one cell, codes in names, labels."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from automation.model import IndicatorResult, Pace, Round, RoundKind, Stage
from tests.forms.excel_forms import (
    ADVICE,
    HEADINGS,
    LAW,
    ReportSheet,
    progress,
    read,
    report,
    rules,
    unread,
)


def replaced(**by: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """The printed headings with some columns replaced by others."""
    return [pair for name, text in HEADINGS for pair in by.get(name, ((name, text),))]


def one(tmp_path: Path, row: dict[str, Any], **shape: Any) -> Any:
    """The only row of a report with this row, and its findings."""
    reading = read(report(lambda page: page.add(row) and None, **shape), tmp_path)
    (found,) = progress(reading).rows
    return found, rules(reading)


def test_a_column_a_stage_with_marks(tmp_path: Path) -> None:
    headings = replaced(
        stage=(
            ("done", "สถานะ>ดำเนินการแล้วเสร็จ"),
            ("ongoing", "สถานะ>อยู่ระหว่างดำเนินการ"),
            ("not_started", "สถานะ>ยังไม่ดำเนินการ"),
        ),
        pace=(("on_plan", "ผลเทียบแผน>เป็นไปตามแผน"), ("late", "ผลเทียบแผน>ไม่เป็นไปตามแผน")),
    )

    def fill(page: ReportSheet) -> None:
        page.add({**LAW, "done": "/"}, {**ADVICE, "ongoing": "✓", "late": "þ"})
        page.add({**ADVICE, "seq": 3, "code": "70-กม-03", "not_started": "เริ่มปีหน้า"})

    reading = read(report(fill, headings=headings), tmp_path)
    rows = progress(reading).rows
    assert [row.stage for row in rows] == [Stage.DONE, Stage.ONGOING, None]
    assert [row.pace for row in rows] == [None, Pace.LATE, None]
    assert rules(reading) == [("error", "value-unreadable", "รายงานผล!M9")]


def test_indicators_line_by_line_in_one_cell(tmp_path: Path) -> None:
    row, told = one(
        tmp_path,
        {
            **LAW,
            "indicator": "1. จำนวนคู่มือ\nที่จัดพิมพ์\n2. ร้อยละความพึงพอใจ",
            "unit": "เล่ม\nร้อยละ",
            "target": "๑) ๔\n๒) ๘๐",
            "result": "2\n90.5",
            "percent": None,
        },
    )
    assert row.indicators == (
        IndicatorResult(name="จำนวนคู่มือ ที่จัดพิมพ์", unit="เล่ม", target="๔", result="2"),
        IndicatorResult(name="ร้อยละความพึงพอใจ", unit="ร้อยละ", target="๘๐", result="90.5"),
    )
    assert row.allocated == Decimal("240000.00")
    assert told == []


def test_a_name_broken_into_lines_is_one_indicator(tmp_path: Path) -> None:
    row, _ = one(tmp_path, {**LAW, "indicator": "จำนวนคู่มือ\nที่จัดพิมพ์"})
    assert [item.name for item in row.indicators] == ["จำนวนคู่มือ ที่จัดพิมพ์"]


def test_a_code_typed_before_the_name(tmp_path: Path) -> None:
    row, _ = one(tmp_path, {**LAW, "name": "๗๐-กม-๐๑ โครงการจัดทำคู่มือ"}, headings=replaced(code=()))
    assert (row.code, row.name) == ("70-กม-01", "โครงการจัดทำคู่มือ")


def test_words_instead_of_an_end_date_are_no_error(tmp_path: Path) -> None:
    row, told = one(tmp_path, {**LAW, "end": "อยู่ระหว่างดำเนินการ"})
    assert (row.end, told) == (None, [])


def test_bare_serial_numbers_in_a_date_column(tmp_path: Path) -> None:
    row, told = one(tmp_path, {**LAW, "start": 46299, "end": 244626})
    assert (row.start, row.end) == (dt.date(2026, 10, 4), dt.date(2026, 10, 4))
    assert told == [("note", "date-year-doubtful", "รายงานผล!J7")]


def test_labels_and_values_in_neighbouring_cells(tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        sheet = page.sheet
        sheet["A1"], sheet["B1"] = "ปีงบประมาณ", 2570
        sheet["A2"], sheet["B2"] = "ไตรมาสที่", 3
        sheet["A3"] = "เรียน ผู้อำนวยการสำนักวิชาการ"
        sheet["A4"] = "สำนักกฎหมาย"
        page.add(LAW)

    record = progress(read(report(fill, title=()), tmp_path))
    assert (record.fiscal_year, record.round) == (2570, Round(kind=RoundKind.QUARTER, number=3))
    assert record.bureau == "สำนักกฎหมาย"


def test_year_from_the_months_and_round_from_the_sheet_name(tmp_path: Path) -> None:
    months = progress(
        read(report(lambda page: page.add(LAW) and None, title=("ไตรมาสที่ 1 (ต.ค. - ธ.ค. 2569)",)), tmp_path)
    )
    assert months.fiscal_year == 2570
    book = report(lambda page: page.add(LAW) and None, title=("รายงานผล ปีงบ ๗๐",))
    book["รายงานผล"].title = "ไตรมาส 4"
    named = progress(read(book, tmp_path))
    assert (named.fiscal_year, named.round) == (2570, Round(kind=RoundKind.QUARTER, number=4))


@pytest.mark.parametrize("unit", ["หน่วย ล้านบาท", "(ล้านบาท)", "หน่วยเงิน: ล้านบาท", "จำนวนเงินทุกช่องเป็นล้านบาท"])
def test_a_unit_beside_the_table(unit: str, tmp_path: Path) -> None:
    headings = [(name, text.replace(" (บาท)", "")) for name, text in HEADINGS]
    reading = read(
        report(lambda page: page.add({**LAW, "allocated": 2.5}) and None, headings=headings, title=(unit,)),
        tmp_path,
    )
    assert progress(reading).rows[0].allocated == Decimal("2500000.00")
    assert unread(reading) == {}


def test_a_bare_percentage_speaks_of_the_column_to_its_left(tmp_path: Path) -> None:
    headings = [
        (name, "ร้อยละ" if name in ("percent", "spent_percent") else text.rpartition(">")[2])
        for name, text in HEADINGS
        if name not in ("start", "end")
    ]
    row, told = one(tmp_path, dict(LAW), headings=headings)
    assert row.indicators[0].percent == Decimal("50.00")
    assert (row.spent_percent, row.progress) == (Decimal("41.67"), Decimal("50.00"))
    assert told == []


@pytest.mark.parametrize(
    "block",
    [
        ("ลงชื่อ ........ ผู้รายงาน", "(นายสมมุติ เที่ยงธรรม)"),
        ("ลงชื่อ", "(นายสมมุติ เที่ยงธรรม)", "ผู้รายงาน"),
        ("(ลงชื่อ) นายสมมุติ เที่ยงธรรม ผู้รายงาน",),
        ("ลงชื่อ ..........", "(นายสมมุติ เที่ยงธรรม)", "ตำแหน่ง นิติกร", "ผู้อำนวยการ"),
    ],
)
def test_signature_blocks(block: tuple[str, ...], tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        page.add(LAW, None, *({"stage": line} for line in block))

    reporter = progress(read(report(fill), tmp_path)).reporter
    assert reporter == ("นายสมมุติ เที่ยงธรรม" if any("ผู้รายงาน" in line for line in block) else None)


def test_a_total_typed_as_text_explains_itself(tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        page.add(LAW, ADVICE, {"name": "รวม", "allocated": "480,000", "spent": "200,000.00 บาท"})

    assert unread(read(report(fill), tmp_path)) == {}


def test_problems_and_suggestions_in_one_column(tmp_path: Path) -> None:
    headings = replaced(problems=(("problems", "ปัญหา/อุปสรรค และข้อเสนอแนะ"),), suggestions=())
    row, _ = one(tmp_path, {**LAW, "problems": "คนน้อย"}, headings=headings)
    assert (row.problems, row.suggestions) == ("คนน้อย", None)


def test_planned_dates_and_planned_spending_are_not_the_actual_ones(tmp_path: Path) -> None:
    headings = replaced(
        start=(("from", "ระยะเวลาตามแผน>เริ่มต้น"), ("to", "ระยะเวลาตามแผน>สิ้นสุด")),
        end=(),
        spent_round=(("planned", "แผนการเบิกจ่าย>สะสม"),),
    )
    planned = {**LAW, "from": "1 ต.ค. 2569", "to": "30 ก.ย. 2570", "planned": 120000}
    row, _ = one(tmp_path, planned, headings=headings)
    assert (row.start, row.end, row.spent_round) == (None, None, None)
    assert row.spent == Decimal("100000.00")


def test_a_column_of_other_bureaus_stays_unread(tmp_path: Path) -> None:
    headings = [*HEADINGS, ("bureau", "หน่วยงาน")]
    rows = {**LAW, "bureau": "สำนักวิชาการ"}
    reading = read(report(lambda page: page.add(rows) and None, headings=headings), tmp_path)
    assert progress(reading).bureau == "สำนักกฎหมาย"
    assert unread(reading) == {"รายงานผล!V7": "สำนักวิชาการ"}


def test_a_column_of_bureaus_names_the_bureau(tmp_path: Path) -> None:
    headings = [*HEADINGS, ("bureau", "หน่วยงาน")]
    reading = read(
        report(lambda page: page.add({**LAW, "bureau": "สำนักวิชาการ"}) and None, headings=headings, title=()),
        tmp_path,
    )
    assert progress(reading).bureau == "สำนักวิชาการ"


def test_a_worked_example_row_is_not_a_project(tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        page.add({**LAW, "seq": "ตัวอย่าง", "code": "70-XX-00"}, ADVICE)

    reading = read(report(fill), tmp_path)
    assert [row.code for row in progress(reading).rows] == ["70-กม-02"]
    assert "70-XX-00" in unread(reading)["รายงานผล!A7"]


def test_a_row_of_figures_without_a_project_is_asked_back(tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        page.add(None, {"allocated": 5000, "spent": 100}, LAW)

    reading = read(report(fill), tmp_path)
    assert [row.code for row in progress(reading).rows] == ["70-กม-01"]
    assert rules(reading) == [("error", "required-missing", "รายงานผล!N8")]
    assert unread(reading) == {"รายงานผล!N8": "5000", "รายงานผล!P8": "100"}


def test_a_slip_of_the_pen_in_a_heading(tmp_path: Path) -> None:
    headings = [(name, text.replace("สรุปผลการดำเนินงาน", "สรุปผลการดำเนนงาน")) for name, text in HEADINGS]
    row, told = one(tmp_path, dict(LAW), headings=headings)
    assert (row.summary, told) == (LAW["summary"], [])


def test_shares_kept_as_text_are_read_by_their_quotient(tmp_path: Path) -> None:
    row, told = one(tmp_path, {**LAW, "spent_percent": "0.4166666666666667", "percent": "0.5"})
    assert (row.spent_percent, row.indicators[0].percent) == (Decimal("41.67"), Decimal("50.00"))
    assert told == []


def test_a_year_that_nobody_can_mean_is_asked_back(tmp_path: Path) -> None:
    row, told = one(tmp_path, {**LAW, "start": "๔ ต.ค. ๒๗๕๐"})
    assert row.start is None
    assert [rule for _, rule, _ in told] == ["date-year-doubtful"]


def test_a_sum_of_the_quarter_is_no_spending_to_date(tmp_path: Path) -> None:
    headings = replaced(spent_round=(("spent_round", "รวมจ่ายในไตรมาสนี้"),), spent=(("spent", "รวมจ่ายทั้งสิ้น"),))
    row, _ = one(tmp_path, dict(LAW), headings=headings)
    assert (row.spent_round, row.spent) == (60000, 100000)


def test_a_bare_result_without_indicators_is_what_the_money_proves(tmp_path: Path) -> None:
    without = {name: () for name in ("indicator", "unit", "target", "result", "percent", "spent_percent")}
    headings = replaced(**without, spent_round=(("plan", "รวม>แผน"),), spent=(("spent", "รวม>ผล"),))
    book = report(
        lambda page: (
            page.add({**LAW, "plan": 90000}, {**ADVICE, "allocated": 9000, "spent": 2000, "remaining": 7000})
            and None
        ),
        headings=headings,
    )
    rows = progress(read(book, tmp_path)).rows
    assert [row.spent for row in rows] == [100000, 2000]
    assert [row.indicators for row in rows] == [(), ()]
