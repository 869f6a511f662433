"""Records and facts for the tests of memos and invitations, and where a PDF page has what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pypdf import PdfReader

from automation.documents.catalogue import DocumentCatalogue, Kind
from automation.model import Meeting, Project, from_json
from automation.thai.text import normalize

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
OFFICE = {
    "name": "สำนักงานเลขาธิการวุฒิสภา",
    "bureau": "สำนักนโยบายและแผน",
    "section": "กลุ่มงานแผนงานและโครงการ",
    "addressee": "เลขาธิการวุฒิสภา",
    "signatory_position": "ผู้อำนวยการสำนักนโยบายและแผน",
}
CATALOGUE = DocumentCatalogue.load(ROOT / "templates")
LEFT = 3.0
"""Left margin of correspondence in centimetres."""
_POINTS = 72 / 2.54


def kind(name: str) -> Kind:
    return CATALOGUE.get(name)


def sample_project(name: str = "hr-02") -> Project:
    path = SAMPLES / "year2570" / "forms" / f"{name}.expected.json"
    return from_json(Project, json.loads(path.read_text(encoding="utf-8"))["record"])


def sample_meeting() -> Meeting:
    path = SAMPLES / "other" / "meeting-screening-committee.expected.json"
    return from_json(Meeting, json.loads(path.read_text(encoding="utf-8"))["record"])


def plain(text: str) -> str:
    """Text as compared: marks in typing order, which a PDF does not keep; no spaces."""
    return "".join(normalize(text).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of text of a page: centimetres from the left and the top edge of the paper to its base line."""

    text: str
    x: float
    y: float
    size: float


@cache
def pieces(pdf: Path, page: int) -> list[Piece]:
    """The pieces of one page in the order of drawing; pages count from 1."""
    found: list[Piece] = []
    sheet = PdfReader(pdf).pages[page - 1]
    height = float(sheet.mediabox.height)

    def note(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            x, y = matrix[4] / _POINTS, (height - matrix[5]) / _POINTS
            found.append(Piece(text=text.strip(), x=x, y=y, size=size))

    sheet.extract_text(visitor_text=note)
    return found


def lines(pdf: Path, page: int) -> list[tuple[float, str]]:
    """The lines of one page from the top: left end in centimetres, text as `plain` gives it."""
    rows: dict[int, list[Piece]] = {}
    for piece in pieces(pdf, page):
        rows.setdefault(round(piece.y * 10), []).append(piece)
    return [
        (
            min(piece.x for piece in row),
            plain("".join(piece.text for piece in sorted(row, key=lambda p: p.x))),
        )
        for _, row in sorted(rows.items())
    ]


def line_with(pdf: Path, page: int, text: str) -> tuple[float, str]:
    """The first line that holds the text."""
    return next(line for line in lines(pdf, page) if plain(text) in line[1])
