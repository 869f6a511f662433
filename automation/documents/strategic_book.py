"""The strategic plan as a book (รูปเล่มแผนยุทธศาสตร์; steps S10 and S15).

Direction, goals with baseline and targets of every year of the plan, strategies with their hosts, and the
tables that link them. All of it comes from the one plan in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from automation.documents.figures import Row
from automation.documents.plan_book import plan_view
from automation.model.plan import Goal, Issue, StrategicPlan
from automation.model.year import YearData
from automation.office.charts import Chart
from automation.thai.digits import grouped, to_thai

_LONGEST_PLAN = 10
"""Years; a plan that states more has a misread year."""


def strategic_book(year: YearData) -> dict[str, Any]:
    """The context of the book without its cover."""
    plan = year.plan or StrategicPlan()
    issues = [_issue(issue, plan_years(plan)) for issue in plan.issues]
    return {
        "plan": plan_view(year.plan, year.fiscal_year),
        "years": list(plan_years(plan)),
        "issues": issues,
        "total": {
            "issues": len(issues),
            "goals": sum(issue["goal_count"] for issue in issues),
            "indicators": sum(issue["indicator_count"] for issue in issues),
            "strategies": sum(issue["strategy_count"] for issue in issues),
        },
        "hosts": _hosts(plan),
    }


def strategic_charts(year: YearData) -> dict[str, Chart]:
    """Goals, indicators and strategies of each issue."""
    issues = [_issue(issue, ()) for issue in (year.plan or StrategicPlan()).issues]
    series = {"เป้าประสงค์": "goal_count", "ตัวชี้วัด": "indicator_count", "กลยุทธ์": "strategy_count"}
    return {
        "issues": Chart(
            tuple(to_thai(f"ประเด็นที่ {issue['no']}") for issue in issues),
            {name: tuple(issue[key] for issue in issues) for name, key in series.items()},
        )
    }


def plan_years(plan: StrategicPlan) -> tuple[int, ...]:
    """The fiscal years (B.E.) that the plan covers; without stated ones those that have targets."""
    if plan.first_year and plan.last_year and 0 <= plan.last_year - plan.first_year < _LONGEST_PLAN:
        return tuple(range(plan.first_year, plan.last_year + 1))
    goals = [goal for issue in plan.issues for goal in issue.goals]
    return tuple(sorted({year for goal in goals for item in goal.indicators for year in item.targets or ()}))


def goal_rows(goal: Goal, years: tuple[int, ...]) -> Iterator[Row]:
    """One row an indicator with its goal and its targets in the order of `years`."""
    title = f"{goal.no} {goal.name}"
    if not goal.indicators:
        yield {
            "goal": title,
            "name": None,
            "unit": None,
            "baseline": None,
            "targets": [None] * len(years),
            "owner": None,
        }
    for item in goal.indicators:
        targets = item.targets or {}
        yield {
            "goal": title,
            "name": item.name,
            "unit": item.unit,
            "baseline": item.baseline,
            "targets": [grouped(targets.get(year, "")) or None for year in years],
            "owner": item.owner,
        }


def _issue(issue: Issue, years: tuple[int, ...]) -> Row:
    return {
        "no": issue.no,
        "name": issue.name,
        "goals": [f"{goal.no} {goal.name}" for goal in issue.goals],
        "indicators": [row for goal in issue.goals for row in goal_rows(goal, years)],
        "strategies": [
            {"no": item.no, "name": item.name, "hosts": "\n".join(item.hosts)} for item in issue.strategies
        ],
        "links": _links(issue),
        "goal_count": len(issue.goals),
        "indicator_count": sum(len(goal.indicators) for goal in issue.goals),
        "strategy_count": len(issue.strategies),
    }


def _links(issue: Issue) -> list[Row]:
    """The strategies of an issue beside the goals that they serve together."""
    goals = "\n".join(f"{goal.no} {goal.name}" for goal in issue.goals)
    indicators = "\n".join(f"- {item.name}" for goal in issue.goals for item in goal.indicators)
    strategies = "\n".join(f"{item.no} {item.name}" for item in issue.strategies)
    hosts = dict.fromkeys(host for item in issue.strategies for host in item.hosts)
    return [{"goals": goals, "indicators": indicators, "strategies": strategies, "hosts": "\n".join(hosts)}]


def _hosts(plan: StrategicPlan) -> list[Row]:
    """Bureau → the strategies that it hosts, in the order of the plan."""
    found: dict[str, list[str]] = {}
    for issue in plan.issues:
        for item in issue.strategies:
            for host in item.hosts:
                found.setdefault(host, []).append(f"{item.no} {item.name}")
    return [
        {"no": str(place), "name": name, "count": len(strategies), "strategies": "\n".join(strategies)}
        for place, (name, strategies) in enumerate(found.items(), start=1)
    ]
