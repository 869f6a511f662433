"""A bureau gets its own file back with remarks, mends it, sends it again: it is the next version."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from automation.checks.rules import (
    ALLOCATION_RULES,
    MEETING_RULES,
    PROGRESS_RULES,
    PROJECT_RULES,
    RESOLUTION_RULES,
    STRATEGY_RULES,
)
from automation.model import Finding, Severity
from automation.office.annotate import INITIALS
from automation.office.opening import open_file
from automation.office.sheets import Workbook
from automation.pipeline import intake as road
from automation.pipeline.reasons import REASONS
from automation.pipeline.returning import marks, safe_name
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import Workbench
from automation.register import Outcome
from tests_place import SAMPLES

FAULTY = SAMPLES / "project" / "05-older-law-manual.docx"
REPORT = SAMPLES / "progress" / "q3-mistakes-academic-bureau.xlsx"
GOOD = SAMPLES / "project" / "02-clean-youth-outreach.docx"


def drop(bench: Workbench, source: Path, name: str | None = None) -> None:
    shutil.copy(source, bench.config.inbox / (name or source.name))


def remarks(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/comments.xml").decode()


def edited(source: Path, target: Path, edit: Callable[[bytes], bytes]) -> Path:
    """The file as its bureau saves it after typing over something; comments stay in it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                changed = edit(data)
                assert changed != data
                data = changed
            new.writestr(name, data)
    return target


def mend(data: bytes) -> bytes:
    """The total that the lines add up to, in figures and in words."""
    return (
        data.replace(b"265,000", b"255,000")
        .replace("สองแสนหกหมื่นห้าพันบาทถ้วน".encode(), "สองแสนห้าหมื่นห้าพันบาทถ้วน".encode())
    )  # fmt: skip


def test_a_faulty_form_comes_back_with_the_remarks_in_it(bench: Workbench) -> None:
    drop(bench, FAULTY)
    (answered,) = sweep_now(bench)
    copy = answered.returned_copy
    assert copy is not None
    assert copy.relative_to(bench.config.outbox).parts == (
        "2570",
        "ส่งกลับ",
        "สำนักกฎหมาย",
        f"{FAULTY.stem} (ต้องแก้ไข).docx",
    )
    text = remarks(copy)
    for finding in answered.findings:
        assert (finding.message in text) is (finding.severity is not Severity.NOTE)
    assert "ยอดรวมต้องเท่ากับผลรวมของรายการค่าใช้จ่าย (คู่มือการจัดทำแผนปฏิบัติราชการประจำปี ขั้นตอนที่ ๑๐" in text
    assert copy.name in "".join(
        para.text
        for para in open_file(answered.receipt).paragraphs  # type: ignore[union-attr]
    )
    assert open_file(copy) == open_file(FAULTY)


def test_a_faulty_workbook_comes_back_with_notes(bench: Workbench) -> None:
    drop(bench, REPORT)
    (answered,) = sweep_now(bench)
    assert answered.returned_copy is not None
    content = open_file(answered.returned_copy)
    assert isinstance(content, Workbook)
    notes = {content.sheets[0].ref(*at) for at in content.sheets[0].notes}
    assert {
        item.ref for item in answered.findings if item.ref and item.severity is not Severity.NOTE
    } <= notes


def test_a_good_form_has_nothing_to_come_back_for(bench: Workbench) -> None:
    drop(bench, GOOD)
    (answered,) = sweep_now(bench)
    assert answered.outcome is Outcome.ACCEPTED
    assert (answered.returned_copy is None) is all(
        item.severity is Severity.NOTE for item in answered.findings
    )


def test_a_file_that_cannot_be_opened_gets_the_receipt_only(bench: Workbench) -> None:
    (bench.config.inbox / "ขาด.docx").write_bytes(FAULTY.read_bytes()[:9000])
    (answered,) = sweep_now(bench)
    assert answered.outcome is Outcome.REJECTED
    assert answered.returned_copy is None
    assert answered.receipt.exists()


def test_a_mended_copy_with_the_remarks_still_inside_is_accepted(bench: Workbench, tmp_path: Path) -> None:
    drop(bench, FAULTY)
    (first,) = sweep_now(bench)
    assert first.returned_copy is not None
    mended = edited(first.returned_copy, tmp_path / "กลับมา.docx", mend)
    assert INITIALS in remarks(mended)
    drop(bench, mended, first.returned_copy.name)
    (second,) = sweep_now(bench)
    assert second.outcome is Outcome.ACCEPTED, second.findings
    assert second.submission.version == 1
    assert bench.register.unread(second.submission.id) == bench.register.unread(first.submission.id)
    assert bench.register.outstanding(2570) == ()


def test_what_comes_again_without_a_code_is_the_next_version_of_the_same_project(
    bench: Workbench, tmp_path: Path
) -> None:
    source = SAMPLES / "project" / "01-clean-academic-papers.docx"
    drop(bench, source)
    (first,) = sweep_now(bench)
    faulty = edited(
        source, tmp_path / "แก้.docx", lambda data: data.replace("บาท".encode(), "บาท ".encode(), 1)
    )
    drop(bench, faulty)
    (second,) = sweep_now(bench)
    assert second.submission.code == first.submission.code == "2570-วช-01"
    assert second.submission.version == 2


