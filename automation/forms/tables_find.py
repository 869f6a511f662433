"""Find the data tables in a grid by their headings; a form table of labels and values is none.

A grid may hold several regions and form rows between them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from automation.forms.fields_money import category_of
from automation.forms.signature_words import is_head
from automation.forms.tables import NEEDS, Region, period_of
from automation.forms.tables_bare import bare_tables, is_label, is_sum
from automation.forms.tables_periods import lowest_periods
from automation.forms.tables_signatures import signature_matrix
from automation.forms.vocabulary import Vocabulary
from automation.forms.wording import key, plain
from automation.model import RECORD_TYPES
from automation.office.blocks import Cell, Grid
from automation.thai.digits import to_arabic

INDEX = {"ที่", "ลำดับ", "ลำดับที่", "no", "ข้อ", "ลำดบ", "ลำดับท"}
_OF_YEAR = re.compile(r"\s*\(?\s*(?:ปี(?:งบประมาณ)?|พ\.ศ\.)\s*(?:พ\.ศ\.)?\s*[0-9๐-๙]{4}\s*\)?$")
_SIGN = re.compile(
    r"ลงชื่อ|ลงนาม\s*[.…_]{3}|\(\s*(?:[.…_]{5,}|(?:นาย(?!ช่าง|ทะเบียน|แพทย์)|นาง|น\.ส\.|ดร\.|ว่าที่)[^()\n]{3,50})\s*\)"
)


def find_regions(grid: Grid, vocabulary: Vocabulary) -> list[Region]:
    """The data tables of a grid, top to bottom."""
    found: list[Region] = []
    row = 0
    while row < grid.rows:
        region = (
            signature_matrix(grid, row)
            or _signature_region(grid, row)
            or _headed_region(grid, row, vocabulary)
            or _turned_region(grid, row, vocabulary)
        )
        if region is None:
            row += 1
            continue
        found.append(region)
        row = region.stop
    return found or bare_tables(grid, vocabulary)


def _header(grid: Grid, row: int, depth: int) -> dict[int, str]:
    """Column → heading text, over `depth` rows; a cell over several columns heads each."""
    heads: dict[int, str] = {}
    for col in range(grid.cols):
        parts: list[str] = []
        seen: list[Cell] = []
        for line in range(row, row + depth):
            cell = grid.at(line, col)
            if cell is not None and all(cell is not other for other in seen):
                seen.append(cell)
                parts.append(" ".join(plain(cell.text).split()))
        heads[col] = " ".join(part for part in parts if part)
    return heads


def _headed_region(grid: Grid, row: int, vocabulary: Vocabulary) -> Region | None:
    for depth in (3, 2, 1):
        if row + depth >= grid.rows or not _stands(grid, row, depth) or len(grid.row(row + depth - 1)) < 2:
            continue
        periods = lowest_periods(grid, row, depth)
        leaves = _leaves(_header(grid, row, depth), vocabulary, periods)
        distinct = {id(grid.at(row + depth - 1, col)) for col in periods}
        if len(distinct) >= 3 or (len(periods) >= 2 and _only_periods(grid, row, depth, periods)) or leaves:
            body = row + depth
            region = Region(grid, row, body, body, leaves, periods)
            return Region(grid, row, body, _end(region, vocabulary), leaves, periods)
    return None


def _stands(grid: Grid, row: int, depth: int) -> bool:
    """Whether `depth` rows can be one heading: joined by a tall cell or spread under wide ones."""
    if depth == 1:
        return all(
            cell.row == row and (cell.row_span == 1 or cell.col_span == grid.cols) for cell in grid.row(row)
        )
    first = grid.row(row)
    joined = any(cell.row == row and cell.row_span == depth for cell in first)
    wide = any(cell.col_span > 1 for cell in first) and len(first) > 1
    return all(cell.row == row for cell in first) and (
        (joined and (wide or depth == 2)) or (wide and depth == 2 and _blank_below(grid, row))
    )


def _blank_below(grid: Grid, row: int) -> bool:
    """A heading row under wide cells names months or leaves the columns of the others empty."""
    return sum(1 for cell in grid.row(row + 1) if period_of(cell.text)) >= 3


def _only_periods(grid: Grid, row: int, depth: int, periods: Mapping[int, tuple[int, ...]]) -> bool:
    heads = _header(grid, row, depth)
    rest = [text for col, text in heads.items() if text and col not in periods]
    return all(len(months) == 3 for months in periods.values()) and len(rest) <= 3


def _leaves(
    heads: Mapping[int, str], vocabulary: Vocabulary, periods: Mapping[int, tuple[int, ...]]
) -> dict[str, dict[int, frozenset[str]]]:
    """The lists whose columns the headings name well enough."""
    named = {
        col: text for col, text in heads.items() if text and col not in periods and key(text) not in INDEX
    }
    indexed = any(key(text) in INDEX for text in heads.values())
    if len(named) + len(periods) + indexed < 2 or any(len(text) > 70 for text in named.values()):
        return {}
    neutral = {
        col
        for col, text in named.items()
        if any(vocabulary.leaves(text, path) for path in vocabulary.columns)
    }
    found: dict[str, dict[int, frozenset[str]]] = {}
    for path, needs in {**_own_needs(vocabulary), **NEEDS}.items():
        asked = heads if path == "agenda" else named  # the index of an agenda is its number
        hits = {col: _leaf(text, path, vocabulary) for col, text in asked.items()}
        hits = {col: leaves for col, leaves in hits.items() if leaves}
        if path == "indicators" and set().union(*hits.values()) == {"unit", "target"}:
            hits |= {col: frozenset({"name"}) for col in sorted(set(asked) - set(hits) - neutral)[:1]}
        every = set().union(*hits.values()) if hits else set()
        if path == "history" and len(every & {"requested", "allocated", "spent"}) >= 2:
            years = [col for col in sorted(set(asked) - set(hits)) if key(asked[col]).startswith("ปี")]
            hits |= {col: frozenset({"fiscal_year"}) for col in years[:1]}
            every = set().union(*hits.values())
        met = [need for need in needs if every & need]
        if len(periods) >= 2 and path == "activities" and "name" in every:
            met = list(needs)
        least = 1 if len(periods) >= 2 and path == "activities" else min(len(needs), 2)
        if (
            len(met) == len(needs)
            and len(hits) >= least
            and len(set(named) - neutral - set(hits)) < len(hits) + len(periods)
        ):
            found[path] = hits
    return found


def _own_needs(vocabulary: Vocabulary) -> dict[str, tuple[frozenset[str], ...]]:
    """The tables of a form that the office added: any of their columns tells them."""
    if vocabulary.form in RECORD_TYPES:
        return {}
    return {
        path: (frozenset().union(*known.values()),) for path, known in vocabulary.columns.items() if known
    }


def _leaf(text: str, path: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The leaves that a heading may name; a หมวดรายจ่าย as a heading spreads amounts over columns."""
    leaves = frozenset(vocabulary.leaves(text, path))
    if path == "indicators" and not leaves:
        leaves = frozenset(vocabulary.leaves(_OF_YEAR.sub("", text), path))
    if path == "budget.lines" and not leaves and category_of(text.split(" ")[-1]):
        return frozenset({"spread"})
    return leaves


