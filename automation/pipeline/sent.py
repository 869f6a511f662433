"""What was made and sent: the list of it, the outgoing numbers, and a document again as it was made."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from automation.documents.catalogue import DocumentCatalogue, Kind
from automation.documents.correspondence import signs
from automation.documents.make import settle
from automation.documents.numbering import compose
from automation.errors import RegisterError, UsageError
from automation.model.outgoing import NumberKind
from automation.model.year import code_key
from automation.pipeline.produce import Order
from automation.pipeline.workbench import Workbench
from automation.register.archive import intact

_FACT = "invitee"


def issued_json(bench: Workbench, year: int) -> dict[str, list[dict[str, Any]]]:
    """The documents made for a fiscal year (B.E.), oldest first."""
    titles = {kind.id: kind.title for kind in DocumentCatalogue.load(bench.config.templates)}
    return {
        "issued": [
            {
                "id": item.id,
                "kind": item.kind,
                "title": titles.get(item.kind, item.kind),
                "number": item.number,
                "code": item.code,
                "made": item.made.isoformat(),
                "path": item.path,
                "facts": dict(item.facts),
            }
            for item in bench.register.issued(year)
        ]
    }


def numbers_json(bench: Workbench, year: int) -> dict[str, list[dict[str, Any]]]:
    """The outgoing registers of a calendar year (B.E.): every number that was given, and what it went to."""
    return {
        "numbers": [
            {
                "register": item.kind.value,
                "series": item.series,
                "number": item.number,
                "printed": compose(
                    "" if item.kind is NumberKind.ORDER else item.series, item.kind, item.number, item.year
                ),
                "subject": item.subject,
                "reserved": item.reserved.isoformat(),
                "issued": item.issued,
            }
            for item in bench.register.numbers(year)
        ]
    }


def again(bench: Workbench, number: int) -> Path:
    """The document of that id as it was made, in its place or beside what staff edited there.

    UsageError for an id that there is not, RegisterError when the archive has lost the copy.
    """
    found = next((item for item in bench.register.issued() if item.id == number), None)
    if found is None:
        raise UsageError(f"ไม่มีเอกสารลำดับ {number} ในทะเบียน", hint="ดูลำดับด้วย automation issued")
    if found.archived is None or not intact(found.archived, found.sha256):
        raise RegisterError("ไม่พบสำเนาของเอกสารนี้ในคลัง หรือสำเนาเสียหาย", place=found.path)
    target = bench.config.root / found.path
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as work:
        copy = Path(work) / target.name
        shutil.copyfile(found.archived, copy)
        return settle(copy, target.parent, target.stem)


def one_each(bench: Workbench, orders: Sequence[Order]) -> tuple[Order, ...]:
    """For every order of a meeting one to each who is invited; UsageError for what is not sent to people."""
    catalogue = DocumentCatalogue.load(bench.config.templates)
    return tuple(
        replace(order, facts={**order.facts, _FACT: invitee})
        for order in orders
        for invitee in _invitees(bench, catalogue.get(order.kind), order)
    )


def _invitees(bench: Workbench, kind: Kind, order: Order) -> tuple[str, ...]:
    if f"facts.{_FACT}" not in kind.name:
        raise UsageError(f"{kind.title}ไม่ได้ทำรายบุคคล", hint="สั่งใหม่โดยไม่ใช้ --each-invitee")
    for item in reversed(bench.register.year(order.year).meetings):
        if code_key(item.meeting.number) == code_key(order.meeting) and item.meeting.invitees:
            facts = {**bench.config.office, **order.facts}
            others = tuple(person for person in item.meeting.invitees if not signs(person, facts))
            if others:
                return others
    raise UsageError("แบบแจ้งการประชุมไม่มีรายชื่อผู้ได้รับเชิญ", hint="กรอกรายชื่อในแบบแล้วส่งใหม่")
