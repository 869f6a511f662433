"""One sheet of an Excel template as a tree of rows and loops.

Rows `{%tr for x in … %}` and `{%tr endfor %}` (also `if` and `endif`) enclose the rows that they repeat. A
cell that is nothing but `{{ … }}` gives its value as it is (number, date), any other text gives text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from automation.errors import TemplateError
from automation.office.compile_expression import meaning

if TYPE_CHECKING:
    from jinja2 import Environment

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_VALUE = re.compile(r"^\s*\{\{(((?!\}\}).)*)\}\}\s*$", re.DOTALL)
_MARK = re.compile(r"\{%-?\s*tr\s+(.*?)\s*-?%\}", re.DOTALL)
_FOR = re.compile(r"for\s+(\w+)\s+in\s+(.+)", re.DOTALL)
HINT = "กรุณาเปิดแม่แบบใน Excel แก้ไขตรงที่ระบุ แล้วตรวจด้วยคำสั่ง automation lint"


@dataclass(frozen=True, slots=True)
class Expression:
    """Something to evaluate, where it stands, and the names that it uses."""

    text: str
    place: str
    names: frozenset[str]
    evaluate: Any

    def value(self, names: Mapping[str, Any]) -> Any:
        """The value with these names; TemplateError with the place when there is none."""
        from jinja2 import Undefined
        from jinja2.exceptions import TemplateError as JinjaError

        try:
            found = self.evaluate(**names)
            if isinstance(found, Undefined):
                str(found)
            return found
        except (JinjaError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise fault(error, self.text, self.place) from error


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """A cell: column (from 1), style id, and either raw children to copy or an expression."""

    column: int
    style: str
    kind: str
    content: str
    """The cell's value as the XML has it (a shared string's number, a number), or the text of kind `text`."""
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A row to print: its number in the template and the height that it has there (points)."""

    number: int
    attributes: Mapping[str, str]
    cells: tuple[TemplateCell, ...]
    depth: int
    height: float | None


