"""The list numbers that Word prints before a paragraph and that stand nowhere in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from automation.office.docx_names import W, toggle, val, whole
from automation.office.docx_styles import Style, Styles
from automation.office.docx_symbols import symbol
from automation.thai.digits import to_thai

_LEVELS = 9
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
"""As Word counts: without ฃ, ฅ and ฆ."""
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    start: int
    format: str
    text: str
    font: str
    legal: bool
    restart: int | None


class Numbers:
    """Counts the lists of a document; ask once a paragraph, in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._abstract: dict[str, Any] = {}
        self._lists: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is None:
            return
        for element in root.iterchildren(f"{W}abstractNum"):
            self._abstract[element.get(f"{W}abstractNumId", "")] = element
        nums = {num.get(f"{W}numId", ""): num for num in root.iterchildren(f"{W}num")}
        for num_id, num in nums.items():
            self._lists[num_id] = self._list(num, nums, styles)

    def _list(
        self, num: Any, nums: dict[str, Any], styles: Styles
    ) -> tuple[str, dict[int, int], dict[int, _Level]]:
        abstract_id = val(num, "abstractNumId") or ""
        link = val(self._abstract.get(abstract_id), "numStyleLink")
        if link and (linked := nums.get(styles.numbering_of(link) or "")) is not None:
            abstract_id = val(linked, "abstractNumId") or abstract_id
        abstract = self._abstract.get(abstract_id)
        levels = _levels(() if abstract is None else abstract.iterchildren(f"{W}lvl"))
        starts: dict[int, int] = {}
        for override in num.iterchildren(f"{W}lvlOverride"):
            levels.update(_levels(override.iterchildren(f"{W}lvl")))
            start = val(override, "startOverride")
            if start is not None:
                starts[whole(override.get(f"{W}ilvl"))] = whole(start, 1)
        return abstract_id, starts, levels

    def label(self, properties: Any, style: Style) -> str:
        """The printed number of the paragraph with these direct properties and this style; "" without one."""
        direct = None if properties is None else properties.find(f"{W}numPr")
        num_id = val(direct, "numId") or style.num_id
        if not num_id or num_id not in self._lists:
            return ""
        level = whole(val(direct, "ilvl"), style.num_level or 0)
        abstract_id, starts, levels = self._lists[num_id]
        if level not in levels or not 0 <= level < _LEVELS:
            return ""
        counters = self._counters.setdefault(abstract_id, [None] * _LEVELS)
        self._count(counters, num_id, level, starts, levels)
        return _format(levels, counters, level)

    def _count(
        self,
        counters: list[int | None],
        num_id: str,
        level: int,
        starts: dict[int, int],
        levels: dict[int, _Level],
    ) -> None:
        if level in starts and (num_id, level) not in self._started:
            self._started.add((num_id, level))
            counters[level] = starts[level]
        else:
            last = counters[level]
            counters[level] = levels[level].start if last is None else last + 1
        for above in range(level):
            if counters[above] is None and above in levels:
                counters[above] = levels[above].start
        for below in range(level + 1, _LEVELS):
            after = levels[below].restart if below in levels else None
            if after is None or level < after:
                counters[below] = None


def _levels(elements: Any) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for element in elements:
        fonts = element.find(f"{W}rPr/{W}rFonts")
        restart = val(element, "lvlRestart")
        found[whole(element.get(f"{W}ilvl"))] = _Level(
            start=whole(val(element, "start"), 0 if element.find(f"{W}start") is not None else 1),
            format=val(element, "numFmt") or "decimal",
            text=val(element, "lvlText") or "",
            font="" if fonts is None else fonts.get(f"{W}ascii", ""),
            legal=bool(toggle(element, "isLgl")),
            restart=None if restart is None else whole(restart),
        )
    return found


def _format(levels: dict[int, _Level], counters: list[int | None], level: int) -> str:
    own = levels[level]
    if own.format == "bullet":
        return _bullet(own)

    def one(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if at not in levels:
            return ""
        shape = "decimal" if own.legal and levels[at].format != "none" else levels[at].format
        return written(counters[at] or 0, shape)

    return re.sub(r"%([1-9])", one, own.text).strip()


def _bullet(level: _Level) -> str:
    text = "".join(symbol(ord(char), level.font) for char in level.text)
    return re.sub(r"[\ue000-\uf8ff]", "•", text).strip()


def written(count: int, shape: str) -> str:
    """`count` in one of Word's number formats (`w:numFmt`); decimal where the format is not known."""
    if shape == "none":
        return ""
    if shape == "thaiNumbers":
        return to_thai(str(count))
    if shape == "decimalZero":
        return f"{count:02d}"
    if shape == "thaiLetters":
        return _letters(count, _THAI_LETTERS)
    if shape in ("lowerLetter", "upperLetter"):
        text = _letters(count, "abcdefghijklmnopqrstuvwxyz")
        return text.upper() if shape == "upperLetter" else text
    if shape in ("lowerRoman", "upperRoman"):
        text = _roman(count)
        return text.upper() if shape == "upperRoman" else text
    return str(count)


def _letters(count: int, alphabet: str) -> str:
    """Word repeats the letter after the end: a … z, aa, bb."""
    if not 0 < count <= 20 * len(alphabet):
        return str(count)
    times, at = divmod(count - 1, len(alphabet))
    return alphabet[at] * (times + 1)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    text = ""
    for size, letters in _ROMAN:
        times, count = divmod(count, size)
        text += letters * times
    return text
