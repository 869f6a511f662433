"""The styles of a Word template as plain values, to compare two templates and bring them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from automation.office.docx_names import W

STYLES = "word/styles.xml"
DEFAULTS = "docDefaults"
_KINDS = ("pStyle", "rStyle", "tblStyle")
_NOT_LAYOUT = frozenset(
    {W + name for name in ("uiPriority", "qFormat", "semiHidden", "unhideWhenUsed", "rsid", "next")}
)


def by_id(styles: Any) -> dict[str, Any]:
    """The style elements of a styles part by their ids."""
    return {style.get(W + "styleId"): style for style in styles.iter(W + "style")}


def used(roots: Iterator[Any], styles: Mapping[str, Any]) -> set[str]:
    """Ids of the styles that the parts use, and of those that they are based on."""
    waiting = [element.get(W + "val") for root in roots for kind in _KINDS for element in root.iter(W + kind)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in styles and name not in found:
            found.add(name)
            waiting += [element.get(W + "val") for element in styles[name].findall(W + "basedOn")]
    return found


def values(element: Any) -> dict[str, str]:
    """What a style sets: `rPr/sz/val` → `32`; an element without attributes has an empty value."""
    return dict(_values(element, ""))


def differences(style: Any, model: Any) -> tuple[tuple[str, str, str], ...]:
    """What the style sets otherwise than the model: name, its value, the model's (`-` for nothing)."""
    own, wanted = values(style), values(model)
    return tuple(
        (name, own.get(name, "-"), wanted.get(name, "-"))
        for name in dict.fromkeys((*own, *wanted))
        if own.get(name) != wanted.get(name)
    )


def _values(element: Any, path: str) -> Iterator[tuple[str, str]]:
    for place, child in enumerate(element):
        if not isinstance(child.tag, str) or child.tag in _NOT_LAYOUT:
            continue
        name = child.tag.removeprefix(W)
        here = f"{path}{name}{place}" if name in ("tab", "tblStylePr") else f"{path}{name}"
        if not child.attrib and not len(child):
            yield here, ""
        for key, value in child.attrib.items():
            yield f"{here}/{key.removeprefix(W)}", value
        yield from _values(child, f"{here}/")
