"""Zips of forms: taken apart safely, each file with its own receipt, nothing of a bomb on the disk."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest

from automation.errors import EncryptedFile, OversizedFile, UnreadableFile
from automation.office.guard import Limits
from automation.office.zips import MOST_FILES, is_bundle, unpack
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import Workbench
from automation.register import Outcome
from tests_place import SAMPLES

FORM = SAMPLES / "project" / "02-clean-youth-outreach.docx"
FAULTY = SAMPLES / "project" / "05-older-law-manual.docx"


def packed(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def drop(bench: Workbench, data: bytes, name: str = "รวม.zip") -> Path:
    path = bench.config.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_each_file_of_a_zip_has_its_own_receipt_and_the_zip_is_archived_too(bench: Workbench) -> None:
    data = packed(
        {
            "ชุด/แบบ.docx": FORM.read_bytes(),
            "ชุด/ผิด.docx": FAULTY.read_bytes(),
            "ชุด/~$แบบ.docx": b"owner",
            "__MACOSX/ชุด/._แบบ.docx": b"mac",
            "Thumbs.db": b"windows",
        }
    )
    drop(bench, data, "สำนักวิชาการ/รวม.zip")
    answered = {item.file: item for item in sweep_now(bench)}
    assert {name: item.outcome for name, item in answered.items()} == {
        "สำนักวิชาการ/รวม.zip/ชุด/แบบ.docx": Outcome.ACCEPTED,
        "สำนักวิชาการ/รวม.zip/ชุด/ผิด.docx": Outcome.RETURNED,
        "สำนักวิชาการ/รวม.zip": Outcome.ACCEPTED,
    }
    assert len({item.receipt for item in answered.values()}) == 3
    whole = answered["สำนักวิชาการ/รวม.zip"]
    assert [finding.rule for finding in whole.findings] == ["zip-unpacked"]
    assert "2 ไฟล์" in whole.findings[0].message
    kept = {path.stem for path in (bench.config.store / "archive").glob("*/??/*")}
    assert kept == {
        hashlib.sha256(part).hexdigest() for part in (data, FORM.read_bytes(), FAULTY.read_bytes())
    }
    assert list((bench.config.store / "work").iterdir()) == []
    assert sweep_now(bench) == ()


def test_the_same_zip_again_is_known_and_not_taken_apart_again(bench: Workbench) -> None:
    data = packed({"แบบ.docx": FORM.read_bytes()})
    drop(bench, data)
    sweep_now(bench)
    drop(bench, data, "อีกครั้ง.zip")
    (answered,) = sweep_now(bench)
    assert answered.outcome is Outcome.DUPLICATE


def test_a_known_form_in_a_new_zip_is_a_duplicate(bench: Workbench) -> None:
    drop(bench, FORM.read_bytes(), "แบบ.docx")
    sweep_now(bench)
    drop(bench, packed({"แบบ.docx": FORM.read_bytes()}))
    assert [item.outcome for item in sweep_now(bench)] == [Outcome.DUPLICATE, Outcome.ACCEPTED]


@pytest.mark.parametrize("name", ["../../ออก.docx", "/etc/ออก.docx", "C:\\ออก.docx", "a/../../../ออก.docx"])
def test_a_name_leads_nowhere(bench: Workbench, name: str) -> None:
    before = {path for path in bench.config.root.parent.rglob("*.docx")}
    drop(bench, packed({name: FORM.read_bytes()}))
    member, whole = sweep_now(bench)
    assert (member.outcome, whole.outcome) == (Outcome.ACCEPTED, Outcome.ACCEPTED)
    new = {path for path in bench.config.root.parent.rglob("*.docx")} - before
    assert all(bench.config.outbox in path.parents or bench.config.store in path.parents for path in new)
    assert not Path("/etc/ออก.docx").exists()


def test_a_zip_within_a_zip_is_refused_with_its_reason(bench: Workbench) -> None:
    drop(bench, packed({"ใน.zip": packed({"แบบ.docx": FORM.read_bytes()}), "แบบ.docx": FORM.read_bytes()}))
    answered = {item.file: item for item in sweep_now(bench)}
    inner = answered["รวม.zip/ใน.zip"]
    assert inner.outcome is Outcome.REJECTED
    assert "ซ้อนอยู่ใน zip" in inner.findings[0].message
    assert answered["รวม.zip/แบบ.docx"].outcome is Outcome.ACCEPTED


def test_thai_names_of_windows(tmp_path: Path) -> None:
    """Windows writes the code page of Thai without saying so."""
    path = tmp_path / "win.zip"
    name = "แบบ.txt".encode("cp874")
    head = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 0, 0, 33, 0x8CDC1683, 1, 1, len(name), 0)
    tail = struct.pack(
        "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0x8CDC1683, 1, 1, len(name), 0, 0, 0, 0, 0, 0
    )
    end = struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(tail) + len(name), len(head) + len(name) + 1, 0
    )
    path.write_bytes(head + name + b"x" + tail + name + end)
    (member,) = unpack(path, tmp_path / "out", Limits())
    assert member.name == "แบบ.txt"


def broken_bombs() -> dict[str, tuple[bytes, type[Exception], str]]:
    wild = packed({"ใหญ่.docx": bytes(60 << 20)})
    many = packed({f"{number}.txt": b"x" for number in range(MOST_FILES + 1)})
    plain = bytearray(packed({"แบบ.docx": FORM.read_bytes()[:3000] + bytes(range(256)) * 40}))
    plain[100] ^= 0xFF
    locked = bytearray(packed({"แบบ.docx": b"x"}))
    locked[6] |= 1
    locked[locked.rindex(b"PK\1\2") + 8] |= 1
    return {
        "unfolds wildly": (wild, OversizedFile, "ผิดปกติ"),
        "too many": (many, OversizedFile, "มากเกิน"),
        "flipped bit": (bytes(plain), UnreadableFile, "ชำรุด"),
        "a byte lost": (bytes(plain[:60] + plain[61:]), UnreadableFile, "ชำรุด"),
        "encrypted": (bytes(locked), EncryptedFile, "รหัสผ่าน"),
        "nothing inside": (packed({"__MACOSX/a": b"x"}), UnreadableFile, "ไม่มีไฟล์"),
    }


@pytest.mark.parametrize("name", broken_bombs())
def test_what_cannot_be_taken_apart_is_refused_with_its_cause(tmp_path: Path, name: str) -> None:
    data, kind, words = broken_bombs()[name]
    path = tmp_path / "bad.zip"
    path.write_bytes(data)
    with pytest.raises(kind) as caught:
        unpack(path, tmp_path / "out", Limits())
    assert words in str(caught.value)
    assert sum(file.stat().st_size for file in (tmp_path / "out").glob("*")) < 2 << 20


def test_a_lying_table_of_contents_is_caught_while_unfolding(tmp_path: Path) -> None:
    data = bytearray(packed({"a.bin": bytes(5 << 20)}))
    at = data.rindex(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    path = tmp_path / "lies.zip"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile):
        unpack(path, tmp_path / "out", Limits())
    assert sum(file.stat().st_size for file in (tmp_path / "out").glob("*")) <= 100


def test_a_bomb_in_the_inbox_gets_a_receipt(bench: Workbench) -> None:
    drop(bench, packed({"ใหญ่.docx": bytes(60 << 20)}))
    (answered,) = sweep_now(bench)
    assert answered.outcome is Outcome.REJECTED
    assert answered.findings[0].rule == "file-too-large"


def test_an_office_document_is_no_bundle() -> None:
    assert not is_bundle(FORM)
    assert not is_bundle(next((SAMPLES / "year2570").rglob("*.xlsx")))
