"""Headings whose numbers stand without a dot (`๑ ชื่อโครงการ`): told from figures by counting through them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from automation.forms.cues import candidates
from automation.forms.structure import Item, Line
from automation.forms.vocabulary import Grade, Vocabulary
from automation.thai.digits import to_arabic

_BARE = re.compile(r"\s*(?P<number>[0-9๐-๙]{1,2})(?:\s+|\t)(?=[ก-ฮเ-ไ])")
_FEWEST = 4
"""Known labels with a number of their own that make a count."""


def with_numbers(items: Sequence[Item], vocabulary: Vocabulary) -> tuple[list[Item], list[Line]]:
    """The items with such numbers taken off the text as if Word had printed them; the numbers as lines."""
    counted = _counted(items, vocabulary)
    if len(counted) < _FEWEST:
        return list(items), []
    parted: list[Item] = []
    numbers: list[Line] = []
    for place, item in enumerate(items):
        end = counted.get(place)
        if end is None or not isinstance(item, Line):
            parted.append(item)
            continue
        rest = item.part(end)
        numbers.append(item.part(0, end))
        number = f"{int(to_arabic(item.text[:end].strip()))}."
        parted.append(replace(rest, bold=item.bold, lead=max(0, item.lead - end), printed=number))
    return parted, numbers


def _counted(items: Sequence[Item], vocabulary: Vocabulary) -> dict[int, int]:
    """Place of each line that goes on with the count before a known label → where its words start."""
    found: dict[int, int] = {}
    last = 0
    for place, item in enumerate(items):
        bare = _BARE.match(item.text) if isinstance(item, Line) and item.spot is None else None
        if bare is None or not isinstance(item, Line):
            continue
        number = int(to_arabic(bare["number"]))
        if last < number <= last + 2 and (item.bold or _known(item.part(bare.end()), vocabulary)):
            found[place] = bare.end()
            last = number
    return found


def _known(rest: Line, vocabulary: Vocabulary) -> bool:
    return any(
        match.grade is not Grade.WITHIN
        for candidate in candidates(rest)
        if (match := vocabulary.match(candidate.label, loose=candidate.sep == "line")) is not None
    )
