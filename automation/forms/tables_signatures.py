"""Signature tables with headings: roles side by side over rows ชื่อ and วันที่, or a role a row."""

from __future__ import annotations

from collections.abc import Mapping

from automation.forms.signature_words import is_head
from automation.forms.tables import Region
from automation.forms.wording import key
from automation.office.blocks import Cell, Grid

_LEAVES: Mapping[str, frozenset[str]] = {
    "sign": frozenset({"ลายมือชื่อ", "ลงชื่อ", "ลงนาม", "ลายเซ็น", "ลายเซน", "การลงนาม", "ลายมือชื่อผู้ลงนาม"}),
    "name": frozenset(
        {"ชื่อ", "ชื่อสกุล", "ชื่อนามสกุล", "ชื่อผู้ลงนาม", "ชื่อตัวบรรจง", "ชื่อสกุลตัวบรรจง", "ชื่อและนามสกุล", "ตัวบรรจง"}
    ),
    "date": frozenset({"วันที่", "วันเดือนปี", "ลงวันที่", "วันที่ลงนาม", "วดป", "เมื่อวันที่"}),
    "position": frozenset({"ตำแหน่ง"}),
    "role": frozenset(
        {
            "ผู้ลงนาม",
            "บทบาท",
            "รายการ",
            "ผู้เกี่ยวข้อง",
            "ขั้นตอน",
            "การดำเนินการ",
            "ฐานะ",
            "สถานะ",
            "หน้าที่",
            "ผู้พิจารณา",
            "ในฐานะ",
        }
    ),
}


def signature_matrix(grid: Grid, row: int) -> Region | None:
    """The table of signatures with headings that begins at a row; None where there is none."""
    heads = grid.row(row)
    if grid.cols < 2 or row + 1 >= grid.rows or any(cell.row_span > 1 for cell in heads):
        return None
    named = {cell.col: leaf for cell in heads if (leaf := _leaf(cell))}
    role_col = _role_column(grid, row + 1, named)
    stop = row + 1
    while stop < grid.rows and (cell := grid.at(stop, role_col)) is not None and is_head(cell.text):
        stop += 1
    if "name" in named.values() and {"sign", "date"} & set(named.values()) and stop > row + 1:
        leaves = {col: frozenset({leaf}) for col, leaf in {**named, role_col: "role"}.items()}
        return Region(grid, row, row + 1, stop, {"approvals": leaves}, signatures=True)
    roles = [cell for cell in heads if cell.col > 0]
    if len(roles) < 2 or not all(is_head(cell.text) for cell in roles):
        return None
    rows = {line: leaf for line in range(row + 1, grid.rows) if (leaf := _leaf(grid.at(line, 0)))}
    stop = row + 1
    while stop in rows:
        stop += 1
    found = {rows[line] for line in range(row + 1, stop)}
    if not {"name", "date"} <= found and not ("sign" in found and len(found) > 1):
        return None
    leaves = {line: frozenset({rows[line]}) for line in range(row + 1, stop)}
    return Region(
        grid, row, 1, stop, {"approvals": {row: frozenset({"role"}), **leaves}}, turned=True, signatures=True
    )


def _leaf(cell: Cell | None) -> str:
    word = key(cell.text) if cell is not None else ""
    named = next((leaf for leaf, words in _LEAVES.items() if word in words), "")
    return named or ("name" if word.startswith("ชื่อ") and word.endswith("ตำแหน่ง") else "")


def _role_column(grid: Grid, row: int, named: Mapping[int, str]) -> int:
    """The column of the roles: the one with that heading, else the first that holds more than a number."""
    for col, leaf in named.items():
        if leaf == "role":
            return col
    cells = grid.row(row)
    return next((cell.col for cell in cells if not key(cell.text).isdigit()), 0)
