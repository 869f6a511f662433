"""Stages of a book, and the words of its list of changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from automation.documents.books import build_book
from automation.documents.drafts import (
    FINAL,
    STAGES,
    ProjectChange,
    change_context,
    edition_words,
    is_draft,
    resolution_on,
    stage_of,
)
from automation.errors import UsageError
from automation.model import Decision, Resolution, ResolutionRow
from automation.model.year import ResolutionVersion, Source
from automation.office.blocks import Document
from automation.office.fill import fill_document
from automation.office.opening import open_file
from tests.documents.sample_books import TEMPLATES, made_book, sample_year


def test_a_stage_is_known_by_its_words_or_its_number() -> None:
    assert [stage_of(stage) for stage in STAGES] == list(STAGES)
    assert [stage_of(number) for number in ("1", "๓", "5")] == [STAGES[0], STAGES[2], FINAL]
    assert stage_of(" ผ่าน ที่ประชุมผู้บริหาร ") == STAGES[2]
    assert stage_of("") == ""


@pytest.mark.parametrize("text", ["6", "0", "เสร็จ", "final"])
def test_other_words_are_refused_with_the_choices(text: str) -> None:
    with pytest.raises(UsageError) as told:
        stage_of(text)
    assert FINAL in (told.value.hint or "")


@pytest.mark.parametrize(("stage", "draft"), [(stage, stage != FINAL) for stage in STAGES])
def test_every_stage_but_the_last_is_a_draft(tmp_path: Path, stage: str, draft: bool) -> None:
    assert is_draft({"stage": stage}) is draft
    assert build_book("plan-book", sample_year(), {"stage": stage})["book"]["draft"] is draft


def test_the_cover_says_draft_and_the_day_until_it_is_final(tmp_path: Path) -> None:
    for stage, mark in ((STAGES[1], True), (FINAL, False)):
        book = made_book("plan-book", sample_year(), tmp_path, stage=stage, revised="๑๔ มิถุนายน ๒๕๖๙")
        document = open_file(book)
        assert isinstance(document, Document)
        cover = " ".join("".join(para.text.split()) for para in list(document.paragraphs)[:12])
        assert ("(ร่าง)" in cover) is mark
        assert any("๑๔มิถุนายน๒๕๖๙" in "".join(para.text.split()) for para in document.headers)


def test_without_a_stage_the_fact_draft_decides() -> None:
    assert is_draft({}) is None
    assert build_book("plan-book", sample_year(), {"draft": "ใช่"})["book"]["draft"] is True


def resolved(day: date | None, note: str | None, received: datetime) -> ResolutionVersion:
    """What the screening committee decided on one project."""
    row = ResolutionRow(code="๗๐-พบ-๐๑", decision=Decision.REVISE, note=note)
    source = Source(file="มติ.docx", sha256="0" * 64, received=received)
    return ResolutionVersion(
        resolution=Resolution(body="คณะกรรมการกลั่นกรอง", date=day, rows=(row,)), source=source
    )


def test_the_resolution_behind_a_change_is_the_last_one_since_the_edition_before() -> None:
    year = replace(
        sample_year(),
        resolutions=(
            resolved(date(2026, 3, 2), "ลดวงเงิน", datetime(2026, 3, 3)),
            resolved(None, None, datetime(2026, 5, 6, 10)),
        ),
    )
    first = resolution_on(year, "70-พบ-01", date(2026, 1, 1))
    assert first == "คณะกรรมการกลั่นกรอง เมื่อวันที่ ๖ พฤษภาคม ๒๕๖๙"
    early = replace(year, resolutions=year.resolutions[:1])
    assert resolution_on(early, "70-พบ-01", None).endswith("๒ มีนาคม ๒๕๖๙ (ลดวงเงิน)")
    assert resolution_on(early, "70-พบ-01", date(2026, 3, 3)) == ""
    assert resolution_on(early, "70-พบ-02", None) == ""


def test_the_list_prints_each_project_with_its_changes(tmp_path: Path) -> None:
    rows = ({"label": "งบประมาณรวม", "before": "๓,๒๐๐,๐๐๐ บาท", "after": "๒,๘๐๐,๐๐๐ บาท"},)
    changes = (
        ProjectChange(title="70-พบ-01 อบรม", rows=rows, source="ฉบับที่ ๒", resolution="ที่ประชุม"),
        ProjectChange(title="70-พบ-02 สัมมนา", rows=rows),
    )
    words = edition_words("ร่าง", date(2026, 1, 5))
    context = change_context("รูปเล่มแผน", words, edition_words("", date(2026, 2, 1)), changes)
    fill_document(TEMPLATES / "change-list-book.docx", {"changes": context}, tmp_path / "a.docx")
    document = open_file(tmp_path / "a.docx")
    assert isinstance(document, Document)
    text = "\n".join(para.text.replace("\N{NO-BREAK SPACE}", " ") for para in document.paragraphs)
    assert "รายการเปลี่ยนแปลงของรูปเล่มแผน" in text
    assert "ร่าง จัดทำเมื่อวันที่ ๕ มกราคม ๒๕๖๙" in text
    assert "เปลี่ยนแปลง ๒ โครงการ/งานประจำ รวม ๒ รายการ" in text
    assert text.count("ตามมติ") == 1
    assert text.count("๒,๘๐๐,๐๐๐ บาท") == 2
    assert "๗๐-พบ-๐๑ อบรม" in text
