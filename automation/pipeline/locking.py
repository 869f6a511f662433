"""One sweep at a time in a workspace, whatever number of programs watch it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from automation.errors import UsageError

PATIENCE = 600.0
"""Seconds that a sweep asked for by hand waits for another one to end."""


@contextmanager
def sweep_lock(store: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the workspace's sweep lock; gives False at once when another has it and `wait` is false.

    The system frees the lock when its holder dies. UsageError after ten minutes of waiting.
    """
    store.mkdir(parents=True, exist_ok=True)
    with (store / "sweep.lock").open("a+b") as file:
        until = time.monotonic() + PATIENCE
        held = _try(file)
        while wait and not held:
            if time.monotonic() > until:
                raise UsageError("มีโปรแกรมอื่นกำลังรับไฟล์ในพื้นที่ทำงานนี้อยู่นานเกินไป", hint="ปิดโปรแกรมนั้นแล้วลองใหม่")
            time.sleep(0.1)
            held = _try(file)
        try:
            yield held
        finally:
            if held:
                _free(file)


if sys.platform == "win32":
    import msvcrt

    def _try(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _free(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _free(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
