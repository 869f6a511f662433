"""The executive summary on one page (บทสรุปผู้บริหาร; steps F18 and A16).

Key figures, one table by issue, one chart. It stays one page whatever the plan holds: long names are cut
at a word, and beyond the rows that fit the last row sums up the rest.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from automation.documents.figures import (
    Row,
    asked,
    comparison,
    issue_groups,
    millions,
    plan_rows_by_bureau,
    plan_rows_by_issue,
)
from automation.documents.plan_book import plan_total, plan_view
from automation.model.progress import Stage
from automation.model.totals import figures, percent, planned_by_quarter
from automation.model.year import YearData
from automation.office.charts import Chart
from automation.thai.words import cut_at_word

_ROWS = 6
"""Rows of the table that fit on the page beside everything else, each on at most two lines."""
_NAME_BYTES = 180
_VISION_BYTES = 360
_MANY = "อื่น ๆ"


def executive_summary(year: YearData) -> dict[str, Any]:
    """The context of the summary; money asked for and, where there is an allocation, allocated, in baht."""
    found = figures(year, year.projects)
    plan = plan_view(year.plan, year.fiscal_year)
    bureaus = plan_rows_by_bureau(year)
    return {
        "plan": {
            **plan,
            "vision": short(plan["vision"], _VISION_BYTES),
            "name": short(plan["name"], _NAME_BYTES),
        },
        "total": plan_total(year),
        "allocation": comparison(found) if year.allocation else None,
        "results": {
            "done": found.stages[Stage.DONE],
            "spent": found.spent,
            "percent": found.spent_percent,
            "indicators": found.indicators,
            "indicators_met": found.indicators_met,
        }
        if year.reports
        else None,
        "rows": _few([{**row, "name": short(row["name"], _NAME_BYTES)} for row in plan_rows_by_issue(year)]),
        "largest": max(bureaus, key=lambda row: row["amount"]) if bureaus else None,
        "quarters": [
            {"no": str(quarter), "amount": amount, "percent": percent(amount, asked(year.projects))}
            for quarter, amount in planned_by_quarter(year).items()
        ],
    }


def summary_charts(year: YearData) -> dict[str, Chart]:
    """Money by issue in millions of baht, of as many issues as the table names."""
    groups = issue_groups(year)
    names = [group.short for group in groups]
    amounts = [millions(asked(group.members)) for group in groups]
    if len(groups) > _ROWS:
        names = [*names[: _ROWS - 1], _MANY]
        amounts = [*amounts[: _ROWS - 1], sum(amounts[_ROWS - 1 :], Decimal(0))]
    return {"issues": Chart(tuple(names), {"งบประมาณ": tuple(amounts)})}


def short(text: str | None, size: int) -> str | None:
    """The text cut at a word to so many bytes, with an ellipsis where something was left out."""
    if text is None or len(text.encode()) <= size:
        return text
    return f"{cut_at_word(text, size)}…"


def _few(rows: list[Row]) -> list[Row]:
    """At most as many rows as fit; the last then holds the sums of all that follow."""
    if len(rows) <= _ROWS:
        return rows
    rest = rows[_ROWS - 1 :]
    sums = ("projects", "routines", "count", "amount", "percent")
    return [
        *rows[: _ROWS - 1],
        {"no": "", "name": _MANY} | {key: sum(row[key] for row in rest) for key in sums},
    ]
