"""The wording of labels: list numbers, separators and the keys under which two wordings are the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from automation.thai.digits import to_arabic
from automation.thai.text import fold, normalize, squeeze, strip_leaders

_PART = r"(?:ส่วน|ตอน|หมวด|ภาค|ตาราง)\s?(?:ที่)?\s?(?:[0-9๐-๙]{1,2}(?![0-9๐-๙])|[ก-ฮ](?=[\s.:)]))\s?[.:)]?"
_AMOUNT = r"ล้าน|แสน|หมื่น|พัน|บาท|%"
_CLOCK = r"น\.(?!ส)|นาฬิกา|(?:[-–]|ถึง)\s*[0-9๐-๙]"
_CLAUSE = r"ข้อ\s?(?:ที่)?\s?[0-9๐-๙]{1,2}(?![0-9๐-๙])\s?[.:)]?"
_DEEP = (
    r"[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2}){1,3}\.?\)?(?=[\s\u0e01-\u0e4e(])"
    rf"(?!\s*(?:{_AMOUNT}|{_CLOCK}))"
)
_PLAIN = r"[0-9๐-๙]{1,2}[.)](?![0-9๐-๙])"
_ROUND = r"\([0-9๐-๙]{1,2}\)"
_LETTER = r"[ก-ฮ][.)](?=\s|[ก-๛]{4})(?!\s*[ก-ฮ]\.)|\([ก-ฮ]\)|[A-Za-z][.)](?=\s)|\([a-zA-Z]\)"
_ROMAN = r"X?(?:IX|IV|VI{0,3}|I{1,3}|(?<=X))[.)](?=\s+[ก-๛])"
_SECTION = r"[ก-ฮ]\.[0-9๐-๙]{1,2}(?=\s+[ก-๛])"
_BULLET = r"[-–—•▪●○◦*➢➤✦·→►▶»+]+(?=\s|[ก-๛(A-Za-z])|o(?=\s+[ก-๛])"
_NUMBER = re.compile(rf"\s*(?:(?P<part>{_PART})|(?P<clause>{_CLAUSE})|(?P<deep>{_DEEP})|(?P<plain>{_PLAIN})"
                     rf"|(?P<round>{_ROUND})|(?P<section>{_SECTION})|(?P<roman>{_ROMAN})|(?P<letter>{_LETTER})"
                     rf"|(?P<bullet>{_BULLET}))\s*")  # fmt: skip
TICK = re.compile(r"[☑☒☐□■✓✔√❑❏◯○●◉]|[\[(]\s*[✓✔√xX/]?\s*[\])]")
"""A tick box."""
_BRACKETS = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]")
_COUNTED = re.compile(r"\s*[0-9๐-๙]{1,2}\s+(?=[ก-ฮเ-ไ])")
"""A list number without a dot."""
_THAI = re.compile(r"[ก-๛]")
_LABEL_TAIL = re.compile(r"[\s:：*.…_\-–]+$")


@dataclass(frozen=True, slots=True)
class Numbering:
    """A list number at the start of a text: its form (`plain`, `deep2`, `part` …), values and length."""

    form: str
    values: tuple[int, ...]
    length: int


@lru_cache(maxsize=4096)
def numbering(text: str) -> Numbering | None:
    """The list number or bullet that a text starts with, None where there is none."""
    found = _NUMBER.match(text)
    if not found or not found.group().strip():
        return None
    kind = found.lastgroup or ""
    token = found.group(kind)
    values = tuple(int(part) for part in re.findall(r"\d+", to_arabic(token)))
    if kind == "deep":
        kind = f"deep{len(values)}"
    elif kind == "plain":
        kind = "plain." if "." in token else "plain)"
    elif kind == "section":
        values = (ord(token[0]), *values)
    elif kind == "roman":
        values = (_roman(token.rstrip(".)")),)
    elif kind == "letter":
        values = (ord(token.strip("().")[0]),)
    return Numbering(kind, values, found.end())


def _roman(token: str) -> int:
    """The value of a Roman number below forty: a sign before a larger one is taken off."""
    signs = [{"I": 1, "V": 5, "X": 10}[sign] for sign in token]
    return sum(-one if one < behind else one for one, behind in zip(signs, [*signs[1:], 0], strict=True))


def without_number(text: str) -> str:
    """The text without list numbers or bullets in front; a number alone stays."""
    found = numbering(text)
    rest = text[found.length :] if found else text
    return rest.strip() if rest.strip() else text.strip()


@lru_cache(maxsize=16384)
def clean(text: str) -> str:
    """A value as the record keeps it: Thai mended, leaders dropped, white space single."""
    return squeeze(strip_leaders(plain(text)))


@lru_cache(maxsize=32768)
def plain(text: str) -> str:
    """The text normalised (`thai.text.normalize`); remembered, as the same cells are looked at many times."""
    return normalize(text)


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The key of a label: no number, star, colon, leader, space or punctuation, Arabic digits."""
    return fold(_LABEL_TAIL.sub("", without_number(text.replace("*", " ")))).lower()


@lru_cache(maxsize=8192)
def keys(text: str) -> tuple[str, ...]:
    """The keys to look a label up by: as written, without what stands in brackets, without a bare number."""
    counted = _COUNTED.match(text)
    texts = (text, text[counted.end() :]) if counted else (text,)
    found = [part for said in texts for part in (key(said), key(_BRACKETS.sub(" ", said)))]
    inner = _BRACKETS.search(text)
    if inner and not _THAI.search(_BRACKETS.sub("", text)):
        found.append(key(inner.group()[1:-1]))  # `Objectives (วัตถุประสงค์)`
    return tuple(dict.fromkeys(part for part in found if part))
