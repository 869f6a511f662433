"""One file that holds a workspace as it was at one moment, and a workspace made from such a file.

The register is copied first and as a whole; originals are only ever added, so every one that this copy of the
register names is in the archive when the files are packed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from automation.config import FILE, load_config
from automation.errors import UsageError
from automation.office.members import NOT_WHOLE
from automation.register import snapshots

MANIFEST = "backup.json"
FORMAT = 1
DATABASE = "register/register.db"
FOLDERS = ("register/archive", "templates", "outbox")
_PACKED = frozenset({".docx", ".xlsx", ".docm", ".xlsm", ".pdf", ".zip", ".png", ".jpg"})
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was made or brought back: where it is and what it holds."""

    path: Path
    files: int
    size: int
    """Bytes of its files, unpacked."""


def backup(root: Path, to: Path | None = None, now: datetime | None = None) -> Backup:
    """Pack register, originals, templates, outbox and settings into one zip, while others work on.

    `to`: the folder, by default `backup/` in the workspace. The zip gets its name when it is whole.
    UsageError for a register on a server, RegisterError or OSError when something cannot be read or written.
    """
    config = load_config(root)
    if config.database and not config.database.startswith("sqlite"):
        raise UsageError(
            "ทะเบียนอยู่บนเครื่องแม่ข่าย PostgreSQL คำสั่งนี้สำรองให้ไม่ได้",
            hint="สำรองฐานข้อมูลด้วย pg_dump และสำรองโฟลเดอร์พื้นที่ทำงานด้วยโปรแกรมสำรองของสำนักงาน",
        )
    when = now or datetime.now()
    folder = to or root / "backup"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"automation-{when:%Y%m%d-%H%M%S}.zip"
    part = target.with_suffix(".part")
    try:
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            database = Path(scratch) / "register.db"
            snapshots.snapshot(_database(config.database, root), database)
            packed = _pack(part, ((DATABASE, database), *_files(root)), when)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return Backup(path=target, files=packed.files, size=packed.size)


def _database(url: str, root: Path) -> Path:
    return Path(url.split("///", 1)[1]) if url else root / DATABASE


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    yield FILE, root / FILE
    for name in FOLDERS:
        for path in sorted((root / name).rglob("*")):
            if path.is_file() and not path.is_symlink() and path.suffix not in (".part", ".new"):
                yield path.relative_to(root).as_posix(), path


def _pack(target: Path, files: tuple[tuple[str, Path], ...], when: datetime) -> Backup:
    hashes: dict[str, str] = {}
    total = 0
    with zipfile.ZipFile(target, "w") as archive:
        for name, path in files:
            info = zipfile.ZipInfo(name, when.timetuple()[:6])
            info.compress_type = (
                zipfile.ZIP_STORED if path.suffix.lower() in _PACKED else zipfile.ZIP_DEFLATED
            )
            try:
                source = path.open("rb")
            except FileNotFoundError:  # a draft that was removed just now
                continue
            digest = hashlib.sha256()
            with source, archive.open(info, "w", force_zip64=True) as packed:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    packed.write(chunk)
                    total += len(chunk)
            hashes[name] = digest.hexdigest()
        manifest = {"format": FORMAT, "made": when.isoformat(timespec="seconds"), "files": hashes}
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False), zipfile.ZIP_DEFLATED)
    return Backup(path=target, files=len(hashes), size=total)


def restore(file: Path, folder: Path) -> Backup:
    """Make a workspace in `folder` from a backup; every file is compared with the hash noted for it.

    UsageError when the folder is there and not empty, or when the backup is not whole: nothing is left then.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(
            f"โฟลเดอร์ {folder} มีไฟล์อยู่แล้ว", hint="ระบุโฟลเดอร์ใหม่หรือโฟลเดอร์ว่าง แล้วค่อยย้ายไปใช้แทนของเดิม"
        )
    if not file.is_file():
        raise UsageError(f"ไม่พบไฟล์ {file}", hint="ตรวจชื่อไฟล์สำรองอีกครั้ง")
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        try:
            with zipfile.ZipFile(file) as archive:
                done = _unpack(archive, part)
        except (*NOT_WHOLE, KeyError) as error:
            raise _not_whole(str(error)) from error
        for name in ("inbox", "outbox", "register"):
            (part / name).mkdir(exist_ok=True)
        if folder.exists():
            folder.rmdir()
        part.chmod(0o755)
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Backup(path=folder.resolve(), files=done.files, size=done.size)


def _unpack(archive: zipfile.ZipFile, folder: Path) -> Backup:
    manifest = json.loads(archive.read(MANIFEST))
    if manifest.get("format") != FORMAT:
        raise _not_whole("รูปแบบของไฟล์สำรองไม่ใช่รุ่นที่โปรแกรมนี้รู้จัก")
    total = 0
    for name, sha256 in manifest["files"].items():
        parts = PurePosixPath(name).parts
        if not parts or PurePosixPath(name).is_absolute() or ".." in parts or "\\" in name or ":" in name:
            raise _not_whole(name)
        target = folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with archive.open(name) as source, target.open("wb") as copy:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
                total += len(chunk)
        if digest.hexdigest() != sha256:
            raise _not_whole(name)
    return Backup(path=folder, files=len(manifest["files"]), size=total)


def _not_whole(what: str) -> UsageError:
    return UsageError(f"ไฟล์สำรองไม่สมบูรณ์หรือไม่ใช่ไฟล์สำรองของโปรแกรมนี้ ({what})", hint="ใช้ไฟล์สำรองฉบับอื่น")
