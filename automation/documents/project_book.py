"""The book of project details (รูปเล่มรายละเอียดโครงการประจำปี; steps A11, A18, A20, A24, A26).

Every project form in full, by issue and strategy in the order of the plan book, then the routine works by
bureau. The template loops once over `entries`; each is a project with what stands before it. Money in baht.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from automation.documents.figures import (
    UNNAMED_CATEGORY,
    Row,
    asked,
    bureau_groups,
    comparison,
    is_routine,
    issue_groups,
    plan_rows_by_bureau,
    plan_rows_by_issue,
)
from automation.documents.plan_book import StrategyGroup, bureau_list, plan_total, strategy_groups, target
from automation.model.project import BudgetLine, Continuity, Person, Project
from automation.model.totals import figures, planned_in, requested
from automation.model.year import ProjectVersion, YearData
from automation.thai.fiscal import QUARTERS
from automation.thai.months import SHORT_MONTHS
from automation.thai.typography import tidy_name

_CONTINUITY = {Continuity.NEW: "ใหม่", Continuity.CONTINUING: "ต่อเนื่อง"}
_FLAGS = {
    "training": "ฝึกอบรม/สัมมนา",
    "ict": "เทคโนโลยีสารสนเทศ",
    "consultant": "จ้างที่ปรึกษา",
    "equipment": "ครุภัณฑ์",
}
_ROUTINES = "รายละเอียดงานประจำ จำแนกตามสำนัก"


def project_book(year: YearData) -> dict[str, Any]:
    """The context of the book without its cover."""
    entries = list(_Entries(year))
    return {
        "total": plan_total(year),
        "allocation": comparison(figures(year, year.projects)) if year.allocation else None,
        "by_issue": plan_rows_by_issue(year),
        "by_bureau": plan_rows_by_bureau(year),
        "by_issue_and_bureau": _cross_rows(year),
        "entries": entries,
        "bureaus": _by_bureau(year, entries),
    }


def _by_bureau(year: YearData, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The list by bureau, each line with the heading under which its project stands in the book."""
    headings = {
        id(found["record"]): f"{found['no']}. {found['title']}"
        for entry in entries
        if (found := entry["project"])
    }
    return [
        {
            **bureau,
            "rows": [
                {**row, "heading": headings[id(item.project)]}
                for row, item in zip(bureau["rows"], members, strict=True)
            ],
        }
        for bureau, members in zip(bureau_list(year), bureau_groups(year).values(), strict=True)
    ]


def _cross_rows(year: YearData) -> list[Row]:
    """Number and money by issue and, within it, by bureau: band, bureaus, sub-total."""
    rows: list[Row] = []
    for group in issue_groups(year):
        bureaus: dict[str, list[ProjectVersion]] = {}
        for name, members in bureau_groups(year).items():
            found = [item for item in members if item in group.members]
            if found:
                bureaus[name] = found
        rows.append({"kind": "band", "name": group.title})
        rows += [_cross_row("bureau", name, members) for name, members in bureaus.items()]
        rows.append(_cross_row("subtotal", f"รวม{group.label}", group.members))
    return rows


def _cross_row(kind: str, name: str, members: Iterable[ProjectVersion]) -> Row:
    members = tuple(members)
    routines = sum(is_routine(item) for item in members)
    return {
        "kind": kind,
        "name": name,
        "projects": len(members) - routines,
        "routines": routines,
        "amount": asked(members),
    }


