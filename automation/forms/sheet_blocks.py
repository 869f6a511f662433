"""A workbook as the blocks of a document, so that an Excel form of the office's own is read as a Word one is.

A run of rows with several cells is a table; a row with one cell above or below it is a line of text. Empty
rows part the tables, empty columns are none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile

from automation.office.blocks import Block, Cell, Document, Grid, Para, Place
from automation.office.sheets import Sheet, SheetCell, Workbook
from automation.thai.dates import format_date

_Texts = dict[tuple[int, int], str]


def as_document(workbook: Workbook) -> Document:
    """The visible cells of a workbook as blocks whose places are cells (`แบบตรวจ!B5`); its key is kept."""
    blocks: list[Block] = []
    for sheet in workbook.sheets:
        texts = {at: text for at, cell in sheet.cells.items() if (text := _text(cell))}
        shown = {} if sheet.hidden else {at: text for at, text in texts.items() if not sheet.cells[at].hidden}
        blocks += _blocks(sheet, shown)
        blocks += [_para(sheet, at, hidden=text) for at, text in texts.items() if at not in shown]
    return Document(blocks=tuple(blocks), macros=workbook.macros, key=workbook.key)


def _text(cell: SheetCell) -> str:
    """What a cell shows, in words that the readers of texts know."""
    value = cell.value
    if isinstance(value, bool):
        return "☑" if value else "☐"
    if isinstance(value, Decimal):
        number = value * 100 if cell.is_percent else value
        shown = f"{number:f}"
        shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
        return f"{shown}%" if cell.is_percent else shown
    if isinstance(value, dt.datetime):
        value = value.date() if value.time() == dt.time() else value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return format_date(value)
    return "" if value is None else str(value).strip()


def _blocks(sheet: Sheet, texts: _Texts) -> Iterator[Block]:
    rows = sorted({row for row, _ in texts})
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    for run in runs:
        wide = _tabular(run, texts)
        for row in run:
            if wide and wide[0] <= row <= wide[-1]:
                if row == wide[0]:
                    yield _grid(sheet, texts, wide[0], wide[-1])
            else:
                yield _para(sheet, *next((at, text) for at, text in texts.items() if at[0] == row))


def _tabular(run: list[int], texts: _Texts) -> list[int]:
    """The rows of a run that are its table: those with several cells, and numbered ones left empty below."""
    said = {row: [text for at, text in texts.items() if at[0] == row] for row in run}
    wide = [row for row in run if len(said[row]) > 1]
    if wide:
        below = takewhile(lambda row: said[row][0].isdecimal(), (row for row in run if row > wide[-1]))
        wide += list(below)
    return wide


def _para(sheet: Sheet, at: tuple[int, int], text: str = "", *, hidden: str = "") -> Para:
    ref = sheet.ref(*at)
    return Para(text=text, place=Place(label=ref, ref=ref), hidden=hidden)


def _grid(sheet: Sheet, texts: _Texts, first: int, last: int) -> Grid:
    columns = sorted({col for row, col in texts if first <= row <= last})
    cells: list[Cell] = []
    for row in range(first, last + 1):
        for number, col in enumerate(columns):
            span = sheet.span(row, col)
            if span and (max(span.top, first), _first(columns, span.left)) != (row, col):
                continue
            bottom, right = (min(span.bottom, last), span.right) if span else (row, col)
            shade = cell.shade if (cell := sheet.cells.get((row, col))) else ""
            para = _para(sheet, (row, col), texts.get((row, col), ""))
            cells.append(
                Cell(
                    row=row - first,
                    col=number,
                    row_span=bottom - row + 1,
                    col_span=sum(col <= other <= right for other in columns),
                    blocks=(para,),
                    shade=shade,
                    place=para.place,
                )
            )
    place = cells[0].place
    return Grid(cells=tuple(cells), rows=last - first + 1, cols=len(columns), place=place)


def _first(columns: list[int], left: int) -> int:
    """The first kept column of a merged range."""
    return next((col for col in columns if col >= left), left)
