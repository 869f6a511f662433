"""The store of PDFs: equal files are set once, whatever changes the pages sets them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from automation.office import pdf_store
from automation.office.pdf import prepare
from automation.office.pdf_store import PdfStore
from tests.office.office_files import docx

P = "<w:p><w:r><w:t>ข้อความ</w:t></w:r></w:p>"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """What stands for the program that sets the pages."""
    file = tmp_path / "soffice"
    file.write_bytes(b"")
    return file


def test_a_pdf_comes_back_under_its_key(tmp_path: Path) -> None:
    store, pdf = PdfStore(tmp_path / "kept"), tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF")
    assert not store.take("key", tmp_path / "b.pdf")
    store.keep("key", pdf)
    assert store.take("key", tmp_path / "b.pdf")
    assert (tmp_path / "b.pdf").read_bytes() == b"%PDF"


def test_the_key_is_that_of_what_shapes_the_pages(tmp_path: Path, program: Path) -> None:
    store, conf = PdfStore(tmp_path / "kept"), tmp_path / "fonts.conf"
    conf.write_text("<fontconfig/>", encoding="utf-8")
    copies = [tmp_path / "1.docx", tmp_path / "2.docx", tmp_path / "3.docx"]
    for copy, words in zip(copies, (P, P, P + P), strict=True):
        prepare(docx(tmp_path / "source.docx", words), copy)
    keys = [store.key(copy, program, conf, "settings") for copy in copies]
    assert keys[0] == keys[1] != keys[2]
    assert store.key(copies[0], program, conf, "others") != keys[0]
    conf.write_text("<fontconfig><dir/></fontconfig>", encoding="utf-8")
    assert store.key(copies[0], program, conf, "settings") != keys[0]
    os.utime(program, (1, 1))
    assert store.key(copies[0], program, None, "settings") != store.key(
        copies[0], tmp_path / "1.docx", None, "settings"
    )


def test_the_oldest_go_when_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_store, "_MOST", 10)
    store, pdf = PdfStore(tmp_path / "kept"), tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-")
    for place, name in enumerate("abc"):
        store.keep(name, pdf)
        if name != "c":
            os.utime(tmp_path / "kept" / f"{name}.pdf", (place + 1, place + 1))
    assert [store.take(name, tmp_path / "out.pdf") for name in "abc"] == [False, True, True]


def test_a_folder_that_cannot_be_written_only_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store, pdf = PdfStore(tmp_path / "file"), tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF")
    store.keep("key", pdf)
    assert not store.take("key", tmp_path / "b.pdf")
