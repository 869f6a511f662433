"""What is wrong with a template, as a copy of it with comments at the place of each problem."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
from lxml import etree

from automation.office.annotate import Pencil
from automation.pipeline.linting import comment_templates, lint_templates
from tests.office.office_files import W_URI

W = f"{{{W_URI}}}"
PENCIL = Pencil(author="สำนักนโยบายและแผน", when=datetime(2026, 11, 24, 9, 30))


def spoilt(template: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(template) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    xml = parts["word/document.xml"].decode()
    assert old in xml
    parts["word/document.xml"] = xml.replace(old, new, 1).encode()
    with zipfile.ZipFile(template, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_a_faulty_template_has_its_problems_as_comments_at_their_place(root: Path, tmp_path: Path) -> None:
    templates = root / "templates"
    template = templates / "docx" / "form-project.docx"
    spoilt(template, "project.place", "project.plase")
    spoilt(template, "project.rationale", "project.reason")
    (result,) = lint_templates(templates, [template])
    assert len(result["problems"]) == 2
    (copy,) = comment_templates(templates, [template], tmp_path / "ออก", PENCIL)
    assert copy.name == "form-project (ต้องแก้ไข).docx"
    with zipfile.ZipFile(copy) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        said = "".join(etree.fromstring(package.read("word/comments.xml")).itertext())
    anchored = ["".join(mark.getparent().itertext()) for mark in body.iter(f"{W}commentRangeStart")]
    assert [re.findall(r"project\.\w+", text) for text in anchored] == [["project.reason"], ["project.plase"]]
    for problem in result["problems"]:
        assert problem["message"] in said


def test_a_faulty_sheet_has_its_problems_as_notes(root: Path, tmp_path: Path) -> None:
    templates = root / "templates"
    template = templates / "xlsx" / "form-allocation.xlsx"
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    sheet["A1"] = "{{ allocation.yaer }}"
    book.save(template)
    book.close()
    (copy,) = comment_templates(templates, [template], tmp_path / "ออก", PENCIL)
    note = openpyxl.load_workbook(copy).worksheets[0]["A1"].comment
    assert note is not None
    assert "yaer" in note.text


def test_good_templates_have_no_copies(root: Path, tmp_path: Path) -> None:
    good = root / "templates" / "docx" / "form-meeting.docx"
    assert comment_templates(root / "templates", [good], tmp_path / "ออก", PENCIL) == ()
    assert not (tmp_path / "ออก").exists()


def test_the_chapters_of_a_book_are_read_as_the_book(root: Path) -> None:
    templates = root / "templates"
    chapter = templates / "docx" / "chapters" / "plan-book" / "คำนำ.docx"
    spoilt(chapter, "{{ ", "{{ wrong.")
    results = {item["template"]: item["problems"] for item in lint_templates(templates, [])}
    assert results["docx/chapters/plan-book/คำนำ.docx"]
    assert not results["docx/chapters/plan-book/บทนำ.docx"]
