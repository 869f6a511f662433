"""Files that must not be read are refused, each for its own reason; nothing else is ever raised."""

import random
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automation.errors import (
    EncryptedFile,
    FileError,
    ForeignFile,
    IncompleteFile,
    OversizedFile,
    UnreadableFile,
)
from automation.office.blocks import Document
from automation.office.opening import Limits, open_file
from automation.office.sheets import Workbook
from tests.office.office_files import (
    DOCX_TYPE,
    HEAD,
    NAMES,
    cells,
    compound,
    content_types,
    document_xml,
    docx,
    p,
    relations,
    write_zip,
    xlsx,
)

SAMPLES = Path(__file__).parents[2] / "samples"
FORM = SAMPLES / "year2570" / "forms" / "ict-01.docx"
REPORT = SAMPLES / "progress" / "q2-hr-bureau.xlsx"


def refusal(file: Path, **limits: int) -> FileError:
    """The error that opening the file ends in; its place is the file's name."""
    with pytest.raises(FileError) as caught:
        open_file(file, limits=Limits(**limits) if limits else None)
    assert caught.value.place == file.name
    assert caught.value.hint
    return caught.value


def outcome(file: Path) -> type:
    """What opening the file ends in; any other exception rises."""
    try:
        return type(open_file(file))
    except FileError as error:
        return type(error)


@pytest.mark.parametrize("file", sorted(SAMPLES.rglob("*.docx")) + sorted(SAMPLES.rglob("*.xlsx")), ids=str)
def test_every_sample_opens(file: Path) -> None:
    opened = open_file(file)
    if isinstance(opened, Document):
        assert opened.characters > 200
    else:
        assert any(sheet.cells for sheet in opened.sheets)
    assert not opened.macros
    assert opened.external == ()


def test_content_wins_over_the_name(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(FORM.read_bytes())
    (tmp_path / "report.docx").write_bytes(REPORT.read_bytes())
    assert isinstance(open_file(tmp_path / "form.xlsx"), Document)
    assert isinstance(open_file(tmp_path / "report.docx"), Workbook)


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        ("empty.docx", b"", UnreadableFile, "ว่างเปล่า"),
        ("one.docx", b"P", ForeignFile, "ข้อความธรรมดา"),
        ("page.xls", b"<html><table><tr><td>1", ForeignFile, "ชื่อลงท้าย .xls แต่เนื้อหาเป็นหน้าเว็บ (HTML)"),
        ("photo.doc", b"\xff\xd8\xff\xe0", ForeignFile, "รูปภาพ"),
        ("list.xlsx", b"a,b\n1,2\n", ForeignFile, "CSV"),
        ("scan.pdf", b"%PDF-1.4", ForeignFile, "ไฟล์นี้เป็นไฟล์ PDF"),
        ("locked.docx", compound("EncryptedPackage"), EncryptedFile, "รหัสผ่าน"),
        ("slides.docx", compound("PowerPoint Document"), ForeignFile, "โปรแกรมอื่น"),
        ("sparse.docx", bytes(9_000), IncompleteFile, "คัดลอก"),
    ],
)
def test_each_cause_has_its_own_words(
    tmp_path: Path, name: str, content: bytes, kind: type[FileError], words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    error = refusal(tmp_path / name)
    assert type(error) is kind
    assert words in error.message


def test_truncated_anywhere_is_incomplete(tmp_path: Path) -> None:
    file = tmp_path / "cut.docx"
    whole = FORM.read_bytes()
    for length in range(4, len(whole) - 22, max(1, len(whole) // 40)):
        file.write_bytes(whole[:length])
        assert isinstance(refusal(file), IncompleteFile), length


def test_damaged_part_is_unreadable(tmp_path: Path) -> None:
    data = bytearray(FORM.read_bytes())
    with zipfile.ZipFile(FORM) as archive:
        info = archive.getinfo("word/document.xml")
    middle = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    data[middle : middle + 40] = bytes(40)
    (tmp_path / "bad.docx").write_bytes(data)
    assert isinstance(refusal(tmp_path / "bad.docx"), UnreadableFile)


@pytest.mark.parametrize("source", [FORM, REPORT], ids=["docx", "xlsx"])
def test_flipped_bytes_raise_nothing_but_file_errors(tmp_path: Path, source: Path) -> None:
    dice = random.Random(2570)
    whole = source.read_bytes()
    file = tmp_path / f"flipped{source.suffix}"
    outcomes = set()
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 3, 30))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        file.write_bytes(data)
        outcomes.add(outcome(file))
    assert len(outcomes) > 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_garbled_xml_raises_nothing_but_file_errors(tmp_path: Path, data: st.DataObject) -> None:
    with zipfile.ZipFile(data.draw(st.sampled_from((FORM, REPORT)))) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    text = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(text) - 1)))
        text[at : at + data.draw(st.integers(0, 40))] = data.draw(
            st.sampled_from(
                (b"", b"0", b"-1", b"99999999999", b"<w:p>", b"</w:tbl>", b"nan", b'"', b"&x;", b"\0")
            )
        )
    file = write_zip(tmp_path / "garbled.docx", parts | {name: bytes(text)})
    assert issubclass(outcome(file), Document | Workbook | FileError)


