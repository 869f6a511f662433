"""Language, title, archive standard and searchable Thai of the PDFs that LibreOffice makes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from docx import Document as WordFile
from pypdf import PdfReader, PdfWriter

from automation.office.blocks import Document
from automation.office.opening import open_file
from automation.office.pdf import convert
from automation.office.pdf_layout import page_layouts
from automation.office.pdf_standard import archive_level, complete
from automation.thai.digits import to_arabic
from tests.documents.sample_books import made_book, sample_year


def plain(text: str) -> str:
    """Letters as one searches for them: composed, without blanks, digits of either kind alike."""
    return "".join(to_arabic(unicodedata.normalize("NFKD", text)).split())


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year-end report as Word file."""
    return made_book("year-end-report", sample_year(), tmp_path_factory.mktemp("standard"))


@pytest.fixture(scope="module")
def archived(book: Path) -> PdfReader:
    """The report for the archive."""
    return PdfReader(convert([book], book.parent / "pdf", archive=True)[0])


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_a_file_for_the_archive_says_so(archived: PdfReader) -> None:
    """PDF/A-2b in its XMP, a colour profile, an identifier, every face in the file."""
    root = archived.root_object
    assert archive_level(archived) == "2B"
    assert "/OutputIntents" in root
    assert archived.trailer["/ID"]
    assert archived.pdf_header >= "%PDF-1.6"
    assert not archived.is_encrypted
    faces = {face for page in page_layouts(archived) for face in page.faces}
    assert faces
    assert all(face.embedded for face in faces)
    assert "/StructTreeRoot" not in archived.root_object  # which makes the file of a book ten times as large


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_it_is_thai_and_has_title_and_bookmarks(archived: PdfReader) -> None:
    assert archived.root_object["/Lang"] == "th-TH"
    assert archived.metadata is not None
    assert archived.metadata.title
    assert len(archived.outline) > 5


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_every_heading_can_be_searched(book: Path, archived: PdfReader) -> None:
    """The text layer reads as the Word file does, though LibreOffice leaves letters out of its tables."""
    document = open_file(book)
    assert isinstance(document, Document)
    headings = [para.text for para in document.paragraphs if para.level is not None and para.text.strip()]
    text = plain("".join(page.extract_text() for page in archived.pages))
    assert len(headings) > 15
    assert [heading for heading in headings if plain(heading) not in text] == []


@pytest.mark.libreoffice
def test_a_file_without_a_title_gets_its_name(tmp_path: Path) -> None:
    document = WordFile()
    document.core_properties.title = ""
    document.add_paragraph("ที่น้ำใจปู่ญี่ปุ่น")
    document.save(str(tmp_path / "บันทึก ๑.docx"))
    reader = PdfReader(convert([tmp_path / "บันทึก ๑.docx"], tmp_path)[0])
    assert archive_level(reader) is None
    assert reader.metadata is not None
    assert reader.metadata.title == "บันทึก ๑"
    assert reader.root_object["/Lang"] == "th-TH"


def test_a_title_that_is_there_stays(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": "แผน"})
    writer.write(tmp_path / "a.pdf")
    complete(tmp_path / "a.pdf", title="อื่น")
    reader = PdfReader(tmp_path / "a.pdf")
    assert reader.metadata is not None
    assert reader.metadata.title == "แผน"
