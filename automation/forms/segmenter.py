"""Cut a document into segments: a label and what stands behind it, up to the next label.

A label that nobody knows closes the segment before it, so that its text is reported as unread and never
swallowed by a neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from automation.forms.blueprint import PARENTS
from automation.forms.cues import Style
from automation.forms.fields_signatures import begins_block
from automation.forms.segments import GROUPS, PREAMBLE, UNKNOWN, Context, Segment
from automation.forms.signature_words import SIGN, is_head
from automation.forms.structure import Item, Line
from automation.forms.tables import Region
from automation.forms.vocabulary import OTHER, Grade, Vocabulary
from automation.forms.weighing import ENOUGH, Heading, Weigher
from automation.forms.wording import numbering
from automation.thai.text import is_blank

_ONE_LINE = {"fiscal_year", "code", "number"}
_LONG = {
    "rationale",
    "objectives",
    "benefits",
    "evaluation",
    "outputs",
    "outcomes",
    "target_group",
    "name",
    "place",
    "activities",
}
"""Slots of running text: a label in the middle of their lines needs more to go by."""
_AND = re.compile(r"\s*(?:และ|/|,)\s*")
_HINT = re.compile(
    r"\s*\((?:โปรด|กรุณา|ให้)?\s*(?:ระบุ|อธิบาย|เขียน|กรอก|แสดง|เลือก|สรุป|บรรยาย|คำอธิบาย|คำชี้แจง|ใส่|ตอบ|จัดทำ)[^()]*\)\s*$"
)
"""A line that only says how to fill the form in: no value, it stays unread."""
_DASH = re.compile(r"\s*[-–—]\s+(?=\S)")
_INNER = re.compile(r"\s{2,}|\t|\s?(?:\.{4,}|…+|_{4,})\s*|\s(?=[ก-๛][^\s:：]{1,40}\s?[:：])")


class Segmenter:
    """Walks the items once; keeps which group is open and which number the last heading had."""

    def __init__(self, vocabulary: Vocabulary, style: Style) -> None:
        self._context = Context()
        self._vocabulary = vocabulary
        self._weigher = Weigher(vocabulary, style, self._context)
        self._segments: list[Segment] = [self._context.segment]
        self._grid: int | None = None
        self.indexes: list[Line] = []
        """Cells that hold nothing but the number of the label beside them."""

    def run(self, items: Iterable[Item]) -> list[Segment]:
        """The segments of the items in order; the first holds what stands before any label."""
        ahead = list(items)
        for number, item in enumerate(ahead):
            if isinstance(item, Region):
                self._leave_grid(None)
                self._segments[-1].content.append(item)
                continue
            self._leave_grid(item)
            if item.spot and item.spot.index:
                self.indexes.append(item)
                continue
            if item.spot is None and begins_block(
                [line.text for line in ahead[number : number + 4] if isinstance(line, Line)]
            ):
                self._sign()
            behind = ahead[number + 1] if number + 1 < len(ahead) else None
            self._context.behind = behind if isinstance(behind, Line) else None
            self._line(item)
        return [segment for segment in self._segments if segment.label or segment.content]

    def _leave_grid(self, line: Line | None) -> None:
        """A segment that has its value in a form table ends with the table."""
        grid = line.spot.grid if line and line.spot else None
        segment = self._segments[-1]
        left = self._grid is not None and grid != self._grid
        filled = segment.content and not segment.regions and segment.label and segment.label.spot
        if left and filled and line is not None:
            self._open(Segment(PREAMBLE), "")
        self._grid = grid

    def _line(self, line: Line) -> None:
        if SIGN.search(line.text) and not (line.spot and line.spot.value):
            self._sign()
        if _HINT.match(line.text):
            return
        heading = self._weigher.heading(line)
        if heading is not None and self._segments[-1].slot == "approvals" and not self._reopens(heading):
            heading = None
        if heading is None:
            if self._done(line):
                self._open(Segment(PREAMBLE), "")
            self._segments[-1].content += self._split(line)
            return
        number = line.number
        if number:
            self._context.numbers[number.form] = number.values
        slot = heading.match.slot
        group = slot if slot in GROUPS else PARENTS.get(slot, "")
        segment = Segment(slot, line, heading.wording, heading.match.grade, group=group)
        self._open(segment, group)
        self._context.also = self._named(heading, slot)
        dash = _DASH.match(line.text, heading.end)
        rest = line.part(dash.end() if dash else heading.end)
        if slot in GROUPS and self._opens_inside(slot, rest):
            self._line(rest)
            return
        if not is_blank(rest.text):
            segment.content += self._split(rest)

    def _named(self, heading: Heading, slot: str) -> frozenset[str]:
        """The slots that a label of several fields names; they stay open while their own labels come."""
        if {slot, PARENTS.get(slot, "")} & self._context.also:
            return self._context.also
        words = [word for word in _AND.split(heading.wording) if len(word.strip()) > 3]
        found = {match.slot for word in words if (match := self._vocabulary.match(word, loose=True))}
        return frozenset(found | {slot}) if len(words) > 1 and len(found - {slot}) else frozenset()

    def _opens_inside(self, group: str, rest: Line) -> bool:
        """Whether the text behind a group's label begins with the label of one of its fields."""
        inner = self._weigher.heading(rest)
        return inner is not None and PARENTS.get(inner.match.slot) == group

    def _open(self, segment: Segment, group: str) -> None:
        self._segments.append(segment)
        self._context.segment, self._context.group = segment, group
        self._context.titled &= segment.slot in (PREAMBLE, "fiscal_year", "code")

    def _sign(self) -> None:
        """The signatures begin: roles and verdicts right above the first ลงชื่อ belong to them."""
        last = self._segments[-1]
        if last.slot == "approvals":
            return
        heads: list[Item] = []
        while last.content and isinstance(last.content[-1], Line) and is_head(last.content[-1].text):
            heads.insert(0, last.content.pop())
        segment = Segment("approvals", content=heads)
        if (
            not last.content
            and not heads
            and last.label is not None
            and is_head(last.wording)
            and len(self._segments) > 1
        ):
            self._segments.pop()
            segment.content.append(last.label)
        self._open(segment, "")

    def _reopens(self, heading: Heading) -> bool:
        """Among signatures only a label that its number or cell makes sure ends them."""
        return (
            heading.score >= ENOUGH + 2
            and not is_head(heading.wording)
            and not heading.wording.startswith(("ตำแหน่ง", "วันที่"))
        )

    def _done(self, line: Line) -> bool:
        segment = self._segments[-1]
        return segment.slot in _ONE_LINE and bool(segment.content)

    def _split(self, line: Line) -> list[Item]:
        """The line, cut where a further label stands in its middle; opens the segments of those."""
        if self._segments[-1].slot in (UNKNOWN, OTHER, "responsible", "kind", "indicators"):
            return [line]
        listed = numbering(line.text)
        for gap in _INNER.finditer(line.text, listed.length if listed else 0):
            rest = line.part(gap.end())
            heading = self._inner(rest, wide=len(gap.group()) > 1 or "\t" in gap.group())
            if heading is None or is_blank(line.text[: gap.start()]):
                continue
            self._segments[-1].content.append(line.part(0, gap.start()))
            segment = Segment(heading.match.slot, rest, heading.wording, heading.match.grade)
            self._open(segment, PARENTS.get(heading.match.slot, self._context.group))
            value = rest.part(heading.end)
            if not is_blank(value.text):
                segment.content += self._split(value)
            return []
        return [line]

    def _inner(self, rest: Line, *, wide: bool) -> Heading | None:
        """A label in the middle of a line: known as it is, and nothing that could be running text."""
        found = [
            heading
            for heading in self._weigher.weighed(rest, loose=False, inner=wide)
            if heading.match.grade >= Grade.LABEL
        ]
        best = max(found, key=lambda heading: heading.score, default=None)
        if best is None or best.end >= len(rest.text):
            return None
        colon = rest.text[: best.end].rstrip().endswith((":", "："))
        needed = ENOUGH if self._segments[-1].slot not in _LONG else ENOUGH + 1
        return best if best.score + 1 >= needed and (wide or colon) else None
