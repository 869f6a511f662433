"""Find a table's heading rows in a sheet, wherever they stand, and say which column is which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.schema import Kind, Leaf
from automation.forms.workbooks.texts import match_key
from automation.forms.workbooks.vocabulary import PARENT_WEIGHT, STEM_WEIGHT, Entry, TableWords, keys_of
from automation.model import Strength
from automation.office.sheets import Sheet
from automation.thai.digits import to_arabic

SEARCHED_ROWS = 40
LEVELS = 3
_CANDIDATE_ROWS = 2
_LIKENESS = 0.88
_FUZZY_LENGTH = 6
_FUZZY_WEIGHT = 0.6
_YEAR_WEIGHT = 0.5
_YEAR = re.compile(r"(?:ปีงบประมาณ|ปี)?\s*(?:พ\.?\s?ศ\.?)?\s*(25\d\d)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that belongs to a field; `key` is the year, or the choice, of a column of its own."""

    col: int
    leaf: Leaf
    strength: Strength
    texts: tuple[str, ...]
    """Heading, outermost group first."""
    key: str = ""

    @property
    def heading(self) -> str:
        return self.texts[-1]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table's headings stand (rows `top` to `bottom`) and what its columns are."""

    sheet: Sheet
    words: TableWords
    top: int
    bottom: int
    columns: tuple[Column, ...]
    score: float

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(column.leaf.path for column in self.columns)


