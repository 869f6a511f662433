"""Where the chapters of a book lie that the office writes itself, and what is missing of them.

`templates/docx/chapters/<book>/<chapter>.docx` is the chapter of one book,
`templates/docx/chapters/<chapter>.docx` one of all books that name it. A chapter may hold placeholders.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from automation.documents.catalogue import Kind, Paper
from automation.office.chapters import chapters_of, lost_in
from automation.office.fill import compile_document

FOLDER = "chapters"
FORM, GUIDE = "แบบเสนอโครงการ", "คำอธิบายการกรอกแบบเสนอโครงการ"
"""Chapters that come from the forms themselves where the office has none of its own."""


def chapter_folder(kind: Kind) -> Path:
    """The folder of the chapters of this book, whether or not it is there."""
    return kind.template.parent / FOLDER / kind.template.stem


def chapter_files(folder: Path) -> dict[str, Path]:
    """Name → file of every chapter that a book may take in; its own before one of all books."""
    return {
        file.stem: file
        for place in (folder.parent, folder)
        for file in sorted(place.glob("*.docx"))
        if not file.name.startswith("~$")
    }


def chapter_notes(kind: Kind) -> tuple[str, ...]:
    """Thai remarks for who makes the book: chapters that are missing, and what one cannot bring along."""
    return tuple(_notes(kind)) if kind.paper is Paper.BOOK else ()


def asked_for(kind: Kind) -> tuple[str, ...]:
    """The names of the chapters that the template of a book asks for."""
    sources = compile_document(kind.template).sources
    return tuple(dict.fromkeys(name for source in sources for name in chapters_of(source.source)))


def _notes(kind: Kind) -> Iterator[str]:
    folder = chapter_folder(kind)
    files = chapter_files(folder)
    for name in asked_for(kind):
        if name not in files and name in (FORM, GUIDE):
            continue
        if name not in files:
            yield f"ยังไม่มีบท “{name}” ({folder.name}/{name}.docx ใน templates/docx/{FOLDER})"
        elif lost := lost_in(files[name]):
            yield f"บท “{name}” มี{' และ'.join(lost)} ซึ่งเล่มไม่ได้นำมาด้วย"
