"""Names of the months, and the months that an activity plan states in words."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from automation.thai.digits import to_arabic
from automation.thai.fiscal import MONTH_ORDER, QUARTERS
from automation.thai.text import is_blank, normalize, squeeze, strip_leaders

MONTHS = (
    "",
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
"""Full names, index 1–12."""

SHORT_MONTHS = (
    "",
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
"""Abbreviations, index 1–12."""

_ENGLISH = tuple(name.lower() for name in calendar.month_name)
_OTHER = {"กุมภา(?![ก-๎])": 2, "พฤษจิกายน": 11, "กรกฏาคม": 7, "กุมภาพันธุ์": 2, "กุมภาพัน": 2, "พฤศภาคม": 5}


class UnclearDate(ValueError):
    """A text is no date, or can be read as more than one."""


def _short_pattern(short: str) -> str:
    head, tail = short.rstrip(".").split(".")
    return rf"{head}\s?\.?\s?{tail}(?![ก-๎])\.?"


def _name_patterns() -> Iterator[tuple[int, str]]:
    for number in range(1, 13):
        yield number, MONTHS[number]
        stem = re.sub("(?:าคม|คม|ายน|ยน)$", "", MONTHS[number])
        if stem != MONTHS[number]:
            ending = MONTHS[number].removeprefix(stem)
            yield number, stem + ("า" if ending.startswith("า") else "") + "(?![ก-๎])"
        yield number, _short_pattern(SHORT_MONTHS[number])
        yield number, rf"{_ENGLISH[number]}|{_ENGLISH[number][:3]}(?![a-z])\.?"
    for wrong, number in _OTHER.items():
        yield number, wrong


_NAMES = sorted(_name_patterns(), key=lambda item: len(item[1]), reverse=True)
_COMPILED = [(number, re.compile(pattern, re.IGNORECASE)) for number, pattern in _NAMES]
MONTH_PATTERN = "(?:" + "|".join(pattern for _, pattern in _NAMES) + ")"
"""Regular expression (ignore case) of every way to write a month's name."""

YEAR_PATTERN = r"(?:(?:ปี\s*)?(?:(พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|พุทธศักราช|คริสต์ศักราช)\s*)?(\d{4}|\d{2})(?!\d))"
"""Regular expression of a year behind a month: era (group 1) and figures (group 2)."""


def month_number(name: str) -> int:
    """The number 1–12 of a text that matches MONTH_PATTERN; UnclearDate otherwise."""
    for number, pattern in _COMPILED:
        if pattern.fullmatch(name):
            return number
    raise UnclearDate(f"not a month: {name!r}")


_ALONE = re.compile(rf"(?:เดือน\s*)?({MONTH_PATTERN})\s*{YEAR_PATTERN}?", re.IGNORECASE)


def month_of(text: str) -> int | None:
    """The calendar month 1–12 that the whole text names (in full, short, English, a year behind), or None."""
    match = _ALONE.fullmatch(squeeze(to_arabic(normalize(text))))
    return month_number(match.group(1)) if match else None


_EVERY = re.compile(
    r"(?:ทุก\s?เดือน|ตลอด(?:ทั้ง)?ปี(?:งบประมาณ)?|ทั้งปี|รายเดือน|12 เดือน)(?:\s*พ\.?ศ\.?)?\s*(?:\d{4})?"
)
_QUARTER = r"(?:(?:ไตรมาส(?:ที่)?\s*|Q)(?P<quarter>[1-4])?)(?!\d)"
_HALF = re.compile(r"(?:ครึ่งปี|(?:6|หก) เดือน)(แรก|หลัง)")
_BRACKET = re.compile(r"(.*?)\s*\(([^()]*)\)")
_ITEM = re.compile(
    rf"(?:เดือน\s*)?(?:(?:วันที่\s*)?\d{{1,2}}\s*)?(?P<month>{MONTH_PATTERN})\s*{YEAR_PATTERN}?|{_QUARTER}"
    rf"(?:\s*/\s*\d{{4}})?|(?P<bare>[1-4])(?!\d)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?P<range>[-–—~]|ถึง|จนถึง)?(?P<list>และ|กับ|[,;/]|\s)?\s*")
_LEAD = re.compile(r"^(?:ตั้งแต่|ระหว่าง|ช่วง|ใน|ภายใน|\s)+")


def parse_months(text: str) -> tuple[int, ...]:
    """The calendar months that a text names, each once, in the order of the fiscal year; () when blank.

    Knows lists, ranges ("พ.ย. - ก.พ."), quarters ("ไตรมาส ๑ - ๒") and "ทุกเดือน". UnclearDate when
    something else stands in the text or a range runs backwards through the fiscal year.
    """
    if is_blank(text):
        return ()
    plain = squeeze(strip_leaders(to_arabic(normalize(text))))
    bracket = _BRACKET.fullmatch(plain)
    if bracket is None:
        return _parse_months(plain)
    months, explained = (_parse_months(part) for part in bracket.groups())
    if months != explained:
        raise UnclearDate(f"two statements of months: {text!r}")
    return months


def _parse_months(text: str) -> tuple[int, ...]:
    """The months of a text without brackets."""
    plain = _LEAD.sub("", text)
    half = _HALF.fullmatch(plain)
    if half:
        return MONTH_ORDER[:6] if half[1] == "แรก" else MONTH_ORDER[6:]
    if _EVERY.fullmatch(plain) or re.fullmatch("ทุกไตรมาส", plain):
        return MONTH_ORDER
    months: list[int] = []
    position, in_range, quarters = 0, False, False
    while position < len(plain):
        item = _ITEM.match(plain, position)
        if item is None:
            raise UnclearDate(f"no months: {text!r}")
        found = _months_of(item, quarters)
        quarters = item["month"] is None
        months += _span(months[-1], found[-1]) if in_range else found
        between = _BETWEEN.match(plain, item.end())
        position = between.end() if between else len(plain)
        in_range = bool(between and between["range"])
    if in_range:
        raise UnclearDate(f"a range without an end: {text!r}")
    return tuple(month for month in MONTH_ORDER if month in months)


def _months_of(item: re.Match[str], quarters: bool) -> tuple[int, ...]:
    if item["month"]:
        return (month_number(item["month"].strip()),)
    number = item["quarter"] or (item["bare"] if quarters else None)
    if number is None:
        raise UnclearDate(f"no months: {item.string!r}")
    return QUARTERS[int(number)]


def _span(first: int, last: int) -> tuple[int, ...]:
    start, end = MONTH_ORDER.index(first), MONTH_ORDER.index(last)
    if start > end:
        raise UnclearDate(f"months run backwards: {SHORT_MONTHS[first]} - {SHORT_MONTHS[last]}")
    return MONTH_ORDER[start : end + 1]
