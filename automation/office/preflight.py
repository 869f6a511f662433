"""Is a file ready for the printer? What `automation preflight` reports, page by page.

A PDF is looked at as it is; of a Word file first the file itself (leftover marks, tracked changes, comments,
margins), then the PDF that is made of it. What is only worth knowing is no fault.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from automation.errors import ForeignFile, RenderError, UnreadableFile
from automation.office.blocks import Document
from automation.office.fonts import OFFICIAL, TWIN
from automation.office.guard import Kind, Limits, sniff
from automation.office.opening import open_file
from automation.office.page_numbers import number_faults, printed_number
from automation.office.pdf_layout import PageLayout, Piece, page_layouts
from automation.thai.digits import to_thai

LOWEST_DPI = 200
_OFFICIAL = tuple(name.replace(" ", "") for name in (OFFICIAL, TWIN, "THSarabun"))
_PRINTER = 14.0
"""Points at each edge of the paper that printers leave white (5 mm)."""
_SLACK = 2.0
_MM = 25.4 / 72
_LIMITS = Limits(file_bytes=512 << 20, total_bytes=1 << 30, part_bytes=512 << 20, paragraphs=2_000_000)
"""A finished book may be larger than what is taken from a bureau."""
_MARKS = re.compile(
    r"\{\{|\}\}|\{%|%\}|\bTODO\b|\bXXX+\b|“\s*…\s*”|\[ยังไม่มี[^\]]*\]|กด F9 เพื่อปรับปรุง|"
    r"Error! |ข้อผิดพลาด! |Lorem ipsum"
)
"""What a finished text does not hold: tags, marks of a draft, missing chapters, fields that failed."""
_AROUND = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to mend before printing; `page` counts from 1, None for the whole file."""

    kind: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """The report on a file. Sizes are in millimetres, upright or lying; `notes` are Thai and no faults."""

    file: str
    pages: int | None = None
    sizes: tuple[tuple[int, int, int], ...] = ()
    """Width, height, number of pages."""
    fonts: tuple[tuple[str, bool], ...] = ()
    """Name, and whether the file holds it."""
    pictures: int = 0
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether nothing is to be mended."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class _Margins:
    """Left and right margin in points of the pages of one size, by (width, height) in points."""

    sides: dict[tuple[int, int], tuple[float, float]] = field(default_factory=dict)

    def of(self, page: PageLayout) -> tuple[float, float]:
        found = self.sides.get((round(page.width), round(page.height)))
        return found or (_PRINTER, _PRINTER)


def preflight(path: Path, *, fonts: Path | None = None) -> Preflight:
    """Look through a .docx or .pdf; FileError for anything else. `fonts` keeps the metric twin.

    Without LibreOffice a Word file is reported as far as the file itself goes, and the notes say so.
    """
    from automation.office.pdf import convert

    kind = sniff(path)
    if kind is Kind.PDF:
        return _of_pdf(path, path.name, _Margins(), ())
    if kind is not Kind.DOCX:
        raise ForeignFile(
            "ตรวจก่อนพิมพ์ได้เฉพาะไฟล์ Word (.docx) และ PDF",
            hint="กรุณาบันทึกเป็น .docx หรือ .pdf แล้วลองใหม่",
            place=path.name,
        )
    faults = tuple(_word_faults(path))
    try:
        with tempfile.TemporaryDirectory(prefix="preflight-") as work:
            seconds = 120 + path.stat().st_size / 2_000
            (made,) = convert([path], Path(work), seconds=seconds, fonts=fonts)
            return _of_pdf(made, path.name, _margins(path), faults)
    except RenderError as error:
        note = f"ตรวจได้เฉพาะเนื้อหาในไฟล์ Word ยังไม่ได้ตรวจหน้ากระดาษ เพราะทำ PDF ไม่ได้ ({error.message})"
        return Preflight(file=path.name, faults=faults, notes=(note,))


