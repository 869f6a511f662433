"""What staff, Office and file systems do to a folder: slow copies, saves, odd names, links, lost shares."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import threading
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest
from faults.harness import FAULTY, FORM, check, drop, fork, in_child, nothing_lost, sha, stopped, sweep, until

from automation.pipeline import filing, watch
from automation.pipeline import intake as road
from automation.pipeline.sweep import arrivals
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import open_workbench
from automation.register import Outcome
from automation.register.register import Register
from tests_place import SAMPLES


def watching(root: Path) -> int:
    """A watcher in a process of its own."""

    def run() -> None:
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        watch.watch_workspace(root, stop)

    return fork(run)


def archived(root: Path) -> set[str]:
    return {path.stem for path in (root / "register" / "archive").glob("*/??/*") if path.name[0] != "."}


def emptied(root: Path) -> bool:
    return arrivals(root / "inbox") == ()


# --- files that are still being written -------------------------------------------------------------------


def test_a_slow_copy_is_taken_once_and_whole(root: Path) -> None:
    data, path = FORM.read_bytes(), root / "inbox" / "ช้า.docx"
    with stopped(watching(root)):
        with path.open("wb", buffering=0) as file:
            for start in range(0, len(data), len(data) // 6 + 1):
                file.write(data[start : start + len(data) // 6 + 1])
                time.sleep(0.25)  # longer than the quiet time
        until(lambda: emptied(root))
    assert archived(root) == {sha(FORM)}
    check(root, {sha(FORM)})


def test_a_copy_that_is_given_its_size_first_is_taken_whole(root: Path) -> None:
    """Windows sets the size at once; the content comes afterwards."""
    data, path = FORM.read_bytes(), root / "inbox" / "ช้า.docx"
    with stopped(watching(root)):
        with path.open("wb", buffering=0) as file:
            file.truncate(len(data))
            for start in (0, len(data) // 2):
                file.seek(start)
                file.write(data[start : start + len(data) // 2 + 1])
                os.utime(path, (1, 1))
                time.sleep(0.4)
        until(lambda: emptied(root))
    assert archived(root) == {sha(FORM)}


def test_a_file_that_somebody_writes_is_not_taken_whatever_its_kind(root: Path) -> None:
    """Half a text would be refused at once and the other half lost."""
    path = root / "inbox" / "บันทึก.txt"
    with path.open("wb", buffering=0) as file, open_workbench(root) as bench:
        file.write("ครึ่งแรก ".encode())
        held: list[str] = []
        assert sweep_now(bench, blocked=lambda _, why: held.append(why)) == ()
        assert held == ["ยังมีโปรแกรมเปิดเขียนไฟล์อยู่"]
        file.write("ครึ่งหลัง".encode())
    sweep(root)
    check(root, {hash_of("ครึ่งแรก ครึ่งหลัง")})


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_saved_from_excel_and_word_under_the_watcher(root: Path) -> None:
    """Temporary name, the old one deleted, the new one renamed; the owner file comes and goes."""
    inbox = root / "inbox"
    workbook = next((SAMPLES / "year2570").rglob("*.xlsx"))
    with stopped(watching(root)):
        drop(root, FAULTY, "แบบเสนอ.docx")
        owner = inbox / "~$บเสนอ.docx"
        owner.write_bytes(b"\x04owner" + bytes(157))
        shutil.copy(FORM, inbox / "~WRD0000.tmp")
        time.sleep(0.3)
        if (inbox / "แบบเสนอ.docx").exists():
            (inbox / "แบบเสนอ.docx").rename(inbox / "~WRL0001.tmp")
        (inbox / "~WRD0000.tmp").rename(inbox / "แบบเสนอ.docx")
        (inbox / "~WRL0001.tmp").unlink(missing_ok=True)
        time.sleep(0.3)
        owner.unlink()
        shutil.copy(workbook, inbox / "3F2A91BC.tmp")
        (inbox / "3F2A91BC.tmp").rename(inbox / "รายงาน.xlsx")
        until(lambda: emptied(root) and not [p for p in inbox.iterdir() if not p.name.startswith("~")])
        until(lambda: {sha(FORM), sha(workbook)} <= archived(root))
    check(root, {sha(FORM), sha(workbook)})


STEPS = ("archive", "file_away")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "how", ["renamed over", "rewritten in place", "same size and time", "deleted", "moved"]
)
def test_changed_under_the_road(root: Path, step: str, how: str) -> None:
    """W3, W4: at every step another content comes, or none; nothing is lost and nothing removed unread."""
    dropped = {drop(root, FORM, "แบบ.docx")}
    path = root / "inbox" / "แบบ.docx"
    new = {"content": b""}

    def change() -> None:
        times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
        if how == "renamed over":
            shutil.copy(FAULTY, path.with_name("x.tmp"))
            path.with_name("x.tmp").rename(path)
        elif how == "rewritten in place":
            path.write_bytes(FAULTY.read_bytes())
        elif how == "same size and time":
            path.write_bytes(bytes(FORM.read_bytes()[:-2]) + b"\1\0")
            os.utime(path, ns=times)
        elif how == "deleted":
            path.unlink()
        else:
            path.rename(path.with_name("ย้าย.docx"))
        new["content"] = path.read_bytes() if path.exists() else b""

    owner = Register if step == "archive" else road
    real = getattr(owner, step)
    done: list[int] = []

    def changing(*args: object, **more: object) -> object:
        if not done:
            done.append(1)
            change()
        return real(*args, **more)

    setattr(owner, step, changing)
    try:
        sweep(root)
    finally:
        setattr(owner, step, real)
    if new["content"]:
        dropped.add(hashlib.sha256(new["content"]).hexdigest())
    nothing_lost(root, dropped)
    sweep(root)
    check(root, dropped)


def test_a_name_that_was_taken_again_meanwhile_is_left_alone(root: Path) -> None:
    """Two new contents at once, under the moment in which the original has our name."""
    drop(root, FORM, "แบบ.docx")
    path = root / "inbox" / "แบบ.docx"
    real, done = filing.being_written, []

    def save_twice(file: object) -> bool:
        if ".taken-" in str(getattr(file, "name", "")) or done:
            return real(file)  # type: ignore[arg-type]
        if not path.exists():
            done.append(1)
            aside = next(path.parent.glob(".taken-*"))
            aside.write_bytes(FAULTY.read_bytes())
            path.write_bytes(b"another one")
        return real(file)  # type: ignore[arg-type]

    filing.being_written = save_twice
    try:
        sweep(root)
    finally:
        filing.being_written = real
    assert {sha(item) for item in path.parent.iterdir()} == {sha(FAULTY), hash_of("another one")}
    sweep(root)
    check(root, {sha(FORM), sha(FAULTY), hash_of("another one")})


# --- many, twice, two programs ----------------------------------------------------------------------------


def test_a_burst_of_mixed_files_before_two_watchers(root: Path, tmp_path: Path) -> None:
    """Forms, workbooks, duplicates and junk in folders of bureaus; AUTOMATION_BURST=5000 for the long run."""
    count = int(os.environ.get("AUTOMATION_BURST", "90"))
    sources = [
        *sorted((SAMPLES / "year2570").rglob("*.docx"))[:20],
        *sorted((SAMPLES / "year2570").rglob("*.xlsx"))[:5],
    ]
    dropped: set[str] = set()
    first, second = watching(root), watching(root)
    with stopped(first), stopped(second):
        for number in range(count):
            name = f"สำนัก {number % 7}/{number:05d}"
            if number % 3 == 0:
                dropped.add(
                    drop(
                        root, sources[number % len(sources)], f"{name}{sources[number % len(sources)].suffix}"
                    )
                )
            else:
                path = root / "inbox" / f"{name}.docx"
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(
                    b"PK\x03\x04" + str(number % (count // 2)).encode()
                    if number % 3 == 1
                    else str(number).encode()
                )
                dropped.add(sha(path))
            if number == count // 2:
                os.kill(first, signal.SIGSTOP)
        # Suspended it may hold the lock of the sweep, which rightly keeps the other one waiting.
        time.sleep(2)
        os.kill(first, signal.SIGCONT)
        until(lambda: emptied(root), 60 + count / 5)
    with open_workbench(root) as bench:
        assert len(bench.register.submissions()) == count
    check(root, dropped)


def test_the_same_file_twice_in_one_second(root: Path) -> None:
    drop(root, FORM, "ก.docx")
    drop(root, FORM, "ข.docx")
    drop(root, FORM, unicodedata.normalize("NFC", "คูุ่.docx"))
    other = root / "inbox" / os.fsdecode(unicodedata.normalize("NFD", "คูุ่.docx").encode())
    if not other.exists():
        shutil.copy(FAULTY, other)
    with open_workbench(root) as bench:
        outcomes = sorted(item.outcome for item in sweep_now(bench))
    assert outcomes.count(Outcome.ACCEPTED) == 1
    assert outcomes.count(Outcome.DUPLICATE) == 2
    check(root, {sha(FORM)})


# --- names, links, folders, clocks ------------------------------------------------------------------------

NAMES = (
    "ก" * 82 + "ข.docx",
    "รายงาน".encode("cp874").decode("utf-8", "surrogateescape") + ".docx",
    "\u202egpj.docx",
    "แบบ\nสอง บรรทัด\t.docx",
    "-rf.docx",
    "=cmd|'!A1'.docx",
    "ลงท้าย.docx.",
    "ลงท้าย .docx ",
    "CON.docx",
    "แบบ😀.docx",
    ".docx",
    "a\\..\\b.docx",
    "\x01\x7f.docx",
    "%s%n{0}{{ receipt.file }}.docx",
)


def test_odd_names(root: Path) -> None:
    dropped = set()
    for number, name in enumerate(NAMES):
        path = root / "inbox" / name
        path.write_bytes(f"ไฟล์ {number}".encode())
        dropped.add(sha(path))
    with open_workbench(root) as bench:
        answered = sweep_now(bench)
        assert len(answered) == len(NAMES)
        for item in answered:
            assert not any(unicodedata.category(char)[0] == "C" for char in item.file + item.receipt.name)
            assert len(os.fsencode(item.receipt.name)) <= 255
            assert item.receipt.parent.parent.parent == bench.config.outbox
    check(root, dropped)


def test_links_pipes_sockets_and_folders_that_look_like_files(root: Path, tmp_path: Path) -> None:
    inbox = root / "inbox"
    outside = tmp_path / "ลับ.docx"
    shutil.copy(FORM, outside)
    (inbox / "ลิงก์.docx").symlink_to(outside)
    (inbox / "วน").symlink_to(inbox)
    (inbox / "ขาด.docx").symlink_to(tmp_path / "ไม่มี")
    os.mkfifo(inbox / "ท่อ.docx")
    (inbox / "โฟลเดอร์.docx").mkdir()
    here = os.open(inbox, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"/proc/self/fd/{here}/s.docx")
        real = Path(shutil.copy(FAULTY, tmp_path / "จริง.docx"))
        os.link(real, inbox / "ฮาร์ดลิงก์.docx")
        with open_workbench(root) as bench:
            (answered,) = sweep_now(bench)
    os.close(here)
    assert answered.file == "ฮาร์ดลิงก์.docx"
    assert outside.exists()
    assert sha(real) == sha(FAULTY)
    assert sorted(path.name for path in inbox.iterdir()) == sorted(
        ["ลิงก์.docx", "วน", "ขาด.docx", "ท่อ.docx", "โฟลเดอร์.docx", "s.docx"]
    )


def test_swapped_for_a_pipe_or_a_link_after_it_was_listed(root: Path, tmp_path: Path) -> None:
    for make in (os.mkfifo, lambda path: path.symlink_to(FORM)):
        drop(root, FAULTY, "แบบ.docx")
        path = root / "inbox" / "แบบ.docx"
        seen = arrivals(root / "inbox")
        path.unlink()
        make(path)
        with open_workbench(root) as bench:
            assert road.intake(bench, seen) == ()
        assert path.is_symlink() or path.is_fifo()
        path.unlink()
    assert FORM.exists()


def test_deep_folders_and_folders_that_go_or_come(root: Path, tmp_path: Path) -> None:
    deep = "/".join(f"ชั้น {number}" for number in range(40))
    dropped = {drop(root, FORM, f"{deep}/แบบ.docx")}
    (tmp_path / "ชุด").mkdir()
    shutil.copy(FAULTY, tmp_path / "ชุด" / "ในชุด.docx")
    with stopped(watching(root)):
        (tmp_path / "ชุด").rename(root / "inbox" / "ชุด")
        (root / "inbox" / "ชั่วคราว").mkdir()
        drop(root, FAULTY, "ชั่วคราว/หาย.docx")
        shutil.rmtree(root / "inbox" / "ชั่วคราว")
        until(lambda: emptied(root))
    check(root, dropped | {sha(FAULTY)})


@pytest.mark.parametrize("moment", [0, 1, -86400, 32503680000, 17000000000])
def test_any_file_time(root: Path, moment: int) -> None:
    dropped = {drop(root, FORM)}
    os.utime(root / "inbox" / FORM.name, (moment, moment))
    sweep(root)
    check(root, dropped)


def test_the_clock_jumps_while_it_waits(root: Path) -> None:
    """Waiting goes by the steady clock; numbers of receipts go by the register."""
    dropped = {drop(root, FORM)}

    def run() -> None:
        real, step = time.time, [0.0]

        def jumping() -> float:
            step[0] -= 31_000_000
            return real() + step[0]

        time.time = jumping
        sweep(root)

    assert in_child(run) == 0
    sweep(root)
    check(root, dropped)


# --- the share, events, stopping --------------------------------------------------------------------------


def test_the_share_goes_and_comes_back(root: Path, tmp_path: Path) -> None:
    """Said once, gone on by itself; a new folder under the old name wakes the watcher again."""
    said: list[str] = []
    stop = threading.Event()
    inbox, away = root / "inbox", root / "inbox ที่หายไป"

    def run() -> None:
        watch.watch_workspace(root, stop, trouble=said.append)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        until((root / "register" / "watch.json").exists)
        inbox.rename(away)
        until(lambda: said)
        time.sleep(0.5)
        shutil.copy(FORM, away / "แบบ.docx")
        away.rename(inbox)
        until(lambda: emptied(root) and sha(FORM) in archived(root))
        until(lambda: said[-1] == "")
        inbox.rename(away)  # and an empty folder in its place: nothing is taken for withdrawn
        inbox.mkdir()
        drop(root, FAULTY)
        until(lambda: sha(FAULTY) in archived(root))
    finally:
        stop.set()
        thread.join()
    assert said[0].startswith("เข้าถึงโฟลเดอร์ไม่ได้")
    assert [words for words in said if words] == said[:1]
    check(root, {sha(FORM), sha(FAULTY)})


def test_no_events_no_matter(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """N1: no watches left in the system; the sweep comes all the same, within two polls."""
    from automation.pipeline import waker

    def none_left(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(waker.Observer, "schedule", none_left)
    with stopped(watching(root)):
        until((root / "register" / "watch.json").exists)
        began = time.monotonic()
        drop(root, FORM)
        until(lambda: emptied(root))
        assert time.monotonic() - began < 5
    check(root, {sha(FORM)})


def test_a_slow_share_without_events_makes_nobody_wait(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Listing it takes long and costs nothing: the pause goes by what a sweep costs."""
    real = watch.arrivals

    def slowly(inbox: Path) -> object:
        time.sleep(0.4)
        return real(inbox)

    monkeypatch.setattr(watch, "arrivals", slowly)
    monkeypatch.setattr(watch.Waker, "keep_alive", lambda _: None)
    with stopped(watching(root)):
        until((root / "register" / "watch.json").exists)
        for number in range(2):
            began = time.monotonic()
            (root / "inbox" / f"{number}.txt").write_text(str(number))
            until(lambda: emptied(root))
            assert time.monotonic() - began < 4


