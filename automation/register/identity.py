"""What makes two submissions versions of one thing, and which fiscal year they belong to."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from automation.model import (
    Allocation,
    GenericRecord,
    Meeting,
    Progress,
    Project,
    Record,
    Resolution,
    StrategicPlan,
    to_json,
)
from automation.model.year import code_key
from automation.thai.digits import to_arabic
from automation.thai.fiscal import fiscal_year
from automation.thai.text import fold

_NAMED_YEAR = re.compile(r"ปีงบประมาณ\s*(?:พ\.?\s*ศ\.?)?\s*(25\d\d)")
_YEAR = re.compile(r"25\d\d")
_NAMING = ("code", "name", "title")
"""Fields of a form of the office's own that tell one thing from another."""
_YEAR_IN_CODE = re.compile(r"(?:25)?(\d\d)-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Where a record belongs; years are B.E. and differ only for a plan of several years."""

    first_year: int
    last_year: int
    key: str
    """The same for all versions of one thing; "" for a project that has no code yet."""
    name_key: str = ""
    """Bureau and name of a project, by which one that comes again without its code is known."""
    bureau: str | None = None
    code: str | None = None


def identify(record: Record, received: datetime) -> Identity:
    """The identity of a record; what states no fiscal year belongs to the one that its text or codes name,
    else to the one of its date, else to the one in which it was received."""
    if isinstance(record, StrategicPlan):
        first = record.first_year or _year_of(record, received)
        return Identity(first_year=first, last_year=record.last_year or first, key="")
    year = _year_of(record, received)
    key, name_key, code = _key(record), "", None
    if isinstance(record, Project):
        code, name_key = record.code, f"{fold(record.bureau or '')}|{fold(record.name or '')}"
    bureau = record.bureau if isinstance(record, (Project, Progress)) else None
    if isinstance(record, GenericRecord):
        bureau = record.text("bureau")
    return Identity(first_year=year, last_year=year, key=key, name_key=name_key, bureau=bureau, code=code)


def _key(record: Record) -> str:
    match record:
        case Project():
            return code_key(record.code)
        case Progress():
            parts: tuple[object, ...] = (
                record.bureau,
                *((record.round.kind, record.round.number) if record.round else ()),
            )
        case Meeting():
            parts = (record.title, record.number or record.date)
        case Resolution():
            parts = (record.body, record.date)
        case GenericRecord():
            named = tuple(record.text(path) for path in _NAMING)
            parts = (*named, record.text("bureau")) if any(named) else (_digest(record),)
        case _:
            parts = ()
    return "|".join(fold(str(part)) if part is not None else "" for part in parts)


def _digest(record: GenericRecord) -> str:
    """The same for the same content: what has no name is one thing only where nothing differs."""
    return hashlib.sha256(json.dumps(to_json(record.fields), sort_keys=True).encode()).hexdigest()


def _year_of(record: Record, received: datetime) -> int:
    stated = getattr(record, "fiscal_year", None)
    if isinstance(record, GenericRecord):
        found = _YEAR.search(to_arabic(record.text("fiscal_year") or ""))
        stated = int(found[0]) if found else None
    if isinstance(stated, int):
        return stated
    if isinstance(record, (Resolution, Allocation, Progress)):
        stated = _most_frequent(_YEAR_IN_CODE.match(to_arabic(row.code or "")) for row in record.rows)
        if stated:
            return 2500 + stated
    if isinstance(record, Meeting):
        stated = _most_frequent(_NAMED_YEAR.finditer(to_arabic(" ".join(_texts(to_json(record))))))
        if stated:
            return stated
    day = record.date if isinstance(record, (Meeting, Resolution)) else None
    return fiscal_year(day or received.date())


def _most_frequent(found: Iterable[re.Match[str] | None]) -> int | None:
    counted = Counter(int(match[1]) for match in found if match)
    return counted.most_common(1)[0][0] if counted else None


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]
