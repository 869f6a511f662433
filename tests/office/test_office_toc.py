"""Tables of contents on small Word files: entries, bookmarks, counted captions, numbers by section."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.errors import RenderError
from automation.office.rewrite import read_parts
from automation.office.toc import Entry, number_pages, thai_letter, write_toc
from tests.office.office_files import W_URI, docx, part_xml

W = f"{{{W_URI}}}"
STYLES = part_xml(
    "styles",
    '<w:style w:styleId="Heading1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:styleId="Heading2"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="Part"><w:basedOn w:val="Chapter"/></w:style>'
    '<w:style w:styleId="Chapter"><w:basedOn w:val="Heading1"/></w:style>'
    '<w:style w:styleId="Round"><w:basedOn w:val="Square"/></w:style>'
    '<w:style w:styleId="Square"><w:basedOn w:val="Round"/></w:style>',
)


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def mark(kind: str) -> str:
    return run(f'<w:fldChar w:fldCharType="{kind}"/>')


def field(code: str, result: str = "") -> str:
    instruction = run(f"<w:instrText> {code} </w:instrText>")
    return mark("begin") + instruction + mark("separate") + run(f"<w:t>{result}</w:t>") + mark("end")


def paragraph(text: str, style: str = "", inner: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{run(f'<w:t>{text}</w:t>') if text else ''}{inner}</w:p>"


def section(form: str = "", start: str = "") -> str:
    begin = f' w:start="{start}"' if start else ""
    number = f'<w:pgNumType w:fmt="{form}"{begin}/>' if form else ""
    return f"<w:sectPr>{number}</w:sectPr>"


def caption(text: str, label: str = "ตารางที่", code: str = "ThaiArabic") -> str:
    return paragraph(
        f"{label} ", "Caption", field(f"SEQ {label} \\* {code}", "๙") + run(f"<w:t> {text}</w:t>")
    )


def book(path: Path, body: str) -> Path:
    return docx(path / "book.docx", body, {"styles": ("styles.xml", STYLES)})


def body_of(path: Path) -> ElementTree.Element:
    return ElementTree.fromstring(read_parts(path)["word/document.xml"])[0]


def lines(path: Path) -> list[str]:
    """The text of each paragraph, tabs as |."""
    found = []
    for block in body_of(path).iter(f"{W}p"):
        words = [
            node.text or "" if node.tag == f"{W}t" else "|"
            for node in block.iter()
            if node.tag in (f"{W}t", f"{W}tab")
        ]
        found.append("".join(words))
    return found


TOC = paragraph("", "TOC1", field('TOC \\o "1-2" \\h', "old"))


def test_headings_become_entries_by_their_level(tmp_path: Path) -> None:
    """Own level, a style's, an inherited one; styles that go round in circles have none."""
    path = book(
        tmp_path,
        TOC
        + paragraph("บทที่ ๑", "Heading1")
        + paragraph("ข้อ ๑", "Heading2")
        + paragraph("ภาค", "Part")
        + paragraph("เนื้อหา", "Round")
        + paragraph("หัวข้อ", properties='<w:outlineLvl w:val="1"/>')
        + paragraph("", "Heading1")
        + section(),
    )
    entries = write_toc(path)
    assert [(entry.level, entry.title) for entry in entries] == [
        (1, "บทที่ ๑"),
        (2, "ข้อ ๑"),
        (1, "ภาค"),
        (2, "หัวข้อ"),
    ]
    assert lines(path)[:4] == ["บทที่ ๑|", "ข้อ ๑|", "ภาค|", "หัวข้อ|"]


def test_level_range_and_default_range(tmp_path: Path) -> None:
    """`\\o "1-1"` leaves out level 2; a field without a range shows three levels."""
    heads = paragraph("ก", "Heading1") + paragraph("ข", "Heading2") + section()
    path = book(
        tmp_path, paragraph("", inner=field('TOC \\o "1-1"')) + paragraph("", inner=field("TOC \\h")) + heads
    )
    write_toc(path)
    assert lines(path) == ["ก|", "ก|", "ข|", "ก", "ข"]


def test_captions_are_counted_and_listed_by_their_label(tmp_path: Path) -> None:
    """Tables and charts count for themselves, in Thai or Arabic digits as the field says."""
    lists = paragraph("", inner=field('TOC \\c "ตารางที่"')) + paragraph("", inner=field('TOC \\c "แผนภูมิที่"'))
    captions = caption("หนึ่ง") + caption("ภาพ", "แผนภูมิที่", "Arabic") + caption("สอง")
    path = book(tmp_path, lists + captions + section())
    write_toc(path)
    assert lines(path)[:3] == ["ตารางที่ ๑ หนึ่ง|", "ตารางที่ ๒ สอง|", "แผนภูมิที่ 1 ภาพ|"]
    styles = [node.get(f"{W}val") for node in body_of(path).iter(f"{W}pStyle")]
    assert styles[:3] == ["TableofFigures"] * 3


