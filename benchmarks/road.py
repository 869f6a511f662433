"""What it costs to take files in for good, as a ratio to reading them and keeping one synced copy of each.

    python benchmarks/road.py [--count 1000]

Workbooks of sixty rows are archived, committed, answered and filed away by the road; the peer opens the same
files in a warm reading child and writes one synced copy of each. Both on the clock, in one run, on one disk.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import os
import pstats
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from automation.forms import read
from automation.forms.issue import issue_form
from automation.model import Progress, Round, RoundKind
from automation.office.worker import Worker
from automation.pipeline.sweep import arrivals
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import Workbench, open_workbench, reader
from automation.pipeline.workspace import make_workspace

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
ROWS = 60


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure both sides and print the table."""
    parser = argparse.ArgumentParser(description="the road of a file against reading it and keeping a copy")
    parser.add_argument("--count", type=int, default=1000, help="workbooks to take in")
    parser.add_argument("--profile", action="store_true", help="where the road spends its time")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        root = make_workspace(Path(folder) / "งานแผน")
        with open_workbench(root) as bench:
            for source in ("allocation-2570.xlsx", "strategy.xlsx"):
                (bench.config.inbox / source).write_bytes((SAMPLES / "year2570" / source).read_bytes())
            files = workbooks(bench, options.count, Path(folder) / "reports")
            sweep_now(bench)
            theirs = peer(bench, files, Path(folder) / "copies", to_record=True)
            least = peer(bench, files, Path(folder) / "more copies", to_record=False)
            for file in files:
                os.utime(file, (1, 1))
                file.rename(bench.config.inbox / file.name)
            profile = cProfile.Profile()
            if options.profile:
                profile.enable()
            began = time.perf_counter()
            answered = sweep_now(bench)
            ours = time.perf_counter() - began
            profile.disable()
        assert len(answered) == options.count, len(answered)
        assert not arrivals(root / "inbox")
    if options.profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    count = options.count
    print(f"{count} workbooks of {ROWS} rows")
    print(f"road: {ours:7.2f} s  {ours / count * 1000:6.1f} ms a file  {count / ours:5.0f} files/s")
    print(f"read to the record and copied: {theirs / count * 1000:6.1f} ms a file, ratio {ours / theirs:.2f}")
    print(f"opened in the child and copied: {least / count * 1000:6.1f} ms a file, ratio {ours / least:.2f}")


def workbooks(bench: Workbench, count: int, folder: Path) -> list[Path]:
    """Filled report forms of all bureaus and rounds, no two alike."""
    folder.mkdir()
    records = cycle(reports(bench))
    files = []
    for number in range(count):
        report = next(records)
        rows = tuple(
            replace(row, code=f"70-{number % 97:02d}-{line:02d}", name=f"{row.name} {line} ({number})")
            for line, row in zip(range(1, ROWS + 1), cycle(report.rows), strict=False)
        )
        path = folder / f"รายงาน-{number:05d}.xlsx"
        issue_form(bench.forms.get("progress"), replace(report, rows=rows), path)
        files.append(path)
    return files


def reports(bench: Workbench) -> Iterator[Progress]:
    """One report for each bureau and month, out of the sample year's."""
    for source in sorted((SAMPLES / "year2570" / "progress").glob("*.xlsx"))[:1]:
        record = read(bench.worker.open(source), bench.forms, bench.known, file="", sha256="").record
        assert isinstance(record, Progress)
        for bureau in bench.config.bureaus:
            for month in range(1, 13):
                yield replace(record, bureau=bureau.name, round=Round(kind=RoundKind.MONTH, number=month))


def peer(bench: Workbench, files: Sequence[Path], folder: Path, *, to_record: bool) -> float:
    """Seconds for reading every file in a warm child, to its record or not, and a synced copy of each."""
    folder.mkdir()
    with Worker(reader=reader(bench.forms, bench.config)) as worker:
        worker.open(files[0])
        began = time.perf_counter()
        for file in files:
            data = file.read_bytes()
            sha256 = hashlib.sha256(data).hexdigest()
            if to_record:
                worker.read(file, file=file.name, sha256=sha256)
            else:
                worker.open(file)
            with (folder / file.name).open("wb") as copy:
                copy.write(data)
                copy.flush()
                os.fsync(copy.fileno())
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
