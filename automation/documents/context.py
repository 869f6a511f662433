"""The values that a document's template is filled with, for any kind of the catalogue.

The roots are the same for every kind of one scope, so that a new document needs no code:

    facts        what the office knows (config.toml) and what was given with `--set`; "" where unknown
    letter       head and signature of a letter (correspondence.py)
    year, data   fiscal year (B.E.), and everything that is known of it (model/year.py)
    project …    scope project: the record, with project_title, allocated, approved, categories, enclosures
    meeting …    scope meeting: the record, with meeting_title, addressees
    bureau …     scope bureau: its name, with projects, rows (project and allocated), figures
    figures …    scope year: figures of the year, with bureaus and issues (name and figures)

A book (documents/books.py) has its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from automation.documents.books import build_book
from automation.documents.catalogue import Kind, Paper, Scope
from automation.documents.correspondence import letter, meeting_facts, project_facts
from automation.documents.year_facts import bureau_facts, year_facts
from automation.errors import MissingFacts, UsageError
from automation.model import Meeting, Project
from automation.model.year import YearData

_ANY_YEAR = 2570


def build(
    kind: Kind,
    year: YearData,
    facts: Mapping[str, str],
    *,
    project: Project | None = None,
    meeting: Meeting | None = None,
) -> dict[str, Any]:
    """The context of one document of this kind.

    UsageError for a fact that no document knows; MissingFacts, with the Thai names, for what the kind needs
    and neither the register nor `facts` holds. A kind of scope bureau takes the bureau from `facts["of"]`.
    """
    _refuse_unknown(facts, kind)
    context = _assemble(kind, year, facts, project, meeting)
    _require(kind, context)
    return context


def blank(kind: Kind) -> dict[str, Any]:
    """The context of this kind when nothing is known: what a template of it may name."""
    return _assemble(kind, YearData(fiscal_year=_ANY_YEAR), {}, Project(), Meeting())


def _assemble(
    kind: Kind, year: YearData, facts: Mapping[str, str], project: Project | None, meeting: Meeting | None
) -> dict[str, Any]:
    given = {name: "" for name in kind.facts} | {name: text.strip() for name, text in facts.items()}
    if kind.paper is Paper.BOOK:
        return {"facts": given, **build_book(kind.id, year, {"office": given.get("name", ""), **facts})}
    return {
        "facts": given,
        "letter": letter(given),
        "year": year.fiscal_year,
        "data": year,
        **_records(kind, year, given, project, meeting),
    }


def _records(
    kind: Kind, year: YearData, facts: Mapping[str, str], project: Project | None, meeting: Meeting | None
) -> dict[str, Any]:
    if kind.scope is Scope.PROJECT:
        if project is None:
            raise UsageError(f"{kind.title}ต้องระบุโครงการ", hint="เพิ่ม --project รหัสโครงการ")
        return {"project": project, **project_facts(project, year.allocated(project.code))}
    if kind.scope is Scope.MEETING:
        if meeting is None:
            raise UsageError(
                f"{kind.title}ต้องมีแบบแจ้งรายละเอียดการประชุมก่อน", hint="วางแบบแจ้งรายละเอียดการประชุมในกล่องรับ"
            )
        return {"meeting": meeting, **meeting_facts(meeting, facts)}
    if kind.scope is Scope.BUREAU:
        return bureau_facts(year, facts.get("of", ""))
    return year_facts(year)


def _refuse_unknown(facts: Mapping[str, str], kind: Kind) -> None:
    for name in facts:
        if name not in kind.facts:
            near = get_close_matches(name, kind.facts, 1)
            meant = f"ใช่ {near[0]} หรือไม่" if near else f"ที่ใช้ได้คือ {', '.join(kind.facts)}"
            raise UsageError(f"ไม่รู้จักข้อมูลชื่อ {name}", hint=meant)


def _require(kind: Kind, context: Mapping[str, Any]) -> None:
    missing = tuple(
        need
        for need in kind.needs
        if value_at(context, need if "." in need else f"facts.{need}") in (None, "", ())
    )
    if missing:
        names = ", ".join(kind.labels[name] for name in missing)
        facts = [f"--set {name}=…" for name in missing if "." not in name]
        hint = (
            f"ระบุใน config.toml หมวด [office] หรือเพิ่ม {' '.join(facts)}"
            if facts
            else "แก้ในแบบที่สำนักส่ง แล้วส่งใหม่"
        )
        raise MissingFacts(missing, f"ทำ{kind.title}ไม่ได้ เพราะยังไม่มี: {names}", hint=hint)


def value_at(context: Mapping[str, Any], path: str) -> Any:
    """The value that a dotted path leads to through mappings and records; None where it ends early."""
    here: Any = context
    for step in path.split("."):
        here = here.get(step) if isinstance(here, Mapping) else getattr(here, step, None)
    return here
