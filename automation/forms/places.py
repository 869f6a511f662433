"""Places of fields that have no evidence of their own: empty ones at their labels, items in their lists.

A remark on the third expense must stand in the row of the third expense, not at the head of its table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from automation.forms.blueprint import PARENTS, slot_of
from automation.forms.segments import PREAMBLE, UNKNOWN, Segment
from automation.forms.vocabulary import OTHER
from automation.forms.wording import key
from automation.model import Evidence, Record, Strength, to_json
from automation.office.blocks import Place

_SHORTEST = 3
"""Letters of an item's text by which its row can be told."""


def places_of(
    record: Record, segments: Sequence[Segment], evidence: Mapping[str, Evidence]
) -> dict[str, Evidence]:
    """Field path → place, for empty fields whose label stands in the file and for items of lists."""
    found = dict(_blanks(segments, evidence))
    data = to_json(record)
    for path, owner in evidence.items():
        items = _value(data, path)
        if isinstance(items, list):
            for number, place in _items(items, list(_spots(path, owner, segments))):
                found[f"{path}.{number}"] = replace(owner, where=place.label, ref=place.ref)
    return found


def _blanks(segments: Sequence[Segment], evidence: Mapping[str, Evidence]) -> Iterator[tuple[str, Evidence]]:
    told: set[str] = set()
    for segment in segments:
        place = segment.place
        if place is None or segment.slot in (UNKNOWN, OTHER, PREAMBLE):
            continue
        inner = (path for path, group in PARENTS.items() if group == segment.slot)
        for path in (segment.slot, *inner):
            if path not in evidence and path not in told:
                told.add(path)
                yield path, Evidence(by=Strength.LABEL, where=place.label, ref=place.ref)


def _spots(path: str, owner: Evidence, segments: Sequence[Segment]) -> Iterator[tuple[str, Place]]:
    """The texts of the table or the lines that a list was read from, in order, with their places."""
    for segment in segments:
        for region in segment.regions:
            if region.place.ref == owner.ref:
                for row in range(region.body, region.stop):
                    yield from ((key(cell.text), cell.place) for cell in region.grid.row(row))
                return
    for segment in segments:
        if segment.slot == slot_of(path):
            yield from ((key(line.text), line.place) for line in segment.lines)


def _items(items: Sequence[Any], spots: Sequence[tuple[str, Place]]) -> Iterator[tuple[int, Place]]:
    """Number of an item and the place of its first text; items follow one another as they do in the file."""
    start = 0
    for number, item in enumerate(items):
        wanted = key(_text(item))
        if len(wanted) < _SHORTEST:
            continue
        hit = next((at for at in range(start, len(spots)) if wanted in spots[at][0]), None)
        if hit is not None:
            yield number, spots[hit][1]
            start = hit


def _text(item: Any) -> str:
    """The text by which an item is known: its name, else its first text."""
    if isinstance(item, str):
        return item
    texts = [value for value in item.values() if isinstance(value, str)] if isinstance(item, dict) else []
    named = [item[name] for name in ("item", "name", "title") if isinstance(item, dict) and item.get(name)]
    return next(iter([*named, *texts]), "")


def _value(data: Any, path: str) -> Any:
    for name in path.split("."):
        data = data.get(name) if isinstance(data, dict) else None
    return data
