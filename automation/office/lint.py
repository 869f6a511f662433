"""Check a template before anybody fills it: tags, fields, and what spoils Thai or the layout."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from automation.errors import TemplateError
from automation.office.compile_sheet import Block, TemplateRow
from automation.office.fill import compile_document
from automation.office.fill_workbook import compile_workbook
from automation.office.lint_fields import unknown_fields
from automation.office.lint_syntax import syntax_faults
from automation.office.lint_word import layout_faults

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a template: Thai place and message. An error stops the filling or the look."""

    place: str
    message: str
    severity: Severity = "error"


def lint_template(path: Path, known: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Everything wrong with a Word or Excel template, nothing when it is good.

    `known` tells what the template may name: root name → a dataclass of the model, a mapping of further
    names, a type hint, or None for what may be anything.
    """
    found = _word(path, known) if path.suffix == ".docx" else _excel(path, known)
    return tuple(dict.fromkeys(found))


def _word(path: Path, known: Mapping[str, Any]) -> Iterator[Problem]:
    try:
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (OSError, zipfile.BadZipFile) as error:
        yield Problem(place=path.name, message=f"เปิดแม่แบบไม่ได้ ({error})")
        return
    broken = False
    for place, message, is_error in syntax_faults(path):
        broken = broken or is_error
        yield Problem(place=place, message=message, severity="error" if is_error else "warning")
    if not broken:
        yield from _compiled(path, known)
    for place, message, is_error in layout_faults(parts):
        yield Problem(place=place, message=message, severity="error" if is_error else "warning")


def _compiled(path: Path, known: Mapping[str, Any]) -> Iterator[Problem]:
    try:
        sources = compile_document(path).sources
    except TemplateError as error:
        yield _problem(error, path)
        return
    for source in sources:
        yield from _fields(source.source, known, [(tag.place, tag.text) for tag in source.tags])


def _excel(path: Path, known: Mapping[str, Any]) -> Iterator[Problem]:
    try:
        sheets = compile_workbook(path).sheets
    except TemplateError as error:
        yield _problem(error, path)
        return
    for sheet in sheets:
        lines = list(_lines(sheet.nodes))
        source = "".join(f"{text}\n" for text, _, _ in lines)
        yield from _fields(source, known, [(place, shown) for _, place, shown in lines])


def _lines(nodes: Any) -> Iterator[tuple[str, str, str]]:
    """A sheet as Jinja source, one tag a line: source, place, the tag as written."""
    for node in nodes:
        if isinstance(node, TemplateRow):
            for cell in node.cells:
                if cell.expression is not None:
                    shown = " ".join(cell.expression.text.split())
                    yield shown, cell.expression.place, shown
        elif isinstance(node, Block):
            items = node.items
            yield f"{{% {items.text} %}}", items.place, items.text
            yield from _lines(node.children)
            yield ("{% endfor %}" if node.variable else "{% endif %}"), items.place, items.text


def _fields(source: str, known: Mapping[str, Any], tags: list[tuple[str, str]]) -> Iterator[Problem]:
    from automation.office.compile_expression import environment

    for line, message in unknown_fields(environment().parse(source), known):
        place, text = tags[line - 1] if line <= len(tags) else ("", "")
        yield Problem(place=place, message=f"{message} ในคำสั่ง {text}".rstrip())


def _problem(error: TemplateError, path: Path) -> Problem:
    """The error of a compilation; the file's name is known to the caller already."""
    return Problem(place=error.place.removeprefix(path.name).strip(), message=error.message)
