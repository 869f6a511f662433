"""What lies in the inbox, why, and where everything else is: `automation status`."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

from automation.cli.views import status_view, submissions_view
from automation.pipeline.queue import waiting_files
from automation.pipeline.status import status, submissions_json
from automation.pipeline.watch import sweep_now, watch
from automation.pipeline.workbench import Workbench, open_workbench
from tests_place import SAMPLES

FORM = SAMPLES / "project" / "02-clean-youth-outreach.docx"


def reasons(bench: Workbench) -> dict[str, str]:
    return {item.file: item.why for item in waiting_files(bench.config)}


def test_each_file_says_why_it_waits(root: Path) -> None:
    inbox = root / "inbox"
    (inbox / "สำนัก ก").mkdir()
    for name in ("รอ.docx", "เปิดอยู่.docx", "สำนัก ก/กำลังเขียน.docx", "ใหม่.docx"):
        shutil.copy(FORM, inbox / name)
        os.utime(inbox / name, (1, 1))
    (inbox / "~$ิดอยู่.docx").write_bytes(b"owner")
    (inbox / "~$เปิดอยู่.docx").write_bytes(b"owner")
    (inbox / "ครึ่ง.docx").write_bytes(FORM.read_bytes()[:5000])
    os.utime(inbox / "ครึ่ง.docx", (1, 1))
    os.utime(inbox / "ใหม่.docx", (time.time() + 60, time.time() + 60))
    (inbox / "จดหมาย.tmp").write_bytes(b"none of ours")
    with open_workbench(root) as bench, (inbox / "สำนัก ก" / "กำลังเขียน.docx").open("r+b"):
        assert reasons(bench) == {
            "ครึ่ง.docx": "ยังคัดลอกไม่เสร็จหรือไม่สมบูรณ์",
            "รอ.docx": "รอรับ ขณะนี้ไม่มีโปรแกรมเฝ้ากล่องรับ (automation watch หรือ automation intake)",
            "สำนัก ก/กำลังเขียน.docx": "ยังมีโปรแกรมเปิดเขียนไฟล์อยู่",
            "เปิดอยู่.docx": "มีผู้เปิดไฟล์ค้างอยู่ใน Word หรือ Excel",
            "ใหม่.docx": "เพิ่งวาง รอให้ไฟล์นิ่งก่อน",
        }
        document = status(bench, 2570)
        words = status_view(document)
        assert "ในกล่องรับยังมี 5 ไฟล์" in words
        assert "ครึ่ง.docx" in words
        assert next(item for item in document["waiting"] if item["file"] == "รอ.docx")["seconds"] > 86400


def test_what_the_watcher_has_met_is_what_is_told(root: Path) -> None:
    """A receipt that is open in Word: nothing of that can be seen on the file itself."""
    shutil.copy(FORM, root / "inbox" / "แบบ.docx")
    stop = threading.Event()
    (root / "outbox" / "2570" / "ใบรับ" / "ใบรับ-00001-แบบ.docx" / "x").mkdir(parents=True)
    with open_workbench(root) as bench:
        thread = threading.Thread(target=watch, args=(bench, stop))
        thread.start()
        try:
            for _ in range(100):
                why = reasons(bench).get("แบบ.docx", "")
                if "ใบรับ-00001" in why:
                    break
                stop.wait(0.1)
        finally:
            stop.set()
            thread.join()
    assert "ใบรับ-00001-แบบ.docx" in why


def test_of_each_file_its_place_and_its_time_are_told(root: Path) -> None:
    shutil.copy(FORM, root / "inbox" / "แบบ.docx")
    with open_workbench(root) as bench:
        (answered,) = sweep_now(bench)
        document = submissions_json(bench, None)
        (road,) = document["road"]
        assert (root / road["original"]).read_bytes() == FORM.read_bytes()
        assert root / road["receipt"] == answered.receipt
        assert (road["done"], 0 < road["seconds"] < 20) == (True, True)
        assert road["receipt"] in submissions_view(document)
