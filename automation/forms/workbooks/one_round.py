"""One file is one report of one round: which of its sheets are it, where others tell of earlier rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from automation.errors import AmbiguousForm
from automation.forms.workbooks.draft import Draft
from automation.forms.workbooks.front import Front, read_round
from automation.forms.workbooks.identify import Identified
from automation.forms.workbooks.refusals import quoted
from automation.forms.workbooks.rounds import months_of, period_key
from automation.forms.workbooks.rowkinds import RowKind
from automation.forms.workbooks.table import Table
from automation.forms.workbooks.texts import blank, match_key
from automation.forms.workbooks.values import cell_text
from automation.model import Severity
from automation.office.sheets import Sheet

_HALF = 0.5
"""Share of the projects that two sheets must have in common to be rounds of one report."""


def front_of(sheet: Sheet, tables: Sequence[Table]) -> Front:
    """The visible cells of a sheet outside its tables."""
    inside = {row for table in tables if table.sheet is sheet for row in table.inside()}
    cells = [cell for cell in sheet.cells.values() if not cell.hidden and cell.row not in inside]
    return Front(sheet, tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))))


def one_round(tables: list[Table], identified: Identified, draft: Draft) -> tuple[list[Table], Identified]:
    """The tables of the round that is reported, and the others set aside as whole sheets.

    That round is the one that a sheet without tables names, else the latest of rounds of the same projects.
    AmbiguousForm where the sheets tell of different rounds and different projects.
    """
    sheets = list({id(table.sheet): table.sheet for table in tables}.values())
    rounds = {id(sheet): _round(front_of(sheet, tables)) for sheet in sheets}
    keys = {period_key(found) for found in rounds.values() if found}
    if len(keys) < 2:
        return tables, identified
    chosen = _stated(identified) or _latest(tables, rounds)
    if chosen not in keys:
        names = tuple(sheet.name for sheet in sheets if rounds[id(sheet)])
        raise AmbiguousForm(
            f"ไฟล์นี้มีรายงานมากกว่าหนึ่งรอบ (แผ่นงาน {quoted(names)})",
            hint="กรุณาส่งรายงานรอบละหนึ่งไฟล์",
        )
    others = [sheet for sheet in sheets if (found := rounds[id(sheet)]) and period_key(found) != chosen]
    message = f"แผ่นงาน {quoted([sheet.name for sheet in others])} เป็นรายงานรอบอื่น ระบบไม่ได้อ่านเป็นข้อมูล"
    draft.tell(Severity.NOTE, "other-rounds-unread", message, sheet=others[0])
    left = [table for table in tables if all(table.sheet is not sheet for sheet in others)]
    layouts = tuple(table.layout for table in left)
    return left, replace(identified, layouts=layouts, aside=(*identified.aside, *others))


def _round(front: Front) -> dict[str, Any] | None:
    return read_round([front], Draft())


def _stated(identified: Identified) -> str:
    """The round that the sheets without tables name; empty where they name none or several."""
    fronts = (front_of(sheet, ()) for sheet in (*identified.others, *identified.summaries))
    keys = {period_key(found) for front in fronts if (found := _round(front))}
    return keys.pop() if len(keys) == 1 else ""


def _latest(tables: Sequence[Table], rounds: dict[int, dict[str, Any] | None]) -> str:
    """The round with the last month, where all rounds tell of the same projects; else empty."""
    projects: dict[str, set[str]] = {}
    for table in tables:
        found = rounds[id(table.sheet)]
        projects.setdefault(period_key(found), set()).update(_projects(table))
    known = {key: own for key, own in projects.items() if key}
    every = set.union(*known.values())
    if any(len(own) < _HALF * len(every) for own in known.values()):
        return ""
    return max(known, key=lambda key: max(months_of(key), default=-1))


def _projects(table: Table) -> set[str]:
    """The codes of a table's rows, else their names."""
    columns = table.shape.identity or table.shape.names
    texts = (
        cell_text(cell) for row in table.of_kind(RowKind.DATA).values() for cell in row if cell.col in columns
    )
    return {match_key(text) for text in texts if not blank(text)}
