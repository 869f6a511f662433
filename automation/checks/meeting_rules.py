"""Can an invitation be written from a meeting form, and does it go out in time (A05.2a, F09)?"""

from __future__ import annotations

from collections.abc import Iterator

from automation.checks.context import CheckContext
from automation.checks.rule import Remark, error, note, warning
from automation.model import Meeting
from automation.thai.dates import format_date
from automation.thai.digits import to_thai

WORKING_DAYS_BEFORE = 3
"""Standard of the manual: invitations go out at least three working days before the meeting."""

_NEEDED = (("title", "ชื่อการประชุม"), ("date", "วันที่ประชุม"))
_EXPECTED = (("start_time", "เวลาประชุม"), ("place", "สถานที่ประชุม"), ("agenda", "ระเบียบวาระ"))


def required_missing(meeting: Meeting, context: CheckContext) -> Iterator[Remark]:
    """What an invitation cannot do without."""
    for name, label in _NEEDED:
        if not getattr(meeting, name):
            yield error(name, f"ยังไม่ได้กรอก{label} โปรดกรอกแล้วส่งใหม่")
    for name, label in _EXPECTED:
        if not getattr(meeting, name):
            yield warning(name, f"ยังไม่ได้กรอก{label} โปรดเพิ่มเติมก่อนออกหนังสือเชิญ")
    if not meeting.attachments:
        yield note("attachments", "ไม่ได้ระบุเอกสารประกอบการประชุมที่แนบไปกับหนังสือเชิญ")


def invitation_too_late(meeting: Meeting, context: CheckContext) -> Iterator[Remark]:
    """Fewer than three working days lie between the letter (else today) and the meeting.

    Without a date of the letter, a meeting that is over says nothing.
    """
    if meeting.date is None or (meeting.issued is None and meeting.date < context.today):
        return
    issued = meeting.issued or context.today
    days = context.calendar.between(issued, meeting.date)
    if days < WORKING_DAYS_BEFORE:
        yield warning(
            "date",
            f"หนังสือเชิญลงวันที่ {format_date(issued)} ก่อนวันประชุม {format_date(meeting.date)} "
            f"เพียง {to_thai(str(max(days, 0)))} วันทำการ ต้องส่งล่วงหน้าอย่างน้อย "
            f"{to_thai(str(WORKING_DAYS_BEFORE))} วันทำการ โปรดเลื่อนวันประชุมหรือเร่งส่งหนังสือ",
        )
