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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from automation.office.fonts import DIGITS

_SPAN = re.compile(rb"/Span<</ActualText<FEFF((?:[0-9A-F]{4})+)>>>\s*BDC(.*?)EMC", re.DOTALL)
_FACE_OR_CODES = re.compile(rb"/(\w+) [\d.]+ Tf|<((?:[0-9A-F]{2})+)>")
_ENTRY = re.compile(rb"<([0-9A-F]{2})> ?<([0-9A-F]+)>")
_TABLE = re.compile(rb"\d+ beginbfchar.*endbfchar", re.DOTALL)
_SARA_AM, _NIKHAHIT, _SARA_AA = b"0E33", b"0E4D", b"0E32"
_WEIGHT = 3
"""A name in the stream is wrong only for marks over marks, the table may be wrong for every use of a glyph."""
_MOST = 100
"""Entries that one block of a table may hold."""

Letters = dict[bytes, bytes]
"""Code of a glyph → its letter, both hexadecimal."""


def mend_text(pdf: Path) -> None:
    """Correct the tables of letters of the file in place; a file that needs nothing is left as it is."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(pdf))
    tables: dict[int, Any] = {}
    digits: set[int] = set()
    votes: defaultdict[int, defaultdict[bytes, Counter[bytes]]] = defaultdict(lambda: defaultdict(Counter))
    for page in writer.pages:
        numbers = {}
        for name, font, table in _faces(page):
            numbers[name] = number = table.indirect_reference.idnum
            tables[number] = table
            if DIGITS.replace(" ", "") in str(font["/BaseFont"]):
                digits.add(number)
        contents = page.get_contents()
        for name, code, letter in _uses(contents.get_data() if contents is not None else b""):
            if name in numbers:
                votes[numbers[name]][code][letter] += 1
    changed = False
    for number, table in tables.items():
        old = dict(_ENTRY.findall(table.get_data()))
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


def _uses(stream: bytes) -> Iterator[tuple[str, bytes, bytes]]:
    """Face, code and letter of every glyph shown; the letter is empty where the stream leaves it to the table."""
    for span in _SPAN.finditer(stream):
        shown = list(_shown(span[2]))
        if len(shown) == 1 and len(span[1]) == 4:
            yield *shown[0], span[1]
        elif len(shown) == 2 and span[1] == _SARA_AM:
            # Drawn in two glyphs, the second of which is also า: it reads as its two halves.
            yield *shown[0], _NIKHAHIT
            yield *shown[1], _SARA_AA
    for use in _shown(_SPAN.sub(b"", stream)):
        yield *use, b""


def _shown(stream: bytes) -> Iterator[tuple[str, bytes]]:
    name = ""
    for token in _FACE_OR_CODES.finditer(stream):
        if token[1]:
            name = token[1].decode()
        else:
            codes = token[2]
            for start in range(0, len(codes), 2):
                yield name, codes[start : start + 2]


def _elected(table: Letters, votes: dict[bytes, Counter[bytes]]) -> Letters:
    """The letter that the uses of each glyph speak for; one named in the stream outweighs some of the table's."""
    elected = dict(table)
    for code, counts in votes.items():
        by_table = counts.pop(b"", 0)
        if counts:
            letter, named = counts.most_common(1)[0]
            if named * _WEIGHT >= by_table:
                elected[code] = letter
    return elected


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
