"""What paragraph and character styles of a Word file say, with their inheritance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from automation.office.docx_names import VAL, W, either, number, toggle, val
from automation.office.package import parsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One style with everything that it inherits; None where nothing is said."""

    name: str = ""
    bold: bool | None = None
    hidden: bool | None = None
    centered: bool | None = None
    level: int | None = None
    page_break: bool | None = None
    num_id: str | None = None
    num_level: int | None = None


_EMPTY = Style()
_T = TypeVar("_T")


class Styles:
    """Styles by id, resolved on demand."""

    def __init__(self, root: Any) -> None:
        self._elements: dict[str, Any] = {}
        self._resolved: dict[str, Style] = {}
        self._default_id = ""
        self._defaults = _EMPTY
        if root is None:
            return
        for element in root.iterchildren(f"{W}style"):
            self._elements.setdefault(element.get(f"{W}styleId", ""), element)
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
                self._default_id = element.get(f"{W}styleId", "")
        defaults = root.find(f"{W}docDefaults")
        if defaults is not None:
            run = defaults.find(f"{W}rPrDefault/{W}rPr")
            self._defaults = Style(bold=either(run, "b", "bCs"), hidden=toggle(run, "vanish"))

    def paragraph(self, style_id: str | None) -> Style:
        """The style of a paragraph; without an id the default one."""
        return self._resolve(style_id if style_id in self._elements else self._default_id, ())

    def run(self, style_id: str | None) -> Style:
        """A character style, empty without an id."""
        return self._resolve(style_id, ()) if style_id in self._elements else _EMPTY

    @property
    def defaults(self) -> Style:
        """Bold and hidden of the document's defaults."""
        return self._defaults

    def _resolve(self, style_id: str | None, seen: tuple[str, ...]) -> Style:
        if not style_id or style_id in seen or style_id not in self._elements or len(seen) > 40:
            return _EMPTY
        if style_id not in self._resolved:
            element = self._elements[style_id]
            below = self._resolve(val(element, "basedOn"), (*seen, style_id))
            self._resolved[style_id] = _merge(element, below)
        return self._resolved[style_id]

    def numbering_of(self, style_id: str) -> str | None:
        """Numbering id of a numbering style, which an abstract list may refer to."""
        element = self._elements.get(style_id)
        found = None if element is None else element.find(f"{W}pPr/{W}numPr/{W}numId")
        return None if found is None else found.get(VAL)


@lru_cache(maxsize=4)
def styles_of(data: bytes) -> Styles:
    """Styles of a styles part. The copies of one form that bureaus send in all have the same."""
    return Styles(parsed(data) if data else None)


def is_centered(properties: Any) -> bool | None:
    """Whether paragraph properties centre the text, None where they say nothing."""
    justified = val(properties, "jc")
    return None if justified is None else justified == "center"


def _over(own: _T | None, inherited: _T | None) -> _T | None:
    return inherited if own is None else own


def _merge(element: Any, below: Style) -> Style:
    para, run = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    numbered = None if para is None else para.find(f"{W}numPr")

    return Style(
        name=val(element, "name") or "",
        bold=_over(either(run, "b", "bCs"), below.bold),
        hidden=_over(toggle(run, "vanish"), below.hidden),
        centered=_over(is_centered(para), below.centered),
        level=_over(number(para, "outlineLvl"), below.level),
        page_break=_over(toggle(para, "pageBreakBefore"), below.page_break),
        num_id=_over(val(numbered, "numId"), below.num_id),
        num_level=_over(number(numbered, "ilvl"), below.num_level),
    )
