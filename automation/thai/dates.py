"""Dates and periods as Thai offices write them, read and written.

Inside the program a date is a Gregorian `date`; here, at the edge, a year is B.E. unless it says otherwise.
A text that can be read in two ways is refused with `UnclearDate`, never guessed:

* four figures: 2400–2699 are B.E., 1900–2199 are C.E.; พ.ศ. and ค.ศ. must agree with that;
* two figures from 50 behind a Thai month are B.E. (69 = 2569); others, and all in 01/02/69 or behind an
  English month, count only when the fiscal year is known and one reading alone falls in it or next to it;
* figures alone are day/month/year, or year-month-day when the year stands first.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from automation.thai import fiscal
from automation.thai.date_format import WEEKDAYS, format_date, format_period, format_time, parse_time
from automation.thai.date_points import Point, first_day, gregorian_year, last_day, read_point, with_year
from automation.thai.digits import to_arabic
from automation.thai.fiscal import ERA
from automation.thai.months import MONTHS, SHORT_MONTHS, UnclearDate, month_of, parse_months
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


_TO_WORDS = "[-–—~]|จนถึง|ถึง|(?:และ)?(?:วันที่|วัน)?สิ้นสุด(?:โครงการ)?(?:วันที่)?:?"
_TO = re.compile(rf"[\s,]*(?:{_TO_WORDS})\s*")
_BETWEEN_TO = re.compile(rf"\s*(?:{_TO_WORDS}|และ|กับ)\s*")
_MONTH_FROM_ITS_START = re.compile("^ต้น(?=เดือน)")
_MONTH_TO_ITS_END = re.compile("สิ้น(?=เดือน)")
_HALF = re.compile(r"ครึ่งปี(?:งบประมาณ)?(แรก|หลัง)|(?:6|หก) เดือน(แรก|หลัง)")

_LEAD = re.compile(
    r"^(?:ตั้งแต่|ระหว่าง|ในช่วง|ช่วง|(?:วันที่|วัน)?เริ่มต้น|(?:วันที่|วัน)?เริ่ม|เมื่อ|ณ|ใน|ภายใน|ประจำ|ระยะเวลา(?:ดำเนินการ)?|:|\s)+"
)
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


def parse_date(text: str, *, fiscal_year: int | None = None) -> date:
    """The day that the whole text names. UnclearDate when it is no day or more than one.

    A missing year is taken from `fiscal_year` (B.E.), where that is given. A weekday must fit the day.
    """
    plain = _plain(_CLOCK_BEHIND.sub("", _plain(text)))
    point, position = read_point(plain, 0, fiscal_year)
    if position != len(plain) or point.day is None or point.month is None:
        raise UnclearDate(f"not a date: {text!r}")
    return first_day(with_year(point, fiscal_year))


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
    plain = _MONTH_FROM_ITS_START.sub("", plain)
    named = _named_period(plain, fiscal_year)
    if named:
        return named
    start, position = read_point(plain, 0, fiscal_year)
    if position == len(plain):
        if start.day and "ภายใน" in text:
            raise UnclearDate(f"an end without a start: {text!r}")
        start = with_year(start, fiscal_year)
        return first_day(start), last_day(start)
    to = (_BETWEEN_TO if "ระหว่าง" in text else _TO).match(plain, position)
    if to is None:
        raise UnclearDate(f"not a period: {text!r}")
    end_at = _after_lead(plain, to.end())
    to_the_end = _MONTH_TO_ITS_END.match(plain, end_at)
    end, position = read_point(plain, to_the_end.end() if to_the_end else end_at, fiscal_year)
    if position != len(plain):
        raise UnclearDate(f"not a period: {text!r}")
    end = with_year(end, fiscal_year)
    start = _completed(start, end, fiscal_year)
    return first_day(start), last_day(end)


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
    half = _HALF.fullmatch(text)
    if half:
        year, first_half = _stated_year(None, fiscal_year), "แรก" in half.groups()
        return fiscal.month_start(year, 10 if first_half else 4), fiscal.month_end(
            year, 3 if first_half else 9
        )
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
        return gregorian_year(figures, None, thai=True, fiscal_year=fiscal_year) + ERA
    if fiscal_year is None:
        raise UnclearDate("the fiscal year is not known")
    return fiscal_year


def _completed(start: Point, end: Point, fiscal_year: int | None) -> Point:
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
