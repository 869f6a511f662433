"""What each project adds to the figures of a year, measure by measure, with the field and file it stands in.

A `Sum` says what it is the sum of. The figures themselves are those of `model.totals`; a test holds the two
to one another, satang by satang.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from automation.documents.figures import (
    UNNAMED_CATEGORY,
)
from automation.model.progress import ProgressRow, Round
from automation.model.totals import QUARTERS, planned_in, requested
from automation.model.year import (
    ProjectVersion,
    ReportVersion,
    Source,
    YearData,
    code_key,
    months_covered,
    round_order,
)
from automation.thai.dates import MONTHS
from automation.thai.digits import to_thai
from automation.thai.fiscal import QUARTERS as MONTHS_OF
from automation.thai.months import SHORT_MONTHS

MEASURES: Mapping[str, str] = {
    "requested": "วงเงินที่เสนอขอ",
    "allocated": "งบประมาณที่ได้รับจัดสรร",
    "change": "เพิ่ม/(ลด) จากที่เสนอขอ",
    "spent": "เบิกจ่ายสะสม",
    "remaining": "คงเหลือ",
    **{f"spent.q{quarter}": f"เบิกจ่ายในไตรมาสที่ {to_thai(str(quarter))}" for quarter in QUARTERS},
    **{f"spent.to_q{quarter}": f"เบิกจ่ายสะสมถึงไตรมาสที่ {to_thai(str(quarter))}" for quarter in QUARTERS},
    **{f"planned.q{quarter}": f"แผนการใช้จ่ายไตรมาสที่ {to_thai(str(quarter))}" for quarter in QUARTERS},
    **{f"planned.to_q{quarter}": f"แผนการใช้จ่ายสะสมถึงไตรมาสที่ {to_thai(str(quarter))}" for quarter in QUARTERS},
    **{f"over.q{quarter}": f"เบิกจ่ายสูง/(ต่ำ) กว่าแผนไตรมาสที่ {to_thai(str(quarter))}" for quarter in QUARTERS},
    **{
        f"over.to_q{quarter}": f"เบิกจ่ายสะสมสูง/(ต่ำ) กว่าแผนถึงไตรมาสที่ {to_thai(str(quarter))}"
        for quarter in QUARTERS
    },
    "planned": "แผนการใช้จ่ายทั้งปี",
    "unplanned": "ไม่ได้ระบุช่วงเวลาใช้จ่าย",
}
"""Name of a measure, as `automation trace` takes it, and what it is called."""
WHOLE = "รวมทั้งสิ้น"
SENTENCE = "ข้อความ"
"""Table of a figure in a sentence, where one speaks of the whole unless something else is named."""

Aspects = tuple[tuple[str, ...], ...]

_ZERO = Decimal("0.00")
_QUARTER = re.compile(r"q([1-4])$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one field of one record adds to a sum: signed baht, the field's path, the file."""

    code: str
    name: str
    bureau: str
    amount: Decimal
    field: str
    source: Source | None


@dataclass(frozen=True, kw_only=True)
class Sum:
    """An amount and its parts. `label` names the group; `aspects` set it apart from other sums, each with the
    words by which a book may call it."""

    year: int
    label: str
    aspects: Aspects
    measure: str
    title: str
    """The measure in Thai."""
    parts: tuple[Part, ...]

    @cached_property
    def amount(self) -> Decimal:
        """Baht."""
        return sum((part.amount for part in self.parts), _ZERO)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the projects in it, each once."""
        return tuple(dict.fromkeys(part.code for part in self.parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some projects of the year under their name."""

    label: str
    aspects: Aspects
    members: tuple[ProjectVersion, ...]


def project_group(item: ProjectVersion) -> Group:
    """One project as a group of its own."""
    code, name = item.project.code or "-", item.project.name or "-"
    return Group(label=f"{code} {name}", aspects=((code, name),), members=(item,))


