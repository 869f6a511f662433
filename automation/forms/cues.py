"""The cues of a layout: the ways to see a label in a line, and the style that a document's labels share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from automation.forms.structure import Item, Line
from automation.forms.vocabulary import Grade, Vocabulary, prefixes
from automation.forms.wording import TICK, numbering

_GAP = re.compile(r"\s{2,}|\t\s*")
_LEADER = re.compile(r"\s*(?:\.{4,}|…+|_{4,})\s*")
_COLON = re.compile(r"\s*[:：](?!//)\s*(?!\d\d\b)|\s+=\s+(?=[^\d\s])|\s+=$")
_STAR = re.compile(r"\s*\*+\s*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to see a label in a line: its words, where the value starts, what stands between."""

    label: str
    end: int
    sep: str


def candidates(line: Line) -> Iterator[Candidate]:
    """The ways to see a label in a line, each with the separator that speaks for it."""
    number = numbering(line.text)
    start = number.length if number else len(line.text) - len(line.text.lstrip())
    body = line.text[start:]
    if TICK.match(body):
        return
    whole = body.rstrip(" :：*\t")
    if line.spot and line.spot.label:
        yield Candidate(whole, len(line.text), "cell")
        return
    if len(whole) <= 90 and not TICK.search(whole):
        yield Candidate(whole, len(line.text), "colon" if body.rstrip().endswith((":", "：")) else "line")
    for pattern, sep in (
        (_COLON, "colon"),
        (_STAR, "star"),
        (_LEADER, "leader"),
        (_GAP, "gap"),
        (TICK, "tick"),
    ):
        found = pattern.search(body)
        if found and 1 <= found.start() <= 90:
            yield Candidate(
                body[: found.start()], start + (found.start() if sep == "tick" else found.end()), sep
            )
    if line.lead > start + 1:
        yield Candidate(line.text[start : line.lead], line.lead, "bold")


@dataclass(frozen=True, slots=True)
class Style:
    """How a document sets its labels: shares (0 to 1) of the surely known ones, and their list numbers."""

    bold: float = 0.0
    numbered: float = 0.0
    colon: float = 0.0
    leader: float = 0.0
    bulleted: float = 0.0
    alone: float = 0.0
    """Labels on lines of their own."""
    forms: frozenset[str] = frozenset()
    """Number forms that its labels use (`plain.`, `deep2`)."""
    count: int = 0


def style_of(items: Iterable[Item], vocabulary: Vocabulary) -> Style:
    """The style that the surely known labels outside of label cells share."""
    seen: list[tuple[bool, str, str]] = []
    for line in items:
        if not isinstance(line, Line) or (line.spot and (line.spot.label or line.spot.value)):
            continue
        for candidate in candidates(line):
            match = vocabulary.match(candidate.label)
            if match and match.grade >= Grade.LABEL:
                bold = line.bold or candidate.sep == "bold" or line.lead >= len(candidate.label)
                seen.append((bold, line.number.form if line.number else "", candidate.sep))
                break
        else:
            if line.number and _spaced(line, vocabulary):
                seen.append((line.bold or line.lead > line.number.length, line.number.form, "space"))
    return _shared(seen)


def _spaced(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a numbered line begins with a known label that only a space parts from its value."""
    number = numbering(line.text)
    body = line.text[number.length if number else 0 :]
    hits = (vocabulary.match(body[:end]) for end in prefixes(body))
    return any(hit is not None and hit.grade >= Grade.LABEL for hit in hits)


def _shared(seen: Sequence[tuple[bool, str, str]]) -> Style:
    """The style that labels share, each as bold, form of its number, separator."""
    total = len(seen)
    if total < 4:
        return Style(count=total)
    forms = [form for _, form, _ in seen if form and form != "bullet"]
    return Style(
        bold=sum(bold for bold, _, _ in seen) / total,
        numbered=len(forms) / total,
        colon=sum(sep == "colon" for _, _, sep in seen) / total,
        bulleted=sum(form == "bullet" for _, form, _ in seen) / total,
        alone=sum(sep == "line" for _, _, sep in seen) / total,
        leader=sum(sep == "leader" for _, _, sep in seen) / total,
        forms=frozenset(form for form in set(forms) if forms.count(form) >= 3),
        count=total,
    )
