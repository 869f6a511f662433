"""Reports whose projects stand in columns, in blocks of labels, or in tables below one another."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from automation.model import Pace, Stage
from tests.forms.excel_forms import progress, read

TITLE = ("รายงานผลการดำเนินงาน ปีงบประมาณ พ.ศ. 2570", "ไตรมาสที่ 2", "สำนักกฎหมาย", "ผู้รายงาน นายสมชาย ใจดี")
HEADINGS = (
    "รหัส",
    "ชื่อโครงการ",
    "ตัวชี้วัด",
    "เป้าหมาย",
    "ผล",
    "ร้อยละ",
    "สถานะ",
    "เทียบแผน",
    "งบที่ได้รับ",
    "เบิกสะสม",
    "สรุปผล",
)
FIRST = ("70-กม-01", "โครงการจัดทำคู่มือ", "จำนวนคู่มือ", 2, 1, 50, "กำลังดำเนินการ", "ตามแผน", 1000, 400, "ยกร่างแล้ว")
SECOND = ("70-กม-02", "งานให้ความเห็น", "จำนวนเรื่อง", 10, 10, 100, "แล้วเสร็จ", "ล่าช้า", 500, 450, "ให้ความเห็นครบ")


def in_columns(page: Worksheet) -> None:
    for row in zip(HEADINGS, FIRST, SECOND, strict=True):
        page.append(list(row))


def in_blocks(page: Worksheet) -> None:
    for number, project in enumerate((FIRST, SECOND), start=1):
        page.append([f"โครงการที่ {number}"])
        for pair in zip(HEADINGS, project, strict=True):
            page.append(list(pair))
        page.append([])


def in_tables(page: Worksheet) -> None:
    for project in (FIRST, SECOND):
        page.append(HEADINGS)
        page.append(project)
        page.append([])
        page.append(TITLE[:1])


@pytest.mark.parametrize("shape", [in_columns, in_blocks, in_tables])
def test_projects_in_another_shape(shape: Callable[[Worksheet], None], tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for line in TITLE:
        page.append([line])
    page.append([])
    shape(page)
    reading = read(book, tmp_path)
    record = progress(reading)
    assert (record.fiscal_year, record.bureau, record.reporter) == (2570, "สำนักกฎหมาย", "นายสมชาย ใจดี")
    assert [row.code for row in record.rows] == ["70-กม-01", "70-กม-02"]
    assert [row.name for row in record.rows] == [FIRST[1], SECOND[1]]
    assert [row.stage for row in record.rows] == [Stage.ONGOING, Stage.DONE]
    assert [row.pace for row in record.rows] == [Pace.ON_PLAN, Pace.LATE]
    assert [row.spent for row in record.rows] == [Decimal("400.00"), Decimal("450.00")]
    assert [row.summary for row in record.rows] == ["ยกร่างแล้ว", "ให้ความเห็นครบ"]
    assert [[(one.name, one.percent) for one in row.indicators] for row in record.rows] == [
        [("จำนวนคู่มือ", Decimal("50.00"))],
        [("จำนวนเรื่อง", Decimal("100.00"))],
    ]


def numbered(page: Worksheet, *, budget_as_measure: bool) -> None:
    """Projects below one another, each with a numbered title and a table of measures."""
    for number, (code, name, measure, target, result, share, stage, pace, got, spent, told) in enumerate(
        (FIRST, SECOND), start=1
    ):
        page.append([f"{number}. {name}"])
        page.append(["รหัส", code, None, "สถานะ", f"{stage} {pace}"])
        if not budget_as_measure:
            page.append(["งบที่ได้รับ", got, None, "เบิกสะสม", spent])
        page.append(["ความก้าวหน้า", share, None, "คงเหลือ", got - spent])
        page.append(["รายการ", None, "หน่วยนับ", "แผน", "ผล", "ร้อยละ"])
        if budget_as_measure:
            page.append(["งบประมาณ (จัดสรร / เบิกจ่าย)", None, "บาท", got, spent, 100 * spent / got])
        page.append([f"ตัวชี้วัดที่ 1 {measure}", None, "เรื่อง", target, result, share])
        page.append(["สรุปผล", told])
        page.append([])


@pytest.mark.parametrize("budget_as_measure", [True, False])
def test_numbered_titles_over_tables_of_measures(budget_as_measure: bool, tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for line in TITLE:
        page.append([line])
    page.append([])
    numbered(page, budget_as_measure=budget_as_measure)
    rows = progress(read(book, tmp_path)).rows
    assert [(row.code, row.name) for row in rows] == [FIRST[:2], SECOND[:2]]
    assert [(row.allocated, row.spent) for row in rows] == [(1000, 400), (500, 450)]
    measures = [(one.name, one.unit, one.target, one.result) for row in rows for one in row.indicators]
    assert measures == [("จำนวนคู่มือ", "เรื่อง", "2", "1"), ("จำนวนเรื่อง", "เรื่อง", "10", "10")]
    assert [row.stage for row in rows] == [Stage.ONGOING, Stage.DONE]
    assert [row.summary for row in rows] == ["ยกร่างแล้ว", "ให้ความเห็นครบ"]
