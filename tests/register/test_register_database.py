"""The database: migrations, several writers at once, and what staff are told when it fails."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from automation.errors import RegisterError
from automation.register import Outcome, Register, snapshots
from automation.register.database import HEAD, MIGRATIONS, connect
from automation.register.tables import metadata


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    engine = connect(tmp_path / "register.db")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_the_database_is_set_to_lose_nothing(tmp_path: Path) -> None:
    engine = connect(tmp_path / "ปีงบ" / "register.db")
    with engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    engine.dispose()
    assert found == ["wal", 2, 1]


def test_all_tables_can_be_taken_down_again(tmp_path: Path) -> None:
    from alembic import command

    engine = connect(tmp_path / "register.db")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_the_history_can_only_be_added_to(register: Register, cases: SimpleNamespace, tmp_path: Path) -> None:
    cases.put(register, cases.PROJECT)
    with sqlite3.connect(tmp_path / "register.db") as direct:
        for statement in ("UPDATE history SET who = 'x'", "DELETE FROM history"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                direct.execute(statement)
    direct.close()
    (event,) = register.history()
    assert (event.who, event.what, event.submission) == ("automation", "accepted", 1)
    assert event.detail["code"] == "2570-นผ-01"


def test_a_register_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    connect(path).dispose()
    with sqlite3.connect(path) as direct:
        direct.execute("UPDATE alembic_version SET version_num = 'r9999'")
    direct.close()
    before = path.read_bytes()
    with pytest.raises(RegisterError, match="รุ่นใหม่กว่า"):
        Register.open(path, tmp_path)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["register.db"]


def test_a_register_of_an_older_program_is_copied_before_it_is_changed(
    tmp_path: Path, cases: SimpleNamespace
) -> None:
    from alembic import command

    path = tmp_path / "register.db"
    with Register.open(path, tmp_path / "archive") as register:
        cases.put(register, cases.PROJECT)
    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "r0002")
    engine.dispose()
    with Register.open(path, tmp_path / "archive") as register:
        assert len(register.submissions()) == 1
    (copy,) = snapshots.kept(path)
    assert copy.stem.endswith("-r0002")
    with closing(sqlite3.connect(copy)) as older:
        assert older.execute("SELECT version_num FROM alembic_version").fetchone() == ("r0002",)
        assert older.execute("SELECT count(*) FROM submission").fetchone() == (1,)
    path.write_bytes(b"no database")
    with Register.open(path, tmp_path / "archive") as register:  # and it is as good as any other snapshot
        assert len(register.submissions()) == 1


def _fill(path: Path, archive: Path, bureau_file: str, count: int) -> None:
    """What one process does: `count` projects of its own, and the same ten files as all others."""
    import hashlib
    from datetime import UTC, datetime

    from automation.model import Project, Reading

    with Register.open(path, archive, shorts={"สำนักนโยบายและแผน": "นผ"}) as register:
        for number in range(count):
            shared = number % 3 == 0
            name = f"โครงการ {number if shared else (bureau_file, number)}"
            project = Project(fiscal_year=2570, name=name, bureau="สำนักนโยบายและแผน")
            register.store(
                Reading(
                    file="", sha256=hashlib.sha256(name.encode()).hexdigest(), form="project", record=project
                ),
                archived=None,
                received=datetime(2026, 11, 24, tzinfo=UTC),
                outcome=Outcome.ACCEPTED,
                size=1,
                file_name=f"{bureau_file}-{number}.docx",
            )


def test_two_processes_give_gapless_codes_and_store_each_content_once(tmp_path: Path) -> None:
    path, archive = tmp_path / "register.db", tmp_path / "archive"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_fill, args=(path, archive, name, 30)) for name in ("ก", "ข")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    with Register.open(path, archive) as register:
        codes = [item.project.code for item in register.year(2570).projects]
        assert codes == [f"2570-นผ-{number:02d}" for number in range(1, 51)]
        outcomes = [item.outcome for item in register.submissions()]
        assert (outcomes.count(Outcome.ACCEPTED), outcomes.count(Outcome.DUPLICATE)) == (50, 10)
        assert len(register.history(1000)) == 60


def test_a_process_that_is_killed_leaves_whole_submissions_only(tmp_path: Path) -> None:
    path, archive = tmp_path / "register.db", tmp_path / "archive"
    context = multiprocessing.get_context("spawn")
    for wanted in (3, 20):
        worker = context.Process(target=_fill, args=(path, archive, f"รอบ {wanted}", 100_000))
        worker.start()
        with Register.open(path, archive) as register:
            before = len(register.history(1_000_000))
            while len(register.history(1_000_000)) < before + wanted and worker.is_alive():
                time.sleep(0.01)
        worker.kill()
        worker.join(60)
    with Register.open(path, archive) as register:
        stored = [item for item in register.submissions() if item.outcome is Outcome.ACCEPTED]
        codes = [item.project.code for item in register.year(2570).projects]
        assert codes == [f"2570-นผ-{number:02d}" for number in range(1, len(stored) + 1)]
        assert len(register.history(1_000_000)) == len(register.submissions()) >= 23


def test_threads_may_share_a_register(register: Register, cases: SimpleNamespace) -> None:
    with ThreadPoolExecutor(8) as pool:
        stored = list(
            pool.map(lambda number: cases.put(register, cases.changed(name=f"งาน {number}")), range(40))
        )
    assert sorted(item.code for item in stored) == [f"2570-นผ-{number:02d}" for number in range(1, 41)]


def test_a_database_that_stays_locked_is_named_in_thai(tmp_path: Path, cases: SimpleNamespace) -> None:
    path = tmp_path / "register.db"
    with Register.open(path, tmp_path, shorts=cases.SHORTS, timeout=0.1) as register:
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegisterError, match="กำลังถูกใช้งาน") as caught:
            cases.put(register, cases.PROJECT)
        assert "ปิดโปรแกรมอื่น" in caught.value.hint
        assert register.year(2570).projects == ()
        other.rollback()
        other.close()
        assert cases.put(register, cases.PROJECT).code == "2570-นผ-01"


def test_a_file_that_is_no_database_is_named_in_thai(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(b"PK\x03\x04" * 1000)
    with pytest.raises(RegisterError, match="เสียหาย") as caught:
        Register.open(path, tmp_path)
    assert caught.value.place == str(path)


def test_a_place_where_nothing_can_be_written_is_named_in_thai(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RegisterError, match="สร้างโฟลเดอร์"):
        Register.open(tmp_path / "file" / "register.db", tmp_path)
    with pytest.raises(RegisterError, match="เขียนทะเบียนไม่ได้"):
        Register.open(tmp_path, tmp_path)


_ON_A_FULL_DISK = """
import resource, sys
from datetime import datetime
from pathlib import Path
from automation.errors import RegisterError
from automation.model import Project, Reading
from automation.register import Outcome, Register, snapshots

