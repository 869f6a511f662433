"""Reading a file without taking it in: it is held against the register all the same, and changes nothing."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import docx
import openpyxl
from docx.oxml.ns import qn

from automation.pipeline.reading import read_file
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import Workbench
from tests_place import SAMPLES

FORM = SAMPLES / "project" / "01-clean-academic-papers.docx"
YEAR = SAMPLES / "year2570"


def retyped(target: Path, replaced: Mapping[str, str]) -> Path:
    """The form with other words in it, each in a single run."""
    document = docx.Document(str(FORM))
    for paragraph in document.element.body.iter(qn("w:p")):
        runs = list(paragraph.iter(qn("w:t")))
        old = "".join(run.text or "" for run in runs)
        new = old
        for text, other in replaced.items():
            new = new.replace(text, other)
        if new != old:
            runs[0].text = new
            for run in runs[1:]:
                run.text = ""
    document.save(str(target))
    return target


def take(bench: Workbench, *files: Path) -> None:
    for file in files:
        shutil.copy(file, bench.config.inbox / file.name)
    assert len(sweep_now(bench)) == len(files)


def rules(bench: Workbench, file: Path) -> set[str]:
    return {finding.rule for finding in read_file(file, bench.config.root).findings}


def test_a_strategy_that_the_registered_plan_does_not_have_is_told(bench: Workbench, tmp_path: Path) -> None:
    words = {"๑.๒ พัฒนางานวิชาการ กฎหมาย และความร่วมมือระหว่างประเทศด้านรัฐสภา": "๙.๙ กลยุทธ์อื่น"}
    file = retyped(tmp_path / "แบบ.docx", words)
    assert "alignment-unknown" not in rules(bench, file)
    take(bench, YEAR / "strategy.xlsx")
    assert "alignment-unknown" in rules(bench, file)


def test_a_project_that_was_sent_before_is_told_but_a_file_is_no_double_of_itself(
    bench: Workbench, tmp_path: Path
) -> None:
    take(bench, FORM)
    other = retyped(tmp_path / "แบบ.docx", {"จำนวน ๒๐๐ คน": "จำนวน ๒๑๐ คน"})
    assert "duplicate-project" in rules(bench, other)
    assert "duplicate-project" not in rules(bench, FORM)


def test_a_report_that_spends_less_than_the_round_before_is_told(bench: Workbench, tmp_path: Path) -> None:
    later = YEAR / "progress" / "hr-q2.xlsx"
    take(bench, YEAR / "progress" / "hr-q1.xlsx")
    assert "cumulative-falls" not in rules(bench, later)
    take(bench, YEAR / "progress" / "hr-q3.xlsx")
    book = openpyxl.load_workbook(later)
    book.worksheets[0]["A2"].value = "ไตรมาสที่ 4 (กรกฎาคม - กันยายน 2570)"
    book.save(tmp_path / "ภายหลัง.xlsx")
    assert "cumulative-falls" in rules(bench, tmp_path / "ภายหลัง.xlsx")


def test_reading_stores_nothing(bench: Workbench, tmp_path: Path) -> None:
    take(bench, YEAR / "strategy.xlsx")

    def kept() -> dict[Path, str]:
        files = [file for file in bench.config.root.rglob("*") if file.is_file() and ".db-" not in file.name]
        return {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

    before = kept()
    read_file(FORM, bench.config.root)
    assert kept() == before
    assert len(bench.register.submissions()) == 1


def test_a_register_that_cannot_be_read_is_told_and_the_file_read(bench: Workbench) -> None:
    bench.register.close()
    database = bench.config.store / "register.db"
    for file in database.parent.glob("register.db*"):
        file.unlink()
    for snapshot in database.parent.rglob("*.db"):
        snapshot.unlink()
    database.write_bytes("ไม่ใช่ฐานข้อมูล".encode() * 500)
    reading = read_file(FORM, bench.config.root)
    assert reading.form == "project"
    assert "register-unreadable" in {finding.rule for finding in reading.findings}
