"""What a rule is: an id, the steps of the manual that ask for it, and a function that yields remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from automation.checks.context import CheckContext
from automation.model import Severity
from automation.model.year import YearData
from automation.thai.money import format_baht

R = TypeVar("R")

SATANG = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a rule has to say: severity, path of the field, Thai text that says what to do."""

    severity: Severity
    field: str
    message: str


def error(field: str, message: str) -> Remark:
    """A remark that sends the file back."""
    return Remark(severity=Severity.ERROR, field=field, message=message)


def warning(field: str, message: str) -> Remark:
    """A remark that goes with the receipt."""
    return Remark(severity=Severity.WARNING, field=field, message=message)


def note(field: str, message: str) -> Remark:
    """A remark for information."""
    return Remark(severity=Severity.NOTE, field=field, message=message)


@dataclass(frozen=True, slots=True)
class Rule(Generic[R]):
    """One rule over records of one class. `steps` are ids of the manual's steps (A08, M2 …)."""

    id: str
    steps: tuple[str, ...]
    find: Callable[[R, CheckContext], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class YearRule:
    """One rule over a fiscal year as a whole; its remarks name the code of a project as their field."""

    id: str
    steps: tuple[str, ...]
    find: Callable[[YearData], Iterator[Remark]]


def baht(amount: Decimal) -> str:
    """The amount for a message, `๑,๒๕๐,๐๐๐ บาท`, rounded to the satang."""
    return f"{format_baht(amount.quantize(SATANG))} บาท"
