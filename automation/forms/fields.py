"""Values from plain text: one text, a list, a code, a year, names of the strategic plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from automation.forms.structure import Line
from automation.forms.wording import clean, numbering, without_number
from automation.thai.digits import to_arabic
from automation.thai.text import is_blank

_YEAR = re.compile(r"(?<!\d)(?:พ\.?\s?ศ\.?\s*)?(2[4-6]\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?:ปีงบประมาณ|ปี)\s*(?:พ\.?\s?ศ\.?)?\s*([4-9]\d)(?!\d)")
_CODE = re.compile(r"[A-Za-zก-๙0-9]+(?:[.\-/][A-Za-zก-๙0-9]+)*")
_ALIGNED = re.compile(
    r"^(?:สนอง|สอดคล้องกับ)?(?:ประเด็นยุทธศาสตร์|ยุทธศาสตร์|ประเด็น|เป้าประสงค์|กลยุทธ์)?\s*(?:ที่)?\s*[:：]?\s*"
    r"(?P<no>[0-9๐-๙]+(?:\.[0-9๐-๙]+)*)?[.)]?\s*[:：\-–]?\s*(?P<name>.*)$",
    re.DOTALL,
)
_PLACED = re.compile(
    r"(?:(?:และ|โดย|ภายใต้|สอดคล้องกับ|ตอบสนอง|สนอง|รองรับ|ใช้|ตาม)\s*)*(?:(?P<issue>(?:ประเด็น)?ยุทธศาสตร์|ประเด็นฯ)|(?P<goal>เป้าประสงค์)|(?P<strategy>กลยุทธ์))"
    r"(?:ฯ|เชิงยุทธศาสตร์)?\s*(?:ข้อ)?(?:ที่)?\s*[:：]?\s*(?P<number>[0-9๐-๙]+(?:\.[0-9๐-๙]+)*(?![0-9๐-๙]))"
)
_INLINE = re.compile(r"(?:^|(?<=\s))(\(?)([0-9๐-๙]{1,2})([.)])\s*(?=[^\s0-9๐-๙])")


_SEMICOLON = re.compile(r"\s*;\s+(?=[ก-๛])")
_BARE_NUMBER = re.compile(r"\(?[0-9๐-๙]{1,2}(?:[.][0-9๐-๙]{1,2})*[.)]?")
_LEADS = re.compile(r"(?:ดังนี้|ดังต่อไปนี้|ต่อไปนี้|ได้แก่|ประกอบด้วย|คือ)\s*[:：]?$")
"""The end of a text that leads over to a list."""
_COUNT = re.compile(r"\s*([0-9๐-๙]{1,2})\s+(?=[ก-ฮเ-ไ])")
_TICKED = re.compile(r"^\s*[☑✓✔■◆❖]\s*")
"""A tick as a bullet."""
_FILLER = re.compile(
    r"^(?:โดย)?(?:มี)?(?:ราย)?(?:ละเอียด)?(?:ดังนี้|ดังต่อไปนี้|ดังรายละเอียด(?:ต่อไปนี้|ดังนี้)?|ได้แก่|คือ|ประกอบด้วย)\s*[:：]?$"
    r"|^(?:โดย)?ให้\S.{3,50}(?:ดังนี้|ดังต่อไปนี้)\s*[:：]?$"
)


def is_filler(text: str) -> bool:
    """Whether a text only leads over to what follows (`ดังนี้`, `ได้แก่`), is a number alone or blank."""
    plain = clean(text)
    return is_blank(plain) or _BARE_NUMBER.fullmatch(plain) is not None or _FILLER.match(plain) is not None


def text_of(lines: Sequence[Line]) -> str | None:
    """The lines as one value, None when they say nothing."""
    value = clean(" ".join(line.text for line in lines)).strip(" :*")
    return None if is_blank(value) else value


def running_text(lines: Sequence[Line]) -> str | None:
    """The lines as one value without the list numbers and bullets that they start with."""
    value = clean(" ".join(without_number(line.text) for line in lines)).strip(" :*")
    return None if is_blank(value) else value


def list_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """The items of a list: by their numbers, bullets or ticks where there are any, else one a paragraph."""
    items: list[str] = []
    lines = _uncounted(lines)
    marked = [bool(line.number) or _TICKED.match(line.text) is not None for line in lines]
    numbered = any(marked)
    for line, starts in zip(lines, marked, strict=True):
        if numbered and not items and not starts and _LEADS.search(line.text.strip()):
            continue
        for number, part in enumerate(split_numbered(line.text)):
            # leaders go last: `๑. ....นาย ก` would lose the dot of its number
            text = clean(without_number(_TICKED.sub("", part)))
            if is_filler(text):
                continue
            begun = starts or number > 0
            if items and not begun and (numbered or line.start):
                items[-1] = f"{items[-1]} {text}"
            else:
                items.append(text)
    return tuple(item for item in items if not is_blank(item))


def _uncounted(lines: Sequence[Line]) -> list[Line]:
    """The lines; where all start with bare numbers from 1 on (`๑ เพื่อ…`), as Word would have printed these."""
    marks = [_COUNT.match(line.text) for line in lines]
    numbers = [int(to_arabic(mark.group(1))) for mark in marks if mark]
    if len(lines) < 2 or numbers != list(range(1, len(lines) + 1)):
        return list(lines)
    return [
        replace(line.part(mark.end()), printed=f"{number}.")
        for line, mark, number in zip(lines, marks, numbers, strict=True)
        if mark
    ]


def split_numbered(text: str) -> list[str]:
    """`๑) … ๒) …` in one line as its parts; a text without such a run stays whole."""
    marks = list(_INLINE.finditer(text))
    run = [mark for number, mark in enumerate(marks) if int(to_arabic(mark.group(2))) == number + 1]
    lead = text[: run[0].start()].strip() if run else ""
    if len(run) < 2 or len(run) != len(marks) or (lead and not _LEADS.search(lead)):
        parts = [part for part in _SEMICOLON.split(text) if part.strip()]
        return parts if len(parts) > 1 and all(len(part) >= 8 for part in parts) else [text]
    ends = [mark.start() for mark in run[1:]] + [len(text)]
    return [text[mark.start() : end] for mark, end in zip(run, ends, strict=True)]


def year_of(text: str) -> int | None:
    """The B.E. year that a text names, in four digits or in two behind ปี."""
    plain = to_arabic(text)
    found = _YEAR.search(plain)
    if found:
        return int(found.group(1))
    short = _SHORT_YEAR.search(plain)
    return 2500 + int(short.group(1)) if short else None


def code_of(text: str) -> str | None:
    """A project's code with Arabic digits; None when the place is empty or only holds a note in brackets."""
    plain = clean(re.sub(r"\([^()]*\)", " ", text)).strip(" :")
    if is_blank(plain):
        return None
    found = _CODE.search(to_arabic(plain))
    return found.group() if found and any(letter.isdigit() for letter in found.group()) else None


def aligned(text: str | None) -> str | None:
    """A place in the strategic plan as number and name, without the word and the dot behind the number."""
    if not text:
        return None
    found = _ALIGNED.match(text)
    if not found or is_blank(found["name"]):
        return None if is_blank(text) else text
    return f"{found['no']} {found['name']}" if found["no"] else found["name"]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A place in the strategic plan within a text: its part, number and name, and where it starts."""

    part: str
    value: str
    start: int


def aligned_parts(text: str) -> tuple[Aligned, ...]:
    """Each place in the strategic plan that a text names with its word and number."""
    marks = list(_PLACED.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    found = []
    for mark, end in zip(marks, ends, strict=False):
        value = aligned(clean(text[mark.start("number") : end]).strip(" ,;:()"))
        part = next(name for name in ("issue", "goal", "strategy") if mark[name])
        found.append(Aligned(part, value or "", mark.start()))
    return tuple(found)


def numbered(text: str) -> bool:
    """Whether a text starts with a list number or bullet."""
    return numbering(text) is not None
