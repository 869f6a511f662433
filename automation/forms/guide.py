"""What people are asked to fill in, in the words of the form itself: for the sheet that goes out with it."""

from __future__ import annotations

from collections.abc import Iterator

from automation.forms.catalogue import Form
from automation.forms.field_names import blueprint_of
from automation.office.opening import open_file
from automation.office.sheets import Sheet, Workbook


def labels_of(form: Form) -> tuple[str, ...]:
    """The headings of a form in their order, each once; FileError where its template cannot be opened."""
    if form.medium == "docx" or form.own:
        anchors = blueprint_of(form).anchors
        return tuple(dict.fromkeys(anchor.group or anchor.label for anchor in anchors))
    book = open_file(form.template)
    assert isinstance(book, Workbook)
    return tuple(dict.fromkeys(heading for sheet in book.sheets for heading in _headings(sheet)))


def _headings(sheet: Sheet) -> Iterator[str]:
    """The heading above every cell of a list that people fill in: no count and no formula."""
    texts = {place: str(cell.value or "") for place, cell in sheet.cells.items()}
    marks = [row for (row, _), text in texts.items() if "{%" in text] or [0]
    for (row, column), text in sorted(texts.items()):
        if not min(marks) < row < max(marks) or "{{" not in text or "loop." in text or "formula(" in text:
            continue
        above = (texts.get((higher, column), "") for higher in range(row - 1, 0, -1))
        heading = next((words for words in above if words and "{" not in words), "")
        if heading:
            yield heading
