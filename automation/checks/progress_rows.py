"""Is a progress report complete, and do its words agree with its figures (M2: status, reasons)?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from automation.checks.context import CheckContext
from automation.checks.rule import Remark, error, warning
from automation.model import Pace, Progress, ProgressRow, Stage
from automation.model.progress import STAGE_NAMES
from automation.thai.digits import to_thai
from automation.thai.text import fold, is_blank

_WHOLE = Decimal(100)
_NO_REASON = frozenset({"", "ไม่มี", "ไม่มีปัญหา", "ไม่มีปัญหาอุปสรรค", "ไม่พบปัญหา", "na", "none"})


def title(row: ProgressRow) -> str:
    """How messages name a row: code and name."""
    return " ".join(part for part in (row.code, f"“{row.name}”" if row.name else None) if part) or "แถวนี้"


def required_missing(report: Progress, context: CheckContext) -> Iterator[Remark]:
    """Head of the report, or stage and spending of a row, not filled in."""
    if report.fiscal_year is None:
        yield error("fiscal_year", "ไม่ได้ระบุปีงบประมาณของรายงาน โปรดระบุแล้วส่งใหม่")
    if report.round is None:
        yield error("round", "ไม่ได้ระบุรอบการรายงาน (เดือน ไตรมาส หรือทั้งปี) โปรดระบุแล้วส่งใหม่")
    if not report.bureau:
        yield error("bureau", "ไม่ได้ระบุสำนักที่รายงาน โปรดระบุแล้วส่งใหม่")
    if not report.rows:
        yield error("rows", "ไม่พบโครงการในรายงาน โปรดกรอกผลการดำเนินงานรายโครงการแล้วส่งใหม่")
    for index, row in enumerate(report.rows):
        if not row.code and not row.name:
            yield warning(f"rows.{index}", f"แถวที่ {to_thai(str(index + 1))} ไม่มีรหัสและชื่อโครงการ โปรดระบุ")
        if row.stage is None:
            yield warning(f"rows.{index}.stage", f"{title(row)} ยังไม่ได้ระบุสถานะการดำเนินงาน โปรดระบุ")
        if row.spent is None and row.allocated:
            yield warning(
                f"rows.{index}.spent", f"{title(row)} ยังไม่ได้กรอกผลเบิกจ่ายสะสม โปรดกรอก (หากไม่มีให้ใส่ ๐)"
            )


def stage_contradicts(report: Progress, context: CheckContext) -> Iterator[Remark]:
    """The stage says one thing, progress, money or dates another."""
    dated = any(row.start or row.end for row in report.rows)
    for index, row in enumerate(report.rows):
        for field, contradiction in _contradictions(row):
            label = STAGE_NAMES[row.stage] if row.stage else ""
            yield error(
                f"rows.{index}.{field}",
                f"{title(row)} มีสถานะ{label} แต่{contradiction} โปรดแก้ไขให้สอดคล้องกัน",
            )
        if dated and row.stage is Stage.DONE and row.end is None and row.progress == _WHOLE:
            yield warning(f"rows.{index}.end", f"{title(row)} แล้วเสร็จ แต่ยังไม่ได้กรอกวันที่แล้วเสร็จ โปรดกรอก")


def dates_reversed(report: Progress, context: CheckContext) -> Iterator[Remark]:
    """A project ended before it began."""
    for index, row in enumerate(report.rows):
        if row.start and row.end and row.end < row.start:
            yield error(f"rows.{index}.end", f"{title(row)} วันที่แล้วเสร็จอยู่ก่อนวันที่เริ่ม โปรดแก้ไข")


def _contradictions(row: ProgressRow) -> Iterator[tuple[str, str]]:
    if row.stage is Stage.DONE and row.progress is not None and row.progress < _WHOLE:
        yield "stage", f"ความก้าวหน้าเพียงร้อยละ {to_thai(f'{row.progress:f}')}"
    if row.stage is not Stage.NOT_STARTED:
        return
    if row.spent:
        yield "stage", "มีผลเบิกจ่ายแล้ว"
    if row.progress:
        yield "progress", f"ความก้าวหน้าร้อยละ {to_thai(f'{row.progress:f}')}"
    if row.start:
        yield "start", "มีวันที่เริ่มดำเนินการแล้ว"


def reason_missing(report: Progress, context: CheckContext) -> Iterator[Remark]:
    """Cancelled, postponed or late without a word why."""
    for index, row in enumerate(report.rows):
        if _has_reason(row):
            continue
        if row.stage in (Stage.CANCELLED, Stage.POSTPONED):
            yield error(
                f"rows.{index}.problems",
                f"{title(row)} {STAGE_NAMES[row.stage]} แต่ไม่ได้ระบุเหตุผลในช่องปัญหา/อุปสรรค โปรดระบุ",
            )
        elif row.pace is Pace.LATE:
            yield warning(
                f"rows.{index}.problems",
                f"{title(row)} ล่าช้ากว่าแผน แต่ไม่ได้ระบุเหตุผลในช่องปัญหา/อุปสรรค โปรดระบุ",
            )


def _has_reason(row: ProgressRow) -> bool:
    return not is_blank(row.problems) and fold(row.problems or "") not in _NO_REASON


def result_missing(report: Progress, context: CheckContext) -> Iterator[Remark]:
    """A project is done, but an indicator of it has no result (M3)."""
    for index, row in enumerate(report.rows):
        for place, indicator in enumerate(row.indicators):
            if row.stage is Stage.DONE and is_blank(indicator.result):
                yield warning(
                    f"rows.{index}.indicators.{place}.result",
                    f"{title(row)} แล้วเสร็จ แต่ตัวชี้วัด “{indicator.name}” ยังไม่มีผลการดำเนินงาน โปรดกรอก",
                )
