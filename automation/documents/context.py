"""The values that a document's template is filled with, for any kind of the catalogue.

The roots are the same for every kind of one scope, so that a new document needs no code:

    facts        what the office knows (config.toml) and what was given with `--set`, else the default that
                 the catalogue has for the kind; "" where unknown
    letter       head, signature, dates, sums and lists of a letter (correspondence.py)
    reference    number and date of the earlier paper that is followed up; "" without one
    year, data   fiscal year (B.E.), and everything that is known of it (model/year.py)
    project …    scope project: the record, with project_title, allocated, approved, categories, enclosures,
                 review (findings)
    meeting …    scope meeting: the record, with meeting_title, addressees, attendees, matters (minutes.py)
    bureau …     scope bureau: its name, with head, projects, rows (project and allocated), changed,
                 figures, late, opinion
    figures …    scope year: figures of the year, with bureaus and issues (name, figures, projects), decided,
                 rounds, pack (calendar and rates for what goes out to all bureaus)

A book (documents/books.py) has its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from automation.documents.books import build_book
from automation.documents.catalogue import Kind, Paper, Scope
from automation.documents.correspondence import (
    Issued,
    letter,
    meeting_facts,
    project_facts,
    reference_to,
)
from automation.documents.minutes import matters, numbered, people
from automation.documents.year_facts import bureau_facts, year_facts
from automation.errors import MissingFacts, UsageError
from automation.model import Finding, Meeting, Project
from automation.model.year import YearData
from automation.thai.digits import to_thai
from automation.thai.fiscal import bounds
from automation.thai.typography import thai_digits

_ANY_YEAR = 2570
_VALUE = re.compile(r"\{([\w.]+)\}")
_SENT = frozenset({"project", "meeting"})
"""Records that a bureau sends: what they lack, a new form brings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What one document is about, as far as its kind asks for it."""

    project: Project | None = None
    findings: Sequence[Finding] = ()
    """What the check of the project's form said, for the memo that sends it back."""
    meeting: Meeting | None = None
    bureau: str | None = None
    """Full name of a unit."""
    calendar: Sequence[Any] = ()
    """Steps of the process as process/schedule.py plans them."""
    reference: Issued | None = None
    """The last numbered document of a kind that this one refers to."""
    rates: Sequence[Any] = ()
    """Ceilings of expenses as checks/rates.py knows them."""
    years: Sequence[YearData] = ()
    """Other fiscal years of the register, for the books of several years."""
    highest_posts: Sequence[str] = ()
    """Posts that the office addresses with the highest respect besides those of the regulation."""


def build(
    kind: Kind,
    year: YearData,
    facts: Mapping[str, str],
    *,
    project: Project | None = None,
    findings: Sequence[Finding] = (),
    meeting: Meeting | None = None,
    bureau: str | None = None,
    calendar: Sequence[Any] = (),
    rates: Sequence[Any] = (),
    reference: Issued | None = None,
    years: Sequence[YearData] = (),
    highest_posts: Sequence[str] = (),
) -> dict[str, Any]:
    """The context of one document of this kind.

    UsageError for a fact that no document knows, or without the project, meeting or bureau of its scope;
    MissingFacts, with the Thai names, for what the kind needs and neither the register nor `facts` holds.
    """
    _refuse_unknown(facts, kind)
    subject = Subject(
        project=project,
        findings=findings,
        meeting=meeting,
        bureau=bureau,
        calendar=calendar,
        rates=rates,
        reference=reference,
        years=years,
        highest_posts=highest_posts,
    )
    context = _assemble(kind, year, facts, subject)
    _require(kind, context)
    return context


def blank(kind: Kind) -> dict[str, Any]:
    """The context of this kind when nothing is known: what a template of it may name."""
    nothing = Subject(project=Project(), meeting=Meeting(), bureau="")
    return _assemble(kind, YearData(fiscal_year=_ANY_YEAR), {}, nothing)


def concerns(kind: Kind, year: YearData, bureau: str, facts: Mapping[str, str]) -> bool:
    """Whether the register holds what a document of this kind would tell the bureau (by its full name): what
    it needs of records, and the defaults of what was not given."""
    known = {"year": year.fiscal_year, "data": year, **bureau_facts(year, bureau, facts.get("round", ""))}
    needed = [name for name in kind.defaults if name in kind.needs and not facts.get(name)]
    return all(value_at(known, need) for need in kind.needs if "." in need) and all(
        filled(kind.defaults[name], known) for name in needed
    )


