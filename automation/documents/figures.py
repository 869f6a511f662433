"""The rows of figures that the books print: by issue, bureau, category and quarter.

The figures themselves come from `model.totals`; here they are put in order, named and set beside their share.
Money in baht, shares in per cent with two decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from automation.model.plan import Issue
from automation.model.progress import STAGE_NAMES, Stage
from automation.model.project import ProjectKind
from automation.model.totals import (
    NO_GROUP,
    QUARTERS,
    Figures,
    bureau_of,
    by_category,
    by_number,
    figures,
    grouped,
    issue_of,
    number_of,
    percent,
    planned_by_quarter,
    requested,
)
from automation.model.year import ProjectVersion, YearData
from automation.thai.digits import to_thai

Row = dict[str, Any]
"""One line of a table in a book: plain values under English names, as the template asks for them."""

NO_REPORT = "ยังไม่มีรายงานผล"
UNNAMED_CATEGORY = "ไม่ได้จำแนกหมวดรายจ่าย"
QUARTER_MONTHS = {
    1: "ตุลาคม - ธันวาคม",
    2: "มกราคม - มีนาคม",
    3: "เมษายน - มิถุนายน",
    4: "กรกฎาคม - กันยายน",
}

_ZERO = Decimal("0.00")
_MILLION = Decimal(1_000_000)
_UNNAMED_ISSUE = "ไม่ระบุประเด็นยุทธศาสตร์"
_UNNAMED_BUREAU = "ไม่ระบุสำนัก"
_UNNAMED_QUARTER = "ไม่ได้ระบุช่วงเวลาใช้จ่าย"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueGroup:
    """One issue of the plan with the projects and routine works that serve it."""

    no: str
    name: str
    issue: Issue | None
    members: tuple[ProjectVersion, ...]

    @property
    def label(self) -> str:
        """What captions and sub-totals call it."""
        return self.name if self.no == NO_GROUP else f"ประเด็นยุทธศาสตร์ที่ {self.no}"

    @property
    def title(self) -> str:
        """Label and name, for a heading."""
        return self.name if self.no == NO_GROUP else f"{self.label} {self.name}"

    @property
    def short(self) -> str:
        """What the axis of a chart calls it, in Thai digits."""
        return "ไม่ระบุ" if self.no == NO_GROUP else to_thai(f"ประเด็นที่ {self.no}")


def issue_groups(year: YearData) -> tuple[IssueGroup, ...]:
    """Every issue of the plan in its order, then those that only projects name; nobody falls out."""
    members = by_number(year, issue_of)
    planned = {number_of(item.no) or item.no: item for item in (year.plan.issues if year.plan else ())}
    order = [*planned, *(number for number in members if number not in planned)]
    return tuple(
        IssueGroup(
            no=number,
            name=_issue_name(planned.get(number), members.get(number, ())),
            issue=planned.get(number),
            members=members.get(number, ()),
        )
        for number in order
    )


def is_routine(item: ProjectVersion) -> bool:
    """Whether the form is a งานประจำ."""
    return item.project.kind is ProjectKind.ROUTINE


def asked(members: Iterable[ProjectVersion]) -> Decimal:
    """Baht that these projects ask for together."""
    return sum((requested(item.project) for item in members), _ZERO)


def plan_rows_by_issue(year: YearData) -> list[Row]:
    """Number of projects and routine works and what they ask for, by issue, with their share of it all."""
    whole = asked(year.projects)
    return [_asking_row(group.no, group.name, group.members, whole) for group in issue_groups(year)]


def plan_rows_by_bureau(year: YearData) -> list[Row]:
    """The same by bureau, in the order in which bureaus first occur."""
    whole = asked(year.projects)
    return [
        _asking_row(str(place), name, members, whole)
        for place, (name, members) in enumerate(bureau_groups(year).items(), start=1)
    ]


def bureau_groups(year: YearData) -> dict[str, tuple[ProjectVersion, ...]]:
    """Bureau → its projects; those of no bureau under words that say so."""
    groups = grouped(year, bureau_of)
    return {_UNNAMED_BUREAU if name == NO_GROUP else name: members for name, members in groups.items()}


def plan_rows_by_category(year: YearData) -> list[Row]:
    """หมวดรายจ่าย with baht and share; what no line explains has a row, so that the total is the whole."""
    sums = {
        UNNAMED_CATEGORY if name == NO_GROUP else name: amount for name, amount in by_category(year).items()
    }
    return _share_rows(_with_rest(sums, asked(year.projects), UNNAMED_CATEGORY))


def plan_rows_by_quarter(year: YearData) -> list[Row]:
    """Baht planned by quarter with share; what no plan explains has a row of its own."""
    sums = {_quarter_name(quarter): amount for quarter, amount in planned_by_quarter(year).items()}
    return _share_rows(_with_rest(sums, asked(year.projects), _UNNAMED_QUARTER))


def comparison_rows(year: YearData) -> list[Row]:
    """Asked for against allocated, by bureau; empty while there is no allocation (step A22)."""
    if year.allocation is None:
        return []
    rows = []
    for place, (name, members) in enumerate(bureau_groups(year).items(), start=1):
        found = figures(year, members)
        rows.append({"no": str(place), "name": name, **comparison(found)})
    return rows


def comparison(found: Figures) -> Row:
    """Asked for, allocated, the change (negative = less) and the allocated share of what was asked for."""
    return {
        "requested": found.requested,
        "allocated": found.allocated,
        "change": found.allocated - found.requested,
        "percent": percent(found.allocated, found.requested),
    }


def result_row(year: YearData, members: Iterable[ProjectVersion], **names: str) -> Row:
    """The year's result of some projects: numbers, money, stages and indicators, under the given names."""
    found = figures(year, members)
    return {
        **names,
        "projects": found.projects,
        "routines": found.routines,
        "count": found.count,
        "allocated": found.allocated,
        "spent": found.spent,
        "remaining": found.remaining,
        "percent": found.spent_percent,
        "done": found.stages[Stage.DONE],
        "ongoing": found.stages[Stage.ONGOING],
        "postponed": found.stages[Stage.POSTPONED],
        "not_started": found.stages[Stage.NOT_STARTED],
        "cancelled": found.stages[Stage.CANCELLED],
        "unreported": found.count - sum(found.stages.values()),
        "done_percent": percent(found.stages[Stage.DONE], found.count),
        "indicators": found.indicators,
        "indicators_met": found.indicators_met,
        "indicators_percent": percent(found.indicators_met, found.indicators),
    }


