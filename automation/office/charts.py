"""Native charts of a Word file: the office designs them in the template, the program gives the figures.

A chart is found by the name of its drawing (in Word: the selection pane, or the alternative text),
`chart:NAME`. Its series get new names, categories and values, both where Word draws from (the cached points)
and in the embedded workbook that opens on `edit data`; colours, fonts, labels and axes stay as designed.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from automation.errors import TemplateError
from automation.office.body_stream import DOCUMENT, Rework
from automation.office.rewrite import read_parts, replace_parts

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PREFIX = "chart:"
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_SHEET = "ข้อมูล"


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows: the categories along its axis, and each series' name and values in their order."""

    categories: tuple[str, ...]
    series: Mapping[str, tuple[Decimal | int, ...]]


def fill_charts(docx: Path, charts: Mapping[str, Chart]) -> tuple[str, ...]:
    """Give the charts of the file their figures, in place; the names of the charts that were found.

    A chart of the file that `charts` does not know keeps its figures; one that the file does not hold is
    left out: the office may take a chart out of the template. TemplateError when a chart has too few series.
    """
    places = _drawings(docx)
    if not places:
        return ()
    parts = read_parts(docx, without=(DOCUMENT,))
    relations = _relations(parts, DOCUMENT)
    new: dict[str, bytes] = {}
    found = []
    for name, part in ((name, relations[identity]) for name, identity in places):
        if name in charts:
            new |= _filled(parts, part, charts[name], name)
            found.append(name)
    if new:
        replace_parts(docx, new)
    return tuple(found)


def _drawings(docx: Path) -> list[tuple[str, str]]:
    """Name of each chart in the body, and the id of its relation."""
    book = Rework(docx)
    found = []
    for block in book.blocks():
        if _PREFIX not in block:
            continue
        for properties in book.tree(block).iter(f"{_WP}docPr"):
            words = [properties.get(key, "") for key in ("name", "descr", "title")]
            label = next((text for text in words if text.startswith(_PREFIX)), "")
            chart = next(properties.getparent().iter(f"{_C}chart"), None)
            if label and chart is not None:
                found.append((label.removeprefix(_PREFIX).split()[0], chart.get(f"{_R}id")))
    return found


def _relations(parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    """Relation id → part that it leads to."""
    from lxml import etree

    folder, name = posixpath.split(part)
    data = parts.get(f"{folder}/_rels/{name}.rels")
    if data is None:
        return {}
    return {
        item.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip(
            "/"
        )
        for item in etree.fromstring(data).iter(_RELATION)
    }


def _filled(parts: Mapping[str, bytes], part: str, chart: Chart, name: str) -> dict[str, bytes]:
    from lxml import etree

    root = etree.fromstring(parts[part])
    drawn = list(root.iter(f"{_C}ser"))
    if len(drawn) < len(chart.series):
        raise TemplateError(
            f"แผนภูมิ {name} ในแม่แบบมี {len(drawn)} ชุดข้อมูล แต่ต้องมี {len(chart.series)} ชุด",
            hint="กรุณาเพิ่มชุดข้อมูลของแผนภูมิในแม่แบบ หรือคัดลอกแผนภูมิจากแม่แบบที่มากับโปรแกรม",
        )
    for place, (series, (title, values)) in enumerate(zip(drawn, chart.series.items(), strict=False)):
        _fill_series(series, place, title, chart.categories, values)
    for unused in drawn[len(chart.series) :]:
        unused.getparent().remove(unused)
    new = {part: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)}
    external = root.find(f"{_C}externalData")
    if external is not None:
        workbook = _relations(parts, part).get(external.get(f"{_R}id", ""))
        if workbook in parts:
            new[str(workbook)] = _workbook(chart)
    return new


def _fill_series(
    series: Element, place: int, title: str, categories: tuple[str, ...], values: tuple[Decimal | int, ...]
) -> None:
    column = chr(ord("B") + place)
    last = len(categories) + 1
    _put(series, "tx", "strRef", f"'{_SHEET}'!${column}$1", [title])
    _put(series, "cat", "strRef", f"'{_SHEET}'!$A$2:$A${last}", list(categories))
    _put(
        series, "val", "numRef", f"'{_SHEET}'!${column}$2:${column}${last}", [str(value) for value in values]
    )


def _put(series: Element, place: str, kind: str, formula: str, texts: list[str]) -> None:
    """Replace the reference and its cached points, keeping the number format of the cache."""
    holder = series.find(f"{_C}{place}")
    if holder is None:
        return
    old = holder.find(f".//{_C}formatCode")
    for child in list(holder):
        holder.remove(child)
    reference = _add(holder, kind)
    _add(reference, "f").text = formula
    cache = _add(reference, kind.replace("Ref", "Cache"))
    if kind == "numRef":
        _add(cache, "formatCode").text = "General" if old is None else old.text
    _add(cache, "ptCount", val=str(len(texts)))
    for index, text in enumerate(texts):
        _add(_add(cache, "pt", idx=str(index)), "v").text = text


def _add(parent: Element, name: str, **attributes: str) -> Any:
    from lxml import etree

    return etree.SubElement(parent, f"{_C}{name}", attributes)


def _workbook(chart: Chart) -> bytes:
    """The workbook behind the chart: categories in column A, a series a column. Equal charts, equal bytes."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _SHEET
    sheet.append(["", *chart.series])
    for place, category in enumerate(chart.categories):
        sheet.append([category, *(values[place] for values in chart.series.values())])
    written, dateless = BytesIO(), BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(dateless, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), _TIME.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(name)))
    return dateless.getvalue()
