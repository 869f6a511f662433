"""Which files of the inbox are ready to be taken in. The sweep is the truth; events only wake it early."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OFFICE_SUFFIXES = frozenset(
    {".docx", ".docm", ".dotx", ".doc", ".xlsx", ".xlsm", ".xls", ".odt", ".ods", ".rtf"}
)
_TEMPORARY = re.compile(
    r"^(~\$.*|~wr[dl]\d+\.tmp|\.~lock\..*#|\._.*|\.smbdelete.*|thumbs\.db|desktop\.ini|\.ds_store|.*\.(tmp|part|crdownload))$",
    re.IGNORECASE,
)
TAKEN = ".taken-"
"""Begins the name of an original that was about to leave the inbox; such a file is an arrival like any other,
found where the program stopped in that moment."""
_SYNC_FOLDERS = frozenset({"@eadir", ".git", "$recycle.bin", "system volume information", "#recycle"})
OWNER_FILE_AGE = 3600.0
"""An owner file (`~$name`) older than this many seconds was left behind by a crash: it blocks nothing."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as seen in the inbox: when any of these changes, it is another arrival."""

    path: Path
    size: int
    mtime_ns: int
    inode: int


def arrivals(inbox: Path) -> tuple[Arrival, ...]:
    """Every regular file of the inbox and its subfolders that may be a sender's, by path.

    Links, temporary and owner files are passed over; a file that vanishes while being looked at is left out.
    OSError when the inbox itself cannot be listed.
    """
    return tuple(sorted((seen for seen, held in _walk(inbox) if not held), key=lambda seen: str(seen.path)))


def standing(inbox: Path) -> Iterator[tuple[Arrival, bool]]:
    """As `arrivals`, with the files that are passed over because Word or Excel holds them: (file, held)."""
    return _walk(inbox)


def _walk(folder: Path) -> Iterator[tuple[Arrival, bool]]:
    with os.scandir(folder) as entries:
        listed = list(entries)
    owners = {entry.name for entry in listed if entry.name.startswith("~$")}
    for entry in listed:
        if ignored(entry.name) and not entry.is_dir(follow_symlinks=False):
            continue  # before it is asked for more, which costs most of a sweep
        try:
            info = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        if stat.S_ISDIR(info.st_mode):
            if entry.name.lower() not in _SYNC_FOLDERS:
                yield from _enter(Path(entry.path))
        elif stat.S_ISREG(info.st_mode):
            seen = Arrival(Path(entry.path), info.st_size, info.st_mtime_ns, info.st_ino)
            yield seen, _held(folder, entry.name, owners)


def _enter(folder: Path) -> Iterator[tuple[Arrival, bool]]:
    try:
        yield from _walk(folder)
    except OSError:
        return


def ignored(name: str) -> bool:
    """Whether a file of this name is no sender's: temporary, owner and system files."""
    if name.startswith(TAKEN):
        return False
    if _TEMPORARY.match(name):
        return True
    return name.startswith(".") and Path(f"x{name}").suffix.lower() not in OFFICE_SUFFIXES


def _held(folder: Path, name: str, owners: set[str]) -> bool:
    """Whether Word or Excel has the file open: its owner file is there and young."""
    mine = {f"~${name}", f"~${name[2:]}"} & owners
    for owner in mine:
        try:
            age = time.time() - (folder / owner).stat().st_mtime
        except OSError:
            continue
        if 0 <= age < OWNER_FILE_AGE:
            return True
    return False


class Stillness:
    """Remembers what it saw, and says which arrivals have stood still long enough."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._seen: dict[Arrival, float] = {}

    def ready(self, seen: tuple[Arrival, ...], now: float) -> tuple[Arrival, ...]:
        """Of the arrivals seen at the monotonic time `now`, those unchanged since `seconds` ago."""
        self._seen = {arrival: self._seen.get(arrival, now) for arrival in seen}
        return tuple(arrival for arrival in seen if now - self._seen[arrival] >= self.seconds)

    def age(self, arrival: Arrival, now: float) -> float:
        """Seconds since this arrival was first seen as it is."""
        return now - self._seen.get(arrival, now)
