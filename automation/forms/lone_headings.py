"""Headings that nobody knows and that no number, colon or cell shows: a short line that stands alone."""

from __future__ import annotations

import re

from automation.forms.cues import Style
from automation.forms.segments import Context
from automation.forms.structure import Line
from automation.forms.wording import TICK, key

_LEADS = re.compile(r"(?:ดังนี้|ดังต่อไปนี้|ได้แก่|คือ|ว่า|และ|ประกอบด้วย|เช่น)$")
"""Words at the end of a line that leads over to a list."""
_JOINS = re.compile(r"(?:และ|หรือ|โดย|ซึ่ง|ที่|เพื่อ|ใน|ของ|กับ|จาก|ให้|จำนวน|รวม|ไม่)")
"""Words with which a line goes on with the one before."""
_OWN_HEADS = {"budget", "activities", "agenda", "approvals", "indicators"}
"""Slots whose text has headings of its own."""
_ONE_LINE = {"target_group", "place", "name", "bureau", "group", "period", "evaluation", "budget.source"}
"""Slots whose value is mostly one line."""
_LEADERS = re.compile(r"\.{3,}|…+|_{3,}")


def stands_alone(line: Line, words: str, context: Context, style: Style, *, valued: bool) -> bool:
    """Whether a short line behind a value that is done is a heading: bold, before a list, or like a label."""
    # `valued`: what follows the line is no label, so that it can be this heading's value.
    segment = context.segment
    short = len(key(words)) >= 4 and len(words) <= 60
    if line.number is not None and (not line.bold or line.number.form == "bullet"):
        return False
    if not short or line.spot or style.count < 4 or context.titled or not segment.content:
        return False
    if _LEADS.search(words) or TICK.search(words) or segment.slot.split(".")[0] in _OWN_HEADS:
        return False
    bold = line.bold and not any(other.bold for other in segment.lines)
    return (
        bold
        or _before_list(context)
        or _closed(words, context, style)
        or (valued and _said(words, context, style))
    )


def _closed(words: str, context: Context, style: Style) -> bool:
    """Whether, in a form of plain labels, the value before is done: a short item, or leaders behind it."""
    last = context.segment.content[-1]
    marked = max(style.bold, style.numbered, style.colon) >= 0.3
    if marked or not isinstance(last, Line) or _JOINS.match(words) or len(words) > 45:
        return False
    item = last.number is not None and len(last.text.strip()) <= 55
    return item or _LEADERS.search(last.text.rstrip()[-6:]) is not None


def _said(words: str, context: Context, style: Style) -> bool:
    """Whether, in a form of labels on lines of their own, a value of one line stands complete."""
    segment = context.segment
    plain = style.alone >= 0.8 and max(style.bold, style.numbered, style.colon) < 0.3
    whole = segment.slot in _ONE_LINE and len(segment.lines) == 1 and not segment.regions
    figures = any(letter.isdigit() for letter in words)
    return plain and whole and not figures and len(words) <= 40 and not _JOINS.match(words)


def _before_list(context: Context) -> bool:
    """Whether a list begins behind the line, and what stands before it is a value beside its label."""
    segment, behind = context.segment, context.behind
    number = behind.number if behind is not None else None
    starts = number is not None and (not number.values or number.values[-1] == 1)
    label = segment.label
    beside = label is not None and [item.para for item in segment.lines] == [label.para]
    return starts and beside and not segment.regions