def _end(region: Region, vocabulary: Vocabulary) -> int:
    """The row behind the region: the next heading or form row, or the end of the grid."""
    grid, width = region.grid, len(region.grid.row(region.body - 1))
    start = grid.at(region.body, 0) if region.body < grid.rows else None
    indexed = start is not None and key(start.text).isdigit()
    for row in range(region.body, grid.rows):
        cells = grid.row(row)
        if any(cell.row < row for cell in cells):
            continue
        if row > region.body and _headed_again(grid, row, region, vocabulary):
            return row
        first = next((cell for cell in cells if key(cell.text) and not key(cell.text).isdigit()), None)
        if first is not None and is_label(first, vocabulary) and not (is_sum(first) or _sums(region, row)):
            labels = sum(1 for cell in cells if is_label(cell, vocabulary))
            if len(cells) != width or labels >= 2 or (indexed and not key(cells[0].text).isdigit()):
                return row
        if _signature_region(grid, row):
            return row
    return grid.rows


def _sums(region: Region, row: int) -> bool:
    """Whether the cells below months or quarters hold amounts: the plan of spending under a chart."""
    cells = [cell for col in region.periods if (cell := region.grid.at(row, col)) is not None]
    figures = [cell for cell in cells if re.fullmatch(r"[\s\d,.\-–]*", to_arabic(cell.text))]
    return len(cells) >= 3 and len(figures) == len(cells) and any(cell.text.strip() for cell in cells)


def _headed_again(grid: Grid, row: int, region: Region, vocabulary: Vocabulary) -> bool:
    if row + 1 >= grid.rows:
        return False
    periods = lowest_periods(grid, row, 1)
    return len(periods) >= 3 or bool(_leaves(_header(grid, row, 1), vocabulary, periods))


