"""Months and quarters above the columns of a table, named in whatever way."""

from __future__ import annotations

from automation.forms.tables import period_of
from automation.forms.wording import key, plain
from automation.office.blocks import Cell, Grid
from automation.thai.digits import to_arabic
from automation.thai.fiscal import MONTH_ORDER, QUARTERS


def lowest_periods(grid: Grid, row: int, depth: int) -> dict[int, tuple[int, ...]]:
    """Column → months of its lowest heading that names months, in `depth` heading rows from `row` on."""
    found: dict[int, tuple[int, ...]] = {}
    for col in range(grid.cols):
        for line in range(row + depth - 1, row - 1, -1):
            cell = grid.at(line, col)
            months = period_of(cell.text) if cell is not None else ()
            if (
                months
                and cell is not None
                and (
                    cell.col_span == 1
                    or (len(months) > 1 and line == row + depth - 1)
                    or (len(months) == 1 and _weeks(grid, cell, line + 1, row + depth))
                    or (line == row + depth - 1 and _as_wide_below(grid, cell))
                )
            ):
                found[col] = months
                break
    return found or _bare_quarters(grid, row + depth - 1) or _bare_months(grid, row + depth - 1)


def _as_wide_below(grid: Grid, head: Cell) -> bool:
    """Whether the cell below a heading spans the same columns: the grid is finer than the table."""
    below = grid.at(head.row + head.row_span, head.col) if head.row + head.row_span < grid.rows else None
    return below is not None and (below.col, below.col_span) == (head.col, head.col_span)


def _weeks(grid: Grid, head: Cell, start: int, stop: int) -> bool:
    """Whether the headings below a month count its weeks."""
    below = [
        cell
        for line in range(start, stop)
        for col in range(head.col, head.col + head.col_span)
        if (cell := grid.at(line, col)) is not None
    ]
    said = {to_arabic(key(cell.text)).removeprefix("สัปดาห์").removeprefix("ที่") for cell in below}
    return bool(below) and all(text in ("", "1", "2", "3", "4", "5") for text in said)


def _bare_months(grid: Grid, row: int) -> dict[int, tuple[int, ...]]:
    """`๑๐ | ๑๑ | ๑๒ | ๑ | … | ๙`: the months of the fiscal year by their numbers."""
    cells = {cell.col: to_arabic(plain(cell.text)).strip(" .") for cell in grid.row(row)}
    named: dict[int, tuple[int, ...]] = {
        col: (int(text),) for col, text in cells.items() if text.isdigit() and 1 <= int(text) <= 12
    }
    return named if [months[0] for months in named.values()] == list(MONTH_ORDER) else {}


def _bare_quarters(grid: Grid, row: int) -> dict[int, tuple[int, ...]]:
    """`ไตรมาส | ๑ | ๒ | ๓ | ๔`, also `ที่ ๑`: figures alone as headings beside or below the word."""
    cells = {cell.col: to_arabic(plain(cell.text)).removeprefix("ที่").strip(" .") for cell in grid.row(row)}
    bare = {col: int(text) for col, text in cells.items() if text in ("1", "2", "3", "4")}
    near = [*cells.values(), *(plain(cell.text) for cell in (grid.row(row - 1) if row else ()))]
    if sorted(bare.values()) != [1, 2, 3, 4] or not any("ไตรมาส" in text for text in near):
        return {}
    return {col: tuple(QUARTERS[quarter]) for col, quarter in bare.items()}
