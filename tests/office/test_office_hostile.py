"""Every hostile file that others fall for: refused or read, soon, in little memory, with a cause in Thai."""

from __future__ import annotations

import random
import socket
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from automation.errors import (
    EncryptedFile,
    FileError,
    ForeignFile,
    IncompleteFile,
    OversizedFile,
    UnreadableFile,
)
from automation.office.blocks import Document
from automation.office.guard import Limits
from automation.office.sheets import Workbook
from automation.office.worker import Worker
from tests.office.office_files import (
    DOCX_TYPE,
    HEAD,
    R_URI,
    S_URI,
    W_URI,
    compound,
    content_types,
    docx,
    p,
    relations,
    write_zip,
    xlsx,
)
from tests_place import SAMPLES

FORM = SAMPLES / "project" / "02-clean-youth-outreach.docx"
REPORT = next((SAMPLES / "year2570" / "progress").glob("*.xlsx"))
MEGABYTE = 1 << 20


def with_huge_part(
    path: Path, name: str, start: bytes, megabytes: int, end: bytes, others: dict[str, str]
) -> Path:
    """A zip with a part of `megabytes` of spaces, packed once and repeated, its table of contents true."""
    write_zip(path, others | {name: "placeholder"})
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = head + block * megabytes + packer.compress(end) + packer.flush()
    checksum = zlib.crc32(start)
    for _ in range(megabytes):
        checksum = zlib.crc32(b" " * MEGABYTE, checksum)
    checksum, size = zlib.crc32(end, checksum), len(start) + megabytes * MEGABYTE + len(end)
    with zipfile.ZipFile(path, "a") as archive:
        archive.filelist = [item for item in archive.filelist if item.filename != name]
        info = zipfile.ZipInfo(name)
        info.compress_type, info.CRC = zipfile.ZIP_DEFLATED, checksum
        info.compress_size, info.file_size, info.header_offset = len(packed), size, archive.start_dir
        archive.fp.seek(archive.start_dir)  # type: ignore[union-attr]
        archive.fp.write(info.FileHeader(False) + packed)  # type: ignore[union-attr]
        archive.start_dir = archive.fp.tell()  # type: ignore[union-attr]
        archive.filelist.append(info)
        archive._didModify = True  # type: ignore[attr-defined]
    return path


WORD = {
    "[Content_Types].xml": content_types("word/document.xml", DOCX_TYPE),
    "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
}
BODY = (
    f'{HEAD}<w:document xmlns:w="{W_URI}"><w:body><w:p><w:r><w:t>'.encode(),
    b"</w:t></w:r></w:p></w:body></w:document>",
)


def bomb(path: Path, megabytes: int) -> Path:
    return with_huge_part(path, "word/document.xml", BODY[0], megabytes, BODY[1], WORD)


def shared_strings(path: Path) -> Path:
    xlsx(path, {"ก": ""}, strings="<si><t>x</t></si>")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    del parts["xl/sharedStrings.xml"]
    start = f'{HEAD}<sst xmlns="{S_URI}"><si><t>'.encode()
    return with_huge_part(path, "xl/sharedStrings.xml", start, 1024, b"</t></si></sst>", parts)


def corner(path: Path) -> Path:
    row = '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return xlsx(path, {"ก": f'<dimension ref="A1:XFD1048576"/>{row}'})


def empty_rows(path: Path) -> Path:
    rows = "".join(f'<row r="{at}" s="1" customFormat="1"/>' for at in range(1, 1_048_577))
    return xlsx(path, {"ก": f"<sheetData>{rows}</sheetData>"})


def laughs(path: Path) -> Path:
    entities = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    text = f'<!DOCTYPE w:document [<!ENTITY l0 "lol">{entities}]>'
    body = (
        f'<w:document xmlns:w="{W_URI}"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
    )
    return write_zip(path, WORD | {"word/document.xml": HEAD + text + body})


def outside_entity(path: Path) -> Path:
    text = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = f'<w:document xmlns:w="{W_URI}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    return write_zip(path, WORD | {"word/document.xml": HEAD + text + body})


def nested_tables(path: Path) -> Path:
    return docx(path, "<w:tbl><w:tr><w:tc>" * 3000 + p("ก") + "</w:tc></w:tr></w:tbl>" * 3000)


def cells(path: Path) -> Path:
    values = random.Random(1).sample(range(10**9), 1000)
    rows = ("".join(f"<c><v>{value + at}</v></c>" for value in values) for at in range(1000))
    return xlsx(path, {"ก": "<sheetData>" + "".join(f"<row>{row}</row>" for row in rows) + "</sheetData>"})


def with_bytes(data: Callable[[], bytes]) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(data())
        return path

    return make


def flipped() -> bytes:
    data = bytearray(FORM.read_bytes())
    with zipfile.ZipFile(FORM) as archive:
        info = archive.getinfo("word/document.xml")
    data[info.header_offset + 200] ^= 0x10
    return bytes(data)


def polyglot() -> bytes:
    """A PDF in front of a form: by its beginning the one, by its end the other."""
    return b"%PDF-1.4\n%" + bytes(100) + b"\n" + FORM.read_bytes()


