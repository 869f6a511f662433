"""Workbooks for the tests of the Excel reader: written with openpyxl, read like a bureau's file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from automation.forms.catalogue import FormCatalogue
from automation.forms.knowledge import Bureau, Known
from automation.forms.read_workbook import read_workbook
from automation.model import Progress, Reading
from automation.office import sheets
from automation.office.opening import open_file

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
CATALOGUE = FormCatalogue.load(TEMPLATES)
KNOWN = Known((Bureau(name="สำนักกฎหมาย", short="กม."), Bureau(name="สำนักวิชาการ", short="วช.")))

TITLE = (
    "แบบรายงานผลการดำเนินงานตามแผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. ๒๕๗๐",
    "ไตรมาสที่ ๒ (มกราคม - มีนาคม ๒๕๗๐)",
    "สำนักกฎหมาย สำนักงานเลขาธิการวุฒิสภา",
)
HEADINGS: tuple[tuple[str, str], ...] = (
    ("seq", "ลำดับ"),
    ("code", "รหัสโครงการ"),
    ("name", "ชื่อโครงการ/งานประจำ"),
    ("indicator", "ผลการดำเนินงานตามตัวชี้วัด>ตัวชี้วัด"),
    ("unit", "ผลการดำเนินงานตามตัวชี้วัด>หน่วยนับ"),
    ("target", "ผลการดำเนินงานตามตัวชี้วัด>ค่าเป้าหมาย"),
    ("result", "ผลการดำเนินงานตามตัวชี้วัด>ผล"),
    ("percent", "ผลการดำเนินงานตามตัวชี้วัด>ร้อยละเทียบเป้าหมาย"),
    ("start", "ระยะเวลาดำเนินการจริง>เริ่มต้น"),
    ("end", "ระยะเวลาดำเนินการจริง>สิ้นสุด"),
    ("stage", "สถานะ"),
    ("pace", "เป็นไปตามแผน"),
    ("progress", "ความก้าวหน้า (%)"),
    ("allocated", "งบประมาณ (บาท)>ได้รับจัดสรร"),
    ("spent_round", "งบประมาณ (บาท)>เบิกจ่ายในรอบ"),
    ("spent", "งบประมาณ (บาท)>เบิกจ่ายสะสม"),
    ("remaining", "งบประมาณ (บาท)>คงเหลือ"),
    ("spent_percent", "งบประมาณ (บาท)>ร้อยละการเบิกจ่าย"),
    ("summary", "สรุปผลการดำเนินงาน"),
    ("problems", "ปัญหา/อุปสรรค"),
    ("suggestions", "ข้อเสนอแนะ/แนวทางแก้ไข"),
)

LAW: Mapping[str, Any] = {
    "seq": 1,
    "code": "70-กม-01",
    "name": "โครงการจัดทำคู่มือ",
    "indicator": "จำนวนคู่มือ",
    "unit": "เล่ม",
    "target": 4,
    "result": 2,
    "percent": 50,
    "start": "4 ต.ค. 2569",
    "stage": "กำลังดำเนินการ",
    "pace": "เป็นไปตามแผน",
    "progress": 50,
    "allocated": 240000,
    "spent_round": 60000,
    "spent": 100000,
    "remaining": 140000,
    "spent_percent": 41.67,
    "summary": "จัดทำแล้ว ๒ เล่ม",
    "problems": "ไม่มี",
    "suggestions": "ไม่มี",
}
ADVICE: Mapping[str, Any] = {
    **LAW,
    "seq": 2,
    "code": "70-กม-02",
    "name": "งานให้ความเห็นทางกฎหมาย",
    "indicator": "ร้อยละของเรื่องที่เสร็จในกำหนด",
    "unit": "ร้อยละ",
    "summary": "ให้ความเห็นแล้ว ๒๓ เรื่อง",
}

Row = Mapping[str, Any] | Sequence[Any] | str | None
"""Values by heading name; or cells from column A on; or a text in column A; or a blank row."""


class ReportSheet:
    """A progress report written into a worksheet."""

    def __init__(
        self,
        sheet: Worksheet,
        *,
        headings: Sequence[tuple[str, str]] = HEADINGS,
        title: Sequence[str] = TITLE,
        top: int = 5,
    ) -> None:
        self.sheet = sheet
        self.top = top
        for row, text in enumerate(title, start=1):
            sheet.cell(row, 1, text)
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(headings))
        self.columns = {name: col for col, (name, _) in enumerate(headings, start=1)}
        self.levels = max(text.count(">") for _, text in headings) + 1
        self.write_headings([text.split(">") for _, text in headings], top)
        self.next = top + self.levels

    def write_headings(self, paths: Sequence[Sequence[str]], top: int) -> None:
        """Headings of any depth, groups and single columns merged as people do."""
        for col, path in enumerate(paths, start=1):
            for level, text in enumerate(path):
                first = col == 1 or list(paths[col - 2][: level + 1]) != list(path[: level + 1])
                if level < len(path) - 1 and not first:
                    continue
                self.sheet.cell(top + level, col, text)
                if level < len(path) - 1:
                    last = col
                    while last < len(paths) and list(paths[last][: level + 1]) == list(path[: level + 1]):
                        last += 1
                    if last > col:
                        self.merge(top + level, col, top + level, last)
                elif level < self.levels - 1:
                    self.merge(top + level, col, top + self.levels - 1, col)

    def add(self, *rows: Row) -> int:
        """Write rows below what is there; the number of the first of them."""
        first = self.next
        for row in rows:
            if isinstance(row, str):
                self.sheet.cell(self.next, 1, row)
            elif isinstance(row, Mapping):
                for name, value in row.items():
                    if name in self.columns:
                        self.sheet.cell(self.next, self.columns[name], value)
            elif row is not None:
                for col, value in enumerate(row, start=1):
                    self.sheet.cell(self.next, col, value)
            self.next += 1
        return first

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        self.sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)

    def at(self, name: str, row: int) -> str:
        """`N7` of a heading and row."""
        return f"{get_column_letter(self.columns[name])}{row}"

    def set(self, name: str, row: int, value: Any, number_format: str = "General") -> None:
        cell = self.sheet[self.at(name, row)]
        cell.value = value
        cell.number_format = number_format


def report(fill: Callable[[ReportSheet], None] | None = None, **shape: Any) -> Workbook:
    """A workbook with one report sheet, filled by the callback."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "รายงานผล"
    page = ReportSheet(sheet, **shape)
    if fill is not None:
        fill(page)
    return book


def opened(book: Workbook, folder: Path) -> sheets.Workbook:
    """The workbook as the reader gets it, through a real file."""
    path = folder / "form.xlsx"
    book.save(path)
    content = open_file(path)
    assert isinstance(content, sheets.Workbook)
    return content


def read(book: Workbook, folder: Path) -> Reading:
    """The reading of a workbook by the shipped templates."""
    return read_workbook(opened(book, folder), CATALOGUE, KNOWN)


def progress(reading: Reading) -> Progress:
    """The record, which must be a progress report."""
    assert isinstance(reading.record, Progress)
    return reading.record


def rules(reading: Reading) -> list[tuple[str, str, str]]:
    """Severity, rule and place of each finding."""
    return [(str(finding.severity), finding.rule, finding.ref) for finding in reading.findings]


def unread(reading: Reading) -> dict[str, str]:
    """Place → text of what no field took."""
    return {item.ref: item.text for item in reading.unread}
