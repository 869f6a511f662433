"""What the clerk should know of a document before it is signed: late, at odds with a book, papers to add.

Each function gives Thai remarks; nothing here stops a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Protocol

from automation.documents.catalogue import Kind, Paper, Scope
from automation.office.blocks import Document
from automation.office.filters import items, parts
from automation.office.opening import open_file
from automation.thai.dates import UnclearDate, format_date, parse_date
from automation.thai.digits import to_arabic, to_thai
from automation.thai.fiscal import bounds
from automation.thai.money import format_baht
from automation.thai.text import fold

BOOKS = ("plan-book",)
"""Kinds whose figures a memo on the whole year has to repeat."""

_LABEL = "สิ่งที่ส่งมาด้วย"
_COUNT = re.compile(r"\s*จำนวน\s*\S+\s*(ชุด|ฉบับ|เล่ม|แผ่น|รายการ)\s*$")
_NUMBER = re.compile(r"^[๐-๙0-9]+[.)]\s*")
_WORDS = {
    "projects": "จำนวนโครงการ",
    "routines": "จำนวนงานประจำ",
    "requested": "งบประมาณที่เสนอขอ",
    "allocated": "งบประมาณที่ได้รับจัดสรร",
}
_MONEY = ("requested", "allocated")


class Issued(Protocol):
    """A document that was made earlier, as the register notes it."""

    @property
    def kind(self) -> str:
        """Id of its kind."""

    @property
    def path(self) -> str:
        """Where it stands."""

    @property
    def figures(self) -> Mapping[str, Any]:
        """What it states."""


class Planned(Protocol):
    """A step of a process, as process/schedule.py plans it."""

    @property
    def step(self) -> Any:
        """The step, with its id."""

    @property
    def end(self) -> date | None:
        """Its last day."""


def after_its_day(kind: Kind, day: date, steps: Iterable[Planned]) -> tuple[str, ...]:
    """Whether the day of the letter lies behind the last step of the calendar that it serves."""
    own = [item for item in steps if item.step.id in kind.steps and item.end is not None]
    last = max(own, key=lambda item: item.end or day, default=None)
    if last is None or last.end is None or day <= last.end:
        return ()
    return (
        f"{kind.title}ลงวันที่ {format_date(day)} เลยกำหนดตามปฏิทินของขั้นตอน {last.step.id} "
        f"(วันที่ {format_date(last.end)}) โปรดเร่งเสนอและแจ้งผู้บังคับบัญชา",
    )


def deadline(kind: Kind, due: str, year: int, steps: Iterable[Planned]) -> tuple[str, ...]:
    """Whether what is asked for the plan of a fiscal year (B.E.) is due behind the calendar sent along, or so
    late that the year has begun; only for a kind that a calendar goes with."""
    if not {"due", "start"} <= set(kind.needs):
        return ()
    try:
        day = parse_date(due)
    except UnclearDate:
        return ()
    found = []
    last = max((item.end for item in steps if item.end is not None), default=None)
    if last is not None and day > last:
        found.append(
            f"วันที่ให้ส่งภายใน ({format_date(day)}) อยู่หลังวันสุดท้ายของปฏิทินที่แนบ ({format_date(last)}) โปรดตรวจสอบ"
        )
    if day >= bounds(year)[0]:
        found.append(
            f"วันที่ให้ส่งภายใน ({format_date(day)}) ไม่ก่อนวันเริ่มปีงบประมาณ พ.ศ. {to_thai(str(year))} ที่กำลังจัดทำแผน "
            "โปรดตรวจสอบ"
        )
    return tuple(found)


def at_odds(kind: Kind, figures: Mapping[str, Any], issued: Sequence[Issued]) -> tuple[str, ...]:
    """The figures of a letter on the whole year that differ from the last book made (books-disagree)."""
    if kind.scope is not Scope.YEAR or kind.paper not in (Paper.MEMO, Paper.LIST):
        return ()
    book = next((item for item in reversed(issued) if item.kind in BOOKS), None)
    if book is None:
        return ()
    name = book.path.rpartition("/")[2]
    return tuple(
        f"{word}ในเอกสารนี้ ({_shown(key, figures[key])}) ไม่ตรงกับเล่ม {name} ({_shown(key, book.figures[key])}) "
        "โปรดทำเล่มใหม่ก่อนเสนอ"
        for key, word in _WORDS.items()
        if key in figures and key in book.figures and not _same(figures[key], book.figures[key])
    )


def papers_to_add(
    path: Path, issued: Sequence[Issued], titles: Mapping[str, str], beside: Sequence[Path] = ()
) -> tuple[str, ...]:
    """The enclosures that the letter names and that neither follow in its file nor were made earlier.

    `titles`: Thai title of each kind of document. `beside`: what was put beside the letter.
    """
    document = open_file(path)
    if not isinstance(document, Document):
        return ()
    texts = [para.text.replace("\u00a0", " ") for para in document.paragraphs]
    inside = {fold(text) for text in texts if text.startswith(_LABEL) and "\t" not in text}
    known = [fold(name) for item in issued for name in (Path(item.path).stem, titles.get(item.kind, ""))]
    known += [fold(item.stem.replace("-", "/")) for item in beside]
    named = [
        entry for text in texts if text.startswith(f"{_LABEL}\t") for entry in text.split("\t")[1].split("\n")
    ]
    absent = [
        _NUMBER.sub("", entry.strip())
        for place, entry in enumerate(named, start=1)
        if not {fold(f"{_LABEL}{place}"), fold(_LABEL)} & inside and not _made(entry, known)
    ]
    return (f"สิ่งที่ส่งมาด้วยที่ต้องเตรียมแนบเอง: {', '.join(absent)}",) if absent else ()


def instalments(facts: Mapping[str, str]) -> tuple[str, ...]:
    """Whether every instalment has its day and its share, and the shares add up to 100 (steps S04, C2)."""
    found: list[str] = []
    total = Decimal(0)
    for text in items(facts.get("instalments")):
        name, days, share = parts(text, 3)
        if not days or not share:
            found.append(f"งวด “{name}” ยังไม่ได้ระบุกำหนดส่งมอบหรือร้อยละของค่าจ้าง")
            continue
        try:
            total += Decimal(to_arabic(share).rstrip("% "))
        except InvalidOperation:
            found.append(f"ร้อยละของงวด “{name}” อ่านไม่ได้: {share}")
    if total and total != 100 and not found:
        found.append(f"ร้อยละของทุกงวดรวมกันได้ {to_thai(f'{total.normalize():f}')} ต้องรวมเป็น ๑๐๐")
    return tuple(found)


def _made(entry: str, known: Sequence[str]) -> bool:
    """Whether a paper of that name was made, its number and its count aside."""
    name = fold(_COUNT.sub("", _NUMBER.sub("", entry.strip())))
    return any(name and title and (name in title or title in name) for title in known)


def _same(one: Any, other: Any) -> bool:
    return one == other or (one is not None and other is not None and Decimal(one) == Decimal(other))


def _shown(key: str, value: Any) -> str:
    if value is None:
        return "-"
    return f"{format_baht(Decimal(value))} บาท" if key in _MONEY else to_thai(str(value))
