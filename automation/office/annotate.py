"""A copy of somebody's own Word or Excel file with remarks in pencil: comments in Word, notes in Excel.

Nothing else of the file changes: parts without a remark are copied as the bytes they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from automation.errors import ForeignFile
from automation.office.guard import Kind, Limits

INITIALS = "ตรวจ"
"""Initials of our comments; a comment with them is a remark of this program and no part of the file."""

_SUFFIXES = {
    b"wordprocessingml.document.main": ".docx",
    b"ms-word.document.macroEnabled.main": ".docm",
    b"wordprocessingml.template.main": ".dotx",
    b"ms-word.template.macroEnabledTemplate.main": ".dotm",
    b"spreadsheetml.sheet.main": ".xlsx",
    b"ms-excel.sheet.macroEnabled.main": ".xlsm",
    b"spreadsheetml.template.main": ".xltx",
    b"ms-excel.template.macroEnabled.main": ".xltm",
}
"""Content type of the main part → the ending with which Office opens such a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One remark: its machine place (`word/document.xml#p41`, `รายงานผล!B5`, "" for the file as a whole).

    `where` is the same place in Thai, printed where the remark cannot stand at the place itself.
    """

    lines: tuple[str, ...]
    """Paragraphs; the first is printed bold."""
    ref: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pencil:
    """Who remarks, and when."""

    author: str
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """The copy, and the ending that its name must have for Office to open it."""

    data: bytes
    suffix: str


def annotate(path: Path, marks: Sequence[Mark], pencil: Pencil, limits: Limits | None = None) -> Annotated:
    """The file with these remarks, and without those that an earlier copy had from us.

    The same file and remarks give the same bytes. FileError for what is not an Open XML file of Word or
    Excel, or cannot be read within the limits.
    """
    from automation.office.annotate_docx import annotate_docx
    from automation.office.annotate_parts import Parts
    from automation.office.annotate_xlsx import annotate_xlsx
    from automation.office.package import Package

    limits = limits or Limits()
    with Package(path, limits) as package:
        kind = package.kind()
        if kind not in (Kind.DOCX, Kind.XLSX):
            raise ForeignFile("แฟ้มนี้ไม่ใช่ .docx หรือ .xlsx จึงใส่ความเห็นในแฟ้มไม่ได้", place=path.name)
        parts = Parts(path, package)
        if kind is Kind.DOCX:
            annotate_docx(parts, marks, pencil)
            default = ".docx"
        else:
            annotate_xlsx(parts, marks, pencil)
            default = ".xlsx"
        types = package.read("[Content_Types].xml")
        suffix = next((suffix for mark, suffix in _SUFFIXES.items() if mark + b"+xml" in types), default)
        return Annotated(data=parts.closed(), suffix=suffix)
