"""LibreOffice as a program to run: found, limited in time and memory, and ended with all that it started."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
_MOST_MEMORY = 4 << 20
"""Kilobytes of address space: it needs half of that for a book, a bomb wants more."""


def soffice() -> Path | None:
    """The LibreOffice program of this machine, or None."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    return next((place for place in _PLACES if place.is_file()), None)


def run_limited(command: Sequence[str], seconds: float, environment: Mapping[str, str] | None = None) -> bool:
    """Run to the end; False where that took too long. Nothing of it runs on when this returns or raises."""
    if sys.platform == "linux":
        command = ("sh", "-c", f'ulimit -v {_MOST_MEMORY}; exec "$@"', "sh", *command)
    # A session of its own, so that the helper processes of soffice end with it.
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """soffice is a script or stub around the real program, so all that belongs to it is killed."""
    if process.poll() is None:
        if sys.platform == "win32":
            command = ("taskkill", "/F", "/T", "/PID", str(process.pid))
            subprocess.run(command, check=False, capture_output=True)
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