def _word_faults(path: Path) -> Iterator[Fault]:
    """What the Word file itself shows."""
    document = open_file(path, limits=_LIMITS)
    if not isinstance(document, Document):
        raise UnreadableFile("ไฟล์ไม่ใช่เอกสาร Word", hint="กรุณาตรวจไฟล์อีกครั้ง", place=path.name)
    changes = document.insertions + len(document.deletions)
    if changes:
        yield Fault(
            kind="tracked-changes",
            message=f"มีการแก้ไขแบบติดตาม {to_thai(str(changes))} แห่งที่ยังไม่ได้ยอมรับ",
        )
    if document.comments:
        count = to_thai(str(len(document.comments)))
        yield Fault(kind="comments", message=f"มีความเห็น (comment) {count} ย่อหน้าในไฟล์")
    for para in (*document.paragraphs, *document.headers, *document.notes):
        if para.hidden:
            yield Fault(kind="hidden", message=f"{para.place.label}: มีข้อความที่ซ่อนไว้ “{para.hidden[:40]}”")
        for found in _MARKS.finditer(para.text):
            words = _excerpt(para.text, found)
            yield Fault(kind="leftover", message=f"{para.place.label}: มีเครื่องหมายที่ยังไม่ได้แก้ “{words}”")


def _margins(path: Path) -> _Margins:
    """The margins of the sections by size of paper; where they differ or are mirrored, the narrower ones."""
    from docx import Document as WordFile

    sides: dict[tuple[int, int], tuple[float, float]] = {}
    for section in WordFile(str(path)).sections:
        if not section.page_width or not section.page_height:
            continue
        key = (round(section.page_width.pt), round(section.page_height.pt))
        left, right = (side.pt if side else 0.0 for side in (section.left_margin, section.right_margin))
        known = sides.get(key, (left, right))
        sides[key] = (min(left, known[0]), min(right, known[1]))
    return _Margins(sides)


def _of_pdf(path: Path, name: str, margins: _Margins, before: tuple[Fault, ...]) -> Preflight:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        pages = list(page_layouts(reader))
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableFile(
            "เปิดไฟล์ PDF ไม่ได้ ไฟล์อาจเสียหายหรือมีรหัสผ่าน", hint="กรุณาทำไฟล์ PDF ใหม่", place=name
        ) from error
    faults = list(before)
    for number, page in enumerate(pages, start=1):
        faults += _page_faults(number, page, margins, marks=not before)
    faults += [
        Fault(kind="empty-page", page=number, message="หน้าว่าง ไม่มีข้อความหรือรูปภาพ")
        for number, page in enumerate(pages, start=1)
        if _is_empty(page) and not _faces_a_new_part(number, pages)
    ]
    faults += [Fault(kind="page-number", page=page, message=words) for page, words in number_faults(pages)]
    faces = sorted({(face.name, face.embedded) for page in pages for face in page.faces})
    faults += [
        Fault(kind="font", message=f"แบบอักษร {face} ไม่ได้ฝังในไฟล์ โรงพิมพ์อาจพิมพ์เป็นแบบอักษรอื่น")
        for face, embedded in faces
        if not embedded
    ]
    sizes = _sizes(pages)
    if len({tuple(sorted(size[:2])) for size in sizes}) > 1:
        faults.append(Fault(kind="page-size", message="หน้ากระดาษมีหลายขนาด: " + _size_words(sizes)))
    return Preflight(
        file=name,
        pages=len(pages),
        sizes=sizes,
        fonts=tuple(faces),
        pictures=sum(len(page.pictures) for page in pages),
        faults=tuple(faults),
        notes=tuple(_other_faces(faces)),
    )


def _other_faces(faces: list[tuple[str, bool]]) -> Iterator[str]:
    """Faces beside the official one: mostly a sign that the official face does not hold."""
    names = [face for face, _ in faces if not face.replace(" ", "").startswith(_OFFICIAL)]
    if names and len(names) < len(faces):
        yield f"มีตัวอักษรที่พิมพ์ด้วยแบบอักษรอื่นนอกจาก {OFFICIAL}: {', '.join(names)}"


