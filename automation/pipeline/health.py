"""What works here: the answer of `automation doctor`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from automation.config import Config, load_config
from automation.errors import AutomationError, ConfigError
from automation.pipeline.beat import DEAD_AFTER, last_beat
from automation.thai.digits import to_thai
from automation.thai.holidays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at: `state` is "ok", "warning" (works, but …) or "error" (will not work)."""

    name: str
    state: str
    message: str


def examine(root: Path) -> tuple[Check, ...]:
    """Everything that a workspace needs, looked at one by one; a fault in one hides no other."""
    checks = [Check(name="Python", state="ok", message=".".join(map(str, sys.version_info[:3])))]
    try:
        config = load_config(root)
    except ConfigError as error:
        return (*checks, Check(name="ค่าตั้ง", state="error", message="; ".join(error.problems)))
    checks.append(
        Check(name="ค่าตั้ง", state="ok", message=f"ปีงบประมาณ {config.year} มี {len(config.bureaus)} สำนัก")
    )
    checks += _settings_left_blank(config)
    for look in (_folders, _watcher, _templates, _register, _fonts, _libreoffice, _holidays, _emblem):
        try:
            checks += look(config)
        except AutomationError as error:
            checks.append(Check(name=_NAMES[look], state="error", message=str(error).replace("\n", " ")))
    return tuple(checks)


def _settings_left_blank(config: Config) -> Iterator[Check]:
    blank = [name for name in ("phone", "number_code", "signatory") if not config.office.get(name)]
    if blank:
        names = ", ".join(f"office.{name}" for name in blank)
        yield Check(
            name="ค่าตั้ง",
            state="warning",
            message=f"ยังไม่ได้กรอก {names} ใน config.toml หนังสือจะพิมพ์เส้นประไว้ให้เติม",
        )


def _folders(config: Config) -> Iterator[Check]:
    for folder in (config.inbox, config.outbox, config.store):
        try:
            with tempfile.TemporaryFile(dir=folder):
                state, message = "ok", str(folder)
        except OSError as error:
            state, message = "error", f"เขียนโฟลเดอร์ {folder} ไม่ได้ ({error.strerror})"
        yield Check(name="โฟลเดอร์", state=state, message=message)


def _watcher(config: Config) -> Iterator[Check]:
    life = last_beat(config.store)
    if life is None:
        yield Check(
            name="ผู้เฝ้ากล่องรับ",
            state="ok",
            message="ไม่ได้เฝ้าอยู่ (เริ่มด้วย automation watch)",
        )
    elif life.age > DEAD_AFTER:
        yield Check(
            name="ผู้เฝ้ากล่องรับ",
            state="error",
            message=f"เงียบไป {life.age:.0f} วินาที อาจหยุดโดยไม่ปกติ โปรดเริ่มใหม่ ไฟล์ในกล่องรับไม่หาย",
        )
    elif life.waiting_for:
        yield Check(name="ผู้เฝ้ากล่องรับ", state="error", message=life.waiting_for.replace("\n", " "))
    else:
        held = f" ค้างอยู่ {life.held} ไฟล์ที่ยังรับไม่ได้ (ดูเหตุด้วย automation status)" if life.held else ""
        yield Check(
            name="ผู้เฝ้ากล่องรับ",
            state="warning" if life.held else "ok",
            message=f"กำลังเฝ้า รับแล้ว {life.answered} ไฟล์{held}",
        )


def _templates(config: Config) -> Iterator[Check]:
    from automation.pipeline.linting import lint_templates

    results = lint_templates(config.templates, (), config.usage)
    for result in results:
        wrong = [problem for problem in result["problems"] if problem["severity"] == "error"]
        if wrong:
            first = wrong[0]
            yield Check(
                name="แม่แบบ",
                state="error",
                message=f"{result['template']} พบ {len(wrong)} เรื่อง เช่น {first['place']}: {first['message']}",
            )
    yield Check(name="แม่แบบ", state="ok", message=f"ตรวจแล้ว {len(results)} ไฟล์ (รายละเอียด: automation lint)")


def _register(config: Config) -> Iterator[Check]:
    from automation.register import Register

    with Register.open(
        config.database or config.store / "register.db", archive=config.store / "archive"
    ) as register:
        count = len(register.submissions())
    yield Check(name="ทะเบียน", state="ok", message=f"เปิดได้ มีไฟล์ที่รับแล้ว {count} ไฟล์")


def _fonts(config: Config) -> Iterator[Check]:
    from automation.office.fonts import font_report, source_faces, twin_fonts

    conf = twin_fonts() if source_faces() else None
    report = font_report(conf)
    yield Check(
        name="ฟอนต์", state="ok" if report.kind in ("installed", "twin") else "warning", message=report.message
    )


def _libreoffice(config: Config) -> Iterator[Check]:
    from automation.office.soffice import soffice

    program = soffice()
    if program is None:
        yield Check(
            name="LibreOffice",
            state="warning",
            message="ไม่มี จัดทำไฟล์ Word ได้ครบ แต่ทำ PDF เลขหน้าในสารบัญ และเปิดไฟล์ .doc .xls ไม่ได้",
        )
    else:
        yield Check(name="LibreOffice", state="ok", message=str(program))


def _holidays(config: Config) -> Iterator[Check]:
    calendar = WorkCalendar(config.holidays, config.working)
    year = config.year - 543
    days = [
        date.fromordinal(number)
        for number in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    ]
    off = [day for day in days if day.weekday() < 5 and not calendar.is_working_day(day)]
    yield Check(
        name="วันหยุด",
        state="ok",
        message=to_thai(f"พ.ศ. {config.year} มีวันหยุดราชการที่ตรงกับวันทำการ {len(off)} วัน")
        + " (วันหยุดที่ประกาศเพิ่มให้เติมใน config.toml)",
    )


def _emblem(config: Config) -> Iterator[Check]:
    yield Check(
        name="ตราครุฑ",
        state="warning",
        message="แม่แบบใช้รูปแทนตราครุฑ ให้เปลี่ยนเป็นตราของสำนักงานในไฟล์ Word ของแม่แบบ",
    )


_NAMES: dict[Callable[[Config], Iterator[Check]], str] = {
    _folders: "โฟลเดอร์",
    _watcher: "ผู้เฝ้ากล่องรับ",
    _templates: "แม่แบบ",
    _register: "ทะเบียน",
    _fonts: "ฟอนต์",
    _libreoffice: "LibreOffice",
    _holidays: "วันหยุด",
    _emblem: "ตราครุฑ",
}
