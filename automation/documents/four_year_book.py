"""The four-year action plan as a book (รูปเล่มแผนปฏิบัติราชการ ๔ ปี; steps F15, F20, F23).

The chapters are those of step ๕ of the manual. The projects of each year come from the register;
a year of which it holds none stays None, which the tables print as a dash. Money asked for, in baht.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from automation.documents.edition import Edition
from automation.documents.figures import (
    UNNAMED_CATEGORY,
    IssueGroup,
    Row,
    asked,
    bureau_groups,
    issue_groups,
    millions,
)
from automation.documents.plan_book import plan_view, strategy_groups
from automation.documents.strategic_book import goal_rows, plan_years
from automation.model.plan import StrategicPlan
from automation.model.project import Project
from automation.model.totals import NO_GROUP, by_category, requested
from automation.model.year import ProjectVersion, YearData
from automation.office.charts import Chart
from automation.thai.digits import to_arabic, to_thai

_SPAN = 4
_YEAR = re.compile(r"(?:พ\.?\s?ศ\.?\s?)?2[4-6]\d\d")
_ZERO = Decimal("0.00")

Amounts = Mapping[int, Decimal]
"""Fiscal year → baht; a year without data is not in it."""


def four_year_book(edition: Edition) -> dict[str, Any]:
    """The context of the book without its cover."""
    plan, years = edition.year.plan or StrategicPlan(), four_years(edition)
    known = _known(edition, years)
    issues = _issues(known)
    whole = {year: asked(data.projects) for year, data in known.items()}
    return {
        "plan": plan_view(edition.year.plan, edition.year.fiscal_year),
        "years": list(years),
        "first_year": years[0],
        "last_year": years[-1],
        "known_years": list(known),
        "unknown_years": [year for year in years if year not in known],
        "total": {
            **_row("รวมทั้งสิ้น", whole, years),
            "counts": [len(known[year].projects) if year in known else None for year in years],
            "count": sum(len(data.projects) for data in known.values()),
        },
        "by_issue": [{"no": no, **_row(name, _asked(known, no), years)} for no, name in issues.items()],
        "by_bureau": _by_bureau(known, years),
        "by_category": _by_category(known, years),
        "targets": [
            {
                "no": issue.no,
                "name": issue.name,
                "indicators": [row for goal in issue.goals for row in goal_rows(goal, years)],
            }
            for issue in plan.issues
        ],
        "issues": [_issue(known, years, no) for no in issues],
    }


def four_year_charts(edition: Edition) -> dict[str, Chart]:
    """Money of each year that is known, and of each issue over these years; in millions of baht."""
    known = _known(edition, four_years(edition))
    issues = _issues(known)
    sums = [sum(_asked(known, no).values(), _ZERO) for no in issues]
    return {
        "years": Chart(
            tuple(to_thai(f"พ.ศ. {year}") for year in known),
            {"งบประมาณ": tuple(millions(asked(data.projects)) for data in known.values())},
        ),
        "issues": Chart(
            tuple(to_thai(f"ประเด็นที่ {no}") if no != NO_GROUP else "ไม่ระบุ" for no in issues),
            {"งบประมาณ": tuple(millions(amount) for amount in sums)},
        ),
    }


def four_years(edition: Edition) -> tuple[int, ...]:
    """The four fiscal years (B.E.): the first of the plan, or its last where the book's year is later."""
    stated = plan_years(edition.year.plan or StrategicPlan())
    first = stated[0] if stated else edition.year.fiscal_year
    if edition.year.fiscal_year >= first + _SPAN and len(stated) >= _SPAN:
        first = stated[-1] - _SPAN + 1
    return tuple(range(first, first + _SPAN))


def _known(edition: Edition, years: Iterable[int]) -> dict[int, YearData]:
    """Fiscal year → its data, each under the plan in force, so that issues are called the same."""
    found = {year: data for year in years if (data := edition.at(year)) is not None}
    return {year: replace(data, plan=edition.year.plan) for year, data in found.items()}


def _issues(known: Mapping[int, YearData]) -> dict[str, str]:
    """Number → name of every issue of the plan or of a project of any year."""
    found: dict[str, str] = {}
    for data in known.values():
        for group in issue_groups(data):
            found.setdefault(group.no, group.name)
    return found