class TestBombs:
    def test_ratio(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "bomb.docx", p("ก" * 20_000_000))
        assert file.stat().st_size < 200_000
        assert isinstance(refusal(file), OversizedFile)

    def test_shared_strings(self, tmp_path: Path) -> None:
        file = xlsx(tmp_path / "bomb.xlsx", {"ก": ""}, strings="<si><t>" + " " * 30_000_000 + "</t></si>")
        assert isinstance(refusal(file), OversizedFile)

    def test_a_large_picture_is_none(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "white.docx", p("ก"), **{"word/media/image1.bmp": b"\xff" * 9_000_000})
        assert isinstance(open_file(file), Document)

    def test_many_large_pictures(self, tmp_path: Path) -> None:
        pictures = {f"word/media/{at}.bmp": bytes(10_000) for at in range(50)}
        file = docx(tmp_path / "white.docx", p("ก"), **pictures)
        assert isinstance(refusal(file, total_bytes=200_000), OversizedFile)

    def test_declared_size(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "large.docx", p("ก" * 5_000))
        assert "ใหญ่เกิน" in refusal(file, part_bytes=4_000).message

    def test_all_parts_together(self, tmp_path: Path) -> None:
        assert isinstance(refusal(FORM, total_bytes=100_000), OversizedFile)

    def test_file_size(self, tmp_path: Path) -> None:
        assert "เมกะไบต์" in refusal(FORM, file_bytes=1_000).message

    def test_a_size_that_lies_stops_at_the_lie(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "liar.docx", p("ก" * 100_000))
        data = file.read_bytes()
        with zipfile.ZipFile(file) as archive:
            size = archive.getinfo("word/document.xml").file_size
        file.write_bytes(data.replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little")))
        assert isinstance(refusal(file), UnreadableFile)

    def test_overlapping_members(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "overlap.docx", p("ก"))
        data = bytearray(file.read_bytes())
        first = data.index(b"PK\x01\x02")
        second = data.index(b"PK\x01\x02", first + 4)
        data[second + 42 : second + 46] = data[first + 42 : first + 46]
        file.write_bytes(data)
        assert isinstance(refusal(file), OversizedFile | UnreadableFile | IncompleteFile)

    def test_many_members(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "many.docx", p("ก"), **{f"word/media/{at}.txt": "" for at in range(2_100)})
        assert "ส่วนย่อย" in refusal(file).message

    def test_too_many_paragraphs(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "long.docx", p("ก") * 30)
        assert "ย่อหน้า" in refusal(file, paragraphs=20).message

    def test_nesting(self, tmp_path: Path) -> None:
        deep = "<w:tbl><w:tr><w:tc>" * 3_000 + p("ก") + "</w:tc></w:tr></w:tbl>" * 3_000
        assert "ลึก" in refusal(docx(tmp_path / "deep.docx", deep)).message
        runs = "<w:p>" + "<w:smartTag>" * 240 + "<w:r><w:t>ก</w:t></w:r>" + "</w:smartTag>" * 240 + "</w:p>"
        opened = open_file(docx(tmp_path / "runs.docx", runs))
        assert isinstance(opened, Document)
        assert opened.characters == 1

    def test_far_corner(self, tmp_path: Path) -> None:
        sheet = '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        start = time.perf_counter()
        assert "ไกลผิดปกติ" in refusal(xlsx(tmp_path / "corner.xlsx", {"ก": sheet})).message
        assert time.perf_counter() - start < 1

    def test_claims_of_size_cost_nothing(self, tmp_path: Path) -> None:
        sheet = (
            '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" hidden="1"/></cols>'
            '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
            '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        )
        start = time.perf_counter()
        opened = open_file(xlsx(tmp_path / "claim.xlsx", {"ก": sheet}))
        assert isinstance(opened, Workbook)
        assert (opened.sheets[0].last_row, opened.sheets[0].last_col) == (1, 1)
        assert opened.sheets[0].at(1, 1) is not None
        assert time.perf_counter() - start < 1

    def test_many_empty_rows(self, tmp_path: Path) -> None:
        rows = "".join(f'<row r="{at}"><c r="A{at}" s="0"/></row>' for at in range(1, 60_001))
        opened = open_file(xlsx(tmp_path / "rows.xlsx", {"ก": f"<sheetData>{rows}</sheetData>"}))
        assert isinstance(opened, Workbook)
        assert opened.sheets[0].cells == {}

    def test_too_many_cells(self, tmp_path: Path) -> None:
        file = xlsx(
            tmp_path / "cells.xlsx", {"ก": "<sheetData><row>" + "<c><v>1</v></c>" * 30 + "</row></sheetData>"}
        )
        assert "20 ช่อง" in refusal(file, cells=20).message

    def test_merges_that_cover_everything(self, tmp_path: Path) -> None:
        corner = cells('<c r="A1"><v>1</v></c>', '<c r="IV2000"><v>1</v></c>')
        merges = '<mergeCells><mergeCell ref="A1:IV2000"/></mergeCells>'
        assert "รวมช่อง" in refusal(xlsx(tmp_path / "m.xlsx", {"ก": corner + merges})).message


class TestEntities:
    @pytest.mark.parametrize("code", ["utf-8", "utf-16"])
    @pytest.mark.parametrize(
        "prolog",
        [
            '<!DOCTYPE x [<!ENTITY a "ฮา"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
            "<!DOCTYPE x>",
        ],
        ids=["laughs", "outside", "bare"],
    )
    def test_any_doctype_is_refused(self, tmp_path: Path, prolog: str, code: str) -> None:
        body = f"{prolog}<w:document {NAMES}><w:body>{p('&amp;a;')}</w:body></w:document>"
        xml = f'<?xml version="1.0" encoding="{code}"?>{body}'.encode(code)
        error = refusal(docx(tmp_path / "x.docx", "", **{"word/document.xml": xml}))
        assert "DOCTYPE" in error.message

    def test_in_a_sheet_too(self, tmp_path: Path) -> None:
        xml = '<!DOCTYPE w><worksheet xmlns="x"/>'
        error = refusal(xlsx(tmp_path / "x.xlsx", {"ก": ""}, **{"xl/worksheets/sheet1.xml": xml}))
        assert "DOCTYPE" in error.message


class TestPackages:
    def test_member_names_are_never_paths(self, tmp_path: Path) -> None:
        file = docx(tmp_path / "t.docx", p("ก"), **{"../../evil.txt": "x", "C:/evil.txt": "x"})
        assert isinstance(open_file(file), Document)
        assert sorted(item.name for item in tmp_path.parent.rglob("evil*")) == []

    def test_names_in_other_case_and_with_backslashes(self, tmp_path: Path) -> None:
        parts = {
            "[content_types].xml": content_types("word/document.xml", DOCX_TYPE),
            "_rels\\.rels": relations(("rId1", "officeDocument", "/word/Document.xml")),
            "word\\document.xml": document_xml(p("พบ")),
        }
        opened = open_file(write_zip(tmp_path / "odd.docx", parts))
        assert isinstance(opened, Document)
        assert [para.text for para in opened.paragraphs] == ["พบ"]

    def test_macros_are_seen_and_not_run(self, tmp_path: Path) -> None:
        opened = open_file(docx(tmp_path / "m.docm", p("ก"), **{"word/vbaProject.bin": b"\xcc\x61"}))
        assert opened.macros
        book = open_file(xlsx(tmp_path / "m.xlsm", {"ก": ""}, **{"xl/vbaProject.bin": b"\xcc\x61"}))
        assert book.macros

    def test_plain_zip_is_foreign(self, tmp_path: Path) -> None:
        error = refusal(write_zip(tmp_path / "z.docx", {"a.txt": "x"}))
        assert isinstance(error, ForeignFile)
        assert "zip" in error.message

    def test_encrypted_member(self, tmp_path: Path) -> None:
        data = bytearray(docx(tmp_path / "e.docx", p("ก")).read_bytes())
        at = data.index(b"PK\x01\x02")
        data[at + 8] |= 1
        (tmp_path / "e.docx").write_bytes(data)
        assert isinstance(refusal(tmp_path / "e.docx"), EncryptedFile)

    def test_strange_compression(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "l.docx", "w", zipfile.ZIP_LZMA) as archive:
            archive.writestr("word/document.xml", document_xml(p("ก")))
        assert "บีบอัด" in refusal(tmp_path / "l.docx").message

    def test_a_missing_body_is_an_empty_document(self, tmp_path: Path) -> None:
        opened = open_file(
            docx(tmp_path / "n.docx", "", **{"word/document.xml": f"{HEAD}<w:document {NAMES}/>"})
        )
        assert isinstance(opened, Document)
        assert opened.blocks == ()

    @pytest.mark.parametrize("medium", ["docx", "xlsx"])
    def test_our_hidden_key(self, tmp_path: Path, medium: str) -> None:
        rels = relations(
            ("rId1", "officeDocument", "word/document.xml" if medium == "docx" else "xl/workbook.xml"),
            ("rId2", "custom-properties", "docProps/custom.xml"),
        )
        properties = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            '<property name="other"><vt:lpwstr>no</vt:lpwstr></property>'
            '<property name="automation-key"><vt:lpwstr>70-ทส-01</vt:lpwstr></property></Properties>'
        )
        more = {"_rels/.rels": rels, "docProps/custom.xml": properties}
        file = tmp_path / f"k.{medium}"
        opened = open_file(docx(file, p("ก"), **more) if medium == "docx" else xlsx(file, {"ก": ""}, **more))
        assert opened.key == "70-ทส-01"
