"""The road of one dropped file, from the inbox to its receipt.

    sweep → take → open → identify and read → check → store → answer → file away

A stop between any two steps is cured by the next sweep: before `store` nothing has happened, after it the
content is known by its SHA-256 and the rest of the road is walked again. The original leaves the inbox last,
when its archived copy is on disk and committed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from automation.checks import check_reading
from automation.errors import AutomationError, FileError, IncompleteFile, UnreadableFile
from automation.forms import read
from automation.model import Finding, Reading, Severity
from automation.pipeline.answer import write_receipt
from automation.pipeline.context import check_context
from automation.pipeline.filing import Copy, file_away, take
from automation.pipeline.sweep import Arrival
from automation.pipeline.workbench import Workbench
from automation.register import Outcome, Submission

BATCH = 200
_ORDER = {"strategy": 0, "project": 1, "meeting": 2, "resolution": 3, "allocation": 4, "progress": 5}
"""Within one batch what others refer to comes first: the plan before the projects, these before the money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What became of one file: the sender's name for it, its submission, where the receipt is."""

    file: str
    outcome: Outcome
    submission: Submission
    receipt: Path
    findings: tuple[Finding, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    copy: Copy
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
) -> tuple[Answered, ...]:
    """Take in these files and answer each one; `told` hears of each as soon as it is answered.

    A file that cannot be opened yet and that `wait_for` says may still be arriving stays in the inbox
    without an answer. A defect of the program in one file is logged, told in its receipt, and the rest go on.
    """
    waiting = list(files)
    answered: list[Answered] = []
    while waiting:
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        understood = [done for arrival in batch if (done := _understand(bench, arrival, wait_for))]
        for done in sorted(understood, key=lambda item: _ORDER.get(item.reading.form or "", 9)):
            answer = _settle(bench, done)
            answered.append(answer)
            told(answer)
    return tuple(answered)


def _understand(bench: Workbench, arrival: Arrival, wait_for: Callable[[Arrival], bool]) -> _Read | None:
    """Take a copy and read it; None when the file has gone or is still arriving."""
    started = time.monotonic()
    copy = take(bench.config.store, bench.config.inbox, arrival)
    if copy is None:
        return None
    refused = False
    if bench.register.find(copy.sha256):
        reading = Reading(file=copy.name, sha256=copy.sha256)
    else:
        try:
            content = bench.worker.open(copy.path)
            reading = read(content, bench.forms, bench.known, file=copy.name, sha256=copy.sha256)
        except (UnreadableFile, IncompleteFile) as error:
            if wait_for(arrival):
                copy.drop()
                return None
            reading, refused = refusal(copy.name, copy.sha256, error), True
        except FileError as error:
            reading, refused = refusal(copy.name, copy.sha256, error), True
        except AutomationError:
            copy.drop()
            raise
        except Exception:
            bench.log.exception("defect while reading sha256=%s", copy.sha256)
            reading, refused = refusal(copy.name, copy.sha256, _defect()), True
    return _Read(copy=copy, reading=reading, refused=refused, received=bench.clock(), started=started)


def _settle(bench: Workbench, done: _Read) -> Answered:
    """Check, store, answer and file away one file that has been read."""
    copy, reading = done.copy, done.reading
    submission = bench.register.find(copy.sha256)
    outcome = Outcome.DUPLICATE
    if submission is None:
        if not done.refused:
            reading = reading.with_findings(
                *check_reading(reading, check_context(bench, reading, done.received))
            )
        outcome = _outcome(done.refused, reading)
        submission = bench.register.store(
            reading,
            archived=bench.register.archive(copy.path, copy.sha256, year_of(reading, bench)),
            received=done.received,
            outcome=outcome,
            size=copy.size,
            file_name=copy.name,
            seconds=time.monotonic() - done.started,
        )
    elif submission.filed:
        submission = bench.register.again(copy.sha256, copy.name, done.received)
    else:
        outcome = submission.outcome
    receipt = write_receipt(bench, submission, outcome)
    file_away(bench, copy, submission)
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
    )


def refusal(name: str, sha256: str, error: FileError) -> Reading:
    """The reading of a file that could not be read: no form, no record, one finding that says why."""
    message = f"{error.message} {error.hint}".strip()
    finding = Finding(severity=Severity.ERROR, rule=error.rule, message=message, where=error.place)
    return Reading(file=name, sha256=sha256, findings=(finding,))


def year_of(reading: Reading, bench: Workbench) -> int:
    """The fiscal year (B.E.) that a file belongs to: its own, else the one the office works on."""
    return getattr(reading.record, "fiscal_year", None) or bench.config.year


def _outcome(refused: bool, reading: Reading) -> Outcome:
    if refused:
        return Outcome.REJECTED
    return Outcome.RETURNED if reading.faulty else Outcome.ACCEPTED


def _defect() -> UnreadableFile:
    return UnreadableFile(
        "โปรแกรมขัดข้องขณะอ่านไฟล์นี้ ซึ่งเป็นข้อบกพร่องของโปรแกรม ไม่ใช่ของผู้ส่ง",
        hint="ต้นฉบับเก็บไว้ครบถ้วนแล้ว โปรดแจ้งผู้ดูแลระบบพร้อมเลขรับนี้ รายละเอียดอยู่ในไฟล์ register/automation.log",
    )
