"""The books as printed matter: covers, digits, tables within the page, contents with true page numbers."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.table import Table
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from automation.documents.books import build_book, finish
from automation.errors import RenderError, UsageError
from automation.model.year import YearData
from automation.office import pdf
from automation.office.fill import fill_document
from automation.office.preflight import preflight
from tests.documents.sample_books import SAMPLES, TEMPLATES, made_book, richer_year, sample_year

BOOKS = (
    "plan-book",
    "project-book",
    "four-year-book",
    "strategic-book",
    "quarterly-report",
    "executive-summary",
    "year-end-report",
)
WITHOUT_COVER = "executive-summary"
WITH_CONTENTS = tuple(kind for kind in BOOKS if kind != WITHOUT_COVER)
LANDSCAPE = {"plan-book": [3], "four-year-book": [3], "strategic-book": [3]}
"""Book → places of its landscape sections; the others have none."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
METRICS = json.loads(
    (SAMPLES.parent / "automation/office/data/thsarabunpsk-metrics.json").read_text(encoding="utf-8")
)["faces"]


@pytest.fixture(scope="module", params=BOOKS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of the sample year without page numbers."""
    return made_book(request.param, sample_year(), tmp_path_factory.mktemp("book"), draft="ใช่")


def text_of(part: Any) -> str:
    """All words of a part."""
    return "".join(node.text or "" for node in part.iter(f"{W}t"))


def test_word_would_open_it(made: Path) -> None:
    """No fault by the rules of the format."""
    assert [error.description for error in OpenXmlValidator().validate(made).errors] == []


def test_all_digits_are_thai_and_no_tag_is_left(made: Path) -> None:
    """Text, tables, headers and footers; addresses of mail stay as they are typed."""
    document = Document(str(made))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element, section.first_page_footer._element]
    for part in parts:
        words = re.sub(r"[\w.]+@[\w.]+", "", text_of(part), flags=re.ASCII)
        assert re.findall(r".{0,20}[0-9].{0,20}", words) == []
        assert re.findall(r"\{[{%].{0,20}", words) == []


def test_cover_says_draft_title_and_year(made: Path) -> None:
    """The covers and each running head carry ร่าง."""
    document = Document(str(made))
    if made.stem == WITHOUT_COVER:
        assert document.paragraphs[0].text.startswith("(ร่าง)")
        return
    first = [paragraph.text.replace("\N{NO-BREAK SPACE}", " ") for paragraph in document.paragraphs[:6]]
    assert "(ร่าง) " in first
    assert any("พ.ศ. ๒๕๗๐" in text for text in first)
    assert all("(ร่าง)" in section.header.paragraphs[0].text for section in document.sections[1:])


def test_front_matter_has_letters_and_landscape_lies_among_portrait(made: Path) -> None:
    """ก ข ค before, ๑ ๒ ๓ from the first part on."""
    document = Document(str(made))
    if made.stem == WITHOUT_COVER:
        assert len(document.sections) == 1
        return
    numbering = [section._sectPr.find(f"{W}pgNumType") for section in document.sections]
    assert numbering[0] is None
    assert numbering[1].attrib == {f"{W}fmt": "thaiLetters", f"{W}start": "1"}
    assert numbering[2].attrib == {f"{W}fmt": "thaiNumbers", f"{W}start": "1"}
    assert all(item.get(f"{W}start") is None for item in numbering[3:])
    wide = [section.page_width > section.page_height for section in document.sections]
    assert [place for place, is_wide in enumerate(wide) if is_wide] == LANDSCAPE.get(made.stem, [])


def test_tables_lie_within_the_margins_and_repeat_their_head(made: Path) -> None:
    """No table is wider than its section's text; rows do not split; heads repeat."""
    for table, width in tables(made):
        assert sum(int(column.get(f"{W}w")) for column in table._tbl.tblGrid) <= width
        rows = table._tbl.tr_lst
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        labels_stand_on_the_left = text_of(rows[0]).startswith("รหัส")
        assert labels_stand_on_the_left or rows[0].find(f"{W}trPr/{W}tblHeader") is not None


def test_no_number_is_wider_than_its_cell(made: Path) -> None:
    """Amounts measured with the official face fit on one line."""
    assert too_wide(made) == []


@pytest.mark.parametrize(
    ("kind", "whole"),
    [(kind, "๑,๐๐๐,๘๗๕,๐๐๐") for kind in ("plan-book", "project-book", "four-year-book", "executive-summary")]
    + [(kind, "๙๑๗,๔๐๐,๐๐๐") for kind in ("quarterly-report", "year-end-report")],
)
def test_a_thousand_million_still_fits(kind: str, whole: str, tmp_path: Path) -> None:
    """The secretariat's whole budget is of that size."""
    book = made_book(kind, richer_year(15), tmp_path)
    assert too_wide(book) == []
    assert whole in text_of(Document(str(book)).element.body)


def too_wide(book: Path) -> list[tuple[str, float]]:
    """Each amount that is wider than its cell, with the room there is in points."""
    found = []
    for table, _ in tables(book):
        for cell in table._tbl.iter(f"{W}tc"):
            room = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) / 20 - margins(table, cell)
            for paragraph in cell.iter(f"{W}p"):
                words = text_of(paragraph)
                if re.fullmatch(r"[(]?[๐-๙,.]+[)]?", words) and width_of(words, paragraph) > room:
                    found.append((words, room))
    return found


