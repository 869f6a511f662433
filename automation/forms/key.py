"""The hidden key of an issued form: which form it is, for which year, bureau and project it went out.

It is a custom property of the file (`form=project;year=2570;bureau=สำนักกฎหมาย;code=70-กม-01`), so that a copy
that comes back is known again whatever people call it; `keyed` fills in by it what they left empty.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote


@dataclass(frozen=True, slots=True, kw_only=True)
class FormKey:
    """What a form said of itself when it went out; the year is B.E., None where nothing was filled in."""

    form: str
    year: int | None = None
    bureau: str | None = None
    code: str | None = None
    name: str | None = None
    """Name of the project whose record the form went out with."""
    edition: str | None = None
    """Which version of its template it was made of (`edition_of`)."""

    def written(self) -> str:
        """The key as the property holds it."""
        facts = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return ";".join(f"{name}={_shielded(str(value))}" for name, value in facts.items() if value)


def read_key(text: str) -> FormKey | None:
    """The key in a property; None for a text that is no key of ours."""
    facts = dict(part.partition("=")[::2] for part in text.split(";"))
    if not facts.get("form"):
        return None
    year = facts.get("year", "")
    return FormKey(
        form=unquote(facts["form"]),
        year=int(year) if year.isdecimal() else None,
        bureau=unquote(facts.get("bureau", "")) or None,
        code=unquote(facts.get("code", "")) or None,
        name=unquote(facts.get("name", "")) or None,
        edition=facts.get("edition") or None,
    )


def edition_of(template: Path) -> str:
    """The version of a template: it changes when the office edits the file."""
    return hashlib.sha256(template.read_bytes()).hexdigest()[:8]


def _shielded(text: str) -> str:
    """The text with the signs that part the key written otherwise; Thai letters stay legible."""
    return "".join(quote(letter) if letter in ";=%" else letter for letter in text)
