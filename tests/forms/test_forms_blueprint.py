"""A Word template tells its labels, columns and ticks."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from automation.forms.blueprint import Blueprint, derive, slot_of
from automation.office.blocks import Document
from automation.office.opening import open_file

TEMPLATES = Path(__file__).parents[2] / "templates/docx"


def _blueprint(form: str, file: Path) -> Blueprint:
    content = open_file(file)
    assert isinstance(content, Document)
    return derive(form, content)


@pytest.fixture(scope="module")
def project() -> Blueprint:
    return _blueprint("project", TEMPLATES / "form-project.docx")


def test_each_label_of_the_form_knows_its_fields(project: Blueprint) -> None:
    labels = {anchor.label: {slot_of(field) for field in anchor.fields} for anchor in project.anchors}
    assert labels["ชื่อโครงการ/งานประจำ"] == {"name"}
    assert labels["ประเภท"] == {"kind"}
    assert labels["ผู้รับผิดชอบโครงการ"] == {"responsible"}
    assert labels["ความสอดคล้องกับแผนยุทธศาสตร์"] == {"alignment"}
    assert labels["เป้าหมาย"] == {"goals"}
    assert labels["วิธีการ/ขั้นตอนการดำเนินงาน"] == {"activities"}
    assert labels["ระยะเวลาดำเนินการ"] == {"period"}
    assert labels["แผนการใช้จ่ายงบประมาณรายเดือน (หน่วย : บาท)"] == {"budget.plan"}
    assert labels["ผลการดำเนินงานและงบประมาณปีที่ผ่านมา (ถ้ามี)"] == {"history"}
    assert {label for label in labels if label.startswith(("รวม", "ที่", "("))} == set()


def test_a_label_knows_its_group(project: Blueprint) -> None:
    groups = {anchor.label: anchor.group for anchor in project.anchors}
    assert groups["เป้าประสงค์"] == "ความสอดคล้องกับแผนยุทธศาสตร์"
    assert groups["จำนวนเงิน"] == "งบประมาณ"
    assert groups["กลุ่มงาน"] == ""


def test_loops_give_columns_and_ticks_give_options(project: Blueprint) -> None:
    columns = {loop.path: dict(loop.columns) for loop in project.loops}
    assert columns["responsible"]["โทรศัพท์"] == "phone"
    assert columns["budget.lines"]["รายการ/รายละเอียดค่าใช้จ่าย"] == "item"
    assert columns["history"]["เบิกจ่าย (บาท)"] == "spent"
    options = {(option.field, option.value): option.label for option in project.options}
    assert options["continuity", "continuing"] == "ต่อเนื่อง"
    assert options["flags.ict", "yes"] == "เทคโนโลยีสารสนเทศ (ICT)"
    assert ("attachments", "ใบเสนอราคา") in options


def test_a_revised_template_is_read_by_its_new_labels(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("แบบใหม่")
    document.add_paragraph("นามของโครงการ : {{ project.name }}")
    table = document.add_table(rows=4, cols=2)
    for row, cells in enumerate(
        [
            ("เครื่องวัด", "เป้าที่ตั้ง"),
            ("{%tr for indicator in project.indicators %}", ""),
            ("{{ indicator.name }}", "{{ indicator.target }}"),
            ("{%tr endfor %}", ""),
        ]
    ):
        for col, text in enumerate(cells):
            table.cell(row, col).text = text
    document.save(str(tmp_path / "form.docx"))
    blueprint = _blueprint("project", tmp_path / "form.docx")
    assert [(anchor.label, anchor.fields) for anchor in blueprint.anchors] == [("นามของโครงการ", ("name",))]
    assert [(loop.path, loop.columns) for loop in blueprint.loops] == [
        ("indicators", (("เครื่องวัด", "name"), ("เป้าที่ตั้ง", "target")))
    ]
    assert "แบบใหม่" in blueprint.furniture
