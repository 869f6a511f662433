"""Single fields that have a label: the value stands right of it, below it in a merge, or in the same cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.draft import Draft
from automation.forms.workbooks.front import Front, is_role, person_in, right_of
from automation.forms.workbooks.schema import Kind, Leaf
from automation.forms.workbooks.texts import blank, match_key
from automation.forms.workbooks.titles import day_in
from automation.forms.workbooks.values import Sense, Unreadable, cell_text, understand
from automation.forms.workbooks.vocabulary import FormWords, keys_of
from automation.model import Severity, Strength
from automation.office.sheets import Sheet, SheetCell
from automation.thai.text import normalize, squeeze, strip_leaders

_NUMBER = re.compile(r"\(?[0-9๐-๙]{1,2}[.)]?")
_COUNTED = re.compile(r"\s*(?:ข้อ)?(?:ที่)?\s*[0-9๐-๙]{1,2}$")
"""The number of one item of a list behind the list's label (`พันธกิจ ข้อ 1`)."""
_SHORT_ITEM = 30
"""Longer texts between commas are clauses of one sentence."""
_READ_ELSEWHERE = ("fiscal_year", "round", "bureau")


def read_labelled(fronts: Sequence[Front], words: FormWords, sense: Sense, draft: Draft) -> None:
    """Fields with a label: the value stands right of it, below it in a merged block, or in the same cell."""
    for front in fronts:
        labels = {(c.row, c.col) for c, text in front.texts() if _label(text, words)}
        for cell, text in front.texts():
            label = _label(text, words)
            if label is not None:
                leaf, strength = label
                if leaf.kind is Kind.TEXTS:
                    _read_list(front, cell, leaf, strength, labels, draft)
                else:
                    _read_beside(front, cell, leaf, strength, labels, sense, draft)
                continue
            _read_inline(front, cell, text, words, sense, draft)


def _label(text: str, words: FormWords) -> tuple[Leaf, Strength] | None:
    """The field that a text is the label of, with or without what it has in brackets (`วิสัยทัศน์ (Vision)`)."""
    keys = (match_key(text), *keys_of(text))
    found = next((words.labels[key] for key in keys if key in words.labels), None)
    if found is None and (counted := _COUNTED.sub("", text)) != text:
        found = words.labels.get(match_key(counted))
        return found if found and found[0].kind is Kind.TEXTS else None
    return found


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
    value = right_of(front.sheet, cell, labels)
    if value is not None and leaf.path == "reporter" and is_role(heading_text(value)):
        return
    if value is None and leaf.kind is Kind.TEXT and leaf.path not in (*_READ_ELSEWHERE, "reporter"):
        value = _under(front, cell, labels)
    if value is not None and draft.data.get(leaf.path) is None:
        _set(front, value, leaf, strength, sense, draft)


def _under(front: Front, cell: SheetCell, labels: set[tuple[int, int]]) -> SheetCell | None:
    """The text below a label that has its row to itself, as a heading has."""
    below = front.sheet.cells.get((cell.row + 1, cell.col))
    alone = [other for other in front.cells if other.row == cell.row and heading_text(other)] == [cell]
    free = below is not None and not below.hidden and (cell.row + 1, cell.col) not in labels
    return below if alone and free and below in front.cells else None


def _read_inline(
    front: Front, cell: SheetCell, text: str, words: FormWords, sense: Sense, draft: Draft
) -> None:
    """`ผู้รายงาน : นายทดสอบ ระบบดี` in one cell."""
    for label, (leaf, strength) in words.labels.items():
        if leaf.kind is Kind.TEXTS or leaf.path in _READ_ELSEWHERE or draft.data.get(leaf.path):
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
        person = leaf.name == "reporter"
        text = _cut(cell.value, sense.words.cut if person else ())
        cell = replace(cell, value=person_in(text) if person else text)
    if isinstance(cell.value, str) and leaf.kind is Kind.DATE and (day := day_in(cell.value)):
        cell = replace(cell, value=day)
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


def _read_list(
    front: Front,
    cell: SheetCell,
    leaf: Leaf,
    strength: Strength,
    labels: set[tuple[int, int]],
    draft: Draft,
) -> None:
    """A list right of its label (in the rows of the label's merge, or those below it without a label), or
    below a label that stands over it."""
    draft.use(front.sheet, cell)
    span = front.sheet.span(cell.row, cell.col)
    beside = right_of(front.sheet, cell, labels) is not None
    if beside:
        last = span.bottom if span and span.bottom > span.top else _last_without_label(front.sheet, cell)
        rows, left = range(cell.row, last + 1), (span.right if span else cell.col) + 1
    else:
        rows, left = _rows_under(front, cell, labels), cell.col
    values = draft.data.setdefault(leaf.path, [])
    for row in rows:
        for col in range(left, front.sheet.last_col + 1):
            value = front.sheet.cells.get((row, col))
            if value is None or value.hidden or blank(cell_text(value)):
                continue
            if not beside and _NUMBER.fullmatch(cell_text(value)):
                draft.use(front.sheet, value)
                continue
            for line in _items(normalize(str(value.value))):
                text = re.sub(r"^(?:[-–•]|\(?[0-9๐-๙]{1,2}[.)])\s*", "", squeeze(line))
                if not blank(text):
                    draft.prove(f"{leaf.path}.{len(values)}", strength, front.sheet, value)
                    values.append(text)
            draft.use(front.sheet, value)


def _items(text: str) -> list[str]:
    """The items of a list in one cell: its lines, or short words with commas between them."""
    words = re.split(r"[,;]\s*", text)
    single = "\n" not in text and all(len(word) <= _SHORT_ITEM for word in words)
    return words if single else text.split("\n")


def _rows_under(front: Front, cell: SheetCell, labels: set[tuple[int, int]]) -> range:
    """The filled rows below a label, up to a blank row or the next label."""
    filled = {other.row for other in front.cells if heading_text(other)}
    row = cell.row + 1
    while row in filled and not any((row, col) in labels for col in range(1, front.sheet.last_col + 1)):
        row += 1
    return range(cell.row + 1, row)


def _last_without_label(sheet: Sheet, cell: SheetCell) -> int:
    row = cell.row
    while row < sheet.last_row:
        below = sheet.cells.get((row + 1, cell.col))
        if below is not None and heading_text(below):
            break
        row += 1
    return row
