"""Does the money of a project form agree with itself (A10: arithmetic; A24 after the allocation)?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from automation.checks.context import CheckContext
from automation.checks.rule import Remark, baht, error, warning
from automation.model import Project
from automation.thai.money import parse_baht_text


def budget_total_mismatch(project: Project, context: CheckContext) -> Iterator[Remark]:
    """The expense lines do not add up to the total."""
    total = project.budget.total
    amounts = [line.amount for line in project.budget.lines if line.amount is not None]
    added = sum(amounts, Decimal(0))
    if total is not None and amounts and added != total:
        yield error(
            "budget.total",
            f"รายละเอียดค่าใช้จ่ายรวมกันได้ {baht(added)} แต่งบประมาณรวมเขียนไว้ {baht(total)} "
            f"(ต่างกัน {baht(abs(total - added))}) โปรดตรวจสอบและแก้ไขให้ตรงกัน",
        )


def budget_text_mismatch(project: Project, context: CheckContext) -> Iterator[Remark]:
    """The amount in words is not the amount in figures."""
    total, words = project.budget.total, project.budget.total_text
    if total is None or not words:
        return
    try:
        spoken = parse_baht_text(words)
    except ValueError:
        yield warning(
            "budget.total_text",
            f"อ่านจำนวนเงินตัวอักษร “{words}” ไม่เข้าใจ โปรดตรวจสอบตัวสะกดให้ตรงกับ {baht(total)}",
        )
        return
    if spoken != total:
        yield error(
            "budget.total_text",
            f"จำนวนเงินตัวอักษร “{words}” คือ {baht(spoken)} แต่ตัวเลขคือ {baht(total)} โปรดแก้ไขให้ตรงกัน",
        )


def budget_plan_mismatch(project: Project, context: CheckContext) -> Iterator[Remark]:
    """The spending plan by month or quarter does not add up to the total."""
    total = project.budget.total
    if total is None:
        return
    yield from _plan("budget.months", "รายเดือน", project.budget.months, total)
    yield from _plan("budget.quarters", "รายไตรมาส", project.budget.quarters, total)


def _plan(field: str, label: str, parts: Mapping[int, Decimal] | None, total: Decimal) -> Iterator[Remark]:
    added = sum((parts or {}).values(), Decimal(0))
    if parts and added != total:
        yield error(
            field,
            f"แผนการใช้จ่าย{label}รวมกันได้ {baht(added)} แต่งบประมาณรวมคือ {baht(total)} "
            f"(ต่างกัน {baht(abs(total - added))}) โปรดปรับแผนการใช้จ่ายให้เท่ากับงบประมาณ",
        )
