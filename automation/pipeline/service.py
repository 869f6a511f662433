"""The watcher as a service: a systemd unit on Linux, a scheduled task on Windows; plain texts.

Nothing is hidden: what is written and run is told to the caller first. Without root the unit is the
user's own.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from automation.errors import UsageError

SYSTEM_UNITS = Path("/etc/systemd/system")
Run = Callable[[tuple[str, ...]], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What installing or removing means: a file to write or remove, and commands to run in this order."""

    name: str
    file: Path | None
    text: str
    commands: tuple[tuple[str, ...], ...]
    encoding: str = "utf-8"
    """Of the file: schtasks takes UTF-16 only."""


def service_name(root: Path) -> str:
    """One name for each workspace, in letters that every system takes: `automation-<folder>-<hash>`."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", root.name).strip("-").lower()
    mark = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:6]
    return "-".join(filter(None, ("automation", plain, mark)))


def plan_install(
    root: Path, system: str = sys.platform, home: Path | None = None, admin: bool = False
) -> Plan:
    """How the watcher of a workspace becomes a service on `system` (as `sys.platform`)."""
    name = service_name(root)
    if system == "win32":
        file = _task_file(root)
        return Plan(
            name=name,
            file=file,
            text=task_text(root),
            commands=(
                ("schtasks", "/Create", "/F", "/TN", name, "/XML", str(file)),
                ("schtasks", "/Run", "/TN", name),
            ),
            encoding="utf-16",
        )
    mine = () if admin else ("--user",)
    return Plan(
        name=name,
        file=_units(home, admin) / f"{name}.service",
        text=unit_text(root, admin=admin),
        commands=(
            ("systemctl", *mine, "daemon-reload"),
            ("systemctl", *mine, "enable", "--now", f"{name}.service"),
        ),
    )


def plan_remove(
    root: Path, system: str = sys.platform, home: Path | None = None, admin: bool = False
) -> Plan:
    """How that is undone; the workspace itself stays as it is."""
    name = service_name(root)
    if system == "win32":
        commands = (("schtasks", "/End", "/TN", name), ("schtasks", "/Delete", "/TN", name, "/F"))
        return Plan(name=name, file=_task_file(root), text="", commands=commands)
    mine = () if admin else ("--user",)
    return Plan(
        name=name,
        file=_units(home, admin) / f"{name}.service",
        text="",
        commands=(
            ("systemctl", *mine, "disable", "--now", f"{name}.service"),
            ("systemctl", *mine, "daemon-reload"),
        ),
    )


def plan_status(root: Path, system: str = sys.platform, admin: bool = False) -> tuple[str, ...]:
    """The command that tells how the service is."""
    name = service_name(root)
    if system == "win32":
        return ("schtasks", "/Query", "/TN", name, "/V", "/FO", "LIST")
    return ("systemctl", *(() if admin else ("--user",)), "--no-pager", "status", f"{name}.service")


def unit_text(root: Path, *, admin: bool) -> str:
    """The systemd unit: stopped with SIGTERM, started again when it fails."""
    command = " ".join(_quoted(part) for part in _watch_command(root))
    hardening = (
        "ProtectSystem=strict",
        f"ReadWritePaths={_quoted(str(root))}",
        "PrivateTmp=yes",
        "NoNewPrivileges=yes",
    )
    owner = os.environ.get("SUDO_USER") or "root"
    user = (f"User={owner}", *hardening) if admin else ("NoNewPrivileges=yes",)
    lines = (
        "[Unit]",
        f"Description=automation watch {_percent(str(root))}",
        "After=network-online.target remote-fs.target",
        "Wants=network-online.target",
        "",
        "[Service]",
        "Type=exec",
        f"WorkingDirectory={_percent(str(root))}",
        f"ExecStart={command}",
        "Environment=PYTHONUTF8=1",
        "Restart=on-failure",
        "RestartSec=10",
        "KillSignal=SIGTERM",
        "KillMode=mixed",
        "TimeoutStopSec=90",
        *user,
        "",
        "[Install]",
        f"WantedBy={'multi-user' if admin else 'default'}.target",
        "",
    )
    return "\n".join(lines)


def carry_out(plan: Plan, run: Run | None = None, *, remove: bool = False) -> int:
    """Write or remove the file and run the commands; 0, or the code of the command that failed.

    UsageError where this system has neither systemd nor scheduled tasks, or the file cannot be written.
    """
    program = plan.commands[0][0]
    if run is None and shutil.which(program) is None:
        raise UsageError(
            f"เครื่องนี้ไม่มี {program} จึงติดตั้งเป็นบริการไม่ได้",
            hint="ให้สั่ง automation watch ด้วยโปรแกรมเริ่มงานของเครื่องแทน",
        )
    run = run or (lambda command: subprocess.run(command, check=False).returncode)
    try:
        if plan.file is not None and not remove:
            plan.file.parent.mkdir(parents=True, exist_ok=True)
            plan.file.write_text(plan.text, encoding=plan.encoding)
        for number, command in enumerate(plan.commands):
            if remove and plan.file is not None and number == 1:
                plan.file.unlink(missing_ok=True)
            code = run(command)
            if code and not remove:
                return code
    except OSError as error:
        raise UsageError(
            f"เขียน {plan.file} ไม่ได้ ({error.strerror})", hint="สั่งด้วยสิทธิ์ผู้ดูแลระบบ หรือสั่งในชื่อผู้ใช้ของตนเอง"
        ) from error
    return 0


def _units(home: Path | None, admin: bool) -> Path:
    return SYSTEM_UNITS if admin else (home or Path.home()) / ".config" / "systemd" / "user"


def _watch_command(root: Path) -> tuple[str, ...]:
    return (sys.executable, "-m", "automation", "watch", "--workspace", str(root))


def _task_file(root: Path) -> Path:
    return root / "register" / "task.xml"


def task_text(root: Path) -> str:
    """The scheduled task of Windows: at every log-on, with the rights of that person, for shares need them.

    The settings undo what a task has unless told otherwise: an end after three days, no start and a stop on
    batteries, no second attempt.
    """
    program, *arguments = _watch_command(root)
    line = " ".join(f'"{part}"' if " " in part else part for part in arguments)
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>automation watch {escape(str(root))}</Description></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(line)}</Arguments>
      <WorkingDirectory>{escape(str(root))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def _percent(text: str) -> str:
    """systemd reads % as the start of a specifier."""
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """One word for systemd, whatever signs a folder's name holds."""
    escaped = _percent(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"'
