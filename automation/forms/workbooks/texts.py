"""Cell texts made clean and comparable; remembered, because every pass over a sheet asks again."""

from __future__ import annotations

from functools import lru_cache

from automation.thai.text import fold, is_blank, normalize, squeeze, strip_leaders

_REMEMBERED = 16_384


@lru_cache(maxsize=_REMEMBERED)
def one_line(text: str) -> str:
    """The normalised text on one line."""
    return squeeze(normalize(text))


@lru_cache(maxsize=_REMEMBERED)
def without_leaders(text: str) -> str:
    """The normalised text on one line without dotted leaders."""
    return squeeze(strip_leaders(normalize(text)))


@lru_cache(maxsize=_REMEMBERED)
def match_key(text: str) -> str:
    """`thai.text.fold`: what two wordings of the same thing have in common."""
    return fold(text)


@lru_cache(maxsize=_REMEMBERED)
def blank(text: str) -> bool:
    """`thai.text.is_blank`: whether a text says nothing."""
    return is_blank(text)
