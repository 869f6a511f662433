"""Native charts: the template's design with the program's figures, drawn and in the workbook behind."""

from __future__ import annotations

import shutil
import time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from automation.errors import TemplateError
from automation.office.charts import Chart, fill_charts
from automation.office.rewrite import read_parts

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture
def report(templates: Path, tmp_path: Path) -> Path:
    """A Word file with four charts."""
    return Path(shutil.copy(templates / "docx" / "year-end-report.docx", tmp_path))


def chart_of(path: Path, series: int) -> tuple[ElementTree.Element, str]:
    """The chart with this number of series in the workbook's first row, and the name of its part."""
    for name, data in read_parts(path).items():
        if name.startswith("word/charts/chart"):
            root = ElementTree.fromstring(data)
            if len(list(root.iter(f"{C}ser"))) == series:
                return root, name
    raise AssertionError("no such chart")


def points(series: ElementTree.Element, place: str) -> list[str]:
    holder = series.find(f"{C}{place}")
    assert holder is not None
    return [node.text or "" for node in holder.iter(f"{C}v")]


def test_figures_stand_in_the_drawing_and_in_the_workbook(report: Path) -> None:
    """Names, categories, values; the design stays."""
    chart = Chart(
        ("ประเด็นที่ ๑", "ประเด็นที่ ๒", "R&D <ใหม่>"),
        {"จัดสรร": (Decimal("1.5"), 2, 3), "เบิกจ่าย": (1, Decimal("0.25"), 0)},
    )
    _, name = chart_of(report, 2)
    before = read_parts(report)[name]
    assert fill_charts(report, {"issues": chart}) == ("issues",)
    root, _ = chart_of(report, 2)
    first, second = root.iter(f"{C}ser")
    assert points(first, "tx") == ["จัดสรร"]
    assert points(first, "cat") == points(second, "cat") == list(chart.categories)
    assert points(second, "val") == ["1", "0.25", "0"]
    assert [node.get("val") for node in root.iter(f"{C}ptCount")] == ["1", "3", "3"] * 2
    assert read_parts(report)[name].count(b"srgbClr") == before.count(b"srgbClr")
    book = openpyxl.load_workbook(BytesIO(read_parts(report)["word/embeddings/chart2.xlsx"]))
    rows = list(book.worksheets[0].values)
    book.close()
    assert rows == [
        (None, "จัดสรร", "เบิกจ่าย"),
        ("ประเด็นที่ ๑", 1.5, 1),
        ("ประเด็นที่ ๒", 2, 0.25),
        ("R&D <ใหม่>", 3, 0),
    ]
    assert [error.description for error in OpenXmlValidator().validate(report).errors] == []


def test_formulas_reach_as_far_as_the_data(report: Path) -> None:
    """`edit data` in Word finds the same cells."""
    fill_charts(report, {"issues": Chart(("ก", "ข"), {"หนึ่ง": (1, 2), "สอง": (3, 4)})})
    root, _ = chart_of(report, 2)
    formulas = [node.text for node in root.iter(f"{C}f")]
    assert formulas[-3:] == ["'ข้อมูล'!$C$1", "'ข้อมูล'!$A$2:$A$3", "'ข้อมูล'!$C$2:$C$3"]


def test_equal_figures_make_equal_files(report: Path, tmp_path: Path) -> None:
    """A book made again is the same book, whatever the clock says."""
    other = Path(shutil.copy(report, tmp_path / "other.docx"))
    figures = {"quarters": Chart(("ก", "ข"), {"เบิกจ่าย": (Decimal("1.25"), 2)})}
    fill_charts(report, figures)
    time.sleep(2.1)
    fill_charts(other, figures)
    assert read_parts(report) == read_parts(other)


def test_fewer_series_than_designed_leave_no_empty_ones(report: Path) -> None:
    """The second series goes."""
    _, name = chart_of(report, 2)
    fill_charts(report, {"issues": Chart(("ก",), {"หนึ่ง": (1,)})})
    root = ElementTree.fromstring(read_parts(report)[name])
    assert len(list(root.iter(f"{C}ser"))) == 1


def test_more_series_than_designed_are_refused(report: Path) -> None:
    """Their colours are the office's to choose."""
    with pytest.raises(TemplateError, match="แผนภูมิ quarters ในแม่แบบมี 1 ชุดข้อมูล แต่ต้องมี 2 ชุด"):
        fill_charts(report, {"quarters": Chart(("ก",), {"หนึ่ง": (1,), "สอง": (2,)})})


def test_unknown_charts_and_files_without_charts_are_left_alone(
    report: Path, templates: Path, tmp_path: Path
) -> None:
    """Not a byte changes."""
    before = report.read_bytes()
    assert fill_charts(report, {"other": Chart((), {})}) == ()
    assert report.read_bytes() == before
    plain = Path(shutil.copy(templates / "docx" / "base.docx", tmp_path))
    assert fill_charts(plain, {"issues": Chart((), {})}) == ()
