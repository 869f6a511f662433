"""The appendix of the book of projects: the blank form, how it is filled in, the rates it is checked by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document

from automation.documents.catalogue import DocumentCatalogue
from automation.documents.chapters import FORM, GUIDE, asked_for, chapter_folder, chapter_notes
from automation.office.book_blocks import book_blocks
from automation.pipeline.appendices import appendices
from automation.pipeline.produce import Order, produce
from automation.pipeline.workbench import Workbench, open_workbench
from automation.pipeline.workspace import make_workspace


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """An empty workspace."""
    with open_workbench(make_workspace(tmp_path / "งานแผน"), lambda: datetime(2026, 11, 24, 9)) as bench:
        yield bench


def words_of(book: Path) -> str:
    """All words of a book."""
    return "\n".join(
        block.text if hasattr(block, "text") else "\n".join(cell.text for cell in block.cells)
        for block in book_blocks(book)
    )


def test_the_blank_form_its_guide_and_the_rates_are_in_the_appendix(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (book,) = produce(bench, Order(kind="project-book", year=2570))
    words = words_of(book.path)
    assert "เงินงบประมาณรายจ่ายประจำปี" in words
    assert "กรอกให้ครบทุกหัวข้อตามลำดับเลขของแบบ" in words
    assert "แฟ้ม" not in words[words.index("กรอกให้ครบ") :]
    assert "☑" not in words
    assert bench.rates[0].source in words
    assert "หรือ ชม." not in words  # a unit by its first name only
    assert not any("ยังไม่มีบท" in note for note in book.notes)


def test_a_form_that_the_office_wrote_itself_goes_first(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    kind = DocumentCatalogue.load(bench.config.templates).get("project-book")
    own = Document()
    own.add_paragraph("แบบที่สำนักเขียนเอง")
    own.save(str(chapter_folder(kind) / f"{FORM}.docx"))
    (book,) = produce(bench, Order(kind="project-book", year=2570))
    words = words_of(book.path)
    assert "แบบที่สำนักเขียนเอง" in words
    assert "เงินงบประมาณรายจ่ายประจำปี" not in words


def test_other_papers_have_no_appendix(bench: Workbench, tmp_path: Path) -> None:
    catalogue = DocumentCatalogue.load(bench.config.templates)
    book, plan, memo = map(catalogue.get, ("project-book", "plan-book", "memo-approve-plan"))
    assert {FORM, GUIDE} <= set(asked_for(book))
    assert chapter_notes(book) == ()
    for kind in (plan, memo):
        assert appendices(bench, kind, 2570, tmp_path) == {}
    assert set(appendices(bench, book, 2570, tmp_path)) == {FORM, GUIDE}
