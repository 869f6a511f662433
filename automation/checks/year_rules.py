"""Rules over a whole fiscal year: is every strategy served, and do plan, allocation and reports agree?"""

from __future__ import annotations

from collections.abc import Iterator

from automation.checks.alignment import find_node
from automation.checks.rule import Remark, baht, warning
from automation.model.year import YearData, code_key
from automation.thai.digits import to_thai
from automation.thai.text import fold


def strategy_uncovered(year: YearData) -> Iterator[Remark]:
    """A strategy of the plan that no project of the year serves (F04, A02)."""
    if year.plan is None or not year.projects:
        return
    strategies = [strategy for issue in year.plan.issues for strategy in issue.strategies]
    served = [find_node(item.project.alignment.strategy, strategies) for item in year.projects]
    for strategy in strategies:
        if strategy not in served:
            hosts = f" (เจ้าภาพ: {', '.join(strategy.hosts)})" if strategy.hosts else ""
            yield warning(
                "",
                f"กลยุทธ์ที่ {to_thai(strategy.no)} “{strategy.name}” ยังไม่มีโครงการรองรับในปีงบประมาณนี้{hosts}",
            )


def books_disagree(year: YearData) -> Iterator[Remark]:
    """Plan, allocation and reports name or sum the same project differently (A11, A22, A24)."""
    yield from _allocation_and_plan(year)
    yield from _reports_and_allocation(year)


def _allocation_and_plan(year: YearData) -> Iterator[Remark]:
    if year.allocation is None:
        return
    for row in year.allocation.rows:
        version = year.project(row.code or "") if row.code else None
        if version is None:
            yield warning(row.code or "", f"บัญชีจัดสรรมี “{row.name or row.code}” แต่ไม่พบในแผนปฏิบัติราชการ")
            continue
        project, code = version.project, row.code or ""
        if row.name and project.name and fold(row.name) != fold(project.name):
            yield warning(code, f"รหัส {code} ในบัญชีจัดสรรชื่อ “{row.name}” แต่ในแผนชื่อ “{project.name}”")
        asked = project.budget.total
        if row.requested is not None and asked is not None and asked not in (row.requested, row.allocated):
            yield warning(
                code,
                f"รหัส {code} ในบัญชีจัดสรรขอ {baht(row.requested)} แต่ในรายละเอียดโครงการคือ {baht(asked)}",
            )
    listed = {code_key(row.code) for row in year.allocation.rows}
    for item in year.projects:
        if code_key(item.project.code) not in listed:
            yield warning(
                item.project.code or "",
                f"โครงการ {item.project.code or ''} “{item.project.name}” อยู่ในแผน แต่ไม่มีในบัญชีจัดสรร",
            )


def _reports_and_allocation(year: YearData) -> Iterator[Remark]:
    if year.allocation is None:
        return
    for item in year.projects:
        code = item.project.code or ""
        allocated = year.allocated(code)
        row = year.latest_row(code)
        if row and row.allocated is not None and allocated is not None and row.allocated != allocated:
            yield warning(
                code,
                f"รหัส {code} รายงานผลระบุงบจัดสรร {baht(row.allocated)} แต่บัญชีจัดสรรคือ {baht(allocated)}",
            )
