"""The year-end performance report (รายงานผลการปฏิบัติราชการตามแผนปฏิบัติราชการประจำปี; steps M4 and M5).

What was done, spent and reached, from the last reports of the bureaus; money in baht, shares in per cent.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from automation.documents.figures import (
    NO_REPORT,
    IssueGroup,
    Row,
    asked,
    bureau_groups,
    by_kind,
    is_routine,
    issue_groups,
    millions,
    result_row,
    result_rows,
    spending_rows,
    stage_rows,
)
from automation.documents.plan_book import plan_view
from automation.model.progress import STAGE_NAMES, IndicatorResult, ProgressRow, Stage
from automation.model.project import Project
from automation.model.totals import QUARTERS
from automation.model.year import ProjectVersion, YearData
from automation.office.charts import Chart
from automation.thai import fiscal
from automation.thai.digits import grouped, to_thai
from automation.thai.text import is_blank

_NOTHING = frozenset({"ไม่มี", "ไม่มีปัญหา", "ไม่มีปัญหาอุปสรรค"})


def year_end(year: YearData) -> dict[str, Any]:
    """The context of the year-end report without its cover."""
    whole = result_row(year, year.projects)
    issues = [_issue(year, group) for group in issue_groups(year)]
    bureaus = result_rows(year, bureau_groups(year))
    spending = spending_rows(year)
    return {
        "plan": plan_view(year.plan, year.fiscal_year),
        "total": {**whole, "requested": asked(year.projects), "bureaus": len(year.bureaus)},
        "period": _period(year),
        "year_close": fiscal.month_end(year.fiscal_year, fiscal.QUARTERS[QUARTERS[-1]][-1]),
        "stages": stage_rows(whole),
        "kinds": result_rows(year, by_kind(year)),
        "issues": issues,
        "by_bureau": bureaus,
        "by_quarter": spending,
        "best": _extreme(bureaus, highest=True),
        "worst": _extreme(bureaus, highest=False),
        "problems": [
            row for issue in issues for row in issue["details"] if row["problems"] or row["suggestions"]
        ],
        "unfinished": [
            row for issue in issues for row in issue["details"] if row["stage"] != STAGE_NAMES[Stage.DONE]
        ],
        "bureaus": [
            {
                **row,
                "rows": [
                    _line(year, item, str(place))
                    for place, item in enumerate(bureau_groups(year)[row["name"]], start=1)
                ],
            }
            for row in bureaus
        ],
    }


def year_end_charts(year: YearData) -> dict[str, Chart]:
    """What the report's charts show, by the name of the chart in the template; money in millions of baht."""
    stages = stage_rows(result_row(year, year.projects))
    groups = [group for group in issue_groups(year) if group.members]
    issues = [result_row(year, group.members) for group in groups]
    return {
        "stages": Chart(
            tuple(row["name"] for row in stages),
            {"จำนวนโครงการ/งานประจำ": tuple(row["count"] for row in stages)},
        ),
        "indicators": Chart(
            tuple(group.short for group in groups),
            {
                "ตัวชี้วัดทั้งหมด": tuple(row["indicators"] for row in issues),
                "บรรลุเป้าหมาย": tuple(row["indicators_met"] for row in issues),
            },
        ),
        "issues": Chart(
            tuple(group.short for group in groups),
            {
                "ได้รับจัดสรร": tuple(millions(row["allocated"]) for row in issues),
                "เบิกจ่าย": tuple(millions(row["spent"]) for row in issues),
            },
        ),
        "quarters": Chart(
            tuple(to_thai(f"ไตรมาสที่ {quarter}") for quarter in QUARTERS),
            {"เบิกจ่าย": tuple(millions(row["spent"]) for row in spending_rows(year))},
        ),
    }


def _issue(year: YearData, group: IssueGroup) -> Row:
    row = result_row(year, group.members, no=group.no, name=group.name, label=group.label, title=group.title)
    return {**row, "details": [_project(year, item) for item in group.members]}


def _line(year: YearData, item: ProjectVersion, no: str) -> Row:
    """A project in one line: money, stage, share of the indicators reached."""
    project, report = item.project, year.latest_row(item.project.code)
    stage = report.stage if report else None
    return {
        **result_row(year, (item,), no=no),
        "code": project.code,
        "name": project.name,
        "bureau": project.bureau,
        "kind": "งานประจำ" if is_routine(item) else "โครงการ",
        "stage": STAGE_NAMES[stage] if stage else NO_REPORT,
    }


def _project(year: YearData, item: ProjectVersion) -> Row:
    """A project's summary: its line, and what the bureau wrote in its last report."""
    report = year.latest_row(item.project.code) or ProgressRow()
    return {
        **_line(year, item, ""),
        "objectives": list(item.project.objectives),
        "results": [_result(result) for result in report.indicators] or _only_targets(item.project),
        "period": (report.start, report.end) if report.start and report.end else None,
        "progress": report.progress,
        "summary": said(report.summary),
        "problems": said(report.problems),
        "suggestions": said(report.suggestions),
    }


def _result(result: IndicatorResult) -> Row:
    reached = None if result.percent is None else result.percent >= 100
    return {
        "name": result.name,
        "unit": result.unit,
        "target": result.target and grouped(result.target),
        "result": result.result and grouped(result.result),
        "percent": result.percent,
        "reached": {True: "บรรลุ", False: "ไม่บรรลุ", None: "-"}[reached],
    }


def _only_targets(project: Project) -> list[Row]:
    return [
        _result(IndicatorResult(name=item.name, unit=item.unit, target=item.target))
        for item in project.indicators
    ]


def said(text: str | None) -> str | None:
    """What a bureau wrote, None where it wrote that there is nothing."""
    return None if text is None or is_blank(text) or text.strip() in _NOTHING else text.strip()


def _period(year: YearData) -> str:
    """How far the reports reach, in words."""
    last = year.last_quarter
    return "ทั้งปีงบประมาณ" if last in (0, QUARTERS[-1]) else f"ถึงสิ้นไตรมาสที่ {last}"


def _extreme(rows: Iterable[Row], *, highest: bool) -> Row | None:
    """The bureau with the highest or lowest share spent, of those that have money."""
    funded = sorted((row for row in rows if row["allocated"]), key=lambda row: row["percent"])
    return (funded[-1] if highest else funded[0]) if funded else None
