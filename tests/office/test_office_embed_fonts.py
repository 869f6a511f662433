"""Faces inside a Word file: sound by the format, the face itself when unmixed, only where licences allow."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
import zipfile
from pathlib import Path

import pytest
from docx import Document
from fontTools.ttLib import TTFont
from lxml import etree
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from automation.office.embed_fonts import embed_fonts, may_embed, mixed
from automation.office.fonts import OFFICIAL, TWIN, official_faces
from automation.office.pdf_layout import page_layouts
from automation.office.soffice import soffice
from tests.conftest import LAKSAMAN

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FAMILY = OFFICIAL if official_faces() else TWIN


@pytest.fixture
def memo(templates: Path, tmp_path: Path) -> Path:
    """A template as the Word file of ours that it is."""
    return Path(shutil.copy(templates / "docx" / "receipt.docx", tmp_path / "memo.docx"))


def embedded(path: Path) -> dict[str, bytes]:
    """Element → the face that the file holds for the family, unmixed with the key that stands beside it."""
    with zipfile.ZipFile(path) as package:
        table = etree.fromstring(package.read("word/fontTable.xml"))
        relations = etree.fromstring(package.read("word/_rels/fontTable.xml.rels"))
        targets = {item.get("Id"): item.get("Target").lstrip("/") for item in relations}
        (font,) = (item for item in table.iter(f"{W}font") if item.get(f"{W}name") == FAMILY)
        return {
            etree.QName(item).localname: mixed(
                package.read(targets[item.get(f"{R}id")]), uuid.UUID(item.get(f"{W}fontKey"))
            )
            for item in font
            if "embed" in item.tag
        }


@pytest.mark.fonts
def test_the_faces_come_out_again_and_word_would_open_it(memo: Path, tmp_path: Path) -> None:
    before = OpenXmlValidator().validate(memo).errors
    assert embed_fonts(memo, cache=tmp_path / "fonts") == FAMILY
    assert len(OpenXmlValidator().validate(memo).errors) == len(before)
    found = embedded(memo)
    assert list(found)[:2] == ["embedRegular", "embedBold"]
    for name, data in found.items():
        (tmp_path / f"{name}.ttf").write_bytes(data)
        with TTFont(tmp_path / f"{name}.ttf") as font:
            assert font["name"].getDebugName(1) == FAMILY
            assert 0x0E01 in font.getBestCmap()


@pytest.mark.fonts
def test_the_setting_stands_where_the_schema_wants_it(memo: Path, tmp_path: Path) -> None:
    embed_fonts(memo, cache=tmp_path / "fonts")
    with zipfile.ZipFile(memo) as package:
        settings = etree.fromstring(package.read("word/settings.xml"))
    names = [etree.QName(child).localname for child in settings]
    assert names.index("embedTrueTypeFonts") == names.index("zoom") + 1


@pytest.mark.fonts
def test_twice_is_the_same_as_once_and_text_stays(memo: Path, tmp_path: Path) -> None:
    text = [paragraph.text for paragraph in Document(str(memo)).paragraphs]
    again = Path(shutil.copy(memo, tmp_path / "again.docx"))
    embed_fonts(memo, cache=tmp_path / "fonts")
    embed_fonts(again, cache=tmp_path / "fonts")
    once = memo.read_bytes()
    assert once == again.read_bytes()
    embed_fonts(memo, cache=tmp_path / "fonts")
    assert memo.read_bytes() == once
    assert [paragraph.text for paragraph in Document(str(memo)).paragraphs] == text


@pytest.mark.fonts
@pytest.mark.parametrize(
    ("bits", "allowed"),
    [(0, True), (0x0002, False), (0x0004, False), (0x0008, True), (0x000C, True), (0x0208, False)],
)
def test_the_licence_bits_decide(tmp_path: Path, bits: int, allowed: bool) -> None:
    with TTFont(LAKSAMAN) as font:
        font["OS/2"].fsType = bits
        font.save(tmp_path / "face.ttf")
    assert may_embed(tmp_path / "face.ttf") is allowed


def test_mixing_twice_gives_the_face_back() -> None:
    key = uuid.UUID("00112233-4455-6677-8899-AABBCCDDEEFF")
    data = bytes(range(40))
    assert mixed(mixed(data, key), key) == data
    # As the format's own rule says: the key's last byte meets the first byte.
    assert mixed(bytes(40), key)[:2] == b"\xff\xee"
    assert mixed(data, key)[32:] == data[32:]


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_the_face_in_the_file_is_used_where_none_is_installed(memo: Path, tmp_path: Path) -> None:
    """LibreOffice with every Thai face hidden from it, as on another machine."""
    embed_fonts(memo, cache=tmp_path / "fonts")
    conf = tmp_path / "fonts.conf"
    conf.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    program = soffice()
    assert program is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        str(program),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(memo),
    ]
    environment = os.environ | {"FONTCONFIG_FILE": str(conf)}
    subprocess.run(command, env=environment, capture_output=True, check=True, timeout=120)
    pages = page_layouts(PdfReader(tmp_path / "memo.pdf"))
    names = {face.name.split("-")[0] for page in pages for face in page.faces}
    assert FAMILY.replace(" ", "") in names