def _turned_region(grid: Grid, row: int, vocabulary: Vocabulary) -> Region | None:
    """A table whose headings stand in the first column: people side by side, a plan by month downwards."""
    if grid.cols < 2:
        return None
    if grid.cols > 2 and (found := _turned_plan(grid, row, _column_heads(grid, row, 1), 1)):
        return found
    heads = _column_heads(grid, row, 0)
    if found := _turned_plan(grid, row, heads, 0):
        return found
    for path, needs in (("responsible", 2), ("history", 3), ("indicators", 3)):
        hits = {line: frozenset(vocabulary.leaves(text, path)) for line, text in heads.items()}
        if path == "history" and _years(grid, row):
            hits[row] = frozenset({"fiscal_year"})
        run = _run(row, {line: leaves for line, leaves in hits.items() if leaves})
        every = set().union(*(hits[line] for line in run)) if run else set()
        if _labels_beside(grid, run, path, vocabulary):
            continue
        if len(every) >= needs and all(need & every for need in NEEDS[path]):
            return Region(
                grid, row, 1, run[-1] + 1, {path: {line: hits[line] for line in run}}, {}, turned=True
            )
    return None


def _years(grid: Grid, row: int) -> bool:
    """Whether the cells of a row behind its first name a year each."""
    cells = grid.row(row)[1:]
    return bool(cells) and all(
        re.search(r"2[4-6]\d\d", to_arabic(cell.text)) and len(cell.text.strip()) <= 25 for cell in cells
    )


def _column_heads(grid: Grid, row: int, lead: int) -> dict[int, str]:
    """Row → text of a column from `row` on, up to a cell that is merged or too wide to be a heading."""
    heads: dict[int, str] = {}
    for line in range(row, grid.rows):
        cell = grid.at(line, lead)
        if cell is None or cell.row_span > 1 or cell.col_span > grid.cols - 1:
            break
        heads[line] = " ".join(plain(cell.text).split())
    return heads


def _turned_plan(grid: Grid, row: int, heads: Mapping[int, str], lead: int) -> Region | None:
    """Months or quarters downwards in column `lead`, a heading row before and a sum row behind them."""
    periods = {line: months for line, text in heads.items() if (months := period_of(text))}
    headed = row not in periods and row + 1 in periods and not any(_figures(cell) for cell in grid.row(row))
    run = _run(row + headed, periods)
    if len(run) < 3:
        return None
    stop = run[-1] + 1 + _sum_behind(grid, run[-1] + 1)
    stated = {line: periods[line] for line in run}
    return Region(grid, row, 1, stop, {}, stated, turned=True, lead=lead)


def _labels_beside(grid: Grid, run: list[int], path: str, vocabulary: Vocabulary) -> bool:
    """Whether labels stand in further columns too: pairs of label and value, no table."""
    beside = (cell for row in run for cell in grid.row(row)[1:])
    return any(vocabulary.leaves(" ".join(plain(cell.text).split()), path) for cell in beside)


def _figures(cell: Cell) -> bool:
    return any(letter.isdigit() for letter in to_arabic(cell.text))


def _run(row: int, rows: Mapping[int, object]) -> list[int]:
    """The unbroken run of these rows from `row`, one heading row before it allowed."""
    run: list[int] = []
    line = row
    while line in rows:
        run.append(line)
        line += 1
    return run


def _sum_behind(grid: Grid, row: int) -> int:
    return 1 if row < grid.rows and is_sum(grid.at(row, 0)) else 0


def _signature_region(grid: Grid, row: int) -> Region | None:
    """Signature blocks side by side; a row of roles may stand above them."""
    signed = [bool(_SIGN.search(plain(cell.text))) for cell in grid.row(row)]
    if any(signed) and (len(signed) == 1 or sum(signed) >= 2) and grid.rows - row <= 8:
        return Region(grid, row, row, grid.rows, signatures=True)
    heads = [cell for cell in grid.row(row) if cell.text.strip()]
    if len(heads) >= 2 and grid.rows - row <= 6 and all(is_head(plain(cell.text)) for cell in heads):
        named = (
            sum(bool(_SIGN.search(plain(cell.text))) for cell in grid.row(line))
            for line in range(row + 1, min(row + 4, grid.rows))
        )
        if any(count >= 2 for count in named):
            return Region(grid, row, row, grid.rows, signatures=True)
    if row + 1 < grid.rows and len(grid.row(row)) == len(grid.row(row + 1)) >= 2:
        below = [bool(_SIGN.search(plain(cell.text))) for cell in grid.row(row + 1)]
        short = all(len(cell.text.strip()) <= 60 for cell in grid.row(row))
        if sum(below) >= 2 and short and any(cell.text.strip() for cell in grid.row(row)):
            return Region(grid, row, row, grid.rows, signatures=True)
    return None
