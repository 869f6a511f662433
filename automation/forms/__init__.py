"""Forms in both directions: a template issues a blank or pre-filled form, and reads a filled one.

Knows no database and no command line.
"""

from __future__ import annotations

from dataclasses import replace

from automation.forms.catalogue import FormCatalogue
from automation.forms.key import read_key
from automation.forms.keyed import completed
from automation.forms.knowledge import Known
from automation.forms.read_document import read_document
from automation.forms.read_workbook import read_workbook
from automation.model import Reading
from automation.office.blocks import Document
from automation.office.sheets import Workbook


def read(
    content: Document | Workbook, catalogue: FormCatalogue, known: Known, *, file: str, sha256: str
) -> Reading:
    """What an opened file says: record, evidence, unread text and findings.

    UnknownForm or AmbiguousForm when it is not exactly one form of the catalogue.
    """
    if isinstance(content, Document):
        reading = read_document(content, catalogue, known)
    else:
        reading = read_workbook(content, catalogue, known)
    return replace(completed(reading, read_key(content.key), catalogue, known), file=file, sha256=sha256)
