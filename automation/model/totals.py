"""The figures of a fiscal year. Every book, table, chart and `automation totals` takes them from here, so
that no two documents can disagree. Pure; money in baht, rounded half up to the satang."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from automation.model.codec import to_json
from automation.model.progress import ProgressRow, Stage
from automation.model.project import Project, ProjectKind
from automation.model.year import ProjectVersion, YearData, months_covered
from automation.thai.digits import to_arabic, to_thai
from automation.thai.fiscal import QUARTERS as MONTHS_OF

QUARTERS = (1, 2, 3, 4)
NO_GROUP = "-"
"""Key of the projects that name no strategy, issue or bureau, so that the parts add up to the whole."""

_ZERO = Decimal("0.00")
_SATANG = Decimal("0.01")
_LEADING_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A group of projects in figures; mappings by quarter hold the keys 1 to 4."""

    projects: int
    routines: int
    requested: Decimal
    allocated: Decimal
    spent_in_quarter: Mapping[int, Decimal]
    spent_cumulative: Mapping[int, Decimal]
    remaining: Decimal
    stages: Mapping[Stage, int]
    """Stage of the last report → number of projects; a project without any report is in none."""
    indicators: int
    indicators_met: int
    spent_percent: Decimal

    @property
    def count(self) -> int:
        """Projects and routine works together."""
        return self.projects + self.routines

    @property
    def spent(self) -> Decimal:
        """Baht spent since 1 October as last reported."""
        return self.spent_cumulative[4]


def satang(amount: Decimal) -> Decimal:
    """Baht rounded half up to two decimals."""
    return amount.quantize(_SATANG, rounding=ROUND_HALF_UP)


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """`part` of `whole` in per cent, half up to two decimals; 0.00 of nothing."""
    return satang(Decimal(part) * 100 / Decimal(whole)) if whole else _ZERO


def requested(project: Project) -> Decimal:
    """Baht that the project asks for; 0.00 where the form states no total."""
    return project.budget.total or _ZERO


def spent_by(year: YearData, code: str | None, quarter: int) -> Decimal:
    """Baht spent on a project from 1 October to the end of the quarter, as far as reports tell.

    A report without a cumulative sum adds what it states for its round to the sum before that round.
    """
    reached: list[tuple[int, Decimal]] = [(0, _ZERO)]
    for period, row in year.rows(code):
        start, end = months_covered(period)
        if end > quarter * 3:
            break
        if row.spent is not None:
            reached.append((end, row.spent))
        elif row.spent_round is not None:
            before = [amount for month, amount in reached if month < start]
            reached.append((end, before[-1] + row.spent_round))
    return reached[-1][1]


def committed(year: YearData, code: str | None) -> Decimal:
    """Baht bound by contract and not yet paid, by the project's last report."""
    row = year.latest_row(code)
    return (row.committed if row else None) or _ZERO


def stage_by(year: YearData, code: str | None, quarter: int) -> Stage | None:
    """The project's stage at the end of the quarter; None while no bureau has reported on that quarter."""
    row = year.latest_row(code, quarter=quarter) if quarter <= year.last_quarter else None
    return row.stage if row else None


def met(row: ProgressRow | None) -> int:
    """How many indicators of the row reached their target."""
    return sum((result.percent or _ZERO) >= 100 for result in row.indicators) if row else 0


def figures(year: YearData, projects: Iterable[ProjectVersion]) -> Figures:
    """The figures of some projects of the year: a bureau's, an issue's, all."""
    chosen = [item.project for item in projects]
    kinds = Counter(item.kind for item in chosen)
    codes = [item.code for item in chosen]
    cumulative = {
        quarter: satang(sum((spent_by(year, code, quarter) for code in codes), _ZERO)) for quarter in QUARTERS
    }
    allocated = satang(sum((year.allocated(code) or _ZERO for code in codes), _ZERO))
    bound = sum((committed(year, code) for code in codes), _ZERO)
    stages = Counter(row.stage for code in codes if (row := year.latest_row(code)))
    return Figures(
        projects=len(chosen) - kinds[ProjectKind.ROUTINE],
        routines=kinds[ProjectKind.ROUTINE],
        requested=satang(sum((requested(item) for item in chosen), _ZERO)),
        allocated=allocated,
        spent_in_quarter={
            quarter: cumulative[quarter] - cumulative.get(quarter - 1, _ZERO) for quarter in QUARTERS
        },
        spent_cumulative=cumulative,
        remaining=satang(allocated - bound - cumulative[4]),
        stages={stage: stages[stage] for stage in Stage},
        indicators=sum(len(item.indicators) for item in chosen),
        indicators_met=sum(met(year.latest_row(code)) for code in codes),
        spent_percent=percent(cumulative[4], allocated),
    )


def number_of(text: str | None) -> str | None:
    """The number before a name of the plan, in Arabic digits: `๓.๑ พัฒนา…` → `3.1`."""
    found = _LEADING_NUMBER.match(to_arabic(text or ""))
    return found[1] if found else None


def issue_of(project: Project) -> str:
    """Number of the project's issue, taken from its strategy where the form names none."""
    strategy = number_of(project.alignment.strategy)
    return number_of(project.alignment.issue) or (strategy.split(".")[0] if strategy else NO_GROUP)


