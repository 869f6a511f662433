"""The watcher at rest and at work: what it costs, how soon it notices, what it writes about itself."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from automation.model import Project
from automation.office.opening import open_file
from automation.office.worker import ReaderDefect
from automation.pipeline import beat
from automation.pipeline.health import examine
from automation.pipeline.sweep import arrivals
from automation.pipeline.watch import IDLE_SHARE, _Watcher, sweep_now, watch
from automation.pipeline.workbench import Workbench, open_workbench
from automation.register import Outcome
from tests_place import SAMPLES

FORM = SAMPLES / "project" / "02-clean-youth-outreach.docx"
FAULTY = SAMPLES / "project" / "05-older-law-manual.docx"


@contextmanager
def watching(bench: Workbench, stop: threading.Event) -> Iterator[list[float]]:
    """A watcher in a thread; the moments at which a file was answered."""
    moments: list[float] = []
    thread = threading.Thread(
        target=watch, args=(bench, stop), kwargs={"told": lambda _: moments.append(time.monotonic())}
    )
    thread.start()
    try:
        yield moments
    finally:
        stop.set()
        thread.join()


def wait_for(condition: object, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_new_file_is_answered_within_two_seconds(bench: Workbench) -> None:
    with watching(bench, threading.Event()) as moments:
        wait_for((bench.config.store / "watch.json").exists)
        shutil.copy(FAULTY, bench.config.inbox)  # warms the reader
        wait_for(lambda: moments)
        dropped = time.monotonic()
        shutil.copy(FORM, bench.config.inbox)
        wait_for(lambda: len(moments) == 2)
    assert moments[1] - dropped < 2.0


def test_a_full_inbox_at_rest_costs_one_percent_of_a_core(bench: Workbench) -> None:
    """Ten thousand files that wait; the pause grows with what a sweep costs."""
    for number in range(10_000):
        (bench.config.inbox / f"~$ค้าง{number:05d}.docx").touch()
    watcher = _Watcher(bench, threading.Event(), lambda _: None, lambda _: None)
    try:
        pauses: list[float] = []
        watcher._pause = lambda longest, least: pauses.append(longest)  # type: ignore[method-assign]
        costs = []
        for _ in range(3):
            began = time.process_time()
            watcher.round()
            costs.append(time.process_time() - began)
    finally:
        watcher.close()
    assert pauses[-1] >= IDLE_SHARE * watcher.cost
    assert min(costs[1:]) / max(pauses) < 0.015
    assert pauses[-1] < 60


def test_the_command_stops_well_on_both_signals(root: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        program = subprocess.Popen(
            [sys.executable, "-m", "automation", "watch", "--workspace", str(root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_for((root / "register" / "watch.json").exists)
        program.send_signal(number)
        out, err = program.communicate(timeout=10)
        assert program.returncode == 0, err
        assert out.rstrip().endswith("หยุดแล้ว")
        assert err == ""


def test_doctor_knows_whether_the_watcher_lives(root: Path, bench: Workbench) -> None:
    def state() -> tuple[str, str]:
        (found,) = (item for item in examine(root) if item.name == "ผู้เฝ้ากล่องรับ")
        return found.state, found.message

    assert state()[0] == "ok"
    life = beat.Beat(bench.config.store)
    life.tick("", {})
    assert state() == ("ok", "กำลังเฝ้า รับแล้ว 0 ไฟล์")
    life.tick("", {"ก.docx": "มีผู้เปิดไฟล์ค้างอยู่"})
    assert state() == ("warning", "กำลังเฝ้า รับแล้ว 0 ไฟล์ ค้างอยู่ 1 ไฟล์ที่ยังรับไม่ได้ (ดูเหตุด้วย automation status)")
    life.tick("เนื้อที่เต็ม", {})
    assert state() == ("error", "เนื้อที่เต็ม")
    document = json.loads(life.path.read_text(encoding="utf-8"))
    document["at"] = (datetime.now() - timedelta(seconds=beat.DEAD_AFTER + 5)).isoformat()
    life.path.write_text(json.dumps(document), encoding="utf-8")
    assert state()[0] == "error"
    life.path.write_text("{", encoding="utf-8")
    assert state()[0] == "ok"
    life.end()
    assert beat.last_beat(bench.config.store) is None


# --- the log and the history ------------------------------------------------------------------------------


def log_of(root: Path) -> list[str]:
    return (root / "register" / "automation.log").read_text(encoding="utf-8").splitlines()


def test_the_log_has_one_line_a_file_and_no_names_or_telephones(root: Path) -> None:
    people: set[str] = set()
    with open_workbench(root) as bench:
        for source in (FORM, FAULTY, *sorted((SAMPLES / "year2570" / "forms").glob("*.docx"))[:5]):
            shutil.copy(source, bench.config.inbox)
        (bench.config.inbox / "นายสมชาย ใจดี 081-234-5678.docx").write_bytes(b"junk")
        answered = sweep_now(bench)
        for item in answered:
            record = bench.register.record(item.submission.id)
            if isinstance(record, Project):
                people |= set(_people(record))
    lines = log_of(root)
    assert len(lines) == len(answered) == 8
    text = "\n".join(lines)
    assert people, "the sample forms name nobody"
    assert not [name for name in people if name in text]
    assert not re.search("[\u0e01-\u0e5b]", text), "no Thai text of files in the log"
    assert "081" not in text


def _people(value: object) -> Iterator[str]:
    """Every text of a record that has a Thai letter or a telephone number in it."""
    from automation.model import to_json

    waiting = [to_json(value)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, str) and (
            re.search("[\u0e01-\u0e5b]", item) or re.fullmatch(r"[\d \-]{8,}", item)
        ):
            yield item


def test_a_defect_is_logged_without_what_it_says(root: Path) -> None:
    with open_workbench(root) as bench:
        try:
            raise ValueError("นายสมชาย 081-234-5678")
        except ValueError:
            bench.log.exception("defect while reading sha256=%s", "ab")
    text = "\n".join(log_of(root))
    assert "ValueError at" in text
    assert "test_pipeline_watch.py" in text
    assert "สมชาย" not in text


def test_a_defect_of_the_reading_child_is_logged_with_its_place(root: Path) -> None:
    with open_workbench(root) as bench:
        try:
            raise ReaderDefect('  File "read_document.py", line 7, in read\nKeyError: "นายสมชาย"')
        except ReaderDefect:
            bench.log.exception("defect while reading sha256=%s", "ab")
    text = "\n".join(log_of(root))
    assert "ReaderDefect KeyError at" in text
    assert "read_document.py:7 read" in text
    assert "สมชาย" not in text


def test_a_log_that_cannot_be_renamed_goes_on_in_its_file(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows renames no file that another program has open, as `intake` has the log beside `watch`."""
    with open_workbench(root) as bench:
        (handler,) = bench.log.handlers
        handler.maxBytes = 1  # type: ignore[attr-defined]
        monkeypatch.setattr(handler, "rotate", lambda *_: Path("/nowhere").rename("/nowhere else"))
        bench.log.info("one")
        bench.log.info("two")
    assert [line.split()[-1] for line in log_of(root)][-2:] == ["one", "two"]


