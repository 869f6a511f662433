"""The office owns the forms: what it changes in Word and in `forms.toml` works without a line of code."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from automation.forms.issue import issue_form
from automation.model import (
    GenericRecord,
    Project,
    ProjectKind,
    empty_record,
    from_json,
    record_type,
    to_json,
)
from automation.office.lint import lint_template
from automation.office.opening import open_file
from automation.pipeline.linting import lint_templates
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import Workbench, open_workbench
from automation.register import Outcome
from tests.office.office_files import p

ENTRY = """
[visit]
title = "แบบรายงานการตรวจเยี่ยมหน่วยงาน"
template = "form-visit.docx"
required = ["place", "result"]
"""


def row(*texts: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{p(text)}</w:tc>" for text in texts) + "</w:tr>"


def table(*rows: str) -> str:
    width = rows[0].count("<w:tc>")
    grid = '<w:gridCol w:w="3000"/>' * width
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


VISIT = (
    p("แบบรายงานการตรวจเยี่ยมหน่วยงาน")
    + table(
        row("ชื่อการตรวจเยี่ยม", "{{ visit.name }}"),
        row("หน่วยงานที่ตรวจเยี่ยม", "{{ visit.place }}"),
        row("หัวหน้าคณะตรวจเยี่ยม", "{{ visit.leader.name }}"),
        row("วันที่ตรวจเยี่ยม", "{{ visit.day }}"),
    )
    + p("ผลการตรวจเยี่ยม")
    + p("{{ visit.result }}")
    + p("ผู้ร่วมคณะ")
    + table(
        row("ชื่อ - นามสกุล", "หน้าที่ในคณะ"),
        row("{%tr for one in visit.companions %}", ""),
        row("{{ one.name }}", "{{ one.duty }}"),
        row("{%tr endfor %}", ""),
    )
)


def with_body(source: Path, target: Path, edit: Callable[[str], str]) -> None:
    """A Word file with another body and everything else as it was."""
    with zipfile.ZipFile(source) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    xml = parts["word/document.xml"].decode()
    changed = edit(xml)
    assert changed != xml
    parts["word/document.xml"] = changed.encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)


@pytest.fixture
def office(root: Path) -> Iterator[Workbench]:
    """A workspace whose office added a form of its own."""
    templates = root / "templates"
    base = templates / "docx" / "base.docx"
    head = r"<w:body>.*?(?=<w:sectPr[ >](?:(?!<w:sectPr).)*</w:body>)"
    with_body(
        base,
        templates / "docx" / "form-visit.docx",
        lambda xml: re.sub(head, lambda _: f"<w:body>{VISIT}", xml, count=1, flags=re.DOTALL),
    )
    forms = templates / "forms.toml"
    forms.write_text(forms.read_text(encoding="utf-8") + ENTRY, encoding="utf-8")
    with open_workbench(root) as bench:
        yield bench


def filled(source: Path, target: Path, values: dict[str, str]) -> Path:
    """The form as somebody fills it in: label → text typed into the next empty cell or paragraph."""
    import docx

    document = docx.Document(str(source))
    for one in document.tables:
        for line in one.rows:
            if line.cells[0].text in values:
                line.cells[1].text = values[line.cells[0].text]
    paragraphs = document.paragraphs
    for number, para in enumerate(paragraphs):
        if para.text in values:
            paragraphs[number + 1].text = values[para.text]
    companions = document.tables[-1]
    companions.rows[1].cells[0].text = "นายตัวอย่าง ใจดี"
    companions.rows[1].cells[1].text = "เลขานุการ"
    document.save(str(target))
    return target


VALUES = {
    "ชื่อการตรวจเยี่ยม": "ตรวจเยี่ยมครั้งที่หนึ่ง",
    "หน่วยงานที่ตรวจเยี่ยม": "สำนักกฎหมาย",
    "หัวหน้าคณะตรวจเยี่ยม": "นางสาวสมมุติ เที่ยงธรรม",
    "วันที่ตรวจเยี่ยม": "๕ มกราคม ๒๕๗๐",
    "ผลการตรวจเยี่ยม": "ปฏิบัติงานเป็นไปตามแผน",
}


def test_a_new_form_is_issued_filled_and_read_without_code(office: Workbench, tmp_path: Path) -> None:
    form = office.forms.get("visit")
    issued = tmp_path / "เปล่า.docx"
    issue_form(form, empty_record("visit"), issued, key="visit")
    filled(issued, office.config.inbox / "เยี่ยม.docx", VALUES)
    (answered,) = sweep_now(office)
    assert (answered.outcome, answered.submission.form) == (Outcome.ACCEPTED, "visit"), answered.findings
    record = office.register.record(answered.submission.id)
    assert isinstance(record, GenericRecord)
    assert record.fields == {
        "name": "ตรวจเยี่ยมครั้งที่หนึ่ง",
        "place": "สำนักกฎหมาย",
        "leader.name": "นางสาวสมมุติ เที่ยงธรรม",
        "day": "๕ มกราคม ๒๕๗๐",
        "result": "ปฏิบัติงานเป็นไปตามแผน",
        "companions": ({"name": "นายตัวอย่าง ใจดี", "duty": "เลขานุการ"},),
    }
    assert office.register.unread(answered.submission.id) == ()
    text = "\n".join(para.text for para in open_file(answered.receipt).paragraphs)  # type: ignore[union-attr]
    for expected in ("แบบรายงานการตรวจเยี่ยมหน่วยงาน", "หัวหน้าคณะตรวจเยี่ยม", "นายตัวอย่าง ใจดี เลขานุการ"):
        assert expected in text, expected


def test_what_the_entry_requires_is_asked_for_at_its_label(office: Workbench, tmp_path: Path) -> None:
    issued = tmp_path / "เปล่า.docx"
    issue_form(office.forms.get("visit"), empty_record("visit"), issued)
    filled(issued, office.config.inbox / "ขาด.docx", {**VALUES, "หน่วยงานที่ตรวจเยี่ยม": ""})
    (answered,) = sweep_now(office)
    assert answered.outcome is Outcome.RETURNED
    (finding,) = [item for item in answered.findings if item.rule == "required-missing"]
    assert "หน่วยงานที่ตรวจเยี่ยม" in finding.message
    assert finding.ref.startswith("word/document.xml#p")
    assert answered.returned_copy is not None


def test_the_new_form_passes_the_check_of_templates(office: Workbench) -> None:
    checked = {item["template"]: item["problems"] for item in lint_templates(office.config.templates, ())}
    assert [item for item in checked["docx/form-visit.docx"] if item["severity"] == "error"] == []


def test_a_mended_file_of_a_new_form_is_its_next_version(office: Workbench, tmp_path: Path) -> None:
    issued = tmp_path / "เปล่า.docx"
    issue_form(office.forms.get("visit"), empty_record("visit"), issued)
    filled(issued, office.config.inbox / "หนึ่ง.docx", VALUES)
    sweep_now(office)
    filled(issued, office.config.inbox / "สอง.docx", {**VALUES, "ผลการตรวจเยี่ยม": "ต้องปรับปรุง"})
    (answered,) = sweep_now(office)
    assert answered.submission.version == 2
    assert [(change.field, change.after) for change in answered.submission.changes] == [
        ("fields.result", "ต้องปรับปรุง")
    ]


def test_a_record_without_a_class_survives_json() -> None:
    record = GenericRecord(
        form="visit", fields={"name": "ก", "companions": ({"name": "ข"},), "topics": ("ค",)}
    )
    assert from_json(record_type("visit"), to_json(record)) == record


@pytest.fixture
def revised(root: Path) -> Iterator[Workbench]:
    """A workspace whose office revised the project form: three new fields and another label."""
    template = root / "templates" / "docx" / "form-project.docx"
    added = {
        "risk": "ความเสี่ยงที่อาจเกิดขึ้น",
        "integrity": "แนวทางป้องกันทุจริต",
        "partners": "หน่วยงานภายนอกที่ร่วมมือ",
    }

    def edit(xml: str) -> str:
        label, tag = "๑๘. การติดตามและประเมินผลโครงการ", "project.evaluation"
        start = xml.rindex("<w:tr>", 0, xml.index(label))
        end = xml.index("</w:tr>", start) + len("</w:tr>")
        line = xml[start:end]
        assert tag in line
        copies = (
            line.replace(label, f"๑๘. {name}").replace(tag, f"project.extra.{field}")
            for field, name in added.items()
        )
        return (xml[:end] + "".join(copies) + xml[end:]).replace("หลักการและเหตุผล", "ที่มาและความจำเป็นของงาน")

    source = template.with_suffix(".old")
    template.replace(source)
    with_body(source, template, edit)
    with open_workbench(root) as bench:
        yield bench


def test_new_fields_and_a_renamed_label_of_the_project_form_are_read(
    revised: Workbench, tmp_path: Path
) -> None:
    form = revised.forms.get("project")
    project = Project(
        fiscal_year=2570,
        name="โครงการทดสอบแบบใหม่",
        kind=ProjectKind.PROJECT,
        rationale="เพื่อทดสอบการแก้แบบ",
        extra={"risk": "ผู้เข้าร่วมน้อย", "integrity": "เปิดเผยราคากลาง", "partners": "มหาวิทยาลัย"},
    )
    path = revised.config.inbox / "ใหม่.docx"
    issue_form(form, project, path)
    assert "ที่มาและความจำเป็นของงาน" in "".join(para.text for para in open_file(path).paragraphs)  # type: ignore[union-attr]
    (answered,) = sweep_now(revised)
    record = revised.register.record(answered.submission.id)
    assert isinstance(record, Project)
    assert record.extra == project.extra
    assert record.rationale == project.rationale
    blank = tmp_path / "เปล่า.docx"
    issue_form(form, Project(), blank)
    assert "ความเสี่ยงที่อาจเกิดขึ้น" in "".join(para.text for para in open_file(blank).paragraphs)  # type: ignore[union-attr]
    assert [
        item
        for item in lint_template(form.template, {"project": Project, "form": None})
        if item.severity == "error"
    ] == []


def test_a_project_without_added_fields_has_the_json_of_the_contract() -> None:
    assert "extra" not in to_json(Project())
    assert to_json(Project(extra={"risk": "ก"}))["extra"] == {"risk": "ก"}
    assert from_json(Project, to_json(Project())) == Project()
