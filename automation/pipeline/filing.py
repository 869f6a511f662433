"""Copies of arrivals to work on, and the last step: taking the original out of the inbox."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from automation.pipeline.sweep import Arrival
from automation.pipeline.workbench import Workbench
from automation.register import Submission

CHUNK = 1 << 20
ASIDE = "original"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A private copy of an arrival: `name` is the sender's (with its folder), for people to read."""

    path: Path
    original: Path
    name: str
    sha256: str
    size: int

    def drop(self) -> None:
        """Remove the copy; the original stays."""
        shutil.rmtree(self.path.parent, ignore_errors=True)


def take(store: Path, inbox: Path, arrival: Arrival) -> Copy | None:
    """A copy of the arrival in the store's work folder with its SHA-256; None when it has gone meanwhile.

    Follows no link: what is not a regular file when opened is taken for gone.
    """
    work = store / "work"
    work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=work))
    path = folder / ("file" + arrival.path.suffix[:12].lower())
    digest, size = hashlib.sha256(), 0
    try:
        source = os.open(
            arrival.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        )
        with os.fdopen(source, "rb") as reader, path.open("wb") as writer:
            while chunk := reader.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                writer.write(chunk)
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return Copy(
        path=path,
        original=arrival.path,
        name=shown_name(arrival.path, inbox),
        sha256=digest.hexdigest(),
        size=size,
    )


def shown_name(path: Path, inbox: Path) -> str:
    """The sender's name for a file, relative to the inbox, as text that is safe to print anywhere."""
    try:
        relative = path.relative_to(inbox)
    except ValueError:
        relative = Path(path.name)
    text = os.fsencode(relative.as_posix()).decode("utf-8", errors="replace")
    clean = "".join(
        char if unicodedata.category(char)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for char in text
    )
    return unicodedata.normalize("NFC", clean)


def file_away(bench: Workbench, copy: Copy, submission: Submission) -> None:
    """Take the original out of the inbox, now that its content is archived and committed.

    It is moved aside first and compared: what was saved over it in the meantime goes back as a new arrival.
    Files outside the inbox, named by the user, stay where they are.
    """
    if bench.config.inbox in copy.original.parents:
        _remove(copy)
    bench.register.set_filed(submission.id)
    copy.drop()


def _remove(copy: Copy) -> None:
    aside = copy.path.parent / ASIDE / copy.original.name
    aside.parent.mkdir(exist_ok=True)
    try:
        copy.original.replace(aside)
    except FileNotFoundError:
        return
    except OSError:
        # Another volume, or the sender still has it open: compare in place.
        if _sha256(copy.original) == copy.sha256:
            copy.original.unlink(missing_ok=True)
        return
    if _sha256(aside) == copy.sha256:
        aside.unlink()
    else:
        aside.replace(_free(copy.original))


def recover(store: Path, inbox: Path) -> None:
    """Clear the work folders that a stopped program left behind.

    An original that was already moved aside goes back to the inbox, where the sweep finds out whether it is
    known. Only to be called under the sweep lock.
    """
    for folder in sorted((store / "work").glob("*")):
        for original in sorted((folder / ASIDE).glob("*")):
            original.replace(_free(inbox / original.name))
        shutil.rmtree(folder, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _free(path: Path) -> Path:
    """The path itself, or the next free name like it."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return candidate
