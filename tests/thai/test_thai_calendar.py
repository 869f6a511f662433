"""Fiscal years, holidays and working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.thai import fiscal
from automation.thai.holidays import WorkCalendar

YEARS = st.integers(min_value=2500, max_value=2640)
SOME_DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31))


@given(st.dates(min_value=date(1957, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_lies_in_its_year_and_month(day: date) -> None:
    year = fiscal.fiscal_year(day)
    first, last = fiscal.bounds(year)
    assert first <= day <= last
    assert fiscal.month_start(year, day.month) <= day <= fiscal.month_end(year, day.month)


@given(YEARS)
def test_years_follow_each_other(year: int) -> None:
    assert fiscal.bounds(year)[1] + timedelta(days=1) == fiscal.bounds(year + 1)[0]


def test_named_by_the_year_of_its_end() -> None:
    assert fiscal.bounds(2570) == (date(2026, 10, 1), date(2027, 9, 30))
    assert fiscal.fiscal_year(date(2026, 9, 30)) == 2569


def test_quarters() -> None:
    assert [fiscal.quarter(month) for month in fiscal.MONTH_ORDER] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    assert fiscal.QUARTERS[2] == (1, 2, 3)
    with pytest.raises(ValueError, match="tuple"):
        fiscal.quarter(13)


HOLIDAYS_2026 = (
    "0101 0102 0303 0406 0413 0414 0415 0504 0513 0601 0603 0728 0729 0730 0812 1013 1023 1207 1210 1231"
)


def test_government_holidays_of_2026() -> None:
    """The weekdays off of 2569 as the cabinet announced them; Labour Day is no government holiday."""
    calendar = WorkCalendar()
    year = [date(2026, 1, 1) + timedelta(days=offset) for offset in range(365)]
    assert [f"{day:%m%d}" for day in year if calendar.holiday_name(day)] == HOLIDAYS_2026.split()
    assert calendar.is_working_day(date(2026, 5, 1))
    assert not calendar.is_working_day(date(2026, 11, 28))


def test_names_are_thai() -> None:
    assert WorkCalendar().holiday_name(date(2026, 4, 13)) == "วันสงกรานต์"
    assert WorkCalendar().holiday_name(date(2026, 11, 24)) is None


def test_the_office_adds_and_removes() -> None:
    bridge, songkran = date(2027, 5, 13), date(2027, 4, 13)
    calendar = WorkCalendar(extra={bridge: "วันหยุดพิเศษ"}, removed=frozenset({songkran}))
    assert calendar.holiday_name(bridge) == "วันหยุดพิเศษ"
    assert not calendar.is_working_day(bridge)
    assert calendar.is_working_day(songkran)
    assert calendar.holiday_name(songkran) is None


def test_three_working_days_over_a_long_weekend() -> None:
    assert WorkCalendar().add(date(2026, 7, 27), 3) == date(2026, 8, 4)
    assert WorkCalendar().add(date(2026, 8, 4), -3) == date(2026, 7, 27)
    assert WorkCalendar().add(date(2026, 7, 28), 0) == date(2026, 7, 28)


@given(SOME_DAYS, st.integers(min_value=1, max_value=60))
def test_adding_and_counting_agree(day: date, count: int) -> None:
    calendar = WorkCalendar()
    later = calendar.add(day, count)
    assert calendar.is_working_day(later)
    assert calendar.between(day, later) == count
    assert calendar.between(later, day) == -count


@given(SOME_DAYS, SOME_DAYS, SOME_DAYS)
def test_counts_add_up(one: date, two: date, three: date) -> None:
    calendar = WorkCalendar()
    assert calendar.between(one, two) + calendar.between(two, three) == calendar.between(one, three)
