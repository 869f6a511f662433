"""Outgoing numbers: gapless by unit, register and calendar year, also when processes ask at once."""

from __future__ import annotations

import hashlib
import multiprocessing
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from automation.documents.numbering import compose, number_kind
from automation.errors import RegisterError
from automation.model.outgoing import NumberKind
from automation.register import Register
from tests.documents.sample_letters import kind

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
UNIT = "สว ๐๐๑๒"


def _ask(path: Path, archive: Path, register: NumberKind, count: int) -> None:
    with Register.open(path, archive) as opened:
        for _ in range(count):
            opened.reserve_number(UNIT, 2569, register, when=NOON)


def test_processes_that_ask_at_once_get_every_number_once(tmp_path: Path) -> None:
    path, archive = tmp_path / "register.db", tmp_path / "archive"
    context = multiprocessing.get_context("spawn")
    asked = (NumberKind.ORDINARY, NumberKind.ORDINARY, NumberKind.ORDINARY, NumberKind.CIRCULAR)
    workers = [context.Process(target=_ask, args=(path, archive, item, 25)) for item in asked]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 4
    with Register.open(path, archive) as register:
        given = register.numbers(2569)
    for item, last in ((NumberKind.ORDINARY, 75), (NumberKind.CIRCULAR, 25)):
        assert [row.number for row in given if row.kind is item] == list(range(1, last + 1))


def test_units_registers_and_years_are_numbered_apart(register: Register) -> None:
    asked = [
        *[(UNIT, 2569, NumberKind.ORDINARY)] * 2, (UNIT, 2569, NumberKind.CIRCULAR),
        ("สว ๐๐๑๓", 2569, NumberKind.ORDINARY), (UNIT, 2570, NumberKind.ORDINARY),
        ("สำนักงานเลขาธิการวุฒิสภา", 2570, NumberKind.ORDER),
    ]  # fmt: skip
    got = [register.reserve_number(*item, when=NOON, subject="เรื่อง") for item in asked]
    assert got == [1, 2, 1, 1, 1, 1]
    assert {row.subject for row in register.numbers(2570)} == {"เรื่อง"}


def test_only_the_last_unused_number_can_be_given_back(register: Register) -> None:
    for _ in range(3):
        register.reserve_number(UNIT, 2569, NumberKind.ORDINARY, when=NOON)
    with pytest.raises(RegisterError, match="คืนเลขที่ 2"):
        register.release_number(UNIT, 2569, NumberKind.ORDINARY, 2)
    register.release_number(UNIT, 2569, NumberKind.ORDINARY, 3)
    assert register.reserve_number(UNIT, 2569, NumberKind.ORDINARY, when=NOON) == 3
    third = register.numbers(2569)[-1]
    register.issue("memo", path="a", sha256="0" * 64, made=NOON, number="สว ๐๐๑๒/๓", outgoing=third)
    with pytest.raises(RegisterError, match="มีเอกสารใช้แล้ว"):
        register.release_number(UNIT, 2569, NumberKind.ORDINARY, 3)
    assert register.numbers(2569)[-1].issued == 1


def test_what_went_out_can_be_referred_to_and_made_again(register: Register, tmp_path: Path) -> None:
    made = tmp_path / "บันทึก.docx"
    made.write_bytes(b"the document as it went out")
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    facts = {"date": "๒๔ พฤศจิกายน ๒๕๖๙", "of": "สำนักวิชาการ"}
    for number in (None, "สว ๐๐๑๒/๗", "สว ๐๐๑๒/๘"):
        register.issue(
            "memo-approve-plan",
            path="outbox/บันทึก.docx",
            sha256=digest,
            made=NOON,
            fiscal_year=2570,
            facts=facts,
            number=number,
            archived=register.archive(made, digest, 2570),
        )
    made.write_bytes(b"edited since")
    found = register.reference(["memo-approve-plan"], 2570, bureau="สำนักวิชาการ")
    assert found is not None
    assert (found.number, found.facts) == ("สว ๐๐๑๒/๘", facts)
    assert found.archived is not None
    assert found.archived.read_bytes() == b"the document as it went out"
    assert register.reference(["memo-approve-plan"], 2570, code="2570-นผ-01") is None
    assert register.reference(["memo-approve-plan"], 2571) is None
    assert register.issued(2570)[0].number is None


def test_a_register_of_the_first_version_keeps_what_it_holds(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    from automation.register.database import MIGRATIONS

    path = tmp_path / "old.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "r0001")
    engine.dispose()
    with sqlite3.connect(path) as old:
        old.execute(
            "INSERT INTO issued (kind, path, sha256, made, figures) VALUES ('memo', 'a', 'b', ?, '{}')",
            (NOON.isoformat(),),
        )
    with Register.open(path, tmp_path / "archive") as register:
        (item,) = register.issued()
        assert (item.kind, item.facts, item.number, item.archived) == ("memo", {}, None, None)
        assert register.reserve_number(UNIT, 2569, NumberKind.ORDER, when=NOON) == 1


def test_numbers_are_written_as_the_regulation_has_them() -> None:
    assert compose("สว 0012", NumberKind.ORDINARY, 123, 2569) == "สว ๐๐๑๒/๑๒๓"
    assert compose("สว 0012", NumberKind.CIRCULAR, 12, 2569) == "สว ๐๐๑๒/ว ๑๒"
    assert compose("", NumberKind.ORDER, 12, 2569) == "๑๒/๒๕๖๙"


@pytest.mark.parametrize(
    ("name", "register"),
    [
        ("memo-approve-project", NumberKind.ORDINARY),
        ("invitation", NumberKind.ORDINARY),
        ("letter", NumberKind.ORDINARY),
        ("order-committee", NumberKind.ORDER),
        ("announcement", None),
        ("sign-in-sheet", None),
    ],
)
def test_each_kind_has_its_register(name: str, register: NumberKind | None) -> None:
    assert number_kind(kind(name)) is register