def _is_empty(page: PageLayout) -> bool:
    return not page.pictures and not any(piece.text.strip() for piece in page.pieces)


def _faces_a_new_part(number: int, pages: Sequence[PageLayout]) -> bool:
    """Whether it is the left page that a book printed on both sides leaves empty, so that what counts its
    pages anew begins on the right."""
    following = pages[number] if number < len(pages) else None
    found = printed_number(following) if number % 2 == 0 and following is not None else None
    return found is not None and found[1] == 1


def _page_faults(number: int, page: PageLayout, margins: _Margins, *, marks: bool) -> Iterator[Fault]:
    for picture in page.pictures:
        if picture.dpi < LOWEST_DPI - 0.5:
            size = f"{picture.width * _MM:.0f}×{picture.height * _MM:.0f} มม."
            yield Fault(
                kind="picture",
                page=number,
                message=to_thai(
                    f"รูปภาพ {size} ละเอียดเพียง {picture.dpi:.0f} จุดต่อนิ้ว (ควรไม่น้อยกว่า {LOWEST_DPI})"
                ),
            )
    yield from _over_the_edge(number, page, margins.of(page))
    if page.notes:
        yield Fault(
            kind="comments", page=number, message=f"มีความเห็นหรือเครื่องหมาย {to_thai(str(page.notes))} แห่ง"
        )
    if marks:
        for found in _MARKS.finditer(page.text):
            words = _excerpt(page.text, found)
            yield Fault(kind="leftover", page=number, message=f"มีเครื่องหมายที่ยังไม่ได้แก้ “{words}”")


def _over_the_edge(number: int, page: PageLayout, sides: tuple[float, float]) -> Iterator[Fault]:
    """The worst piece beyond each margin, and whatever lies outside the paper."""
    left, right = sides
    worst: dict[str, tuple[float, Piece]] = {}
    for piece in page.pieces:
        if not piece.text.strip():
            continue
        over = {
            "ซ้าย": left - piece.x,
            "ขวา": piece.x + piece.width - (page.width - right),
            "บน": piece.y + piece.size * 0.5 - (page.height - _PRINTER),
            "ล่าง": _PRINTER - piece.y,
        }
        for side, amount in over.items():
            if amount > _SLACK and amount > worst.get(side, (0.0, piece))[0]:
                worst[side] = (amount, piece)
    for side, (amount, piece) in worst.items():
        outside = piece.x + piece.width <= 0 or piece.x >= page.width or not 0 <= piece.y <= page.height
        place = "อยู่นอกหน้ากระดาษ" if outside else f"เกินขอบ{side} {amount * _MM:.0f} มม."
        words = to_thai(f"ข้อความ “{_shorten(piece.text)}” {place}")
        yield Fault(kind="margin", page=number, message=words)


def _sizes(pages: list[PageLayout]) -> tuple[tuple[int, int, int], ...]:
    found = Counter((round(page.width * _MM), round(page.height * _MM)) for page in pages)
    return tuple((width, height, count) for (width, height), count in found.items())


def _size_words(sizes: tuple[tuple[int, int, int], ...]) -> str:
    return to_thai(", ".join(f"{width}×{height} มม. {count} หน้า" for width, height, count in sizes))


def _excerpt(text: str, found: re.Match[str]) -> str:
    begin, end = max(0, found.start() - _AROUND), found.end() + _AROUND
    return " ".join(text[begin:end].split())


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 2 * _AROUND else words[: 2 * _AROUND] + "…"


def report_json(report: Preflight) -> dict[str, Any]:
    """The report ready for JSON (`automation preflight --json`)."""
    return {
        "file": report.file,
        "ready": report.ready,
        "pages": report.pages,
        "sizes": [
            {"width": width, "height": height, "pages": count} for width, height, count in report.sizes
        ],
        "fonts": [{"name": name, "embedded": embedded} for name, embedded in report.fonts],
        "pictures": report.pictures,
        "faults": [{"kind": item.kind, "page": item.page, "message": item.message} for item in report.faults],
        "notes": list(report.notes),
    }
