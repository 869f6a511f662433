"""What memos about a whole year or about one bureau say: numbers of projects and money, group by group.

All figures come from model/totals.py, so that a memo, the books and `automation totals` agree.
"""

from __future__ import annotations

from typing import Any

from automation.model.totals import bureau_of, by_number, figures, grouped, issue_of
from automation.model.year import ProjectVersion, YearData
from automation.thai.digits import to_arabic

_NO_ISSUE = "ไม่ระบุประเด็นยุทธศาสตร์"


def year_facts(year: YearData) -> dict[str, Any]:
    """`figures` of the year, and `bureaus` and `issues`: their names with their figures."""
    return {
        "figures": figures(year, year.projects),
        "bureaus": tuple(
            {"name": name, "figures": figures(year, members)}
            for name, members in grouped(year, bureau_of).items()
        ),
        "issues": tuple(
            {"name": _issue_name(year, number, members), "figures": figures(year, members)}
            for number, members in by_number(year, issue_of).items()
        ),
    }


def bureau_facts(year: YearData, bureau: str) -> dict[str, Any]:
    """The `bureau` by its full name, its `projects` and their `rows` with the money, and its `figures`."""
    members = year.projects_of(bureau)
    return {
        "bureau": bureau,
        "projects": tuple(item.project for item in members),
        "rows": tuple(
            {"project": item.project, "allocated": year.allocated(item.project.code)} for item in members
        ),
        "figures": figures(year, members),
    }


def _issue_name(year: YearData, number: str, members: tuple[ProjectVersion, ...]) -> str:
    """Number and name of an issue, from the plan or else from the first project that names it."""
    for issue in year.plan.issues if year.plan else ():
        if to_arabic(issue.no) == number:
            return f"{issue.no} {issue.name}"
    stated = (item.project.alignment.issue for item in members)
    return next((name for name in stated if name), _NO_ISSUE)
