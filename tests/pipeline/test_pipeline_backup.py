"""Backup while running, restore elsewhere, verify and repair; a damaged register comes back by itself."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import struct
import threading
import zipfile
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from automation.cli import cli
from automation.errors import DamagedRegister, RegisterError, UsageError
from automation.pipeline.backup import MANIFEST, backup, restore
from automation.pipeline.verify import verify
from automation.pipeline.watch import sweep_now, watch, watch_workspace
from automation.pipeline.workbench import Workbench, open_workbench
from automation.register import Outcome, snapshots
from tests_place import SAMPLES

FORM = SAMPLES / "project" / "02-clean-youth-outreach.docx"
FAULTY = SAMPLES / "project" / "05-older-law-manual.docx"


def filled(root: Path) -> None:
    with open_workbench(root) as bench:
        for source in (FORM, FAULTY):
            shutil.copy(source, bench.config.inbox)
        sweep_now(bench)


def kinds(bench: Workbench, *, repair: bool = False) -> list[str]:
    return sorted(item.kind for item in verify(bench, repair=repair))


def test_a_backup_comes_back_on_another_machine(root: Path, tmp_path: Path) -> None:
    filled(root)
    with open_workbench(root) as bench:
        before = bench.register.submissions()
        done = backup(root, tmp_path / "สำรอง")
    elsewhere = restore(done.path, tmp_path / "เครื่องใหม่" / "งาน").path
    with open_workbench(elsewhere) as bench:
        after = bench.register.submissions()
        assert [(item.id, item.sha256, item.code) for item in after] == [
            (item.id, item.sha256, item.code) for item in before
        ]
        assert verify(bench) == ()
        shutil.copy(FORM, bench.config.inbox)
        (again,) = sweep_now(bench)
        assert again.outcome is Outcome.DUPLICATE
    assert (elsewhere / "config.toml").read_bytes() == (root / "config.toml").read_bytes()
    assert sorted(path.name for path in (elsewhere / "templates").rglob("*")) == sorted(
        path.name for path in (root / "templates").rglob("*")
    )


def test_a_backup_is_of_one_moment_while_files_come_in(root: Path, tmp_path: Path) -> None:
    forms = sorted((SAMPLES / "year2570" / "forms").glob("*.docx"))[:7]
    for form in forms:
        shutil.copy(form, root / "inbox")
    started = threading.Event()

    def take_in() -> None:
        with open_workbench(root) as bench:
            sweep_now(bench, told=lambda _: started.set())

    taking = threading.Thread(target=take_in)
    taking.start()
    assert started.wait(20)
    done = backup(root, tmp_path)
    taking.join()
    with open_workbench(restore(done.path, tmp_path / "กลับมา").path) as bench:
        count = len(bench.register.submissions())
        assert 0 < count <= len(forms)
        assert bench.register.damaged() == ()
        assert {item.kind for item in verify(bench)} <= {"receipt-missing", "original-unknown"}
        verify(bench, repair=True)
        assert verify(bench) == ()


def test_a_damaged_or_hostile_backup_leaves_nothing(root: Path, tmp_path: Path) -> None:
    filled(root)
    whole = backup(root, tmp_path).path
    bad = tmp_path / "เสีย.zip"
    data = bytearray(whole.read_bytes())
    data[len(data) // 2] ^= 1
    bad.write_bytes(data)
    for number, make in enumerate(
        (lambda: None, lambda: bad.write_bytes(data[:-2000]), lambda: _climbing(bad))
    ):
        make()
        with pytest.raises(UsageError, match="ไม่สมบูรณ์"):
            restore(bad, tmp_path / f"ใหม่{number}")
        assert not (tmp_path / f"ใหม่{number}").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    with pytest.raises(UsageError, match="มีไฟล์อยู่แล้ว"):
        restore(whole, root)


def test_a_backup_with_a_broken_stream_is_told_in_thai(root: Path, tmp_path: Path) -> None:
    """The first bits of packed data say how it is packed: broken there, zlib itself complains."""
    filled(root)
    whole = backup(root, tmp_path).path
    data = bytearray(whole.read_bytes())
    with zipfile.ZipFile(whole) as archive:
        info = next(item for item in archive.infolist() if item.compress_type == zipfile.ZIP_DEFLATED)
    name, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
    data[info.header_offset + 30 + name + extra] |= 0b110
    bad = tmp_path / "เสีย.zip"
    bad.write_bytes(data)
    with zipfile.ZipFile(bad) as archive, pytest.raises(zlib.error):
        archive.read(info.filename)
    with pytest.raises(UsageError, match="ไม่สมบูรณ์"):
        restore(bad, tmp_path / "ใหม่")
    assert not (tmp_path / "ใหม่").exists()


def _climbing(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../x", b"x")
        files = {"../x": hashlib.sha256(b"x").hexdigest()}
        archive.writestr(MANIFEST, json.dumps({"format": 1, "files": files}))


def test_verify_names_and_mends(root: Path) -> None:
    filled(root)
    with open_workbench(root) as bench:
        assert verify(bench) == ()
        first, second = bench.register.submissions()
        (root / str(first.receipt)).unlink()
        assert second.archived is not None
        second.archived.write_bytes(b"altered")
        unknown = bench.config.store / "archive" / "2570" / "ab"
        unknown.mkdir(parents=True, exist_ok=True)
        other = SAMPLES / "project" / "01-clean-academic-papers.docx"
        shutil.copy(other, unknown / f"{hashlib.sha256(other.read_bytes()).hexdigest()}.docx")
        assert kinds(bench) == ["original-altered", "original-unknown", "receipt-missing"]
        assert kinds(bench, repair=True) == ["original-altered", "original-unknown", "receipt-missing"]
        assert (root / str(first.receipt)).exists()
        assert kinds(bench) == ["original-altered"]
        assert len(bench.register.submissions()) == 3
    done = CliRunner().invoke(cli, ["verify", "--json", "--workspace", str(root)])
    assert done.exit_code == 1
    assert [item["kind"] for item in json.loads(done.output)["discords"]] == ["original-altered"]


def test_an_original_that_was_lost_comes_back_with_the_same_file(root: Path) -> None:
    filled(root)
    with open_workbench(root) as bench:
        (first, _) = bench.register.submissions()
        assert first.archived is not None
        first.archived.unlink()
        assert kinds(bench) == ["original-missing"]
        shutil.copy(FORM, bench.config.inbox)
        sweep_now(bench)
        assert verify(bench) == ()


def test_the_commands(root: Path, tmp_path: Path) -> None:
    filled(root)
    run = CliRunner()
    done = run.invoke(cli, ["backup", "--to", str(tmp_path / "ที่เก็บ"), "--workspace", str(root)])
    assert done.exit_code == 0, done.output
    (file,) = (tmp_path / "ที่เก็บ").iterdir()
    assert str(file) in done.output
    assert run.invoke(cli, ["restore", str(file), str(tmp_path / "กลับ")]).exit_code == 0
    done = run.invoke(cli, ["verify", "--workspace", str(tmp_path / "กลับ")])
    assert (done.exit_code, "ตรงกัน" in done.output) == (0, True)


# --- the database itself ----------------------------------------------------------------------------------


def damage(database: Path) -> None:
    for name in ("-wal", "-shm"):
        database.with_name(database.name + name).unlink(missing_ok=True)
    data = bytearray(database.read_bytes())
    data[:16] = b"not a database!!"
    database.write_bytes(data)


def test_a_damaged_register_comes_back_from_its_own_snapshot(root: Path) -> None:
    filled(root)
    database = root / "register" / "register.db"
    with open_workbench(root) as bench:
        snapshots.daily(database, bench.clock())
        shutil.copy(SAMPLES / "project" / "01-clean-academic-papers.docx", bench.config.inbox)
        sweep_now(bench)
    damage(database)
    with open_workbench(root) as bench:
        assert len(bench.register.submissions()) == 2
        assert kinds(bench, repair=True) == ["original-unknown"]
        assert len(bench.register.submissions()) == 3
        assert verify(bench) == ()
        assert "restored" in [event.what for event in bench.register.history()]
    assert list(database.parent.glob("register.db.damaged-*"))


@pytest.mark.parametrize("how", ["damaged", "removed", "emptied"])
def test_the_watcher_goes_on_with_the_snapshot_when_the_register_breaks_under_it(
    root: Path, how: str
) -> None:
    filled(root)
    stop, said = threading.Event(), []
    with open_workbench(root) as bench:
        database = bench.register.database
        assert database is not None
        snapshots.daily(database, bench.clock())
        shutil.copy(SAMPLES / "project" / "01-clean-academic-papers.docx", bench.config.inbox)
        sweep_now(bench)
        broken = database.with_name("broken")
        snapshots.snapshot(database, broken)
        damage(broken)
        for name in ("-wal", "-shm"):
            database.with_name(database.name + name).unlink()
        if how == "emptied":
            broken.write_bytes(b"")
        broken.replace(database)
        if how == "removed":
            database.unlink()
        shutil.copy(SAMPLES / "project" / "03-clean-digital-printer.docx", bench.config.inbox)
        threading.Timer(30, stop.set).start()
        watch(bench, stop, told=lambda item: stop.set() if "03" in item.file else None, trouble=said.append)
        assert len(bench.register.submissions()) == 4
        assert verify(bench) == ()
    assert len(said) == 2
    assert "เสียหาย" in said[0]


def test_without_a_snapshot_a_damaged_register_is_said_and_left_alone(root: Path) -> None:
    filled(root)
    database = root / "register" / "register.db"
    damage(database)
    data = database.read_bytes()
    with pytest.raises(DamagedRegister, match="เสียหาย"), open_workbench(root):
        pass
    assert database.read_bytes() == data


def test_a_register_that_was_replaced_is_noticed_at_once(root: Path) -> None:
    """What is written into a file that has lost its name would be gone."""
    filled(root)
    with open_workbench(root) as bench:
        database = bench.register.database
        assert database is not None
        copy = database.with_name("copy")
        snapshots.snapshot(database, copy)
        copy.replace(database)
        shutil.copy(SAMPLES / "project" / "01-clean-academic-papers.docx", bench.config.inbox)
        sweep_now(bench)
    with sqlite3.connect(root / "register" / "register.db") as file:
        assert file.execute("SELECT count(*) FROM submission").fetchone() == (3,)
    file.close()


def test_a_locked_register_is_waited_for_and_said_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(root)
    from automation.register.register import Register

    real = Register.open.__func__  # type: ignore[attr-defined]
    monkeypatch.setattr(Register, "open", classmethod(lambda cls, *a, **k: real(cls, *a, **k, timeout=0.2)))
    shutil.copy(SAMPLES / "project" / "01-clean-academic-papers.docx", root / "inbox")
    stop, said = threading.Event(), []
    locked = sqlite3.connect(root / "register" / "register.db", isolation_level=None, check_same_thread=False)
    locked.execute("BEGIN IMMEDIATE")

    def trouble(words: str) -> None:
        said.append(words)
        if words:
            threading.Timer(1.0, lambda: locked.execute("ROLLBACK")).start()

    threading.Timer(30, stop.set).start()
    watch_workspace(root, stop, told=lambda _: stop.set(), trouble=trouble)
    locked.close()
    assert len([words for words in said if words]) == 1
    assert "ถูกใช้งานโดยโปรแกรมอื่น" in said[0]
    with open_workbench(root) as bench:
        assert len(bench.register.submissions()) == 3


def test_snapshots_are_kept_for_two_weeks_and_never_half_written(root: Path) -> None:
    filled(root)
    database = root / "register" / "register.db"
    from datetime import datetime, timedelta

    for day in range(snapshots.KEPT + 3):
        assert snapshots.daily(database, datetime(2026, 10, 1) + timedelta(days=day))
    assert snapshots.daily(database, datetime(2026, 10, 1) + timedelta(days=day)) is None
    assert len(snapshots.kept(database)) == snapshots.KEPT
    assert all(snapshots.sound(copy) for copy in snapshots.kept(database))
    with pytest.raises(RegisterError):
        snapshots.snapshot(root / "none.db", root / "copy.db")
    assert not (root / "copy.db").exists()


def test_the_watcher_that_starts_on_a_snapshot_takes_what_it_does_not_know(root: Path) -> None:
    filled(root)
    database = root / "register" / "register.db"
    with open_workbench(root) as bench:
        snapshots.daily(database, bench.clock())
        shutil.copy(SAMPLES / "project" / "01-clean-academic-papers.docx", bench.config.inbox)
        sweep_now(bench)
    damage(database)
    stop = threading.Event()
    threading.Timer(30, stop.set).start()
    watch_workspace(root, stop, told=lambda _: stop.set())
    with open_workbench(root) as bench:
        assert len(bench.register.submissions()) == 3
        assert verify(bench) == ()


def test_what_was_archived_and_not_stored_is_taken_under_its_senders_name(root: Path) -> None:
    with open_workbench(root) as bench:
        shutil.copy(FORM, bench.config.inbox / "แบบ.docx")
        bench.register.archive(FORM, hashlib.sha256(FORM.read_bytes()).hexdigest(), 2570)
        assert verify(bench, repair=True) == ()
        (answered,) = sweep_now(bench)
        assert (answered.file, answered.outcome) == ("แบบ.docx", Outcome.ACCEPTED)