def test_simple_fields_count_too(tmp_path: Path) -> None:
    """Word writes a field with a plain result as a simple one when the office saves the template."""
    simple = '<w:fldSimple w:instr=" SEQ ตารางที่ \\* ThaiArabic "><w:r><w:t>๙</w:t></w:r></w:fldSimple>'
    head = paragraph("ตารางที่ ", "Caption", simple + run("<w:t> ใหม่</w:t>"))
    path = book(tmp_path, paragraph("", inner=field('TOC \\c "ตารางที่"')) + caption("เดิม") + head + section())
    write_toc(path)
    assert lines(path)[:2] == ["ตารางที่ ๑ เดิม|", "ตารางที่ ๒ ใหม่|"]


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    """Old entries over many paragraphs give way to the new ones; bookmarks are not doubled."""
    path = book(
        tmp_path, TOC + paragraph("ก", "Heading1") + paragraph("ข", "Heading1") + caption("ค") + section()
    )
    write_toc(path)
    once = read_parts(path)["word/document.xml"]
    write_toc(path)
    assert read_parts(path)["word/document.xml"] == once
    names = [node.get(f"{W}name") for node in body_of(path).iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names)) == 4


def test_bookmarks_of_others_stay(tmp_path: Path) -> None:
    """A bookmark that the office set keeps its place."""
    own = '<w:bookmarkStart w:id="7" w:name="ผู้ลงนาม"/><w:bookmarkEnd w:id="7"/>'
    path = book(tmp_path, TOC + paragraph("ก", "Heading1", own) + section())
    write_toc(path)
    assert "ผู้ลงนาม" in [node.get(f"{W}name") for node in body_of(path).iter(f"{W}bookmarkStart")]


def test_document_without_headings_keeps_its_field(tmp_path: Path) -> None:
    """There is nothing to list yet; the field stays alive."""
    path = book(tmp_path, TOC + paragraph("เนื้อหา") + section())
    assert write_toc(path) == ()
    marks = [node.get(f"{W}fldCharType") for node in body_of(path).iter(f"{W}fldChar")]
    assert marks == ["begin", "separate", "end"]


def test_numbers_follow_the_sections(tmp_path: Path) -> None:
    """Cover without numbers, front matter ก ข, text from ๑, a last section counting on in Arabic digits."""
    breaks = [
        paragraph("ปก", properties=section()),
        paragraph("คำนำ", "Heading1")
        + paragraph("สรุป", "Heading1")
        + paragraph("", properties=section("thaiLetters", "1")),
        paragraph("บทที่ ๑", "Heading1") + paragraph("", properties=section("thaiNumbers", "1")),
        paragraph("ภาคผนวก", "Heading1") + section("decimal"),
    ]
    path = book(tmp_path, TOC + "".join(breaks))
    marks = [entry.mark for entry in write_toc(path)]
    pages = dict(zip(marks, (3, 5, 7, 12), strict=True))
    sections = {f"_Sec9{place:05d}": page for place, page in enumerate((1, 3, 7, 11))}
    entries = write_toc(path, pages | sections)
    assert [entry.page for entry in entries] == ["ก", "ค", "๑", "6"]
    assert lines(path)[0] == "คำนำ|ก"


def test_what_the_pdf_does_not_show_has_no_number(tmp_path: Path) -> None:
    """An entry without a place keeps an empty number."""
    path = book(tmp_path, TOC + paragraph("ก", "Heading1") + section("thaiNumbers"))
    assert [entry.page for entry in write_toc(path, {"_Sec900000": 1})] == [""]


def test_pages_are_taken_until_they_stand_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second PDF moves a heading, the third moves nothing more."""
    path = book(tmp_path, TOC + paragraph("ก", "Heading1") + section("thaiNumbers", "1"))
    places = iter([2, 3, 3, 4])
    asked: list[Path] = []
    monkeypatch.setattr(
        "automation.office.toc.outline", lambda pdf: {"_Sec900000": 1, "_Toc900000": next(places)}
    )

    def convert(file: Path) -> Path:
        asked.append(file)
        return file

    assert number_pages(path, convert) == (Entry(level=1, title="ก", mark="_Toc900000", page="๓"),)
    assert asked == [path] * 3


def test_first_letters() -> None:
    """ฃ and ฅ are no page numbers."""
    assert [thai_letter(number) for number in range(1, 7)] == ["ก", "ข", "ค", "ง", "จ", "ฉ"]


@given(st.integers(1, 200))
def test_letters_tell_pages_apart(number: int) -> None:
    """No two pages have the same letters."""
    assert thai_letter(number) not in {thai_letter(other) for other in range(1, number)}


def test_stand_ins_do_not_outlive_a_failure(tmp_path: Path) -> None:
    """When there is no PDF, the entries stand without numbers, as the user is told."""
    path = book(tmp_path, TOC + paragraph("ก", "Heading1") + section("thaiNumbers", "1"))

    def fail(file: Path) -> Path:
        assert lines(file)[0] == "ก|๐๐๐"
        raise RenderError("ไม่มี LibreOffice")

    with pytest.raises(RenderError):
        number_pages(path, fail)
    assert lines(path)[0] == "ก|"
