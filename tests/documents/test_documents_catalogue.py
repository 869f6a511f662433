"""The catalogue of documents: what is shipped, and what it says of a wrong entry."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from automation.documents.catalogue import DocumentCatalogue, Paper, Scope
from automation.errors import TemplateError, UsageError

GOOD = """
[facts]
signatory = "ชื่อผู้ลงนาม"
"project.name" = "ชื่อโครงการ"

[note]
title = "บันทึกแจ้งเรื่อง"
paper = "memo"
scope = "project"
template = "note.docx"
steps = ["S03"]
needs = ["signatory", "project.name"]
name = "บันทึก {project.name}"
"""


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "docx").mkdir()
    (tmp_path / "docx" / "note.docx").write_bytes(b"")
    (tmp_path / "documents.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_shipped_catalogue(templates: Path) -> None:
    catalogue = DocumentCatalogue.load(templates)
    memo, invitation = catalogue.get("memo-approve-project"), catalogue.get("invitation")
    assert (memo.paper, memo.scope, memo.steps) == (Paper.MEMO, Scope.PROJECT, ("S03", "F06", "A05.1b"))
    assert (invitation.paper, invitation.scope) == (Paper.INVITATION, Scope.MEETING)
    assert {"A04", "A05.2a", "A12", "C7", "F09", "S08", "S09"} <= set(invitation.steps)
    assert all(kind.template.is_file() for kind in catalogue)


def test_what_config_toml_ships_is_known_to_the_documents(templates: Path) -> None:
    office = tomllib.loads((templates.parent / "config.toml").read_text(encoding="utf-8"))["office"]
    assert set(office) <= set(DocumentCatalogue.load(templates).get("invitation").facts)


def test_an_entry_is_read(tmp_path: Path) -> None:
    (kind,) = DocumentCatalogue.load(folder(tmp_path, GOOD))
    assert kind.id == "note"
    assert kind.title == "บันทึกแจ้งเรื่อง"
    assert kind.template == tmp_path / "docx" / "note.docx"
    assert kind.needs == ("signatory", "project.name")
    assert kind.facts == ("signatory",)


def test_without_a_name_the_file_is_called_as_the_document(tmp_path: Path) -> None:
    text = "\n".join(line for line in GOOD.splitlines() if not line.startswith("name"))
    (kind,) = DocumentCatalogue.load(folder(tmp_path, text))
    assert kind.name == kind.title


def test_an_unknown_kind_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        DocumentCatalogue.load(folder(tmp_path, GOOD)).get("memo")
    assert "note" in caught.value.hint


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "บันทึกแจ้งเรื่อง"', "", "title"),
        ('paper = "memo"', 'paper = "stone"', "paper"),
        ('scope = "project"', 'scope = "world"', "scope"),
        ('steps = ["S03"]', 'steps = "S03"', "steps"),
        ('needs = ["signatory", "project.name"]', 'needs = ["stamp"]', "stamp"),
        ('template = "note.docx"', 'template = "lost.docx"', "docx/lost.docx"),
        ("steps =", "step =", "step"),
        ('signatory = "ชื่อผู้ลงนาม"', "signatory = 1", "[facts]"),
        ('name = "บันทึก {project.name}"', "defaults = 1", "defaults"),
        ('name = "บันทึก {project.name}"', 'defaults = { stamp = "ด่วน" }', "stamp"),
    ],
)
def test_a_wrong_entry_is_told_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in GOOD
    with pytest.raises(TemplateError) as caught:
        DocumentCatalogue.load(folder(tmp_path, GOOD.replace(old, new)))
    assert says in caught.value.message
    assert caught.value.place == "documents.toml"


@pytest.mark.parametrize("text", ["[note", "note = 1", "[facts]\n[note]\ntitle = 1"])
def test_what_is_no_catalogue_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(TemplateError):
        DocumentCatalogue.load(folder(tmp_path, text))


def test_a_missing_catalogue_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateError):
        DocumentCatalogue.load(tmp_path)
