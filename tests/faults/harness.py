"""Break the program on purpose, in a child that can be killed, and see whether anything was lost."""

from __future__ import annotations

import ctypes
import hashlib
import os
import resource
import shutil
import signal
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from automation.office.zips import is_bundle
from automation.pipeline.sweep import arrivals
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import Workbench, open_workbench
from automation.register import Outcome
from tests_place import SAMPLES

FORM = SAMPLES / "project" / "02-clean-youth-outreach.docx"
FAULTY = SAMPLES / "project" / "05-older-law-manual.docx"


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def in_child(action: Callable[[], object]) -> int:
    """Run in a forked copy of this process: its exit code, negative for the signal that ended it."""
    child = fork(action)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def fork(action: Callable[[], object]) -> int:
    """Start that copy and return its process id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        action()
        code = 0
    except BaseException as error:
        os.write(2, f"child: {type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(code)


def bound_by_rights() -> None:
    """From here on the rights of files bind this process also where it is root's."""
    if os.geteuid() == 0:
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)
        none = (ctypes.c_uint32 * 6)()
        assert ctypes.CDLL(None, use_errno=True).capset(header, none) == 0


CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000
MS_BIND, MS_REC, MS_PRIVATE, MNT_DETACH = 0x1000, 0x4000, 1 << 18, 2


def with_own_mounts(action: Callable[[], object]) -> int:
    """Run in a child that may mount what nobody else sees: its exit code, as of `in_child`."""

    def run() -> None:
        own_mounts()
        action()

    return in_child(run)


def own_mounts() -> None:
    """From here on the mounts of this process are its own; without root, by being root of a world of one."""
    user, group = os.geteuid(), os.getegid()
    _called("unshare", CLONE_NEWNS | (CLONE_NEWUSER if user else 0))
    if user:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    _called("mount", b"none", b"/", None, MS_REC | MS_PRIVATE, None)


def mount(place: Path, *, options: str = "", share: Path | None = None) -> None:
    """An empty disk in memory with these options, or the folder `share`, seen at `place`."""
    place.mkdir(exist_ok=True)
    if share is None:
        _called("mount", b"tmpfs", os.fsencode(place), b"tmpfs", 0, options.encode())
    else:
        _called("mount", os.fsencode(share), os.fsencode(place), None, MS_BIND, None)


def unmount(place: Path) -> None:
    _called("umount2", os.fsencode(place), MNT_DETACH)


def _called(name: str, *arguments: object) -> None:
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def marked(source: Path, target: Path, mark: str) -> str:
    """A copy of an Office file that is another content: its zip carries a remark; its hash."""
    data = source.read_bytes()
    target.write_bytes(data[:-2] + len(mark.encode()).to_bytes(2, "little") + mark.encode())
    return sha(target)


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def no_more_bytes(*_: object, **__: object) -> None:
    """From here on the disk is full for this process: no file may grow, and a write says so."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def room_again() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def inject(owner: Any, name: str, fault: Callable[..., object], *, before: bool, call: int = 1) -> None:
    """Let the fault happen before or after the given call of `owner.name`, in this process for good."""
    real, seen = getattr(owner, name), Counter[str]()

    def faulty(*args: Any, **more: Any) -> Any:
        seen[name] += 1
        if before and seen[name] == call:
            fault()
        result = real(*args, **more)
        if not before and seen[name] == call:
            fault()
        return result

    setattr(owner, name, faulty)


def sweep(root: Path) -> None:
    with open_workbench(root) as bench:
        sweep_now(bench)


def drop(root: Path, source: Path, name: str | None = None) -> str:
    """Put a copy into the inbox; its hash."""
    target = root / "inbox" / (name or source.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    return sha(target)


def contents(folder: Path) -> Counter[str]:
    return Counter(sha(path) for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def nothing_lost(root: Path, dropped: set[str]) -> None:
    """I1 and I3 at any moment, also while the program lies dead: in the inbox, or whole in the archive."""
    there = set(contents(root / "inbox"))
    for path in (root / "register" / "archive").glob("*/??/*"):
        if not path.name.startswith("."):
            assert sha(path) == path.stem, f"torn copy {path}"
            there.add(path.stem)
    assert dropped <= there, f"lost: {dropped - there}"


def listed_once(root: Path, names: Iterable[str]) -> None:
    """Every file that was dropped under these names, and every file of a zip, is in the list just once."""
    with open_workbench(root) as bench:
        assert Counter(item.file for item in bench.register.submissions()) == Counter(names)


def check(root: Path, dropped: set[str], *, left: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    """All invariants after the last sweep; `left`: contents that rightly stay in the inbox."""
    nothing_lost(root, dropped)
    with open_workbench(root) as bench:
        _all_answered(bench, dropped - left)
        before = _state(bench)
        assert sweep_now(bench) == () or left
        if not left:
            assert _state(bench) == before, "a second sweep changed something"
            assert arrivals(bench.config.inbox) == ()
        assert list((bench.config.store / "work").iterdir()) == []


def _all_answered(bench: Workbench, dropped: set[str]) -> None:
    submissions = bench.register.submissions()
    firsts = [item for item in submissions if item.outcome is not Outcome.DUPLICATE]
    counted = Counter(item.sha256 for item in firsts)
    assert set(counted.values()) <= {1}, "one content, several submissions"
    assert dropped <= set(counted)
    assert all(item.receipt for item in submissions), "content that came again was not answered"
    assert bench.register.damaged() == ()
    receipts = {path for path in bench.config.outbox.rglob("ใบรับ-*.docx")}
    for item in firsts:
        assert item.filed, item.file
        assert item.receipt, item.file
        receipt = bench.config.root / item.receipt
        assert receipt in receipts
        assert zipfile.is_zipfile(receipt), receipt
        if item.outcome is Outcome.REJECTED:
            findings = bench.register.findings(item.id)
            assert all(finding.rule for finding in findings)
            assert any("\u0e01" <= char <= "\u0e5b" for finding in findings for char in finding.message)
    projects = bench.register.year(2570).projects
    assert len({item.project.code for item in projects}) == len(projects)


def _state(bench: Workbench) -> tuple[object, ...]:
    files = {
        str(path.relative_to(bench.config.root)): (path.stat().st_mtime_ns, path.stat().st_size)
        for folder in ("inbox", "outbox", "register/archive")
        for path in (bench.config.root / folder).rglob("*")
        if path.is_file()
    }
    return files, bench.register.submissions(), len(bench.register.history(1_000_000))


def zipped(target: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    assert is_bundle(target)
    return target


def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait for it, or fail."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@contextmanager
def stopped(child: int) -> Iterator[None]:
    """A child that is ended with the block, also one that a failed test left suspended."""
    try:
        yield
    finally:
        os.kill(child, signal.SIGCONT)
        os.kill(child, signal.SIGTERM)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0
