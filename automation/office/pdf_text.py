"""Mend the text layer of a PDF that LibreOffice made: what one searches, copies or has read aloud.

A face in a PDF has a table that tells the letter of each glyph. LibreOffice 7.4 leaves glyphs out of it that
stand for more than one letter (า above all) and mixes up marks that stand over one another; the right letter
is then only named in the page's stream, where many readers do not look: ราคา is found as ร ค . And page
numbers that are drawn Thai (fonts.py) still read Arabic. The tables are put right here; nothing that is drawn
changes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
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
Use = tuple[int | None, bytes, bytes]
"""A glyph as drawn: number of its face's table, code, letter where the stream names one."""


def mend_text(pdf: Path) -> None:
    """Correct the tables of letters of the file in place; a file that needs nothing is left as it is."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(pdf))
    tables: dict[int, Any] = {}
    digits: set[int] = set()
    known: dict[int, Letters] = {}
    votes: defaultdict[int, defaultdict[bytes, Counter[bytes]]] = defaultdict(lambda: defaultdict(Counter))
    for page in writer.pages:
        numbers = {}
        for name, font, table in _faces(page):
            numbers[name] = number = table.indirect_reference.idnum
            if number not in tables:
                tables[number] = table
                known[number] = dict(_ENTRY.findall(table.get_data()))
            if DIGITS.replace(" ", "") in str(font["/BaseFont"]):
                digits.add(number)
        contents = page.get_contents()
        shown = _shown(contents.get_data() if contents is not None else b"")
        for number, code, letter in _votes(
            [(numbers.get(name), code, letter) for name, code, letter in shown], known
        ):
            votes[number][code][letter] += 1
    changed = False
    for number, table in tables.items():
        old = known[number]
        new = _thai_digits(old) if number in digits else _elected(old, votes[number])
        if new != old:
            table.set_data(_with_entries(table.get_data(), new))
            changed = True
    if changed:
        writer.write(pdf)


def _faces(page: Any) -> Iterator[tuple[str, Any, Any]]:
    """Name in the page's stream, the face, its table of letters."""
    for name, reference in page["/Resources"].get_object().get("/Font", {}).items():
        font = reference.get_object()
        if "/ToUnicode" in font:
            yield name.removeprefix("/"), font, font["/ToUnicode"].get_object()


def _shown(stream: bytes) -> Iterator[tuple[str, bytes, bytes]]:
    """Face, code and letter of every glyph in the order of drawing; the letter is empty where the table says it."""
    name, named = "", b""
    codes: list[bytes] = []
    for span, face, string, end in _TOKEN.findall(stream):
        if span:
            named = span
        elif face:
            name = face.decode()
        elif string:
            codes += (string[start : start + 2] for start in range(0, len(string), 2))
        if codes and (end or not named):
            letters = _letters(named, len(codes))
            yield from ((name, code, letter) for code, letter in zip(codes, letters, strict=True))
            codes = []
        if end:
            named = b""


def _letters(named: bytes, count: int) -> list[bytes]:
    """The letters of so many glyphs, from what the stream names; none where they cannot be told apart."""
    if named.endswith(_SARA_AM) and count == len(named) // 4 + 1:
        # Drawn as a circle, a tone mark if there is one, and า: it reads as its two halves.
        return [_NIKHAHIT, *([named[:4]] if count == 3 else []), _SARA_AA]
    return [named] if len(named) == 4 and count == 1 else [b""] * count


def _votes(uses: Sequence[Use], tables: Mapping[int, Letters]) -> Iterator[tuple[int, bytes, bytes]]:
    """Table, code and letter of every glyph whose letter is certain: of two marks over one letter none is."""
    read = [letter or tables.get(number or 0, {}).get(code, b"") for number, code, letter in uses]
    marks = [False, *(letter in _MARKS for letter in read), False]
    for place, ((number, code, _), letter) in enumerate(zip(uses, read, strict=True), 1):
        alone = not (marks[place] and (marks[place - 1] or marks[place + 1]))
        if number is not None and letter and alone:
            yield number, code, letter


def _elected(table: Letters, votes: Mapping[bytes, Counter[bytes]]) -> Letters:
    """The letter that most uses of each glyph stand for."""
    return table | {code: counts.most_common(1)[0][0] for code, counts in votes.items()}


def _thai_digits(table: Letters) -> Letters:
    return {
        code: b"0E5" + letter[-1:] if letter.startswith(b"003") and letter[-1:].isdigit() else letter
        for code, letter in table.items()
    }


def _with_entries(table: bytes, letters: Letters) -> bytes:
    entries = sorted(letters.items())
    blocks = [entries[start : start + _MOST] for start in range(0, len(entries), _MOST)]
    text = b"\n".join(
        b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(b"<%b> <%b>" % entry for entry in block))
        for block in blocks
    )
    return _TABLE.sub(lambda _: text, table, count=1)
