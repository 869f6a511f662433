"""The body of a Word file of ours as a stream of blocks: a thousand pages never lie in memory at once.

A block is a child of `w:body` as text: a paragraph, a table, a content control, the last section. Most blocks
pass by untouched; what must change one takes it as a small tree and gives it back as text.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from lxml import etree

from automation.office.archive import Archive, Packed
from automation.office.package import safe_parser

DOCUMENT = "word/document.xml"
_OPENING = re.compile(r"<w:body\b[^>]*>")
_ROOT = re.compile(r"<w:document\b[^>]*>")
_NAME = re.compile(r"(?:\s|<\?.*?\?>)*<([^\s/>!?]+)", re.DOTALL)
"""Begin of an element, with what a program notes before it."""
_PIECE = 1 << 16
"""Bytes that are unpacked at a time."""
_LONG_TABLE = 1_000_000
"""Letters of a table that is taken in pieces."""


class Body:
    """The text of a main part cut into what stands before the blocks, the blocks, and what follows them."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._text = ""
        found = None
        while found is None and self._more():
            found = _OPENING.search(self._text)
        end = found.end() if found else len(self._text)
        self.head, self._text, self._at = self._text[:end], self._text[end:], 0
        self.is_cut = found is not None
        """Whether there is a body; otherwise the head is all."""

    def blocks(self) -> Iterator[str]:
        """Every child of the body in its order; in a damaged part the last one is what cannot be cut."""
        while True:
            self._cut()
            start = self._start()
            if start is None:
                return
            end = self._end(*start)
            yield self._text[self._at : end]
            self._at = end

    @property
    def tail(self) -> str:
        """What follows the last block, once the blocks have been gone through."""
        while self._more():
            pass
        return self._text[self._at :]

    def _more(self) -> bool:
        """Take in as much again as is held, so that a long table is not copied with every piece of it."""
        pieces: list[str] = []
        size = 0
        for piece in self._pieces:
            pieces.append(piece)
            size += len(piece)
            if size >= len(self._text):
                break
        self._text += "".join(pieces)
        return bool(pieces)

    def _cut(self) -> None:
        """Let go of what has been handed out."""
        if self._at > _PIECE:
            self._text, self._at = self._text[self._at :], 0

    def _start(self) -> tuple[str, int] | None:
        """Name and place of the next element; None at the end."""
        while True:
            found = _NAME.match(self._text, self._at)
            if found is not None and found.end() < len(self._text):
                return found[1], found.start(1) - 1
            if not self._more():
                return None if found is None else (found[1], found.start(1) - 1)

    def _end(self, name: str, start: int) -> int:
        """Where the element that starts here has ended."""
        edges, depth, at = _edges(name), 0, start
        while True:
            for edge in edges.finditer(self._text, at):
                if edge[1] or not edge[2]:
                    depth += -1 if edge[1] else 1
                at = edge.end()
                if depth == 0:
                    return at
            if not self._more():
                return len(self._text)


@lru_cache(maxsize=32)
def _edges(name: str) -> re.Pattern[str]:
    """Finds the tags of an element: closing ones have group 1, empty ones group 2."""
    return re.compile(rf"<(/?){re.escape(name)}(?:\s[^>]*?)?(/?)>")


class Rework:
    """A Word file that gets a new body, block by block; its other parts lie in `parts` and may change too.

    A context manager: `put` takes the new body, and the end of the block writes the file, whole or not at
    all. Without a new body the file stays as it was.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._packed: Packed | None = None
        with zipfile.ZipFile(path) as package:
            self._names = package.namelist()
            self.parts = {name: package.read(name) for name in self._names if name != DOCUMENT}
        self._opening = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._packed is not None:
            self._write(self._packed)

    def blocks(self) -> Iterator[str]:
        """The blocks of the body as it is."""
        yield from self._open().blocks()

    def put(self, change: Callable[[Iterator[str]], Iterator[str]]) -> None:
        """Give the file the body that `change` makes of its blocks."""
        body = self._open()

        def text() -> Iterator[str]:
            yield body.head
            yield from change(body.blocks())
            yield body.tail

        self._packed = Packed.of(piece.encode("utf-8") for piece in gathered(text()))

    def tree(self, block: str) -> Any:
        """An element that holds the block, or several, as its children, with the names of the document."""
        return etree.fromstring(f"{self._opening}{block}</w:document>", safe_parser())

    @staticmethod
    def text(tree: Any) -> str:
        """The children of what `tree` gave, as blocks again."""
        written: str = etree.tostring(tree, encoding="unicode")
        return written[written.index(">") + 1 : written.rindex("<")] if len(tree) else ""

    def _open(self) -> Body:
        body = Body(_pieces(self._path))
        found = _ROOT.search(body.head)
        self._opening = found[0] if found else "<w:document>"
        return body

    def _write(self, packed: Packed) -> None:
        archive = Archive()
        for name in (*self._names, *sorted(self.parts.keys() - set(self._names))):
            if name == DOCUMENT:
                archive.put(name, packed)
            elif name in self.parts:
                archive.add(name, self.parts[name])
        new = self._path.with_name(f".{self._path.name}.new")
        new.write_bytes(archive.closed())
        new.replace(self._path)


def body_blocks(path: Path) -> Iterator[str]:
    """The blocks of a file that is only read."""
    return Body(_pieces(path)).blocks()


def pieces_of(block: str, begins: Callable[[str], bool]) -> Iterator[tuple[str, bool]]:
    """A long table in pieces of some hundred rows, each a tree of its own, others as they are; each with
    whether it is whole: what stands before and behind the rows is not. A piece begins only where it may."""
    start = block.find("<w:tr") if block.startswith("<w:tbl>") and len(block) > _LONG_TABLE else -1
    if start < 0:
        yield block, True
        return
    yield block[:start], False
    held: list[str] = []
    size = 0
    end = block.rindex("</w:tbl>")
    for row in Body(["<w:body>", block[start:end]]).blocks():
        if size > _LONG_TABLE and begins(row):
            yield "".join(held), True
            held, size = [], 0
        held.append(row)
        size += len(row)
    yield "".join(held), True
    yield block[end:], False


def gathered(pieces: Iterable[str]) -> Iterator[str]:
    """The same text in pieces that are worth packing."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > _PIECE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def _pieces(path: Path) -> Iterator[str]:
    decode = codecs.getincrementaldecoder("utf-8")().decode
    with zipfile.ZipFile(path) as package, package.open(DOCUMENT) as part:
        while data := part.read(_PIECE):
            yield decode(data)
    yield decode(b"", final=True)
