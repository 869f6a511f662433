"""Headings by the ideas in them: `เบิก|จ่าย & เดือนนี้|ไตรมาส - ร้อยละ` is money spent in the round."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from automation.thai.text import fold

MARK, PERIODS = "~", "@"
"""How a wording begins that is a pattern, and one that names a group over columns of periods."""
_SAME = (
    ("งปม.", "งบประมาณ"),
    ("งปม", "งบประมาณ"),
    ("ตชว.", "ตัวชี้วัด"),
    ("เปอร์เซ็นต์", "ร้อยละ"),
    ("%", " ร้อยละ "),
    ("ฯ", ""),
    ("#", " no "),
)
"""Signs that `fold` would drop or keep apart, and the word that they stand for."""


@lru_cache(maxsize=8192)
def heading_key(text: str) -> str:
    """A heading made comparable: folded, with % as ร้อยละ and without ฯ."""
    for sign, word in _SAME:
        text = text.replace(sign, word)
    return fold(text)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that together name a field."""

    groups: tuple[tuple[str, ...], ...]
    """One word of each: the first group in the heading itself, the others there or in a group above it."""
    without: tuple[str, ...] = ()
    """Words that must not be in the heading."""
    nowhere: tuple[str, ...] = ()
    """Words that must not be in the heading or above it."""

    def place(self, heading: str, above: str) -> int | None:
        """Where its first word stands in a folded heading; None where the pattern does not fit."""
        whole = f"{above} {heading}"
        if any(word in heading for word in self.without) or any(word in whole for word in self.nowhere):
            return None
        if not all(any(_in(word, whole) for word in group) for group in self.groups[1:]):
            return None
        places = [heading.index(word.lstrip("^")) for word in self.groups[0] if _in(word, heading)]
        return min(places, default=None)


def _in(word: str, text: str) -> bool:
    return text.startswith(word[1:]) if word.startswith("^") else word in text


def parse_pattern(wording: str) -> Pattern:
    """`~ก|ข & ค - ง -- จ`: ก or ข in the heading, with ค; without ง in it and จ anywhere."""
    body, _, nowhere = wording.lstrip(MARK + PERIODS).partition(" -- ")
    body, _, without = body.partition(" - ")
    groups = tuple(_words(group) for group in body.split(" & "))
    return Pattern(groups, _words(without), _words(nowhere))


def _words(text: str) -> tuple[str, ...]:
    found = (word.strip() for word in text.split("|"))
    return tuple(("^" if word.startswith("^") else "") + heading_key(word) for word in found if word)
