"""The commands on books: trace and preflight, as a user or a script calls them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from pypdf import PdfWriter

from automation.cli import cli
from automation.pipeline.workspace import make_workspace, shipped


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that took in three forms of one bureau."""
    root = make_workspace(tmp_path_factory.mktemp("เล่ม") / "ปี")
    for number in (1, 2, 3):
        shutil.copy(shipped("samples/year2570") / "forms" / f"hr-0{number}.docx", root / "inbox")
    assert call("--workspace", root, "intake").exit_code == 0
    return root


def call(*arguments: str | Path) -> Result:
    """The program's answer; a defect fails the test."""
    result = CliRunner().invoke(cli, [str(item) for item in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_trace_as_a_table_and_as_json(root: Path) -> None:
    said = call("--workspace", root, "trace", "requested", "--bureau", "พบ")
    assert said.exit_code == 0
    assert "= 4,230,000.00" in said.stdout
    assert "hr-02.docx" in said.stdout
    document: dict[str, Any] = json.loads(call("trace", "๔,๒๓๐,๐๐๐", "--workspace", root, "--json").stdout)
    assert document["fiscal_year"] == 2570
    assert {"of", "measure", "title", "amount", "projects", "parts"} == set(document["figures"][0])
    assert {part["file"] for part in document["figures"][0]["parts"]} == {
        "hr-01.docx", "hr-02.docx", "hr-03.docx",
    }  # fmt: skip


def test_trace_of_an_amount_that_is_nowhere_exits_with_1(root: Path) -> None:
    said = call("--workspace", root, "trace", "17")
    assert (said.exit_code, "ไม่มีตัวเลข 17" in said.stdout) == (1, True)


def test_preflight_names_the_page_and_exits_with_1(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(tmp_path / "a.pdf")
    said = call("preflight", tmp_path / "a.pdf")
    assert said.exit_code == 1
    assert "✗ หน้าที่ 1: หน้าว่าง" in said.stdout
    document = json.loads(call("preflight", tmp_path / "a.pdf", "--json").stdout)
    assert document["ready"] is False
    assert document["faults"] == [{"kind": "empty-page", "page": 1, "message": "หน้าว่าง ไม่มีข้อความหรือรูปภาพ"}]


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_preflight_of_a_clean_word_file_exits_with_0(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("รายงาน")
    document.save(str(tmp_path / "a.docx"))
    said = call("preflight", tmp_path / "a.docx")
    assert said.exit_code == 0, said.stdout
    assert "✓" in said.stdout
