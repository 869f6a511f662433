"""SIGKILL at every step and at random moments: nothing lost, nothing twice, everything answered."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from faults.harness import (
    FAULTY,
    FORM,
    check,
    die,
    drop,
    fork,
    in_child,
    inject,
    listed_once,
    nothing_lost,
    sha,
    sweep,
    zipped,
)

from automation.office import saving
from automation.office.worker import Worker
from automation.pipeline import filing, watch
from automation.pipeline import intake as road
from automation.register import archive, store
from automation.register.register import Register
from tests_place import SAMPLES

KILLS: dict[str, Callable[[], None]] = {
    "K1 after list": lambda: inject(watch, "arrivals", die, before=False),
    "K2 after readiness": lambda: inject(watch, "intake", die, before=True),
    "K3 mid copy": lambda: inject(
        filing, "_copied", lambda: inject(Path, "open", die, before=False), before=True
    ),
    "K4 after copy": lambda: inject(filing, "_copied", die, before=False, call=2),
    "K5 after hash": lambda: inject(road, "take", die, before=False, call=3),
    "K6 child parsing": lambda: inject(Worker, "read", die, before=True, call=2),
    "K7 child done": lambda: inject(Worker, "read", die, before=False, call=2),
    "K7 checked": lambda: inject(road, "check_reading", die, before=False),
    "K8 archive: linked, folder not synced": lambda: inject(archive, "_sync_folder", die, before=True),
    "K8 archived, not stored": lambda: inject(Register, "archive", die, before=False, call=2),
    "K8 inside the transaction": lambda: inject(store, "note", die, before=False),
    "K8 record written, findings not": lambda: inject(store, "_insert_record", die, before=False),
    "K9 after commit": lambda: inject(Register, "store", die, before=False),
    "K9 after a duplicate was noted": lambda: inject(Register, "again", die, before=False),
    "K12 before receipt": lambda: inject(road, "write_receipt", die, before=True, call=2),
    "K13 mid receipt": lambda: inject(saving.os, "fsync", die, before=True, call=3),
    "K13 receipt not noted": lambda: inject(Register, "set_receipt", die, before=True),
    "K13 receipt noted": lambda: inject(Register, "set_receipt", die, before=False, call=2),
    "K11 before original is renamed": lambda: inject(filing, "_set_aside", die, before=True),
    "K11 renamed, not compared": lambda: inject(filing, "being_written", die, before=True, call=5),
    "K11 compared, not removed": lambda: inject(filing, "being_written", die, before=False, call=5),
    "K11 set aside": lambda: inject(filing, "_set_aside", die, before=False),
    "K11 not noted as filed": lambda: inject(Register, "set_filed", die, before=True, call=3),
    "K11 filed": lambda: inject(Register, "set_filed", die, before=False),
    "K5 zip taken apart": lambda: inject(road, "unpack", die, before=False),
    "K9 in the middle of a zip": lambda: inject(road, "take_member", die, before=False, call=2),
}


def mixed(root: Path, tmp_path: Path) -> tuple[set[str], list[str]]:
    """A form, the same again, a faulty one, a zip of two forms: every content that must be kept, every name
    that must be listed."""
    inside = sorted((SAMPLES / "project").glob("0[13]*.docx"))
    bundle = zipped(tmp_path / "รวม.zip", {f"ส่ง/{path.name}": path.read_bytes() for path in inside})
    names = ["1.docx", "2 สำเนา.docx", "3/แบบ.docx", "4.zip", *(f"4.zip/ส่ง/{path.name}" for path in inside)]
    kept = {drop(root, FORM, "1.docx"), drop(root, FORM, "2 สำเนา.docx"), drop(root, FAULTY, "3/แบบ.docx")}
    return kept | {drop(root, bundle, "4.zip")}, names


@pytest.mark.parametrize("point", KILLS)
def test_killed_at_a_step(root: Path, tmp_path: Path, point: str) -> None:
    dropped, names = mixed(root, tmp_path)

    def run() -> None:
        KILLS[point]()
        sweep(root)

    assert in_child(run) == -signal.SIGKILL, "the step was not reached"
    nothing_lost(root, dropped)
    sweep(root)
    with zipfile.ZipFile(tmp_path / "รวม.zip") as bundle:
        members = {hashlib.sha256(bundle.read(name)).hexdigest() for name in bundle.namelist()}
    check(root, dropped | members)
    listed_once(root, names)


@pytest.mark.parametrize("how", ["deleted", "renamed", "replaced"])
@pytest.mark.parametrize("point", ["K9 after commit", "K12 before receipt", "K9 after a duplicate was noted"])
def test_what_goes_from_the_inbox_after_a_stop_is_answered_all_the_same(
    root: Path, tmp_path: Path, point: str, how: str
) -> None:
    """The original may be gone when the program comes back: what was stored still gets its receipt."""
    dropped, _ = mixed(root, tmp_path)

    def run() -> None:
        KILLS[point]()
        sweep(root)

    assert in_child(run) == -signal.SIGKILL
    for path in [path for path in (root / "inbox").rglob("*.docx") if not path.name.startswith(".")]:
        if how == "renamed":
            path.rename(path.with_stem("ชื่อใหม่"))
        elif how == "deleted":
            dropped -= {sha(path)} - archived(root)
            path.unlink()
        else:
            dropped -= {sha(path)} - archived(root)
            path.write_text(f"another {path}")
            dropped.add(sha(path))
    sweep(root)
    check(root, dropped)


def archived(root: Path) -> set[str]:
    return {path.stem for path in (root / "register" / "archive").glob("*/??/*") if path.name[0] != "."}


def test_killed_at_random_moments(root: Path, tmp_path: Path) -> None:
    """Some times here; AUTOMATION_KILLS=200 for the long run."""
    kills = int(os.environ.get("AUTOMATION_KILLS", "6"))
    chance = random.Random(kills)
    forms = sorted((SAMPLES / "year2570").rglob("*.docx"))
    dropped, names = mixed(root, tmp_path)
    killed = 0
    for number in range(kills):
        for form in chance.sample(forms, 4):
            dropped.add(drop(root, form, f"{number}/{form.name}"))
            names.append(f"{number}/{form.name}")
        child = fork(lambda: sweep(root))
        time.sleep(chance.uniform(0.05, 0.7))
        os.kill(child, signal.SIGKILL)
        killed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        nothing_lost(root, dropped)
    assert killed > kills / 3
    sweep(root)
    check(root, dropped)
    listed_once(root, names)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV])
def test_the_reader_dies(root: Path, number: int) -> None:
    """K14: the child that reads dies under our hands; the file and its neighbours are answered."""
    dropped = {drop(root, FORM), drop(root, FAULTY)}

    def run() -> None:
        real, seen = Worker._start, []

        def start(self: Worker) -> object:
            child = real(self)
            if not seen:
                seen.append(child)
                child.send_signal(number)
            return child

        Worker._start = start  # type: ignore[method-assign, assignment]
        sweep(root)

    assert in_child(run) == 0
    assert sha(FORM) in dropped
    check(root, dropped)
