"""Government holidays and working days.

The rules come from the `holidays` package: public and government days with the days in lieu, without Labour
Day, which is no government holiday. Special (bridge) days that the cabinet adds during a year and days that
are moved are not known to it; the office names them in its configuration (`extra`, `removed`).
Names printed in documents should come from `extra` too, since royal names change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

_ONE_DAY = timedelta(days=1)
_LABOUR = "แรงงาน"


@cache
def _official(year: int) -> Mapping[date, str]:
    """Weekday government holidays of a Gregorian year by the package's rules, with Thai names."""
    from holidays import country_holidays

    # With no language the names follow the LANG of the process.
    days = country_holidays("TH", years=year, language="th", categories=("public", "government"))
    return {day: name for day, name in days.items() if day.weekday() < 5 and _LABOUR not in name}


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working days: Monday to Friday without government holidays, plus the office's own changes.

    `extra`: further holidays and their names; `removed`: holidays on which the office works.
    """

    extra: Mapping[date, str] = field(default_factory=dict)
    removed: frozenset[date] = frozenset()

    def holiday_name(self, day: date) -> str | None:
        """The Thai name of the holiday on that day; None on other days, also on plain weekends."""
        if day in self.extra:
            return self.extra[day]
        return None if day in self.removed else _official(day.year).get(day)

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day."""
        return day.weekday() < 5 and self.holiday_name(day) is None

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after the day (before it when negative); the day itself for 0."""
        step = _ONE_DAY if count >= 0 else -_ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and including `last`; negative when reversed.

        So `between(day, add(day, n)) == n`, and a letter of Monday for a meeting on Thursday gives 3 days.
        """
        if last < first:
            return -self.between(last, first)
        days = (first + _ONE_DAY * offset for offset in range(1, (last - first).days + 1))
        return sum(self.is_working_day(day) for day in days)
