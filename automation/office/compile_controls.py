"""Turn the places to write of a form template into Word's content controls.

A tick becomes a box that people click, a value becomes a field that carries its path as a tag
(`project.budget.total`, in the rows of a list `project.budget.lines.2.amount`), so that a copy that comes
back tells what each text is, whatever happened to the labels. A date gets the calendar of the Buddhist Era.
What a control shows while its field is empty is marked as a placeholder. `settle_controls` finishes them once
they are filled.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from automation.office.docx_names import MC, VAL, W14, P, T, W
from automation.office.package import safe_parser

_TICK = re.compile(r"\{\{((?:(?!\}\}).)*)\|\s*tick\s*\}\}")
_PATH = re.compile(r"\{\{\s*(\w+)((?:\.\w+)*)\s*(?:\|(?:(?!\}\}).)*)?\}\}")
_EITHER = re.compile(f"{_TICK.pattern}|{_PATH.pattern}")
_FILTER = re.compile(r"\|\s*(\w+)")
_DATES = frozenset({"date", "date_era", "date_short", "weekday"})
_FAITHFUL = _DATES | {"thai", "baht", "baht2", "baht_text", "percent", "time", "dots", "tidy", "choice"}
"""Filters that print a value as what it is; behind any other the text is not the field's value."""
_LOOP = re.compile(
    r"\{%-?\s*(?:tr|tc|p|r)?\s*(?:for\s+(\w+)\s+in\s+(\w+(?:\.\w+)+(?=\s*-?%\}))?[^%]*|(endfor)\s*-?)%\}"
)
_LOOPED = re.compile(r"\bfor\s+(\w+)\s+in\b")
_FORMATS = {"weekday": "'วัน'dddd'ที่' d MMMM yyyy", "date_short": "d MMM yy"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def with_controls(xml: bytes) -> bytes:
    """The body of a template with controls around its ticks and its values."""
    root = _declaring(etree.fromstring(xml, safe_parser()))
    scope = _Scope(set(_LOOPED.findall("".join(root.itertext(T)))))
    for paragraph in list(root.iter(P)):
        scope.enter(paragraph)
        for run in [node for node in paragraph.iter(W + "r") if next(node.iterancestors(P)) is paragraph]:
            for single in _singles(run):
                text = single.findtext(T) or ""
                if _EITHER.search(text):
                    _split(single, text, scope)
                scope.position += len(text)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return data


def _singles(run: Any) -> list[Any]:
    """The run as runs with one text each, so that a tab between two texts stays between their controls."""
    texts = run.findall(T)
    if len(texts) < 2:
        return [run]
    look = run.find(W + "rPr")
    made = []
    for child in [child for child in run if child is not look]:
        single = etree.Element(run.tag, dict(run.attrib))
        single.extend([copy.deepcopy(look), child] if look is not None else [child])
        made.append(single)
    parent = run.getparent()
    position = parent.index(run)
    parent[position : position + 1] = made
    return made


class _Scope:
    """The loops around the place that is looked at: variable → path of its list."""

    def __init__(self, looped: set[str]) -> None:
        self._looped = looped
        self._open: list[tuple[str, str]] = []
        self._marks: list[re.Match[str]] = []
        self.position = 0

    def enter(self, paragraph: Any) -> None:
        """Close the last paragraph and begin this one."""
        self._pass(float("inf"))
        self.position = 0
        self._marks = list(_LOOP.finditer("".join(paragraph.itertext(T))))

    def path(self, root: str, rest: str, offset: int) -> str:
        """The path of a value at the offset in the run; empty for what has none, as in a loop in a loop."""
        self._pass(self.position + offset)
        if root not in self._looped:
            return root + rest if rest and root != "loop" else ""
        if [name for name, _ in self._open] != [root] or not self._open[0][1]:
            return ""
        return f"{self._open[0][1]}.{{{{ loop.index }}}}{rest}"

    def _pass(self, position: float) -> None:
        """Open and close the loops that stand before the position in the paragraph."""
        while self._marks and self._marks[0].start() < position:
            mark = self._marks.pop(0)
            if mark[1]:
                self._open.append((mark[1], mark[2] or ""))
            elif self._open:
                self._open.pop()


def _declaring(root: Any) -> Any:
    """The root with the name spaces that check boxes need; older programs are told to ignore them."""
    wanted = {**root.nsmap, "w14": W14[1:-1], "mc": MC[1:-1]}
    renewed = etree.Element(root.tag, dict(root.attrib), nsmap=wanted)
    renewed[:] = list(root)
    ignorable = renewed.get(MC + "Ignorable", "").split()
    renewed.set(MC + "Ignorable", " ".join(dict.fromkeys([*ignorable, "w14"])))
    return renewed


def _split(run: Any, text: str, scope: _Scope) -> None:
    """Put a control around each tick and value of the run, and keep what stands between as runs."""
    pieces: list[Any] = []
    end = 0
    for match in _EITHER.finditer(text):
        control = _control(run, match, scope)
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


def _control(run: Any, match: re.Match[str], scope: _Scope) -> Any:
    """The control for one tag; None where the tag stays as it is."""
    if _TICK.fullmatch(match[0]):
        properties = _box(f"{match[0][:-2]}| checked }}}}")
    else:
        path = scope.path(match[2], match[3], match.start())
        if not path or not _FAITHFUL.issuperset(_FILTER.findall(match[0])):
            return None
        properties = _field(run, path, f"{match[2]}{match[3]}", set(_FILTER.findall(match[0])))
    control = etree.Element(W + "sdt")
    control.append(properties)
    etree.SubElement(control, W + "sdtContent").append(_with_text(run, match[0]))
    return control


def _field(run: Any, path: str, value: str, filters: set[str]) -> Any:
    """The properties of a value's control, in the order of the schema.

    A text gets no `w:text`: LibreOffice 7.4 saves the text of such a control four times over.
    """
    properties = etree.Element(W + "sdtPr")
    look = run.find(W + "rPr")
    if look is not None:
        properties.append(copy.deepcopy(look))
    etree.SubElement(properties, W + "tag", {VAL: path})
    etree.SubElement(properties, W + "showingPlcHdr", {VAL: f"{{{{ {value} | blank }}}}"})
    if filters.isdisjoint(_DATES):
        return properties
    date = etree.SubElement(properties, W + "date", {W + "fullDate": f"{{{{ {value} | timestamp }}}}"})
    named = next((_FORMATS[name] for name in filters if name in _FORMATS), "d MMMM yyyy")
    for name, setting in (("dateFormat", named), ("lid", "th-TH"), ("storeMappedDataAs", "dateTime")):
        etree.SubElement(date, W + name, {VAL: setting})
    etree.SubElement(date, W + "calendar", {VAL: "thai"})
    return properties


def _box(state: str) -> Any:
    properties = etree.Element(W + "sdtPr")
    box = etree.SubElement(properties, W14 + "checkbox")
    etree.SubElement(box, W14 + "checked", {W14 + "val": state})
    for name, sign in (("checkedState", "2611"), ("uncheckedState", "2610")):
        etree.SubElement(box, W14 + name, {W14 + "val": sign, W14 + "font": "Segoe UI Symbol"})
    return properties
