"""The parts of a package while a few are changed: trees in their own namespaces, the rest as bytes."""

from __future__ import annotations

import io
import posixpath
import shutil
import zipfile
from pathlib import Path
from typing import Any

from automation.errors import UnreadableFile
from automation.office.package import BROKEN, Package, Relation, damaged, parsed
from automation.office.registration import register_part, written

_TYPES = "[Content_Types].xml"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_USUAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CLOCK = (1980, 1, 1, 0, 0, 0)


class Parts:
    """Reads through a guarded `Package`, keeps what is changed, writes the whole file again."""

    def __init__(self, path: Path, package: Package) -> None:
        self._path = path
        self.package = package
        self._trees: dict[str, Any] = {}
        self._edited: set[str] = set()
        self._bytes: dict[str, bytes] = {}
        self._names: dict[str, str] = {}
        self.main = package.main_part()

    def tree(self, name: str) -> Any:
        """Root of a part to look at, not translated from Strict. UnreadableFile where there is none."""
        key = name.lower()
        if key not in self._trees:
            added = key in self._bytes
            if not added and not self.package.xml_bytes(name):
                raise UnreadableFile(f"ไฟล์ชำรุด ไม่พบส่วน {name}")
            self._trees[key] = parsed(self.data(name))
        return self._trees[key]

    def edit(self, name: str) -> Any:
        """As `tree`, and what is changed in it is written."""
        root = self.tree(name)
        self._edited.add(name.lower())
        return root

    def data(self, name: str) -> bytes:
        """Bytes of a part as they now are, b"" without one."""
        return self._bytes.get(name.lower()) or self.package.read(name)

    def put(self, name: str, data: bytes) -> None:
        """Give a part these bytes."""
        self._bytes[name.lower()] = data
        self._names.setdefault(name.lower(), name)

    def related(self, owner: str, kind: str) -> str:
        """Name of the part of this kind that `owner` uses, "" without one."""
        found = (item for item in self._relations(owner) if item.kind == kind and not item.external)
        return next((item.target for item in found if item.target in self.package), "")

    def target(self, owner: str, identity: str) -> str:
        """Name of the part behind a relationship's id, "" without one."""
        found = (item for item in self._relations(owner) if item.id == identity and not item.external)
        return next((item.target for item in found if item.target in self.package), "")

    def add(self, owner: str, name: str, content: str, kind: str, data: bytes) -> tuple[str, str]:
        """Add a part like `word/comments.xml` under the first free such name: that, its relationship's id."""
        free, number = name, 1
        while free in self.package or free.lower() in self._bytes:
            stem, suffix = posixpath.splitext(name)
            number += 1
            free = f"{stem}{number}{suffix}"
        folder, file = posixpath.split(owner)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        known = {_TYPES: self.data(_TYPES)}
        if old := self.data(relations):
            known[relations] = old
        base = _STRICT if self.strict else _USUAL
        identity = register_part(known, free, content, base + kind, owner)
        for changed, new in known.items():
            self.put(changed, new)
        self.put(free, data)
        return free, identity

    @property
    def strict(self) -> bool:
        """Whether the file keeps to the Strict variant of the standard."""
        return str(self.tree(self.main).tag).startswith("{http://purl.oclc.org/")

    def closed(self) -> bytes:
        """The whole file: changed parts anew, all others with their bytes and in their order.

        UnreadableFile where a part that nobody has read yet turns out to be damaged.
        """
        try:
            return self._written()
        except BROKEN as error:
            raise damaged() from error

    def _written(self) -> bytes:
        changed = self._bytes | {name: written(self._trees[name]) for name in self._edited}
        target = io.BytesIO()
        with (
            zipfile.ZipFile(self._path) as old,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            members = {info.filename.lstrip("/").lower(): info for info in old.infolist()}
            for key, info in members.items():
                if key in changed:
                    new.writestr(_member(info.filename), changed.pop(key))
                elif key in self.package:
                    with old.open(info) as source, new.open(_member(info.filename), "w") as copy:
                        shutil.copyfileobj(source, copy)
            for key, data in changed.items():
                new.writestr(_member(self._names[key]), data)
        return target.getvalue()

    def _relations(self, owner: str) -> list[Relation]:
        return list(self.package.relations(owner).values())


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _CLOCK)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
