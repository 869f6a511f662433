"""What memos about a whole year or about one bureau say: numbers of projects and money, group by group.

All figures come from model/totals.py, so that a memo, the books and `automation totals` agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from automation.documents.figures import NO_REPORT
from automation.errors import UsageError
from automation.model import Decision, Progress, Project, Round, RoundKind
from automation.model.progress import STAGE_NAMES
from automation.model.totals import Figures, bureau_of, by_category, by_number, figures, grouped, issue_of
from automation.model.year import ProjectVersion, YearData, round_order
from automation.office.filters import round_name
from automation.thai.dates import MONTHS
from automation.thai.digits import to_arabic, to_thai
from automation.thai.fiscal import QUARTERS

_NO_ISSUE = "ไม่ระบุประเด็นยุทธศาสตร์"
_BUDDHIST_ERA = 543
_HEADS = (("สำนัก", "ผู้อำนวยการ"), ("กลุ่ม", "ผู้บังคับบัญชา"))
"""How the head of a unit is called, by the first word of the unit's name."""
_OPINIONS = (
    ("พัฒนาทรัพยากรบุคคล", "training", "การฝึกอบรม สัมมนา และศึกษาดูงาน", "แผนกลยุทธ์การบริหารทรัพยากรบุคคล"),
    ("เทคโนโลยีสารสนเทศ", "ict", "เทคโนโลยีสารสนเทศและการสื่อสาร", "แผนแม่บทเทคโนโลยีสารสนเทศและการสื่อสาร"),
)
"""Which bureau gives an opinion on which projects, and by which plan (step F13)."""


def year_facts(year: YearData, report_day: str = "") -> dict[str, Any]:
    """Figures of the year, of its `bureaus`, `issues` and `categories` of expenses (with `lines_total`), what
    was `decided`, its `rounds` of reports, how many are at which of the `stages`."""
    categories = by_category(year)
    whole = figures(year, year.projects)
    return {
        "figures": whole,
        "bureaus": _groups(year, grouped(year, bureau_of).items()),
        "issues": _groups(
            year,
            ((_issue_name(year, no, group), group) for no, group in by_number(year, issue_of).items()),
        ),
        "categories": tuple(categories.items()),
        "lines_total": sum(categories.values(), Decimal(0)),
        "decided": _decided(year),
        "rounds": _rounds(year, report_day),
        "stages": _stages(whole),
    }


def bureau_facts(year: YearData, bureau: str, round_text: str = "") -> dict[str, Any]:
    """The `bureau` and its `head`, its `projects`, `rows` with the money (those that the allocation `changed`
    apart) and `figures`; what it is `late` with, and the projects that it gives an `opinion` on."""
    members = year.projects_of(bureau)
    rows = _rows(year, members)
    return {
        "bureau": bureau,
        "head": head_of(bureau),
        "projects": tuple(item.project for item in members),
        "rows": rows,
        "changed": tuple(row for row in rows if row["allocated"] != row["project"].budget.total),
        "figures": figures(year, members),
        "late": late(year, bureau, round_text),
        "opinion": _opinion(year, bureau),
    }


def head_of(unit: str) -> str:
    """The post that a letter to the unit is addressed to: `ผู้อำนวยการสำนัก…`, `ผู้บังคับบัญชากลุ่ม…`."""
    return next((post + unit for word, post in _HEADS if unit.startswith(word)), unit)


def late(year: YearData, bureau: str, round_text: str = "") -> dict[str, Any] | None:
    """What the bureau has not sent: `matter`, and the `projects` that it concerns; None when all is there.

    A bureau without any project owes its forms. Else it owes the report of the round that is named, or of
    the last round that any bureau has reported on, for the projects that no report of that round holds.
    UsageError for a round that cannot be read.
    """
    members = year.projects_of(bureau)
    if not members:
        matter = f"แบบเสนอรายละเอียดโครงการ/งานประจำ ประจำปีงบประมาณ พ.ศ. {year.fiscal_year}"
        return {"matter": matter, "projects": ()}
    period = _round(round_text) if round_text else _last_round(year)
    if period is None:
        return None
    owed = tuple(
        item.project
        for item in members
        if all(reported != period for reported, _ in year.rows(item.project.code))
    )
    report = Progress(fiscal_year=year.fiscal_year, round=period)
    return {"matter": f"รายงานผลการดำเนินงาน {round_name(report)}", "projects": owed} if owed else None


