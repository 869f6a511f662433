"""Forms going out, blank or pre-filled: one, one for each bureau, or a zip for each bureau."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from automation.errors import UsageError
from automation.forms.guide import labels_of
from automation.forms.issue import issue_form
from automation.forms.key import FormKey, edition_of
from automation.model import (
    Allocation,
    IndicatorResult,
    Progress,
    ProgressRow,
    Project,
    ProjectKind,
    Record,
    empty_record,
)
from automation.office.fill import fill_document
from automation.pipeline.subjects import bureau_name
from automation.pipeline.workbench import Workbench

FOLDER = "forms"
GUIDE = "docx/form-guide.docx"
GUIDE_NAMES = ("office", "year", "bureau", "word", "excel", "forms", "printed")
"""What the template of the guide may name behind `guide`."""
_BUREAUS = ("project.bureau", "progress.bureau", "allocation.rows.bureau")
"""Fields that hold the name of one bureau."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Which form is to go out: of a year (B.E.), for a bureau (full name) or with a project's record."""

    form: str
    year: int
    bureau: str | None = None
    code: str | None = None


def requests(
    bench: Workbench, forms: Sequence[str], *, year: int, bureau: str | None, code: str | None, every: bool
) -> tuple[Request, ...]:
    """The forms that one command asks for; `every` means one set for each bureau of the settings."""
    if not every:
        full = bureau_name(bench, bureau) if bureau else None
        return tuple(Request(form=form, year=year, bureau=full, code=code) for form in forms)
    if code:
        raise UsageError("--project ใช้กับ --all-bureaus ไม่ได้", hint="เลือกอย่างใดอย่างหนึ่ง")
    names = (item.name for item in bench.config.bureaus)
    return tuple(Request(form=form, year=year, bureau=name) for name in names for form in forms)


def issue(bench: Workbench, request: Request, out: Path | None = None) -> Path:
    """Write one form into the outbox (or `out`); UsageError for an unknown form or project."""
    form = bench.forms.get(request.form)
    record = prefilled(bench, request)
    folder = out or bench.config.outbox / str(request.year) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = "-".join(
        part for part in (form.template.stem, request.code or _short(bench, request.bureau)) if part
    )
    target = folder / f"{name}{form.template.suffix}"
    key = FormKey(
        form=request.form,
        year=request.year,
        bureau=request.bureau or getattr(record, "bureau", None),
        code=request.code,
        name=record.name if request.code and isinstance(record, Project) else None,
        edition=edition_of(form.template),
    )
    issue_form(form, record, target, key=key.written(), choices=choices(bench, request.year))
    return target


def choices(bench: Workbench, year: int) -> dict[str, tuple[str, ...]]:
    """What the fields of forms offer: the bureaus of the settings and the strategy of the year's plan."""
    bureaus = tuple(bureau.name for bureau in bench.config.bureaus)
    found = {path: bureaus for path in _BUREAUS}
    plan = bench.register.year(year).plan
    for issue_ in plan.issues if plan else ():
        for name, nodes in (("issue", (issue_,)), ("goal", issue_.goals), ("strategy", issue_.strategies)):
            path = f"project.alignment.{name}"
            found[path] = (*found.get(path, ()), *(f"{node.no} {node.name}".strip() for node in nodes))
    return found


def pack(bench: Workbench, wanted: Sequence[Request], out: Path | None = None) -> tuple[Path, ...]:
    """One zip for each bureau with all its forms and how to fill them in; the paths of the zips."""
    made = []
    for bureau in dict.fromkeys(request.bureau for request in wanted):
        mine = [request for request in wanted if request.bureau == bureau]
        files = [issue(bench, request, out) for request in mine]
        files.append(guide(bench, mine, files))
        target = files[0].with_name(f"แบบฟอร์ม-{bureau or 'ทุกสำนัก'}-{mine[0].year}.zip")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.write(file, file.name)
        for file in files:
            file.unlink()
        made.append(target)
    return tuple(made)


def guide(
    bench: Workbench, wanted: Sequence[Request], files: Sequence[Path], *, printed: bool = False
) -> Path:
    """The sheet that tells a bureau how to fill in the forms that were issued as `files`, beside them.

    Where it is to be `printed` in a book it says nothing of files that were sent and come back.
    """
    forms = [bench.forms.get(request.form) for request in wanted]
    media = {form.medium for form in forms}
    facts = {
        "office": bench.config.office.get("bureau", ""),
        "year": wanted[0].year,
        "bureau": wanted[0].bureau or "",
        "word": "docx" in media,
        "excel": "xlsx" in media,
        "printed": printed,
        "forms": [
            {"file": file.name, "title": form.title, "labels": " · ".join(labels_of(form))}
            for form, file in zip(forms, files, strict=True)
        ],
    }
    target = files[0].with_name("คำอธิบายการกรอกแบบฟอร์ม.docx")
    fill_document(bench.config.templates / GUIDE, {"guide": facts}, target)
    return target


def prefilled(bench: Workbench, request: Request) -> Record:
    """The record that a form goes out with."""
    if request.form == "project":
        return _project(bench, request)
    if request.form == "progress":
        return Progress(fiscal_year=request.year, bureau=request.bureau, rows=_rows(bench, request))
    if request.form == "allocation":
        return Allocation(fiscal_year=request.year)
    return empty_record(request.form)


def _project(bench: Workbench, request: Request) -> Project:
    if not request.code:
        return Project(fiscal_year=request.year, bureau=request.bureau, kind=ProjectKind.PROJECT)
    found = bench.register.year(request.year).project(request.code)
    if found is None:
        raise UsageError(
            f"ไม่พบโครงการรหัส {request.code} ในทะเบียนของปีงบประมาณ พ.ศ. {request.year}",
            hint="ดูรหัสที่มีด้วย automation status --submissions",
        )
    return found.project


def _rows(bench: Workbench, request: Request) -> tuple[ProgressRow, ...]:
    """The rows of a bureau's next report: its projects with their indicators and allocation."""
    data = bench.register.year(request.year)
    return tuple(
        ProgressRow(
            code=item.project.code,
            name=item.project.name,
            allocated=data.allocated(item.project.code),
            indicators=tuple(
                IndicatorResult(name=indicator.name, unit=indicator.unit, target=indicator.target)
                for indicator in item.project.indicators
            ),
        )
        for item in (data.projects_of(request.bureau) if request.bureau else ())
    )


def _short(bench: Workbench, name: str | None) -> str:
    return next((item.short for item in bench.config.bureaus if item.name == name), "")
