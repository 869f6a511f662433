"""The remarks that go with a document that was made, from all the checks on outgoing papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from automation.checks import check_reading
from automation.documents.catalogue import DocumentCatalogue, Kind, Paper
from automation.documents.chapters import chapter_notes
from automation.documents.notices import after_its_day, at_odds, deadline, instalments, papers_to_add
from automation.documents.proofread import proofread_document
from automation.documents.salutation import unsure
from automation.model import Meeting, Reading
from automation.pipeline.context import check_context
from automation.pipeline.workbench import Workbench
from automation.process import Planned
from automation.register import Issued
from automation.thai.dates import UnclearDate, parse_date


def document_notices(
    bench: Workbench,
    kind: Kind,
    path: Path,
    *,
    facts: Mapping[str, str],
    figures: Mapping[str, Any],
    earlier: Sequence[Issued],
    meeting: Meeting | None,
    steps: Sequence[Planned],
    year: int,
    beside: Sequence[Path] = (),
) -> tuple[str, ...]:
    """Thai remarks on a document: its meeting, its day, its figures, its enclosures, and its text."""
    titles = {item.id: item.title for item in DocumentCatalogue.load(bench.config.templates)}
    invited = meeting if kind.paper is Paper.INVITATION else None
    found = [
        *_invitation(bench, invited, facts.get("date", "")),
        *instalments(facts),
        *(unsure(facts.get("recipient", "")) if kind.paper is Paper.LETTER else ()),
        *at_odds(kind, figures, earlier),
    ]
    try:
        day = parse_date(facts.get("date", ""))
    except UnclearDate:
        day = bench.clock().date()
    found += after_its_day(kind, day, steps)
    found += deadline(kind, facts.get("due", ""), year, steps)
    if kind.paper is Paper.BOOK:  # which is proofread when its figures are
        found += chapter_notes(kind)
    else:
        found += (
            *papers_to_add(path, earlier, titles, beside),
            *proofread_document(path, bench.config.usage),
        )
    found += (f"วางแบบฟอร์มที่ต้องแนบไว้ให้แล้ว: {item.name}" for item in beside)
    return tuple(dict.fromkeys(found))


def _invitation(bench: Workbench, meeting: Meeting | None, dated: str) -> tuple[str, ...]:
    """What the clerk should know of an invitation of that date, or else of the form's, or of today: e.g. that
    it is too late."""
    if meeting is None:
        return ()
    try:
        day = parse_date(dated)
    except UnclearDate:
        day = meeting.issued or bench.clock().date()
    issued = replace(meeting, issued=day)
    reading = Reading(file="", sha256="", form="meeting", record=issued)
    return tuple(
        item.message for item in check_reading(reading, check_context(bench, reading, bench.clock()))
    )
