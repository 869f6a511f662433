"""Which sum of the register a printed amount is: the one of that amount that the words around it name best.

Many projects ask for the same round sum, so what the words name is found first, once a text, and only those
sums are weighed that something names or that would do without a name. The work grows with the figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from automation.documents.ledger import MEASURES, Sum
from automation.thai.digits import to_arabic

_WORDS = {
    "requested": ("เสนอขอ", "คำขอ", "วงเงิน"),
    "allocated": ("จัดสรร",),
    "change": ("เพิ่ม/(ลด)", "เปลี่ยนแปลง"),
    "remaining": ("คงเหลือ",),
    "spent": ("เบิกจ่าย", "ใช้จ่าย"),
    "planned": ("แผน",),
    "over": ("กว่าแผน",),
}
"""Measure → words that a column or a sentence calls it by."""
_WEIGHTS = (8, 5, 4, 4)
"""What it counts that the row, the column, the caption, the heading names an aspect of a sum."""
_ANY_MONEY = ("requested", "งบประมาณ")
"""Money without another word is what was asked for."""
_UNNAMED, _PERHAPS, _CALLED, _NAMED = -3, 1, 2, 3
_FRONT = 4
"""Letters of a word that are looked up before the word itself is."""

Named = frozenset[str]
"""Words that a text names, or by which something is named."""


def plain(text: str) -> str:
    """The text as words are compared: Arabic digits, no blanks."""
    return "".join(to_arabic(text).split())


class Matcher:
    """The sums of some years, ready to be told from one another by words."""

    def __init__(self, sums: Iterable[Sum]) -> None:
        self._buckets: dict[Decimal, _Bucket] = {}
        for item in sums:
            aspects = tuple(frozenset(map(plain, words)) for words in item.aspects)
            self._buckets.setdefault(item.amount, _Bucket()).add(item, aspects)
        self._mentions = _Mentions(word for bucket in self._buckets.values() for word in bucket.words)
        self._called: dict[tuple[str, str], int] = {}

    def best(
        self, amount: Decimal, row: str, column: str, table: str, heading: str
    ) -> tuple[Sum, bool] | None:
        """The sum of this amount that these texts name best, and whether they name it; None for no sum."""
        bucket = self._buckets.get(amount)
        if bucket is None:
            return None
        places = [self._mentions.of(text) for text in (row, column, table, heading)]
        calling = plain(column) + plain(table)
        scores = {
            place: aspects * _UNNAMED + self._call(measure, calling)
            for (measure, aspects), place in bucket.first.items()
        }
        for place in bucket.with_words(frozenset().union(*places)):
            item, aspects = bucket.items[place]
            named = sum(_weight(words, places) for words in aspects)
            scores[place] = named + self._call(item.measure, calling)
        most = max(scores.values())
        found = min(place for place, score in scores.items() if score == most)
        return bucket.items[found][0], most >= _NAMED

    def _call(self, measure: str, text: str) -> int:
        """What it counts that the text calls, or does not call, the measure by its words."""
        if (measure, text) not in self._called:
            kind = measure.partition(".")[0]
            words = _WORDS.get(kind, (plain(MEASURES.get(measure, measure)),))
            perhaps = _PERHAPS if measure == _ANY_MONEY[0] and _ANY_MONEY[1] in text else 0
            self._called[measure, text] = _CALLED if any(word in text for word in words) else perhaps
        return self._called[measure, text]


def _weight(words: Named, places: Sequence[Named]) -> int:
    """What it counts where an aspect is named; one that nothing names counts against its sum."""
    for weight, named in zip(_WEIGHTS, places, strict=True):
        if not words.isdisjoint(named):
            return weight
    return _UNNAMED


class _Bucket:
    """The sums of one amount, in the order of the register."""

    def __init__(self) -> None:
        self.items: list[tuple[Sum, tuple[Named, ...]]] = []
        """Each with the words of its aspects."""
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        self.first: dict[tuple[str, int], int] = {}
        """Measure, number of aspects → the first such sum: where nothing names one, it is as good as any."""

    @property
    def words(self) -> Iterable[str]:
        """All words that name an aspect of a sum."""
        return self._by_word.keys()

    def add(self, item: Sum, aspects: tuple[Named, ...]) -> None:
        """Take a sum in with the words of its aspects."""
        place = len(self.items)
        self.items.append((item, aspects))
        self.first.setdefault((item.measure, len(aspects)), place)
        for words in aspects:
            for word in words:
                self._by_word[word].append(place)

    def with_words(self, named: Named) -> set[int]:
        """The places of those that one of these words names."""
        return {place for word in named & self._by_word.keys() for place in self._by_word[word]}


class _Mentions:
    """Tells which of many words occur in a text: each is looked for by its rarest four letters."""

    def __init__(self, words: Iterable[str]) -> None:
        every = tuple(dict.fromkeys(words))
        counts = Counter(part for word in every for part in _parts(word))
        self._short = tuple(word for word in every if len(word) < _FRONT)
        self._long: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for word in every:
            if len(word) >= _FRONT:
                place = min(range(len(word) - _FRONT + 1), key=lambda at: counts[word[at : at + _FRONT]])
                self._long[word[place : place + _FRONT]].append((place, word))
        self._known: dict[str, Named] = {}

    def of(self, text: str) -> Named:
        """The words in a text; each text is gone through once."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = frozenset(self._in(plain(text)))
        return found

    def _in(self, text: str) -> Iterable[str]:
        yield from (word for word in self._short if word in text)
        for at, part in enumerate(_parts(text)):
            for place, word in self._long.get(part, ()):
                if at >= place and text.startswith(word, at - place):
                    yield word


def _parts(text: str) -> Iterable[str]:
    return (text[at : at + _FRONT] for at in range(len(text) - _FRONT + 1))
