"""Does the money of a progress report agree with itself and with the rounds before (M2)?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from automation.checks.context import CheckContext
from automation.checks.progress_rows import title
from automation.checks.rule import Remark, baht, error, warning
from automation.model import IndicatorResult, Progress, ProgressRow
from automation.model.year import code_key, months_covered
from automation.thai.digits import to_arabic, to_thai
from automation.thai.text import normalize, squeeze

_PLACES = (Decimal(1), Decimal("0.1"), Decimal("0.01"))
_ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_FLOOR)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def spent_exceeds_allocated(report: Progress, context: CheckContext) -> Iterator[Remark]:
    """More was spent than allocated; a warning when only what is committed goes beyond."""
    for index, row in enumerate(report.rows):
        if row.allocated is None or row.spent is None:
            continue
        if row.spent > row.allocated:
            yield error(
                f"rows.{index}.spent",
                f"{title(row)} เบิกจ่ายสะสม {baht(row.spent)} เกินงบที่ได้รับจัดสรร {baht(row.allocated)} "
                "โปรดตรวจสอบตัวเลข หรือแนบหลักฐานการโอนเพิ่ม",
            )
        elif row.spent + (row.committed or 0) > row.allocated:
            yield warning(
                f"rows.{index}.committed",
                f"{title(row)} เบิกจ่ายรวมกับเงินผูกพัน {baht(row.spent + (row.committed or 0))} "
                f"เกินงบที่ได้รับจัดสรร {baht(row.allocated)} โปรดตรวจสอบ",
            )


def remaining_mismatch(report: Progress, context: CheckContext) -> Iterator[Remark]:
    """What remains is not allocated − committed − spent; left out commitments give a warning."""
    for index, row in enumerate(report.rows):
        if row.allocated is None or row.spent is None or row.remaining is None:
            continue
        without = row.allocated - row.spent
        right = without - (row.committed or 0)
        if row.remaining == right:
            continue
        yield (warning if row.remaining == without else error)(
            f"rows.{index}.remaining",
            f"{title(row)} คงเหลือควรเป็น {baht(right)} (จัดสรร − ผูกพัน − เบิกจ่ายสะสม) "
            f"แต่เขียนไว้ {baht(row.remaining)} โปรดแก้ไข",
        )


def percent_mismatch(report: Progress, context: CheckContext) -> Iterator[Remark]:
    """A percentage does not follow from its figures: of spending, or of an indicator's target."""
    for index, row in enumerate(report.rows):
        if row.allocated and row.spent is not None and row.spent_percent is not None:
            right = row.spent / row.allocated * 100
            if not _rounds_to(right, row.spent_percent):
                yield _wrong_percent(
                    f"rows.{index}.spent_percent", title(row), "การเบิกจ่าย", right, row.spent_percent
                )
        yield from _indicators(index, row)


def _indicators(index: int, row: ProgressRow) -> Iterator[Remark]:
    for place, indicator in enumerate(row.indicators):
        expected = _expected_percents(indicator)
        stated = indicator.percent
        if stated is None or not expected or any(_rounds_to(right, stated) for right in expected):
            continue
        field = f"rows.{index}.indicators.{place}.percent"
        yield _wrong_percent(
            field, f"{title(row)} ตัวชี้วัด “{indicator.name}”", "ของเป้าหมาย", expected[0], stated
        )


def _expected_percents(indicator: IndicatorResult) -> tuple[Decimal, ...]:
    """The percentages that may be meant: of the target, no more than 100, or where less is better."""
    target, result = _figure(indicator.target), _figure(indicator.result)
    if not target or result is None:
        return ()
    right = result / target * 100
    return (right, min(right, Decimal(100)), *([target / result * 100] if result else []))


def _figure(text: str | None) -> Decimal | None:
    """The only number of a text; None when it holds none or several."""
    numbers = _NUMBER.findall(squeeze(to_arabic(normalize(text or ""))))
    return Decimal(numbers[0].replace(",", "")) if len(numbers) == 1 else None


def _rounds_to(exact: Decimal, stated: Decimal) -> bool:
    """Whether the stated figure is the exact one, rounded or cut to 0, 1 or 2 decimals."""
    return any(
        exact.quantize(place, rounding=rounding) == stated for place in _PLACES for rounding in _ROUNDINGS
    )


def _wrong_percent(field: str, who: str, of_what: str, right: Decimal, stated: Decimal) -> Remark:
    shown = to_thai(f"{right.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP)}")
    return warning(field, f"{who} ร้อยละ{of_what}ควรเป็น {shown} แต่เขียนไว้ {to_thai(f'{stated:f}')} โปรดแก้ไข")


def cumulative_falls(report: Progress, context: CheckContext) -> Iterator[Remark]:
    """Spending since 1 October is less than in an earlier round, or than in this round alone."""
    before = _spent_before(report, context.earlier)
    for index, row in enumerate(report.rows):
        if row.spent is None:
            continue
        earlier = before.get(code_key(row.code))
        if earlier is not None and row.spent < earlier:
            yield error(
                f"rows.{index}.spent",
                f"{title(row)} เบิกจ่ายสะสม {baht(row.spent)} น้อยกว่าที่เคยรายงานไว้ {baht(earlier)} โปรดตรวจสอบ",
            )
        elif row.spent_round is not None and row.spent < row.spent_round:
            yield error(
                f"rows.{index}.spent",
                f"{title(row)} เบิกจ่ายสะสม {baht(row.spent)} น้อยกว่าเบิกจ่ายในรอบ {baht(row.spent_round)} "
                "โปรดตรวจสอบ",
            )


def cumulative_mismatch(report: Progress, context: CheckContext) -> Iterator[Remark]:
    """Spending since 1 October is not that of the round just before plus that of this round."""
    before = _spent_just_before(report, context.earlier)
    for index, row in enumerate(report.rows):
        earlier = before.get(code_key(row.code))
        if row.spent is None or row.spent_round is None or earlier is None or row.spent < earlier:
            continue
        right = earlier + row.spent_round
        if row.spent != right:
            yield warning(
                f"rows.{index}.spent",
                f"{title(row)} เบิกจ่ายสะสมควรเป็น {baht(right)} (สะสมรอบก่อน {baht(earlier)} + รอบนี้ "
                f"{baht(row.spent_round)}) แต่เขียนไว้ {baht(row.spent)} โปรดตรวจสอบ",
            )


def _spent_just_before(report: Progress, earlier: tuple[Progress, ...]) -> dict[str, Decimal]:
    """Code → cumulative spending of the round that ended where this one begins."""
    if report.round is None:
        return {}
    end_before = months_covered(report.round)[0] - 1
    return {
        code_key(row.code): row.spent
        for past in earlier
        if past.round
        and past.fiscal_year == report.fiscal_year
        and months_covered(past.round)[1] == end_before
        for row in past.rows
        if row.code and row.spent is not None
    }


def _spent_before(report: Progress, earlier: tuple[Progress, ...]) -> dict[str, Decimal]:
    """Code → highest cumulative spending that rounds ending before this one reported."""
    spent: dict[str, Decimal] = {}
    if report.round is None:
        return spent
    end = months_covered(report.round)[1]
    for past in earlier:
        if (
            past.round is None
            or past.fiscal_year != report.fiscal_year
            or months_covered(past.round)[1] >= end
        ):
            continue
        for row in past.rows:
            key = code_key(row.code)
            if key and row.spent is not None:
                spent[key] = max(spent.get(key, row.spent), row.spent)
    return spent
