"""Segments of a project form that hold one value: texts, names, ticks, dates, lists of sentences."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from automation.forms import (
    fields_ticks,
    tables_rows,
)
from automation.forms.bind import Draft, Handler, first_block
from automation.forms.fields import aligned, aligned_parts, code_of, list_of, text_of, year_of
from automation.forms.fields_dates import date_of, month_alone, period_of_text
from automation.forms.fields_people import people_of
from automation.forms.segments import Segment
from automation.forms.structure import Line
from automation.forms.wording import clean
from automation.thai.months import MONTH_PATTERN, UnclearDate
from automation.thai.text import is_blank

_GROUP = re.compile(r"กลุ่ม|ฝ่าย|ส่วน|ศูนย์|งาน|หน่วย|-|ไม่")
_PHONE = re.compile(r"\s+(?:โทร(?:ศัพท์)?\.?|เบอร์).*$")
_HELD_AT = re.compile(r"[0-9๐-๙]\s+ณ\s+(?P<place>[ก-๛].*)$")
_BEGINS = re.compile(r"(?:วัน)?(?:ที่)?\s*(?:เริ่ม|ตั้งแต่)")
"""The words before the first day of a period."""
_OTHER_DAYS = re.compile(rf"(?<=\S)\s+\(([^()]*[0-9๐-๙]\s*{MONTH_PATTERN}[^()]*)\)", re.IGNORECASE)
"""Days in brackets behind a period: other days than those of the period."""
_CHOICES = ("kind", "continuity", "flags.training", "flags.ict", "flags.consultant", "flags.equipment")


def fiscal_year(draft: Draft, segment: Segment) -> None:
    """The fiscal year (B.E.), and a bureau named beside it."""
    lines = first_block(segment.lines)
    if draft.put("fiscal_year", year_of(f"ปี {text_of(lines) or ''}"), segment):
        draft.use(lines)
        draft.put("title.bureau", draft.known.bureau_in(" ".join(line.text for line in lines)), segment)


def code(draft: Draft, segment: Segment) -> None:
    """The project's code."""
    lines = first_block(segment.lines)
    value = code_of(" ".join(line.text for line in lines))
    if draft.put("code", value, segment) or value is None:
        draft.use(lines)


def name(draft: Draft, segment: Segment) -> None:
    """The name of the project or work."""
    lines = first_block(segment.lines)
    if (said := text_of(lines)) and said in draft.values.get("name", ""):
        draft.use(lines)
    draft.text("name", segment, lines)


def kind(draft: Draft, segment: Segment) -> None:
    """Tick boxes of kind, continuity and nature of the work."""
    if ticks(draft, segment, segment.lines):
        return
    if all(is_blank(line.text) for line in segment.lines):
        draft.use(segment.lines)


def ticks(draft: Draft, segment: Segment, lines: Sequence[Line]) -> bool:
    """Take the tick boxes of some lines; False when they have none."""
    text = "\n".join(line.text for line in lines)
    found = fields_ticks.chosen(text, draft.vocabulary, _CHOICES)
    for name, values in found.items():
        if len(values) == 1:
            draft.put(name, next(iter(values)), segment)
    if found or fields_ticks.has_boxes(text):
        draft.use(lines)
        return True
    return False


def strays(draft: Draft, segments: Sequence[Segment]) -> None:
    """Tick boxes of kind, continuity and nature of the work under any label; the segments lose the lines."""
    for segment in segments:
        for line in segment.lines if segment.slot != "kind" else ():
            boxes = fields_ticks.ticks_of(line.text)
            named = [box for box in boxes if box.words and draft.vocabulary.choice(box.words, _CHOICES)]
            if (
                len(boxes) > 1
                and len(named) > 1
                and len(named) * 2 >= len(boxes)
                and ticks(draft, segment, [line])
            ):
                segment.content.remove(line)


def bureau(draft: Draft, segment: Segment) -> None:
    """The bureau, and the group named with it."""
    lines = first_block(segment.lines)
    text = text_of(lines)
    if text is None:
        draft.use(lines)
        return
    more = [line for line in segment.lines if line not in lines and draft.known.group_in(line.text)]
    bureau, group = draft.known.bureau_in(text), draft.known.group_in(text)
    if bureau is None and segment.wording.strip().endswith("สำนัก"):
        bureau = draft.known.bureau_in(f"สำนัก{text.partition('กลุ่มงาน')[0].strip()}")
    if group is None and more:
        group, lines = draft.known.group_in(more[0].text), [*lines, more[0]]
    if bureau is None and group is None:
        people = people_of(line.text for line in segment.lines)
        if people and draft.put("responsible", people, segment):
            draft.use(segment.lines)
            return
        bureau = text
    took = draft.put("bureau", bureau, segment)
    if draft.put("group", group, segment) or took:
        draft.use(lines)
    rest = [line for line in segment.lines if line not in lines]
    if draft.put("responsible", people_of(line.text for line in rest), segment):
        draft.use(rest)


