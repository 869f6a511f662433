"""The sample year for the tests of the books, taken straight from the sample files, without our readers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document
from docx.table import Table

from automation.documents.books import build_book, finish
from automation.model import (
    Allocation,
    AllocationRow,
    IndicatorResult,
    Progress,
    ProgressRow,
    Project,
    Round,
    RoundKind,
    Stage,
    StrategicPlan,
    from_json,
)
from automation.model.year import ProjectVersion, ReportVersion, Source, YearData
from automation.office.fill import fill_document
from automation.thai.digits import to_arabic

SAMPLES = Path(__file__).parents[2] / "samples"
YEAR = SAMPLES / "year2570"
TEMPLATES = SAMPLES.parent / "templates" / "docx"
MONEY = {"total", "amount", "requested", "allocated", "spent", "spent_round", "remaining", "committed"}
STAGES = {
    "กำลังดำเนินการ": Stage.ONGOING,
    "อยู่ระหว่างดำเนินการ": Stage.ONGOING,
    "แล้วเสร็จ": Stage.DONE,
    "เสร็จสิ้น": Stage.DONE,
    "ดำเนินการแล้วเสร็จ": Stage.DONE,
    "ยังไม่เริ่มดำเนินการ": Stage.NOT_STARTED,
    "ยังไม่ดำเนินการ": Stage.NOT_STARTED,
    "ยกเลิก": Stage.CANCELLED,
    "ชะลอโครงการ": Stage.POSTPONED,
}


def totals() -> dict[str, Any]:
    """The figures that the sample files were written from."""
    found: dict[str, Any] = json.loads((YEAR / "totals.json").read_text(encoding="utf-8"))
    return found


@cache
def sample_year() -> YearData:
    """Fiscal year 2570 with plan, projects, allocation and the reports of four quarters."""
    return YearData(
        fiscal_year=2570,
        plan=from_json(StrategicPlan, _record(SAMPLES / "other" / "strategy-sample-plan.expected.json")),
        projects=tuple(
            ProjectVersion(project=from_json(Project, _record(path)), source=_source(path))
            for path in sorted(YEAR.glob("forms/*.expected.json"))
        ),
        allocation=Allocation(fiscal_year=2570, rows=tuple(_allocation_rows())),
        reports=tuple(
            ReportVersion(report=_report(path), source=_source(path))
            for path in sorted(YEAR.glob("progress/*.xlsx"))
        ),
    )


def richer_year(factor: int) -> YearData:
    """The sample year with all its money multiplied."""
    year = sample_year()
    allocation = year.allocation
    assert allocation is not None
    return replace(
        year,
        projects=tuple(_times(item, factor) for item in year.projects),
        allocation=_times(allocation, factor),
        reports=tuple(_times(item, factor) for item in year.reports),
    )


def _times(record: Any, factor: int) -> Any:
    """A copy of a record with every amount of baht in it multiplied."""
    if isinstance(record, tuple):
        return tuple(_times(item, factor) for item in record)
    if isinstance(record, dict):
        return {
            key: item * factor if isinstance(item, Decimal) else _times(item, factor)
            for key, item in record.items()
        }
    if not is_dataclass(record) or isinstance(record, type):
        return record
    changed = {
        field.name: value * factor
        if field.name in MONEY and isinstance(value, Decimal)
        else _times(value, factor)
        for field in fields(record)
        if field.init and (value := getattr(record, field.name)) is not None
    }
    return replace(record, **changed)


def _record(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["record"]
    return found


def _source(path: Path) -> Source:
    return Source(file=path.name, sha256="0" * 64)


def _rows(path: Path) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path, data_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


def _money(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _allocation_rows() -> Iterator[AllocationRow]:
    for no, code, name, bureau, requested, allocated, _ in _rows(YEAR / "allocation-2570.xlsx"):
        if isinstance(no, int):
            yield AllocationRow(
                code=code, name=name, bureau=bureau, requested=_money(requested), allocated=_money(allocated)
            )


def _report(path: Path) -> Progress:
    rows = _rows(path)
    found: list[dict[str, Any]] = []
    for row in rows[6:]:
        if row[1]:
            found.append(_progress(row))
        if row[3] and found:
            found[-1]["indicators"].append(
                IndicatorResult(
                    name=row[3], unit=row[4], target=str(row[5]), result=str(row[6]), percent=_money(row[7])
                )
            )
    return Progress(
        fiscal_year=2570,
        round=Round(kind=RoundKind.QUARTER, number=int(path.stem[-1])),
        bureau=rows[2][0].split()[0],
        rows=tuple(ProgressRow(**item | {"indicators": tuple(item["indicators"])}) for item in found),
    )


def _progress(row: tuple[Any, ...]) -> dict[str, Any]:
    return {
        "code": row[1],
        "name": row[2],
        "indicators": [],
        "stage": STAGES[row[10]],
        "progress": _money(row[12]),
        "allocated": _money(row[13]),
        "spent_round": _money(row[14]),
        "spent": _money(row[15]),
        "remaining": _money(row[16]),
        "spent_percent": _money(row[17]),
        "summary": row[18],
        "problems": row[19],
        "suggestions": row[20],
    }


def made_book(
    kind: str, year: YearData, target: Path, *, years: tuple[YearData, ...] = (), **facts: str
) -> Path:
    """The book filled and finished without page numbers."""
    context = build_book(kind, year, facts, years=years)
    book = target / f"{kind}.docx"
    fill_document(TEMPLATES / f"{kind}.docx", context, book)
    finish(book, context, chapters=TEMPLATES / "chapters" / kind, number_pages=False)
    return book


class Book:
    """A made book as a reader sees it: its tables by caption, its paragraphs, in Arabic digits."""

    def __init__(self, path: Path) -> None:
        document = Document(str(path))
        self.paragraphs: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                if self.paragraphs and self.paragraphs[-1].startswith("ตารางที่"):
                    caption = self.paragraphs[-1].split("  ", 1)[1]
                    self.tables[caption] = [_cells(row) for row in block.rows]
            elif block.text and not block.text.startswith("(หน่วย"):
                self.paragraphs.append(_plain(block.text))

    def rows(self, caption: str, *, head: int = 1) -> list[list[str]]:
        """The rows of a table below its headings, merged cells once."""
        return self.tables[caption][head:]


def _cells(row: Any) -> list[str]:
    found: list[Any] = []
    for cell in row.cells:
        if not found or cell._tc is not found[-1]._tc:
            found.append(cell)
    return [_plain(cell.text) for cell in found]


def _plain(text: str) -> str:
    return to_arabic(text).replace("\N{NO-BREAK SPACE}", " ")
