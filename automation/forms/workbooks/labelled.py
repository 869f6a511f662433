"""Single fields that have a label: the value stands right of it, below it in a merge, or in the same cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.draft import Draft
from automation.forms.workbooks.front import Front, person_in, right_of
from automation.forms.workbooks.schema import Kind, Leaf
from automation.forms.workbooks.texts import blank, match_key
from automation.forms.workbooks.values import Sense, Unreadable, cell_text, understand
from automation.forms.workbooks.vocabulary import FormWords
from automation.model import Severity, Strength
from automation.office.sheets import Sheet, SheetCell
from automation.thai.text import normalize, squeeze, strip_leaders

_READ_ELSEWHERE = ("fiscal_year", "round", "bureau")


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
    value = right_of(front.sheet, cell, labels)
    if value is not None and draft.data.get(leaf.path) is None:
        _set(front, value, leaf, strength, sense, draft)


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
        value = _cut(cell.value, sense.words.cut if person else ())
        cell = replace(cell, value=person_in(value) if person else value)
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