@dataclass(slots=True)
class Block:
    """Rows that are repeated (`variable` in `items`) or printed on a condition (`variable` empty)."""

    marker: TemplateRow
    variable: str
    items: Expression
    children: list[TemplateRow | Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SheetTemplate:
    """A sheet ready to be filled; `root` is its XML without rows."""

    title: str
    root: Any
    nodes: tuple[TemplateRow | Block, ...]
    depths: Mapping[int, int]
    """Number of every template row, markers included → number of loops around it."""


def compile_sheet(title: str, root: Any, strings: list[str], made: Environment) -> SheetTemplate | None:
    """The template of a sheet, None when it holds no tag; TemplateError with the cell of a faulty tag."""
    data = root.find(S + "sheetData")
    if not any("{{" in text or "{%" in text for text in _texts(data, strings)):
        return None
    return _Sheet(title, root, data, strings, made).template()


def _texts(data: Any, strings: list[str]) -> list[str]:
    return [_text(cell, strings) for cell in data.iter(S + "c")]


def _text(cell: Any, strings: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(cell.itertext())
    value = cell.findtext(S + "v") or ""
    return strings[int(value)] if cell.get("t") == "s" and value else ""


def column_number(reference: str) -> int:
    """The column of a cell reference, `AB12` → 28."""
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of a column, 28 → `AB`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def lone_value(text: str) -> str | None:
    """What stands in the braces of a text that is nothing but one value; None for any other text."""
    found = _VALUE.match(text)
    return found[1] if found else None


def fault(error: Exception, tag: str, place: str) -> TemplateError:
    """The error of a tag in Thai, with its cell."""
    return TemplateError(f"{meaning(error)} ในคำสั่ง {tag}", hint=HINT, place=place)


class _Sheet:
    def __init__(self, title: str, root: Any, data: Any, strings: list[str], made: Environment) -> None:
        self.title, self.root, self.data, self.strings, self.made = title, root, data, strings, made
        self.depths: dict[int, int] = {}
        self.top: list[TemplateRow | Block] = []
        self.open: list[Block] = []

    def template(self) -> SheetTemplate:
        for element in self.data:
            row, marks = self._row(element)
            if not marks:
                self._add(row)
            for mark in marks:
                self._mark(mark, row)
            self.depths[row.number] = min(row.depth, len(self.open))
        if self.open:
            unclosed = self.open[-1]
            raise TemplateError("คำสั่งนี้ยังไม่มีแถวปิด (endfor หรือ endif)", hint=HINT, place=unclosed.items.place)
        self.data.clear()
        return SheetTemplate(self.title, self.root, tuple(self.top), self.depths)

    def _add(self, node: TemplateRow | Block) -> None:
        (self.open[-1].children if self.open else self.top).append(node)

    def _row(self, element: Any) -> tuple[TemplateRow, list[str]]:
        number = int(element.get("r"))
        marks: list[str] = []
        cells: list[TemplateCell] = []
        for cell in element:
            text = _text(cell, self.strings)
            found = _MARK.findall(text)
            marks += found
            cells.append(self._cell(cell, "" if found else text))
        kept = {key: value for key, value in element.attrib.items() if key not in ("r", "spans")}
        height = element.get("ht")
        row = TemplateRow(number, kept, tuple(cells), len(self.open), float(height) if height else None)
        return row, marks

    def _cell(self, cell: Any, text: str) -> TemplateCell:
        reference = cell.get("r")
        place = f"{self.title}!{reference}"
        if self.top_has_loop() and cell.find(S + "f") is not None:
            message = "สูตรในแถวซ้ำหรือใต้แถวซ้ำต้องเขียนด้วยตัวกรอง formula เพราะเลขแถวเปลี่ยนไป"
            raise TemplateError(
                message, hint='เช่น {{ row.remaining | formula("=N{row}-Q{row}") }}', place=place
            )
        column, style = column_number(reference), cell.get("s", "0")
        if "{{" in text or "{%" in text:
            return TemplateCell(column, style, "", "", self._expression(text, place))
        if cell.get("t") == "inlineStr":
            return TemplateCell(column, style, "text" if text else "", text)
        content = cell.findtext(S + "v") or ""
        return TemplateCell(column, style, cell.get("t", "n") if content else "", content)

    def top_has_loop(self) -> bool:
        """Whether a loop has begun above."""
        return bool(self.open) or any(isinstance(node, Block) for node in self.top)

    def _expression(self, text: str, place: str) -> Expression:
        """A lone `{{ value }}` evaluates to the value, other text to text."""
        value = lone_value(text)
        return self._compiled(text if value is None else value, place, text, rendered=value is None)

    def _compiled(self, source: str, place: str, shown: str, *, rendered: bool) -> Expression:
        from jinja2 import meta
        from jinja2.exceptions import TemplateError as JinjaError

        try:
            names = meta.find_undeclared_variables(
                self.made.parse(source if rendered else f"{{{{{source}}}}}")
            )
            if rendered:
                return Expression(shown, place, frozenset(names), self.made.from_string(source).render)
            evaluate = self.made.compile_expression(source.strip(), undefined_to_none=False)
        except JinjaError as error:
            raise fault(error, shown, place) from error
        return Expression(shown, place, frozenset(names), evaluate)

    def _mark(self, mark: str, row: TemplateRow) -> None:
        place = f"{self.title}!{column_letters(row.cells[0].column)}{row.number}"
        word = mark.split()[0]
        if word in ("endfor", "endif"):
            if not self.open or bool(self.open[-1].variable) != (word == "endfor"):
                raise TemplateError(f"{word} ไม่มีคำสั่งเปิดคู่กัน", hint=HINT, place=place)
            self.open.pop()
            return
        loop = _FOR.fullmatch(mark)
        if loop is None and word != "if":
            raise TemplateError(f"ไม่รู้จักคำสั่ง {mark}", hint=HINT, place=place)
        variable, source = (loop[1], loop[2]) if loop else ("", mark[2:])
        block = Block(row, variable, self._compiled(source, place, mark, rendered=False))
        self._add(block)
        self.open.append(block)
