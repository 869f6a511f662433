"""Columns that no exact heading explains: ticks, a neighbour's percentage, a word, a slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from automation.forms.workbooks.headings import Column
from automation.forms.workbooks.patterns import heading_key
from automation.forms.workbooks.rounds import period_key, round_in
from automation.forms.workbooks.schema import Leaf
from automation.forms.workbooks.vocabulary import Entry, TableWords, keys_of
from automation.model import Strength
from automation.thai.months import MONTH_PATTERN

_LIKENESS = 0.88
_FUZZY_LENGTH = 6
_FUZZY_WEIGHT = 0.6
_PATTERN_WEIGHT = 0.5
_IDEA_WEIGHT = 0.05
_LATER = 0.001
_LONGEST_PERIOD = 14
_BRACKETS = re.compile(r"\([^()]*\)")
_PERIOD_INSIDE = re.compile(
    r"(?<![-–])(?<![-–]\s)(?:ไตรมาส\s*(?:ที่)?|\bQ)\s*[1-4๑-๔](?!\s*(?:[-–]|ถึง))"
    rf"|(?<=[\sก-๙])(?:เดือน)?(?:{MONTH_PATTERN})\s*(?:(?:25|๒๕)?[0-9๐-๙]{{2}})?(?=\s*(?:\([^()]*\))?$)"
)
_PLAN_AND_RESULT = re.compile("แผน(?:งาน|เงิน|การใช้จ่าย)?(?:และ|กับ|เทียบ)?ผล")


def tick_columns(chains: Mapping[int, tuple[str, ...]], words: TableWords) -> dict[int, Column]:
    """Two or more headings that are different words of one choice are its tick columns, unless another
    heading is the choice's own."""
    ticks: dict[str, dict[int, Column]] = {}
    own: set[str] = set()
    for col, texts in chains.items():
        keys = keys_of(texts[-1])
        option = next((words.options[key] for key in keys if key in words.options), None)
        if option is not None:
            leaf, value = option
            ticks.setdefault(leaf.path, {})[col] = Column(col, leaf, Strength.LABEL, texts, value)
        else:
            own.update(entry.leaf.path for key in keys for entry in words.entries.get(key, ()))
    found: dict[int, Column] = {}
    for path, columns in ticks.items():
        if path not in own and len({column.key for column in columns.values()}) > 1:
            found.update(columns)
            found.update(_more_ticks(chains, words, path, columns))
    return found


def _more_ticks(
    chains: Mapping[int, tuple[str, ...]], words: TableWords, path: str, ticks: Mapping[int, Column]
) -> dict[int, Column]:
    """Further columns under the group of tick columns, whose headings hold a word of the same choice."""
    leaf = next(iter(ticks.values())).leaf
    group = next(iter(ticks.values())).texts[:-1]
    found: dict[int, Column] = {}
    for col, texts in chains.items() if group else ():
        key = heading_key(texts[-1])
        held = [word for word, (other, _) in words.options.items() if other.path == path and word in key]
        if col not in ticks and texts[:-1] == group and held:
            value = words.options[max(held, key=len)][1]
            found[col] = Column(col, leaf, Strength.LABEL, texts, value)
    return found


def period_columns(chains: Mapping[int, tuple[str, ...]], words: TableWords) -> dict[int, Column]:
    """A column a quarter or a month: `เบิกจ่าย` over `ไตรมาส 1` to `ไตรมาส 4`, or `ไตรมาส 1` over `แผน` and
    `ผล`, or `เบิกจ่ายไตรมาส 1` beside `เบิกจ่ายไตรมาส 2`."""
    found: dict[str, dict[int, Column]] = {}
    for col, texts in chains.items():
        period, rest = without_period(texts) if words.by_period else ("", "")
        for pattern, leaf in words.by_period if period and rest else ():
            if pattern.place(rest, "") is not None:
                found.setdefault(leaf.path, {})[col] = Column(col, leaf, Strength.LABEL, texts, period)
                break
    several = (own for own in found.values() if len({column.key for column in own.values()}) > 1)
    return {col: column for own in several for col, column in own.items()}


