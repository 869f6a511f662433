"""Everything that the road of a file needs, handed to each step: no globals, no hidden clock."""

from __future__ import annotations

import getpass
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from automation.checks.rates import Rate, load_rates
from automation.config import Config, load_config
from automation.forms import read
from automation.forms.catalogue import FormCatalogue
from automation.forms.knowledge import Bureau, Known
from automation.model import Reading
from automation.office.opening import Limits
from automation.office.worker import Worker
from automation.pipeline.logs import open_log
from automation.register import Register
from automation.thai.holidays import WorkCalendar

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """One open workspace: settings, register, forms, the reading worker, the clock."""

    config: Config
    register: Register
    forms: FormCatalogue
    known: Known
    worker: Worker
    rates: tuple[Rate, ...]
    calendar: WorkCalendar
    clock: Clock
    log: logging.Logger


@contextmanager
def open_workbench(root: Path, clock: Clock = datetime.now) -> Iterator[Workbench]:
    """The workspace `root`, ready for work; ConfigError, TemplateError or RegisterError when it is not."""
    config = load_config(root)
    config.store.mkdir(parents=True, exist_ok=True)
    log = open_log(config.store / "automation.log", as_json=config.log_json)
    forms = FormCatalogue.load(config.templates)
    try:
        with open_register(config) as register, Worker(limits(config), reader(forms, config)) as worker:
            yield Workbench(
                config=config,
                register=register,
                forms=forms,
                known=known(config),
                worker=worker,
                rates=load_rates(config.templates),
                calendar=WorkCalendar(config.holidays, config.working),
                clock=clock,
                log=log,
            )
    finally:
        for handler in list(log.handlers):
            log.removeHandler(handler)
            handler.close()


def open_register(config: Config) -> Register:
    """The register of a workspace, made where there is none; RegisterError when it cannot be opened."""
    return Register.open(
        _database(config),
        archive=config.store / "archive",
        who=getpass.getuser(),
        shorts={bureau.name: bureau.short for bureau in config.bureaus},
    )


def register_exists(config: Config) -> bool:
    """Whether anything has been taken in yet: a server's register always counts."""
    database = _database(config)
    return isinstance(database, str) or database.exists()


def _database(config: Config) -> str | Path:
    return config.database or config.store / "register.db"


def known(config: Config) -> Known:
    """The bureaus of the settings as the reader wants them."""
    return Known(tuple(Bureau(name=bureau.name, short=bureau.short) for bureau in config.bureaus))


def reader(forms: FormCatalogue, config: Config) -> Callable[..., Reading]:
    """What the reading child makes of an opened file: a reading by these forms and the office's bureaus."""
    return partial(read, catalogue=forms, known=known(config))


def limits(config: Config) -> Limits:
    """The limits on one file, from the settings."""
    return Limits(
        file_bytes=config.max_megabytes << 20,
        seconds=float(config.max_seconds),
        memory_bytes=config.max_memory_megabytes << 20,
    )
