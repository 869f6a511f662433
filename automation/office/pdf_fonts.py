"""The fonts of a PDF: what letters their codes stand for, and how wide these are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[([^\]]*)\])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A font of the file."""

    name: str
    embedded: bool


class PdfFont:
    """Letters and widths of a font: code → text and width in thousandths of the size."""

    def __init__(self, font: Any) -> None:
        self.source = font  # kept, so that its id stands for no other font
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor")
        files = descriptor.get_object() if descriptor is not None else {}
        name = str(font.get("/BaseFont", "")).removeprefix("/").rpartition("+")[2]
        embedded = font.get("/Subtype") == "/Type3" or any(
            key in files for key in ("/FontFile", "/FontFile2", "/FontFile3")
        )
        self.face = Face(name=name, embedded=embedded)
        self.wide = "/DescendantFonts" in font
        self._letters = _letters(font["/ToUnicode"].get_object().get_data()) if "/ToUnicode" in font else {}
        self._missing = float(inner.get("/DW", 1000)) if self.wide else 500.0
        self._widths = _wide_widths(inner) if self.wide else _simple_widths(inner)

    def read(self, data: bytes) -> Iterator[tuple[str, float, bool]]:
        """Text, width and whether it is the blank of word spacing, glyph by glyph."""
        step = 2 if self.wide else 1
        for place in range(0, len(data) - step + 1, step):
            code = int.from_bytes(data[place : place + step], "big")
            text = self._letters.get(code)
            if text is None:
                text = "" if self.wide else chr(code)
            yield text, self._widths.get(code, self._missing), not self.wide and code == 32


def _letters(table: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in _CHARS.findall(table):
        for code, letters in _PAIR.findall(block):
            found[int(code, 16)] = _utf16(letters)
    for block in _RANGES.findall(table):
        for first, last, start, listed in _RANGE.findall(block):
            codes = range(int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF) + 1)
            if listed:
                found |= dict(zip(codes, map(_utf16, re.findall(rb"<([^>]*)>", listed)), strict=False))
            elif start:
                base = _utf16(start)
                found |= {code: base[:-1] + chr(ord(base[-1]) + place) for place, code in enumerate(codes)}
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii", "ignore")).decode("utf-16-be", "replace") or "\0"


def _simple_widths(font: Any) -> dict[int, float]:
    first = int(font.get("/FirstChar", 0))
    scale = 1000 * float(font["/FontMatrix"][0]) if "/FontMatrix" in font else 1.0
    return {first + place: float(width) * scale for place, width in enumerate(font.get("/Widths", ()))}


def _wide_widths(font: Any) -> dict[int, float]:
    found: dict[int, float] = {}
    items = [item.get_object() for item in font.get("/W", ())]
    place = 0
    while place + 1 < len(items):
        first, second = int(items[place]), items[place + 1]
        if isinstance(second, list):
            found |= {first + step: float(width) for step, width in enumerate(second)}
            place += 2
        else:
            found |= dict.fromkeys(range(first, int(second) + 1), float(items[place + 2]))
            place += 3
    return found
