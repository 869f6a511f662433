"""Every form template: good by `lint`, filled with real records, sound by the Office validator."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator
from template_files import all_text, texts

from automation.forms.catalogue import FormCatalogue
from automation.forms.issue import issue_form
from automation.model import RECORD_TYPES, Record, from_json
from automation.office.fill import fill_document, render_document
from automation.office.fill_workbook import fill_workbook
from automation.office.filters import FILTERS
from automation.office.lint import lint_template
from tests_place import SAMPLES

ODD = 'ก&ข <ค> "ง" ที่น้ำใจปู่ญี่ปุ่น'
"""Stands in names: what breaks mark-up, and what breaks Thai."""


def _records() -> Iterator[Any]:
    for path in sorted(SAMPLES.rglob("*.expected.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        if expected["form"]:
            record = from_json(RECORD_TYPES[expected["form"]], expected["record"])
            yield pytest.param(expected["form"], record, id=f"{path.parent.name}-{path.name.split('.')[0]}")


RECORDS = list(_records())
ONE_OF_EACH = list({param.values[0]: param for param in RECORDS}.values())


def _fill(templates: Path, name: str, record: Record, target: Path) -> Path:
    form = FormCatalogue.load(templates).get(name)
    fill = fill_document if form.medium == "docx" else fill_workbook
    path = target / f"{name}.{form.medium}"
    fill(form.template, {name: record}, path)
    return path


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_the_template_is_good(templates: Path, name: str) -> None:
    assert lint_template(FormCatalogue.load(templates).get(name).template, RECORD_TYPES) == ()


@pytest.mark.parametrize(("name", "record"), RECORDS)
def test_every_sample_record_fills_it(templates: Path, tmp_path: Path, name: str, record: Record) -> None:
    content = all_text(_fill(templates, name, record, tmp_path))
    assert "{{" not in content
    assert "{%" not in content
    assert ">None<" not in content


@pytest.mark.parametrize(("name", "record"), ONE_OF_EACH)
def test_the_office_validator_accepts_it(templates: Path, tmp_path: Path, name: str, record: Record) -> None:
    form = FormCatalogue.load(templates).get(name)
    blank = tmp_path / f"blank.{form.medium}"
    issue_form(form, RECORD_TYPES[name](), blank, key="K")
    for path in (_fill(templates, name, record, tmp_path), blank, form.template):
        result = OpenXmlValidator().validate(path)
        assert [str(error) for error in result.errors] == [], path.name


@pytest.mark.parametrize(("name", "record"), ONE_OF_EACH)
def test_odd_text_survives_in_every_field(templates: Path, tmp_path: Path, name: str, record: Record) -> None:
    odd = _with_odd_texts(record)
    content = all_text(_fill(templates, name, odd, tmp_path))
    shown = ODD.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert ODD not in content
    # a workbook holds each text once, a document as often as it is printed
    wanted = _odd_texts(odd) if name in ("project", "meeting") else 1
    assert content.count(shown) >= wanted > 0


def _odd_texts(value: Any) -> int:
    """How many fields of a record hold the odd text."""
    if is_dataclass(value):
        return sum(_odd_texts(getattr(value, f.name)) for f in fields(value))
    return sum(map(_odd_texts, value)) if isinstance(value, tuple) else int(value == ODD)


def _with_odd_texts(value: Any) -> Any:
    """The record with its free texts replaced; times stay, since they are a notation of their own."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = ("start_time", "end_time")
        changed = {
            f.name: _with_odd_texts(getattr(value, f.name)) for f in fields(value) if f.name not in kept
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(map(_with_odd_texts, value))
    return ODD if type(value) is str else value


@pytest.mark.parametrize(("name", "record"), [param for param in RECORDS if param.values[0] == "project"][:8])
def test_controls_change_no_word_of_a_form(templates: Path, name: str, record: Record) -> None:
    template = FormCatalogue.load(templates).get(name).template
    plain, controlled = (render_document(template, {name: record}, controls=yes) for yes in (False, True))
    assert [text.replace("\u00a0" * 4, "") for text in texts(controlled)] == texts(plain)


@pytest.mark.libreoffice
def test_a_template_that_another_program_has_saved_says_the_same(templates: Path, tmp_path: Path) -> None:
    ((_, record),) = [param.values for param in RECORDS if param.id == "project-02-clean-youth-outreach"]
    ours = FormCatalogue.load(templates).get("project").template
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path), str(ours)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = tmp_path / ours.name
    assert lint_template(saved, RECORD_TYPES) == ()
    before, after = (texts(render_document(path, {"project": record})) for path in (ours, saved))
    assert [line for line in after if line] == [line for line in before if line]


def test_the_manual_of_templates_names_every_filter() -> None:
    manual = (SAMPLES.parent / "docs" / "templates.md").read_text(encoding="utf-8")
    assert [name for name in FILTERS if f"`{name}" not in manual] == []
