"""The multiplication that an expense line writes out: `จำนวน ๒ คน ๆ ละ ๖ ชั่วโมง ๆ ละ ๖๐๐ บาท`.

Only what is plainly a chain of number, unit and link (ๆ ละ, คนละ, x, ×) with one price in baht counts;
a text that is not, or that speaks of percentages and estimates, states no product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import prod

from automation.thai.digits import to_arabic
from automation.thai.text import normalize, squeeze

_NUMBER = re.compile(r"(?<![\d,.A-Za-z])\d[\d,]*(?:\.\d+)?(?![\d/])")
_LETTERS = "[ก-ฺเ-ๅ็-๎]"
_UNIT = rf"(?:{_LETTERS}|[./])*"
_MONEY_DASH = r"(?:\.-|/-)?"
_LINK = re.compile(rf"{_MONEY_DASH}\s*(?P<unit>{_UNIT}?)[\s),]*(?:ๆ\s*ละ|{_LETTERS}+ละ|ละ|[xX×✕*@]|คูณ)[\s(]*")
_UNIT_BEHIND = re.compile(rf"{_MONEY_DASH}\s*({_UNIT})")
_RESULT_BEFORE = re.compile(r"(?:=|เป็นเงิน|รวมเงิน|รวม|ทั้งสิ้น)\s*(?:จำนวน)?\s*$")
_NO_AMOUNT_BEFORE = re.compile(r"(?:ที่|พ\.ศ\.|ปี|ปีงบประมาณ|ข้อ|ชั้น|ขนาด|ระยะ|งวด)\s*$")
_VAGUE = re.compile(r"%|ร้อยละ|ประมาณ|ไม่เกิน")
_MOST_LOOSE = 4
ROUNDING = Decimal(1)
"""Baht by which an amount may differ from its product: prices are rounded, amounts to whole baht."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A number and the unit behind it."""

    number: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Linked factors with exactly one price, and the other numbers of the same text."""

    factors: tuple[Factor, ...]
    loose: tuple[Decimal, ...] = ()

    @property
    def value(self) -> Decimal:
        """The product of the factors, in baht."""
        return prod((factor.number for factor in self.factors), start=Decimal(1))

    @property
    def price(self) -> Decimal:
        """Baht per unit."""
        return next(factor.number for factor in self.factors if factor.unit.startswith("บาท"))

    @property
    def units(self) -> tuple[str, ...]:
        """The units of all factors, the price's too (`บาท/ชม.`)."""
        return tuple(factor.unit for factor in self.factors)

    def can_be(self, amount: Decimal) -> bool:
        """Whether the factors, alone or with some of the loose numbers, make the amount, but for rounding."""
        loose = self.loose[:_MOST_LOOSE]
        return any(
            abs(prod(chosen, start=self.value) - amount) < ROUNDING
            for count in range(len(loose) + 1)
            for chosen in combinations(loose, count)
        )


def read_products(text: str) -> tuple[Product, ...]:
    """The products that the text writes out, in order; () when it writes none or is vague."""
    plain = squeeze(to_arabic(normalize(text)))
    if _VAGUE.search(plain):
        return ()
    numbers = [match for match in _NUMBER.finditer(plain) if _counts(plain, match)]
    chains = list(_chains(plain, numbers))
    loose = tuple(chain[0].number for chain in chains if len(chain) == 1)
    return tuple(
        Product(factors=tuple(chain), loose=loose)
        for chain in chains
        if len(chain) > 1 and sum(factor.unit.startswith("บาท") for factor in chain) == 1
    )


def _counts(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()]
    return not _RESULT_BEFORE.search(before) and not _NO_AMOUNT_BEFORE.search(before)


def _chains(text: str, numbers: list[re.Match[str]]) -> Iterator[list[Factor]]:
    chain: list[Factor] = []
    for index, match in enumerate(numbers):
        following = numbers[index + 1].start() if index + 1 < len(numbers) else len(text)
        link = _LINK.fullmatch(text, match.end(), following)
        behind = _UNIT_BEHIND.match(text, match.end())
        unit = link["unit"] if link else behind.group(1) if behind else ""
        chain.append(Factor(number=Decimal(match.group().replace(",", "")), unit=unit))
        if link is None:
            yield chain
            chain = []
    if chain:
        yield chain
