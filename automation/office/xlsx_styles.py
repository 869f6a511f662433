"""Number format and fill of each cell style of a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from automation.office.docx_names import A, whole
from automation.office.xlsx_formats import BUILTIN, Shows, shows

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

HIGHLIGHT = "FFE98A"
"""Fill of a cell that this program marked in a copy for the sender; it says nothing about the cell."""

_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
_THEME = ("FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646")
"""Colours of the default theme in the order in which cells count them."""
_INDEXED = (
    "000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF",
    "000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF",
    "800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080",
    "9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF",
    "000080", "FF00FF", "FFFF00", "00FFFF", "800080", "800000", "008080", "0000FF",
    "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF", "FFCC99",
    "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696",
    "003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What one `s` index means."""

    format: str = "General"
    shows: Shows = Shows.NUMBER
    shade: str = ""


def read_styles(root: Any, theme: Any) -> tuple[CellStyle, ...]:
    """Styles by index; at least one."""
    if root is None:
        return (CellStyle(),)
    codes = dict(BUILTIN)
    for item in root.iterfind(f"{S}numFmts/{S}numFmt"):
        codes[whole(item.get("numFmtId"))] = item.get("formatCode", "General")
    palette = _palette(theme)
    fills = [_fill(item, palette) for item in root.iterfind(f"{S}fills/{S}fill")]
    found: list[CellStyle] = []
    for item in root.iterfind(f"{S}cellXfs/{S}xf"):
        code = codes.get(whole(item.get("numFmtId")), "General")
        at = whole(item.get("fillId"))
        found.append(CellStyle(code, shows(code), fills[at] if 0 <= at < len(fills) else ""))
    return tuple(found) or (CellStyle(),)


def _palette(theme: Any) -> tuple[str, ...]:
    scheme = None if theme is None else theme.find(f"{A}themeElements/{A}clrScheme")
    if scheme is None:
        return _THEME
    colours = []
    for name, default in zip(_THEME_ORDER, _THEME, strict=True):
        entry = scheme.find(A + name)
        colour = None if entry is None or not len(entry) else entry[0].get("lastClr") or entry[0].get("val")
        colours.append(colour.upper() if colour and len(colour) == 6 else default)
    return tuple(colours)


def _fill(element: Any, palette: tuple[str, ...]) -> str:
    pattern = element.find(f"{S}patternFill")
    if pattern is None:
        stop = element.find(f"{S}gradientFill/{S}stop/{S}color")
        return _colour(stop, palette)
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return ""
    front, back = pattern.find(f"{S}fgColor"), pattern.find(f"{S}bgColor")
    if kind == "solid":
        return _colour(front, palette)
    return _colour(front, palette) or _colour(back, palette) or "BFBFBF"


def _colour(element: Any, palette: tuple[str, ...]) -> str:
    """RRGGBB of a colour element, "" for white, automatic, none or our own mark."""
    if element is None:
        return ""
    rgb = element.get("rgb")
    if rgb is None and element.get("theme") is not None:
        at = whole(element.get("theme"), -1)
        rgb = palette[at] if 0 <= at < len(palette) else ""
        rgb = _tinted(rgb, element.get("tint"))
    elif rgb is None and element.get("indexed") is not None:
        at = whole(element.get("indexed"), -1)
        rgb = _INDEXED[at] if 0 <= at < len(_INDEXED) else ""
    shade = (rgb or "").upper()[-6:]
    return "" if shade in ("FFFFFF", HIGHLIGHT) or len(shade) != 6 else shade


def _tinted(rgb: str, tint: str | None) -> str:
    """Lighter for a positive tint, darker for a negative one: near enough to tell fills apart."""
    try:
        amount = max(-1.0, min(1.0, float(tint or 0)))
        channels = [int(rgb[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return rgb
    moved = [c + (255 - c) * amount if amount > 0 else c * (1 + amount) for c in channels]
    return "".join(f"{round(c):02X}" for c in moved)
