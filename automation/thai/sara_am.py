"""The ำ that is lost when text is copied out of a PDF: "ส านักงาน" for "สำนักงาน".

The nikhahit of ำ comes out as a space, the rest as า. A space before า is always such a fault, since no
Thai word begins with า; whether ำ or า stood there is decided by word: only stems of the list below and
syllables that exist with ำ alone are mended, and a syllable that begins with เ (เป้ า) is only joined.
"""

from __future__ import annotations

import re

_STEMS = {
    "ก": "หนด ลัง กับ ไร ชับ จัด แพง เนิด พล",
    "ค": "นวณ นึง ร้อง สั่ง ขอ ถาม ตอบ แนะนำ แปร ปรึกษา พูด รับรอง วินิจฉัย อธิบาย",
    "ค้": "ประกัน",
    "จ": "นวน นอง เป็น กัด แนก หน่าย ลอง พวก เลย",
    "ช": "นาญ ระ รุด",
    "ด": "เนิน รง ริ รัส",
    "ต": "แหน่ง รวจ บล รา หนิ",
    "ท": "งาน การ ให้ เนียบ ลาย หน้าที่ นอง บุญ ความ ได้ ไม่ สัญญา ขึ้น",
    "น": "เสนอ ไป มา เข้า ส่ง ร่อง ข้อมูล ผล เที่ยว องค์",
    "บ": "รุง บัด เหน็จ นาญ เพ็ญ",
    "ร": "ลึก คาญ",
    "ล": "ดับ เลียง บาก พูน",
    "ส": "นัก คัญ หรับ เร็จ เนา นวน รวจ รอง แดง นึก เนียง",
    "อ": "นวย นาจ เภอ พราง มหิด",
}
_ALONE = ("กระท", "ประจ", "แนะน", "ผู้น", "ถ้อยค", "จดจ", "ชักน", "น้", "ซ้", "ย้", "ต่")
"""Beginnings after which nothing but ำ makes a Thai word."""

_STEM = re.compile(
    "|".join(
        f"{consonant} า(?={'|'.join(map(re.escape, stems.split()))})" for consonant, stems in _STEMS.items()
    )
)
_WHOLE = re.compile(f"({'|'.join(_ALONE)}) า")
_LEADING_E = re.compile("(เ[ก-ฮ]{1,2}[่้๊๋]?) า(?=[ก-ฮเ-ไ])")


def mend_lost_sara_am(text: str) -> str:
    """The text with lost ำ put back where only one reading exists; other text is returned as it is."""
    if " า" not in text:
        return text
    text = _LEADING_E.sub(r"\1า", text)
    text = _STEM.sub(lambda match: match.group().replace(" า", "ำ"), text)
    return _WHOLE.sub(r"\1ำ", text)
