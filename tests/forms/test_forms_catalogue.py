"""The catalogue of forms: the shipped one, and what is wrong with a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.errors import TemplateError
from automation.forms.catalogue import FormCatalogue
from automation.model import RECORD_TYPES


def test_every_record_has_a_form_with_a_template(templates: Path) -> None:
    catalogue = FormCatalogue.load(templates)
    assert {form.id for form in catalogue} == set(RECORD_TYPES)
    assert all(form.template.suffix == f".{form.medium}" and form.title for form in catalogue)
    assert catalogue.templates == templates


def test_a_form_is_found_by_its_name(templates: Path) -> None:
    catalogue = FormCatalogue.load(templates)
    assert catalogue.get("project").medium == "docx"
    with pytest.raises(TemplateError) as caught:
        catalogue.get("projct")
    assert "projct" in caught.value.message
    assert "project" in caught.value.hint


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('[Site-Visit]\ntitle = "ก"\ntemplate = "a.docx"', "ชื่อแบบฟอร์มต้องเป็นอักษรอังกฤษ"),
        ('[visit]\ntitle = "ก"\ntemplate = "a.xlsx"', "ไม่พบแฟ้มแม่แบบ xlsx/a.xlsx"),
        ('[project]\ntitle = "ก"\ntemplate = "a.docx"\nrequired = ["name"]', "เฉพาะแบบฟอร์มที่เพิ่มเอง"),
        ("project = 1", "ต้องเป็นตาราง"),
        ('[project]\ntitle = "ก"\ntemplate = "a.docx"\ncolour = 1', "ไม่รู้จัก colour"),
        ('[project]\ntemplate = "a.docx"', "ต้องระบุ title"),
        ('[project]\ntitle = "ก"', "ต้องระบุ template"),
        ('[project]\ntitle = "ก"\ntemplate = "a.pdf"', "ต้องเป็นชื่อแฟ้ม"),
        ('[project]\ntitle = "ก"\ntemplate = "../a.docx"', "ต้องเป็นชื่อแฟ้ม"),
        ('[project]\ntitle = "ก"\ntemplate = "a.docx"\nsteps = "A08"', "steps ต้องเป็นรายการ"),
        ('[project]\ntitle = "ก"\ntemplate = "a.docx"', "ไม่พบแฟ้มแม่แบบ docx/a.docx"),
        ("[project", "อ่านรายการแบบฟอร์มไม่ได้"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(tmp_path: Path, entry: str, words: str) -> None:
    (tmp_path / "forms.toml").write_text(entry, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        FormCatalogue.load(tmp_path)
    assert words in caught.value.message
    assert caught.value.place == "forms.toml"
    assert caught.value.hint


def test_a_folder_without_catalogue_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="อ่านรายการแบบฟอร์มไม่ได้"):
        FormCatalogue.load(tmp_path)
