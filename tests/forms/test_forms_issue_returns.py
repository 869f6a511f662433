"""Issued forms come back: as they went, without controls, typed among dots, from LibreOffice."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from template_files import W

from automation.config import load_config
from automation.forms import read
from automation.forms.catalogue import FormCatalogue
from automation.forms.issue import issue_form
from automation.model import RECORD_TYPES, Meeting, Project, Record, from_json
from automation.office.opening import open_file
from automation.pipeline.workbench import known
from tests_place import SAMPLES

ROOT = SAMPLES.parent
CATALOGUE = FormCatalogue.load(ROOT / "templates")
KNOWN = known(load_config(ROOT))
CHOICES = {"project.bureau": ("สำนักกฎหมาย", "สำนักวิชาการ"), "project.alignment.goal": ("1 ก", "2 ข")}
ROOM = re.compile(
    r"project\.(?:name|bureau|place|rationale|alignment\.\w+|objectives\.\d+|budget\.total)"
    r"|meeting\.(?:date|chair)"
)
"""Fields behind which the form prints dots."""


def _records(forms: tuple[str, ...], *folders: str) -> Iterator[Any]:
    for path in sorted(path for folder in folders for path in (SAMPLES / folder).glob("*.expected.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        if expected["form"] in forms:
            record = from_json(RECORD_TYPES[expected["form"]], expected["record"])
            yield pytest.param(expected["form"], record, id=f"{path.parent.name}-{path.name.split('.')[0]}")


RECORDS = list(_records(("project", "meeting"), "project", "year2570/forms", "other"))
BOOKS = list(_records(("progress", "allocation", "resolution", "strategy"), "progress", "other"))


def issued(form: str, record: Record, target: Path) -> Path:
    issue_form(CATALOGUE.get(form), record, target, key=f"form={form}", choices=CHOICES)
    return target


def read_back(path: Path) -> Record | None:
    return read(open_file(path), CATALOGUE, KNOWN, file=path.name, sha256="").record


def in_order(record: Record | None) -> Record | None:
    """The record with its attachments in one order: a form ticks them in the order that it prints."""
    if not isinstance(record, Project):
        return record
    return replace(record, attachments=tuple(sorted(record.attachments)))


def without_controls(source: Path, target: Path, *, dotted: bool = False) -> Path:
    """A copy as an old program leaves it: no controls, no key; values stand among the dots where `dotted`."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name == "word/document.xml":
                new.writestr(name, _bare(old.read(name), dotted))
            elif not name.endswith("custom.xml"):
                new.writestr(name, old.read(name))
    return target


def _bare(body: bytes, dotted: bool) -> bytes:
    root = etree.fromstring(body)
    for control in list(root.iter(W + "sdt")):
        tag, content = control.find(f"{W}sdtPr/{W}tag"), control.find(W + "sdtContent")
        texts = [text for text in content.iter(W + "t") if text.text]
        if dotted and tag is not None and ROOM.fullmatch(tag.get(W + "val")) and texts:
            texts[0].text, texts[-1].text = f"....{texts[0].text}", f"{texts[-1].text} ......."
        parent = control.getparent()
        position = parent.index(control)
        parent[position : position + 1] = list(content)
    data: bytes = etree.tostring(root)
    return data


def saved_by_libreoffice(folder: Path, names: Iterable[str], kind: str) -> None:
    """Open and save the files in LibreOffice, into the folder `saved`."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += [
        "--convert-to",
        kind,
        "--outdir",
        str(folder / "saved"),
        *(str(folder / name) for name in names),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.mark.parametrize(("form", "record"), RECORDS)
def test_a_form_comes_back_as_it_went_with_and_without_its_controls(
    tmp_path: Path, form: str, record: Record
) -> None:
    path = issued(form, record, tmp_path / "f.docx")
    assert in_order(read_back(path)) == in_order(record)
    assert in_order(read_back(without_controls(path, tmp_path / "bare.docx"))) == in_order(record)


@pytest.mark.parametrize(("form", "record"), RECORDS[:12])
def test_values_typed_among_the_dots_are_read_without_them(tmp_path: Path, form: str, record: Record) -> None:
    path = without_controls(issued(form, record, tmp_path / "f.docx"), tmp_path / "typed.docx", dotted=True)
    with zipfile.ZipFile(path) as package:
        assert "....." in package.read("word/document.xml").decode()
    assert in_order(read_back(path)) == in_order(record)


@pytest.mark.libreoffice
def test_forms_saved_by_libreoffice_are_read_as_before(tmp_path: Path) -> None:
    cases = [(f"{number}.docx", *param.values) for number, param in enumerate(RECORDS[:4] + RECORDS[-2:])]
    cases += [("blank-p.docx", "project", Project()), ("blank-m.docx", "meeting", Meeting())]
    before = {name: read_back(issued(form, record, tmp_path / name)) for name, form, record in cases}
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += [
        "--convert-to",
        "docx",
        "--outdir",
        str(tmp_path / "saved"),
        *(str(tmp_path / n) for n in before),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for name, record in before.items():
        assert read_back(tmp_path / "saved" / name) == record
        assert open_file(tmp_path / "saved" / name).key == open_file(tmp_path / name).key


@pytest.mark.libreoffice
def test_workbooks_saved_by_libreoffice_are_read_as_before(tmp_path: Path) -> None:
    cases = {param.values[0]: param.values[1] for param in BOOKS}
    before = {}
    for form, record in cases.items():
        path = tmp_path / f"{form}.xlsx"
        issue_form(CATALOGUE.get(form), record, path, key=f"form={form}", choices=CHOICES)
        before[path.name] = read_back(path)
    saved_by_libreoffice(tmp_path, before, "xlsx")
    for name, record in before.items():
        assert record is not None
        assert read_back(tmp_path / "saved" / name) == record
        assert open_file(tmp_path / "saved" / name).key == open_file(tmp_path / name).key
