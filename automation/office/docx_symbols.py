"""Symbol-font characters and check boxes as plain Unicode: ☑ ticked, ☐ empty."""

from __future__ import annotations

import re

TICKED, EMPTY = "☑", "☐"

_SYMBOLS = {
    0xFE: TICKED, 0xFD: TICKED, 0xFC: TICKED, 0x52: TICKED, 0x51: TICKED, 0x53: TICKED,
    0xA8: EMPTY, 0x6F: EMPTY, 0x71: EMPTY, 0x72: EMPTY, 0xA3: EMPTY, 0x2A: EMPTY,
    0xB7: "•", 0xA7: "•", 0xD8: "•", 0x6C: "•", 0x6E: "•", 0xE0: "→", 0xDF: "←", 0xF0: "→", 0xEF: "←",
}  # fmt: skip
"""By the low byte of the code. Wingdings and Wingdings 2 share the places that forms use."""
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_BOXES = str.maketrans(dict.fromkeys("☒🗹🗷🗵", TICKED) | dict.fromkeys("□❏❐❑❒◻⬜▢", EMPTY))


def is_symbol_font(font: str) -> bool:
    """Fonts whose letters are pictures."""
    return font.lower().startswith(("wingdings", "webdings"))


def symbol(code: int, font: str = "") -> str:
    """The character for a code of a symbol font (F000 area or low byte); itself where nothing is known."""
    if font.lower() == "symbol":
        return "•" if code & 0xFF == 0xB7 else chr(code)
    private = 0xF000 <= code <= 0xF0FF
    if private or (is_symbol_font(font) and code <= 0xFF):
        mapped = _SYMBOLS.get(code & 0xFF)
        if mapped is not None:
            return mapped
    return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def plain(text: str, font: str = "") -> str:
    """Text with pictures of boxes as ☑ and ☐, by the run's font where that is a symbol font."""
    if is_symbol_font(font) or _PRIVATE.search(text):
        text = "".join(symbol(ord(char), font) for char in text)
    return text.translate(_BOXES)
