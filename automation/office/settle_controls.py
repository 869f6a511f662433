"""Finish the content controls of a form once it is filled: placeholders, dates, lists to choose from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from automation.office.docx_names import OUR_PLACEHOLDER, SDT, VAL, T, W, val
from automation.office.package import safe_parser

Choices = Mapping[str, Sequence[str]]
"""Path of a field → what may be chosen for it, in Word and Excel; the rows of a list share the path without
their number (`allocation.rows.bureau`)."""

_ROW = re.compile(r"\.\d+(?=\.|$)")
_ROOM = "\u00a0" * 4
"""What an empty control shows in print: nothing, but wide enough to be clicked."""
_LONGEST = 255
"""Characters that Word takes for the value of an entry."""


def settled(body: bytes, choices: Choices) -> bytes:
    """The filled body with placeholders shown as such and lists in the fields that `choices` names."""
    root = etree.fromstring(body, safe_parser())
    for control in root.iter(SDT):
        properties = control.find(W + "sdtPr")
        shown = None if properties is None else properties.find(W + "showingPlcHdr")
        if shown is None or VAL not in shown.attrib:
            continue
        if shown.attrib.pop(VAL) == "1":
            _grey(control.find(W + "sdtContent"))
        else:
            properties.remove(shown)
        date = properties.find(W + "date")
        if date is not None and not date.get(W + "fullDate"):
            del date.attrib[W + "fullDate"]
        _offer(properties, choices.get(_ROW.sub("", val(properties, "tag") or ""), ()))
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return data


def with_placeholder_style(styles: bytes) -> bytes:
    """The styles part with the character style of placeholders, kept where the template has its own."""
    root = etree.fromstring(styles, safe_parser())
    if root.find(f"{W}style[@{W}styleId='{OUR_PLACEHOLDER}']") is None:
        style = etree.SubElement(root, W + "style", {W + "type": "character", W + "styleId": OUR_PLACEHOLDER})
        etree.SubElement(style, W + "name", {VAL: "Form Placeholder"})
        etree.SubElement(style, W + "uiPriority", {VAL: "99"})
        look = etree.SubElement(style, W + "rPr")
        etree.SubElement(look, W + "color", {VAL: "808080"})
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return data


def _grey(content: Any) -> None:
    """Set what the control shows in the style of placeholders, with room to click where it shows nothing."""
    for run in content.iter(W + "r"):
        look = run.find(W + "rPr")
        if look is None:
            look = etree.Element(W + "rPr")
            run.insert(0, look)
        for own in look.findall(W + "rStyle"):
            look.remove(own)
        look.insert(0, etree.Element(W + "rStyle", {VAL: OUR_PLACEHOLDER}))
    texts = list(content.iter(T))
    if texts and not any(text.text for text in texts):
        texts[0].text = _ROOM


def _offer(properties: Any, entries: Sequence[str]) -> None:
    """Make the field a list in which people may also write something else."""
    if not entries:
        return
    box = etree.SubElement(properties, W + "comboBox")
    for entry in dict.fromkeys(entry[:_LONGEST] for entry in entries if entry):
        etree.SubElement(box, W + "listItem", {W + "displayText": entry, W + "value": entry})
