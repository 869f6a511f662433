"""What the books cost: seconds on the clock and memory of `automation make`, at 24, 300 and 1,000 projects.

    python benchmarks/books.py [--counts 24 300 1000] [--books project-book plan-book] [--pdf] [--keep DIR]

The sample year is taken in as an office would; its records with their places are then stored again under new
codes until the year is large enough. Each book is made by the real command in a process of its own, with its
audit workbook: without LibreOffice, so that the contents wait for their page numbers, and with `--pdf` with
contents and PDF. CPU seconds and memory are those of the program without LibreOffice.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from itertools import count, cycle
from pathlib import Path
from typing import Any

from automation.model.reading import Reading
from automation.pipeline.demo import drops
from automation.pipeline.intake import intake
from automation.pipeline.sweep import arrivals
from automation.pipeline.workbench import Workbench, open_workbench
from automation.pipeline.workspace import make_workspace
from automation.register.records import Outcome

WHEN = datetime(2026, 11, 2, 9, 0)
YEAR = 2570
_LONG = 30
"""Letters of a text that is told apart from the same of other projects."""
_NAMES = frozenset({"bureau", "alignment", "responsible", "approvals", "unit"})
"""What many projects share."""
_CHILD = """
import json, resource, sys
from automation.cli import main
try:
    main()
finally:
    own = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"own": own.ru_maxrss, "cpu": own.ru_utime + own.ru_stime}), file=sys.stderr)
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the years and the books, and print a line for each."""
    parser = argparse.ArgumentParser(description="seconds and memory of the books")
    parser.add_argument("--counts", type=int, nargs="+", default=[24, 300, 1000])
    parser.add_argument("--books", nargs="+", default=["project-book", "plan-book"])
    parser.add_argument("--pdf", action="store_true", help="also with contents pages and PDF")
    parser.add_argument("--keep", type=Path, help="a folder that keeps the workspaces and books")
    options = parser.parse_args(arguments)
    print(f"load {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores")
    print(f"{'book':16} {'projects':>8} {'':9} {'seconds':>8} {'CPU':>7} {'MB':>5}")
    with tempfile.TemporaryDirectory() as folder:
        for number in options.counts:
            root = (options.keep or Path(folder)) / f"งานแผน-{number}"
            if not root.exists():
                make_year(root, number)
            for book in options.books:
                for pdf in (False, True) if options.pdf else (False,):
                    print(line(book, number, measured(root, book, pdf=pdf), pdf=pdf), flush=True)


def line(book: str, number: int, found: Mapping[str, float], *, pdf: bool) -> str:
    """One line of the table."""
    way = "with PDF" if pdf else "Word only"
    taken = f"{found['seconds']:8.2f} {found['cpu']:7.2f} {found['own'] / 1024:5.0f}"
    return f"{book:16} {number:8,} {way:9} {taken}"


def make_year(root: Path, number: int) -> None:
    """A workspace whose year holds that many projects, with plan, allocation and reports of the sample."""
    with open_workbench(make_workspace(root), lambda: WHEN) as bench:
        for _, files in drops():
            for file in files:
                (bench.config.inbox / file.name).write_bytes(file.read_bytes())
            intake(bench, arrivals(bench.config.inbox))
        _enlarge(bench, number)
        found = bench.register.year(YEAR)
        assert len(found.projects) == number, len(found.projects)


def _enlarge(bench: Workbench, number: int) -> None:
    known = bench.register.year(YEAR).projects
    for place, item in zip(count(1), cycle(known), strict=False):
        if len(known) + place > number:
            return
        if item.source.submission is not None:
            code = f"70-{place // 900 + 10}-{place % 900 + 100:03d}"
            record = replace(_told_apart(item.project, place), code=code)
            reading = Reading(
                file=item.source.file,
                sha256=f"{place:064x}",
                form="project",
                record=record,
                evidence=bench.register.evidence(item.source.submission),
            )
            bench.register.store(
                reading,
                archived=None,
                received=WHEN,
                outcome=Outcome.ACCEPTED,
                size=0,
                file_name=f"{code}.docx",
            )


def _told_apart(record: Any, place: int) -> Any:
    """The record with a number in its longer texts, so that no two projects say the same."""
    if isinstance(record, str):
        return f"{record} ระยะที่ {place}" if len(record) > _LONG else record
    if isinstance(record, tuple):
        return tuple(_told_apart(item, place) for item in record)
    if is_dataclass(record) and not isinstance(record, type):
        changed = {
            field.name: _told_apart(getattr(record, field.name), place)
            for field in fields(record)
            if field.init and field.name not in _NAMES
        }
        return replace(record, **changed)
    return record


def measured(root: Path, book: str, *, pdf: bool) -> dict[str, float]:
    """Seconds on the clock, CPU seconds and kilobytes of memory of one command."""
    command = [
        sys.executable,
        "-c",
        _CHILD,
        "make",
        book,
        "--workspace",
        str(root),
        *(["--pdf"] if pdf else []),
    ]
    environment = dict(os.environ) if pdf else os.environ | {"PATH": ""}
    with tempfile.TemporaryDirectory() as out:
        began = time.perf_counter()
        done = subprocess.run([*command, "--out", out], env=environment, capture_output=True, check=True)
        seconds = time.perf_counter() - began
    found: dict[str, float] = json.loads(done.stderr.decode().strip().splitlines()[-1])
    return found | {"seconds": seconds}


if __name__ == "__main__":
    main()
