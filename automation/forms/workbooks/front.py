"""What stands around a table: fiscal year, round, bureau, unit of money, and the signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from automation.forms.knowledge import Known
from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.draft import Draft
from automation.forms.workbooks.rounds import (
    fiscal_year_in,
    loose_round_in,
    plain_year_in,
    round_in,
    round_of_span,
    round_year,
)
from automation.forms.workbooks.texts import match_key
from automation.forms.workbooks.values import cell_text
from automation.model import Strength
from automation.office.sheets import Sheet, SheetCell
from automation.thai.text import squeeze, strip_leaders

T = TypeVar("T")

_UNIT = re.compile(
    r"หน่วย(?!งาน)\D{0,12}?((?:ล้าน|แสน|หมื่น|พัน)?บาท)|^\(\s*((?:ล้าน|แสน|หมื่น|พัน)?บาท)\s*\)$"
    r"|\(\s*((?:ล้าน|แสน|หมื่น|พัน)บาท)\s*\)$|^(?:จำนวนเงิน|ตัวเลข|ยอดเงิน|เงิน)\D{0,15}?เป็น\s*((?:ล้าน|แสน|หมื่น|พัน)?บาท)"
)
"""`หน่วย : ล้านบาท`, `… (ล้านบาท)` at the end of a title, `จำนวนเงินทุกช่องเป็นพันบาท`."""
_OFFICE = re.compile(
    r"(?:สำนัก|กอง|ฝ่าย|คณะ(?!กรรมการ|อนุ|ผู้|ทำงาน)|กลุ่ม|ศูนย์|ส่วน(?!ที่)|งาน|เทศบาล|องค์การ|อบต|อบจ|มหาวิทยาลัย|วิทยาลัย|สถาบัน|"
    r"โรงเรียน|โรงพยาบาล|จังหวัด|อำเภอ|กรม|สาขา|ภาควิชา|หน่วย(?!งาน|นับ|วัด|\s*[:：]))[ก-๛0-9 ()./-]*"
)
"""How the names of public offices begin."""
_REACH = 8
"""How many columns to the right of its label a value may stand."""
_SHORT = 20
"""A longer text is no label over its value."""
_LONGEST_BUREAU_LINE = 120
_REPORTER = re.compile(r"(?:ผู้รายงาน|ผู้จัดทำ|รายงานโดย|ผู้กรอก|ผู้ส่ง|ผู้บันทึก|ผู้รับผิดชอบรายงาน)(?:รายงาน|ข้อมูล)?")
_TITLES = (
    r"(?:นางสาว|นาย|นาง|น\.?\s?ส\.|ดร\.|ผศ\.|รศ\.|ศ\.|ว่าที่\s?(?:ร้อย|พัน|เรือ|ร\.)\S*(?:\s?(?:หญิง|[ตทอ]\.))?|"
    r"(?:พล|พัน|ร้อย|จ่า|สิบ|ส\.|พ\.|ร\.|จ\.)(?:ตำรวจ)?(?:เอก|โท|ตรี|[อทต]\.)(?:หญิง)?|ม\.[รล]\.)"
)
_ROLE = re.compile(
    r"ผู้(?:ตรวจสอบ|รับรอง|อนุมัติ|บังคับบัญชา|อำนวยการ|เห็นชอบ|สอบทาน|รายงาน|จัดทำ)|หัวหน้า|ลงชื่อ|ตำแหน่ง|วันที่|โทร"
)
_PERSON = re.compile(
    rf"{_TITLES}\s*(?:{_TITLES}\s*)?[^\s().…|,]+(?:\s+(?!{_REPORTER.pattern})[^\s().…|,]+)?(?:\s+ณ\s+\S+)?"
)
"""A name with its title, first name and surname; a role or a line of dots is none."""
_ADDRESSEE = ("เรียน", "ส่ง", "เสนอ")


@dataclass(frozen=True, slots=True)
class Front:
    """The cells of one sheet outside its table, top to bottom."""

    sheet: Sheet
    cells: tuple[SheetCell, ...]

    def texts(self) -> Iterator[tuple[SheetCell, str]]:
        """Each cell that says something, and what."""
        for cell in self.cells:
            text = heading_text(cell)
            if text:
                yield cell, text

    def phrases(self) -> Iterator[tuple[tuple[SheetCell, ...], str]]:
        """Each cell by itself, then with its right neighbour (`ไตรมาสที่` and `2`), then with the one below."""
        for cell, text in self.texts():
            yield (cell,), text
        for cell, text in self.texts():
            other = right_of(self.sheet, cell, set())
            if other is not None:
                yield (cell, other), f"{text} {heading_text(other)}"
        for cell, text in self.texts():
            under = self.sheet.cells.get((cell.row + 1, cell.col))
            if under is not None and under in self.cells and len(text) <= _SHORT:
                yield (cell, under), f"{text} {heading_text(under)}"


def front_unit(front: Front, draft: Draft) -> str:
    """The unit of money stated above a table, as words; empty where none is."""
    for cell, text in front.texts():
        found = _UNIT.search(text)
        if found:
            draft.use(front.sheet, cell)
            return str(next(filter(None, found.groups())))
    return ""


def read_fiscal_year(fronts: Sequence[Front], draft: Draft) -> int | None:
    """The fiscal year (B.E.) named anywhere around the tables, else the year of the round."""
    for judge in (fiscal_year_in, round_year, plain_year_in):
        for front in fronts:
            for cells, text in front.phrases():
                year = judge(text)
                if year is not None:
                    return kept(year, "fiscal_year", front, cells, draft)
    return None


def read_round(fronts: Sequence[Front], draft: Draft) -> dict[str, Any] | None:
    """The round of a report, from the words around its table or the name of its sheet."""
    for judge in (round_in, round_of_span, loose_round_in):
        for front in fronts:
            for cells, text in front.phrases():
                found = judge(text)
                if found is not None:
                    return kept(found, "round", front, cells, draft)
        named = next((found for front in fronts if (found := judge(front.sheet.name))), None)
        if named is not None:
            return named
    return None


def read_bureau(fronts: Sequence[Front], known: Known, labels: Sequence[str], draft: Draft) -> str | None:
    """The bureau named around the tables: beside a label, else in a line of its own, else in any line."""
    for front in fronts:
        for cell, text in front.texts():
            value = right_of(front.sheet, cell, set()) if match_key(text) in labels else None
            name = known.bureau_in(cell_text(value)) if value else None
            if value and name:
                return kept(name, "bureau", front, (cell, value), draft)
    lines = [
        (front, cell, text, name)
        for front in fronts
        for cell, text in front.texts()
        if len(text) < _LONGEST_BUREAU_LINE
        and not text.startswith(_ADDRESSEE)
        and (name := known.bureau_in(text))
    ]
    stated = _stated_office(fronts, labels, draft) if not lines else None
    if stated:
        return stated
    first = min(lines, key=lambda line: not match_key(line[2]).startswith(match_key(line[3])), default=None)
    return kept(first[3], "bureau", first[0], (first[1],), draft) if first else None


def _stated_office(fronts: Sequence[Front], labels: Sequence[str], draft: Draft) -> str | None:
    """The office that a label names or that has a line to itself, though it is none of the secretariat's."""
    for front in fronts:
        for cell, text in front.texts():
            label, colon, inline = text.partition(":")
            beside = right_of(front.sheet, cell, set())
            if match_key(label) not in labels:
                continue
            named = ((inline, cell),) if colon and inline.strip() else ((heading_text(beside), beside),)
            for name, place in named:
                if place is not None and _OFFICE.match(squeeze(name)):
                    return kept(squeeze(strip_leaders(name)), "bureau", front, (cell, place), draft)
    for front in fronts:
        for cell, text in front.texts():
            if _OFFICE.fullmatch(text) and len(text) < _LONGEST_BUREAU_LINE:
                return kept(text, "bureau", front, (cell,), draft)
    return None


