"""The list of changes between the versions of a project, in the words of the form, to read and to print."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from automation.errors import UsageError
from automation.forms.field_names import FieldNames, field_names
from automation.office.fill import fill_document
from automation.pipeline.returning import safe_name
from automation.pipeline.workbench import Workbench
from automation.register import Attempt, Change, ProjectHistory
from automation.thai.dates import MONTHS, format_date
from automation.thai.digits import to_thai
from automation.thai.money import format_baht

TEMPLATE = "docx/change-list.docx"
FOLDER = "รายการแก้ไข"
NAMES = ("office", "code", "name", "bureau", "versions")
"""What the template may name behind `changes`."""
_MONEY = re.compile(r"-?\d+\.\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def change_words(change: Change, names: FieldNames) -> dict[str, str]:
    """Label, value before and value after of one change, in Thai; `–` for what is absent."""
    return {
        "label": names.label(change.field),
        "before": _value(change.field, change.before, names),
        "after": _value(change.field, change.after, names),
    }


def print_changes(bench: Workbench, code: str) -> Path:
    """Write the change list of a project into the outbox and return its path; a list that is there stays.

    UsageError for an unknown project and for one of which only one version was accepted.
    """
    history = bench.register.project(code)
    if history is None:
        raise UsageError(f"ไม่พบโครงการรหัส {code} ในทะเบียน", hint="ดูรหัสที่มีด้วย automation status --submissions")
    changed = [item for item in history.versions if item.changes]
    if not changed:
        raise UsageError(f"โครงการรหัส {history.code} มีฉบับเดียว ยังไม่มีรายการแก้ไข")
    folder = bench.config.outbox / str(history.fiscal_year) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    last = changed[-1].source.version
    target = folder / f"{safe_name(f'{FOLDER} {history.code} ฉบับที่ {last}')}.docx"
    if not target.exists():
        facts = {"changes": _facts(bench, history, changed)}
        fill_document(bench.config.templates / TEMPLATE, facts, target)
    return target


def _facts(bench: Workbench, history: ProjectHistory, changed: list[Attempt]) -> dict[str, Any]:
    names = field_names(bench.forms.get("project"))
    project = history.current.project
    return {
        "office": f"{bench.config.office.get('bureau', '')} {bench.config.office.get('name', '')}".strip(),
        "code": history.code,
        "name": project.name or "",
        "bureau": project.bureau or "",
        "versions": [
            {
                "title": _title(item),
                "file": item.source.file,
                "changes": [change_words(change, names) for change in item.changes],
            }
            for item in changed
        ],
    }


def _title(attempt: Attempt) -> str:
    version, received = attempt.source.version, attempt.source.received
    day = f" รับเมื่อ {format_date(received.date(), 'long')}" if received else ""
    return to_thai(f"ฉบับที่ {version} แทนฉบับที่ {version - 1}{day}")


def _value(field: str, value: Any, names: FieldNames) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    if isinstance(value, int):
        return MONTHS[value] if re.search(r"months\.\d+$", field) else to_thai(str(value))
    text = str(value)
    if _MONEY.fullmatch(text):
        return f"{format_baht(Decimal(text))} บาท"
    if _DAY.fullmatch(text):
        return to_thai(format_date(date.fromisoformat(text), "long"))
    return names.option(field, text) or text
