"""The audit workbook beside a book: every figure that it prints, with the files and hands it came from."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from sys import intern

from automation.documents.audit import audit_context, printed_amounts, trace
from automation.documents.ledger import Part, Sum
from automation.documents.make import settle
from automation.documents.sums import each_sum
from automation.model.year import YearData
from automation.office.blocks import Block
from automation.office.fill_workbook import fill_workbook
from automation.office.stream_workbook import stream_workbook
from automation.pipeline.workbench import Workbench
from automation.pipeline.workspace import shipped

TEMPLATE = "xlsx/audit.xlsx"
BESIDE = "(ที่มาของตัวเลข)"
NAMES = ("title", "year", "figures", "parts", "untraced")
"""What the template may name behind `audit`."""


def write_audit(
    bench: Workbench, book: Path, blocks: Iterable[Block], title: str, years: Sequence[YearData]
) -> tuple[Path, int] | None:
    """Write the audit workbook of a finished book beside it; its path, and how many figures lack a source.

    `blocks` are those of the book, `years` those whose figures it may print, its own first. A workbook of
    the same name with another content stays, for staff may have written in it. None, and no workbook, for a
    book without any figure.
    """
    traced = tuple(trace(printed_amounts(blocks), all_sums(years)))
    if not traced:
        return None
    context = audit_context(title, traced, places(bench), years[0].fiscal_year)
    with tempfile.TemporaryDirectory(dir=book.parent, prefix=".") as work:
        made = Path(work) / "audit.xlsx"
        own = bench.config.templates / TEMPLATE
        template = own if own.exists() else shipped(f"templates/{TEMPLATE}")
        if not stream_workbook(template, {"audit": context}, made):
            fill_workbook(template, {"audit": context}, made)
        return settle(made, book.parent, f"{book.stem} {BESIDE}"), context["untraced"]


def all_sums(years: Sequence[YearData]) -> Iterator[Sum]:
    """The sums of several years, in their order."""
    return (item for year in years for item in each_sum(year))


def places(bench: Workbench) -> Callable[[Part], str]:
    """Tells the Thai place of a part in its file: of the field itself, else of what holds it."""
    known: dict[int, Mapping[str, str]] = {}

    def place(part: Part) -> str:
        number = part.source.submission if part.source else None
        if number is None:
            return "-"
        if number not in known:
            # many forms have the same layout: equal words are kept once
            evidence = bench.register.evidence(number)
            known[number] = {intern(path): intern(found.where) for path, found in evidence.items()}
        steps = part.field.split(".")
        for end in range(len(steps), 0, -1):
            found = known[number].get(".".join(steps[:end]))
            if found is not None:
                return found
        return "-"

    return place