def _of_issue(data: YearData, no: str) -> tuple[ProjectVersion, ...]:
    group = _group(data, no)
    return group.members if group else ()


def _group(data: YearData, no: str) -> IssueGroup | None:
    return next((group for group in issue_groups(data) if group.no == no), None)


def _asked(known: Mapping[int, YearData], no: str) -> dict[int, Decimal]:
    """Fiscal year → baht that the projects of the issue ask for."""
    return {year: asked(_of_issue(data, no)) for year, data in known.items()}


def _row(name: str, amounts: Amounts, years: tuple[int, ...]) -> Row:
    """A name with its baht year by year and over all years of which something is known."""
    return {
        "name": name,
        "years": [amounts.get(year) for year in years],
        "amount": sum(amounts.values(), _ZERO),
    }


def _by_bureau(known: Mapping[int, YearData], years: tuple[int, ...]) -> list[Row]:
    groups = {year: bureau_groups(data) for year, data in known.items()}
    names = dict.fromkeys(name for found in groups.values() for name in found)
    return [
        {
            "no": str(place),
            **_row(name, {year: asked(found.get(name, ())) for year, found in groups.items()}, years),
        }
        for place, name in enumerate(names, start=1)
    ]


def _by_category(known: Mapping[int, YearData], years: tuple[int, ...]) -> list[Row]:
    """Expense categories; what no line explains is in the row of the unnamed, so that the sums are whole."""
    sums: dict[int, dict[str, Decimal]] = {}
    for year, data in known.items():
        found = {
            (UNNAMED_CATEGORY if name == NO_GROUP else name): baht for name, baht in by_category(data).items()
        }
        rest = asked(data.projects) - sum(found.values(), _ZERO)
        sums[year] = found | ({UNNAMED_CATEGORY: found.get(UNNAMED_CATEGORY, _ZERO) + rest} if rest else {})
    names = dict.fromkeys(name for found in sums.values() for name in found)
    return [
        {
            "no": str(place),
            **_row(name, {year: found.get(name, _ZERO) for year, found in sums.items()}, years),
        }
        for place, name in enumerate(names, start=1)
    ]


def _issue(known: Mapping[int, YearData], years: tuple[int, ...], no: str) -> dict[str, Any]:
    """The table of an issue: its strategies as bands, below them each project through the years."""
    titles: dict[str, str] = {}
    lines: dict[str, dict[str, Row]] = {}
    label = name = ""
    for year, data in known.items():
        group = _group(data, no)
        if group is None:
            continue
        label, name = group.label, group.title
        for band in strategy_groups(group, group.members):
            titles.setdefault(band.title, band.total)
            for item in band.members:
                line = lines.setdefault(band.title, {}).setdefault(_same(item.project), _line(item.project))
                line["sums"][year] = line["sums"].get(year, _ZERO) + requested(item.project)
    rows: list[Row] = []
    for title, total in titles.items():
        found = lines.get(title, {})
        rows.append({"kind": "band", "name": title})
        rows += [_project_row(line, known, years) for line in found.values()] or [{"kind": "none"}]
        if found:
            sums = {
                year: sum((line["sums"].get(year, _ZERO) for line in found.values()), _ZERO) for year in known
            }
            rows.append({"kind": "subtotal", **_row(f"{total} ({len(found)} รายการ)", sums, years)})
    whole = _asked(known, no)
    return {"label": label, "title": name, "rows": rows, "total": _row(f"รวม{label}", whole, years)}


def _line(project: Project) -> Row:
    return {"name": project.name, "bureau": project.bureau, "sums": {}}


def _project_row(line: Row, known: Mapping[int, YearData], years: tuple[int, ...]) -> Row:
    sums = {year: line["sums"].get(year, _ZERO) for year in known}
    return {"kind": "project", "bureau": line["bureau"], **_row(line["name"], sums, years)}


def _same(project: Project) -> str:
    """What a project is known by from year to year: bureau and name without years and spaces."""
    name = _YEAR.sub("", to_arabic(project.name or project.code or ""))
    return f"{project.bureau}|{''.join(name.split())}"
