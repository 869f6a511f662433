"""The archive, and the road of a file's papers through the register."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from automation.errors import RegisterError
from automation.model import Finding, Reading, Severity
from automation.register import Outcome, Register
from automation.register.archive import keep_again


def original(folder: Path, name: str, content: bytes = b"content") -> tuple[Path, str]:
    path = folder / name
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest()


def test_an_original_is_kept_under_its_hash(register: Register, tmp_path: Path) -> None:
    file, sha256 = original(tmp_path, "แบบเสนอ โครงการ.DOCX")
    kept = register.archive(file, sha256, 2570)
    assert kept == tmp_path / "archive" / "2570" / sha256[:2] / f"{sha256}.docx"
    assert kept.read_bytes() == b"content"
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]
    assert file.exists()


def test_without_a_year_or_a_plain_suffix(register: Register, tmp_path: Path) -> None:
    file, sha256 = original(tmp_path, "แฟ้ม.แบบ ก")
    assert register.archive(file, sha256, None) == tmp_path / "archive" / "unknown" / sha256[:2] / sha256


def test_what_is_there_is_compared_and_never_written_again(register: Register, tmp_path: Path) -> None:
    file, sha256 = original(tmp_path, "a.docx")
    kept = register.archive(file, sha256, 2570)
    before = kept.stat().st_mtime_ns, kept.stat().st_ino
    assert register.archive(file, sha256, 2570) == kept
    assert (kept.stat().st_mtime_ns, kept.stat().st_ino) == before
    kept.write_bytes(b"damaged")
    with pytest.raises(RegisterError, match="SHA-256") as caught:
        register.archive(file, sha256, 2570)
    assert caught.value.place == str(kept)
    assert kept.read_bytes() == b"damaged"


def test_a_file_that_changed_meanwhile_is_not_kept(register: Register, tmp_path: Path) -> None:
    file, sha256 = original(tmp_path, "a.docx")
    file.write_bytes(b"something else")
    with pytest.raises(RegisterError, match="SHA-256"):
        register.archive(file, sha256, 2570)
    assert list((tmp_path / "archive" / "2570" / sha256[:2]).iterdir()) == []


def test_an_archive_that_cannot_be_written_is_named_in_thai(register: Register, tmp_path: Path) -> None:
    file, sha256 = original(tmp_path, "a.docx")
    (tmp_path / "archive").write_text("in the way")
    with pytest.raises(RegisterError, match="คลังเอกสาร") as caught:
        register.archive(file, sha256, 2570)
    assert "กล่องรับ" in caught.value.hint
    with pytest.raises(RegisterError, match="คลังเอกสาร"):
        register.archive(tmp_path / "gone.docx", sha256, 2571)


def test_a_submission_tells_where_its_copy_and_receipt_are(
    register: Register, cases: SimpleNamespace, tmp_path: Path
) -> None:
    file, sha256 = original(tmp_path, "a.docx")
    kept = register.archive(file, sha256, 2570)
    stored = cases.put(
        register, cases.PROJECT, sha256=sha256, archived=kept, seconds=0.25, file_name="ส่ง/a.docx"
    )
    assert (stored.archived, stored.receipt, stored.filed, stored.seconds) == (kept, None, False, 0.25)
    assert (stored.file, stored.size, stored.form, stored.fiscal_year) == ("ส่ง/a.docx", 12, "project", 2570)
    register.set_receipt(stored.id, "outbox/2570/ใบรับ-00001-a.docx")
    register.set_filed(stored.id, "ส่ง/a.docx", "outbox/2570/ใบรับ-00001-a.docx")
    found = register.find(sha256)
    assert found is not None
    assert (found.receipt, found.filed) == ("outbox/2570/ใบรับ-00001-a.docx", True)
    assert register.find("0" * 64) is None


def test_findings_and_unread_text_are_kept_word_for_word(register: Register, cases: SimpleNamespace) -> None:
    stored = cases.put(register, cases.PROJECT, cases.FAULT)
    assert register.findings(stored.id) == (cases.FAULT,)
    assert [item.text for item in register.unread(stored.id)] == ["หมายเหตุของผู้ส่ง"]
    assert register.findings(99) == register.unread(99) == ()
    assert register.evidence(99) == {}
    assert register.record(99) is None


def test_a_file_that_could_not_be_read_is_kept_with_its_reason(
    register: Register, cases: SimpleNamespace
) -> None:
    reason = Finding(severity=Severity.ERROR, rule="file-encrypted", message="แฟ้มมีรหัสผ่าน")
    stored = register.store(
        Reading(file="ลับ.docx", sha256="c" * 64, findings=(reason,)),
        archived=None,
        received=cases.NOON,
        outcome=Outcome.REJECTED,
        size=3,
        file_name="ลับ.docx",
    )
    assert (stored.outcome, stored.form, stored.version, stored.fiscal_year) == ("rejected", None, None, None)
    assert register.findings(stored.id) == (reason,)
    assert register.record(stored.id) is None


def test_the_same_content_again_is_listed_as_a_duplicate_in_order(
    register: Register, cases: SimpleNamespace
) -> None:
    first = cases.put(register, cases.PROJECT)
    again = register.again(first.sha256, "สำเนา.docx", cases.NOON + timedelta(hours=2))
    assert (again.id, again.outcome, again.file) == (first.id, Outcome.DUPLICATE, "แบบ.docx")
    cases.put(register, cases.changed(name="อื่น"), received=cases.NOON + timedelta(hours=1))
    listed = [(item.file, item.outcome.value) for item in register.submissions(2570)]
    assert listed == [("แบบ.docx", "accepted"), ("แบบ.docx", "accepted"), ("สำเนา.docx", "duplicate")]
    assert register.submissions(2571) == ()
    with pytest.raises(RegisterError, match="ไม่พบแฟ้ม"):
        register.again("0" * 64, "x.docx", cases.NOON)


def test_an_arrival_that_was_held_up_is_noted_once_and_the_next_of_that_name_again(
    register: Register, cases: SimpleNamespace
) -> None:
    first = cases.put(register, cases.PROJECT)

    def listed() -> list[str | None]:
        return [item.receipt for item in register.submissions() if item.outcome is Outcome.DUPLICATE]

    for _ in range(3):  # the inbox gave it back three times
        register.again(first.sha256, "สำเนา.docx", cases.NOON)
    assert listed() == [None]
    register.set_filed(first.id, "สำเนา.docx", "outbox/1.docx")
    register.again(first.sha256, "สำเนา.docx", cases.NOON, once=True)
    assert listed() == ["outbox/1.docx"]
    register.again(first.sha256, "สำเนา.docx", cases.NOON)
    assert listed() == ["outbox/1.docx", None]
    assert [event.what for event in register.history()].count("duplicate") == 2


def test_whoever_stores_the_same_content_second_gets_the_first_submission(
    register: Register, cases: SimpleNamespace
) -> None:
    first = cases.put(register, cases.PROJECT)
    second = cases.put(register, cases.PROJECT, file_name="ชื่ออื่น.docx")
    assert (second.id, second.code, second.outcome) == (first.id, first.code, Outcome.DUPLICATE)
    assert [item.file for item in register.submissions()] == ["แบบ.docx", "ชื่ออื่น.docx"]


def test_documents_made_are_noted_with_their_figures(register: Register, cases: SimpleNamespace) -> None:
    made = register.issue(
        "memo-approve-project",
        path="outbox/2570/บันทึก.docx",
        sha256="d" * 64,
        made=cases.NOON,
        fiscal_year=2570,
        code="2570-นผ-01",
        figures={"requested": "1250.50"},
    )
    bare = register.issue("book", path="b.docx", sha256="e" * 64, made=cases.NOON)
    assert register.issued() == (made, bare)
    assert register.issued(2570) == (made,)
    assert made.figures == {"requested": "1250.50"}
    assert [event.what for event in register.history()] == ["issued", "issued"]


def test_an_original_that_is_lost_or_altered_is_noticed(
    register: Register, cases: SimpleNamespace, tmp_path: Path
) -> None:
    cases.put(register, cases.changed(name="ไม่มีต้นฉบับในคลัง"))
    stored = []
    for number in range(3):
        file, sha256 = original(tmp_path, f"{number}.docx", bytes([number]))
        kept = register.archive(file, sha256, 2570)
        stored.append(cases.put(register, cases.changed(name=str(number)), sha256=sha256, archived=kept))
    assert register.damaged() == ()
    stored[0].archived.unlink()
    stored[2].archived.write_bytes(b"altered")
    assert register.damaged() == (stored[0], stored[2])


def test_a_copy_of_our_own_becomes_the_archived_one(register: Register, tmp_path: Path) -> None:
    file, sha256 = original(tmp_path, "a.docx")
    kept = register.archive(file, sha256, 2570, own=True)
    assert kept.stat().st_ino == file.stat().st_ino
    file.unlink()
    assert kept.read_bytes() == b"content"


def test_known_content_mends_the_archive_and_never_a_whole_copy(register: Register, tmp_path: Path) -> None:
    file, sha256 = original(tmp_path, "a.docx")
    kept = register.archive(file, sha256, 2570)
    inode = kept.stat().st_ino
    keep_again(file, kept, sha256)
    assert kept.stat().st_ino == inode
    kept.write_bytes(b"altered")
    keep_again(file, kept, sha256)
    assert kept.read_bytes() == b"content"
    assert (kept.parent / f".{kept.name}.altered").read_bytes() == b"altered"
    kept.unlink()
    keep_again(file, kept, sha256)
    assert kept.read_bytes() == b"content"
    kept.unlink()
    file.write_bytes(b"something else")
    with pytest.raises(RegisterError, match="SHA-256"):
        keep_again(file, kept, sha256)
    assert not kept.exists()
