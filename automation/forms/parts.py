"""Which blocks of a file are the form: guides, worked examples and covering memos are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from automation.forms.ledger import paragraphs_of
from automation.forms.wording import plain
from automation.office.blocks import Block, Grid, Para
from automation.thai.text import squeeze

_GUIDE = re.compile(
    r"^(?:ภาคผนวก\s*[:：]?\s*)?(?:\(?(?:คำอธิบาย|คำชี้แจง|คำแนะนำ|ข้อแนะนำ|วิธี(?:การ)?กรอก|แนวทางการ(?:กรอก|เขียน|จัดทำ)|คู่มือการ(?:กรอก|เขียน))"
    r"|\(?ตัวอย่าง(?:การ(?:เขียน|กรอก)|แบบ|โครงการ|การจัดทำ|\s*$|\s*[:：)]))"
)
_MEMO = re.compile(r"^บันทึกข้อความ\b|^บันทึกข้อความ$")
_FORM = re.compile(
    r"^(?:แบบ\s?(?:เสนอ|ฟอร์ม|สรุป|แจ้ง|คำขอ|รายละเอียด|จัดทำ|ขอ|โครงการ|\s*นผ)|รายละเอียด(?:ของ)?(?:โครงการ|งานประจำ)|ข้อเสนอโครงการ|เอกสารเสนอโครงการ"
    r"|โครงการ(?:ประจำ)?ปีงบประมาณ|โครงการ\s*ประจำปี|งานประจำ\s*(?:ประจำ)?ปี|ใบเสนอโครงการ|กำหนดการประชุม|รายละเอียดการประชุม)"
)
_PAPER = re.compile(
    r"^(?:\(?ร่าง\)?\s*)?(?:ใบรับ(?:แบบ|เอกสาร|รายงาน|เรื่อง|$)|ใบตอบรับ|แบบตอบรับ|รายงานการประชุม|ใบลงทะเบียน|ทะเบียน(?:การ)?ส่ง"
    r"|คำสั่งสำนัก|ประกาศสำนัก|เอกสารประกอบการพิจารณา|ตารางประกอบการพิจารณา|ขอบเขตของงาน|บทสรุปผู้บริหาร|รายการเปลี่ยนแปลง|บัญชีรายชื่อ"
    r"|(?:แผนปฏิบัติราชการ(?:\s*(?:ราย|ระยะ)?\s*[0-9๐-๙]+\s*ปี)?|แผนยุทธศาสตร์|รายงานผลการปฏิบัติราชการ)(?:\s*ตามแผนปฏิบัติราชการ)?"
    r"(?:\s*(?:ประจำ)?ปี(?:งบประมาณ)?\s*(?:พ\.ศ\.)?\s*[0-9๐-๙]{4})?(?:\s*ของสำนักงานเลขาธิการวุฒิสภา)?$)"
)
"""Titles of papers that are made out of forms and are none."""
_ENTRY = re.compile(r"(?:\t|\.{3,}|…|\s{2,})\s*(?:หน้า\s*)?[0-9๐-๙]{1,3}\s*$|^\s*(?:เรื่อง)?\s*หน้า\s*$")
"""A line of a table of contents: it ends with the number of a page."""
_FRAMED = 12
"""Blocks in the only cell of a table from which on it is a frame."""
_PLACEHOLDER = re.compile(r"\{\{[^{}]+\}\}|\{%[^{}]+%\}")
"""What a template holds where a value will stand."""


@dataclass(slots=True)
class Parts:
    """The blocks of the form, and those of everything else in the file."""

    form: list[Block] = field(default_factory=list)
    other: list[Block] = field(default_factory=list)
    letter: list[Block] = field(default_factory=list)
    """The form with the covering memo, in order: where the form begins inside the memo's page."""
    guide: list[Block] = field(default_factory=list)
    """What `letter` leaves out."""


def split(blocks: Sequence[Block]) -> Parts:
    """Part the top-level blocks of a document; without a mark all of them are the form."""
    parts = Parts()
    kind = "form"
    since = 0
    broken = closed = False
    for block in _unframed(blocks):
        text = _title(block)
        begins = closed and isinstance(block, Grid) and len(block.cells) > 2
        found = "form" if begins else _kind(block, text, kind, since, broken)
        if found:
            kind, since = found, 0
        closed = kind == "memo" and (closed or text.startswith("จึงเรียน"))
        since += bool(text) or isinstance(block, Grid)
        (parts.form if kind == "form" else parts.other).append(block)
        (parts.guide if kind in ("guide", "contents") else parts.letter).append(block)
        broken = (isinstance(block, Para) and block.page_break) or (broken and not text)
    return parts


def _unframed(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; a table of one cell around a whole form is only its frame."""
    for block in blocks:
        framed = isinstance(block, Grid) and len(block.cells) == 1 and len(block.cells[0].blocks) >= _FRAMED
        yield from _unframed(block.cells[0].blocks) if framed and isinstance(block, Grid) else (block,)


def paper_of(blocks: Sequence[Block]) -> str:
    """The title of a paper that is no form (a receipt, a book, minutes); empty for any other file."""
    titles = [text for block in blocks[:12] if (text := _title(block))][:6]
    paper = next((text for text in titles[:1] if _PAPER.match(text)), "")
    return "" if any(_FORM.match(text) for text in titles) else paper


def is_template(blocks: Sequence[Block]) -> bool:
    """Whether a file is a template of documents that nobody has filled."""
    return any(_PLACEHOLDER.search(para.text) for para in paragraphs_of(blocks))


def _kind(block: Block, text: str, kind: str, since: int, broken: bool) -> str:
    """What begins with a block: a memo, a guide, contents or the form; empty where what is open goes on."""
    if not text:
        return ""
    if _MEMO.match(text):
        return "memo"
    if _GUIDE.match(text) and _stands_out(block, broken):
        return "guide"
    if text == "สารบัญ":
        return "contents"
    if kind == "contents":
        return "" if _ENTRY.search(plain(block.text) if isinstance(block, Para) else "") else "form"
    memo = kind == "memo"
    if kind != "form" and ((memo and broken) or (_FORM.match(text) and (since > 3 or memo or broken))):
        return "form"
    return ""


def _title(block: Block) -> str:
    """The text of a block that could be a title: a short paragraph, or the only cell of a table."""
    if isinstance(block, Para):
        text = squeeze(plain(block.text))
        return text if len(text) <= 110 else text[:110]
    if block.rows == 1 and len(block.cells) == 1:
        return squeeze(plain(block.cells[0].text))[:110]
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
