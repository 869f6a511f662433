"""Which field does a label mean: the wordings of a form's template and of `labels.toml` in one index.

This module never decides whether a text is a label; `structure` does. A *slot* is a field path of the
record (`budget.total`) or the name of a group of fields that stand under one label (`alignment`, `goals`,
`period`). Strengths, strongest first: the template's own label (anchor), a synonym (label), word stems.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any

from automation.errors import ConfigError
from automation.forms.blueprint import PARENTS, Blueprint, slot_of
from automation.forms.wording import TICK, key, keys

OTHER = "-"
"""The slot of labels that are known to belong to no field: they close what stands before them."""


class Grade(IntEnum):
    """How surely a wording names its slot."""

    STEM = 1
    TYPO = 2
    SHORT = 3
    WITHIN = 4
    LABEL = 5
    ANCHOR = 6


@dataclass(frozen=True, slots=True)
class Match:
    """A slot that a wording names, and how surely."""

    slot: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Choice:
    """A tick box: the field it stands for, the value it sets, its words."""

    field: str
    value: str
    label: str


@dataclass(slots=True)
class Vocabulary:
    """Index of the wordings of one form."""

    form: str
    labels: dict[str, list[Match]] = field(default_factory=dict)
    stems: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    columns: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    """List path → column key → leaves that it may name (`item`, `amount`)."""
    choices: list[Choice] = field(default_factory=list)
    furniture: set[str] = field(default_factory=set)
    """Keys of the template's texts that are neither label nor value."""
    words: set[str] = field(default_factory=set)
    """Keys of the single words in the wordings, for the account of what a text uses up."""
    anchors: set[tuple[str, str]] = field(default_factory=set)
    """(key, slot) of the template's own labels."""
    shown: list[str] = field(default_factory=list)
    """The template's own labels, to tell people what the form looks like."""
    _found: dict[tuple[str, str, bool], Match | None] = field(default_factory=dict)
    _sized: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """Length of a key → the sure labels of that length with their slots, to look for typing errors."""

    def match(self, text: str, *, within: str = "", loose: bool = False) -> Match | None:
        """The slot that a label's whole text names; stems and typing errors count only when `loose`.

        `within` is the slot of the group that is open: wordings that mean something only there count.
        """
        asked = (text, within, loose)
        if asked not in self._found:
            self._found[asked] = self._exact(text, within) or (self._loose(text) if loose else None)
        return self._found[asked]

    def _exact(self, text: str, within: str) -> Match | None:
        if TICK.search(text):
            return None
        for wording in keys(text):
            fitting = [hit for hit in self.labels.get(wording, ()) if _counts(hit, within)]
            if fitting:
                return max(fitting, key=lambda hit: (hit.grade is Grade.WITHIN, hit.grade))
        if "/" in text and not _HOLDS_VALUE.search(text):
            head = text.split("/")[0]
            return self._exact(head, within) if key(head) else None
        return None

    def _loose(self, text: str) -> Match | None:
        if _HOLDS_VALUE.search(text):
            return None
        wording = key(text)
        typo = self._typo(wording)
        if typo:
            return typo
        best: tuple[int, str] | None = None
        for words, slot in self.stems:
            if all(word in wording for word in words):
                size = sum(map(len, words)) + 5 * wording.startswith(words[0])
                if best is None or size > best[0]:
                    best = (size, slot)
        return Match(best[1], Grade.STEM) if best and best[0] * 5 >= len(wording) else None

    def _typo(self, wording: str) -> Match | None:
        from rapidfuzz.distance import Levenshtein

        room = 1 if len(wording) < 12 else 2
        if len(wording) < 7 or wording in self.labels:
            return None
        if not self._sized:
            for known, hits in self.labels.items():
                if hits[0].grade >= Grade.LABEL:
                    self._sized.setdefault(len(known), []).append((known, hits[0].slot))
        for size in range(len(wording) - room, len(wording) + room + 1):
            for known, slot in self._sized.get(size, ()):
                if Levenshtein.distance(known, wording, score_cutoff=room) <= room:
                    return Match(slot, Grade.TYPO)
        return None

    def leaves(self, text: str, path: str) -> set[str]:
        """The leaves of list `path` that a column heading may name."""
        known = self.columns.get(path, {})
        inner = key(held.group(1)) if (held := _IN_BRACKETS.search(text)) else ""
        for wording in (*keys(text), *([inner] if len(inner) >= 5 else [])):
            if wording in known:
                return known[wording]
        if "/" in text:
            parts = [known.get(key(part), set()) for part in text.split("/")]
            return parts[0] if len([part for part in parts if part]) == len(parts) else set()
        return set()

    def choice(self, text: str, fields: Iterable[str]) -> Choice | None:
        """The choice of one of these fields that a tick box's words name: as written, else contained."""
        wording = keys(text)
        wanted = [choice for choice in self.choices if choice.field in set(fields)]
        for choice in wanted:
            if any(spoken in wording for spoken in keys(choice.label)):
                return choice
        held = (
            [choice for choice in wanted if len(key(choice.label)) >= 4 and key(choice.label) in wording[0]]
            if wording
            else []
        )
        return max(held, key=lambda choice: len(key(choice.label)), default=None)

    def names_choice(self, text: str, name: str) -> bool:
        """Whether a text is, word for word, a choice of the field `name`."""
        wording = key(text)
        return any(choice.field == name and wording in keys(choice.label) for choice in self.choices)

    def add(self, wording: str, slot: str, grade: Grade) -> None:
        """Know one more wording of a slot, as written and without its brackets."""
        self.words |= words_of(wording)
        for spoken in keys(wording):
            hits = self.labels.setdefault(spoken, [])
            inner = grade is Grade.WITHIN
            same = [hit for hit in hits if hit.slot == slot and (hit.grade is Grade.WITHIN) == inner]
            if all(hit.grade < grade for hit in same):
                hits[:] = [hit for hit in hits if hit not in same]
                hits.append(Match(slot, grade))


