"""Read files in a child process with limits on time and memory, so that no file can stop the program.

The child stays warm: one start for many files. It is an interpreter of its own, talked to over its standard
streams, which works on Windows as on Linux and does not fork a process that has threads. What can kill a
process (a limit, a crash inside a library) kills the child only; the next file gets a new one.

    with Worker() as worker:
        document = worker.open(path)

What is made of the opened file belongs under the same limits: a reader that is given at the start works in
the child too, and only its result comes back.

    with Worker(limits, reader) as worker:
        reading = worker.read(path, file="แบบ.docx")
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import re
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from automation.errors import AutomationError, OversizedFile, UnreadableFile
from automation.office.blocks import Document
from automation.office.guard import Kind, Limits
from automation.office.opening import open_modern
from automation.office.sheets import Workbook

_LOG = logging.getLogger(__name__)
_LENGTH = struct.Struct(">Q")
_Facts = Mapping[str, str] | None
"""What the reader is told beside the content; None where only the content is wanted."""
_FRAME = re.compile(r'^  File "(.+)", line (\d+), in (.+)$', re.MULTILINE)
_KIND = re.compile(r"^(\w[\w.]*)(?::|$)", re.MULTILINE)


class ReaderDefect(Exception):
    """The program failed in the child: the kind of the exception and the lines of the program.

    What it said is left out, for that may be a sender's words.
    """

    def __init__(self, traceback: str) -> None:
        self.frames = tuple(f"{file}:{line} {name}" for file, line, name in _FRAME.findall(traceback))
        super().__init__((_KIND.findall(traceback) or ["unknown"])[-1])


class Worker:
    """A warm child that opens files; not for use by two threads at once.

    `reader`: what `read` makes of an opened file, a function of a module (or a `partial` of one) that takes
    the content and named facts; its result and its errors must be able to cross between processes.
    """

    def __init__(self, limits: Limits | None = None, reader: Callable[..., Any] | None = None) -> None:
        self._limits, self._reader = limits or Limits(), reader
        self._child: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, path: Path) -> Document | Workbook:
        """As `office.opening.open_file`, with OversizedFile also where time or memory ran out."""
        opened: Document | Workbook = self._found(path, None)
        return opened

    def read(self, path: Path, **facts: str) -> Any:
        """What the reader makes of the opened file, and of these facts, within the limits of `open`.

        ReaderDefect where the program fails.
        """
        return self._found(path, facts)

    def warm(self) -> None:
        """Start the child now, so that the first file need not wait for it."""
        self._start()

    def _found(self, path: Path, facts: _Facts) -> Any:
        found = self._ask(path, facts)
        if isinstance(found, Kind):
            from automation.office.legacy import open_converted

            return open_converted(path, found, self._limits, partial(self._ask, facts=facts))
        return found

    def _ask(self, path: Path, facts: _Facts) -> Any:
        for _ in range(2):
            answer = self._try(path, facts)
            if answer is not None:
                return answer
        raise _memory_ran_out(path, self._limits)

    def _try(self, path: Path, facts: _Facts) -> Any:
        """The answer, or None where the system killed the child: that may not have been the file's fault."""
        child = self._start()
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._limits.seconds, stop)
        timer.start()
        try:
            answer = _exchange(child, path, facts)
        finally:
            timer.cancel()
            timer.join()
        if answer is None:
            self._lost(path, late.is_set())
            return None
        if late.is_set():
            self.close()
        if isinstance(answer, AutomationError):
            raise answer
        return answer

    def close(self) -> None:
        """End the child; a later `open` starts a new one."""
        child, self._child = self._child, None
        if child is None:
            return
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                _close_quietly(stream)
        _ended(child)
        if self._errors is not None:
            self._errors.close()
            self._errors = None

    def _start(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the child)
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-c", "from automation.office.worker import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        )
        with contextlib.suppress(OSError):  # a child that died at once: the first question will show it
            _send(self._child.stdin, (self._limits, self._reader))
        return self._child

    def _lost(self, path: Path, late: bool) -> None:
        """Raise what the end of the child means for the file; return where it may be tried again."""
        child, errors = self._child, self._errors
        code = None if child is None else _ended(child)
        said = ""
        if errors is not None:
            errors.seek(0)
            said = errors.read().decode("utf-8", "replace")
        self.close()
        if code == _DEFECT and not late:
            raise ReaderDefect(said)
        _LOG.error("reader ended with %s", code)
        if late or code in _TOO_LONG:
            raise OversizedFile(
                f"อ่านไฟล์นานเกิน {self._limits.seconds:.0f} วินาที ระบบจึงหยุดอ่าน",
                hint="กรุณาลบส่วนที่ไม่ใช้ออก แล้วบันทึกเป็นไฟล์ใหม่",
                place=path.name,
            )
        if code in _KILLED:
            return
        raise UnreadableFile(
            "ไฟล์ทำให้โปรแกรมอ่านหยุดทำงาน ไฟล์อาจชำรุด",
            hint="กรุณาเปิดไฟล์ใน Word หรือ Excel แล้วบันทึกเป็นไฟล์ใหม่",
            place=path.name,
        )


