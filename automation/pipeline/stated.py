"""The figures that documents state, and the documents made earlier that state others than hold today."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from automation.documents.catalogue import DocumentCatalogue, Kind, Paper, Scope
from automation.model import Finding, Project, Severity, to_json
from automation.model.totals import totals
from automation.model.year import YearData
from automation.pipeline.workbench import Workbench
from automation.register import Issued
from automation.thai.dates import format_date
from automation.thai.digits import to_thai
from automation.thai.money import format_baht

_COUNTS = {"projects": "จำนวนโครงการ", "routines": "จำนวนงานประจำ"}
_MONEY = {"requested": "วงเงินที่เสนอขอ", "allocated": "งบประมาณที่ได้รับจัดสรร"}


def stated_figures(data: YearData, project: Project | None) -> dict[str, Any]:
    """What a document on the project, or else on the whole year, says today, ready for JSON."""
    if project is None:
        total = totals(data)["total"]
        return {name: total[name] for name in (*_COUNTS, *_MONEY)}
    return {"requested": to_json(project.budget.total), "allocated": to_json(data.allocated(project.code))}


def outdated(bench: Workbench, data: YearData) -> tuple[Finding, ...]:
    """The last edition of each book, and the last memo on the whole year of each kind, whose figures are no
    longer those of the register (books-disagree; A11, A22, A24)."""
    kinds = {kind.id: kind for kind in DocumentCatalogue.load(bench.config.templates)}
    latest: dict[str, Issued] = {
        item.kind: item for item in bench.register.issued(data.fiscal_year) if item.kind in kinds
    }
    today = stated_figures(data, None)
    found = []
    for item in latest.values():
        kind = kinds[item.kind]
        words = _differences(item.figures, today) if _states_totals(kind) else ""
        if words:
            found.append(_finding(kind, item, words))
    return tuple(found)


def _states_totals(kind: Kind) -> bool:
    return kind.scope is Scope.YEAR and kind.paper in (Paper.BOOK, Paper.MEMO)


def _finding(kind: Kind, item: Issued, words: str) -> Finding:
    made = format_date(item.made.date())
    return Finding(
        severity=Severity.WARNING if kind.paper is Paper.BOOK else Severity.NOTE,
        rule="books-disagree",
        message=f"{kind.title}ที่จัดทำเมื่อวันที่ {made} ไม่ตรงกับทะเบียนในขณะนี้: {words} โปรดจัดทำใหม่ก่อนใช้",
        where=item.path.rpartition("/")[2],
        steps=("A11", "A22", "A24"),
    )


def _differences(stated: Mapping[str, Any], today: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{title} {_shown(name, stated[name])} ปัจจุบัน {_shown(name, today[name])}"
        for name, title in (_COUNTS | _MONEY).items()
        if name in stated and stated[name] != today[name]
    )


def _shown(name: str, value: Any) -> str:
    if name in _COUNTS or value is None:
        return to_thai(str(value if value is not None else "-"))
    return f"{format_baht(Decimal(value))} บาท"
