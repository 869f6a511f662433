"""Turn the places to write of a form template into Word's content controls.

A tick becomes a box that people click, a value becomes a field that carries its path (`project.budget.total`)
as a tag, so that a copy that comes back tells what each text is, whatever happened to the labels.
Values inside loops stay plain text: people add and drop rows.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from automation.office.docx_names import MC, W14, T, W
from automation.office.package import safe_parser

_TICK = re.compile(r"\{\{((?:(?!\}\}).)*)\|\s*tick\s*\}\}")
_PATH = re.compile(r"\{\{\s*(\w+)((?:\.\w+)+)\s*(?:\|(?:(?!\}\}).)*)?\}\}")
_EITHER = re.compile(f"{_TICK.pattern}|{_PATH.pattern}")
_FILTER = re.compile(r"\|\s*(\w+)")
_FAITHFUL = frozenset(
    {"thai", "baht", "baht2", "baht_text", "percent", "date", "date_era", "date_short", "weekday", "time"}
    | {"dots", "tidy", "choice"}
)
"""Filters that print a value as what it is; behind any other the text is not the field's value."""
_LOOP = re.compile(r"\bfor\s+(\w+)\s+in\b")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def with_controls(xml: bytes) -> bytes:
    """The body of a template with controls around its ticks and its values outside of loops."""
    root = _declaring(etree.fromstring(xml, safe_parser()))
    looped = set(_LOOP.findall("".join(root.itertext(T))))
    for run in list(root.iter(W + "r")):
        texts = run.findall(T)
        if len(texts) == 1 and _EITHER.search(texts[0].text or ""):
            _split(run, texts[0].text, looped)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return data


def _declaring(root: Any) -> Any:
    """The root with the name spaces that check boxes need; older programs are told to ignore them."""
    wanted = {**root.nsmap, "w14": W14[1:-1], "mc": MC[1:-1]}
    renewed = etree.Element(root.tag, dict(root.attrib), nsmap=wanted)
    renewed[:] = list(root)
    ignorable = renewed.get(MC + "Ignorable", "").split()
    renewed.set(MC + "Ignorable", " ".join(dict.fromkeys([*ignorable, "w14"])))
    return renewed


def _split(run: Any, text: str, looped: set[str]) -> None:
    """Put a control around each tick and value of the run, and keep what stands between as runs."""
    pieces: list[Any] = []
    end = 0
    for match in _EITHER.finditer(text):
        control = _control(run, match, looped)
        if control is None:
            continue
        pieces += _plain(run, text[end : match.start()])
        pieces.append(control)
        end = match.end()
    pieces += _plain(run, text[end:])
    parent = run.getparent()
    position = parent.index(run)
    parent[position : position + 1] = pieces


def _plain(run: Any, text: str) -> Iterator[Any]:
    if text:
        yield _with_text(run, text)


def _with_text(run: Any, text: str) -> Any:
    twin = copy.deepcopy(run)
    twin.tail = None
    twin.find(T).text = text
    twin.find(T).set(_SPACE, "preserve")
    return twin


def _control(run: Any, match: re.Match[str], looped: set[str]) -> Any:
    """The control for one tag; None where the tag stays as it is."""
    if _TICK.fullmatch(match[0]):
        properties = _box(f"{match[0][:-2]}| checked }}}}")
    elif match[2] in looped or not _FAITHFUL.issuperset(_FILTER.findall(match[0])):
        return None
    else:
        properties = etree.Element(W + "sdtPr")
        etree.SubElement(properties, W + "tag", {W + "val": match[2] + match[3]})
    control = etree.Element(W + "sdt")
    control.append(properties)
    etree.SubElement(control, W + "sdtContent").append(_with_text(run, match[0]))
    return control


def _box(state: str) -> Any:
    properties = etree.Element(W + "sdtPr")
    box = etree.SubElement(properties, W14 + "checkbox")
    etree.SubElement(box, W14 + "checked", {W14 + "val": state})
    for name, sign in (("checkedState", "2611"), ("uncheckedState", "2610")):
        etree.SubElement(box, W14 + name, {W14 + "val": sign, W14 + "font": "Segoe UI Symbol"})
    return properties
