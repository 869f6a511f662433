"""Keep rows of tables together that belong together, so that no page begins with a lonely total or step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from automation.office.word_fields import W, node

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ROWS_ABOVE: Mapping[str, int] = {"TableTotal": 2, "PlanTotal": 2, "PlanStep": 1}
"""Style of the templates → how many rows above the row that bears it stay with it: sums with two rows,
the steps of a project with what stands above them."""
_TALL = 200
"""Letters of a cell that take many lines."""


def keep_totals(body: Element) -> None:
    """Tell the rows above a sum or a step to stay with it; a template cannot, whose rows are looped."""
    for named in body.iter(f"{W}pStyle"):
        count = ROWS_ABOVE.get(named.get(f"{W}val", ""), 0)
        row = next(named.iterancestors(f"{W}tr"), None) if count else None
        for _ in range(count):
            row = row.getprevious() if row is not None else None
            if row is None or row.tag != f"{W}tr" or _is_tall(row):
                break
            _keep(row)


def _is_tall(row: Element) -> bool:
    """Whether a row is long enough to end or begin a page by itself; a chain of such would fill a page."""
    texts = ("".join(paragraph.itertext(f"{W}t")) for paragraph in row.iter(f"{W}p"))
    return max(map(len, texts), default=0) > _TALL


def _keep(row: Element) -> None:
    for paragraph in row.iter(f"{W}p"):
        properties = paragraph.find(f"{W}pPr")
        if properties is not None and properties.find(f"{W}keepNext") is None:
            properties.insert(0 if properties.find(f"{W}pStyle") is None else 1, node("keepNext"))
