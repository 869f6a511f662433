"""`ประเด็นยุทธศาสตร์ที่ 1` in one cell and its name in the next, made into the one line that it means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from automation.forms.workbooks.bands import Band
from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.draft import by_row
from automation.forms.workbooks.texts import one_line
from automation.office.sheets import Sheet, SheetCell

_NUMBER = re.compile(r"[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*[.)]?")
_LONGEST = 60
_MOST = 4
"""Cells of a row that may announce: word, number, name, and who is responsible."""


def joined_lines(sheet: Sheet, bands: Iterable[Band]) -> Sheet:
    """The sheet with such rows as one text in their first cell; the same sheet where it has none."""
    leads = [band.lead for band in bands]
    texts = {cell.value for cell in sheet.cells.values() if isinstance(cell.value, str) and not cell.hidden}
    announced = any(
        lead.fullmatch(one_line(text)) for text in texts if len(text) <= _LONGEST for lead in leads
    )
    cells = dict(sheet.cells)
    for row in by_row(sheet).values() if announced else ():
        parts = _parts(row, leads) if 1 < len(row) <= _MOST else []
        if parts:
            first = parts[0]
            text = " ".join(heading_text(part) for part in parts)
            cells[first.row, first.col] = replace(first, value=text)
            for part in parts[1:]:
                del cells[part.row, part.col]
    return sheet if len(cells) == len(sheet.cells) else replace(sheet, cells=cells)


def _parts(row: list[SheetCell], leads: list[re.Pattern[str]]) -> list[SheetCell]:
    """The word of a list, its number and its name, where they stand in cells of their own; else nothing."""
    found = next((match for lead in leads if (match := lead.fullmatch(heading_text(row[0])))), None)
    if found is None:
        return []
    size = 2 if found["no"] else 3
    if len(row) < size or (size == 3 and not _NUMBER.fullmatch(heading_text(row[1]))):
        return []
    name = row[size - 1]
    return row[:size] if isinstance(name.value, str) and not _NUMBER.fullmatch(heading_text(name)) else []
