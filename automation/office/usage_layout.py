"""The office's choices of layout, set in styles and pages: margins, places, alignment, room to sign.

Only what differs from the default is touched, so that the base template stays the measure of the rest.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from automation.office.docx_names import P, T, W
from automation.office.rewrite import read_parts, replace_parts
from automation.office.word_styles import STYLES, by_id
from automation.thai.usage import DEFAULT, Usage, worded

MEMOS = ("memo", "invitation")
MEMO_TOP = 1021
"""Upper margin of a memo in twentieths of a point (1.8 cm), for an emblem 1.5 cm below the edge."""
_DATED = (*MEMOS, "letter")
_DOCUMENT = "word/document.xml"
_LAST, _SPACE, _NAME = "BodyLast", "SignatureSpace", "SignatureBlock"


def follow_usage(document: Path, usage: Usage, paper: str) -> None:
    """Set a finished document of this kind of paper as the office wants it; unchanged for the default."""
    from lxml import etree

    if usage == DEFAULT:
        return
    parts = read_parts(document)
    roots = {name: etree.fromstring(parts[name]) for name in (STYLES, _DOCUMENT)}
    set_styles(roots[STYLES], usage)
    for section in upright_sections(roots[_DOCUMENT]):
        set_margins(section.find(W + "pgMar"), usage, paper)
    set_space(roots[_DOCUMENT], usage, paper)
    for text in roots[_DOCUMENT].iter(T):
        text.text = worded(text.text or "", usage, era=paper in _DATED)
    written = {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in roots.items()
    }
    replace_parts(document, written)


def set_styles(styles: Any, usage: Usage) -> None:
    """Give the styles of the base the office's alignment of text and the places in the head of a letter."""
    if usage.alignment != DEFAULT.alignment:
        for alignment in styles.iter(W + "jc"):
            if alignment.get(W + "val") == DEFAULT.alignment:
                alignment.set(W + "val", usage.alignment)
    own = by_id(styles)
    if usage.letter_date_cm != DEFAULT.letter_date_cm and "LetterDate" in own:
        own["LetterDate"].find(f"{W}pPr/{W}ind").set(W + "left", _twips(usage.letter_date_cm))
    if usage.letter_office_cm != DEFAULT.letter_office_cm and "LetterNumber" in own:
        place, style = _twips(usage.letter_office_cm), own["LetterNumber"]
        style.find(f"{W}pPr/{W}tabs/{W}tab").set(W + "pos", place)
        for name in ("left", "hanging"):
            style.find(f"{W}pPr/{W}ind").set(W + name, place)


def set_margins(margins: Any, usage: Usage, paper: str) -> None:
    """Give an upright page its upper and lower margin where they are not the default."""
    memo = paper in MEMOS
    top, usual = (usage.memo_top_cm, DEFAULT.memo_top_cm) if memo else (usage.top_cm, DEFAULT.top_cm)
    if memo:
        margins.set(W + "top", str(MEMO_TOP))
    if top != usual:
        margins.set(W + "top", _twips(top))
    if usage.bottom_cm != DEFAULT.bottom_cm:
        margins.set(W + "bottom", _twips(usage.bottom_cm))


def set_space(body: Any, usage: Usage, paper: str) -> bool:
    """Give a memo its empty lines before the signature; whether anything changed."""
    changed = False
    for spaces in signature_spaces(body) if paper in MEMOS else ():
        while len(spaces) > usage.memo_blank_lines:
            last = spaces.pop()
            last.getparent().remove(last)
            changed = True
        while len(spaces) < usage.memo_blank_lines:
            spaces[0].addprevious(copy.deepcopy(spaces[0]))
            spaces.append(spaces[0].getprevious())
            changed = True
    return changed


def signature_spaces(body: Any) -> Iterator[list[Any]]:
    """The empty paragraphs between the last sentence and the name, of each signature that has such."""
    for paragraph in list(body.iter(P)):
        if _style(paragraph) != _LAST:
            continue
        spaces, following = [], paragraph.getnext()
        while following is not None and _style(following) == _SPACE:
            spaces.append(following)
            following = following.getnext()
        if spaces and _style(following) == _NAME:
            yield spaces


def upright_sections(body: Any) -> Iterator[Any]:
    """The sections with a size, margins, and no broadside page."""
    for section in body.iter(W + "sectPr"):
        size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
        if size is not None and margins is not None and size.get(W + "orient") != "landscape":
            yield section


def _twips(centimetres: float) -> str:
    return str(round(centimetres * 567))


def _style(paragraph: Any) -> str:
    found = None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(W + "val"))
