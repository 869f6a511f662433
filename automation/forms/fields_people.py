"""Officers: names with titles, positions, phones and e-mails out of free text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from automation.forms.wording import clean, numbering, without_number
from automation.model import Person
from automation.thai.digits import to_arabic
from automation.thai.text import is_blank

TITLES = (
    r"(?:นางสาว|นาง|นาย|น\.ส\.|ดร\.|ผศ\.|รศ\.|ศ\.|ว่าที่\s?(?:ร้อย(?:ตรี|โท|เอก)|ร\.[ตทอ]\.)(?:หญิง)?"
    r"|(?:พล|พัน|ร้อย|จ่า|สิบ)(?:ตำรวจ)?(?:ตรี|โท|เอก)(?:หญิง)?|[พร]\.(?:ต\.)?[ตทอ]\.|ม\.[รล]\.|หม่อม(?:หลวง|ราชวงศ์)|Mr\.|Mrs\.|Ms\.|คุณ)"
)
_PERSON = re.compile(
    rf"(?:(?<![ก-๛])|(?<=และ)|(?<=กับ)|(?<=โดย)|(?<=คือ)|(?<=แก่)|(?<=โดยมี))(?:ชื่อ\s*(?:[-–/]?\s*(?:นาม)?สกุล)?\s*[:：]?\s*)?(?P<name>{TITLES}\s*(?:{TITLES}\s*)?[ก-๛A-Za-z]+)"
)
_LEADERS = re.compile(r"\.{3,}|…+|_{3,}")
_GROUPED = re.compile(r"\([^()]*(?:กลุ่มงาน|สำนัก|ฝ่าย)[^()]*\)")
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_PHONE_LABEL = (
    r"(?:(?:หมายเลข|เบอร์)?\s*(?:โทรศัพท์|โทร)(?:\s*(?:ภายใน|มือถือ|ติดต่อ|เคลื่อนที่))?"
    r"|เบอร์(?:ติดต่อ)?|มือถือ|Tel|ติดต่อ)\s*\.?"
)
_DIGITS = r"[+0-9๐-๙(][0-9๐-๙() \t\-–]{5,}[0-9๐-๙]|[0-9๐-๙]{4}"
_EXT = r"(?:\s*(?:ต่อ|ext\.?|#)\s*[0-9๐-๙]+(?:\s*[-–,]\s*[0-9๐-๙]+)*)?"
_PHONE = re.compile(
    rf"{_PHONE_LABEL}\s*[:：]?\s*(?P<phone>(?:{_DIGITS}){_EXT}(?:\s*[,/]\s*(?:{_DIGITS}){_EXT})*)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![0-9๐-๙])(?P<phone>[0๐][0-9๐-๙ \t\-–]{{7,}}[0-9๐-๙]{_EXT})")
_LABELS = re.compile(
    rf"ชื่อ\s*(?:[-–/]?\s*(?:นาม)?สกุล)?\s*[:：]?|ตำแหน่ง\s*[:：]?|{_PHONE_LABEL}\s*[:：]?|(?:e-?\s?mail(?:\s*address)?|อีเมล์?|ไปรษณีย์อิเล็กทรอนิกส์)\s*[:：]?"
    r"|(?<![ก-๛])(?:ผู้รับผิดชอบ|ผู้ประสานงาน)(?:โครงการ|หลัก|รอง)?(?:คนที่\s*[0-9๐-๙])?(?=\s*(?:[:：.…\n]|$))\s*[:：]?"
    r"|(?<![ก-๛])คนที่\s*[0-9๐-๙]{1,2}(?=\s|$)"
    r"|โทรสาร\s*[:：]?[0-9๐-๙\s\-]*|(?:สังกัด|สำนัก(?=\s)|กลุ่มงาน(?=\s*:))\s*[:：]?.*$",
    re.IGNORECASE | re.MULTILINE,
)
_COUNTED = re.compile(r"[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?")
_POSITION = re.compile(r"ตำแหน่ง\s*[:：]?\s*(?P<position>.+)", re.DOTALL)
_JOB = re.compile(
    r"(?<![ก-๛])(?:นัก(?!ดี)|เจ้าพนักงาน|เจ้าหน้าที่|ผู้อำนวยการ|ผู้บังคับบัญชา|ผู้ช่วย|ผู้เชี่ยวชาญ|หัวหน้า|นิติกร|วิทยากร|รอง|ที่ปรึกษา|พนักงาน|บรรณารักษ์"
    r"|นายช่าง|ช่าง|เลขาธิการ|เลขานุการ|วิศวกร|สถาปนิก|บุคลากร|อาจารย์|ผู้จัดการ|ข้าราชการ|ล่าม|โปรแกรมเมอร์|ผอ\.)"
)


def people_of(texts: Iterable[str]) -> tuple[Person, ...]:
    """The officers that lines of free text name, in order; () when there is nobody."""
    text = "\n".join(_LEADERS.sub("  ", line) for line in texts if not is_blank(line))
    starts = [found.start() for found in _PERSON.finditer(text) if _begins(text, found.start())]
    if not starts:
        person = _untitled(text)
        return (person,) if person else ()
    fronts = [_front(text, start) for start in starts]
    ends = [*fronts[1:], len(text)]
    return tuple(
        _person(text[start:end], text[front:start].strip(" :："))
        for front, start, end in zip(fronts, starts, ends, strict=True)
    )


def _front(text: str, start: int) -> int:
    """Where what belongs to a person begins: at a position that stands before the name in its line."""
    line = text.rfind("\n", 0, start) + 1
    number = numbering(text[line:start])
    front = line + (number.length if number else 0)
    before = text[front:start].lstrip()
    return front if _JOB.match(before) and not _PERSON.search(before) else start


def _begins(text: str, at: int) -> bool:
    """A title in the middle of a word or position (`นายช่าง`) begins nobody."""
    return not _JOB.match(text, at)


def _person(text: str, before: str = "") -> Person:
    found = _PERSON.match(text)
    assert found is not None
    rest = text[found.end() :]
    name, rest = _surname(found["name"], rest)
    phone, rest = _cut_phone(rest)
    email = _EMAIL.search(rest)
    if email:
        rest = rest.replace(email.group(), " ")
    return Person(
        name=clean(name),
        position=_position(rest) or _position(before),
        phone=phone,
        email=email.group() if email else None,
    )


def _surname(name: str, rest: str) -> tuple[str, str]:
    """The name with its family name, which ends at white space, a comma, a label or a position."""
    found = re.match(r"[ \t]+(?!ตำแหน่ง|โทร|e-?mail|อีเมล)((?:ณ\s+)?[ก-๛A-Za-z]+\.?)", rest)
    if not found or (_JOB.match(rest, found.start(1)) and _looks_like_job(found.group(1))):
        return name, rest
    return f"{name} {found.group(1)}", rest[found.end() :]


def _looks_like_job(word: str) -> bool:
    return len(word) > 6


def _cut_phone(text: str) -> tuple[str | None, str]:
    for pattern in (_PHONE, _BARE):
        found = pattern.search(text)
        if found:
            rest = text[: found.start()] + "\n" + text[found.end() :]
            more, rest = _cut_phone(rest)
            return ", ".join(filter(None, (clean(found["phone"]), more))), rest
    return None, text


def _position(text: str) -> str | None:
    found = _POSITION.search(text)
    part = found["position"] if found else text
    part = _GROUPED.sub(" ", part)
    part = re.split(r"\n(?=\s*(?:โทร|e-?mail|อีเมล|เบอร์|สังกัด|กลุ่มงาน|สำนัก))", part.strip(), maxsplit=1)[0]
    lines = [clean(_LABELS.sub(" ", line)).strip(" ,;:()-–/") for line in part.split("\n")]
    lines = [without_number(line) for line in lines if not is_blank(line) and not _COUNTED.fullmatch(line)]
    position = re.sub(r"\s*(?:[0-9๐-๙]{1,2}[.)]|และ|กับ)$", "", " ".join(lines)).strip()
    return position or None


def _untitled(text: str) -> Person | None:
    """A person without a title: what stands behind ชื่อ, or before ตำแหน่ง or โทร."""
    plain = without_number(text)
    named = re.match(r"ชื่อ\s*(?:[-–/]?\s*(?:นาม)?สกุล)?\s*[:：]?\s*", plain)
    body = plain[named.end() :] if named else plain
    stop = re.search(rf"\s*(?:ตำแหน่ง|{_PHONE_LABEL}|e-?mail|อีเมล|\n|\s{{2,}}|,)", body, re.IGNORECASE)
    name = clean(body[: stop.start()] if stop else body).strip(" ,;:")
    if is_blank(name) or len(name) > 60 or not (named or stop) or re.search(r"สำนัก|กลุ่มงาน", name):
        return None
    phone, rest = _cut_phone(body[len(body[: stop.start()]) :] if stop else "")
    email = _EMAIL.search(rest)
    rest = rest.replace(email.group(), " ") if email else rest
    return Person(name=name, position=_position(rest), phone=phone, email=email.group() if email else None)


def phone_of(text: str) -> str | None:
    """A phone number from a cell of its own: as written, without a label."""
    value = clean(re.sub(rf"^{_PHONE_LABEL}\s*[:：]?\s*", "", clean(text), flags=re.IGNORECASE))
    return None if is_blank(value) or not any(letter.isdigit() for letter in to_arabic(value)) else value


def email_of(text: str) -> str | None:
    """An e-mail address in a text."""
    found = _EMAIL.search(text)
    return found.group() if found else None