def _assemble(kind: Kind, year: YearData, facts: Mapping[str, str], subject: Subject) -> dict[str, Any]:
    given = dict.fromkeys(kind.facts, "") | {name: thai_digits(text.strip()) for name, text in facts.items()}
    if kind.paper is Paper.BOOK:
        book_facts = {"office": given.get("name", ""), **facts}
        book = build_book(kind.id, year, book_facts, years=tuple(subject.years), rates=_rates(year, subject))
        return {"facts": given, **book}
    context = {
        "facts": given,
        "year": year.fiscal_year,
        "data": year,
        "reference": reference_to(subject.reference) if subject.reference else "",
        **_records(kind, year, given, subject),
    }
    for name, text in kind.defaults.items():
        given[name] = given[name] or filled(text, context)
    return context | {"letter": letter(given, subject.highest_posts)}


def _records(kind: Kind, year: YearData, facts: Mapping[str, str], subject: Subject) -> dict[str, Any]:
    if kind.scope is Scope.PROJECT:
        project = subject.project
        if project is None:
            raise UsageError(f"{kind.title}ต้องระบุโครงการ", hint="เพิ่ม --project รหัสโครงการ")
        own = {"project": project, "review": {"findings": tuple(subject.findings)}}
        return own | project_facts(project, year.allocated(project.code))
    if kind.scope is Scope.MEETING:
        if subject.meeting is None:
            raise UsageError(
                f"{kind.title}ต้องมีแบบแจ้งรายละเอียดการประชุมก่อน", hint="วางแบบแจ้งรายละเอียดการประชุมในกล่องรับ"
            )
        return _meeting_records(year, facts, subject.meeting)
    if kind.scope is Scope.BUREAU:
        if subject.bureau is None:
            raise UsageError(f"{kind.title}ต้องระบุสำนัก", hint="เพิ่ม --bureau ชื่อสำนัก หรือ --all-bureaus")
        return bureau_facts(year, subject.bureau, facts.get("round", ""))
    return {"pack": _pack(year, subject), **year_facts(year, facts.get("report_day", ""))}


def _meeting_records(year: YearData, facts: Mapping[str, str], meeting: Meeting) -> dict[str, Any]:
    meeting = numbered(meeting)
    own = people(meeting, facts) | {"matters": matters(meeting, facts, year)}
    return {"meeting": meeting, **meeting_facts(meeting, facts), **own}


def _pack(year: YearData, subject: Subject) -> dict[str, tuple[Any, ...]]:
    """What goes out to all bureaus with the call for projects."""
    return {"calendar": tuple(subject.calendar), "rates": _rates(year, subject)}


def _rates(year: YearData, subject: Subject) -> tuple[Any, ...]:
    """The ceilings of expenses that have not ended before the year."""
    first, _ = bounds(year.fiscal_year)
    return tuple(rate for rate in subject.rates if rate.valid_to is None or rate.valid_to >= first)


def _refuse_unknown(facts: Mapping[str, str], kind: Kind) -> None:
    for name in facts:
        if name not in kind.facts:
            near = get_close_matches(name, kind.facts, 1)
            meant = f"ใช่ {near[0]} หรือไม่" if near else f"ที่ใช้ได้คือ {', '.join(kind.facts)}"
            raise UsageError(f"ไม่รู้จักข้อมูลชื่อ {name}", hint=meant)


def _require(kind: Kind, context: Mapping[str, Any]) -> None:
    missing = tuple(
        need for need in kind.needs if not value_at(context, need if "." in need else f"facts.{need}")
    )
    if missing:
        names = ", ".join(kind.labels[name] for name in missing)
        facts = [f"--set {name}=…" for name in missing if "." not in name]
        hint = f"ระบุใน config.toml หมวด [office] หรือเพิ่ม {' '.join(facts)}" if facts else _source(missing[0])
        labels = tuple(kind.labels[name] for name in missing)
        raise MissingFacts(missing, f"ทำ{kind.title}ไม่ได้ เพราะยังไม่มี: {names}", hint=hint, labels=labels)


def _source(name: str) -> str:
    """Where a value that is not given by hand comes from, as a hint."""
    if name.partition(".")[0] in _SENT:
        return "แก้ในแบบที่สำนักส่ง แล้วส่งใหม่"
    return "ข้อมูลนี้มาจากทะเบียน ดูสิ่งที่มีแล้วด้วย automation status"


def value_at(context: Mapping[str, Any], path: str) -> Any:
    """The value that a dotted path leads to through mappings and records; None where it ends early."""
    here: Any = context
    for step in path.split("."):
        here = here.get(step) if isinstance(here, Mapping) else getattr(here, step, None)
    return here


def filled(text: str, context: Mapping[str, Any]) -> str:
    """The text with each `{path}` replaced by that value, in Thai digits; empty where one has no value."""
    if any(value_at(context, path) in (None, "") for path in _VALUE.findall(text)):
        return ""
    return _VALUE.sub(lambda match: to_thai(str(value_at(context, match[1]))), text)
