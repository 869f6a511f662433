"""How a letter to an outside body opens and closes, by the post of its addressee.

Regulation on correspondence, appendix on salutations: fourteen high posts get the words of highest respect,
everyone else in office the ordinary ones; monks have their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from automation.thai.text import normalize


@dataclass(frozen=True, slots=True, kw_only=True)
class Salutation:
    """`opening` stands before the addressee and in “จึง…มาเพื่อ”, `closing` above the signature."""

    opening: str
    closing: str


ORDINARY = Salutation(opening="เรียน", closing="ขอแสดงความนับถือ")
HIGHEST = Salutation(opening="กราบเรียน", closing="ขอแสดงความนับถืออย่างยิ่ง")
HIGHEST_POSTS = (
    "ประธานองคมนตรี",
    "นายกรัฐมนตรี",
    "ประธานรัฐสภา",
    "ประธานสภาผู้แทนราษฎร",
    "ประธานวุฒิสภา",
    "ประธานศาลฎีกา",
    "รัฐบุรุษ",
    "ประธานศาลรัฐธรรมนูญ",
    "ประธานศาลปกครองสูงสุด",
    "ประธานกรรมการการเลือกตั้ง",
    "ประธานกรรมการสิทธิมนุษยชนแห่งชาติ",
    "ประธานกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ",
    "ประธานกรรมการ ป.ป.ช.",
    "ประธานกรรมการตรวจเงินแผ่นดิน",
    "ประธานผู้ตรวจการแผ่นดิน",
)
_MONKS = (
    ("สมเด็จพระสังฆราช", Salutation(opening="กราบทูล", closing="ควรมิควรแล้วแต่จะโปรด")),
    ("สมเด็จพระ", Salutation(opening="นมัสการ", closing="ขอนมัสการด้วยความเคารพอย่างยิ่ง")),
    ("พระราชาคณะ", Salutation(opening="นมัสการ", closing="ขอนมัสการด้วยความเคารพอย่างสูง")),
    ("เจ้าอาวาส", Salutation(opening="นมัสการ", closing="ขอนมัสการด้วยความเคารพ")),
    ("พระครู", Salutation(opening="นมัสการ", closing="ขอนมัสการด้วยความเคารพ")),
    ("พระมหา", Salutation(opening="นมัสการ", closing="ขอนมัสการด้วยความเคารพ")),
)


def salutation(addressee: str, more: Sequence[str] = ()) -> Salutation:
    """The words for the addressee, by the post that the text begins with: `ประธานวุฒิสภา` gets the highest
    respect, `เลขานุการประธานวุฒิสภา` does not. `more`: posts that the office addresses so besides."""
    name = " ".join(normalize(addressee).split())
    if any(name == post or name.startswith(f"{post} ") for post in (*HIGHEST_POSTS, *more)):
        return HIGHEST
    return next((words for beginning, words in _MONKS if name.startswith(beginning)), ORDINARY)
