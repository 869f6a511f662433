"""Tables whose headings nobody knows, or that have none: their columns are told by what the cells hold.

Such a table is read only in the section of its list (`tables.kind_of`); elsewhere its cells stay unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from automation.forms.fields_money import amount_of, category_of
from automation.forms.fields_people import TITLES
from automation.forms.signature_words import SIGN
from automation.forms.tables import Region
from automation.forms.vocabulary import Grade, Vocabulary
from automation.forms.wording import key, plain
from automation.office.blocks import Cell, Grid, Para
from automation.thai.digits import to_arabic
from automation.thai.months import MONTH_PATTERN, UnclearDate, parse_months
from automation.thai.text import is_blank

_PERSON = re.compile(rf"^(?:[0-9๐-๙]+[.)]\s*)?{TITLES}\s*[ก-๛]+")
_MONTHS = re.compile(rf"{MONTH_PATTERN}|ไตรมาส|ตลอดปี|ทุกเดือน", re.IGNORECASE)
_PHONE = re.compile(r"^(?:โทร\.?\s*)?0[0-9\s\-]{7,}(?:\s*ต่อ.*)?$|^\d{4}$")
_STATES = re.compile(rf"[:：☐☑□■✓✔]|\(\s*/?\s*\)|{MONTH_PATTERN}", re.IGNORECASE)
"""Signs that a cell says by itself what it is."""
_YEAR = re.compile(r"^(?:ปี(?:งบประมาณ)?\s*)?(?:พ\.ศ\.\s*)?2[45]\d\d$")


def bare_tables(grid: Grid, vocabulary: Vocabulary) -> list[Region]:
    """A whole grid as one data table: under headings that mean no list, or without headings at all."""
    if grid.cols < 2 or grid.rows < 1 or boxed(grid, vocabulary):
        return []
    if headed(grid):
        heads = [cell for cell in grid.row(0) if key(cell.text) not in ("ที่", "ลำดับ", "ลำดับที่")]
        known = sum(1 for cell in heads if is_label(cell, vocabulary))
        beside = max(_labels_down(grid, col, vocabulary) for col in range(min(2, grid.cols - 1)))
        single = grid.rows == 2 or (grid.rows == 3 and all(map(_counts, grid.row(1))))
        whole = known == len(heads) or (single and known > 2 and known == len(heads) - 1)
        form = whole or (beside > 1 and beside * 5 >= (grid.rows - 1) * 3)
        return [] if form else [Region(grid, 0, 1, grid.rows, _leaves(grid, 1), bare=True)]
    leaves = _leaves(grid, 0)
    wide = grid.cols >= 3 and grid.rows >= 2 and not any(_STATES.search(cell.text) for cell in grid.cells)
    if not (leaves or wide) or any(_named(cell, grid, vocabulary) for cell in grid.cells):
        return []
    return [Region(grid, 0, 0, grid.rows, leaves, bare=True)]


def headed(grid: Grid) -> bool:
    """Whether the first row of a grid is set apart from all others, as headings are."""
    heads, rest = grid.row(0), [cell for cell in grid.cells if cell.row > 0]
    whole = len(heads) == grid.cols and all(cell.row_span == 1 for cell in heads) and bool(rest)
    if not whole or any(is_blank(cell.text) or not _set_apart(cell) for cell in heads):
        return False
    return not any(_set_apart(cell) and not is_sum(cell) for cell in rest if cell.col == 0 or cell.shade)


def is_label(cell: Cell, vocabulary: Vocabulary) -> bool:
    """Whether a cell holds a wording that is known as a label."""
    match = vocabulary.match(" ".join(plain(cell.text).split())[:90])
    return match is not None and match.grade >= Grade.LABEL


def is_sum(cell: Cell | None) -> bool:
    """Whether a cell begins a row of sums."""
    return cell is not None and key(cell.text).startswith(
        ("รวม", "ทั้งสิ้น", "ยอดรวม", "งบประมาณทั้งสิ้น", "total", "grandtotal")
    )


def _counts(cell: Cell) -> bool:
    """Whether a cell holds the number of its column: `(๑)`."""
    return re.fullmatch(r"\(?[0-9๐-๙]{1,2}\)?", cell.text.strip()) is not None


def _named(cell: Cell, grid: Grid, vocabulary: Vocabulary) -> bool:
    """Whether a cell holds a label or a signature, so that its grid is a form, no table."""
    text = " ".join(plain(cell.text).split())[:90]
    match = vocabulary.match(text, loose=grid.rows == 1)
    label = match is not None and (match.grade >= Grade.SHORT or grid.rows == 1)
    label = label or any(vocabulary.leaves(text, path) - {"unit"} for path in ("responsible", "history"))
    return (label and not is_sum(cell) and category_of(text) is None) or SIGN.search(text) is not None


def boxed(grid: Grid, vocabulary: Vocabulary) -> bool:
    """Whether most cells of a grid hold a known label on their first line and the value below."""
    filled = [cell for cell in grid.cells if not is_blank(cell.text)]
    firsts = [lines[0] for cell in filled if len(lines := plain(cell.text).strip().split("\n")) > 1]
    matches = [vocabulary.match(first.strip()) for first in firsts]
    known = sum(1 for match in matches if match is not None and match.grade >= Grade.LABEL)
    return known > 1 and known * 3 >= len(filled) * 2


def counted(grid: Grid, vocabulary: Vocabulary) -> bool:
    """Whether a grid is a numbered list in two columns, and no form whose labels are numbered."""
    numbers = [to_arabic(key(cell.text)) for cell in grid.cells if cell.col == 0]
    texts = [cell for cell in grid.cells if cell.col == 1]
    if grid.cols != 2 or len(texts) < 2 or numbers != [str(one) for one in range(1, grid.rows + 1)]:
        return False
    return sum(is_label(cell, vocabulary) for cell in texts) * 2 <= len(texts)


def _labels_down(grid: Grid, col: int, vocabulary: Vocabulary) -> int:
    """How many cells of a column below its first may be labels, loosely."""
    cells = [cell for row in range(1, grid.rows) if (cell := grid.at(row, col)) is not None]
    return sum(1 for cell in cells if vocabulary.match(" ".join(plain(cell.text).split()), loose=True))


def _set_apart(cell: Cell) -> bool:
    paras = [block for block in cell.blocks if isinstance(block, Para) and block.text.strip()]
    return bool(cell.shade) or (bool(paras) and all(para.bold for para in paras))


def _leaves(grid: Grid, body: int) -> dict[str, Mapping[int, frozenset[str]]]:
    """List → column → leaf, for each list whose columns the cells from row `body` on can be."""
    rows = [row for row in range(body, grid.rows) if not any(map(is_sum, grid.row(row)))]
    kinds: dict[str, list[int]] = {}
    for col in range(grid.cols):
        cells = [cell for row in rows if (cell := grid.at(row, col)) is not None]
        if any(cell.col_span > 1 or cell.row_span > 1 for cell in cells):
            return {}
        kinds.setdefault(_kind([_said(cell) for cell in cells if not is_blank(cell.text)]), []).append(col)
    texts, units = kinds.get("text", []), kinds.get("unit", [])
    figures = [*kinds.get("figure", []), *kinds.get("amount", [])]
    lists: dict[str, dict[str, list[int]]] = {
        "responsible": {
            "name": kinds.get("name", []),
            "position": [*texts, *units],
            "phone": kinds.get("phone", []),
            "email": kinds.get("email", []),
        },
        "indicators": {"name": texts, "target": figures, "unit": units},
        "activities": {"name": [*texts, *units], "period": kinds.get("months", [])},
        "budget.lines": {
            "category": kinds.get("category", []),
            "item": [*texts, *units],
            "amount": kinds.get("amount", [])[-1:],
        },
    }
    needs = {"responsible": {"name"}, "budget.lines": {"item", "amount"}, "activities": {"name", "period"}}
    found: dict[str, Mapping[int, frozenset[str]]] = {}
    for path, columns in lists.items():
        named = {cols[0]: frozenset({leaf}) for leaf, cols in columns.items() if cols}
        every = {leaf for leaves in named.values() for leaf in leaves}
        if needs.get(path, {"name", "target"}) <= every and len(named) >= 2:
            found[path] = named
    return found


def _said(cell: Cell) -> str:
    return to_arabic(" ".join(plain(cell.text).split()))


def _kind(texts: list[str]) -> str:
    """What all the cells of a column are; `text` when they are nothing narrower."""
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("name", lambda text: _PERSON.match(text) is not None),
        ("email", lambda text: "@" in text),
        ("index", lambda text: re.fullmatch(r"\d{1,2}[.)]?", text) is not None),
        ("year", lambda text: _YEAR.match(text) is not None),
        ("phone", lambda text: _PHONE.match(text) is not None),
        ("months", _is_months),
        ("category", lambda text: category_of(text) is not None),
        ("amount", _is_amount),
        ("figure", lambda text: len(text) <= 25 and any(letter.isdigit() for letter in text)),
        ("unit", lambda text: len(text) <= 12),
    )
    if not texts:
        return "empty"
    if [text.rstrip(".)") for text in texts] != [str(number + 1) for number in range(len(texts))]:
        tests = tuple(test for test in tests if test[0] != "index")
    return next((name for name, fits in tests if all(map(fits, texts))), "text")


def _is_months(text: str) -> bool:
    if not _MONTHS.search(text) or len(text) > 50:
        return False
    try:
        return bool(parse_months(text))
    except (UnclearDate, ValueError):
        return False


def _is_amount(text: str) -> bool:
    try:
        amount = amount_of(text)
    except ValueError:
        return False
    return amount is not None and (amount >= 100 or text.strip() in ("-", "–"))
