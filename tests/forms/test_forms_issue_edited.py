"""Issued forms that people changed: rows deleted, added, moved, controls typed over; what the key says."""

from __future__ import annotations

import copy
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from automation.config import load_config
from automation.errors import UnknownForm
from automation.forms import read
from automation.forms.catalogue import FormCatalogue
from automation.forms.issue import KEY_PROPERTY, issue_form
from automation.forms.key import FormKey
from automation.model import (
    RECORD_TYPES,
    BudgetLine,
    Meeting,
    Progress,
    ProgressRow,
    Project,
    Reading,
    Record,
    Severity,
    Strength,
    from_json,
)
from automation.office.opening import open_file
from automation.office.properties import with_properties
from automation.office.saving import save_bytes
from automation.pipeline.workbench import known
from tests_place import SAMPLES

ROOT = SAMPLES.parent
CATALOGUE = FormCatalogue.load(ROOT / "templates")
KNOWN = known(load_config(ROOT))
PROJECTS = (
    "01-clean-academic-papers",
    "05-older-law-manual",
    "06-routine-disbursement",
    "08-training-official-writing",
)


def _record(name: str) -> Project:
    expected = json.loads((SAMPLES / "project" / f"{name}.expected.json").read_text(encoding="utf-8"))
    record = from_json(RECORD_TYPES["project"], expected["record"])
    assert isinstance(record, Project)
    return replace(record, attachments=tuple(sorted(record.attachments)))


def _issued(record: Record, form: str, target: Path, **facts: Any) -> Path:
    issue_form(CATALOGUE.get(form), record, target, key=FormKey(form=form, **facts).written())
    return target


def _read(path: Path) -> Reading:
    reading = read(open_file(path), CATALOGUE, KNOWN, file=path.name, sha256="")
    if isinstance(reading.record, Project):
        attachments = tuple(sorted(reading.record.attachments))
        return replace(reading, record=replace(reading.record, attachments=attachments))
    return reading


