"""Which one form a workbook is, by its headings, and which sheets hold its tables."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from automation.forms.key import read_key
from automation.forms.workbooks.blueprint import heading_text
from automation.forms.workbooks.card_parts import Card
from automation.forms.workbooks.cards import find_card
from automation.forms.workbooks.choices import choose
from automation.forms.workbooks.contents import Choices
from automation.forms.workbooks.draft import by_row
from automation.forms.workbooks.header import completed, find_layout
from automation.forms.workbooks.headings import Heads, Layout
from automation.forms.workbooks.library import Library
from automation.forms.workbooks.refusals import ambiguous_form, unknown_form
from automation.forms.workbooks.schema import Kind
from automation.forms.workbooks.texts import match_key
from automation.forms.workbooks.vocabulary import FormWords
from automation.office.sheets import Sheet, Workbook

MINIMUM = 3
"""Fewer recognised columns are no table of ours (two in a table that has no more)."""
_NEAR = 0.3
"""Scores that close are a tie, which the title decides."""
_RIVAL = 0.6
"""A layout with a smaller share of the best score is not looked at further."""
_TITLE_ROWS = 10


@dataclass(frozen=True, slots=True)
class Match:
    """A sheet that fits a form's table."""

    form: FormWords
    layout: Layout


@dataclass(frozen=True, slots=True)
class Identified:
    """The form, its tables in the order of the sheets, and all other sheets."""

    form: FormWords
    layouts: tuple[Layout, ...]
    others: tuple[Sheet, ...]
    """Visible sheets without a table of the form."""
    cards: tuple[Card, ...]
    """Sheets about one project each; only where there are no tables."""
    summaries: tuple[Sheet, ...]
    aside: tuple[Sheet, ...]
    """Guides, examples, hidden sheets, and the summaries again."""


def identify(workbook: Workbook, library: Library) -> Identified:
    """The form of a workbook; UnknownForm or AmbiguousForm in Thai, naming headings or candidates."""
    visible = [sheet for sheet in workbook.sheets if not sheet.hidden]
    guides = [sheet for sheet in visible if _is_called(sheet, library.words.aside)]
    sums = [sheet for sheet in visible if sheet not in guides and _is_called(sheet, library.words.summary)]
    aside = [*guides, *sums]
    main = [sheet for sheet in visible if sheet not in aside]
    found = [match for sheet in main if (match := _match(sheet, library)) is not None]
    if not found:
        found = [match for sheet in aside if (match := _match(sheet, library)) is not None]
        aside = [sheet for sheet in aside if all(match.layout.sheet is not sheet for match in found)]
    better = [match for sheet in sums if (match := _match(sheet, library)) is not None] if found else []
    if better and max(map(_completeness, better)) > max(map(_completeness, found)):
        found, main = better, [*(match.layout.sheet for match in better), *main]
        aside = [sheet for sheet in aside if all(match.layout.sheet is not sheet for match in better)]
    titled = {form for sheet in main if (form := _titled(sheet, library))}
    if (issued := read_key(workbook.key)) and any(form.id == issued.form for form in library.forms):
        titled.add(issued.form)
    if titled and not {match.form.id for match in found} & titled:
        found = [match for sheet in main if (match := _guess(sheet, library, titled)) is not None] or found
    if not found:
        return _by_cards(workbook, visible, main, aside, sums, library)
    forms = {match.form.id: match.form for match in found}
    if len(forms) > 1:
        raise ambiguous_form((match.form, match.layout) for match in found)
    sheets = [match.layout.sheet for match in found]
    return Identified(
        form=found[0].form,
        layouts=tuple(layout for match in found for layout in _all_layouts(match, library)),
        others=tuple(sheet for sheet in main if not any(sheet is other for other in sheets)),
        cards=(),
        summaries=tuple(sheet for sheet in sums if sheet in aside),
        aside=(*aside, *(sheet for sheet in workbook.sheets if sheet.hidden)),
    )


