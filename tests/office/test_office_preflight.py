"""The check before printing: each fault found in a small PDF made for it, and our own output clean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from automation.errors import FileError
from automation.office.pdf_layout import page_layouts
from automation.office.preflight import Preflight, preflight
from tests.documents.sample_books import made_book, sample_year

A4 = (595.28, 841.89)


def stream(data: bytes, **entries: Any) -> DecodedStreamObject:
    """A stream with entries in its dictionary."""
    made = DecodedStreamObject()
    made.set_data(data)
    made.update({NameObject(f"/{name}"): value for name, value in entries.items()})
    return made


def a_pdf(path: Path, *pages: bytes, size: tuple[float, float] = A4, embedded: bool = True) -> Path:
    """Pages drawn by hand: /F1 a face all of whose letters are half an em wide, /I1 a picture of 100²."""
    writer = PdfWriter()
    descriptor = DictionaryObject({NameObject("/Type"): NameObject("/FontDescriptor")})
    if embedded:
        descriptor[NameObject("/FontFile2")] = writer._add_object(stream(b"face"))
    letters = b"1 beginbfrange <01> <0A> <0E50> endbfrange 1 beginbfchar <41> <0E01> endbfchar"
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/TrueType"),
            NameObject("/BaseFont"): NameObject("/ABCDEF+Sarabun"),
            NameObject("/FirstChar"): NumberObject(0),
            NameObject("/Widths"): ArrayObject([NumberObject(500)] * 256),
            NameObject("/FontDescriptor"): descriptor,
            NameObject("/ToUnicode"): writer._add_object(stream(letters)),
        }
    )
    picture = stream(
        b"\0" * 10_000,
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Image"),
        Width=NumberObject(100),
        Height=NumberObject(100),
        ColorSpace=NameObject("/DeviceGray"),
        BitsPerComponent=NumberObject(8),
    )
    resources = DictionaryObject(
        {
            NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)}),
            NameObject("/XObject"): DictionaryObject({NameObject("/I1"): writer._add_object(picture)}),
        }
    )
    for drawn in pages:
        page = writer.add_blank_page(*size)
        page[NameObject("/Resources")] = resources
        page[NameObject("/Contents")] = writer._add_object(stream(drawn))
    writer.write(path)
    return path


def text(words: bytes, x: float = 90, y: float = 400, size: int = 16) -> bytes:
    """A line of text at a place."""
    return b"BT /F1 %d Tf %f %f Td (%b) Tj ET\n" % (size, x, y, words)


def kinds(report: Preflight) -> list[tuple[str, int | None]]:
    """Kind and page of each fault."""
    return [(item.kind, item.page) for item in report.faults]


def test_a_clean_file_is_ready(tmp_path: Path) -> None:
    report = preflight(a_pdf(tmp_path / "a.pdf", text(b"one"), text(b"two")))
    assert (report.ready, report.pages, report.sizes) == (True, 2, ((210, 297, 2),))
    assert report.fonts == (("Sarabun", True),)


def test_a_face_that_is_not_in_the_file(tmp_path: Path) -> None:
    report = preflight(a_pdf(tmp_path / "a.pdf", text(b"one"), embedded=False))
    assert kinds(report) == [("font", None)]
    assert "Sarabun" in report.faults[0].message


@pytest.mark.parametrize(("width", "coarse"), [(36.0, False), (36.2, True), (100.0, True)])
def test_pictures_below_200_dots_an_inch(tmp_path: Path, width: float, coarse: bool) -> None:
    """A hundred dots on 36 points are just 200 an inch."""
    drawn = text(b"one") + b"q %f 0 0 %f 100 100 cm /I1 Do Q" % (width, 30)
    report = preflight(a_pdf(tmp_path / "a.pdf", drawn))
    assert kinds(report) == ([("picture", 1)] if coarse else [])
    assert report.pictures == 1


def test_an_empty_page(tmp_path: Path) -> None:
    assert kinds(preflight(a_pdf(tmp_path / "a.pdf", text(b"one"), b"", text(b" ")))) == [
        ("empty-page", 2),
        ("empty-page", 3),
    ]


def test_the_empty_page_before_a_part_that_begins_on_the_right(tmp_path: Path) -> None:
    """A page that faces the first of a part is left empty on purpose; no other is."""
    first, second = text(b"\x02", x=290, y=40), text(b"\x03", x=290, y=40)
    page = text(b"one")
    assert kinds(preflight(a_pdf(tmp_path / "a.pdf", page, b"", page + first))) == []
    assert kinds(preflight(a_pdf(tmp_path / "b.pdf", page, b"", page + second))) == [("empty-page", 2)]
    assert kinds(preflight(a_pdf(tmp_path / "c.pdf", b"", page + first))) == [("empty-page", 1)]


def test_text_over_the_edge_and_outside_the_page(tmp_path: Path) -> None:
    long = text(b"m" * 64)  # 64 letters of 8 points from 90: to 602
    report = preflight(a_pdf(tmp_path / "a.pdf", long, text(b"gone", x=700), text(b"low", y=5)))
    assert kinds(report) == [("margin", 1), ("margin", 2), ("margin", 3)]
    assert "เกินขอบขวา ๗ มม." in report.faults[0].message
    assert "นอกหน้ากระดาษ" in report.faults[1].message
    assert "เกินขอบล่าง" in report.faults[2].message


def test_widths_follow_matrices_gaps_and_stretching(tmp_path: Path) -> None:
    drawn = (
        b"q 2 0 0 2 10 20 cm BT /F1 10 Tf 1 Tc 50 Tz 5 6 Td [(AB) -100 (C)] TJ ET Q"
        b" BT /F1 10 Tf 12 TL 1 0 0 1 100 200 Tm (A) Tj T* (A) Tj (A\\101) ' ET"
    )
    (page,) = page_layouts(PdfReader(a_pdf(tmp_path / "a.pdf", drawn)))
    first, second, third, fourth = page.pieces
    assert (first.x, first.y, first.size) == (20.0, 32.0, 20.0)
    assert first.width == pytest.approx(2 * ((3 * 5 + 3 * 1) * 0.5 + 0.5))
    assert first.text == "กBC"
    assert [(piece.x, piece.y) for piece in (second, third, fourth)] == [(100, 200), (100, 188), (100, 176)]
    assert fourth.text == "กก"


def test_marks_that_were_left(tmp_path: Path) -> None:
    report = preflight(a_pdf(tmp_path / "a.pdf", text(b"{{ project.name }}"), text(b"fine"), text(b"TODO")))
    assert kinds(report) == [("leftover", 1), ("leftover", 1), ("leftover", 3)]


def test_notes_of_a_reader(tmp_path: Path) -> None:
    path = a_pdf(tmp_path / "a.pdf", text(b"one"))
    writer = PdfWriter(clone_from=path)
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Text"),
            NameObject("/Rect"): ArrayObject([FloatObject(0)] * 4),
            NameObject("/Contents"): TextStringObject("แก้คำนี้"),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    writer.write(path)
    assert kinds(preflight(path)) == [("comments", 1)]


def number(code: bytes) -> bytes:
    """A page with its number below."""
    return text(b"words") + text(code, x=290, y=40)


def test_page_numbers_follow_one_another(tmp_path: Path) -> None:
    """Letters, then digits from one; a page without a number counts."""
    good = [number(b"A"), number(b"\x02"), number(b"\x03"), text(b"words"), number(b"- \x05 -")]
    assert preflight(a_pdf(tmp_path / "good.pdf", *good)).ready
    bad = [number(b"\x02"), number(b"\x03"), number(b"\x05"), number(b"\x06"), number(b"\x06")]
    report = preflight(a_pdf(tmp_path / "bad.pdf", *bad))
    assert kinds(report) == [("page-number", 3), ("page-number", 5)]
    assert "พิมพ์เลขหน้า ๔ แต่ตามลำดับควรเป็น ๓" in report.faults[0].message


def test_paper_of_two_sizes_but_not_of_two_directions(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=a_pdf(tmp_path / "a.pdf", text(b"one")))
    writer.append(a_pdf(tmp_path / "b.pdf", text(b"two"), size=(A4[1], A4[0])))
    writer.write(tmp_path / "c.pdf")
    assert preflight(tmp_path / "c.pdf").ready
    writer.append(a_pdf(tmp_path / "d.pdf", text(b"three"), size=(612, 792)))
    writer.write(tmp_path / "e.pdf")
    assert kinds(preflight(tmp_path / "e.pdf")) == [("page-size", None)]


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.4\nbroken", b"%PDF-1.7\n" + b"x" * 5000])
def test_what_is_no_sound_file_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(FileError):
        preflight(path)


def test_a_word_file_where_libreoffice_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file itself is still looked through, and the report says what was not."""
    document = Document()
    document.add_paragraph("โครงการ {{ project.name }}")
    document.save(str(tmp_path / "a.docx"))
    monkeypatch.setenv("PATH", "")
    report = preflight(tmp_path / "a.docx")
    assert kinds(report) == [("leftover", None), ("leftover", None)]
    assert report.pages is None
    assert "LibreOffice" in report.notes[0]


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_text_over_the_margin_of_a_word_file(tmp_path: Path) -> None:
    """A paragraph with a negative indent: on the paper, but not within the margins."""
    document = Document()
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    document.add_paragraph("ก" * 60).paragraph_format.left_indent = Mm(-12)
    document.save(str(tmp_path / "a.docx"))
    report = preflight(tmp_path / "a.docx")
    assert kinds(report) == [("margin", 1)]
    assert "ขอบซ้าย ๑๒ มม." in report.faults[0].message


@pytest.mark.libreoffice
@pytest.mark.fonts
@pytest.mark.parametrize("kind", ["plan-book", "year-end-report"])
def test_our_own_books_pass(tmp_path: Path, kind: str) -> None:
    report = preflight(made_book(kind, sample_year(), tmp_path))
    assert [item.message for item in report.faults] == []
    assert report.pages is not None
    assert report.pages > 20
