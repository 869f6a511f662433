"""The log: one line a file, English, for machines too; no names of people or files, no telephones.

What a person wrote can stand in the message of an exception, so of a defect only its kind and the lines of
the program are kept.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from automation.office.worker import ReaderDefect

_FACT = re.compile(r"(\w+)=(\S+)")
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def open_log(path: Path, *, as_json: bool) -> logging.Logger:
    """The log of a workspace in this file, ten times 5 MB at most."""
    log = logging.getLogger(f"automation.{path.parent}")
    log.setLevel(logging.INFO)
    log.propagate = False
    handler = _Handler(path, maxBytes=5_000_000, backupCount=9, encoding="utf-8", delay=True)
    handler.setFormatter(_Json() if as_json else _Plain("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    return log


class _Handler(RotatingFileHandler):
    """A full disk is told by the watcher, not by a traceback of the log."""

    def doRollover(self) -> None:  # noqa: N802 (the name is logging's)
        """Go on in the same file where another program has it open and Windows lets it not be renamed."""
        try:
            super().doRollover()
        except OSError:
            self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the name is logging's)
        """Lose the line and go on."""


class _Plain(logging.Formatter):
    def formatException(self, ei: Raised) -> str:  # noqa: N802 (the name is logging's)
        """The kind of an exception and where it was raised, without what it says."""
        kind, raised, trace = ei
        name = kind.__name__ if kind else "-"
        lines = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        if isinstance(raised, ReaderDefect):
            name, lines = f"{name} {raised}", [*lines, *(f"  {frame}" for frame in raised.frames)]
        return "\n".join([f"{name} at", *lines])


class _Json(_Plain):
    def format(self, record: logging.LogRecord) -> str:
        """One JSON object a line; `key=value` of the message become keys of their own."""
        message = record.getMessage()
        document: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": _FACT.split(message, maxsplit=1)[0].strip(" :"),
            **dict(_FACT.findall(message)),
        }
        if record.exc_info:
            document["defect"] = self.formatException(record.exc_info)
        return json.dumps(document, ensure_ascii=False)
