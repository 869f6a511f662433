"""Thousands of mixed files dropped at once before real watchers, with kills and changes: is anything lost?

    python benchmarks/burst.py [--count 5000] [--watchers 2] [--kills 200] [--restless] [--minutes 20]

Forms, workbooks, duplicates, junk and zips of forms go into folders of bureaus. The watchers are processes of
the program; with `--kills` they are ended by SIGKILL at random moments and started again, with `--restless`
files are replaced, renamed and deleted under them, with `--minutes` the files come one by one over that time
(a soak). `--standing` puts that many originals into the archive beforehand. At the end every content must be
in the archive, stored once, answered once a file; figures of time and memory are printed.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from automation.pipeline.sweep import TAKEN, arrivals  # noqa: E402
from automation.pipeline.verify import verify  # noqa: E402
from automation.pipeline.workbench import open_workbench  # noqa: E402
from automation.pipeline.workspace import make_workspace  # noqa: E402
from automation.register import Outcome  # noqa: E402

BUREAUS = 23


def main(arguments: Sequence[str] | None = None) -> None:
    """Drop, watch, disturb, and count."""
    parser = argparse.ArgumentParser(description="many files at once before real watchers")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--watchers", type=int, default=1)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--restless", action="store_true")
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--standing", type=int, default=0)
    parser.add_argument("--seed", type=int, default=2570)
    parser.add_argument("--workspace", type=Path, help="make it here and leave it")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        root = make_workspace(options.workspace or Path(folder) / "งานแผน")
        stand(root, options.standing)
        made = list(mixed(options.count, random.Random(options.seed)))
        run = Run(root, options, made)
        try:
            run.go()
        finally:
            run.end()
        run.verdict()


def mixed(count: int, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Names in the inbox and contents: of every kind that comes, in an order of chance."""
    year = ROOT / "samples" / "year2570"
    faulty = (ROOT / "samples" / "project").glob("*.docx")
    forms = [path.read_bytes() for path in (*sorted(year.rglob("*.docx")), *sorted(faulty))]
    books = [path.read_bytes() for path in sorted(year.rglob("*.xlsx"))]
    earlier: list[bytes] = []
    for number in range(count):
        kind = chance.choices(
            ("docx", "xlsx", "again", "text", "cut", "html", "zip"), (38, 17, 15, 15, 5, 5, 5)
        )[0]
        suffix, mark = kind, f"{number}".encode()
        if kind == "docx" or (kind == "again" and not earlier):
            suffix, data = "docx", marked(chance.choice(forms), mark)
        elif kind == "xlsx":
            data = marked(chance.choice(books), mark)
        elif kind == "again":
            suffix, data = "docx", chance.choice(earlier)
        elif kind == "text":
            suffix, data = "docx", b"no form " + mark
        elif kind == "cut":
            suffix, data = "xlsx", marked(chance.choice(books), mark)[: chance.randint(1000, 8000)]
        elif kind == "html":
            suffix, data = "xls", b"<html><table><tr><td>" + mark
        else:
            data = zipped(
                {f"ก {number}.docx": marked(chance.choice(forms), mark + b"z"), "b.txt": mark + b"t"}
            )
        earlier.append(data)
        yield f"สำนัก {number % BUREAUS:02d}/ไฟล์ {number:05d}.{suffix}", data


def marked(data: bytes, mark: bytes) -> bytes:
    """The same Office file as another content: its zip carries a remark."""
    return data[:-2] + len(mark).to_bytes(2, "little") + mark


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    with io.BytesIO() as target:
        with zipfile.ZipFile(target, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return target.getvalue()


def stand(root: Path, count: int) -> None:
    """Originals that the archive has from before, known to the register."""
    if not count:
        return
    from datetime import datetime

    from automation.model import Reading
    from automation.register.database import connect, writing
    from automation.register.store import Arrival, store

    archive = root / "register" / "archive"
    with contextlib.closing(connect(root / "register" / "register.db").connect()) as connection:
        engine = connection.engine
    with writing(engine) as connection:
        for number in range(count):
            data = f"standing {number}".encode()
            sha256 = hashlib.sha256(data).hexdigest()
            target = archive / "2569" / sha256[:2] / f"{sha256}.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            arrival = Arrival(
                file=f"เดิม/{number}.txt", size=len(data), received=datetime(2026, 1, 1), who="เดิม",
                archived=target.relative_to(archive).as_posix(), outcome=Outcome.REJECTED, seconds=0.0,
            )  # fmt: skip
            store(connection, Reading(file=arrival.file, sha256=sha256), arrival, {})
        connection.exec_driver_sql("UPDATE submission SET filed = 1, receipt = 'outbox/เดิม'")
    engine.dispose()


