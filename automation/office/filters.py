"""The filters that templates use on values: Thai digits, money, dates, ticks, choices.

A filter receives the value as the model holds it (baht as Decimal, Gregorian dates, B.E. years as int) and
returns what stands in the document. `None` never stops a document: each filter says what it prints for it.
Knows `thai`, no project and no file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from automation.thai import fiscal
from automation.thai.dates import MONTHS, format_date, format_period, format_time
from automation.thai.digits import to_thai
from automation.thai.money import baht_text as spell_baht
from automation.thai.money import format_baht
from automation.thai.typography import thai_digits
from automation.thai.typography import tidy as tidy_text

TICKED, UNTICKED, MARK, BULLET = "☑", "☐", "✓", "•"


@dataclass(frozen=True, slots=True)
class Formula:
    """An Excel formula and its present value; `{row}`, `{first}`, `{last}` are row numbers to come."""

    text: str
    value: Any

    def __str__(self) -> str:
        return "" if self.value is None else str(self.value)


def _missing(value: Any) -> bool:
    return value is None or value == ""


def thai(value: Any) -> str:
    """The value with Thai digits, addresses of mail and web as typed; empty for None."""
    return "" if value is None else thai_digits(str(value))


def baht(value: Decimal | None, missing: str = "-") -> str:
    """`๑,๒๕๐,๐๐๐`, satang only where there are any; `missing` for None."""
    return missing if _missing(value) else format_baht(Decimal(value or 0))


def baht2(value: Decimal | None, missing: str = "-") -> str:
    """`๑,๒๕๐,๐๐๐.๐๐`, always with satang; `missing` for None."""
    return missing if _missing(value) else format_baht(Decimal(value or 0), satang=True)


def baht_text(value: Decimal | None) -> str:
    """`หนึ่งล้านสองแสนห้าหมื่นบาทถ้วน`; empty for None."""
    return "" if _missing(value) else spell_baht(Decimal(value or 0))


def percent(value: Decimal | None, missing: str = "-") -> str:
    """85 % as `๘๕.๐๐`; `missing` for None."""
    return missing if _missing(value) else to_thai(f"{Decimal(value or 0):,.2f}")


def date(value: dt.date | None) -> str:
    """`๑๔ มิถุนายน ๒๕๖๙`; empty for None."""
    return _date(value, "long")


def date_era(value: dt.date | None) -> str:
    """`๑๔ มิถุนายน พ.ศ. ๒๕๖๙`; empty for None."""
    return _date(value, "era")


def date_short(value: dt.date | None) -> str:
    """`๑๔ มิ.ย. ๖๙`; empty for None."""
    return _date(value, "short")


def weekday(value: dt.date | None) -> str:
    """`วันอังคารที่ ๒๐ มกราคม ๒๕๖๙`; empty for None."""
    return _date(value, "weekday")


def _date(value: dt.date | None, style: str) -> str:
    return "" if _missing(value) or value is None else format_date(value, style)


def period(value: Any) -> str:
    """From `start` to `end` of a record or a pair; the one end where only one is known, else empty."""
    start, end = value if isinstance(value, tuple) else (value.start, value.end)
    if start and end:
        return format_period(start, end)
    return date(start or end)


def time(value: str | None) -> str:
    """`09:30` as `๐๙.๓๐ นาฬิกา`; empty for None."""
    return "" if _missing(value) or value is None else format_time(value)


def tick(value: Any) -> str:
    """☑ for what is true, ☐ for the rest."""
    return TICKED if value else UNTICKED


def checked(sign: str) -> str:
    """`1` for ☑, `0` for ☐: the state of a check box that people click."""
    return "1" if sign == TICKED else "0"


def mark(months: Iterable[int], month: int) -> str:
    """✓ where the month is one of the months, else empty."""
    return MARK if month in months else ""


def bullet(months: Iterable[int], month: int) -> str:
    """• where the month is one of the months, else empty: a mark that the official face has, for print."""
    return BULLET if month in months else ""


def amount(plan: Mapping[int, Decimal] | None, key: int) -> str:
    """The baht that a plan by months or quarters states for `key`, `-` for nothing; empty without a plan."""
    if plan is None:
        return ""
    value = plan.get(key)
    return format_baht(value) if value else "-"


def blank(value: Any) -> str:
    """`1` for what is missing, `0` for a value: whether a control shows its placeholder."""
    return "1" if _missing(value) else "0"


def timestamp(value: dt.date | None) -> str:
    """`2026-10-14T00:00:00Z`, the date as a date picker keeps it; empty for None."""
    return f"{value.isoformat()}T00:00:00Z" if value else ""


def dots(value: Any, length: int = 40, lines: int = 1) -> Any:
    """The value, or dotted lines to write on where there is none."""
    return "\n".join(["." * length] * lines) if _missing(value) else value


def plus(value: int | None, step: int) -> int | None:
    """A year some years later (or earlier); None stays None."""
    return None if value is None else value + step


def minus(value: Decimal | None, other_value: Decimal | None) -> Decimal | None:
    """The difference; None where one of the two is missing."""
    return None if value is None or other_value is None else value - other_value


def at(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """What a mapping holds for the key, None where nothing."""
    return None if mapping is None else mapping.get(key)


def other(value: Any, *known: str) -> Any:
    """What is none of the printed options: of a text the text or "", of a list the rest, at least ("",)."""
    if value is None:
        return ""
    if isinstance(value, (tuple, list)):
        return tuple(item for item in value if item not in known) or ("",)
    return "" if value in known else value


def choice(value: Any, **labels: str) -> str:
    """The printed label of one of several values; empty for None, ValueError without a label for it."""
    if value is None:
        return ""
    if str(value) not in labels:
        raise ValueError(f"ไม่มีข้อความสำหรับค่า {value}")
    return labels[str(value)]


def items(text: str | None) -> tuple[str, ...]:
    """The entries of a list that was given as one text, one a line or parted by `;`; none for None."""
    found = re.split(r"[;\n]", text or "")
    return tuple(item.strip() for item in found if item.strip())


def parts(text: str, count: int = 2) -> tuple[str, ...]:
    """What stands between the signs `=` of an entry (`ชื่อ = จำนวน`): `count` texts, missing ones empty."""
    found = [part.strip() for part in text.split("=", count - 1)]
    return tuple(found + [""] * (count - len(found)))


def total(values: Any, attribute: str | None = None) -> Decimal | None:
    """The sum of a plan's values, or of an attribute over records; None where nothing is stated."""
    if values is None:
        return None
    found = values.values() if isinstance(values, Mapping) else values
    if attribute is not None:
        found = (getattr(item, attribute) for item in found)
    stated = [value for value in found if value is not None]
    return sum(stated, Decimal(0)) if stated else None


