"""The words of signature blocks: where to sign, roles, offices and verdicts."""

from __future__ import annotations

import re

from automation.forms.wording import clean

SIGN = re.compile(
    r"\(?\s*ลงชื่อ\s*\)?|(?<![ก-๛])(?:ลงนาม|ลายมือชื่อ)(?=\s*[.…_(]|\s+(?:นาย|นาง|น\.ส\.|ดร\.|ว่าที่))"
    r"|(?<![ก-๛])(?:เสนอ|เห็นชอบ|อนุมัติ|พิจารณา|ตรวจสอบ|รับรอง|ลงนาม(?:อิเล็กทรอนิกส์|ดิจิทัล)?)โดย(?=\s*[:：]?\s*(?:นาย|นาง|น\.ส\.|ดร\.|ว่าที่))"
)
ROLE = re.compile(
    r"(?:ผู้(?:เสนอ|เห็นชอบ|อนุมัติ|รับผิดชอบ|ตรวจสอบ|พิจารณา|ให้ความเห็น|รับรอง|จัดทำ|ประสานงาน|ขอ|ทบทวน|กลั่นกรอง|บังคับบัญชา|รายงาน)[ก-๛/]*(?:\s?(?:เห็นชอบ|อนุมัติ))?|เจ้าของโครงการ|หัวหน้าโครงการ)"
)
OFFICE = re.compile(
    r"(?:ผู้อำนวยการ|ผอ\.|รองเลขาธิการ|เลขาธิการ|ที่ปรึกษา|หัวหน้า|ผู้ช่วยเลขาธิการ|ผู้บังคับบัญชา)[ก-๛. ๐-๙0-9]*"
)
VERDICT = re.compile(r"^(?:[☐☑□]\s*)?(?:ไม่)?(?:เห็นชอบ|อนุมัติ|เห็นควร|ตรวจสอบแล้ว|เพื่อโปรดพิจารณา)[^\n]{0,30}$")


def is_head(text: str) -> bool:
    """Whether a line can be the head of a signature block: a role, an office or a verdict."""
    said = clean(text)
    return len(said) <= 70 and bool(ROLE.match(said) or OFFICE.match(said) or VERDICT.match(said))