HOSTILE: dict[str, tuple[str, Callable[[Path], Path], type[FileError], str]] = {
    "200 MB of text": (".docx", lambda path: bomb(path, 200), OversizedFile, "ใหญ่ผิดปกติ"),
    "1 GB of text": (".docx", lambda path: bomb(path, 1024), OversizedFile, "ใหญ่ผิดปกติ"),
    "1 GB of shared strings": (".xlsx", shared_strings, OversizedFile, "ใหญ่ผิดปกติ"),
    "one cell in the far corner": (".xlsx", corner, OversizedFile, "แถว 1,048,576 คอลัมน์ 16,384"),
    "a million cells": (".xlsx", cells, OversizedFile, "ช่อง"),
    "billion laughs": (".docx", laughs, UnreadableFile, "DOCTYPE"),
    "an entity that is a file": (".docx", outside_entity, UnreadableFile, "DOCTYPE"),
    "3,000 nested tables": (".docx", nested_tables, OversizedFile, "ซ้อนกันลึก"),
    "zero bytes": (".docx", with_bytes(lambda: b""), UnreadableFile, "ว่างเปล่า"),
    "truncated": (".docx", with_bytes(lambda: FORM.read_bytes()[:9000]), IncompleteFile, "คัดลอก"),
    "a flipped bit": (".docx", with_bytes(flipped), UnreadableFile, "เสียหาย"),
    "encrypted": (".docx", with_bytes(lambda: compound("EncryptedPackage")), EncryptedFile, "รหัสผ่าน"),
    "a web page": (".xls", with_bytes(lambda: b"<html><table>"), ForeignFile, "หน้าเว็บ (HTML)"),
    "a photograph": (".doc", with_bytes(lambda: b"\xff\xd8\xff\xe0" + bytes(99)), ForeignFile, "รูปภาพ"),
    "a PDF in front of a form": (".docx", with_bytes(polyglot), ForeignFile, "PDF"),
}
SOON = {"one cell in the far corner": 1.0}


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as child:
        child.open(FORM)
        yield child


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_soon_in_little_memory_with_its_own_cause(tmp_path: Path, worker: Worker, name: str) -> None:
    suffix, make, kind, words = HOSTILE[name]
    file = make(tmp_path / f"แฟ้ม{suffix}")
    began = time.monotonic()
    with pytest.raises(kind) as caught:
        worker.open(file)
    assert time.monotonic() - began < SOON.get(name, 20.0)
    assert type(caught.value) is kind
    assert words in caught.value.message
    assert caught.value.hint
    assert most_memory(worker) < 512


def test_a_million_styled_empty_rows_are_none(tmp_path: Path) -> None:
    """They take a few seconds, on an idle machine; here only their meaning and room count."""
    with Worker(Limits(seconds=120)) as worker:
        opened = worker.open(empty_rows(tmp_path / "แถว.xlsx"))
        assert isinstance(opened, Workbook)
        assert not opened.sheets[0].cells
        assert most_memory(worker) < 512


def most_memory(worker: Worker) -> int:
    """Megabytes that the child has had at most in its life; 0 where it was ended."""
    child = worker._child
    if child is None:
        return 0
    lines = Path(f"/proc/{child.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this machine, and what anybody asked of it."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                asked.append(caller.recv(100))
                caller.close()

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)


def outside(kind: str, target: str) -> str:
    types = "http://schemas.openxmlformats.org/package/2006/relationships"
    return (
        f'{HEAD}<Relationships xmlns="{types}"><Relationship Id="rId9" Type="{R_URI}/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )


def test_what_a_file_points_to_is_never_fetched(tmp_path: Path, worker: Worker) -> None:
    """Templates, pictures, objects, entities, data connections: the listener hears nothing."""
    with listening() as (address, asked):
        for kind in ("attachedTemplate", "image", "oleObject", "frame", "hyperlink", "subDocument"):
            file = docx(
                tmp_path / f"{kind}.docx",
                p("ก") + '<w:subDoc xmlns:r="' + R_URI + '" r:id="rId9"/>',
                **{"word/_rels/document.xml.rels": outside(kind, f"{address}/{kind}")},
            )
            opened = worker.open(file)
            assert isinstance(opened, Document)
            assert (opened.external == (f"{address}/{kind}",)) is (kind != "hyperlink")
        formulas = (f'WEBSERVICE("{address}/w")', f"'{address}/[x.xlsx]A'!A1", "cmd|' /C calc'!A0")
        row = "".join(f"<c><f>{formula.replace('&', '&amp;')}</f><v>7</v></c>" for formula in formulas)
        file = xlsx(
            tmp_path / "x.xlsx",
            {"ก": f"<sheetData><row>{row}</row></sheetData>"},
            **{"xl/connections.xml": f'<connections xmlns="{S_URI}"/>'},
        )
        assert isinstance(worker.open(file), Workbook)
        entity = f'<!DOCTYPE w:document SYSTEM "{address}/d.dtd">'
        body = f'<w:document xmlns:w="{W_URI}"><w:body/></w:document>'
        with pytest.raises(UnreadableFile):
            worker.open(write_zip(tmp_path / "d.docx", WORD | {"word/document.xml": HEAD + entity + body}))
        time.sleep(0.2)
        assert asked == []


@pytest.mark.libreoffice
def test_libreoffice_fetches_nothing_either(tmp_path: Path) -> None:
    """A picture that an OpenDocument text only links to: LibreOffice loads such ones unless told not to."""
    kind = "application/vnd.oasis.opendocument.text"
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
        for name, uri in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
        )
    )
    with listening() as (address, asked), Worker() as child:
        body = (
            f'{HEAD}<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" '
            'office:version="1.2"><office:body><office:text><text:p>ข้อความ<draw:frame draw:name="ก" '
            'svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image '
            f'xlink:href="{address}/i.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
            "</draw:frame></text:p></office:text></office:body></office:document-content>"
        )
        manifest = (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>"
        )
        parts = {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": body}
        opened = child.open(write_zip(tmp_path / "แบบ.odt", parts))
        assert isinstance(opened, Document)
        assert "ข้อความ" in next(iter(opened.paragraphs)).text
        time.sleep(0.2)
        assert asked == []
