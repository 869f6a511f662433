"""An Excel form of the office's own: a template and an entry in `forms.toml`, and no line of code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from automation.forms.guide import labels_of
from automation.forms.issue import issue_form
from automation.model import GenericRecord, empty_record
from automation.pipeline.linting import lint_templates
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import Workbench, open_workbench
from automation.register import Outcome

TITLE = "แบบสำรวจครุภัณฑ์คอมพิวเตอร์"
ENTRY = f"""
[survey]
title = "{TITLE}"
template = "form-survey.xlsx"
required = ["bureau", "surveyor"]
"""


def _template(path: Path) -> None:
    """Title, three labels with their values beside them, a table, a remark below its heading."""
    book = Book()
    sheet = book.active
    assert sheet is not None
    sheet.title = "แบบสำรวจ"
    rows = {
        1: (TITLE,),
        2: ("ชื่อการสำรวจ", "{{ survey.name }}"),
        3: ("สำนักที่สำรวจ", "{{ survey.bureau }}"),
        4: ("ผู้สำรวจ", "{{ survey.surveyor }}"),
        5: ("วันที่สำรวจ", "{{ survey.day }}"),
        7: ("ลำดับ", "ชื่อเครื่อง", "จำนวนเครื่อง", "สภาพการใช้งาน"),
        8: ("{%tr for one in survey.machines %}",),
        9: ("{{ loop.index }}", "{{ one.name }}", "{{ one.count }}", "{{ one.state }}"),
        10: ("{%tr endfor %}",),
        12: ("ความเห็นของผู้สำรวจ", "{{ survey.remark }}"),
    }
    for row, texts in rows.items():
        for col, text in enumerate(texts, 1):
            sheet.cell(row, col, text)
    sheet.merge_cells("A1:D1")
    book.save(path)


@pytest.fixture
def office(root: Path) -> Iterator[Workbench]:
    """A workspace whose office added an Excel form."""
    templates = root / "templates"
    _template(templates / "xlsx" / "form-survey.xlsx")
    forms = templates / "forms.toml"
    forms.write_text(forms.read_text(encoding="utf-8") + ENTRY, encoding="utf-8")
    with open_workbench(root) as bench:
        yield bench


VALUES = {
    "ชื่อการสำรวจ": "สำรวจรอบที่ ๑",
    "สำนักที่สำรวจ": "สำนักกฎหมาย",
    "ผู้สำรวจ": "นางสาวสมมุติ เที่ยงธรรม",
    "วันที่สำรวจ": datetime(2027, 1, 5),
    "ความเห็นของผู้สำรวจ": "ควรเปลี่ยนเครื่องเก่า",
}


def _filled(office: Workbench, name: str, values: dict[str, object], *, key: str = "form=survey") -> Path:
    """The issued form as somebody fills it in, in the inbox."""
    path = office.config.inbox / name
    issue_form(office.forms.get("survey"), empty_record("survey"), path, key=key)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    machines = iter((("เครื่องคอมพิวเตอร์ตั้งโต๊ะ", 12, "ใช้ได้"), ("เครื่องพิมพ์", 3, "ชำรุด")))
    headed = False
    for row in range(1, sheet.max_row + 1):
        label = sheet.cell(row, 1).value
        if label in values:
            sheet.cell(row, 2, values[label])  # type: ignore[arg-type]
        elif label == "ลำดับ":
            headed = True
        elif headed and (machine := next(machines, None)):
            for col, value in enumerate(machine, 2):
                sheet.cell(row, col, value)
    book.save(path)
    return path


def test_an_excel_form_is_issued_filled_and_read_without_code(office: Workbench) -> None:
    _filled(office, "สำรวจ.xlsx", VALUES)
    (answered,) = sweep_now(office)
    assert (answered.outcome, answered.submission.form) == (Outcome.ACCEPTED, "survey"), answered.findings
    record = office.register.record(answered.submission.id)
    assert isinstance(record, GenericRecord)
    assert record.fields == {
        "name": "สำรวจรอบที่ ๑",
        "bureau": "สำนักกฎหมาย",
        "surveyor": "นางสาวสมมุติ เที่ยงธรรม",
        "day": "๕ มกราคม ๒๕๗๐",
        "remark": "ควรเปลี่ยนเครื่องเก่า",
        "machines": (
            {"name": "เครื่องคอมพิวเตอร์ตั้งโต๊ะ", "count": "12", "state": "ใช้ได้"},
            {"name": "เครื่องพิมพ์", "count": "3", "state": "ชำรุด"},
        ),
    }
    assert office.register.unread(answered.submission.id) == ()


def test_a_copy_that_lost_its_key_is_known_by_its_title(office: Workbench) -> None:
    _filled(office, "สำรวจ.xlsx", VALUES, key="")
    (answered,) = sweep_now(office)
    assert (answered.outcome, answered.submission.form) == (Outcome.ACCEPTED, "survey"), answered.findings


def test_what_is_missing_is_asked_for_at_its_cell(office: Workbench) -> None:
    _filled(office, "ขาด.xlsx", {**VALUES, "ผู้สำรวจ": None})
    (answered,) = sweep_now(office)
    assert answered.outcome is Outcome.RETURNED
    (finding,) = [item for item in answered.findings if item.rule == "required-missing"]
    assert (finding.where, "ผู้สำรวจ" in finding.message) == ("แบบสำรวจ!A4", True)
    assert answered.returned_copy is not None
    notes = load_workbook(answered.returned_copy).worksheets[0]["A4"].comment
    assert notes is not None
    assert "ผู้สำรวจ" in notes.text


def test_a_mended_copy_is_the_next_version(office: Workbench) -> None:
    _filled(office, "หนึ่ง.xlsx", VALUES)
    sweep_now(office)
    _filled(office, "สอง.xlsx", {**VALUES, "ความเห็นของผู้สำรวจ": "ซ่อมได้"})
    (answered,) = sweep_now(office)
    assert [change.field for change in answered.submission.changes] == ["fields.remark"]


def test_the_template_is_checked_and_told_of_like_any_other(office: Workbench) -> None:
    checked = {item["template"]: item["problems"] for item in lint_templates(office.config.templates, ())}
    assert [item for item in checked["xlsx/form-survey.xlsx"] if item["severity"] == "error"] == []
    assert "ผู้สำรวจ" in labels_of(office.forms.get("survey"))
