"""The quarterly report of progress (รายงานผลการดำเนินงานรายไตรมาส; step M3).

One quarter of the year: what was done and spent in it, since 1 October, and against the plan of spending;
which projects are late or at risk and why. All as it stood at the end of that quarter, in baht and per cent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from automation.documents.edition import Edition
from automation.documents.figures import (
    NO_REPORT,
    QUARTER_MONTHS,
    Row,
    bureau_groups,
    issue_groups,
    millions,
)
from automation.documents.year_end import said
from automation.errors import UsageError
from automation.model.progress import STAGE_NAMES, Pace, ProgressRow, Stage
from automation.model.totals import QUARTERS, percent, planned_in, satang, spent_by
from automation.model.year import ProjectVersion, Source, YearData, months_covered
from automation.office.charts import Chart
from automation.thai import fiscal
from automation.thai.dates import format_date
from automation.thai.digits import to_arabic, to_thai

_ZERO = Decimal("0.00")
_PACES = {Pace.ON_PLAN: "เป็นไปตามแผน", Pace.WATCH: "ควรติดตามเป็นพิเศษ", Pace.LATE: "ล่าช้ากว่าแผน"}
_BEHIND = Decimal(50)
"""A project that spent less than this share of its plan so far, in per cent, is at risk."""
_RISKY = frozenset({Stage.POSTPONED, Stage.CANCELLED})


def quarterly(edition: Edition) -> dict[str, Any]:
    """The context without its cover; the quarter is the fact `quarter`, else the last reported."""
    year, quarter = edition.year, quarter_of(edition)
    rows = [_project(year, item, quarter) for item in year.projects]
    total = _sums(year, year.projects, quarter)
    return {
        "quarter": quarter,
        "months": QUARTER_MONTHS[quarter],
        "quarter_end": fiscal.month_end(year.fiscal_year, fiscal.QUARTERS[quarter][-1]),
        "total": total,
        "stages": _stage_rows(rows),
        "issues": [
            {"no": group.no, "name": group.name, **_sums(year, group.members, quarter)}
            for group in issue_groups(year)
        ],
        "by_bureau": [
            {"no": str(place), "name": name, **_sums(year, members, quarter)}
            for place, (name, members) in enumerate(bureau_groups(year).items(), start=1)
        ],
        "by_quarter": _quarter_rows(year, quarter),
        "risks": [row for row in rows if row["risk"]],
        "bureaus": [
            {
                "name": name,
                **_sums(year, members, quarter),
                "rows": [_project(year, item, quarter) for item in members],
            }
            for name, members in bureau_groups(year).items()
        ],
    }


def quarterly_charts(edition: Edition) -> dict[str, Chart]:
    """Stages at the end of the quarter, and plan against spending by quarter in millions of baht."""
    year, quarter = edition.year, quarter_of(edition)
    stages = _stage_rows([_project(year, item, quarter) for item in year.projects])
    rows = _quarter_rows(year, quarter)
    return {
        "stages": Chart(
            tuple(row["name"] for row in stages),
            {"จำนวนโครงการ/งานประจำ": tuple(row["count"] for row in stages)},
        ),
        "quarters": Chart(
            tuple(to_thai(f"ไตรมาสที่ {row['no']}") for row in rows),
            {
                "แผน": tuple(millions(row["planned"]) for row in rows),
                "เบิกจ่าย": tuple(millions(row["spent"]) for row in rows),
            },
        ),
    }


def quarter_of(edition: Edition) -> int:
    """The quarter that the report is about; UsageError for a fact that is none."""
    stated = to_arabic(edition.facts.get("quarter", "")).strip()
    if not stated:
        return edition.year.last_quarter or QUARTERS[0]
    if stated not in {str(quarter) for quarter in QUARTERS}:
        raise UsageError(f"ไม่มีไตรมาส {stated}", hint="ระบุ --set quarter=๑ ถึง ๔")
    return int(stated)


def quarterly_sources(edition: Edition) -> list[Source | None]:
    """The files of the reports that reach no further than the quarter, which are all that it is made from."""
    quarter = quarter_of(edition)
    return [
        item.source
        for item in edition.year.reports
        if item.report.round and months_covered(item.report.round)[1] <= quarter * 3
    ]


def early_data(context: Mapping[str, Any]) -> tuple[str, ...]:
    """A Thai remark on a quarterly report whose newest data are older than the end of its quarter."""
    end = context.get("quarter_end")
    data = context["book"]["revised"] if end else None
    if end is None or data is None or data >= end:
        return ()
    dates = f"ข้อมูล ณ วันที่ {format_date(data)} เก่ากว่าวันสิ้นไตรมาส ({format_date(end)})"
    return (f"{dates} โปรดตรวจว่าได้รับรายงานครบแล้ว หรือระบุวันที่ของข้อมูลด้วย --set revised=วันที่",)


def _sums(year: YearData, members: Iterable[ProjectVersion], quarter: int) -> Row:
    """Money of some projects in the quarter and since October, and how many are done by then."""
    members = tuple(members)
    codes = [item.project.code for item in members]
    allocated = satang(sum((year.allocated(code) or _ZERO for code in codes), _ZERO))
    spent = satang(sum((spent_by(year, code, quarter) for code in codes), _ZERO))
    before = (
        satang(sum((spent_by(year, code, quarter - 1) for code in codes), _ZERO)) if quarter > 1 else _ZERO
    )
    plans = [planned_in(item.project) for item in members]
    planned = satang(sum((plan[past] for plan in plans for past in range(1, quarter + 1)), _ZERO))
    rows = [year.latest_row(code, quarter=quarter) for code in codes]
    return {
        "count": len(members),
        "done": sum(row is not None and row.stage is Stage.DONE for row in rows),
        "reported": sum(row is not None for row in rows),
        "allocated": allocated,
        "spent": spent - before,
        "cumulative": spent,
        "remaining": allocated - spent,
        "percent": percent(spent, allocated),
        "planned": planned,
        "planned_percent": percent(spent, planned),
    }


def _stage_rows(rows: list[Row]) -> list[Row]:
    """Number and share by stage; those without a report only where there are any."""
    found = Counter(row["stage"] for row in rows)
    names = [*STAGE_NAMES.values(), *([NO_REPORT] if found[NO_REPORT] else [])]
    return [
        {"name": name, "count": found[name], "percent": percent(found[name], len(rows))} for name in names
    ]


def _quarter_rows(year: YearData, quarter: int) -> list[Row]:
    """Plan and spending of every quarter up to this one."""
    rows = []
    for place in QUARTERS[:quarter]:
        found = _sums(year, year.projects, place)
        plan = sum((planned_in(item.project)[place] for item in year.projects), _ZERO)
        rows.append({**found, "no": str(place), "months": QUARTER_MONTHS[place], "planned": satang(plan)})
    for row in rows:
        row["difference"] = row["spent"] - row["planned"]
        row["planned_percent"] = percent(row["spent"], row["planned"])
    return rows


def _project(year: YearData, item: ProjectVersion, quarter: int) -> Row:
    """One project as it stood at the end of the quarter."""
    project = item.project
    found = year.latest_row(project.code, quarter=quarter)
    report = found or ProgressRow()
    money = _sums(year, (item,), quarter)
    return {
        **money,
        "code": project.code,
        "name": project.name,
        "bureau": project.bureau,
        "stage": STAGE_NAMES[report.stage] if report.stage else NO_REPORT,
        "pace": _PACES[report.pace] if report.pace else None,
        "progress": report.progress,
        "problems": said(report.problems),
        "suggestions": said(report.suggestions),
        "risk": _risk(report, money) if found else NO_REPORT,
    }


def _risk(report: ProgressRow, money: Row) -> str:
    """Why the project needs attention, in Thai; empty where it does not."""
    reasons = []
    if report.pace in (Pace.LATE, Pace.WATCH):
        reasons.append(_PACES[report.pace])
    if report.stage in _RISKY:
        reasons.append(STAGE_NAMES[report.stage])
    elif report.stage is not Stage.DONE and money["planned"] and money["planned_percent"] < _BEHIND:
        reasons.append(f"เบิกจ่ายร้อยละ {money['planned_percent']} ของแผนถึงสิ้นไตรมาส")
    return " และ".join(reasons)
