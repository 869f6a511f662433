"""Expense lines one by one: the multiplication written out, and the ceilings of the rates (A10, F06)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from automation.checks.context import CheckContext
from automation.checks.rates import Rate
from automation.checks.rule import Remark, baht, error, note, warning
from automation.model import Project
from automation.thai.digits import to_thai
from automation.thai.products import ROUNDING, Product, read_products
from automation.thai.text import fold


def line_product_mismatch(project: Project, context: CheckContext) -> Iterator[Remark]:
    """The multiplication that a line writes out does not give its amount.

    With other numbers in the text, or several products, the sentence may mean more than it says: a warning.
    """
    for index, line in enumerate(project.budget.lines):
        products = read_products(line.item or "")
        if line.amount is None or not products:
            continue
        value = sum((product.value for product in products), Decimal(0))
        if abs(value - line.amount) < ROUNDING or any(product.can_be(line.amount) for product in products):
            continue
        certain = len(products) == 1 and not products[0].loose
        yield (error if certain else warning)(
            f"budget.lines.{index}.amount",
            f"รายการ “{line.item}” คูณกันได้ {' + '.join(map(_sum_text, products))} = {baht(value)} "
            f"แต่จำนวนเงินเขียนไว้ {baht(line.amount)} โปรดตรวจสอบและแก้ไข",
        )


def _sum_text(product: Product) -> str:
    return " × ".join(to_thai(f"{factor.number:,}") for factor in product.factors)


def rate_exceeded(project: Project, context: CheckContext) -> Iterator[Remark]:
    """A price per unit lies above every ceiling that may apply; above only some of them it is a note."""
    day = project.start or context.today
    for index, line in enumerate(project.budget.lines):
        for product in read_products(line.item or ""):
            rates = _fitting(context.rates, line.item or "", product, day)
            over = [rate for rate in rates if product.price > rate.limit]
            if over:
                yield _exceeded(f"budget.lines.{index}.item", product.price, over, len(over) == len(rates))


def _exceeded(field: str, price: Decimal, over: list[Rate], all_of_them: bool) -> Remark:
    rate = max(over, key=lambda item: item.limit)
    fact = (
        f"ราคาต่อหน่วย {baht(price)} เกินอัตรา “{rate.item}” {baht(rate.limit)} ต่อ{rate.unit.split('|')[0]} "
        f"({rate.source})"
    )
    if all_of_them:
        return warning(field, f"{fact} โปรดปรับลด หรือชี้แจงเหตุผลและแนบการอนุมัติ")
    return note(field, f"{fact} หากเบิกตามอัตราอื่น โปรดระบุประเภทให้ชัดเจน")


def _fitting(rates: tuple[Rate, ...], text: str, product: Product, day: date) -> list[Rate]:
    """The rates in force that concern the expense, the most particular ones."""
    folded = fold(text)
    found = [
        rate
        for rate in rates
        if all(_says(folded, word) for word in rate.keywords)
        and not any(_says(folded, word) for word in rate.excluding)
        and any(fold(unit) in map(_unit, product.units) for unit in rate.unit.split("|"))
        and (rate.valid_from is None or rate.valid_from <= day)
        and (rate.valid_to is None or day <= rate.valid_to)
    ]
    most = max((_particular(folded, rate) for rate in found), default=0)
    return [rate for rate in found if _particular(folded, rate) == most]


def _particular(folded: str, rate: Rate) -> int:
    return sum(_says(folded, word) for word in rate.qualifiers)


def _says(folded: str, words: str) -> bool:
    return any(fold(word) in folded for word in words.split("|"))


def _unit(unit: str) -> str:
    """`บาท/ชม.` speaks of hours as well as `ชม.`."""
    return fold(unit.rpartition("/")[2])
