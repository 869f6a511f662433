"""Remarks find the row, the line or the empty place that they speak of."""

from __future__ import annotations

from automation.forms.places import places_of
from automation.forms.segments import Segment
from automation.forms.structure import Line
from automation.model import Evidence, Project, Strength
from automation.office.blocks import Para, Place


def line(text: str, number: int) -> Line:
    return Line(text, Para(text=text, place=Place(label=f"ย่อหน้า {number}", ref=f"d#p{number}")), 0)


def at(number: int) -> Evidence:
    return Evidence(by=Strength.ANCHOR, where=f"ย่อหน้า {number}", ref=f"d#p{number}")


def test_items_of_a_list_stand_at_their_lines_and_twins_at_their_own() -> None:
    record = Project(objectives=("เพื่อพัฒนา", "เพื่ออบรม", "เพื่ออบรมซ้ำ"))
    lines = [line("๑) เพื่อพัฒนา", 4), line("๒) เพื่ออบรม", 5), line("๓) เพื่ออบรมซ้ำ", 6)]
    found = places_of(record, [Segment("objectives", content=list(lines))], {"objectives": at(4)})
    assert {path: place.ref for path, place in found.items()} == {
        "objectives.0": "d#p4",
        "objectives.1": "d#p5",
        "objectives.2": "d#p6",
    }


def test_an_empty_field_stands_at_its_label_and_so_do_the_fields_of_its_group() -> None:
    segments = [Segment("period", label=line("ระยะเวลา", 7)), Segment("?", label=line("อื่น", 8))]
    found = places_of(Project(), segments, {"start": at(7)})
    assert {path: place.ref for path, place in found.items()} == {"period": "d#p7", "end": "d#p7"}
