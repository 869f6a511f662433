"""How a letter to an outside body opens and closes, by the post of its addressee.

Regulation on correspondence, appendix on salutations: fourteen high posts get the words of highest respect,
everyone else in office the ordinary ones; monks have their own.
"""

from __future__ import annotations

import re
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
_SUPREME = Salutation(opening="กราบทูล", closing="ควรมิควรแล้วแต่จะโปรด")
_SOMDET = Salutation(opening="นมัสการ", closing="ขอนมัสการด้วยความเคารพอย่างยิ่ง")
_CHAPTER = Salutation(opening="นมัสการ", closing="ขอนมัสการด้วยความเคารพอย่างสูง")
_MONK = Salutation(opening="นมัสการ", closing="ขอนมัสการด้วยความเคารพ")
_MONKS: tuple[tuple[Salutation, tuple[str, ...]], ...] = (
    (_SUPREME, ("สมเด็จพระสังฆราช", "สมเด็จพระอริยวงศาคตญาณ")),
    (
        _SOMDET,
        (
            "สมเด็จพระราชาคณะ",
            "สมเด็จพระพุฒาจารย์",
            "สมเด็จพระพุทธ",
            "สมเด็จพระวันรัต",
            "สมเด็จพระมหาวีรวงศ์",
            "สมเด็จพระมหามุนีวงศ์",
            "สมเด็จพระมหาธีราจารย์",
            "สมเด็จพระมหารัชมังคลาจารย์",
            "สมเด็จพระธีรญาณมุนี",
        ),
    ),
    (_CHAPTER, ("พระราชาคณะ", "พระพรหม", "พระธรรม", "พระเทพ")),
    (
        _MONK,
        ("เจ้าอาวาส", "พระครู", "พระมหา", "พระปลัด", "พระสมุห์", "พระใบฎีกา", "พระอธิการ", "พระอาจารย์", "พระภิกษุ"),
    ),
)
_CHAPTER_RANK = re.compile(r"พระราช\S*(?:มุนี|เมธี|กวี|โมลี|ญาณ|สุธี|วัชร|วิสุทธิ|โสภณ|มงคล|สิทธิ|ธรรม|ปัญญา|วิมล|รัตน)")
"""Titles of the rank ราช; other words that begin with พระราช are of royalty."""
_UNSURE = ("พระ", "สมเด็จ", "เจ้าฟ้า", "หม่อมเจ้า")
"""A monk or a member of the royal family: who it is, the text alone does not tell."""


def salutation(addressee: str, more: Sequence[str] = ()) -> Salutation:
    """The words for the addressee, by the post that the text begins with: `ประธานวุฒิสภา` gets the highest
    respect, `เลขานุการประธานวุฒิสภา` does not. `more`: posts that the office addresses so besides."""
    name = " ".join(normalize(addressee).split())
    if any(name == post or name.startswith(f"{post} ") for post in (*HIGHEST_POSTS, *more)):
        return HIGHEST
    return _of_a_monk(name) or ORDINARY


def unsure(addressee: str) -> tuple[str, ...]:
    """A Thai remark where the addressee may be a monk or of the royal family and the title does not tell."""
    name = " ".join(normalize(addressee).split())
    if not name.startswith(_UNSURE) or _of_a_monk(name):
        return ()
    return (
        f"คำขึ้นต้นและคำลงท้ายถึง “{name}” ใช้อย่างบุคคลทั่วไป ({ORDINARY.opening} {ORDINARY.closing}) "
        "เพราะไม่ทราบสมณศักดิ์หรือฐานันดรศักดิ์ โปรดตรวจและแก้ในแฟ้มก่อนเสนอลงนาม",
    )


def _of_a_monk(name: str) -> Salutation | None:
    known = next((words for words, beginnings in _MONKS if name.startswith(beginnings)), None)
    return known or (_CHAPTER if _CHAPTER_RANK.match(name) else None)
