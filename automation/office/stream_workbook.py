"""Fill an Excel template of long lists row by row into the file: ten thousand rows in the memory of one.

For workbooks that only list: a sheet ends with a loop of one row without formulas and merged cells. The lists
may be generators and are gone through once. Whatever else a template asks for is filled by `fill_workbook`,
which knows all of its rows before it writes the first.
"""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from lxml import etree

from automation.errors import AutomationError, TemplateError
from automation.office.compile_expression import environment, escaped_text
from automation.office.compile_sheet import (
    Block,
    S,
    SheetTemplate,
    TemplateCell,
    TemplateRow,
    column_letters,
    lone_value,
)
from automation.office.fill_sheet import Line
from automation.office.fill_workbook import BOOK, CompiledWorkbook, compile_workbook, in_file
from automation.office.registration import written
from automation.office.sheet_heights import HIGHEST, column_widths, line_count, plain_height
from automation.office.write_sheet import DECLARATION, ROWS, moved_box, stored

_DAY = (1980, 1, 1, 0, 0, 0)
_FULL = 1 << 16
"""Letters that are gathered before they are packed."""
_MOVING = ("dataValidation", "conditionalFormatting")
"""What may refer to several ranges of rows, which are not yet counted."""


def stream_workbook(template: Path, context: Mapping[str, Any], target: Path) -> bool:
    """Write the filled workbook as `target`; False, with nothing written or consumed, where the template is
    more than lists. TemplateError when the context does not fit, AutomationError when the disk refuses."""
    book = compile_workbook(template)
    if not all(map(_only_lists, book.sheets)):
        return False
    try:
        with zipfile.ZipFile(target, "w") as package:
            lines: dict[str, list[Line]] = {}
            for name, data in book.plain_parts().items():
                sheet = book.by_part.get(name)
                if sheet is None:
                    _write(package, name, [data])
                else:
                    lister = _Lister(sheet, book, context)
                    _write(package, name, _encoded(lister.xml()))
                    lines[name] = lister.lines
            _write(package, BOOK, [written(book.grown(lines))])
    except TemplateError as error:
        raise in_file(error, template.name) from error
    except OSError as error:
        raise AutomationError(
            f"เขียนแฟ้ม {target.name} ไม่ได้ ({error.strerror})",
            hint="กรุณาตรวจว่าโฟลเดอร์ยังอยู่และมีที่ว่าง แล้วสั่งใหม่อีกครั้ง",
            place=str(target.parent),
        ) from error
    return True


