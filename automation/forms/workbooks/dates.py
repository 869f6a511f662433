"""Dates as Excel holds them in Thai offices: B.E. years, two-digit years taken for 19xx, bare serials."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from automation.office.sheets import Scalar
from automation.thai.dates import parse_date
from automation.thai.digits import to_arabic, to_thai
from automation.thai.fiscal import bounds

_ERA = 543
FIRST_BUDDHIST = 2400
"""A later year in a date cell is one of the Buddhist era."""
_FIRST_SERIAL, _LAST_SERIAL = 14_000, 260_000
"""Serial numbers of 1938 and B.E. 2611: what may be a date where a date is due."""
_YEARS_BEFORE, _YEARS_AFTER = 2, 1
_YEAR_AT_END = re.compile(r"[0-9]{4}$")
_DASHED = re.compile(r"(?<=[0-9๐-๙])\s*-\s*(?=[ก-๛])|(?<=[ก-๛.])\s*-\s*(?=[0-9๐-๙])")
"""The dashes of `23-ธ.ค.-69`."""
_NEIGHBOUR_DAYS = 3 * 366


class StrayYear(ValueError):
    """A year that is neither the plan's in B.E. nor in A.D., nor its last two digits."""

    def __init__(self, year: int) -> None:
        super().__init__(f"year {year}")
        self.year = year


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A Gregorian date; `doubt` is the Thai question to the sender, `certain` when it is only information."""

    value: dt.date
    doubt: str = ""
    certain: bool = True


def read_date(
    value: Scalar, *, fiscal_year: int | None, near: Iterable[dt.date] = (), date1904: bool = False
) -> ReadDate:
    """The date that a cell means; ValueError where that cannot be told.

    `near` are dates of the same column that are beyond doubt: a two-digit year that Excel took for 19xx is
    read as B.E. where it falls into the fiscal year's surroundings or near to them.
    """
    if isinstance(value, str):
        return ReadDate(_written(value, fiscal_year))
    if isinstance(value, Decimal):
        value = _from_serial(value, date1904)
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return _in_era(value, fiscal_year, tuple(near))
    raise ValueError("no date")


def is_year_at_fault(text: str, fiscal_year: int | None) -> bool:
    """Whether nothing but its year keeps a written date from being one (`๒๔ มิ.ย. ๒๗๕๐`)."""
    plain = to_arabic(text)
    year = _YEAR_AT_END.search(plain)
    if year is None:
        return False
    try:
        _written(f"{plain[: year.start()]}{fiscal_year or FIRST_BUDDHIST + 100}", fiscal_year)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def _written(text: str, fiscal_year: int | None) -> dt.date:
    return parse_date(_DASHED.sub(" ", text), fiscal_year=fiscal_year)


def plain_date(value: Scalar | None, *, fiscal_year: int | None, date1904: bool = False) -> dt.date | None:
    """The date of a cell if nothing about it is doubtful; it serves its column as evidence."""
    if value is None:
        return None
    try:
        found = read_date(value, fiscal_year=fiscal_year, date1904=date1904)
    except ValueError:
        return None
    return found.value if found.certain else None


def _from_serial(value: Decimal, date1904: bool) -> dt.date:
    if value != value.to_integral() or not _FIRST_SERIAL <= value <= _LAST_SERIAL:
        raise ValueError(f"no date: {value}")
    epoch = dt.date(1904, 1, 1) if date1904 else dt.date(1899, 12, 30)
    return epoch + dt.timedelta(days=int(value))


def _in_era(day: dt.date, fiscal_year: int | None, near: tuple[dt.date, ...]) -> ReadDate:
    if day.year >= FIRST_BUDDHIST:
        moved = day.replace(year=day.year - _ERA)
        doubt = f"ช่องวันที่เก็บปี {_thai(day.year)} เป็น ค.ศ. ระบบอ่านเป็น พ.ศ. {_thai(day.year)}"
        return ReadDate(moved, doubt)
    if day.year >= 2000 and (fiscal_year is None or _plausible(day, fiscal_year, near)):
        return ReadDate(day)
    buddhist = 2500 + day.year % 100
    moved = day.replace(year=buddhist - _ERA)
    if fiscal_year is not None and _plausible(moved, fiscal_year, near):
        doubt = (
            f"ช่องเก็บเป็น ค.ศ. {_thai(day.year)} (พิมพ์ปีสองหลัก {_thai(day.year % 100).zfill(2)}) "
            f"ระบบอ่านเป็น พ.ศ. {_thai(buddhist)} โปรดยืนยัน"
        )
        return ReadDate(moved, doubt, certain=False)
    if day.year >= 2000:
        return ReadDate(day)
    raise StrayYear(day.year)


def _plausible(day: dt.date, fiscal_year: int, near: tuple[dt.date, ...]) -> bool:
    first = bounds(fiscal_year - _YEARS_BEFORE)[0]
    last = bounds(fiscal_year + _YEARS_AFTER)[1]
    return first <= day <= last or any(abs((day - other).days) <= _NEIGHBOUR_DAYS for other in near)


def _thai(number: int) -> str:
    return to_thai(str(number))
