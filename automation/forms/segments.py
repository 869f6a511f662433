"""Cut a document into segments: a label and what stands behind it, up to the next label.

Whether a line holds a label is weighed from the cues of its layout, the strength of its wording, the style
of the whole document and whether what follows can be a value of the field. A label that nobody knows
closes the segment before it, so that its text is reported as unread and never swallowed by a neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from automation.forms.blueprint import PARENTS
from automation.forms.fields_signatures import SIGN, is_head
from automation.forms.structure import Candidate, Item, Line, Spot, Style, candidates
from automation.forms.tables import Region
from automation.forms.vocabulary import OTHER, Grade, Match, Vocabulary, prefixes
from automation.forms.wording import Numbering, key, numbering
from automation.office.blocks import Place
from automation.thai.digits import to_arabic
from automation.thai.text import is_blank, squeeze

UNKNOWN = "?"
PREAMBLE = ""

_ENOUGH = 3.0
_SEPARATORS = {
    "cell": 3.0,
    "line": 2.0,
    "colon": 2.0,
    "star": 2.0,
    "bold": 2.0,
    "tick": 1.5,
    "gap": 1.0,
    "space": 0.0,
}
_GRADES = {
    Grade.ANCHOR: 2.0,
    Grade.LABEL: 2.0,
    Grade.WITHIN: 2.5,
    Grade.TYPO: 1.5,
    Grade.SHORT: 1.0,
    Grade.STEM: 0.5,
}
_ONE_LINE = {"fiscal_year", "code", "number"}
LONG = {
    "rationale",
    "objectives",
    "benefits",
    "evaluation",
    "outputs",
    "outcomes",
    "target_group",
    "name",
    "place",
}
"""Slots of running text: a label in the middle of their lines needs a colon."""
_PARTED = {"indicators", "responsible", "history"}
"""Lists whose leaves people label within running lines."""
GROUPS = frozenset(PARENTS.values())

_FITS = {
    "fiscal_year": re.compile(r"(?:พ\.ศ\.\s*)?(?:25)?\d\d\b"),
    "budget": re.compile(r".{0,60}?\d[\d,]*(?:\.\d+|\.-)?\s*(?:บาท|ล้าน|แสน)|ไม่ใช้|เงิน"),
    "budget.total": re.compile(r".{0,60}?\d[\d,]*(?:\.\d+|\.-)?\s*(?:บาท|ล้าน|แสน|หมื่น|พัน|$)|ไม่ใช้"),
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
    "reply_by": re.compile(r".{0,16}\d"),
    "responsible": re.compile(r"(?:ชื่อ|นาย|นาง|ดร\.|ว่าที่|น\.ส\.)"),
}
"""Slot → what a value behind a mere space must look like for the words before it to be its label."""

_LEADERS = re.compile(r"\.{3,}|…+|_{3,}")
_INNER = re.compile(r"\s{2,}|\t|\s?(?:\.{4,}|…+|_{4,})\s*|\s(?=[ก-๛][^\s:：]{1,40}\s?[:：])")

_TITLE = re.compile(
    r"^(?:แบบ|รายละเอียด(?:ของ)?(?:โครงการ|งาน|แผน)|ข้อเสนอ|เอกสาร|โครงการ(?:ประจำ)?\s*ปี|โครงการ\s*/|งานประจำ|ประจำปี|ปีงบประมาณ"
    r"|ปี\s?(?:พ\.ศ\.)?\s?[0-9๐-๙]{4}|สำนัก|วุฒิสภา|\(?ร่าง\)?|หน้า|นผ|ใบเสนอ|การประชุม|กำหนดการประชุม|สรุป(?:โครงการ|ข้อเสนอ))"
)

_CONTENT = re.compile(r"^(?:รวม|ทั้งสิ้น|ยอดรวม|หมวด|งบ(?:ดำเนินงาน|ลงทุน|บุคลากร|เงินอุดหนุน|รายจ่ายอื่น|กลาง)|ค่า(?!เป้าหมาย)|ไม่มี|ลงชื่อ|\(ลงชื่อ|วันที่|ตำแหน่ง|\()")


@dataclass(slots=True)
class Segment:
    """A label with its slot, and the lines and tables behind it."""

    slot: str
    label: Line | None = None
    wording: str = ""
    grade: Grade | None = None
    content: list[Item] = field(default_factory=list)
    group: str = ""

    @property
    def lines(self) -> list[Line]:
        """The lines of the content."""
        return [item for item in self.content if isinstance(item, Line)]

    @property
    def regions(self) -> list[Region]:
        """The tables of the content."""
        return [item for item in self.content if isinstance(item, Region)]

    @property
    def place(self) -> Place | None:
        """Where the value stands, or the label when there is none."""
        for item in self.content:
            return item.place
        return self.label.place if self.label else None


@dataclass(frozen=True, slots=True)
class Heading:
    """A label found in a line: its slot (`?` when nobody knows it) and where its value starts."""

    match: Match
    wording: str
    end: int
    score: float


def is_title(text: str) -> bool:
    """Whether a line above the first label is the form's own heading."""
    return len(text) <= 160 and _TITLE.match(squeeze(text)) is not None


