"""Make one document in the outbox.

A document that lies there may have been edited by hand, so nothing is ever overwritten: when the same
document with the same content is already there, it stays as it is; otherwise the new one gets the next free
version in its name, ` (ฉบับที่ ๒)`. The files themselves are compared, no list of hashes has to be kept.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from automation.documents.books import take_in, write_contents
from automation.documents.catalogue import Kind, Paper
from automation.documents.chapters import chapter_folder
from automation.documents.context import value_at
from automation.documents.stamping import stamps_of
from automation.office.embed_fonts import embed_fonts
from automation.office.emblem import FILE as EMBLEM
from automation.office.emblem import put_emblem
from automation.office.fill import fill_document
from automation.office.stamps import put_stamps
from automation.office.unbroken import keep_together
from automation.office.usage_layout import follow_usage
from automation.thai.digits import to_thai
from automation.thai.usage import DEFAULT, Usage
from automation.thai.words import cut_at_word

_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST = 210
"""Bytes of a file name: file systems allow 255, and the version and the ending still have to fit."""


def make(
    kind: Kind,
    context: Mapping[str, Any],
    target: Path,
    *,
    embed: bool = False,
    usage: Usage = DEFAULT,
    chapters: Mapping[str, Path] = MappingProxyType({}),
) -> Path:
    """Write the document into the folder `target`; the path of the file that now holds it.

    `embed` puts the face into the file; RenderError where that cannot be. `usage`: what the office does where
    the sources on correspondence differ; books have a layout of their own.
    `chapters` go into a book where the office has written none of that name.
    TemplateError when the template cannot be filled with this context.
    """
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target, prefix=".") as work:
        made = Path(work) / "made.docx"
        fill_document(kind.template, context, made)
        if kind.paper is Paper.BOOK:
            take_in(made, context, chapter_folder(kind), chapters)
        else:
            follow_usage(made, usage, kind.paper)
            keep_together(made)
            put_stamps(made, stamps_of(kind.paper, context["facts"]))
        put_emblem(made, kind.template.with_name(EMBLEM))
        if embed:
            embed_fonts(made)
        if kind.paper is Paper.BOOK:  # last of all: the PDF that its pages are counted on is that of the file
            write_contents(made)
        return settle(made, target, file_name(kind, context))


def settle(made: Path, target: Path, name: str) -> Path:
    """Move a made Word or Excel file into its folder; the path of the file there that now holds it."""
    for path in _versions(target, name, made.suffix):
        if not path.exists():
            made.replace(path)
            return path
        if same_content(made, path):
            return path
    raise AssertionError("versions never end")


def file_name(kind: Kind, context: Mapping[str, Any]) -> str:
    """The name that the catalogue gives the document, without ending, safe on Windows and Linux."""
    filled = re.sub(r"\{([\w.]+)\}", lambda match: to_thai(str(value_at(context, match[1]) or "")), kind.name)
    name = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", filled))
    return cut_at_word(" ".join(name.split()), _LONGEST).strip(" .-(") or kind.id


def same_content(one: Path, other: Path) -> bool:
    """Whether two Office files hold the same parts, whatever their time stamps and compression."""
    try:
        with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
            names = first.namelist()
            return names == second.namelist() and all(first.read(name) == second.read(name) for name in names)
    except (OSError, zipfile.BadZipFile):
        return False


def _versions(target: Path, name: str, suffix: str) -> Iterator[Path]:
    yield target / f"{name}{suffix}"
    number = 2
    while True:
        yield target / f"{name} (ฉบับที่ {to_thai(str(number))}){suffix}"
        number += 1
