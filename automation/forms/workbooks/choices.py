"""Words to a choice of the model: `อยู่ระหว่างดำเนินการ (ล่าช้า)` names a stage and a pace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from automation.forms.workbooks.texts import match_key

_TICKED = "☑☒✓✔✅■●"
_EMPTY = "☐□○❏❑"
_SIGNS = re.compile(
    r"(?:^|(?<=[\s,;:(]))([^\s,;:=(]{1,3})\s*(?:=|หมายถึง|คือ)\s*([^=]+?)(?=[\s,;(]+[^\s,;:=(]{1,3}\s*(?:=|หมายถึง|คือ)|[;)]|$)"
)
"""A short sign, what it is said to mean, up to the next sign."""
_TICKED_BRACKETS = re.compile(r"[(\[]\s*[/✓✔√xX*●•]\s*[)\]]")
_EMPTY_BRACKETS = re.compile(r"[(\[][\s._]*[)\]]")
"""`( / )` is ticked and `(   )` is not."""
_NOT = "ไม่"
_STRONGER = {"agree": "revise"}
"""A choice that a stronger one outweighs: agreed on condition of changes is to be revised."""
_ALSO = {"stage": ("pace",), "pace": ("stage",)}
"""Choices that people write into each other's column."""


def choose(text: str, name: str, choices: Mapping[str, tuple[tuple[str, str], ...]]) -> dict[str, str]:
    """The choices that a text names, by field name: that of its own column first, and its companion's.

    Longest words win (ไม่เป็นไปตามแผน is not เป็นไปตามแผน). Where boxes are printed only ticked ones count.
    Empty where the text names nothing, or two values of the column's own choice.
    """
    folded = match_key(_ticked(text))
    found: dict[str, str] = {}
    for field in (name, *_ALSO.get(name, ())):
        values, folded = _values(folded, choices.get(field, ()))
        values -= {weak for weak, strong in _STRONGER.items() if strong in values}
        if len(values) == 1:
            (found[field],) = values
        elif values and field == name:
            return {}
    return found


def legend_in(text: str, name: str, choices: Mapping[str, tuple[tuple[str, str], ...]]) -> dict[str, str]:
    """What the signs of a choice mean by a line that explains them: `1 = ยังไม่ดำเนินการ 2 = …`.

    Folded sign → value; empty where fewer than two signs are explained.
    """
    found = {
        match_key(sign): choose(words, name, choices).get(name, "") for sign, words in _SIGNS.findall(text)
    }
    known = {sign: value for sign, value in found.items() if sign and value}
    return known if len(known) > 1 else {}


@lru_cache(maxsize=4096)
def _values(folded: str, words: tuple[tuple[str, str], ...]) -> tuple[frozenset[str], str]:
    """The values whose words stand in a text, and the text without these words."""
    values: set[str] = set()
    for word, value in words:
        at = folded.find(word)
        while at >= 0:
            if not folded[:at].endswith(_NOT):
                values.add(value)
            folded = folded[:at] + " " + folded[at + len(word) :]
            at = folded.find(word)
    return frozenset(values), folded


def _ticked(text: str) -> str:
    """The words before the first box and those behind ticked ones; all of them where there is no box."""
    text = _EMPTY_BRACKETS.sub("☐", _TICKED_BRACKETS.sub("☑", text))
    if not any(mark in text for mark in _TICKED + _EMPTY):
        return text
    kept, on = [], True
    for letter in text:
        if letter in _TICKED or letter in _EMPTY:
            on = letter in _TICKED
        elif on:
            kept.append(letter)
    return "".join(kept)


def is_unticked(text: str) -> bool:
    """Whether boxes are printed and none of them is ticked: nobody has answered."""
    marked = _EMPTY_BRACKETS.sub("☐", _TICKED_BRACKETS.sub("☑", text))
    return any(mark in marked for mark in _EMPTY) and not any(mark in marked for mark in _TICKED)


def ticked(text: str) -> str:
    """Public form of the box rule, for a round printed as boxes."""
    return _ticked(text)
