"""Whatever stands in the cells, reading ends in a reading or in a FileError, and drops no text unsaid."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from automation.errors import FileError
from automation.forms.read_workbook import read_workbook
from automation.model import from_json, to_json
from automation.model.reading import RECORD_TYPES
from automation.office.opening import open_file
from automation.office.sheets import SheetCell, Span, Workbook
from tests.forms.excel_forms import CATALOGUE, KNOWN
from tests.tests_place import SAMPLES

FILES = [
    "progress/year-end-ict-bureau.xlsx",
    "progress/q2-hr-bureau.xlsx",
    "other/strategy-sample-plan.xlsx",
    "other/allocation-2570.xlsx",
    "other/resolution-screening-committee.xlsx",
]
WORDS = [
    "",
    "-",
    "รวม",
    "ผล: ทำแล้ว",
    "ตัวอย่าง",
    "1. ก\n2. ข",
    "๘๕%",
    "ล้านบาท",
    "70-กม-01",
    "ไตรมาสที่ 9",
    "31/02/2570",
]

values = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.text(max_size=12),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4),
    st.datetimes(min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2600, 1, 1)),
    st.booleans(),
    st.sampled_from([Decimal("1e300"), Decimal("-1e18"), "9" * 40, "9" * 40 + "%", Decimal("1e-12")]),
)
changes = st.lists(
    st.tuples(st.integers(1, 20), st.integers(1, 22), values, st.sampled_from(["", "#REF!"]), st.booleans()),
    max_size=25,
)
merges = st.lists(
    st.tuples(st.integers(1, 20), st.integers(1, 20), st.integers(0, 3), st.integers(0, 3)), max_size=3
)


def sample(name: str) -> Workbook:
    content = open_file(SAMPLES / name)
    assert isinstance(content, Workbook)
    return content


BOOKS = [sample(name) for name in FILES]


@settings(max_examples=120, deadline=None)
@given(book=st.sampled_from(BOOKS), changed=changes, merged=merges)
def test_junk_in_the_cells_never_breaks_the_reader(
    book: Workbook,
    changed: list[tuple[int, int, Decimal, str, bool]],
    merged: list[tuple[int, int, int, int]],
) -> None:
    first = book.sheets[0]
    cells = dict(first.cells)
    for row, col, value, error, formula in changed:
        cells[row, col] = SheetCell(
            row=row, col=col, value=None if error else value, error=error, formula="=A1" if formula else ""
        )
    spans = tuple(Span(top=r, left=c, bottom=r + down, right=c + right) for r, c, down, right in merged)
    sheet = replace(first, cells=cells, merges=spans)
    try:
        reading = read_workbook(replace(book, sheets=(sheet, *book.sheets[1:])), CATALOGUE, KNOWN)
    except FileError:
        return
    assert reading.form is not None
    assert from_json(RECORD_TYPES[reading.form], to_json(reading.record)) == reading.record
