"""Are a strategic plan, an allocation and a list of resolutions whole (F04, S09.4–S09.6, A22, A13)?"""

from __future__ import annotations

from collections.abc import Iterator

from automation.checks.context import CheckContext
from automation.checks.rule import Remark, baht, error, note, warning
from automation.model import Allocation, Issue, PlanIndicator, Resolution, StrategicPlan
from automation.thai.digits import to_thai


def strategy_required_missing(plan: StrategicPlan, context: CheckContext) -> Iterator[Remark]:
    """Years and issues of the plan, goals and strategies of an issue, indicators of a goal, hosts."""
    if plan.first_year is None or plan.last_year is None:
        yield error("first_year", "ไม่ได้ระบุช่วงปีของแผนยุทธศาสตร์ โปรดระบุปีแรกและปีสุดท้าย")
    elif plan.last_year < plan.first_year:
        yield error("last_year", "ปีสุดท้ายของแผนยุทธศาสตร์อยู่ก่อนปีแรก โปรดแก้ไข")
    if not plan.issues:
        yield error("issues", "ไม่พบประเด็นยุทธศาสตร์ในแผน โปรดตรวจสอบแบบ")
    for index, issue in enumerate(plan.issues):
        yield from _issue(index, issue)


def _issue(index: int, issue: Issue) -> Iterator[Remark]:
    where = f"ประเด็นยุทธศาสตร์ที่ {to_thai(issue.no)}"
    if not issue.goals:
        yield warning(f"issues.{index}.goals", f"{where} ยังไม่มีเป้าประสงค์ โปรดเพิ่มเติม")
    if not issue.strategies:
        yield warning(f"issues.{index}.strategies", f"{where} ยังไม่มีกลยุทธ์ โปรดเพิ่มเติม")
    for place, goal in enumerate(issue.goals):
        if not goal.indicators:
            yield warning(
                f"issues.{index}.goals.{place}",
                f"เป้าประสงค์ที่ {to_thai(goal.no)} “{goal.name}” ยังไม่มีตัวชี้วัด โปรดเพิ่มเติม",
            )
        for number, indicator in enumerate(goal.indicators):
            yield from _indicator(f"issues.{index}.goals.{place}.indicators.{number}", indicator)
    for place, strategy in enumerate(issue.strategies):
        if not strategy.hosts:
            yield warning(
                f"issues.{index}.strategies.{place}",
                f"กลยุทธ์ที่ {to_thai(strategy.no)} “{strategy.name}” ยังไม่มีหน่วยงานเจ้าภาพ โปรดระบุ",
            )


def _indicator(field: str, indicator: PlanIndicator) -> Iterator[Remark]:
    parts = (
        (indicator.unit, "หน่วยนับ"),
        (indicator.targets, "ค่าเป้าหมายรายปี"),
        (indicator.owner, "ผู้รับผิดชอบ"),
    )
    missing = [label for value, label in parts if not value]
    if missing:
        yield warning(field, f"ตัวชี้วัด “{indicator.name}” ยังไม่มี{' '.join(missing)} โปรดเพิ่มเติม")
    if not indicator.baseline:
        yield note(field, f"ตัวชี้วัด “{indicator.name}” ไม่มีค่าฐาน หากเป็นตัวชี้วัดใหม่ไม่ต้องเพิ่มเติม")


def allocation_required_missing(allocation: Allocation, context: CheckContext) -> Iterator[Remark]:
    """Year and rows of the allocation, amount of a row."""
    if allocation.fiscal_year is None:
        yield error("fiscal_year", "ไม่ได้ระบุปีงบประมาณของบัญชีจัดสรร โปรดระบุแล้วส่งใหม่")
    if not allocation.rows:
        yield error("rows", "ไม่พบรายการในบัญชีจัดสรร โปรดตรวจสอบแบบ")
    for index, row in enumerate(allocation.rows):
        name = row.name or row.code or f"แถวที่ {to_thai(str(index + 1))}"
        if row.allocated is None:
            yield warning(f"rows.{index}.allocated", f"“{name}” ไม่มีจำนวนเงินที่ได้รับจัดสรร โปรดระบุ")
        elif row.requested is not None and row.allocated > row.requested:
            yield warning(
                f"rows.{index}.allocated",
                f"“{name}” ได้รับจัดสรร {baht(row.allocated)} มากกว่าที่ขอ {baht(row.requested)} โปรดตรวจสอบ",
            )


def resolution_required_missing(resolution: Resolution, context: CheckContext) -> Iterator[Remark]:
    """Day and rows of the resolutions, decision of a row."""
    if resolution.date is None:
        yield warning("date", "ไม่ได้ระบุวันที่ประชุม โปรดระบุ")
    if not resolution.rows:
        yield error("rows", "ไม่พบมติรายโครงการ โปรดตรวจสอบแบบ")
    for index, row in enumerate(resolution.rows):
        if row.decision is None:
            name = row.name or row.code or f"แถวที่ {to_thai(str(index + 1))}"
            yield warning(f"rows.{index}.decision", f"“{name}” ยังไม่มีมติ โปรดระบุ")
