"""The ำ that is lost when text is copied out of a PDF: "ส านักงาน" for "สำนักงาน", "เป้ าหมาย" for "เป้าหมาย".

The nikhahit of ำ comes out as a space, or a space comes between a tone mark and า. A space before า is
always such a fault, since no Thai word begins with า; whether ำ or า stood there is decided by word: only
what the lists below know is mended, everything else (and letter-spaced headings) stays as it is.
"""

from __future__ import annotations

import re

_STEMS = {
    "ก": "หนด ลัง กับ ไร ชับ จัด แพง เนิด พล นัน เริบ มะลอ ไล พร้า มือ",
    "ค": (
        "นวณ นึง ร้อง สั่ง ขอ ถาม ตอบ แนะน แปล แปร ปรึกษา "
        "รับรอง วินิจฉัย อธิบาย พิพากษา กล่าว ขวัญ บอก นับ เตือน มั่น ศัพท์ ชี้แจง"
    ),
    "จ": "นวน นอง เป็น กัด แนก หน่าย ลอง พวก เลย คุก ต้อง เพาะ เริญ",
    "ช": "นาญ ระ รุด เลือง",
    "ด": "เนิน รง ริ รัส น้",
    "ต": "แหน่ง รวจ บล หนิ นาน หนัก รับ",
    "ท": "งาน การ ให้ เนียบ ลาย หน้ นอง บุญ ความ ได้ ไม เป็น ร้าย ตัว ขึ้น เล ที่ นุบ นาย สัญญา",
    "ธ": "รง",
    "น": (
        "เสนอ ไป มา เข้า ส่ง ร่อง ข้อมูล ผล เที่ยว องค์ พา ทาง สืบ ออก "
        "เงิน งาน โครงการ ความ แผน หนังสือ นโยบาย เครื่อง ทรัพยากร ร่ บท เทคนิค"
    ),
    "บ": "รุง บัด เหน็จ นาญ เพ็ญ",
    "พ": "นัก",
    "ร": "ลึก คาญ พึง",
    "ล": "ดับ เลียง บาก พูน พัง คลอง ธาร น้ ไย โพง เอียง ปาง พวน",
    "ส": "นัก คัญ หรับ เร็จ เนา นวน รวจ รอง แดง นึก เนียง อาง ราญ มะโน เภา รวม",
    "อ": "นวย นาจ เภอ พราง มหิด มาตย์ ลา",
}
"""Consonant → what follows ำ in words that are none with า."""
_ALONE = "กระท ประจ แนะน ผู้น แกนน ชั้นน ถ้อยค ทองค จดจ ชักน ชี้น จัดท ถ่ายท เรือนจ แม่นย ครอบง บทน"
"""Beginnings after which nothing but ำ makes a Thai word."""
_TONED = (
    "(?<!ห)น้ า(?![วอ])",
    "ซ้ า(?!ย)",
    "ย้ า(?![ยว])",
    "ต่ า(?=กว่า|กว่ า|สุด|ลง|ช้า|ช้ า|ต้อย)",
    "ม่ า(?=เสมอ)",
    "ค้ า(?=ประกัน)",
    "ค่ า(?=คืน)",
    "ต า(?=รา(?![งลศไ]))",
)
_SURELY_AA = "ว่ ข้ ห้ ท่ ท้ ป่ ป้ ด้ ฝ่ ฟ้ ผ่ ผ้ บ้ ช่ อ่ อ้ ง่ ง้ ข่ ส่ ว้ ห่ ต้ จ่ จ้ ก้ ม้ พ้ ขว้ สร้ หน้ หล้ กว้ คว้ ค่ ถ้ ถ่ ต่ กล่"
"""Consonants with a tone mark behind which ำ does not occur, or only in the words of _TONED."""

_LOST_AM = re.compile(
    "|".join(
        [
            *(
                f"{letter} า(?={'|'.join(re.escape(stem) for stem in stems.split())})"
                for letter, stems in _STEMS.items()
            ),
            f"(?:{'|'.join(_ALONE.split())}) า",
            *_TONED,
        ]
    )
)
_SPLIT_AA = re.compile(f"((?:{'|'.join(_SURELY_AA.split())})|เ[ก-ฮ]{{1,2}}[่้๊๋]?|[รลย]่(?= าง)) า")


def mend_lost_sara_am(text: str) -> str:
    """The text with lost ำ and split า put back where only one reading exists."""
    if " า" not in text:
        return text
    text = _LOST_AM.sub(lambda match: match.group().replace(" า", "ำ"), text)
    return _SPLIT_AA.sub(r"\1า", text)
