"""The sample year for the tests of the books, taken straight from the sample files, without our readers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

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

SAMPLES = Path(__file__).parents[2] / "samples"
YEAR = SAMPLES / "year2570"
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
