"""Fill an Excel template: rows repeated and merged, real numbers and dates, formulas with their values.

Works on the parts of the package: what it does not touch (styles, print settings, charts, other sheets) stays
as the office made it, byte for byte.
"""

from __future__ import annotations

import copy
import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from automation.errors import TemplateError
from automation.office.archive import Archive
from automation.office.compile_expression import environment
from automation.office.compile_sheet import HINT, S, SheetTemplate, compile_sheet
from automation.office.docx_names import R
from automation.office.fill_sheet import FilledSheet, Line
from automation.office.package import safe_parser
from automation.office.registration import register_part, written
from automation.office.saving import save_bytes
from automation.office.settle_controls import Choices
from automation.office.sheet_fields import named_cells
from automation.office.sheet_heights import set_heights
from automation.office.write_sheet import Strings, moved_box, sheet_xml

BOOK = "xl/workbook.xml"
"""Part that names the sheets."""
_GROWING = ("_xlnm.Print_Area", "_xlnm._FilterDatabase")
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_STRINGS = "xl/sharedStrings.xml"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def fill_workbook(template: Path, context: Mapping[str, Any], target: Path) -> None:
    """Write the workbook filled with the context as `target`, whole or not at all."""
    save_bytes(target, render_workbook(template, context))


def render_workbook(template: Path, context: Mapping[str, Any], choices: Choices | None = None) -> bytes:
    """The filled workbook as bytes; TemplateError when the template or the context does not fit.

    With `choices`, even none, it is a form: the fields above its tables have names, and cells offer what
    `choices` lists for their field.
    """
    return compile_workbook(template).render(context, choices)


def compile_workbook(template: Path) -> CompiledWorkbook:
    """The compiled template, kept until the file changes; TemplateError when it cannot be used."""
    try:
        state = template.stat()
        return _compiled(template, state.st_mtime_ns, state.st_size)
    except (OSError, zipfile.BadZipFile, KeyError, SyntaxError, UnicodeDecodeError) as error:
        raise TemplateError(f"เปิดแม่แบบไม่ได้ ({error})", hint=HINT, place=template.name) from error
    except TemplateError as error:
        raise in_file(error, template.name) from error


@lru_cache(maxsize=32)
def _compiled(template: Path, _changed: int, _size: int) -> CompiledWorkbook:
    with zipfile.ZipFile(template) as package:
        return CompiledWorkbook(template.name, {name: package.read(name) for name in package.namelist()})


def in_file(error: TemplateError, name: str) -> TemplateError:
    """The error with the name of the template before its place."""
    return TemplateError(error.message, hint=error.hint, place=f"{name} {error.place}".strip())


