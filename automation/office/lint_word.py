"""What spoils Thai or the layout in a Word template: properties that Thai text does not obey, loose tables.

Thai takes its font, size and weight from the complex-script properties (`w:cs`, `w:szCs`, `w:bCs`,
`w:lang w:bidi`). Where only the Latin ones are set, the sheet looks right in the template and wrong once a
value is filled in. LibreOffice and Word lay tables out by their grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from automation.office.docx_names import TBL, P, T, W
from automation.office.package import safe_parser
from automation.office.part_places import PartPlaces

_THAI = re.compile("[\u0e00-\u0e7f]|\\{[{%]")
_ROW_LOOP = re.compile(r"\{%-?\s*tr\s+for\b")
_LATIN_FONTS = (W + "ascii", W + "hAnsi")
_THEME_FONTS = tuple(W + name for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"))

Found = tuple[str, str, bool]
"""Thai place, Thai message, whether it is an error."""


def layout_faults(parts: Mapping[str, bytes]) -> Iterator[Found]:
    """What is wrong in the styles and in every part with text."""
    if "word/styles.xml" in parts:
        yield from _style_faults(etree.fromstring(parts["word/styles.xml"], safe_parser()))
    for name, data in parts.items():
        if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", name):
            root = etree.fromstring(data, safe_parser())
            places = PartPlaces(name, root)
            yield from _run_faults(root, places)
            yield from _table_faults(root, places)


def _style_faults(styles: Any) -> Iterator[Found]:
    properties = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    place = "ค่าเริ่มต้นของเอกสาร (docDefaults)"
    if properties is None or properties.find(W + "rFonts") is None:
        yield place, "ไม่ได้กำหนดแบบอักษรเริ่มต้น ข้อความไทยจะใช้แบบอักษรตามเครื่องที่เปิด", True
    else:
        yield from ((place, message, True) for message in _thai_faults(properties, whole=True))
    for style in styles.iter(W + "style"):
        name = style.find(W + "name").get(W + "val")
        properties = style.find(W + "rPr")
        if properties is not None:
            yield from ((f"ลักษณะ “{name}”", message, False) for message in _thai_faults(properties))


def _run_faults(root: Any, places: PartPlaces) -> Iterator[Found]:
    for run in root.iter(W + "r"):
        properties = run.find(W + "rPr")
        if properties is None or not any(_THAI.search(t.text or "") for t in run.iter(T)):
            continue
        for message in _thai_faults(properties):
            yield places.of(run), message, False


def _thai_faults(properties: Any, *, whole: bool = False) -> Iterator[str]:
    """Thai messages for Latin properties without their complex-script partner; `whole` wants all of them."""
    fonts = properties.find(W + "rFonts")
    if fonts is not None and any(fonts.get(name) for name in _THEME_FONTS):
        yield "ใช้แบบอักษรของชุดรูปแบบ (theme) ซึ่งอยู่เหนือแบบอักษรที่กำหนดไว้"
    if fonts is not None and any(fonts.get(name) for name in _LATIN_FONTS) and not fonts.get(W + "cs"):
        yield "กำหนดแบบอักษรเฉพาะภาษาอังกฤษ ไม่มีแบบอักษรไทย (complex script)"
    size, thai_size = _value(properties, "sz"), _value(properties, "szCs")
    if (size or whole) and thai_size != size:
        yield "ขนาดอักษรไทย (complex script) ไม่ตรงกับขนาดอักษรที่กำหนด"
    if (properties.find(W + "b") is None) != (properties.find(W + "bCs") is None):
        yield "ตัวหนาไม่ครบทั้งอักษรอังกฤษและอักษรไทย (complex script)"
    language = properties.find(W + "lang")
    if whole and (language is None or language.get(W + "bidi") != "th-TH"):
        yield "ไม่ได้กำหนดภาษาไทย (w:lang w:bidi=th-TH) การตัดคำอาจผิด"


def _value(properties: Any, name: str) -> str | None:
    element = properties.find(W + name)
    value: str | None = None if element is None else element.get(W + "val")
    return value


def _table_faults(root: Any, places: PartPlaces) -> Iterator[Found]:
    for table in root.iter(TBL):
        place = places.of_table(table)
        grid = table.find(W + "tblGrid")
        if grid is None or not len(grid):
            yield place, "ตารางไม่มีความกว้างคอลัมน์ (tblGrid) ให้ตั้งความกว้างทุกคอลัมน์", True
        layout = table.find(f"{W}tblPr/{W}tblLayout")
        if layout is None or layout.get(W + "type") != "fixed":
            yield place, "ตารางปรับความกว้างตามเนื้อหา ให้ตั้งเป็นความกว้างคงที่ (Fixed column width)", False
        if _grows(table) and table.find(f"{W}tr/{W}trPr/{W}tblHeader") is None:
            yield place, "ตารางยาวได้หลายหน้า ให้ตั้งแถวแรกเป็นหัวตารางที่พิมพ์ซ้ำทุกหน้า (Repeat Header Rows)", False
    for height in root.iter(W + "trHeight"):
        if height.get(W + "hRule") == "exact":
            paragraph = next(next(height.iterancestors(W + "tr")).iter(P))
            yield places.of(paragraph), "แถวสูงคงที่ ข้อความที่ยาวกว่าจะถูกตัดหาย ให้ตั้งเป็น “อย่างน้อย”", False


def _grows(table: Any) -> bool:
    """Whether rows under a first row of the table are repeated."""
    rows = [row for row in table.iter(W + "tr") if next(row.iterancestors(TBL)) is table]
    return any(_ROW_LOOP.search("".join(row.itertext(T))) for row in rows[1:])
