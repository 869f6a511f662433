"""Reports in which a project takes several rows, a column is one period, or a heading says nothing known."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.excel_forms import progress, read

TITLE = ("แบบรายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2570", "ไตรมาสที่ 2", "สำนักกฎหมาย")
PROJECTS = (
    ("70-กม-01", "โครงการจัดทำคู่มือ", 1000, 100, 300),
    ("70-กม-02", "งานให้ความเห็น", 500, 50, 200),
    ("70-กม-03", "โครงการเสวนา", 800, 10, 30),
)
"""Code, name, allocated, spent in the first and in the second quarter."""


def report(*rows: tuple[Any, ...]) -> tuple[Workbook, Worksheet]:
    """A report with its title in rows 1 to 3 and its table from row 5 on."""
    book = Workbook()
    page = book.active
    assert page is not None
    for line in TITLE:
        page.append([line])
    page.append([])
    for row in rows:
        page.append(row)
    return book, page


def money(*amounts: float) -> list[Decimal]:
    return [Decimal(amount).quantize(Decimal("0.01")) for amount in amounts]


@pytest.mark.parametrize("words", [("แผน", "ผล"), ("เป้าหมาย", "ผลงาน"), ("Plan", "Actual")])
def test_a_row_of_the_plan_and_a_row_of_the_result(words: tuple[str, str], tmp_path: Path) -> None:
    head = ("รหัส", "โครงการ", "ตัวชี้วัด", "แผน/ผล", "ค่าตัวชี้วัด", "งบประมาณ", "วันเริ่ม", "สถานะ")
    book, page = report(head)
    for code, name, allocated, first, second in PROJECTS:
        page.append((code, name, "จำนวนเล่ม", words[0], 10, allocated, "1 ต.ค. 2569", "อยู่ระหว่างดำเนินการ"))
        page.append((None, None, None, words[1], 4, first + second, "5 พ.ย. 2569"))
    reading = read(book, tmp_path)
    rows = progress(reading).rows
    assert [row.code for row in rows] == [code for code, *_ in PROJECTS]
    assert [row.allocated for row in rows] == money(1000, 500, 800)
    assert [row.spent for row in rows] == money(400, 250, 40)
    assert [[(one.target, one.result) for one in row.indicators] for row in rows] == [[("10", "4")]] * 3
    assert {str(row.start) for row in rows} == {"2026-11-05"}
    assert reading.evidence["rows.1.spent"].ref == "Sheet!F9"
    assert [one.text for one in reading.unread if "ต.ค." in one.text]


def by_quarter(*quarters: str) -> tuple[Workbook, Worksheet]:
    head = ("รหัส", "โครงการ", "งบประมาณที่ได้รับจัดสรร", "การเบิกจ่าย", None, None, None, "สถานะ")
    book, page = report(head, (None, None, None, *quarters))
    page.merge_cells("D5:G5")
    for code, name, allocated, first, second in PROJECTS:
        page.append((code, name, allocated, first, second, None, None, "อยู่ระหว่างดำเนินการ"))
    return book, page


@pytest.mark.parametrize("quarter", ["ไตรมาส {}", "ไตรมาสที่ {} (บาท)", "Q{}"])
def test_spending_by_quarter_adds_up_to_the_end_of_the_round(quarter: str, tmp_path: Path) -> None:
    book, _ = by_quarter(*map(quarter.format, range(1, 5)))
    rows = progress(read(book, tmp_path)).rows
    assert [row.spent_round for row in rows] == money(300, 200, 30)
    assert [row.spent for row in rows] == money(400, 250, 40)


def test_spending_after_the_round_is_unread(tmp_path: Path) -> None:
    book, page = by_quarter("ไตรมาส 1", "ไตรมาส 2", "ไตรมาส 3", "ไตรมาส 4")
    page["F7"] = 77
    reading = read(book, tmp_path)
    assert progress(reading).rows[0].spent == Decimal("400.00")
    assert [one.ref for one in reading.unread if one.text == "77"] == ["Sheet!F7"]


def test_a_quarter_that_cannot_be_read_leaves_the_sum_unknown(tmp_path: Path) -> None:
    book, page = by_quarter("ไตรมาส 1", "ไตรมาส 2", "ไตรมาส 3", "ไตรมาส 4")
    page["D7"] = "ประมาณร้อย"
    reading = read(book, tmp_path)
    assert progress(reading).rows[0].spent is None
    assert "value-unreadable" in {finding.rule for finding in reading.findings}


def test_plan_and_result_of_each_quarter(tmp_path: Path) -> None:
    """Three levels of headings: only the results count."""
    head = ("รหัส", "โครงการ", "งบจัดสรร", "แผน/ผลการเบิกจ่าย", None, None, None, "สถานะ")
    book, page = report(
        head, (None, None, None, "ไตรมาส 1", None, "ไตรมาส 2"), (None, None, None, "แผน", "ผล", "แผน", "ผล")
    )
    for merge in ("D5:G5", "D6:E6", "F6:G6"):
        page.merge_cells(merge)
    for code, name, allocated, first, second in PROJECTS:
        page.append((code, name, allocated, 999, first, 999, second, "อยู่ระหว่างดำเนินการ"))
    rows = progress(read(book, tmp_path)).rows
    assert [row.spent for row in rows] == money(400, 250, 40)


def test_an_indicator_in_a_row_below_its_project(tmp_path: Path) -> None:
    head = ("รหัส", "โครงการ/ตัวชี้วัด", "หน่วยนับ", "เป้าหมาย", "ผล", "งบประมาณ", "เบิกจ่าย", "สถานะ")
    book, page = report(head)
    for code, name, allocated, first, second in PROJECTS:
        page.append((code, name, None, None, None, allocated, first + second, "อยู่ระหว่างดำเนินการ"))
        page.append((None, "ตัวชี้วัดที่ 1 : จำนวนเล่ม", "เล่ม", 10, 4))
    rows = progress(read(book, tmp_path)).rows
    assert [row.name for row in rows] == [name for _, name, *_ in PROJECTS]
    assert {row.indicators for row in rows} == {rows[0].indicators}
    assert [(one.name, one.unit, one.target) for one in rows[0].indicators] == [("จำนวนเล่ม", "เล่ม", "10")]


def test_figures_prove_what_a_strange_heading_means(tmp_path: Path) -> None:
    head = ("รหัส", "โครงการ", "งบประมาณ", "วงเวียน", "วงกลม", "วงรี", "สถานะ")
    book, page = report(head)
    for code, name, allocated, first, second in PROJECTS:
        spent = first + second
        share = round(100 * spent / allocated, 2)
        page.append((code, name, allocated, share, allocated - spent, spent, "อยู่ระหว่างดำเนินการ"))
    rows = progress(read(book, tmp_path)).rows
    assert [row.spent for row in rows] == [None] * 3
    page["F5"] = "เบิกจ่าย"
    rows = progress(read(book, tmp_path)).rows
    assert [row.remaining for row in rows] == money(600, 250, 760)
    assert [row.spent_percent for row in rows] == money(40, 50, 5)


def test_figures_that_prove_nothing_stay_unread(tmp_path: Path) -> None:
    head = ("รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "วงกลม", "สถานะ")
    book, page = report(head)
    for at, (code, name, allocated, first, second) in enumerate(PROJECTS):
        page.append((code, name, allocated, first + second, 90 + at, "อยู่ระหว่างดำเนินการ"))
    reading = read(book, tmp_path)
    assert [row.remaining for row in progress(reading).rows] == [None] * 3
    assert {"90", "91", "92"} <= {one.text for one in reading.unread}


def with_total(*totals: int) -> tuple[Workbook, Worksheet]:
    book, page = report(("รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "สถานะ"))
    for code, name, allocated, first, second in PROJECTS:
        page.append((code, name, allocated, first + second, "อยู่ระหว่างดำเนินการ"))
    page.append((None, "รวมทั้งสิ้น", *totals))
    return book, page


def test_a_total_that_adds_up_needs_no_mention(tmp_path: Path) -> None:
    reading = read(with_total(2300, 690)[0], tmp_path)
    assert "budget-total-mismatch" not in {finding.rule for finding in reading.findings}
    assert not [one for one in reading.unread if "รวม" in one.text]


def test_a_total_that_does_not_add_up_is_told(tmp_path: Path) -> None:
    reading = read(with_total(2300, 650)[0], tmp_path)
    assert [finding.ref for finding in reading.findings if finding.rule == "budget-total-mismatch"] == [
        "Sheet!D9"
    ]
    assert [one.text for one in reading.unread if "650" in one.text] == ["2300 | 650"]


def quarters(first: str, second: str, cover: str = "") -> Workbook:
    book, page = report(("รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "สถานะ"))
    page.title, page["A2"] = "หนึ่ง", first
    other = book.create_sheet("สอง")
    for line in ("แบบรายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2570", second):
        other.append([line])
    other.append(("รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "สถานะ"))
    for code, name, allocated, one, two in PROJECTS:
        page.append((code, name, allocated, one, "อยู่ระหว่างดำเนินการ"))
        other.append((code, name, allocated, one + two, "อยู่ระหว่างดำเนินการ"))
    if cover:
        book.create_sheet("ปก").append([cover])
    return book


@pytest.mark.parametrize(
    ("cover", "spent"), [("", (400, 250, 40)), ("รายงานครั้งนี้ : ไตรมาสที่ 1", (100, 50, 10))]
)
def test_of_several_rounds_of_the_same_projects_one_is_the_report(
    cover: str, spent: tuple[int, ...], tmp_path: Path
) -> None:
    """The one that the cover names, else the latest; the other is listed as a whole."""
    reading = read(quarters("ไตรมาสที่ 1", "ไตรมาสที่ 2", cover), tmp_path)
    assert [row.spent for row in progress(reading).rows] == money(*spent)
    assert "other-rounds-unread" in {finding.rule for finding in reading.findings}
    assert len([one for one in reading.unread if "70-กม-0" in one.text]) == 3
