"""Tables on a terminal: Thai vowels and tone marks above and below take no column of their own."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Terminal columns that a text takes."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """The rows under their heads, columns aligned; the columns numbered in `right` to the right."""
    every = [list(head), *[list(row) for row in rows]]
    widths = [max(width(row[column]) for row in every) for column in range(len(head))]
    lines = [_line(row, widths, right) for row in every]
    return "\n".join([lines[0], "  ".join("─" * size for size in widths), *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    cells = []
    for column, (text, size) in enumerate(zip(row, widths, strict=True)):
        gap = " " * (size - width(text))
        cells.append(gap + text if column in right else text + gap)
    return "  ".join(cells).rstrip()


def shorten(text: str, columns: int) -> str:
    """The text cut to a number of columns, with … where something is missing."""
    if width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > columns - 1:
            break
        kept += char
    return kept + "…"
