"""What stands around a table: fiscal year, round, bureau, and the fields that have a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from automation.forms.knowledge import Known
from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.choices import ticked
from automation.forms.workbooks.draft import Draft
from automation.forms.workbooks.schema import Kind, Leaf
from automation.forms.workbooks.texts import blank, match_key
from automation.forms.workbooks.values import Sense, Unreadable, cell_text, understand
from automation.forms.workbooks.vocabulary import FormWords
from automation.model import Severity, Strength
from automation.office.sheets import Sheet, SheetCell
from automation.thai.digits import to_arabic
from automation.thai.fiscal import quarter
from automation.thai.months import month_of, parse_months
from automation.thai.text import normalize, squeeze, strip_leaders

T = TypeVar("T")

_FISCAL_YEAR = re.compile(r"(?:ปีงบประมาณ|ปีงบ|งบประมาณ)\s*(?:พ\.?\s?ศ\.?)?\s*[:：]?\s*(25\d\d|\d\d(?!\d))")
_ANY_YEAR = re.compile(r"25\d\d")
_QUARTER = re.compile(r"ไตรมาส\s*(?:ที่)?\s*[:：]?\s*([1-4])(?!\d)")
_MONTHS = re.compile(r"(?:รอบ|ระยะ)?\s*(3|6|9|12)\s*เดือน")
_MONTH = re.compile(r"(?:ประจำเดือน|รอบเดือน|เดือน)\s*[:：]?\s*([ก-๙.]+)")
_HALF = re.compile(r"(?:ครึ่งปี|6\s*เดือน)\s*(แรก|หลัง)")
_BRACKET = re.compile(r"\(([^()]*)\)")
_UNIT = re.compile(r"หน่วย\s*(?:นับ|เงิน)?\s*[:：]\s*(\S+)")
_ROUND_KINDS = {9: ("nine_months", None), 12: ("year", None)}
_REACH = 8
"""How many columns to the right of its label a value may stand."""


@dataclass(frozen=True, slots=True)
class Front:
    """The cells of one sheet outside its table, top to bottom."""

    sheet: Sheet
    cells: tuple[SheetCell, ...]

    def texts(self) -> Iterator[tuple[SheetCell, str]]:
        for cell in self.cells:
            text = heading_text(cell)
            if text:
                yield cell, text


def front_unit(front: Front) -> str:
    """The unit of money stated above a table, as words; empty where none is."""
    found = (_UNIT.search(text) for _, text in front.texts())
    return next((unit[1] for unit in found if unit), "")


def read_fiscal_year(fronts: Sequence[Front], draft: Draft) -> int | None:
    """The fiscal year (B.E.) named anywhere around the table; its cell counts as read."""
    for front in fronts:
        for cell, text in front.texts():
            found = _FISCAL_YEAR.search(to_arabic(text))
            if found:
                year = int(found[1]) if len(found[1]) == 4 else 2500 + int(found[1])
                return _kept(year, "fiscal_year", front, cell, draft)
            if match_key(text) in ("ปีงบประมาณ", "ปีงบ", "ปีงบประมาณพศ", "ปี"):
                value = _right_of(front.sheet, cell, set())
                year_found = _ANY_YEAR.search(to_arabic(cell_text(value))) if value else None
                if value and year_found:
                    draft.use(front.sheet, cell)
                    return _kept(int(year_found.group()), "fiscal_year", front, value, draft)
    return None


def read_round(fronts: Sequence[Front], draft: Draft) -> dict[str, Any] | None:
    """The round of a report: `{"kind": "quarter", "number": 2}`; None where no words say it."""
    for front in fronts:
        for cell, text in front.texts():
            found = round_in(text)
            if found is not None:
                draft.use(front.sheet, cell)
                draft.prove("round", Strength.LABEL, front.sheet, cell)
                return found
    return None


def round_in(text: str) -> dict[str, Any] | None:
    """The round that a line names, None where it names none.

    `รอบ ๖ เดือน` is the first half unless its months are those of the second; `รอบ ๓ เดือน` is the quarter
    of its months, the first where it names none.
    """
    plain = to_arabic(ticked(normalize(text)))
    found = _QUARTER.search(plain)
    if found:
        return {"kind": "quarter", "number": int(found[1])}
    halves = _HALF.search(plain)
    if halves:
        return {"kind": "half", "number": 1 if halves[1] == "แรก" else 2}
    found = _MONTHS.search(plain)
    if found:
        return _months_round(int(found[1]), plain)
    if re.search(r"(?:รอบ|ราย|ประจำ|สิ้น)ปี(?:งบประมาณ)?\s*$", plain) and len(plain) < 30:
        return {"kind": "year", "number": None}
    found = _MONTH.search(plain)
    month = month_of(found[1]) if found else None
    return {"kind": "month", "number": month} if month else None


def _months_round(length: int, plain: str) -> dict[str, Any]:
    if length in _ROUND_KINDS:
        kind, number = _ROUND_KINDS[length]
        return {"kind": kind, "number": number}
    first = _first_month(plain)
    if length == 3:
        return {"kind": "quarter", "number": quarter(first) if first else 1}
    return {"kind": "half", "number": 2 if first is not None and 4 <= first <= 9 else 1}


def _first_month(plain: str) -> int | None:
    """The first month named in brackets behind a round."""
    for inside in (*_BRACKET.findall(plain), plain):
        try:
            months = parse_months(re.sub(r"25\d\d|(?<=\s)\d\d(?=\s|$)", "", inside))
        except ValueError:
            continue
        if months:
            return months[0]
    return None


def read_bureau(fronts: Sequence[Front], known: Known, labels: Sequence[str], draft: Draft) -> str | None:
    """The bureau named around the table: beside a label, else in a line of its own."""
    for front in fronts:
        for cell, text in front.texts():
            if match_key(text) in labels:
                value = _right_of(front.sheet, cell, set())
                name = known.bureau_in(cell_text(value)) if value else None
                if value and name:
                    draft.use(front.sheet, cell)
                    return _kept(name, "bureau", front, value, draft)
    for front in fronts:
        for cell, text in front.texts():
            name = known.bureau_in(text)
            if name and len(text) < 120:
                return _kept(name, "bureau", front, cell, draft)
    return None


def _kept(value: T, path: str, front: Front, cell: SheetCell, draft: Draft) -> T:
    draft.use(front.sheet, cell)
    draft.prove(path, Strength.LABEL, front.sheet, cell)
    return value


def read_labelled(fronts: Sequence[Front], words: FormWords, sense: Sense, draft: Draft) -> None:
    """Fields with a label: the value stands right of it, below it in a merged block, or in the same cell."""
    for front in fronts:
        labels = {(c.row, c.col) for c, text in front.texts() if match_key(text) in words.labels}
        for cell, text in front.texts():
            leaf, strength = words.labels.get(match_key(text), (None, Strength.LABEL))
            if leaf is not None:
                if leaf.kind is Kind.TEXTS:
                    _read_list(front, cell, leaf, strength, draft)
                else:
                    _read_beside(front, cell, leaf, strength, labels, sense, draft)
                continue
            _read_inline(front, cell, text, words, sense, draft)


def _read_beside(
    front: Front,
    cell: SheetCell,
    leaf: Leaf,
    strength: Strength,
    labels: set[tuple[int, int]],
    sense: Sense,
    draft: Draft,
) -> None:
    draft.use(front.sheet, cell)
    value = _right_of(front.sheet, cell, labels)
    if value is not None and draft.data.get(leaf.path) is None:
        _set(front, value, leaf, strength, sense, draft)


def _read_inline(
    front: Front, cell: SheetCell, text: str, words: FormWords, sense: Sense, draft: Draft
) -> None:
    """`ผู้รายงาน : นายทดสอบ ระบบดี` in one cell."""
    for label, (leaf, strength) in words.labels.items():
        if (
            leaf.kind is Kind.TEXTS
            or leaf.path in ("fiscal_year", "round", "bureau")
            or draft.data.get(leaf.path)
        ):
            continue
        rest = _after(text, label)
        if rest and not blank(rest):
            _set(front, replace(cell, value=rest), leaf, strength, sense, draft)
            return


def _after(text: str, label: str) -> str:
    """The words behind a label at the start of a line; they begin after a colon or a space."""
    for end in range(1, min(len(text), 3 * len(label)) + 1):
        if match_key(text[:end]) == label:
            rest = text[end:]
            if rest[:1] in (" ", ":", "：", ".") or not rest:
                return strip_leaders(rest.lstrip(" :：."))
            if match_key(text[: end + 1]) != label:
                return ""
    return ""


def _set(front: Front, cell: SheetCell, leaf: Leaf, strength: Strength, sense: Sense, draft: Draft) -> None:
    """Write a single field from a cell; what cannot be read is reported and stays unread."""
    if isinstance(cell.value, str) and leaf.kind is Kind.TEXT:
        cell = replace(cell, value=_cut(cell.value, sense.words.cut if leaf.name == "reporter" else ()))
    try:
        value = understand(cell, leaf, sense)
    except Unreadable as error:
        draft.tell(
            Severity.ERROR, "value-unreadable", str(error), path=leaf.path, sheet=front.sheet, cell=cell
        )
        return
    draft.use(front.sheet, cell)
    if value.data is None:
        return
    if value.doubt:
        severity = Severity.NOTE if value.certain else Severity.WARNING
        draft.tell(severity, "date-year-doubtful", value.doubt, path=leaf.path, sheet=front.sheet, cell=cell)
    draft.data[leaf.path] = value.data
    draft.prove(leaf.path, strength, front.sheet, cell)


def _cut(text: str, stops: Sequence[str]) -> str:
    text = squeeze(strip_leaders(normalize(text)))
    ends = [at for stop in stops if (at := text.find(stop)) > 0]
    return text[: min(ends)].strip() if ends else text


def _read_list(front: Front, cell: SheetCell, leaf: Leaf, strength: Strength, draft: Draft) -> None:
    """A list right of its label: the rows of the label's merge, or those below it without a label."""
    draft.use(front.sheet, cell)
    span = front.sheet.span(cell.row, cell.col)
    last = span.bottom if span else _last_without_label(front.sheet, cell)
    values = draft.data.setdefault(leaf.path, [])
    for row in range(cell.row, last + 1):
        for col in range((span.right if span else cell.col) + 1, front.sheet.last_col + 1):
            value = front.sheet.cells.get((row, col))
            if value is None or value.hidden or blank(cell_text(value)):
                continue
            for line in normalize(str(value.value)).split("\n"):
                text = re.sub(r"^(?:[-–•]|\(?[0-9๐-๙]{1,2}[.)])\s*", "", squeeze(line))
                if not blank(text):
                    draft.prove(f"{leaf.path}.{len(values)}", strength, front.sheet, value)
                    values.append(text)
            draft.use(front.sheet, value)


