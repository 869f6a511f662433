"""Further tables about the same projects on sheets of their own: indicators beside a sheet of money.

Their rows name the project by its code, its name, or its running number in the main table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from automation.forms.workbooks.draft import Draft
from automation.forms.workbooks.header import completed, find_layout
from automation.forms.workbooks.headings import Column, Heads, Layout, heading_chains
from automation.forms.workbooks.library import Library
from automation.forms.workbooks.schema import KEYS
from automation.forms.workbooks.table import Table, make_table
from automation.forms.workbooks.texts import match_key
from automation.forms.workbooks.vocabulary import FormWords
from automation.model import Strength
from automation.office.sheets import Sheet

NUMBER = "number"
"""Key of the column that holds the running number of the project in the main table."""
_LEVEL = "rows"
_COUNTED = ("ลำดับ", "ที่", "ข้อ", "no")


def side_tables(
    sheets: Sequence[Sheet], form: FormWords, library: Library, tables: Sequence[Table]
) -> list[Table]:
    """The tables on sheets without a table of the form that tell more of its projects."""
    known = {path for table in tables for path in table.layout.paths}
    found = []
    for sheet in sheets:
        layout = find_layout(Heads(sheet), form.tables[0])
        if layout is not None:
            layout = _keyed(completed(layout, library.words.choices))
        if layout is not None and _adds(layout, known):
            found.append(make_table(layout, library.words, sheet.last_row))
    return [table for table in found if table.filled]


def continues(table: Table, others: Sequence[Table]) -> bool:
    """Whether a table on a sheet of its own tells other things of projects than the tables before it."""
    before = [other for other in others if other.sheet is not table.sheet]
    told = {path for other in before for path in other.layout.paths if path.rpartition(".")[2] not in KEYS}
    own = {path for path in table.layout.paths if path.rpartition(".")[2] not in KEYS}
    return bool(before) and bool(own) and told.isdisjoint(own)


def _adds(layout: Layout, known: set[str]) -> bool:
    """Whether a layout knows its projects and tells of them what no table tells."""
    own = {path for path in layout.paths if path.startswith(f"{_LEVEL}.")}
    keys = {f"{_LEVEL}.{name}" for name in KEYS}
    return bool(own & keys) and len(own - keys) > 1 and known.isdisjoint(own - keys)


def _keyed(layout: Layout) -> Layout:
    """The layout with its column of running numbers as key, where it has neither code nor name."""
    leaf = layout.words.leaves.get(f"{_LEVEL}.code")
    if leaf is None or layout.paths & {f"{_LEVEL}.{name}" for name in KEYS}:
        return layout
    taken = {column.col for column in layout.columns}
    for col, texts in heading_chains(layout.sheet, layout.top, layout.bottom).items():
        if col not in taken and match_key(texts[-1]).startswith(_COUNTED):
            key = Column(col, leaf, Strength.LABEL, texts, NUMBER)
            return replace(layout, columns=tuple(sorted((*layout.columns, key), key=lambda one: one.col)))
    return layout


def by_number(text: str, draft: Draft) -> str:
    """The code of the project that a running number of the main table stands for; else empty."""
    path = draft.numbers.get(match_key(text), "")
    index = path.rpartition(".")[2]
    item = draft.data[_LEVEL][int(index)] if index.isdigit() else {}
    return str(item.get("code") or "")
