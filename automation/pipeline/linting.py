"""Checking the templates of a workspace before anybody fills them: what `automation lint` tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from automation.documents.catalogue import DocumentCatalogue, Paper
from automation.documents.chapters import chapter_files, chapter_folder
from automation.documents.context import blank
from automation.errors import FileError, UsageError
from automation.forms.catalogue import FormCatalogue
from automation.model import RECORD_TYPES
from automation.office.annotate import Mark, Pencil, annotate
from automation.office.lint import Problem, lint_template
from automation.office.lint_layout import layout_rules
from automation.office.part_places import place_refs
from automation.office.restyle import restyle
from automation.office.saving import save_bytes
from automation.pipeline.answer import TEMPLATE as RECEIPT
from automation.pipeline.audit import NAMES as AUDIT_NAMES
from automation.pipeline.audit import TEMPLATE as AUDIT
from automation.pipeline.changes import NAMES as CHANGE_NAMES
from automation.pipeline.changes import TEMPLATE as CHANGES
from automation.pipeline.drafts import NAMES as BOOK_CHANGE_NAMES
from automation.pipeline.drafts import TEMPLATE as BOOK_CHANGES
from automation.pipeline.issuing import GUIDE, GUIDE_NAMES
from automation.thai.usage import DEFAULT, Usage

BASE = "docx/base.docx"
"""The template that all others take their styles and margins from."""

_RECEIPT_FACTS = (
    "office", "number", "received", "file", "form", "outcome", "returned", "findings_title", "sha256",
)  # fmt: skip
_RECEIPT_LISTS = ("lines", "findings", "unread")


def lint_templates(templates: Path, only: Sequence[Path], usage: Usage = DEFAULT) -> list[dict[str, Any]]:
    """Every template with its problems (Thai place and message), or only the named files.

    TemplateError when a catalogue is wrong; UsageError for a named file that is not there.
    """
    known, base = names(templates), templates / BASE
    of_papers = papers(templates)
    files = [_named(path, templates) for path in only] or sorted(known)
    return [
        {
            "template": _shown(path, templates),
            "problems": [
                {"severity": problem.severity, "place": problem.place, "message": problem.message}
                for problem in (
                    *lint_template(path, known.get(path, {})),
                    *(_layout(path, base, of_papers[path], usage) if path in of_papers else ()),
                )
            ],
        }
        for path in files
    ]


def papers(templates: Path) -> dict[Path, str]:
    """Template → its kind of paper, of all that follow the base template: every document, and the receipt."""
    found = {kind.template: kind.paper.value for kind in DocumentCatalogue.load(templates)}
    return found | {templates / RECEIPT: Paper.LIST.value}


def restyle_templates(templates: Path, usage: Usage = DEFAULT) -> list[tuple[str, tuple[str, ...]]]:
    """Bring every template to the base template and the office's usage; each with the Thai names of what
    changed in it."""
    return [
        (_shown(path, templates), restyle(path, templates / BASE, paper, usage))
        for path, paper in sorted(papers(templates).items())
    ]


def _layout(path: Path, base: Path, paper: str, usage: Usage) -> Iterator[Problem]:
    for place, message in layout_rules(path, base, paper, usage):
        yield Problem(place=place, message=message, severity="warning")


def comment_templates(
    templates: Path, only: Sequence[Path], target: Path, pencil: Pencil
) -> tuple[Path, ...]:
    """Copies of the templates with their problems as comments, in the folder `target`; good ones have none.

    Raises as `lint_templates`. A template that cannot be opened has its problems in the list alone.
    """
    known = names(templates)
    made = []
    for path in [_named(path, templates) for path in only] or sorted(known):
        problems = lint_template(path, known.get(path, {}))
        if not problems:
            continue
        try:
            refs = place_refs(path) if path.suffix == ".docx" else {}
            copy = annotate(path, [_mark(problem, refs) for problem in problems], pencil)
        except (FileError, OSError, BadZipFile):
            continue
        target.mkdir(parents=True, exist_ok=True)
        made.append(target / f"{path.stem} (ต้องแก้ไข){copy.suffix}")
        save_bytes(made[-1], copy.data)
    return tuple(made)


def _mark(problem: Problem, refs: Mapping[str, str]) -> Mark:
    word = "ต้องแก้ไข" if problem.severity == "error" else "ควรแก้ไข"
    ref = refs.get(problem.place, problem.place)
    return Mark(lines=(f"{word}: {problem.message}",), ref=ref, where=problem.place)


def names(templates: Path) -> dict[Path, Mapping[str, Any]]:
    """Template → what it may name: root names with the record or the names behind each."""
    found: dict[Path, Mapping[str, Any]] = {
        form.template: {form.id: RECORD_TYPES.get(form.id), "form": None}
        for form in FormCatalogue.load(templates)
    }
    for kind in DocumentCatalogue.load(templates):
        found[kind.template] = {name: _hint(value) for name, value in blank(kind).items()}
        if kind.paper is Paper.BOOK:
            found |= dict.fromkeys(chapter_files(chapter_folder(kind)).values(), found[kind.template])
    receipt: dict[str, Any] = dict.fromkeys((*_RECEIPT_FACTS, *_RECEIPT_LISTS))
    found[templates / RECEIPT] = {"receipt": receipt}
    found[templates / CHANGES] = {"changes": dict.fromkeys(CHANGE_NAMES)}
    found[templates / AUDIT] = {"audit": dict.fromkeys(AUDIT_NAMES)}
    found[templates / BOOK_CHANGES] = {"changes": dict.fromkeys(BOOK_CHANGE_NAMES)}
    found[templates / GUIDE] = {"guide": dict.fromkeys(GUIDE_NAMES)}
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
