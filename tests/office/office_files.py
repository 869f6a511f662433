"""Small Word and Excel files made part by part, for tests of what readers meet."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

W_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S_URI = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R_URI = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P_URI = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMES = (
    f'xmlns:w="{W_URI}" xmlns:r="{R_URI}" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def compound(*streams: str, first: bytes = b"") -> bytes:
    """A compound file as far as its directory: header, one data sector, entries of 128 bytes."""
    data = bytearray(OLE.ljust(512, b"\0") + first.ljust(512, b"\0"))
    for name in ("Root Entry", *streams):
        wide = name.encode("utf-16-le") + b"\0\0"
        data += wide.ljust(64, b"\0") + struct.pack("<H", len(wide)) + b"\x02\x01" + bytes(60)
    return bytes(data)


def relations(*items: tuple[str, str, str], external: tuple[str, ...] = ()) -> str:
    """A .rels part of (id, kind, target)."""
    rows = "".join(
        f'<Relationship Id="{id}" Type="{R_URI}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if id in external else "")
        + "/>"
        for id, kind, target in items
    )
    return f'{HEAD}<Relationships xmlns="{P_URI}">{rows}</Relationships>'


def content_types(main: str, kind: str) -> str:
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/></Types>'
    )


def write_zip(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def document_xml(body: str) -> str:
    return f"{HEAD}<w:document {NAMES}><w:body>{body}</w:body></w:document>"


def part_xml(root: str, inner: str) -> str:
    """Another Word part, such as `hdr`, `footnotes`, `styles`, `numbering`."""
    return f"{HEAD}<w:{root} {NAMES}>{inner}</w:{root}>"


def docx(
    path: Path, body: str, parts: Mapping[str, tuple[str, str]] | None = None, **more: str | bytes
) -> Path:
    """A .docx with this body; `parts` adds kind → (name below word/, XML); `more` replaces whole parts."""
    added = parts or {}
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types("word/document.xml", DOCX_TYPE),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": document_xml(body),
        "word/_rels/document.xml.rels": relations(
            *((f"rId{at}", kind, name) for at, (kind, (name, _)) in enumerate(added.items()))
        ),
    }
    every |= {f"word/{name}": xml for name, xml in added.values()}
    return write_zip(path, every | more)


def xlsx(
    path: Path,
    sheets: Mapping[str, str],
    *,
    styles: str = "",
    strings: str = "",
    workbook: str = "",
    states: Mapping[str, str] | None = None,
    **more: str | bytes,
) -> Path:
    """An .xlsx: sheet name → inner XML of its `worksheet`; `workbook` stands before and after `sheets`."""
    names = list(sheets)
    rows = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"'
        + (f' state="{states[name]}"' if states and name in states else "")
        + "/>"
        for at, name in enumerate(names, 1)
    )
    before, _, after = workbook.partition("|")
    items = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(names) + 1)]
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types("xl/workbook.xml", XLSX_TYPE),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{S_URI}" xmlns:r="{R_URI}">'
            f"{before}<sheets>{rows}</sheets>{after}</workbook>"
        ),
    }
    for at, name in enumerate(names, 1):
        every[f"xl/worksheets/sheet{at}.xml"] = f'{HEAD}<worksheet xmlns="{S_URI}">{sheets[name]}</worksheet>'
    for kind, inner, root in (("styles", styles, "styleSheet"), ("sharedStrings", strings, "sst")):
        if inner:
            items.append((kind, kind, f"{kind}.xml"))
            every[f"xl/{kind}.xml"] = f'{HEAD}<{root} xmlns="{S_URI}">{inner}</{root}>'
    every["xl/_rels/workbook.xml.rels"] = relations(*items)
    return write_zip(path, every | more)


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def cells(*rows: str) -> str:
    """`sheetData` of rows given as inner XML."""
    return "<sheetData>" + "".join(f"<row>{row}</row>" for row in rows) + "</sheetData>"
