"""Read a document that was made as a proofreader does: spelling, spaces, digits, times, what a template left.

The text comes from the finished Word file, so that it is read as people will, wherever a word came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path

from automation.office.blocks import Block, Document, Grid
from automation.office.opening import open_file
from automation.thai.digits import to_thai
from automation.thai.typography import proofread, tidy
from automation.thai.usage import DEFAULT, Usage, unworded

MOST = 12
"""So many remarks are told; the rest is counted."""

_FOREIGN = re.compile(r"\S*[A-Za-z@]\S*")
"""Words that keep Arabic digits: links, e-mail addresses, English terms and codes."""
_ARABIC = re.compile(r"[0-9][0-9.,/:-]*")
_LEFT_OVER = re.compile(r"\{[{%#]|[}%#]\}|\bNone\b")
_SHORT_TIME = re.compile(r"[0-9๐-๙]{1,2}[.:][0-9๐-๙]{2} ?น\.")
_ZERO_DAY = re.compile(r"วันที่ [0๐][1-9๑-๙] ")
_TWICE = re.compile(r"([ก-ฮเ-ไ][ก-๎]{3,})\1")
_SIGNS = re.compile(r"[ \t]+")
_PAIRS = (("(", ")"), ("“", "”"))


def proofread_document(path: Path, usage: Usage = DEFAULT) -> tuple[str, ...]:
    """Thai remarks on a Word file, each with its place (`ย่อหน้า ๓: …`); none when it reads well."""
    document = open_file(path)
    if not isinstance(document, Document):
        return ()
    return _shortened(
        f"{para.place.label}: {remark}"
        for para in chain(document.paragraphs, document.headers)
        for remark in remarks(unworded(para.text, usage))
    )


class BookReader:
    """Proofreads a book block by block while it passes by on its way to others."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._heading = ""

    def over(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The same blocks, each read before it goes on."""
        for block in blocks:
            if isinstance(block, Grid):
                texts = [cell.text for cell in block.cells]
            else:
                texts = [block.text]
                if block.level is not None and block.text.strip():
                    self._heading = " ".join(block.text.split())
            for text in texts:
                self._found += (f"ใต้หัวข้อ “{self._heading}”: {remark}" for remark in remarks(text))
            yield block

    @property
    def remarks(self) -> tuple[str, ...]:
        """Thai remarks on what has passed by, each with the heading above it."""
        return _shortened(self._found)


def _shortened(found: Iterable[str]) -> tuple[str, ...]:
    found = list(dict.fromkeys(found))
    if len(found) > MOST:
        return (*found[:MOST], f"และอีก {to_thai(str(len(found) - MOST))} แห่ง โปรดตรวจทานทั้งฉบับ")
    return tuple(found)


@lru_cache(maxsize=8192)
def remarks(text: str) -> tuple[str, ...]:
    """What is wrong with one paragraph, in Thai; the line breaks and tabs of its layout do not count."""
    plain = text.replace("\u00a0", " ")
    return tuple(chain.from_iterable(rule(plain) for rule in _RULES))


def _left_over(text: str) -> Iterator[str]:
    if found := _LEFT_OVER.search(text):
        yield f"มีคำสั่งหรือช่องว่างของแม่แบบค้างอยู่ ({found[0]})"


def _spelling(text: str) -> Iterator[str]:
    for wrong, right in proofread(text):
        yield f"“{wrong}” ควรเป็น “{right}”"


def _spacing(text: str) -> Iterator[str]:
    for line in re.split(r"[\n\t]", text):
        words, better = _SIGNS.sub(" ", line).strip(), _SIGNS.sub(" ", tidy(line)).strip()
        if words != better:
            yield f"เว้นวรรคใน “{_around(words, better)}” ควรเป็น “{_around(better, words)}”"


def _digits(text: str) -> Iterator[str]:
    for number in _ARABIC.findall(_FOREIGN.sub("", text)):
        yield f"ควรใช้เลขไทย: {number.rstrip('.,/:-')}"


def _times(text: str) -> Iterator[str]:
    for time in _SHORT_TIME.findall(text):
        yield f"เวลา “{time}” ควรเขียนด้วยคำว่า นาฬิกา"
    for day in _ZERO_DAY.findall(text):
        yield f"“{day.strip()}” ไม่ต้องมีเลขศูนย์นำหน้าวัน"


def _twice(text: str) -> Iterator[str]:
    for word in _TWICE.findall(text):
        yield f"มีคำซ้ำติดกัน “{word}{word}”"


def _pairs(text: str) -> Iterator[str]:
    for opening, closing in _PAIRS:
        if text.count(opening) > text.count(closing):
            yield f"เครื่องหมาย {opening} ไม่มี {closing} ปิด"


_RULES: tuple[Callable[[str], Iterator[str]], ...] = (
    _left_over,
    _spelling,
    _spacing,
    _digits,
    _times,
    _twice,
    _pairs,
)


def _around(text: str, other: str) -> str:
    """The text about the first place where it differs from the other, short enough to find by eye."""
    first = next((at for at, pair in enumerate(zip(text, other, strict=False)) if len(set(pair)) > 1), 0)
    return text[max(first - 12, 0) : first + 12].strip()
