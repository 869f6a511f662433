"""Headers and footers: what repeats the form's title or states a field of it; all else there is unread."""

from __future__ import annotations

import re
from collections.abc import Iterator

from automation.forms.segments import PREAMBLE, Segment, is_title
from automation.forms.structure import Line
from automation.forms.vocabulary import Grade, Match, Vocabulary, prefixes
from automation.forms.wording import key, plain
from automation.office.blocks import Document, Para

_HEADED = {"fiscal_year", "code", "bureau", "group"}
"""Slots that people state at the edge of the page."""
_WORD = re.compile(r"(?:^|(?<=[\s|]))(?=[ก-๛A-Za-z])")
_GAP = re.compile(r"\t|\n|\s{2,}|\s*\|\s*")


def around(document: Document, vocabulary: Vocabulary) -> tuple[list[Segment], list[Para]]:
    """Segments out of headers and footers, to come last of all, and the paragraphs that they are from."""
    segments: list[Segment] = []
    told: list[Para] = []
    for para in document.headers:
        found = list(_segments(Line(plain(para.text), para, 0), vocabulary))
        if all(segment.slot or _furniture(segment.lines[0].text, vocabulary) for segment in found):
            segments += found
            told.append(para)
    return segments, told


def _segments(line: Line, vocabulary: Vocabulary) -> Iterator[Segment]:
    """The line cut at its labels."""
    marks = list(_labels(line.text, vocabulary))
    if not marks or line.text[: marks[0][0]].strip():
        yield Segment(PREAMBLE, content=[line.part(0, marks[0][0] if marks else None)])
    ends = [*(start for start, _, _ in marks[1:]), len(line.text)]
    for (start, stop, match), end in zip(marks, ends, strict=False):
        content = [line.part(stop, end)]
        yield Segment(match.slot, line.part(start, stop), line.text[start:stop], match.grade, [*content])


def _labels(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int, Match]]:
    """Start, end and meaning of each label of a field in a text."""
    reached = 0
    for word in _WORD.finditer(text):
        for size in prefixes(text[word.start() :]) if word.start() >= reached else ():
            match = vocabulary.match(text[word.start() : word.start() + size])
            if match and match.slot in _HEADED and match.grade >= Grade.LABEL:
                reached = word.start() + size
                yield word.start(), reached, match
                break


def _furniture(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text only repeats the form's title and counts pages."""
    parts = [part for part in _GAP.split(text) if part.strip()]
    return all(is_title(part) or key(part) in vocabulary.furniture or key(part).isdigit() for part in parts)