def test_stops_between_two_files_and_says_so(root: Path) -> None:
    forms = sorted((SAMPLES / "year2570" / "forms").glob("*.docx"))[:9]
    dropped = {drop(root, form) for form in forms}
    child = watching(root)
    until(lambda: archived(root))
    began = time.monotonic()
    os.kill(child, signal.SIGTERM)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert time.monotonic() - began < 3
    assert not (root / "register" / "watch.json").exists()
    assert list((root / "register" / "work").iterdir()) == []
    nothing_lost(root, dropped)
    sweep(root)
    check(root, dropped)


def test_nothing_is_started_and_nobody_is_called(root: Path, tmp_path: Path) -> None:
    """I4: of all programs only the reader is started, and no connection is made, whatever the files hold."""
    dropped = {drop(root, source) for source in sorted((SAMPLES / "project").glob("*.docx"))}
    linked = tmp_path / "แม่แบบ.docx"
    with zipfile.ZipFile(FORM) as old, zipfile.ZipFile(linked, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "word/_rels/document.xml.rels":
                data = data.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdX" TargetMode="External" Target="http://127.0.0.1:9/x.dotm" Type="http://'
                    b'schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>',
                )
            new.writestr(item, data)
    dropped.add(drop(root, linked))

    def run() -> None:
        import sys

        events: list[tuple[str, object]] = []

        def note(event: str, args: tuple[object, ...]) -> None:
            if event in (
                "subprocess.Popen",
                "os.exec",
                "os.system",
                "os.posix_spawn",
                "socket.connect",
                "socket.getaddrinfo",
            ):
                events.append((event, args[:2]))

        sys.addaudithook(note)
        sweep(root)
        for event, args in events:
            assert event in ("subprocess.Popen", "os.posix_spawn"), (event, args)
            assert "automation.office.worker" in str(args), args

    assert in_child(run) == 0
    check(root, dropped)
