"""`config.toml` of a workspace as one frozen `Config`; every problem of the file is told at once.

The file is the office's own: its name and units, the signatories, the deadlines, days off, limits.
This module knows no Word, Excel or database.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from automation.errors import ConfigError, UsageError
from automation.thai.dates import parse_date
from automation.thai.usage import ALIGNMENTS, DEFAULT, HOURS, HOURS_SHORT, Usage

FILE = "config.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """A unit that sends forms: its full name, and the short name inside project codes."""

    name: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A workspace and its settings; paths are absolute, the year is B.E."""

    root: Path
    year: int
    office: Mapping[str, str] = field(default_factory=dict)
    """Facts that the documents print: name of the office, signatory, telephone …"""
    bureaus: tuple[Bureau, ...] = ()
    deadlines: Mapping[int, date] = field(default_factory=dict)
    """Fiscal year (B.E.) → last day for sending project forms."""
    holidays: Mapping[date, str] = field(default_factory=dict)
    """Days off that the cabinet adds."""
    working: frozenset[date] = frozenset()
    """Days that the calendar of holidays wrongly takes for days off."""
    database: str = ""
    """SQLAlchemy URL; empty means SQLite in `register/register.db`."""
    usage: Usage = DEFAULT
    """What the office does where the sources on correspondence differ."""
    pdf_archive: bool = False
    """Whether PDFs are made as PDF/A-2b."""
    embed_fonts: bool = False
    """Whether the face goes into the Word files."""
    log_json: bool = False
    """Whether the log is one JSON object a line."""
    settle_seconds: float = 1.0
    poll_seconds: float = 2.0
    patience_seconds: float = 30.0
    max_megabytes: int = 50
    max_seconds: int = 20
    max_memory_megabytes: int = 512

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def store(self) -> Path:
        """Database, archived originals, work files and the log."""
        return self.root / "register"


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds a config.toml; UsageError where there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise UsageError(
        f"ไม่พบพื้นที่ทำงานที่ {start} (ไม่มีไฟล์ {FILE} ในโฟลเดอร์นี้หรือโฟลเดอร์ที่อยู่เหนือขึ้นไป)",
        hint="สร้างพื้นที่ทำงานใหม่ด้วย automation init โฟลเดอร์ หรือระบุ --workspace โฟลเดอร์",
    )


def load_config(root: Path) -> Config:
    """The settings of the workspace `root`; ConfigError with every problem of the file."""
    path = root / FILE
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError((f"ไม่พบไฟล์ {path}",)) from None
    except UnicodeDecodeError:
        raise ConfigError(("ไฟล์ไม่ได้บันทึกเป็น UTF-8 กรุณาเปิดด้วย Notepad แล้วบันทึกใหม่โดยเลือก UTF-8",)) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError((_toml_words(str(error)),)) from None
    reader = _Reader(data)
    settings = {name: read(reader) for name, read in _SECTIONS.items()}
    limits = _limits(reader)
    reader.refuse_unknown()
    if reader.problems:
        raise ConfigError(tuple(reader.problems), place=str(path))
    return Config(root=root.resolve(), **settings, **limits)


def _toml_words(message: str) -> str:
    """Where the file is not TOML: the parser names a line, or the end of the file."""
    line = re.search(r"line (\d+)", message)
    place = f"บรรทัดที่ {line[1]}" if line else "ท้ายไฟล์"
    return f'{place} เขียนผิดรูปแบบ (ข้อความต้องอยู่ในเครื่องหมาย " เช่น phone = "๐ ๒๘๓๑ ๐๐๐๐") [{message}]'


