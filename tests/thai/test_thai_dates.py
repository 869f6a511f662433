"""Dates, periods and months as offices write them; what is ambiguous is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.thai import fiscal
from automation.thai.dates import (
    MONTHS,
    SHORT_MONTHS,
    UnclearDate,
    format_date,
    format_period,
    format_time,
    month_of,
    parse_date,
    parse_months,
    parse_period,
    parse_time,
)

DAYS = st.dates(min_value=date(1957, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "๑๕ ธันวาคม ๒๕๖๙",
        "15 ธันวาคม 2569",
        "วันที่ ๑๕ ธันวาคม พ.ศ. ๒๕๖๙",
        "วันที่ 15 เดือนธันวาคม พ.ศ.2569",
        "15 ธ.ค. 69",
        "15 ธค 69",
        "15ธ.ค.2569",
        "15/12/2569",
        "15-12-2569",
        "15.12.2569",
        "15/12/2026",
        "2026-12-15",
        "2569-12-15",
        "15 December 2026",
        "15 Dec 2026",
        "15 ธันวาคม ค.ศ. 2026",
        "วันอังคารที่ ๑๕ ธันวาคม ๒๕๖๙",
        "อังคาร 15 ธ.ค. 69",
        "ภายในวันที่ ๑๕ ธันวาคม ๒๕๖๙",
        "......15......ธันวาคม......2569......",
        "วันที่ ๑๕ ธันวาคม พุทธศักราช ๒๕๖๙",
        "วันอังคารที่ 15 ธันวาคม 2569 เวลา 09.30 น.",
        "15 ธ.ค. 2569 เวลา 09.30 - 16.30 นาฬิกา",
    ],
)
def test_one_day(text: str) -> None:
    assert parse_date(text) == date(2026, 12, 15)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "01/02/26",
        "15 Dec 26",
        "15 ธ.ค. 26",
        "15 ธันวาคม",
        "ธันวาคม 2569",
        "115 ธันวาคม 2569",
        "31 กุมภาพันธ์ 2569",
        "12/15/2569",
        "15 ธันวาคม 1026",
        "15 ธันวาคม พ.ศ. 2026",
        "15 ธันวาคม ค.ศ. 2569",
        "วันพุธที่ ๑๕ ธันวาคม ๒๕๖๙",
        "15 ธันวาคม 2569 เป็นต้นไป",
        "๓ วัน",
        "ไม่มี",
    ],
)
def test_unclear_day(text: str) -> None:
    with pytest.raises(UnclearDate):
        parse_date(text)


def test_fiscal_year_lends_the_year() -> None:
    assert parse_date("15 ธ.ค.", fiscal_year=2570) == date(2026, 12, 15)
    assert parse_date("15 ม.ค.", fiscal_year=2570) == date(2027, 1, 15)


def test_fiscal_year_decides_two_figures() -> None:
    assert parse_date("01/02/70", fiscal_year=2570) == date(2027, 2, 1)
    assert parse_date("01/02/27", fiscal_year=2570) == date(2027, 2, 1)
    assert parse_date("15 ธ.ค. 26", fiscal_year=2570) == date(2026, 12, 15)
    assert parse_date("15 ธ.ค. พ.ศ. 45") == date(2002, 12, 15)
    for text in ("01/02/48", "1 ก.พ. 45"):
        with pytest.raises(UnclearDate):
            parse_date(text, fiscal_year=2570)


@given(DAYS, st.sampled_from(["long", "era", "weekday"]))
def test_written_and_read(day: date, style: str) -> None:
    assert parse_date(format_date(day, style)) == day


@given(st.dates(min_value=date(2007, 1, 1), max_value=date(2056, 12, 31)))
def test_short_form_written_and_read(day: date) -> None:
    assert parse_date(format_date(day, "short")) == day


@given(DAYS, st.integers(min_value=0, max_value=1000))
def test_period_written_and_read(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    assert parse_period(format_period(start, end)) == (start, end)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (parse_date, parse_period, parse_months):
        try:
            read(text)
        except UnclearDate:
            continue


YEAR = (date(2026, 10, 1), date(2027, 9, 30))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("๑ ตุลาคม ๒๕๖๙ – ๓๐ กันยายน ๒๕๗๐", *YEAR),
        ("1 ต.ค. 69 - 30 ก.ย. 70", *YEAR),
        ("1 ต.ค. - 30 ก.ย. 2570", *YEAR),
        ("1/10/2569-30/9/2570", *YEAR),
        ("2026-10-01 - 2027-09-30", *YEAR),
        ("ต.ค. 69 – ก.ย. 70", *YEAR),
        ("ต.ค. 2569 - ก.ย. 2570 (12 เดือน)", *YEAR),
        ("10/2569 - 9/2570", *YEAR),
        ("1 ต.ค.69-30 ก.ย.70", *YEAR),
        ("ต้นเดือนตุลาคม 2569 ถึงสิ้นเดือนกันยายน 2570", *YEAR),
        ("วันเริ่มต้น 1 ตุลาคม 2569 วันสิ้นสุด 30 กันยายน 2570", *YEAR),
        ("เริ่ม 1 ต.ค. 2569, สิ้นสุดวันที่ 30 ก.ย. 2570", *YEAR),
        ("12 เดือน (ตุลาคม 2569 - กันยายน 2570)", *YEAR),
        ("ตลอดปีงบประมาณ พ.ศ. 2570 (ตุลาคม 2569 – กันยายน 2570)", *YEAR),
        ("๑ ตุลาคม ๒๕๖๙ – ๓๐ กันยายน ๒๕๗๐ (รวมระยะเวลา ๑ ปี)", *YEAR),
        ("ระยะเวลา 12 เดือน ตั้งแต่ ต.ค. 2569 ถึง ก.ย. 2570", *YEAR),
        ("ไตรมาสที่ ๔ (ก.ค. - ก.ย. ๒๕๗๐)", date(2027, 7, 1), date(2027, 9, 30)),
        ("ตลอดปีงบประมาณ พ.ศ. ๒๕๗๐", *YEAR),
        ("ปีงบประมาณ 2570", *YEAR),
        (
            "ตั้งแต่เดือนพฤศจิกายน ๒๕๖๙ ถึงเดือนกรกฎาคม ๒๕๗๐",
            date(2026, 11, 1),
            date(2027, 7, 31),
        ),
        ("ระหว่างวันที่ 1 - 3 มิถุนายน 2570", date(2027, 6, 1), date(2027, 6, 3)),
        ("ระหว่างวันที่ 1 และ 3 มิถุนายน 2570", date(2027, 6, 1), date(2027, 6, 3)),
        ("๑ – ๓ มิถุนายน ๒๕๗๐", date(2027, 6, 1), date(2027, 6, 3)),
        ("1-3/06/2570", date(2027, 6, 1), date(2027, 6, 3)),
        (
            "วันอังคารที่ 1 ถึงวันพฤหัสบดีที่ 3 มิถุนายน 2570 รวม 3 วัน",
            date(2027, 6, 1),
            date(2027, 6, 3),
        ),
        ("28 ก.พ. – 1 มี.ค. 70", date(2027, 2, 28), date(2027, 3, 1)),
        ("ต.ค. ๖๙", date(2026, 10, 1), date(2026, 10, 31)),
        ("กุมภาพันธ์ 2571", date(2028, 2, 1), date(2028, 2, 29)),
        ("15 มิ.ย. 2570", date(2027, 6, 15), date(2027, 6, 15)),
        ("ไตรมาส 2/2570", date(2027, 1, 1), date(2027, 3, 31)),
        ("ไตรมาสที่ ๑ - ๓ ปีงบประมาณ ๒๕๗๐", date(2026, 10, 1), date(2027, 6, 30)),
        ("15 มิ.ย. 2570 ถึงวันที่ 1 มิ.ย. 2570", date(2027, 6, 15), date(2027, 6, 1)),
    ],
)
def test_periods(text: str, start: date, end: date) -> None:
    assert parse_period(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("ตลอดปีงบประมาณ", *YEAR),
        ("ตลอดปี", *YEAR),
        ("ไตรมาส ๒", date(2027, 1, 1), date(2027, 3, 31)),
        ("ต.ค. - มี.ค.", date(2026, 10, 1), date(2027, 3, 31)),
        ("1 ต.ค. - 30 ก.ย.", *YEAR),
        ("พฤศจิกายน", date(2026, 11, 1), date(2026, 11, 30)),
        ("ครึ่งปีแรก", date(2026, 10, 1), date(2027, 3, 31)),
        ("6 เดือนหลัง", date(2027, 4, 1), date(2027, 9, 30)),
    ],
)
def test_periods_of_a_known_year(text: str, start: date, end: date) -> None:
    assert parse_period(text, fiscal_year=2570) == (start, end)
    with pytest.raises(UnclearDate):
        parse_period(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3 เดือน",
        "90 วัน",
        "1-2 และ 5-6 มิ.ย. 2570",
        "5 ม.ค. 2570 และ 9 มิ.ย. 2570",
        "ปี 2570",
        "ไตรมาส 3-1/2570",
        "1 - มิ.ย. 2570",
        "1 ต.ค. 2569 (เลื่อนเป็น 5 พ.ย. 2569)",
        "ต.ค. 2569 (พ.ย. 2569)",
        "ภายใน 30 ก.ย. 2570",
        "1 ต.ค. 2569 ถึงต้นเดือนพฤศจิกายน 2569",
        "ตั้งแต่วันที่ 1 ตุลาคม 2569 เป็นต้นไป",
        "ต.ค. 69 -",
    ],
)
def test_unclear_periods(text: str) -> None:
    with pytest.raises(UnclearDate):
        parse_period(text)


def test_start_of_another_year_is_not_guessed() -> None:
    with pytest.raises(UnclearDate):
        parse_period("1 มี.ค. - 30 เม.ย. 2569", fiscal_year=2570)


@pytest.mark.parametrize("number", range(1, 13))
def test_names_of_months(number: int) -> None:
    full, short = MONTHS[number], SHORT_MONTHS[number]
    english = date(2026, number, 1).strftime("%B")
    for text in (
        full,
        short,
        short.replace(".", ""),
        f"เดือน{full}",
        f"{short} ๖๙",
        english,
        english[:3].upper(),
    ):
        assert month_of(text) == number


@pytest.mark.parametrize(("text", "number"), [("ตุลา", 10), ("พฤศจิกา", 11), ("กุมภา", 2), ("กรกฏาคม", 7)])
def test_spoken_and_misspelt_months(text: str, number: int) -> None:
    assert month_of(text) == number


@pytest.mark.parametrize("text", ["", "รวม", "พ.ศ. 2569", "10", "ตุลาการ", "มีนา สุข"])
def test_no_month(text: str) -> None:
    assert month_of(text) is None


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("ทุกเดือน", fiscal.MONTH_ORDER),
        ("ตลอดปีงบประมาณ", fiscal.MONTH_ORDER),
        ("ทุกไตรมาส", fiscal.MONTH_ORDER),
        ("ไตรมาส ๒", (1, 2, 3)),
        ("ไตรมาส 1-2", (10, 11, 12, 1, 2, 3)),
        ("ไตรมาสที่ 1 และ 3", (10, 11, 12, 4, 5, 6)),
        ("ไตรมาส 1 ถึงไตรมาส 3", (10, 11, 12, 1, 2, 3, 4, 5, 6)),
        ("พ.ย. - ก.พ.", (11, 12, 1, 2)),
        ("ก.พ., ต.ค. และ ธ.ค.", (10, 12, 2)),
        ("ต.ค.-ธ.ค. 69, มี.ค. 70", (10, 11, 12, 3)),
        ("ตั้งแต่เดือนพฤศจิกายน ๒๕๖๙ ถึงเดือนมกราคม ๒๕๗๐", (11, 12, 1)),
        ("1 ต.ค. - 15 พ.ย. 69", (10, 11)),
        ("ต.ค. ธ.ค.", (10, 12)),
        ("Q1, Q3", (10, 11, 12, 4, 5, 6)),
        ("ไตรมาส ๑ (ต.ค. - ธ.ค.)", (10, 11, 12)),
        ("ครึ่งปีหลัง", (4, 5, 6, 7, 8, 9)),
        ("-", ()),
        ("", ()),
    ],
)
def test_months(text: str, months: tuple[int, ...]) -> None:
    assert parse_months(text) == months


@pytest.mark.parametrize(
    "text",
    ["ก.ย. - พ.ย.", "3 วัน", "ต.ค. -", "สัปดาห์ที่ ๒", "ไตรมาส", "ไตรมาส 5", "ต.ค. 2 คน", "ไตรมาส ๑ (ม.ค.)"],
)
def test_unclear_months(text: str) -> None:
    with pytest.raises(UnclearDate):
        parse_months(text)


def test_styles() -> None:
    day = date(2026, 1, 20)
    assert format_date(day) == "๒๐ มกราคม ๒๕๖๙"
    assert format_date(day, "era") == "๒๐ มกราคม พ.ศ. ๒๕๖๙"
    assert format_date(day, "short") == "๒๐ ม.ค. ๖๙"
    assert format_date(day, "weekday") == "วันอังคารที่ ๒๐ มกราคม ๒๕๖๙"
    assert format_date(day, "month") == "มกราคม ๒๕๖๙"
    assert format_date(day, "month_short") == "ม.ค. ๖๙"
    with pytest.raises(ValueError, match="style"):
        format_date(day, "iso")


def test_periods_name_what_is_shared_once() -> None:
    assert format_period(date(2027, 6, 1), date(2027, 6, 3)) == "๑ – ๓ มิถุนายน ๒๕๗๐"
    assert format_period(date(2027, 2, 28), date(2027, 3, 1)) == "๒๘ กุมภาพันธ์ – ๑ มีนาคม ๒๕๗๐"
    assert format_period(*YEAR) == "๑ ตุลาคม ๒๕๖๙ – ๓๐ กันยายน ๒๕๗๐"
    assert format_period(YEAR[0], YEAR[0]) == "๑ ตุลาคม ๒๕๖๙"


@pytest.mark.parametrize("text", ["๐๙.๓๐ นาฬิกา", "9.30 น.", "เวลา 09:30 น.", "09:30"])
def test_time(text: str) -> None:
    assert parse_time(text) == "09:30"
    assert format_time("09:30") == "๐๙.๓๐ นาฬิกา"


@pytest.mark.parametrize("text", ["", "25.00", "09.75", "24.01", "เช้า"])
def test_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="time"):
        parse_time(text)