with Register.open(Path(sys.argv[1]), Path(sys.argv[2])) as register:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        for number in range(1000):
            project = Project(fiscal_year=2570, name=f"งาน {number}", rationale="ก" * 5000)
            register.store(
                Reading(file="", sha256=str(number), form="project", record=project),
                archived=None,
                received=datetime(2026, 11, 24),
                outcome=Outcome.ACCEPTED,
                size=1,
                file_name="x",
            )
    except RegisterError as error:
        print(number, error.message)
"""


def test_a_full_disk_loses_nothing_that_was_stored_and_is_named_in_thai(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    done = subprocess.run(
        [sys.executable, "-c", _ON_A_FULL_DISK, str(path), str(tmp_path)],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[2],
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )
    number, message = done.stdout.strip().split(" ", 1)
    assert "เนื้อที่อาจเต็ม" in message
    with Register.open(path, tmp_path) as register:
        assert len(register.submissions()) == len(register.year(2570).projects) == int(number) > 0


@pytest.mark.parametrize("url", ["nonsense://x/y", "postgresql+nonsense://x/y", "://"])
def test_an_address_that_means_nothing_is_named_in_thai(tmp_path: Path, url: str) -> None:
    with pytest.raises(RegisterError, match="ที่อยู่ของฐานข้อมูล"):
        Register.open(url, tmp_path)


def test_an_sqlite_address_opens_the_same_register_as_its_path(
    tmp_path: Path, cases: SimpleNamespace
) -> None:
    path = tmp_path / "register.db"
    with Register.open(f"sqlite:///{path}", tmp_path, shorts=cases.SHORTS) as register:
        cases.put(register, cases.PROJECT)
    with Register.open(path, tmp_path) as register:
        assert len(register.submissions()) == 1


def test_nothing_is_written_when_a_transaction_fails_halfway(
    register: Register, cases: SimpleNamespace
) -> None:
    reading = cases.reading(cases.PROJECT, sha256="a" * 64)
    broken = cases.reading(cases.PROJECT, cases.FAULT, sha256="b" * 64)
    object.__setattr__(broken.findings[0], "rule", None)
    with pytest.raises(sa.exc.IntegrityError):
        cases.put(register, cases.PROJECT, broken.findings[0])
    object.__setattr__(broken.findings[0], "rule", "required-missing")
    assert register.submissions() == ()
    assert register.history() == ()
    stored = cases.put(register, reading.record)
    assert (stored.id, stored.code) == (1, "2570-นผ-01")


def test_the_names_of_the_room_cost_no_database_library() -> None:
    script = (
        "import sys; from automation.register import Outcome; assert 'sqlalchemy' not in sys.modules;"
        "from automation.register import Register; assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])


def test_the_room_has_no_other_names() -> None:
    import automation.register

    with pytest.raises(AttributeError, match="nothing"):
        _ = automation.register.nothing
