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
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    mend_text(writer)
    writer.root_object[NameObject("/Lang")] = TextStringObject(LANGUAGE)
    # In a PDF/A title and XMP must agree; there it stays as LibreOffice wrote both.
    if archive_level(writer) is None and not (writer.metadata and writer.metadata.title):
        writer.add_metadata({"/Title": title})
    writer.write(pdf)


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