class Ledger:
    """The parts of each project, measure by measure, worked out once."""

    def __init__(self, year: YearData) -> None:
        self._year = year
        self._rows = _report_rows(year)
        self._places = {
            code_key(row.code): place
            for place, row in enumerate(year.allocation.rows if year.allocation else ())
            if row.code and row.allocated is not None
        }
        self._parts = {id(item): self._measures(item) for item in year.projects}

    def measured(self, group: Group) -> list[Sum]:
        """One sum of the group a measure."""
        return [
            self._sum(
                group.label,
                (*group.aspects, *_quarter_aspect(measure)),
                measure,
                title,
                [part for item in group.members for part in self._parts[id(item)].get(measure, ())],
            )
            for measure, title in MEASURES.items()
        ]

    def categories(self, members: Iterable[ProjectVersion], label: str, aspects: Aspects) -> Iterator[Sum]:
        """What the members ask for by หมวดรายจ่าย; what no line explains goes to its own name."""
        found: dict[str, list[Part]] = {}
        for item in members:
            rest = requested(item.project)
            for place, line in enumerate(item.project.budget.lines):
                amount = line.amount or _ZERO
                rest -= amount
                part = _part(item, amount, f"budget.lines.{place}.amount")
                found.setdefault(line.category or UNNAMED_CATEGORY, []).append(part)
            if rest:
                found.setdefault(UNNAMED_CATEGORY, []).append(_part(item, rest, "budget.total"))
        for name, parts in found.items():
            yield self._sum(label, (*aspects, (name,)), "category", name, parts)

    def details(self, item: ProjectVersion) -> Iterator[Sum]:
        """A project's expense lines, their categories, its months, what its form tells of earlier years."""
        group = project_group(item)
        yield from self.categories((item,), group.label, group.aspects)
        for place, line in enumerate(item.project.budget.lines):
            name, field = line.item or "-", f"budget.lines.{place}.amount"
            yield self._single(item, ((name,), *group.aspects), ("line", name), line.amount, field)
        for month, amount in (item.project.budget.months or {}).items():
            measure = (f"planned.m{month}", f"แผนเดือน{MONTHS[month]}")
            yield self._single(item, group.aspects, measure, amount, f"budget.months.{month}")
        for place, past in enumerate(item.project.history):
            for name in ("requested", "allocated", "spent"):
                measure = (f"history.{name}", f"{MEASURES[name]} ปีงบประมาณ พ.ศ. {past.fiscal_year}")
                aspects = (*group.aspects, (str(past.fiscal_year),))
                yield self._single(item, aspects, measure, getattr(past, name), f"history.{place}.{name}")

    def _single(
        self,
        item: ProjectVersion,
        aspects: Aspects,
        measure: tuple[str, str],
        amount: Decimal | None,
        field: str,
    ) -> Sum:
        label = project_group(item).label
        return self._sum(label, aspects, measure[0], measure[1], [_part(item, amount or _ZERO, field)])

    def _sum(self, label: str, aspects: Aspects, measure: str, title: str, parts: list[Part]) -> Sum:
        return Sum(
            year=self._year.fiscal_year,
            label=label,
            aspects=aspects,
            measure=measure,
            title=title,
            parts=tuple(part for part in parts if part.amount),
        )

    def _measures(self, item: ProjectVersion) -> dict[str, list[Part]]:
        asked = [_part(item, requested(item.project), "budget.total")]
        given = self._allocated(item)
        spent = {quarter: self._spent(item, quarter) for quarter in (0, *QUARTERS)}
        planned = {quarter: _planned(item, quarter) for quarter in QUARTERS}
        so_far = {
            end: [part for quarter in range(1, end + 1) for part in planned[quarter]] for end in QUARTERS
        }
        within = {quarter: [*spent[quarter], *_less(spent[quarter - 1])] for quarter in QUARTERS}
        rest = requested(item.project) - sum(planned_in(item.project).values(), _ZERO)
        return {
            "requested": asked,
            "allocated": given,
            "change": [*given, *_less(asked)] if self._year.allocation else [],
            "spent": spent[4],
            "remaining": [*given, *_less(self._committed(item)), *_less(spent[4])],
            **{f"spent.q{quarter}": within[quarter] for quarter in QUARTERS},
            **{f"spent.to_q{quarter}": spent[quarter] for quarter in QUARTERS},
            **{f"planned.q{quarter}": planned[quarter] for quarter in QUARTERS},
            **{f"planned.to_q{quarter}": so_far[quarter] for quarter in QUARTERS},
            **{f"over.q{quarter}": [*within[quarter], *_less(planned[quarter])] for quarter in QUARTERS},
            **{f"over.to_q{quarter}": [*spent[quarter], *_less(so_far[quarter])] for quarter in QUARTERS},
            "planned": so_far[4],
            "unplanned": [_part(item, rest, "budget.total")],
        }

    def _allocated(self, item: ProjectVersion) -> list[Part]:
        place = self._places.get(code_key(item.project.code))
        if place is not None and self._year.allocation is not None:
            amount = self._year.allocation.rows[place].allocated or _ZERO
            return [_part(item, amount, f"rows.{place}.allocated", self._year.allocation_source)]
        if self._year.allocation is not None:
            return []
        return [self._reported(item, row, "allocated") for row in self._with(item, "allocated")[-1:]]

    def _committed(self, item: ProjectVersion) -> list[Part]:
        rows = self._rows.get(code_key(item.project.code), [])
        return [self._reported(item, row, "committed") for row in rows[-1:]]

    def _spent(self, item: ProjectVersion, quarter: int) -> list[Part]:
        """As `model.totals.spent_by`, with the rows that the sum is taken from."""
        reached: list[tuple[int, list[Part]]] = [(0, [])]
        for row in self._rows.get(code_key(item.project.code), []):
            start, end = months_covered(row.period)
            if end > quarter * 3:
                break
            if row.row.spent is not None:
                reached.append((end, [self._reported(item, row, "spent")]))
            elif row.row.spent_round is not None:
                before = [parts for month, parts in reached if month < start]
                reached.append((end, [*before[-1], self._reported(item, row, "spent_round")]))
        return reached[-1][1]

    def _with(self, item: ProjectVersion, name: str) -> list[_Row]:
        rows = self._rows.get(code_key(item.project.code), [])
        return [row for row in rows if getattr(row.row, name) is not None]

    @staticmethod
    def _reported(item: ProjectVersion, row: _Row, name: str) -> Part:
        return _part(item, getattr(row.row, name) or _ZERO, f"rows.{row.place}.{name}", row.source)


