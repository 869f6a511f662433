"""What a file really is, told by its content and never by its name.

`sniff` reads a few bytes (of a zip the table of contents) and names the kind; nothing is unfolded here.
"""

from __future__ import annotations

import re
import stat
import struct
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from automation.errors import UnreadableFile

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_HEAD = 8192
_MOST_BYTES = 64 << 20


class Kind(StrEnum):
    """Kind of a file by its content."""

    DOCX = "docx"
    XLSX = "xlsx"
    XLSB = "xlsb"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    DOC = "doc"
    XLS = "xls"
    OLE = "ole"
    ENCRYPTED = "encrypted"
    RTF = "rtf"
    PDF = "pdf"
    HTML = "html"
    XML = "xml"
    IMAGE = "image"
    ZIP = "zip"
    CSV = "csv"
    TEXT = "text"
    EMPTY = "empty"
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"


THAI_NAMES: dict[Kind, str] = {
    Kind.DOCX: "เอกสาร Word",
    Kind.XLSX: "ตาราง Excel",
    Kind.XLSB: "ตาราง Excel แบบไบนารี (.xlsb)",
    Kind.PPTX: "งานนำเสนอ PowerPoint",
    Kind.ODT: "เอกสาร OpenDocument (.odt)",
    Kind.ODS: "ตาราง OpenDocument (.ods)",
    Kind.DOC: "เอกสาร Word รุ่นเก่า (.doc)",
    Kind.XLS: "ตาราง Excel รุ่นเก่า (.xls)",
    Kind.OLE: "ไฟล์ของโปรแกรมอื่น",
    Kind.RTF: "เอกสาร Rich Text (.rtf)",
    Kind.PDF: "ไฟล์ PDF",
    Kind.HTML: "หน้าเว็บ (HTML)",
    Kind.XML: "ไฟล์ XML",
    Kind.IMAGE: "รูปภาพ",
    Kind.ZIP: "ไฟล์บีบอัด (zip)",
    Kind.CSV: "ข้อความคั่นด้วยจุลภาค (CSV)",
    Kind.TEXT: "ข้อความธรรมดา",
    Kind.UNKNOWN: "ข้อมูลที่ระบบไม่รู้จัก",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one file may cost at most; every bound is enforced while reading."""

    file_bytes: int = _MOST_BYTES
    parts: int = 2_000
    part_bytes: int = 48 << 20
    """Unfolded bytes of one part."""
    total_bytes: int = 160 << 20
    """Unfolded bytes of all parts that are read."""
    ratio: int = 100
    """Unfolded to folded size, for parts above `ratio_from` bytes."""
    ratio_from: int = 4 << 20
    rows: int = 100_000
    cols: int = 1_024
    cells: int = 400_000
    """Used cells of a workbook."""
    paragraphs: int = 100_000
    columns_in_table: int = 256
    seconds: float = 20.0
    """Wall time of one file in the reading worker."""
    memory_bytes: int = 512 << 20
    """Address space of the reading worker."""


def regular_file(path: Path) -> int:
    """Size in bytes of a regular file; UnreadableFile for anything else (absent, folder, pipe, no access)."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise UnreadableFile("ไม่พบไฟล์นี้", hint="กรุณาตรวจชื่อไฟล์และโฟลเดอร์", place=path.name) from error
    except OSError as error:
        raise _no_access(path) from error
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile("ไม่ใช่ไฟล์เอกสาร", hint="กรุณาวางไฟล์ Word หรือ Excel", place=path.name)
    return status.st_size


def is_zip(path: Path) -> bool:
    """Whether the file begins as a zip does."""
    try:
        with path.open("rb") as stream:
            return stream.read(4) in (ZIP_MAGIC, _EMPTY_ZIP)
    except OSError as error:
        raise _no_access(path) from error


def sniff(path: Path) -> Kind:
    """Kind of the file at `path` by its content. UnreadableFile where it cannot be opened at all."""
    if regular_file(path) == 0:
        return Kind.EMPTY
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            if head.startswith(OLE_MAGIC):
                return _sniff_ole(head + stream.read(_MOST_BYTES))
    except OSError as error:
        raise _no_access(path) from error
    if head.startswith((ZIP_MAGIC, _EMPTY_ZIP)):
        from automation.office.package import sniff_zip

        return sniff_zip(path)
    return _sniff_bytes(head)


def _no_access(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "เปิดไฟล์ไม่ได้ อาจมีผู้เปิดค้างอยู่หรือไม่มีสิทธิ์อ่าน",
        hint="กรุณาปิดไฟล์ในโปรแกรม Word หรือ Excel แล้วลองใหม่",
        place=path.name,
    )


_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def _sniff_bytes(head: bytes) -> Kind:
    if not head.strip(b"\0"):
        return Kind.INCOMPLETE
    if head.startswith(_IMAGES):
        return Kind.IMAGE
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(b"{\\rtf"):
        return Kind.RTF
    return _sniff_text(head)


def _sniff_text(head: bytes) -> Kind:
    """HTML, XML, CSV or text; a byte order mark decides UTF-16, else control bytes mean binary."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "ignore")
    elif re.search(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]", head):
        return Kind.UNKNOWN
    else:
        text = head.decode("utf-8", "ignore")
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html", "mime-version:")) or re.search(
        r"<(html|table|body)[\s>]", start
    ):
        return Kind.HTML
    if start.startswith("<?xml"):
        return Kind.XML
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    for mark in (",", ";", "\t"):
        counts = {line.count(mark) for line in lines[:-1] or lines}
        if len(counts) == 1 and counts.pop() > 0:
            return Kind.CSV
    return Kind.TEXT


def _sniff_ole(data: bytes) -> Kind:
    if _has_stream(data, "EncryptedPackage"):
        return Kind.ENCRYPTED
    if _has_stream(data, "WordDocument"):
        return Kind.ENCRYPTED if _word_encrypted(data) else Kind.DOC
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return Kind.ENCRYPTED if _excel_encrypted(data) else Kind.XLS
    return Kind.OLE


def _has_stream(data: bytes, name: str) -> bool:
    """Whether the compound file's directory names a stream: entries stand at multiples of 128 bytes."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted)
    while at >= 0:
        if at % 128 == 0 and data[at + 64 : at + 66] == struct.pack("<H", len(wanted)):
            return True
        at = data.find(wanted, at + 1)
    return False


def _word_encrypted(data: bytes) -> bool:
    """Bit fEncrypted of the Fib, where the main stream begins in the first sector (Word puts it there)."""
    return data[512:514] == b"\xec\xa5" and bool(data[523] & 0x01)


def _excel_encrypted(data: bytes) -> bool:
    """A FILEPASS record directly behind the first BOF of the workbook stream."""
    if data[512:514] != b"\x09\x08":
        return False
    size = struct.unpack("<H", data[514:516])[0]
    return data[516 + size : 518 + size] == b"\x2f\x00"
