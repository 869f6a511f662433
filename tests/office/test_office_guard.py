"""The kind of a file is told by its content."""

import os
from pathlib import Path

import pytest

from automation.errors import OversizedFile, UnreadableFile
from automation.office.opening import Kind, sniff
from tests.office.office_files import OLE, compound, docx, p, write_zip, xlsx


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", Kind.EMPTY),
        (bytes(4096), Kind.INCOMPLETE),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", Kind.HTML),
        ("\ufeff<!DOCTYPE html>\n<HTML>".encode(), Kind.HTML),
        ("<meta charset='utf-16'><table><tr>".encode("utf-16"), Kind.HTML),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", Kind.HTML),
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Kind.IMAGE),
        (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
        (b"{\\rtf1\\ansi", Kind.RTF),
        (b"<?xml version='1.0'?><w:wordDocument/>", Kind.XML),
        ("ลำดับ,โครงการ\n1,อบรม\n2,ประชุม\n".encode(), Kind.CSV),
        ("เรียน ผู้อำนวยการ\nตามที่ได้ส่ง".encode("cp874"), Kind.TEXT),
        (b"\x7fELF\x02\x01\x01\0\0", Kind.UNKNOWN),
        (compound("WordDocument"), Kind.DOC),
        (compound("Workbook"), Kind.XLS),
        (compound("Book"), Kind.XLS),
        (compound("EncryptionInfo", "EncryptedPackage"), Kind.ENCRYPTED),
        (compound("WordDocument", first=b"\xec\xa5" + bytes(9) + b"\x01"), Kind.ENCRYPTED),
        (compound("Workbook", first=b"\x09\x08\x04\0\0\6\5\0\x2f\0\4\0"), Kind.ENCRYPTED),
        (compound("PowerPoint Document"), Kind.OLE),
        ((OLE + "Workbook".encode("utf-16-le")).ljust(600, b"\0"), Kind.OLE),
        (b"PK\x03\x04 cut off", Kind.INCOMPLETE),
    ],
)
def test_content_decides_not_the_name(tmp_path: Path, content: bytes, kind: Kind) -> None:
    file = tmp_path / "แบบเสนอโครงการ.docx"
    file.write_bytes(content)
    assert sniff(file) is kind


def test_zips_are_told_apart(tmp_path: Path) -> None:
    assert sniff(docx(tmp_path / "a.xlsx", p("ก"))) is Kind.DOCX
    assert sniff(xlsx(tmp_path / "b.docx", {"ก": ""})) is Kind.XLSX
    assert sniff(write_zip(tmp_path / "c.docx", {"readme.txt": "x"})) is Kind.ZIP
    assert (
        sniff(write_zip(tmp_path / "d", {"mimetype": "application/vnd.oasis.opendocument.text"})) is Kind.ODT
    )
    assert (
        sniff(write_zip(tmp_path / "e", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}))
        is Kind.ODS
    )
    assert sniff(write_zip(tmp_path / "f", {"[Content_Types].xml": "<Types/>"})) is Kind.ZIP
    binary = {"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01"}
    assert sniff(write_zip(tmp_path / "g", binary)) is Kind.XLSB
    slides = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": '<p xmlns="http://schemas.openxmlformats.org/presentationml/2006/main"/>',
    }
    assert sniff(write_zip(tmp_path / "h", slides)) is Kind.PPTX
    odd = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}
    assert sniff(write_zip(tmp_path / "i", odd)) is Kind.ZIP


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")
    (tmp_path / "folder.docx").mkdir()
    for name in ("pipe.docx", "folder.docx", "absent.docx"):
        with pytest.raises(UnreadableFile) as caught:
            sniff(tmp_path / name)
        assert caught.value.place == name
        assert caught.value.hint


def test_a_zip_with_too_many_members_is_no_kind_at_all(tmp_path: Path) -> None:
    file = write_zip(tmp_path / "many.docx", {f"word/{at}.xml": "" for at in range(2_001)})
    with pytest.raises(OversizedFile, match="ส่วนย่อย"):
        sniff(file)
