"""Checking the templates of a workspace before anybody fills them: what `automation lint` tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

from automation.documents.catalogue import DocumentCatalogue
from automation.documents.context import blank
from automation.errors import UsageError
from automation.forms.catalogue import FormCatalogue
from automation.model import RECORD_TYPES
from automation.office.lint import lint_template
from automation.pipeline.answer import TEMPLATE as RECEIPT

_RECEIPT_FACTS = (
    "office", "number", "received", "file", "form", "outcome", "returned", "findings_title", "sha256",
)  # fmt: skip
_RECEIPT_LISTS = ("lines", "findings", "unread")


def lint_templates(templates: Path, only: Sequence[Path]) -> list[dict[str, Any]]:
    """Every template with its problems (Thai place and message), or only the named files.

    TemplateError when a catalogue is wrong; UsageError for a named file that is not there.
    """
    known = names(templates)
    files = [_named(path, templates) for path in only] or sorted(known)
    return [
        {
            "template": _shown(path, templates),
            "problems": [
                {"severity": problem.severity, "place": problem.place, "message": problem.message}
                for problem in lint_template(path, known.get(path, {}))
            ],
        }
        for path in files
    ]


def names(templates: Path) -> dict[Path, Mapping[str, Any]]:
    """Template → what it may name: root names with the record or the names behind each."""
    found: dict[Path, Mapping[str, Any]] = {
        form.template: {form.id: RECORD_TYPES[form.id], "form": None}
        for form in FormCatalogue.load(templates)
    }
    for kind in DocumentCatalogue.load(templates):
        found[kind.template] = {name: _hint(value) for name, value in blank(kind).items()}
    receipt: dict[str, Any] = dict.fromkeys((*_RECEIPT_FACTS, *_RECEIPT_LISTS))
    found[templates / RECEIPT] = {"receipt": receipt}
    return found


def _hint(value: Any) -> Any:
    """What a template may ask of a value: a record by its class, a mapping by its names, else anything."""
    if is_dataclass(value):
        return type(value)
    if isinstance(value, Mapping) and value and all(isinstance(name, str) for name in value):
        return {name: _hint(item) for name, item in value.items()}
    return None


def _named(path: Path, templates: Path) -> Path:
    for candidate in (
        path.absolute(),
        templates / path,
        templates / "docx" / path,
        templates / "xlsx" / path,
    ):
        if candidate.is_file():
            return candidate.resolve()
    raise UsageError(f"ไม่พบแม่แบบ {path}", hint=f"แม่แบบอยู่ใน {templates}")


def _shown(path: Path, templates: Path) -> str:
    return path.relative_to(templates).as_posix() if path.is_relative_to(templates) else str(path)
