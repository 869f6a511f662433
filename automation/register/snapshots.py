"""Copies that the register keeps of its own database, and what happens when the database is damaged.

A snapshot is a whole SQLite file of one moment, made while others read and write. PostgreSQL has tools of its
own for that (`pg_dump`), so there nothing is done here.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from automation.errors import RegisterError

FOLDER = "backup"
KEPT = 14
_NAME = "register-*.db"


def snapshot(database: Path, target: Path) -> None:
    """A consistent copy of a SQLite database, on disk when this returns; RegisterError when it cannot be."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with contextlib.closing(
            sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
        ) as source:
            source.execute("VACUUM INTO ?", (str(part),))
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise RegisterError(
            f"ทำสำเนาทะเบียนไม่ได้ ({error})", hint="โปรดตรวจเนื้อที่ว่างและสิทธิ์การเขียน", place=str(target.parent)
        ) from error
    finally:
        part.unlink(missing_ok=True)


def daily(database: Path, now: datetime) -> Path | None:
    """Today's snapshot in `backup/` beside the database, made when it is not there; the oldest ones go.

    None when today's is there already.
    """
    target = database.parent / FOLDER / f"register-{now:%Y-%m-%d}.db"
    if target.exists():
        return None
    snapshot(database, target)
    for old in kept(database)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def before_upgrade(database: Path, revision: str, now: datetime) -> Path:
    """A snapshot of the tables as an older program left them, made before they are changed."""
    target = database.parent / FOLDER / f"register-{now:%Y-%m-%d}-{revision}.db"
    snapshot(database, target)
    return target


def kept(database: Path) -> list[Path]:
    """The snapshots of a database, newest first."""
    return sorted((database.parent / FOLDER).glob(_NAME), reverse=True)


def sound(database: Path) -> bool:
    """Whether a file is a whole register in SQLite; nothing is known against one that is locked."""
    if not database.exists():
        return False
    try:
        with _opened(database) as file:
            whole = file.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            tables = file.execute("SELECT 1 FROM sqlite_master WHERE name = 'submission'").fetchone()
            return bool(whole and tables)
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False


def rescue(database: Path, now: datetime) -> Path | None:
    """Put the newest sound snapshot in the place of a damaged or lost database; None when nothing was done.

    The damaged file is kept beside it as `….damaged-<time>`. Processes that have it open notice the new file
    by themselves. Nothing is done to a sound database or without a sound snapshot.
    """
    if sound(database):
        return None
    best = next((copy for copy in kept(database) if sound(copy)), None)
    if best is None:
        return None
    part = database.with_name(f".{database.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(best, part)
        _note(part, now, best)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(database, database.with_name(f"{database.name}.damaged-{now:%Y%m%d-%H%M%S}"))
        for name in ("-wal", "-shm"):  # of the damaged file: never to be replayed into the new one
            database.with_name(database.name + name).unlink(missing_ok=True)
        part.replace(database)
    finally:
        part.unlink(missing_ok=True)
    return best


def _note(database: Path, now: datetime, copy: Path) -> None:
    """The history tells that it goes on from a snapshot."""
    with contextlib.closing(sqlite3.connect(database)) as file, file:
        file.execute(
            "INSERT INTO history (at, who, what, detail) VALUES (?, 'automation', 'restored', ?)",
            (now.isoformat(), json.dumps({"file": copy.name})),
        )


def _opened(database: Path) -> contextlib.closing[sqlite3.Connection]:
    uri = f"{database.absolute().as_uri()}?mode=ro"
    return contextlib.closing(sqlite3.connect(uri, uri=True, timeout=30.0))
