"""The sample year from inbox to books: what a new user sees first."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from automation.model.meeting import Meeting
from automation.pipeline.intake import Answered, intake
from automation.pipeline.produce import Made, Order, produce
from automation.pipeline.sweep import arrivals
from automation.pipeline.workbench import Workbench, open_workbench
from automation.pipeline.workspace import DEMO_MARK, make_workspace, shipped

SAMPLE_YEAR = "samples/year2570"
YEAR = 2570
FACTS = {
    "signatory": "นางสาวตัวอย่าง แผนงานดี",
    "phone": "๐ ๒๐๐๐ ๐๙๐๐",
}
"""Invented, like everything of the sample year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What the demonstration did: answers, documents, seconds of each part."""

    root: Path
    answered: tuple[Answered, ...]
    made: tuple[Made, ...]
    intake_seconds: float
    make_seconds: float
    pdf_seconds: float


def drops() -> Iterator[tuple[str, tuple[Path, ...]]]:
    """The sample year in the order in which an office receives it, each drop with its Thai name."""
    year = shipped(SAMPLE_YEAR)
    yield "แผนยุทธศาสตร์", (year / "strategy.xlsx",)
    yield "แบบเสนอโครงการ", tuple(sorted((year / "forms").glob("*.docx")))
    yield "แบบแจ้งการประชุม", (year / "meeting.docx",)
    yield "บัญชีจัดสรรงบประมาณ", (year / "allocation-2570.xlsx",)
    for quarter in range(1, 5):
        yield f"รายงานไตรมาสที่ {quarter}", tuple(sorted((year / "progress").glob(f"*-q{quarter}.xlsx")))


def run_demo(folder: Path, told: Callable[[str], None], *, pdf: bool, clock: Callable[[], datetime]) -> Demo:
    """Make a workspace in `folder`, take the sample year in, make every kind of document; `told` hears the
    steps in Thai."""
    root = make_workspace(folder)
    (root / DEMO_MARK).touch()
    told(f"สร้างพื้นที่ทำงานที่ {root}")
    with open_workbench(root, clock) as bench:
        started = time.monotonic()
        answered: list[Answered] = []
        for name, files in drops():
            for file in files:
                shutil.copy(file, bench.config.inbox / file.name)
            answered += intake(bench, arrivals(bench.config.inbox))
            told(f"รับ{name} {len(files)} ไฟล์")
        taken = time.monotonic()
        made: list[Made] = []
        for order in orders(bench):
            made += produce(bench, order)
        written = time.monotonic()
        told(f"จัดทำเอกสาร {len(made)} ฉบับ")
        if pdf:
            from automation.pipeline.produce import make_pdfs

            made = list(make_pdfs(made))
            told(f"แปลงเป็น PDF {len(made)} ฉบับ")
        ended = time.monotonic()
    return Demo(
        root=root,
        answered=tuple(answered),
        made=tuple(made),
        intake_seconds=taken - started,
        make_seconds=written - taken,
        pdf_seconds=ended - written,
    )


def orders(bench: Workbench) -> tuple[Order, ...]:
    """The documents of the demonstration: a memo for each project, the invitation, the two books."""
    year = bench.register.year(YEAR)
    memos = (
        Order(kind="memo-approve-project", year=YEAR, project=item.project.code or "", facts=FACTS)
        for item in year.projects
    )
    meetings: tuple[Meeting, ...] = tuple(item.meeting for item in year.meetings)
    invitations = (
        Order(kind="invitation", year=YEAR, meeting=meeting.number or "", facts=FACTS) for meeting in meetings
    )
    books = (Order(kind=kind, year=YEAR, facts=FACTS) for kind in ("plan-book", "year-end-report"))
    return (*memos, *invitations, *books)
