"""The stages of a book from first draft to final edition, and the list of what changed between two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from automation.errors import UsageError
from automation.model import ResolutionRow
from automation.model.year import ResolutionVersion, YearData, code_key
from automation.thai.dates import format_date
from automation.thai.digits import to_arabic, to_thai
from automation.thai.text import fold

STAGES = (
    "ร่าง",
    "ผ่านคณะกรรมการกลั่นกรอง",
    "ผ่านที่ประชุมผู้บริหาร",
    "หลังจัดสรรงบประมาณ",
    "ฉบับสมบูรณ์",
)
"""As the manual's steps follow one another (A11, A18, A20, A24, A26)."""
FINAL = STAGES[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChange:
    """What changed of one project: label, value before and after in Thai, and where it comes from."""

    title: str
    rows: tuple[Mapping[str, str], ...]
    """`label`, `before`, `after`."""
    source: str = ""
    resolution: str = ""


def stage_of(text: str) -> str:
    """The stage that a fact names, by its words or its number from 1; "" for none. UsageError for others."""
    plain = fold(text)
    if not plain:
        return ""
    number = to_arabic(plain)
    if number.isdecimal() and 1 <= int(number) <= len(STAGES):
        return STAGES[int(number) - 1]
    by_words = {fold(stage): stage for stage in STAGES}
    near = get_close_matches(plain, by_words, 1, 0.85)
    if not near:
        raise UsageError(f"ไม่รู้จักขั้นของเล่ม ({text})", hint="ระบุ stage เป็น " + ", ".join(STAGES))
    return by_words[near[0]]


def is_draft(facts: Mapping[str, str]) -> bool | None:
    """Whether the stage makes it a draft; None where no stage is given."""
    stage = stage_of(facts.get("stage", ""))
    return stage != FINAL if stage else None


def resolution_on(year: YearData, code: str, since: date | None) -> str:
    """The last resolution on a project not older than `since`, in words; "" for none."""
    found = [
        (day, version, row)
        for version in year.resolutions
        if (day := _day(version)) is not None and (since is None or day >= since)
        for row in version.resolution.rows
        if row.code and code_key(row.code) == code_key(code)
    ]
    if not found:
        return ""
    day, version, row = max(found, key=lambda item: item[0])
    return _resolution_words(version.resolution.body, day, row)


def _day(version: ResolutionVersion) -> date | None:
    received = version.source.received
    return version.resolution.date or (received.date() if received else None)


def _resolution_words(body: str | None, day: date, row: ResolutionRow) -> str:
    words = f"{body or 'ที่ประชุม'} เมื่อวันที่ {format_date(day)}"
    return f"{words} ({row.note})" if row.note else words


def change_context(
    title: str, before: str, after: str, changes: Sequence[ProjectChange], *, office: str = ""
) -> dict[str, Any]:
    """What the list of changes prints; `before` and `after` name the two editions."""
    count = sum(len(item.rows) for item in changes)
    return {
        "title": title,
        "office": office,
        "before": before,
        "after": after,
        "summary": to_thai(f"เปลี่ยนแปลง {len(changes)} โครงการ/งานประจำ รวม {count} รายการ"),
        "projects": [
            {
                "title": to_thai(item.title),
                "source": item.source,
                "resolution": item.resolution,
                "changes": list(item.rows),
            }
            for item in changes
        ],
    }


def edition_words(stage: str, made: date) -> str:
    """How the list calls an edition: its stage, and the day on which it was made."""
    return f"{stage or 'ฉบับ'} จัดทำเมื่อวันที่ {format_date(made)}"
