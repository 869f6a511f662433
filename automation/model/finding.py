"""What is to be said about a file: findings, evidence, text that no field took."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error sends the file back, a warning goes with the receipt, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to tell the sender: rule id, field path, Thai place and Thai message."""

    severity: Severity
    rule: str
    message: str
    field: str = ""
    """Path in the record, e.g. `budget.total` or `rows.3.spent`; empty when about the whole file."""
    where: str = ""
    """Thai place in the sender's file, e.g. `ตาราง ๒ แถว ๓ ช่อง ๔` or `รายงานผล!B5`."""
    ref: str = ""
    """Machine place of the same spot: `word/document.xml#p41` or `รายงานผล!B5`; for notes in a copy."""
    steps: tuple[str, ...] = ()
    """Steps of the manual that ask for the rule, e.g. `A08`."""


class Strength(StrEnum):
    """How a text was recognised as a field's, strongest first."""

    TAG = "tag"
    ANCHOR = "anchor"
    LABEL = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why a field has its value: how it was recognised and where the text stands."""

    by: Strength
    where: str
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A text of the file that no field took, with its Thai place."""

    where: str
    text: str
    ref: str = ""
