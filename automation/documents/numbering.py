"""Which outgoing register a kind of document takes its number from, and how the number is written.

Circulars (หนังสือเวียน) have a register of their own and carry ว after the slash; orders carry the calendar
year. Announcements, lists and books have no number.
"""

from __future__ import annotations

from automation.documents.catalogue import Kind, Paper
from automation.model.outgoing import NumberKind
from automation.thai.digits import to_thai

_LETTERS = frozenset({Paper.MEMO, Paper.LETTER, Paper.INVITATION})


def number_kind(kind: Kind) -> NumberKind | None:
    """The register that documents of this kind are numbered in; None for those without a number."""
    if kind.paper in _LETTERS:
        return NumberKind.CIRCULAR if kind.id.startswith("circular") else NumberKind.ORDINARY
    return NumberKind.ORDER if kind.paper is Paper.ORDER and kind.id.startswith("order") else None


def compose(code: str, kind: NumberKind, number: int, year: int) -> str:
    """The number as printed: `สว ๐๐๑๒/๑๒๓`, on a circular `สว ๐๐๑๒/ว ๑๒`, of an order `๑๒/๒๕๖๙`."""
    if kind is NumberKind.ORDER:
        return to_thai(f"{number}/{year}")
    return to_thai(f"{code}/{'ว ' if kind is NumberKind.CIRCULAR else ''}{number}")
