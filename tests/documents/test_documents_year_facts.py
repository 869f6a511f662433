"""Figures that memos state: the same as the books' and `automation totals`."""

from __future__ import annotations

from decimal import Decimal

import pytest

from automation.documents.year_facts import bureau_facts, year_facts
from automation.model import Alignment, Issue, Project, StrategicPlan
from automation.model.year import ProjectVersion, Source, YearData
from tests.documents.sample_books import sample_year, totals


@pytest.fixture(scope="module")
def year() -> YearData:
    return sample_year()


def test_the_year_agrees_with_its_totals(year: YearData) -> None:
    facts, total = year_facts(year), totals()["total"]
    assert facts["figures"].projects == total["projects"]
    assert facts["figures"].requested == Decimal(total["requested"])
    assert facts["figures"].allocated == Decimal(total["allocated"])


@pytest.mark.parametrize("group", ["bureaus", "issues"])
def test_the_groups_add_up_to_the_whole(year: YearData, group: str) -> None:
    facts = year_facts(year)
    members = [item["figures"] for item in facts[group]]
    assert sum(member.count for member in members) == facts["figures"].count
    assert sum(member.requested for member in members) == facts["figures"].requested


def test_a_bureau_has_its_own_rows_and_money(year: YearData) -> None:
    bureau = year.bureaus[0]
    facts = bureau_facts(year, bureau)
    assert {project.bureau for project in facts["projects"]} == {bureau}
    assert sum(row["allocated"] for row in facts["rows"]) == facts["figures"].allocated


def test_a_bureau_that_sent_nothing_has_no_rows(year: YearData) -> None:
    facts = bureau_facts(year, "สำนักที่ยังไม่ส่ง")
    assert (facts["projects"], facts["figures"].count) == ((), 0)


def test_an_issue_is_called_as_the_plan_or_else_the_form_calls_it() -> None:
    stated = Project(alignment=Alignment(issue="2 ชื่อในแบบ"))
    bare = Project()
    projects = tuple(
        ProjectVersion(project=item, source=Source(file="", sha256="")) for item in (stated, bare)
    )
    without = year_facts(YearData(fiscal_year=2570, projects=projects))
    assert [item["name"] for item in without["issues"]] == ["2 ชื่อในแบบ", "ไม่ระบุประเด็นยุทธศาสตร์"]
    plan = StrategicPlan(issues=(Issue(no="๒", name="ชื่อในแผน"),))
    planned = year_facts(YearData(fiscal_year=2570, plan=plan, projects=projects))
    assert planned["issues"][0]["name"] == "๒ ชื่อในแผน"