@dataclass(frozen=True, slots=True)
class _Row:
    period: Round
    row: ProgressRow
    place: int
    source: Source


def _report_rows(year: YearData) -> dict[str, list[_Row]]:
    """Key of a project → the rows on it in the order of the rounds, with their places and files."""
    names = {(item.project.bureau, item.project.name): code_key(item.project.code) for item in year.projects}
    found: dict[str, list[_Row]] = {}
    for item in sorted(year.reports, key=_order):
        period = item.report.round
        for place, row in enumerate(item.report.rows if period else ()):
            key = code_key(row.code) or names.get((item.report.bureau, row.name), "")
            if key and period:
                found.setdefault(key, []).append(_Row(period, row, place, item.source))
    return found


def _order(item: ReportVersion) -> tuple[tuple[int, int], str]:
    return (round_order(item.report.round) if item.report.round else (0, 0)), item.report.bureau or ""


def _planned(item: ProjectVersion, quarter: int) -> list[Part]:
    budget = item.project.budget
    if budget.months is None:
        amount = (budget.quarters or {}).get(quarter, _ZERO)
        return [_part(item, amount, f"budget.quarters.{quarter}")]
    return [
        _part(item, budget.months.get(month, _ZERO), f"budget.months.{month}") for month in MONTHS_OF[quarter]
    ]


def _quarter_aspect(measure: str) -> Aspects:
    """A figure of one quarter is called by it."""
    found = _QUARTER.search(measure)
    if found is None:
        return ()
    return ((f"ไตรมาสที่ {found[1]}", SHORT_MONTHS[MONTHS_OF[int(found[1])][0]]),)


def _part(item: ProjectVersion, amount: Decimal, field: str, source: Source | None = None) -> Part:
    project = item.project
    return Part(
        code=project.code or "-",
        name=project.name or "-",
        bureau=project.bureau or "-",
        amount=amount,
        field=field,
        source=source or item.source,
    )


def _less(parts: Iterable[Part]) -> list[Part]:
    return [replace(part, amount=-part.amount) for part in parts]
