"""Segments and tables of a project form that hold records: officers, indicators, activities, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from automation.forms import (
    bind_budget,
    fields_lines,
    fields_people,
    fields_signatures,
    fields_ticks,
    tables_months,
    tables_rows,
)
from automation.forms.bind import Draft
from automation.forms.fields import list_of, split_numbered
from automation.forms.segments import Segment
from automation.forms.tables import Region
from automation.forms.wording import numbering
from automation.model import Activity, Approval, Person
from automation.thai.text import is_blank

_FURTHER = re.compile(r"คนที่\s*[2-9๒-๙]\s*$")
"""A label that counts its officers: what stands behind it adds to those read before."""


def indicators(draft: Draft, segment: Segment) -> None:
    """Indicators typed as sentences."""
    said = [line.text for line in segment.lines]
    columns = _columns(draft, [segment.wording, *said[:2]])
    if columns and draft.put("indicators", fields_lines.columned(said, columns), segment):
        draft.use(segment.lines)
        return
    texts = [part for line in segment.lines for part in split_numbered(line.text)]
    if draft.put("indicators", fields_lines.indicators_of(texts), segment):
        draft.use(segment.lines)


def _columns(draft: Draft, texts: Sequence[str]) -> tuple[str, ...]:
    """The leaves that a line of headings parted by tabs names (`ตัวชี้วัด → หน่วยนับ → …`), () when none does.

    A label may have taken the first heading from its line.
    """
    for heads in (texts[1:2], texts[2:3], ["\t".join(texts[:2])]):
        parts = [part for part in re.split(r"\t+|\s{2,}", "".join(heads).strip()) if part]
        leaves = [sorted(draft.vocabulary.leaves(part, "indicators")) for part in parts]
        if len(parts) >= 3 and all(leaves):
            return tuple(named[0] for named in leaves)
    return ()


def indicator_table(draft: Draft, segment: Segment, region: Region) -> None:
    """A table of indicators."""
    found = tables_rows.indicators_in(region, draft.ledger, draft.values.get("fiscal_year"))
    draft.put("indicators", tuple(found), segment, region.place)


def activities(draft: Draft, segment: Segment) -> None:
    """Activities typed as lines."""
    parts = [(part, line) for line in segment.lines for part in split_numbered(line.text)]
    texts = fields_lines.without_phases(
        [(part, number.form if (number := numbering(part) or line.number) else "") for part, line in parts]
    )
    if draft.put("activities", fields_lines.activities_of(texts), segment):
        draft.use(segment.lines)


def activity_table(draft: Draft, segment: Segment, region: Region) -> None:
    """A table of activities, which may hold the spending plan too."""
    activities, plan = tables_months.activities_in(region, draft.ledger)
    earlier: tuple[Activity, ...] = draft.values.get("activities", ())
    if earlier and draft.values.get("activities.segment") == id(segment):
        draft.values["activities"] = tables_months.joined(earlier, activities)
    elif draft.put("activities", tuple(activities), segment, region.place):
        draft.values["activities.segment"] = id(segment)
    bind_budget.merge_plan(draft, segment, region, plan)


def history(draft: Draft, segment: Segment) -> None:
    """Past years typed as sentences, or the statement that there are none."""
    texts = [line.text for line in segment.lines]
    if all(is_blank(text) or tables_rows.says_none(text) for text in texts):
        draft.use(segment.lines)
        return
    if draft.put("history", fields_lines.history_of(texts), segment):
        draft.use(segment.lines)


def history_table(draft: Draft, segment: Segment, region: Region) -> None:
    """A table of past years."""
    years, bad = tables_rows.history_in(region, draft.ledger)
    scale = bind_budget.scale_in(draft, segment, region)
    if scale > 1:
        years = [
            replace(
                year,
                **{
                    leaf: amount * scale
                    for leaf in ("requested", "allocated", "spent")
                    if (amount := getattr(year, leaf)) is not None
                },
            )
            for year in years
        ]
    draft.put("history", tuple(years), segment, region.place)
    draft.bad_cells("history", bad)


def attachments(draft: Draft, segment: Segment) -> None:
    """Papers: ticked, listed or named in one line."""
    text = "\n".join(line.text for line in segment.lines)
    ticked = fields_ticks.ticked_words(text)
    items = ticked if ticked is not None else list_of(segment.lines)
    if len(items) == 1 and tables_rows.says_none(items[0]):
        items = ()
    if len(items) == 1 and ticked is None:
        items = tuple(part.strip() for part in re.split(r"\s*[,;]\s+", items[0]) if part.strip())
    if draft.put("attachments", tuple(items), segment) or not items:
        draft.use(segment.lines)


def approvals(draft: Draft, segment: Segment) -> None:
    """Signature blocks in paragraphs."""
    found = fields_signatures.approvals_of(
        [line.text for line in segment.lines], draft.values.get("fiscal_year")
    )
    earlier: tuple[Approval, ...] = draft.values.get("approvals", ())
    if earlier:
        draft.values["approvals"] = earlier + found
    else:
        draft.put("approvals", found, segment)
    if found or all(is_blank(line.text) for line in segment.lines):
        draft.use(segment.lines)


def signature_table(draft: Draft, segment: Segment, region: Region) -> None:
    """Signature blocks side by side in a table."""
    read = fields_signatures.matrix_in if region.leaves else fields_signatures.signatures_in
    found = read(region, draft.ledger, draft.values.get("fiscal_year"))
    draft.put("approvals", tuple(found), segment, region.place)


def people_table(draft: Draft, segment: Segment, region: Region) -> None:
    """A table of officers; its columns may name the bureau."""
    people, bureau, group = tables_rows.people_in(region, draft.ledger)
    draft.put("responsible", tuple(people), segment, region.place)
    draft.put("bureau", draft.known.bureau_in(bureau or ""), segment, region.place)
    draft.put("group", group, segment, region.place)


def _others(people: Sequence[Person], earlier: Sequence[Person]) -> bool:
    """Whether people who can be reached come on top of those read before: `ผู้ประสานงาน` behind `ผู้รับผิดชอบ`."""
    names = {person.name for person in earlier}
    return all(person.name not in names and (person.phone or person.email) for person in people)


def responsible(draft: Draft, segment: Segment) -> None:
    """Officers in free text; a bureau alone is taken as the bureau."""
    people = fields_people.people_of(line.text for line in segment.lines)
    text = "\n".join(line.text for line in segment.lines)
    if people and "responsible" in draft.values and _FURTHER.search(segment.wording):
        draft.values["responsible"] += people
        draft.use(segment.lines)
    elif draft.put("responsible", people, segment):
        draft.use(segment.lines)
        draft.put("group", draft.known.group_in(text), segment)
    elif people and draft.values.get("responsible") and _others(people, draft.values["responsible"]):
        draft.values["responsible"] += people
        draft.use(segment.lines)
    elif "responsible" in draft.values or all(is_blank(line.text) for line in segment.lines):
        return
    elif (bureau := draft.known.bureau_in(text)) and draft.put("bureau", bureau, segment):
        draft.use(segment.lines)
        draft.put("group", draft.known.group_in(text), segment)
