"""Catch-words: the first words of the next page, at the foot of the page before (`/ตามที่…`).

Where a page ends is known only when it is set, and another program may set it otherwise. So the words are
read from the finished PDF and put on its pages; the Word file, which people still edit, has none.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from automation.office.docx_names import W
from automation.office.pdf import convert
from automation.office.pdf_layout import PageLayout, page_layouts
from automation.office.rewrite import replace_parts
from automation.thai.text import normalize
from automation.thai.words import cut_at_word

_NUMBER = re.compile(r"-\s*[0-9๐-๙]+\s*-")
_LONGEST = 54
"""Bytes of a catch-word: about eighteen letters."""
_SHEET = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="15760" w:right="1134" w:bottom="280" '
    'w:left="1701" w:header="280" w:footer="0" w:gutter="0"/></w:sectPr>'
)
"""An upright sheet with room for one line, under the text of any letter."""


def put_catch_words(files: Sequence[Path], pdfs: Sequence[Path], *, archive: bool = False) -> None:
    """Give each PDF the catch-words of its pages, in the face of its Word file; one without continued pages
    stays as it is. RenderError as `convert` raises it."""
    from pypdf import PdfReader

    words = [catch_words(list(page_layouts(PdfReader(pdf)))) for pdf in pdfs]
    chosen = [(file, pdf, of) for file, pdf, of in zip(files, pdfs, words, strict=True) if of]
    if not chosen:
        return
    with tempfile.TemporaryDirectory(prefix="catch-") as name:
        work = Path(name)
        sheets = [_sheets(file, work / f"{number}.docx", of) for number, (file, _, of) in enumerate(chosen)]
        made = convert(sheets, work / "pdf", archive=archive)
        for (_, pdf, of), sheet in zip(chosen, made, strict=True):
            _lay_over(pdf, sheet, sorted(of))


def catch_words(pages: Sequence[PageLayout]) -> dict[int, str]:
    """Page (from 0) → the words with which the next page goes on, of pages that a numbered one follows."""
    found = {}
    for place, (page, following) in enumerate(pairwise(pages)):
        rows = _rows(following)
        if page.width < page.height and len(rows) > 1 and _NUMBER.fullmatch(rows[0]) and rows[1].strip(". "):
            found[place] = "/" + cut_at_word(rows[1], _LONGEST).strip() + "..."
    return found


def _rows(page: PageLayout) -> list[str]:
    """The lines of text from the top, with single spaces; each as it was drawn, which is as it is read."""
    rows: dict[int, list[str]] = {}
    for piece in page.pieces:
        if piece.text.strip() or rows.get(round(piece.y)):
            rows.setdefault(round(piece.y), []).append(piece.text)
    lines = ("".join(row) for _, row in sorted(rows.items(), reverse=True))
    return [" ".join(normalize(line).split()) for line in lines]


def _sheets(file: Path, target: Path, words: Mapping[int, str]) -> Path:
    """A Word file with the styles of this one and a sheet for each catch-word."""
    from automation.office.compile_expression import escaped_text

    body = "".join(
        f'<w:p><w:pPr>{"<w:pageBreakBefore/>" if number else ""}<w:jc w:val="right"/></w:pPr>'
        f"<w:r><w:t>{escaped_text(text)}</w:t></w:r></w:p>"
        for number, (_, text) in enumerate(sorted(words.items()))
    )
    document = f'<w:document xmlns:w="{W[1:-1]}"><w:body>{body}{_SHEET}</w:body></w:document>'
    target.write_bytes(file.read_bytes())
    replace_parts(target, {"word/document.xml": document.encode()})
    return target


def _lay_over(pdf: Path, sheets: Path, pages: Sequence[int]) -> None:
    """Put each sheet over its page."""
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(pdf)
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    for page, sheet in zip(pages, PdfReader(sheets).pages, strict=True):
        writer.pages[page].merge_page(sheet)
    writer.write(pdf)
