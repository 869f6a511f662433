"""Copies of arrivals to work on, and the last step: taking the original out of the inbox.

An original is given a name of ours (`.taken-…`) in its own folder before it is compared and removed, so that
what somebody saves under the old name meanwhile is never touched. Where the program stops just then, the
sweep finds it by that name: nobody has to remember anything.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import sys
import tempfile
import unicodedata
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from automation.pipeline.sweep import TAKEN, Arrival
from automation.pipeline.workbench import Workbench
from automation.register import Submission

CHUNK = 1 << 20
LONGEST_NAME = 255
"""Bytes of a file name on the file systems of Linux; Windows counts UTF-16 units, which are fewer."""
_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
"""A link is not followed, a pipe does not keep us waiting."""


_NO_RIGHT = "ไม่มีสิทธิ์อ่านหรือนำไฟล์ออก หรือมีผู้เปิดไฟล์ค้างอยู่"
_WHY_BLOCKED = {
    errno.EAGAIN: "ยังมีโปรแกรมเปิดเขียนไฟล์อยู่",
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EROFS: "กล่องรับเป็นแบบอ่านอย่างเดียว",
    errno.EBUSY: "มีผู้เปิดไฟล์ค้างอยู่",
}


class Blocked(Exception):
    """The sender's file is there but cannot be read or taken away; says why, in Thai. Others go on."""

    def __init__(self, error: OSError) -> None:
        super().__init__(_WHY_BLOCKED.get(error.errno or 0, error.strerror or str(error)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A private copy of an arrival: `name` is the sender's (with its folder), for people to read."""

    path: Path
    original: Path
    name: str
    sha256: str
    size: int
    member: bool = False
    """Whether it came in a zip, which holds the place of the original."""

    @property
    def seen_before(self) -> bool:
        """Whether the program has stopped while this original was leaving: it is no second arrival."""
        return self.original.name.startswith(TAKEN)

    def drop(self) -> None:
        """Remove the copy; the original stays. What came in a zip goes with the zip's copy."""
        if not self.member:
            shutil.rmtree(self.path.parent, ignore_errors=True)


def take(store: Path, inbox: Path, arrival: Arrival) -> Copy | None:
    """A copy of the arrival in the store's work folder with its SHA-256; None when it has gone meanwhile.

    Follows no link: what is not a regular file when opened is taken for gone. Blocked when the file cannot be
    read; OSError when the copy cannot be written.
    """
    reader = opened(arrival.path)
    if reader is None:
        return None
    with reader:
        if being_written(reader):
            raise Blocked(OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)))
        folder = _work_folder(store)
        path = folder / ("file" + arrival.path.suffix[:12].lower())
        try:
            sha256, size = _copied(reader, path)
        except (Blocked, OSError):
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return Copy(
        path=path, original=arrival.path, name=shown_name(arrival.path, inbox), sha256=sha256, size=size
    )


def opened(path: Path) -> BufferedReader | None:
    """The file for reading, no link followed; None when it has gone or is no regular file, Blocked when it is
    there and cannot be opened."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO, errno.EISDIR):
            return None
        if path.is_dir():
            return None
        raise Blocked(error) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None
    return os.fdopen(handle, "rb")


def _work_folder(store: Path) -> Path:
    work = store / "work"
    work.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(dir=work))


if sys.platform == "linux":
    import fcntl
    import signal

    def being_written(file: BufferedReader) -> bool:
        """Whether another program has the file open for writing, where the system can tell.

        Linux grants a read lease only on a file that nobody writes. Shares and files of other users do not
        know leases: there the file counts as at rest, and its stillness and its content must tell.
        """
        handle = file.fileno()
        try:
            # a writer that comes just now would send SIGIO, which ends a program; SIGURG does nothing
            fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except OSError as error:
            return error.errno == errno.EAGAIN
        return False

else:

    def being_written(file: BufferedReader) -> bool:
        """Windows refuses to open or rename such a file by itself; elsewhere nobody can tell."""
        return False


def _copied(reader: BufferedReader, target: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as writer:
        while True:
            try:
                chunk = reader.read(CHUNK)
            except OSError as error:
                raise Blocked(error) from error
            if not chunk:
                return digest.hexdigest(), size
            digest.update(chunk)
            size += len(chunk)
            writer.write(chunk)


def shown_name(path: Path, inbox: Path) -> str:
    """The sender's name for a file, relative to the inbox, as text that is safe to print anywhere."""
    try:
        relative = path.relative_to(inbox)
    except ValueError:
        relative = Path(path.name)
    relative = relative.with_name(relative.name.removeprefix(TAKEN) or relative.name)
    return printable(os.fsencode(relative.as_posix()).decode("utf-8", errors="replace"))


