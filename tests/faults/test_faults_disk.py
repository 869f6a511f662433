"""Disk full at every write, folders and files without rights: waits, says so once, goes on by itself."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from faults.harness import (
    FAULTY,
    FORM,
    bound_by_rights,
    check,
    drop,
    in_child,
    inject,
    no_more_bytes,
    nothing_lost,
    room_again,
    sha,
)

from automation.pipeline import filing, watch
from automation.pipeline import intake as road
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import open_workbench
from automation.register import archive, store


def copied_across_disks() -> None:
    archive._linked = lambda _file, _target: False  # as when the archive lies on another disk (D6)


FULL: dict[str, Callable[[], None]] = {
    "D1 at the copy": lambda: inject(filing, "_copied", no_more_bytes, before=True),
    "D2 at the archive": lambda: (copied_across_disks(), inject(archive, "keep", no_more_bytes, before=True)),
    "D3 at the commit": lambda: inject(store, "store", no_more_bytes, before=True),
    "D4 at the receipt": lambda: inject(road, "write_receipt", no_more_bytes, before=True),
    "D5 at the returned copy": lambda: inject(road, "write_returned", no_more_bytes, before=True, call=2),
}


@pytest.mark.parametrize("point", FULL)
def test_disk_full(root: Path, point: str) -> None:
    dropped = {drop(root, FORM), drop(root, FAULTY)}
    heard, say = os.pipe()

    def run() -> None:
        FULL[point]()
        stop = threading.Event()

        def trouble(words: str) -> None:
            os.write(say, f"{' '.join(words.split()) or 'ไปต่อ'}\n".encode())
            room_again()
            if not words:
                stop.set()

        with open_workbench(root) as bench:
            watch.watch(bench, stop, trouble=trouble)

    assert in_child(run) == 0
    os.close(say)
    with os.fdopen(heard, encoding="utf-8") as told:
        lines = told.read().splitlines()
    assert lines[-1] == "ไปต่อ"
    assert sum("ไปต่อ" not in line and ("เนื้อที่" in line or "ที่ว่าง" in line) for line in lines) == 1, lines
    nothing_lost(root, dropped)
    with open_workbench(root) as bench:
        sweep_now(bench)
    check(root, dropped)


def as_anybody(action: Callable[[], None]) -> None:
    """Run as somebody whom rights bind; root is above them."""

    def run() -> None:
        bound_by_rights()
        action()

    assert in_child(run) == 0


def test_a_file_without_rights_is_named_and_holds_up_nobody(root: Path) -> None:
    closed, good = drop(root, FAULTY, "ปิด.docx"), drop(root, FORM)
    (root / "inbox" / "ปิด.docx").chmod(0)

    def run() -> None:
        held: list[str] = []
        with open_workbench(root) as bench:
            done = sweep_now(bench, blocked=lambda arrival, why: held.append(f"{arrival.path.name}: {why}"))
        assert [item.submission.sha256 for item in done] == [good]
        assert len(held) == 1, held
        assert held[0].startswith("ปิด.docx: ไม่มีสิทธิ์อ่าน")

    as_anybody(run)
    (root / "inbox" / "ปิด.docx").chmod(0o644)
    with open_workbench(root) as bench:
        sweep_now(bench)
    check(root, {closed, good})


def test_the_watcher_says_once_which_file_it_cannot_read_and_takes_it_later(root: Path) -> None:
    closed = drop(root, FAULTY, "ปิด.docx")
    path = root / "inbox" / "ปิด.docx"
    path.chmod(0)

    def run() -> None:
        stop, told = threading.Event(), []

        def trouble(words: str) -> None:
            told.append(words)
            path.chmod(0o644)

        with open_workbench(root) as bench:
            threading.Timer(20, stop.set).start()
            watch.watch(bench, stop, told=lambda _: stop.set(), trouble=trouble)
        assert len(told) == 1, told
        assert "ปิด.docx" in told[0]
        os._exit(0)

    as_anybody(run)
    check(root, {closed})


def test_a_read_only_inbox_is_answered_and_said(root: Path) -> None:
    dropped = {drop(root, FORM), drop(root, FAULTY)}
    inbox = root / "inbox"

    def run() -> None:
        inbox.chmod(0o555)
        held: list[str] = []
        for _ in range(2):
            with open_workbench(root) as bench:
                sweep_now(bench, blocked=lambda arrival, why: held.append(why))
                assert len(bench.register.submissions()) == 2
        assert len(held) == 4
        inbox.chmod(0o755)

    as_anybody(run)
    with open_workbench(root) as bench:
        sweep_now(bench)
        assert len(bench.register.submissions()) == 2
    check(root, dropped)


def test_an_unreadable_subfolder_holds_up_nobody(root: Path) -> None:
    hidden, good = drop(root, FAULTY, "ปิด/แบบ.docx"), drop(root, FORM)
    (root / "inbox" / "ปิด").chmod(0)

    def run() -> None:
        with open_workbench(root) as bench:
            assert [item.submission.sha256 for item in sweep_now(bench)] == [good]

    as_anybody(run)
    (root / "inbox" / "ปิด").chmod(0o755)
    with open_workbench(root) as bench:
        sweep_now(bench)
    check(root, {hidden, good})


def test_an_archive_on_another_disk_gets_a_copy(root: Path) -> None:
    dropped = {drop(root, FORM), drop(root, FAULTY)}

    def run() -> None:
        copied_across_disks()
        with open_workbench(root) as bench:
            sweep_now(bench)

    assert in_child(run) == 0
    assert sha(FORM) in dropped
    check(root, dropped)
