"""The segments of a meeting form as a `Meeting`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from automation.forms import announcements, tables_rows
from automation.forms.bind import Draft, Handler, RegionHandler, first_block, in_order
from automation.forms.fields import list_of, text_of
from automation.forms.fields_dates import period_of_text, times_of
from automation.forms.segments import PREAMBLE, UNKNOWN, Segment, is_title
from automation.forms.structure import Line
from automation.forms.tables import Region, kind_of
from automation.forms.vocabulary import OTHER, Grade
from automation.forms.wording import clean, key, numbering, without_number
from automation.model import AgendaItem, Meeting
from automation.thai.months import UnclearDate
from automation.thai.text import is_blank

_NUMBER = re.compile(r"[0-9๐-๙]+\s*/\s*[0-9๐-๙]{4}")
_AGENDA = re.compile(
    r"^(?:ระเบียบ)?วาระ(?:ที่)?\s*(?P<no>[0-9๐-๙]+(?:\.[0-9๐-๙]+)*)\s*[.:]?\s*(?:เรื่อง\s*[:：]?\s+)?(?P<title>.+)$",
    re.DOTALL,
)
_BULLET = re.compile(r"^[-–—•▪●○]\s*(?=(?:ระเบียบ)?วาระ)")
_ITEM = re.compile(r"^(?P<no>[0-9๐-๙]+)(?:\.[0-9๐-๙]+)+\.?\)?\s*(?P<title>.+)$", re.DOTALL)
_DEEP = re.compile(r"^(?P<no>[0-9๐-๙]+(?:\.[0-9๐-๙]+)+)\.?\)?\s*(?P<title>.+)$", re.DOTALL)
_COMMA = re.compile(r"[,;](?=\s)(?![^()]*\))")
_TOP = re.compile(r"^(?P<no>[0-9๐-๙]+)\s*[.)]?\s+(?P<title>[^0-9๐-๙].+)$", re.DOTALL)


def bind_meeting(draft: Draft, segments: Sequence[Segment]) -> Meeting:
    """The meeting that the segments of a form state, or that the sentences of a letter call."""
    segments = announcements.parted(segments)
    for segment in in_order(segments):
        for region in segment.regions:
            kind = kind_of(region, segment.slot)
            if kind in _REGIONS:
                _REGIONS[kind](draft, segment, region)
    for segment in in_order(segments):
        handler = HANDLERS.get(segment.slot)
        if handler and segment.lines:
            handler(draft, segment)
    for segment in segments:
        if segment.slot == PREAMBLE:
            _preamble(draft, segment)
    _in_sentences(draft, segments)
    get = draft.values.get
    return Meeting(
        title=get("title"),
        number=get("number"),
        issued=get("issued"),
        date=get("date"),
        start_time=get("start_time"),
        end_time=get("end_time"),
        place=get("place"),
        chair=get("chair"),
        agenda=get("agenda", ()),
        invitees=get("invitees", ()),
        attachments=get("attachments", ()),
        reply_by=get("reply_by"),
    )


def _preamble(draft: Draft, segment: Segment) -> None:
    for line in segment.lines:
        number = _NUMBER.search(line.text)
        if number and "ครั้งที่" in line.text:
            draft.put("number", clean(number.group()).replace(" ", ""), segment, line.place)
        entitled = announcements.entitles(line.text)
        if entitled or is_title(line.text) or key(line.text) in draft.vocabulary.furniture:
            draft.ledger.use(line)
        if entitled:
            draft.ledger.settled.add(id(line.para))


def _in_sentences(draft: Draft, segments: Sequence[Segment]) -> None:
    """Give fields that no label stated what the sentences of a memo, letter or agenda say."""
    for segment in segments:
        for line in _said(segment):
            _announced(draft, segment, line)
    _issued(draft, segments)
    addressed = announcements.invited(line for segment in segments for line in _said(segment))
    if addressed and draft.put("invitees", addressed[1], Segment("invitees", content=[addressed[0]])):
        draft.use([addressed[0]])


def _said(segment: Segment) -> list[Line]:
    """The lines of a segment, first the whole one that its label stands in."""
    return segment.lines if segment.label is None else [segment.label, *segment.lines]


def _announced(draft: Draft, segment: Segment, line: Line) -> None:
    """Give empty fields what one line says of them."""
    for said in announcements.said_in(line.text):
        part = line.part(said.start, said.end)
        one = Segment(said.field, wording=said.field, grade=Grade.STEM, content=[part])
        if said.field == "title" and segment.slot in (PREAMBLE, UNKNOWN, OTHER, "title"):
            draft.put("title", announcements.title_of(said.words), one)
        elif said.field == "body" and segment.slot == PREAMBLE:
            draft.put("title", clean(said.words), one)
        elif said.field == "number" and segment.slot in (PREAMBLE, UNKNOWN, OTHER, "title"):
            draft.put("number", re.sub(r"\s", "", said.words), one)
        elif said.field in ("date", "time", "chair", "reply_by"):
            HANDLERS[said.field](draft, one)
        elif said.field == "place":
            draft.text("place", one)


def _issued(draft: Draft, segments: Sequence[Segment]) -> None:
    """The day in the head of a memo or letter, where another one is that of the meeting."""
    for segment in segments:
        if segment.slot not in (PREAMBLE, UNKNOWN, OTHER):
            continue
        for line in _said(segment):
            words = announcements.dated(line.text)
            if words and "date" in draft.values and not draft.ledger.used(line):
                start = line.text.rindex(words)
                draft.date("issued", Segment("issued", content=[line.part(start, start + len(words))]))
                return


def _number(draft: Draft, segment: Segment) -> None:
    lines = first_block(segment.lines)
    text = text_of(lines)
    found = _NUMBER.search(text or "")
    value = re.sub(r"\s", "", found.group()) if found else text
    if draft.put("number", value, segment) or value is None:
        draft.use(lines)


def _title(draft: Draft, segment: Segment) -> None:
    lines = first_block(segment.lines)
    text = text_of(lines)
    found = re.search(r"\s*ครั้งที่\s*([0-9๐-๙]+\s*/\s*[0-9๐-๙]{4})\s*$", text or "")
    if text and found:
        draft.put("number", re.sub(r"\s", "", found.group(1)), segment)
        text = text[: found.start()]
    text = announcements.without_asking(text or "")
    if draft.put("title", text, segment) or not text:
        draft.use(lines)


def _day(path: str) -> Handler:
    def handle(draft: Draft, segment: Segment) -> None:
        lines = first_block(segment.lines)
        text = text_of(lines) or ""
        timed = re.split(r"\s*(?:ตั้งแต่)?\s*เวลา\s*", text, maxsplit=1)
        if len(timed) == 2 and path == "date":
            _put_times(draft, segment, timed[1])
        first = _first_day(timed[0]) if path == "date" else timed[0]
        single = Segment(segment.slot, segment.label, segment.wording, segment.grade, [*_with(lines, first)])
        draft.date(path, single)
        if path in draft.values:
            draft.use(lines)

    return handle


def _first_day(text: str) -> str:
    """The first day of a meeting of several days (`๒๐ - ๒๑ เมษายน ๒๕๗๐`) as a text; any other as it is."""
    try:
        return text if re.search(r"[-–—]|ถึง|และ", text) is None else period_of_text(text)[0].isoformat()
    except UnclearDate:
        return text


def _with(lines: Sequence[Line], text: str) -> list[Line]:
    return [Line(text, lines[0].para, lines[0].start)] if lines else []


def _put_times(draft: Draft, segment: Segment, text: str) -> bool:
    times = times_of(text)
    took = draft.put("start_time", times[0], segment) if times else False
    if len(times) > 1:
        draft.put("end_time", times[1], segment)
    return took


def _time(draft: Draft, segment: Segment) -> None:
    lines = first_block(segment.lines)
    text = text_of(lines)
    if text is None or _put_times(draft, segment, text):
        draft.use(lines)


def _end_time(draft: Draft, segment: Segment) -> None:
    lines = first_block(segment.lines)
    times = times_of(text_of(lines) or "")
    if not times or draft.put("end_time", times[0], segment):
        draft.use(lines)


def _lists(path: str) -> Handler:
    def handle(draft: Draft, segment: Segment) -> None:
        items = list_of(segment.lines)
        if len(items) == 1:
            items = () if tables_rows.says_none(items[0]) else _apart(items[0])
        if draft.put(path, items, segment) or not items:
            draft.use(segment.lines)

    return handle


def _apart(text: str) -> tuple[str, ...]:
    """A list typed in one line with commas as its items; what stands in brackets stays whole."""
    return tuple(part for one in _COMMA.split(text) if (part := one.strip()))


def _texts(path: str) -> Handler:
    def handle(draft: Draft, segment: Segment) -> None:
        draft.text(path, segment, first_block(segment.lines))

    return handle


def _agenda(draft: Draft, segment: Segment) -> None:
    """An agenda in paragraphs: `ระเบียบวาระที่ ๑ …`, sub-items numbered `๑.๑` or listed below."""
    found: list[AgendaItem] = []
    head = segment.label if segment.label and _AGENDA.match(clean(segment.label.text)) else None
    lines = (
        segment.lines
        if head is None
        else [
            head,
            *(line for line in segment.lines if line.para is not head.para or line.start < head.start),
        ]
    )
    for line in lines:
        text = clean(f"{line.printed} {line.text}" if line.printed else line.text)
        top = (
            _AGENDA.match(_BULLET.sub("", text))
            or _below(segment, text)
            or (None if _ITEM.match(text) else _TOP.match(text))
        )
        if top:
            found.append(AgendaItem(no=top["no"], title=clean(top["title"])))
        elif found and not is_blank(text):
            item = _ITEM.match(text)
            words = clean(item["title"]) if item else without_number(text)
            last = found[-1]
            found[-1] = AgendaItem(no=last.no, title=last.title, items=(*last.items, words))
        elif (number := numbering(text)) and number.values:
            found.append(AgendaItem(no=str(number.values[0]), title=without_number(text)))
    if not found:
        found = [AgendaItem(no="", title=words) for words in list_of(segment.lines)]
    if draft.put("agenda", tuple(found), segment):
        draft.use(segment.lines)


def _below(segment: Segment, text: str) -> re.Match[str] | None:
    """A point numbered below the heading of the agenda: ๗.๑ under `๗. ระเบียบวาระ`."""
    head = segment.label.number if segment.label else None
    number = numbering(text)
    if head is None or number is None or number.values[:-1] != head.values:
        return None
    return _DEEP.match(text)


def _agenda_table(draft: Draft, segment: Segment, region: Region) -> None:
    draft.put("agenda", tuple(tables_rows.agenda_in(region, draft.ledger)), segment, region.place)


def _invitee_table(draft: Draft, segment: Segment, region: Region) -> None:
    draft.put(
        "invitees", tuple(tables_rows.names_in(region, "invitees", draft.ledger)), segment, region.place
    )


HANDLERS: Mapping[str, Handler] = {
    "title": _title,
    "number": _number,
    "issued": _day("issued"),
    "date": _day("date"),
    "time": _time,
    "start_time": _time,
    "end_time": _end_time,
    "place": _texts("place"),
    "chair": _texts("chair"),
    "agenda": _agenda,
    "invitees": _lists("invitees"),
    "attachments": _lists("attachments"),
    "reply_by": _day("reply_by"),
}

_REGIONS: Mapping[str, RegionHandler] = {"agenda": _agenda_table, "invitees": _invitee_table}
