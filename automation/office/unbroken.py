"""Keep what belongs together on one line of a finished letter: dates, sums, codes.

A line must not end between ๓๐ and เมษายน, between a number and its unit, or inside the code ๗๐-นผ-๐๑. Word
has a no-break space and a no-break hyphen for this; they are put into the finished document, so that
templates and records stay plain text.
"""

from __future__ import annotations

import re
from pathlib import Path

from automation.office.rewrite import read_parts, replace_parts
from automation.thai.months import MONTHS

_SPACE = "\u00a0"
_BODY = "word/document.xml"
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]+)(?=</w:t>)")
_DIGIT = "0-9๐-๙"
_MONTH = "|".join(name for name in MONTHS if name)
_UNITS = "บาท|สตางค์|นาฬิกา|น\\.|เล่ม|ชุด|ฉบับ|แผ่น|โครงการ|งาน|รายการ|สำนัก|ตัวชี้วัด|คน|วัน|เดือน|ปี|งวด"
_JOINED = (
    re.compile(rf"(?<=[{_DIGIT}]) (?=(?:{_MONTH}|{_UNITS}))"),
    re.compile(rf"(?<=พ\.ศ\.) (?=[{_DIGIT}])"),
    re.compile(rf"(?<=ที่) (?=[{_DIGIT}])"),
    re.compile(rf"(?<=[{_DIGIT}]) (?=[{_DIGIT}])"),
    re.compile(rf"(?<=จำนวน) (?=[{_DIGIT}]{{1,3}}{_SPACE}(?:{_UNITS}))"),
    re.compile(rf"(?<=/ว) (?=[{_DIGIT}])"),
    re.compile(rf"(?<=[{_DIGIT}]) (?=- [{_DIGIT}])"),
    re.compile(rf"(?<=[{_DIGIT}]{_SPACE}-) (?=[{_DIGIT}])"),
)
_HYPHEN = re.compile(rf"(?<=[{_DIGIT}])-(?=[ก-ฮ]+-[{_DIGIT}])|(?<=[ก-ฮ])-(?=[{_DIGIT}])")
_NO_BREAK_HYPHEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'


def keep_together(document: Path) -> None:
    """Put no-break spaces and hyphens into the body of a Word file; every word stays the same."""
    parts = read_parts(document)
    body = parts[_BODY].decode("utf-8")
    joined = _TEXT.sub(lambda match: match[1] + joined_text(match[2]), body)
    replace_parts(document, {_BODY: _hyphens(joined).encode("utf-8")})


def joined_text(text: str) -> str:
    """The text with no-break spaces in dates, era, sums, counts, ranges and numbers that follow ที่.

    A telephone number holds together by itself, not with โทร. before it: so long a piece would stretch the
    line above.
    """
    for pattern in _JOINED:
        text = pattern.sub(_SPACE, text)
    return text


def _hyphens(body: str) -> str:
    return _TEXT.sub(lambda match: match[1] + _HYPHEN.sub(_NO_BREAK_HYPHEN, match[2]), body)
