"""Write a filled sheet and its shared strings as XML; what refers to rows moves with them."""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from lxml import etree

from automation.office.compile_expression import escaped_text
from automation.office.compile_sheet import S, TemplateCell, column_letters
from automation.office.fill_sheet import FilledSheet, Line, corners
from automation.office.filters import Formula
from automation.office.settle_controls import Choices
from automation.office.sheet_fields import BEFORE_MERGES, offer

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
"""First line of a part."""
ROWS = re.compile(r"<\?rows\s*\?>")
"""Where the rows go while the rest of the sheet is made."""
_DAY_ZERO = dt.date(1899, 12, 30)
"""Day 0 of Excel's calendar for every date after February 1900."""


class Strings:
    """The shared strings of the filled workbook: those of the template that are still used, and new ones."""

    def __init__(self, items: list[Any]) -> None:
        self._items, self._numbers = items, dict[str, int]()

    def kept(self, index: str) -> int:
        """Number of a string of the template, with its rich text."""
        xml = etree.tostring(self._items[int(index)], encoding="unicode", with_tail=False)
        return self._numbers.setdefault(xml, len(self._numbers))

    def new(self, text: str) -> int:
        """Number of a text."""
        safe = escaped_text(text)
        xml = f'<si xmlns="{S[1:-1]}"><t xml:space="preserve">{safe}</t></si>'
        return self._numbers.setdefault(xml, len(self._numbers))

    def xml(self) -> bytes:
        """The part `xl/sharedStrings.xml`."""
        count = len(self._numbers)
        head = f'<sst xmlns="{S[1:-1]}" count="{count}" uniqueCount="{count}">'
        return f"{DECLARATION}{head}{''.join(self._numbers)}</sst>".encode()


def sheet_xml(filled: FilledSheet, strings: Strings, choices: Choices) -> bytes:
    """The part of the sheet, with lists to choose from where `choices` has some."""
    root = copy.deepcopy(filled.sheet.root)
    root.find(S + "sheetData").append(etree.ProcessingInstruction("rows"))
    _put_merges(root, filled)
    for element in root.iter(S + "dataValidation", S + "conditionalFormatting"):
        element.set("sqref", " ".join(_moved(part, filled) for part in element.get("sqref").split()))
    offer(root, filled, choices)
    for element in root.iter(S + "autoFilter"):
        element.set("ref", moved_box(element.get("ref"), filled.lines).replace("$", ""))
    for element in root.iter(S + "dimension"):
        columns = [cell.column for line in filled.lines for cell in line.row.cells]
        last = filled.lines[-1].number if filled.lines else 1
        element.set("ref", f"A1:{column_letters(max(columns, default=1))}{last}")
    rows = "".join(_row(line, strings) for line in filled.lines)
    text = ROWS.sub(lambda _: rows, etree.tostring(root, encoding="unicode"))
    return (DECLARATION + text).encode()


def _put_merges(root: Any, filled: FilledSheet) -> None:
    old = root.find(S + "mergeCells")
    if old is not None:
        root.remove(old)
    boxes = [box for box in filled.merges if box[:2] != box[2:]]
    if not boxes:
        return
    merged = etree.Element(S + "mergeCells", {"count": str(len(boxes))})
    for top, left, bottom, right in boxes:
        reference = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
        etree.SubElement(merged, S + "mergeCell", {"ref": reference})
    before = [child for child in root if etree.QName(child).localname in BEFORE_MERGES]
    before[-1].addnext(merged)


def _moved(reference: str, filled: FilledSheet) -> str:
    """A range of the template as the ranges that its rows have now."""
    left, top, right, bottom = corners(reference)
    rows = sorted(line.number for line in filled.lines if top <= line.row.number <= bottom)
    runs: list[list[int]] = []
    for row in rows or [top]:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return " ".join(f"{column_letters(left)}{a}:{column_letters(right)}{b}" for a, b in runs)


def moved_box(reference: str, lines: Iterable[Line]) -> str:
    """A range of the template as the one range around the rows that it has now; a column range stays."""
    left, top, right, bottom = corners(reference)
    rows = [line.number for line in lines if top <= line.row.number <= bottom]
    if not rows:
        return reference
    return f"${column_letters(left)}${min(rows)}:${column_letters(right)}${max(rows)}"


def _row(line: Line, strings: Strings) -> str:
    attributes = dict(line.row.attributes)
    if line.turns:
        # people write in these rows: a height that may grow again, unless merged text needs it
        attributes.pop("customHeight", None)
        if line.height is not None:
            attributes |= {"ht": f"{line.height:g}"} | ({"customHeight": "1"} if line.fixed else {})
    facts = "".join(f' {key}="{value}"' for key, value in attributes.items())
    cells = "".join(
        _cell(f"{column_letters(column)}{line.number}", cell, value, strings)
        for column, (cell, value) in sorted(line.cells.items())
    )
    return f'<row r="{line.number}"{facts}>{cells}</row>'


def _cell(reference: str, cell: TemplateCell, value: Any, strings: Strings) -> str:
    head = f'<c r="{reference}" s="{cell.style}"'
    if cell.expression is None and cell.kind == "text":
        return f'{head} t="s"><v>{strings.new(cell.content)}</v></c>'
    if cell.expression is None and cell.kind:
        content = str(strings.kept(cell.content)) if cell.kind == "s" else cell.content
        return f'{head} t="{cell.kind}"><v>{content}</v></c>'
    if isinstance(value, Formula):
        kind, content = stored(value.value) or ("str", escaped_text(str(value)))
        return f'{head} t="{kind}"><f>{escaped_text(value.text.removeprefix("="))}</f><v>{content}</v></c>'
    if value is None or value == "":
        return f"{head}/>"
    kind, content = stored(value) or ("s", str(strings.new(str(value))))
    return f'{head} t="{kind}"><v>{content}</v></c>'


def stored(value: Any) -> tuple[str, str] | None:
    """Type and content of a number, a date or a truth value in a cell; None for what is stored as text."""
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, (int, float, Decimal)):
        return "n", str(value)
    if isinstance(value, dt.date):
        return "n", str((value - _DAY_ZERO).days)
    return None
