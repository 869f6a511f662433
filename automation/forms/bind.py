"""Values into a record: what each segment of a form says, with the evidence and what could not be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from automation.forms.fields import running_text, text_of
from automation.forms.fields_dates import date_of
from automation.forms.knowledge import Known
from automation.forms.ledger import Ledger
from automation.forms.segments import Segment
from automation.forms.structure import Line
from automation.forms.tables import Region
from automation.forms.vocabulary import Grade, Vocabulary
from automation.forms.wording import key
from automation.model import Evidence, Finding, Severity, Strength
from automation.office.blocks import Cell, Place
from automation.thai.digits import to_thai
from automation.thai.months import UnclearDate
from automation.thai.text import is_blank, squeeze


class Draft:
    """A record in the making. The first value of a field stays; a later one is left unread."""

    def __init__(self, vocabulary: Vocabulary, known: Known, ledger: Ledger) -> None:
        self.vocabulary = vocabulary
        self.known = known
        self.ledger = ledger
        self.values: dict[str, Any] = {}
        self.evidence: dict[str, Evidence] = {}
        self.findings: list[Finding] = []
        self.strength: Strength | None = None
        """Set while content controls are read: it overrules the segment's own grade."""

    def put(self, path: str, value: Any, segment: Segment, place: Place | None = None) -> bool:
        """Give a field its value; False when there is none or the field has one already."""
        if value in (None, "", ()) or path in self.values:
            return False
        self.values[path] = value
        spot = place or segment.place
        own = (key(segment.wording), segment.slot) in self.vocabulary.anchors
        by = self.strength or (Strength.ANCHOR if own else Strength.LABEL)
        self.evidence[path] = Evidence(by=by, where=spot.label if spot else "", ref=spot.ref if spot else "")
        return True

    def use(self, lines: Iterable[Line]) -> None:
        """These lines are read."""
        for line in lines:
            self.ledger.use(line)

    def text(self, path: str, segment: Segment, lines: Sequence[Line] | None = None) -> None:
        """A field of running text."""
        chosen = segment.lines if lines is None else lines
        value = running_text(chosen)
        if self.put(path, value, segment) or value is None:
            self.use(chosen)

    def date(self, path: str, segment: Segment, fiscal_year: int | None = None) -> None:
        """A field that is a day; a text that is none is reported."""
        lines = first_block(segment.lines)
        text = text_of(lines)
        if text is None:
            self.use(lines)
            return
        try:
            day: dt.date = date_of(text, fiscal_year)
        except UnclearDate:
            self.unreadable(path, text, lines[0].place)
            return
        if self.put(path, day, segment):
            self.use(lines)

    def unreadable(self, path: str, text: str, place: Place) -> None:
        """Report a text in a field of money or dates that is neither."""
        self.findings.append(
            Finding(
                severity=Severity.ERROR,
                rule="value-unreadable",
                field=path,
                where=place.label,
                ref=place.ref,
                message=f"อ่านค่าไม่ได้: “{squeeze(text)[:80]}” กรุณาแก้ไขให้เป็นจำนวนเงินหรือวันที่ที่ชัดเจน",
            )
        )

    def false_product(self, cell: Cell, said: str) -> None:
        """Report an amount that is not the product of its row, which the record does not keep."""
        self.findings.append(
            Finding(
                severity=Severity.ERROR,
                rule="line-product-mismatch",
                field="budget.lines",
                where=cell.place.label,
                ref=cell.place.ref,
                message=f"จำนวนคูณราคาได้ {to_thai(said)} บาท แต่จำนวนเงินเขียนไว้ {squeeze(cell.text)} "
                "โปรดตรวจสอบและแก้ไข",
            )
        )

    def bad_cells(self, path: str, cells: Iterable[Cell]) -> None:
        """Report cells that should hold an amount."""
        for cell in cells:
            self.unreadable(path, cell.text, cell.place)
            self.ledger.use_cell(cell)


Handler = Callable[[Draft, Segment], None]
RegionHandler = Callable[[Draft, Segment, Region], None]


def first_block(lines: Sequence[Line]) -> list[Line]:
    """The lines of the first paragraph that says something, or of its table cell."""
    said = [line for line in lines if not is_blank(line.text)]
    if not said:
        return list(lines)
    first = said[0]
    return [line for line in lines if line.para is first.para or _same_cell(line, first)]


def _same_cell(line: Line, other: Line) -> bool:
    return (
        line.spot is not None
        and other.spot is not None
        and (line.spot.grid, line.spot.row, line.spot.col)
        == (other.spot.grid, other.spot.row, other.spot.col)
    )


def in_order(segments: Sequence[Segment]) -> list[Segment]:
    """The segments, those with a sure label first: a word stem or a group's label must not come before."""
    return sorted(segments, key=_vague)


def _vague(segment: Segment) -> bool:
    """Whether a segment's label says less than that of another for the same field."""
    short = segment.grade is Grade.SHORT and segment.slot == "name"
    return segment.grade is Grade.STEM or segment.slot == "goals" or short
