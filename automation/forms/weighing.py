"""Is this line a label, and of which slot? The cues of its layout against the wording it holds.

The score adds up what the separator, the strength of the wording, bold type, list numbers, the place in a
form table and the style of the whole document say; behind a mere space the value must fit the slot as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from automation.forms.blueprint import PARENTS
from automation.forms.cues import Candidate, Style, candidates
from automation.forms.lone_headings import stands_alone
from automation.forms.plausible import SURE, plausible
from automation.forms.segments import UNKNOWN, Context, is_title
from automation.forms.structure import Line, Spot
from automation.forms.vocabulary import Grade, Match, Vocabulary, prefixes
from automation.forms.wording import Numbering, key, numbering
from automation.thai.text import is_blank

ENOUGH = 3.0
"""Score from which a line is a label."""
_SEPARATORS = {
    "cell": 3.0,
    "line": 2.0,
    "colon": 2.0,
    "star": 2.0,
    "bold": 2.0,
    "leader": 2.0,
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
_PARTED = {"indicators", "responsible", "history"}
"""Lists whose leaves people label within running lines."""

_CONTENT = re.compile(
    r"^(?:รวม|ทั้งสิ้น|ยอดรวม|หมวด|งบ(?:ดำเนินงาน|ลงทุน|บุคลากร|เงินอุดหนุน|รายจ่ายอื่น|กลาง)|ค่า(?!เป้าหมาย)|ไม่มี|ลงชื่อ|\(ลงชื่อ|วันที่|ตำแหน่ง|\()"
    r"|^(?:นางสาว|นาง|นาย(?!ช่าง|ทะเบียน|แพทย์|กรัฐ|กสมาคม|กเทศ)|น\.ส\.|ดร\.|ว่าที่ร้อย(?:ตรี|โท|เอก))\s*[ก-๛]+\s+[ก-๛]+(?:\s|$)"
)
"""What values begin with, and names of people: no labels that the layout alone could tell."""
_COUNTABLE = {"agenda", "indicators", "activities", "objectives", "outputs", "outcomes", "benefits"}
"""Lists that people count by their word."""
_LISTS = {"objectives", "outputs", "outcomes", "indicators", "benefits", "attachments"}
"""Lists whose items count on below the number of their label."""
_COUNTED = re.compile(r"\s*(?P<word>[ก-๛]{2,30}?)\s*(?:ข้อ)?\s*(?:ที่)?\s*[0-9๐-๙]{1,2}(?:[\s.:)]|$)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A label found in a line: its slot (`?` when nobody knows it) and where its value starts."""

    match: Match
    wording: str
    end: int
    score: float


def _grown(heading: Heading, spaced: list[Heading]) -> bool:
    """Whether a mere stem is a known label grown together with its value behind a space."""
    stem = heading.match.grade is Grade.STEM and heading.end - len(heading.wording) < 8
    return stem and any(
        other.match.slot == heading.match.slot and len(key(heading.wording)) - len(key(other.wording)) >= 10
        for other in spaced
    )


