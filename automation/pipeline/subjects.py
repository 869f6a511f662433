"""Which project or bureau a document is about, by the name that the clerk gives it."""

from __future__ import annotations

from automation.documents.catalogue import Kind
from automation.errors import UsageError
from automation.model import Finding, Project
from automation.model.year import YearData, code_key
from automation.pipeline.workbench import Workbench
from automation.register import Submission

_REVIEW = "review.findings"
"""What a kind needs that sends a form back; a form with faults is no project of the year yet."""


def all_projects(bench: Workbench, kind: Kind, data: YearData) -> list[str]:
    """The names of everything that this kind is made for: codes of projects, or files that were sent back."""
    if _REVIEW in kind.needs:
        return [item.code or item.file for item in _sent_back(bench, data)]
    return [item.project.code or "" for item in data.projects]


def find_project(
    bench: Workbench, kind: Kind, data: YearData, name: str
) -> tuple[Project, tuple[Finding, ...]]:
    """The project of this code with what was found in its last form; for a kind that sends forms back also
    a form by the name of its file. UsageError when there is none."""
    for item in _sent_back(bench, data) if _REVIEW in kind.needs else ():
        record = bench.register.record(item.id)
        if isinstance(record, Project) and _is_named(item, name):
            return record, bench.register.findings(item.id)
    found = data.project(name)
    if found is None:
        raise UsageError(
            f"ไม่พบโครงการ {name} ในทะเบียนของปีงบประมาณ พ.ศ. {data.fiscal_year}",
            hint="ดูรหัสโครงการและชื่อไฟล์ที่มีด้วย automation status --submissions",
        )
    history = bench.register.project(found.project.code) if found.project.code else None
    return found.project, history.attempts[-1].findings if history else ()


def _sent_back(bench: Workbench, data: YearData) -> list[Submission]:
    """The project forms that were sent back and have not come again."""
    return [item for item in bench.register.outstanding(data.fiscal_year) if item.form == "project"]


def _is_named(item: Submission, name: str) -> bool:
    stem = item.file.rpartition(".")[0]
    return name in (item.file, stem) or (bool(item.code) and code_key(item.code) == code_key(name))


def bureau_name(bench: Workbench, name: str) -> str:
    """Full name of a bureau that is named in full or short; UsageError for an unknown one."""
    for bureau in bench.config.bureaus:
        if name in (bureau.name, bureau.short):
            return bureau.name
    known = ", ".join(f"{bureau.name} ({bureau.short})" for bureau in bench.config.bureaus)
    raise UsageError(f"ไม่รู้จักสำนัก {name}", hint=f"สำนักที่มีใน config.toml: {known}")
