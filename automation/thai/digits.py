"""Thai and Arabic digits."""

from __future__ import annotations

import re

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI = str.maketrans(_ARABIC, _THAI)
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)
_LONG_NUMBER = re.compile(r"\s*(\d{4,})(\.\d+)?\s*")


def to_thai(text: str) -> str:
    """The text with every digit 0–9 written ๐–๙; nothing else changes."""
    return text.translate(_TO_THAI)


def to_arabic(text: str) -> str:
    """The text with every digit ๐–๙ written 0–9; nothing else changes."""
    return text.translate(_TO_ARABIC)


def grouped(text: str) -> str:
    """A text that is one number of a thousand or more with its commas (๓๐๐๐ → ๓,๐๐๐); any other as it is."""
    found = _LONG_NUMBER.fullmatch(text)
    if found is None or to_arabic(found[1]).startswith("0"):
        return text
    whole = f"{int(found[1]):,}{found[2] or ''}"
    return to_thai(whole) if found[1][0] in _THAI else whole
