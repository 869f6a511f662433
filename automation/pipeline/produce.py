"""From the register to documents and forms in the outbox."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from automation.documents.catalogue import DocumentCatalogue, Kind, Paper, Scope
from automation.documents.context import build, concerns
from automation.documents.make import make
from automation.documents.minutes import open_matters
from automation.documents.quarterly import early_data
from automation.documents.year_facts import late as late_with
from automation.errors import UsageError
from automation.model import Meeting
from automation.model.year import YearData, code_key
from automation.pipeline.appendices import appendices
from automation.pipeline.calendars import plan_steps
from automation.pipeline.companions import companions
from automation.pipeline.drafts import records_of
from automation.pipeline.enclosed import enclosed_forms
from automation.pipeline.notices import document_notices
from automation.pipeline.outgoing import calendar_year, completed, outgoing_number
from automation.pipeline.recall import recalled
from automation.pipeline.stated import stated_figures
from automation.pipeline.subjects import all_projects as names_of_all
from automation.pipeline.subjects import bureau_name, find_project
from automation.pipeline.workbench import Workbench
from automation.process import Planned
from automation.register import Issued


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One document to be made: of a project (code), a meeting (number), a bureau (full name), or the whole
    year (B.E.)."""

    kind: str
    year: int
    project: str = ""
    meeting: str = ""
    bureau: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    out: Path | None = None
    """Another folder than the outbox."""
    embed_fonts: bool = False
    """Whether the face goes into the Word file, whatever the settings say."""
    numbered: bool = False
    """Whether to take the next number of the outgoing register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A document that was made; `notes` are Thai remarks on it for the user."""

    kind: str
    path: Path
    pdf: Path | None = None
    notes: tuple[str, ...] = ()


def orders_for(
    bench: Workbench,
    kind: str,
    *,
    year: int,
    projects: Sequence[str],
    all_projects: bool,
    meeting: str | None,
    bureaus: Sequence[str],
    all_bureaus: bool,
    late: bool,
    facts: Mapping[str, str],
    out: Path | None,
) -> tuple[Order, ...]:
    """The orders that one `make` command stands for; UsageError when the kind needs what was not named."""
    entry = DocumentCatalogue.load(bench.config.templates).get(kind)
    order = Order(kind=kind, year=year, facts=facts, out=out)
    data = bench.register.year(year)
    if entry.scope is Scope.PROJECT:
        codes = names_of_all(bench, entry, data) if all_projects else list(projects)
        if not codes:
            raise UsageError(
                f"{entry.title}ต้องระบุโครงการ",
                hint="เพิ่ม --project รหัสโครงการ หรือ --all-projects สำหรับทุกโครงการของปี",
            )
        return tuple(replace(order, project=code) for code in codes)
    if entry.scope is Scope.MEETING:
        return (replace(order, meeting=meeting or _last_meeting(data, entry)),)
    if entry.scope is Scope.BUREAU:
        names = [bureau_name(bench, name) for name in bureaus]
        if late:
            names = [name for name in _every_bureau(bench) if late_with(data, name, facts.get("round", ""))]
            if not names:
                raise UsageError("ไม่มีสำนักใดค้างส่ง", hint="ดูสิ่งที่แต่ละสำนักส่งแล้วด้วย automation status")
        elif all_bureaus:
            names = [name for name in _every_bureau(bench) if concerns(entry, data, name, facts)]
            if not names:
                raise UsageError(
                    f"ขณะนี้ไม่มีสำนักใดที่ต้องทำ{entry.title}ถึง",
                    hint="ดูข้อมูลในทะเบียนด้วย automation status หรือระบุสำนักเองด้วย --bureau ชื่อสำนัก",
                )
        elif not names:
            raise UsageError(
                f"{entry.title}ต้องระบุสำนัก",
                hint="เพิ่ม --bureau ชื่อสำนัก, --all-bureaus สำหรับทุกสำนักที่มีโครงการ หรือ --late เฉพาะสำนักที่ยังไม่ส่ง",
            )
        return tuple(replace(order, bureau=name) for name in names)
    return (order,)


def _every_bureau(bench: Workbench) -> list[str]:
    return [bureau.name for bureau in bench.config.bureaus]


def _last_meeting(data: YearData, entry: Kind) -> str:
    if not data.meetings:
        raise UsageError(
            f"ยังไม่มีข้อมูลการประชุมของปีงบประมาณ พ.ศ. {data.fiscal_year} สำหรับ{entry.title}",
            hint="วางแบบแจ้งรายละเอียดการประชุมในกล่องรับก่อน (ออกแบบเปล่าด้วย automation form meeting)",
        )
    return data.meetings[-1].meeting.number or ""