def read_signature(fronts: Sequence[Front], draft: Draft) -> None:
    """The reporter beside the word for one, anywhere in a line, or in the signature block: `ลงชื่อ …… ผู้รายงาน`
    with the name in it, below it or above it."""
    for front in fronts:
        for cell, text in front.texts():
            word = _REPORTER.search(text)
            if word is None:
                continue
            behind = _PERSON.search(text, word.end())
            nearby = [front.sheet.at(cell.row + step, cell.col) for step in (1, -1, -2)]
            nearby += _near(front, cell)
            lines = [strip_leaders(heading_text(other)).strip("( ") for other in (cell, *nearby) if other]
            found = [
                behind,
                _PERSON.search(text[: word.start()]),
                *(_PERSON.match(line) for line in lines[1:]),
            ]
            sources = (cell, cell, *(other for other in nearby if other))
            for source, name in zip(sources, found, strict=True):
                if name:
                    draft.data["reporter"] = kept(squeeze(name.group()), "reporter", front, (source,), draft)
                    return


def _near(front: Front, cell: SheetCell) -> list[SheetCell]:
    """The other cells of a cell's row and the row below, the nearest first."""
    near = [other for other in front.cells if 0 <= other.row - cell.row <= 1 and other is not cell]
    return sorted(near, key=lambda other: (other.row, abs(other.col - cell.col)))


def is_role(text: str) -> bool:
    """Whether a text is the role of another signatory, not a name: `……… ผู้ตรวจสอบ`."""
    return _ROLE.match(strip_leaders(text).strip(" .…(_-")) is not None


def person_in(text: str) -> str:
    """The name at the start of a text without what follows it (a position, a telephone); else the text."""
    found = _PERSON.match(text)
    return squeeze(found.group()) if found else text


def kept(value: T, path: str, front: Front, cells: Sequence[SheetCell], draft: Draft) -> T:
    """The value, its cells marked as understood and the last of them noted as its place."""
    draft.use(front.sheet, *cells)
    draft.prove(path, Strength.LABEL, front.sheet, cells[-1])
    return value


def right_of(sheet: Sheet, cell: SheetCell, labels: set[tuple[int, int]]) -> SheetCell | None:
    """The nearest filled cell right of a label in its row; None when another label comes first."""
    span = sheet.span(cell.row, cell.col)
    start = (span.right if span else cell.col) + 1
    for col in range(start, start + _REACH):
        other = sheet.cells.get((cell.row, col))
        if (cell.row, col) in labels:
            return None
        if other is not None and not other.hidden and heading_text(other):
            return other
    return None
