"""The sample year as records, taken straight from the sample files, without the readers of the program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

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


def expected(path: str) -> dict[str, Any]:
    """The record of a NAME.expected.json below samples/."""
    data = json.loads((SAMPLES / path).read_text(encoding="utf-8"))
    record: dict[str, Any] = data["record"]
    return record


def _cells(path: Path) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path, data_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


def _money(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _result(row: Sequence[Any]) -> IndicatorResult:
    return IndicatorResult(
        name=row[3], unit=row[4], target=str(row[5]), result=str(row[6]), percent=_money(row[7])
    )


def _report(path: Path) -> Progress:
    bureau_line, rows = _cells(path)[2][0], []
    for row in _cells(path)[6:]:
        if row[1]:
            rows.append(
                ProgressRow(
                    code=row[1],
                    name=row[2],
                    indicators=(_result(row),),
                    stage=STAGES[row[10]],
                    allocated=_money(row[13]),
                    spent_round=_money(row[14]),
                    spent=_money(row[15]),
                )
            )
        elif row[3]:
            last = rows.pop()
            values = {name: getattr(last, name) for name in last.__dataclass_fields__}
            rows.append(ProgressRow(**values | {"indicators": (*last.indicators, _result(row))}))
    return Progress(
        fiscal_year=2570,
        round=Round(kind=RoundKind.QUARTER, number=int(path.stem[-1])),
        bureau=bureau_line.split()[0],
        rows=tuple(rows),
    )


def _allocation() -> Allocation:
    rows = [
        row for row in _cells(SAMPLES / "year2570/allocation-2570.xlsx") if row[1] and isinstance(row[0], int)
    ]
    return Allocation(
        fiscal_year=2570,
        rows=tuple(
            AllocationRow(
                code=row[1], name=row[2], bureau=row[3], requested=_money(row[4]), allocated=_money(row[5])
            )
            for row in rows
        ),
    )


@pytest.fixture(scope="session")
def sample_year() -> YearData:
    """Fiscal year 2570 with its 24 projects, 40 quarterly reports, allocation and plan."""
    forms = sorted((SAMPLES / "year2570/forms").glob("*.expected.json"))
    projects = [from_json(Project, expected(f"year2570/forms/{path.name}")) for path in forms]
    reports = [_report(path) for path in sorted((SAMPLES / "year2570/progress").glob("*.xlsx"))]
    return YearData(
        fiscal_year=2570,
        plan=from_json(StrategicPlan, expected("other/strategy-sample-plan.expected.json")),
        allocation=_allocation(),
        projects=tuple(
            ProjectVersion(project=item, source=Source(file=path.stem, sha256=path.stem))
            for item, path in zip(projects, forms, strict=True)
        ),
        reports=tuple(ReportVersion(report=item, source=Source(file="", sha256="")) for item in reports),
    )
