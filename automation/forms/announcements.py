"""Sentences that call a meeting: `… ในวันจันทร์ที่ … เวลา … ณ ห้องประชุม … โดยมี … เป็นประธาน`.

Memos, letters and agendas have no labels; what they say of a meeting stands in such sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from automation.forms.segments import PREAMBLE, Segment
from automation.forms.structure import Item, Line
from automation.forms.wording import clean
from automation.thai.months import MONTH_PATTERN

_DATE = rf"[0-9๐-๙]{{1,2}}\s*(?:เดือน\s*)?{MONTH_PATTERN}\s*(?:(?:พ\.\s?ศ\.|พุทธศักราช)\s*)?[0-9๐-๙]{{2,4}}"
_DAY = rf"วัน[ก-๙]*?\s*(?:ที่)?\s*{_DATE}"
_HOUR = r"[0-9๐-๙]{1,2}(?:[.:][0-9๐-๙]{2})?"
_TIMES = rf"{_HOUR}\s*(?:น\.|นาฬิกา)?(?:\s*(?:[-–—]|ถึง(?:เวลา)?)\s*{_HOUR})?\s*(?:น\.|นาฬิกา)?"
_BEHIND = r"โดยมี|โดย|เพื่อ|ซึ่ง|ตาม|ดังนี้|จึง|และ|ทั้งนี้|ในการนี้|มีระเบียบวาระ|รายละเอียด"
_CALLED = re.compile(
    rf"(?<!เมื่อ)(?P<date>{_DAY})\s*(?:ตั้งแต่|ระหว่าง)?\s*เวลา\s*(?:ตั้งแต่)?\s*(?P<time>{_TIMES})"
    rf"(?:(?:\s*เป็นต้นไป)?\s*(?:ณ|ที่)\s*(?P<place>.+?)(?=\s+(?:{_BEHIND})|\s*$))?"
)
_CHAIR = re.compile(r"(?:โดยมี|(?:^|\s)มี)\s*(?P<chair>[^:：]{4,90}?)\s*(?:ทำหน้าที่|เป็น)\s*ประธาน")
_REPLY = re.compile(rf"(?:แจ้ง|ตอบรับ|ตอบกลับ|ยืนยัน|แบบตอบ)[^.]{{0,90}}?ภายใน\s*(?P<reply_by>(?:{_DAY})|{_DATE})")
_NUMBER = r"ครั้งที่\s*(?P<number>[0-9๐-๙]+\s*/\s*[0-9๐-๙]{4})"
_NAMED = re.compile(
    r"(?:กำหนดการ|ระเบียบวาระการ|จัดการ|จัดให้มีการ|มีการ|จัด|เชิญ(?:เข้า)?(?:ร่วม)?(?:การ)?|^(?:การ)?)ประชุม"
    rf"(?P<title>[ก-๛][^:：]{{3,120}}?)\s*(?:{_NUMBER}|(?=\s(?:ใน|กำหนด|ณ|เวลา)\s?)|(?=ในวัน)|$)"
)
_BODY = re.compile(rf"^\s*(?P<body>คณะ(?:กรรมการ|อนุกรรมการ|ทำงาน)[^:：]{{3,100}}?)\s*(?:{_NUMBER}|$)")
_ALONE = re.compile(rf"^\s*(?:ใน)?(?P<date>(?=วัน[ก-๙]{{3,}}ที่){_DAY})\s*$")
_ADDRESSED = re.compile(r"^\s*(?:กราบ)?เรียน\s+(?P<whom>[ก-๛].+)$")
_ENCLOSED = re.compile(r"ตาม.{0,30}(?:แนบ|ข้างท้าย|ดังกล่าว)")
"""Whoever is addressed is named in a list further on."""
_AND = re.compile(r"\s+และ(?=[ก-๛])|\s*,\s*")
_NO_TITLE = re.compile(r"^(?:ตาม|ในวัน|ครั้งที่|ดังกล่าว|ภายใน|และ|วันที่)")
_DATED = re.compile(rf"(?:^|\s{{2,}}|\t)\s*(?:(?:แจ้ง|ให้ไว้|ออก)?\s*ณ\s*)?(?:วันที่\s*)?(?P<issued>{_DATE})\s*$")
_HEADED = re.compile(
    r"^(?:หนังสือ(?:ขอ)?เชิญ(?:เข้าร่วม)?ประชุม|(?:แบบ|ใบ)\s?(?:ขอ|แจ้ง|ฟอร์ม|เชิญ|กำหนด)[ก-๛ ]*ประชุม"
    r"|ระเบียบวาระการประชุม|กำหนดการ(?:จัด)?ประชุม"
    r"|เรื่อง\s+(?:ขอ)?(?:เรียน)?เชิญ(?:เข้า)?(?:ร่วม)?(?:การ)?ประชุม|บันทึกขอ(?:จัด|ใช้ห้อง)ประชุม)"
)
_TITLED = re.compile(
    r"(?:หนังสือ|ใบ|แบบ|บันทึก)?\s?(?:ขอ|แจ้ง|เรียน)*(?:เชิญ|นัด|กำหนด)(?:เข้า)?(?:ร่วม)?(?:การ)?ประชุม"
)
_LETTER = re.compile(
    r"^\s*(?:ด้วย|ตามที่|เนื่องด้วย|เนื่องจาก|ในการนี้|จึงเรียน|จึงขอ|ขอแสดงความนับถือ|ทั้งนี้|สำนัก[ก-๛]+\s?(?:ได้)?กำหนด)"
)
"""How the sentences of a letter begin."""
_ASKS = re.compile(r"^\s*(?:โปรด|กรุณา|ขอให้|ขอความ|แจ้ง|ยืนยัน|ตอบ)")
_LEADS = re.compile(r"(?:ดังนี้|ดังต่อไปนี้)\s*[:：]?\s*$")
_ASKED = re.compile(r"^\s*(?:ขอ)?(?:เรียน)?เชิญ(?:เข้า)?(?:ร่วม)?(?:การ)?ประชุม")
_POINT = re.compile(r"^\s*(?:ระเบียบ)?วาระ(?:ที่)?\s*[0-9๐-๙]")


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says of a field: its words and where they stand in the line."""

    field: str
    words: str
    start: int
    end: int


