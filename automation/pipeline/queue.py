"""What lies in the inbox now, and why: by a fresh look and by what the watcher says."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from automation.config import Config
from automation.errors import FileError
from automation.office.guard import Kind, sniff
from automation.pipeline.beat import Life, last_beat, living
from automation.pipeline.filing import Blocked, being_written, opened, shown_name
from automation.pipeline.sweep import Arrival, standing

MOST_LOOKED_AT = 2000
"""Files that are opened to see why they wait; of more the age alone tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One file in the inbox: the sender's name for it, why it waits, in Thai, seconds since it was saved."""

    file: str
    why: str
    seconds: float


def waiting_files(config: Config) -> tuple[Waiting, ...]:
    """Every file of the inbox that is a sender's, by name; OSError when the inbox cannot be listed."""
    life = last_beat(config.store)
    now = time.time()
    found = []
    for number, (arrival, in_use) in enumerate(standing(config.inbox)):
        age = max(0.0, now - arrival.mtime_ns / 1e9)
        name = shown_name(arrival.path, config.inbox)
        why = _IN_USE if in_use else _why(arrival, age, name, config, life, look=number < MOST_LOOKED_AT)
        found.append(Waiting(file=name, why=why, seconds=age))
    return tuple(sorted(found, key=lambda item: item.file))


_IN_USE = "มีผู้เปิดไฟล์ค้างอยู่ใน Word หรือ Excel"


def _why(arrival: Arrival, age: float, name: str, config: Config, life: Life | None, *, look: bool) -> str:
    """The first thing that holds it up: what the watcher has met, the file itself, then the watcher."""
    if life is not None and living(life) and name in life.files:
        return life.files[name]
    found = _of_the_file(arrival.path) if look else ""
    if found:
        return found
    if age < config.settle_seconds:
        return "เพิ่งวาง รอให้ไฟล์นิ่งก่อน"
    if life is None or not living(life):
        return "รอรับ ขณะนี้ไม่มีโปรแกรมเฝ้ากล่องรับ (automation watch หรือ automation intake)"
    return life.waiting_for.replace("\n", " ") or "รอคิวรับ"


def _of_the_file(path: Path) -> str:
    try:
        reader = opened(path)
        if reader is None:
            return ""
        with reader:
            if being_written(reader):
                return "ยังมีโปรแกรมเปิดเขียนไฟล์อยู่"
        return "ยังคัดลอกไม่เสร็จหรือไม่สมบูรณ์" if sniff(path) is Kind.INCOMPLETE else ""
    except Blocked as error:
        return str(error)
    except FileError:
        return ""
