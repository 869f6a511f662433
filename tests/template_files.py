"""Small Word and Excel templates made in a test, and what a filled file says."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = f'xmlns:w="{W[1:-1]}"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def paragraph(*runs: str) -> str:
    """A paragraph with these texts as runs of its own."""
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def cell(*contents: str, width: int = 1000) -> str:
    """A table cell with one paragraph a text."""
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{properties}{''.join(map(paragraph, contents))}</w:tc>"


def table(*rows: str, columns: int = 1) -> str:
    """A table of rows, each the XML of its cells."""
    grid = '<w:gridCol w:w="1000"/>' * columns
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def word_template(path: Path, body: str, parts: Mapping[str, str] | None = None) -> Path:
    """A Word file with that body, and further parts as they are given."""
    document = f"<w:document {_SPACE}><w:body>{body}</w:body></w:document>"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("word/document.xml", document)
        for name, content in (parts or {}).items():
            package.writestr(name, content.replace("NAMESPACE", _SPACE))
    return path


def part(data: bytes | Path, name: str = "word/document.xml") -> Any:
    """The tree of one part of an Office file."""
    import io

    source = io.BytesIO(data) if isinstance(data, bytes) else data
    with zipfile.ZipFile(source) as package:
        return etree.fromstring(package.read(name))


def texts(data: bytes | Path) -> list[str]:
    """The text of every paragraph of a Word file, with breaks as \\n and tabs as \\t."""
    return [_text(p) for p in part(data).iter(W + "p")]


def _text(p: Any) -> str:
    signs = {W + "br": "\n", W + "tab": "\t"}
    return "".join(signs.get(e.tag, e.text or "") for e in p.iter(W + "t", W + "br", W + "tab"))


def all_text(path: Path) -> str:
    """Every part of an Office file in one string, for what must not be in any of them."""
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode("utf-8") for name in package.namelist())


def sheet_template(path: Path, cells: Mapping[str, Any], **more: str) -> Path:
    """An Excel file with one sheet `แผ่น` of these cells; `merge`, `choose` and `area` (printed
    and filtered) name a range each. Column B wraps its text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = "แผ่น"
    for reference, value in cells.items():
        sheet[reference] = value
        if reference.startswith("B"):
            sheet[reference].alignment = Alignment(wrap_text=True)
    if "merge" in more:
        sheet.merge_cells(more["merge"])
    if "choose" in more:
        rule = DataValidation(type="list", formula1='"ก,ข"')
        rule.add(more["choose"])
        sheet.add_data_validation(rule)
    if "area" in more:
        sheet.print_area = more["area"]
        sheet.print_title_rows = "1:1"
        sheet.auto_filter.ref = more["area"]
    other = book.create_sheet("คำอธิบาย")
    other["A1"] = "ไม่มีช่องเติมค่า"
    book.save(path)
    return path


def values(path: Path, sheet: str = "แผ่น", *, formulas: bool = False) -> list[tuple[Any, ...]]:
    """The rows of a sheet; cached values, or with `formulas` the formulas."""
    from openpyxl import load_workbook

    return list(load_workbook(path, data_only=not formulas)[sheet].iter_rows(values_only=True))
