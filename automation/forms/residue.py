"""The last check that nothing is lost: words of used text that neither the record nor the form itself holds.

A value may be a sentence of which a parser takes the amount, the days, the name. What else stands there,
and is no label, no heading, no unit and no usual word of such sentences, is unread and must be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from automation.forms.segments import is_title
from automation.forms.signature_words import SIGN, is_head
from automation.forms.vocabulary import WORD, Grade, Vocabulary, words_of
from automation.forms.wording import key, plain
from automation.model import Record
from automation.model.codec import to_json
from automation.thai.months import MONTH_PATTERN

_FIGURES = re.compile(r"[0-9๐-๙]+")
_MONTH = re.compile(
    rf"(?:และ|ถึง|ใน|ตั้งแต่|ระหว่าง|ภายใน)?(?:เดือน)?(?:{MONTH_PATTERN})|วัน[ก-๙]+ที่$|พุทธศักราช", re.IGNORECASE
)
_ROMAN = re.compile(r"x{0,2}v?i{1,3}")
"""What `key` leaves of the number of a heading: `III.`."""
_OFFICIAL = re.compile(
    r"^(?:ผู้|นัก|เจ้า|รอง|ที่ปรึกษา|หัวหน้า|นิติกร|วิทยากร|พนักงาน|เลขา|วิศวกร|นายช่าง|บรรณารักษ์|ผอ|อาจารย์|ปฏิบัติ)"
)


class Residue:
    """Knows all words that a form's text may use up: the record's, the vocabulary's and the usual ones."""

    def __init__(self, record: Record, vocabulary: Vocabulary, labels: Iterable[str]) -> None:
        """`labels` are the wordings that were taken for labels in the document."""
        self._held = "|".join(dict.fromkeys(key(text) for text in _texts(to_json(record))))
        self._known = {*vocabulary.labels, *vocabulary.furniture}
        self._known |= {heading for columns in vocabulary.columns.values() for heading in columns}
        self._known |= {key(choice.label) for choice in vocabulary.choices}
        self._known |= {key(choice.value) for choice in vocabulary.choices} | vocabulary.words
        stems = {stem for words, _ in vocabulary.stems for stem in words}
        spoken = {word for label in labels for word in words_of(label)}
        self._known |= {word for word in spoken if any(stem in word for stem in stems)}
        self._known |= {
            key(label)
            for label in labels
            if (match := vocabulary.match(label, loose=True)) and match.grade is Grade.TYPO
        }

    def left(self, text: str, *, signature: bool = False) -> str:
        """The words of a used text that are accounted for nowhere, joined by spaces; empty when all are."""
        found: list[str] = []
        for chunk in WORD.findall(plain(text)):
            if not self._accounted(chunk, signature):
                found.append(chunk)
        return " ".join(found)

    def _accounted(self, chunk: str, signature: bool) -> bool:
        word = key(chunk)
        if len(word) < 3 or _ROMAN.fullmatch(word) or word in self._known or word in self._held:
            return True
        bare = key(_MONTH.sub(" ", _FIGURES.sub(" ", chunk)))
        if len(bare) < 3 or bare in self._known or (bare != word and bare in self._held and len(bare) > 5):
            return True
        if is_title(chunk) or self._begins(word) or self._composed(word):
            return True
        return signature and bool(_OFFICIAL.match(chunk) or SIGN.search(chunk) or is_head(chunk))

    def _composed(self, word: str) -> bool:
        """Whether a word is nothing but known words written together, as Thai does."""
        reached = {0}
        for end in range(1, len(word) + 1):
            if any(
                start in reached and word[start:end] in self._known for start in range(max(0, end - 40), end)
            ):
                reached.add(end)
        return len(word) in reached

    def _begins(self, word: str) -> bool:
        """A label grown together with its value (`โทรศัพท์0`, `ตำแหน่งนักวิชาการ`, `กลยุทธ์ที่๑`)."""
        for size in range(len(word) - 1, 2, -1):
            if word[:size] in self._known:
                rest = word[size:]
                return len(rest) < 3 or rest in self._held or rest in self._known
        return False


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value
