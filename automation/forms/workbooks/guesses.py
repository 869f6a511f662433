"""Columns that no exact heading explains: ticks, a neighbour's percentage, a word, a slip of the pen."""

from __future__ import annotations

from difflib import SequenceMatcher

from automation.forms.workbooks.headings import Column
from automation.forms.workbooks.schema import Leaf
from automation.forms.workbooks.texts import match_key
from automation.forms.workbooks.vocabulary import STEM_WEIGHT, Entry, TableWords, keys_of
from automation.model import Strength

_LIKENESS = 0.88
_FUZZY_LENGTH = 6
_FUZZY_WEIGHT = 0.6


def tick_columns(chains: dict[int, tuple[str, ...]], words: TableWords, taken: dict[int, Column]) -> None:
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


def guess_columns(
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
        if found and not words.forbids(found[1].leaf.path, texts):
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
        if stem in leaf and entry.leaf.path not in used and entry.fits(parents)
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
