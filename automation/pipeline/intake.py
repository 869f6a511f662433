"""The road of one dropped file, from the inbox to its receipt.

    sweep → take → open → identify and read → check → store → answer → file away

A zip of forms is taken apart behind `open`; its files walk the same road, and the zip itself comes last.
A stop between any two steps is cured by the next sweep: before `store` nothing has happened, after it the
content is known by its SHA-256 and the rest of the road is walked again. The original leaves the inbox last,
when its archived copy is on disk and committed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from automation.checks import check_reading
from automation.errors import (
    AutomationError,
    FileError,
    ForeignFile,
    IncompleteFile,
    RegisterError,
    UnreadableFile,
)
from automation.model import Finding, Reading, Severity
from automation.office.zips import is_bundle, unpack
from automation.pipeline.answer import write_receipt
from automation.pipeline.context import KnownYears, year_of
from automation.pipeline.filing import Blocked, Copy, file_away, take, take_member
from automation.pipeline.returning import write_returned
from automation.pipeline.sweep import Arrival, ignored
from automation.pipeline.workbench import Workbench, limits
from automation.register import Outcome, Submission
from automation.register.archive import keep_again

BATCH = 200
_ORDER = {"strategy": 0, "project": 1, "meeting": 2, "resolution": 3, "allocation": 4, "progress": 5}
"""Within one batch what others refer to comes first: the plan before the projects, these before the money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What became of one file: the sender's name for it, its submission, where the receipt is.

    `returned_copy` is the sender's file with our remarks, None where there are none or it cannot hold any.
    """

    file: str
    outcome: Outcome
    submission: Submission
    receipt: Path
    findings: tuple[Finding, ...]
    seconds: float
    returned_copy: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    copy: Copy
    arrival: Arrival
    reading: Reading
    refused: bool
    received: datetime
    started: float


def intake(
    bench: Workbench,
    files: Iterable[Arrival],
    *,
    wait_for: Callable[[Arrival], bool] = lambda _: False,
    told: Callable[[Answered], None] = lambda _: None,
    blocked: Callable[[Arrival, str], None] = lambda _arrival, _why: None,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[Answered, ...]:
    """Take in these files and answer each one; `told` hears of each as soon as it is answered.

    A file that cannot be opened yet and that `wait_for` says may still be arriving stays in the inbox
    without an answer. `blocked` hears of a file that cannot be read, answered or taken away now, and why; it
    stays too. `stop` is asked between two files. A defect of the program in one file is logged, told in its
    receipt, and the rest go on. RegisterError and OSError when no file can go on.
    """
    waiting = list(files)
    answered: list[Answered] = []
    years = KnownYears(bench)
    while waiting and not stop():
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        understood: list[_Read] = []
        for arrival in batch:
            if not stop():
                try:
                    understood += _understand(bench, arrival, wait_for)
                except Blocked as error:
                    blocked(arrival, str(error))
        understood.sort(key=lambda item: _ORDER.get(item.reading.form or "", 9))
        for answer in _settle_all(bench, understood, years, blocked, stop):
            answered.append(answer)
            told(answer)
    return tuple(answered)


def _settle_all(
    bench: Workbench,
    understood: list[_Read],
    years: KnownYears,
    blocked: Callable[[Arrival, str], None],
    stop: Callable[[], bool],
) -> Iterator[Answered]:
    """Settle one by one. A receipt that is open in Word holds up its own file; two in a row are a sign that
    nothing can be written. A zip waits for all of its files."""
    held: set[Arrival] = set()
    failures = 0
    for done in understood:
        if stop() or done.arrival in held:
            done.copy.drop()
            continue
        try:
            yield _settle(bench, done, years)
            failures = 0
        except RegisterError:
            raise
        except (AutomationError, Blocked) as error:
            failures += isinstance(error, AutomationError)
            if failures > 1:
                raise
            held.add(done.arrival)
            blocked(done.arrival, str(error))


def _understand(bench: Workbench, arrival: Arrival, wait_for: Callable[[Arrival], bool]) -> tuple[_Read, ...]:
    """Take a copy and read it; () when the file has gone or is still arriving."""
    copy = take(bench.config.store, bench.config.inbox, arrival)
    return _judge(bench, copy, arrival, lambda: wait_for(arrival)) if copy else ()


def _judge(
    bench: Workbench, copy: Copy, arrival: Arrival, may_be_arriving: Callable[[], bool]
) -> tuple[_Read, ...]:
    """What a copy says, or why it cannot be read; of a zip of files first these, then the zip."""
    started = time.monotonic()
    inside: tuple[_Read, ...] = ()
    refused = False
    if bench.register.find(copy.sha256):
        reading = Reading(file=copy.name, sha256=copy.sha256)
    else:
        try:
            reading, inside = _opened(bench, copy, arrival)
        except (UnreadableFile, IncompleteFile) as error:
            if may_be_arriving():
                copy.drop()
                return ()
            reading, refused = refusal(copy.name, copy.sha256, error), True
        except FileError as error:
            reading, refused = refusal(copy.name, copy.sha256, error), True
        except (AutomationError, OSError):
            copy.drop()
            raise
        except Exception:
            bench.log.exception("defect while reading sha256=%s", copy.sha256)
            reading, refused = refusal(copy.name, copy.sha256, _defect()), True
    done = _Read(
        copy=copy,
        arrival=arrival,
        reading=reading,
        refused=refused,
        received=bench.clock(),
        started=started,
    )
    return (*inside, done)


def _opened(bench: Workbench, copy: Copy, arrival: Arrival) -> tuple[Reading, tuple[_Read, ...]]:
    try:
        reading: Reading = bench.worker.read(copy.path, file=copy.name, sha256=copy.sha256)
    except ForeignFile:
        if is_bundle(copy.path):
            return _taken_apart(bench, copy, arrival)
        raise
    return reading, ()


def _taken_apart(bench: Workbench, zipped: Copy, arrival: Arrival) -> tuple[Reading, tuple[_Read, ...]]:
    if zipped.member:
        raise ForeignFile("ไฟล์ zip ซ้อนอยู่ใน zip อีกชั้นหนึ่ง ระบบไม่แตกให้", hint="กรุณาแตกไฟล์ชั้นในก่อน แล้วส่งใหม่")
    members = unpack(zipped.path, zipped.path.parent / "members", limits(bench.config))
    forms = [member for member in members if not ignored(PurePosixPath(member.name).name)]
    inside = tuple(
        done
        for member in forms
        for done in _judge(bench, take_member(zipped, member.name, member.path), arrival, lambda: False)
    )
    note = Finding(
        severity=Severity.NOTE,
        rule="zip-unpacked",
        message=f"แตกไฟล์ zip แล้ว มี {len(forms)} ไฟล์ แต่ละไฟล์มีใบรับของตนเอง",
    )
    return Reading(file=zipped.name, sha256=zipped.sha256, findings=(note,)), inside


def _settle(bench: Workbench, done: _Read, years: KnownYears) -> Answered:
    """Check, store, answer and file away one file that has been read."""
    copy = done.copy
    submission = bench.register.find(copy.sha256)
    if submission is None:
        submission = _store(bench, done, years)
        outcome = submission.outcome
    else:
        if submission.archived is not None:
            keep_again(copy.path, submission.archived, copy.sha256)
        outcome = submission.outcome
        if not _is_first(bench, copy, submission):
            outcome = Outcome.DUPLICATE
            if not copy.seen_before:
                submission = bench.register.again(copy.sha256, copy.name, done.received, once=copy.member)
    returned = _returned(bench, submission, copy.name)
    receipt = write_receipt(bench, submission, outcome, returned, copy.name)
    file_away(bench, copy, submission, receipt)
    seconds = time.monotonic() - done.started
    bench.log.info(
        "%s form=%s submission=%s sha256=%s seconds=%.2f",
        outcome.value, submission.form or "-", submission.id, copy.sha256[:12], seconds,
    )  # fmt: skip
    return Answered(
        file=copy.name,
        outcome=outcome,
        submission=submission,
        receipt=receipt,
        findings=bench.register.findings(submission.id),
        seconds=seconds,
        returned_copy=returned,
    )


def _is_first(bench: Workbench, copy: Copy, submission: Submission) -> bool:
    """Whether known content is the arrival with which it was stored, held up by a stop, and no other one."""
    if submission.file == copy.name:
        return copy.member or copy.seen_before or not submission.filed
    renamed = not (bench.config.inbox / submission.file).exists()
    return not submission.filed and not copy.member and renamed


def _store(bench: Workbench, done: _Read, years: KnownYears) -> Submission:
    """Check what was read, archive the original, commit both."""
    copy, reading = done.copy, done.reading
    if not done.refused:
        reading = reading.with_findings(*check_reading(reading, years.context(reading, done.received)))
    submission = bench.register.store(
        reading,
        archived=bench.register.archive(copy.path, copy.sha256, year_of(reading, bench.config), own=True),
        received=done.received,
        outcome=_outcome(done.refused, reading),
        size=copy.size,
        file_name=copy.name,
        seconds=time.monotonic() - done.started,
    )
    years.stored(reading, submission.fiscal_year, accepted=submission.outcome is Outcome.ACCEPTED)
    return submission


def _returned(bench: Workbench, submission: Submission, sender: str) -> Path | None:
    """The sender's file with our remarks; a defect in writing them leaves the receipt to tell all."""
    try:
        return write_returned(bench, submission, bench.register.findings(submission.id), sender)
    except AutomationError:
        raise
    except Exception:
        bench.log.exception("defect while annotating sha256=%s", submission.sha256)
        return None


def refusal(name: str, sha256: str, error: FileError) -> Reading:
    """The reading of a file that could not be read: no form, no record, one finding that says why."""
    message = f"{error.message} {error.hint}".strip()
    where = "" if Path(error.place).suffix else error.place  # the name of our own copy is no place in it
    finding = Finding(severity=Severity.ERROR, rule=error.rule, message=message, where=where)
    return Reading(file=name, sha256=sha256, findings=(finding,))


def _outcome(refused: bool, reading: Reading) -> Outcome:
    if refused:
        return Outcome.REJECTED
    return Outcome.RETURNED if reading.faulty else Outcome.ACCEPTED


def _defect() -> UnreadableFile:
    return UnreadableFile(
        "โปรแกรมขัดข้องขณะอ่านไฟล์นี้ ซึ่งเป็นข้อบกพร่องของโปรแกรม ไม่ใช่ของผู้ส่ง",
        hint="ต้นฉบับเก็บไว้ครบถ้วนแล้ว โปรดแจ้งผู้ดูแลระบบพร้อมเลขรับนี้ รายละเอียดอยู่ในไฟล์ register/automation.log",
    )
