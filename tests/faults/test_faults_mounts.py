"""Real disks: full to the last block or name, another one for the archive, shares that go and come back."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from faults.harness import (
    FAULTY,
    FORM,
    check,
    drop,
    marked,
    mount,
    nothing_lost,
    sha,
    sweep,
    unmount,
    until,
    with_own_mounts,
)

from automation.pipeline import watch
from automation.pipeline.sweep import arrivals
from automation.pipeline.workbench import open_workbench
from automation.register import archive

pytestmark = pytest.mark.mounts


@contextmanager
def watched(root: Path) -> Iterator[list[str]]:
    """A watcher in a thread; what it says."""
    stop, said = threading.Event(), list[str]()
    thread = threading.Thread(target=lambda: watch.watch_workspace(root, stop, trouble=said.append))
    thread.start()
    try:
        yield said
    finally:
        stop.set()
        thread.join()


def fill_blocks(disk: Path, left: int) -> None:
    """Take all room but so many blocks."""
    filler = disk / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
    except OSError:
        with filler.open("r+b") as file:
            file.truncate(max(0, filler.stat().st_size - left * 4096))


def fill_names(disk: Path, left: int) -> None:
    """Take all places for files but so many."""
    folder = disk / "filler"
    folder.mkdir()
    number = 0
    try:
        while True:
            (folder / str(number)).touch()
            number += 1
    except OSError:
        for taken in range(min(left, number)):
            (folder / str(taken)).unlink()


def empty(disk: Path) -> None:
    filler = disk / "filler"
    shutil.rmtree(filler) if filler.is_dir() else filler.unlink()


@pytest.mark.parametrize(
    ("fill", "options", "steps"),
    [
        (fill_blocks, "size=24m", (0, 3, 14, 30, 61)),
        (fill_names, "nr_inodes=600", (0, 1, 2, 5, 8)),
    ],
)
def test_a_full_disk_at_every_write(
    root: Path, tmp_path: Path, fill: object, options: str, steps: tuple[int, ...]
) -> None:
    """Each time a little more fits, so that the want strikes at another write."""

    def run() -> None:
        disk = tmp_path / "disk"
        mount(disk, options=options)
        here = Path(shutil.copytree(root, disk / "งาน"))
        sweep(here)
        dropped, troubles = set(), 0
        for left in steps:
            source = (FORM, FAULTY)[left % 2]
            dropped.add(marked(source, here / "inbox" / f"แบบ {left}.docx", f"{left}"))
            fill(disk, left)  # type: ignore[operator]
            with watched(here) as said:
                until(lambda said=said: said or not arrivals(here / "inbox"))
                troubles += bool(said)
                assert all("เนื้อที่" in words for words in said), said
                nothing_lost(here, dropped)
                empty(disk)
                until(lambda: not arrivals(here / "inbox"))
                until(lambda said=said: not said or said[-1] == "")
            assert len([words for words in said if words]) <= 1, said
        assert troubles > len(steps) / 2
        check(here, dropped)

    assert with_own_mounts(run) == 0


def test_an_archive_on_another_disk(root: Path) -> None:
    """D6: no second name is possible there, and nothing half copied ever bears a name of the archive."""

    def run() -> None:
        folder = root / "register" / "archive"
        mount(folder, options="size=1m")
        assert not archive._linked(Path(__file__), folder / "x")
        dropped = {drop(root, FORM)}
        sweep(root)
        check(root, dropped)
        fill_blocks(folder, 4)
        dropped.add(drop(root, FAULTY))
        with watched(root) as said:
            until(lambda: said)
            nothing_lost(root, dropped)
            empty(folder)
            until(lambda: not arrivals(root / "inbox"))
        assert "เนื้อที่" in said[0]
        check(root, dropped)

    assert with_own_mounts(run) == 0


@pytest.mark.parametrize("name", ["inbox", "outbox", "register/archive"])
def test_a_share_that_is_lost_and_comes_back(root: Path, tmp_path: Path, name: str) -> None:
    """N2: what lies under the lost share is a folder of this computer: nothing is taken or put there."""

    def run() -> None:
        share, place = tmp_path / "share", root / name
        place.mkdir(exist_ok=True)
        mount(share)
        shutil.copytree(place, share, dirs_exist_ok=True)
        mount(place, share=share)
        dropped = {drop(root, FORM, "1.docx")}
        with watched(root) as said:
            until(lambda: not arrivals(root / "inbox"))
            unmount(place)
            until(lambda: said)
            assert said == [said[0]]
            assert "ไดรฟ์ร่วมหลุด" in said[0]
            assert str(place) in said[0]
            second = (share if name == "inbox" else root / "inbox") / "2.docx"
            dropped.add(marked(FAULTY, second, "2"))
            time.sleep(0.6)
            assert second.exists()
            assert list(place.iterdir()) == []
            mount(place, share=share)
            until(lambda: not second.exists())
            until(lambda: said[-1] == "")
        assert len(said) == 2
        check(root, dropped)

    assert with_own_mounts(run) == 0


def test_a_workspace_whose_outbox_is_gone_makes_none(root: Path) -> None:
    """A share that is mounted above leaves no folder behind: one of our making would hide the loss."""
    dropped = {drop(root, FORM)}
    away = (root / "outbox").rename(root / "away")
    with watched(root) as said:
        until(lambda: said)
        assert not (root / "outbox").exists()
        away.rename(root / "outbox")
        until(lambda: not arrivals(root / "inbox"))
    with open_workbench(root) as bench:
        assert len(bench.register.submissions()) == 1
    assert sha(FORM) in dropped
    check(root, dropped)
