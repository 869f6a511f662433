"""Thai names of the places in a Word template: `ย่อหน้า ๑๒`, `หัวกระดาษ ตาราง ๑ แถว ๒ ช่อง ๓`."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from automation.office.docx_names import TBL, P, W
from automation.office.package import safe_parser
from automation.thai.digits import to_thai

_PART_NAMES = (
    ("word/header", "หัวกระดาษ"),
    ("word/footer", "ท้ายกระดาษ"),
    ("word/footnotes", "เชิงอรรถ"),
    ("word/comments", "ข้อคิดเห็น"),
    ("word/charts/", "แผนภูมิ"),
    ("docProps/", "คุณสมบัติของแฟ้ม"),
)


def part_place(name: str) -> str:
    """Thai name of a part of a Word file; empty for the body."""
    return next((thai for start, thai in _PART_NAMES if name.startswith(start)), "")


def cell_place(part: str, table: int, row: int, cell: int) -> str:
    """`ตาราง ๒ แถว ๓ ช่อง ๔`, with the part's name before it unless it is the body."""
    return " ".join(filter(None, (part, to_thai(f"ตาราง {table} แถว {row} ช่อง {cell}"))))


def paragraph_place(part: str, number: int) -> str:
    """`ย่อหน้า ๑๒`, with the part's name before it unless it is the body."""
    return " ".join(filter(None, (part, to_thai(f"ย่อหน้า {number}"))))


class PartPlaces:
    """The places in one part. Paragraphs are counted outside of tables, tables and their rows in order."""

    def __init__(self, name: str, root: Any) -> None:
        self._part = part_place(name)
        self._tables = {table: index for index, table in enumerate(root.iter(TBL), 1)}
        loose = (p for p in root.iter(P) if next(p.iterancestors(TBL), None) is None)
        self._paragraphs = {paragraph: index for index, paragraph in enumerate(loose, 1)}

    def of(self, element: Any) -> str:
        """The place of a paragraph, or of what stands in one or in a cell."""
        cell = next(element.iterancestors(W + "tc"), None)
        if cell is not None:
            row = next(cell.iterancestors(W + "tr"))
            table = next(row.iterancestors(TBL))
            rows = [other for other in table.iter(W + "tr") if next(other.iterancestors(TBL)) is table]
            cells = [other for other in row.iter(W + "tc") if next(other.iterancestors(W + "tr")) is row]
            return cell_place(self._part, self._tables[table], rows.index(row) + 1, cells.index(cell) + 1)
        paragraph = element if element.tag == P else next(element.iterancestors(P), None)
        if paragraph is None:
            return self._part
        return paragraph_place(self._part, self._paragraphs.get(paragraph, 0))

    def of_table(self, table: Any) -> str:
        """`ตาราง ๒`, with the part's name before it unless it is the body."""
        return " ".join(filter(None, (self._part, to_thai(f"ตาราง {self._tables[table]}"))))


def place_refs(template: Path) -> dict[str, str]:
    """Thai place → machine place (`word/document.xml#p41`) of the paragraphs and tables of a Word template.

    Parts that are no XML are passed over: what is wrong with them is told without a place.
    """
    found: dict[str, str] = {}
    with zipfile.ZipFile(template) as package:
        for name in package.namelist():
            if not name.startswith("word/") or not name.endswith(".xml"):
                continue
            try:
                root = etree.fromstring(package.read(name), safe_parser())
            except etree.XMLSyntaxError:
                continue
            places = PartPlaces(name, root)
            for number, paragraph in enumerate(root.iter(P)):
                ref = f"{name}#p{number}"
                found.setdefault(places.of(paragraph), ref)
                for table in paragraph.iterancestors(TBL):
                    found.setdefault(places.of_table(table), ref)
    return found
