"""From the inbox to a book with the audit workbook beside it, and the questions that trace answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from automation.errors import UsageError
from automation.model.totals import figures
from automation.pipeline.intake import intake
from automation.pipeline.produce import Order, produce
from automation.pipeline.sweep import arrivals
from automation.pipeline.tracing import trace_json
from automation.pipeline.workbench import Workbench, open_workbench
from automation.pipeline.workspace import make_workspace, shipped

YEAR = shipped("samples/year2570")
FILES = ("forms/hr-01.docx", "forms/hr-02.docx", "forms/law-01.docx", "allocation-2570.xlsx")
NOW = datetime(2026, 11, 24, 9, 30)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A workspace that took in three projects and the allocation."""
    with open_workbench(make_workspace(tmp_path_factory.mktemp("audit") / "งานแผน"), lambda: NOW) as bench:
        for name in FILES:
            shutil.copy(YEAR / name, bench.config.inbox)
        intake(bench, arrivals(bench.config.inbox))
        yield bench


@pytest.fixture(scope="module")
def made(bench: Workbench) -> tuple[Path, tuple[str, ...]]:
    """The plan book and the remarks on it."""
    (book,) = produce(bench, Order(kind="plan-book", year=2570))
    return book.path, book.notes


def rows_of(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by their headings."""
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(min_row=3, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def test_the_workbook_stands_beside_the_book_and_is_named(made: tuple[Path, tuple[str, ...]]) -> None:
    book, notes = made
    audit = book.with_name(f"{book.stem} (ที่มาของตัวเลข).xlsx")
    assert any(audit.name in note for note in notes)
    figures_printed = rows_of(audit, "ตัวเลขในเล่ม")
    assert [row for row in figures_printed if row["ที่มาที่"] is None] == []
    total = next(row for row in figures_printed if row["แถวที่พิมพ์"] == "รวมทั้งสิ้น")
    assert total["รหัสโครงการ"] == "70-กม-01, 70-พบ-01, 70-พบ-02"


def test_each_source_says_file_place_bureau_version_and_day(made: tuple[Path, tuple[str, ...]]) -> None:
    book, _ = made
    parts = rows_of(book.with_name(f"{book.stem} (ที่มาของตัวเลข).xlsx"), "ที่มา")
    asked = next(row for row in parts if row["รหัสโครงการ"] == "70-พบ-01" and row["แฟ้ม"].endswith(".docx"))
    assert asked["จำนวนเงิน (บาท)"] == 3_200_000
    assert (asked["แฟ้ม"], asked["สำนัก"], asked["ฉบับที่"]) == ("hr-01.docx", "สำนักพัฒนาทรัพยากรบุคคล", 1)
    assert asked["ตำแหน่งในแฟ้ม"].startswith("ตาราง")
    assert asked["วันที่รับ"] == "๒๔ พฤศจิกายน ๒๕๖๙"
    given = next(row for row in parts if row["รหัสโครงการ"] == "70-พบ-01" and row["แฟ้ม"].endswith(".xlsx"))
    assert given["ตำแหน่งในแฟ้ม"].startswith("จัดสรร!")


def test_making_the_book_again_makes_no_second_workbook(
    bench: Workbench, made: tuple[Path, tuple[str, ...]]
) -> None:
    produce(bench, Order(kind="plan-book", year=2570))
    assert len(list(made[0].parent.glob("*ที่มาของตัวเลข*"))) == 1


def test_trace_tells_the_parts_of_a_measure_of_a_bureau(bench: Workbench) -> None:
    document = trace_json(bench, "requested", year=2570, bureau="พบ", project=None)
    (figure,) = document["figures"]
    year = bench.register.year(2570)
    expected = figures(year, year.projects_of("สำนักพัฒนาทรัพยากรบุคคล")).requested
    assert Decimal(figure["amount"]) == expected
    assert [part["file"] for part in figure["parts"]] == ["hr-01.docx", "hr-02.docx"]
    assert sum(Decimal(part["amount"]) for part in figure["parts"]) == expected


@pytest.mark.parametrize("amount", ["3,200,000", "๓,๒๐๐,๐๐๐ บาท", "3200000.00"])
def test_trace_finds_all_places_of_an_amount(bench: Workbench, amount: str) -> None:
    found = trace_json(bench, amount, year=2570, bureau=None, project=None)["figures"]
    assert ("70-พบ-01", "requested") in {(item["of"].split()[0], item["measure"]) for item in found}
    assert all(Decimal(item["amount"]) == 3_200_000 for item in found)


def test_trace_tells_where_a_field_of_a_form_stands(bench: Workbench) -> None:
    (figure,) = trace_json(bench, "budget.total", year=2570, bureau=None, project="๗๐-พบ-๐๑")["figures"]
    assert figure["amount"] == "3200000.00"
    assert figure["parts"][0]["where"].startswith("ตาราง")


def test_trace_finds_nothing_for_an_amount_that_is_nowhere(bench: Workbench) -> None:
    assert trace_json(bench, "1.23", year=2570, bureau=None, project=None)["figures"] == []


@pytest.mark.parametrize(
    ("what", "bureau", "project"),
    [
        ("requestd", None, None),
        ("requested", "ไม่มี", None),
        ("requested", None, "00-00"),
        ("budget.tota", None, "70-พบ-01"),
    ],
)
def test_trace_refuses_what_it_does_not_know(
    bench: Workbench, what: str, bureau: str | None, project: str | None
) -> None:
    with pytest.raises(UsageError):
        trace_json(bench, what, year=2570, bureau=bureau, project=project)
