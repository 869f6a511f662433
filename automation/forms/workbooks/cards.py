"""A sheet about one project: its fields stand beside labels and in small tables below their own headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.card_parts import Block, Card, card_parts, take_part
from automation.forms.workbooks.contents import (
    Choices,
    is_number,
    is_sentence,
    is_unfit,
    speak_for_themselves,
)
from automation.forms.workbooks.draft import Draft, by_row
from automation.forms.workbooks.guesses import guess_columns
from automation.forms.workbooks.header import meanings
from automation.forms.workbooks.headings import Column, Layout
from automation.forms.workbooks.lines import Raw
from automation.forms.workbooks.totals import Sums
from automation.forms.workbooks.values import Sense
from automation.forms.workbooks.vocabulary import FormWords, TableWords
from automation.forms.workbooks.writer import Writer
from automation.office.sheets import Sheet, SheetCell

_LONGEST_LABEL = 40
_BARE = frozenset({"ร้อยละ", "%", "คิดเป็นร้อยละ", "หน่วย", "ผล", "แผน"})
_STRAY = 2
"""A column with more names of fields holds labels, not values that happen to be such a name."""
_COUNTED = re.compile(r"(?:โครงการ|งาน|รายการ|ลำดับ)\s*(?:ที่)?\s*[0-9๐-๙]{1,2}")
"""The number of a project over its column of values."""
_NUMBER_OF = re.compile(r"^[0-9๐-๙]{1,2}[.)]\s*|\s*(?:ที่)?\s*[0-9๐-๙]{1,2}$")
_ENOUGH = 4
"""Fewer fields are no project, but words that happen to stand on a sheet."""


def find_card(sheet: Sheet, form: FormWords, choices: Choices) -> Card | None:
    """The card that a sheet is for a form; None where too few fields or no project's name stand on it."""
    for words in form.tables:
        card = _card(sheet, words, choices)
        paths = card.columns.keys()
        if "rows.name" in paths and len(paths) >= _ENOUGH and form.core & paths:
            return card
    return None


def _card(sheet: Sheet, words: TableWords, choices: Choices) -> Card:
    card = Card(sheet, words, blocks=[Block()])
    heads: dict[int, Column] = {}
    section, left = "", None
    filled = list(by_row(sheet).values())
    parts = card_parts(filled, words)
    rows = [
        ([], {}) if place in parts.heads or place in parts.measures else (cells, _known(cells, "", words))
        for place, cells in enumerate(filled)
    ]
    columns = Counter(col for _, known in rows for col in known)
    labels = {col for col, count in columns.items() if count > _STRAY}
    fields = _fields(sheet, rows, labels, words, choices)
    for place, (cells, plain) in enumerate(rows):
        if place in parts.titles or not cells:
            take_part(card, parts, place, filled[place])
            continue
        known = _known(cells, section, words) if section and plain else plain
        if _is_header(cells, known):
            below = rows[place + 1][0] if place + 1 < len(rows) else []
            under = {col: [cell for cell in below if cell.col == col] for col in known}
            heads = {col: card.column(_measured(one, under[col], words)) for col, one in known.items()}
            card.labels += [cell for cell in cells if cell.col in known]
        elif heads and cells[0].col not in known and _below(cells, heads):
            card.blocks[-1].rows.append([Raw(heads[cell.col], cell) for cell in cells if cell.col in heads])
        else:
            heads = {}
            section = heading_text(cells[0]) if len(cells) == 1 else section
            labels = {cell.col for cell in cells if columns[cell.col] > _STRAY} | {cells[0].col}
            known = {col: one for col, one in known.items() if col in labels}
            guesses = {
                col: one
                for cell in cells
                if cell.col in labels
                for col, one in _guessed(cell, left, words).items()
            }
            known = {**guesses, **known}
            for cell in cells:
                if cell.col in labels and (text := _label(cell)) in fields:
                    column = fields[text]
                    known.pop(cell.col, None)
                    known.update({cell.col: replace(column, col=cell.col)} if column else {})
            left = _take_labelled(card, cells, known, labels)
    return card


