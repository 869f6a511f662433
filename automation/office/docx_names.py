"""Qualified names of WordprocessingML, and tolerant readers of its attributes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

P, T, TBL, SDT, VAL = f"{W}p", f"{W}t", f"{W}tbl", f"{W}sdt", f"{W}val"
ALTERNATE = f"{MC}AlternateContent"
OUR_PLACEHOLDER = "FormPlaceholder"
"""Character style of what an issued form shows in an empty field: dots or blanks, never words."""
OFF = frozenset(("0", "false", "off", "none"))


def whole(text: str | None, default: int = 0) -> int:
    """An integer attribute, `default` where it is absent or no number."""
    try:
        return int(text) if text else default
    except ValueError:
        return default


def val(parent: Any, name: str) -> str | None:
    """`w:val` of the child `w:name`, None where there is none."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VAL)


def number(parent: Any, name: str) -> int | None:
    """Whole number in `w:val` of the child `w:name`; None where there is none."""
    text = val(parent, name)
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def toggle(parent: Any, name: str) -> bool | None:
    """On, off, or None (not said) of a property such as `w:b`."""
    child = None if parent is None else parent.find(W + name)
    if child is None:
        return None
    return child.get(VAL, "1").lower() not in OFF


def either(parent: Any, *names: str) -> bool | None:
    """True when one of the properties is on, False when one is off and none on, else None."""
    found = [state for name in names if (state := toggle(parent, name)) is not None]
    return any(found) if found else None


def content(element: Any) -> Iterator[Any]:
    """Children of an element; of `mc:AlternateContent` those of the first choice, else of the fallback."""
    for child in element:
        if child.tag == ALTERNATE:
            choice = child.find(f"{MC}Choice")
            chosen = child.find(f"{MC}Fallback") if choice is None else choice
            if chosen is not None:
                yield from content(chosen)
        else:
            yield child
