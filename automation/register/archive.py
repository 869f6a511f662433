"""The archive: the originals as they were received, under their content's SHA-256, never overwritten."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from automation.errors import RegisterError

UNKNOWN_YEAR = "unknown"

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_CHUNK = 1 << 20


def keep(file: Path, sha256: str, *, archive: Path, year: int | None, own: bool = False) -> Path:
    """Copy a file to `<archive>/<fiscal year B.E. or unknown>/<first two>/<sha256><suffix>`.

    When this returns, the copy is whole, is the content that the hash names, and is on disk. A copy that is
    already there is compared, not written again. A file that is the program's `own`, whose hash was taken
    while it was written, is given its second name here instead of being copied, where the disk allows it.
    RegisterError when any of this fails.
    """
    found = _SUFFIX.fullmatch(file.suffix.lower())
    suffix = found[0] if found else ""
    target = archive / (str(year) if year else UNKNOWN_YEAR) / sha256[:2] / f"{sha256}{suffix}"
    try:
        if target.exists():
            _expect(sha256, _hash(target), target)
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        if not (own and _linked(file, target)):
            _copy(file, target, sha256)
        for folder in (target.parent, target.parent.parent, archive):
            _sync_folder(folder)
    except OSError as error:
        raise _cannot_keep(error, target) from error
    return target


def intact(kept: Path, sha256: str) -> bool:
    """Whether a copy in the archive is there and still has the content that its hash names."""
    try:
        return _hash(kept) == sha256
    except OSError:
        return False


def keep_again(file: Path, kept: Path, sha256: str) -> None:
    """Put known content back into the archive where its copy is missing or altered.

    An altered copy stays beside it as `….altered`. RegisterError when that cannot be done.
    """
    if intact(kept, sha256):
        return
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        if kept.exists():
            kept.replace(kept.with_name(f".{kept.name}.altered"))
        _copy(file, kept, sha256)
        _sync_folder(kept.parent)
    except OSError as error:
        raise _cannot_keep(error, kept) from error


def _cannot_keep(error: OSError, target: Path) -> RegisterError:
    return RegisterError(
        f"เก็บต้นฉบับลงคลังเอกสารไม่ได้: {error.strerror or error}",
        hint="โปรดตรวจเนื้อที่ว่างและสิทธิ์การเขียนของโฟลเดอร์นี้ แฟ้มที่ส่งมายังอยู่ครบในกล่องรับ",
        place=str(target.parent),
    )


def _linked(file: Path, target: Path) -> bool:
    """Whether the file, synced, has become the archived copy by a hard link: not possible across disks."""
    handle = os.open(file, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(file, target)
    except OSError:
        return False
    return True


def _copy(file: Path, target: Path, sha256: str) -> None:
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as copy, file.open("rb") as original:
            while chunk := original.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        _expect(sha256, digest.hexdigest(), file)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _expect(wanted: str, found: str, file: Path) -> None:
    if wanted != found:
        raise RegisterError(
            "เนื้อหาของแฟ้มไม่ตรงกับรหัสตรวจสอบ SHA-256 แฟ้มอาจถูกแก้ไขระหว่างรับ หรือดิสก์ชำรุด",
            hint="โปรดวางแฟ้มในกล่องรับอีกครั้ง หากยังไม่ตรงโปรดตรวจดิสก์",
            place=str(file),
        )


def _sync_folder(folder: Path) -> None:
    """Make the folder's entries last a power cut; Windows does that by itself and cannot open a folder."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
