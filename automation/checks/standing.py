"""Where a record stands among what is known: bureaus, codes, projects of the register (A09, A22, M2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from automation.checks.context import CheckContext
from automation.checks.rule import Remark, warning
from automation.model import (
    Allocation,
    AllocationRow,
    Progress,
    ProgressRow,
    Project,
    Resolution,
    ResolutionRow,
)
from automation.model.year import code_key
from automation.thai.text import fold

_PARTS_OF_THE_OFFICE = ("สำนักงานเลขาธิการ", "กลุ่มงาน", "ฝ่าย")
_NEAR = 60
_OTHER_NAME = 70
"""Similarity (0–100) below which two names of one code are taken for two projects."""


def bureau_unknown(record: Project | Progress, context: CheckContext) -> Iterator[Remark]:
    """The bureau is none of the office's."""
    yield from _bureau("bureau", record.bureau, context)


def allocation_bureau_unknown(allocation: Allocation, context: CheckContext) -> Iterator[Remark]:
    """A row of the allocation names a bureau that is none of the office's."""
    for index, row in enumerate(allocation.rows):
        yield from _bureau(f"rows.{index}.bureau", row.bureau, context)


def _bureau(field: str, name: str | None, context: CheckContext) -> Iterator[Remark]:
    if not name or not context.bureaus or known_bureau(name, context.bureaus):
        return
    near = nearest_bureau(name, context.bureaus)
    hint = f" หมายถึง “{near}” หรือไม่" if near else ""
    yield warning(field, f"ไม่รู้จักหน่วยงาน “{name}”{hint} โปรดใช้ชื่อเต็มของสำนักตามโครงสร้างของสำนักงาน")


def known_bureau(name: str, bureaus: tuple[str, ...]) -> str | None:
    """The full name of the bureau that is written so; a parent office behind it does not matter."""
    written = fold(name)
    exact = next((bureau for bureau in bureaus if fold(bureau) == written), None)
    return exact or next((bureau for bureau in bureaus if _with_parent(written, fold(bureau))), None)


def _with_parent(written: str, bureau: str) -> bool:
    return written.startswith(bureau) and written.removeprefix(bureau).startswith(_PARTS_OF_THE_OFFICE)


def nearest_bureau(name: str, bureaus: tuple[str, ...]) -> str | None:
    """The bureau whose name is most like the written one; None when none is like it."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(fold(name), {bureau: fold(bureau) for bureau in bureaus}, scorer=fuzz.ratio)
    return found[2] if found and found[1] >= _NEAR else None


def duplicate_project(project: Project, context: CheckContext) -> Iterator[Remark]:
    """The register has another project under this code, or this project under another code (A09)."""
    if not project.name:
        return
    key = code_key(project.code)
    for code, known in context.projects.items():
        same_code = bool(key) and code_key(code) == key
        if same_code and _likeness(project.name, known.name) < _OTHER_NAME:
            yield warning("code", f"รหัส {code} เป็นของโครงการ “{known.name}” อยู่แล้ว โปรดตรวจสอบรหัสหรือชื่อโครงการ")
        elif not same_code and _same_project(project, known):
            yield warning(
                "name",
                f"โครงการชื่อนี้ของ{known.bureau or 'สำนักเดียวกัน'}มีอยู่แล้วในรหัส {code} "
                f"โปรดตรวจสอบว่าซ้ำกันหรือไม่ หากเป็นการแก้ไข โปรดใส่รหัส {code} ในแบบ",
            )


def _same_project(project: Project, known: Project) -> bool:
    return fold(project.name or "") == fold(known.name or "") and fold(project.bureau or "") == fold(
        known.bureau or ""
    )


def _likeness(name: str, other: str | None) -> float:
    from rapidfuzz.fuzz import WRatio

    return WRatio(fold(name), fold(other or ""))


def code_unknown(record: Progress | Allocation | Resolution, context: CheckContext) -> Iterator[Remark]:
    """A row names a code that the register does not have; silent while it has none (A22, M2)."""
    if not context.projects:
        return
    known: Mapping[str, str | None] = {code_key(code): item.name for code, item in context.projects.items()}
    rows: Sequence[ProgressRow | AllocationRow | ResolutionRow] = record.rows
    for index, row in enumerate(rows):
        key = code_key(row.code)
        if key and key not in known:
            same = next(
                (code for code, name in known.items() if name and fold(name) == fold(row.name or "")), ""
            )
            hint = f" โครงการชื่อนี้ใช้รหัส {same}" if same else ""
            yield warning(
                f"rows.{index}.code",
                f"ไม่พบรหัสโครงการ {row.code} “{row.name or '-'}” ในแผนของปีนี้{hint} โปรดตรวจสอบรหัส",
            )


def project_unreported(report: Progress, context: CheckContext) -> Iterator[Remark]:
    """A project of the bureau that the report leaves out (M2)."""
    if not report.rows or not report.bureau:
        return
    codes = {code_key(row.code) for row in report.rows}
    names = {fold(row.name or "") for row in report.rows}
    for code, project in context.projects.items():
        mine = fold(project.bureau or "") == fold(report.bureau)
        if mine and code_key(code) not in codes and fold(project.name or "") not in names:
            yield warning(
                "rows", f"รายงานไม่มีโครงการ {code} “{project.name}” ของสำนัก โปรดรายงานให้ครบทุกโครงการ"
            )
