"""What an opened file says, whichever of the catalogue's forms it is."""

from __future__ import annotations

from dataclasses import replace

from automation.errors import UnknownForm
from automation.forms.catalogue import FormCatalogue
from automation.forms.key import read_key
from automation.forms.keyed import completed
from automation.forms.knowledge import Known
from automation.forms.read_document import own_sheets, read_document, read_sheets
from automation.forms.read_workbook import read_workbook
from automation.model import Reading
from automation.office.blocks import Document
from automation.office.sheets import Workbook
from automation.thai.text import fold


def read_content(
    content: Document | Workbook, catalogue: FormCatalogue, known: Known, *, file: str, sha256: str
) -> Reading:
    """What an opened file says: record, evidence, unread text and findings.

    UnknownForm or AmbiguousForm when it is not exactly one form of the catalogue.
    """
    if isinstance(content, Document):
        reading = read_document(content, catalogue, known)
    else:
        reading = _workbook(content, catalogue, known)
    return replace(completed(reading, read_key(content.key), catalogue, known), file=file, sha256=sha256)


def _workbook(workbook: Workbook, catalogue: FormCatalogue, known: Known) -> Reading:
    """A workbook as a form of the model; as one of the office's own by key or title, or else."""
    own = own_sheets(catalogue)
    issued = read_key(workbook.key)
    titles = {fold(form.title) for form in own}
    cells = (cell.value for sheet in workbook.sheets for cell in sheet.cells.values() if cell.row <= 3)
    titled = any(isinstance(value, str) and fold(value) in titles for value in cells)
    if titled or (issued is not None and issued.form in {form.id for form in own}):
        return read_sheets(workbook, catalogue, known)
    try:
        return read_workbook(workbook, catalogue, known)
    except UnknownForm as unknown:
        if not own:
            raise
        try:
            return read_sheets(workbook, catalogue, known)
        except UnknownForm:
            raise unknown from None
