"""Columns that figures prove: what is left is the allocation less the spending, whatever it is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from automation.forms.workbooks.guesses import bare_periods
from automation.forms.workbooks.headings import Column, Layout
from automation.forms.workbooks.patterns import heading_key
from automation.forms.workbooks.totals import amount_of
from automation.forms.workbooks.vocabulary import TableWords
from automation.model import Strength
from automation.office.sheets import SheetCell

_FEWEST = 2
"""Rows with different figures that are enough."""
_MOST = 0.9
_CENT = Decimal("0.011")
_TENTH = Decimal("0.06")
"""What rounding a percentage to one decimal may take away."""
_NOTHING = Decimal(0)

Figures = Mapping[int, Decimal]
"""Row → figure of one column."""
Sum = Callable[..., Decimal | None]


def _difference(whole: Decimal, part: Decimal, other: Decimal = _NOTHING) -> Decimal:
    return whole - part - other


def _total(part: Decimal, rest: Decimal, other: Decimal = _NOTHING) -> Decimal:
    return part + rest + other


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    return 100 * part / whole if whole else None


_PROOFS: tuple[tuple[str, Sum, tuple[str, ...], Decimal], ...] = (
    ("rows.remaining", _difference, ("rows.allocated", "rows.spent", "rows.committed"), _CENT),
    ("rows.remaining", _difference, ("rows.allocated", "rows.spent"), _CENT),
    ("rows.spent", _difference, ("rows.allocated", "rows.remaining", "rows.committed"), _CENT),
    ("rows.spent", _difference, ("rows.allocated", "rows.remaining"), _CENT),
    ("rows.allocated", _total, ("rows.spent", "rows.remaining", "rows.committed"), _CENT),
    ("rows.allocated", _total, ("rows.spent", "rows.remaining"), _CENT),
    ("rows.committed", _difference, ("rows.allocated", "rows.spent", "rows.remaining"), _CENT),
    ("rows.spent_percent", _share, ("rows.spent", "rows.allocated"), _TENTH),
    ("rows.indicators.percent", _share, ("rows.indicators.result", "rows.indicators.target"), _TENTH),
)
"""A field, how its figure follows from the figures of other fields, and how exactly."""
_RESULTS = frozenset({"ผล", "จริง", "ผลจริง", "ผลการดำเนินงาน", "ทำได้"})
"""Words below a period that may mean work or money."""
_RESULTS_OF = frozenset({"rows.indicators.result", "rows.indicators.percent"})
_SHARES = frozenset({"rows.spent_percent", "rows.indicators.percent", "rows.progress"})


def prove_columns(
    layout: Layout,
    chains: Mapping[int, tuple[str, ...]],
    cells: Mapping[int, list[SheetCell]],
    taken: dict[int, Column],
) -> None:
    """Give columns without a field the field that their figures prove; mistaken percentages are exchanged."""
    _drop_lone_results(taken)
    for path, follows, others, exact in _PROOFS:
        leaf = layout.words.leaves.get(path)
        places = {column.leaf.path: col for col, column in taken.items() if not column.key}
        if leaf is None or path in places or not places.keys() >= set(others):
            continue
        known = [_figures(cells.get(places[other], [])) for other in others]
        for col in _candidates(chains, taken, path):
            if not layout.words.forbids(path, chains[col]) and _holds(
                _figures(cells.get(col, [])), follows, known, exact
            ):
                taken[col] = Column(col, leaf, Strength.LABEL, chains[col])
                break


def _drop_lone_results(taken: dict[int, Column]) -> None:
    """A bare `ผล` in a table without names, units and targets of indicators may as well be money."""
    paths = {column.leaf.path for column in taken.values()}
    if any(path.startswith("rows.indicators.") and path not in _RESULTS_OF for path in paths):
        return
    for col, column in list(taken.items()):
        if column.leaf.path in _RESULTS_OF and heading_key(column.texts[-1]) in _RESULTS:
            del taken[col]


def spent_by_period(
    words: TableWords,
    chains: Mapping[int, tuple[str, ...]],
    cells: Mapping[int, list[SheetCell]],
    taken: Mapping[int, Column],
) -> dict[int, Column]:
    """Columns `ผล` below `ไตรมาส 1` to `4` that say no more: money, where they add up to what was spent."""
    periods = bare_periods(chains) if words.by_period else {}
    results = {col: key for col, (key, rest) in periods.items() if rest in _RESULTS and not taken.get(col)}
    spent = next((col for col, column in taken.items() if column.leaf.path == "rows.spent"), None)
    leaf = words.leaves.get("rows.spent_round")
    if leaf is None or spent is None or any(column.leaf == leaf for column in taken.values()):
        return {}
    figures = [_figures(cells.get(col, [])) for col in results]
    whole = _figures(cells.get(spent, []))
    sums = {row: sum((own.get(row, _NOTHING) for own in figures), _NOTHING) for row in whole}
    right = sum(abs(whole[row] - one) <= _CENT for row, one in sums.items())
    if sum(bool(one) for one in sums.values()) < _FEWEST or right < _MOST * len(whole):
        return {}
    return {col: Column(col, leaf, Strength.LABEL, chains[col], key) for col, key in results.items()}


def _candidates(
    chains: Mapping[int, tuple[str, ...]], taken: Mapping[int, Column], path: str
) -> Iterator[int]:
    """Columns without a field; for a percentage also those that were taken for another one."""
    yield from (col for col in chains if col not in taken)
    if path in _SHARES:
        yield from (col for col, column in taken.items() if column.leaf.path in _SHARES)


def _figures(cells: list[SheetCell]) -> dict[int, Decimal]:
    figures = ((cell.row, _figure(cell)) for cell in cells)
    return {row: figure for row, figure in figures if figure is not None}


def _figure(cell: SheetCell) -> Decimal | None:
    """The figure of a cell; a percentage as it is shown."""
    if isinstance(cell.value, str):
        return amount_of(replace(cell, value=cell.value.strip().rstrip("% ")))
    amount = amount_of(cell)
    return amount * 100 if amount is not None and cell.is_percent else amount


def _holds(own: Figures, follows: Sum, known: list[dict[int, Decimal]], exact: Decimal) -> bool:
    """Whether the figures follow from the others in nearly all rows, and in several that are no accident."""
    right = told = 0
    rows = [row for row in own if all(row in figures for figures in known[:2])]
    for row in rows:
        given = [figures.get(row, _NOTHING) for figures in known]
        figure = follows(*given)
        near = figure is None or abs(own[row] - figure) <= exact
        if figure is not None and follows is _share:
            near = near or abs(100 * own[row] - figure) <= exact
        right += near
        told += near and figure not in (None, 0, 100) and own[row] not in given
    return told >= _FEWEST and right >= _MOST * len(rows)
