"""Put the face of a Word file into the file, so that it looks the same where the face is not installed.

The parts are obfuscated as the format asks (ECMA-376 part 4, `obfuscatedFont`): the first 32 bytes are mixed
with a key that stands beside them; it keeps nobody out. A face is put in only where its own licence bits
(OS/2 fsType) allow that in files that can be edited. Without the official face its metric twin is put in
under its own name, and named as the one to take instead.
"""

from __future__ import annotations

import re
import uuid
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from lxml import etree

from automation.errors import RenderError
from automation.office.body_stream import DOCUMENT, body_blocks
from automation.office.docx_names import R, W
from automation.office.fonts import OFFICIAL, TWIN, official_faces, twin_faces
from automation.office.package import safe_parser
from automation.office.registration import register_part, written
from automation.office.rewrite import read_parts, replace_parts

_TABLE, _SETTINGS = "word/fontTable.xml", "word/settings.xml"
_CONTENT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_EMBEDS = {
    "regular": "embedRegular",
    "bold": "embedBold",
    "italic": "embedItalic",
    "bold_italic": "embedBoldItalic",
}
"""Face → element, in the order of the schema, which puts them last in w:font."""
_BEFORE = ("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime",
           "doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText",
           "printFractionalCharacterWidth", "printFormsData")  # fmt: skip
"""What stands before w:embedTrueTypeFonts in w:settings."""
_MIXED = 32
_ITALIC = re.compile(r'<w:i(?:Cs)?(?:/>| w:val="1")')
_RESTRICTED, _PREVIEW, _EDITABLE, _BITMAP_ONLY = 0x0002, 0x0004, 0x0008, 0x0200


def embed_fonts(path: Path, *, cache: Path | None = None) -> str:
    """Put the faces into a Word file of ours, in place, and return the name of the family that went in.

    Italic faces go in only where the file uses italics. RenderError, and the file stays as it was, when
    neither the official face nor what its twin is made from is installed, or the licence does not allow it.
    """
    parts = read_parts(path, without=(DOCUMENT,))
    family, faces = _faces(cache)
    if not _uses_italics(path, parts):
        faces = {face: file for face, file in faces.items() if "italic" not in face}
    refused = [file.name for file in faces.values() if not may_embed(file)]
    if refused:
        raise RenderError(
            f"ฝังแบบอักษร {family} ในไฟล์ Word ไม่ได้ เพราะสัญญาอนุญาตของแบบอักษรไม่ให้ฝัง ({', '.join(refused)})",
            hint="ไฟล์ Word ใช้ได้ตามปกติ แต่เครื่องที่เปิดต้องติดตั้งแบบอักษรนี้",
        )
    table = etree.fromstring(parts[_TABLE], safe_parser())
    entries = _entries(table, family)
    if entries[0].find(f"{W}{_EMBEDS['regular']}") is not None:
        return family
    for face, element in _EMBEDS.items():
        if face in faces:
            _put(parts, entries, element, faces[face])
    parts[_TABLE] = written(table)
    parts[_SETTINGS] = _with_setting(parts[_SETTINGS])
    replace_parts(path, parts)
    return family


def may_embed(face: Path) -> bool:
    """Whether the licence bits of a face allow it inside a file that can be edited."""
    from fontTools.ttLib import TTFont

    with TTFont(face, lazy=True) as font:
        bits = font["OS/2"].fsType
    if bits & _BITMAP_ONLY:
        return False
    return bool(bits & _EDITABLE) or not bits & (_RESTRICTED | _PREVIEW)


def mixed(data: bytes, key: uuid.UUID) -> bytes:
    """The first 32 bytes mixed with the key; the same again gives the face back."""
    mask = key.bytes[::-1] * 2
    return bytes(one ^ other for one, other in zip(data[:_MIXED], mask, strict=False)) + data[_MIXED:]


def _faces(cache: Path | None) -> tuple[str, dict[str, Path]]:
    official = official_faces()
    return (OFFICIAL, official) if official else (TWIN, twin_faces(cache))


def _uses_italics(path: Path, parts: dict[str, bytes]) -> bool:
    stories = (data for name, data in parts.items() if name.startswith("word/") and name.endswith(".xml"))
    texts = chain((data.decode("utf-8") for data in stories), body_blocks(path))
    return any(_ITALIC.search(text) for text in texts)


def _entries(table: Any, family: str) -> list[Any]:
    """The entries of the table of fonts that the faces belong to: the official one, and the twin's own.

    LibreOffice takes what stands with the name that the text uses; Word goes by the name inside the face, to
    which the official entry points.
    """
    official = _entry(table, OFFICIAL)
    if family == OFFICIAL:
        return [official]
    other = official.find(f"{W}altName")
    if other is None:
        other = etree.Element(f"{W}altName")
        official.insert(0, other)
    names = [name for name in (other.get(f"{W}val") or "").split(",") if name]
    other.set(f"{W}val", ",".join(dict.fromkeys((*names, family))))
    return [official, _entry(table, family)]


def _entry(table: Any, family: str) -> Any:
    found = (font for font in table.findall(f"{W}font") if font.get(f"{W}name") == family)
    entry = next(found, None)
    return etree.SubElement(table, f"{W}font", {f"{W}name": family}) if entry is None else entry


def _put(parts: dict[str, bytes], entries: list[Any], element: str, file: Path) -> None:
    data = file.read_bytes()
    # The same face has the same key, so that the same document is the same file whenever it is made.
    key = uuid.UUID(bytes=sha256(data).digest()[:16])
    number = 1 + sum(name.startswith("word/fonts/") for name in parts)
    name = f"word/fonts/font{number}.odttf"
    parts[name] = mixed(data, key)
    identity = register_part(parts, name, _CONTENT, _RELATION, _TABLE)
    for entry in entries:
        facts = {f"{R}id": identity, f"{W}fontKey": f"{{{str(key).upper()}}}"}
        etree.SubElement(entry, f"{W}{element}", facts)


def _with_setting(data: bytes) -> bytes:
    root = etree.fromstring(data, safe_parser())
    if root.find(f"{W}embedTrueTypeFonts") is None:
        before = {f"{W}{name}" for name in _BEFORE}
        place = sum(child.tag in before for child in root)
        root.insert(place, etree.Element(f"{W}embedTrueTypeFonts"))
    return written(root)