def _fields(
    sheet: Sheet,
    rows: Sequence[tuple[list[SheetCell], dict[int, Column]]],
    labels: Container[int],
    words: TableWords,
    choices: Choices,
) -> dict[str, Column | None]:
    """Label → its field or none, for the labels of a sheet taken together: two of them never share a field.

    A bare `ร้อยละ` is left to its place: it speaks of the label before it.
    """
    texts: dict[str, list[SheetCell]] = {}
    for cells, _ in rows:
        for at, cell in enumerate([] if _is_count(cells) else cells[:-1]):
            text = _label(cell)
            bare = text in _BARE or len(text) > _LONGEST_LABEL
            if text and not bare and (cell.col in labels or at == 0) and not is_number(cell):
                texts.setdefault(text, []).append(cells[at + 1])
    chains: dict[int, tuple[str, ...]] = {at: (text,) for at, text in enumerate(texts, start=1)}
    values = dict(enumerate(texts.values(), start=1))
    exact = [
        (weight, -at, _measured(Column(at, entry.leaf, entry.strength, chain), values[at], words))
        for at, chain in chains.items()
        for weight, entry in meanings(chain, words)
        if entry.leaf.lists and not is_unfit(entry.leaf, values[at])
    ]
    taken: dict[int, Column] = {}
    used: set[str] = set()
    for _, minus, column in sorted(exact, key=lambda one: one[:2], reverse=True):
        if -minus not in taken and column.leaf.path not in used:
            taken[-minus] = column
            used.add(column.leaf.path)
    guess_columns(chains, words, taken, used, lambda at, leaf: is_unfit(leaf, values[at]))
    speak_for_themselves(Layout(sheet, words, 1, 1, (), 0.0), chains, values, choices, taken)
    return {chain[0]: taken.get(at) for at, chain in chains.items()}


def _label(cell: SheetCell) -> str:
    """The words of a label without the number of the project: `โครงการที่ 2` is `โครงการ`."""
    text = heading_text(cell) if isinstance(cell.value, str) else ""
    return _NUMBER_OF.sub("", text)


def _is_count(cells: Sequence[SheetCell]) -> bool:
    """Whether a row only numbers the projects whose values stand in the columns below."""
    return all(_COUNTED.fullmatch(heading_text(cell)) for cell in cells[1:])


def _known(cells: Sequence[SheetCell], section: str, words: TableWords) -> dict[int, Column]:
    """The fields that the texts of a row name outright, by column; a section's heading is the group above."""
    found = [
        (weight, -cell.col, Column(cell.col, entry.leaf, entry.strength, (section, text)))
        for cell in cells
        if isinstance(cell.value, str) and (text := heading_text(cell))
        for weight, entry in meanings((section, text) if section else (text,), words)
        if entry.leaf.lists
    ]
    taken: dict[int, Column] = {}
    for _, _, column in sorted(found, key=lambda one: one[:2], reverse=True):
        if column.col not in taken and all(column.leaf != other.leaf for other in taken.values()):
            taken[column.col] = column
    return taken


def _guessed(cell: SheetCell, left: Column | None, words: TableWords) -> dict[int, Column]:
    """The field that the first text of a row may be a label of; a bare `ร้อยละ` speaks of the label before."""
    text, taken = heading_text(cell), dict[int, Column]()
    if isinstance(cell.value, str) and len(text) <= _LONGEST_LABEL:
        before = {cell.col - 1: left} if left else {}
        taken.update(before)
        guess_columns({cell.col: (text,)}, words, taken, set())
    return {col: column for col, column in taken.items() if col == cell.col}


def _is_header(cells: Sequence[SheetCell], known: Mapping[int, Column]) -> bool:
    """Whether the fields of a row stand side by side, so that their values are below them."""
    words = all(isinstance(cell.value, str) and not is_number(cell) for cell in cells)
    return len(known) > 2 and len(known) >= len(cells) - 1 and (cells[-1].col in known or words)


