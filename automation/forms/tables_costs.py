"""Tables of expenses: a category column, band rows of categories, or a column a category."""

from __future__ import annotations

import re
from collections.abc import Mapping

from automation.forms.fields_money import (
    Money,
    amount_of,
    bare_category,
    category_of,
    detailed,
    is_sum,
    money_of,
)
from automation.forms.ledger import Ledger
from automation.forms.tables import Region
from automation.forms.tables_rows import Row, head_used, rows_of
from automation.forms.wording import clean, key, numbering, plain, without_number
from automation.model import BudgetLine
from automation.office.blocks import Cell
from automation.thai.products import read_products
from automation.thai.text import is_blank


def costs_in(region: Region, ledger: Ledger) -> tuple[list[BudgetLine], list[Cell]]:
    """The budget lines of a table (baht), and the cells that should hold money and do not."""
    hits = dict(region.leaves.get("budget.lines", {}))
    if any("spread" in leaves for leaves in hits.values()):
        return _spread(region, hits, ledger)
    roles = _roles(region, hits)
    said = Region(
        region.grid,
        region.start,
        region.body,
        region.stop,
        {"budget.lines": {col: frozenset({leaf}) for col, leaf in roles.items()}},
    )
    found: list[tuple[BudgetLine, bool]] = []
    bad: list[Cell] = []
    category: str | None = None
    waiting: BudgetLine | None = None
    bare = banded = False
    for row in rows_of(said, "budget.lines", ledger):
        if row.sum or (row.band and is_sum(row.band)):
            continue
        named = None if banded and _numbered(row) else _band(row)
        dashed = _dashed(row)
        if named and not (dashed and bare):
            bare = bare or not dashed
            banded = banded or bool(row.band)
            found += [(waiting, True)] if waiting else []
            category = named
            amount = _money(row, bad)
            waiting = BudgetLine(category=named, item=named, amount=amount) if amount else None
            continue
        line = _line(row, category, bad)
        if line is not None:
            found.append((line, False))
            waiting = None
    return detailed([*found, *([(waiting, True)] if waiting else [])]), bad


def false_products(region: Region) -> list[tuple[Cell, str]]:
    """Amounts that are not their columns of quantities times that of prices: the cell, the false sum."""
    roles = _roles(region, dict(region.leaves.get("budget.lines", {})))
    found: list[tuple[Cell, str]] = []
    for row in range(region.body, region.stop):
        cells = {leaf: cell for col, leaf in roles.items() if (cell := region.grid.at(row, col)) is not None}
        texts = {leaf: clean(cell.text) for leaf, cell in cells.items()}
        counts = [text for leaf, text in texts.items() if leaf.startswith("quantity") and _figures(text)]
        price = re.sub(r"\s*(?:บาท.*|\.-|/-)$", "", texts.get("price", ""))
        if not (counts and _figures(price) and _figures(texts.get("amount", ""))):
            continue
        said = " x ".join([*counts, price])
        products = read_products(f"{texts.get('item', '')} : {said} บาท")
        try:
            amount = amount_of(texts["amount"])
        except ValueError:
            continue
        if len(products) == 1 and amount is not None and not products[0].can_be(amount):
            found.append((cells["amount"], f"{said} = {products[0].value:,.2f}"))
    return found


