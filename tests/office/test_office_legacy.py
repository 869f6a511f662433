"""Word 97, Excel 97, OpenDocument and RTF files by way of LibreOffice."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from automation.errors import FileError, LegacyFile, OversizedFile, UnreadableFile
from automation.office.blocks import Document
from automation.office.guard import Kind, Limits
from automation.office.legacy import open_converted
from automation.office.opening import open_file, open_modern
from automation.office.sheets import Workbook
from tests.office.office_files import cells, compound, docx, p, xlsx


def convert(source: Path, target: str) -> Path:
    """The file in a legacy format, made by LibreOffice."""
    profile = (source.parent / "profile").as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", target]
    subprocess.run(
        [*command, "--outdir", source.parent, source], check=True, capture_output=True, timeout=120
    )
    return source.with_suffix(f".{target}")


@pytest.mark.libreoffice
def test_word_97(tmp_path: Path) -> None:
    row = f"<w:tr><w:tc>{p('ในตาราง')}</w:tc></w:tr>"
    table = f"<w:tbl><w:tblGrid><w:gridCol w:w='4000'/></w:tblGrid>{row}</w:tbl>"
    old = convert(docx(tmp_path / "แบบฟอร์ม.docx", p("ชื่อโครงการ อบรม") + table + p("")), "doc")
    opened = open_file(old)
    assert isinstance(opened, Document)
    assert [para.text for para in opened.paragraphs if para.text] == ["ชื่อโครงการ อบรม", "ในตาราง"]


@pytest.mark.libreoffice
def test_excel_97(tmp_path: Path) -> None:
    new = xlsx(
        tmp_path / "รายงาน.xlsx",
        {"รายงาน": cells('<c t="inlineStr"><is><t>งบ</t></is></c><c><v>12.5</v></c>')},
    )
    opened = open_file(convert(new, "xls"))
    assert isinstance(opened, Workbook)
    assert [str(cell.value) for cell in opened.sheets[0].cells.values()] == ["งบ", "12.5"]


@pytest.mark.libreoffice
def test_what_libreoffice_cannot_read(tmp_path: Path) -> None:
    file = tmp_path / "เสีย.xls"
    file.write_bytes(compound("Workbook"))
    with pytest.raises(FileError) as caught:
        open_file(file)
    assert caught.value.place == "เสีย.xls"
    assert caught.value.hint


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program called soffice that does what the script says."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


@pytest.mark.parametrize(
    ("name", "content", "target"),
    [
        ("ก.doc", compound("WordDocument"), ".docx"),
        ("ข.xls", compound("Book"), ".xlsx"),
        ("ค.doc", b"{\\rtf1}", ".docx"),
    ],
)
def test_without_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, target: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LegacyFile) as caught:
        open_file(tmp_path / name)
    assert target in caught.value.hint
    assert caught.value.place == name


def test_a_converter_that_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, "exit 0")
    (tmp_path / "ก.doc").write_bytes(compound("WordDocument"))
    with pytest.raises(UnreadableFile, match="แปลง"):
        open_file(tmp_path / "ก.doc")


def test_a_converter_that_makes_another_legacy_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(
        tmp_path,
        monkeypatch,
        'for last; do :; done; cd "$(dirname "$last")"; mkdir out; cp "$last" out/input.docx',
    )
    (tmp_path / "ก.doc").write_bytes(compound("WordDocument"))
    with pytest.raises(UnreadableFile, match="แปลง"):
        open_file(tmp_path / "ก.doc")


def test_a_converter_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As soffice does, the program starts another one and waits for it."""
    fake(tmp_path, monkeypatch, f"sleep 300 & echo $! > '{tmp_path}/inner'; wait")
    monkeypatch.setattr("automation.office.legacy._START_SECONDS", 0.4)
    file = tmp_path / "ก.doc"
    file.write_bytes(compound("WordDocument"))
    limits = Limits(seconds=0.1)
    with pytest.raises(OversizedFile, match="แปลงไฟล์รูปแบบเก่านานเกินกำหนด"):
        open_converted(file, Kind.DOC, limits, lambda copy: open_modern(copy, limits))
    inner = int((tmp_path / "inner").read_text())
    assert ended(inner)


def ended(process: int) -> bool:
    """Whether it is gone within a second, or dead and not yet buried by its new parent."""
    for _ in range(50):
        try:
            if Path(f"/proc/{process}/stat").read_text().split()[2] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


def test_a_converter_that_wants_all_the_memory_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"exec '{sys.executable}' -c 'bytearray(5 << 30)' && touch '{tmp_path}/got it'"
    fake(tmp_path, monkeypatch, script)
    (tmp_path / "ก.doc").write_bytes(compound("WordDocument"))
    with pytest.raises(UnreadableFile, match="แปลง"):
        open_file(tmp_path / "ก.doc")
    assert not (tmp_path / "got it").exists()
