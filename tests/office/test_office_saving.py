"""Saving a file whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.errors import AutomationError
from automation.office.saving import save_bytes


def test_a_file_is_replaced_and_readable_by_colleagues(tmp_path: Path) -> None:
    target = tmp_path / f"{'ก' * 83}.docx"
    save_bytes(target, b"old")
    save_bytes(target, b"new")
    assert target.read_bytes() == b"new"
    (tmp_path / "plain").touch()
    assert target.stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert {file.name for file in tmp_path.iterdir()} == {target.name, "plain"}


def test_what_cannot_be_saved_is_told_in_thai_and_leaves_no_scraps(tmp_path: Path) -> None:
    (tmp_path / "folder.docx").mkdir()
    with pytest.raises(AutomationError, match="บันทึกแฟ้ม folder") as caught:
        save_bytes(tmp_path / "folder.docx", b"x")
    assert caught.value.place == str(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["folder.docx"]
    with pytest.raises(AutomationError):
        save_bytes(tmp_path / "absent" / "a.docx", b"x")
