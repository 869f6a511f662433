"""Open a Word or Excel file safely: its real kind first, then bounded reading to plain blocks or cells.

`open_file` works in this process. `office.worker.Worker` does the same in a child with limits on time and
memory; the pipeline uses that one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from automation.errors import (
    EncryptedFile,
    FileError,
    ForeignFile,
    IncompleteFile,
    OversizedFile,
    UnreadableFile,
)
from automation.office.blocks import Document
from automation.office.guard import THAI_NAMES, Kind, Limits, is_zip, regular_file, sniff
from automation.office.sheets import Workbook

if TYPE_CHECKING:
    from automation.office.package import Package

_LEGACY = frozenset((Kind.DOC, Kind.XLS, Kind.XLSB, Kind.ODT, Kind.ODS, Kind.RTF))
_OFFICE_SUFFIXES = frozenset(
    (".docx", ".docm", ".dotx", ".doc", ".rtf", ".odt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
)


def open_file(path: Path, *, limits: Limits | None = None) -> Document | Workbook:
    """The file as blocks or cells, whatever its name ends in.

    Raises a FileError subclass, each cause with its own Thai message and hint: UnreadableFile,
    IncompleteFile, EncryptedFile, LegacyFile, OversizedFile, ForeignFile. Nothing is run, followed or
    extracted.
    """
    limits = limits or Limits()
    found = open_modern(path, limits)
    if isinstance(found, Kind):
        from automation.office.legacy import open_converted

        converted: Document | Workbook = open_converted(
            path, found, limits, lambda copy: open_modern(copy, limits)
        )
        return converted
    return found


def open_modern(path: Path, limits: Limits) -> Document | Workbook | Kind:
    """As `open_file`, but of a file that LibreOffice would have to convert only its kind."""
    try:
        return _open(path, limits)
    except FileError as error:
        error.place = error.place or path.name
        raise
    except RecursionError as error:
        raise OversizedFile(
            "เนื้อหาในไฟล์ซ้อนกันลึกผิดปกติ", hint="กรุณาพิมพ์ลงในแบบฟอร์มเปล่าใหม่", place=path.name
        ) from error


def _open(path: Path, limits: Limits) -> Document | Workbook | Kind:
    size = regular_file(path)
    if size > limits.file_bytes:
        raise OversizedFile(
            f"ไฟล์ใหญ่เกิน {limits.file_bytes >> 20} เมกะไบต์",
            hint="กรุณาลดขนาดรูปภาพแล้วบันทึกใหม่",
        )
    if is_zip(path):
        from automation.office.package import Package

        with Package(path, limits) as package:
            kind = package.kind()
            if kind in (Kind.DOCX, Kind.XLSX):
                return _read(package, kind, limits)
    else:
        kind = sniff(path)
    if kind in _LEGACY:
        return kind
    raise _refusal(path, kind)


def _read(package: Package, kind: Kind, limits: Limits) -> Document | Workbook:
    if kind is Kind.DOCX:
        from automation.office.docx_read import read_docx

        return read_docx(package, limits)
    from automation.office.xlsx_read import read_xlsx

    return read_xlsx(package, limits)


def _refusal(path: Path, kind: Kind) -> FileError:
    if kind is Kind.EMPTY:
        return UnreadableFile("ไฟล์ว่างเปล่า", hint="กรุณาส่งไฟล์ที่มีเนื้อหาใหม่อีกครั้ง")
    if kind is Kind.INCOMPLETE:
        return IncompleteFile("ไฟล์ขาดหาย ยังคัดลอกไม่เสร็จหรือคัดลอกไม่ครบ", hint="กรุณาคัดลอกไฟล์มาวางใหม่")
    if kind is Kind.ENCRYPTED:
        return EncryptedFile(
            "ไฟล์มีรหัสผ่าน เปิดไม่ได้",
            hint="กรุณายกเลิกรหัสผ่าน (ไฟล์ > ข้อมูล > ป้องกันเอกสาร) แล้วส่งใหม่",
        )
    content, suffix = THAI_NAMES[kind], path.suffix.lower()
    sheet = suffix.startswith((".xl", ".od")) or kind is Kind.CSV
    hint = f"กรุณาเปิดแล้วบันทึกเป็น {'.xlsx' if sheet else '.docx'} แล้วส่งใหม่"
    if suffix in _OFFICE_SUFFIXES:
        return ForeignFile(f"ชื่อลงท้าย {path.suffix} แต่เนื้อหาเป็น{content}", hint=hint)
    return ForeignFile(f"ไฟล์นี้เป็น{content} ไม่ใช่เอกสาร Word หรือ Excel", hint=hint)


__all__ = ["Kind", "Limits", "open_file", "sniff"]