def _controls(element: Any, tag: str) -> list[Any]:
    marks = ((one, one.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")) for one in element.iter(qn("w:sdt")))
    return [one for one, mark in marks if mark is not None and mark.get(qn("w:val")) == tag]


def _row(document: Any, number: int) -> Any:
    (control,) = _controls(document.element.body, f"project.budget.lines.{number}.amount")[:1]
    return next(control.iterancestors(qn("w:tr")))


def _write(row: Any, leaf: str, text: str) -> None:
    control = next(
        one
        for one in row.iter(qn("w:sdt"))
        if one.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")).endswith(leaf)
    )
    first, *others = control.iter(qn("w:t"))
    first.text = text
    for other in others:
        other.text = ""


def _bare(element: Any) -> None:
    """Take the controls away and leave their words: what typing over them does."""
    for control in list(element.iter(qn("w:sdt"))):
        content = control.find(qn("w:sdtContent"))
        for child in list(content):
            control.addprevious(child)
        control.getparent().remove(control)


def _deleted(document: Any) -> None:
    row = _row(document, 2)
    row.getparent().remove(row)


def _copied(document: Any, *, bare: bool = False) -> None:
    """The second row once more behind itself, with other words: its controls have the same tags."""
    row = _row(document, 2)
    twin = copy.deepcopy(row)
    row.addnext(twin)
    _write(twin, ".item", "ค่าพาหนะเหมาจ่าย")
    _write(twin, ".amount", "๑,๒๕๐")
    if bare:
        _bare(twin)


def _moved(document: Any) -> None:
    first, second = _row(document, 1), _row(document, 2)
    second.addnext(first)


def _typed_over(document: Any) -> None:
    _bare(_row(document, 1))
    for tag in ("project.name", "project.place", "project.rationale"):
        for control in _controls(document.element.body, tag):
            _bare(control.getparent())


def _lines(record: Project, change: str) -> tuple[BudgetLine, ...]:
    lines = record.budget.lines
    added = replace(lines[1], item="ค่าพาหนะเหมาจ่าย", amount=Decimal("1250.00"))
    return {
        "deleted": (lines[0], *lines[2:]),
        "copied": (*lines[:2], added, *lines[2:]),
        "added": (*lines[:2], added, *lines[2:]),
        "moved": (lines[1], lines[0], *lines[2:]),
        "typed over": lines,
    }[change]


CHANGES: dict[str, Callable[[Any], None]] = {
    "deleted": _deleted,
    "copied": _copied,
    "added": lambda document: _copied(document, bare=True),
    "moved": _moved,
    "typed over": _typed_over,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", PROJECTS)
def test_a_form_whose_rows_people_changed_is_read_as_it_shows(tmp_path: Path, name: str, change: str) -> None:
    record = _record(name)
    path = _issued(record, "project", tmp_path / "form.docx")
    document = docx.Document(str(path))
    CHANGES[change](document)
    document.save(str(path))
    reading = _read(path)
    assert reading.record == replace(record, budget=replace(record.budget, lines=_lines(record, change)))
    assert [item for item in reading.findings if item.rule == "tag-disagrees"] == []
    assert reading.unread == ()


@pytest.mark.libreoffice
def test_a_form_that_people_changed_in_libreoffice_is_read_as_it_shows(tmp_path: Path) -> None:
    record = _record(PROJECTS[0])
    facts = {"year": record.fiscal_year, "bureau": record.bureau}
    for number, change in enumerate(CHANGES):
        path = _issued(record, "project", tmp_path / f"{number}.docx", **facts)
        document = docx.Document(str(path))
        CHANGES[change](document)
        document.save(str(path))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "saved")]
    subprocess.run([*command, *map(str, sorted(tmp_path.glob("*.docx")))], check=True, timeout=120)
    for number, change in enumerate(CHANGES):
        reading = _read(tmp_path / "saved" / f"{number}.docx")
        lines = _lines(record, change)
        assert reading.record == replace(record, budget=replace(record.budget, lines=lines))
        assert [item.rule for item in reading.findings if item.rule.startswith(("tag", "key"))] == []


@pytest.mark.parametrize("name", PROJECTS)
def test_the_controls_of_rows_vouch_for_lists_that_stand_as_issued(tmp_path: Path, name: str) -> None:
    record = _record(name)
    reading = _read(_issued(record, "project", tmp_path / "form.docx"))
    lists = {path for path in ("objectives", "activities", "budget.lines") if path in reading.evidence}
    assert lists
    assert {reading.evidence[path].by for path in lists} == {Strength.TAG}
    document = docx.Document(str(tmp_path / "form.docx"))
    _moved(document)
    document.save(str(tmp_path / "moved.docx"))
    assert _read(tmp_path / "moved.docx").evidence["budget.lines"].by is not Strength.TAG


def test_a_control_in_another_column_is_told_and_the_heading_counts(tmp_path: Path) -> None:
    path = _issued(_record(PROJECTS[0]), "project", tmp_path / "form.docx")
    document = docx.Document(str(path))
    body = document.element.body
    (unit,), (target,) = (_controls(body, f"project.indicators.1.{leaf}") for leaf in ("unit", "target"))
    place, other = unit.getparent(), target.getparent()
    place.append(target)
    other.append(unit)
    document.save(str(path))
    reading = _read(path)
    assert isinstance(reading.record, Project)
    first, was = reading.record.indicators[0], _record(PROJECTS[0]).indicators[0]
    assert (first.unit, first.target) == (was.target, was.unit)
    told = [item for item in reading.findings if item.rule == "tag-disagrees"]
    assert len(told) == 2
    assert all(item.where and item.field == "indicators" for item in told)
    assert reading.evidence["indicators"].by is not Strength.TAG


def test_a_control_that_was_copied_and_says_two_things_is_left_to_the_labels(tmp_path: Path) -> None:
    record = _record(PROJECTS[0])
    path = _issued(record, "project", tmp_path / "form.docx")
    document = docx.Document(str(path))
    (name,) = _controls(document.element.body, "project.name")
    paragraph = document.add_paragraph("หมายเหตุ ")._p
    paragraph.append(copy.deepcopy(name))
    document.element.body.insert(0, paragraph)
    _write(paragraph, ".name", "โครงการอื่นที่เคยเสนอ")
    document.save(str(path))
    reading = _read(path)
    assert isinstance(reading.record, Project)
    assert reading.record.name == record.name
    assert reading.evidence["name"].by is not Strength.TAG
    assert any("โครงการอื่นที่เคยเสนอ" in item.text for item in reading.unread)


def _blank(path: Path, *tags: str) -> None:
    document = docx.Document(str(path))
    for tag in tags:
        for control in _controls(document.element.body, tag):
            for text in control.iter(qn("w:t")):
                text.text = ""
    document.save(str(path))


def test_the_key_fills_what_the_form_leaves_empty_and_says_so(tmp_path: Path) -> None:
    record = replace(_record(PROJECTS[0]), code="2570-วช-001")
    facts = {"year": record.fiscal_year, "bureau": record.bureau, "code": record.code, "name": record.name}
    path = _issued(record, "project", tmp_path / "form.docx", **facts)
    _blank(path, "project.bureau", "project.fiscal_year", "project.code")
    reading = _read(path)
    assert reading.record == record
    notes = {item.field: item for item in reading.findings if item.rule == "key-used"}
    assert set(notes) == {"bureau", "fiscal_year", "code"}
    assert {reading.evidence[field].by for field in notes} == {Strength.TAG}
    assert "2570-วช-001" in notes["code"].message


def test_a_form_of_another_bureau_or_year_is_told_and_what_is_typed_counts(tmp_path: Path) -> None:
    record = _record(PROJECTS[0])
    path = _issued(record, "project", tmp_path / "form.docx", year=2569, bureau="สำนักกฎหมาย")
    reading = _read(path)
    assert reading.record == record
    told = {item.field: item.message for item in reading.findings if item.rule == "key-mismatch"}
    assert set(told) == {"fiscal_year", "bureau"}
    assert "สำนักกฎหมาย" in told["bureau"]
    assert "2569" in told["fiscal_year"]


def test_the_form_of_one_project_does_not_lend_its_code_to_another(tmp_path: Path) -> None:
    record = replace(_record(PROJECTS[0]), code=None)
    facts = {"year": record.fiscal_year, "code": "2570-กม-009", "name": "โครงการปรับปรุงระบบแฟ้มคดี"}
    reading = _read(_issued(record, "project", tmp_path / "form.docx", **facts))
    assert isinstance(reading.record, Project)
    assert reading.record.code is None
    (told,) = [item for item in reading.findings if item.rule == "key-mismatch"]
    assert told.field == "code"
    assert "2570-กม-009" in told.message


def test_a_form_whose_labels_are_nearly_gone_is_known_by_its_key(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("ชื่อการประชุม: การประชุมคณะทำงานติดตามแผน")
    plain, keyed = tmp_path / "plain.docx", tmp_path / "keyed.docx"
    document.save(str(plain))
    with pytest.raises(UnknownForm):
        _read(plain)
    save_bytes(keyed, with_properties(plain.read_bytes(), {KEY_PROPERTY: "form=meeting"}))
    assert isinstance(_read(keyed).record, Meeting)


def test_a_report_takes_its_year_and_bureau_from_the_key(tmp_path: Path) -> None:
    rows = (ProgressRow(code="กม-001", name="โครงการหนึ่ง", allocated=Decimal("100000.00")),)
    record = Progress(fiscal_year=2570, bureau="สำนักกฎหมาย", rows=rows)
    path = _issued(record, "progress", tmp_path / "report.xlsx", year=2570, bureau="สำนักกฎหมาย")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet["A1"] = str(sheet["A1"].value).replace("๒๕๗๐", "........")
    sheet["A3"] = None
    book.save(path)
    reading = _read(path)
    assert isinstance(reading.record, Progress)
    assert (reading.record.fiscal_year, reading.record.bureau) == (2570, "สำนักกฎหมาย")
    assert {item.field for item in reading.findings if item.rule == "key-used"} == {"fiscal_year", "bureau"}


def test_a_copy_of_an_older_edition_is_read_and_told(tmp_path: Path) -> None:
    record = _record(PROJECTS[0])
    reading = _read(_issued(record, "project", tmp_path / "form.docx", edition="00000000"))
    assert reading.record == record
    assert [item.severity for item in reading.findings if item.rule == "form-edition"] == [Severity.NOTE]


def test_a_line_that_was_copied_in_a_meeting_form_is_one_more_invitee(tmp_path: Path) -> None:
    meeting = Meeting(
        title="การประชุมคณะทำงาน", number="๑/๒๕๗๐", chair="นายสมมติ ทดสอบ", invitees=("สำนักหนึ่ง", "สำนักสอง")
    )
    path = _issued(meeting, "meeting", tmp_path / "form.docx")
    document = docx.Document(str(path))
    (control,) = _controls(document.element.body, "meeting.invitees.1")
    line = next(control.iterancestors(qn("w:p")))
    twin = copy.deepcopy(line)
    line.addnext(twin)
    _write(twin, ".1", "นายเพิ่มเติม ภายหลัง")
    document.save(str(path))
    reading = _read(path)
    assert isinstance(reading.record, Meeting)
    assert reading.record.invitees == ("สำนักหนึ่ง", "นายเพิ่มเติม ภายหลัง", "สำนักสอง")
    assert reading.evidence["invitees"].by is not Strength.TAG


def test_a_report_without_one_of_its_rows_is_read_as_it_shows(tmp_path: Path) -> None:
    rows = tuple(
        ProgressRow(code=f"70-กม-0{number}", name=f"โครงการที่ {number}", allocated=Decimal("100000.00"))
        for number in (1, 2, 3)
    )
    record = Progress(fiscal_year=2570, bureau="สำนักกฎหมาย", rows=rows)
    path = _issued(record, "progress", tmp_path / "report.xlsx", year=2570, bureau="สำนักกฎหมาย")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.delete_rows(next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "70-กม-02"))
    book.save(path)
    reading = _read(path)
    assert isinstance(reading.record, Progress)
    assert [(row.code, row.allocated) for row in reading.record.rows] == [
        ("70-กม-01", Decimal("100000.00")),
        ("70-กม-03", Decimal("100000.00")),
    ]
    assert [item.rule for item in reading.findings if item.rule.startswith("key")] == []
