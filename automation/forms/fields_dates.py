"""Days, periods and times of day."""

from __future__ import annotations

import datetime as dt
import re

from automation.forms.wording import clean
from automation.thai.dates import parse_date, parse_period
from automation.thai.digits import to_arabic
from automation.thai.months import MONTH_PATTERN, UnclearDate

_TIME = re.compile(r"(?<![\d/])(\d{1,2})[.:](\d{2})(?!\d)")
_HOUR = re.compile(r"(?<!\d)(\d{1,2})\s*(?:นาฬิกา|น\.)")
_POINT = re.compile(
    rf"(?:วัน\s?(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)\s*ที่\s*)?\d{{1,2}}\s*(?:เดือน\s*)?{MONTH_PATTERN}\s*(?:(?:พ\.?\s?ศ\.?|พุทธศักราช)\s*)?(?:\d{{4}}|\d{{2}})?(?!\d)"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    rf"(?:เดือน\s*)?{MONTH_PATTERN}\s*(?:(?:พ\.?\s?ศ\.?|พุทธศักราช)\s*)?(?:\d{{4}}|\d{{2}})?(?!\d)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s*\([^()]*\)")
_WORDS = re.compile(
    r"(?:วันที่\s*)?(?:เริ่มต้น(?:โครงการ)?|เริ่มดำเนินการ|เริ่ม|ตั้งแต่)\s*[:：]?\s*|[,;]?\s*(?:วันที่\s*)?(?:สิ้นสุด(?:โครงการ)?|แล้วเสร็จ|เสร็จสิ้น|จนถึง|ถึง)\s*[:：]?\s*"
)


def date_of(text: str, fiscal_year: int | None = None) -> dt.date:
    """The day that a text names, whatever stands around it; UnclearDate when it names none or several."""
    plain = clean(text)
    try:
        return parse_date(plain, fiscal_year=fiscal_year)
    except UnclearDate:
        points = {found.group() for found in _POINT.finditer(to_arabic(plain))}
        if len(points) != 1:
            raise
        return parse_date(points.pop(), fiscal_year=fiscal_year)


def period_of_text(text: str, fiscal_year: int | None = None) -> tuple[dt.date, dt.date]:
    """First and last day of the period that a text names; UnclearDate when it names none."""
    plain = clean(text)
    inner = _NOTE.search(plain)
    tries = (
        plain,
        _NOTE.sub(" ", plain).strip(),
        _ranged(plain),
        _points(plain),
        inner.group().strip(" ()") if inner else "",
    )
    problem: UnclearDate | None = None
    for attempt in dict.fromkeys(part for part in tries if part):
        try:
            return parse_period(attempt, fiscal_year=fiscal_year)
        except UnclearDate as error:
            problem = problem or error
    raise problem or UnclearDate("no period in an empty text")


def _ranged(text: str) -> str:
    """`เริ่มต้น … สิ้นสุด …` as `… - …`."""
    parts = [part.strip(" :") for part in _WORDS.split(text) if part and part.strip(" :")]
    return " - ".join(parts) if len(parts) == 2 else ""


def _points(text: str) -> str:
    """The two days, or two months, that stand in a text, as a period; empty when there are not two."""
    plain = to_arabic(_NOTE.sub(" ", text))
    for pattern in (_POINT, _MONTHS):
        points = [found.group().strip() for found in pattern.finditer(plain)]
        if len(points) == 2:
            return " - ".join(points)
    return ""


def times_of(text: str) -> tuple[str, ...]:
    """The times of day in a text as `09:30`, in order."""
    plain = to_arabic(text)
    found = [(match.start(), int(match.group(1)), int(match.group(2))) for match in _TIME.finditer(plain)]
    if not found:
        found = [(match.start(), int(match.group(1)), 0) for match in _HOUR.finditer(plain)]
    return tuple(f"{hour:02}:{minute:02}" for _, hour, minute in found if hour < 24 and minute < 60)


def month_alone(text: str) -> bool:
    """Whether a text names one month and no more: one side of a period, not the whole."""
    return len(_MONTHS.findall(to_arabic(text))) == 1
