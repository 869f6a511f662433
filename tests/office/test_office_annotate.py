"""Comments in a copy of a Word file: at their place, with nothing else changed, and no part of the data."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from automation.errors import FileError
from automation.office.annotate import INITIALS, Mark, Pencil, annotate
from automation.office.blocks import Document
from automation.office.opening import open_file
from automation.office.pdf import convert
from tests.office.office_files import W_URI, docx, p, part_xml
from tests_place import SAMPLES

W = f"{{{W_URI}}}"
PENCIL = Pencil(author="สำนักนโยบายและแผน", when=datetime(2026, 11, 24, 9, 30))
FORM = SAMPLES / "project" / "05-older-law-manual.docx"
RUN = "<w:r><w:t>เพิ่ม</w:t></w:r>"
BOX = (
    "<w:p><w:r><w:t>ก่อน</w:t></w:r><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
    + p("ในกล่อง")
    + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
CELL = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/>{p('ในช่อง')}</w:tc></w:tr></w:tbl>"
CONTROL = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('ในตัวควบคุม')}</w:sdtContent></w:sdt>"
CHANGED = f'<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:ins w:id="4" w:author="ก">{RUN}</w:ins></w:p>'


def mark(ref: str = "", where: str = "", text: str = "ยอดไม่ตรง") -> Mark:
    return Mark(lines=(text, "เหตุผล: ต้องตรงกัน"), ref=ref, where=where)


def marked(source: Path, *marks: Mark) -> Path:
    copy = annotate(source, marks, PENCIL)
    target = source.with_name(f"{source.stem}-คืน{copy.suffix}")
    target.write_bytes(copy.data)
    return target


def part(path: Path, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def spans(path: Path) -> dict[str, str]:
    """First line of each comment → the text that its range covers."""
    titles = {item.get(f"{W}id"): "".join(item[0].itertext()) for item in part(path, "word/comments.xml")}
    found: dict[str, str] = {}
    open_now: set[str] = set()
    for element in part(path).iter():
        identity = element.get(f"{W}id")
        if element.tag == f"{W}commentRangeStart":
            open_now.add(identity)
            found[titles[identity]] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_now.remove(identity)
        elif element.tag == f"{W}t":
            for one in open_now:
                found[titles[one]] += element.text or ""
    assert not open_now
    return found


@pytest.fixture
def body(tmp_path: Path) -> Path:
    return docx(tmp_path / "แบบ.docx", p("หัวเรื่อง") + CELL + CONTROL + CHANGED + BOX + p("ท้าย"))


def test_a_remark_spans_the_paragraph_it_names(body: Path) -> None:
    refs = {f"ที่ {number}": f"word/document.xml#p{number}" for number in range(7)}
    copy = marked(body, *(mark(ref, "กล่องข้อความ ๑", text) for text, ref in refs.items()))
    texts = list(spans(copy).values())
    assert texts == ["หัวเรื่อง", "ในช่อง", "ในตัวควบคุม", "เพิ่ม", "ก่อนในกล่อง", "ก่อนในกล่อง", "ท้าย"]
    said = ["".join(item.itertext()) for item in part(copy, "word/comments.xml")]
    assert [("ตำแหน่ง: กล่องข้อความ ๑" in text) for text in said] == [False] * 5 + [True, False]


def test_what_stands_in_a_header_or_nowhere_is_told_at_the_title(body: Path) -> None:
    copy = marked(
        body, mark("word/header1.xml#p0", "หัวกระดาษ", "หัว"), mark("", "", "ทั้งแฟ้ม"), mark("x#p99", "", "ไกล")
    )
    assert spans(copy) == {"หัว": "หัวเรื่อง", "ทั้งแฟ้ม": "หัวเรื่อง", "ไกล": "หัวเรื่อง"}
    assert "ตำแหน่ง: หัวกระดาษ" in "".join(part(copy, "word/comments.xml").itertext())


def test_comments_of_people_stay_and_ours_are_renewed(tmp_path: Path) -> None:
    theirs = (
        '<w:p><w:commentRangeStart w:id="3"/><w:r><w:t>ข้อ</w:t></w:r><w:commentRangeEnd w:id="3"/>'
        '<w:r><w:commentReference w:id="3"/></w:r></w:p>'
    )
    comment = f'<w:comment w:id="3" w:author="นางสาวตัวอย่าง" w:initials="ต">{p("ขอหารือ")}</w:comment>'
    source = docx(tmp_path / "มี.docx", theirs, {"comments": ("comments.xml", part_xml("comments", comment))})
    once = marked(source, mark("word/document.xml#p0", text="หนึ่ง"))
    assert spans(once) == {"ขอหารือ": "ข้อ", "หนึ่ง": "ข้อ"}
    again = marked(once, mark("word/document.xml#p0", text="สอง"))
    assert spans(again) == {"ขอหารือ": "ข้อ", "สอง": "ข้อ"}
    references = [item.get(f"{W}id") for item in part(again).iter(f"{W}commentReference")]
    assert sorted(references) == ["3", "4"]


def test_what_word_keeps_about_our_comments_goes_with_them(body: Path) -> None:
    copy = marked(body, mark("word/document.xml#p0"))
    with zipfile.ZipFile(copy) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    namespaces = b'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    parts["word/comments.xml"] = parts["word/comments.xml"].replace(
        b"<w:comments ", b"<w:comments " + namespaces, 1
    ).replace(b"<w:p>", b'<w:p w14:paraId="0A">')  # fmt: skip
    parts["word/commentsExtended.xml"] = (
        b'<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        b'<w15:commentEx w15:paraId="0A" w15:done="1"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A"/>'
        b"</w15:commentsEx>"
    )
    rels = "word/_rels/document.xml.rels"
    kind = b"http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="x" Type="' + kind + b'" Target="commentsExtended.xml"/></Relationships>',
    )
    with zipfile.ZipFile(copy, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    (left,) = part(marked(copy), "word/commentsExtended.xml")
    assert {key.rpartition("}")[2]: value for key, value in left.attrib.items()} == {"paraId": "0B"}


def test_only_the_parts_with_remarks_change(tmp_path: Path) -> None:
    copy = tmp_path / "คืน.docx"
    copy.write_bytes(annotate(FORM, [mark("word/document.xml#p53")], PENCIL).data)
    touched = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    with zipfile.ZipFile(FORM) as old, zipfile.ZipFile(copy) as new:
        assert set(new.namelist()) - set(old.namelist()) == {"word/comments.xml"}
        assert [
            name for name in old.namelist() if name not in touched and old.read(name) != new.read(name)
        ] == []
    bare = part(copy)
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for element in list(bare.iter(W + name)):
            gone = element.getparent() if name == "commentReference" else element
            gone.getparent().remove(gone)
    assert etree.tostring(bare, method="c14n") == etree.tostring(part(FORM), method="c14n")


def test_the_copy_reads_as_the_original_and_remarks_are_no_text_of_it(tmp_path: Path) -> None:
    copy = tmp_path / "คืน.docx"
    copy.write_bytes(annotate(FORM, [mark("word/document.xml#p53"), mark()], PENCIL).data)
    assert open_file(copy) == open_file(FORM)


def test_word_would_open_the_copy_without_repair(tmp_path: Path) -> None:
    copy = tmp_path / "คืน.docx"
    copy.write_bytes(annotate(FORM, [mark("word/document.xml#p53"), mark()], PENCIL).data)
    faults = [[str(error) for error in OpenXmlValidator().validate(path).errors] for path in (FORM, copy)]
    assert faults[0] == faults[1]


def test_thai_in_a_remark_has_its_complex_script_properties(body: Path) -> None:
    for look in part(marked(body, mark()), "word/comments.xml").iter(f"{W}rPr"):
        assert {item.tag.removeprefix(W) for item in look} >= {"rFonts", "szCs", "cs", "lang"}


def test_a_strict_file_stays_strict(body: Path) -> None:
    strict = body.with_name("เคร่ง.docx")
    with zipfile.ZipFile(body) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for usual, other in ((W_URI, "http://purl.oclc.org/ooxml/wordprocessingml/main"), (
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )):  # fmt: skip
                data = data.replace(usual.encode(), other.encode())
            new.writestr(name, data)
    copy = marked(strict, mark("word/document.xml#p1"))
    with zipfile.ZipFile(copy) as archive:
        assert b"http://schemas.openxmlformats.org/wordprocessingml" not in archive.read("word/comments.xml")
        assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in archive.read(
            "word/_rels/document.xml.rels"
        )
    assert open_file(copy) == open_file(strict)


def test_a_document_without_relations_or_paragraphs_takes_remarks_too(tmp_path: Path) -> None:
    source = docx(tmp_path / "โล่ง.docx", "")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "ไร้.docx", "w") as new:
        for name in old.namelist():
            if not name.endswith("document.xml.rels"):
                new.writestr(name, old.read(name))
    assert spans(marked(tmp_path / "ไร้.docx", mark(text="ว่าง"))) == {"ว่าง": ""}


def test_a_file_with_macros_keeps_the_ending_that_word_wants(tmp_path: Path) -> None:
    source = docx(tmp_path / "แมโคร.docx", p("ก"))
    with zipfile.ZipFile(source) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        b"vnd.ms-word.document.macroEnabled.main",
    )
    with zipfile.ZipFile(source, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    assert annotate(source, [mark()], PENCIL).suffix == ".docm"


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"PK\x03\x04cut"])
def test_what_is_no_open_xml_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "เก่า.doc"
    path.write_bytes(content)
    with pytest.raises(FileError):
        annotate(path, [mark()], PENCIL)


def test_our_comments_of_a_mended_copy_are_not_unread_text(body: Path) -> None:
    content = open_file(marked(body, mark()))
    assert isinstance(content, Document)
    assert content.comments == ()
    assert INITIALS in etree.tostring(part(marked(body, mark()), "word/comments.xml"), encoding="unicode")


@pytest.mark.libreoffice
def test_libreoffice_lays_the_copy_out_as_the_original(tmp_path: Path) -> None:
    copy = tmp_path / "คืน.docx"
    copy.write_bytes(annotate(FORM, [mark("word/document.xml#p53"), mark()], PENCIL).data)
    made = convert([copy, FORM], tmp_path / "ออก")
    texts = [[page.extract_text() for page in PdfReader(pdf).pages] for pdf in made]
    assert texts[0] == texts[1]
    assert len(texts[0]) > 1