class Weigher:
    """Finds the label in a line, if it holds one."""

    def __init__(self, vocabulary: Vocabulary, style: Style, context: Context) -> None:
        self._vocabulary = vocabulary
        self._style = style
        self._context = context

    def heading(self, line: Line) -> Heading | None:
        """The label that a line starts with, by its wording or its layout alone; None where there is none."""
        if is_blank(line.text) or self._counts_on(line):
            return None
        first = self._first_item(line)
        if first is not None:
            return first
        found = self.weighed(line, loose=True)
        best = max(found, key=lambda heading: (heading.score, heading.match.grade), default=None)
        if best and best.score >= ENOUGH:
            return None if self._belongs(line, best) else best
        return self._again(line) or self._unknown(line) or self._alone(line)

    def _counts_on(self, line: Line) -> bool:
        """Whether a line is the next of the open list, told by the list's word: `ระเบียบวาระที่ ๒ …`."""
        segment, said = self._context.segment, _COUNTED.match(line.text)
        if segment.slot not in _COUNTABLE or said is None:
            return False
        match = self._vocabulary.match(said["word"], within=self._context.group, loose=True)
        return match is not None and match.slot == segment.slot

    def _first_item(self, line: Line) -> Heading | None:
        """The first point of an agenda that no heading announces: `วาระที่ ๑ …` is both label and value."""
        said = _COUNTED.match(line.text)
        match = self._vocabulary.match(said["word"]) if said else None
        if said is None or match is None or match.slot != "agenda":
            return None
        return Heading(match, said["word"], said.end("word"), ENOUGH)

    def _again(self, line: Line) -> Heading | None:
        """The label of the open segment once more, on a line of its own before any value."""
        segment = self._context.segment
        match = self._vocabulary.match(line.text.strip()) if not segment.content else None
        if match is None or match.slot != segment.slot or match.grade < Grade.LABEL:
            return None
        return Heading(match, line.text.strip(), len(line.text), ENOUGH)

    def _belongs(self, line: Line, heading: Heading) -> bool:
        """A leaf of the list that is open (`เป้าหมาย :` under ตัวชี้วัด) is a part of it, no label of its own."""
        segment = self._context.segment
        again = heading.match.slot == segment.slot and self._leaf(heading.wording)
        if segment.slot == "history" and heading.match.slot == "fiscal_year" and line.number is None:
            return True
        if again and bool(segment.content) and line.number and line.number.form != "plain.":
            return True
        if (
            line.bold
            or line.lead
            or line.number
            or line.para.level is not None
            or (line.spot and line.spot.label)
        ):
            return False
        return (
            segment.slot in _PARTED
            and bool(segment.content)
            and bool(self._vocabulary.leaves(heading.wording, segment.slot))
        )

    def weighed(self, line: Line, *, loose: bool, inner: bool = False) -> list[Heading]:
        """The labels that a line may start with and their scores; stems and typing errors when `loose`.

        An `inner` label stands behind a gap in a line: it need not be set as the labels of lines are.
        """
        headings: list[Heading] = []
        for candidate in candidates(line):
            sure = candidate.sep in ("cell", "colon") or not (self._context.titled and is_title(line.text))
            match = self._vocabulary.match(candidate.label, within=self._context.group, loose=loose and sure)
            if match and not (match.grade < Grade.SHORT and self._item(line)):
                headings.append(self._weigh(line, candidate, match, inner))
        if not any(heading.match.grade >= Grade.WITHIN and heading.score >= ENOUGH for heading in headings):
            spaced = [heading for heading in self._spaced(line, inner) if heading.score >= ENOUGH]
            headings = [heading for heading in headings if not _grown(heading, spaced)] + spaced
        return headings

    def _spaced(self, line: Line, inner: bool = False) -> list[Heading]:
        """Labels that only a space parts from their value: known as they are, the value must fit.

        The longest is meant, but where the value tells of itself: `สถานที่ ห้องประชุม ๑`.
        """
        number = numbering(line.text)
        start = number.length if number else len(line.text) - len(line.text.lstrip())
        body = line.text[start:]
        found: list[Heading] = []
        for end in prefixes(body):
            match = self._vocabulary.match(body[:end], within=self._context.group)
            if match and match.grade >= Grade.WITHIN and all(match.slot == one.match.slot for one in found):
                found.append(self._weigh(line, Candidate(body[:end], start + end, "space"), match, inner))
                if match.slot not in SURE:
                    break
        return found

    def _weigh(self, line: Line, candidate: Candidate, match: Match, free: bool) -> Heading:
        bold = line.bold or candidate.sep == "bold" or line.lead >= len(candidate.label) > 0
        inside = (
            bool(self._context.group)
            and PARENTS.get(match.slot) == self._context.group
            and match.grade >= Grade.WITHIN
        )
        inside = inside or (match.slot in self._context.also and match.grade >= Grade.LABEL)
        score = _SEPARATORS[candidate.sep] + _GRADES[match.grade] + 1.0 * bold + 1.0 * inside
        score += 1.5 * (line.para.level is not None)
        listed = self._style.bulleted >= 0.6 and candidate.sep == "colon" and match.grade >= Grade.SHORT
        score += self._numbered(line, match, bold or inside or listed) + self._placed(
            line.spot, candidate, match, inside
        )
        if candidate.sep in ("space", "gap", "leader"):
            score += plausible(match.slot, line.text[candidate.end :])
        if candidate.sep != "cell" and not (inside or free or self._context.titled):
            score += self._styled(line, candidate, match, bold)
        return Heading(match, candidate.label, candidate.end, score)

    def _numbered(self, line: Line, match: Match, sure: bool) -> float:
        """A number of the headings' form speaks for a label, one of a list against it."""
        number = line.number
        if number is None:
            return 0.0
        if (self._child(number) and number.form not in self._style.forms) or self._listed(number):
            return 0.0 if sure else -2.0
        if number.form in self._style.forms:
            last = self._context.numbers.get(number.form) or (0,)
            return 1.5 if number.values == (*last[:-1], last[-1] + 1) else 1.0
        return -2.0 if not sure and self._style.count >= 4 and line.para.level is None else 0.0

    def _listed(self, number: Numbering) -> bool:
        """Whether a number of the headings' form starts a list or goes on with the open one."""
        if not number.values:
            return True
        last = self._context.numbers.get(number.form)
        return last is not None and (
            (number.values[-1] == 1 and len(number.values) == 1) or self._counted(number)
        )

    def _placed(self, spot: Spot | None, candidate: Candidate, match: Match, inside: bool) -> float:
        """The place in a form table: the top of a cell speaks for a label, a value's cell against it."""
        if spot is None:
            return 0.0
        if spot.value and not inside and not spot.top and match.grade >= Grade.LABEL:
            listed = self._context.segment.slot == "attachments"
            return -2.0 if listed or candidate.sep not in ("line", "colon", "space") else -1.0
        if spot.value and not inside:
            return -1.0 if match.grade >= Grade.LABEL and candidate.sep == "colon" else -2.0
        return 0.5 if spot.top and not spot.value else 0.0

    def _styled(self, line: Line, candidate: Candidate, match: Match, bold: bool) -> float:
        """How far the candidate is set as the sure labels are; the template's own label is excused."""
        style, number = self._style, line.number
        numbered = number is not None and number.form in style.forms
        colon = candidate.sep == "colon"
        score = 1.0 * ((style.colon >= 0.6 and colon) or (style.leader >= 0.5 and candidate.sep == "leader"))
        plain = not (bold or numbered or line.para.level is not None)
        score -= 2.0 * (
            match.grade is Grade.STEM and plain and candidate.sep in ("line", "gap", "leader", "tick")
        )
        if match.grade is Grade.ANCHOR and candidate.sep in ("line", "colon"):
            return score
        score -= 2.0 * (style.bold >= 0.6 and not bold)
        score -= 1.0 * (style.numbered >= 0.6 and not numbered and not bold)
        return score - 1.0 * (style.colon >= 0.6 and not colon and not bold)

    def _child(self, number: Numbering) -> bool:
        """Whether a number is one below that of the heading before (๗.๑ under ๗.): an item or a sub-label."""
        return number.form.startswith("deep") and self._context.numbers.get("plain.") == number.values[:1]

    def _item(self, line: Line) -> bool:
        """Whether a line is an item by its number: ๘.๑ under ๘., the label of a list."""
        number, listed = line.number, self._context.segment.slot in _LISTS
        return listed and not (line.bold or line.lead) and number is not None and self._child(number)

    def _sibling(self, number: Numbering) -> bool:
        """Whether a heading with a number of this form stood under the same one before."""
        last = self._context.numbers.get(number.form)
        return last is not None and last[:-1] == number.values[:-1]

    def _unknown(self, line: Line) -> Heading | None:
        """A label by its layout alone: set like the document's other labels, but nobody knows its wording."""
        if self._context.titled and is_title(line.text):
            return None
        for candidate in sorted(candidates(line), key=lambda one: one.end):
            words = candidate.label.strip()
            content = candidate.sep != "cell" and _CONTENT.match(words)
            if len(key(words)) < 4 or content or self._leaf(words):
                continue
            if candidate.sep == "cell" or self._like_labels(line, candidate):
                meant = self._vocabulary.match(words, within=self._context.group, loose=True)
                return Heading(meant or Match(UNKNOWN, Grade.STEM), words, candidate.end, ENOUGH)
        return None

    def _alone(self, line: Line) -> Heading | None:
        words = line.text.strip(" :：\t")
        behind = self._context.behind
        valued = behind is not None and self._vocabulary.match(behind.text.strip()) is None
        if _CONTENT.match(words) or not stands_alone(line, words, self._context, self._style, valued=valued):
            return None
        return Heading(Match(UNKNOWN, Grade.STEM), words, len(line.text), ENOUGH)

    def _leaf(self, words: str) -> bool:
        slot = self._context.segment.slot
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
                or (self._child(number) and not self._sibling(number))
                or self._item(line)
                or self._counted(number)
            ):
                return False
            return self._continues(number.form, number.values) and (bold or style.bold < 0.4)
        if style.bold >= 0.6:
            return bold and number is None and candidate.sep in ("line", "colon", "bold")
        parted = (style.colon >= 0.6 and candidate.sep == "colon") or (
            style.leader >= 0.5 and candidate.sep == "leader"
        )
        return parted and number is None and line.spot is None and len(candidate.label) <= 40

    def _counted(self, number: Numbering) -> bool:
        """Whether the number goes on with a list of the open segment."""
        inside = [line.number for line in self._context.segment.lines if line.number and line.number.values]
        values = {other.values[-1] for other in inside if other.form == number.form}
        return 1 in values and bool(number.values) and number.values[-1] - 1 in values

    def _continues(self, form: str, values: tuple[int, ...]) -> bool:
        """Whether a number goes on where the headings of its form stopped."""
        last = self._context.numbers.get(form)
        if not last or not values:
            return form.startswith("part")
        if values[:-1] == last[:-1]:
            return last[-1] < values[-1] <= last[-1] + 2
        return len(values) > 1 and values > last and values[-1] <= 2