def _by_cards(
    workbook: Workbook,
    visible: Sequence[Sheet],
    main: Sequence[Sheet],
    aside: Sequence[Sheet],
    sums: Sequence[Sheet],
    library: Library,
) -> Identified:
    """The form whose fields stand on a sheet of its own for each project; UnknownForm where none does."""
    for form in library.forms:
        cards = tuple(
            card for sheet in main if (card := find_card(sheet, form, library.words.choices)) is not None
        )
        if cards:
            hidden = (sheet for sheet in workbook.sheets if sheet.hidden)
            return Identified(
                form=form,
                layouts=(),
                others=tuple(main),
                cards=cards,
                summaries=tuple(sums),
                aside=(*aside, *hidden),
            )
    near = [pair for sheet in visible for pair in _layouts(sheet, library)]
    named = [form for form in library.forms for sheet in visible if _names(sheet, form)]
    raise unknown_form(near, named, library)


def _completeness(match: Match) -> int:
    """How many of the columns that its form cannot do without a table has."""
    return len(match.layout.paths & set(match.form.required))


def _is_called(sheet: Sheet, stems: Iterable[str]) -> bool:
    name = match_key(sheet.name)
    return any(stem in name for stem in stems)


def _match(sheet: Sheet, library: Library) -> Match | None:
    """The form whose table a sheet is; a near tie goes to the form that the sheet's title names."""
    layouts = list(_layouts(sheet, library))
    best_score = max((layout.score for _, layout in layouts), default=0.0)
    matches = sorted(
        (
            Match(form, full)
            for form, layout in layouts
            if layout.score >= _RIVAL * best_score
            and _is_table(form, full := completed(layout, library.words.choices), library.words.choices)
        ),
        key=lambda match: -match.layout.score,
    )
    if not matches:
        return None
    best = matches[0]
    rivals = [match for match in matches if best.layout.score - match.layout.score < _NEAR]
    if len({match.form.id for match in rivals}) == 1:
        return best
    titled = [match for match in rivals if _has_title(sheet, match)]
    if len({match.form.id for match in titled}) != 1:
        raise ambiguous_form((match.form, match.layout) for match in rivals)
    return titled[0]


def _all_layouts(match: Match, library: Library) -> list[Layout]:
    """All tables of the form on a sheet, top to bottom: a plan may have its goals above its strategies."""
    if len(match.form.tables) == 1:
        return [match.layout]
    sheet, layout = match.layout.sheet, match.layout
    above = _between(match.form, library, sheet, 1, layout.top - 1)
    beside = _beside(match, library)
    return [*above, layout, *beside, *_between(match.form, library, sheet, layout.bottom + 1, sheet.last_row)]


def _beside(match: Match, library: Library) -> list[Layout]:
    """The form's other tables under the same heading rows, in own columns, as strategies beside goals."""
    sheet, layout, core = match.layout.sheet, match.layout, match.form.core
    heads = Heads(sheet, layout.top, layout.bottom)
    others = [words for words in match.form.tables if words.index != layout.words.index]
    found = [other for words in others if (other := find_layout(heads, words)) is not None]
    full = [completed(other, library.words.choices) for other in found]
    taken = {column.col for column in layout.columns}
    return [
        other
        for other in full
        if fits(match.form, other)
        and taken.isdisjoint(column.col for column in other.columns if column.leaf.path in core)
    ]


def _between(form: FormWords, library: Library, sheet: Sheet, first: int, last: int) -> list[Layout]:
    heads = Heads(sheet, first, last)
    found = [layout for table in form.tables if (layout := find_layout(heads, table)) is not None]
    fitting = [full for layout in found if _belongs(form, full := completed(layout, library.words.choices))]
    if not fitting or first >= last:
        return []
    best = max(fitting, key=lambda layout: layout.score)
    return [
        *_between(form, library, sheet, first, best.top - 1),
        best,
        *_between(form, library, sheet, best.bottom + 1, last),
    ]