class Heads:
    """The first rows of a sheet, prepared once for all tables that are looked for in it."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.last_col = sheet.last_col
        self.keys = [
            (row, keys_of(text))
            for (row, _), cell in sheet.cells.items()
            if row <= SEARCHED_ROWS and not cell.hidden and (text := heading_text(cell))
        ]
        self._chains: dict[tuple[int, int], dict[int, tuple[str, ...]]] = {}

    def chains(self, top: int, bottom: int) -> dict[int, tuple[str, ...]]:
        """`heading_chains` of a block of rows, remembered."""
        if (top, bottom) not in self._chains:
            self._chains[top, bottom] = heading_chains(self.sheet, top, bottom, self.last_col)
        return self._chains[top, bottom]


def find_layout(heads: Heads, words: TableWords) -> Layout | None:
    """The best heading block of a table in the first rows of a sheet; None where nothing looks like one."""
    hits: dict[int, int] = {}
    for row, keys in heads.keys:
        if any(key in words.entries for key in keys):
            hits[row] = hits.get(row, 0) + 1
    rows = sorted((row for row in hits if hits[row] > 1 or len(hits) > 1), key=lambda row: (-hits[row], row))
    blocks = {
        (top, bottom)
        for row in rows[:_CANDIDATE_ROWS]
        for top in range(max(1, row - LEVELS + 1), row + 1)
        for bottom in range(row, top + LEVELS)
    }
    best: Layout | None = None
    for top, bottom in sorted(blocks, key=lambda block: (block[1] - block[0], block)):
        layout = _layout(heads, words, top, bottom)
        if layout.columns and (best is None or layout.score > best.score + 1e-9):
            best = layout
    return best


def _layout(heads: Heads, words: TableWords, top: int, bottom: int) -> Layout:
    chains = heads.chains(top, bottom)
    taken: dict[int, Column] = {}
    score = 0.0
    candidates = sorted(
        ((weight, -col, entry) for col, texts in chains.items() for weight, entry in _meanings(texts, words)),
        key=lambda item: (-item[0], -item[1]),
    )
    used: set[str] = set()
    for weight, minus_col, entry in candidates:
        col, path = -minus_col, entry.leaf.path
        if col in taken or path in used:
            continue
        taken[col] = Column(col, entry.leaf, entry.strength, chains[col])
        used.add(path)
        score += weight
    for col, leaf, year in _years(chains, words):
        if col not in taken:
            taken[col] = Column(col, leaf, Strength.ANCHOR, chains[col], year)
            score += _YEAR_WEIGHT
    columns = tuple(taken[col] for col in sorted(taken))
    return Layout(heads.sheet, words, top, bottom, columns, score)


def completed(layout: Layout) -> Layout:
    """The layout with its unknown headings guessed at; two columns must be sure."""
    if len(layout.columns) < 2:
        return layout
    chains = heading_chains(layout.sheet, layout.top, layout.bottom)
    taken = {column.col: column for column in layout.columns}
    _tick_columns(chains, layout.words, taken)
    used = {column.leaf.path for column in taken.values()}
    score = layout.score + _guess(chains, layout.words, taken, used)
    return replace(layout, columns=tuple(taken[col] for col in sorted(taken)), score=score)


def heading_chains(
    sheet: Sheet, top: int, bottom: int, last_col: int | None = None
) -> dict[int, tuple[str, ...]]:
    """Each column that has a heading of its own in rows `top`–`bottom`, with the texts from group to leaf.

    A group whose cell is not merged still holds for the columns to its right that have no group.
    """
    chains: dict[int, tuple[str, ...]] = {}
    carried: dict[int, str] = {}
    for col in range(1, (last_col or sheet.last_col) + 1):
        texts: list[str] = []
        seen: set[tuple[int, int]] = set()
        own = False
        for row in range(top, bottom + 1):
            cell = sheet.at(row, col)
            text = "" if cell is None or cell.hidden else heading_text(cell)
            if cell is None or not text:
                if row < bottom and row in carried:
                    texts.append(carried[row])
                continue
            if (cell.row, cell.col) in seen:
                continue
            seen.add((cell.row, cell.col))
            texts.append(text)
            own = cell.col == col
            span = sheet.span(row, col)
            carried = {kept: value for kept, value in carried.items() if kept < row}
            if row < bottom and span is None:
                carried[row] = text
        if own and texts:
            chains[col] = tuple(texts)
    return chains


def _meanings(texts: tuple[str, ...], words: TableWords) -> Iterator[tuple[float, Entry]]:
    parents = frozenset(key for text in texts[:-1] for key in keys_of(text))
    for key in keys_of(texts[-1]):
        for entry in words.entries.get(key, ()):
            weight = _weight(entry, parents)
            if weight:
                yield weight, entry
    for joined in (texts, texts[-2:]):
        if len(joined) > 1:
            for key in keys_of(" ".join(joined)):
                for entry in words.entries.get(key, ()):
                    if not entry.parent_needed:
                        yield entry.weight, entry


def _weight(entry: Entry, parents: frozenset[str]) -> float:
    """How well an entry fits below these groups; 0 when it must not."""
    if entry.parent_needed:
        fits = any(needed in parent for needed in entry.parent for parent in parents)
        return entry.weight + PARENT_WEIGHT if fits else 0.0
    if entry.parent & parents:
        return entry.weight + PARENT_WEIGHT
    return entry.weight - (0.05 if entry.parent and parents else 0.0)


def _years(chains: dict[int, tuple[str, ...]], words: TableWords) -> Iterator[tuple[int, Leaf, str]]:
    if words.by_year is None:
        return
    for col, texts in chains.items():
        year = _YEAR.fullmatch(to_arabic(texts[-1]).strip())
        if year:
            yield col, words.by_year, year[1]


def _tick_columns(chains: dict[int, tuple[str, ...]], words: TableWords, taken: dict[int, Column]) -> None:
    """Two or more headings that are words of one choice are its tick columns, whatever else they matched."""
    ticks: dict[str, dict[int, tuple[Leaf, str]]] = {}
    for col, texts in chains.items():
        for key in keys_of(texts[-1])[-1:]:
            if key in words.options:
                ticks.setdefault(words.options[key][0].path, {})[col] = words.options[key]
    for path, cols in ticks.items():
        elsewhere = any(column.leaf.path == path and col not in cols for col, column in taken.items())
        if len({value for _, value in cols.values()}) > 1 and not elsewhere:
            for col, (leaf, value) in cols.items():
                taken[col] = Column(col, leaf, Strength.LABEL, chains[col], value)


def _guess(
    chains: dict[int, tuple[str, ...]], words: TableWords, taken: dict[int, Column], used: set[str]
) -> float:
    """Columns still without a field: by their neighbour, by a word in them, by likeness (a slip)."""
    score = 0.0
    for col, texts in chains.items():
        if col in taken:
            continue
        found = (
            _beside(texts[-1], taken.get(col - 1), words, used)
            or _by_stem(texts, words, used)
            or _by_likeness(texts[-1], words, used)
        )
        if found:
            weight, entry = found
            taken[col] = Column(col, entry.leaf, Strength.LABEL, texts)
            used.add(entry.leaf.path)
            score += weight
    return score


def _beside(text: str, left: Column | None, words: TableWords, used: set[str]) -> tuple[float, Entry] | None:
    """A heading such as `ร้อยละ`, which speaks of the column to its left."""
    for key in keys_of(text) if left else ():
        entry = words.beside.get((left.leaf.name if left else "", key))
        if entry and entry.leaf.path not in used:
            return STEM_WEIGHT, entry
    return None


def _by_stem(texts: tuple[str, ...], words: TableWords, used: set[str]) -> tuple[float, Entry] | None:
    """The field whose word comes first in the heading (`ปัญหา/อุปสรรค และข้อเสนอแนะ`)."""
    leaf = match_key(texts[-1])
    parents = frozenset(key for text in texts[:-1] for key in keys_of(text))
    found = [
        (leaf.index(stem), -len(stem), place, entry)
        for place, (stem, entry) in enumerate(words.stems)
        if stem in leaf and entry.leaf.path not in used and _weight(entry, parents)
    ]
    return (STEM_WEIGHT, min(found, key=lambda one: one[:3])[3]) if found else None


def _by_likeness(text: str, words: TableWords, used: set[str]) -> tuple[float, Entry] | None:
    keys = [key for key in keys_of(text) if len(key) >= _FUZZY_LENGTH]
    best: tuple[float, Entry] | None = None
    for known, entries in words.entries.items():
        if len(known) < _FUZZY_LENGTH:
            continue
        for key in keys:
            if abs(len(key) - len(known)) > 3:
                continue
            likeness = SequenceMatcher(None, key, known, autojunk=False).ratio()
            entry = next((e for e in entries if e.leaf.path not in used and not e.parent_needed), None)
            if entry and likeness >= _LIKENESS and (best is None or likeness > best[0]):
                best = likeness, entry
    return (_FUZZY_WEIGHT, best[1]) if best else None


def group_texts(layout: Layout) -> dict[int, tuple[str, ...]]:
    """Column → texts of merged groups above the block; they hold a unit such as `(ล้านบาท)`."""
    sheet, found = layout.sheet, {}
    last_col = sheet.last_col
    for column in layout.columns:
        texts = []
        for row in range(layout.top - 1, max(0, layout.top - LEVELS), -1):
            span = sheet.span(row, column.col)
            if span and 1 < span.right - span.left + 1 < last_col:
                texts.append(heading_text(sheet.at(row, column.col)))
        found[column.col] = tuple(text for text in texts if text)
    return found


def missing(paths: Iterable[str], layout_paths: frozenset[str]) -> tuple[str, ...]:
    """The paths that no column serves; `period` serves `start` and `end`."""
    return tuple(path for path in paths if path not in layout_paths)


__all__ = ["Column", "Kind", "Layout", "find_layout", "group_texts", "heading_chains", "missing"]
