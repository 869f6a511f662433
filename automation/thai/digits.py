"""Thai and Arabic digits."""

from __future__ import annotations

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI = str.maketrans(_ARABIC, _THAI)
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)


def to_thai(text: str) -> str:
    """The text with every digit 0–9 written ๐–๙; nothing else changes."""
    return text.translate(_TO_THAI)


def to_arabic(text: str) -> str:
    """The text with every digit ๐–๙ written 0–9; nothing else changes."""
    return text.translate(_TO_ARABIC)
