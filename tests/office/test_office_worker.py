"""The reading worker: a child that may die of a file, and a program that goes on."""

import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from automation.errors import EncryptedFile, FileError, OversizedFile, UnreadableFile
from automation.office.blocks import Document
from automation.office.opening import Limits, open_file
from automation.office.sheets import Workbook
from automation.office.worker import ReaderDefect, Worker
from tests.office.office_files import compound, docx, p, xlsx

SAMPLES = Path(__file__).parents[2] / "samples"
FORM = SAMPLES / "year2570" / "forms" / "ict-01.docx"
REPORT = SAMPLES / "progress" / "q2-hr-bureau.xlsx"


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker() as one:
        yield one


def child_of(worker: Worker) -> int:
    """Process id of the warm child."""
    child = worker._child
    assert child is not None
    return child.pid


def test_reads_as_the_opener_does(worker: Worker) -> None:
    assert worker.open(FORM) == open_file(FORM)
    assert worker.open(REPORT) == open_file(REPORT)


def test_one_child_for_many_files(worker: Worker) -> None:
    worker.open(FORM)
    first = child_of(worker)
    worker.open(REPORT)
    assert child_of(worker) == first


def test_errors_cross_with_all_their_words(worker: Worker, tmp_path: Path) -> None:
    file = tmp_path / "ลับ.docx"
    file.write_bytes(compound("EncryptedPackage"))
    with pytest.raises(EncryptedFile) as here:
        open_file(file)
    with pytest.raises(EncryptedFile) as there:
        worker.open(file)
    assert str(there.value) == str(here.value)
    assert there.value.place == "ลับ.docx"


def slow_file(folder: Path, rows: int = 130) -> Path:
    """A workbook that takes seconds to read and passes every other limit but the ratio."""
    row = "<row>" + "<c><f>A1</f><v>0.1</v></c>" * 1_000 + "</row>"
    return xlsx(folder / "slow.xlsx", {f"s{at}": f"<sheetData>{row * rows}</sheetData>" for at in range(3)})


def test_a_file_that_takes_too_long(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    slow = slow_file(tmp_path)
    with Worker(Limits(seconds=0.5, ratio=10_000)) as worker:
        start = time.monotonic()
        with caplog.at_level(logging.CRITICAL), pytest.raises(OversizedFile, match="นานเกิน") as caught:
            worker.open(slow)
        assert time.monotonic() - start < 5
        assert caught.value.place == "slow.xlsx"
        assert isinstance(worker.open(docx(tmp_path / "ok.docx", p("ต่อไป"))), Document)


def test_a_file_that_takes_too_much_memory(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    text = "".join(f"<w:p><w:r><w:t>{at}</w:t></w:r></w:p>" for at in range(90_000))
    with Worker(Limits(memory_bytes=110 << 20)) as worker, caplog.at_level(logging.CRITICAL):
        with pytest.raises(FileError) as caught:
            worker.open(docx(tmp_path / "fat.docx", text))
        assert isinstance(caught.value, OversizedFile)
        assert "หน่วยความจำ" in caught.value.message
        assert isinstance(worker.open(docx(tmp_path / "ok.docx", p("ต่อไป"))), Document)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SIGABRT", UnreadableFile),
        ("SIGSEGV", UnreadableFile),
        ("SIGXCPU", OversizedFile),
    ],
)
def test_a_child_that_dies(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, kind: type[FileError]
) -> None:
    slow = slow_file(tmp_path)
    with Worker(Limits(ratio=10_000)) as worker:
        worker.open(FORM)
        first = child_of(worker)
        killer = threading.Timer(0.3, os.kill, (first, getattr(signal, name)))
        killer.start()
        with caplog.at_level(logging.ERROR), pytest.raises(kind) as caught:
            worker.open(slow)
        killer.join()
        assert caught.value.hint
        assert "reader ended with -" in caplog.text
        assert "slow" not in caplog.text, "names of files stay out of logs"
        assert isinstance(worker.open(FORM), Document)
        assert child_of(worker) != first


