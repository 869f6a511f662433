"""What the program writes into an Excel form it reads back from it, for any record."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automation.forms.issue import issue_form
from automation.forms.read_workbook import read_workbook
from automation.model import (
    RECORD_TYPES,
    Allocation,
    AllocationRow,
    IndicatorResult,
    Pace,
    Progress,
    ProgressRow,
    Reading,
    Record,
    Round,
    RoundKind,
    Stage,
)
from automation.office import sheets
from automation.office.opening import open_file
from tests.forms.excel_forms import CATALOGUE, KNOWN

FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = ["พัฒนา", "ระบบ", "กฎหมาย", "วุฒิสภา", "รวมพลัง", "ผล", "น้ำ", "๒๕๗๐", "A&B", "<ใหม่>", "12", "ฯลฯ"]

text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
name = text.map(lambda words: f"โครงการ{words}")
code = st.integers(1, 999).map(lambda number: f"70-กม-{number:03d}")
money = st.decimals(min_value=1, max_value=Decimal("99999999.99"), places=2)
day = st.dates(min_value=dt.date(2026, 10, 1), max_value=dt.date(2027, 9, 30))
number = st.integers(0, 99999)
measure = st.one_of(st.none(), number.map(str), st.just("ไม่น้อยกว่า ๘๐"))


def share(part: str | Decimal | None, whole: str | Decimal | None) -> Decimal | None:
    """The percentage that a form would state; None where it cannot be worked out."""
    try:
        return (Decimal(part or 0) / Decimal(whole or 0) * 100).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    except ZeroDivisionError:
        return None


indicators = st.lists(
    st.builds(
        IndicatorResult,
        name=text.map(lambda words: f"จำนวน{words}"),
        unit=st.one_of(st.none(), st.sampled_from(["คน", "ร้อยละ", "เรื่อง"])),
        target=measure,
        result=measure,
        percent=st.none(),
    ).map(lambda one: replace(one, percent=share(one.result, one.target))),
    min_size=1,
    max_size=3,
    unique_by=lambda indicator: indicator.name,
).map(tuple)
progress_rows = st.lists(
    st.builds(
        ProgressRow,
        code=code,
        name=name,
        indicators=indicators,
        stage=st.sampled_from(Stage),
        pace=st.one_of(st.none(), st.sampled_from(Pace)),
        progress=st.one_of(st.none(), st.integers(0, 100).map(Decimal)),
        allocated=money,
        committed=money,
        spent_round=money,
        spent=money,
        remaining=money,
        start=st.one_of(st.none(), day),
        end=st.one_of(st.none(), day),
        summary=st.one_of(st.none(), text),
        problems=st.sampled_from(["ไม่มี", "ผู้รับจ้างส่งงานล่าช้า", None]),
        suggestions=st.one_of(st.none(), text),
    ).map(lambda row: replace(row, spent_percent=share(row.spent, row.allocated))),
    min_size=1,
    max_size=3,
    unique_by=lambda row: row.code,
).map(tuple)
rounds = st.one_of(
    st.builds(Round, kind=st.just(RoundKind.MONTH), number=st.integers(1, 12)),
    st.builds(Round, kind=st.just(RoundKind.QUARTER), number=st.integers(1, 4)),
    st.builds(Round, kind=st.just(RoundKind.HALF), number=st.integers(1, 2)),
    st.builds(Round, kind=st.sampled_from([RoundKind.NINE_MONTHS, RoundKind.YEAR])),
)
reports = st.builds(
    Progress,
    fiscal_year=st.just(2570),
    round=rounds,
    bureau=st.sampled_from(["สำนักกฎหมาย", "สำนักวิชาการ"]),
    reporter=st.just("นายสมมุติ เที่ยงธรรม"),
    rows=progress_rows,
)
allocations = st.builds(
    Allocation,
    fiscal_year=st.integers(2560, 2590),
    rows=st.lists(
        st.builds(
            AllocationRow,
            code=code,
            name=name,
            bureau=st.sampled_from(["สำนักกฎหมาย", "สำนักวิชาการ", None]),
            requested=money,
            allocated=money,
        ),
        min_size=1,
        max_size=8,
    ).map(tuple),
)


def written_and_read(form: str, record: Record, folder: Path) -> Reading:
    target = folder / "issued.xlsx"
    target.unlink(missing_ok=True)
    issue_form(CATALOGUE.get(form), record, target)
    content = open_file(target)
    assert isinstance(content, sheets.Workbook)
    return read_workbook(content, CATALOGUE, KNOWN)


@FEW
@given(record=reports)
def test_a_report_comes_back_as_it_was_written(record: Progress, tmp_path: Path) -> None:
    reading = written_and_read("progress", record, tmp_path)
    assert reading.record == record
    assert not reading.faulty


@FEW
@given(record=allocations)
def test_an_allocation_comes_back_as_it_was_written(record: Allocation, tmp_path: Path) -> None:
    reading = written_and_read("allocation", record, tmp_path)
    assert reading.record == record
    assert reading.findings == ()


@pytest.mark.parametrize("form", [form.id for form in CATALOGUE if form.medium == "xlsx"])
def test_a_blank_form_says_nothing_and_is_known(form: str, tmp_path: Path) -> None:
    blank = RECORD_TYPES[form]()
    reading = written_and_read(form, blank, tmp_path)
    assert reading.form == form
    assert reading.record == blank
    assert (reading.findings, reading.unread) == ((), ())
