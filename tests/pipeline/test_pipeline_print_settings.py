"""Faces inside Word files and PDF/A, by order or by the settings of the workspace."""

from __future__ import annotations

import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from automation.config import load_config
from automation.office.pdf_standard import archive_level
from automation.pipeline.intake import intake
from automation.pipeline.produce import Order, make_pdfs, produce
from automation.pipeline.sweep import arrivals
from automation.pipeline.workbench import open_workbench
from automation.pipeline.workspace import shipped

NOW = datetime(2026, 11, 24, 9, 30)
ORDER = Order(
    kind="memo-approve-project",
    year=2570,
    project="70-พบ-01",
    facts={"signatory": "นางสาวตัวอย่าง แผนงานดี", "phone": "๐ ๒๐๐๐ ๐๙๐๐"},
)


def settings(root: Path, **pairs: str) -> None:
    """Turn settings on."""
    text = (root / "config.toml").read_text(encoding="utf-8")
    for name in pairs:
        assert f"\n{name} = false" in text
        text = text.replace(f"\n{name} = false", f"\n{name} = {pairs[name]}")
    (root / "config.toml").write_text(text, encoding="utf-8")


def test_both_are_off_until_the_office_asks(root: Path) -> None:
    config = load_config(root)
    assert (config.pdf_archive, config.embed_fonts) == (False, False)
    settings(root, archive="true", embed_fonts="true")
    config = load_config(root)
    assert (config.pdf_archive, config.embed_fonts) == (True, True)


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_a_memo_with_its_face_and_for_the_archive(root: Path) -> None:
    settings(root, embed_fonts="true")
    with open_workbench(root, lambda: NOW) as bench:
        shutil.copy(shipped("samples/year2570") / "forms" / "hr-01.docx", bench.config.inbox)
        intake(bench, arrivals(bench.config.inbox))
        made = produce(bench, ORDER)
    with zipfile.ZipFile(made[0].path) as package:
        assert "word/fonts/font1.odttf" in package.namelist()
    (item,) = make_pdfs(made, archive=True)
    assert item.pdf is not None
    assert archive_level(PdfReader(item.pdf)) == "2B"
