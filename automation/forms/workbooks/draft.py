"""The record while it is being read: values, their places, what is to be said, which cells are used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from automation.model import Evidence, Finding, Severity, Strength
from automation.office.sheets import Sheet, SheetCell

Place = tuple[str, int, int]


@dataclass(slots=True)
class Draft:
    """Mutable on purpose; `read_workbook` turns it into a frozen `Reading`."""

    data: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    used: set[Place] = field(default_factory=set)
    numbers: dict[str, str] = field(default_factory=dict)
    """Running number → path of the project that has it; empty where several have."""

    def use(self, sheet: Sheet, *cells: SheetCell) -> None:
        """Mark cells as understood: a value, a heading, a label, or the form's own print."""
        self.used.update((sheet.name, cell.row, cell.col) for cell in cells)

    def prove(self, path: str, by: Strength, sheet: Sheet, cell: SheetCell, *, anew: bool = False) -> None:
        """Say where the value of a path stands; the first place counts, unless it is said `anew`."""
        ref = sheet.ref(cell.row, cell.col)
        if anew or path not in self.evidence:
            self.evidence[path] = Evidence(by=by, where=ref, ref=ref)

    def tell(
        self,
        severity: Severity,
        rule: str,
        message: str,
        *,
        path: str = "",
        sheet: Sheet | None = None,
        cell: SheetCell | None = None,
    ) -> None:
        """Add a finding at a cell."""
        ref = sheet.ref(cell.row, cell.col) if sheet and cell else sheet.name if sheet else ""
        self.findings.append(
            Finding(severity=severity, rule=rule, message=message, field=path, where=ref, ref=ref)
        )

    def is_used(self, sheet: Sheet, cell: SheetCell) -> bool:
        return (sheet.name, cell.row, cell.col) in self.used


def by_row(sheet: Sheet) -> dict[int, list[SheetCell]]:
    """The cells of a sheet that hold something visible, by row, left to right."""
    rows: dict[int, list[SheetCell]] = {}
    for cell in sheet.cells.values():
        if not cell.hidden and holds_something(cell):
            rows.setdefault(cell.row, []).append(cell)
    for cells in rows.values():
        cells.sort(key=lambda cell: cell.col)
    return rows


def holds_something(cell: SheetCell) -> bool:
    """Whether a cell states anything: a value, a formula, an error."""
    if isinstance(cell.value, str):
        return bool(cell.value.strip())
    return cell.value is not None or bool(cell.formula) or bool(cell.error)
