"""What has to come with a project form: terms of reference and endorsements (A08)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from automation.checks.context import CheckContext
from automation.checks.rule import Remark, error, warning
from automation.model import Project, ProjectKind
from automation.thai.text import normalize, squeeze

_TERMS = re.compile(r"TOR|ขอบเขต|คุณลักษณะ|ข้อกำหนด", re.IGNORECASE)
_HIRED = re.compile(r"จ้าง(?:ที่ปรึกษา|บริษัทที่ปรึกษา)|ค่าที่ปรึกษา")
"""Words of a name or an expense by which consultants are hired, whether a box is ticked or not."""
_PROPOSER = re.compile("เสนอ|รับผิดชอบ|จัดทำ|ประสาน")
_ENDORSERS = 2


def tor_missing(project: Project, context: CheckContext) -> Iterator[Remark]:
    """A project for computing, consultants or equipment without terms of reference (A08, standard 3).

    A งานประจำ keeps up what is there already and is left out.
    """
    flags = project.flags
    kinds = [
        label
        for ticked, label in (
            (flags.ict, "เทคโนโลยีสารสนเทศและการสื่อสาร"),
            (flags.consultant, "การจ้างที่ปรึกษา"),
            (flags.equipment, "ครุภัณฑ์"),
        )
        if ticked
    ]
    hired = [text for text in _texts(project) if _HIRED.search(text)] if not kinds else []
    attached = any(_TERMS.search(normalize(name)) for name in project.attachments)
    if kinds and not attached and project.kind is not ProjectKind.ROUTINE:
        yield error(
            "attachments",
            f"โครงการที่เกี่ยวกับ{' และ'.join(kinds)}ต้องแนบรายละเอียดคุณลักษณะงานหรือขอบเขตของงาน (TOR) "
            "โปรดแนบและระบุไว้ในเอกสารแนบ",
        )
    elif hired and not attached and project.kind is not ProjectKind.ROUTINE:
        yield warning(
            "attachments",
            f"“{squeeze(hired[0])}” เป็นการจ้างที่ปรึกษา แต่ไม่พบรายละเอียดคุณลักษณะงานหรือขอบเขตของงาน (TOR) "
            "ในเอกสารแนบ โปรดตรวจสอบและแนบ",
        )


def _texts(project: Project) -> Iterator[str]:
    """The name of a project and its expenses."""
    yield normalize(project.name or "")
    for line in project.budget.lines:
        yield normalize(f"{line.category or ''} {line.item or ''}")


def endorsement_missing(project: Project, context: CheckContext) -> Iterator[Remark]:
    """The director and the deputy secretary-general or adviser have not both signed (A08, work 2).

    A block counts where it holds a name, dated or not; the proposer's own block does not endorse.
    """
    blocks = [
        (index, block)
        for index, block in enumerate(project.approvals)
        if not _PROPOSER.search(normalize(block.role))
    ]
    unsigned = [(index, block) for index, block in blocks if not block.name]
    for index, block in unsigned:
        yield warning(f"approvals.{index}", f"ช่อง “{block.role}” ยังไม่มีชื่อผู้ลงนาม โปรดเสนอขอความเห็นชอบให้ครบถ้วน")
    if not unsigned and len(blocks) < _ENDORSERS:
        yield warning(
            "approvals",
            "ไม่พบความเห็นชอบครบทั้งผู้อำนวยการสำนัก และรองเลขาธิการวุฒิสภาหรือที่ปรึกษาที่กำกับดูแล "
            "โปรดเสนอขอความเห็นชอบให้ครบถ้วน",
        )
