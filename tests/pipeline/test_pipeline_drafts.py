"""Two drafts of a book with a corrected form, a new one and the allocation between them."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from automation.forms.issue import issue_form
from automation.model import Project
from automation.office.blocks import Document
from automation.office.opening import open_file
from automation.pipeline.drafts import records_of
from automation.pipeline.intake import intake
from automation.pipeline.produce import Order, produce
from automation.pipeline.status import check_year
from automation.pipeline.sweep import arrivals
from automation.pipeline.workbench import Workbench
from automation.pipeline.workspace import shipped

YEAR = shipped("samples/year2570")
NOW = datetime(2026, 11, 24, 9, 30)


def take(bench: Workbench, *names: str) -> None:
    """Take sample files in."""
    for name in names:
        shutil.copy(YEAR / name, bench.config.inbox)
    intake(bench, arrivals(bench.config.inbox))


def draft(bench: Workbench, stage: str) -> tuple[Path, str]:
    """The executive summary, which has one page, at a stage, with the remarks on it."""
    (made,) = produce(bench, Order(kind="executive-summary", year=2570, facts={"stage": stage}))
    return made.path, "\n".join(made.notes)


def rules(bench: Workbench) -> set[str]:
    """Rules that the check of the year speaks of, of documents made."""
    return {item["rule"] for item in check_year(bench, 2570)["findings"] if item["where"].endswith(".docx")}


def corrected(bench: Workbench) -> None:
    """The first project's form sent again with another place, by a form that the office issued."""
    from dataclasses import replace

    item = bench.register.year(2570).project("70-พบ-01")
    assert item is not None
    project: Project = replace(item.project, place="ห้องประชุม ๙๙๙ อาคารใหม่")
    issue_form(bench.forms.get("project"), project, bench.config.inbox / "แก้ไข.docx")
    intake(bench, arrivals(bench.config.inbox))


def test_each_draft_tells_what_changed_since_the_one_before(bench: Workbench) -> None:
    take(bench, "forms/hr-01.docx", "forms/hr-02.docx")
    first, notes = draft(bench, "ร่าง")
    assert "รายการเปลี่ยนแปลง" not in notes
    assert bench.register.issued(2570)[-1].records == records_of(bench.register.year(2570))

    _, notes = draft(bench, "ผ่านคณะกรรมการกลั่นกรอง")
    assert "ไม่เปลี่ยนแปลงจากฉบับก่อน" in notes

    assert "books-disagree" not in rules(bench)
    corrected(bench)
    take(bench, "forms/law-01.docx", "allocation-2570.xlsx")
    assert "books-disagree" in rules(bench)
    second, notes = draft(bench, "หลังจัดสรรงบประมาณ")
    (listed,) = second.parent.glob("*(รายการเปลี่ยนแปลง).docx")
    assert listed.name in notes
    assert first.exists()
    document = open_file(listed)
    assert isinstance(document, Document)
    text = "\n".join(para.text.replace("\N{NO-BREAK SPACE}", " ") for para in document.paragraphs)
    assert "ผ่านคณะกรรมการกลั่นกรอง จัดทำเมื่อวันที่ ๒๔ พฤศจิกายน ๒๕๖๙" in text
    assert "ห้องประชุม ๙๙๙ อาคารใหม่" in text
    assert "เพิ่มใหม่" in text
    assert "งบประมาณที่ได้รับจัดสรร" in text
    assert "๒,๘๐๐,๐๐๐ บาท" in text
    assert "books-disagree" not in rules(bench)
