"""Dates, periods and times of day written as Thai offices print them; the way back from a time of day."""

from __future__ import annotations

import re
from datetime import date

from automation.thai.digits import to_arabic, to_thai
from automation.thai.fiscal import ERA
from automation.thai.months import MONTHS, SHORT_MONTHS
from automation.thai.text import normalize, squeeze

WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
"""Names of the weekdays, Monday first, without วัน."""

_TIME = re.compile(r"(?:เวลา\s*)?(\d{1,2})[.:](\d{2})\s*(?:นาฬิกา|น\.?)?")


def format_date(day: date, style: str = "long") -> str:
    """The day in Thai, Thai digits, B.E.; ValueError for an unknown style. Styles:

    long ๑๔ มิถุนายน ๒๕๖๙ · era ๑๔ มิถุนายน พ.ศ. ๒๕๖๙ · short ๑๔ มิ.ย. ๖๙ · weekday วันอังคารที่ ๒๐
    มกราคม ๒๕๖๙ · month มิถุนายน ๒๕๖๙ · month_short มิ.ย. ๖๙
    """
    year, month = day.year + ERA, MONTHS[day.month]
    short = f"{SHORT_MONTHS[day.month]} {year % 100:02d}"
    styles = {
        "long": f"{day.day} {month} {year}",
        "era": f"{day.day} {month} พ.ศ. {year}",
        "short": f"{day.day} {short}",
        "weekday": f"วัน{WEEKDAYS[day.weekday()]}ที่ {day.day} {month} {year}",
        "month": f"{month} {year}",
        "month_short": short,
    }
    if style not in styles:
        raise ValueError(f"unknown style of date: {style!r}")
    return to_thai(styles[style])


def format_period(start: date, end: date) -> str:
    """The period in Thai, naming a shared month or year once: `๑ – ๓ มิถุนายน ๒๕๗๐`."""
    if start == end:
        return format_date(start)
    if (start.year, start.month) == (end.year, end.month):
        head = str(start.day)
    elif start.year == end.year:
        head = f"{start.day} {MONTHS[start.month]}"
    else:
        head = format_date(start)
    return f"{to_thai(head)} – {format_date(end)}"


def format_time(clock: str) -> str:
    """`09:30` as `๐๙.๓๐ นาฬิกา`; ValueError when it is no time of day."""
    return to_thai(parse_time(clock).replace(":", ".")) + " นาฬิกา"


def parse_time(text: str) -> str:
    """A time of day (`๐๙.๓๐ นาฬิกา`, `9:30 น.`) as `09:30`; ValueError when the text is none."""
    match = _TIME.fullmatch(squeeze(to_arabic(normalize(text))))
    if match is None or int(match[1]) > 24 or int(match[2]) > 59 or (match[1] == "24" and match[2] != "00"):
        raise ValueError(f"not a time of day: {text!r}")
    return f"{int(match[1]):02d}:{match[2]}"
