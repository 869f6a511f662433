"""What the sweep sees, what it passes over, and when a file counts as arrived."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from automation.pipeline.sweep import Stillness, arrivals


def names(inbox: Path) -> list[str]:
    return [arrival.path.name for arrival in arrivals(inbox)]


def test_files_of_subfolders_are_seen_too(tmp_path: Path) -> None:
    (tmp_path / "สำนักกฎหมาย" / "ลึก").mkdir(parents=True)
    for path in (
        tmp_path / "ก.docx",
        tmp_path / "สำนักกฎหมาย" / "ข.xlsx",
        tmp_path / "สำนักกฎหมาย" / "ลึก" / "ค.docx",
    ):
        path.write_bytes(b"x")
    assert sorted(names(tmp_path)) == ["ก.docx", "ข.xlsx", "ค.docx"]


@pytest.mark.parametrize(
    "name",
    ["~$แบบ.docx", "~WRD0001.tmp", "~wrl123.tmp", ".~lock.แบบ.docx#", "._แบบ.docx", "Thumbs.db",
     "desktop.ini", ".DS_Store", "แบบ.docx.part", "แบบ.crdownload", ".smbdeleteAAA1", ".hidden"],
)  # fmt: skip
def test_temporary_and_system_files_are_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", [".docx", "_.docx", "..docx", "แบบ", "แบบ.pdf", "-rf.docx", "=cmd.xlsx"])
def test_odd_names_that_may_be_forms_are_taken(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert names(tmp_path) == [name]


def test_links_and_folders_that_look_like_files_are_passed_over(tmp_path: Path) -> None:
    outside = tmp_path / "outside.docx"
    outside.write_bytes(b"x")
    inbox = tmp_path / "inbox"
    (inbox / "โฟลเดอร์.docx").mkdir(parents=True)
    (inbox / "ลิงก์.docx").symlink_to(outside)
    os.mkfifo(inbox / "ท่อ.docx")
    assert names(inbox) == []


def test_a_file_open_in_word_waits_unless_the_owner_file_is_old(tmp_path: Path) -> None:
    (tmp_path / "บันทึก.docx").write_bytes(b"x")
    owner = tmp_path / "~$นทึก.docx"
    owner.write_bytes(b"x" * 162)
    assert names(tmp_path) == []
    old = time.time() - 7200
    os.utime(owner, (old, old))
    assert names(tmp_path) == ["บันทึก.docx"]


def test_an_unreachable_inbox_is_an_error_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        arrivals(tmp_path / "gone")


def test_a_file_is_ready_when_it_has_stood_still(tmp_path: Path) -> None:
    path = tmp_path / "ก.docx"
    path.write_bytes(b"half")
    still = Stillness(2.0)
    assert still.ready(arrivals(tmp_path), 10.0) == ()
    path.write_bytes(b"half and more")
    assert still.ready(arrivals(tmp_path), 12.5) == ()
    assert [item.path for item in still.ready(arrivals(tmp_path), 14.5)] == [path]
    assert still.age(arrivals(tmp_path)[0], 14.5) == 2.0
