"""Find a table's heading rows in a sheet, wherever they stand, and say which column is which field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from automation.forms.workbooks.contents import Cells, Choices, by_content, by_wording, filled_below, is_unfit
from automation.forms.workbooks.guesses import bare_periods, guess_columns, period_columns, tick_columns
from automation.forms.workbooks.headings import LEVELS, Column, Heads, Layout, heading_chains
from automation.forms.workbooks.patterns import heading_key
from automation.forms.workbooks.proofs import prove_columns, spent_by_period
from automation.forms.workbooks.schema import Leaf
from automation.forms.workbooks.values import cell_text
from automation.forms.workbooks.vocabulary import Entry, TableWords, keys_of
from automation.model import Strength
from automation.thai.digits import to_arabic

_CANDIDATE_ROWS = 2
_TO_DATE = frozenset(
    {"rows.spent", "rows.spent_percent", "rows.indicators.result", "rows.indicators.percent"}
)
_ACCUMULATED = ("สะสม", "ตั้งแต่ต้นปี", "ถึงปัจจุบัน", "ทั้งปี", "รวม")
_ROUND_WORDS = ("ไตรมาส", "ในรอบ", "รอบนี้", "เดือนนี้", "งวดนี้", "ประจำเดือน", "ในเดือน")
_ROUND_LOSS = 0.3
_COUNTS = re.compile(r"(?:ลำดับ|เลข)?(?:ที่)?|ข้อ(?:ที่)?|no")
"""Headings of numbers that do not say of what."""
_LONGEST_HEADING = 45
_YEAR_WEIGHT = 0.5
_TICK_WEIGHT = 0.5
_YEAR = re.compile(
    r"(?:(?:ค่า)?เป้าหมาย)?\s*(?:ราย)?(?:(?:ปีงบประมาณ|ปี)?\s*(?:พ\.?\s?ศ\.?)?\s*(25\d\d)|(?:ปีงบประมาณ|ปี)\s*(\d\d))"
)


def find_layout(heads: Heads, words: TableWords, *, guessing: bool = False) -> Layout | None:
    """The best heading block of a table in the first rows of a sheet; None where nothing looks like one.

    `guessing`: also by the ideas in its headings, where too few of them are known word by word.
    """
    hits: dict[int, int] = {}
    for row, keys in heads.keys:
        if any(key in words.entries for key in keys) or (guessing and _has_idea(keys, words)):
            hits[row] = hits.get(row, 0) + 1
    rows = sorted((row for row in hits if hits[row] > 1 or len(hits) > 1), key=lambda row: (-hits[row], row))
    blocks = {
        (top, bottom)
        for row in rows[:_CANDIDATE_ROWS]
        for top in range(max(heads.first, row - LEVELS + 1), row + 1)
        for bottom in range(row, min(top + LEVELS, heads.last + 1))
        if top <= heads.top_of(bottom) and not heads.has_title(top, bottom)
    }
    blocks = {block for block in blocks if not heads.is_divided_below(*block)} or blocks
    best: Layout | None = None
    for top, bottom in sorted(blocks, key=lambda block: (block[1] - block[0], block)):
        layout = _layout(heads, words, top, bottom)
        if guessing:
            layout = _guessed(layout)
        if layout.columns and (best is None or layout.score > best.score + 1e-9):
            best = layout
    return best


def _has_idea(keys: tuple[str, ...], words: TableWords) -> bool:
    heading = keys[0] if keys else ""
    short = 0 < len(heading) <= _LONGEST_HEADING
    return short and any(pattern.place(heading, "") is not None for pattern, _ in words.patterns)


def _layout(heads: Heads, words: TableWords, top: int, bottom: int) -> Layout:
    chains = heads.chains(top, bottom)
    taken = tick_columns(chains, words)
    periods = bare_periods(chains) if words.by_period else {}
    score = _TICK_WEIGHT * len(taken)
    candidates = sorted(
        (
            (weight - _of_the_round(entry.leaf, texts), -col, entry)
            for col, texts in chains.items()
            for weight, entry in meanings(texts, words)
            if not words.forbids(entry.leaf.path, texts) and (col not in periods or len(entry.leaf.lists) < 2)
        ),
        key=lambda item: (-item[0], -item[1]),
    )
    used = {column.leaf.path for column in taken.values()}
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


def _of_the_round(leaf: Leaf, texts: tuple[str, ...]) -> float:
    """What a column below a group of the round alone loses as result or spending: they count from October."""
    above = heading_key(" ".join(texts[:-1])) if leaf.path in _TO_DATE else ""
    if not above or any(word in above for word in _ACCUMULATED):
        return 0.0
    return _ROUND_LOSS if any(word in above for word in _ROUND_WORDS) else 0.0


def completed(layout: Layout, choices: Choices) -> Layout:
    """The layout with its unknown headings guessed at, and judged by what stands below; two must be sure."""
    if len(layout.columns) < 2:
        return layout
    guessed = _guessed(layout)
    chains = heading_chains(layout.sheet, layout.top, layout.bottom)
    cells = filled_below(guessed)
    taken = by_content(guessed, chains, cells, choices)
    _outline(layout.words, chains, cells, taken)
    taken.update(spent_by_period(layout.words, chains, cells, taken))
    used = {column.leaf.path for column in taken.values()}
    guess_columns(chains, layout.words, taken, used, lambda col, leaf: is_unfit(leaf, cells.get(col, ())))
    prove_columns(layout, chains, cells, taken)
    by_wording(layout, chains, cells, taken)
    _numbers(layout.words, taken)
    return replace(guessed, columns=tuple(taken[col] for col in sorted(taken)))


def _outline(
    words: TableWords, chains: dict[int, tuple[str, ...]], cells: Cells, taken: dict[int, Column]
) -> None:
    """A column of lines that announce several lists of a plan holds the names of the innermost as well."""
    leaf = max(
        (leaf for leaf in words.leaves.values() if leaf.name == "name"), key=lambda leaf: len(leaf.lists)
    )
    for col, texts in chains.items() if all(column.leaf != leaf for column in taken.values()) else ():
        texts_below = [cell_text(cell) for cell in cells.get(col, ())]
        announced = {
            band.level for band in words.bands.values() for text in texts_below if band.announced(text)
        }
        if len(announced) > 1:
            taken[col] = Column(col, leaf, Strength.LABEL, texts)
            return


def _numbers(words: TableWords, taken: dict[int, Column]) -> None:
    """A number belongs to the name that it stands before: `ที่` before `กลยุทธ์` is no number of an issue."""
    names = {column.leaf.level: col for col, column in taken.items() if column.leaf.name == "name"}
    for col, column in list(taken.items()):
        told = column.leaf.name == "no" and _COUNTS.fullmatch(heading_key(column.heading))
        if not told or column.leaf.level in names:
            continue
        level = min((level for level, at in names.items() if at > col), key=names.__getitem__, default="")
        leaf = words.leaves.get(f"{level}.no")
        del taken[col]
        if leaf and all(other.leaf != leaf for other in taken.values()):
            taken[col] = replace(column, leaf=leaf)


def _guessed(layout: Layout) -> Layout:
    """The layout with its unknown headings guessed at."""
    chains = heading_chains(layout.sheet, layout.top, layout.bottom)
    taken = {column.col: column for column in layout.columns}
    taken.update(period_columns(chains, layout.words))
    used = {column.leaf.path for column in taken.values()}
    score = layout.score + guess_columns(chains, layout.words, taken, used)
    return replace(layout, columns=tuple(taken[col] for col in sorted(taken)), score=score)


def meanings(texts: tuple[str, ...], words: TableWords) -> Iterator[tuple[float, Entry]]:
    """What a heading below its groups may be, by its exact words, each with its weight."""
    parents = frozenset(key for text in texts[:-1] for key in keys_of(text))
    for key in keys_of(texts[-1]):
        for entry in words.entries.get(key, ()):
            weight = entry.fits(parents)
            if weight:
                yield weight, entry
    for joined in (texts, texts[-2:]):
        if len(joined) > 1:
            for key in keys_of(" ".join(joined)):
                for entry in words.entries.get(key, ()):
                    if not entry.parent_needed:
                        yield entry.weight, entry


def _years(chains: dict[int, tuple[str, ...]], words: TableWords) -> Iterator[tuple[int, Leaf, str]]:
    if words.by_year is None:
        return
    for col, texts in chains.items():
        year = _YEAR.fullmatch(to_arabic(texts[-1]).strip())
        if year:
            yield col, words.by_year, year[1] or f"25{year[2]}"
