"""The figures of the year against the figures that the sample files were written from."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from automation.model import Alignment, Progress, ProgressRow, Project, Round, RoundKind, Stage
from automation.model.totals import (
    figures,
    issue_of,
    number_of,
    percent,
    planned_in,
    satang,
    spent_by,
    strategy_of,
    totals,
    uncovered_strategies,
)
from automation.model.year import ProjectVersion, ReportVersion, Source, YearData

EXPECTED: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "samples/year2570/totals.json").read_text(encoding="utf-8")
)
NOWHERE = Source(file="", sha256="")


@pytest.mark.parametrize("key", [key for key in EXPECTED if key not in ("note", "projects")])
def test_sample_year_agrees_to_the_satang(sample_year: YearData, key: str) -> None:
    assert totals(sample_year)[key] == EXPECTED[key]


def test_every_project_of_the_sample_year_agrees(sample_year: YearData) -> None:
    found = {item["code"]: item for item in totals(sample_year)["projects"]}
    assert found == {item["code"]: item for item in EXPECTED["projects"]}


def test_totals_have_exactly_the_keys_of_the_contract(sample_year: YearData) -> None:
    assert list(totals(sample_year)) == list(EXPECTED)
    assert json.loads(json.dumps(totals(sample_year))) == totals(sample_year)


@pytest.mark.parametrize("key", ["by_bureau", "by_issue"])
def test_parts_add_up_to_the_whole(sample_year: YearData, key: str) -> None:
    found = totals(sample_year)
    for name in ("requested", "allocated", "remaining"):
        parts = sum(Decimal(part[name]) for part in found[key].values())
        assert parts == Decimal(found["total"][name])


def test_issues_and_strategies_stand_in_the_order_of_the_plan(sample_year: YearData) -> None:
    assert list(totals(sample_year)["by_strategy"]) == [
        "1.1",
        "1.2",
        "1.3",
        "2.1",
        "2.2",
        "3.1",
        "3.2",
        "3.3",
    ]


def project(**fields: Any) -> ProjectVersion:
    return ProjectVersion(project=Project(**{"code": "70-นผ-01", **fields}), source=NOWHERE)


def report(kind: RoundKind, number: int | None, **fields: Any) -> ReportVersion:
    row = ProgressRow(**{"code": "70-นผ-01", **fields})
    return ReportVersion(report=Progress(round=Round(kind=kind, number=number), rows=(row,)), source=NOWHERE)


def test_an_empty_year_has_zeros_and_no_stage() -> None:
    found = totals(YearData(fiscal_year=2571))
    assert found["total"]["spent_percent"] == "0.00"
    assert found["total"]["requested"] == "0.00"
    assert set(found["total"]["stages"].values()) == {0}
    assert found["projects"] == []


def test_a_running_year_carries_the_sum_forward_but_invents_no_stage() -> None:
    year = YearData(
        fiscal_year=2570,
        projects=(project(),),
        reports=(report(RoundKind.QUARTER, 1, spent=Decimal(500), stage=Stage.ONGOING),),
    )
    (found,) = totals(year)["projects"]
    assert found["spent_cumulative"] == {"1": "500.00", "2": "500.00", "3": "500.00", "4": "500.00"}
    assert found["stage_by_quarter"] == {"1": "ongoing", "2": None, "3": None, "4": None}
    assert totals(year)["total"]["spent_in_quarter"]["2"] == "0.00"


def test_a_missing_sum_is_built_from_the_rounds_without_counting_twice() -> None:
    year = YearData(
        fiscal_year=2570,
        projects=(project(),),
        reports=(
            report(RoundKind.QUARTER, 1, spent_round=Decimal(60)),
            report(RoundKind.MONTH, 10, spent_round=Decimal(10)),
            report(RoundKind.MONTH, 11, spent_round=Decimal(20)),
            report(RoundKind.QUARTER, 2, spent_round=Decimal(5)),
        ),
    )
    assert [spent_by(year, "70-นผ-01", quarter) for quarter in (1, 2, 4)] == [60, 65, 65]


def test_committed_money_is_not_left() -> None:
    rows = report(RoundKind.YEAR, None, spent=Decimal(30), committed=Decimal(20), allocated=Decimal(100))
    year = YearData(fiscal_year=2570, projects=(project(),), reports=(rows,))
    found = figures(year, year.projects)
    assert (found.allocated, found.remaining, found.spent) == (100, 50, 30)


def test_a_quarter_plan_and_a_month_plan_give_the_same_quarters() -> None:
    months = {month: Decimal(month) for month in range(1, 13)}
    quarters = {1: Decimal(33), 2: Decimal(6), 3: Decimal(15), 4: Decimal(24)}
    budget = Project().budget
    assert planned_in(Project(budget=replace(budget, months=months))) == quarters
    assert planned_in(Project(budget=replace(budget, quarters=quarters))) == quarters
    assert planned_in(Project()) == dict.fromkeys((1, 2, 3, 4), 0)


def test_numbers_of_the_plan() -> None:
    assert number_of("๓.๑ พัฒนาสมรรถนะ") == "3.1"
    assert number_of("พัฒนาสมรรถนะ") is None
    assert issue_of(Project(alignment=Alignment(strategy="๒.๑๐ ก"))) == "2"
    assert issue_of(Project()) == strategy_of(Project()) == "-"


def test_no_plan_no_uncovered_strategy() -> None:
    assert uncovered_strategies(YearData(fiscal_year=2570)) == ()


def test_half_a_satang_is_rounded_up() -> None:
    assert satang(Decimal("0.125")) == Decimal("0.13")
    assert percent(1, 8) == Decimal("12.50")
    assert percent(Decimal("82.015"), 100) == Decimal("82.02")
    assert percent(5, 0) == 0