class _Entries:
    """The projects in the order of the book, numbered through, each with the heads that precede it."""

    def __init__(self, year: YearData) -> None:
        self._year = year
        self._last = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for group in issue_groups(self._year):
            projects = tuple(item for item in group.members if not is_routine(item))
            bands = [band for band in strategy_groups(group, projects) if band.members]
            yield from self._part(group.title, bands, "รายละเอียดโครงการ")
        bands = [
            StrategyGroup(title=name, total=f"รวม{name}", members=routines)
            for name, members in bureau_groups(self._year).items()
            if (routines := tuple(item for item in members if is_routine(item)))
        ]
        yield from self._part(_ROUTINES, bands, "งานประจำ")

    def _part(self, title: str, bands: list[StrategyGroup], kind: str) -> Iterator[dict[str, Any]]:
        """A part of the book: its divider goes with its first project, or stands alone."""
        rows: list[Row] = [
            {"name": band.title, "count": len(band.members), "amount": asked(band.members)} for band in bands
        ]
        divider: Row | None = {
            "title": title,
            "kind": kind,
            "rows": rows,
            "count": sum(row["count"] for row in rows),
            "amount": sum((row["amount"] for row in rows), Decimal("0.00")),
        }
        if not bands:
            yield {"divider": divider, "band": None, "project": None}
        for band in bands:
            for place, item in enumerate(band.members):
                self._last += 1
                head = band.title if place == 0 else None
                yield {"divider": divider, "band": head, "project": self._project(item)}
                divider = None

    def _project(self, item: ProjectVersion) -> Row:
        project = item.project
        return {
            "no": str(self._last),
            "title": project.name or "-",
            "record": project,
            "routine": is_routine(item),
            "kind": _kind(project, routine=is_routine(item)),
            "flags": ", ".join(label for name, label in _FLAGS.items() if getattr(project.flags, name)),
            "people": [_person(person) for person in project.responsible],
            "indicators": [{"name": entry.name, "target": target(entry)} for entry in project.indicators],
            "requested": requested(project),
            "allocated": self._year.allocated(project.code),
            "categories": _categories(project),
            "quarters": _quarters(project),
            "approvals": [
                {"role": line.role, "name": tidy_name(line.name or ""), "date": line.date}
                for line in project.approvals
            ],
            "planned": sum(planned_in(project).values(), Decimal("0.00")),
        }


def _person(person: Person) -> str:
    """Name and position on one line, telephone and mail on the next."""
    reached = (("โทร.", person.phone), ("อีเมล", person.email))
    position = person.position and f"ตำแหน่ง {person.position}"
    lines = (
        " ".join(filter(None, (tidy_name(person.name or ""), position))),
        " ".join(f"{label} {value}" for label, value in reached if value),
    )
    return "\n".join(line for line in lines if line)


def _kind(project: Project, *, routine: bool) -> str:
    words = ("งานประจำ" if routine else "โครงการ", _CONTINUITY.get(project.continuity or Continuity.NEW, ""))
    return "".join(words) if project.continuity else words[0]


def _categories(project: Project) -> list[Row]:
    """The expense lines by category with sub-totals; what no line explains has a row of its own."""
    groups: dict[str, list[BudgetLine]] = {}
    for line in project.budget.lines:
        groups.setdefault(line.category or UNNAMED_CATEGORY, []).append(line)
    rows: list[Row] = [
        {
            "name": name,
            "amount": sum((line.amount or Decimal(0) for line in lines), Decimal("0.00")),
            "lines": [{"item": line.item or "-", "amount": line.amount} for line in lines],
        }
        for name, lines in groups.items()
    ]
    rest = requested(project) - sum((row["amount"] for row in rows), Decimal("0.00"))
    if rest and rows:
        rows.append({"name": "จำนวนเงินที่รายการข้างต้นไม่ได้แจกแจง", "amount": rest, "lines": []})
    return rows


def _quarters(project: Project) -> list[Row]:
    """The plan of spending by quarter with its months; empty where the form states none."""
    months = project.budget.months
    if months is None and not project.budget.quarters:
        return []
    planned = planned_in(project)
    return [
        {
            "no": str(quarter),
            "months": [
                {"name": SHORT_MONTHS[month], "amount": (months or {}).get(month)}
                for month in QUARTERS[quarter]
            ],
            "amount": planned[quarter],
        }
        for quarter in QUARTERS
    ]
