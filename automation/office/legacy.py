"""Word 97, Excel 97 and OpenDocument files, turned into .docx or .xlsx by LibreOffice where there is one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from automation.errors import FileError, LegacyFile, OversizedFile, UnreadableFile
from automation.office.blocks import Document
from automation.office.guard import Kind, Limits
from automation.office.sheets import Workbook
from automation.office.soffice import run_limited, soffice

_TARGETS = {
    Kind.DOC: "docx",
    Kind.ODT: "docx",
    Kind.RTF: "docx",
    Kind.XLS: "xlsx",
    Kind.XLSB: "xlsx",
    Kind.ODS: "xlsx",
}
_FILTERS = {
    Kind.DOC: "MS Word 97",
    Kind.ODT: "writer8",
    Kind.RTF: "Rich Text Format",
    Kind.XLS: "MS Excel 97",
    Kind.XLSB: "Calc MS Excel 2007 Binary",
    Kind.ODS: "calc8",
}
"""Named, because LibreOffice takes what it cannot read for plain text and makes a table of rubbish."""
_START_SECONDS = 20.0
"""LibreOffice alone needs a second or two; a cold disk, many more."""
_NOTHING_RUNS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
</item>
</oor:items>
"""
"""Settings of the profile: pictures and texts that a file only links to are not fetched, no macro is run."""


def open_converted(
    path: Path, kind: Kind, limits: Limits, read: Callable[[Path], Document | Workbook | Kind | Any]
) -> Any:
    """What `read` makes of a .docx or .xlsx copy of the file; the original is not touched.

    LegacyFile without LibreOffice, UnreadableFile where LibreOffice makes nothing of the file.
    """
    target = _TARGETS[kind]
    program = soffice()
    if program is None:
        raise LegacyFile(
            f"ไฟล์เป็นรูปแบบเก่า (.{kind.value}) ซึ่งเครื่องนี้อ่านโดยตรงไม่ได้",
            hint=f"กรุณาเปิดไฟล์แล้วบันทึกเป็น .{target} จากนั้นส่งใหม่",
            place=path.name,
        )
    with tempfile.TemporaryDirectory(prefix="automation-") as folder:
        copy = Path(folder, f"input.{kind.value}")
        shutil.copyfile(path, copy)
        try:
            found = read(_convert(str(program), copy, target, Path(folder), limits))
        except FileError as error:
            error.place = path.name
            raise
    if isinstance(found, Kind):
        raise _nothing_made(target, path)
    return found


def _convert(program: str, source: Path, target: str, folder: Path, limits: Limits) -> Path:
    kind = Kind(source.suffix[1:])
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_NOTHING_RUNS, encoding="utf-8")
    output = folder / "out"
    command = [program, "--headless", "--norestore", "--nolockcheck",
               f"-env:UserInstallation={profile.as_uri()}", f"--infilter={_FILTERS[kind]}",
               "--convert-to", target, "--outdir", str(output), str(source)]  # fmt: skip
    if not run_limited(command, _START_SECONDS + limits.seconds):
        raise OversizedFile("แปลงไฟล์รูปแบบเก่านานเกินกำหนด", hint=f"กรุณาบันทึกเป็น .{target} แล้วส่งใหม่")
    made = output / f"{source.stem}.{target}"
    if not made.is_file():
        raise _nothing_made(target, source)
    return made


def _nothing_made(target: str, source: Path) -> UnreadableFile:
    return UnreadableFile(
        "แปลงไฟล์รูปแบบเก่าไม่สำเร็จ ไฟล์อาจชำรุดหรือมีรหัสผ่าน",
        hint=f"กรุณาเปิดไฟล์แล้วบันทึกเป็น .{target} จากนั้นส่งใหม่",
        place=source.name,
    )
