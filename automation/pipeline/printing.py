"""Word files, as staff have edited them, to PDF and to the printer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from automation.config import find_root, load_config
from automation.errors import ConfigError, RenderError, UsageError
from automation.office.catch_words import put_catch_words
from automation.office.pdf import convert

SUFFIXES = frozenset({".docx", ".docm"})
PATIENCE = 60
"""Seconds that the printing command may take."""


def to_pdf(files: Sequence[Path], *, archive: bool = False) -> tuple[Path, ...]:
    """A PDF beside each Word file, from what the file holds now; UsageError for what is no Word file,
    RenderError without LibreOffice. `archive` makes PDF/A-2b. In a workspace that wants catch-words the pages
    have them."""
    _only_word(files)
    made: dict[Path, Path] = {}
    for folder in dict.fromkeys(file.absolute().parent for file in files):
        mine = [file for file in files if file.absolute().parent == folder]
        made |= dict(zip(mine, _set(mine, folder, archive=archive), strict=True))
    return tuple(made[file] for file in files)


def to_printer(files: Sequence[Path]) -> str:
    """Send Word files to the printer; a Thai sentence on what happens now.

    On Windows Word prints each file by itself; elsewhere the PDF of each goes to the default printer by `lp`
    or `lpr`. UsageError for what is no Word file, RenderError where nothing can print.
    """
    _only_word(files)
    if sys.platform == "win32":
        for file in files:
            os.startfile(file.absolute(), "print")
        return f"ส่งให้ Word พิมพ์แล้ว {len(files)} ไฟล์"
    program = shutil.which("lp") or shutil.which("lpr")
    if program is None:
        raise RenderError(
            "เครื่องนี้ไม่มีคำสั่งพิมพ์ (lp หรือ lpr)", hint="ติดตั้งเครื่องพิมพ์ของระบบก่อน หรือเปิดไฟล์ใน Word แล้วสั่งพิมพ์"
        )
    with tempfile.TemporaryDirectory(prefix="print-") as work:
        for pdf in _set(files, Path(work)):
            done = subprocess.run(
                [program, str(pdf)], capture_output=True, text=True, timeout=PATIENCE, check=False
            )
            if done.returncode:
                raise RenderError(f"สั่งพิมพ์ไม่สำเร็จ: {done.stderr.strip()}", hint="ตรวจว่ามีเครื่องพิมพ์ที่ตั้งเป็นค่าปกติ")
    return f"ส่งไปที่เครื่องพิมพ์แล้ว {len(files)} ไฟล์"


def _set(files: Sequence[Path], folder: Path, *, archive: bool = False) -> tuple[Path, ...]:
    pdfs = convert(files, folder, archive=archive)
    wanted = [(file, pdf) for file, pdf in zip(files, pdfs, strict=True) if _wants_catch_words(file)]
    put_catch_words([file for file, _ in wanted], [pdf for _, pdf in wanted], archive=archive)
    return pdfs


def _wants_catch_words(file: Path) -> bool:
    """What the settings of the workspace say in which the file lies; outside of any there are none."""
    try:
        return load_config(find_root(file.absolute().parent)).usage.catch_words
    except (ConfigError, UsageError):
        return False


def _only_word(files: Sequence[Path]) -> None:
    for file in files:
        if not file.is_file():
            raise UsageError(f"ไม่พบไฟล์ {file}", hint="ตรวจชื่อไฟล์และโฟลเดอร์อีกครั้ง")
        if file.suffix.lower() not in SUFFIXES:
            raise UsageError(f"{file.name} ไม่ใช่ไฟล์ Word (.docx)", hint="ระบุไฟล์ Word ที่จัดทำไว้")
