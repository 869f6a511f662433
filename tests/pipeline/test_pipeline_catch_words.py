"""Catch-words: on the pages of the PDF where the office wants them, of the file as staff left it."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from automation.office.catch_words import catch_words
from automation.office.pdf_layout import PageLayout, Piece, page_layouts
from automation.office.pdf_standard import archive_level
from automation.pipeline.printing import to_pdf
from automation.pipeline.produce import Order, make_pdfs, produce
from automation.pipeline.workbench import open_workbench

LETTER = Order(
    kind="letter",
    year=2570,
    facts={
        "recipient": "ผู้อำนวยการสำนักตัวอย่าง",
        "subject": "ขอความอนุเคราะห์",
        "cause": "; ".join(f"ข้อที่ {number} ด้วยสำนักงานจัดทำแผนปฏิบัติราชการ" for number in range(1, 40)),
        "request": "จึงขอความอนุเคราะห์",
    },
)


def feet(pdf: Path) -> list[list[tuple[str, float]]]:
    """Of each page the texts below the body, with the right end in centimetres."""
    return [
        [
            (piece.text, (piece.x + piece.width) / 72 * 2.54)
            for piece in page.pieces
            if piece.y < 1.9 / 2.54 * 72 and piece.text.strip()
        ]
        for page in page_layouts(PdfReader(pdf))
    ]


def page(*lines: str, width: float = 595) -> PageLayout:
    pieces = [Piece(x=90, y=780 - 20 * row, width=50, size=16, text=text) for row, text in enumerate(lines)]
    return PageLayout(width, 842, pieces)


def test_only_a_page_that_goes_on_has_one() -> None:
    pages = [page("บันทึกข้อความ"), page("- ๒ -", "ตามที่สำนัก"), page("สิ่งที่ส่งมาด้วย"), page("- ๒ -", "ลำดับ")]
    assert catch_words(pages) == {0: "/ตามที่สำนัก...", 2: "/ลำดับ..."}
    assert catch_words([page("ตาราง", width=900), page("- ๒ -", "ลำดับ")]) == {}


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_the_pdf_has_them_where_the_office_wants_them(root: Path) -> None:
    with open_workbench(root, lambda: datetime(2026, 11, 24)) as bench:
        made = produce(bench, LETTER)
    (plain,) = make_pdfs(made)
    assert plain.pdf is not None
    assert feet(plain.pdf) == [[] for _ in PdfReader(plain.pdf).pages]
    settings = root / "config.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("catch_words = false", "catch_words = true"), "utf-8"
    )
    first, *later = _words(made[0].path)
    edited = made[0].path.with_name("แก้แล้ว.docx")
    shutil.copy(made[0].path, edited)
    document = Document(str(edited))
    for paragraph in document.paragraphs[6:9]:
        paragraph.text = "ข้อความที่เพิ่มเข้ามา " * 20
    document.save(str(edited))
    assert later
    assert _words(edited)[0] != first


def _words(file: Path) -> list[str]:
    """The catch-words of the file's PDF, checked against the pages that follow."""
    (pdf,) = to_pdf([file], archive=True)
    assert archive_level(PdfReader(pdf)) == "2B"
    pages = list(page_layouts(PdfReader(pdf)))
    found = []
    for row, following in zip(feet(pdf), pages[1:], strict=False):
        text = "".join(part for part, _ in row)
        assert text.startswith("/")
        assert "".join(text.strip("/.").split())[:6] in "".join(following.text.split())
        assert row[-1][1] == pytest.approx(19, abs=0.1)
        found.append(text)
    assert feet(pdf)[-1] == []
    return found
