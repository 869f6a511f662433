"""Comments in a copy of a Word file, each at the paragraph that it speaks of.

Word allows no comment in headers, footnotes and text boxes: there it stands at the paragraph that holds the
box, or at the title, and names the place.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from lxml import etree

from automation.office.annotate import INITIALS, Mark, Pencil
from automation.office.annotate_erase import erase
from automation.office.annotate_parts import Parts
from automation.office.docx_names import whole

_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_FONT = "TH SarabunPSK"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def annotate_docx(parts: Parts, marks: Sequence[Mark], pencil: Pencil) -> None:
    """Write the remarks into the parts of a Word file, after taking out those of an earlier copy."""
    root = parts.edit(parts.main)
    w = root.tag.removesuffix("document")
    comments = _comments_part(parts, w)
    erase(parts, comments, w)
    places = _Places(parts.main, root, w)
    taken = {whole(item.get(f"{w}id")) for item in comments}
    taken |= {whole(item.get(f"{w}id")) for item in root.iter(f"{w}commentReference")}
    for number, mark in enumerate(marks, max(taken, default=-1) + 1):
        paragraph, exact = places.of(mark.ref)
        lines = mark.lines if exact or not mark.where else (*mark.lines, f"ตำแหน่ง: {mark.where}")
        comments.append(_comment(w, number, lines, pencil))
        _anchor(paragraph, w, number)


def _comments_part(parts: Parts, w: str) -> Any:
    """Root of the comments part, made where the file has none."""
    name = parts.related(parts.main, "comments")
    if not name:
        folder = parts.main.rpartition("/")[0]
        empty = etree.tostring(etree.Element(f"{w}comments", nsmap={"w": w[1:-1]}))
        name, _ = parts.add(parts.main, f"{folder}/comments.xml".lstrip("/"), _CONTENT, "comments", empty)
    return parts.edit(name)


class _Places:
    """The paragraphs of the main part that can hold a comment."""

    def __init__(self, part: str, root: Any, w: str) -> None:
        self._part, self._p = part, f"{w}p"
        self._paragraphs = list(root.iter(self._p))
        if not self._paragraphs:
            body = root.find(f"{w}body")
            paragraph = etree.Element(self._p)
            (root if body is None else body).insert(0, paragraph)
            self._paragraphs.append(paragraph)
        loose = [item for item in self._paragraphs if self._holder(item) is item]
        inked = (item for item in loose if any(text.text for text in item.iter(f"{w}t")))
        self._title = next(inked, loose[0])

    def of(self, ref: str) -> tuple[Any, bool]:
        """The paragraph of a reference, else the title; and whether the reference names that paragraph."""
        part, _, number = ref.partition("#p")
        if part != self._part or not number.isdecimal() or int(number) >= len(self._paragraphs):
            return self._title, False
        paragraph = self._paragraphs[int(number)]
        holder = self._holder(paragraph)
        return holder, holder is paragraph

    def _holder(self, paragraph: Any) -> Any:
        """The paragraph itself, or the one around the text box that it stands in."""
        return next(reversed([paragraph, *paragraph.iterancestors(self._p)]))


def _anchor(paragraph: Any, w: str, number: int) -> None:
    """Let the comment span the whole paragraph, around what other comments span already."""
    identity = {f"{w}id": str(number)}
    first = 1 if len(paragraph) and paragraph[0].tag == f"{w}pPr" else 0
    paragraph.insert(first, etree.Element(f"{w}commentRangeStart", identity))
    etree.SubElement(paragraph, f"{w}commentRangeEnd", identity)
    run = etree.SubElement(paragraph, f"{w}r")
    look = etree.SubElement(run, f"{w}rPr")
    for name in ("sz", "szCs"):
        etree.SubElement(look, w + name, {f"{w}val": "16"})
    etree.SubElement(look, f"{w}cs")
    etree.SubElement(run, f"{w}commentReference", identity)


def _comment(w: str, number: int, lines: Sequence[str], pencil: Pencil) -> Any:
    comment = etree.Element(
        f"{w}comment",
        {
            f"{w}id": str(number),
            f"{w}author": pencil.author,
            f"{w}date": f"{pencil.when:%Y-%m-%dT%H:%M:%SZ}",
            f"{w}initials": INITIALS,
        },
    )
    for line, bold in zip(lines, itertools.chain((True,), itertools.repeat(False)), strict=False):
        paragraph = etree.SubElement(comment, f"{w}p")
        if bold:
            run = etree.SubElement(paragraph, f"{w}r")
            etree.SubElement(run, f"{w}annotationRef")
        run = etree.SubElement(paragraph, f"{w}r")
        run.append(_look(w, bold))
        text = etree.SubElement(run, f"{w}t", {_SPACE: "preserve"})
        text.text = line
    return comment


def _look(w: str, bold: bool) -> Any:
    """Run properties with their complex-script twins, without which Thai keeps another font and size."""
    look = etree.Element(f"{w}rPr")
    etree.SubElement(look, f"{w}rFonts", {w + slot: _FONT for slot in ("ascii", "hAnsi", "cs")})
    for name in ("b", "bCs") if bold else ():
        etree.SubElement(look, w + name)
    for name in ("sz", "szCs"):
        etree.SubElement(look, w + name, {f"{w}val": "28"})
    etree.SubElement(look, f"{w}cs")
    etree.SubElement(look, f"{w}lang", {f"{w}bidi": "th-TH"})
    return look
