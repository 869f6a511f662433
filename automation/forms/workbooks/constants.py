"""Columns that say the same in every row: the year, the round, who reports, as web forms export them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.draft import Draft
from automation.forms.workbooks.headings import heading_chains
from automation.forms.workbooks.rounds import fiscal_year_in, plain_year_in, round_in
from automation.forms.workbooks.rowkinds import RowKind
from automation.forms.workbooks.table import Table
from automation.forms.workbooks.texts import match_key
from automation.forms.workbooks.values import cell_text
from automation.forms.workbooks.vocabulary import FormWords
from automation.model import Strength
from automation.office.sheets import SheetCell

_FEWEST = 2
"""Rows that must agree."""


def read_constants(tables: Sequence[Table], form: FormWords, draft: Draft) -> None:
    """Fill what the lines around the tables did not say from columns without a field of their own."""
    fields = form.blueprint.record.__dataclass_fields__
    for table in tables:
        for heading, cells in _constant(table):
            text = cell_text(cells[0])
            for name, value in _meant(heading, text, form):
                if name in fields and value is not None and draft.data.get(name) is None:
                    draft.data[name] = value
                    draft.prove(name, Strength.LABEL, table.sheet, cells[0])
                    draft.use(table.sheet, *cells)


def _meant(heading: str, text: str, form: FormWords) -> Iterator[tuple[str, Any]]:
    """Field → what a column says of it."""
    phrase = f"{heading} {text}"
    yield "round", round_in(phrase)
    yield "fiscal_year", fiscal_year_in(phrase) or plain_year_in(phrase)
    label = form.labels.get(match_key(heading))
    if label is not None and label[0].path == "reporter":
        yield "reporter", text


def _constant(table: Table) -> Iterator[tuple[str, list[SheetCell]]]:
    """Heading and cells of each column without a field whose rows all say the same."""
    layout = table.layout
    rows = table.of_kind(RowKind.DATA).values()
    taken = {column.col for column in layout.columns} | table.shape.sequence
    for col, texts in heading_chains(layout.sheet, layout.top, layout.bottom).items():
        cells = [cell for row in rows for cell in row if cell.col == col and heading_text(cell)]
        same = len({match_key(cell_text(cell)) for cell in cells}) == 1
        if col not in taken and same and len(cells) >= max(_FEWEST, len(rows)):
            yield texts[-1], cells