def _groups(
    year: YearData, groups: Iterable[tuple[str, tuple[ProjectVersion, ...]]]
) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"name": name, "figures": figures(year, members), "projects": tuple(item.project for item in members)}
        for name, members in groups
    )


def _rows(year: YearData, members: Iterable[ProjectVersion]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"project": item.project, "allocated": year.allocated(item.project.code)} for item in members
    )


def _issue_name(year: YearData, number: str, members: tuple[ProjectVersion, ...]) -> str:
    """Number and name of an issue, from the plan or else from the first project that names it."""
    for issue in year.plan.issues if year.plan else ():
        if to_arabic(issue.no) == number:
            return f"{issue.no} {issue.name}"
    stated = (item.project.alignment.issue for item in members)
    return next((name for name in stated if name), _NO_ISSUE)


def _decided(year: YearData) -> dict[str, Any] | None:
    """The last meeting that decided on the projects: its `body`, `date`, and the number of each decision."""
    if not year.resolutions:
        return None
    last = year.resolutions[-1].resolution
    counts = {item.value: sum(row.decision is item for row in last.rows) for item in Decision}
    return {"body": last.body, "date": last.date, **counts}


def _stages(whole: Figures) -> tuple[dict[str, Any], ...]:
    """`name` and `count` of each stage, as the books have them, and of what has not reported, if any."""
    found = {name: whole.stages[stage] for stage, name in STAGE_NAMES.items()}
    silent = whole.count - sum(found.values())
    if silent:
        found[NO_REPORT] = silent
    return tuple({"name": name, "count": count} for name, count in found.items())


def _rounds(year: YearData, report_day: str) -> tuple[dict[str, Any], ...]:
    """The quarters by name, with the day of the month after each on which reports are `due`."""
    day = _day(report_day)
    found = []
    for number, months in QUARTERS.items():
        report = Progress(fiscal_year=year.fiscal_year, round=Round(kind=RoundKind.QUARTER, number=number))
        due = date(year.fiscal_year - _BUDDHIST_ERA, months[-1] % 12 + 1, day) if day else None
        found.append({"name": round_name(report), "due": due})
    return tuple(found)


def _day(text: str) -> int | None:
    if not text:
        return None
    number = to_arabic(text).strip()
    if not number.isdecimal() or not 1 <= int(number) <= 28:
        raise UsageError(f"วันที่ให้ส่งรายงานอ่านไม่ได้: {text}", hint="ระบุวันที่ ๑ ถึง ๒๘ ของเดือน เช่น report_day=10")
    return int(number)


def _last_round(year: YearData) -> Round | None:
    rounds = [item.report.round for item in year.reports if item.report.round]
    return max(rounds, key=round_order, default=None)


def _round(text: str) -> Round:
    """A quarter by its number (`ไตรมาสที่ ๒`, `2`) or a month by its name."""
    for number, name in enumerate(MONTHS):
        if name and name in text:
            return Round(kind=RoundKind.MONTH, number=number)
    found = re.fullmatch(r"\D*([1-4])", to_arabic(text).strip())
    if found is None:
        raise UsageError(f"ไม่รู้จักรอบการรายงาน {text}", hint="เขียนเช่น ไตรมาสที่ ๒ หรือ เดือนมกราคม")
    return Round(kind=RoundKind.QUARTER, number=int(found[1]))


def _opinion(year: YearData, bureau: str) -> dict[str, Any]:
    """The projects that the bureau gives an opinion on, their `field` and the `plan` that it goes by."""
    for word, flag, field, plan in _OPINIONS:
        if word in bureau:
            members = tuple(item for item in year.projects if _flagged(item.project, flag))
            total = figures(year, members)
            return {
                "field": field,
                "plan": plan,
                "projects": tuple(item.project for item in members),
                "figures": total,
                "count": _count(total),
            }
    return {"field": "", "plan": "", "projects": (), "figures": figures(year, ()), "count": ""}


def _count(total: Figures) -> str:
    """`๕ โครงการ`; with routine work among them `๖ รายการ (โครงการ ๕ โครงการ งานประจำ ๑ งาน)`."""
    projects = f"{total.projects} โครงการ"
    if not total.routines:
        return to_thai(projects)
    shares = f"โครงการ {projects} " if total.projects else ""
    return to_thai(f"{total.count} รายการ ({shares}งานประจำ {total.routines} งาน)")


def _flagged(project: Project, flag: str) -> bool:
    return bool(getattr(project.flags, flag))
