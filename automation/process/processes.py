"""The manual's processes, read from processes.toml: steps, durations, standards, and what each step owes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from automation.errors import UsageError
from automation.thai.digits import to_arabic

FILE = Path(__file__).parent / "processes.toml"

_DAYS = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")


class OwedKind(StrEnum):
    """A document to write, a rule to test, data to keep."""

    DOC = "doc"
    CHECK = "check"
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing that software can do for a step, in English."""

    kind: OwedKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of a process table; `duration` as printed, `days` (shortest, longest) where it is a number."""

    id: str
    no: str
    title: str
    duration: str
    days: tuple[int, int] | None
    route: str | None
    """Steps with a route are alternatives: a year takes the steps of one route only."""
    work: str
    standards: tuple[str, ...]
    monitoring: str
    owner: str
    forms: tuple[str, ...]
    references: tuple[str, ...]
    owed: tuple[Owed, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One process table of the manual."""

    id: str
    no: str
    title: str
    variant: str
    owner: str
    source: str
    steps: tuple[Step, ...]

    @property
    def routes(self) -> tuple[str, ...]:
        """The alternatives of which a year takes one; empty where there is one way only."""
        return tuple(dict.fromkeys(step.route for step in self.steps if step.route))


def load_processes(file: Path = FILE) -> tuple[Process, ...]:
    """The processes in the order of the manual."""
    with file.open("rb") as content:
        data = tomllib.load(content)
    return tuple(_process(item) for item in data["process"])


def find_process(processes: Iterable[Process], id: str) -> Process:
    """The process with this id; UsageError naming those that exist."""
    known = {process.id: process for process in processes}
    if id not in known:
        raise UsageError(f"ไม่มีกระบวนการชื่อ {id}", hint=f"กระบวนการที่มี: {', '.join(known)}")
    return known[id]


def find_steps(processes: Iterable[Process], ids: Iterable[str]) -> tuple[Step, ...]:
    """The steps with these ids, in this order; UsageError for an id that no process has."""
    known = {step.id: step for process in processes for step in process.steps}
    wanted = tuple(ids)
    missing = [id for id in wanted if id not in known]
    if missing:
        raise UsageError(f"ไม่มีขั้นตอน {', '.join(missing)} ในคู่มือ")
    return tuple(known[id] for id in wanted)


def _process(data: Mapping[str, Any]) -> Process:
    names = ("id", "no", "title", "variant", "owner", "source")
    return Process(**{name: data[name] for name in names}, steps=tuple(_step(item) for item in data["step"]))


def _step(data: Mapping[str, Any]) -> Step:
    names = ("id", "no", "title", "work", "monitoring", "owner")
    return Step(
        **{name: data[name] for name in names},
        standards=tuple(data["standards"]),
        forms=tuple(data["forms"]),
        references=tuple(data["references"]),
        duration=data["days"],
        days=_days(data["days"]),
        route=data.get("route"),
        owed=tuple(_owed(text) for text in data["automatable"]),
        note=data.get("note", ""),
    )


def _days(text: str) -> tuple[int, int] | None:
    found = _DAYS.fullmatch(to_arabic(text).strip())
    return (int(found[1]), int(found[2] or found[1])) if found else None


def _owed(text: str) -> Owed:
    kind, _, what = text.partition(":")
    return Owed(kind=OwedKind(kind), text=what.strip())
