"""What a service would be: texts that systemd and Windows read, and commands in the right order."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from automation.cli import cli
from automation.errors import UsageError
from automation.pipeline.beat import Beat
from automation.pipeline.service import (
    SYSTEM_UNITS,
    carry_out,
    plan_install,
    plan_remove,
    plan_status,
    service_name,
    unit_text,
)


def test_a_unit_of_the_user_without_root(root: Path, tmp_path: Path) -> None:
    plan = plan_install(root, "linux", home=tmp_path)
    assert plan.file == tmp_path / ".config" / "systemd" / "user" / f"{service_name(root)}.service"
    assert [command[:2] for command in plan.commands] == [("systemctl", "--user")] * 2
    assert plan.commands[1][2:4] == ("enable", "--now")
    assert "WantedBy=default.target" in plan.text
    assert "User=" not in plan.text


def test_a_unit_of_the_system_has_few_rights(root: Path) -> None:
    plan = plan_install(root, "linux", admin=True)
    assert plan.file is not None
    assert plan.file.parent == SYSTEM_UNITS
    for line in (
        "KillSignal=SIGTERM",
        "Restart=on-failure",
        "ProtectSystem=strict",
        f'ReadWritePaths="{root}"',
    ):
        assert line in plan.text.splitlines()


def test_the_unit_starts_the_watcher_whatever_the_folder_is_called() -> None:
    odd = Path('/srv/งาน แผน 100% "ใหม่" $HOME')
    (line,) = [line for line in unit_text(odd, admin=False).splitlines() if line.startswith("ExecStart=")]
    words = shlex.split(line.removeprefix("ExecStart="))
    assert words[0] == sys.executable
    assert words[-1].replace("%%", "%").replace("$$", "$") == str(odd)
    assert words[1:5] == ["-m", "automation", "watch", "--workspace"]


@pytest.mark.systemd
def test_systemd_finds_no_fault_in_the_unit(root: Path, tmp_path: Path) -> None:
    unit = tmp_path / "automation-test.service"
    unit.write_text(unit_text(root, admin=False), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_task_of_windows_runs_on_and_takes_any_name(tmp_path: Path) -> None:
    """`schtasks /TR` takes 261 characters at most and ends a task after three days: so it is given a file."""
    root = tmp_path / "งาน แผน & 'ปี 70'"
    plan = plan_install(root, "win32")
    create, start = plan.commands
    assert create == ("schtasks", "/Create", "/F", "/TN", plan.name, "/XML", str(plan.file))
    assert start[1] == "/Run"
    assert carry_out(plan, lambda _: 0) == 0
    assert plan.file is not None
    assert plan.file.read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff")
    task = ElementTree.fromstring(plan.file.read_bytes())
    told = {item.tag.partition("}")[2]: item.text for item in task.iter()}
    assert told["Arguments"] == f'-m automation watch --workspace "{root}"'
    assert told["Command"] == sys.executable
    assert (told["ExecutionTimeLimit"], told["StopIfGoingOnBatteries"]) == ("PT0S", "false")
    remove = plan_remove(root, "win32")
    assert [command[1] for command in remove.commands] == ["/End", "/Delete"]
    assert carry_out(remove, lambda _: 0, remove=True) == 0
    assert not plan.file.exists()
    assert plan_status(root, "win32")[1] == "/Query"


def test_installing_writes_first_and_removing_stops_first(root: Path, tmp_path: Path) -> None:
    ran: list[tuple[tuple[str, ...], bool]] = []
    plan = plan_install(root, "linux", home=tmp_path)
    assert plan.file is not None

    def run(command: tuple[str, ...]) -> int:
        assert plan.file is not None
        ran.append((command[2:3], plan.file.exists()))
        return 0

    assert carry_out(plan, run) == 0
    assert ran == [(("daemon-reload",), True), (("enable",), True)]
    ran.clear()
    assert carry_out(plan_remove(root, "linux", home=tmp_path), run, remove=True) == 0
    assert ran == [(("disable",), True), (("daemon-reload",), False)]
    assert carry_out(plan, lambda _: 5) == 5


def test_where_it_cannot_be_written_is_said(root: Path, tmp_path: Path) -> None:
    (tmp_path / ".config").write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match="ไม่ได้"):
        carry_out(plan_install(root, "linux", home=tmp_path), lambda _: 0)


def test_two_workspaces_are_two_services(tmp_path: Path) -> None:
    names = {
        service_name(tmp_path / "งาน"),
        service_name(tmp_path / "แผน"),
        service_name(tmp_path / "plan 70"),
    }
    assert len(names) == 3
    assert all(name.isascii() and " " not in name for name in names)


def test_the_commands_tell_what_they_would_do(root: Path) -> None:
    run = CliRunner()
    for command in ("install", "remove"):
        done = run.invoke(cli, ["service", command, "--dry-run", "--workspace", str(root)])
        assert done.exit_code == 0, done.output
        assert service_name(root) in done.output
        assert "systemctl" in done.output
    assert run.invoke(cli, ["service", "status", "--workspace", str(root)]).exit_code == 1
    Beat(root / "register").tick("", {})
    done = run.invoke(cli, ["service", "status", "--workspace", str(root)])
    assert (done.exit_code, "กำลังเฝ้ากล่องรับ" in done.output) == (0, True)
