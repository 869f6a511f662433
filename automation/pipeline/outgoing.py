"""Numbers for what goes out: taken only when the clerk asks, and given back when the document fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from automation.documents.catalogue import Kind
from automation.documents.numbering import compose, number_kind
from automation.errors import UsageError
from automation.model.outgoing import Numbered, NumberKind
from automation.pipeline.workbench import Workbench
from automation.thai.dates import UnclearDate, parse_date
from automation.thai.digits import to_arabic

_ERA = 543


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A number of the outgoing register, and as it is printed."""

    entry: Numbered
    text: str


@contextmanager
def outgoing_number(
    bench: Workbench, kind: Kind, facts: Mapping[str, str], *, wanted: bool
) -> Iterator[Taken | None]:
    """The next number for a document of this kind, None unless wanted; given back when the block fails.

    UsageError for a kind without numbers, for a number given by hand besides, and without a unit code.
    """
    if not wanted:
        yield None
        return
    register = _register(kind, facts)
    code = facts.get("number_code", "").strip()
    series = facts.get("name", "") if register is NumberKind.ORDER else code
    if not series:
        raise UsageError(
            "ออกเลขที่หนังสือไม่ได้ เพราะยังไม่ได้ระบุรหัสหนังสือของสำนัก",
            hint='ระบุ number_code ใน config.toml หมวด [office] เช่น "สว ๐๐๐๐"',
        )
    year, now = calendar_year(bench, facts), bench.clock()
    number = bench.register.reserve_number(series, year, register, when=now, subject=kind.title)
    try:
        entry = Numbered(series=series, year=year, kind=register, number=number, reserved=now)
        yield Taken(entry=entry, text=compose(code, register, number, year))
    except BaseException:
        bench.register.release_number(series, year, register, number)
        raise


def completed(kind: Kind, facts: Mapping[str, str], year: int) -> dict[str, str]:
    """The facts, a bare `number` among them written in full as the kind has it (`๑๒๓` is `สว ๐๐๑๒/๑๒๓`); left
    as it is where the unit code is not known. `year` (B.E.) is the calendar year of the letter."""
    number, code = to_arabic(facts.get("number", "").strip()), facts.get("number_code", "").strip()
    register = number_kind(kind)
    if register is None or not number.isdecimal() or not (code or register is NumberKind.ORDER):
        return dict(facts)
    return {**facts, "number": compose(code, register, int(number), year)}


def _register(kind: Kind, facts: Mapping[str, str]) -> NumberKind:
    register = number_kind(kind)
    if register is None:
        raise UsageError(f"{kind.title}ไม่มีเลขที่หนังสือ", hint="สั่งใหม่โดยไม่ใช้ --number")
    if facts.get("number"):
        raise UsageError(
            "ระบุเลขที่หนังสือมาแล้ว จึงไม่ออกเลขให้อีก", hint="เลือกอย่างใดอย่างหนึ่ง: --number หรือ --set number=…"
        )
    return register


def calendar_year(bench: Workbench, facts: Mapping[str, str]) -> int:
    """The calendar year (B.E.) of the letter: of its date where it has one, else of today."""
    try:
        return parse_date(facts.get("date", "")).year + _ERA
    except UnclearDate:
        return bench.clock().year + _ERA
