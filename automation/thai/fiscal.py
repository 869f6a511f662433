"""The fiscal year: 1 October to 30 September, named by the Buddhist year in which it ends.

Years are B.E. (2570 = 1 October 2026 to 30 September 2027), months are calendar months (10 = October).
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date

ERA = 543
"""Buddhist year minus Gregorian year (for dates since 1941, when the year began to start in January)."""

MONTH_ORDER = (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)
"""Calendar months in the order of the fiscal year."""

QUARTERS: Mapping[int, tuple[int, ...]] = {n: MONTH_ORDER[3 * n - 3 : 3 * n] for n in (1, 2, 3, 4)}
"""Quarter of the fiscal year → its calendar months."""


def is_year(number: int) -> bool:
    """Whether a number can be a year of the Buddhist era that an office writes (2400 to 2699)."""
    return 2400 <= number < 2700


def fiscal_year(day: date) -> int:
    """The fiscal year (B.E.) that the day belongs to."""
    return day.year + ERA + (1 if day.month >= 10 else 0)


def bounds(year: int) -> tuple[date, date]:
    """First and last day of a fiscal year (B.E.)."""
    return month_start(year, 10), month_end(year, 9)


def quarter(month: int) -> int:
    """The quarter 1–4 of the fiscal year in which a calendar month lies; ValueError for no month."""
    return MONTH_ORDER.index(month) // 3 + 1


def month_start(year: int, month: int) -> date:
    """First day of a calendar month of the fiscal year (B.E.)."""
    return date(_gregorian(year, month), month, 1)


def month_end(year: int, month: int) -> date:
    """Last day of a calendar month of the fiscal year (B.E.)."""
    gregorian = _gregorian(year, month)
    return date(gregorian, month, calendar.monthrange(gregorian, month)[1])


def _gregorian(year: int, month: int) -> int:
    return year - ERA - (1 if month >= 10 else 0)
