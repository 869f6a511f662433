"""Notes and highlights in a copy of an Excel file: at their cell, with formats kept, no part of the data."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side
from openxml_audit import OpenXmlValidator

from automation.errors import FileError
from automation.office.annotate import Mark, Pencil, annotate
from automation.office.opening import open_file
from automation.office.pdf import convert
from automation.office.sheets import Workbook
from automation.office.xlsx_styles import HIGHLIGHT
from tests.office.office_files import S_URI, cells, xlsx
from tests_place import SAMPLES

BUREAU = "สำนักนโยบายและแผน"
PENCIL = Pencil(author=BUREAU, when=datetime(2026, 11, 24, 9, 30))
REPORT = SAMPLES / "progress" / "q3-mistakes-academic-bureau.xlsx"


def mark(ref: str = "", where: str = "", text: str = "ยอดไม่ตรง") -> Mark:
    return Mark(lines=(text, "เหตุผล: ต้องตรงกัน"), ref=ref, where=where)


def marked(source: Path, *marks: Mark) -> Path:
    copy = annotate(source, marks, PENCIL)
    target = source.with_name(f"{source.stem}-คืน{copy.suffix}")
    target.write_bytes(copy.data)
    return target


def workbook(path: Path) -> Workbook:
    content = open_file(path)
    assert isinstance(content, Workbook)
    return content


def data_of(path: Path) -> Workbook:
    """The workbook without its notes."""
    content = workbook(path)
    return replace(content, sheets=tuple(replace(sheet, notes={}) for sheet in content.sheets))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A sheet with formats of every kind, a note of the bureau, a shaded cell and merged cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "รายงานผล"
    sheet["A1"] = "แบบรายงาน"
    sheet.merge_cells("A1:D1")
    sheet["B5"] = 0.85
    sheet["B5"].number_format = "0.00%"
    sheet["B5"].font = Font(name="TH SarabunPSK", bold=True)
    sheet["B5"].border = Border(left=Side(style="thin"))
    sheet["C5"].fill = PatternFill("solid", fgColor="FFC6E0B4")
    sheet["C5"] = "ต.ค."
    sheet["D5"] = 12
    sheet["D5"].comment = Comment("ตรวจแล้ว", "นางสาวตัวอย่าง")
    book.create_sheet("ภาคผนวก")["A1"] = "อื่น ๆ"
    path = tmp_path / "รายงาน.xlsx"
    book.save(path)
    book.close()
    return path


def test_a_remark_is_a_note_and_a_highlight_that_keeps_the_format(book: Path) -> None:
    copy = marked(book, mark("รายงานผล!B5"))
    sheet = openpyxl.load_workbook(copy)["รายงานผล"]
    cell = sheet["B5"]
    assert cell.comment is not None
    assert cell.comment.text == f"{BUREAU}:\nยอดไม่ตรง\nเหตุผล: ต้องตรงกัน"
    assert cell.fill.fgColor.rgb == f"FF{HIGHLIGHT}"
    assert (cell.number_format, cell.font.name, cell.font.bold, cell.border.left.style) == (
        "0.00%", "TH SarabunPSK", True, "thin",
    )  # fmt: skip
    assert sheet["A1"].fill.fill_type is None


def test_a_shaded_cell_keeps_its_shade_which_may_be_data(book: Path) -> None:
    sheet = openpyxl.load_workbook(marked(book, mark("รายงานผล!C5")))["รายงานผล"]
    assert sheet["C5"].fill.fgColor.rgb == "FFC6E0B4"
    assert sheet["C5"].comment is not None


def test_the_note_of_somebody_else_stays_and_ours_is_added_and_taken_out_again(book: Path) -> None:
    once = marked(book, mark("รายงานผล!D5"), mark("รายงานผล!B5"))
    notes = workbook(once).sheets[0].notes
    assert "ตรวจแล้ว" in notes[5, 4]
    assert "ยอดไม่ตรง" in notes[5, 4]
    again = marked(once, mark("รายงานผล!A1", text="ใหม่"))
    assert set(workbook(again).sheets[0].notes) == {(1, 1), (5, 4)}
    assert workbook(again).sheets[0].notes[5, 4] == workbook(book).sheets[0].notes[5, 4]
    assert openpyxl.load_workbook(again)["รายงานผล"]["B5"].fill.fill_type in (None, "none")


def test_our_notes_are_known_without_their_author(book: Path) -> None:
    once = marked(book, mark("รายงานผล!B5"))
    with zipfile.ZipFile(once) as old, zipfile.ZipFile(book.with_name("บันทึกใหม่.xlsx"), "w") as new:
        for name in old.namelist():
            author = f"<author>{BUREAU}</author>".encode()
            new.writestr(name, old.read(name).replace(author, b"<author> </author>"))
    again = marked(book.with_name("บันทึกใหม่.xlsx"), mark("รายงานผล!B6"))
    assert set(workbook(again).sheets[0].notes) == {(5, 4), (6, 2)}


def test_a_cell_with_a_conversation_is_remarked_on_at_the_first_cell(book: Path) -> None:
    talked = book.with_name("สนทนา.xlsx")
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(talked, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace("นางสาวตัวอย่าง".encode(), b"tc={0001}")
            new.writestr(name, data)
    notes = workbook(marked(talked, mark("รายงานผล!D5", "รายงานผล!D5"))).sheets[0].notes
    assert notes[5, 4] == workbook(book).sheets[0].notes[5, 4]
    assert "ตำแหน่ง: รายงานผล!D5" in notes[1, 1]


def test_every_note_has_one_box_that_excel_can_show(book: Path) -> None:
    once = marked(book, mark("รายงานผล!B5"))
    again = marked(once, mark("รายงานผล!B7"))
    with zipfile.ZipFile(again) as archive:
        (drawing,) = [name for name in archive.namelist() if name.endswith(".vml")]
        boxes = archive.read(drawing).decode()
    rows = boxes.count("Row>4<") + boxes.count("Row>6<")
    assert boxes.count('ObjectType="Note"') == rows == 2


def test_merged_cells_are_marked_at_their_top_left_and_empty_ones_are_made(book: Path) -> None:
    sheet = openpyxl.load_workbook(marked(book, mark("รายงานผล!C1"), mark("รายงานผล!F3")))["รายงานผล"]
    assert sheet["A1"].comment is not None
    assert sheet["F3"].comment is not None
    assert sheet["F3"].fill.fgColor.rgb == f"FF{HIGHLIGHT}"


def test_what_has_no_cell_is_told_at_the_first_one(book: Path) -> None:
    copy = marked(book, mark("ไม่มี!B2", "แผ่น ไม่มี"), mark("", "", "ทั้งแฟ้ม"))
    note = workbook(copy).sheets[0].notes[1, 1]
    assert "ตำแหน่ง: แผ่น ไม่มี" in note
    assert "ทั้งแฟ้ม" in note
    assert openpyxl.load_workbook(copy)["รายงานผล"]["A1"].fill.fill_type is None


def test_other_sheets_and_parts_keep_their_bytes(book: Path) -> None:
    copy = marked(book, mark("ภาคผนวก!A1"))
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(copy) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        added = set(new.namelist()) - set(old.namelist())
    assert changed == {"xl/worksheets/sheet2.xml", "xl/styles.xml", "[Content_Types].xml"}
    assert {Path(name).suffix for name in added} == {".xml", ".vml", ".rels"}


def test_the_copy_reads_as_the_original(tmp_path: Path) -> None:
    copy = tmp_path / "คืน.xlsx"
    refs = ("รายงานผล!O9", "รายงานผล!P8", "รายงานผล!Q13", "")
    copy.write_bytes(annotate(REPORT, [mark(ref) for ref in refs], PENCIL).data)
    assert data_of(copy) == data_of(REPORT)


def test_excel_would_open_the_copy_without_repair(book: Path) -> None:
    refs = ("รายงานผล!B5", "รายงานผล!D5", "ภาคผนวก!C9", "")
    copy = marked(book, *(mark(ref) for ref in refs))
    again = marked(copy, mark("รายงานผล!B6"))
    first, *others = (
        [str(error) for error in OpenXmlValidator().validate(path).errors] for path in (book, copy, again)
    )
    assert all(set(faults) <= set(first) for faults in others), others


def test_rows_and_cells_without_references_are_counted(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "ง่าย.xlsx", {"ก": cells("<c><v>1</v></c><c><v>2</v></c>", "<c><v>3</v></c>")})
    copy = marked(path, mark("ก!B1"), mark("ก!A2"), mark("ก!C2"))
    assert data_of(copy) == data_of(path)
    assert set(workbook(copy).sheets[0].notes) == {(1, 2), (2, 1), (2, 3)}


def test_a_strict_workbook_stays_strict(tmp_path: Path) -> None:
    usual = xlsx(tmp_path / "ปกติ.xlsx", {"ก": cells('<c r="A1"><v>1</v></c>')})
    strict = tmp_path / "เคร่ง.xlsx"
    with zipfile.ZipFile(usual) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(S_URI.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            base = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            new.writestr(name, data.replace(base, b"http://purl.oclc.org/ooxml/officeDocument/relationships"))
    copy = marked(strict, mark("ก!A1"))
    assert set(workbook(copy).sheets[0].notes) == {(1, 1)}
    with zipfile.ZipFile(copy) as archive:
        assert not [name for name in archive.namelist() if S_URI.encode() in archive.read(name)]


def test_a_workbook_without_sheets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        annotate(xlsx(tmp_path / "ไร้.xlsx", {}), [mark()], PENCIL)


@pytest.mark.libreoffice
def test_libreoffice_opens_the_copy(book: Path, tmp_path: Path) -> None:
    (pdf,) = convert([marked(book, mark("รายงานผล!B5"))], tmp_path / "ออก")
    assert pdf.read_bytes().startswith(b"%PDF")
