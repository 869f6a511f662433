"""The emblem: one picture of the office in every letter."""

from __future__ import annotations

import shutil
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from lxml import etree

from automation.errors import TemplateError
from automation.office.emblem import put_emblem

EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def memo(templates: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(templates / "docx" / "memo-approve-project.docx", tmp_path / "memo.docx"))


def test_the_picture_takes_the_place_and_keeps_its_own_proportions(memo: Path, tmp_path: Path) -> None:
    picture = tmp_path / "garuda.png"
    picture.write_bytes(png(92, 100))
    assert put_emblem(memo, picture)
    with zipfile.ZipFile(memo) as package:
        assert picture.read_bytes() in [package.read(name) for name in package.namelist() if "media/" in name]
        (extent,) = etree.fromstring(package.read("word/document.xml")).iter(EXTENT)
    assert int(extent.get("cy")) == 540000  # 1.5 cm
    assert int(extent.get("cx")) == round(540000 * 0.92)


def test_a_document_without_a_place_is_left_alone(templates: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(templates / "docx" / "base.docx", tmp_path / "a.docx"))
    before = copy.read_bytes()
    assert not put_emblem(copy, templates / "docx" / "garuda.png")
    assert copy.read_bytes() == before


def test_without_a_picture_the_templates_own_stays(memo: Path, tmp_path: Path) -> None:
    before = memo.read_bytes()
    assert not put_emblem(memo, tmp_path / "none.png")
    assert memo.read_bytes() == before


def test_another_kind_of_picture_is_refused(memo: Path, tmp_path: Path) -> None:
    picture = tmp_path / "garuda.png"
    picture.write_bytes(b"\xff\xd8\xff\xe0 JPEG under the wrong name")
    with pytest.raises(TemplateError, match="PNG"):
        put_emblem(memo, picture)
