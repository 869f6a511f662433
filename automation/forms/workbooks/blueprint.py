"""A form's definition, derived from its Excel template: which heading and which label mean which field.

In the template a heading stands above `{{ row.code }}`, a label stands before or to the left of
`{{ progress.reporter }}`. Loop variables are known by their `{% for row in progress.rows %}`, or by being
the singular of a list in the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from automation.forms.workbooks.schema import Leaf, leaf_of
from automation.forms.workbooks.texts import match_key, one_line
from automation.model import RECORD_TYPES, Record
from automation.office.sheets import Sheet, SheetCell, Workbook
from automation.thai.text import normalize, squeeze

_LOOP = re.compile(r"\{%-?\s*\w*\s*for\s+(\w+)\s+in\s+([\w.]+)")
_EXPRESSION = re.compile(r"\{\{-?(.*?)-?\}\}", re.DOTALL)
_NAME = re.compile(r"(?<![\w.\"'])([a-z_]\w*(?:\.[a-z_]\w*)*)")
_TAGS = re.compile(r"\{[%{].*?[%}]\}", re.DOTALL)
_HEADING_LEVELS = 3


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A looped field and its headings, outermost first: (`งบประมาณ (บาท)`, `คงเหลือ`)."""

    leaf: Leaf
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplateLabel:
    """A single field and the words before it."""

    leaf: Leaf
    label: str


@dataclass(frozen=True, slots=True)
class TemplateTable:
    """The columns of one sheet of the template."""

    sheet: str
    columns: tuple[TemplateColumn, ...]


@dataclass(frozen=True, slots=True)
class Blueprint:
    """All that one template says, and the folded texts that it prints itself (they are nobody's answer)."""

    form: str
    title: str
    record: type[Record]
    tables: tuple[TemplateTable, ...]
    labels: tuple[TemplateLabel, ...]
    printed: frozenset[str]


def derive_blueprint(form: str, title: str, template: Workbook) -> Blueprint:
    """The blueprint of a form from its template read as a workbook."""
    record = RECORD_TYPES[form]
    names = _loop_names(form, record, template)
    tables: list[TemplateTable] = []
    labels: list[TemplateLabel] = []
    for sheet in template.sheets:
        columns: list[TemplateColumn] = []
        for cell, path in _placeholders(sheet, names):
            leaf = _leaf(record, path)
            if leaf is None:
                continue
            if leaf.lists:
                columns.append(TemplateColumn(leaf, _headings(sheet, cell)))
            else:
                labels.append(TemplateLabel(leaf, _label(sheet, cell)))
        if columns:
            tables.append(TemplateTable(sheet.name, _first_of_each(columns)))
    printed = frozenset(
        match_key(_TAGS.sub(" ", cell.value))
        for sheet in template.sheets
        for cell in sheet.cells.values()
        if isinstance(cell.value, str)
    )
    return Blueprint(form, title, record, tuple(tables), tuple(labels), printed - {""})


def _first_of_each(columns: list[TemplateColumn]) -> tuple[TemplateColumn, ...]:
    """A column a field: the template may print a field twice (a first row and its continuation)."""
    first: dict[str, TemplateColumn] = {}
    for column in columns:
        if column.headings:
            first.setdefault(column.leaf.path, column)
    return tuple(first.values())


def _leaf(record: type[Record], path: str) -> Leaf | None:
    try:
        return leaf_of(record, path)
    except KeyError:
        return None


def _placeholders(sheet: Sheet, names: Mapping[str, str]) -> Iterator[tuple[SheetCell, str]]:
    """Each cell with a field in it, and the field's path without the form's own name."""
    for cell in sheet.cells.values():
        if not isinstance(cell.value, str) or "{{" not in cell.value:
            continue
        for expression in _EXPRESSION.findall(cell.value):
            for name in _NAME.findall(expression):
                head, _, rest = name.partition(".")
                if head in names:
                    yield cell, f"{names[head]}.{rest}".strip(".")
                    break


def _loop_names(form: str, record: type[Record], template: Workbook) -> dict[str, str]:
    """Variable → path; the form's own name is the empty path."""
    names = {_singular(path): path for path in _lists(record)} | {form: ""}
    for sheet in template.sheets:
        for cell in sheet.cells.values():
            if isinstance(cell.value, str) and "{%" in cell.value:
                for variable, source in _LOOP.findall(cell.value):
                    head, _, rest = source.partition(".")
                    if head in names:
                        names[variable] = f"{names[head]}.{rest}".strip(".")
    return names


def _lists(record: Any, prefix: str = "") -> Iterator[str]:
    for name, hint in get_type_hints(record).items():
        if get_origin(hint) is tuple:
            yield prefix + name
            item = get_args(hint)[0]
            if is_dataclass(item):
                yield from _lists(item, f"{prefix}{name}.")


def _singular(path: str) -> str:
    name = path.rsplit(".", 1)[-1]
    return name[:-3] + "y" if name.endswith("ies") else name.removesuffix("s")


def _headings(sheet: Sheet, cell: SheetCell) -> tuple[str, ...]:
    """The texts above a looped cell: the nearest one, and the groups that span it."""
    texts: list[str] = []
    width = sheet.last_col
    row = cell.row - 1
    while row > 0 and len(texts) < _HEADING_LEVELS:
        text = heading_text(sheet.at(row, cell.col))
        if not text:
            if texts:
                break
            row -= 1
            continue
        span = sheet.span(row, cell.col)
        across = span.right - span.left + 1 if span else 1
        if texts and not 1 < across < width:
            break
        texts.append(text)
        row = (span.top if span else row) - 1
    return tuple(reversed(texts))


def heading_text(cell: SheetCell | None) -> str:
    """The words of a cell on one line, without template tags; empty when it holds no text."""
    if cell is None or cell.value is None or isinstance(cell.value, bool):
        return ""
    text = cell.value if isinstance(cell.value, str) else str(cell.value)
    return one_line(_TAGS.sub(" ", text) if "{" in text else text)


def _label(sheet: Sheet, cell: SheetCell) -> str:
    """The words before a field in its own cell, else those of the nearest cell to the left, else above."""
    before = squeeze(normalize(str(cell.value)).split("{{")[0])
    if before:
        return before
    for col in range(cell.col - 1, 0, -1):
        text = heading_text(sheet.at(cell.row, col))
        if text:
            return text
    return heading_text(sheet.at(cell.row - 1, cell.col))
