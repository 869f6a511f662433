"""Which number formats show a date, and what a serial number stands for."""

import datetime as dt
from decimal import Decimal

import openpyxl.utils.datetime as other
import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.office.xlsx_formats import BUILTIN, Shows, exact, moment, shows


@pytest.mark.parametrize(
    "code",
    [
        "[$-D07041E]d mmm yyyy", "[$-1070000]d/mm/yyyy", "[$-101041E]d mmm yy;@", "d-mmm-yy", "yyyy-mm-dd",
        "ว ดดด ปปปป", "ว/ด/ปปปป", "ด/ปป", "d mmm bbbb", "[$-41E]d mmmm yyyy", "mmm", "dd/mm/yyyy hh:mm",
        '"วันที่ "d mmmm bbbb', "yyyy\\-mm\\-dd\\ hh:mm:ss.000", "[$-107041E]d\\ mmm\\ yy", "dd/mm/yyyy;@",
        "[~buddhist]D MMM YYYY",
        *(BUILTIN[at] for at in (14, 15, 16, 17, 22, 27, 36, 50, 57, 71, 72, 73, 74, 77, 81)),
    ],
)  # fmt: skip
def test_formats_of_dates(code: str) -> None:
    assert shows(code) is Shows.DATE


@pytest.mark.parametrize(
    "code",
    ["h:mm", "hh:mm:ss", "[h]:mm", "mm:ss.0", "ช:นน", "[ss]",
     *(BUILTIN[at] for at in (18, 19, 20, 21, 45, 46, 47, 75, 76, 78, 79, 80))],
)  # fmt: skip
def test_formats_of_times(code: str) -> None:
    assert shows(code) is Shows.TIME


@pytest.mark.parametrize(
    "code",
    [
        "General", "0", "0.00%", "#,##0", "@", "t0", "t#,##0.00", '#,##0 "บาท"', "#,##0\\ \\บ\\า\\ท",
        '0 "วัน"',
        "0 วัน",
        "[Red]-#,##0", "[$฿-41E]#,##0.00", "[$-D00041E]0", "#,##0_);(#,##0)", "0.00E+00", '"ปี" 0', "# ?/?",
        '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "", "[>=1000]#,##0,;0",
        *(BUILTIN[at] for at in (48, 49, 59, 70)),
    ],
)  # fmt: skip
def test_formats_of_numbers(code: str) -> None:
    assert shows(code) is Shows.NUMBER


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_two_decimals_survive_as_excel_stores_them(number: Decimal) -> None:
    assert exact(f"{float(number):.17g}") == number


@given(st.floats(-1e300, 1e300))
def test_numbers_are_never_more_than_fifteen_digits_off(number: float) -> None:
    found = exact(repr(number))
    assert found is not None
    assert float(found) == pytest.approx(number, rel=1e-14)


@pytest.mark.parametrize("text", ["", "x", "NaN", "Infinity", "๑๒x", "1,000"])
def test_what_is_no_number(text: str) -> None:
    assert exact(text) is None


@given(st.integers(61, 2_958_465), st.integers(0, 86_399))
def test_serials_are_the_dates_that_excel_shows(day: int, second: int) -> None:
    serial = Decimal(repr(day + second / 86_400))
    assert moment(serial, Shows.DATE, date1904=False) == other.from_excel(day) + dt.timedelta(seconds=second)


def test_edges_of_the_calendar() -> None:
    first = dt.datetime(1900, 1, 1)
    assert moment(Decimal(1), Shows.DATE, date1904=False) == first
    assert moment(Decimal(59), Shows.DATE, date1904=False) == first.replace(month=2, day=28)
    assert moment(Decimal(61), Shows.DATE, date1904=False) == first.replace(month=3)
    assert moment(Decimal(0), Shows.DATE, date1904=True) == dt.datetime(1904, 1, 1)
    for nothing in (Decimal(0), Decimal(-5), Decimal(2_958_466), Decimal("1e20")):
        assert moment(nothing, Shows.DATE, date1904=False) == nothing
    assert moment(Decimal("0.999999999"), Shows.TIME, date1904=False) == dt.time(23, 59, 59)
    assert moment(Decimal("2958465.9999999"), Shows.DATE, date1904=False) == Decimal("2958465.9999999")
