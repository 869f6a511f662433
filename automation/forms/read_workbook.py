"""Read an Excel form: one workbook in, one record with evidence, findings and the text that no field took."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from automation.forms.catalogue import FormCatalogue
from automation.forms.knowledge import Known
from automation.forms.workbooks.announcements import joined_lines
from automation.forms.workbooks.cards import read_cards
from automation.forms.workbooks.constants import read_constants
from automation.forms.workbooks.contents import legends_of
from automation.forms.workbooks.draft import Draft
from automation.forms.workbooks.front import (
    Front,
    front_unit,
    read_bureau,
    read_fiscal_year,
    read_round,
    read_signature,
)
from automation.forms.workbooks.headings import Layout
from automation.forms.workbooks.identify import Identified, identify
from automation.forms.workbooks.labelled import read_labelled
from automation.forms.workbooks.leftovers import hidden_content, unread_texts
from automation.forms.workbooks.library import Library, library_of
from automation.forms.workbooks.one_round import front_of, one_round
from automation.forms.workbooks.pairs import unpaired
from automation.forms.workbooks.refusals import missing_titles, quoted, unknown_headings
from automation.forms.workbooks.rounds import period_key
from automation.forms.workbooks.rows import read_rows
from automation.forms.workbooks.schema import complete
from automation.forms.workbooks.side_tables import continues, side_tables
from automation.forms.workbooks.table import Table, make_table
from automation.forms.workbooks.texts import match_key
from automation.forms.workbooks.titles import read_titles
from automation.forms.workbooks.totals import Sums
from automation.forms.workbooks.typing_habits import meant
from automation.forms.workbooks.values import Sense
from automation.forms.workbooks.vocabulary import Words
from automation.model import RECORD_TYPES, Reading, Severity, from_json
from automation.office.sheets import Workbook

_INDEX = re.compile(r"\.\d+")


def read_workbook(workbook: Workbook, catalogue: FormCatalogue, known: Known) -> Reading:
    """The reading of a workbook, `file` and `sha256` still empty.

    UnknownForm (naming the headings looked for) or AmbiguousForm when it is not exactly one form;
    TemplateError when a template of the workspace cannot be used.
    """
    library = library_of(catalogue)
    bands = [band for form in library.forms for band in form.tables[0].bands.values()]
    sheets = (joined_lines(unpaired(meant(sheet)), bands) for sheet in workbook.sheets)
    filed, workbook = workbook, replace(workbook, sheets=tuple(sheets))
    identified = identify(workbook, library)
    draft = Draft()
    tables = _filled(identified, library)
    if "round" in RECORD_TYPES[identified.form.id].__dataclass_fields__:
        tables, identified = one_round(tables, identified, draft)
    sense = _read_front(workbook, identified, tables, library, known, draft)
    sums = Sums()
    sides = side_tables(identified.others, identified.form, library, tables) if tables else []
    for place, table in enumerate([*tables, *sides]):
        unit = front_unit(front_of(table.sheet, [*tables, *sides]), draft)
        further = table in sides or continues(table, tables[:place])
        legend = legends_of(table.sheet, library.words.choices)
        read_rows(table, replace(sense, legend=legend), unit, draft, sums, further=further)
    sums.settle(draft)
    identified = replace(identified, layouts=(*identified.layouts, *(table.layout for table in sides)))
    tables = [*tables, *sides]
    if identified.cards:
        read_cards(identified.cards, sense, "", draft)
    _tell_missing(identified, library.words, draft)
    hidden_content(filed, draft)
    if workbook.macros:
        message = "ไฟล์มีแมโคร ระบบอ่านเฉพาะข้อความและตัวเลข ไม่เรียกใช้แมโคร"
        draft.tell(Severity.NOTE, "file-macro", message)
    form = identified.form
    return Reading(
        file="",
        sha256="",
        form=form.id,
        record=from_json(RECORD_TYPES[form.id], complete(RECORD_TYPES[form.id], draft.data)),
        evidence=draft.evidence,
        unread=unread_texts(workbook, identified, tables, draft, form.blueprint.printed),
        findings=tuple(draft.findings),
    )


def _filled(identified: Identified, library: Library) -> list[Table]:
    """The tables that hold rows; a blank second copy of the form is left out."""
    tables = []
    for layout, after in zip_longest(identified.layouts, identified.layouts[1:]):
        below = after is not None and after.sheet is layout.sheet and after.top > layout.bottom
        last = _before(after) if below and after is not None else layout.sheet.last_row
        tables.append(make_table(layout, library.words, last))
    return [table for table in tables if table.filled] or tables[:1]


def _before(layout: Layout) -> int:
    """The last row above a table that is not its caption: one cell alone, right above, behind a blank row."""
    filled = {row: 0 for row in (layout.top - 1, layout.top - 2)}
    for (row, _), cell in layout.sheet.cells.items():
        if row in filled and cell.value is not None and not cell.hidden:
            filled[row] += 1
    return layout.top - 2 if tuple(filled.values()) == (1, 0) else layout.top - 1


def _read_front(
    workbook: Workbook,
    identified: Identified,
    tables: Sequence[Table],
    library: Library,
    known: Known,
    draft: Draft,
) -> Sense:
    """Read the single fields around the tables; what they say about the year helps to read dates."""
    sheets = list({id(table.sheet): table.sheet for table in tables}.values())
    fronts = [
        *(front_of(sheet, tables) for sheet in sheets),
        *(front_of(sheet, ()) for sheet in (*identified.others, *identified.summaries)),
    ]
    record = RECORD_TYPES[identified.form.id]
    fields = record.__dataclass_fields__
    if "round" in fields:
        draft.data["round"] = read_round(fronts, draft)
    if "fiscal_year" in fields:
        year = read_fiscal_year(fronts, draft)
        if year is not None:
            draft.data["fiscal_year"] = year
    if "bureau" in fields:
        name = read_bureau(fronts, known, library.words.bureau, draft)
        if name is not None:
            draft.data["bureau"] = name
    read_constants(tables, identified.form, draft)
    sense = Sense(
        words=library.words,
        fiscal_year=draft.data.get("fiscal_year"),
        date1904=workbook.date1904,
        period=period_key(draft.data.get("round")),
        known=known,
    )
    read_labelled(fronts, identified.form, sense, draft)
    read_titles(fronts, identified.form, draft)
    if "reporter" in fields and not draft.data.get("reporter"):
        read_signature(fronts, draft)
    _use_repeated(fronts, draft)
    return sense


def _use_repeated(fronts: Sequence[Front], draft: Draft) -> None:
    """A title that is understood on one sheet is understood where another sheet repeats it."""
    texts = [(front.sheet, cell, match_key(text)) for front in fronts for cell, text in front.texts()]
    known = {key for sheet, cell, key in texts if draft.is_used(sheet, cell)}
    for sheet, cell, key in texts:
        if key in known:
            draft.use(sheet, cell)


def _tell_missing(identified: Identified, words: Words, draft: Draft) -> None:
    """Name the columns that the form asks for and the file does not have."""
    form, layouts = identified.form, identified.layouts
    paths = {path for layout in layouts for path in layout.paths}
    stated = {_INDEX.sub("", path) for path in draft.evidence}
    below = {leaf.path for table in form.tables for leaf in table.below.values()}
    paths |= stated | {path for card in identified.cards for path in card.columns}
    if layouts and not below.isdisjoint(stated - {path for layout in layouts for path in layout.paths}):
        paths |= below
    if any(path.endswith(".period") for path in paths):
        paths |= {"rows.start", "rows.end"}
    strange = [text for layout in layouts for text in unknown_headings(layout, words)]
    known_by = f" (หัวคอลัมน์ที่ระบบไม่รู้จัก: {quoted(strange)})" if strange else ""
    sheet, top = (layouts[0].sheet, layouts[0].top) if layouts else (identified.cards[0].sheet, 1)
    heading = next((cell for (row, _), cell in sorted(sheet.cells.items()) if row >= top), None)
    for severity, wanted in ((Severity.ERROR, form.required), (Severity.NOTE, form.expected)):
        lost = [path for path in wanted if path not in paths]
        if lost:
            message = f"ไม่พบหัวคอลัมน์ {quoted(missing_titles(form, lost))} ในตาราง{known_by}"
            path = lost[0]
            draft.tell(severity, "required-missing", message, path=path, sheet=sheet, cell=heading)
