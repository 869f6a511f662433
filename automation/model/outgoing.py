"""Numbers of letters and orders that go out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NumberKind(StrEnum):
    """Which register a number is taken from: letters, circulars (ว) and orders are numbered apart."""

    ORDINARY = "ordinary"
    CIRCULAR = "circular"
    ORDER = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A number of an outgoing register; `year` is the calendar year (B.E.)."""

    series: str
    """Code of the unit, for orders the name of the office."""
    year: int
    kind: NumberKind
    number: int
    reserved: datetime
    who: str = ""
    subject: str = ""
    issued: int | None = None
    """Id of the document that went out under it."""
