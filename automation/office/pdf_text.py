"""Mend the text layer of a PDF that LibreOffice made: what one searches, copies or has read aloud.

A face in a PDF has a table that tells the letter of each glyph. LibreOffice 7.4 leaves glyphs out of it that
stand for more than one letter (า above all) and exchanges marks that stand over one another (ผู้); the right
letter is then only named in the page's stream, where many readers do not look: ราคา is found as ร ค . And
page numbers that are drawn Thai (fonts.py) still read Arabic. The tables are put right here; nothing that is
drawn changes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from automation.office.fonts import DIGITS

_TOKEN = re.compile(
    rb"ActualText<FEFF((?:[0-9A-F]{4})+)>>>|/(\w+) [\d.]+ Tf|(?<!FEFF)<((?:[0-9A-F]{2})+)>|\b(EMC)\b"
)
"""Beginning of a span that names its letters, choice of a face, codes to show, end of a span."""
_ENTRY = re.compile(rb"<([0-9A-F]{2})> ?<([0-9A-F]+)>")
_TABLE = re.compile(rb"\d+ beginbfchar.*endbfchar", re.DOTALL)
_SARA_AM, _NIKHAHIT, _SARA_AA = b"0E33", b"0E4D", b"0E32"
_MARKS = frozenset(b"%04X" % mark for mark in (0xE31, *range(0xE34, 0xE3B), *range(0xE47, 0xE4D)))
_MOST = 100
"""Entries that one block of a table may hold."""

Letters = dict[bytes, bytes]
"""Code of a glyph → its letter, both hexadecimal."""
Use = tuple[bytes, bytes]
"""A glyph as drawn: its code, and its letter where the stream names one."""


@dataclass(slots=True)
class _Face:
    """A face of the file: the stream that holds its table, and what the uses of its glyphs say."""

    stream: Any
    digits: bool
    table: Letters
    votes: defaultdict[bytes, Counter[bytes]] = field(default_factory=lambda: defaultdict(Counter))
    pairs: set[tuple[Use, Use]] = field(default_factory=set)
    """Two marks over one letter: which of the two letters is whose, is open."""

    def note(self, uses: list[Use]) -> None:
        """Take the glyphs of a stretch of text into account."""
        read = [(code, letter or self.table.get(code, b"")) for code, letter in uses]
        marks = [letter in _MARKS for _, letter in read]
        for place, (code, letter) in enumerate(read):
            beside = marks[place] and (marks[place - 1 : place] + marks[place + 1 : place + 2])
            if letter and not (beside and any(beside)):
                self.votes[code][letter] += 1
            if marks[place] and any(marks[place + 1 : place + 2]):
                self.pairs.add((read[place], read[place + 1]))

    def letters(self) -> Letters:
        """The table as it ought to be."""
        if self.digits:
            return {code: _thai_digit(letter) for code, letter in self.table.items()}
        certain = {code: counts.most_common(1)[0][0] for code, counts in self.votes.items()}
        deduced: Letters = {}
        for one, other in self.pairs:
            for (code, letter), (known, its) in ((one, other), (other, one)):
                if certain.get(known) == letter:
                    deduced[code] = its
        return self.table | deduced | certain


def mend_text(writer: Any) -> None:
    """Correct the tables of letters in the open pypdf writer of a file."""
    faces: dict[int, _Face] = {}
    for page in writer.pages:
        named = dict(_faces(page, faces))
        contents = page.get_contents()
        for name, uses in _shown(contents.get_data() if contents is not None else b""):
            if name in named:
                named[name].note(uses)
    for face in faces.values():
        letters = face.letters()
        if letters != face.table:
            face.stream.set_data(_with_entries(face.stream.get_data(), letters))


def _faces(page: Any, known: dict[int, _Face]) -> Iterator[tuple[str, _Face]]:
    """Name in the page's stream → face; each face is made once and kept in `known`."""
    for name, reference in page["/Resources"].get_object().get("/Font", {}).items():
        font = reference.get_object()
        if "/ToUnicode" in font:
            stream = font["/ToUnicode"].get_object()
            number = stream.indirect_reference.idnum
            if number not in known:
                digits = DIGITS.replace(" ", "") in str(font["/BaseFont"])
                known[number] = _Face(stream, digits, dict(_ENTRY.findall(stream.get_data())))
            yield name.removeprefix("/"), known[number]


def _shown(stream: bytes) -> Iterator[tuple[str, list[Use]]]:
    """The glyphs of a page in the order of drawing, in stretches of one face."""
    name, named = "", b""
    codes: list[bytes] = []
    uses: list[Use] = []
    for span, face, string, end in _TOKEN.findall(stream):
        if span:
            named = span
        elif face and face.decode() != name:
            yield name, uses
            name, uses = face.decode(), []
        elif string:
            codes += (string[start : start + 2] for start in range(0, len(string), 2))
        if codes and (end or not named):
            uses += zip(codes, _letters(named, len(codes)), strict=True)
            codes = []
        if end:
            named = b""
    yield name, uses


def _letters(named: bytes, count: int) -> list[bytes]:
    """The letters of so many glyphs, from what the stream names; none where they cannot be told apart."""
    if named.endswith(_SARA_AM) and count == len(named) // 4 + 1:
        # Drawn as a circle, a tone mark if there is one, and า: it reads as its two halves.
        return [_NIKHAHIT, *([named[:4]] if count == 3 else []), _SARA_AA]
    return [named] if len(named) == 4 and count == 1 else [b""] * count


def _thai_digit(letter: bytes) -> bytes:
    return b"0E5" + letter[-1:] if letter.startswith(b"003") and letter[-1:].isdigit() else letter


def _with_entries(table: bytes, letters: Letters) -> bytes:
    entries = sorted(letters.items())
    blocks = [entries[start : start + _MOST] for start in range(0, len(entries), _MOST)]
    text = b"\n".join(
        b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(b"<%b> <%b>" % entry for entry in block))
        for block in blocks
    )
    return _TABLE.sub(lambda _: text, table, count=1)
