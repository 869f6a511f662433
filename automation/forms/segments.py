"""A segment of a document: a label and what stands behind it, up to the next label."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from automation.forms.blueprint import PARENTS
from automation.forms.structure import Item, Line
from automation.forms.tables import Region
from automation.forms.vocabulary import Grade
from automation.office.blocks import Place
from automation.thai.text import squeeze

UNKNOWN = "?"
"""Slot of a label that nobody knows."""
PREAMBLE = ""
"""Slot of what stands before any label, or behind a form table."""
GROUPS = frozenset(PARENTS.values())
"""Slots under whose label others may stand with shorter labels of their own."""

_TITLE = re.compile(
    r"^(?:แบบ|โครงร่าง|เค้าโครง|รายละเอียด(?:ของ)?(?:โครงการ|งาน|แผน)|ข้อเสนอ|เอกสาร|โครงการ(?:ประจำ)?\s*ปี|โครงการ(?:ภายใต้|ตาม)|โครงการ\s*/|งานประจำ|ประจำปี|ปีงบประมาณ"
    r"|ปี\s?(?:พ\.ศ\.)?\s?[0-9๐-๙]{4}|สำนัก|วุฒิสภา|\(?ร่าง\)?(?=$|\s*(?:แบบ|โครงการ|รายละเอียด|ข้อเสนอ|งาน|เอกสาร))|หน้า|นผ|ใบเสนอ|การประชุม|กำหนดการประชุม|สรุป(?:โครงการ|ข้อเสนอ))"
)


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


@dataclass(slots=True)
class Context:
    """What is open while the lines go by: the segment, its group, the last number of each form of heading."""

    segment: Segment = field(default_factory=lambda: Segment(PREAMBLE))
    group: str = ""
    numbers: dict[str, tuple[int, ...]] = field(default_factory=dict)
    also: frozenset[str] = frozenset()
    """Slots that the open label names besides its own: `เป้าหมายและตัวชี้วัด`."""
    behind: Line | None = None
    """The line that follows."""
    titled: bool = True
    """The form's title block still goes on: it is set unlike the labels below it."""


def is_title(text: str) -> bool:
    """Whether a line above the first label is the form's own heading."""
    return len(text) <= 160 and _TITLE.match(squeeze(text)) is not None
