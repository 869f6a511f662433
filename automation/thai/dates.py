"""Dates and periods as Thai offices write them, read and written.

Inside the program a date is a Gregorian `date`; here, at the edge, a year is B.E. unless it says otherwise.
A text that can be read in two ways is refused with `UnclearDate`, never guessed:

* four figures: 2400–2699 are B.E., 1900–2199 are C.E.; พ.ศ. and ค.ศ. must agree with that;
* two figures from 50 behind a Thai month are B.E. (69 = 2569); others, and all in 01/02/69 or behind an
  English month, count only when the fiscal year is known and one reading alone falls in it or next to it;
* figures alone are day/month/year, or year-month-day when the year stands first.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from automation.thai import fiscal
from automation.thai.date_format import WEEKDAYS, format_date, format_period, format_time, parse_time
from automation.thai.digits import to_arabic
from automation.thai.fiscal import ERA
from automation.thai.months import (
    MONTH_PATTERN,
    MONTHS,
    SHORT_MONTHS,
    YEAR_PATTERN,
    UnclearDate,
    month_number,
    month_of,
    parse_months,
)
from automation.thai.text import normalize, squeeze, strip_leaders

__all__ = [
    "MONTHS",
    "SHORT_MONTHS",
    "WEEKDAYS",
    "UnclearDate",
    "format_date",
    "format_period",
    "format_time",
    "month_of",
    "parse_date",
    "parse_months",
    "parse_period",
    "parse_time",
]


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
_TO = re.compile(r"\s*(?:[-–—~]|จนถึง|ถึง)\s*")
_BETWEEN_TO = re.compile(r"\s*(?:[-–—~]|จนถึง|ถึง|และ|กับ)\s*")

_LEAD = re.compile(r"^(?:ตั้งแต่|ระหว่าง|ในช่วง|ช่วง|เริ่มต้น|เริ่ม|เมื่อ|ณ|ใน|ภายใน|ประจำ|ระยะเวลา(?:ดำเนินการ)?|:|\s)+")
_COUNT = r"\d+\s*(?:วัน|เดือน|ปี|สัปดาห์|คืน)"
_DURATION = re.compile(rf"(?:รวม|เป็น|ระยะ|เวลา|จำนวน|ทั้งสิ้น|\s)*{_COUNT}(?:\s*{_COUNT})*")
_DURATION_BEHIND = re.compile(rf"\s*(?:รวม|เป็น|จำนวน)(?:ระยะ|เวลา|จำนวน|ทั้งสิ้น|\s)*{_COUNT}$")
_DURATION_BEFORE = re.compile(rf"^{_DURATION.pattern}\s*(?=ระหว่าง|ตั้งแต่)")
_CLOCK_BEHIND = re.compile(r"\s*เวลา\s*\d{1,2}[.:]\d{2}(?:\s*[-–]\s*\d{1,2}[.:]\d{2})?\s*(?:นาฬิกา|น\.?)?$")
_BRACKET = re.compile(r"(.*?)\s*\(([^()]*)\)")
_FISCAL = re.compile(r"(?:ตลอด)?(?:ทั้ง)?\s?ปี(?:งบประมาณ)?(?:\s*พ\.?\s?ศ\.?)?\s*(?P<year>\d{4}|\d{2})?")
_QUARTERS = re.compile(
    r"ไตรมาส(?:ที่)?\s*(?P<first>[1-4])(?:\s*(?:[-–—]|ถึง|และ)\s*(?:ไตรมาส(?:ที่)?)?\s*(?P<last>[1-4]))?"
    r"(?:\s*/\s*|\s*(?:ของ)?\s*(?:ปี)?(?:งบประมาณ)?\s*(?:พ\.?\s?ศ\.?)?\s*)(?P<year>\d{4}|\d{2})?"
)
_SURELY_BUDDHIST = 50
"""Two figures from here on are no Gregorian year that a plan could name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    """One side of a period: what of day, month and (Gregorian) year it says."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: str | None = None


def parse_date(text: str, *, fiscal_year: int | None = None) -> date:
    """The day that the whole text names. UnclearDate when it is no day or more than one.

    A missing year is taken from `fiscal_year` (B.E.), where that is given. A weekday must fit the day.
    """
    plain = _plain(_CLOCK_BEHIND.sub("", _plain(text)))
    point, position = _point(plain, 0, fiscal_year)
    if position != len(plain) or point.day is None or point.month is None:
        raise UnclearDate(f"not a date: {text!r}")
    return _first_day(_with_year(point, fiscal_year))


def parse_period(text: str, *, fiscal_year: int | None = None) -> tuple[date, date]:
    """First and last day of the period that the whole text names; months run to their last day.

    The end lends the start what it leaves out ("1 – 3 มิถุนายน 2570"). Years that are written are kept even
    where the period then runs backwards. Knows "ตลอดปีงบประมาณ" and "ไตรมาส ๒" (their year from the text or
    `fiscal_year`, B.E.). UnclearDate when the text is no period or can be read in two ways.
    """
    plain = squeeze(strip_leaders(to_arabic(normalize(text))))
    bracket = _BRACKET.fullmatch(plain)
    if bracket is None:
        return _period(plain, fiscal_year)
    readings = [_try_period(part, fiscal_year) for part in bracket.groups()]
    periods = {period for period in readings if period}
    unread = [part for part, period in zip(bracket.groups(), readings, strict=True) if not period]
    if len(periods) != 1 or not all(_names_no_days(part) for part in unread):
        raise UnclearDate(f"not a period: {text!r}")
    return periods.pop()


def _try_period(text: str, fiscal_year: int | None) -> tuple[date, date] | None:
    try:
        return _period(text, fiscal_year)
    except UnclearDate:
        return None


def _names_no_days(text: str) -> bool:
    """Whether the text is a duration, or a quarter or year that cannot be placed."""
    return any(pattern.fullmatch(text.strip()) for pattern in (_DURATION, _QUARTERS, _FISCAL))


def _period(text: str, fiscal_year: int | None) -> tuple[date, date]:
    """The period of a text without brackets."""
    plain = _plain(_DURATION_BEHIND.sub("", _DURATION_BEFORE.sub("", text)))
    named = _named_period(plain, fiscal_year)
    if named:
        return named
    start, position = _point(plain, 0, fiscal_year)
    if position == len(plain):
        start = _with_year(start, fiscal_year)
        return _first_day(start), _last_day(start)
    to = (_BETWEEN_TO if "ระหว่าง" in text else _TO).match(plain, position)
    if to is None:
        raise UnclearDate(f"not a period: {text!r}")
    end, position = _point(plain, _after_lead(plain, to.end()), fiscal_year)
    if position != len(plain):
        raise UnclearDate(f"not a period: {text!r}")
    end = _with_year(end, fiscal_year)
    start = _completed(start, end, fiscal_year)
    return _first_day(start), _last_day(end)


def _plain(text: str) -> str:
    plain = squeeze(strip_leaders(to_arabic(normalize(text))))
    return plain[_after_lead(plain, 0) :].rstrip(" ,;")


def _after_lead(text: str, position: int) -> int:
    lead = _LEAD.match(text[position:])
    return position + (lead.end() if lead else 0)


def _named_period(text: str, fiscal_year: int | None) -> tuple[date, date] | None:
    whole = _FISCAL.fullmatch(text)
    if whole and ("งบประมาณ" in text or ("ตลอด" in text and not whole["year"])):
        return fiscal.bounds(_stated_year(whole["year"], fiscal_year))
    quarters = _QUARTERS.fullmatch(text)
    if not quarters:
        return None
    year = _stated_year(quarters["year"], fiscal_year)
    first, last = int(quarters["first"]), int(quarters["last"] or quarters["first"])
    if first > last:
        raise UnclearDate(f"quarters run backwards: {text!r}")
    return fiscal.month_start(year, fiscal.QUARTERS[first][0]), fiscal.month_end(
        year, fiscal.QUARTERS[last][-1]
    )


def _stated_year(figures: str | None, fiscal_year: int | None) -> int:
    """The fiscal year (B.E.) that figures or the context name."""
    if figures:
        return _gregorian(figures, None, thai=True, fiscal_year=fiscal_year) + ERA
    if fiscal_year is None:
        raise UnclearDate("the fiscal year is not known")
    return fiscal_year


def _point(text: str, position: int, fiscal_year: int | None) -> tuple[_Point, int]:
    """The side of a period that begins at `position`, and where it ends."""
    iso = _ISO.match(text, position)
    figures = iso or _NUMERIC.match(text, position)
    if figures:
        point = _Point(
            day=int(figures["d"]),
            month=int(figures["m"]),
            year=_gregorian(figures["y"], None, thai=False, fiscal_year=fiscal_year),
            weekday=None if iso else figures["weekday"],
        )
        return point, figures.end()
    month_year = _MONTH_YEAR.match(text, position)
    if month_year:
        year = _gregorian(month_year["y"], None, thai=True, fiscal_year=None)
        return _Point(month=int(month_year["m"]), year=year), month_year.end()
    words = _WORDS.match(text, position)
    if words:
        return _worded(words, fiscal_year), words.end()
    day = _DAY.match(text, position)
    if day:
        return _Point(day=int(day["d"]), weekday=day["weekday"]), day.end()
    raise UnclearDate(f"not a date: {text!r}")


def _worded(match: re.Match[str], fiscal_year: int | None) -> _Point:
    era, figures = match.groups()[-2:]
    thai = not match["month"].isascii()
    return _Point(
        day=int(match["d"]) if match["d"] else None,
        month=month_number(match["month"].strip()),
        year=_gregorian(figures, era, thai=thai, fiscal_year=fiscal_year) if figures else None,
        weekday=match["weekday"],
    )


def _gregorian(figures: str, era: str | None, *, thai: bool, fiscal_year: int | None) -> int:
    """The Gregorian year of written figures; UnclearDate when they may be B.E. or C.E."""
    value = int(figures)
    if len(figures) == 2:
        buddhist, christian = 2500 + value - ERA, 2000 + value
        if era:
            return christian if era.startswith("ค") else buddhist
        return buddhist if thai and value >= _SURELY_BUDDHIST else _near(buddhist, christian, fiscal_year)
    is_buddhist = 2400 <= value < 2700
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


def _with_year(point: _Point, fiscal_year: int | None) -> _Point:
    if point.year is not None:
        return point
    if fiscal_year is None or point.month is None or not 1 <= point.month <= 12:
        raise UnclearDate("the year is missing")
    return replace(point, year=fiscal.month_start(fiscal_year, point.month).year)


def _completed(start: _Point, end: _Point, fiscal_year: int | None) -> _Point:
    """The start with the month and year that it leaves to the end."""
    if start.month is None:
        if end.day is None:
            raise UnclearDate("a day up to a whole month")
        return replace(start, month=end.month, year=end.year)
    if start.year is not None:
        return start
    if end.year is None or end.month is None:
        raise UnclearDate("month or year is missing")
    year = end.year - 1 if start.month > end.month else end.year
    if fiscal_year is not None and fiscal.month_start(fiscal_year, start.month).year != year:
        raise UnclearDate("the year of the start is missing")
    return replace(start, year=year)


def _first_day(point: _Point) -> date:
    return _day(point, point.day or 1)


def _last_day(point: _Point) -> date:
    if point.day is None and point.year is not None and point.month is not None and 1 <= point.month <= 12:
        return _day(point, calendar.monthrange(point.year, point.month)[1])
    return _day(point, point.day or 1)


def _day(point: _Point, day: int) -> date:
    if point.year is None or point.month is None:
        raise UnclearDate("month or year is missing")
    try:
        result = date(point.year, point.month, day)
    except ValueError as error:
        raise UnclearDate(f"no such day: {day}/{point.month}/{point.year + ERA}") from error
    if point.weekday and WEEKDAYS[result.weekday()] != point.weekday:
        raise UnclearDate(f"{format_date(result, 'long')} is no วัน{point.weekday}")
    return result
