"""What the papers of a meeting print of its people and its matters: roles, absences, discussion, resolutions.

What the register knows comes from it; what only the meeting itself brought about is given by the clerk, one
matter after the other: `--set resolutions="๓.๑ = รับทราบ; ๔.๑ = เห็นชอบ"`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from automation.documents.catalogue import Kind
from automation.errors import UsageError
from automation.model import Decision, Meeting, ResolutionRow
from automation.model.year import YearData
from automation.thai.digits import to_arabic, to_thai
from automation.thai.text import fold
from automation.thai.typography import tidy, tidy_person

_CHAIR = "ประธานการประชุม"
_RECORDER = "recorder"
"""What only papers that record a meeting need."""
_NONE = ("-", "ไม่มี")
_WORDS = {Decision.AGREE: "เห็นชอบ", Decision.REVISE: "ให้ปรับปรุง", Decision.DROP: "ไม่เห็นชอบ"}
_ON_PROJECTS = "รายละเอียดโครงการ"
"""Matters on which the meeting decides project by project, as its table of resolutions tells."""


def people(meeting: Meeting, facts: Mapping[str, str]) -> dict[str, tuple[dict[str, str], ...]]:
    """`attendees` with their roles, the chair first; `absent` with the reason; `guests`.

    A role stands behind an invitee (`ชื่อ = หน้าที่`), or comes from the given members of the committee. Who
    is absent is no attendee.
    """
    absent = _pairs(facts.get("absent", ""))
    missing = {fold(person["name"]) for person in absent}
    roles = {fold(person["name"]): person["role"] for person in _pairs(facts.get("members", ""))}
    chair = [{"name": tidy_person(meeting.chair), "role": _CHAIR}] if meeting.chair else []
    invited = (person for text in meeting.invitees for person in _pairs(text))
    members = [
        {"name": person["name"], "role": person["role"] or roles.get(fold(person["name"]), "")}
        for person in invited
    ]
    return {
        "attendees": tuple(item for item in (*chair, *members) if fold(item["name"]) not in missing),
        "absent": absent,
        "guests": _pairs(facts.get("guests", "")),
    }


def numbered(meeting: Meeting) -> Meeting:
    """The meeting with its points of the agenda numbered by position where the form gives them no number."""
    given = {to_arabic(item.no) for item in meeting.agenda}
    agenda = tuple(
        item if item.no or str(place) in given else replace(item, no=str(place))
        for place, item in enumerate(meeting.agenda, start=1)
    )
    return replace(meeting, agenda=agenda)


def matters(meeting: Meeting, facts: Mapping[str, str], year: YearData) -> tuple[dict[str, Any], ...]:
    """The agenda with what was said and resolved on each matter: `no`, `title`, `first` (nothing to approve
    yet), `items` (each with `no`, `title`, `discussion`, `resolution`; the head itself where it has none).

    UsageError for a number that the agenda does not have.
    """
    said, resolved = (_by_number(facts.get(name, "")) for name in ("discussions", "resolutions"))
    decided = _decided(meeting, year)
    known: set[str] = set()
    found = []
    for place, item in enumerate(meeting.agenda, start=1):
        first = place == 2 and not item.items and to_arabic(meeting.number or "").startswith("1/")
        numbered = [(f"{item.no}.{number}", title) for number, title in enumerate(item.items, start=1)]
        points = []
        for no, title in numbered or ([] if first else [(item.no, "")]):
            key = to_arabic(no)
            known.add(key)
            points.append(
                {
                    "no": no,
                    "title": title,
                    "discussion": tuple(said.get(key, "").split("\n")) if key in said else (),
                    "resolution": resolved.get(key) or (decided if _ON_PROJECTS in title else ""),
                }
            )
        found.append({"no": item.no, "title": item.title, "first": first, "items": tuple(points)})
    if strange := sorted({*said, *resolved} - known):
        raise UsageError(
            f"ไม่มีระเบียบวาระที่ {', '.join(map(to_thai, strange))} ในการประชุมนี้",
            hint=f"ระเบียบวาระที่มี: {', '.join(map(to_thai, sorted(known)))}",
        )
    return tuple(found)


def open_matters(kind: Kind, context: Mapping[str, Any]) -> tuple[str, ...]:
    """A Thai remark naming the matters that have no resolution yet, of a kind that records a meeting."""
    if _RECORDER not in kind.needs:
        return ()
    points = [point for item in context["matters"] for point in item["items"] if not point["resolution"]]
    numbers = ", ".join(to_thai(point["no"]) for point in points)
    hint = f'ระบุด้วย --set resolutions="{to_thai(points[0]["no"])} = …" หรือเขียนในแฟ้ม' if points else ""
    return (f"ระเบียบวาระที่ยังไม่มีมติ: {numbers} {hint}",) if points else ()


def _pairs(text: str) -> tuple[dict[str, str], ...]:
    """People written `ชื่อ = หน้าที่; …`; nobody for `-`."""
    if text.strip() in _NONE:
        return ()
    parts = (item.partition("=") for item in text.split(";") if item.strip())
    return tuple({"name": tidy_person(name), "role": tidy(role.strip())} for name, _, role in parts)


def _by_number(text: str) -> dict[str, str]:
    """`๓.๑ = ข้อความ; …` by number; further texts of the same number are further paragraphs."""
    found: dict[str, str] = {}
    for item in text.split(";"):
        number, sign, words = item.partition("=")
        if not item.strip():
            continue
        if not sign:
            raise UsageError(
                f"ไม่รู้ว่าเป็นของระเบียบวาระใด: {item.strip()}", hint="เขียนเช่น ๓.๑ = รับทราบ; ๔.๑ = เห็นชอบ"
            )
        key = to_arabic(number).strip()
        found[key] = "\n".join(part for part in (found.get(key, ""), tidy(words.strip())) if part)
    return found


def _decided(meeting: Meeting, year: YearData) -> str:
    """`เห็นชอบ ๒๒ รายการ ให้ปรับปรุง ๒ รายการ …`, of the resolutions of the meeting's day; empty without any."""
    rows = tuple(_rows(meeting, year))
    counts = [(word, sum(row.decision is decision for row in rows)) for decision, word in _WORDS.items()]
    parts = [to_thai(f"{word} {count} รายการ") for word, count in counts if count]
    return f"{' '.join(parts)} รายละเอียดตามตารางสรุปข้อตกลงและมติที่ประชุม" if parts else ""


def _rows(meeting: Meeting, year: YearData) -> Iterator[ResolutionRow]:
    for version in year.resolutions:
        if meeting.date and version.resolution.date == meeting.date:
            yield from version.resolution.rows
