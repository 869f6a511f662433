"""Tick boxes: what a bureau ticked, in the many ways that people tick."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from automation.forms.vocabulary import Vocabulary
from automation.forms.wording import clean, key
from automation.thai.text import is_blank

_ON = r"[☑☒■✓✔√●◉]|[\[(]\s*[✓✔√xX/☑■●]\s*[\])]"
_OFF = r"[☐□◯❑❏○]|\[\s*\]|\(\s*\)|[\[(]\s*[☐□]\s*[\])]"
_BOX = re.compile(rf"(?P<on>{_ON})|(?P<off>{_OFF})")
_DOTTED = re.compile(r"[(\[]\s*[.…_]+\s*[✓✔√/xX]\s*[.…_]*\s*[)\]]|[._…]{2,}\s*[✓✔√/]\s*[._…]{2,}")
"""A tick on a dotted or drawn line."""
_BLANK = re.compile(r"[(\[]\s*[.…_]{3,}\s*[)\]]|(?<![(\[])[._…]{3,}")
_OTHER = re.compile(r"^(?:อื่น\s*ๆ|อื่นๆ|อื่น)\s*(?:\(?\s*(?:โปรด)?ระบุ\s*\)?)?\s*[:：]?\s*")


@dataclass(frozen=True, slots=True)
class Tick:
    """A box with its words."""

    on: bool
    words: str


def ticks_of(text: str) -> tuple[Tick, ...]:
    """The boxes of a text with the words of each: behind it, or before it where boxes end the words."""
    found: list[Tick] = []
    for line in _boxed(text).split("\n"):
        boxes = list(_BOX.finditer(line))
        if not boxes:
            continue
        trailing = bool(clean(line[: boxes[0].start()])) and not clean(line[boxes[-1].end() :])
        for number, box in enumerate(boxes):
            if trailing:
                words = line[boxes[number - 1].end() if number else 0 : box.start()]
            else:
                words = line[box.end() : boxes[number + 1].start() if number + 1 < len(boxes) else len(line)]
            found.append(Tick(box["on"] is not None, clean(words).strip(" ,;")))
    return tuple(found)


def _boxed(text: str) -> str:
    """Ticks on dotted lines, `..✓.. ใหม่ ..... ต่อเนื่อง`, and the blanks beside them as boxes."""
    if not _DOTTED.search(text):
        return text
    return _BLANK.sub("( )", _DOTTED.sub("(/)", text))


def has_boxes(text: str) -> bool:
    """Whether a text holds tick boxes."""
    return _BOX.search(_boxed(text)) is not None


def chosen(text: str, vocabulary: Vocabulary, fields: Iterable[str]) -> dict[str, set[str]]:
    """Field → values that are ticked; without boxes the words themselves choose."""
    names = tuple(fields)
    boxes = ticks_of(text)
    words = [tick.words for tick in boxes if tick.on] if boxes else re.split(r"\n|\t|\s{2,}|,|และ", text)
    found: dict[str, set[str]] = {}
    for word in words:
        meant = [name for name in names if vocabulary.names_choice(word, name)]
        for name in meant or names:
            choice = vocabulary.choice(word, (name,)) if key(word) else None
            if choice and (boxes or len(key(word)) <= 3 * len(key(choice.label)) + 4):
                found.setdefault(name, set()).add(choice.value)
    return found


def ticked_words(text: str) -> tuple[str, ...] | None:
    """The words of the ticked boxes, `อื่น ๆ (ระบุ) …` by what was written behind it; None without boxes."""
    boxes = ticks_of(text)
    if not boxes:
        return None
    words = (_OTHER.sub("", tick.words).strip() for tick in boxes if tick.on)
    return tuple(word for word in words if not is_blank(word))