def test_a_child_killed_by_the_system_gets_a_second_try(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    slow = slow_file(tmp_path, rows=15)
    with Worker(Limits(ratio=10_000)) as worker, caplog.at_level(logging.CRITICAL):
        worker.open(FORM)
        killer = threading.Timer(0.1, os.kill, (child_of(worker), signal.SIGKILL))
        killer.start()
        assert isinstance(worker.open(slow), Workbook)
        killer.join()


def test_a_child_killed_again_and_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    slow, done = slow_file(tmp_path), threading.Event()
    with Worker(Limits(ratio=10_000)) as worker, caplog.at_level(logging.CRITICAL):

        def kill() -> None:
            while not done.wait(0.3):
                child = worker._child
                if child is not None:
                    child.kill()

        killer = threading.Thread(target=kill)
        killer.start()
        with pytest.raises(OversizedFile, match="หน่วยความจำ"):
            worker.open(slow)
        done.set()
        killer.join()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_stop_of_the_program_is_for_the_parent(worker: Worker, name: str) -> None:
    worker.open(FORM)
    first = child_of(worker)
    os.kill(first, getattr(signal, name))
    assert isinstance(worker.open(FORM), Document)
    assert child_of(worker) == first


def test_a_child_that_died_between_two_files_is_replaced(worker: Worker) -> None:
    worker.open(FORM)
    os.kill(child_of(worker), signal.SIGKILL)
    time.sleep(0.1)
    assert isinstance(worker.open(FORM), Document)


def test_closing_ends_the_child(tmp_path: Path) -> None:
    worker = Worker()
    worker.close()
    worker.open(FORM)
    child = child_of(worker)
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    assert isinstance(worker.open(FORM), Document)
    worker.close()


@pytest.mark.libreoffice
def test_a_legacy_file_is_converted_outside_the_child(worker: Worker, tmp_path: Path) -> None:
    file = tmp_path / "เก่า.rtf"
    file.write_bytes(b"{\\rtf1\\ansi\\pard Old form\\par}")
    opened = worker.open(file)
    assert isinstance(opened, Document)
    assert [para.text for para in opened.paragraphs if para.text] == ["Old form"]


def length(content: Document | Workbook, *, file: str) -> tuple[str, int]:
    """A reader: what it is told, and how many blocks there are."""
    return file, len(content.blocks) if isinstance(content, Document) else len(content.sheets)


def endless(content: Document | Workbook, *, file: str) -> None:
    while file:
        content.key  # noqa: B018


def faulty(content: Document | Workbook, *, file: str) -> None:
    raise ZeroDivisionError(f"{file} 081-234-5678")


def test_what_is_made_of_a_file_is_made_in_the_child(tmp_path: Path) -> None:
    with Worker(reader=length) as worker:
        assert worker.read(docx(tmp_path / "ก.docx", p("ก") + p("ข")), file="ข.docx") == ("ข.docx", 2)
        assert isinstance(worker.open(FORM), Document)


def test_a_reading_that_takes_too_long_is_ended(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Worker(Limits(seconds=1.5), endless) as worker, caplog.at_level(logging.CRITICAL):
        start = time.monotonic()
        with pytest.raises(OversizedFile, match="นานเกิน"):
            worker.read(docx(tmp_path / "ก.docx", p("ก")), file="ก")
        assert time.monotonic() - start < 5


def test_a_defect_in_the_child_tells_its_place_and_no_words_of_a_sender(tmp_path: Path) -> None:
    with Worker(reader=faulty) as worker:
        with pytest.raises(ReaderDefect) as caught:
            worker.read(docx(tmp_path / "ก.docx", p("ก")), file="นายสมชาย")
        assert str(caught.value) == "ZeroDivisionError"
        assert any("test_office_worker.py" in frame for frame in caught.value.frames)
        assert "081" not in repr((caught.value, caught.value.frames))