def percent_of(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """The part as a percentage with two decimals; None where it cannot be said."""
    if part is None or not whole:
        return None
    return (part / whole * 100).quantize(Decimal("0.01"))


def number(text: str | None) -> Any:
    """A Decimal for a text that is plainly a number in Arabic digits (`40`, `84.5`), else the text itself."""
    if text is None or not text.replace(".", "", 1).isdecimal() or not text.isascii():
        return text
    value = Decimal(text)
    return value if f"{value.normalize():f}" == text else text


def formula(value: Any, text: str) -> Formula:
    """The value with the Excel formula that keeps it current once people edit the workbook."""
    return Formula(text, value)


_ROUNDS: Mapping[str, Callable[[int | None], tuple[str, tuple[int, ...]]]] = MappingProxyType(
    {
        "month": lambda no: (f"เดือน{MONTHS[no or 0]}", (no or 0,)),
        "quarter": lambda no: (f"ไตรมาสที่ {no}", fiscal.QUARTERS[no or 0]),
        "half": lambda no: (f"รอบ 6 เดือน{'แรก' if no == 1 else 'หลัง'}", _half(no or 0)),
        "nine_months": lambda no: ("รอบ 9 เดือน", fiscal.MONTH_ORDER[:9]),
        "year": lambda no: ("รอบสิ้นปีงบประมาณ", fiscal.MONTH_ORDER),
    }
)


def _half(number_of_half: int) -> tuple[int, ...]:
    return fiscal.MONTH_ORDER[:6] if number_of_half == 1 else fiscal.MONTH_ORDER[6:]


def round_name(report: Any) -> str:
    """`ไตรมาสที่ ๒ (มกราคม - มีนาคม ๒๕๗๐)` of a report's round and fiscal year; empty without a round."""
    if report.round is None:
        return ""
    name, months = _ROUNDS[str(report.round.kind)](report.round.number)
    if report.fiscal_year is None:
        return to_thai(name)
    first, last = (f"{MONTHS[month]} {_year(report.fiscal_year, month)}" for month in (months[0], months[-1]))
    if len(months) == 1:
        return to_thai(f"{name} {_year(report.fiscal_year, months[0])}")
    if first.split()[1] == last.split()[1]:
        first = first.split()[0]
    return to_thai(f"{name} ({first} - {last})")


def _year(fiscal_year: int, month: int) -> int:
    """The B.E. calendar year of a month of the fiscal year, which begins on 1 October."""
    return fiscal_year - 1 if month >= fiscal.MONTH_ORDER[0] else fiscal_year


def tidy(text: str | None) -> str:
    """The text with the spaces that Thai typography asks for; empty for None."""
    return "" if text is None else tidy_text(text)


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        function.__name__: function
        for function in (
            thai,
            baht,
            baht2,
            baht_text,
            percent,
            date,
            date_era,
            date_short,
            weekday,
            period,
            time,
            tick,
            checked,
            blank,
            timestamp,
            mark,
            bullet,
            amount,
            dots,
            plus,
            minus,
            at,
            other,
            choice,
            items,
            parts,
            total,
            percent_of,
            number,
            formula,
            round_name,
            tidy,
        )
    }
)
"""Filter name in templates → function."""
