"""The page numbers that are printed in the margins of a PDF: do they follow one another?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from automation.office.pdf_layout import PageLayout, Piece
from automation.thai.digits import to_arabic, to_thai

_ZONE = 80.0
"""Points from the upper and the lower edge in which page numbers stand."""
_NUMBER = re.compile(r"[-–—\s]*(\d{1,4}|[ก-ฮ])[-–—\s]*")
_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
"""As Word counts pages in Thai letters, without the obsolete ฃ and ฅ."""
_GAP = 12.0
_MOST_EDGE = 3
"""Lines at each edge that are looked at: a running head, a line, the number."""


def number_faults(pages: Sequence[PageLayout]) -> Iterator[tuple[int, str]]:
    """Page (from 1) and Thai words wherever the printed number is not the one after the last.

    A page may carry none, and numbering may begin anew with ๑ or ก; files that number nothing have no faults.
    """
    last: tuple[bool, int, int] | None = None
    for place, page in enumerate(pages, start=1):
        found = printed_number(page)
        if found is None:
            continue
        letters, number = found
        if last is not None and number != 1:
            same, before, at = last
            expected = before + place - at
            if same != letters or number != expected:
                words = f"พิมพ์เลขหน้า {_words(letters, number)} แต่ตามลำดับควรเป็น {_words(same, expected)}"
                yield place, words
        last = (letters, number, place)


def printed_number(page: PageLayout) -> tuple[bool, int] | None:
    """Whether the page number is a letter, and its value; None where none is printed."""
    for words in _edge_words(page):
        found = _NUMBER.fullmatch(to_arabic(words))
        if found is None:
            continue
        if found[1].isdigit():
            return False, int(found[1])
        if found[1] in _LETTERS:
            return True, _LETTERS.index(found[1]) + 1
    return None


def _edge_words(page: PageLayout) -> Iterator[str]:
    """The stretches of text in the upper and the lower zone, those nearest to the edge first."""
    lines: dict[int, list[Piece]] = {}
    for piece in page.pieces:
        if piece.y < _ZONE or piece.y > page.height - _ZONE:
            lines.setdefault(round(piece.y), []).append(piece)
    below = sorted(place for place in lines if place < _ZONE)[:_MOST_EDGE]
    above = sorted((place for place in lines if place >= _ZONE), reverse=True)[:_MOST_EDGE]
    for place in (*below, *above):
        yield from _stretches(sorted(lines[place], key=lambda piece: piece.x))


def _stretches(pieces: list[Piece]) -> Iterator[str]:
    words, end = "", None
    for piece in pieces:
        if end is not None and piece.x - end > _GAP:
            yield words
            words = ""
        words += piece.text
        end = piece.x + piece.width
    yield words


def _words(letters: bool, number: int) -> str:
    if letters:
        return _LETTERS[number - 1] if number <= len(_LETTERS) else "?"
    return to_thai(str(number))