def _figures(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def sum_in(region: Region) -> tuple[Money, Cell] | None:
    """What the sum row of a table states: baht and the amount in words; None where no row is a sum."""
    for row in range(region.stop - 1, region.body - 1, -1):
        cells = [cell for cell in region.grid.row(row) if not is_blank(cell.text)]
        if not cells or not clean(cells[0].text).startswith("รวม"):
            continue
        words = money_of(" ".join(cell.text for cell in cells)).words
        try:
            amount = amount_of(cells[-1].text)
        except ValueError:
            return None
        return Money(total=amount, words=words), cells[-1]
    return None


def _roles(region: Region, hits: Mapping[int, frozenset[str]]) -> dict[int, str]:
    """Column → leaf. Of two columns for items the one that names categories is the category."""
    roles: dict[int, str] = {}
    hits = {col: leaves for col, leaves in hits.items() if not _merged(region, col)}
    items = [col for col, leaves in hits.items() if "item" in leaves]
    amounts = [col for col, leaves in hits.items() if "amount" in leaves and col not in items]
    kinds = [col for col, leaves in hits.items() if leaves == {"category"}]
    if kinds and not items:
        items, kinds = kinds[:1], kinds[1:]
    for col, leaves in hits.items():
        if col not in items and col not in amounts:
            leaf = sorted(leaves)[0]
            again = leaf == "quantity" and leaf in roles.values()
            roles[col] = f"{leaf}{col}" if again else leaf
    if amounts:
        roles[_best_amount(region, amounts)] = "amount"
    if len(items) > 1 and not kinds:
        named = [col for col in items if _share(region, col) >= 0.5]
        for col in named[:1]:
            roles[col] = "category"
            items.remove(col)
    for number, col in enumerate(items):
        roles[col] = "item" if number == 0 else f"detail{number}"
    return roles


def _merged(region: Region, col: int) -> bool:
    """Whether a column of the grid is in every row but a part of the one at its left."""
    rows = range(region.start, region.stop)
    return col > 0 and all(region.grid.at(row, col) is region.grid.at(row, col - 1) for row in rows)


def _best_amount(region: Region, columns: list[int]) -> int:
    """The column of sums: the last one that holds amounts."""
    for col in sorted(columns, reverse=True):
        cells = (region.grid.at(row, col) for row in range(region.body, region.stop))
        if any(cell is not None and any(letter.isdigit() for letter in cell.text) for cell in cells):
            return col
    return columns[-1]


def _share(region: Region, col: int) -> float:
    cells = [
        cell for row in range(region.body, region.stop) if (cell := region.grid.at(row, col)) is not None
    ]
    filled = [cell for cell in cells if not is_blank(cell.text) and not is_sum(clean(cell.text))]
    return sum(1 for cell in filled if category_of(cell.text)) / len(filled) if filled else 0.0


def _band(row: Row) -> str | None:
    """The category that a row is: a band over the table, or a row whose only text names one."""
    if row.band:
        return bare_category(row.band)
    if row.text("category"):
        return None
    return category_of(row.text("item") or "")


def _numbered(row: Row) -> bool:
    """Whether a column of numbers counts the row: under bands it is a cost, whatever its name."""
    return any(leaf.startswith("index") and key(cell.text) for leaf, cell in row.cells.items())


def _dashed(row: Row) -> bool:
    """Whether a dash or bullet stands before a row's item: it is one of a category, whatever its name."""
    cell = row.cells.get("item")
    number = numbering(plain(cell.text).strip()) if cell is not None else None
    return number is not None and number.form == "bullet"


def _money(row: Row, bad: list[Cell]):  # type: ignore[no-untyped-def]
    cell = row.cells.get("amount")
    if cell is None:
        return None
    try:
        return amount_of(cell.text)
    except ValueError:
        bad.append(cell)
        return None


def _line(row: Row, category: str | None, bad: list[Cell]) -> BudgetLine | None:
    own = row.text("category")
    item = row.text("item")
    details = [text for leaf in sorted(row.cells) if leaf.startswith("detail") and (text := row.text(leaf))]
    if not item and not own:
        return None
    words = " ".join([without_number(item)] if item else []) or None
    if details:
        words = " ".join([*([words] if words else []), *details])
    amount = _money(row, bad)
    if item and amount is None and row.cells.get("amount") is None and not words:
        return None
    return BudgetLine(
        category=bare_category(own) if own else category,
        item=words or (bare_category(own) if own else None),
        amount=amount,
    )


def _spread(
    region: Region, hits: Mapping[int, frozenset[str]], ledger: Ledger
) -> tuple[list[BudgetLine], list[Cell]]:
    """A column a category: each amount in such a column is a line."""
    head_used(region, ledger)
    grid = region.grid
    item_col = min(col for col, leaves in hits.items() if "item" in leaves or "category" in leaves)
    spread = {col: _heading(region, col) for col, leaves in hits.items() if "spread" in leaves}
    found: list[BudgetLine] = []
    bad: list[Cell] = []
    for row in range(region.body, region.stop):
        name = grid.at(row, item_col)
        words = without_number(clean(name.text)) if name is not None else ""
        ledger.use_rows(region, row, row + 1)
        if is_blank(words) or is_sum(words) or any(is_sum(clean(cell.text)) for cell in grid.row(row)[:2]):
            continue
        for col, category in spread.items():
            cell = grid.at(row, col)
            if cell is None or cell is name:
                continue
            try:
                amount = amount_of(cell.text)
            except ValueError:
                bad.append(cell)
                continue
            if amount:
                found.append(BudgetLine(category=category, item=words, amount=amount))
    return found, bad


def _heading(region: Region, col: int) -> str:
    for row in range(region.body - 1, region.start - 1, -1):
        cell = region.grid.at(row, col)
        category = category_of(plain(cell.text)) if cell is not None else None
        if category:
            return category
    return ""
