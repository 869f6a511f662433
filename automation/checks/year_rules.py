"""Rules over a whole fiscal year: is every strategy served, and do plan, allocation and reports agree?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from automation.checks.alignment import find_node
from automation.checks.rule import Remark, baht, note, warning
from automation.model import Decision, ResolutionRow
from automation.model.totals import by_category, planned_by_quarter, requested
from automation.model.year import ProjectVersion, YearData, code_key
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
    yield from _sums_of_the_plan(year)
    yield from _allocation_and_plan(year)
    yield from _reports_and_allocation(year)


def _sums_of_the_plan(year: YearData) -> Iterator[Remark]:
    """By issue and by bureau every project counts once; what it asks for may be explained otherwise."""
    whole = sum((requested(item.project) for item in year.projects), Decimal(0))
    by_quarter = planned_by_quarter(year) if any(_planned(item) for item in year.projects) else {}
    for words, parts in (("หมวดรายจ่าย", by_category(year)), ("ไตรมาส", by_quarter)):
        found = sum(parts.values(), Decimal(0))
        if parts and found != whole:
            yield warning(
                "",
                f"ยอดรวมจำแนกตาม{words}คือ {baht(found)} ไม่เท่ากับวงเงินที่เสนอขอทั้งหมด {baht(whole)} "
                "(ดูข้อสังเกตรายโครงการ)",
            )


def _planned(item: ProjectVersion) -> bool:
    return bool(item.project.budget.months or item.project.budget.quarters)


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


def allocation_differs(year: YearData) -> Iterator[Remark]:
    """Projects whose details still ask for another sum than they were allocated (A23, A24)."""
    if year.allocation is None:
        return
    for item in year.projects:
        code, total = item.project.code or "", item.project.budget.total
        allocated = year.allocated(code)
        if total is not None and allocated is not None and total != allocated:
            yield note(
                code,
                f"โครงการ {code} “{item.project.name}” ขอ {baht(total)} ได้รับจัดสรร {baht(allocated)} "
                "ต้องปรับรายละเอียดโครงการให้เท่ากับที่ได้รับจัดสรร",
            )


def resolution_open(year: YearData) -> Iterator[Remark]:
    """Resolutions of a meeting that no change of the project has answered yet (F20, A13, A18)."""
    for version in year.resolutions:
        for row in version.resolution.rows:
            item = year.project(row.code) if row.code else None
            reason = _open(row, item, version.resolution.date) if item else None
            if reason:
                body = version.resolution.body or "ที่ประชุม"
                yield warning(row.code or "", f"โครงการ {row.code} “{row.name or '-'}” {reason} ตามมติ{body}")


def _open(row: ResolutionRow, item: ProjectVersion, day: date | None) -> str | None:
    """What is still to be done about a resolution; None when it is closed."""
    total, received = item.project.budget.total, item.source.received
    if row.decision is Decision.REVISE:
        if row.budget is not None and total is not None and total != row.budget:
            return f"ยังเสนอ {baht(total)} ต้องปรับเป็น {baht(row.budget)}"
        if row.budget is None and day and received and received.date() <= day:
            return f"ยังไม่ได้ส่งฉบับแก้ไข ({row.note or 'ให้ปรับปรุง'})"
    if row.decision is Decision.DROP and total:
        return "ยังอยู่ในแผน ต้องถอนออกหรือดำเนินการโดยไม่ใช้งบประมาณ"
    return None


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