class _Reader:
    """Takes values out of the file by key, collecting what is wrong instead of stopping at it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.problems: list[str] = []
        self.known: set[str] = set()

    def get(self, key: str, kind: type | tuple[type, ...], what: str, default: Any = None) -> Any:
        self.known.add(key)
        here: Any = self.data
        for part in key.split("."):
            if not isinstance(here, dict) or part not in here:
                if default is None:
                    self.problems.append(f"ไม่มีค่า {key} ({what})")
                return default
            here = here[part]
        if not isinstance(here, kind) or isinstance(here, bool):
            self.problems.append(f"{key} ต้องเป็น{what} แต่พบ {here!r}")
            return default
        return here

    def flag(self, key: str, default: bool, what: str) -> bool:
        self.known.add(key)
        section, name = key.split(".")
        content = self.data.get(section)
        value = content.get(name, default) if isinstance(content, dict) else default
        if not isinstance(value, bool):
            self.problems.append(f"{key} ต้องเป็น true หรือ false ({what}) แต่พบ {value!r}")
            return default
        return value

    def positive(self, key: str, default: float, what: str) -> float:
        value = self.get(key, (int, float), what, default)
        if value is not None and value <= 0:
            self.problems.append(f"{key} ต้องมากกว่า 0 แต่พบ {value!r}")
            return default
        return float(value)

    def day(self, key: str, value: object) -> date | None:
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value))
        except ValueError:
            self.problems.append(f'{key} ไม่ใช่วันที่: {value!r} (เขียนเช่น "๑๙ ธันวาคม ๒๕๖๘" หรือ 2025-12-19)')
            return None

    def refuse_unknown(self) -> None:
        for section, content in self.data.items():
            allowed = {key.split(".")[0] for key in self.known}
            if section not in allowed:
                self._unknown(section, allowed)
            elif isinstance(content, dict) and section not in self.known:
                inside = {key.split(".", 1)[1] for key in self.known if key.startswith(section + ".")}
                for name in content:
                    if name not in inside:
                        self._unknown(f"{section}.{name}", {f"{section}.{key}" for key in inside})

    def _unknown(self, name: str, allowed: set[str]) -> None:
        near = difflib.get_close_matches(name, sorted(allowed), n=1)
        self.problems.append(f"ไม่รู้จักค่า {name}" + (f" (หมายถึง {near[0]} หรือไม่)" if near else ""))


def _year(reader: _Reader) -> int:
    year = reader.get("year", int, "ปีงบประมาณ พ.ศ. สี่หลัก เช่น 2570")
    if year is not None and not 2500 <= year <= 2700:
        reader.problems.append(f"year ต้องเป็นปีงบประมาณ พ.ศ. สี่หลัก เช่น 2570 แต่พบ {year}")
    return int(year or 0)


def _office(reader: _Reader) -> dict[str, str]:
    office = reader.get("office", dict, "หมวด [office] ข้อมูลสำนักงานที่พิมพ์ลงหนังสือ", {})
    for name, value in office.items():
        if not isinstance(value, str):
            reader.problems.append(f"office.{name} ต้องเป็นข้อความในเครื่องหมายคำพูด แต่พบ {value!r}")
    for name in ("name", "bureau"):
        if not str(office.get(name, "")).strip():
            reader.problems.append(f"ไม่มีค่า office.{name} ({_OFFICE_WORDS[name]})")
    return {name: str(value) for name, value in office.items()}


_OFFICE_WORDS = {"name": "ชื่อส่วนราชการ", "bureau": "ชื่อสำนักเจ้าของเรื่อง"}


def _bureaus(reader: _Reader) -> tuple[Bureau, ...]:
    bureaus: list[Bureau] = []
    for number, entry in enumerate(reader.get("bureaus", list, "รายชื่อสำนัก [[bureaus]]") or [], 1):
        name, short = (
            (str(entry.get("name", "")).strip(), str(entry.get("short", "")).strip())
            if isinstance(entry, dict)
            else ("", "")
        )
        if not name or not short:
            reader.problems.append(f"bureaus รายการที่ {number} ต้องมี name (ชื่อสำนัก) และ short (อักษรย่อ)")
        for other in bureaus:
            if name and name == other.name:
                reader.problems.append(f"bureaus รายการที่ {number}: ชื่อ {name} ซ้ำ")
            if short and short == other.short:
                reader.problems.append(f"bureaus รายการที่ {number}: อักษรย่อ {short} ซ้ำกับ{other.name}")
        bureaus.append(Bureau(name=name, short=short))
    return tuple(bureaus)


def _deadlines(reader: _Reader) -> dict[int, date]:
    found: dict[int, date] = {}
    for year, value in reader.get("deadlines", dict, "หมวด [deadlines] วันสุดท้ายที่รับแบบ", {}).items():
        day = reader.day(f"deadlines.{year}", value)
        if not year.isdigit():
            reader.problems.append(f"deadlines.{year}: ชื่อต้องเป็นปีงบประมาณ เช่น 2570")
        elif day:
            found[int(year)] = day
    return found


def _holidays(reader: _Reader) -> dict[date, str]:
    found: dict[date, str] = {}
    entries = reader.get("holidays", list, "รายการวันหยุดเพิ่ม [[holidays]]", [])
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or "date" not in entry or "name" not in entry:
            reader.problems.append(f"holidays รายการที่ {number} ต้องมี date (วันที่) และ name (ชื่อวันหยุด)")
            continue
        day = reader.day(f"holidays รายการที่ {number}", entry["date"])
        if day:
            found[day] = str(entry["name"])
    return found


def _working(reader: _Reader) -> frozenset[date]:
    values = reader.get("working_days", list, "รายการวันที่", [])
    days = (reader.day(f"working_days รายการที่ {number}", value) for number, value in enumerate(values, 1))
    return frozenset(day for day in days if day)


def _database(reader: _Reader) -> str:
    url = str(reader.get("register.url", str, "ที่อยู่ฐานข้อมูล", ""))
    if url and not url.startswith(("sqlite:", "postgresql")):
        reader.problems.append(f"register.url ต้องขึ้นต้นด้วย sqlite: หรือ postgresql แต่พบ {url!r}")
    return url


_CHOICES = {
    "alignment": ALIGNMENTS,
    "hours": (HOURS, HOURS_SHORT),
    "time_sign": (".", ":"),
    "memo_blank_lines": (1, 2, 3),
}
_FLAGS = {
    "era_in_dates": "มี พ.ศ. ในวันที่ของหนังสือ",
    "space_before_repeat": "เว้นวรรคหน้าไม้ยมก",
    "catch_words": "คำต่อท้ายหน้าใน PDF",
}
_LENGTHS = ("top_cm", "memo_top_cm", "bottom_cm", "letter_office_cm", "letter_date_cm")


def _usage(reader: _Reader) -> Usage:
    """Section [correspondence]: what the office does where the sources differ."""
    found: dict[str, Any] = {}
    for name, choices in _CHOICES.items():
        key, usual = f"correspondence.{name}", getattr(DEFAULT, name)
        found[name] = reader.get(key, type(usual), "ค่าหนึ่งใน " + ", ".join(map(str, choices)), usual)
        if found[name] not in choices:
            reader.problems.append(f"{key} ต้องเป็นหนึ่งใน {', '.join(map(str, choices))} แต่พบ {found[name]!r}")
    for name in _LENGTHS:
        found[name] = reader.positive(f"correspondence.{name}", getattr(DEFAULT, name), "เซนติเมตร")
        if found[name] > 12:
            reader.problems.append(f"correspondence.{name} ต้องไม่เกิน 12 เซนติเมตร แต่พบ {found[name]:g}")
    for name, words in _FLAGS.items():
        found[name] = reader.flag(f"correspondence.{name}", getattr(DEFAULT, name), words)
    posts = reader.get("correspondence.highest_posts", list, "รายชื่อตำแหน่ง", [])
    return Usage(highest_posts=tuple(map(str, posts)), **found)


_SECTIONS: Mapping[str, Callable[[_Reader], Any]] = {
    "year": _year,
    "office": _office,
    "bureaus": _bureaus,
    "deadlines": _deadlines,
    "holidays": _holidays,
    "working": _working,
    "database": _database,
    "usage": _usage,
}


def _limits(reader: _Reader) -> dict[str, Any]:
    return {
        "pdf_archive": reader.flag("pdf.archive", False, "ทำ PDF แบบเก็บถาวร PDF/A-2b"),
        "embed_fonts": reader.flag("word.embed_fonts", False, "ฝังแบบอักษรในไฟล์ Word"),
        "log_json": reader.flag("log.json", False, "บันทึกการทำงานเป็น JSON"),
        "settle_seconds": reader.positive("inbox.settle_seconds", 1.0, "จำนวนวินาที"),
        "poll_seconds": reader.positive("inbox.poll_seconds", 2.0, "จำนวนวินาที"),
        "patience_seconds": reader.positive("inbox.patience_seconds", 30.0, "จำนวนวินาที"),
        "max_megabytes": int(reader.positive("limits.megabytes", 50, "จำนวนเมกะไบต์")),
        "max_seconds": int(reader.positive("limits.seconds", 20, "จำนวนวินาที")),
        "max_memory_megabytes": int(reader.positive("limits.memory_megabytes", 512, "จำนวนเมกะไบต์")),
    }
