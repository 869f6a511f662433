"""The template is the definition: revise it in Excel and the reader follows, without a line of code."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from automation.errors import TemplateError
from automation.forms.catalogue import FormCatalogue
from automation.forms.read_workbook import read_workbook
from automation.forms.workbooks.library import library_of
from automation.forms.workbooks.schema import Kind, leaf_of
from automation.model import Progress, Stage, StrategicPlan, Strength
from tests.forms.excel_forms import CATALOGUE, HEADINGS, KNOWN, LAW, TEMPLATES, opened, report


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the shipped templates that a test may revise."""
    return shutil.copytree(TEMPLATES, tmp_path / "templates")


def test_the_blueprint_holds_headings_groups_and_labels() -> None:
    form = next(form for form in library_of(CATALOGUE).forms if form.id == "progress")
    columns = {column.leaf.path: column.headings for column in form.blueprint.tables[0].columns}
    assert columns["rows.stage"] == ("สถานะ",)
    assert columns["rows.spent"] == ("งบประมาณ (บาท)", "เบิกจ่ายสะสม")
    assert columns["rows.indicators.result"] == ("ผลการดำเนินงานตามตัวชี้วัด", "ผล")
    assert "ผู้รายงาน" in {label.label for label in form.blueprint.labels}


def test_kinds_of_fields_come_from_the_model() -> None:
    leaf = leaf_of(StrategicPlan, "issues.goals.indicators.targets")
    assert (leaf.kind, leaf.level) == (Kind.BY_YEAR, "issues.goals.indicators")
    assert leaf_of(Progress, "rows.spent_percent").kind is Kind.PERCENT
    for strange in ("rows", "rows.colour", "round.number.digits", "nothing"):
        with pytest.raises(KeyError):
            leaf_of(Progress, strange)


def test_a_revised_heading_in_the_template_is_the_form_from_then_on(workspace: Path, tmp_path: Path) -> None:
    path = workspace / "xlsx" / "form-progress.xlsx"
    template = load_workbook(path)
    for row in template.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "สถานะ":
                cell.value = "ขั้นของงานตอนนี้"
    template.save(path)
    headings = [(name, "ขั้นของงานตอนนี้" if name == "stage" else text) for name, text in HEADINGS]
    content = opened(report(lambda page: page.add(LAW) and None, headings=headings), tmp_path)
    before = read_workbook(content, CATALOGUE, KNOWN)
    after = read_workbook(content, FormCatalogue.load(workspace), KNOWN)
    assert isinstance(before.record, Progress)
    assert isinstance(after.record, Progress)
    assert before.record.rows[0].stage is None
    assert after.record.rows[0].stage is Stage.ONGOING
    assert after.record.rows[0].allocated == Decimal("240000.00")
    assert after.evidence["rows.0.stage"].by is Strength.ANCHOR


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[words]", "[words", "อ่านคำเรียกหัวคอลัมน์"),
        ('"rows.stage" = ', '"rows.colour" = ', "rows.colour"),
        ("closing = ", "ending = ", "closing"),
    ],
)
def test_a_wrong_line_in_the_words_is_named(old: str, new: str, told: str, workspace: Path) -> None:
    words = workspace / "columns.toml"
    text = words.read_text(encoding="utf-8")
    assert old in text
    words.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TemplateError, match=told):
        library_of(FormCatalogue.load(workspace))


def test_a_template_that_cannot_be_opened_is_named(workspace: Path) -> None:
    broken = workspace / "xlsx" / "form-progress.xlsx"
    broken.write_bytes(b"no workbook")
    with pytest.raises(TemplateError) as caught:
        library_of(FormCatalogue.load(workspace))
    assert caught.value.place == "form-progress.xlsx"
    document = next(form.template for form in CATALOGUE if form.medium == "docx")
    broken.write_bytes(document.read_bytes())
    with pytest.raises(TemplateError, match="ไม่ใช่ไฟล์ Excel"):
        library_of(FormCatalogue.load(workspace))


def test_hidden_macros_are_told(tmp_path: Path) -> None:
    content = replace(opened(report(lambda page: page.add(LAW) and None), tmp_path), macros=True)
    reading = read_workbook(content, CATALOGUE, KNOWN)
    assert [(str(finding.severity), finding.rule) for finding in reading.findings] == [("note", "file-macro")]
