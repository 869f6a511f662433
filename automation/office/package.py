"""A Word or Excel file as a guarded zip: bounded reads, no DOCTYPE, no entity, nothing extracted.

Part names are matched without regard to case; names with `..` or a drive are left out, for ours are never
paths on a disk. Strict Open XML is translated to the transitional namespaces on reading, so that the rooms
above know one set of names only.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from lxml import etree

from automation.errors import (
    EncryptedFile,
    FileError,
    ForeignFile,
    IncompleteFile,
    UnreadableFile,
)
from automation.office.guard import Kind, Limits
from automation.office.members import NOT_WHOLE, SAVE_AGAIN, checked_members, too_large, unfolds_wildly

_STRICT = tuple(
    (b"http://purl.oclc.org/ooxml/" + old, b"http://schemas.openxmlformats.org/" + new)
    for old, new in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"drawingml/", b"drawingml/2006/"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
        (b"officeDocument/docPropsVTypes", b"officeDocument/2006/docPropsVTypes"),
    )
)
_EMBEDDED = frozenset(("aFChunk", "oleObject", "package", "subDocument", "control"))
"""Kinds of relationships whose targets hold content that is listed and never opened."""
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCTYPES = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)
BROKEN = (*NOT_WHOLE, OSError)
"""What reading raises for a package that is not whole: it may also seek to a place that is not there."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: `kind` is the last word of its type, `target` a part name or an outside link."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """A guarded Open XML package; a context manager. Raises FileError subclasses only."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.total_bytes
        try:
            self._zip = zipfile.ZipFile(path)
        except BROKEN as error:
            raise _incomplete() from error
        try:
            self._members = checked_members(self._zip, limits)
        except FileError:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> Iterator[str]:
        """Names of all parts, in lower case."""
        return iter(self._members)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str) -> bytes:
        """Unfolded bytes of a part, b"" where there is none; OversizedFile past a limit."""
        info = self._members.get(name.lower())
        if info is None:
            return b""
        cap = min(self._limits.part_bytes, self._left)
        if unfolds_wildly(info, self._limits):
            raise too_large("ไฟล์คลายแล้วใหญ่ผิดปกติเมื่อเทียบกับขนาดจริง")
        if info.file_size > cap:
            raise too_large(f"ส่วน {name} คลายแล้วใหญ่เกินกำหนด")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(cap + 1)
        except BROKEN as error:
            raise damaged() from error
        if len(data) > cap:
            raise too_large(f"ส่วน {name} คลายแล้วใหญ่เกินกำหนด")
        self._left -= len(data)
        return data

    def xml_bytes(self, name: str) -> bytes:
        """An XML part without DOCTYPE, in transitional namespaces; b"" where there is none."""
        data = self.read(name)
        if any(mark in data for mark in _DOCTYPES):
            raise UnreadableFile(
                "ไฟล์มีคำสั่ง DOCTYPE หรือ ENTITY ซึ่งเอกสาร Word และ Excel ปกติไม่มี ระบบจึงไม่เปิด", hint=SAVE_AGAIN
            )
        if b"http://purl.oclc.org/ooxml/" in data[: 1 << 20]:
            for old, new in _STRICT:
                data = data.replace(old, new)
        return data

    def xml(self, name: str) -> Any:
        """Root element of an XML part, None where the part is absent."""
        data = self.xml_bytes(name)
        return parsed(data) if data else None

    def relations(self, part: str) -> dict[str, Relation]:
        """Relationships of a part by id; `""` asks for those of the package."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for item in () if root is None else root.iter(_RELATION):
            external = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = item.get("Type", "").rsplit("/", 1)[-1]
            found[item.get("Id", "")] = Relation(item.get("Id", ""), kind, target, external)
        return found

    def links(self, folder: str) -> tuple[str, ...]:
        """Outside and embedded targets of all parts in a folder; plain hyperlinks are left out."""
        found: list[str] = []
        prefix = f"{folder}/_rels/"
        for name in self._members:
            if name.startswith(prefix) and name.endswith(".rels"):
                part = f"{folder}/{name[len(prefix) : -len('.rels')]}"
                for relation in self.relations(part).values():
                    if relation.kind in _EMBEDDED or (relation.external and relation.kind != "hyperlink"):
                        found.append(relation.target)
        return tuple(found)

    def main_part(self) -> str:
        """Name of the main document part; ForeignFile where the package has none."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self:
                return relation.target
        for name in ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "xl/workbook.bin"):
            if name in self:
                return name
        raise ForeignFile("ไม่พบเนื้อหาหลักของเอกสาร Word หรือ Excel ในไฟล์นี้", hint=SAVE_AGAIN)

    def kind(self) -> Kind:
        """Kind of the package by what its main part is."""
        if "mimetype" in self:
            mime = self.read("mimetype").decode("ascii", "ignore")
            if "opendocument.text" in mime:
                return Kind.ODT
            if "opendocument.spreadsheet" in mime:
                return Kind.ODS
        if "[content_types].xml" not in self:
            return Kind.ZIP
        try:
            main = self.main_part()
        except ForeignFile:
            return Kind.ZIP
        return self._kind_of_part(main)

    def _kind_of_part(self, main: str) -> Kind:
        if main.lower().endswith(".bin"):
            return Kind.XLSB
        head = self._head(main)
        for mark, kind in (
            (b"wordprocessingml", Kind.DOCX),
            (b"spreadsheetml", Kind.XLSX),
            (b"presentationml", Kind.PPTX),
        ):
            if mark in head or mark in head.replace(b"\0", b""):
                return kind
        return Kind.ZIP

    def _head(self, name: str) -> bytes:
        try:
            with self._zip.open(self._members[name.lower()]) as stream:
                return stream.read(8_192)
        except BROKEN as error:
            raise damaged() from error

    def key(self) -> str:
        """Our hidden key `automation-key` in the custom document properties, "" without one."""
        for relation in self.relations("").values():
            if relation.kind == "custom-properties" or relation.kind == "customProperties":
                root = self.xml(relation.target)
                for item in () if root is None else root:
                    if item.get("name") == "automation-key":
                        return "".join(item.itertext()).strip()
        return ""


_SEND_AGAIN = "กรุณาเปิดไฟล์ต้นฉบับ ตรวจดู แล้วส่งใหม่"


def safe_parser() -> etree.XMLParser:
    """A parser that resolves, loads and fetches nothing."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def parsed(data: bytes) -> Any:
    """Root element of XML from `Package.xml_bytes`; UnreadableFile or OversizedFile where it is broken."""
    try:
        root = etree.fromstring(data, safe_parser())
    except etree.XMLSyntaxError as error:
        raise broken_xml(error) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile("ไฟล์มีคำสั่ง DOCTYPE ระบบจึงไม่เปิด", hint=SAVE_AGAIN)
    return root


