"""An .xlsx package as a `Workbook`: values, formats, merges, hidden parts and formulas from the XML itself.

One streaming pass a sheet; the cost follows the used cells, never the size that a sheet claims to have.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from automation.errors import UnreadableFile
from automation.office.docx_names import A, R, whole
from automation.office.guard import Limits
from automation.office.package import Package, Relation
from automation.office.sheets import Sheet, Span, Workbook
from automation.office.xlsx_sheet import Reader, position, rich_text
from automation.office.xlsx_styles import S, read_styles

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"

_LINE = re.compile(r"line|Connector|[aA]rrow")


def read_xlsx(package: Package, limits: Limits) -> Workbook:
    """The whole Excel file as sheets of cells. Raises FileError subclasses only."""
    main = package.main_part()
    root = package.xml(main)
    if root is None:
        raise UnreadableFile("ไฟล์ชำรุด ไม่พบเนื้อหาของสมุดงาน", hint="กรุณาเปิดใน Excel แล้วบันทึกใหม่")
    relations = package.relations(main)
    by_kind: dict[str, str] = {}
    for relation in relations.values():
        by_kind.setdefault(relation.kind, relation.target)
    date1904 = any(
        item.get("date1904", "0").lower() in ("1", "true", "on")
        for item in root.iterchildren(f"{S}workbookPr")
    )
    reader = Reader(
        styles=read_styles(_optional(package, by_kind, "styles"), _optional(package, by_kind, "theme")),
        strings=shared_strings(_optional(package, by_kind, "sharedStrings")),
        date1904=date1904,
        limits=limits,
    )
    return Workbook(
        sheets=tuple(_sheets(package, root, relations, reader)),
        date1904=date1904,
        macros=any(
            name.endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name for name in package.names
        ),
        external=_external(package),
        names=_names(root),
        key=package.key(),
    )


def _optional(package: Package, by_kind: dict[str, str], kind: str) -> Any:
    return package.xml(by_kind[kind]) if kind in by_kind else None


def _sheets(package: Package, root: Any, relations: dict[str, Relation], reader: Reader) -> list[Sheet]:
    found: list[Sheet] = []
    for item in root.iterfind(f"{S}sheets/{S}sheet"):
        relation = relations.get(item.get(f"{R}id", ""))
        if relation is None or relation.kind != "worksheet":
            continue
        data = package.xml_bytes(relation.target)
        hidden = item.get("state", "visible") != "visible"
        sheet = reader.sheet(item.get("name", ""), data, hidden=hidden)
        found.append(_with_surroundings(package, relation.target, sheet))
    return found


def _with_surroundings(package: Package, part: str, sheet: Sheet) -> Sheet:
    """The sheet with its notes and the texts of its shapes."""
    notes: dict[tuple[int, int], str] = {}
    boxes: list[str] = []
    strokes: list[Span] = []
    for relation in package.relations(part).values():
        if relation.external or relation.kind not in ("comments", "drawing"):
            continue
        root = package.xml(relation.target)
        if root is None:
            continue
        strokes += strokes_of(root)
        for note in root.iterfind(f"{S}commentList/{S}comment"):
            at, text = position(note.get("ref", "")), note.find(f"{S}text")
            if at is not None and text is not None:
                notes[at] = rich_text(text)
        for body in root.iter(f"{_DRAWING}txBody"):
            lines = ("".join(run.text or "" for run in line.iter(f"{A}t")) for line in body.iter(f"{A}p"))
            boxes.append("\n".join(lines).strip())
    if not notes and not boxes and not strokes:
        return sheet
    return replace(sheet, notes=notes, boxes=tuple(filter(None, boxes)), strokes=tuple(strokes))


def strokes_of(drawing: Any) -> list[Span]:
    """Arrows and lines of a drawing part, as the cells from one end to the other."""
    found: list[Span] = []
    for anchor in drawing.iter(f"{_DRAWING}twoCellAnchor"):
        shape = next(anchor.iter(f"{A}prstGeom"), None)
        start, end = anchor.find(f"{_DRAWING}from"), anchor.find(f"{_DRAWING}to")
        if shape is None or start is None or end is None or not _LINE.search(shape.get("prst", "")):
            continue
        top, left, bottom, right = (
            whole(at.findtext(_DRAWING + name)) + 1 for at in (start, end) for name in ("row", "col")
        )
        if right > left and whole(end.findtext(f"{_DRAWING}colOff")) == 0:
            right -= 1
        found.append(Span(top=top, left=left, bottom=max(top, bottom), right=right))
    return found


def shared_strings(root: Any) -> tuple[str, ...]:
    """The workbook's texts."""
    return () if root is None else tuple(rich_text(item) for item in root.iterchildren(f"{S}si"))


def _names(root: Any) -> dict[str, str]:
    names: dict[str, str] = {}
    for item in root.iterfind(f"{S}definedNames/{S}definedName"):
        names.setdefault(item.get("name", ""), (item.text or "").strip())
    return names


def _external(package: Package) -> tuple[str, ...]:
    """Targets of links to other workbooks, data connections and DDE; not the web addresses in cells."""
    found: list[str] = []
    for name in package.names:
        if name.startswith("xl/externallinks/") and name.endswith(".xml"):
            found += [item.target for item in package.relations(name).values() if item.external]
            root = package.xml(name)
            for link in () if root is None else root.iterchildren(f"{S}ddeLink"):
                found.append(f"{link.get('ddeService', '')}|{link.get('ddeTopic', '')}")
    root = package.xml("xl/connections.xml")
    for item in () if root is None else root.iterchildren(f"{S}connection"):
        found.append(item.get("name") or item.get("odcFile") or "connection")
    return tuple(found)
