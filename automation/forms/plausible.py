"""Does what stands behind a mere space look like a value of the slot that the words before it name?"""

from __future__ import annotations

import re

from automation.thai.digits import to_arabic

_FITS = {
    "fiscal_year": re.compile(r"(?:พ\.ศ\.\s*)?(?:25)?\d\d\b"),
    "budget": re.compile(r".{0,60}?\d[\d,]*(?:\.\d+|\.-)?\s*(?:บาท|ล้าน|แสน)|ไม่ใช้|เงิน"),
    "budget.total": re.compile(r"[^\d]{0,60}\d[\d,]*(?:\.\d+|\.-)?\s*(?:บาท|ล้าน|แสน|หมื่น|พัน|$)|ไม่ใช้"),
    "budget.total_text": re.compile(r"\(?.*บาทถ้วน|\(?.*สตางค์"),
    "budget.source": re.compile(r"เงิน|งบ|กองทุน"),
    "alignment.issue": re.compile(r"(?:ที่\s*)?\d"),
    "alignment.goal": re.compile(r"(?:ที่\s*)?\d"),
    "alignment.strategy": re.compile(r"(?:ที่\s*)?\d"),
    "period": re.compile(r".{0,25}?\d|ตลอด"),
    "start": re.compile(r"\d|ม\.ค|ก\.พ|[ก-๙]+(?:คม|ยน|พันธ์)"),
    "end": re.compile(r"\d|ม\.ค|ก\.พ|[ก-๙]+(?:คม|ยน|พันธ์)"),
    "bureau": re.compile(r"สำนัก|กลุ่ม|ศูนย์"),
    "group": re.compile(r"กลุ่ม|ฝ่าย|ส่วน"),
    "code": re.compile(r"[\w.…]"),
    "date": re.compile(r"(?:วัน)?.{0,12}\d"),
    "time": re.compile(r".{0,12}\d"),
    "start_time": re.compile(r".{0,12}\d"),
    "end_time": re.compile(r".{0,12}\d"),
    "number": re.compile(r"\d"),
    "issued": re.compile(r"(?:วัน)?.{0,12}\d"),
    "reply_by": re.compile(r".{0,16}\d"),
    "responsible": re.compile(r"(?:ชื่อ|นาย|นาง|ดร\.|ว่าที่|น\.ส\.)"),
}
"""Slot → what a value behind a mere space must look like for the words before it to be its label."""
_DAY = re.compile(r"(?:วัน[ก-๙]*ที่\s*)?\d{1,2}\s*(?:/\s*\d|[ก-๛])")
SURE = {
    "code": re.compile(r"[\w.]*\d[\w.]*-[\w.\-]*\d\b"),
    "place": re.compile(r"ห้อง|อาคาร|ชั้น\s?\d|โรงแรม"),
    "title": re.compile(r"การประชุม[ก-ฮเ-ไ]"),
    "chair": re.compile(r"นาย|นาง|น\.ส\.|ดร\.|พลเอก|ว่าที่"),
    "date": _DAY,
    "issued": _DAY,
    "reply_by": _DAY,
}
"""Slot → a value that makes the words before it its label even where labels are set otherwise."""
_LEADERS = re.compile(r"\.{3,}|…+|_{3,}")


def plausible(slot: str, value: str) -> float:
    """What a value says for its label: 2 when only this field can hold it, 1 when it fits, else -2."""
    said = to_arabic(value).strip(" .…:_\t")
    if slot in SURE and SURE[slot].match(said):
        return 2.0
    pattern = _FITS.get(slot)
    if pattern is None:
        return 0.0
    return 1.0 if pattern.match(_LEADERS.sub(" ", to_arabic(value)).strip(" .…:_\t")) else -2.0