def broken_xml(error: etree.XMLSyntaxError) -> FileError:
    """The Thai error for XML that cannot be parsed; nesting beyond 256 levels counts as too large."""
    if "depth" in str(error).lower():
        return too_large("เนื้อหาในไฟล์ซ้อนกันลึกผิดปกติ")
    return UnreadableFile("ไฟล์ชำรุด เนื้อหาภายในอ่านไม่ได้", hint=_SEND_AGAIN)


def sniff_zip(path: Path) -> Kind:
    """Kind of a zip file by its table of contents; INCOMPLETE where that is missing.

    FileError for a package that must not be opened (a bomb, a broken table of contents).
    """
    try:
        with Package(path, Limits()) as package:
            return package.kind()
    except IncompleteFile:
        return Kind.INCOMPLETE
    except EncryptedFile:
        return Kind.ENCRYPTED


def damaged() -> UnreadableFile:
    """The error for a package with a part that cannot be unfolded."""
    return UnreadableFile("ไฟล์ชำรุด ข้อมูลบางส่วนเสียหาย", hint=_SEND_AGAIN)


def _incomplete() -> IncompleteFile:
    return IncompleteFile(
        "ไฟล์ขาดหาย ยังคัดลอกไม่เสร็จหรือคัดลอกไม่ครบ",
        hint="กรุณาคัดลอกไฟล์มาวางใหม่",
    )
