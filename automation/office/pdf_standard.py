"""What a PDF tells about itself: its language, its title, and whether it is made for the archive (PDF/A-2b).

LibreOffice takes the language of a file from its Latin letters and calls Thai papers English; programs that
read aloud go by it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from automation.office.pdf_text import mend_text

LANGUAGE = "th-TH"
ARCHIVE_SETTING = (
    '<prop oor:name="SelectPdfVersion" oor:op="fuse"><value>2</value></prop>\n'
    '<prop oor:name="UseTaggedPDF" oor:op="fuse"><value>false</value></prop>\n'
)
"""The setting of LibreOffice's export that asks for PDF/A-2b."""


def complete(pdf: Path, *, title: str) -> None:
    """Mend the text layer of a file that LibreOffice made; name its language, and its title where missing."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    reader = PdfReader(pdf)
    archive = archive_level(reader) is not None
    if archive:
        _drop_structure(reader)
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    mend_text(writer)
    writer.root_object[NameObject("/Lang")] = TextStringObject(LANGUAGE)
    # In a PDF/A title and XMP must agree; there they stay as LibreOffice wrote both.
    if not archive and not (writer.metadata and writer.metadata.title):
        writer.add_metadata({"/Title": title})
    writer.write(pdf)


def _drop_structure(reader: Any) -> None:
    """Take out the tree of elements that LibreOffice puts into every PDF/A: level b does not ask for it, and
    it makes the file of a book ten times as large."""
    for name in ("/StructTreeRoot", "/MarkInfo"):
        reader.root_object.pop(name, None)
    for page in reader.pages:
        page.pop("/StructParents", None)
        for link in page.get("/Annots", ()):
            link.get_object().pop("/StructParent", None)


def archive_level(file: Any) -> str | None:
    """`2B` of a PDF/A-2b, as an open pypdf reader or writer tells it; None for an ordinary PDF."""
    reference = file.root_object.get("/Metadata")
    if reference is None:
        return None
    from lxml import etree

    root = etree.fromstring(reference.get_object().get_data(), etree.XMLParser(resolve_entities=False))
    named = {etree.QName(item).localname: item.text for item in root.iter() if isinstance(item.tag, str)}
    part, level = named.get("part"), named.get("conformance")
    return f"{part}{level}" if part and level else None
