"""Thai dictionary order.

Letters compare first: a leading vowel counts behind its consonant, tone marks, punctuation and spaces do not
count at all; Arabic and Thai digits are one, and figures compare by their value (ข้อ ๒ before ข้อ ๑๐).
Words equal so far are told apart by their marks (นา, น่า, น้า), then by the text itself, so that the order
is total.
"""

from __future__ import annotations

import re
import unicodedata

from automation.thai.digits import to_arabic
from automation.thai.text import normalize

SortKey = tuple[tuple[tuple[int, int], ...], tuple[int, ...], str]

_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
_MARKS = "็่้๊๋์"
_ITEM = re.compile(r"[0-9]+|.", re.DOTALL)
_SILENT = "ฯๆ"


def sort_key(text: str) -> SortKey:
    """A key for `sorted`; equal only for equal texts."""
    plain = _LEADING_VOWEL.sub(r"\2\1", to_arabic(normalize(text)).casefold())
    letters: list[tuple[int, int]] = []
    marks: list[int] = []
    for item in _ITEM.findall(plain):
        if item[0] in "0123456789":
            letters.append((0, int(item)))
            marks.append(0)
        elif item in _MARKS:
            if marks:
                marks[-1] = marks[-1] * 8 + _MARKS.index(item) + 1
        elif item not in _SILENT and unicodedata.category(item)[0] in "LMN":
            letters.append((1, ord(item)))
            marks.append(0)
    return tuple(letters), tuple(marks), text
