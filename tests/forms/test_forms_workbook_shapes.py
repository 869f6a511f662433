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
