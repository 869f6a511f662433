"""Which stamps a document bears, and where its kind of paper has them.

Urgency stands between emblem and title of a memo, above the number of a letter; secrecy stands at the top and
at the foot of every page (regulation on correspondence; both red).
"""

from __future__ import annotations

from collections.abc import Mapping

from automation.documents.catalogue import Paper
from automation.errors import UsageError
from automation.office.stamps import Stamp

URGENCY = ("ด่วน", "ด่วนมาก", "ด่วนที่สุด")
SECRECY = ("ลับ", "ลับมาก", "ลับที่สุด")

_MEMOS = frozenset({Paper.MEMO, Paper.INVITATION})
_LEFT = 3.0
"""Left margin of correspondence; all in centimetres of an upright A4 sheet."""
_WIDTH = 21.0
_BESIDE_EMBLEM = (4.6, 1.45, 4.2)
_ABOVE_NUMBER = {Paper.LETTER: 2.5}
_ABOVE_TEXT = 0.95
_TOP, _FOOT = 0.2, 27.95


def stamps_of(paper: Paper, facts: Mapping[str, str]) -> tuple[Stamp, ...]:
    """The stamps that the facts `urgency` and `secrecy` ask for; UsageError for a class that there is not."""
    urgency = _class("ชั้นความเร็ว", "urgency", facts, URGENCY)
    secrecy = _class("ชั้นความลับ", "secrecy", facts, SECRECY)
    found: list[Stamp] = []
    if urgency and paper in _MEMOS:
        x, y, width = _BESIDE_EMBLEM
        found.append(Stamp(text=urgency, name="ชั้นความเร็ว", x=x, y=y, width=width))
    elif urgency:
        y = _ABOVE_NUMBER.get(paper, _ABOVE_TEXT)
        found.append(Stamp(text=urgency, name="ชั้นความเร็ว", x=_LEFT, y=y, width=5, left=True))
    for y in (_TOP, _FOOT) if secrecy else ():
        found.append(Stamp(text=secrecy, name="ชั้นความลับ", x=_WIDTH / 2 - 3, y=y, width=6, every_page=True))
    return tuple(found)


def _class(title: str, name: str, facts: Mapping[str, str], known: tuple[str, ...]) -> str:
    given = "".join(facts.get(name, "").split())
    if given and given not in known:
        hint = f"ที่ใช้ได้: {' '.join(known)} เช่น --set {name}={known[-1]}"
        raise UsageError(f"ไม่รู้จัก{title} {given}", hint=hint)
    return given
