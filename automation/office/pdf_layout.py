"""What stands where on the pages of a PDF: pieces of text with their widths, pictures with their resolution.

A small walk over the page's drawing orders, enough for a check before printing: the letters come from each
face's own table, the widths from its widths; nothing is rendered. Lengths in points, from the lower left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import hypot
from typing import Any

from automation.office.pdf_fonts import Face, PdfFont

Matrix = tuple[float, float, float, float, float, float]

_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_INLINE = re.compile(rb"\bBI\b.*?\bID\s.*?\sEI\b", re.DOTALL)
_TOKEN = re.compile(
    rb"\((?P<text>(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|<<|>>|<(?P<hex>[0-9A-Fa-f\s]*)>|[\[\]]"
    rb"|/(?P<name>[^\s()<>\[\]{}/%]*)|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))(?![A-Za-z])|(?P<order>[A-Za-z'\"]+[*\d]?)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3}|\r?\n)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_DEEPEST = 6
"""Forms within forms that are entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text as it is drawn: begin, baseline, width and size in points."""

    x: float
    y: float
    width: float
    size: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as it is drawn: dots per inch in its worse direction, and its size in points."""

    dpi: float
    width: float
    height: float


@dataclass(slots=True)
class PageLayout:
    """A page: its size in points, its texts in the order of drawing, its pictures, the faces that it uses."""

    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    faces: set[Face] = field(default_factory=set)
    notes: int = 0
    """Comments and marks that a reader program shows on the page."""

    @property
    def text(self) -> str:
        """All text, a line for each baseline."""
        lines: dict[int, list[str]] = {}
        for piece in self.pieces:
            lines.setdefault(round(piece.y), []).append(piece.text)
        return "\n".join("".join(parts) for parts in lines.values())


_NOTES = frozenset(
    ("/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Ink", "/Stamp", "/Caret")
)


def page_layouts(reader: Any) -> Iterator[PageLayout]:
    """Every page of an open pypdf reader."""
    fonts: dict[int, PdfFont] = {}
    for page in reader.pages:
        box = page.mediabox
        layout = PageLayout(float(box.width), float(box.height))
        origin = (1.0, 0.0, 0.0, 1.0, -float(box.left), -float(box.bottom))
        contents = page.get_contents()
        data = contents.get_data() if contents is not None else b""
        _Walk(layout, fonts).run(data, page.get("/Resources"), origin, 0)
        for reference in page.get("/Annots") or ():
            layout.notes += reference.get_object().get("/Subtype") in _NOTES
        yield layout


@dataclass(slots=True)
class _State:
    """What `q` keeps and `Q` brings back."""

    matrix: Matrix
    font: PdfFont | None = None
    size: float = 0.0
    letter_gap: float = 0.0
    word_gap: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0


