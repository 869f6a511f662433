"""What hands put into sheets instead of values: rules of dashes, ditto marks. The sheet as it is meant."""

from __future__ import annotations

import re
from dataclasses import replace

from automation.office.sheets import Sheet, SheetCell

_RULE = re.compile(r"\s*[=_*~#]{3,}\s*|\s*[-–—.]{4,}\s*")
"""A line drawn with characters: it says nothing."""
_DITTO = re.compile(
    r"\s*(?:[\"“”〃]|''|,,|-?\s*(?:ditto|do\.?|ดังข้างต้น|เช่นเดียวกัน|เช่นข้างต้น|เหมือนข้างบน|ดังกล่าว)\s*-?)\s*",
    re.IGNORECASE,
)
"""`"` and the like: the same as above."""


def meant(sheet: Sheet) -> Sheet:
    """The sheet without drawn rules and with ditto marks replaced by what they stand for."""
    changed: dict[tuple[int, int], SheetCell | None] = {}
    for (row, col), cell in sorted(sheet.cells.items()):
        if not isinstance(cell.value, str) or len(cell.value) > 400:
            continue
        if _RULE.fullmatch(cell.value):
            changed[row, col] = None
        elif _DITTO.fullmatch(cell.value):
            above = changed.get((row - 1, col), sheet.cells.get((row - 1, col)))
            if above is not None and above.value is not None:
                changed[row, col] = replace(cell, value=above.value, format=above.format)
    if not changed:
        return sheet
    cells = {at: changed.get(at, cell) for at, cell in sheet.cells.items()}
    return replace(sheet, cells={at: cell for at, cell in cells.items() if cell is not None})
