"""A highlighted twin for the style of a cell: the same number format, font and borders on our own fill."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree

from automation.office.annotate_parts import Parts
from automation.office.xlsx_styles import HIGHLIGHT, read_styles

_FILL = "FF" + HIGHLIGHT


class Highlighter:
    """The cell styles of a workbook. Highlights of an earlier copy are taken back when it is made."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._name = parts.related(parts.main, "styles")
        self._twins: dict[int, int | None] = {}
        self._fill: str | None = None
        if not self._name:
            return
        theme = parts.related(parts.main, "theme")
        styles = read_styles(parts.package.xml(self._name), parts.package.xml(theme) if theme else None)
        self._shaded = [bool(style.shade) for style in styles]
        self._erase()

    def twin(self, style: int) -> int | None:
        """Index of the highlighted twin of a style; None for one with its own fill, which may be data."""
        if not self._name:
            return None
        if style not in self._twins:
            plain = 0 <= style < len(self._shaded) and not self._shaded[style]
            self._twins[style] = self._made(style) if plain else None
        return self._twins[style]

    def _root(self) -> tuple[Any, str]:
        root = self._parts.edit(self._name)
        return root, root.tag.removesuffix("styleSheet")

    def _made(self, style: int) -> int | None:
        root, s = self._root()
        formats, fills = root.find(f"{s}cellXfs"), root.find(f"{s}fills")
        if formats is None or fills is None or style >= len(formats):
            return None
        twin = copy.deepcopy(formats[style])
        twin.set("fillId", self._filled(fills, s))
        twin.set("applyFill", "1")
        formats.append(twin)
        formats.set("count", str(len(formats)))
        return len(formats) - 1

    def _filled(self, fills: Any, s: str) -> str:
        """Id of our fill, added when it is first wanted."""
        if self._fill is None:
            pattern = etree.SubElement(
                etree.SubElement(fills, f"{s}fill"), f"{s}patternFill", {"patternType": "solid"}
            )
            etree.SubElement(pattern, f"{s}fgColor", {"rgb": _FILL})
            etree.SubElement(pattern, f"{s}bgColor", {"indexed": "64"})
            fills.set("count", str(len(fills)))
            self._fill = str(len(fills) - 1)
        return self._fill

    def _erase(self) -> None:
        """Give the styles that we highlighted in an earlier copy no fill, as they had before."""
        root = self._parts.tree(self._name)
        s = root.tag.removesuffix("styleSheet")
        ours = {
            str(number)
            for number, fill in enumerate(root.iterfind(f"{s}fills/{s}fill"))
            if any((item.get("rgb") or "").upper() == _FILL for item in fill.iter(f"{s}fgColor"))
        }
        marked = [item for item in root.iterfind(f"{s}cellXfs/{s}xf") if item.get("fillId") in ours]
        if marked:
            self._parts.edit(self._name)
        for item in marked:
            item.set("fillId", "0")