def _guess(sheet: Sheet, library: Library, titled: Container[str]) -> Match | None:
    """The table of a form that a title names, found by the ideas in its headings."""
    choices = library.words.choices
    matches = [
        Match(form, full)
        for form, layout in _layouts(sheet, library, guessing=True)
        if form.id in titled and fits(form, full := completed(layout, choices), titled=True)
    ]
    return max(matches, key=lambda match: match.layout.score, default=None)


def _layouts(sheet: Sheet, library: Library, *, guessing: bool = False) -> Iterable[tuple[FormWords, Layout]]:
    heads = Heads(sheet)
    for form in library.forms:
        for table in form.tables:
            layout = find_layout(heads, table, guessing=guessing)
            if layout is not None:
                yield form, layout


def fits(form: FormWords, layout: Layout, *, titled: bool = False) -> bool:
    """Whether a layout holds enough of a form's table: something that names its rows, and its core.

    Below a title that names the form two columns are enough.
    """
    paths = layout.paths
    first = min((column.leaf.lists for column in layout.columns if column.leaf.lists), key=len, default=())
    named = any(
        column.leaf.lists == first and column.leaf.name in ("code", "name", "no") for column in layout.columns
    )
    enough = min(2 if titled else MINIMUM, len(layout.words.titles))
    return bool(first) and named and len(paths) >= enough and bool(form.core & paths)


def _is_table(form: FormWords, layout: Layout, choices: Choices) -> bool:
    """Whether a layout is a table of a form by itself, or by lines that announce the lists it lies in or make
    the choice of the rows below them."""
    if fits(form, layout) or _chosen_by_bands(form, layout, choices):
        return True
    outer = next(iter(layout.words.bands.values()), None)
    lines = (heading_text(cell) for cell in layout.sheet.cells.values())
    return outer is not None and _belongs(form, layout) and any(outer.announced(line) for line in lines)


def _chosen_by_bands(form: FormWords, layout: Layout, choices: Choices) -> bool:
    """Whether a table lacks only a choice, and several lines among its rows make it (`โครงการที่เห็นชอบ`)."""
    leaves = [layout.words.leaves.get(path) for path in form.core - layout.paths]
    wanted = [leaf for leaf in leaves if leaf is not None and leaf.kind is Kind.CHOICE]
    if len(form.core) > 1 or not wanted or not fits(replace(form, core=layout.paths), layout):
        return False
    rows = by_row(layout.sheet)
    lines = [heading_text(cells[0]) for row, cells in rows.items() if row > layout.bottom and len(cells) == 1]
    made = {choose(line, wanted[0].name, choices).get(wanted[0].name) for line in lines}
    return len(made - {None}) > 1


def _belongs(form: FormWords, layout: Layout) -> bool:
    """Whether a layout fits beside a sure table of its form; lines above it may announce its core."""
    announced = {band.name.path for band in layout.words.bands.values()} & form.core
    lists = {column.leaf.level for column in layout.columns}
    inside = any(level.startswith(f"{path.rpartition('.')[0]}.") for level in lists for path in announced)
    own = fits(form, layout, titled=True)
    return own or (inside and fits(replace(form, core=layout.paths), layout))


def _has_title(sheet: Sheet, match: Match) -> bool:
    text = match_key(
        " ".join(heading_text(cell) for (row, _), cell in sheet.cells.items() if row < match.layout.top)
    )
    return any(title in text for title in match.form.title)


def _titled(sheet: Sheet, library: Library) -> str:
    """The form that the topmost line naming one names first (`รายงานผล…ตามแผนปฏิบัติราชการ` is a report)."""
    for (row, _), cell in sorted(sheet.cells.items()):
        text = match_key(heading_text(cell)) if row <= _TITLE_ROWS else ""
        named = [
            (text.index(title), -len(title), form.id)
            for form in library.forms
            for title in form.title
            if title in text
        ]
        if named:
            return min(named)[2]
    return ""


def _names(sheet: Sheet, form: FormWords) -> bool:
    texts = [match_key(heading_text(cell)) for (row, _), cell in sheet.cells.items() if row <= _TITLE_ROWS]
    return any(title in text for title in form.title for text in texts)
