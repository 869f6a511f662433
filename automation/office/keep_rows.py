"""Keep the rows of sums with the row above them, so that no page begins with a lonely total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.office.word_fields import W, node

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TOTAL = "TableTotal"
"""The style of the base template for the label of a row of sums."""


def keep_totals(body: Element) -> None:
    """Tell the row above each row of sums to stay with it; a template cannot, whose rows are looped."""
    for named in body.iter(f"{W}pStyle"):
        row = next(named.iterancestors(f"{W}tr"), None) if named.get(f"{W}val") == _TOTAL else None
        above = row.getprevious() if row is not None else None
        if above is None or above.tag != f"{W}tr":
            continue
        for properties in above.iter(f"{W}pPr"):
            if properties.find(f"{W}keepNext") is None:
                properties.insert(0 if properties.find(f"{W}pStyle") is None else 1, node("keepNext"))