class _Walk:
    """One page's orders, carried out as far as places are concerned."""

    def __init__(self, layout: PageLayout, fonts: dict[int, PdfFont]) -> None:
        self._layout, self._fonts = layout, fonts
        self._line = self._pen = _SAME

    def run(self, data: bytes, resources: Any, matrix: Matrix, depth: int) -> None:
        """Carry out a stream of orders with its resources."""
        resources = resources.get_object() if resources is not None else {}
        state = _State(matrix)
        kept: list[_State] = []
        operands: list[Any] = []
        for token in _TOKEN.finditer(_INLINE.sub(b"", data)):
            if token["order"] is None:
                operands.append(_operand(token))
                continue
            order, values = token["order"], [item for item in operands if item is not None]
            operands = []
            if order == b"q":
                kept.append(_copy(state))
            elif order == b"Q" and kept:
                state = kept.pop()
            elif order == b"cm" and len(values) >= 6:
                state.matrix = _times(_matrix(values), state.matrix)
            elif order == b"Do" and values:
                self._draw(values[-1], resources, state.matrix, depth)
            elif order == b"Tf" and len(values) >= 2:
                state.font, state.size = self._font(resources, values[-2]), float(values[-1])
            else:
                self._text(order, values, state)

    def _text(self, order: bytes, values: list[Any], state: _State) -> None:
        """Orders that set or move the pen of the text, or write with it."""
        if order == b"BT":
            self._line = self._pen = _SAME
        elif order in _SETTINGS and values:
            name, scale = _SETTINGS[order]
            setattr(state, name, float(values[-1]) * scale)
        elif order == b"Tm" and len(values) >= 6:
            self._line = self._pen = _matrix(values)
        elif order in (b"Td", b"TD") and len(values) >= 2:
            if order == b"TD":
                state.leading = -float(values[-1])
            self._next(float(values[-2]), float(values[-1]))
        elif order == b"T*":
            self._next(0.0, -state.leading)
        elif order in (b"Tj", b"TJ", b"'", b'"'):
            if order in (b"'", b'"'):
                self._next(0.0, -state.leading)
            self._write(values, state)

    def _next(self, right: float, up: float) -> None:
        self._line = self._pen = _times((1.0, 0.0, 0.0, 1.0, right, up), self._line)

    def _write(self, values: list[Any], state: _State) -> None:
        if state.font is None:
            return
        begin, words = self._pen, []
        for value in values:
            if isinstance(value, bytes):
                for text, width, blank in state.font.read(value):
                    words.append(text)
                    gap = state.letter_gap + (state.word_gap if blank else 0.0)
                    self._move((width / 1000 * state.size + gap) * state.stretch)
            elif isinstance(value, float):
                self._move(-value / 1000 * state.size * state.stretch)
        start, end = _times(begin, state.matrix), _times(self._pen, state.matrix)
        if text := "".join(words):
            self._layout.faces.add(state.font.face)
            self._layout.pieces.append(
                Piece(
                    x=start[4],
                    y=start[5],
                    width=end[4] - start[4],
                    size=state.size * hypot(start[2], start[3]),
                    text=text,
                )
            )

    def _move(self, right: float) -> None:
        self._pen = _times((1.0, 0.0, 0.0, 1.0, right, 0.0), self._pen)

    def _font(self, resources: Any, name: str) -> PdfFont | None:
        reference = resources.get("/Font", {}).get_object().get(f"/{name}")
        if reference is None:
            return None
        font = reference.get_object()
        key = id(font)
        if key not in self._fonts:
            self._fonts[key] = PdfFont(font)
        return self._fonts[key]

    def _draw(self, name: str, resources: Any, matrix: Matrix, depth: int) -> None:
        reference = resources.get("/XObject", {}).get_object().get(f"/{name}")
        if reference is None:
            return
        drawn = reference.get_object()
        if drawn.get("/Subtype") == "/Form" and depth < _DEEPEST:
            inner = _matrix([float(item) for item in drawn.get("/Matrix", _SAME)])
            own = drawn.get("/Resources", resources)
            self.run(drawn.get_data(), own, _times(inner, matrix), depth + 1)
        elif drawn.get("/Subtype") == "/Image":
            width, height = hypot(matrix[0], matrix[1]), hypot(matrix[2], matrix[3])
            if width and height:
                dpi = min(72 * int(drawn["/Width"]) / width, 72 * int(drawn["/Height"]) / height)
                self._layout.pictures.append(Picture(dpi=dpi, width=width, height=height))


_SETTINGS = {
    b"Tc": ("letter_gap", 1.0),
    b"Tw": ("word_gap", 1.0),
    b"Tz": ("stretch", 0.01),
    b"TL": ("leading", 1.0),
}


def _operand(token: re.Match[bytes]) -> Any:
    if token["number"] is not None:
        return float(token["number"])
    if token["name"] is not None:
        return token["name"].decode("latin-1")
    if token["hex"] is not None:
        digits = b"".join(token["hex"].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if token["text"] is not None:
        return _ESCAPE.sub(_unescaped, token["text"])
    return None


def _unescaped(found: re.Match[bytes]) -> bytes:
    mark = found[1]
    if mark.isdigit():
        return bytes([int(mark, 8) & 0xFF])
    return _PLAIN.get(mark, b"" if mark.endswith(b"\n") else mark)


def _matrix(values: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(item) for item in values[-6:])
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """`one`, then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, x, y = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + x, e * h + f * j + y


def _copy(state: _State) -> _State:
    return _State(
        state.matrix, state.font, state.size, state.letter_gap, state.word_gap, state.stretch, state.leading
    )