def _below(cells: Sequence[SheetCell], heads: Mapping[int, Column]) -> bool:
    """Whether a row fills the columns of the small table above it."""
    inside = [cell for cell in cells if cell.col in heads]
    return len(inside) >= len(cells) - 1 and 2 * len(inside) >= len(heads)


def _take_labelled(
    card: Card, cells: Sequence[SheetCell], known: Mapping[int, Column], labels: Container[int]
) -> Column | None:
    """The cells right of each label, up to the next label, are its values: one a project.

    `labels`: the columns that labels stand in; a strange one there ends the value before it. What stands
    right of a label is a value, even where it is also the name of a field (`แล้วเสร็จ`). Returns
    the last label.
    """
    current: Column | None = None
    answered = True
    if len(cells) == 1:
        return None
    if _is_count(cells):
        card.labels += cells
        return None
    for cell in cells:
        if cell.col in known and answered:
            values = [other for other in cells if other.col > cell.col]
            listed = any(raw.column.leaf.name == "result" for row in card.blocks[-1].rows for raw in row)
            column = _measured(known[cell.col], values, card.words, listed=listed)
            current, answered = card.column(column), False
            if current.leaf.path in card.blocks[-1].paths:
                card.blocks.append(Block())
            card.blocks[-1].paths.add(current.leaf.path)
            card.labels.append(cell)
        elif cell.col in labels and answered and not is_number(cell):
            current = None
        elif current is not None:
            answered = True
            card.blocks[-1].labelled.setdefault(cell.col, []).append(Raw(current, cell))
    return current


def _measured(
    column: Column, values: Sequence[SheetCell], words: TableWords, *, listed: bool = False
) -> Column:
    """`ผลการดำเนินงาน` of a number is the result of an indicator, of a sentence the summary of a project.

    `listed`: the results of the indicators stand in a table, so that words beside a label are the summary.
    """
    path = ""
    if column.leaf.path == "rows.summary" and values and all(map(is_number, values)):
        path = "rows.indicators.result"
    if (
        column.leaf.path == "rows.indicators.result"
        and values
        and (all(map(is_sentence, values)) or (listed and not any(map(is_number, values))))
    ):
        path = "rows.summary"
    return replace(column, leaf=words.leaves[path]) if path in words.leaves else column


def read_cards(cards: Sequence[Card], sense: Sense, front_unit: str, draft: Draft) -> None:
    """Write the projects of all cards into the draft."""
    for card in cards:
        columns = tuple(card.columns.values())
        projects = [project for block in card.blocks for project in _projects(block)]
        cells: dict[int, list[SheetCell]] = {
            number: [replace(raw.cell, col=raw.column.col) for raw in row]
            for number, row in enumerate(row for project in projects for row in project)
        }
        writer = Writer(
            Layout(card.sheet, card.words, 1, 1, columns, 0.0), cells, sense, front_unit, draft, Sums()
        )
        draft.use(card.sheet, *card.labels)
        for project in projects:
            writer.items.close()
            for row in project:
                writer.part(row[0].cell.row, row)
        writer.finish()


def _projects(block: Block) -> Iterator[list[list[Raw]]]:
    """The rows of each project: what stands beside labels, and with the first the small tables."""
    named = [
        col
        for col, raws in block.labelled.items()
        if any(raw.column.leaf.path == "rows.name" for raw in raws)
    ]
    first = min(named, default=None)
    for col in sorted(named):
        own = list(block.labelled[col])
        others = [raw for other, raws in block.labelled.items() if other not in named for raw in raws]
        flat = [raw for row in block.rows for raw in row if len(raw.column.leaf.lists) == 1]
        deeper = [[raw for raw in row if len(raw.column.leaf.lists) > 1] for row in block.rows]
        if col == first:
            yield [[*own, *others, *flat], *(row for row in deeper if row)]
        else:
            yield [own]
