"""Where in the file a remark belongs, from the places of the fields that were found in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from automation.model import Evidence

_CELL = re.compile(r"(.*!)([A-Z]+)(\d+)")


def place_of(field: str, places: Mapping[str, Evidence]) -> Evidence | None:
    """The place of the field, else of a part of it, else of the part of the record that holds it.

    An empty cell of a row stands where the row meets the column in which other rows have the same field.
    """
    wanted = field
    while field:
        if field in places:
            return places[field]
        inner = next((place for path, place in places.items() if path.startswith(f"{field}.")), None)
        if inner is not None:
            return _crossing(wanted, inner, places)
        field = field.rpartition(".")[0]
    return None


def _crossing(field: str, row: Evidence, places: Mapping[str, Evidence]) -> Evidence:
    """The cell of a workbook in the row of one place and the column of a field; else the place itself."""
    pattern = re.compile(r"\.\d+\.".join(re.escape(part) for part in re.split(r"\.\d+\.", field)))
    column = next((place for path, place in places.items() if pattern.fullmatch(path)), None)
    here, there = _CELL.fullmatch(row.ref), _CELL.fullmatch(column.ref if column else "")
    if not here or not there or here[1] != there[1]:
        return row
    ref = f"{here[1]}{there[2]}{here[3]}"
    return replace(row, where=ref, ref=ref)