def _ended(child: subprocess.Popen[bytes]) -> int:
    """Exit code of a child that is about to end; one that does not is killed."""
    try:
        return child.wait(timeout=2)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _codes(*names: str) -> frozenset[int]:
    """Exit codes of processes that these signals ended; none where the system has no such signal."""
    return frozenset(-int(number) for name in names if (number := getattr(signal, name, None)) is not None)


_DEFECT = 1
"""Exit code of an interpreter that an exception has ended."""
_TOO_LONG = _codes("SIGXCPU")
_KILLED = _codes("SIGKILL")
"""When we did not kill the child, the system did, most likely for want of memory."""


def _memory_ran_out(path: Path, limits: Limits) -> OversizedFile:
    return OversizedFile(
        f"ไฟล์ใช้หน่วยความจำเกิน {limits.memory_bytes >> 20} เมกะไบต์ ระบบจึงหยุดอ่าน",
        hint="กรุณาลบรูปภาพและส่วนที่ไม่ใช้ออก แล้วบันทึกเป็นไฟล์ใหม่",
        place=path.name,
    )


def _close_quietly(stream: IO[bytes]) -> None:
    """Close our end; a child that is already gone breaks the pipe."""
    try:
        stream.close()
    except OSError:
        _LOG.debug("reader was gone already")


def _exchange(child: subprocess.Popen[bytes], path: Path, facts: _Facts) -> Any:
    """The child's answer, None where it died before it could give one."""
    try:
        _send(child.stdin, (os.fspath(path.absolute()), facts))
        return _receive(child.stdout)
    except (OSError, EOFError, pickle.UnpicklingError):
        return None


def _send(stream: IO[bytes] | None, thing: object) -> None:
    assert stream is not None
    data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _receive(stream: IO[bytes] | None) -> Any:
    assert stream is not None
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def serve() -> None:
    """The child: limits first, then path after path from standard input until that ends.

    It does not listen to Ctrl+C or a stop of the service: those are for the parent, which lets it finish.
    """
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    commands, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not reach the answers
    limits, reader = _receive(commands)
    _limit_memory(limits)
    while True:
        try:
            path, facts = _receive(commands)
        except EOFError:
            return
        _limit_time(limits)
        _send(answers, _answer(Path(path), limits, None if facts is None else partial(reader, **facts)))


def _answer(path: Path, limits: Limits, reader: Callable[[Document | Workbook], Any] | None) -> Any:
    try:
        opened = open_modern(path, limits)
        return opened if reader is None or isinstance(opened, Kind) else reader(opened)
    except AutomationError as error:
        return error
    except MemoryError:
        return _memory_ran_out(path, limits)


def _limit_memory(limits: Limits) -> None:
    """Cap the address space; where the system has no such limit (Windows) the size caps must do."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    cap = limits.memory_bytes if hard == resource.RLIM_INFINITY else min(limits.memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (cap, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(limits: Limits) -> None:
    """Allow the next file `limits.seconds` of processor time more."""
    try:
        import resource
    except ImportError:
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    used = int(spent.ru_utime + spent.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + max(1, int(limits.seconds)), hard))
