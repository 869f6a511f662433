"""What a user sees of returned copies, printed changes and commented templates."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from automation.cli import cli
from automation.pipeline.workspace import make_workspace
from tests.pipeline.test_pipeline_linting import spoilt
from tests.pipeline.test_pipeline_returning import FAULTY, GOOD, edited


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "งาน")


def run(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(cli, [*arguments, "--workspace", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_intake_tells_where_the_returned_copy_is(root: Path) -> None:
    done = run(root, "intake", str(FAULTY), "--json")
    (answered,) = json.loads(done.stdout)["answered"]
    assert done.exit_code == 1
    assert Path(answered["returned_copy"]).is_file()
    shutil.copy(FAULTY, root / "inbox" / "อีกครั้ง.docx")
    assert "แฟ้มที่มีความเห็น: " in run(root, "intake").stdout


def test_show_prints_the_list_of_changes(root: Path, tmp_path: Path) -> None:
    run(root, "intake", str(GOOD))
    mended = edited(
        GOOD, tmp_path / "แก้.docx", lambda data: data.replace("1,000 คน".encode(), "1,200 คน".encode())
    )
    run(root, "intake", str(mended))
    assert "กลุ่มเป้าหมาย: " in run(root, "show", "70-ปส-04").stdout
    told = run(root, "show", "70-ปส-04", "--print")
    assert told.exit_code == 0
    assert Path(told.stdout.removeprefix("รายการแก้ไข: ").strip()).is_file()


def test_lint_hands_out_a_copy_with_comments(root: Path) -> None:
    spoilt(root / "templates" / "docx" / "form-meeting.docx", "meeting.title", "meeting.titel")
    done = run(root, "lint", "form-meeting.docx", "--comments", "--json")
    assert done.exit_code == 1
    (copy,) = json.loads(done.stdout)["copies"]
    assert Path(copy).is_relative_to(root / "outbox")