def stage_rows(total: Row) -> list[Row]:
    """Number and share of projects by stage; those without a report only where there are any."""
    counts = {STAGE_NAMES[stage]: total[stage.value] for stage in STAGE_NAMES}
    if total["unreported"]:
        counts[NO_REPORT] = total["unreported"]
    return [
        {"name": name, "count": count, "percent": percent(count, total["count"])}
        for name, count in counts.items()
    ]


def result_rows(year: YearData, groups: Mapping[str, tuple[ProjectVersion, ...]]) -> list[Row]:
    """One result row a group, numbered from 1 and named by its key."""
    return [
        result_row(year, members, no=str(place), name=name)
        for place, (name, members) in enumerate(groups.items(), start=1)
    ]


def spending_rows(year: YearData) -> list[Row]:
    """Baht spent in each quarter and since 1 October, with their shares of the allocation."""
    found = figures(year, year.projects)
    return [
        {
            "no": str(quarter),
            "name": _quarter_name(quarter),
            "spent": found.spent_in_quarter[quarter],
            "percent": percent(found.spent_in_quarter[quarter], found.allocated),
            "cumulative": found.spent_cumulative[quarter],
            "cumulative_percent": percent(found.spent_cumulative[quarter], found.allocated),
        }
        for quarter in QUARTERS
    ]


def by_kind(year: YearData) -> dict[str, tuple[ProjectVersion, ...]]:
    """โครงการ and งานประจำ apart."""
    return {
        "โครงการ": tuple(item for item in year.projects if not is_routine(item)),
        "งานประจำ": tuple(item for item in year.projects if is_routine(item)),
    }


def short_bureau(name: str) -> str:
    """What the axis of a chart calls a bureau: its name without the word สำนัก."""
    return to_thai(name.removeprefix("สำนัก") or name)


def millions(amount: Decimal) -> Decimal:
    """Baht in millions of baht, exact."""
    return amount / _MILLION


def name_after_number(text: str | None) -> str:
    """The name of a part of the plan without the number before it: `๓.๑ พัฒนา…` → `พัฒนา…`."""
    words = (text or "").split(maxsplit=1)
    return words[-1] if words and (len(words) == 1 or number_of(words[0])) else text or ""


def _asking_row(no: str, name: str, members: tuple[ProjectVersion, ...], whole: Decimal) -> Row:
    routines = tuple(item for item in members if is_routine(item))
    amount, routine_amount = asked(members), asked(routines)
    return {
        "no": no,
        "name": name,
        "projects": len(members) - len(routines),
        "projects_amount": amount - routine_amount,
        "routines": len(routines),
        "routines_amount": routine_amount,
        "count": len(members),
        "amount": amount,
        "percent": percent(amount, whole),
    }


def _with_rest(sums: dict[str, Decimal], whole: Decimal, name: str) -> dict[str, Decimal]:
    rest = whole - sum(sums.values(), _ZERO)
    return {**sums, name: sums.get(name, _ZERO) + rest} if rest else sums


def _share_rows(sums: Mapping[str, Decimal]) -> list[Row]:
    whole = sum(sums.values(), _ZERO)
    return [
        {"no": str(place), "name": name, "amount": amount, "percent": percent(amount, whole)}
        for place, (name, amount) in enumerate(sums.items(), start=1)
    ]


def _quarter_name(quarter: int) -> str:
    return f"ไตรมาสที่ {quarter} ({QUARTER_MONTHS[quarter]})"


def _issue_name(issue: Issue | None, members: tuple[ProjectVersion, ...]) -> str:
    if issue is not None:
        return issue.name
    named = (name_after_number(item.project.alignment.issue) for item in members)
    return next(filter(None, named), _UNNAMED_ISSUE)
