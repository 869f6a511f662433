"""Bring a Word template to a changed base: its styles, defaults and margins, nothing of its content."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from automation.office.docx_names import W
from automation.office.lint_layout import BOOK
from automation.office.rewrite import read_parts, replace_parts
from automation.office.usage_layout import set_margins, set_space, set_styles, upright_sections
from automation.office.word_styles import DEFAULTS, STYLES, by_id, differences
from automation.thai.usage import DEFAULT, Usage

_DOCUMENT = "word/document.xml"
_MARGINS = ("top", "right", "bottom", "left", "header", "footer", "gutter")


def restyle(path: Path, base: Path, paper: str, usage: Usage = DEFAULT) -> tuple[str, ...]:
    """Give the template every style of the base, the defaults, and (but for a book) the margins of its
    upright pages, as the office's `usage` has them; Thai names of what changed. Its own styles and what
    paragraphs set by themselves stay; a template that agrees already is not touched.
    """
    from lxml import etree

    parts, model = read_parts(path), read_parts(base)
    styles, body = etree.fromstring(parts[STYLES]), etree.fromstring(parts[_DOCUMENT])
    wanted, pages = etree.fromstring(model[STYLES]), []
    if paper != BOOK:
        set_styles(wanted, usage)
        pages = _margins(body, etree.fromstring(model[_DOCUMENT]), paper, usage)
        pages += ["ที่ว่างก่อนลายมือชื่อ"] if set_space(body, usage, paper) else []
    changed = _styles(styles, wanted)
    new = {}
    for name, root, found in ((STYLES, styles, changed), (_DOCUMENT, body, pages)):
        if found:
            new[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if new:
        replace_parts(path, new)
    return tuple(dict.fromkeys((*changed, *pages)))


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


def _margins(body: Any, base: Any, paper: str, usage: Usage) -> list[str]:
    wanted = next(base.iter(W + "pgMar"))
    set_margins(wanted, usage, paper)
    changed = False
    for section in upright_sections(body):
        own = section.find(W + "pgMar")
        for name in _MARGINS:
            right = wanted.get(W + name)
            changed = changed or own.get(W + name) != right
            own.set(W + name, right)
    return ["ขอบกระดาษ"] if changed else []
