"""How much of a receipt fits on its one page, by the widths of the columns of `receipt.docx`.

A receipt is read standing up. Where the sender's copy holds every remark at its place, the receipt lists
the weightiest and counts the others; where there is no such copy it goes on over as many pages as it needs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from automation.thai.digits import to_thai

Facts = dict[str, Any]

_PAGE = 33.2
"""Lines of a table on the first page, below the title."""
_HEADING = 1.75
"""Lines that a heading above a table takes."""
_FOOT = 2.3
"""Lines that the code of the original and the end of the page take."""
_VALUE, _WHERE, _MESSAGE = 42, 12, 31
"""Letters on a line of the columns: values and unread texts, places, what was found."""


def fitted(facts: Facts, *, marked: bool) -> Facts:
    """The facts of a receipt with as many findings and unread texts as fit on a page, the rest counted.

    `marked`: the sender gets a copy in which every finding but the notes stands at its place. Without one
    no finding is left out.
    """
    head = ("number", "received", "file", "form", "outcome", "returned")
    room = _PAGE - _FOOT - sum(_lines(str(facts[name]), _VALUE) for name in head if facts[name])
    if facts["lines"]:
        room -= _HEADING + sum(_lines(line["value"], _VALUE) for line in facts["lines"])
    findings, unread = facts["findings"], facts["unread"]
    if unread:
        room -= _HEADING + 1
    if findings:
        room -= _HEADING + 1
        if marked:
            findings = _cut(findings, room, "และอีก {} รายการ ดูในแฟ้มที่มีความเห็น", least=1)
        room -= sum(map(_height, findings))
    if unread:
        unread = _cut(unread, room + 1, "และอีก {} แห่ง เก็บไว้ครบในทะเบียน", least=0)
    return {**facts, "findings": findings, "unread": unread}


def _cut(rows: Sequence[dict[str, str]], room: float, words: str, *, least: int) -> list[dict[str, str]]:
    """The first rows that fit, `least` of them in any case, and one that counts those left out."""
    if sum(map(_height, rows)) <= room:
        return list(rows)
    kept, used = 0, 0.0
    while kept < len(rows) and (kept < least or used + _height(rows[kept]) + 1 <= room):
        used += _height(rows[kept])
        kept += 1
    if kept >= len(rows):
        return list(rows)
    told = to_thai(words.format(len(rows) - kept))
    last = {**dict.fromkeys(rows[0], ""), "message" if "message" in rows[0] else "text": told}
    return [*rows[:kept], last if kept else {**last, "text": told.replace("และอีก", "มี")}]


def _height(row: dict[str, str]) -> int:
    said = _lines(row["message"], _MESSAGE) if "message" in row else _lines(row["text"], _VALUE)
    return max(said, _lines(row["where"], _WHERE if "message" in row else _VALUE // 2))


def _lines(text: str, letters: int) -> int:
    """Lines that a text takes; Thai vowels and marks above and below take no room."""
    wide = sum(unicodedata.category(letter) != "Mn" for letter in text)
    return max(1, -(-wide // letters))
