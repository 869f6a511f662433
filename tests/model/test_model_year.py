"""Lookups of a fiscal year, and the order of rounds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from automation.model import Allocation, AllocationRow, Progress, ProgressRow, Project, Round, RoundKind
from automation.model.year import (
    ProjectVersion,
    ReportVersion,
    Source,
    YearData,
    code_key,
    months_covered,
    round_order,
)

NOWHERE = Source(file="", sha256="")


@pytest.mark.parametrize(
    ("kind", "number", "months"),
    [
        (RoundKind.MONTH, 10, (1, 1)),
        (RoundKind.MONTH, 1, (4, 4)),
        (RoundKind.MONTH, 9, (12, 12)),
        (RoundKind.QUARTER, 2, (4, 6)),
        (RoundKind.HALF, 2, (7, 12)),
        (RoundKind.NINE_MONTHS, None, (1, 9)),
        (RoundKind.YEAR, None, (1, 12)),
    ],
)
def test_a_round_covers_its_months(kind: RoundKind, number: int | None, months: tuple[int, int]) -> None:
    assert months_covered(Round(kind=kind, number=number)) == months


def test_rounds_stand_in_the_order_of_their_end_and_a_year_behind_its_last_quarter() -> None:
    rounds = [
        Round(kind=RoundKind.YEAR),
        Round(kind=RoundKind.QUARTER, number=4),
        Round(kind=RoundKind.MONTH, number=10),
        Round(kind=RoundKind.HALF, number=1),
        Round(kind=RoundKind.QUARTER, number=1),
    ]
    assert [item.kind for item in sorted(rounds, key=round_order)] == [
        "month",
        "quarter",
        "half",
        "quarter",
        "year",
    ]


def test_codes_are_compared_without_spaces_and_in_either_digits() -> None:
    assert code_key(" ๗๐-นผ-๐๑ ") == code_key("70-นผ-01") == "70-นผ-01"
    assert code_key(None) == ""


def row(code: str | None, name: str = "", allocated: int | None = None) -> ProgressRow:
    return ProgressRow(code=code, name=name, allocated=None if allocated is None else Decimal(allocated))


def report(quarter: int | None, *rows: ProgressRow) -> ReportVersion:
    period = Round(kind=RoundKind.QUARTER, number=quarter) if quarter else None
    return ReportVersion(report=Progress(round=period, bureau="สำนัก ก", rows=rows), source=NOWHERE)


PROJECT = ProjectVersion(project=Project(code="70-ก-01", name="งาน ก", bureau="สำนัก ก"), source=NOWHERE)


def year(*reports: ReportVersion, allocation: Allocation | None = None) -> YearData:
    return YearData(fiscal_year=2570, projects=(PROJECT,), reports=reports, allocation=allocation)


def test_reports_are_ordered_and_rows_found_by_code_or_name() -> None:
    found = year(report(2, row("๗๐-ก-๐๑", allocated=2)), report(1, row(None, "งาน ก", 1)))
    assert [item.report.round and item.report.round.number for item in found.reports] == [1, 2]
    assert [item.allocated for _, item in found.rows("70-ก-01")] == [1, 2]
    latest, before = found.latest_row("70-ก-01"), found.latest_row("70-ก-01", quarter=1)
    assert latest is not None
    assert before is not None
    assert (latest.allocated, before.allocated) == (2, 1)
    assert found.last_quarter == 2


def test_a_report_without_a_round_or_a_row_of_nobody_is_no_projects() -> None:
    found = year(report(None, row("70-ก-01")), report(1, row(None, "งานอื่น")))
    assert found.rows("70-ก-01") == ()
    assert found.rows(None) == ()
    assert found.latest_row("70-ก-01") is None


def test_the_allocation_decides_and_without_one_the_last_report() -> None:
    reports = (report(1, row("70-ก-01", allocated=5)), report(2, row("70-ก-01", allocated=None)))
    given = Allocation(rows=(AllocationRow(code="๗๐-ก-๐๑", allocated=Decimal(7)), AllocationRow(code=None)))
    assert year(*reports, allocation=given).allocated("70-ก-01") == 7
    assert year(*reports, allocation=Allocation()).allocated("70-ก-01") is None
    assert year(*reports).allocated("70-ก-01") == 5
    assert year().allocated("70-ก-01") is None


def test_lookups_of_projects_bureaus_and_reports() -> None:
    first = report(1)
    found = year(first)
    assert found.project("๗๐-ก-๐๑") is PROJECT
    assert found.project("x") is None
    assert found.bureaus == ("สำนัก ก",)
    assert found.projects_of("สำนัก ก") == (PROJECT,)
    assert found.projects_of("สำนัก ข") == ()
    assert found.report("สำนัก ก", Round(kind=RoundKind.QUARTER, number=1)) is first
    assert found.report("สำนัก ก", Round(kind=RoundKind.QUARTER, number=2)) is None


def test_years_with_the_same_content_are_equal(sample_year: YearData) -> None:
    assert year(report(1)) == year(report(1))
    assert len(sample_year.bureaus) == 10
