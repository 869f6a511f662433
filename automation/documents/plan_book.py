"""The annual plan book (รูปเล่มแผนปฏิบัติราชการประจำปี; steps A11, A18, A24, A26).

Everything that the template prints, chapter by chapter: the direction from the strategic plan, the summaries
of the money asked for, the main table with its bands and sub-totals, routine works, and the list by bureau.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from automation.documents.figures import (
    IssueGroup,
    Row,
    asked,
    bureau_groups,
    comparison,
    comparison_rows,
    is_routine,
    issue_groups,
    millions,
    plan_rows_by_bureau,
    plan_rows_by_category,
    plan_rows_by_issue,
    plan_rows_by_quarter,
    short_bureau,
)
from automation.model.plan import Goal, StrategicPlan
from automation.model.project import Indicator, Project
from automation.model.totals import figures, number_of, requested, strategy_of
from automation.model.year import ProjectVersion, YearData
from automation.office.charts import Chart
from automation.thai.digits import grouped

_GLUE = "\N{NO-BREAK SPACE}"
_FIGURE = re.compile(r"\d")
_ASKED = "งบประมาณที่เสนอขอ"
_UNNAMED_STRATEGY = "โครงการที่ยังไม่ระบุกลยุทธ์"


def plan_book(year: YearData) -> dict[str, Any]:
    """The context of the plan book without its cover. Money is what the projects ask for, in baht."""
    rows = MainTable()
    return {
        "plan": plan_view(year.plan, year.fiscal_year),
        "total": plan_total(year),
        "by_issue": plan_rows_by_issue(year),
        "by_bureau": plan_rows_by_bureau(year),
        "by_category": plan_rows_by_category(year),
        "by_quarter": plan_rows_by_quarter(year),
        "allocation": comparison(figures(year, year.projects)) if year.allocation else None,
        "by_allocation": comparison_rows(year),
        "issues": [rows.issue(group) for group in issue_groups(year)],
        "routine_rows": rows.routines(bureau_groups(year)),
        "bureaus": bureau_list(year),
    }


def plan_total(year: YearData) -> Row:
    """Numbers and money of the whole plan."""
    total = figures(year, year.projects)
    return {
        "projects": total.projects,
        "routines": total.routines,
        "count": total.count,
        "amount": asked(year.projects),
        "projects_amount": asked(item for item in year.projects if not is_routine(item)),
        "routines_amount": asked(item for item in year.projects if is_routine(item)),
        "bureaus": len(year.bureaus),
    }


def plan_charts(year: YearData) -> dict[str, Chart]:
    """Numbers and money by issue and bureau, by the name of the chart in the template; millions of baht."""
    groups, bureaus = issue_groups(year), plan_rows_by_bureau(year)
    issues = tuple(group.short for group in groups)
    routines = tuple(sum(is_routine(item) for item in group.members) for group in groups)
    return {
        "counts": Chart(
            issues,
            {
                "โครงการ": tuple(
                    len(group.members) - count for group, count in zip(groups, routines, strict=True)
                ),
                "งานประจำ": routines,
            },
        ),
        "issues": Chart(issues, {_ASKED: tuple(millions(asked(group.members)) for group in groups)}),
        "bureaus": Chart(
            tuple(short_bureau(row["name"]) for row in bureaus),
            {_ASKED: tuple(millions(row["amount"]) for row in bureaus)},
        ),
    }


def plan_view(plan: StrategicPlan | None, year: int) -> dict[str, Any]:
    """The strategic plan as the chapter on direction prints it, with the targets of `year`."""
    if plan is None:
        plan = StrategicPlan()
    return {
        "name": plan.name,
        "first_year": plan.first_year,
        "last_year": plan.last_year,
        "vision": plan.vision,
        "missions": list(plan.missions),
        "values": list(plan.values),
        "issues": [
            {
                "no": issue.no,
                "name": issue.name,
                "goals": [{"no": goal.no, "name": goal.name} for goal in issue.goals],
                "indicators": [row for goal in issue.goals for row in _goal_rows(goal, year)],
                "strategies": [
                    {"no": item.no, "name": item.name, "hosts": "\n".join(item.hosts)}
                    for item in issue.strategies
                ],
            }
            for issue in plan.issues
        ],
    }


def _goal_rows(goal: Goal, year: int) -> Iterator[Row]:
    """One row an indicator, each with its goal, so that every page names it; a goal without has its row."""
    title = f"{goal.no} {goal.name}"
    if not goal.indicators:
        yield {"goal": title, "name": None, "unit": None, "baseline": None, "target": None, "owner": None}
    for item in goal.indicators:
        yield {
            "goal": title,
            "name": item.name,
            "unit": item.unit,
            "baseline": item.baseline,
            "target": grouped((item.targets or {}).get(year, "")) or None,
            "owner": item.owner,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyGroup:
    """The projects of one band with what heads it and what its sub-total is called."""

    title: str
    total: str
    members: tuple[ProjectVersion, ...]


def strategy_groups(group: IssueGroup, projects: Iterable[ProjectVersion]) -> list[StrategyGroup]:
    """Every strategy of the issue in its order, then those that only projects name, then none."""
    served: dict[str, list[ProjectVersion]] = {}
    for item in projects:
        served.setdefault(strategy_of(item.project), []).append(item)
    found = []
    for strategy in group.issue.strategies if group.issue else ():
        members = served.pop(number_of(strategy.no) or strategy.no, [])
        label = f"กลยุทธ์ที่ {strategy.no}"
        found.append(
            StrategyGroup(title=f"{label} {strategy.name}", total=f"รวม{label}", members=tuple(members))
        )
    for members in served.values():
        named = members[0].project.alignment.strategy
        title = f"กลยุทธ์ที่ {named}" if named else _UNNAMED_STRATEGY
        found.append(StrategyGroup(title=title, total=f"รวม{title}", members=tuple(members)))
    return found


class MainTable:
    """Rows of the main table; projects are numbered through the whole book as they come."""

    def __init__(self) -> None:
        self._last = 0

    def issue(self, group: IssueGroup) -> dict[str, Any]:
        """The issue with the rows of its projects, a band and a sub-total for each of its strategies."""
        projects = tuple(item for item in group.members if not is_routine(item))
        return {
            "label": group.label,
            "title": group.title,
            "count": len(projects),
            "amount": asked(projects),
            "rows": [
                row
                for band in strategy_groups(group, projects)
                for row in self._band(band.title, band.total, band.members)
            ],
        }

    def routines(self, groups: Mapping[str, tuple[ProjectVersion, ...]]) -> list[Row]:
        """The rows of the routine works, a band and a sub-total for each bureau that has any."""
        rows: list[Row] = []
        for name, members in groups.items():
            routines = tuple(item for item in members if is_routine(item))
            if routines:
                rows += self._band(name, f"รวม{name}", routines)
        return rows

    def _band(self, title: str, total: str, members: Iterable[ProjectVersion]) -> list[Row]:
        members = tuple(members)
        rows: list[Row] = [{"kind": "band", "label": title}]
        if not members:
            return [*rows, {"kind": "none"}]
        for item in members:
            self._last += 1
            rows += _project_rows(str(self._last), item.project)
        total = f"{total} ({len(members)} รายการ)"
        return [*rows, {"kind": "subtotal", "label": total, "amount": asked(members)}]


def _project_rows(no: str, project: Project) -> list[Row]:
    months = tuple(dict.fromkeys(month for item in project.activities for month in item.months))
    head: Row = {
        "kind": "project",
        "no": no,
        "name": project.name,
        "indicators": _listed([item.name for item in project.indicators]),
        "targets": _listed([target(item) for item in project.indicators]),
        "amount": requested(project),
        "months": months,
        "owner": project.bureau,
    }
    steps = [{"kind": "activity", "name": item.name, "months": item.months} for item in project.activities]
    return [head, *steps]


def _listed(items: list[str]) -> str:
    """One a line, numbered where there are several, so that targets can be told apart."""
    if len(items) < 2:
        return "".join(items)
    return "\n".join(f"{place}) {item}" for place, item in enumerate(items, start=1))


def target(indicator: Indicator) -> str:
    """The target with its unit, ร้อยละ before the figure and every other unit after it."""
    words, unit = grouped(indicator.target or "-"), indicator.unit or ""
    if unit in words:
        return words
    if unit != "ร้อยละ":
        return f"{words}{_GLUE}{unit}"
    figure = _FIGURE.search(words)
    return f"{words[: figure.start()].rstrip()}{unit} {words[figure.start() :]}" if figure else words


def bureau_list(year: YearData) -> list[dict[str, Any]]:
    """The projects and routine works by bureau, one line each."""
    return [_bureau(name, members) for name, members in bureau_groups(year).items()]


def _bureau(name: str, members: tuple[ProjectVersion, ...]) -> dict[str, Any]:
    return {
        "name": name,
        "amount": asked(members),
        "rows": [
            {
                "no": str(place),
                "code": item.project.code,
                "name": item.project.name,
                "kind": "งานประจำ" if is_routine(item) else "โครงการ",
                "strategy": number_of(item.project.alignment.strategy),
                "amount": requested(item.project),
            }
            for place, item in enumerate(members, start=1)
        ],
    }
