"""Fill a Word template: compiled once, rendered as often as needed, without python-docx.

Values are escaped one by one, line breaks and tabs become Word's, static parts are copied as the bytes they
are. Nothing is evaluated leniently: an unknown name, a tag that is not closed or a value that a filter cannot
take is a TemplateError with the template, the place, the tag and the text around it.
"""

from __future__ import annotations

import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.parsers import expat

from automation.errors import TemplateError
from automation.office.archive import Archive, Packed
from automation.office.body_stream import Body, gathered
from automation.office.compile_controls import with_controls
from automation.office.compile_expression import environment, meaning
from automation.office.compile_grid import SPACES, even_columns
from automation.office.compile_part import PartSource, Tag, compile_part
from automation.office.part_places import part_place
from automation.office.saving import save_bytes
from automation.office.settle_controls import Choices, settled, with_placeholder_style

_EMPTY_CELL = re.compile(r"(<w:tc>|<w:tcPr/>|</w:tcPr>|</w:tbl>)</w:tc>")
_DRAWING = re.compile(r'(<wp:docPr\b[^>]*?\b)id="\d+"')
_BODY = "word/document.xml"
_STYLES = "word/styles.xml"
_HINT = "กรุณาเปิดแม่แบบใน Word แก้ไขตรงที่ระบุ แล้วตรวจด้วยคำสั่ง automation lint"


def fill_document(template: Path, context: Mapping[str, Any], target: Path) -> None:
    """Write the template filled with the context as `target`, whole or not at all."""
    save_bytes(target, render_document(template, context))


def render_document(
    template: Path, context: Mapping[str, Any], *, controls: bool = False, choices: Choices | None = None
) -> bytes:
    """The filled document as bytes; TemplateError when the template or the context does not fit.

    With `controls` ticks can be clicked and values carry their path, as a form wants it; the fields named in
    `choices` offer their entries.
    """
    return compile_document(template, controls=controls).render(context, choices or {})


def compile_document(template: Path, *, controls: bool = False) -> Compiled:
    """The compiled template, kept until the file changes; TemplateError when it cannot be used."""
    try:
        state = template.stat()
        return _compiled(template, controls, state.st_mtime_ns, state.st_size)
    except (OSError, zipfile.BadZipFile, KeyError, SyntaxError, UnicodeDecodeError) as error:
        raise TemplateError(f"เปิดแม่แบบไม่ได้ ({error})", hint=_HINT, place=template.name) from error


@lru_cache(maxsize=64)
def _compiled(template: Path, controls: bool, _changed: int, _size: int) -> Compiled:
    with zipfile.ZipFile(template) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    if controls:
        parts[_BODY] = with_controls(parts[_BODY])
        if _STYLES in parts:
            parts[_STYLES] = with_placeholder_style(parts[_STYLES])
    return Compiled(template.name, parts, controls=controls)


class Compiled:
    """A template ready to be filled any number of times."""

    def __init__(self, name: str, parts: Mapping[str, bytes], *, controls: bool = False) -> None:
        self._name = name
        self._controls = controls
        self._fixed = Archive()
        self._looped: list[tuple[PartSource, Any]] = []
        made = environment()
        for part, data in parts.items():
            source = self._source(part, data)
            if source is None:
                self._fixed.add(part, data, small=True)
            else:
                self._looped.append((source, self._jinja(made, source)))

    @property
    def sources(self) -> tuple[PartSource, ...]:
        """The parts that hold tags, as Jinja source."""
        return tuple(source for source, _ in self._looped)

    def render(self, context: Mapping[str, Any], choices: Choices | None = None) -> bytes:
        """The package with every tag filled from the context; `choices` for the lists of its controls."""
        archive = self._fixed.copy()
        for source, template in self._looped:
            pieces = self._filled(source, template, context)
            if self._controls and source.name == _BODY:
                pieces = iter([settled(b"".join(pieces), choices or {})])
            archive.put(source.name, Packed.of(pieces))
        return archive.closed()

    def _source(self, part: str, data: bytes) -> PartSource | None:
        if not part.endswith(".xml") or part == "[Content_Types].xml":
            return None
        try:
            return compile_part(part, data)
        except TemplateError as error:
            place = f"{self._name} {error.place}".strip()
            raise TemplateError(error.message, hint=error.hint, place=place) from error

    def _jinja(self, made: Any, source: PartSource) -> Any:
        from jinja2 import Template
        from jinja2.exceptions import TemplateSyntaxError

        try:
            code = made.compile(source.source, name=source.name, filename=source.name)
        except TemplateSyntaxError as error:
            raise self._error(error, source, error.lineno) from error
        return Template.from_code(made, code, made.make_globals(None))

    def _filled(self, source: PartSource, template: Any, context: Mapping[str, Any]) -> Iterator[bytes]:
        """The filled part piece by piece: of a long book little lies in memory at a time."""
        texts = self._texts(source, template, context)
        if source.name.startswith("word/"):
            texts = _mended(texts)
        parser = expat.ParserCreate("utf-8")
        try:
            for text in gathered(texts):
                data = text.encode("utf-8")
                parser.Parse(data, False)
                yield data
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            message = "คำสั่ง if หรือ for คร่อมย่อหน้าหรือตารางไม่ครบคู่ เอกสารที่ได้จะเปิดใน Word ไม่ได้"
            place = " ".join(filter(None, (self._name, part_place(source.name))))
            raise TemplateError(message, hint=_HINT, place=place) from error

    def _texts(self, source: PartSource, template: Any, context: Mapping[str, Any]) -> Iterator[str]:
        from jinja2.exceptions import TemplateError as JinjaError

        try:
            yield from template.generate(context)
        except (JinjaError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise self._error(error, source, _line(error, source.name)) from error

    def _error(self, error: Exception, source: PartSource, line: int) -> TemplateError:
        """The error with the place of the tag that stands on the line."""
        tag = source.tags[line - 1] if 0 < line <= len(source.tags) else Tag("", part_place(source.name), "")
        near = f" ใกล้ข้อความ “{tag.near}”" if tag.near else ""
        return TemplateError(
            f"{meaning(error)} ในคำสั่ง {tag.text}{near}" if tag.text else meaning(error),
            hint=_HINT,
            place=f"{self._name} {tag.place}".strip(),
        )


def _mended(pieces: Iterable[str]) -> Iterator[str]:
    """What looping does not know of Word, block by block: a cell holds a paragraph, columns fill the width,
    every drawing has a number of its own, or Word calls the file damaged."""
    numbers = itertools.count(1)
    body = Body(gathered(pieces))
    opening = f"<x {' '.join(dict.fromkeys(SPACES.findall(body.head)))}>"

    def mended(text: str) -> str:
        text = _EMPTY_CELL.sub(r"\1<w:p/></w:tc>", even_columns(text, opening))
        return (
            _DRAWING.sub(lambda match: f'{match[1]}id="{next(numbers)}"', text)
            if "<wp:docPr" in text
            else text
        )

    if not body.is_cut:  # a header or another part without a body
        yield mended(body.head)
        return
    yield body.head
    yield from map(mended, body.blocks())
    yield body.tail


def _line(error: Exception, filename: str) -> int:
    """The line of the template source at which the error rose, 0 when it is not known."""
    line, frame = 0, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == filename:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