def group(draft: Draft, segment: Segment) -> None:
    """The group of the bureau; its word may stand in the label alone: `กลุ่มงาน......บริหารทั่วไป`."""
    lines = first_block(segment.lines)
    text = _PHONE.sub("", text_of(lines) or "")
    if text and segment.wording.strip().endswith("กลุ่มงาน") and not _GROUP.match(text):
        text = f"กลุ่มงาน{text}"
    if draft.put("group", text or None, segment) or not text:
        draft.use(lines)


def _with_its_name(lines: list[Line], segment: Segment) -> list[Line]:
    """A cell that holds nothing but a number, with the rest of its row: `ข้อที่ | สาระ`."""
    spot = lines[0].spot if lines else None
    if spot is None or re.fullmatch(r"[\d.]+", text_of(lines) or "") is None:
        return lines
    row = [line for line in segment.lines if line.spot and line.spot.grid == spot.grid]
    return [line for line in row if line.spot and line.spot.row == spot.row]


def alignment_part(path: str) -> Handler:
    """A handler for a place in the strategic plan."""

    def handle(draft: Draft, segment: Segment) -> None:
        if ticked := fields_ticks.ticked_words("\n".join(line.text for line in segment.lines)):
            if draft.put(path, aligned(ticked[0]), segment):
                draft.ledger.choose(segment.lines)
            return
        lines = _with_its_name(first_block(segment.lines), segment)
        text = text_of(lines)
        others = aligned_parts(text or "")
        own = text[: others[0].start].rstrip(" ,;") if text and others and others[0].start else text
        if draft.put(path, aligned(own), segment) or text is None:
            draft.use(lines)
            for other in others:
                draft.put(f"alignment.{other.part}", other.value, segment)

    return handle


def alignment(draft: Draft, segment: Segment) -> None:
    """Places in the strategic plan that running text names: `สนองประเด็นยุทธศาสตร์ที่ ๑ … กลยุทธ์ที่ ๑.๒ …`."""
    for line in segment.lines:
        named = aligned_parts(line.text)
        took = [draft.put(f"alignment.{one.part}", one.value, segment, line.place) for one in named]
        if took and all(took):
            draft.ledger.use(line)


def lists(path: str) -> Handler:
    """A handler for a list of texts."""

    def handle(draft: Draft, segment: Segment) -> None:
        items = list_of(segment.lines)
        if tables_rows.says_none(" ".join(items)) and len(items) <= 1 and path != "attachments":
            items = () if items and len(items[0]) < 3 else items
        if draft.put(path, items, segment) or not items:
            draft.use(segment.lines)

    return handle


def texts(path: str) -> Handler:
    """A handler for a running text."""

    def handle(draft: Draft, segment: Segment) -> None:
        draft.text(path, segment)

    return handle


def goals(draft: Draft, segment: Segment) -> None:
    """A group label with items and no sub-labels: what they count is the output."""
    if "outputs" not in draft.values:
        lists("outputs")(draft, segment)


def period(draft: Draft, segment: Segment) -> None:
    """First and last day; behind ณ the place, where the label names that too."""
    lines = segment.lines
    text = text_of(lines)
    held = _HELD_AT.search(text) if text and "สถานที่" in segment.wording else None
    if held:
        draft.put("place", clean(held["place"]), segment)
    if text is None:
        draft.use(lines)
        return
    try:
        start, end = period_of_text(text, draft.values.get("fiscal_year"))
    except UnclearDate:
        if "start" not in draft.values:
            draft.unreadable("start", text, lines[0].place)
        return
    if start != end or not _BEGINS.match(text):
        draft.put("end", end, segment)
    if draft.put("start", start, segment):
        draft.use(lines)
        for note in _OTHER_DAYS.findall(lines[0].text):
            draft.ledger.leave(lines[0].para, note)


def point(path: str, last: bool) -> Handler:
    """A handler for one side of the period."""

    def handle(draft: Draft, segment: Segment) -> None:
        lines = first_block(segment.lines)
        text = text_of(lines)
        if text is None:
            draft.use(lines)
            return
        try:
            day: dt.date = date_of(text, draft.values.get("fiscal_year"))
        except UnclearDate:
            try:
                span = period_of_text(text, draft.values.get("fiscal_year"))
            except UnclearDate:
                draft.unreadable(path, text, lines[0].place)
                return
            other = "start" if last else "end"
            if draft.put(path, span[1] if last else span[0], segment):
                draft.use(lines)
                if not month_alone(text):
                    draft.put(other, span[0] if last else span[1], segment)
            return
        if draft.put(path, day, segment):
            draft.use(lines)

    return handle