class Segmenter:
    """Walks the items once; keeps which group is open and which number the last heading had."""

    def __init__(self, vocabulary: Vocabulary, style: Style) -> None:
        self._vocabulary = vocabulary
        self._style = style
        self._segments: list[Segment] = [Segment(PREAMBLE)]
        self._group = ""
        self._grid: int | None = None
        self._numbers: dict[str, tuple[int, ...]] = {}
        self.indexes: list[Line] = []
        """Cells that hold nothing but the number of the label beside them."""

    def run(self, items: Iterable[Item]) -> list[Segment]:
        """The segments of the items in order; the first holds what stands before any label."""
        for item in items:
            if isinstance(item, Region):
                self._leave_grid(None)
                self._segments[-1].content.append(item)
                continue
            self._leave_grid(item)
            if item.spot and item.spot.index:
                self.indexes.append(item)
                continue
            self._line(item)
        return [segment for segment in self._segments if segment.label or segment.content]

    def _leave_grid(self, line: Line | None) -> None:
        """A segment that has its value in a form table ends with the table."""
        grid = line.spot.grid if line and line.spot else None
        segment = self._segments[-1]
        if (
            self._grid is not None
            and grid != self._grid
            and segment.content
            and segment.label
            and segment.label.spot
        ):
            if not (segment.regions or grid is None and line is None):
                self._open(Segment(PREAMBLE), "")
        self._grid = grid

    def _line(self, line: Line) -> None:
        if SIGN.search(line.text) and not (line.spot and line.spot.value):
            self._sign()
        heading = self._heading(line)
        if heading is not None and self._segments[-1].slot == "approvals" and not self._reopens(heading):
            heading = None
        if heading is None:
            if self._done(line):
                self._open(Segment(PREAMBLE), "")
            self._segments[-1].content += self._split(line)
            return
        number = line.number
        if number:
            self._numbers[number.form] = number.values
        slot = heading.match.slot
        group = slot if slot in GROUPS else PARENTS.get(slot, "")
        segment = Segment(slot, line, heading.wording, heading.match.grade, group=group)
        self._open(segment, group)
        rest = line.part(heading.end)
        if not is_blank(rest.text):
            segment.content += self._split(rest)

    def _open(self, segment: Segment, group: str) -> None:
        self._segments.append(segment)
        self._group = group

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
            heading.score >= _ENOUGH + 2
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
        for gap in _INNER.finditer(line.text):
            rest = line.part(gap.end())
            heading = self._inner(rest, wide=len(gap.group()) > 1 or "\t" in gap.group())
            if heading is None or is_blank(line.text[: gap.start()]):
                continue
            self._segments[-1].content.append(line.part(0, gap.start()))
            segment = Segment(heading.match.slot, rest, heading.wording, heading.match.grade)
            self._open(segment, PARENTS.get(heading.match.slot, self._group))
            value = rest.part(heading.end)
            if not is_blank(value.text):
                segment.content += self._split(value)
            return []
        return [line]

    def _inner(self, rest: Line, *, wide: bool) -> Heading | None:
        """A label in the middle of a line: one that is known as it is, and nothing that could be running text."""
        found = [
            heading for heading in self._weighed(rest, loose=False) if heading.match.grade >= Grade.LABEL
        ]
        best = max(found, key=lambda heading: heading.score, default=None)
        if best is None or best.end >= len(rest.text):
            return None
        colon = rest.text[: best.end].rstrip().endswith((":", "："))
        needed = _ENOUGH if self._segments[-1].slot not in LONG else _ENOUGH + 1
        return best if best.score + 1 >= needed and (wide or colon) else None

    def _heading(self, line: Line) -> Heading | None:
        if is_blank(line.text):
            return None
        found = self._weighed(line, loose=True)
        best = max(found, key=lambda heading: (heading.score, heading.match.grade), default=None)
        if best and best.score >= _ENOUGH:
            return None if self._belongs(line, best) else best
        return self._unknown(line)

    def _belongs(self, line: Line, heading: Heading) -> bool:
        """A leaf of the list that is open (`เป้าหมาย :` under ตัวชี้วัด) is a part of it, no label of its own."""
        segment = self._segments[-1]
        if (
            line.bold
            or line.lead
            or line.number
            or line.para.level is not None
            or (line.spot and line.spot.label)
        ):
            return False
        return segment.slot in _PARTED and bool(segment.content) and bool(self._vocabulary.leaves(heading.wording, segment.slot))

    def _weighed(self, line: Line, *, loose: bool) -> list[Heading]:
        headings: list[Heading] = []
        for candidate in candidates(line):
            sure = candidate.sep in ("cell", "colon") or not (self._titled() and is_title(line.text))
            match = self._vocabulary.match(candidate.label, within=self._group, loose=loose and sure)
            if match:
                headings.append(self._weigh(line, candidate, match))
        if not any(heading.match.grade >= Grade.WITHIN and heading.score >= _ENOUGH for heading in headings):
            headings += self._spaced(line)
        return headings

    def _spaced(self, line: Line) -> list[Heading]:
        """Labels that only a space parts from their value: known as they are, the value must fit."""
        number = numbering(line.text)
        start = number.length if number else len(line.text) - len(line.text.lstrip())
        body = line.text[start:]
        for end in prefixes(body):
            match = self._vocabulary.match(body[:end], within=self._group)
            if match and match.grade >= Grade.WITHIN:
                return [self._weigh(line, Candidate(body[:end], start + end, "space"), match)]
        return []

    def _weigh(self, line: Line, candidate: Candidate, match: Match) -> Heading:
        bold = line.bold or candidate.sep == "bold" or line.lead >= len(candidate.label) > 0
        inside = bool(self._group) and PARENTS.get(match.slot) == self._group and match.grade >= Grade.WITHIN
        score = _SEPARATORS[candidate.sep] + _GRADES[match.grade] + 1.0 * bold + 1.0 * inside
        score += 1.5 * (line.para.level is not None)
        score += self._numbered(line, match, bold or inside) + self._placed(line.spot, candidate, match, inside)
        if candidate.sep in ("space", "gap"):
            score += self._plausible(match.slot, line.text[candidate.end :])
        if candidate.sep != "cell" and not inside and not self._titled():
            score += self._styled(line, candidate, match, bold)
        return Heading(match, candidate.label, candidate.end, score)

    def _numbered(self, line: Line, match: Match, sure: bool) -> float:
        """A number of the headings' form speaks for a label, one of a list against it."""
        number = line.number
        if number is None:
            return 0.0
        if self._child(number) or self._listed(number):
            return 0.0 if sure else -2.0
        if number.form in self._style.forms:
            last = self._numbers.get(number.form, (0,))
            return 1.5 if number.values == (*last[:-1], last[-1] + 1) else 1.0
        return -2.0 if not sure and self._style.count >= 4 and line.para.level is None else 0.0

    def _listed(self, number: Numbering) -> bool:
        """Whether a number of the headings' form starts a list or goes on with the one of the open segment."""
        last = self._numbers.get(number.form)
        return last is not None and (number.values[-1] == 1 and len(number.values) == 1 or self._counted(number))

    def _placed(self, spot: Spot | None, candidate: Candidate, match: Match, inside: bool) -> float:
        """What the place in a form table says: the top of a cell speaks for a label, a value's cell against it."""
        if spot is None:
            return 0.0
        if spot.value and not inside:
            return -1.0 if match.grade >= Grade.LABEL and candidate.sep == "colon" else -2.0
        return 0.5 if spot.top and not spot.value else 0.0

    def _styled(self, line: Line, candidate: Candidate, match: Match, bold: bool) -> float:
        """How far the candidate is set as the document's sure labels are; the template's own label is excused."""
        style, number = self._style, line.number
        numbered = number is not None and number.form in style.forms
        colon = candidate.sep == "colon"
        score = 1.0 * (style.colon >= 0.6 and colon)
        plain = not (bold or numbered or line.para.level is not None)
        score -= 2.0 * (match.grade is Grade.STEM and plain and candidate.sep in ("line", "gap", "tick"))
        if match.grade is Grade.ANCHOR and candidate.sep in ("line", "colon"):
            return score
        score -= 2.0 * (style.bold >= 0.6 and not bold)
        score -= 1.0 * (style.numbered >= 0.6 and not numbered and not bold)
        return score - 1.0 * (style.colon >= 0.6 and not colon and not bold)

    def _child(self, number: Numbering) -> bool:
        """Whether a number is one below that of the heading before (๗.๑ under ๗.): an item or a sub-label."""
        return number.form.startswith("deep") and self._numbers.get("plain.") == number.values[:1]

    def _titled(self) -> bool:
        """Whether the form's title block still goes on: it is set unlike the labels below it."""
        return all(segment.slot in (PREAMBLE, "fiscal_year", "code") for segment in self._segments)

    def _plausible(self, slot: str, value: str) -> float:
        pattern = _FITS.get(slot)
        if pattern is None:
            return 0.0
        return 1.0 if pattern.match(_LEADERS.sub(" ", to_arabic(value)).strip(" .…:_\t")) else -2.0

    def _unknown(self, line: Line) -> Heading | None:
        """A label by its layout alone: set like the document's other labels, but nobody knows its wording."""
        if self._titled() and is_title(line.text):
            return None
        for candidate in candidates(line):
            words = candidate.label.strip()
            if len(key(words)) < 4 or _CONTENT.match(words) or self._leaf(words):
                continue
            if candidate.sep == "cell" or self._like_labels(line, candidate):
                meant = self._vocabulary.match(words, within=self._group, loose=True)
                return Heading(meant or Match(UNKNOWN, Grade.STEM), words, candidate.end, _ENOUGH)
        return None

    def _leaf(self, words: str) -> bool:
        slot = self._segments[-1].slot
        return slot in _PARTED and bool(self._vocabulary.leaves(words, slot))

    def _like_labels(self, line: Line, candidate: Candidate) -> bool:
        style, number = self._style, line.number
        if style.count < 4 or (line.spot and line.spot.value) or len(candidate.label) > 70:
            return False
        bold = line.bold or candidate.sep == "bold" or line.lead >= len(candidate.label)
        if number is not None and number.form == "part":
            return candidate.sep in ("line", "colon", "bold")
        if style.numbered >= 0.6:
            if (
                number is None
                or number.form not in style.forms
                or self._child(number)
                or self._counted(number)
            ):
                return False
            return self._continues(number.form, number.values) and (bold or style.bold < 0.4)
        if style.bold >= 0.6:
            return bold and number is None and candidate.sep in ("line", "colon", "bold")
        return (
            style.colon >= 0.6
            and candidate.sep == "colon"
            and number is None
            and line.spot is None
            and len(candidate.label) <= 40
        )

    def _counted(self, number: Numbering) -> bool:
        """Whether the number goes on with a list of the open segment."""
        inside = [line.number for line in self._segments[-1].lines if line.number]
        return any(
            other.form == number.form and other.values[-1] + 1 == number.values[-1] for other in inside
        )

    def _continues(self, form: str, values: tuple[int, ...]) -> bool:
        """Whether a number goes on where the headings of its form stopped."""
        last = self._numbers.get(form)
        if last is None:
            return form.startswith("part")
        if values[:-1] == last[:-1]:
            return last[-1] < values[-1] <= last[-1] + 2
        return len(values) > 1 and values > last and values[-1] <= 2
