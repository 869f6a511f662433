"""What the hidden key of an issued form says of a copy that came back: it fills gaps and tells of mix-ups.

What people wrote counts; the key speaks where they left the year, the bureau or the code empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from automation.forms.catalogue import FormCatalogue
from automation.forms.key import FormKey, edition_of
from automation.forms.knowledge import Known
from automation.model import Evidence, Finding, Reading, Record, Severity, Strength
from automation.thai.text import fold

_FIELDS = {"fiscal_year": ("year", "ปีงบประมาณ"), "bureau": ("bureau", "สำนัก"), "code": ("code", "รหัสโครงการ")}
"""Field of a record → field of the key, and what people call it."""
_HIDDEN = "ข้อมูลที่ซ่อนอยู่ในแบบฟอร์มที่ออกให้"
_ALIKE = 0.6
"""Likeness of two names from which they may be those of one project."""


def completed(reading: Reading, key: FormKey | None, catalogue: FormCatalogue, known: Known) -> Reading:
    """The reading with what the key knows better or otherwise; as it was for a file without one."""
    record = reading.record
    if key is None or record is None or key.form != reading.form:
        return (
            reading if key is None or record is None else reading.with_findings(_other_form(key, catalogue))
        )
    given: dict[str, Any] = {}
    findings: list[Finding] = []
    stranger = _stranger(record, key)
    for field, (source, word) in _FIELDS.items():
        said, issued = getattr(record, field, None), getattr(key, source)
        if not hasattr(record, field) or issued is None:
            continue
        if stranger and field == "code" and said in (None, key.code):
            findings.append(_finding(reading, Severity.WARNING, field, stranger))
        elif said is None:
            given[field] = issued
            findings.append(_finding(reading, Severity.NOTE, field, _filled(word, issued)))
        elif not _same(said, issued, known):
            findings.append(_finding(reading, Severity.WARNING, field, _differs(word, said, issued)))
    findings += _older(reading, key, catalogue)
    evidence = {field: Evidence(by=Strength.TAG, where=_HIDDEN) for field in given}
    return replace(
        reading,
        record=replace(record, **given),
        evidence={**reading.evidence, **evidence},
        findings=(*reading.findings, *findings),
    )


def _stranger(record: Record, key: FormKey) -> str:
    """What to say of a form that went out for one project and came back with another; else empty."""
    name = getattr(record, "name", None)
    if (
        not key.code
        or not key.name
        or not name
        or SequenceMatcher(None, fold(name), fold(key.name)).ratio() >= _ALIKE
    ):
        return ""
    return (
        f"แบบฟอร์มนี้ออกให้สำหรับ “{key.name}” (รหัส {key.code}) แต่กรอกเป็น “{name}” "
        "หากเป็นโครงการใหม่ กรุณาเว้นรหัสโครงการว่างไว้ หากเป็นโครงการเดิมที่เปลี่ยนชื่อ กรุณาระบุรหัสเดิม"
    )


def _same(said: Any, issued: Any, known: Known) -> bool:
    names = [str(value) for value in (said, issued)]
    first, second = (fold(known.bureau_in(name) or name) for name in names)
    return first == second


def _filled(word: str, issued: Any) -> str:
    return f"ช่อง{word}ว่างอยู่ โปรแกรมใช้ “{issued}” ตามที่บันทึกไว้เมื่อออกแบบฟอร์มนี้"


def _differs(word: str, said: Any, issued: Any) -> str:
    return (
        f"{word}ที่กรอกคือ “{said}” แต่แบบฟอร์มนี้ออกให้สำหรับ “{issued}” โปรแกรมใช้ตามที่กรอก "
        "กรุณาตรวจว่าไม่ได้กรอกในแบบฟอร์มของเรื่องอื่น"
    )


def _older(reading: Reading, key: FormKey, catalogue: FormCatalogue) -> Iterator[Finding]:
    if key.edition and key.edition != edition_of(catalogue.get(key.form).template):
        message = "แฟ้มนี้กรอกในแบบฟอร์มรุ่นก่อน ขณะนี้มีแบบฟอร์มที่ปรับปรุงแล้ว โปรแกรมอ่านให้ตามปกติ"
        yield Finding(severity=Severity.NOTE, rule="form-edition", message=message)


def _other_form(key: FormKey, catalogue: FormCatalogue) -> Finding:
    title = next((form.title for form in catalogue if form.id == key.form), key.form)
    message = f"แฟ้มนี้ออกเป็น “{title}” แต่เนื้อหาเป็นแบบฟอร์มอื่น โปรแกรมอ่านตามเนื้อหา กรุณาตรวจว่าส่งแฟ้มถูกต้อง"
    return Finding(severity=Severity.WARNING, rule="key-mismatch", message=message)


def _finding(reading: Reading, severity: Severity, field: str, message: str) -> Finding:
    place = reading.evidence.get(field) or reading.places.get(field)
    return Finding(
        severity=severity,
        rule="key-used" if severity is Severity.NOTE else "key-mismatch",
        field=field,
        where=place.where if place else "",
        ref=place.ref if place else "",
        message=message,
    )