def margins(table: Table, cell: Any) -> float:
    """Points that the cell's two margins take."""
    own = cell.find(f"{W}tcPr/{W}tcMar")
    sides = own if own is not None else table._tbl.tblPr.find(f"{W}tblCellMar")
    return sum(int(side.get(f"{W}w")) for side in sides if side.tag in (f"{W}left", f"{W}right")) / 20


def width_of(words: str, paragraph: Any) -> float:
    """Points that the words take in bold, in the size of the paragraph's style."""
    style = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
    size = 13 if style.startswith("Plan") else 14
    advances = METRICS["bold"]["advances"]
    return float(sum(advances[f"{ord(letter):04X}"] for letter in words)) * size / 1000


def tables(path: Path) -> Iterator[tuple[Table, int]]:
    """Each table with the width of the text of its section, in twips."""
    document = Document(str(path))
    widths = iter(
        int(section.page_width.twips - section.left_margin.twips - section.right_margin.twips)
        for section in document.sections
    )
    width = next(widths)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield block, width
        elif block._p.find(f"{W}pPr/{W}sectPr") is not None:
            width = next(widths)


def test_headings_and_captions_stay_with_what_follows(made: Path) -> None:
    """Their styles keep with the next paragraph, so none is left alone at the foot of a page."""
    document = Document(str(made))
    for name in ("Heading 1", "Heading 2", "Heading 3", "Caption"):
        assert document.styles[name].paragraph_format.keep_with_next


def test_final_book_says_no_draft_and_carries_its_day() -> None:
    """Steps A18 and A24: the day of the last revision; without one the day of the newest form."""
    year = sample_year()
    book = build_book("plan-book", year, {"draft": "ไม่", "revised": "๑๔ มิถุนายน ๒๕๖๙"})["book"]
    assert (book["mark"], book["revised"]) == ("", date(2026, 6, 14))
    assert build_book("plan-book", year, {})["book"]["revised"] is None
    received = datetime(2026, 1, 5, 9, tzinfo=UTC)
    first = year.projects[0]
    dated = replace(first, source=replace(first.source, received=received))
    book = build_book("plan-book", replace(year, projects=(dated, *year.projects[1:])), {})["book"]
    assert book["revised"] == date(2026, 1, 5)
    assert build_book("year-end-report", year, {})["book"]["revised"] is None


def test_wrong_kind_and_wrong_day_are_told() -> None:
    """In Thai, with what can be done."""
    with pytest.raises(UsageError, match="ไม่มีเล่มชื่อ atlas"):
        build_book("atlas", YearData(fiscal_year=2570), {})
    with pytest.raises(UsageError, match="วันพุธหน้า"):
        build_book("plan-book", YearData(fiscal_year=2570), {"revised": "วันพุธหน้า"})


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", WITH_CONTENTS)
def test_contents_name_the_pages_on_which_the_headings_stand(kind: str, tmp_path: Path) -> None:
    """Held against the PDF itself: the number in the foot of the page that shows the heading."""
    context = build_book(kind, sample_year(), {})
    book = tmp_path / f"{kind}.docx"
    fill_document(TEMPLATES / f"{kind}.docx", context, book)
    finish(book, context, chapters=TEMPLATES / "chapters" / kind, number_pages=True)
    pages = [page.extract_text() for page in PdfReader(pdf.convert([book], tmp_path)[0]).pages]
    entries = [
        paragraph._p
        for paragraph in Document(str(book)).paragraphs
        if paragraph.style.style_id in ("TOC1", "TOC2", "TOC3", "TableofFigures")
    ]
    assert len(entries) > 12
    for entry in entries:
        words = [node.text or "" for node in entry.iter(f"{W}t")]
        title, number = "".join(words[:-1]), words[-1]
        page = next(page for page in pages if label_of(page) == number)
        assert plain(title) in plain(page), (title, number)