class Run:
    """One burst or soak, and what it found."""

    def __init__(self, root: Path, options: argparse.Namespace, made: list[tuple[str, bytes]]) -> None:
        self.root, self.options, self.made = root, options, made
        self.chance = random.Random(options.seed + 1)
        self.watchers: list[subprocess.Popen[bytes]] = []
        self.destroyed: set[str] = set()
        self.added: dict[str, str] = {}
        self.moved: set[str] = set()
        self.dropped = threading.Event()
        self.peaks: list[tuple[float, int, int]] = []
        self.killed = 0

    def go(self) -> None:
        """From the first file to an empty inbox and watchers that have stopped well."""
        self.began = time.monotonic()
        if self.options.minutes:
            self.watchers = [self.started() for _ in range(self.options.watchers)]
        dropping = threading.Thread(target=self.drop)
        dropping.start()
        if not self.options.minutes:
            dropping.join()
            self.began = time.monotonic()
            self.watchers = [self.started() for _ in range(self.options.watchers)]
        helpers = [threading.Thread(target=item, daemon=True) for item in (self.kill, self.disturb)]
        for helper in helpers:
            helper.start()
        while dropping.is_alive() or any(helper.is_alive() for helper in helpers) or self.left():
            time.sleep(1.0)
            self.measure()
        self.seconds = time.monotonic() - self.began
        time.sleep(3.0)  # one may have been started just now and not yet listen to signals
        for watcher in self.watchers:
            watcher.send_signal(signal.SIGTERM)
        codes = [watcher.wait(60) for watcher in self.watchers]
        assert codes == [0] * len(codes), codes

    def end(self) -> None:
        """Leave no watcher behind, whatever happened."""
        for watcher in self.watchers:
            watcher.kill()
            watcher.wait()

    def left(self) -> int:
        return len(arrivals(self.root / "inbox"))

    def started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "automation", "watch", "--workspace", str(self.root)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)

    def drop(self) -> None:
        pause = self.options.minutes * 60 / len(self.made)
        for name, data in self.made:
            target = self.root / "inbox" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            time.sleep(pause)
        self.dropped.set()

    def kill(self) -> None:
        """SIGKILL to one of the watchers and its reader at moments of chance; another is started at once."""
        while self.killed < self.options.kills:
            time.sleep(self.chance.uniform(0.3, 6.0))
            at = self.chance.randrange(len(self.watchers))
            self.watchers[at].kill()
            self.watchers[at].wait()
            self.killed += 1
            self.watchers[at] = self.started()

    def disturb(self) -> None:
        """Replace, rename and delete what still lies in the inbox."""
        while self.options.restless and self.left() > 10:
            time.sleep(1.0)
            seen = [
                item.path for item in arrivals(self.root / "inbox") if not item.path.name.startswith(TAKEN)
            ]
            for path in self.chance.sample(seen, min(3, len(seen))):
                with contextlib.suppress(OSError):
                    self.change(path, self.chance.choice(("replace", "rewrite", "rename", "delete")))

    def change(self, path: Path, how: str) -> None:
        name = path.relative_to(self.root / "inbox").as_posix()
        old, new = path.read_bytes(), b"changed " + self.chance.randbytes(8)
        if how == "rename":
            path.rename(path.with_stem(path.stem + " ใหม่"))
        elif how == "delete":
            self.destroyed.add(sha(old))
            path.unlink()
        elif how == "replace":
            self.destroyed.add(sha(old))
            path.with_suffix(".tmp").write_bytes(new)
            path.with_suffix(".tmp").replace(path)
            self.added[sha(new)] = name
        else:
            with path.open("r+b") as file:
                self.destroyed.add(sha(old))
                file.write(new)
                file.truncate()
            self.added[sha(new)] = name
        self.moved.add(name)

    def measure(self) -> None:
        """Memory, open files and threads of the watchers with their readers, in MB and numbers."""
        memory = files = 0
        for watcher in self.watchers:
            with contextlib.suppress(OSError, KeyError):  # one has just ended
                for pid in (watcher.pid, *children(watcher.pid)):
                    memory += int(status(pid)["VmRSS"].split()[0])
                    files += len(list(Path(f"/proc/{pid}/fd").iterdir()))
        self.peaks.append((time.monotonic() - self.began, memory // 1024, files))

    def verdict(self) -> None:
        """Count, and fail where a promise was broken."""
        made = {name: sha(data) for name, data in self.made}
        must = (set(made.values()) | set(self.added)) - self.destroyed
        with open_workbench(self.root) as bench:
            rows = [item for item in bench.register.submissions() if not item.file.startswith("เดิม/")]
            stored = [item for item in rows if item.outcome is not Outcome.DUPLICATE]
            firsts = Counter(item.sha256 for item in stored)
            kept = {
                path.stem for path in (bench.config.store / "archive").glob("*/??/*") if path.name[0] != "."
            }
            assert must <= kept, f"lost: {len(must - kept)}"
            assert must <= set(firsts), f"not stored: {len(must - set(firsts))}"
            assert set(firsts.values()) <= {1}, "one content twice"
            answers = Counter(item.file for item in rows)
            calm = [name for name in made if name not in self.moved]
            wrong = [(name, answers[name]) for name in calm if answers[name] != 1]
            assert not wrong or self.options.restless, f"not answered once: {len(wrong)}, {wrong[:3]}"
            unanswered = [item.file for item in stored if not (item.receipt and item.filed)]
            assert not unanswered, unanswered[:3]
            grave = [item for item in verify(bench) if item.grave] if not self.options.standing else []
            assert not grave, grave[:3]
            outcomes = Counter(item.outcome.value for item in rows)
        self.tell(len(rows), outcomes)

    def tell(self, rows: int, outcomes: Counter[str]) -> None:
        """The figures."""
        count, tenth = len(self.made), max(1, len(self.peaks) // 10)
        print(f"{count} files, {rows} answers with the files of zips: {dict(outcomes)}")
        print(f"{self.seconds:.0f} s, {count / self.seconds:.1f} files/s; killed {self.killed} times")
        print(f"changed under it: {len(self.moved)} files; nothing lost, no content twice")
        print(
            "minute, MB, open files:",
            *(f"{at / 60:.1f} {mb} {files}," for at, mb, files in self.peaks[::tenth]),
        )
        print("most MB:", max(mb for _, mb, _ in self.peaks))
        print("left in work:", len(list((self.root / "register" / "work").glob("*"))))


def sha(data: bytes) -> str:
    """SHA-256 as hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def status(pid: int) -> dict[str, str]:
    """What Linux tells of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def children(pid: int) -> list[int]:
    """Processes that a process has started."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


if __name__ == "__main__":
    main()
