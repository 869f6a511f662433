"""What the register can tell: by bureau, by file, by project, and every rule over the whole year."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from automation.checks import check_reading, check_year_data
from automation.errors import UsageError
from automation.forms.field_names import FieldNames, field_names
from automation.model import Reading, Record, to_json
from automation.model.year import Source, YearData
from automation.pipeline.changes import change_words
from automation.pipeline.context import check_context
from automation.pipeline.queue import Waiting, waiting_files
from automation.pipeline.stated import outdated
from automation.pipeline.summary import finding_json, round_words, summary
from automation.pipeline.workbench import Workbench
from automation.register import Attempt, Submission


def status(bench: Workbench, fiscal_year: int) -> dict[str, Any]:
    """By bureau: projects in force, forms to be mended, rounds reported; Thai lines of what is missing."""
    year = bench.register.year(fiscal_year)
    waiting = bench.register.outstanding(fiscal_year)
    names = dict.fromkeys([*(bureau.name for bureau in bench.config.bureaus), *year.bureaus])
    bureaus = [
        {
            "bureau": name,
            "projects": len(year.projects_of(name)),
            "returned": sum(item.bureau == name for item in waiting),
            "rounds": rounds_of(year, name),
        }
        for name in names
    ]
    return {
        "fiscal_year": fiscal_year,
        "plan": year.plan is not None,
        "allocation": year.allocation is not None,
        "bureaus": bureaus,
        "missing": missing(year),
        "waiting": [_waiting_json(item) for item in waiting_files(bench.config)],
    }


def rounds_of(year: YearData, bureau: str) -> list[str]:
    """The rounds that a bureau has reported, as Thai words in their order."""
    return [
        round_words(item.report.round)
        for item in year.reports
        if item.report.bureau == bureau and item.report.round
    ]


def missing(year: YearData) -> list[str]:
    """What others have sent and these have not: rounds without the report of a bureau that has projects."""
    rounds = dict.fromkeys(round_words(item.report.round) for item in year.reports if item.report.round)
    return [
        f"{bureau} ยังไม่ส่งรายงาน{name}"
        for name in rounds
        for bureau in year.bureaus
        if bureau and name not in rounds_of(year, bureau)
    ]


def submissions_json(bench: Workbench, fiscal_year: int | None) -> dict[str, Any]:
    """Every file that came (contract of `status --submissions --json`), where it is, and what still waits."""
    found = bench.register.submissions(fiscal_year)
    return {
        "submissions": [
            {
                "file": item.file,
                "sha256": item.sha256,
                "received": item.received.isoformat(timespec="seconds"),
                "outcome": item.outcome.value,
                "form": item.form,
                "code": item.code,
                "version": item.version,
            }
            for item in found
        ],
        "road": [_road_json(item, bench.config.root) for item in found],
        "waiting": [_waiting_json(item) for item in waiting_files(bench.config)],
    }


def _road_json(item: Submission, root: Path) -> dict[str, Any]:
    """Where a file is: its original, its receipt ("" while there is none), how long its reading took."""
    archived = item.archived
    return {
        "file": item.file,
        "original": archived.relative_to(root).as_posix() if archived else "",
        "receipt": item.receipt or "",
        "seconds": round(item.seconds, 2),
        "done": bool(item.receipt and item.filed),
    }


def _waiting_json(item: Waiting) -> dict[str, Any]:
    return {"file": item.file, "why": item.why, "seconds": round(item.seconds)}


def project_json(bench: Workbench, code: str) -> dict[str, Any]:
    """One project: record in force, versions and changes, progress, findings. UsageError if unknown."""
    history = bench.register.project(code)
    if history is None:
        raise UsageError(f"ไม่พบโครงการรหัส {code} ในทะเบียน", hint="ดูรหัสที่มีด้วย automation status --submissions")
    current = history.current
    names = field_names(bench.forms.get("project"))
    return {
        "code": history.code,
        "fiscal_year": history.fiscal_year,
        "record": to_json(current.project),
        "summary": [list(line) for line in summary(current.project)],
        "file": current.source.file,
        "versions": [_version(item, names) for item in history.attempts],
        "progress": [
            {
                "round": round_words(period),
                "stage": row.stage.value if row.stage else None,
                "progress": to_json(row.progress),
                "allocated": to_json(row.allocated),
                "spent": to_json(row.spent),
            }
            for period, row in history.reports
        ],
        "findings": [finding_json(item) for item in current.findings],
    }


def _version(attempt: Attempt, names: FieldNames) -> dict[str, Any]:
    received = attempt.source.received
    return {
        "version": attempt.source.version,
        "file": attempt.source.file,
        "received": received.isoformat(timespec="seconds") if received else "",
        "outcome": attempt.outcome.value,
        "current": attempt.current,
        "changes": [{**to_json(change), "words": change_words(change, names)} for change in attempt.changes],
    }


def check_year(bench: Workbench, fiscal_year: int) -> dict[str, Any]:
    """Every rule over what is in force: each record by the day it came in, then the year as a whole."""
    year = bench.register.year(fiscal_year)
    findings = [
        {"subject": subject, **finding_json(finding)}
        for subject, reading, received in _readings(bench, year)
        for finding in check_reading(reading, check_context(bench, reading, received or bench.clock()))
    ]
    whole = (*check_year_data(year), *outdated(bench, year))
    findings += [{"subject": "ภาพรวมของปี", **finding_json(finding)} for finding in whole]
    return {"fiscal_year": fiscal_year, "findings": findings}


def _readings(bench: Workbench, year: YearData) -> list[tuple[str, Reading, datetime | None]]:
    """The records in force with their evidence, each under a Thai name, and when each came in."""
    found: list[tuple[str, str, Record, Source | None]] = []
    if year.plan is not None:
        found.append(("แผนยุทธศาสตร์", "strategy", year.plan, year.plan_source))
    for project in year.projects:
        words = f"{project.project.code} {project.project.name}"
        found.append((words, "project", project.project, project.source))
    if year.allocation is not None:
        found.append(("บัญชีจัดสรรงบประมาณ", "allocation", year.allocation, year.allocation_source))
    for report in year.reports:
        words = round_words(report.report.round) if report.report.round else ""
        found.append((f"รายงาน{words} {report.report.bureau}", "progress", report.report, report.source))
    for resolution in year.resolutions:
        words = f"มติ{resolution.resolution.body or ''}"
        found.append((words, "resolution", resolution.resolution, resolution.source))
    return [
        (words, _reading(bench, form, record, source), _day(source)) for words, form, record, source in found
    ]


def _day(source: Source | None) -> datetime | None:
    return source.received if source else None


def _reading(bench: Workbench, form: str, record: Record, source: Source | None) -> Reading:
    number = source.submission if source else None
    return Reading(
        file=source.file if source else "",
        sha256=source.sha256 if source else "",
        form=form,
        record=record,
        evidence=bench.register.evidence(number) if number else {},
    )