def label_of(page: str) -> str:
    """The page number in the foot, the last line of the page."""
    return page.strip().splitlines()[-1].strip() if page.strip() else ""


def plain(words: str) -> str:
    """Consonants and digits only: a PDF tears Thai marks off their letters."""
    return re.sub(r"[^ก-ฮเ-ไ๐-๙a-zA-Z]", "", words)


def test_without_libreoffice_the_contents_stand_without_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The book is made all the same; who insists on numbers is told."""
    monkeypatch.setenv("PATH", str(tmp_path))
    context = build_book("plan-book", sample_year(), {})
    book = tmp_path / "book.docx"
    fill_document(TEMPLATES / "plan-book.docx", context, book)
    finish(book, context)
    entries = [item.text for item in Document(str(book)).paragraphs if item.style.style_id == "TOC1"]
    assert "คำนำ\t" in entries
    with pytest.raises(RenderError):
        finish(book, context, number_pages=True)


def test_libreoffice_that_fails_leaves_the_book_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A soffice that makes nothing: contents without numbers and a line in the log."""
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    context = build_book("year-end-report", sample_year(), {})
    book = tmp_path / "book.docx"
    fill_document(TEMPLATES / "year-end-report.docx", context, book)
    with caplog.at_level(logging.WARNING):
        finish(book, context)
    assert "without page numbers" in caplog.text
    assert "คำนำ\t" in [item.text for item in Document(str(book)).paragraphs]


@pytest.mark.parametrize("kind", ["plan-book", "executive-summary"])
def test_print_on_both_sides_mirrors_margins_and_heads(kind: str, tmp_path: Path) -> None:
    """By setting; parts begin on right-hand pages, heads stand at the outer edge; Word still opens it."""
    book = made_book(kind, sample_year(), tmp_path, sides="สองหน้า")
    document = Document(str(book))
    assert document.settings.element.find(f"{W}mirrorMargins") is not None
    assert document.settings.odd_and_even_pages_header_footer
    for section in document.sections[1:]:
        head = section.even_page_header.paragraphs[0]
        assert head.text == section.header.paragraphs[0].text
        assert head._p.find(f"{W}pPr/{W}jc").get(f"{W}val") == "left"
    starts = [section.start_type.name for section in document.sections]
    assert starts[:4] == (
        ["NEW_PAGE", "ODD_PAGE", "ODD_PAGE", "NEW_PAGE"] if kind == "plan-book" else ["NEW_PAGE"]
    )
    assert [error.description for error in OpenXmlValidator().validate(book).errors] == []


@pytest.mark.libreoffice
@pytest.mark.parametrize(("sides", "empty"), [("สอง", True), ("เดียว", False)])
def test_the_pdf_has_the_empty_left_pages_only_where_both_sides_are_printed(
    sides: str, empty: bool, tmp_path: Path
) -> None:
    """The first page of every part is an odd one; preflight takes the empty page before it for what it is."""
    book = made_book("quarterly-report", sample_year(), tmp_path, sides=sides)
    (made,) = pdf.convert([book], tmp_path)
    pages = [page.extract_text().strip() for page in PdfReader(made).pages]
    first = next(place for place, page in enumerate(pages, start=1) if label_of(page) == "๑")
    assert (pages[first - 2] == "") is empty
    assert first % 2 == 1 or not empty
    assert preflight(made).faults == ()


@pytest.mark.parametrize("kind", ["plan-book", "project-book"])
def test_both_books_name_the_last_revision_alike(kind: str, tmp_path: Path) -> None:
    """The same words on the cover, at the lower right."""
    book = made_book(kind, YearData(fiscal_year=2570), tmp_path, revised="๑๔ มิถุนายน ๒๕๖๙")
    footers = [item.first_page_footer.paragraphs for item in Document(str(book)).sections]
    words = [item.text for footer in footers for item in footer]
    assert "ปรับปรุงแก้ไขแล้วเสร็จ ณ วันที่ ๑๔ มิถุนายน ๒๕๖๙" in words


def test_one_side_is_the_rule_and_nonsense_is_told(made: Path) -> None:
    """Without the setting no margin is mirrored."""
    assert Document(str(made)).settings.element.find(f"{W}mirrorMargins") is None
    with pytest.raises(UsageError, match="ไม่รู้จักจำนวนหน้าที่พิมพ์"):
        build_book("plan-book", YearData(fiscal_year=2570), {"sides": "สามหน้า"})
