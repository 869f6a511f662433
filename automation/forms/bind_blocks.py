"""Activities that have a block each: `กิจกรรมที่ ๑ …` over its months and its own table of costs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from automation.forms.bind import Draft
from automation.forms.fields import text_of
from automation.forms.fields_lines import months_of
from automation.forms.fields_money import states_nothing
from automation.forms.segments import Segment
from automation.forms.structure import Line
from automation.forms.wording import clean
from automation.model import Activity

_NAMED = re.compile(r"\s*กิจกรรม(?:หลัก)?(?:ที่)?\s*[0-9๐-๙]{1,2}\s*[.):：]?\s+(?P<name>\S.*)")
_FEWEST = 2


@dataclass(slots=True)
class _Block:
    name: str
    line: Line
    owner: Segment
    inside: list[Segment] = field(default_factory=list)

    def of(self, slot: str) -> list[Segment]:
        return [segment for segment in self.inside if segment.slot.split(".")[0] == slot]


def blocks(draft: Draft, segments: Sequence[Segment]) -> list[Segment]:
    """The segments, those of activity blocks read and emptied; their cost tables come as one segment more."""
    found = [block for block in _found(segments) if block.of("period")]
    if len(found) < _FEWEST or "activities" in draft.values:
        return list(segments)
    costs = Segment("budget.lines")
    activities = []
    for block in found:
        times = block.of("period")
        activities.append(Activity(name=block.name, months=months_of(text_of(times[0].lines) or "")))
        draft.use([block.line])
        if block.line is not block.owner.label:
            block.owner.content.remove(block.line)
        for segment in times:
            draft.use(segment.lines)
            segment.slot, segment.content = "activities", []
        for segment in block.of("budget"):
            draft.use([line for line in segment.lines if states_nothing(line.text)])
            costs.content += segment.regions
            segment.content = []
    draft.put("activities", tuple(activities), found[0].owner, found[0].line.place)
    return [*segments, costs]


def _found(segments: Sequence[Segment]) -> list[_Block]:
    """The blocks: each name with the segments that follow it in its table."""
    found: list[_Block] = []
    for segment in segments:
        lines = [*([segment.label] if segment.label else []), *segment.lines]
        named = [(line, match) for line in lines if (match := _NAMED.match(line.text))]
        if not named and found and _grid(segment.label) == _grid(found[-1].line) is not None:
            found[-1].inside.append(segment)
        found += [_Block(clean(match["name"]), line, segment) for line, match in named if line.spot]
    return found


def _grid(line: Line | None) -> int | None:
    return line.spot.grid if line is not None and line.spot else None
