"""What was typed for an earlier paper and serves a later one: nobody gives it twice.

The catalogue names the sources (`recalls`): fact → kinds whose last document of the year (and project)
has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from automation.documents.catalogue import Kind
from automation.register import Issued
from automation.thai.dates import UnclearDate, parse_date
from automation.thai.digits import to_thai
from automation.thai.words import cut_at_word

_HINT = re.compile(r" (?:\(|เขียน|คั่น|เช่น)")
"""Where the label of a fact goes on to say how it is written."""
_LONGEST = 240
"""Bytes of a value that a remark repeats."""
_NUMBER, _DATE = "number", "date"


def recalled(
    kind: Kind, issued: Sequence[Issued], known: Mapping[str, str], *, code: str | None
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The facts that neither the settings nor the clerk gave and an earlier document was made with; and Thai
    remarks that say where each comes from."""
    found: dict[str, str] = {}
    notes: list[str] = []
    for fact, sources in kind.recalls.items():
        if known.get(fact):
            continue
        for source in sources:
            of, _, name = source.partition(".")
            item = next((item for item in reversed(issued) if item.kind == of and item.code == code), None)
            value = _value(item, name or fact) if item else ""
            if item and value:
                found[fact] = value
                paper = item.path.rpartition("/")[2]
                shown = cut_at_word(to_thai(value), _LONGEST)
                notes.append(f"{_HINT.split(kind.labels[fact])[0]} “{shown}” ใช้ตามเอกสาร {paper}")
                break
    return found, tuple(notes)


def _value(item: Issued, name: str) -> str:
    """The fact; of a draft neither the number nor a date that is only a month."""
    if name == _NUMBER:
        return item.number or ""
    text = item.facts.get(name, "")
    return text if name != _DATE or _is_day(text) else ""


def _is_day(text: str) -> bool:
    try:
        parse_date(text)
    except UnclearDate:
        return False
    return True
