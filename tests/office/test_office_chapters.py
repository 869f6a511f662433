"""Chapters of the office in a book: formatting, tables, lists and pictures come along; nothing clashes."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Pt
from lxml import etree
from openxml_audit import OpenXmlValidator

from automation.office.chapters import chapter_mark, chapters_of, lost_in, take_chapters
from automation.office.registration import register_part
from automation.office.rewrite import read_parts, replace_parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

BASE = Path(__file__).parents[2] / "templates" / "docx" / "base.docx"
HEADER = struct.pack(">IIBBBBB", 40, 20, 8, 2, 0, 0, 0)
PIXELS = zlib.compress((b"\0" + b"\xff\0\0" * 40) * 20)


def png(kind: str, data: bytes) -> bytes:
    """One chunk of a PNG file."""
    body = kind.encode() + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A small red picture."""
    file = tmp_path / "chart.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + png("IHDR", HEADER) + png("IDAT", PIXELS) + png("IEND", b""))
    return file


@pytest.fixture
def chapter(tmp_path: Path, picture: Path) -> Path:
    """A chapter as a clerk writes it: own style, bold, a list by its style, table, picture, link."""
    document = Document()
    style = document.styles.add_style("กรอบข้อความ", WD_STYLE_TYPE.PARAGRAPH)
    style.font.size = Pt(20)
    document.add_heading("ความเป็นมา", 2)
    paragraph = document.add_paragraph("ข้อความ")
    paragraph.add_run("ตัวหนา").bold = True
    document.add_paragraph("ในกรอบ", style="กรอบข้อความ")
    for text in ("ข้อแรก", "ข้อสอง"):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    table.cell(1, 1).text = "๑๐๐"
    document.add_picture(str(picture))
    document.add_picture(str(picture))
    relation = document.part.relate_to("https://example.org/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = document.add_paragraph()._p.makeelement(f"{W}hyperlink", {f"{R}id": relation})
    text = link.makeelement(f"{W}t", {})
    text.text = "แหล่งข้อมูล"
    link.append(link.makeelement(f"{W}r", {}))
    link[0].append(text)
    document.paragraphs[-1]._p.append(link)
    file = tmp_path / "chapter.docx"
    document.save(str(file))
    return file


def book_with(tmp_path: Path, *names: str) -> Path:
    """A book of two headings around the marks of chapters."""
    document = Document(str(BASE))
    for block in list(document.element.body)[:-1]:
        document.element.body.remove(block)
    document.add_heading("บทนำ", 1)
    for name in names:
        document.add_paragraph(chapter_mark(name))
    document.add_heading("บทต่อไป", 1)
    file = tmp_path / "book.docx"
    document.save(str(file))
    return file


def test_a_chapter_stands_where_its_mark_stood(tmp_path: Path, chapter: Path) -> None:
    """Between what was before and after it, with its formatting, table and pictures."""
    book = book_with(tmp_path, "ความเป็นมา")
    take_chapters(book, {"ความเป็นมา": chapter})
    document = Document(str(book))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[:5] == ["บทนำ", "ความเป็นมา", "ข้อความตัวหนา", "ในกรอบ", "ข้อแรก"]
    assert words[-1] == "บทต่อไป"
    assert document.paragraphs[1].style.name == "Heading 2"
    assert document.paragraphs[2].runs[1].bold
    assert document.tables[0].cell(1, 1).text == "๑๐๐"
    assert len(document.inline_shapes) == 2
    assert [error.description for error in OpenXmlValidator().validate(book).errors] == []


def test_styles_are_the_books_own_where_it_has_them(tmp_path: Path, chapter: Path) -> None:
    """A style that only the chapter has comes along with its look; known ones are not doubled."""
    book = book_with(tmp_path, "ก")
    before = {style.name for style in Document(str(book)).styles}
    take_chapters(book, {"ก": chapter})
    document = Document(str(book))
    assert {style.name for style in document.styles} - before == {"กรอบข้อความ", "List Number"}
    assert document.styles["กรอบข้อความ"].font.size == Pt(20)
    names = [style.name for style in document.styles]
    assert len(names) == len(set(names))


def test_the_same_list_in_two_chapters_counts_twice_from_its_start(tmp_path: Path, chapter: Path) -> None:
    """Each chapter gets a number of its own for its list."""
    book = book_with(tmp_path, "ก", "ข")
    take_chapters(book, {"ก": chapter, "ข": chapter})
    body = Document(str(book)).element.body
    numbers = [item.get(f"{W}val") for item in body.iter(f"{W}numId")]
    assert len(numbers) == 4
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    assert [error.description for error in OpenXmlValidator().validate(book).errors] == []


def test_pictures_are_kept_once_a_chapter_and_drawings_are_numbered_apart(
    tmp_path: Path, chapter: Path
) -> None:
    """The bytes of the picture are those of the chapter; no two drawings share an id."""
    book = book_with(tmp_path, "ก", "ข")
    take_chapters(book, {"ก": chapter, "ข": chapter})
    with zipfile.ZipFile(book) as package, zipfile.ZipFile(chapter) as source:
        media = [name for name in package.namelist() if name.startswith("word/media/")]
        assert len(media) == len(set(media)) == 2
        assert {package.read(name) for name in media} == {source.read("word/media/image1.png")}
    document = Document(str(book))
    drawings = [shape._inline.docPr.id for shape in document.inline_shapes]
    assert len(set(drawings)) == len(drawings) == 4
    link = next(document.element.body.iter(f"{W}hyperlink"))
    assert document.part.rels[link.get(f"{R}id")].target_ref == "https://example.org/"


def test_a_missing_chapter_is_marked_in_its_place(tmp_path: Path) -> None:
    """The draft says which words are due, and nothing of files."""
    book = book_with(tmp_path, "ศักยภาพการพัฒนา")
    take_chapters(book, {})
    assert Document(str(book)).paragraphs[1].text == "[รอข้อความ “ศักยภาพการพัฒนา” จากสำนัก]"


def test_a_table_wider_than_the_text_of_the_book_is_drawn_in(tmp_path: Path) -> None:
    """Grid and cells shrink in their proportion; what fits stays as it is."""
    book = book_with(tmp_path, "ก")
    section = Document(str(book)).sections[-1]
    room = (section.page_width - section.left_margin - section.right_margin) // 635
    document = Document()
    for widths in ((room, room), (room // 4, room // 4)):
        table = document.add_table(1, 2)
        for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
            column.width = cell.width = width * 635
    document.save(str(tmp_path / "ก.docx"))
    take_chapters(book, {"ก": tmp_path / "ก.docx"})
    wide, narrow = Document(str(book)).tables
    assert [column.width // 635 for column in wide.columns] == [room // 2] * 2
    assert [cell.width // 635 for cell in wide.rows[0].cells] == [room // 2] * 2
    assert [column.width // 635 for column in narrow.columns] == [room // 4] * 2


def test_comments_are_told_and_what_leads_nowhere_is_left_out(tmp_path: Path, chapter: Path) -> None:
    """A reference that would lead nowhere makes Word call the file damaged."""
    document = Document(str(chapter))
    paragraph = document.paragraphs[1]
    paragraph.runs[0]._r.append(paragraph._p.makeelement(f"{W}footnoteReference", {f"{W}id": "1"}))
    document.add_comment(paragraph.runs[0], text="ตรวจอีกครั้ง", author="ผู้ตรวจ")
    document.save(str(chapter))
    assert lost_in(chapter) == ("ความคิดเห็น",)
    book = book_with(tmp_path, "ก")
    take_chapters(book, {"ก": chapter})
    assert [error.description for error in OpenXmlValidator().validate(book).errors] == []
    assert Document(str(book)).paragraphs[2].text == "ข้อความตัวหนา"


def footnoted(chapter: Path, words: str) -> Path:
    """The chapter with a footnote of these words under its second paragraph."""
    parts = read_parts(chapter)
    reference = b'<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:p>", reference, 1)
    note = f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>{words}</w:t></w:r></w:p></w:footnote>'
    parts["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{W[1:-1]}">{note}</w:footnotes>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    register_part(parts, "word/footnotes.xml", kind, f"{R[1:-1]}/footnotes", "word/document.xml")
    file = chapter.with_name(f"{words}.docx")
    file.write_bytes(chapter.read_bytes())
    replace_parts(file, parts)
    return file


def test_footnotes_come_along_each_under_its_own_number(tmp_path: Path, chapter: Path) -> None:
    book = book_with(tmp_path, "ก", "ข")
    files = {name: footnoted(chapter, f"ที่มา{name}") for name in ("ก", "ข")}
    assert lost_in(files["ก"]) == ()
    take_chapters(book, files)
    assert [error.description for error in OpenXmlValidator().validate(book).errors] == []
    parts = read_parts(book)
    notes = etree.fromstring(parts["word/footnotes.xml"])
    words = {note.get(f"{W}id"): "".join(note.itertext()) for note in notes}
    counted = etree.fromstring(parts["word/settings.xml"]).find(f"{W}footnotePr/{W}numFmt")
    assert counted is not None
    assert counted.get(f"{W}val") == "thaiNumbers"
    body = etree.fromstring(parts["word/document.xml"])
    references = [item.get(f"{W}id") for item in body.iter(f"{W}footnoteReference")]
    assert [words[number] for number in references if number] == ["ที่มาก", "ที่มาข"]


def test_names_of_the_chapters_of_a_template() -> None:
    """In its order, once each, whichever quotes Word made of those that were typed."""
    source = "{{ chapter(\"คำนำ\") }} {{ chapter(“บทนำ”) }} {{ chapter( 'คำนำ' ) }}"
    assert chapters_of(source) == ("คำนำ", "บทนำ")
