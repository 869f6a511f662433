"""Custom document properties: facts that a file carries unseen (Word and Excel: File, Info, Properties)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from automation.office.archive import Archive
from automation.office.package import safe_parser
from automation.office.registration import register_part, written

_CUSTOM = "docProps/custom.xml"
_NS = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_VT = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The property set of custom properties, the same in every Office file."""


def with_properties(data: bytes, properties: Mapping[str, str]) -> bytes:
    """The Office file with these custom text properties set, everything else as it was."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    if _CUSTOM not in parts:
        register_part(parts, _CUSTOM, _CONTENT, _RELATION)
    parts[_CUSTOM] = _custom(parts.get(_CUSTOM), properties)
    archive = Archive()
    for name, content in parts.items():
        archive.add(name, content)
    return archive.closed()


def _custom(old: bytes | None, properties: Mapping[str, str]) -> bytes:
    if old is None:
        root = etree.Element(_NS + "Properties", nsmap={None: _NS[1:-1], "vt": _VT[1:-1]})
    else:
        root = etree.fromstring(old, safe_parser())
    for item in list(root):
        if item.get("name") in properties:
            root.remove(item)
    taken = max((int(item.get("pid")) for item in root), default=1)
    for pid, (name, value) in enumerate(properties.items(), taken + 1):
        item = etree.SubElement(root, _NS + "property", {"fmtid": _FMTID, "pid": str(pid), "name": name})
        etree.SubElement(item, _VT + "lpwstr").text = value
    return written(root)
