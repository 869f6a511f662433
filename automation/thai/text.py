"""Thai text as people type and paste it, made comparable without losing meaning.

`normalize` mends how letters are encoded; `squeeze`, `strip_leaders` and `fold` go further and are for
one-line values and for comparing. Unicode's NFKC is never used: it splits ำ into ํ and า.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from automation.thai.digits import to_arabic
from automation.thai.sara_am import mend_lost_sara_am

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WIDE_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")

_BELOW = "ฺุู"
_ABOVE = "ัิีึื็ํ"
_TOPMOST = "่้๊๋์"
_MARKS = re.compile(f"[{_BELOW}{_ABOVE}{_TOPMOST}]{{2,}}")
_NIKHAHIT_AA = re.compile(f"ํ([{_TOPMOST}]*)า")
_TONE_AFTER_AM = re.compile(f"(?<=[ก-ฮ])(ำ+)([{_TOPMOST}]+)")

_ELLIPSIS = str.maketrans({"…": "...", "‥": "..", "·": "."})
_LEADERS = re.compile(r"(?:((?<=[ก-๎A-Za-z])\.)\s+)?(?:(?:\.\s*){3,}|(?:_\s*){3,})")
_BLANK = re.compile(r"[\s.…‥_·\-‐‑–—()\[\]]*")


@lru_cache(maxsize=16_384)
def normalize(text: str) -> str:
    """The same text in one encoding: ํา→ำ, เเ→แ, marks in typing order, no invisible characters.

    Line breaks become "\\n", no-break and wide spaces become a space; how many spaces and breaks there are
    stays as it was. A ำ lost in copying from a PDF ("ส านักงาน") is put back where only one reading exists.
    """
    text = _LINE_BREAKS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _WIDE_SPACES.sub(" ", text)
    text = unicodedata.normalize("NFC", text)
    text = text.replace("เเ", "แ")
    mended = mend_lost_sara_am(_in_order(text))
    return _in_order(mended)


def _in_order(text: str) -> str:
    """The text with ํา joined to ำ and every run of marks in typing order."""
    text = _MARKS.sub(_in_typing_order, text)
    text = _NIKHAHIT_AA.sub(r"\1ำ", text)
    text = _TONE_AFTER_AM.sub(r"\2\1", text)
    return _MARKS.sub(_in_typing_order, text)


def _in_typing_order(match: re.Match[str]) -> str:
    """Below, above, topmost; a mark typed twice looks like one and is kept once."""
    marks = dict.fromkeys(match.group())
    return "".join(sorted(marks, key=_layer))


def _layer(mark: str) -> tuple[int, int]:
    """Below in the order of Unicode's normal form; the others of a layer stay as they are typed."""
    if mark in _BELOW:
        return 0, _BELOW.index(mark)
    return (1, 0) if mark in _ABOVE else (2, 0)


def squeeze(text: str) -> str:
    """The text on one line: every run of white space becomes one space, none at the ends."""
    return " ".join(text.split())


def strip_leaders(text: str) -> str:
    """The text without dotted or underscored leaders (three or more); each gives one space, none at the ends.

    Abbreviations (พ.ศ., ต.ค.) keep their dots.
    """
    bare = _LEADERS.sub(r"\1 ", text.translate(_ELLIPSIS))
    return re.sub(r"[ \t]{2,}", " ", bare).strip()


def fold(text: str) -> str:
    """A key for matching labels and names: normalised, Arabic digits, small Latin letters, and no spaces,
    punctuation, symbols or leaders."""
    plain = to_arabic(normalize(text)).casefold()
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] in "LMN")


def is_blank(text: str | None) -> bool:
    """Whether the text says nothing: None, white space, dots, dashes, lines, empty brackets."""
    return text is None or _BLANK.fullmatch(normalize(text)) is not None
