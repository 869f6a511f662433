"""The commands as a user or a script calls them: words, JSON and exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from automation.cli import cli, main
from automation.cli.tables import shorten, table, width
from automation.model import RECORD_TYPES, from_json
from automation.pipeline.workspace import make_workspace
from tests_place import SAMPLES


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The real program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "automation", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that has taken in the plan, three forms, the allocation and a report."""
    root = make_workspace(tmp_path_factory.mktemp("งาน") / "ปี")
    source = SAMPLES / "year2570"
    for name in ("strategy.xlsx", "meeting.docx", "forms/hr-01.docx", "forms/hr-02.docx", "forms/hr-03.docx"):
        shutil.copy(source / name, root / "inbox")
    done = run("intake", "--workspace", root)
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("progress/hr-q1.xlsx",):
        shutil.copy(source / name, root / "inbox")
    done = run("intake", "--workspace", root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def ask(root: Path, *arguments: str) -> Any:
    result = CliRunner().invoke(cli, [*arguments, "--workspace", str(root), "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return json.loads(result.stdout)


def say(root: Path, *arguments: str) -> str:
    result = CliRunner().invoke(cli, [*arguments, "--workspace", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.stdout


def test_read_prints_the_contract_and_nothing_else() -> None:
    path = SAMPLES / "project" / "02-clean-youth-outreach.docx"
    done = run("read", path, "--json")
    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(document) == ["file", "sha256", "form", "record", "evidence", "unread", "findings"]
    assert document["form"] == "project"
    from_json(RECORD_TYPES["project"], document["record"])
    assert document["evidence"]["budget.total"]["by"] in {"tag", "anchor", "label"}
    assert document["evidence"]["budget.total"]["where"]


def test_read_of_a_file_to_be_mended_exits_with_1_and_names_the_place() -> None:
    done = run("read", SAMPLES / "project" / "05-older-law-manual.docx")
    assert done.returncode == 1
    assert "✗ ต้องแก้ไข" in done.stdout
    assert "ตาราง" in done.stdout


def test_read_of_what_is_no_form_is_answered_not_crashed(tmp_path: Path) -> None:
    path = tmp_path / "ภาพ.docx"
    path.write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 100)
    done = run("read", path, "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 1
    assert (document["form"], document["record"]) == (None, None)
    assert document["findings"][0]["rule"] == "file-not-office"


def test_submissions_follow_the_contract(year: Path) -> None:
    items = ask(year, "status", "--submissions")["submissions"]
    assert len(items) == 6
    assert all(
        list(item) == ["file", "sha256", "received", "outcome", "form", "code", "version"] for item in items
    )
    assert {item["outcome"] for item in items} == {"accepted"}


def test_status_counts_by_bureau_and_names_what_is_missing(year: Path) -> None:
    document = ask(year, "status")
    mine = next(item for item in document["bureaus"] if item["bureau"] == "สำนักพัฒนาทรัพยากรบุคคล")
    assert (mine["projects"], mine["rounds"]) == (3, ["ไตรมาสที่ ๑"])
    assert "สำนักพัฒนาทรัพยากรบุคคล" in say(year, "status")


def test_totals_have_the_keys_of_the_contract(year: Path) -> None:
    document = ask(year, "totals")
    expected = json.loads((SAMPLES / "year2570" / "totals.json").read_text(encoding="utf-8"))
    assert set(document) == set(expected)
    assert document["by_bureau"]["สำนักพัฒนาทรัพยากรบุคคล"]["requested"] == "4230000.00"
    assert "4,230,000.00" in say(year, "totals")


def test_show_tells_one_project(year: Path) -> None:
    document = ask(year, "show", "70-พบ-01")
    assert document["code"] == "70-พบ-01"
    assert document["versions"][0]["outcome"] == "accepted"
    assert document["progress"][0]["round"] == "ไตรมาสที่ ๑"
    assert "ฉบับที่ 1" in say(year, "show", "๗๐-พบ-๐๑")


def test_check_runs_every_rule_over_the_year(year: Path) -> None:
    document = ask(year, "check")
    assert "strategy-uncovered" in {item["rule"] for item in document["findings"]}
    assert "รวม" in say(year, "check")


def test_kinds_and_make_and_form(year: Path) -> None:
    kinds = {item["id"]: item for item in ask(year, "kinds")["kinds"]}
    assert {"memo-approve-project", "invitation", "plan-book", "year-end-report"} <= set(kinds)
    assert kinds["memo-approve-project"]["steps"] == ["S03", "F06", "A05.1b"]
    made = ask(
        year, "make", "memo-approve-project", "--project", "70-พบ-01", "--set", "signatory=นายตัวอย่าง ใจดี"
    )
    assert Path(made["made"][0]["path"]).is_file()
    assert "ออกแบบฟอร์มแล้ว" in say(year, "form", "progress", "--bureau", "พบ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("make", "ไม่มี"), "ไม่มีเอกสารชนิด"),
        (("make", "memo-approve-project"), "--project"),
        (("make", "memo-approve-project", "--project", "99-ไม่มี-01"), "ไม่พบโครงการ"),
        (("make", "memo-approve-project", "--project", "70-พบ-01", "--set", "ผิด"), "ชื่อ=ค่า"),
        (("make", "memo-approve-project", "--project", "70-พบ-01", "--set", "signatori=ก"), "signatory"),
        (("form", "progress", "--bureau", "ไม่มี"), "ไม่รู้จักสำนัก"),
        (("show", "99-ไม่มี-01"), "ไม่พบโครงการ"),
        (("calendar", "annual", "--start", "วันไหนดี"), "วันเริ่มไม่ชัดเจน"),
        (("intake", "ไม่มีไฟล์.docx"), "ไม่พบไฟล์"),
    ],
)
def test_wrong_use_is_told_in_thai_with_exit_code_2(year: Path, arguments: Sequence[str], words: str) -> None:
    done = run(*arguments, "--workspace", year)
    assert done.returncode == 2, done.stdout + done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_all_problems_of_the_settings_are_listed_with_exit_code_2(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "งาน")
    (root / "config.toml").write_text("year = 1\n[office]\nname = 2\n", encoding="utf-8")
    done = run("status", "--workspace", root)
    assert done.returncode == 2
    assert done.stderr.count("\n") >= 4


def test_no_workspace_is_told_with_what_to_do(tmp_path: Path) -> None:
    done = run("status", "--workspace", tmp_path)
    assert done.returncode == 2
    assert "automation init" in done.stderr


def test_init_does_not_touch_a_workspace_that_is_there(tmp_path: Path) -> None:
    assert run("init", tmp_path / "ใหม่").returncode == 0
    again = run("init", tmp_path / "ใหม่")
    assert again.returncode == 2
    assert "เป็นพื้นที่ทำงานอยู่แล้ว" in again.stderr


def test_demo_again_removes_only_what_demo_made(tmp_path: Path) -> None:
    mine = tmp_path / "ของฉัน"
    mine.mkdir()
    (mine / "สำคัญ.docx").write_bytes(b"x")
    done = run("demo", mine, "--again")
    assert done.returncode == 2
    assert (mine / "สำคัญ.docx").exists()


def test_a_defect_is_told_in_thai_and_its_traceback_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("automation.cli.cli.main", broken)
    with pytest.raises(SystemExit) as stopped:
        main()
    told = capsys.readouterr().err
    assert stopped.value.code == 3
    assert "โปรแกรมขัดข้อง" in told
    log = Path(told.strip().rsplit(": ", 1)[1])
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    log.unlink()


def test_tone_marks_take_no_column() -> None:
    assert width("น้ำปู่ที่") == 4
    assert table(
        ("ก", "ข"), [("ปู่", "1"), ("กขค", "22")], right=(1,)
    ) == "ก     ข\n───  ──\nปู     1\nกขค  22".replace("ปู ", "ปู่ ")
    assert shorten("กขคง", 3) == "กข…"


def test_on_a_terminal_what_is_missing_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from automation.cli import papers
    from automation.errors import MissingFacts

    def attempt(facts: dict[str, str]) -> tuple[Any, ...]:
        missing = tuple(name for name in ("due", "matter") if not facts.get(name))
        if missing:
            raise MissingFacts(missing, "ยังไม่มีข้อมูล")
        return ()

    with pytest.raises(MissingFacts):
        papers._ask_for_the_rest({}, attempt)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    answers = iter(["๑๐ มกราคม ๒๕๗๐", "แผน"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    facts, _ = papers._ask_for_the_rest({"signatory": "นางตัวอย่าง"}, attempt)
    assert facts == {"signatory": "นางตัวอย่าง", "due": "๑๐ มกราคม ๒๕๗๐", "matter": "แผน"}


def test_a_wrong_answer_is_asked_for_again_by_its_thai_name(monkeypatch: pytest.MonkeyPatch) -> None:
    from automation.cli import papers
    from automation.errors import MissingFacts, UsageError

    asked: list[str] = []

    def attempt(facts: dict[str, str]) -> tuple[Any, ...]:
        if not facts.get("due"):
            raise MissingFacts(("due",), "ยังไม่มีข้อมูล", labels=("วันที่ให้ส่งภายใน",))
        if facts["due"] == "วันอะไร":
            raise UsageError("วันที่อ่านไม่ได้")
        return ()

    answers = iter(["วันอะไร", "๑๐ มกราคม ๒๕๗๐"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.prompt", lambda text, **_: asked.append(text) or next(answers))
    assert papers._ask_for_the_rest({}, attempt)[0] == {"due": "๑๐ มกราคม ๒๕๗๐"}
    assert asked == ["  วันที่ให้ส่งภายใน (due)"] * 2
    with pytest.raises(UsageError):
        papers._ask_for_the_rest({"due": "วันอะไร"}, attempt)