def test_a_file_still_faulty_comes_back_without_the_old_remarks(bench: Workbench, tmp_path: Path) -> None:
    drop(bench, FAULTY)
    (first,) = sweep_now(bench)
    assert first.returned_copy is not None
    half = edited(
        first.returned_copy,
        tmp_path / "ครึ่ง.docx",
        lambda data: data.replace(b"265,000", b"265,100"),
    )
    drop(bench, half, first.returned_copy.name)
    (second,) = sweep_now(bench)
    assert second.returned_copy is not None
    assert second.returned_copy != first.returned_copy
    assert second.returned_copy.name == f"{FAULTY.stem} (ต้องแก้ไข เลขรับ {second.submission.id}).docx"
    told = [item for item in second.findings if item.severity is not Severity.NOTE]
    assert remarks(second.returned_copy).count("<w:comment ") == len(told) + 1
    assert first.returned_copy.exists()


def test_a_stop_before_the_answer_is_cured_by_the_next_sweep(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    drop(bench, FAULTY)
    with monkeypatch.context() as patched:
        patched.setattr(road, "write_receipt", stop)
        with pytest.raises(KeyboardInterrupt):
            sweep_now(bench)
    (answered,) = sweep_now(bench)
    assert answered.outcome is Outcome.RETURNED
    copies = list((bench.config.outbox / "2570" / "ส่งกลับ").rglob("*.docx"))
    assert copies == [answered.returned_copy]


def test_a_copy_that_staff_edited_is_not_written_over(bench: Workbench) -> None:
    drop(bench, FAULTY)
    (first,) = sweep_now(bench)
    assert first.returned_copy is not None
    first.returned_copy.write_bytes(b"edited")
    drop(bench, FAULTY, "อีกครั้ง.docx")
    (again,) = sweep_now(bench)
    assert again.outcome is Outcome.DUPLICATE
    assert first.returned_copy.read_bytes() == b"edited"
    assert again.returned_copy != first.returned_copy


def test_what_is_no_form_is_told_in_the_file_itself(bench: Workbench, tmp_path: Path) -> None:
    template = bench.config.templates / "docx" / "base.docx"
    edited(
        template,
        bench.config.inbox / "ห้อง.docx",
        lambda data: data.replace(b"<w:sectPr", b"<w:p><w:r><w:t>x</w:t></w:r></w:p><w:sectPr", 1),
    )
    (answered,) = sweep_now(bench)
    assert {item.rule for item in answered.findings} == {"form-unknown"}
    assert answered.returned_copy is not None
    assert answered.returned_copy.parent.name == "ไม่ทราบสำนัก"


def test_a_folder_is_named_by_the_settings_never_by_the_file(bench: Workbench, tmp_path: Path) -> None:
    odd = edited(
        FAULTY,
        tmp_path / "ก.docx",
        lambda data: data.replace("สำนักกฎหมาย".encode(), "สำนัก../../นอก".encode()),
    )
    drop(bench, odd)
    (answered,) = sweep_now(bench)
    assert answered.returned_copy is not None
    assert bench.config.outbox in answered.returned_copy.resolve().parents


def test_every_rule_can_say_why() -> None:
    every = (PROJECT_RULES, PROGRESS_RULES, ALLOCATION_RULES, STRATEGY_RULES, MEETING_RULES, RESOLUTION_RULES)
    assert {rule.id for rules in every for rule in rules} <= set(REASONS)  # type: ignore[attr-defined]


def test_a_remark_says_what_why_and_what_to_do() -> None:
    finding = Finding(
        severity=Severity.WARNING,
        rule="rate-exceeded",
        message="เกินอัตรา",
        ref="a#p1",
        steps=("F06", "F12", "A10"),
    )
    opening, mark = marks([finding])
    assert "ควรตรวจ ๑ แห่ง" in opening.lines[0]
    what, why, do = mark.lines
    assert what == "ควรตรวจ: เกินอัตรา"
    assert why.startswith("เหตุผล: ค่าใช้จ่ายต้องไม่เกินอัตรา")
    assert "แผนปฏิบัติราชการประจำปี ขั้นตอนที่ ๑๐" in why
    assert do == "สิ่งที่ขอให้ทำ: ตรวจดู หากถูกต้องอยู่แล้วไม่ต้องแก้"


def test_a_field_left_empty_is_marked_at_its_label(bench: Workbench) -> None:
    from automation.forms.issue import issue_form
    from automation.model import Project

    issue_form(bench.forms.get("project"), Project(), bench.config.inbox / "เปล่า.docx")
    (answered,) = sweep_now(bench)
    missing = {item.field: item.ref for item in answered.findings if item.rule == "required-missing"}
    assert missing["name"].startswith("word/document.xml#p")
    assert len({missing[field] for field in ("name", "bureau", "objectives", "budget.total")}) == 4


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CON", "_CON"),
        ("nul.สำนัก", "_nul.สำนัก"),
        ("Com1 ", "_Com1"),
        ("console", "console"),
        ("ก:ข?<ค>", "ก ข ค"),
        (" . ", "ไฟล์"),
    ],
)
def test_names_are_safe_on_windows(text: str, name: str) -> None:
    assert safe_name(text) == name
