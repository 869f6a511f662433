"""Damaged files that a search by mutation found (`benchmarks/fuzz.py`): read or refused, never a defect."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from automation.errors import UnreadableFile
from automation.office.annotate import Mark, Pencil, annotate
from automation.office.opening import open_file
from tests.office.office_files import write_zip
from tests_place import SAMPLES

FORM = SAMPLES / "project" / "05-older-law-manual.docx"
REPORT = next((SAMPLES / "year2570" / "progress").glob("*.xlsx"))
MARKS = (Mark(lines=("ต้องแก้ไข",), ref="word/document.xml#p3"),)
PENCIL = Pencil(author="สำนักนโยบายและแผน", when=datetime(2026, 11, 25))


def changed(source: Path, target: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(source) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    assert change(parts[part]) != parts[part]
    return write_zip(target, parts | {part: change(parts[part])})


def test_a_part_that_nobody_read_turns_out_damaged_when_the_file_is_copied(tmp_path: Path) -> None:
    data = bytearray(FORM.read_bytes())
    with zipfile.ZipFile(FORM) as archive:
        info = archive.getinfo("docProps/app.xml")
    at = info.header_offset + 30 + len(info.filename) + 8
    data[at : at + 20] = bytes(20)
    file = tmp_path / "แบบ.docx"
    file.write_bytes(data)
    open_file(file)
    with pytest.raises(UnreadableFile, match="ชำรุด"):
        annotate(file, MARKS, PENCIL)


def test_a_list_of_types_that_is_no_xml(tmp_path: Path) -> None:
    file = changed(FORM, tmp_path / "แบบ.docx", "[Content_Types].xml", lambda data: data + b"<x/>")
    open_file(file)
    with pytest.raises(UnreadableFile, match="ชำรุด"):
        annotate(file, MARKS, PENCIL)


def test_a_workbook_whose_styles_have_no_fills(tmp_path: Path) -> None:
    file = changed(
        REPORT, tmp_path / "รายงาน.xlsx", "xl/styles.xml", lambda data: data.replace(b"fills", b"filled")
    )
    sheet = open_file(file).sheets[0].name
    copy = annotate(file, (Mark(lines=("ต้องแก้ไข",), ref=f"{sheet}!B5"),), PENCIL)
    (tmp_path / "copy.xlsx").write_bytes(copy.data)
    assert open_file(tmp_path / "copy.xlsx").sheets[0].name == sheet