def printable(text: str) -> str:
    """A name without control, direction and half characters, composed: safe in a log, a table, a letter."""
    clean = "".join(
        char if unicodedata.category(char)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for char in text
    )
    return unicodedata.normalize("NFC", clean)


def take_member(zipped: Copy, name: str, path: Path) -> Copy:
    """A file out of a zip as a copy of its own; it goes when the zip's copy goes."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Copy(
        path=path,
        original=path,
        name=f"{zipped.name}/{printable(name)}",
        sha256=sha256,
        size=path.stat().st_size,
        member=True,
    )


def file_away(bench: Workbench, copy: Copy, submission: Submission, receipt: Path) -> None:
    """Take the original out of the inbox, now that its content is archived, committed and answered.

    What was saved over it in the meantime goes back as a new arrival. Files outside the inbox, named by the
    user, stay where they are. Blocked when the inbox lets nothing be taken away; the road of the file is then
    not at its end, and a later sweep tries again.
    """
    try:
        aside = _set_aside(copy) if bench.config.inbox in copy.original.parents else None
        answer = receipt.relative_to(bench.config.root).as_posix()
        bench.register.set_filed(submission.id, copy.name, answer)
        if aside is not None:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise Blocked(error) from error
    finally:
        copy.drop()


def _set_aside(copy: Copy) -> Path | None:
    """The original under our name, when it still is what was archived; None when it has gone or changed."""
    original, aside = copy.original, taken_name(copy.original)
    try:
        if aside != original:
            original.rename(aside)
        reader = opened(aside)
        if reader is not None:
            with reader:
                busy = being_written(reader)
                same = hashlib.file_digest(reader, "sha256").hexdigest() == copy.sha256
            if same and not busy:
                return aside
    except FileNotFoundError:
        return None
    _put_back(aside, original)
    return None


def taken_name(original: Path) -> Path:
    """A free name of ours for an original that is about to leave: in its folder, as like its own as fits."""
    if original.name.startswith(TAKEN):
        return original
    number, stem, suffix = 0, original.stem, original.suffix
    while True:
        mark = f"~{number}" if number else ""
        while len(os.fsencode(f"{TAKEN}{stem}{mark}{suffix}")) > LONGEST_NAME and stem:
            stem = stem[:-1]
        aside = original.with_name(f"{TAKEN}{stem}{mark}{suffix}")
        if not os.path.lexists(aside):
            return aside
        number += 1


def _put_back(aside: Path, original: Path) -> None:
    """Give what is not the archived content its name again; a name taken meanwhile is left alone."""
    own = original.with_name(original.name.removeprefix(TAKEN))
    names = (own, *(own.with_name(f"{own.stem[:60]} ({number}){own.suffix}") for number in range(2, 100)))
    for name in names:
        try:
            _rename_to_free(aside, name)
        except FileExistsError:
            continue
        except OSError:
            return  # under our name the next sweep takes it all the same
        return


def _rename_to_free(source: Path, target: Path) -> None:
    """Rename, but never over a file that is there: FileExistsError.

    A hard link refuses an existing name in the same step. Where there are none (shares, FAT) a look before
    the rename must do; Windows refuses by itself.
    """
    if sys.platform != "win32":
        try:
            os.link(source, target, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:
            if os.path.lexists(target):
                raise FileExistsError(target) from None
        else:
            source.unlink()
            return
    source.rename(target)


def recover(store: Path) -> None:
    """Clear the work folders that a stopped program left behind. Only to be called under the sweep lock."""
    for folder in (store / "work").glob("*"):
        shutil.rmtree(folder, ignore_errors=True)
