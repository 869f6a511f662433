"""The data tables of a form: regions of a grid with headings, and what each is for.

What a region is *for* is settled by its headings, then by the section it stands in (`kind_of`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from automation.forms.wording import key, plain
from automation.office.blocks import Cell, Grid, Place
from automation.thai.digits import to_arabic
from automation.thai.fiscal import QUARTERS
from automation.thai.months import UnclearDate, month_of, parse_months

NEEDS: Mapping[str, tuple[frozenset[str], ...]] = {
    "responsible": (frozenset({"name"}), frozenset({"position", "phone", "email"})),
    "indicators": (frozenset({"name"}), frozenset({"unit", "target"})),
    "activities": (frozenset({"name"}), frozenset({"period", "start", "end"})),
    "budget.lines": (frozenset({"item", "category"}), frozenset({"amount", "spread"})),
    "history": (frozenset({"fiscal_year"}), frozenset({"requested", "allocated", "spent"})),
    "agenda": (frozenset({"no"}), frozenset({"title"})),
    "invitees": (frozenset({"name"}),),
}
"""List → groups of leaves of which a heading row must name one each."""


@dataclass(frozen=True, slots=True)
class Region:
    """Rows `start` to `stop` of a grid that are one data table; `body` is the row behind the headings."""

    grid: Grid
    start: int
    body: int
    stop: int
    leaves: Mapping[str, Mapping[int, frozenset[str]]] = field(default_factory=dict)
    """List path → column → leaves that its heading may name."""
    periods: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Column (or row, when transposed) → calendar months that its heading names."""
    turned: bool = False
    """The headings stand in the first column and each further column is a record."""
    signatures: bool = False
    bare: bool = False
    """The columns are told by what their cells hold: read in the section of the list only."""
    lead: int = 0
    """Column of the headings of a turned table."""

    @property
    def place(self) -> Place:
        """Where the region's first cell stands."""
        first = self.grid.row(self.start)
        return first[0].place if first else self.grid.place

    def cell(self, row: int, col: int) -> Cell | None:
        """The cell at a position, rows and columns exchanged when the table is turned."""
        return self.grid.at(col, row) if self.turned else self.grid.at(row, col)


def period_of(text: str) -> tuple[int, ...]:
    """The months that a heading names: one month, or those of a quarter; () when it is no such heading."""
    said = " ".join(plain(text).split())
    if not said or len(said) > 40:
        return ()
    quarter = re.search(r"(?:ไตรมาส|งวด|Q)\s*(?:ที่)?\s*([1-4])(?!\d)", to_arabic(said))
    if quarter:
        return tuple(QUARTERS[int(quarter.group(1))])
    counted = re.fullmatch(r"([1-4])\s*\((\D+)\)", to_arabic(said))
    if counted:
        return tuple(QUARTERS[int(counted[1])]) if period_of(counted[2]) == QUARTERS[int(counted[1])] else ()
    if re.fullmatch(r"(?:ปี\s*)?(?:พ\.ศ\.)?\s*\d{2,4}|\d*", to_arabic(said)):
        return ()
    month = month_of(said)
    if month:
        return (month,)
    if re.search(r"(?<!\d)\d{1,2}\s*(?=[ก-๛])", to_arabic(said)):
        return ()
    try:
        months = parse_months(said)
    except (UnclearDate, ValueError):
        return ()
    return months if months in set(QUARTERS.values()) and "-" in said.replace("–", "-") else ()


def kind_of(region: Region, section: str) -> str:
    """The slot that a region belongs to: by its headings, then by the section it stands in."""
    if region.signatures:
        return "approvals"
    if region.periods and "indicators" in region.leaves:
        return "indicators"
    if region.periods:
        named = "activities" in region.leaves or section == "activities"
        marked = not region.turned and has_marks(region)
        return (
            "activities"
            if named and (marked or (section != "budget.plan" and "activities" in region.leaves))
            else "budget.plan"
        )
    fitting = list(region.leaves)
    if section in fitting or region.bare:
        return section if section in fitting else ""
    if section == "goals" and "indicators" in fitting:
        return "indicators"
    return max(fitting, key=lambda path: len(region.leaves[path]), default="")


def has_marks(region: Region) -> bool:
    """Whether some row marks its months with signs, arrows or shading rather than with amounts."""
    for row in range(region.body, region.stop):
        cells = [cell for col in region.periods if (cell := region.grid.at(row, col)) is not None]
        first = region.grid.at(row, 0)
        shaded = any(cell.shade and (first is None or cell.shade != first.shade) for cell in cells)
        words = [cell.text.strip() for cell in cells if cell.text.strip() not in ("", "-", "–")]
        signs = [
            text
            for text in words
            if not any(letter.isdigit() for letter in text) and not key(text).startswith("รวม")
        ]
        if signs or (shaded and not words):
            return True
    return False
