"""Long lists in a workbook, row by row: the same as the general way writes, from generators."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment
from openpyxl.workbook.defined_name import DefinedName

from automation.errors import TemplateError
from automation.office.fill_workbook import fill_workbook
from automation.office.stream_workbook import stream_workbook

ROWS = [
    {"no": 1, "name": "โครงการ <ก> & ข", "amount": Decimal("1250000.50"), "day": date(2026, 11, 2)},
    {"no": 2, "name": "ชื่อยาว " * 20, "amount": None, "day": None},
]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A list with a head, a filter and a print area."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "รายการ"
    sheet.append(["รายการของ{{ title }}"])
    sheet.merge_cells("A1:D1")
    sheet.append(["ที่", "ชื่อ", "จำนวนเงิน", "วันที่"])
    sheet.append(["{%tr for row in rows %}"])
    sheet.append(["{{ row.no }}", "{{ row.name }}", "{{ row.amount }}", "{{ row.day | date }}"])
    sheet.append(["{%tr endfor %}"])
    sheet["B4"].alignment = Alignment(wrap_text=True)
    sheet["C4"].number_format = "#,##0.00"
    sheet.column_dimensions["B"].width = 30
    sheet.auto_filter.ref = "A2:D4"
    sheet.print_area = "A1:D4"
    path = tmp_path / "template.xlsx"
    book.save(path)
    return path


def read(path: Path) -> tuple[list[tuple[Any, ...]], Any]:
    """The values of the first sheet, and the sheet."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return list(sheet.iter_rows(values_only=True)), sheet


def test_a_generator_fills_the_list_as_the_general_way_does(template: Path, tmp_path: Path) -> None:
    streamed, whole = tmp_path / "streamed.xlsx", tmp_path / "whole.xlsx"
    assert stream_workbook(template, {"title": "ปี", "rows": (row for row in ROWS)}, streamed)
    fill_workbook(template, {"title": "ปี", "rows": ROWS}, whole)
    values, sheet = read(streamed)
    expected, other = read(whole)
    assert values == expected
    assert values[2][1:3] == ("โครงการ <ก> & ข", 1250000.5)
    assert sheet.auto_filter.ref == other.auto_filter.ref == "A2:D4"
    assert sheet.print_area == other.print_area
    assert sheet.merged_cells.ranges == other.merged_cells.ranges
    heights = [sheet.row_dimensions[row].height for row in (3, 4)]
    assert heights == [other.row_dimensions[row].height for row in (3, 4)]
    assert heights[1] > heights[0]


def test_filter_and_print_area_grow_with_the_rows(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    rows = ({"no": place, "name": "ก", "amount": place, "day": None} for place in range(500))
    assert stream_workbook(template, {"title": "ปี", "rows": rows}, path)
    values, sheet = read(path)
    assert [row[0] for row in values[2:]] == list(range(500))
    assert sheet.auto_filter.ref == "A2:D502"
    assert sheet.print_area == "'รายการ'!$A$1:$D$502"


def test_an_empty_list_leaves_a_row_to_write_on(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    assert stream_workbook(template, {"title": "ปี", "rows": ()}, path)
    _, sheet = read(path)
    assert sheet.max_row == 3
    assert sheet["C3"].number_format == "#,##0.00"


def test_an_error_names_its_cell(template: Path, tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        stream_workbook(template, {"title": "ปี", "rows": [{"no": 1}]}, tmp_path / "faulty.xlsx")
    assert caught.value.place == "template.xlsx รายการ!B4"


@pytest.mark.parametrize("cell", ['{{ row.no | formula("=A{row}") }}', "{{ loop.index }}"])
def test_more_than_lists_is_left_to_the_general_way(template: Path, tmp_path: Path, cell: str) -> None:
    book = openpyxl.load_workbook(template)
    book.worksheets[0]["A4"] = cell
    book.save(template)
    rows = iter(ROWS)
    assert not stream_workbook(template, {"title": "ปี", "rows": rows}, tmp_path / "none.xlsx")
    assert next(rows) is ROWS[0]
    assert not (tmp_path / "none.xlsx").exists()


def test_names_of_the_workbook_stay(template: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(template)
    book.defined_names["หัวเรื่อง"] = DefinedName("หัวเรื่อง", attr_text="'รายการ'!$A$1")
    book.save(template)
    path = tmp_path / "named.xlsx"
    assert stream_workbook(template, {"title": "ปี", "rows": ROWS}, path)
    assert openpyxl.load_workbook(path).defined_names["หัวเรื่อง"].attr_text == "'รายการ'!$A$1"