def _only_lists(sheet: SheetTemplate) -> bool:
    *above, last = sheet.nodes
    top = last.marker.number if isinstance(last, Block) else last.number
    merged = (element.get("ref").rpartition(":")[2] for element in sheet.root.iter(S + "mergeCell"))
    return (
        all(isinstance(node, TemplateRow) for node in above)
        and (isinstance(last, TemplateRow) or _repeats_a_row(last))
        and all(int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$").replace("$", "")) < top for place in merged)
        and not any(True for _ in sheet.root.iter(*(S + name for name in _MOVING)))
    )


def _repeats_a_row(block: Block) -> bool:
    row = block.children[0] if len(block.children) == 1 else None
    if not block.variable or not isinstance(row, TemplateRow):
        return False
    found = [cell.expression for cell in row.cells if cell.expression is not None]
    return not any("loop" in item.names or "formula" in item.text for item in found)


class _Lister:
    """One sheet on its way into the file."""

    def __init__(self, sheet: SheetTemplate, book: CompiledWorkbook, context: Mapping[str, Any]) -> None:
        self._sheet, self._context = sheet, context
        self._wrapping = book.wrapping
        self._widths, self._low = column_widths(sheet.root), plain_height(sheet.root)
        self.lines: list[Line] = []
        """The rows above the list, and the first and the last of the list, once they are written."""

    def xml(self) -> Iterator[str]:
        """The part, piece by piece."""
        root = copy.deepcopy(self._sheet.root)
        for size in root.findall(S + "dimension"):
            root.remove(size)
        root.find(S + "sheetData").append(etree.ProcessingInstruction("rows"))
        yield DECLARATION + ROWS.split(etree.tostring(root, encoding="unicode"))[0]
        for node in self._sheet.nodes:
            if isinstance(node, TemplateRow):
                self._note(node, node.number)
                yield self._row(node, node.number, _singly(node, self._context))
            else:
                yield from self._list(node, node.marker.number)
        for box in root.iter(S + "autoFilter"):
            box.set("ref", moved_box(box.get("ref"), self.lines).replace("$", ""))
        yield ROWS.split(etree.tostring(root, encoding="unicode"))[1]

    def _note(self, row: TemplateRow, number: int) -> None:
        self.lines.append(Line(row, self._context, (), (), 0, number=number))

    def _list(self, block: Block, number: int) -> Iterator[str]:
        """The rows of a list; one with nothing in it still leaves a row to write on."""
        row = block.children[0]
        assert isinstance(row, TemplateRow)
        values = _together(row)
        names = dict(self._context)
        self._note(row, number)
        first = number
        for item in block.items.value(self._context):
            names[block.variable] = item
            yield self._row(row, number, values(names), repeated=True)
            number += 1
        if number == first:
            yield self._row(row, number, [None] * len(row.cells), repeated=True)
        self._note(row, max(number - 1, first))

    def _row(self, row: TemplateRow, number: int, values: list[Any], *, repeated: bool = False) -> str:
        facts = dict(row.attributes)
        if repeated:
            facts.pop("customHeight", None)
            facts["ht"] = f"{self._height(row, values):g}"
        attributes = "".join(f' {key}="{value}"' for key, value in facts.items())
        cells = "".join(
            _cell(f"{column_letters(cell.column)}{number}", cell, value)
            for cell, value in zip(row.cells, values, strict=True)
        )
        return f'<row r="{number}"{attributes}>{cells}</row>'

    def _height(self, row: TemplateRow, values: list[Any]) -> float:
        lines = [
            line_count(value, self._widths.get(cell.column, 9.0))
            for cell, value in zip(row.cells, values, strict=True)
            if isinstance(value, str) and cell.style in self._wrapping
        ]
        return min(max(row.height or self._low, self._low * max(lines, default=1)), HIGHEST)


def _singly(row: TemplateRow, names: Mapping[str, Any]) -> list[Any]:
    """The values of a row, cell by cell; an error names its cell."""
    return [None if cell.expression is None else cell.expression.value(names) for cell in row.cells]


def _together(row: TemplateRow) -> Callable[[Mapping[str, Any]], list[Any]]:
    """Gives the values of a row at one go; only where that fails they are looked for one by one."""
    from jinja2 import Undefined
    from jinja2.exceptions import TemplateError as JinjaError

    sources = [lone_value(cell.expression.text) if cell.expression else "none" for cell in row.cells]
    if None in sources:
        return partial(_singly, row)
    listed = environment(markup=False).compile_expression(f"[{','.join(f'({text})' for text in sources)}]")

    def values(names: Mapping[str, Any]) -> list[Any]:
        try:
            found: Any = listed(names)
        except (JinjaError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError):
            return _singly(row, names)
        return _singly(row, names) if any(isinstance(value, Undefined) for value in found) else found

    return values


def _cell(reference: str, cell: TemplateCell, value: Any) -> str:
    head = f'<c r="{reference}" s="{cell.style}"'
    if cell.expression is None and cell.kind not in ("", "text"):
        return f'{head} t="{cell.kind}"><v>{cell.content}</v></c>'
    if cell.expression is None:
        value = cell.content
    if value is None or value == "":
        return f"{head}/>"
    if found := stored(value):
        return f'{head} t="{found[0]}"><v>{found[1]}</v></c>'
    text = escaped_text(str(value))
    return f'{head} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """The pieces gathered to stretches that are worth packing."""
    gathered, size = [], 0
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size > _FULL:
            yield "".join(gathered).encode()
            gathered, size = [], 0
    yield "".join(gathered).encode()


def _write(package: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type, entry._compresslevel = zipfile.ZIP_DEFLATED, 2  # type: ignore[attr-defined]
    with package.open(entry, "w") as part:
        for piece in pieces:
            part.write(piece)