def _last_without_label(sheet: Sheet, cell: SheetCell) -> int:
    row = cell.row
    while row < sheet.last_row:
        below = sheet.cells.get((row + 1, cell.col))
        if below is not None and heading_text(below):
            break
        row += 1
    return row


def _right_of(sheet: Sheet, cell: SheetCell, labels: set[tuple[int, int]]) -> SheetCell | None:
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


def read_signature(fronts: Sequence[Front], draft: Draft) -> None:
    """The reporter from the signature block: `ลงชื่อ …… ผู้รายงาน`, the name in brackets below or beside."""
    for front in fronts:
        for cell, text in front.texts():
            if "ผู้รายงาน" not in text or not match_key(text).startswith("ลงชื่อ"):
                continue
            own = strip_leaders(text.replace("ลงชื่อ", "").replace("ผู้รายงาน", ""))
            below = front.sheet.cells.get((cell.row + 1, cell.col))
            for name, source in ((own, cell), (heading_text(below), below)):
                name = squeeze(strip_leaders(name)).strip("() ")
                if source is not None and not blank(name):
                    draft.data["reporter"] = _kept(name, "reporter", front, source, draft)
                    return


def round_year(fronts: Sequence[Front]) -> int | None:
    """The fiscal year (B.E.) that the months of a round name: `(ตุลาคม - ธันวาคม 2569)` is of 2570."""
    for front in fronts:
        for _, text in front.texts():
            found = round_in(text)
            years = _ANY_YEAR.findall(to_arabic(text))
            if found is None or not years:
                continue
            first = _first_month(to_arabic(text))
            if "/" in text or first is None:
                return int(years[-1])
            return int(years[0]) + (1 if first >= 10 else 0)
    return None