def produce(bench: Workbench, order: Order) -> tuple[Made, ...]:
    """Make one ordered document, note it in the register with its figures, return where it is.

    UsageError or MissingFacts, in Thai, when something that the document needs is not known.
    """
    kind = DocumentCatalogue.load(bench.config.templates).get(order.kind)
    data = bench.register.year(order.year)
    project, findings = (
        find_project(bench, kind, data, order.project) if kind.scope is Scope.PROJECT else (None, ())
    )
    code = project.code if project else None
    meeting = _meeting(data, order) if kind.scope is Scope.MEETING else None
    facts = _facts(bench, kind, order)
    earlier = bench.register.issued(order.year, latest=not kind.recalls)
    recollected, recall_notes = recalled(kind, earlier, facts, code=code)
    facts = completed(kind, facts | recollected, calendar_year(bench, facts))
    steps = _calendar(bench, order, earlier)
    subject = {"project": project, "findings": findings, "meeting": meeting, "calendar": steps}
    fill = _filler(bench, kind, order, data, subject)
    context = fill(facts)  # what is missing is told before a number is taken
    with outgoing_number(bench, kind, facts, wanted=order.numbered) as taken:
        if taken is not None:
            facts["number"] = taken.text
            context = fill(facts)
        path = _written(bench, kind, order, context)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        figures = stated_figures(data, project)
        bench.register.issue(
            kind.id,
            path=_relative(path, bench.config.root),
            sha256=digest,
            made=bench.clock(),
            fiscal_year=order.year,
            code=code,
            figures=figures,
            facts=facts | _assumed(kind, facts, context) | ({"of": order.bureau} if order.bureau else {}),
            number=facts.get("number") or None,
            outgoing=taken.entry if taken else None,
            archived=bench.register.archive(path, digest, order.year),
            records=records_of(data) if kind.paper is Paper.BOOK else None,
        )
    notes = (*recall_notes, *early_data(context), *open_matters(kind, context))
    beside = enclosed_forms(bench, kind, order.year, path.parent)
    notes += document_notices(
        bench,
        kind,
        path,
        facts=facts,
        figures=figures,
        earlier=earlier,
        meeting=meeting,
        steps=steps,
        year=data.fiscal_year,
        beside=beside,
    )
    return (Made(kind=kind.id, path=path, notes=(*notes, *companions(bench, kind, path, data, facts))),)


def _filler(
    bench: Workbench, kind: Kind, order: Order, data: YearData, subject: Mapping[str, Any]
) -> Callable[[Mapping[str, str]], dict[str, Any]]:
    """What makes the context of the document from the facts that are known."""
    project = subject["project"]
    return partial(
        build,
        kind,
        data,
        **subject,
        bureau=order.bureau or None,
        rates=bench.rates,
        reference=bench.register.reference(kind.refers, order.year, code=project.code if project else None),
        years=_other_years(bench, order.year) if kind.paper is Paper.BOOK else (),
        highest_posts=bench.config.usage.highest_posts,
    )


def _written(bench: Workbench, kind: Kind, order: Order, context: Mapping[str, Any]) -> Path:
    """The document in its folder, with what goes into it from elsewhere."""
    folder = order.out or bench.config.outbox / str(order.year) / kind.id
    embed = order.embed_fonts or bench.config.embed_fonts
    with tempfile.TemporaryDirectory() as work:
        ready = appendices(bench, kind, order.year, Path(work))
        return make(kind, context, folder, embed=embed, usage=bench.config.usage, chapters=ready)


def _facts(bench: Workbench, kind: Kind, order: Order) -> dict[str, str]:
    """What the settings know for this kind, and over it what was given with the order."""
    return {name: value for name, value in bench.config.office.items() if name in kind.facts} | dict(
        order.facts
    )


def _assumed(kind: Kind, facts: Mapping[str, str], context: Mapping[str, Any]) -> dict[str, str]:
    """The defaults of the catalogue that the document was made with."""
    return {name: context["facts"][name] for name in kind.defaults if not facts.get(name)}


def _meeting(data: YearData, order: Order) -> Meeting:
    for item in reversed(data.meetings):
        if code_key(item.meeting.number) == code_key(order.meeting):
            return item.meeting
    raise UsageError(f"ไม่พบการประชุมครั้งที่ {order.meeting} ในทะเบียนของปีงบประมาณ พ.ศ. {order.year}")


def _other_years(bench: Workbench, year: int) -> tuple[YearData, ...]:
    """The other fiscal years that the register holds, for the books of several years."""
    return tuple(bench.register.year(other) for other in bench.register.years() if other != year)


def _calendar(bench: Workbench, order: Order, earlier: Sequence[Issued]) -> tuple[Planned, ...]:
    """The steps of the annual plan from the day that `--set start=…` names, or else the last document of the
    year that was made with one; nothing where none was."""
    starts = (item.facts.get("start", "") for item in reversed(earlier))
    start = order.facts.get("start", "") or next(filter(None, starts), "")
    return plan_steps(bench.config, "annual", start) if start else ()


def _relative(path: Path, root: Path) -> str:
    path = path.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def make_pdfs(made: Sequence[Made], *, archive: bool = False) -> tuple[Made, ...]:
    """The same documents with a PDF beside each Word file, with `archive` PDF/A-2b; RenderError without
    LibreOffice."""
    from automation.pipeline.printing import to_pdf

    pdfs = to_pdf([item.path for item in made], archive=archive)
    return tuple(replace(item, pdf=pdf) for item, pdf in zip(made, pdfs, strict=True))


def kinds_json(templates: Path) -> dict[str, list[dict[str, Any]]]:
    """Every kind of document (contract of `automation kinds --json`)."""
    catalogue = DocumentCatalogue.load(templates)
    return {
        "kinds": [
            {
                "id": kind.id,
                "title": kind.title,
                "paper": kind.paper.value,
                "scope": kind.scope.value,
                "steps": list(kind.steps),
                "needs": list(kind.needs),
                "needs_titles": [kind.labels[name] for name in kind.needs],
            }
            for kind in catalogue
        ]
    }
