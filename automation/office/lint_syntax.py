"""The syntax rules of docxtpl-lint, in Thai and with our names of places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from automation.office.filters import FILTERS
from automation.office.part_places import cell_place, paragraph_place, part_place

_ABOUT_DATA = ("DTL3", "DTL4", "DTL005")
"""Rules that need sample data or configure the linter itself."""

_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "DTL001": "`{open}` ไม่มี `{close}` ปิด",
        "DTL002": "`{open}` เริ่มในย่อหน้านี้แต่ไปปิดในย่อหน้าอื่น ให้พิมพ์คำสั่งให้จบในย่อหน้าเดียว",
        "DTL003": "คำสั่งอยู่ในข้อความที่ถูกลบแบบติดตามการแก้ไข ให้ยอมรับหรือปฏิเสธการแก้ไขทั้งหมดก่อน",
        "DTL101": "คำสั่ง {kw} ไม่มีคำสั่งปิด end{kw}",
        "DTL102": "`{raw}` ไม่มีคำสั่งเปิดคู่กัน",
        "DTL103": "คำสั่งเขียนไม่ถูกต้อง: {msg}",
        "DTL104": "ไม่รู้จักตัวกรอง {name}",
        "DTL105": "ไม่รู้จักเงื่อนไข is {name}",
        "DTL106": "`{name}` มีเฉพาะภายในลูป แต่ใช้นอกลูป",
        "DTL201": "คำสั่ง {prefix} มีเครื่องหมาย % หรือ }} อยู่ข้างใน",
        "DTL202": "ให้พิมพ์ {{%{prefix} ติดกัน ไม่เว้นวรรค",
        "DTL203": "`{raw}` ต้องอยู่ในตาราง",
        "DTL204": "`{close_raw}` ปิด `{open_raw}` แต่ใช้คำนำหน้าไม่ตรงกัน",
        "DTL205": "`{open_raw}` และ `{close_raw}` อยู่คนละตาราง",
        "DTL206": "`{open_raw}` และ `{close_raw}` อยู่ในแถวเดียวกัน ให้แยกเป็นคนละแถว",
        "DTL207": "`{open_raw}` และ `{close_raw}` ต้องอยู่ในแถวเดียวกัน",
        "DTL208": "`{raw}` ต้องอยู่ในตาราง",
        "DTL209": "`{raw}` แทนที่ทั้งย่อหน้าหรือแถว ข้อความ `{rest}` ข้าง ๆ จะหายไป ให้ย้ายไปไว้ที่อื่น",
        "DTL210": "`{open_raw}` และ `{close_raw}` อยู่ในย่อหน้าเดียวกัน ให้แยกเป็นคนละย่อหน้า",
    }
)


def syntax_faults(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Thai place, Thai message and whether it is an error, of everything wrong with the tags."""
    from docxtpl_lint import lint

    for issue in lint(path, filters=FILTERS, autoescape=True, ignore=_ABOUT_DATA).issues:
        yield _place(issue.location), _message(issue), issue.severity == "error"


def _message(issue: Any) -> str:
    try:
        return _MESSAGES[issue.rule].format(**issue.params)
    except KeyError:
        return str(issue.message)


def _place(location: Any) -> str:
    part = "" if location.part == "body" else part_place(f"word/{re.sub(r'[^a-z]', '', location.part)}")
    if location.cells:
        cell = location.cells[-1]
        return cell_place(part, cell.table, cell.row, cell.col)
    return paragraph_place(part, location.paragraph)
