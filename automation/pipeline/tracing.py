"""Where one figure comes from: `automation trace`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from automation.documents.ledger import MEASURES, WHOLE, Part, Sum, project_group
from automation.documents.sums import year_sums
from automation.errors import UsageError
from automation.model import to_json
from automation.model.year import ProjectVersion, YearData
from automation.pipeline.audit import places
from automation.pipeline.subjects import bureau_name
from automation.pipeline.workbench import Workbench
from automation.thai.digits import to_arabic


def trace_json(
    bench: Workbench, what: str, *, year: int, bureau: str | None, project: str | None
) -> dict[str, Any]:
    """Every figure that `what` means, each with the parts that it is the sum of.

    `what` is an amount of baht (all places in the year's figures where it arises), a measure (`requested`,
    `spent.q2`; of the whole year, a bureau or a project), or with a project the path of a field of its form
    (`budget.total`). UsageError when it is none of these, or for an unknown bureau or project.
    """
    data = bench.register.year(year)
    place = places(bench)
    item = _project(data, project) if project else None
    full = bureau_name(bench, bureau) if bureau else None
    amount = _amount(what)
    if item is not None and amount is None and what not in MEASURES:
        figures = [_field(item, what, place)]
    else:
        label = project_group(item).label if item else full
        found = year_sums(data)
        figures = [_figure(entry, place) for entry in _chosen(found, what, amount, label)]
    return {"fiscal_year": year, "question": what, "figures": figures}


def _chosen(sums: Iterable[Sum], what: str, amount: Decimal | None, label: str | None) -> list[Sum]:
    if amount is not None:
        return [item for item in sums if item.amount == amount and label in (None, item.label)]
    if what not in MEASURES:
        raise UsageError(
            f"ไม่รู้จักตัวเลข {what}",
            hint="ระบุจำนวนเงิน เช่น 4,230,000 หรือชื่อ "
            + ", ".join(MEASURES)
            + " หรือช่องของแบบเสนอโครงการ เช่น budget.total พร้อม --project รหัส",
        )
    return [item for item in sums if item.measure == what and item.label == (label or WHOLE)]


def _amount(what: str) -> Decimal | None:
    """The amount that is asked for, in either digits; None for a name."""
    try:
        return Decimal(to_arabic(what).replace(",", "").removesuffix("บาท").strip())
    except InvalidOperation:
        return None


def _project(data: YearData, code: str) -> ProjectVersion:
    found = data.project(code)
    if found is None:
        raise UsageError(
            f"ไม่พบโครงการรหัส {code} ในทะเบียนของปีงบประมาณ พ.ศ. {data.fiscal_year}",
            hint="ดูรหัสที่มีด้วย automation status --submissions",
        )
    return found


def _figure(item: Sum, place: Callable[[Part], str]) -> dict[str, Any]:
    return {
        "of": item.label,
        "measure": item.measure,
        "title": item.title,
        "amount": to_json(item.amount),
        "projects": len(item.codes),
        "parts": [_part(part, to_json(part.amount), place(part)) for part in item.parts],
    }


def _field(item: ProjectVersion, path: str, place: Callable[[Part], str]) -> dict[str, Any]:
    """One field of a project's form, whatever it holds."""
    value = to_json(item.project)
    for step in path.split("."):
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            raise UsageError(f"แบบเสนอโครงการไม่มีช่องชื่อ {path}", hint="ดูชื่อช่องด้วย automation show รหัส --json")
    project = item.project
    part = Part(
        code=project.code or "-",
        name=project.name or "-",
        bureau=project.bureau or "-",
        amount=Decimal(0),
        field=path,
        source=item.source,
    )
    return {
        "of": project_group(item).label,
        "measure": path,
        "title": path,
        "amount": value,
        "projects": 1,
        "parts": [_part(part, value, place(part))],
    }


def _part(part: Part, value: Any, where: str) -> dict[str, Any]:
    source = part.source
    return {
        "code": part.code,
        "name": part.name,
        "bureau": part.bureau,
        "amount": value,
        "field": part.field,
        "file": source.file if source else None,
        "where": where,
        "version": source.version if source else None,
        "received": source.received.isoformat() if source and source.received else None,
        "submission": source.submission if source else None,
    }
