"""Bring a Word template to a changed base: its styles, defaults and margins, nothing of its content."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from automation.office.docx_names import W
from automation.office.lint_layout import BOOK, MEMO_TOP, MEMOS
from automation.office.rewrite import read_parts, replace_parts
from automation.office.word_styles import DEFAULTS, STYLES, by_id, differences

_DOCUMENT = "word/document.xml"
_MARGINS = ("top", "right", "bottom", "left", "header", "footer", "gutter")


def restyle(path: Path, base: Path, paper: str) -> tuple[str, ...]:
    """Give the template every style of the base, the defaults, and (but for a book) the margins of its
    upright pages; Thai names of what changed. Its own styles and what paragraphs set by themselves stay; a
    template that agrees already is not touched.
    """
    from lxml import etree

    parts, model = read_parts(path), read_parts(base)
    styles, body = etree.fromstring(parts[STYLES]), etree.fromstring(parts[_DOCUMENT])
    changed = _styles(styles, etree.fromstring(model[STYLES]))
    margins = [] if paper == BOOK else _margins(body, etree.fromstring(model[_DOCUMENT]), paper)
    new = {}
    for name, root, found in ((STYLES, styles, changed), (_DOCUMENT, body, margins)):
        if found:
            new[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if new:
        replace_parts(path, new)
    return tuple(dict.fromkeys((*changed, *margins)))


def _styles(styles: Any, model: Any) -> list[str]:
    changed = []
    own = by_id(styles)
    defaults, wanted = styles.find(W + DEFAULTS), model.find(W + DEFAULTS)
    if defaults is None or differences(defaults, wanted):
        if defaults is not None:
            styles.remove(defaults)
        styles.insert(0, copy.deepcopy(wanted))
        changed.append("ค่าเริ่มต้นของเอกสาร")
    for name, style in by_id(model).items():
        if name not in own:
            styles.append(copy.deepcopy(style))
        elif differences(own[name], style):
            styles.replace(own[name], copy.deepcopy(style))
        else:
            continue
        changed.append(f"ลักษณะ “{style.find(W + 'name').get(W + 'val')}”")
    return changed


def _margins(body: Any, base: Any, paper: str) -> list[str]:
    wanted = next(base.iter(W + "pgMar"))
    changed = False
    for section in body.iter(W + "sectPr"):
        size, own = section.find(W + "pgSz"), section.find(W + "pgMar")
        if size is None or own is None or size.get(W + "orient") == "landscape":
            continue
        for name in _MARGINS:
            right = str(MEMO_TOP) if name == "top" and paper in MEMOS else wanted.get(W + name)
            changed = changed or own.get(W + name) != right
            own.set(W + name, right)
    return ["ขอบกระดาษ"] if changed else []
