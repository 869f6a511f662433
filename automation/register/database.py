"""The database below the register: SQLite in one file by default, PostgreSQL by its URL.

Writers take the write lock at once (`BEGIN IMMEDIATE`, on PostgreSQL an advisory lock), so that what a
transaction reads before it writes cannot change meanwhile; a commit is on disk when it returns (WAL with
`synchronous=FULL`).
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    DisconnectionError,
    IntegrityError,
    NoSuchModuleError,
)

from automation.errors import DamagedRegister, RegisterError
from automation.register import snapshots

HEAD = "r0003"
"""The newest revision below migrations/versions; a test compares."""
MIGRATIONS = Path(__file__).parent / "migrations"

_READING = "reading"
_LOCK = 2570
_WAL_PATIENCE = 10.0
"""Seconds."""


def connect(url_or_path: str | Path, *, timeout: float = 30.0) -> sa.Engine:
    """An engine for a path or URL, its tables brought up to date; RegisterError when that cannot be.

    `timeout`: seconds to wait while another process writes. A SQLite file that is damaged, or gone, gives way
    to the newest of its own snapshots; DamagedRegister where there is none for a damaged one.
    """
    url = _url(url_or_path)
    database = sqlite_file(url)
    if database is not None and not database.exists():
        snapshots.rescue(database, datetime.now())
    try:
        return _connect(url, timeout)
    except DamagedRegister:
        if database is None or snapshots.rescue(database, datetime.now()) is None:
            raise
    return _connect(url, timeout)


def sqlite_file(url: sa.URL) -> Path | None:
    """The file of a SQLite database, None for a server or a database in memory."""
    return Path(url.database) if _is_sqlite(url) and url.database not in (None, "", ":memory:") else None


def _connect(url: sa.URL, timeout: float) -> sa.Engine:
    with explained(url):
        engine = sa.create_engine(
            url,
            json_serializer=lambda value: json.dumps(value, ensure_ascii=False),
            connect_args={"timeout": timeout} if _is_sqlite(url) else {},
        )
        prepare = _prepare_sqlite if _is_sqlite(url) else _prepare_server
        prepare(engine)
        try:
            _upgrade(engine)
        except BaseException:
            engine.dispose()
            raise
    return engine


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that writes: all of it or nothing."""
    with explained(engine.url), engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A view of one moment that holds up no writer."""
    with explained(engine.url), engine.connect().execution_options(**{_READING: True}) as connection:
        yield connection


@contextmanager
def explained(url: sa.URL) -> Iterator[None]:
    """Turn what the database says into a RegisterError that tells staff what to do.

    A broken constraint is not translated: whoever writes must know which ones can break.
    """
    place = url.database or str(url)
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        text = str(error.orig).lower()
        if "unable to open" in text and _no_room(place):
            text = "no space"
        message, hint = _in_thai(text)
        kind = DamagedRegister if any(word in text for word in _DAMAGE) else RegisterError
        raise kind(message, hint=hint, place=place) from error


def _url(url_or_path: str | Path) -> sa.URL:
    if isinstance(url_or_path, Path) or "://" not in url_or_path:
        path = Path(url_or_path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RegisterError(
                "สร้างโฟลเดอร์ของทะเบียนไม่ได้", hint="โปรดตรวจสิทธิ์การเขียนของโฟลเดอร์นี้", place=str(path.parent)
            ) from error
        return sa.URL.create("sqlite", database=str(path))
    try:
        url = sa.make_url(url_or_path)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect().import_dbapi()
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise RegisterError(
            "ที่อยู่ของฐานข้อมูลทะเบียนใช้ไม่ได้",
            hint="โปรดตรวจที่อยู่ในไฟล์ config.toml และติดตั้งส่วนเสริม automation[postgres] หากใช้ PostgreSQL",
        ) from error
    return url


def _is_sqlite(url: sa.URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _prepare_sqlite(engine: sa.Engine) -> None:
    @event.listens_for(engine, "connect")
    def _(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        _to_wal(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        record.info["file"] = _identity(engine.url)

    @event.listens_for(engine, "checkout")
    def _(_connection: Any, record: Any, _proxy: Any) -> None:
        # a file that took the place of ours is another database; what we write into the old one would be lost
        if record.info.get("file") != _identity(engine.url):
            raise DisconnectionError

    @event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if _only_reads(connection) else "BEGIN IMMEDIATE")


def _to_wal(connection: Any) -> None:
    """Write-ahead logging, once for the life of the file. Of two processes that open a new file at the same
    moment SQLite tells the second at once that it is locked, whatever the time limit: so ask again."""
    until = time.monotonic() + _WAL_PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _identity(url: sa.URL) -> tuple[int, int] | None:
    """Device and inode of the database file, None where there is no file."""
    file = sqlite_file(url)
    try:
        info = file.stat() if file else None
    except OSError:
        return None
    return (info.st_dev, info.st_ino) if info else None


def _prepare_server(engine: sa.Engine) -> None:
    """Let PostgreSQL keep the same two promises: one writer at a time, and readers see one moment."""

    @event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:
        if _only_reads(connection):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _only_reads(connection: sa.Connection) -> bool:
    return bool(connection.get_execution_options().get(_READING))


def _upgrade(engine: sa.Engine) -> None:
    """Bring the tables to the newest revision; Alembic is imported only when there is something to do."""
    if _revision(engine) == HEAD:
        return
    with engine.begin() as connection:
        found = _revision_on(connection)  # another process may have been quicker
        if found == HEAD:
            return
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", MIGRATIONS.as_posix().replace("%", "%%"))
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if found is not None and found not in known:
            raise RegisterError(
                "ทะเบียนนี้สร้างด้วยโปรแกรมรุ่นใหม่กว่า",
                hint="โปรดปรับปรุงโปรแกรมให้เป็นรุ่นล่าสุดก่อนเปิดทะเบียนนี้",
                place=engine.url.database or "",
            )
        if found is not None and (database := sqlite_file(engine.url)):
            snapshots.before_upgrade(database, found, datetime.now())
        from alembic import command

        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(engine: sa.Engine) -> str | None:
    with engine.connect().execution_options(**{_READING: True}) as connection:
        return _revision_on(connection)


def _revision_on(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


_DAMAGE = ("not a database", "malformed", "corrupt", "no such table")
"""The last one is said of an empty file that took the place of the register."""
_CAUSES = (
    (
        ("locked", "busy"),
        "ทะเบียนกำลังถูกใช้งานโดยโปรแกรมอื่นนานเกินไป",
        "โปรดปิดโปรแกรมอื่นที่เปิดทะเบียนนี้อยู่ แล้วลองใหม่",
    ),
    (
        _DAMAGE,
        "แฟ้มทะเบียนเสียหาย เปิดอ่านไม่ได้",
        "โปรดนำสำเนาสำรองมาวางแทน หรือย้ายแฟ้มนี้ออกแล้วรับต้นฉบับในโฟลเดอร์ archive เข้ามาใหม่ด้วยคำสั่ง automation intake",
    ),
    (
        ("readonly", "read-only", "unable to open", "permission"),
        "เปิดหรือเขียนทะเบียนไม่ได้",
        "โปรดตรวจว่าโฟลเดอร์นี้มีอยู่จริง และผู้ใช้มีสิทธิ์เขียน",
    ),
    (
        ("full", "no space", "disk i/o"),
        "เขียนดิสก์ที่เก็บทะเบียนไม่ได้ เนื้อที่อาจเต็ม",
        "โปรดเพิ่มเนื้อที่ว่างหรือตรวจดิสก์ แล้วลองใหม่ แฟ้มที่ส่งมายังอยู่ครบในกล่องรับ",
    ),
    (
        ("could not connect", "connection", "refused", "resolve"),
        "ติดต่อฐานข้อมูลของทะเบียนไม่ได้",
        "โปรดตรวจว่าเครื่องแม่ข่ายเปิดอยู่ และที่อยู่ในไฟล์ config.toml ถูกต้อง",
    ),
)


def _no_room(place: str) -> bool:
    """Whether the disk takes no more bytes or files: SQLite, wanting a file beside its own, does not say."""
    try:
        disk = os.statvfs(Path(place).parent)
    except (AttributeError, OSError):
        return False
    return disk.f_bavail == 0 or (disk.f_files > 0 and disk.f_favail == 0)


def _in_thai(text: str) -> tuple[str, str]:
    for words, message, hint in _CAUSES:
        if any(word in text for word in words):
            return message, hint
    return f"ฐานข้อมูลของทะเบียนแจ้งข้อผิดพลาด: {text}", "โปรดตรวจโฟลเดอร์ของทะเบียนด้วยคำสั่ง automation doctor"