def said_in(text: str) -> Iterator[Said]:
    """The fields of a meeting that a line of running text states, in no order."""
    for pattern in (_CALLED, _CHAIR, _REPLY, _NAMED, _BODY, _ALONE):
        found = pattern.search(text)
        for field, words in (found.groupdict() if found else {}).items():
            if found and words and not (field == "title" and _NO_TITLE.match(words.strip())):
                yield Said(field, words, found.start(field), found.end(field))


def invited(lines: Iterable[Line]) -> tuple[Line, tuple[str, ...]] | None:
    """The line of a letter of invitation that addresses somebody, and whom; None in any other paper."""
    invites = False
    for line in lines:
        invites |= _HEADED.match(line.text.strip()) is not None and "เชิญ" in line.text
        found = _ADDRESSED.match(line.text) if invites else None
        if found and not _ENCLOSED.search(line.text):
            return line, tuple(clean(part) for part in _AND.split(found["whom"]))
    return None


def dated(text: str) -> str:
    """The day that a line of a letter's head ends with (`ที่ สว ๐๐๒๐/๑   วันที่ ๕ มกราคม ๒๕๗๐`), else empty."""
    found = _DATED.search(text)
    return found["issued"] if found and not _CALLED.search(text) else ""


def without_asking(subject: str) -> str:
    """The name of the meeting that a letter's subject asks to (`ขอเชิญประชุม…`); any other text as it is."""
    found = _ASKED.match(subject)
    if found is None:
        return subject
    return title_of(subject[found.end() :]) if subject[found.end() :].strip() else ""


