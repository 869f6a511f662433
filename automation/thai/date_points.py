"""One day, or what a text says of it: day, month and year in all the ways in which offices write them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from automation.thai import fiscal
from automation.thai.date_format import WEEKDAYS, format_date
from automation.thai.fiscal import ERA
from automation.thai.months import MONTH_PATTERN, YEAR_PATTERN, UnclearDate, month_number

_WEEKDAY = rf"(?:(?:วัน\s?)?(?P<weekday>{'|'.join(WEEKDAYS)})\s*(?:ที่)?\s*)?"
_NUMERIC = re.compile(
    rf"{_WEEKDAY}(?:วันที่\s*)?(?P<d>\d{{1,2}})\s?(?P<sep>[/.-])\s?(?P<m>\d{{1,2}})\s?(?P=sep)\s?(?P<y>\d{{4}}|\d{{2}})(?!\d)"
)
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
_MONTH_YEAR = re.compile(r"(?:เดือน\s*)?(?P<m>\d{1,2})/(?P<y>\d{4})(?!\d)")
_WORDS = re.compile(
    rf"{_WEEKDAY}(?:วันที่\s*)?(?:(?P<d>\d{{1,2}})\s*)?(?:เดือน\s*)?(?P<month>{MONTH_PATTERN})\s*{YEAR_PATTERN}?",
    re.IGNORECASE,
)
_DAY = re.compile(rf"{_WEEKDAY}(?:วันที่\s*)?(?P<d>\d{{1,2}})(?![\d/.])")
_SURELY_BUDDHIST = 50
"""Two figures from here on are no Gregorian year that a plan could name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One side of a period: what of day, month and (Gregorian) year it says."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: str | None = None


def read_point(text: str, position: int, fiscal_year: int | None) -> tuple[Point, int]:
    """The side of a period that begins at `position`, and where it ends."""
    iso = _ISO.match(text, position)
    figures = iso or _NUMERIC.match(text, position)
    if figures:
        point = Point(
            day=int(figures["d"]),
            month=int(figures["m"]),
            year=gregorian_year(figures["y"], None, thai=False, fiscal_year=fiscal_year),
            weekday=None if iso else figures["weekday"],
        )
        return point, figures.end()
    month_year = _MONTH_YEAR.match(text, position)
    if month_year:
        year = gregorian_year(month_year["y"], None, thai=True, fiscal_year=None)
        return Point(month=int(month_year["m"]), year=year), month_year.end()
    words = _WORDS.match(text, position)
    if words:
        return _worded(words, fiscal_year), words.end()
    day = _DAY.match(text, position)
    if day:
        return Point(day=int(day["d"]), weekday=day["weekday"]), day.end()
    raise UnclearDate(f"not a date: {text!r}")


def _worded(match: re.Match[str], fiscal_year: int | None) -> Point:
    era, figures = match.groups()[-2:]
    thai = not match["month"].isascii()
    return Point(
        day=int(match["d"]) if match["d"] else None,
        month=month_number(match["month"].strip()),
        year=gregorian_year(figures, era, thai=thai, fiscal_year=fiscal_year) if figures else None,
        weekday=match["weekday"],
    )


def gregorian_year(figures: str, era: str | None, *, thai: bool, fiscal_year: int | None) -> int:
    """The Gregorian year of written figures; UnclearDate when they may be B.E. or C.E."""
    value = int(figures)
    if len(figures) == 2:
        buddhist, christian = 2500 + value - ERA, 2000 + value
        if era:
            return christian if era.startswith("ค") else buddhist
        return buddhist if thai and value >= _SURELY_BUDDHIST else _near(buddhist, christian, fiscal_year)
    is_buddhist = fiscal.is_year(value)
    if not is_buddhist and not 1900 <= value < 2200:
        raise UnclearDate(f"not a year: {figures}")
    if era and is_buddhist != era.startswith("พ"):
        raise UnclearDate(f"the era does not fit the year: {era} {figures}")
    return value - ERA if is_buddhist else value


def _near(buddhist: int, christian: int, fiscal_year: int | None) -> int:
    """Of two Gregorian years the one that lies by the fiscal year, if one alone does."""
    if fiscal_year is not None:
        near = [year for year in (buddhist, christian) if abs(year + ERA - fiscal_year) <= 2]
        if len(near) == 1:
            return near[0]
    raise UnclearDate("a year of two figures may be B.E. or C.E.")


def with_year(point: Point, fiscal_year: int | None) -> Point:
    """The point with the year of the fiscal year (B.E.) where it names none; UnclearDate without either."""
    if point.year is not None:
        return point
    if fiscal_year is None or point.month is None or not 1 <= point.month <= 12:
        raise UnclearDate("the year is missing")
    return replace(point, year=fiscal.month_start(fiscal_year, point.month).year)


def first_day(point: Point) -> date:
    """The day itself, or the first of a whole month; UnclearDate when there is no such day."""
    return _day(point, point.day or 1)


def last_day(point: Point) -> date:
    """The day itself, or the last of a whole month; UnclearDate when there is no such day."""
    if point.day is None and point.year is not None and point.month is not None and 1 <= point.month <= 12:
        return _day(point, calendar.monthrange(point.year, point.month)[1])
    return _day(point, point.day or 1)


def _day(point: Point, day: int) -> date:
    if point.year is None or point.month is None:
        raise UnclearDate("month or year is missing")
    try:
        result = date(point.year, point.month, day)
    except ValueError as error:
        raise UnclearDate(f"no such day: {day}/{point.month}/{point.year + ERA}") from error
    if point.weekday and WEEKDAYS[result.weekday()] != point.weekday:
        raise UnclearDate(f"{format_date(result, 'long')} is no วัน{point.weekday}")
    return result
