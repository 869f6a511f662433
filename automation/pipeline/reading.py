"""Reading one file without taking it in: what `automation read` shows. Stores nothing."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from automation.checks import check_reading
from automation.checks.context import CheckContext
from automation.checks.rates import load_rates
from automation.config import Config, load_config
from automation.errors import FileError, RegisterError
from automation.forms.catalogue import FormCatalogue
from automation.model import Finding, Reading, Severity, to_json
from automation.model.year import YearData
from automation.office.worker import Worker
from automation.pipeline.context import earlier_reports, told_of, year_of
from automation.pipeline.intake import refusal
from automation.pipeline.summary import finding_json
from automation.pipeline.workbench import limits, open_register, reader, register_exists
from automation.pipeline.workspace import shipped
from automation.thai.holidays import WorkCalendar


def read_file(path: Path, root: Path | None) -> Reading:
    """What the program understands of a file, with the findings that taking it in now would give.

    Reads by the templates, bureaus and register of the workspace `root`, or by the shipped templates alone
    where it is None. A file that cannot be read gives a reading without form or record, and the finding that
    says why; a register that cannot be read is told in a finding.
    """
    config = load_config(root if root is not None else shipped("config.toml").parent)
    templates = config.templates if root is not None else shipped("templates")
    forms = FormCatalogue.load(templates)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    try:
        with Worker(limits(config), reader(forms, config)) as worker:
            reading: Reading = worker.read(path, file=path.name, sha256=sha256)
    except FileError as error:
        return refusal(path.name, sha256, error)
    year = None
    if root is not None and reading.record is not None and register_exists(config):
        try:
            with open_register(config) as register:
                year = register.year(year_of(reading, config))
        except RegisterError as error:
            reading = reading.with_findings(_unregistered(error))
    return reading.with_findings(*check_reading(reading, _context(reading, config, templates, year)))


def _context(reading: Reading, config: Config, templates: Path, year: YearData | None) -> CheckContext:
    """What can be checked of a file that is only read: it has no day of receipt."""
    reports = [item.report for item in year.reports if item.source.sha256 != reading.sha256] if year else []
    return told_of(
        reading,
        config=config,
        calendar=WorkCalendar(config.holidays, config.working),
        rates=load_rates(templates),
        year=year,
        earlier=earlier_reports(reports, reading),
        today=date.today(),
        received=None,
    )


def _unregistered(error: RegisterError) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        rule="register-unreadable",
        message=f"ยังไม่ได้ตรวจกับทะเบียน เพราะเปิดทะเบียนไม่ได้: {error.message} {error.hint}".strip(),
    )


def reading_json(reading: Reading) -> dict[str, Any]:
    """The document of `automation read --json` (contract)."""
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "form": reading.form,
        "record": None if reading.record is None else to_json(reading.record),
        "evidence": {
            name: {"by": item.by.value, "where": item.where} for name, item in reading.evidence.items()
        },
        "unread": [{"where": item.where, "text": item.text} for item in reading.unread],
        "findings": [finding_json(item) for item in reading.findings],
    }