def title_of(words: str) -> str:
    """The name of a meeting whose sentence says `เชิญประชุม…`: `การประชุม…`."""
    return "การประชุม" + clean(words)


def calls(lines: Iterable[Line]) -> float:
    """How surely lines call a meeting, as the weight of so many labels."""
    told: dict[str, float] = {}
    points, meets = 0, False
    for number, line in enumerate(lines):
        if number < 12 and _HEADED.match(line.text.strip()):
            told["headed"] = 1.0
        if called := _CALLED.search(line.text):
            told["day"] = 2.5 if called["place"] else 1.5
            meets |= "ประชุม" in line.text[: called.start()]
        points += bool(_POINT.match(line.text))
    if points > 1:
        told["points"] = 1.0
    if not (meets or "headed" in told or "points" in told):
        return 0.0  # a day and an hour alone may be of anything
    return sum(told.values())


def entitles(text: str) -> bool:
    """Whether a line above all labels is a paper's own title: `หนังสือเชิญประชุม`, with nothing of a meeting."""
    return _HEADED.fullmatch(text.strip()) is not None or _TITLED.fullmatch(text.strip()) is not None


def parted(segments: Sequence[Segment]) -> list[Segment]:
    """The segments, cut where a letter's sentence follows; points behind `ดังนี้` are the agenda."""
    found: list[Segment] = []
    for segment in _counted_on(segments):
        found.append(replace(segment, content=[]))
        for item in segment.content:
            stated = segment.slot == "date" and item is segment.content[0]
            if _begins(item) and not stated:
                found.append(Segment(PREAMBLE))
            elif found[-1].slot != segment.slot and _announced(found[-1]) and _counts(item, found):
                found.append(Segment("agenda"))
            found[-1].content.append(item)
    return found


def _counted_on(segments: Sequence[Segment]) -> list[Segment]:
    """The segments, an agenda that is counted on (`วาระที่ ๓ …`) joined with what stood in between."""
    found: list[Segment] = []
    told = any(map(_pointed, segments))
    for segment in segments:
        last = next((one for one in reversed(found) if one.slot == "agenda"), None)
        if segment.slot == "agenda" and told and not (segment.regions or _pointed(segment)):
            found.append(Segment(PREAMBLE, content=_whole(segment)))  # the title of the paper
            continue
        if last and segment.slot == "agenda" and segment.label and _POINT.match(segment.label.text):
            behind = found[found.index(last) + 1 :]
            del found[found.index(last) + 1 :]
            for one in (*behind, segment):
                last.content += _whole(one)
        else:
            found.append(replace(segment, content=list(segment.content)))
    return found


def _pointed(segment: Segment) -> bool:
    """Whether a segment is an agenda in words: `วาระที่ ๑ …`."""
    return segment.slot == "agenda" and any(
        isinstance(one, Line) and _POINT.match(one.text) for one in _whole(segment)
    )


def _whole(segment: Segment) -> list[Item]:
    """The lines of a segment with that of its label, whole."""
    label = segment.label
    if label is None:
        return segment.content
    return [
        label,
        *(item for item in segment.content if not isinstance(item, Line) or item.para is not label.para),
    ]


def _begins(item: Item) -> bool:
    if not isinstance(item, Line):
        return False
    asks = _ASKS.match(item.text) and _REPLY.search(item.text)
    return bool(asks or _LETTER.match(item.text) or _CALLED.search(item.text))


def _announced(segment: Segment) -> bool:
    lines = segment.lines
    return segment.slot == PREAMBLE and bool(lines) and _LEADS.search(lines[-1].text) is not None


def _counts(item: Item, found: Sequence[Segment]) -> bool:
    """Whether an item is the first of a numbered list and no agenda stands before it."""
    numbered = isinstance(item, Line) and item.number is not None and item.number.values[-1:] == (1,)
    return numbered and all(segment.slot != "agenda" for segment in found)
