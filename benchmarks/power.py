"""Cut the power, again and again: what is on the disk afterwards, and does the program go on from there?

    python benchmarks/power.py [--cuts 60] [--careless]     (as root, with the package mfusepy)

A real ext4 file system lies on a disk whose every write and flush is noted. The program takes in forms,
duplicates and a zip on it. A cut of the power is then any moment of that list: all that was flushed is there,
and of what was written since, a part that chance chooses. Each such disk is mounted anew; every content must
be in the inbox or whole in the archive, and after one sweep all promises must hold. With `--careless` the
program does not sync its files, which must be noticed: the proof that this can fail.
"""

from __future__ import annotations

import argparse
import errno
import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import mfusepy

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from faults.harness import FAULTY, FORM, check, drop, nothing_lost, sweep, zipped  # noqa: E402

from automation.pipeline.workspace import make_workspace  # noqa: E402

SIZE = 48 << 20
FLUSH = None


class Disk(mfusepy.Operations):
    """One file in memory that remembers what was written, and when it was told to make it last."""

    use_ns = True

    def __init__(self, content: bytes) -> None:
        self.content = bytearray(content)
        self.log: list[tuple[int, bytes] | None] = []
        self.recording = False

    def getattr(self, path: str, _handle: int | None = None) -> dict[str, int]:
        """The folder and its one file."""
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o755, "st_nlink": 2}
        if path != "/disk":
            raise mfusepy.FuseOSError(errno.ENOENT)
        return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": len(self.content)}

    def readdir(self, _path: str, _handle: int) -> list[str]:
        """Its names."""
        return [".", "..", "disk"]

    def read(self, _path: str, size: int, offset: int, _handle: int) -> bytes:
        """What was written last."""
        return bytes(self.content[offset : offset + size])

    def write(self, _path: str, data: bytes, offset: int, _handle: int) -> int:
        """Write and remember."""
        self.content[offset : offset + len(data)] = data
        if self.recording:
            self.log.append((offset, bytes(data)))
        return len(data)

    def fsync(self, _path: str, _only_data: int, _handle: int) -> int:
        """What was written before this lasts."""
        if self.recording:
            self.log.append(FLUSH)
        return 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Record once, cut many times."""
    parser = argparse.ArgumentParser(description="cut the power of a recorded disk")
    parser.add_argument("--cuts", type=int, default=60)
    parser.add_argument("--careless", action="store_true")
    parser.add_argument("--seed", type=int, default=2570)
    options = parser.parse_args(arguments)
    if options.careless:
        os.fsync = lambda _handle: None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, log, dropped = record(folder)
        flushes = log.count(FLUSH)
        print(f"{len(log) - flushes} writes, {flushes} flushes", flush=True)
        chance = random.Random(options.seed)
        for number in range(options.cuts):
            at = chance.randrange(len(log))
            (folder / "cut").write_bytes(cut(before, log[:at], chance))
            with mounted(folder / "cut", folder / "after") as disk:
                nothing_lost(disk / "งาน", dropped)
                sweep(disk / "งาน")
                check(disk / "งาน", dropped)
            print(f"cut {number + 1} after {at} steps: nothing lost", flush=True)


def record(folder: Path) -> tuple[bytes, list[tuple[int, bytes] | None], set[str]]:
    """The disk before, what was then written and flushed, the hashes that were dropped."""
    image = folder / "image"
    image.write_bytes(bytes(SIZE))
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    disk = Disk(image.read_bytes())
    (folder / "fuse").mkdir()
    server = threading.Thread(
        target=lambda: mfusepy.FUSE(disk, str(folder / "fuse"), foreground=True, nothreads=True), daemon=True
    )
    server.start()
    while not (folder / "fuse" / "disk").exists():
        time.sleep(0.05)
    child = os.fork()
    if not child:  # the program works in a process of its own: this one serves its disk
        try:
            work(folder)
            os._exit(0)
        except BaseException as error:
            print("work:", repr(error))
            os._exit(1)
    while not (folder / "ready").exists():
        time.sleep(0.01)
    before, disk.recording = bytes(disk.content), True
    (folder / "go").touch()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    disk.recording = False
    subprocess.run(["fusermount", "-u", "-z", str(folder / "fuse")], check=True)
    return before, disk.log, set((folder / "dropped").read_text().split())


def work(folder: Path) -> None:
    """Files are dropped and are on the disk; then, recorded, the program takes them in."""
    with mounted(folder / "fuse" / "disk", folder / "mount") as disk:
        root = make_workspace(disk / "งาน")
        sweep(root)
        inside = {path.name: path.read_bytes() for path in sorted(FORM.parent.glob("0[13]*.docx"))}
        dropped = {
            drop(root, FORM, "1.docx"),
            drop(root, FORM, "2 สำเนา.docx"),
            drop(root, FAULTY, "3/แบบ.docx"),
        }
        dropped.add(drop(root, zipped(folder / "รวม.zip", inside), "4.zip"))
        (folder / "dropped").write_text("\n".join(dropped))
        os.sync()
        (folder / "ready").touch()
        while not (folder / "go").exists():
            time.sleep(0.01)
        sweep(root)
        drop(root, FORM, "5.docx")  # a shell does not sync, so it is not counted; its answer must be whole
        sweep(root)


def cut(before: bytes, log: list[tuple[int, bytes] | None], chance: random.Random) -> bytes:
    """The disk after these steps and a cut: all before the last flush, of the rest what chance chooses."""
    content = bytearray(before)
    last = max((at for at, step in enumerate(log) if step is FLUSH), default=-1)
    loose = [step for step in log[last + 1 :] if step is not None]
    chosen = [step for step in loose if chance.random() < 0.5]
    for step in [*(step for step in log[:last] if step is not None), *chosen]:
        content[step[0] : step[0] + len(step[1])] = step[1]
    return bytes(content)


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[Path]:
    """The file system of an image."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


if __name__ == "__main__":
    assert shutil.which("mkfs.ext4"), "needs e2fsprogs"
    main()
