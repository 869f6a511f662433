"""What no field took: hidden content, guides, examples, extra columns, totals. Nothing is dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from automation.forms.workbooks.draft import Draft, by_row
from automation.forms.workbooks.identify import Identified
from automation.forms.workbooks.rowkinds import RowKind
from automation.forms.workbooks.table import Table
from automation.forms.workbooks.texts import blank, match_key, one_line
from automation.forms.workbooks.values import cell_text
from automation.model import Severity, Unread
from automation.office.sheets import Sheet, SheetCell, Workbook

_WHOLE_ROWS = (RowKind.TOTAL, RowKind.BAND, RowKind.EXAMPLE, RowKind.RESULT, RowKind.CLOSING, RowKind.OTHER)


def hidden_content(workbook: Workbook, draft: Draft) -> None:
    """Report hidden sheets, rows and columns that hold something; they are not read as data."""
    for sheet in workbook.sheets:
        hidden = [cell for cell in sheet.cells.values() if cell.hidden and not blank(cell_text(cell))]
        if not hidden:
            continue
        if sheet.hidden:
            message = f"แผ่นงาน «{sheet.name}» ถูกซ่อนไว้ ระบบไม่ได้อ่านเป็นข้อมูล"
        else:
            rows = sorted({cell.row for cell in hidden} & sheet.hidden_rows)
            cols = sorted({cell.col for cell in hidden} & sheet.hidden_cols)
            parts = [
                f"แถว {', '.join(map(str, rows))}" if rows else "",
                f"คอลัมน์ {', '.join(sheet.ref(1, col).rpartition('!')[2][:-1] for col in cols)}"
                if cols
                else "",
            ]
            where = " ".join(part for part in parts if part) or "บางช่อง"
            message = f"แผ่นงาน «{sheet.name}» มี{where} ที่ซ่อนไว้ ระบบไม่ได้อ่านเป็นข้อมูล กรุณายกเลิกการซ่อนหากต้องการส่ง"
        draft.tell(
            Severity.WARNING, "hidden-content", message, sheet=sheet, cell=None if sheet.hidden else hidden[0]
        )


def unread_texts(
    workbook: Workbook,
    identified: Identified,
    tables: Sequence[Table],
    draft: Draft,
    printed: frozenset[str],
) -> tuple[Unread, ...]:
    """Every text without a field, with its place: a row at a time where the whole row is no data."""
    values = {match_key(str(value)) for value in draft.data.values() if isinstance(value, str)}
    silent = printed | values
    whole = {id(sheet) for sheet in identified.aside}
    rows = {(table.sheet.name, row) for table in tables for row in table.of_kind(*_WHOLE_ROWS)}
    blank_rows = {(table.sheet.name, row) for table in tables for row in table.of_kind(RowKind.BLANK)}
    found: list[Unread] = []
    for sheet in workbook.sheets:
        for row, cells in sorted(_rows(sheet).items()):
            if (sheet.name, row) in blank_rows:
                continue
            left = [cell for cell in cells if not draft.is_used(sheet, cell) and not _silent(cell, silent)]
            if id(sheet) in whole or (sheet.name, row) in rows:
                found += _joined(sheet, left)
            else:
                found += [one for cell in left for one in _joined(sheet, [cell])]
        found += [
            Unread(where=sheet.ref(row, col), text=one_line(note), ref=sheet.ref(row, col))
            for (row, col), note in sorted(sheet.notes.items())
            if not blank(note)
        ]
        found += [Unread(where=sheet.name, text=one_line(text)) for text in sheet.boxes]
    return tuple(found)


def _rows(sheet: Sheet) -> dict[int, list[SheetCell]]:
    """Visible and hidden cells by row."""
    rows = by_row(sheet)
    for cell in sheet.cells.values():
        if cell.hidden:
            rows.setdefault(cell.row, []).append(cell)
    for cells in rows.values():
        cells.sort(key=lambda cell: cell.col)
    return rows


def _silent(cell: SheetCell, silent: Iterable[str]) -> bool:
    text = cell_text(cell)
    return blank(text) or match_key(text) in silent


def _joined(sheet: Sheet, cells: Sequence[SheetCell]) -> list[Unread]:
    if not cells:
        return []
    ref = sheet.ref(cells[0].row, cells[0].col)
    return [Unread(where=ref, text=" | ".join(cell_text(cell) for cell in cells), ref=ref)]