def bare_periods(chains: Mapping[int, tuple[str, ...]]) -> dict[int, tuple[str, str]]:
    """Column → its period and the words around it, where the same words stand at several periods."""
    found = {col: parts for col, texts in chains.items() if (parts := without_period(texts))[0]}
    return {
        col: (period, rest)
        for col, (period, rest) in found.items()
        if any(rest == other and period != key for key, other in found.values())
    }


@lru_cache(maxsize=4096)
def without_period(texts: tuple[str, ...]) -> tuple[str, str]:
    """The one period in the headings of a column (`quarter-1`), and the words around it."""
    for at, text in enumerate(texts):
        around = (*texts[:at], *texts[at + 1 :])
        period = round_in(text) or round_in(f"เดือน{text}")
        if period and around and len(heading_key(_BRACKETS.sub("", text))) < _LONGEST_PERIOD:
            return period_key(period), _PLAN_AND_RESULT.sub("ผล", heading_key(" ".join(around)))
        flat = _PERIOD_INSIDE.search(text)
        if flat and (period := round_in(flat.group()) or round_in(f"เดือน{flat.group().strip()}")):
            rest = text.replace(flat.group(), " ")
            return period_key(period), _PLAN_AND_RESULT.sub("ผล", heading_key(" ".join((*around, rest))))
    return "", ""


def guess_columns(
    chains: dict[int, tuple[str, ...]],
    words: TableWords,
    taken: dict[int, Column],
    used: set[str],
    unfit: Callable[[int, Leaf], bool] = lambda col, leaf: False,
) -> float:
    """Columns still without a field: by the ideas in their heading or by likeness (a slip), best first; then
    by their left neighbour. `unfit`: whether the cells of a column cannot be values of a field."""
    score = 0.0
    guesses = [
        (weight, -col, entry)
        for col, texts in chains.items()
        if col not in taken
        for weight, entry in tuple(_by_pattern(texts, words)) or _by_likeness(texts[-1], words, used)
    ]
    for weight, minus_col, entry in sorted(guesses, key=lambda guess: guess[:2], reverse=True):
        if not unfit(-minus_col, entry.leaf):
            score += _take(-minus_col, weight, entry, chains, words, taken, used)
    for col, texts in chains.items():
        left = taken.get(col - 1)
        for key in keys_of(texts[-1]) if left else ():
            beside = words.beside.get((left.leaf.name if left else "", key))
            if beside and not unfit(col, beside.leaf):
                score += _take(col, _PATTERN_WEIGHT, beside, chains, words, taken, used)
    return score


def _take(
    col: int,
    weight: float,
    entry: Entry,
    chains: dict[int, tuple[str, ...]],
    words: TableWords,
    taken: dict[int, Column],
    used: set[str],
) -> float:
    """Give a free column a free field; the weight, or 0 where either is not free."""
    path = entry.leaf.path
    if col in taken or path in used or words.forbids(path, chains[col]):
        return 0.0
    taken[col] = Column(col, entry.leaf, Strength.LABEL, chains[col])
    used.add(path)
    return weight


def _by_pattern(texts: tuple[str, ...], words: TableWords) -> Iterator[tuple[float, Entry]]:
    """The fields whose ideas are in a heading; more ideas weigh more, and what is named first
    (`ปัญหา/อุปสรรค และข้อเสนอแนะ`)."""
    heading, above = heading_key(texts[-1]), heading_key(" ".join(texts[:-1]))
    for pattern, entry in words.patterns:
        place = pattern.place(heading, above)
        if place is not None:
            ideas = len(pattern.groups) - 1
            yield _PATTERN_WEIGHT + ideas * _IDEA_WEIGHT - min(place, 40) * _LATER, entry


def _by_likeness(text: str, words: TableWords, used: set[str]) -> Iterator[tuple[float, Entry]]:
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
    if best:
        yield _FUZZY_WEIGHT, best[1]
