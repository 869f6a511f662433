"""Issued forms: blank and pre-filled, with room to write and a hidden key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from template_files import all_text, texts, values

from automation.forms.catalogue import FormCatalogue
from automation.forms.issue import issue_form, with_room_to_write
from automation.forms.key import FormKey, read_key
from automation.model import (
    RECORD_TYPES,
    Meeting,
    Progress,
    ProgressRow,
    Project,
    Record,
    Round,
    RoundKind,
    StrategicPlan,
    from_json,
)
from automation.office.opening import open_file
from automation.office.sheets import Workbook


def issued(templates: Path, tmp_path: Path, name: str, record: Record, key: str = "") -> Path:
    form = FormCatalogue.load(templates).get(name)
    target = tmp_path / f"{name}.{form.medium}"
    issue_form(form, record, target, key=key)
    return target


def test_a_blank_project_form_has_room_to_write(templates: Path, tmp_path: Path) -> None:
    lines = texts(issued(templates, tmp_path, "project", Project()))
    for wanted in (
        "๗.๑\t....",
        "๗.๓\t....",
        "ปีงบประมาณ พ.ศ. ....",
        "☐ โครงการ      ☐ งานประจำ",
        "รองเลขาธิการวุฒิสภา",
    ):
        assert any(wanted in line for line in lines), wanted
    assert not any("☑" in line or "✓" in line or "None" in line for line in lines)
    assert not any("รายไตรมาส" in line for line in lines)


def test_a_project_form_prints_the_plan_that_the_record_states(
    templates: Path, samples: Path, tmp_path: Path
) -> None:
    source = samples / "project" / "02-clean-youth-outreach.expected.json"
    record = from_json(Project, json.loads(source.read_text(encoding="utf-8"))["record"])
    lines = texts(issued(templates, tmp_path, "project", record))
    assert any("รายไตรมาส" in line for line in lines)
    assert not any("รายเดือน" in line for line in lines)


def test_a_progress_form_comes_with_what_the_bureau_need_not_type(templates: Path, tmp_path: Path) -> None:
    rows = (ProgressRow(code="2570-พบ-01", name="โครงการอบรม"), ProgressRow(name="งานทะเบียน"))
    record = Progress(
        fiscal_year=2570, round=Round(kind=RoundKind.QUARTER, number=2), bureau="สำนักวิชาการ", rows=rows
    )
    sheet = values(issued(templates, tmp_path, "progress", record), "รายงานผล")
    assert sheet[1][0] == "รอบการรายงาน ไตรมาสที่ ๒ (มกราคม - มีนาคม ๒๕๗๐)"
    assert [row[:3] for row in sheet[6:8]] == [(1, "2570-พบ-01", "โครงการอบรม"), (2, None, "งานทะเบียน")]


def test_a_blank_meeting_form_offers_the_usual_agenda(templates: Path, tmp_path: Path) -> None:
    lines = texts(issued(templates, tmp_path, "meeting", Meeting()))
    assert "เรื่องรับรองรายงานการประชุม" in lines
    assert any(line.startswith("๓.๑\t....") for line in lines)


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_the_key_is_there_and_nowhere_to_be_seen(templates: Path, tmp_path: Path, name: str) -> None:
    target = issued(templates, tmp_path, name, RECORD_TYPES[name](), key="กุญแจ-1 & 2")
    assert open_file(target).key == "กุญแจ-1 & 2"
    assert open_file(issued(templates, tmp_path, name, RECORD_TYPES[name]())).key == ""


@pytest.mark.parametrize(
    "key",
    [FormKey(form="project"), FormKey(form="progress", year=2570, bureau="สำนัก ก;ข=100%", code="70-กม-01")],
)
def test_a_key_is_read_as_it_was_written(key: FormKey) -> None:
    assert read_key(key.written()) == key


@pytest.mark.parametrize("text", ["", "K", "year=2570", "form="])
def test_what_is_no_key_is_none(text: str) -> None:
    assert read_key(text) is None


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_no_tag_is_left_in_a_form(templates: Path, tmp_path: Path, name: str) -> None:
    content = all_text(issued(templates, tmp_path, name, RECORD_TYPES[name]()))
    assert "{{" not in content
    assert "{%" not in content


def test_lists_that_hold_something_stay_as_they_are() -> None:
    record = Project(objectives=("ก",))
    assert with_room_to_write(record).objectives == ("ก",)  # type: ignore[union-attr]
    plan = with_room_to_write(StrategicPlan(missions=("ก",)))
    assert (plan.missions, len(plan.values)) == (("ก",), 4)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", [name for name in RECORD_TYPES if name not in ("project", "meeting")])
def test_people_write_where_they_should_and_nowhere_else(templates: Path, tmp_path: Path, name: str) -> None:
    for sheet in load_workbook(issued(templates, tmp_path, name, RECORD_TYPES[name]())):
        rules = sheet.protection
        assert (rules.sheet, rules.password, rules.insertRows) == (True, None, False)
        cells = [cell for row in sheet.iter_rows() for cell in row if not isinstance(cell, MergedCell)]
        assert all(cell.protection.locked for cell in cells if cell.data_type == "f")
        words = [cell for cell in cells if cell.data_type == "s" and "...." not in str(cell.value)]
        assert all(cell.protection.locked for cell in words)
        assert any(not cell.protection.locked for cell in cells if cell.value is None)


@pytest.mark.parametrize("name", ["progress", "allocation"])
def test_blank_rows_show_nothing_in_their_formulas(templates: Path, tmp_path: Path, name: str) -> None:
    book = open_file(issued(templates, tmp_path, name, RECORD_TYPES[name]()))
    assert isinstance(book, Workbook)
    formulas = [
        cell
        for sheet in book.sheets
        for cell in sheet.cells.values()
        if cell.formula.lstrip("=").startswith("IF(")
    ]
    assert formulas
    assert not any(cell.uncached or cell.value for cell in formulas)
