"""Fields that no label named: values behind unknown labels that can only be of one field.

Only what its own words make sure is taken, and only where the field has no value yet: the name of a bureau,
places in the strategic plan with their words and numbers, officers with a phone, two days behind a label of
time, an amount that its words repeat. All else stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from automation.forms.bind import Draft
from automation.forms.bind_fields import alignment
from automation.forms.fields import text_of
from automation.forms.fields_dates import period_of_text
from automation.forms.fields_money import money_of
from automation.forms.fields_people import people_of
from automation.forms.segments import PREAMBLE, UNKNOWN, Segment
from automation.forms.wording import key
from automation.thai.money import parse_baht_text
from automation.thai.months import UnclearDate

_PLACED = re.compile(
    r"^\s*(?:[-–•(]?\s*[0-9๐-๙.]*[.)]?\s*)?(?:สนอง|ตอบสนอง|สอดคล้องกับ|ภายใต้)?"
    r"(?:(?:ประเด็น)?ยุทธศาสตร์|ประเด็นฯ|เป้าประสงค์|กลยุทธ์)(?!ชาติ)"
)
_OF_PEOPLE = re.compile(r"ผู้|เจ้าหน้าที่|บุคคล|บุคลากร|ติดต่อ|ประสาน|คณะทำงาน")
_OF_TIME = re.compile(r"วัน|เวลา|กำหนด|เริ่ม|ช่วง|เดือน")
_OF_MONEY = re.compile(r"งบ|เงิน|ทุน|ค่าใช้จ่าย|บาท")
_ALIGNED = ("alignment.issue", "alignment.goal", "alignment.strategy")


def leftovers(draft: Draft, segments: Sequence[Segment]) -> None:
    """Give fields without a value what unknown segments can only mean."""
    for segment in segments:
        if segment.slot not in (UNKNOWN, PREAMBLE) or not segment.lines:
            continue
        if any(path not in draft.values for path in _ALIGNED):
            placed = [line for line in segment.lines if _PLACED.match(line.text)]
            alignment(draft, Segment("alignment", segment.label, segment.wording, content=[*placed]))
        if segment.slot == UNKNOWN and (slot := _slot(draft, segment)):
            segment.slot = slot
            draft.use(segment.lines)


def _slot(draft: Draft, segment: Segment) -> str:
    """The slot whose value the segment's lines give, empty when they give none."""
    text = text_of(segment.lines) or ""
    return (
        _bureau(draft, segment, text)
        or _people(draft, segment)
        or _period(draft, segment, text)
        or _money(draft, segment, text)
    )


def _bureau(draft: Draft, segment: Segment, text: str) -> str:
    bureau, group = draft.known.bureau_in(text), draft.known.group_in(text)
    if (
        bureau is None
        or len(text) > len(bureau) + len(group or "") + 12
        or not text.startswith(("สำนัก", "กลุ่ม"))
    ):
        return ""
    draft.put("group", group, segment)
    return "bureau" if draft.put("bureau", bureau, segment) else ""


def _people(draft: Draft, segment: Segment) -> str:
    people = people_of(line.text for line in segment.lines) if _OF_PEOPLE.search(segment.wording) else ()
    told = bool(people) and all(person.phone or person.email or person.position for person in people)
    return "responsible" if told and draft.put("responsible", people, segment) else ""


def _period(draft: Draft, segment: Segment, text: str) -> str:
    if "start" in draft.values or not _OF_TIME.search(segment.wording):
        return ""
    try:
        start, end = period_of_text(text, draft.values.get("fiscal_year"))
    except UnclearDate:
        return ""
    draft.put("start", start, segment)
    draft.put("end", end, segment)
    return "period"


def _money(draft: Draft, segment: Segment, text: str) -> str:
    money = money_of(text)
    if not (money.words and money.total and _OF_MONEY.search(segment.wording)):
        return ""
    try:
        if parse_baht_text(key(money.words)) != money.total:
            return ""
    except ValueError:
        return ""
    took = draft.put("budget.total", money.total, segment)
    draft.put("budget.total_text", money.words, segment)
    draft.put("budget.source", money.source, segment)
    return "budget" if took else ""
