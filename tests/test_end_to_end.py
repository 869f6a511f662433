"""The whole sample year from inbox to books, by the command that a new user types first."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from automation.office.opening import open_file
from automation.thai.digits import to_thai
from automation.thai.money import format_baht
from tests_place import SAMPLES

EXPECTED = json.loads((SAMPLES / "year2570" / "totals.json").read_text(encoding="utf-8"))


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "automation", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("สาธิต") / "ปี ๒๕๗๐"
    done = run("demo", root)
    assert done.returncode == 0, done.stdout + done.stderr
    for word in ("รับเข้า", "จัดทำ", "ใช้เวลา", "memo-approve-project", str(root / "outbox")):
        assert word in done.stdout
    return root


def text(path: Path) -> str:
    return "\n".join(para.text for para in open_file(path).paragraphs)  # type: ignore[union-attr]


def edit(path: Path) -> None:
    """What a clerk does: open the draft, change a word, save."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    changed = parts["word/document.xml"].replace("เรียน".encode(), "กราบเรียน".encode())
    assert changed != parts["word/document.xml"]
    parts["word/document.xml"] = changed
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def one(folder: Path) -> Path:
    (path,) = folder.glob("*.docx")
    return path


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_the_figures_agree_to_the_satang(demo: Path) -> None:
    done = run("totals", "--json", "--workspace", demo)
    found: dict[str, Any] = json.loads(done.stdout)
    by_code = {item["code"]: item for item in found["projects"]}
    for key, value in EXPECTED.items():
        if key == "projects":
            assert by_code == {item["code"]: item for item in value}
        elif key != "note":
            assert found[key] == value, key


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_every_file_was_accepted_and_answered(demo: Path) -> None:
    submissions = json.loads(run("status", "--submissions", "--json", "--workspace", demo).stdout)[
        "submissions"
    ]
    assert len(submissions) == 67
    assert {item["outcome"] for item in submissions} == {"accepted"}
    assert len(list((demo / "outbox" / "2570" / "ใบรับ").glob("*.docx"))) == 67
    assert not [path for path in (demo / "inbox").rglob("*") if path.is_file()]


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_every_kind_of_document_is_there_as_word_and_pdf(demo: Path) -> None:
    out = demo / "outbox" / "2570"
    for kind, number in (
        ("memo-approve-project", 24),
        ("invitation", 1),
        ("plan-book", 1),
        ("year-end-report", 1),
    ):
        words, pdfs = list((out / kind).glob("*.docx")), list((out / kind).glob("*.pdf"))
        assert (len(words), len(pdfs)) == (number, number), kind
        for path in words:
            assert "{{" not in text(path)
            assert "{%" not in text(path)


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_the_books_state_the_totals_of_the_year(demo: Path) -> None:
    from decimal import Decimal

    out, total = demo / "outbox" / "2570", EXPECTED["total"]
    plan, report = text(one(out / "plan-book")), text(one(out / "year-end-report"))
    assert format_baht(Decimal(total["requested"])) in plan
    assert format_baht(Decimal(total["spent_cumulative"]["4"])) in report
    assert to_thai(total["spent_percent"]) in report
    for item in EXPECTED["projects"]:
        assert to_thai(item["name"]) in to_thai(plan), item["code"]


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_a_memo_states_the_money_in_figures_and_words(demo: Path) -> None:
    (path,) = (demo / "outbox" / "2570" / "memo-approve-project").glob("*นผ-๐๑*.docx")
    memo = text(path)
    for words in ("เลขาธิการวุฒิสภา", "๔๘๐,๐๐๐ บาท (สี่แสนแปดหมื่นบาทถ้วน)", "จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ"):
        assert words in memo.replace("\u00a0", " "), words


@pytest.mark.libreoffice
@pytest.mark.fonts
def test_made_again_nothing_changes_and_edited_drafts_are_kept(demo: Path) -> None:
    out = demo / "outbox" / "2570" / "memo-approve-project"
    (path,) = out.glob("*นผ-๐๑*.docx")
    before = path.read_bytes()
    again = ("make", "memo-approve-project", "--project", "70-นผ-01", "--workspace", demo, "--set")
    facts = ("signatory=นางสาวตัวอย่าง แผนงานดี", "--set", "phone=๐ ๒๐๐๐ ๐๙๐๐")
    assert run(*again, *facts).returncode == 0
    assert path.read_bytes() == before
    edit(path)
    edited = path.read_bytes()
    assert run(*again, *facts).returncode == 0
    assert path.read_bytes() == edited
    assert len(list(out.glob("*นผ-๐๑*.docx"))) == 2
