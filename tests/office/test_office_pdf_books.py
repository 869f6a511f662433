"""What a book's copy for LibreOffice gets besides: captions keep their number, page numbers Thai digits."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from docx import Document

from automation.office.fonts import DIGITS
from automation.office.pdf import prepare

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def faces(document: Path) -> dict[str, str]:
    """Style id → the face that it names for Thai."""
    styles = Document(str(document)).styles
    fonts = {style.style_id: style.element.find(f"{W}rPr/{W}rFonts") for style in styles}
    return {name: font.get(f"{W}cs") for name, font in fonts.items() if font is not None}


def test_style_of_page_numbers_draws_thai_digits(templates: Path, tmp_path: Path) -> None:
    """Only the style that holds a page field; the Word file itself stays as it was."""
    book, copy = templates / "docx" / "plan-book.docx", tmp_path / "copy.docx"
    before = book.read_bytes()
    prepare(book, copy)
    assert {name for name, face in faces(copy).items() if face == DIGITS} == {"PageFoot"}
    assert book.read_bytes() == before
    prepare(book, copy, digits=False)
    assert DIGITS not in faces(copy).values()


def test_caption_counters_are_fields_that_libreoffice_leaves_alone(templates: Path, tmp_path: Path) -> None:
    """It would number them ก ข ค; page fields and the contents stay what they are."""
    prepare(templates / "docx" / "plan-book.docx", tmp_path / "copy.docx")
    with zipfile.ZipFile(tmp_path / "copy.docx") as package:
        xml = package.read("word/document.xml").decode()
    codes = {code.split()[0] for code in re.findall(r"<w:instrText[^>]*>([^<]+)<", xml)}
    assert codes == {"XSEQ", "TOC"}
