"""A workspace on disk: how it is made, and where the shipped templates and samples are."""

from __future__ import annotations

import shutil
from pathlib import Path

import automation
from automation.config import FILE
from automation.errors import UsageError

FOLDERS = ("inbox", "outbox", "register")


def shipped(name: str) -> Path:
    """The folder `templates` or `samples`, or `config.toml`, as shipped with the program."""
    package = Path(automation.__file__).parent
    installed = package / "_shipped" / name
    return installed if installed.exists() else package.parent / name


def make_workspace(folder: Path) -> Path:
    """A new workspace in `folder`; what is already there stays. UsageError when it is one already."""
    if (folder / FILE).exists():
        raise UsageError(
            f"{folder} เป็นพื้นที่ทำงานอยู่แล้ว",
            hint="เลือกโฟลเดอร์อื่น หรือใช้พื้นที่ทำงานเดิมต่อได้เลย",
        )
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} เป็นไฟล์ ไม่ใช่โฟลเดอร์", hint="เลือกชื่อโฟลเดอร์อื่น")
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    shutil.copytree(shipped("templates"), folder / "templates", dirs_exist_ok=True)
    shutil.copyfile(shipped(FILE), folder / FILE)
    return folder.resolve()
