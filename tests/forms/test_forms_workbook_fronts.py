"""The lines around a table: who reports for which office, of which round and year, in many wordings."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from automation.model import Progress, Round, RoundKind
from tests.forms.excel_forms import progress, read


def report(*front: str | tuple[str, ...], foot: tuple[tuple[str, ...], ...] = ()) -> Workbook:
    book = Workbook()
    page = book.active
    assert page is not None
    for line in front:
        page.append([line] if isinstance(line, str) else list(line))
    page.append([])
    page.append(["รหัส", "โครงการ", "งบประมาณ", "เบิกจ่าย", "สถานะ"])
    page.append(["70-กม-01", "โครงการจัดทำคู่มือ", 1000, 400, "แล้วเสร็จ"])
    page.append(["70-กม-02", "งานให้ความเห็น", 500, 100, "แล้วเสร็จ"])
    page.append([])
    for row in foot:
        page.append(["", *row])
    return book


def said(book: Workbook, tmp_path: Path) -> Progress:
    return progress(read(book, tmp_path))


@pytest.mark.parametrize(
    ("title", "year", "kind", "number"),
    [
        ("รายงานผลการดำเนินงาน ไตรมาส 3/70", 2570, RoundKind.QUARTER, 3),
        ("รายงานผลการดำเนินงาน เดือน ก.พ. 70", 2570, RoundKind.MONTH, 2),
        ("รายงานรอบหกเดือนแรก ปีงบประมาณ พ.ศ. ๒๕๗๐", 2570, RoundKind.HALF, 1),
        ("รายงานรอบเก้าเดือน ปีงบประมาณ พ.ศ. ๒๕๗๐", 2570, RoundKind.NINE_MONTHS, None),
        ("รายงานความคืบหน้า มกราคม 2570", 2570, RoundKind.MONTH, 1),
        ("รายงานผล ณ วันที่ 31 มีนาคม 2570 (รอบ 6 เดือน)", 2570, RoundKind.HALF, 1),
        ("ผลการดำเนินงานตั้งแต่วันที่ 1 ต.ค. 2569 ถึงวันที่ 30 มิ.ย. 2570", 2570, RoundKind.NINE_MONTHS, None),
    ],
)
def test_year_and_round_of_a_title(
    title: str, year: int, kind: RoundKind, number: int | None, tmp_path: Path
) -> None:
    record = said(report(title), tmp_path)
    assert (record.fiscal_year, record.round) == (year, Round(kind=kind, number=number))


@pytest.mark.parametrize(
    "foot",
    [
        (("รายงานโดย นางสาวมาลี ใจดี",),),
        (("ผู้กรอกข้อมูล: นางสาวมาลี ใจดี โทร. 1234",),),
        (("ลงชื่อ", "……………", "ผู้รายงาน"), ("", "(นางสาวมาลี ใจดี)")),
        (("……… ผู้จัดทำรายงาน", "", "……… ผู้ตรวจสอบ"), ("(นางสาวมาลี ใจดี)", "", "(นายสมชาย ดีมาก)")),
    ],
)
def test_the_reporter_at_the_foot(foot: tuple[tuple[str, ...], ...], tmp_path: Path) -> None:
    record = said(report("รายงานผลการดำเนินงาน ไตรมาสที่ 2 ปีงบประมาณ 2570", "สำนักกฎหมาย", foot=foot), tmp_path)
    assert record.reporter == "นางสาวมาลี ใจดี"
    assert len(record.rows) == 2


@pytest.mark.parametrize(
    "office", ["กองนโยบายและแผน มหาวิทยาลัยทดสอบ", "เทศบาลตำบลทดสอบ", "คณะวิทยาศาสตร์ มหาวิทยาลัยทดสอบ"]
)
def test_an_office_that_is_none_of_ours(office: str, tmp_path: Path) -> None:
    record = said(report("รายงานผล ไตรมาสที่ 2 ปีงบประมาณ 2570", f"หน่วยงาน : {office}"), tmp_path)
    assert record.bureau == office
