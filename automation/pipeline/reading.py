"""Reading one file without a register: what `automation read` shows. Changes nothing."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from automation.checks import check_reading
from automation.checks.context import CheckContext
from automation.checks.rates import load_rates
from automation.config import Config, load_config
from automation.errors import FileError
from automation.forms import read
from automation.forms.catalogue import FormCatalogue
from automation.model import Reading, to_json
from automation.office.worker import Worker
from automation.pipeline.intake import refusal
from automation.pipeline.summary import finding_json
from automation.pipeline.workbench import known, limits
from automation.pipeline.workspace import shipped
from automation.thai.holidays import WorkCalendar


def read_file(path: Path, root: Path | None) -> Reading:
    """What the program understands of a file, with the findings that need no register.

    Reads by the templates and bureaus of the workspace `root`, or by the shipped ones where it is None.
    A file that cannot be read gives a reading without form or record, and the finding that says why.
    """
    config = load_config(root if root is not None else shipped("config.toml").parent)
    templates = config.templates if root is not None else shipped("templates")
    forms = FormCatalogue.load(templates)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    try:
        with Worker(limits(config)) as worker:
            content = worker.open(path)
        reading = read(content, forms, known(config), file=path.name, sha256=sha256)
    except FileError as error:
        return refusal(path.name, sha256, error)
    return reading.with_findings(*check_reading(reading, _context(config, templates)))


def _context(config: Config, templates: Path) -> CheckContext:
    """What can be checked of one file alone: no plan, no other projects, no day of receipt."""
    return CheckContext(
        today=date.today(),
        bureaus=tuple(bureau.name for bureau in config.bureaus),
        calendar=WorkCalendar(config.holidays, config.working),
        rates=load_rates(templates),
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