class CompiledWorkbook:
    """A workbook template ready to be filled any number of times."""

    def __init__(self, name: str, parts: Mapping[str, bytes]) -> None:
        parts = dict(parts)
        if _STRINGS not in parts:
            register_part(parts, _STRINGS, _CONTENT, _RELATION, BOOK)
        self._name = name
        self._items = list(_parsed(parts[_STRINGS])) if _STRINGS in parts else []
        self.wrapping = _wrapping(parts["xl/styles.xml"])
        self._parts = parts
        self._sheets: dict[str, SheetTemplate] = {}
        texts = ["".join(item.itertext(S + "t")) for item in self._items]
        made = environment(markup=False)
        for part, title in _sheet_titles(parts).items():
            if sheet := compile_sheet(title, _parsed(parts[part]), texts, made):
                self._sheets[part] = sheet
        self._book = _parsed(parts[BOOK])
        self._tabs = list(_sheet_titles(parts))
        self._fixed = Archive()
        self._plain: dict[str, Any] = {}
        for part, data in parts.items():
            if part in self._tabs and part not in self._sheets:
                self._plain[part] = _parsed(data)
            elif part not in self._sheets and part not in (_STRINGS, BOOK):
                self._fixed.add(part, data, small=True)

    @property
    def sheets(self) -> tuple[SheetTemplate, ...]:
        """The sheets that hold tags."""
        return tuple(self._sheets.values())

    @property
    def by_part(self) -> Mapping[str, SheetTemplate]:
        """The same by the name of their part."""
        return self._sheets

    def plain_parts(self) -> dict[str, bytes]:
        """Every part but that of the workbook as the template has it, its shared texts without the tags."""
        items = (
            f'<si xmlns="{S[1:-1]}"><t/></si>'
            if "{{" in (text := "".join(item.itertext(S + "t"))) or "{%" in text
            else etree.tostring(item, encoding="unicode", with_tail=False)
            for item in self._items
        )
        strings = f'<sst xmlns="{S[1:-1]}">{"".join(items)}</sst>'.encode()
        return {name: data for name, data in self._parts.items() if name != BOOK} | {_STRINGS: strings}

    def render(self, context: Mapping[str, Any], choices: Choices | None = None) -> bytes:
        """The package with every sheet filled from the context; a form where there are `choices`."""
        archive, strings = self._fixed.copy(), Strings(self._items)
        sheets: dict[str, FilledSheet] = {}
        try:
            for part, sheet in self._sheets.items():
                sheets[part] = FilledSheet(sheet, context)
                set_heights(sheets[part], self.wrapping)
                archive.add(part, sheet_xml(sheets[part], strings, choices or {}))
        except TemplateError as error:
            raise in_file(error, self._name) from error
        for part, root in self._plain.items():
            archive.add(part, _renumbered(root, strings))
        archive.add(_STRINGS, strings.xml())
        archive.add(BOOK, self._named(sheets, fields=choices is not None))
        return archive.closed()

    def _named(self, sheets: Mapping[str, FilledSheet], *, fields: bool) -> bytes:
        """The workbook part, its print areas and filters grown with the rows, its fields named if wished."""
        book = self.grown({part: filled.lines for part, filled in sheets.items()})
        if fields:
            _name_fields(book, sheets)
        return written(book)

    def grown(self, lines: Mapping[str, Sequence[Line]]) -> Any:
        """The tree of the workbook part, its print areas and filters grown with the lines of its sheets."""
        book = copy.deepcopy(self._book)
        for name in book.iter(S + "definedName"):
            tab = self._tabs[int(name.get("localSheetId"))] if name.get("localSheetId") else ""
            if tab in lines and name.get("name") in _GROWING:
                areas = (area.rpartition("!") for area in name.text.split(","))
                name.text = ",".join(f"{sheet}!{moved_box(box, lines[tab])}" for sheet, _, box in areas)
        return book


def _name_fields(book: Any, sheets: Mapping[str, FilledSheet]) -> None:
    """Add a defined name for every field outside of tables; of a field that stands twice, the first."""
    places: dict[str, str] = {}
    for filled in sheets.values():
        title = filled.sheet.title.replace("'", "''")
        for name, place in named_cells(filled):
            places.setdefault(name, f"'{title}'!{place}")
    names = book.find(S + "definedNames")
    if names is None:
        names = etree.Element(S + "definedNames")
        before = [child for child in book if etree.QName(child).localname in _BEFORE_NAMES]
        before[-1].addnext(names)
    taken = {item.get("name") for item in names}
    for name, place in places.items():
        if name not in taken:
            etree.SubElement(names, S + "definedName", {"name": name}).text = place
    names[:] = sorted(names, key=lambda item: item.get("name").casefold())


def _parsed(data: bytes) -> Any:
    return etree.fromstring(data, safe_parser())


def _sheet_titles(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Part of every worksheet → its title, in the order of the tabs."""
    relations = {item.get("Id"): item.get("Target") for item in _parsed(parts["xl/_rels/workbook.xml.rels"])}
    found: dict[str, str] = {}
    for sheet in _parsed(parts[BOOK]).iter(S + "sheet"):
        target = relations.get(sheet.get(R + "id")) or ""
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if part.startswith("xl/worksheets/") and part in parts:
            found[part] = sheet.get("name", "")
    return found


def _wrapping(styles: bytes) -> frozenset[str]:
    """Ids of the cell styles that wrap their text."""
    formats = _parsed(styles).find(S + "cellXfs")
    found = (index for index, item in enumerate(formats) if _wraps(item.find(S + "alignment")))
    return frozenset(map(str, found))


def _wraps(alignment: Any) -> bool:
    return alignment is not None and alignment.get("wrapText") in ("1", "true")


def _renumbered(root: Any, strings: Strings) -> bytes:
    """A sheet without tags, its texts pointing at the new shared strings."""
    text: bytes = etree.tostring(root)
    renewed = etree.fromstring(text, safe_parser())
    for cell in renewed.iter(S + "c"):
        value = cell.find(S + "v")
        if cell.get("t") == "s" and value is not None:
            value.text = str(strings.kept(value.text))
    return written(renewed)
