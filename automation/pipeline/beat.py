"""The sign of life of a watcher: a small file that `automation doctor` and a monitoring system can read."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FILE = "watch.json"
EVERY = 10.0
"""Seconds between two beats when nothing changes."""
DEAD_AFTER = 120.0
"""Seconds without a beat after which a watcher counts as gone; reading one file may take half a minute."""


class Beat:
    """Writes `watch.json` in the store; a full disk or a lost folder is no reason to stop watching."""

    def __init__(self, store: Path) -> None:
        self.path = store / FILE
        self.started = datetime.now()
        self.answered = 0
        self._last = -EVERY
        self._said: tuple[str, Mapping[str, str]] = ("", {})
        self._day = ""

    def tick(self, waiting_for: str, held: Mapping[str, str]) -> None:
        """Note that the watcher lives, what it waits for ("" for nothing), which files it holds and why."""
        now = time.monotonic()
        if now - self._last < EVERY and (waiting_for, held) == self._said:
            return
        self._last, self._said = now, (waiting_for, held)
        document = {
            "pid": os.getpid(),
            "started": self.started.isoformat(timespec="seconds"),
            "at": datetime.now().isoformat(timespec="seconds"),
            "answered": self.answered,
            "held": dict(held),
            "waiting_for": waiting_for,
        }
        new = self.path.with_name(f".{FILE}.{os.getpid()}")
        with contextlib.suppress(OSError):
            new.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
            new.replace(self.path)

    def new_day(self) -> bool:
        """Whether this is the first time that it is asked today."""
        today = f"{datetime.now():%Y-%m-%d}"
        new, self._day = today != self._day, today
        return new

    def end(self) -> None:
        """Say that the watcher has stopped of its own will."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What the last beat tells: seconds ago, what is waited for, files answered, files held back and why."""

    age: float
    waiting_for: str
    answered: int
    files: Mapping[str, str]

    @property
    def held(self) -> int:
        """Files that could not be taken in when they were last tried."""
        return len(self.files)


def last_beat(store: Path) -> Life | None:
    """The last beat of the watcher of a workspace; None when none has been started or it has stopped well."""
    try:
        document = json.loads((store / FILE).read_text(encoding="utf-8"))
        at = datetime.fromisoformat(document["at"])
        return Life(
            age=max(0.0, (datetime.now() - at).total_seconds()),
            waiting_for=str(document["waiting_for"]),
            answered=int(document["answered"]),
            files={str(name): str(why) for name, why in document["held"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def living(life: Life) -> bool:
    """Whether the watcher has shown itself lately."""
    return life.age <= DEAD_AFTER