def strategy_of(project: Project) -> str:
    """Number of the project's strategy, e.g. `3.1`."""
    return number_of(project.alignment.strategy) or NO_GROUP


def bureau_of(project: Project) -> str:
    """The bureau's name as the project states it."""
    return project.bureau or NO_GROUP


def grouped(year: YearData, key: Callable[[Project], str]) -> dict[str, tuple[ProjectVersion, ...]]:
    """The year's projects by bureau, issue or strategy, in the order in which the groups first occur."""
    groups: dict[str, list[ProjectVersion]] = {}
    for item in year.projects:
        groups.setdefault(key(item.project), []).append(item)
    return {name: tuple(members) for name, members in groups.items()}


def by_number(year: YearData, key: Callable[[Project], str]) -> dict[str, tuple[ProjectVersion, ...]]:
    """Like `grouped`, in the order of the plan: 2 before 10, 1.2 before 1.10, without a number last."""
    return dict(sorted(grouped(year, key).items(), key=lambda group: _number_order(group[0])))


def uncovered_strategies(year: YearData) -> tuple[str, ...]:
    """Numbers of the plan's strategies that no project serves."""
    served = {strategy_of(item.project) for item in year.projects}
    numbers = [
        number_of(item.no) or item.no
        for issue in (year.plan.issues if year.plan else ())
        for item in issue.strategies
    ]
    return tuple(number for number in numbers if number not in served)


def stages_in(year: YearData, quarter: int) -> dict[Stage, int]:
    """Stage at the end of the quarter → number of projects."""
    found = Counter(stage_by(year, item.project.code, quarter) for item in year.projects)
    return {stage: found[stage] for stage in Stage}


def by_category(year: YearData) -> dict[str, Decimal]:
    """หมวดรายจ่าย → baht asked for."""
    sums: dict[str, Decimal] = {}
    for item in year.projects:
        for line in item.project.budget.lines:
            name = line.category or NO_GROUP
            sums[name] = sums.get(name, _ZERO) + (line.amount or _ZERO)
    return {name: satang(amount) for name, amount in sums.items()}


def planned_in(project: Project) -> dict[int, Decimal]:
    """Quarter → baht that the project plans to spend, from its months or its quarters."""
    months, quarters = project.budget.months, project.budget.quarters or {}
    if months is None:
        return {quarter: quarters.get(quarter, _ZERO) for quarter in QUARTERS}
    return {
        quarter: sum((months.get(month, _ZERO) for month in MONTHS_OF[quarter]), _ZERO)
        for quarter in QUARTERS
    }


def planned_by_quarter(year: YearData) -> dict[int, Decimal]:
    """Quarter → baht that all projects together plan to spend, of what they ask for."""
    plans = [planned_in(item.project) for item in year.projects]
    return {quarter: satang(sum((plan[quarter] for plan in plans), _ZERO)) for quarter in QUARTERS}


def totals(year: YearData) -> dict[str, Any]:
    """All figures of the year, ready for JSON (contract: `automation totals --json`)."""
    return {
        "note": _note(year),
        "fiscal_year": year.fiscal_year,
        "total": to_json(figures(year, year.projects)),
        "by_bureau": {
            name: to_json(figures(year, members)) for name, members in grouped(year, bureau_of).items()
        },
        "by_issue": {
            name: to_json(figures(year, members)) for name, members in by_number(year, issue_of).items()
        },
        "by_strategy": {
            name: _brief(year, members) for name, members in by_number(year, strategy_of).items()
        },
        "strategies_without_project": list(uncovered_strategies(year)),
        "stages_by_quarter": to_json({quarter: stages_in(year, quarter) for quarter in QUARTERS}),
        "budget_by_category_requested": to_json(by_category(year)),
        "planned_by_quarter_requested": to_json(planned_by_quarter(year)),
        "projects": [_project(year, item.project) for item in year.projects],
    }


def _note(year: YearData) -> str:
    stated = "มีบัญชีจัดสรร" if year.allocation else "ยังไม่มีบัญชีจัดสรร"
    counts = f"โครงการและงานประจำ {len(year.projects)} รายการ รายงานผล {len(year.reports)} ฉบับ"
    return to_thai(f"คำนวณจากข้อมูลในทะเบียน: {counts} {stated}")


def _brief(year: YearData, members: tuple[ProjectVersion, ...]) -> dict[str, Any]:
    group = figures(year, members)
    return {"count": group.count, **to_json({"requested": group.requested, "allocated": group.allocated})}


def _project(year: YearData, project: Project) -> dict[str, Any]:
    code = project.code
    found: dict[str, Any] = to_json(
        {
            "code": code,
            "name": project.name,
            "kind": project.kind,
            "bureau": project.bureau,
            "issue": issue_of(project),
            "strategy": strategy_of(project),
            "requested": satang(requested(project)),
            "allocated": year.allocated(code),
            "spent_cumulative": {quarter: spent_by(year, code, quarter) for quarter in QUARTERS},
            "stage_by_quarter": {quarter: stage_by(year, code, quarter) for quarter in QUARTERS},
            "indicators": len(project.indicators),
            "indicators_met": met(year.latest_row(code)),
        }
    )
    return found


def _number_order(number: str) -> tuple[bool, tuple[int, ...]]:
    return number == NO_GROUP, tuple(int(part) for part in number.split(".") if part.isdigit())
