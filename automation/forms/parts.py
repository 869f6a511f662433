"""Which blocks of a file are the form: guides, worked examples and covering memos in the same file are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from automation.office.blocks import Block, Grid, Para
from automation.thai.text import normalize, squeeze

_GUIDE = re.compile(
    r"^(?:ภาคผนวก\s*[:：]?\s*)?(?:\(?(?:คำอธิบาย|คำชี้แจง|คำแนะนำ|ข้อแนะนำ|วิธี(?:การ)?กรอก|แนวทางการ(?:กรอก|เขียน|จัดทำ)|คู่มือการ(?:กรอก|เขียน))"
    r"|\(?ตัวอย่าง(?:การ(?:เขียน|กรอก)|แบบ|โครงการ|การจัดทำ|\s*$|\s*[:：)]))"
)
_MEMO = re.compile(r"^บันทึกข้อความ\b|^บันทึกข้อความ$")
_FORM = re.compile(
    r"^(?:แบบ\s?(?:เสนอ|ฟอร์ม|สรุป|แจ้ง|คำขอ|รายละเอียด|จัดทำ|ขอ|โครงการ|\s*นผ)|รายละเอียด(?:ของ)?(?:โครงการ|งานประจำ)|ข้อเสนอโครงการ|เอกสารเสนอโครงการ"
    r"|โครงการ(?:ประจำ)?ปีงบประมาณ|โครงการ\s*ประจำปี|งานประจำ\s*(?:ประจำ)?ปี|ใบเสนอโครงการ|กำหนดการประชุม|รายละเอียดการประชุม)"
)


@dataclass(slots=True)
class Parts:
    """The blocks of the form, and those of everything else in the file."""

    form: list[Block] = field(default_factory=list)
    other: list[Block] = field(default_factory=list)


def split(blocks: Sequence[Block]) -> Parts:
    """Part the top-level blocks of a document; without a mark all of them are the form."""
    parts = Parts()
    kind = "form"
    since = 0
    broken = False
    for block in blocks:
        text = _title(block)
        if text and _MEMO.match(text):
            kind, since = "memo", 0
        elif text and _GUIDE.match(text) and _stands_out(block, broken):
            kind, since = "guide", 0
        elif kind != "form" and text and _FORM.match(text) and (since > 3 or kind == "memo" or broken):
            kind, since = "form", 0
        elif kind == "memo" and broken and text:
            kind, since = "form", 0
        since += bool(text) or isinstance(block, Grid)
        (parts.form if kind == "form" else parts.other).append(block)
        broken = isinstance(block, Para) and block.page_break or broken and not text
    return parts


def _title(block: Block) -> str:
    """The text of a block that could be a title: a short paragraph, or the only cell of a table."""
    if isinstance(block, Para):
        text = squeeze(normalize(block.text))
        return text if len(text) <= 110 else text[:110]
    if block.rows == 1 and len(block.cells) == 1:
        return squeeze(normalize(block.cells[0].text))[:110]
    return ""


def _stands_out(block: Block, broken: bool) -> bool:
    if isinstance(block, Grid):
        return True
    return (
        block.centered
        or block.bold
        or block.level is not None
        or broken
        or block.page_break
        or len(block.text.strip()) <= 60
    )
