"""Do register, archive and outbox agree? What does not is named, and mended where that is possible."""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from automation.pipeline.answer import write_receipt
from automation.pipeline.intake import Answered, intake
from automation.pipeline.locking import sweep_lock
from automation.pipeline.returning import write_returned
from automation.pipeline.sweep import Arrival, arrivals
from automation.pipeline.workbench import Workbench
from automation.register import Outcome, Submission, snapshots

LEFT_OVER_AFTER = 3600.0
"""Seconds after which a file that was being written when the program stopped counts as left over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discord:
    """One thing that does not agree: `kind` for programs, `message` in Thai, whether it was mended."""

    kind: str
    message: str
    mended: bool = False
    grave: bool = True
    """False for what is worth knowing and no fault, like a draft that staff have edited."""


def verify(bench: Workbench, *, repair: bool = False) -> tuple[Discord, ...]:
    """Read every original and receipt again and compare with the register; mend what can be with `repair`.

    Mended are: receipts (written anew), originals that the register does not know (taken in), leftovers of a
    stop (removed). An original that is missing or altered cannot be made again: it is named, and taken back
    when the same file is put into the inbox.
    """
    with sweep_lock(bench.config.store, wait=True):
        first = tuple(item for item in bench.register.submissions() if item.outcome is not Outcome.DUPLICATE)
        return (
            *_database(bench),
            *_originals(bench, first),
            *_receipts(bench, first, repair),
            *_unknown(bench, repair),
            *_issued(bench),
            *_left_over(bench, repair),
        )


def take_unknown(bench: Workbench, told: Callable[[Answered], None] = lambda _: None) -> tuple[Answered, ...]:
    """Take in the archived originals that the register does not know, as after going back to a snapshot.

    Their senders' names are lost; a receipt says under which number they stand now. Only under the sweep
    lock.
    """
    return intake(bench, [_arrival(path) for path in unknown_originals(bench)], told=told)


def answer_unanswered(bench: Workbench) -> None:
    """Answer what was stored before a stop and has gone from the inbox since: renamed, deleted, replaced.

    What still lies there walks its own road to the end. Only under the sweep lock.
    """
    for item in bench.register.unanswered():
        if not (bench.config.inbox / item.file).exists():
            receipt = _answer(bench, item)
            bench.register.set_filed(item.id, item.file, receipt.relative_to(bench.config.root).as_posix())


def _answer(bench: Workbench, item: Submission) -> Path:
    returned = write_returned(bench, item, bench.register.findings(item.id), item.file)
    return write_receipt(bench, item, item.outcome, returned, item.file)


def unknown_originals(bench: Workbench) -> list[Path]:
    """Files of the archive, whose names are their hashes, that no submission has.

    What still lies in the inbox is not meant: its road goes on there, under its sender's name.
    """
    known = {item.sha256 for item in bench.register.submissions()}
    files = (bench.config.store / "archive").glob("*/??/*")
    unknown = sorted(path for path in files if not path.name.startswith(".") and path.stem not in known)
    coming = {_sha256(arrival.path) for arrival in arrivals(bench.config.inbox)} if unknown else set()
    return [path for path in unknown if path.stem not in coming]


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _arrival(path: Path) -> Arrival:
    info = path.stat()
    return Arrival(path, info.st_size, info.st_mtime_ns, info.st_ino)


def _database(bench: Workbench) -> Iterator[Discord]:
    database = bench.register.database
    if database is not None and not snapshots.sound(database):
        yield Discord(
            kind="register-damaged",
            message="แฟ้มทะเบียนเสียหายบางส่วน โปรดนำสำเนาสำรองกลับมาใช้ (automation restore)",
        )


def _originals(bench: Workbench, first: tuple[Submission, ...]) -> Iterator[Discord]:
    for item in bench.register.damaged():
        if item.outcome is Outcome.DUPLICATE:
            continue
        there = item.archived is not None and item.archived.exists()
        yield Discord(
            kind="original-altered" if there else "original-missing",
            message=f"เลขรับ {item.id} ({item.file}): ต้นฉบับในคลัง{'ไม่ตรงกับที่รับไว้' if there else 'หายไป'} "
            f"[{item.sha256[:12]}] โปรดนำกลับจากไฟล์สำรอง ที่ {item.archived}",
        )
    for item in first:
        if item.archived is None:
            yield Discord(kind="original-missing", message=f"เลขรับ {item.id} ({item.file}): ไม่มีต้นฉบับในคลัง")


def _receipts(bench: Workbench, first: tuple[Submission, ...], repair: bool) -> Iterator[Discord]:
    for item in first:
        path = bench.config.root / item.receipt if item.receipt else None
        if path is not None and zipfile.is_zipfile(path):
            continue
        if repair:
            _answer(bench, item)
        yield Discord(
            kind="receipt-missing",
            message=f"เลขรับ {item.id} ({item.file}): ใบรับหายไปหรือเปิดไม่ได้",
            mended=repair,
        )


def _unknown(bench: Workbench, repair: bool) -> Iterator[Discord]:
    found = unknown_originals(bench)
    if repair:
        take_unknown(bench)
        still = set(unknown_originals(bench))
    else:
        still = set(found)
    for path in found:
        yield Discord(
            kind="original-unknown",
            message=f"ต้นฉบับ {path.name[:12]}… อยู่ในคลังแต่ไม่อยู่ในทะเบียน",
            mended=path not in still,
        )


def _issued(bench: Workbench) -> Iterator[Discord]:
    latest = {item.path: item for item in bench.register.issued()}
    for item in latest.values():
        if not (bench.config.root / item.path).exists():
            yield Discord(
                kind="document-missing",
                message=f"เอกสารที่จัดทำ {item.path} ไม่อยู่ในกล่องส่งแล้ว",
                grave=False,
            )


def _left_over(bench: Workbench, repair: bool) -> Iterator[Discord]:
    for folder, pattern in ((bench.config.store / "archive", ".*.part"), (bench.config.outbox, ".*.new")):
        for path in folder.rglob(pattern):
            if time.time() - path.stat().st_mtime < LEFT_OVER_AFTER:
                continue
            if repair:
                path.unlink(missing_ok=True)
            yield Discord(
                kind="left-over", message=f"ไฟล์ค้างจากการหยุดกลางคัน {path.name}", mended=repair, grave=False
            )
