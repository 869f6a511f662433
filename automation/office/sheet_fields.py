"""What an issued workbook says of its cells: names for the fields above the table, lists to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from automation.office.compile_sheet import Block, S, TemplateRow, column_letters
from automation.office.fill_sheet import FilledSheet
from automation.office.settle_controls import Choices

_LOOP = re.compile(r"for\s+(\w+)\s+in\s+(\w+(?:\.\w+)+)\s*")
_PATH = re.compile(r"\{\{\s*(\w+)((?:\.\w+)*)\s*(?:\|(?:(?!\}\}).)*)?\}\}")
_LONGEST = 255
"""Characters that Excel takes for a list written into the rule."""
BEFORE_MERGES = (
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
)
"""What the schema wants before `mergeCells`."""
_BEFORE_VALIDATIONS = (*BEFORE_MERGES, "mergeCells", "phoneticPr", "conditionalFormatting")
"""What the schema wants before `dataValidations`."""


def named_cells(filled: FilledSheet) -> Iterator[tuple[str, str]]:
    """Name and place of every field outside of lists: `field_progress_bureau`, `$A$3`."""
    for path, column, row in _fields(filled, looped=False):
        yield f"field_{path.replace('.', '_')}", f"${column_letters(column)}${row}"


def offer(root: Any, filled: FilledSheet, choices: Choices) -> None:
    """Put lists into the cells whose fields `choices` names; other words may still be written.

    A list that is too long for Excel to keep in the rule is left out.
    """
    columns: dict[tuple[str, int], list[int]] = {}
    for path, column, row in _fields(filled, looped=True):
        if path in choices:
            columns.setdefault((path, column), []).append(row)
    for (path, column), rows in columns.items():
        entries = ",".join(dict.fromkeys(choices[path]))
        if not entries or len(entries) > _LONGEST or any("," in entry for entry in choices[path]):
            continue
        letters = column_letters(column)
        place = f"{letters}{min(rows)}:{letters}{max(rows)}"
        facts = {"type": "list", "allowBlank": "1", "sqref": place}
        rule = etree.SubElement(_validations(root), S + "dataValidation", facts)
        etree.SubElement(rule, S + "formula1").text = '"' + entries.replace('"', '""') + '"'


def _validations(root: Any) -> Any:
    found = root.find(S + "dataValidations")
    if found is None:
        before = [child for child in root if etree.QName(child).localname in _BEFORE_VALIDATIONS]
        found = etree.Element(S + "dataValidations")
        before[-1].addnext(found)
    found.attrib.pop("count", None)
    return found


def _fields(filled: FilledSheet, *, looped: bool) -> Iterator[tuple[str, int, int]]:
    """Path, column and row of the fields inside or outside of lists."""
    lists = dict(_lists(filled.sheet.nodes, {}))
    for line in filled.lines:
        for column, (cell, _) in line.cells.items():
            found = _PATH.search(cell.expression.text) if cell.expression else None
            if found is None or bool(line.turns) != looped or found[1] == "loop":
                continue
            path = lists.get(found[1], found[1]) + found[2]
            if "." in path:
                yield path, column, line.number


def _lists(nodes: Iterable[TemplateRow | Block], around: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Loop variable → path of its list."""
    for node in nodes:
        if not isinstance(node, Block):
            continue
        known = dict(around)
        if loop := _LOOP.fullmatch(node.items.text):
            first, _, rest = loop[2].partition(".")
            known[loop[1]] = f"{around.get(first, first)}.{rest}"
            yield loop[1], known[loop[1]]
        yield from _lists(node.children, known)