def test_the_log_as_json_by_setting(root: Path) -> None:
    config = root / "config.toml"
    text = config.read_text(encoding="utf-8")
    assert "json = false" in text
    config.write_text(text.replace("json = false", "json = true "), encoding="utf-8")
    with open_workbench(root) as bench:
        shutil.copy(FORM, bench.config.inbox)
        sweep_now(bench)
    (line,) = log_of(root)
    document = json.loads(line)
    assert document["event"] == "accepted"
    assert (document["form"], document["submission"], document["level"]) == ("project", "1", "info")
    assert float(document["seconds"]) > 0


def test_the_history_says_who_when_and_from_which_file_and_cannot_be_changed(bench: Workbench) -> None:
    import getpass
    import sqlite3

    shutil.copy(FORM, bench.config.inbox / "แบบ.docx")
    sweep_now(bench)
    shutil.copy(FORM, bench.config.inbox / "อีกครั้ง.docx")
    sweep_now(bench)
    events = bench.register.history()
    assert [(item.who, item.what, item.detail["file"]) for item in events] == [
        (getpass.getuser(), "accepted", "แบบ.docx"),
        (getpass.getuser(), "duplicate", "อีกครั้ง.docx"),
    ]
    assert all(item.at == bench.clock() for item in events)
    file = sqlite3.connect(bench.config.store / "register.db")
    for change in ("DELETE FROM history", "UPDATE history SET who = 'x'"):
        with pytest.raises(sqlite3.DatabaseError, match="history"):
            file.execute(change)
    file.close()


# --- bureaus ----------------------------------------------------------------------------------------------


def test_what_came_in_a_folder_is_answered_in_the_folder_of_that_name(bench: Workbench) -> None:
    for folder, source in (
        ("สำนักวิชาการ", FORM),
        ("สำนักกฎหมาย/ปี 70", FAULTY),
        (".", SAMPLES / "project" / "01-clean-academic-papers.docx"),
    ):
        (bench.config.inbox / folder).mkdir(parents=True, exist_ok=True)
        shutil.copy(source, bench.config.inbox / folder)
    places = {item.receipt.parent.relative_to(bench.config.outbox).as_posix() for item in sweep_now(bench)}
    assert places == {"2570/ใบรับ", "2570/ใบรับ/สำนักวิชาการ", "2570/ใบรับ/สำนักกฎหมาย"}


def test_the_returned_copy_goes_where_the_receipt_goes_whatever_bureau_the_form_names(
    bench: Workbench,
) -> None:
    (bench.config.inbox / "สำนักวิชาการ").mkdir()
    shutil.copy(FAULTY, bench.config.inbox / "สำนักวิชาการ" / "แบบ.docx")
    (answered,) = sweep_now(bench)
    assert answered.submission.bureau == "สำนักกฎหมาย"
    assert answered.returned_copy is not None
    for path in (answered.receipt, answered.returned_copy):
        assert path.parent.name == "สำนักวิชาการ"
    assert not list(bench.config.outbox.rglob("*สำนักกฎหมาย*"))


def test_another_bureau_that_sends_the_same_file_is_answered_in_its_own_folder(bench: Workbench) -> None:
    for folder, name in (("สำนักวิชาการ", "แบบ.docx"), ("สำนักกฎหมาย", "ของเรา.docx")):
        (bench.config.inbox / folder).mkdir()
        shutil.copy(FAULTY, bench.config.inbox / folder / name)
        (answered,) = sweep_now(bench)
        assert answered.receipt.parent.name == folder
        assert answered.returned_copy is not None
        assert answered.returned_copy.parent.name == folder
    assert answered.outcome is Outcome.DUPLICATE
    words = "".join(para.text for para in open_file(answered.receipt).paragraphs)  # type: ignore[union-attr]
    assert "สำนักกฎหมาย/ของเรา.docx" in words
    assert "สำนักวิชาการ" not in words.replace(answered.submission.bureau or "", "")
    assert arrivals(bench.config.inbox) == ()
    (first,) = (item for item in bench.register.submissions() if item.outcome is not Outcome.DUPLICATE)
    assert first.receipt
    assert "สำนักวิชาการ" in first.receipt
    assert (bench.config.root / first.receipt).exists()
