"""The chapters that the office writes: found, filled with the values of the book, named when missing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from docx import Document

from automation.documents.books import build_book, finish
from automation.documents.catalogue import DocumentCatalogue, Kind
from automation.documents.chapters import chapter_files, chapter_folder, chapter_notes
from automation.office.fill import fill_document
from tests.documents.sample_books import TEMPLATES, sample_year


def kind_in(folder: Path) -> Kind:
    """The four-year book with its template in a folder of its own."""
    kind = DocumentCatalogue.load(TEMPLATES.parent).get("four-year-book")
    return replace(kind, template=Path(shutil.copy(kind.template, folder)))


def write(file: Path, *texts: str) -> None:
    """A chapter with these paragraphs."""
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    file.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(file))


def test_missing_chapters_are_named_once(tmp_path: Path) -> None:
    """All of them, while there is no chapter at all; one less for each that is written."""
    kind = kind_in(tmp_path)
    assert len(chapter_notes(kind)) == 8
    write(chapter_folder(kind) / "บทนำ.docx", "ก")
    notes = chapter_notes(kind)
    assert len(notes) == 7
    assert not any("บทนำ" in note for note in notes)
    assert any("“ศักยภาพการพัฒนา” (four-year-book/ศักยภาพการพัฒนา.docx" in note for note in notes)


def test_shipped_books_lack_only_what_the_office_alone_can_write() -> None:
    """Forewords and introductions are shipped as a start."""
    missing = {
        kind.id: len(chapter_notes(kind))
        for kind in DocumentCatalogue.load(TEMPLATES.parent)
        if chapter_notes(kind)
    }
    assert missing == {"four-year-book": 6, "strategic-book": 1}


def test_a_chapter_of_one_book_goes_before_that_of_all(tmp_path: Path) -> None:
    """And what Word leaves lying about while a file is open is no chapter."""
    folder = tmp_path / "chapters" / "plan-book"
    write(folder / "คำนำ.docx", "ของเล่มนี้")
    write(folder.parent / "คำนำ.docx", "ของทุกเล่ม")
    write(folder.parent / "บทนำ.docx", "ของทุกเล่ม")
    write(folder / "~$คำนำ.docx", "ก")
    assert chapter_files(folder) == {
        "คำนำ": folder / "คำนำ.docx",
        "บทนำ": folder.parent / "บทนำ.docx",
    }


def test_a_chapter_may_hold_placeholders(tmp_path: Path) -> None:
    """It is filled as the book is."""
    write(
        tmp_path / "คำนำ.docx", "ประจำปีงบประมาณ พ.ศ. {{ year | thai }} จำนวน {{ total.count | thai }} รายการ"
    )
    context = build_book("plan-book", sample_year(), {})
    book = tmp_path / "out" / "book.docx"
    book.parent.mkdir()
    fill_document(TEMPLATES / "plan-book.docx", context, book)
    finish(book, context, chapters=tmp_path, number_pages=False)
    words = [paragraph.text for paragraph in Document(str(book)).paragraphs]
    assert "ประจำปีงบประมาณ พ.ศ. ๒๕๗๐ จำนวน ๒๔ รายการ" in words
    assert any(text == "[รอข้อความ “บทนำ” จากสำนัก]" for text in words)
