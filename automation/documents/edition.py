"""What one edition of a book is made from: its year, other years that it may show, the given facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from automation.model.year import YearData


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The fiscal year of the book with its facts; `years` are other years of the register, in any order."""

    year: YearData
    years: tuple[YearData, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    def at(self, fiscal_year: int) -> YearData | None:
        """What is known of a fiscal year (B.E.); None where the register holds no project of it."""
        known = {item.fiscal_year: item for item in self.years} | {self.year.fiscal_year: self.year}
        found = known.get(fiscal_year)
        return found if found is not None and found.projects else None