def _counts(hit: Match, within: str) -> bool:
    return hit.grade is not Grade.WITHIN or (bool(within) and PARENTS.get(hit.slot) == within)


def load_vocabulary(blueprint: Blueprint, labels: Path) -> Vocabulary:
    """The vocabulary of a form, synonyms from `labels.toml` included; ConfigError when that is broken."""
    try:
        data = tomllib.loads(labels.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError((f"อ่านไฟล์คำเรียกช่องไม่ได้: {error}",), place=labels.name) from error
    return build_vocabulary(blueprint, data.get(blueprint.form, {}), data.get("usual", {}).get("words", ()))


def build_vocabulary(
    blueprint: Blueprint, entries: Mapping[str, Mapping[str, Any]], usual: Iterable[str] = ()
) -> Vocabulary:
    """The vocabulary of a blueprint, the `labels.toml` tables of its form, and words that mean no field."""
    vocabulary = Vocabulary(blueprint.form, words={key(word) for word in usual})
    for slot, entry in entries.items():
        for wording, grade in _wordings(entry):
            vocabulary.add(wording, slot, grade)
        vocabulary.stems += [
            (tuple(key(word) for word in stem.split("+")), slot) for stem in entry.get("stems", ())
        ]
        for leaf, headings in entry.get("columns", {}).items():
            _add_columns(vocabulary, slot, leaf, headings)
        for value, words in entry.get("options", {}).items():
            vocabulary.choices += [Choice(slot, value, word) for word in words]
    for anchor in blueprint.anchors:
        for path in dict.fromkeys(slot_of(name) for name in anchor.fields):
            vocabulary.anchors |= {(spoken, path) for spoken in keys(anchor.label)}
            vocabulary.add(
                anchor.label,
                path,
                Grade.WITHIN
                if anchor.group and path in PARENTS and _vague(anchor.label, vocabulary)
                else Grade.ANCHOR,
            )
    for looped in blueprint.loops:
        for heading, leaf in looped.columns:
            _add_columns(vocabulary, slot_of(looped.path), leaf, [heading])
    vocabulary.shown += [anchor.label for anchor in blueprint.anchors if len(key(anchor.label)) >= 9]
    vocabulary.furniture |= {key(text) for text in blueprint.furniture}
    vocabulary.choices += [Choice(option.field, option.value, option.label) for option in blueprint.options]
    for text in (*blueprint.furniture, *(choice.label for choice in vocabulary.choices)):
        vocabulary.words |= words_of(text)
    return vocabulary


def words_of(text: str) -> set[str]:
    """The keys of the words of a text, parted at spaces and signs."""
    return {key(word) for word in WORD.findall(text)}


def _vague(label: str, vocabulary: Vocabulary) -> bool:
    """Whether the template's own label means its slot only under the label of its group."""
    return any(hit.grade is Grade.WITHIN for hit in vocabulary.labels.get(key(label), ()))


def _wordings(entry: Mapping[str, Any]) -> Iterator[tuple[str, Grade]]:
    for name, grade in (("within", Grade.WITHIN), ("short", Grade.SHORT), ("labels", Grade.LABEL)):
        for wording in entry.get(name, ()):
            yield wording, grade


def _add_columns(vocabulary: Vocabulary, path: str, leaf: str, headings: Iterable[str]) -> None:
    known = vocabulary.columns.setdefault(path, {})
    for heading in headings:
        vocabulary.words |= words_of(heading)
        for wording in keys(heading):
            known.setdefault(wording, set()).add(leaf)


WORD = re.compile(r"[^\s.,:;()\[\]/\-–—|*\"“”=+•☑☐✓…_]+")
"""A stretch of text between spaces and signs."""
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
_HOLDS_VALUE = re.compile(r"\t|\s{2}|[:：]|[0-9๐-๙]{3}|\.{3}|…")
"""Signs that a text is more than a label."""
_WORD_END = re.compile(r"(?=[\s:：*(\[☑☐0-9๐-๙…])|\.{3}|$")


def prefixes(text: str, *, longest: int = 80) -> Iterator[int]:
    """Offsets in a text at which a label in front of a value could end, longest first."""
    ends = [found.start() for found in _WORD_END.finditer(text[:longest]) if found.start()]
    yield from sorted(set(ends), reverse=True)
