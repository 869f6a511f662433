"""How fast the program is, as ratios against the libraries that one would otherwise use, in one run.

    python benchmarks/run.py [--quick]

Both sides of a row do their work by turns in this process, on the same files, and the best round of each
counts: CPU seconds, which other work on the machine hardly moves; for starting a program the time on the
clock. The thousand readings are done in one round. There is no pass or fail.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from automation.config import load_config
from automation.documents.catalogue import DocumentCatalogue
from automation.documents.context import build
from automation.forms import read
from automation.forms.catalogue import FormCatalogue
from automation.forms.knowledge import Bureau, Known
from automation.model import Project, StrategicPlan, from_json
from automation.model.year import ProjectVersion, Source, YearData
from automation.office.fill import fill_document
from automation.office.filters import FILTERS
from automation.office.opening import open_file

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
SAMPLES = ROOT / "samples"
Work = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task done by the program and by its peer: best seconds of each for `count` items."""

    task: str
    peer: str
    count: int
    ours: float
    theirs: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Run every benchmark and print the table."""
    parser = argparse.ArgumentParser(description="speed as ratios against the named peers")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, one round")
    quick = parser.parse_args(arguments).quick
    scale, rounds = (10, 1) if quick else (1, 3)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        rows = [
            memos(200 // scale, rounds, target),
            book(1000 // scale, rounds, target),
            forms(1000 // scale),
            workbooks(1000 // scale),
            start_up(20 // scale + 1),
        ]
    print(table(rows))


def memos(count: int, rounds: int, target: Path) -> Row:
    """Small letters from one template, one file each."""
    kind = DocumentCatalogue.load(TEMPLATES).get("memo-approve-project")
    year, facts = sample_year(count), load_config(ROOT).office
    contexts = [build(kind, year, facts, project=item.project) for item in year.projects]

    def ours() -> None:
        for number, context in enumerate(contexts):
            fill_document(kind.template, context, target / f"{number}.docx")

    def theirs() -> None:
        for number, context in enumerate(contexts):
            plain_docxtpl(kind.template, context, target / f"{number}-peer.docx")

    row = by_turns("fill a memo", "docxtpl", count, rounds, ours, theirs)
    same_text(target / "0.docx", target / "0-peer.docx")
    return row


def book(count: int, rounds: int, target: Path) -> Row:
    """One long document: the year's plan with a section for each project."""
    kind = DocumentCatalogue.load(TEMPLATES).get("plan-book")
    context = build(kind, sample_year(count), load_config(ROOT).office)
    mine, other = target / "book.docx", target / "book-peer.docx"
    row = by_turns(
        f"fill a book of {count:,} projects",
        "docxtpl",
        1,
        rounds,
        lambda: fill_document(kind.template, context, mine),
        lambda: plain_docxtpl(kind.template, context, other),
    )
    same_text(mine, other)
    return row


def forms(count: int) -> Row:
    """Word forms: opened safely and read to records, against only being opened."""
    files = repeated(
        [*(SAMPLES / "year2570/forms").glob("*.docx"), *(SAMPLES / "project").glob("*.docx")], count
    )
    return by_turns(
        "read a Word form",
        "python-docx (opens only)",
        count,
        1,
        reader(files),
        each(docx.Document, files),
    )


def workbooks(count: int) -> Row:
    """Excel reports: opened safely and read to records, against only getting at the cells' values."""
    files = repeated((SAMPLES / "year2570/progress").glob("*.xlsx"), count)
    return by_turns(
        "read an Excel report", "openpyxl (cells only)", count, 1, reader(files), each(cells, files)
    )


def start_up(rounds: int) -> Row:
    """Starting the program, against starting Python with the library of its command line."""
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(clock(lambda: run("-m", "automation", "--help")))
        theirs.append(clock(lambda: run("-c", "import click")))
    return Row(
        task="automation --help", peer='python -c "import click"', count=1, ours=min(ours), theirs=min(theirs)
    )


