"""The round and the fiscal year of a report, from the words of a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from automation.forms.workbooks.choices import ticked
from automation.thai.digits import to_arabic
from automation.thai.fiscal import quarter
from automation.thai.months import MONTH_PATTERN, month_of, parse_months
from automation.thai.text import normalize

_FISCAL_YEAR = re.compile(
    r"(?:ปี\s?งบประมาณ|ปีงบ|ประจำปี|\bFY|[Ff]iscal[ _]?[Yy]ear)\s*"
    r"(?:พ\.?\s?ศ\.?)?\s*[:：]?\s*(?:พ\.?\s?ศ\.?)?\s*(25\d\d|\d\d(?![\d,.]))"
)
_PLAIN_YEAR = re.compile(r"(?:งบประมาณ|ปี)\s*(?:พ\.?\s?ศ\.?)?\s*(25\d\d)(?!\s*[-–])")
_QUARTER_OF = re.compile(r"(?:ไตรมาส\s*(?:ที่)?|\bQ)\s*[1-4]\s*/\s*([5-9]\d)(?!\d)")
_ANY_YEAR = re.compile(r"25\d\d")
_QUARTER = re.compile(
    r"(?:ไตรมาส\s*(?:ที่)?|\b[Qq]uarter|\bQ)\s*[:：]?\s*"
    r"([1-4](?!\s*(?:[-–]|ถึง)\s*(?:ไตรมาส(?:ที่)?\s*|Q)?[1-4])|หนึ่ง|สอง|สาม|สี่|แรก|สุดท้าย|III|IV|II|I)(?![\dA-Za-z])"
)
_COUNTED = {"หนึ่ง": 1, "แรก": 1, "สอง": 2, "สาม": 3, "สี่": 4, "สุดท้าย": 4, "I": 1, "II": 2, "III": 3, "IV": 4}
_COUNTS = {"สาม": "3 เดือน", "หก": "6 เดือน", "เก้า": "9 เดือน", "สิบสอง": "12 เดือน"}
_SPOKEN = re.compile(r"(สิบสอง|สาม|หก|เก้า)\s*เดือน")
_LENGTH = re.compile(r"(?<!\d)(3|6|9|12)\s*เดือน")
_MONTH = re.compile(r"(?:ประจำเดือน|รอบเดือน|เดือน(?:ที่รายงาน)?)\s*[:：]?\s*([ก-๙.]+)")
_HALF = re.compile(r"(?:ครึ่งปี(?:งบประมาณ)?|6\s*เดือน|ครึ่ง)\s*(แรก|หลัง)")
_YEAR_ROUND = re.compile(r"(?:รอบ|ราย|สิ้น)ปี(?:งบประมาณ)?")
_WHOLE_YEAR = re.compile(r"ทั้งปี|ตลอดปี|เต็มปี|ผลปี|ประจำปี(?!งบประมาณ)|สิ้นปี")
_BRACKET = re.compile(r"\(([^()]*)\)")
_RANGE = re.compile(
    rf"({MONTH_PATTERN})[\s\d.]*?(?:พ\.?\s?ศ\.?\s*\d+)?\s*(?:[-–—]|ถึง)\s*(?:วันที่\s*)?\d{{0,2}}\s*(?:เดือน\s*)?({MONTH_PATTERN})"
)
_MONTH_ALONE = re.compile(rf"({MONTH_PATTERN})\s*(?:พ\.?\s?ศ\.?)?\s*(?:25\d\d|\d\d)")
_MONTH_AT_END = re.compile(
    rf"(?<![\d–-])(?<![\d–-]\s)(?<!\d\s\s)({MONTH_PATTERN})\s*(?:พ\.?\s?ศ\.?)?\s*25\d\d$"
)
"""A month and a year that end a title, without a day."""
_MONTH_YEAR = re.compile(rf"({MONTH_PATTERN})\s*(?:พ\.?\s?ศ\.?)?\s*(25\d\d|[5-9]\d)(?!\d)")
_SPANS = {
    (10, 12): ("quarter", 1),
    (1, 3): ("quarter", 2),
    (4, 6): ("quarter", 3),
    (7, 9): ("quarter", 4),
    (10, 3): ("half", 1),
    (4, 9): ("half", 2),
    (10, 6): ("nine_months", None),
    (10, 9): ("year", None),
}
"""First and last month of a stated period → kind and number of its round."""
_PARTS = {"month": 1, "quarter": 3, "half": 6}
_WHOLE = {"nine_months": 9, "year": 12}
"""Kind of a round → its months."""


def fiscal_year_in(text: str) -> int | None:
    """The fiscal year (B.E.) that a line names, two digits counted as 25xx."""
    found = _FISCAL_YEAR.search(to_arabic(text))
    if found is None:
        return None
    return int(found[1]) if len(found[1]) == 4 else 2500 + int(found[1])


def plain_year_in(text: str) -> int | None:
    """A Buddhist year that a line gives without calling it fiscal: `งบประมาณ พ.ศ. 2571`, `ปี 2569`."""
    found = _PLAIN_YEAR.search(to_arabic(text))
    return int(found[1]) if found else None


def round_in(text: str) -> dict[str, Any] | None:
    """The round that a line names as `{"kind": "quarter", "number": 2}`, None where it names none.

    `รอบ ๖ เดือน` is the first half unless its months are those of the second; `รอบ ๓ เดือน` is the quarter
    of its months, the first where it names none.
    """
    plain = _SPOKEN.sub(lambda word: _COUNTS[word[1]], to_arabic(ticked(normalize(text))))
    if found := _QUARTER.search(plain):
        return _round("quarter", _COUNTED.get(found[1]) or int(found[1]))
    if found := _HALF.search(plain):
        return _round("half", 1 if found[1] == "แรก" else 2)
    if found := _LENGTH.search(plain):
        return _of_length(int(found[1]), plain)
    if _YEAR_ROUND.search(plain):
        return _round("year", None)
    if _RANGE.search(plain):
        return round_of_span(plain)
    found = _MONTH.search(plain)
    month = month_of(found[1]) if found else None
    return _round("month", month) if month else None


def round_of_span(text: str) -> dict[str, Any] | None:
    """The round whose months a line gives from first to last: `(1 ต.ค. 69 - 30 ก.ย. 70)` is a whole year."""
    found = _RANGE.search(to_arabic(normalize(text)))
    first, last = (month_of(found[1]), month_of(found[2])) if found else (None, None)
    if first is None or last is None:
        return None
    return (
        _round("month", first)
        if first == last
        else _round(*_SPANS[first, last])
        if (first, last) in _SPANS
        else None
    )


def loose_round_in(text: str) -> dict[str, Any] | None:
    """A round named in passing, the weakest sign: a month alone (`ม.ค. 70`), `ผลปี 2569`, `รายงานประจำปี`."""
    alone = _MONTH_ALONE.fullmatch(to_arabic(normalize(text)).strip())
    ended = _MONTH_AT_END.search(to_arabic(normalize(text)).strip())
    if alone or ended:
        return _round("month", month_of((alone or ended or [""])[1]))
    return _round("year", None) if _WHOLE_YEAR.search(text) else None


def period_key(found: Mapping[str, Any] | None) -> str:
    """A round as one word (`quarter-2`), to compare it with a column of that period."""
    return f"{found['kind']}-{found['number']}" if found else ""


def months_of(key: str) -> frozenset[int]:
    """The months of a round by its `period_key`, counted from October (0) to September (11)."""
    kind, _, number = key.partition("-")
    if kind in _WHOLE:
        return frozenset(range(_WHOLE[kind]))
    if kind not in _PARTS or not number.isdigit():
        return frozenset()
    length, first = _PARTS[kind], (int(number) - 10) % 12 if kind == "month" else int(number) - 1
    return frozenset(range(first * length, (first + 1) * length))


def round_year(text: str) -> int | None:
    """The fiscal year (B.E.) that a round's months name: `(ตุลาคม - ธันวาคม 2569)` is of 2570."""
    plain = to_arabic(normalize(text))
    dated = _MONTH_YEAR.search(plain)
    monthly = (round_in(text) or {}).get("kind") == "month" or _MONTH_AT_END.search(plain.strip())
    if dated and (monthly or _RANGE.search(plain) or _MONTH_ALONE.fullmatch(plain.strip())):
        year = int(dated[2]) if len(dated[2]) == 4 else 2500 + int(dated[2])
        return year + (1 if (month_of(dated[1]) or 1) >= 10 else 0)
    short = _QUARTER_OF.search(plain)
    if short:
        return 2500 + int(short[1])
    years = _ANY_YEAR.findall(plain)
    if not years or round_in(text) is None:
        return None
    first = _first_month(plain)
    if "/" in plain or first is None:
        return int(years[-1])
    return int(years[0]) + (1 if first >= 10 else 0)


def _round(kind: str, number: int | None) -> dict[str, Any]:
    return {"kind": kind, "number": number}


def _of_length(months: int, plain: str) -> dict[str, Any]:
    if months == 12:
        return _round("year", None)
    if months == 9:
        return _round("nine_months", None)
    first = _first_month(plain)
    if months == 3:
        return _round("quarter", quarter(first) if first else 1)
    return _round("half", 2 if first is not None and 4 <= first <= 9 else 1)


def _first_month(plain: str) -> int | None:
    """The first month that a round names, in brackets or anywhere."""
    for part in (*_BRACKET.findall(plain), plain):
        named = _MONTH.search(part)
        try:
            months = parse_months(re.sub(r"25\d\d|(?<=\s)\d\d(?=\s|$)", "", part))
        except ValueError:
            months = (month,) if named and (month := month_of(named[1])) else ()
        if months:
            return months[0]
    return None
