"""PDF and printer take the Word file as it is now."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader

from automation.errors import RenderError, UsageError
from automation.pipeline.printing import to_pdf, to_printer
from tests_place import SAMPLES

FORM = SAMPLES / "other" / "meeting-screening-committee.docx"


@pytest.mark.libreoffice
def test_a_pdf_stands_beside_each_word_file(tmp_path: Path) -> None:
    files = [tmp_path / "หนึ่ง.docx", tmp_path / "ห้อง" / "สอง.docx"]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        shutil.copy(FORM, file)
    made = to_pdf(files)
    assert [path.name for path in made] == ["หนึ่ง.pdf", "สอง.pdf"]
    assert [path.parent for path in made] == [file.parent for file in files]
    assert all(len(PdfReader(path).pages) >= 1 for path in made)


@pytest.mark.libreoffice
def test_the_printer_gets_the_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printer = tmp_path / "bin" / "lp"
    printer.parent.mkdir()
    printer.write_text(f'#!/bin/sh\ncp "$1" "{tmp_path}/printed.pdf"\n', encoding="utf-8")
    printer.chmod(printer.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{printer.parent}{os.pathsep}{os.environ['PATH']}")
    file = tmp_path / "หนังสือ.docx"
    shutil.copy(FORM, file)
    assert "1 ไฟล์" in to_printer([file])
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_printer_the_user_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    file = tmp_path / "หนังสือ.docx"
    shutil.copy(FORM, file)
    with pytest.raises(RenderError, match="ไม่มีคำสั่งพิมพ์"):
        to_printer([file])


@pytest.mark.parametrize("work", [to_pdf, to_printer])
def test_only_word_files_that_are_there(tmp_path: Path, work: object) -> None:
    assert callable(work)
    with pytest.raises(UsageError, match="ไม่พบไฟล์"):
        work([tmp_path / "หาย.docx"])
    (tmp_path / "ตาราง.xlsx").write_bytes(b"x")
    with pytest.raises(UsageError, match="ไม่ใช่ไฟล์ Word"):
        work([tmp_path / "ตาราง.xlsx"])