def by_turns(task: str, peer: str, count: int, rounds: int, ours: Work, theirs: Work) -> Row:
    """Best CPU seconds of each side; neither always comes first."""
    taken: dict[Work, list[float]] = {ours: [], theirs: []}
    for number in range(rounds):
        for work in (ours, theirs) if number % 2 == 0 else (theirs, ours):
            taken[work].append(clock(work, time.process_time))
    return Row(task=task, peer=peer, count=count, ours=min(taken[ours]), theirs=min(taken[theirs]))


def clock(work: Work, now: Callable[[], float] = time.perf_counter) -> float:
    """Seconds that the work takes."""
    before = now()
    work()
    return now() - before


def reader(files: Sequence[Path]) -> Work:
    """Read every file as `automation read` does."""
    catalogue = FormCatalogue.load(TEMPLATES)
    known = Known(tuple(Bureau(name=item.name, short=item.short) for item in load_config(ROOT).bureaus))
    return each(lambda path: read(open_file(path), catalogue, known, file=path.name, sha256=""), files)


def each(work: Callable[[Any], object], files: Sequence[Path]) -> Work:
    """Do this with every file, one after another."""

    def all_of_them() -> None:
        for path in files:
            work(path)

    return all_of_them


def cells(path: Path) -> list[tuple[Any, ...]]:
    """Every value of a workbook by openpyxl."""
    book = openpyxl.load_workbook(path, data_only=True)
    values = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    book.close()
    return values


def plain_docxtpl(template: Path, context: dict[str, Any], target: Path) -> None:
    """Fill the same template with the library alone, with the same filters and the same strictness."""
    environment = Environment(
        undefined=StrictUndefined, finalize=lambda value: "" if value is None else value
    )
    environment.filters.update(FILTERS)
    document = DocxTemplate(template)
    document.render(context, environment, autoescape=True)
    document.save(target)


def same_text(one: Path, other: Path) -> None:
    """Stop when the two sides did not write the same."""
    if texts(one) != texts(other):
        raise SystemExit(f"{one.name} and {other.name} differ, their speed cannot be compared")


def texts(path: Path) -> list[str]:
    """The text of a document, paragraph by paragraph, tables included."""
    mark = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    body = docx.Document(str(path)).element.body
    return ["".join(run.text or "" for run in line.iter(f"{mark}t")) for line in body.iter(f"{mark}p")]


def sample_year(count: int) -> YearData:
    """The sample year's projects repeated up to `count`, each with a code of its own."""
    expected = sorted((SAMPLES / "year2570/forms").glob("*.expected.json"))
    records = [from_json(Project, record(path)) for path in expected]
    return YearData(
        fiscal_year=2570,
        plan=from_json(StrategicPlan, record(SAMPLES / "other/strategy-sample-plan.expected.json")),
        projects=tuple(
            ProjectVersion(
                project=replace(item, code=f"2570-ทด-{number:04d}"), source=Source(file="", sha256="")
            )
            for number, item in enumerate(islice(cycle(records), count), 1)
        ),
    )


def record(path: Path) -> dict[str, Any]:
    """The record of a sample's NAME.expected.json."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["record"]
    return found


def repeated(files: Iterable[Path], count: int) -> list[Path]:
    """These files over and over until there are `count`."""
    return list(islice(cycle(sorted(files)), count))


def run(*arguments: str) -> None:
    """Start this Python with these arguments and wait for its end."""
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


def table(rows: Sequence[Row]) -> str:
    """One line a task: milliseconds an item on both sides, and how many times faster the program is."""
    lines = [f"{'task':30} {'items':>6} {'ours ms':>9} {'peer ms':>9} {'ratio':>7}   peer"]
    for row in rows:
        ours, theirs = row.ours / row.count * 1000, row.theirs / row.count * 1000
        lines.append(
            f"{row.task:30} {row.count:6,} {ours:9.2f} {theirs:9.2f} {theirs / ours:6.1f}x   {row.peer}"
        )
    lines.append(
        "milliseconds an item, best round; a ratio above 1 means that the program is faster than the peer"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
