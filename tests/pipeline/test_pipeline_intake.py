"""The road of one file: every kind of input gets its answer, nothing is lost, a stop anywhere is cured."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from automation.model import Severity
from automation.office.opening import open_file
from automation.pipeline import intake as road
from automation.pipeline.sweep import Arrival, arrivals
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import Workbench, open_workbench
from automation.register import Outcome
from tests_place import SAMPLES

FORM = SAMPLES / "project" / "02-clean-youth-outreach.docx"
FAULTY = SAMPLES / "project" / "05-older-law-manual.docx"


def drop(bench: Workbench, source: Path, name: str | None = None) -> Path:
    target = bench.config.inbox / (name or source.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    return target


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def archived(bench: Workbench) -> set[str]:
    return {sha(path) for path in (bench.config.store / "archive").rglob("*") if path.is_file()}


def receipts(bench: Workbench) -> list[Path]:
    return sorted(bench.config.outbox.rglob("ใบรับ-*.docx"))


def words(path: Path) -> str:
    content = open_file(path)
    return "\n".join(para.text for para in content.paragraphs)  # type: ignore[union-attr]


def test_a_good_form_is_accepted_archived_answered_and_taken_out_of_the_inbox(bench: Workbench) -> None:
    drop(bench, FORM)
    (answered,) = sweep_now(bench)
    assert answered.outcome is Outcome.ACCEPTED
    assert answered.submission.code == "70-ปส-04"
    assert arrivals(bench.config.inbox) == ()
    assert archived(bench) == {sha(FORM)}
    (receipt,) = receipts(bench)
    text = words(receipt)
    for expected in ("รับไว้เรียบร้อยแล้ว", "โครงการวุฒิสภาพบเยาวชนในส่วนภูมิภาค", "๒,๘๖๐,๐๐๐ บาท", "๗๐-ปส-๐๔"):
        assert expected in text, expected


def test_a_faulty_form_goes_back_with_what_to_mend_and_where(bench: Workbench) -> None:
    drop(bench, FAULTY)
    (answered,) = sweep_now(bench)
    assert answered.outcome is Outcome.RETURNED
    assert {"budget-total-mismatch"} <= {finding.rule for finding in answered.findings}
    text = words(receipts(bench)[0])
    assert "ขอให้แก้ไข" in text
    fault = next(finding for finding in answered.findings if finding.severity is Severity.ERROR)
    assert fault.where in text
    assert fault.message.split()[0] in text


def test_a_form_without_a_code_is_given_one_and_told_so(bench: Workbench) -> None:
    drop(bench, SAMPLES / "project" / "01-clean-academic-papers.docx")
    (answered,) = sweep_now(bench)
    assert answered.submission.code == "2570-วช-01"
    assert "๒๕๗๐-วช-๐๑" in words(receipts(bench)[0])


def test_the_same_content_again_gets_the_earlier_receipt_and_is_stored_once(bench: Workbench) -> None:
    drop(bench, FORM)
    sweep_now(bench)
    drop(bench, FORM, "สำเนา.docx")
    (answered,) = sweep_now(bench)
    assert answered.outcome is Outcome.DUPLICATE
    assert "เคยรับไฟล์นี้ไว้แล้ว" in words(answered.receipt)
    assert len(bench.register.year(2570).projects) == 1
    assert len(archived(bench)) == 1
    assert [item.outcome for item in bench.register.submissions()] == [Outcome.ACCEPTED, Outcome.DUPLICATE]


def test_a_mended_form_is_the_next_version_of_the_project(bench: Workbench, tmp_path: Path) -> None:
    drop(bench, FORM)
    sweep_now(bench)
    mended = tmp_path / "แก้แล้ว.docx"
    rewrite(
        FORM,
        mended,
        {"word/document.xml": lambda data: data.replace("1,000 คน".encode(), "1,200 คน".encode())},
    )
    drop(bench, mended)
    (answered,) = sweep_now(bench)
    assert (answered.outcome, answered.submission.version) == (Outcome.ACCEPTED, 2)
    assert "target_group" in {change.field for change in answered.submission.changes}


def rewrite(source: Path, target: Path, edits: dict[str, Callable[[bytes], bytes]]) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            changed = edits[name](data) if name in edits else data
            assert name not in edits or changed != data
            new.writestr(name, changed)


# --- bad input: each its own Thai answer, the original kept ---------------------------------------------


def text_as_docx(path: Path) -> None:
    path.write_text("รายละเอียดโครงการ\nงบประมาณ 100 บาท\n", encoding="utf-8")


def truncated(path: Path) -> None:
    path.write_bytes(FORM.read_bytes()[:9000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def encrypted(path: Path) -> None:
    """The start of an OLE file whose directory names an EncryptedPackage stream."""
    sector = bytearray(b"\xff" * 512)
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = (0x3E).to_bytes(2, "little") + (3).to_bytes(2, "little") + b"\xfe\xff\x09\x00\x06\x00"
    header[44:48] = (1).to_bytes(4, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[56:60] = (4096).to_bytes(4, "little")
    header[60:64] = b"\xfe\xff\xff\xff"
    header[68:72] = b"\xfe\xff\xff\xff"
    header[76:80] = (0).to_bytes(4, "little")
    header[80:512] = b"\xff" * 432
    sector[0:4] = b"\xfd\xff\xff\xff"
    sector[4:8] = b"\xfe\xff\xff\xff"
    directory = bytearray(512)
    for number, name in enumerate(("Root Entry", "EncryptedPackage", "EncryptionInfo")):
        entry = name.encode("utf-16-le") + b"\0\0"
        at = number * 128
        directory[at : at + len(entry)] = entry
        directory[at + 64 : at + 66] = len(entry).to_bytes(2, "little")
        directory[at + 66] = 5 if number == 0 else 2
        directory[at + 68 : at + 80] = b"\xff" * 12
    path.write_bytes(bytes(header) + bytes(sector) + bytes(directory) + b"\0" * 4096)


def macros(path: Path) -> None:
    with zipfile.ZipFile(FORM) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(
                    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                    b"application/vnd.ms-word.document.macroEnabled.main+xml",
                ).replace(
                    b"</Types>",
                    b'<Override PartName="/word/vbaProject.bin" '
                    b'ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
            new.writestr(name, data)
        new.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")


def unknown_form(path: Path) -> None:
    shutil.copy(SAMPLES.parent / "templates" / "docx" / "base.docx", path)
    edit = {"word/document.xml": lambda data: data.replace(b"<w:sectPr", memo_text() + b"<w:sectPr", 1)}
    source = path.with_suffix(".tmp.docx")
    path.replace(source)
    rewrite(source, path, edit)
    source.unlink()


def memo_text() -> bytes:
    lines = ("บันทึกข้อความ", "เรื่อง ขอใช้ห้องประชุม", "ขอใช้ห้องประชุมชั้น ๓ ในวันจันทร์")
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines).encode()


def workbook_without_a_heading(path: Path) -> None:
    book = openpyxl.load_workbook(SAMPLES / "progress" / "q2-hr-bureau.xlsx")
    sheet = book.active
    assert sheet is not None
    for row in sheet.iter_rows(min_row=1, max_row=6):
        for cell in row:
            if cell.value == "รหัสโครงการ":
                cell.value = None
    book.save(path)
    book.close()


BAD = [
    ("ข้อความ.docx", text_as_docx, "file-not-office", Outcome.REJECTED),
    ("ขาด.docx", truncated, None, Outcome.REJECTED),
    ("ว่าง.docx", empty, "file-unreadable", Outcome.REJECTED),
    ("รหัส.docx", encrypted, "file-encrypted", Outcome.REJECTED),
    ("แมโคร.docm", macros, "file-macro", Outcome.ACCEPTED),
    ("อื่น.docx", unknown_form, "form-unknown", Outcome.REJECTED),
]


@pytest.mark.parametrize(("name", "build", "rule", "outcome"), BAD, ids=[case[1].__name__ for case in BAD])
def test_bad_input_gets_its_own_thai_answer_and_is_kept(
    bench: Workbench, name: str, build: Callable[[Path], None], rule: str | None, outcome: Outcome
) -> None:
    path = bench.config.inbox / name
    build(path)
    content = sha(path)
    drop(bench, FORM, "ดี.docx") if outcome is Outcome.REJECTED else None
    answered = {item.file: item for item in sweep_now(bench)}
    mine = answered[name]
    assert mine.outcome is outcome
    assert mine.findings
    if rule:
        assert rule in {finding.rule for finding in mine.findings}
    else:
        assert {finding.rule for finding in mine.findings} <= {"file-incomplete", "file-unreadable"}
    assert all(any("\u0e00" < char < "\u0e7f" for char in finding.message) for finding in mine.findings)
    assert mine.findings[0].message.split()[0] in words(mine.receipt)
    assert content in archived(bench)
    assert arrivals(bench.config.inbox) == ()
    if outcome is Outcome.REJECTED:
        assert answered["ดี.docx"].outcome is Outcome.ACCEPTED


def test_each_cause_has_its_own_words(bench: Workbench) -> None:
    for name, build, _, outcome in BAD:
        if outcome is Outcome.REJECTED:
            build(bench.config.inbox / name)
    messages = [item.findings[0].message for item in sweep_now(bench)]
    assert len(set(messages)) == len(messages) == 5


def test_a_workbook_without_a_heading_is_told_which(bench: Workbench) -> None:
    workbook_without_a_heading(bench.config.inbox / "ขาดหัว.xlsx")
    (answered,) = sweep_now(bench)
    assert answered.outcome in {Outcome.REJECTED, Outcome.RETURNED}
    assert any("รหัสโครงการ" in finding.message for finding in answered.findings)


def test_an_empty_form_is_known_and_every_missing_field_is_named(bench: Workbench) -> None:
    from automation.forms.issue import issue_form
    from automation.model import Project

    issue_form(bench.forms.get("project"), Project(), bench.config.inbox / "เปล่า.docx")
    (answered,) = sweep_now(bench)
    assert (answered.outcome, answered.submission.form) == (Outcome.RETURNED, "project")
    missing = {finding.field for finding in answered.findings if finding.rule == "required-missing"}
    assert {"name", "objectives", "budget.total", "bureau"} <= missing


def test_a_defect_in_one_file_is_told_and_does_not_stop_the_others(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(bench, FORM)
    drop(bench, FAULTY)
    real = bench.worker.read

    def broken(path: Path, *, file: str, sha256: str) -> Any:
        if file == FAULTY.name:
            raise ZeroDivisionError
        return real(path, file=file, sha256=sha256)

    monkeypatch.setattr(bench.worker, "read", broken)
    answered = {item.file: item for item in sweep_now(bench)}
    assert answered[FORM.name].outcome is Outcome.ACCEPTED
    assert "ข้อบกพร่องของโปรแกรม" in answered[FAULTY.name].findings[0].message
    assert sha(FAULTY) in archived(bench)
    assert "ZeroDivisionError" in (bench.config.store / "automation.log").read_text(encoding="utf-8")


# --- a stop between any two steps -----------------------------------------------------------------------


class Stopped(BaseException):
    """The program ends here, as if killed."""


def stop_after(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    real = getattr(owner, name)

    def run_and_stop(*args: Any, **more: Any) -> Any:
        real(*args, **more)
        raise Stopped

    monkeypatch.setattr(owner, name, run_and_stop)


def stop_points() -> Iterator[tuple[str, str]]:
    yield from (("road", name) for name in ("take", "check_reading", "write_receipt", "file_away"))
    yield from (("register", name) for name in ("archive", "store", "set_receipt", "set_filed"))
    yield from (("worker", "read"), ("filing", "_set_aside"))


@pytest.mark.parametrize(("where", "name"), list(stop_points()), ids=lambda item: item)
def test_a_stop_after_any_step_is_cured_by_the_next_sweep(
    root: Path, where: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from automation.office.worker import Worker
    from automation.pipeline import filing
    from automation.register.register import Register

    owner = {"road": road, "register": Register, "worker": Worker, "filing": filing}[where]
    with monkeypatch.context() as patched, open_workbench(root) as bench:
        drop(bench, FORM)
        stop_after(patched, owner, name)
        with pytest.raises(Stopped):
            sweep_now(bench)
    with open_workbench(root) as bench:
        sweep_now(bench)
        assert sweep_now(bench) == ()
        assert archived(bench) == {sha(FORM)}
        assert [item.outcome for item in bench.register.submissions()] == [Outcome.ACCEPTED]
        assert len(bench.register.year(2570).projects) == 1
        assert len(receipts(bench)) == 1
        assert arrivals(bench.config.inbox) == ()
        assert list((bench.config.store / "work").iterdir()) == []


def test_what_was_saved_over_the_file_meanwhile_is_a_new_arrival(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(bench, FORM, "แบบ.docx")
    real = road.write_receipt

    def save_over(*args: Any) -> Path:
        receipt = real(*args)
        shutil.copy(FAULTY, path)
        return receipt

    with monkeypatch.context() as patched:
        patched.setattr(road, "write_receipt", save_over)
        sweep_now(bench)
    assert [sha(item.path) for item in arrivals(bench.config.inbox)] == [sha(FAULTY)]
    sweep_now(bench)
    assert archived(bench) == {sha(FORM), sha(FAULTY)}


def test_a_file_that_vanishes_before_it_is_taken_is_no_error(bench: Workbench) -> None:
    gone = Arrival(bench.config.inbox / "หาย.docx", 1, 1, 1)
    assert road.intake(bench, [gone]) == ()


def test_a_broken_file_that_may_still_be_arriving_is_left_alone(bench: Workbench) -> None:
    path = bench.config.inbox / "ขาด.docx"
    truncated(path)
    assert road.intake(bench, arrivals(bench.config.inbox), wait_for=lambda _: True) == ()
    assert path.exists()
    assert bench.register.submissions() == ()


# --- two programs, one workspace ------------------------------------------------------------------------


def _sweep(root: Path, start: Any) -> None:
    with open_workbench(root) as bench:
        start.wait()
        sweep_now(bench)


def test_two_programs_do_not_take_the_same_file_twice(root: Path) -> None:
    forms = sorted((SAMPLES / "year2570" / "forms").glob("*.docx"))[:8]
    for form in forms:
        shutil.copy(form, root / "inbox" / form.name)
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Event()
    programs = [spawn.Process(target=_sweep, args=(root, start)) for _ in range(2)]
    for program in programs:
        program.start()
    start.set()
    for program in programs:
        program.join(120)
        assert program.exitcode == 0
    with open_workbench(root) as bench:
        submissions = bench.register.submissions()
        assert len(submissions) == len(forms)
        assert {item.outcome for item in submissions} <= {Outcome.ACCEPTED, Outcome.RETURNED}
        assert len(receipts(bench)) == len(forms)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_nothing_is_lost_when_the_program_is_killed_again_and_again(root: Path) -> None:
    forms = sorted((SAMPLES / "year2570" / "forms").glob("*.docx"))
    for form in forms:
        shutil.copy(form, root / "inbox" / form.name)
    for pause in (0.5, 0.8, 1.1, 1.4):
        program = subprocess.Popen(
            [sys.executable, "-m", "automation", "intake", "--workspace", str(root)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(pause)
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
    with open_workbench(root) as bench:
        sweep_now(bench)
        assert archived(bench) == {sha(form) for form in forms}
        assert len(bench.register.submissions()) == len(forms)
        assert len(receipts(bench)) == len(forms)
        assert arrivals(bench.config.inbox) == ()
