"""Forms in both directions: a template issues a blank or pre-filled form, and reads a filled one.

Knows no database and no command line.
"""

from __future__ import annotations

from automation.forms.catalogue import FormCatalogue
from automation.forms.knowledge import Known
from automation.model import Reading
from automation.office.blocks import Document
from automation.office.sheets import Workbook


def read(
    content: Document | Workbook, catalogue: FormCatalogue, known: Known, *, file: str, sha256: str
) -> Reading:
    """What an opened file says: record, evidence, unread text and findings.

    UnknownForm or AmbiguousForm when it is not exactly one form of the catalogue.
    """
    # The readers are loaded where files are read, in the limited child; its parent only names this function.
    from automation.forms.read_content import read_content

    return read_content(content, catalogue, known, file=file, sha256=sha256)
