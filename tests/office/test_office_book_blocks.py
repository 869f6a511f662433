"""The blocks of our own books: words, headings and tables, whichever way the table is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.office.blocks import Grid, Para
from automation.office.book_blocks import book_blocks
from tests.office.office_files import docx, part_xml

STYLES = part_xml(
    "styles",
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>',
)


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(last: str) -> str:
    """A head of two columns, a cell that goes through two rows, and a cell as given."""
    head = cell("หัว", '<w:gridSpan w:val="2"/>')
    first = cell("สูง", '<w:vMerge w:val="restart"/>') + cell("ก &amp; &lt;ข&gt; &quot;ค&quot;")
    second = cell("", "<w:vMerge/>") + last
    rows = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr><w:tr>{first}</w:tr><w:tr>{second}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"


LINES = "หนึ่ง</w:t><w:br/><w:t>สอง"
STOPS = '<w:tabs><w:tab w:pos="9"/></w:tabs>'
BREAK = f"<w:tc><w:tcPr/>{paragraph(LINES)}{paragraph('')}<w:p/></w:tc>"
TABS = f"<w:tc>{paragraph(LINES, STOPS)}{paragraph('')}</w:tc>"
CONTROL = f"<w:tc><w:sdt><w:sdtContent>{paragraph('')}</w:sdtContent></w:sdt>{paragraph(LINES)}</w:tc>"


@pytest.mark.parametrize("last", [BREAK, TABS, CONTROL])
def test_a_table_is_read_alike_with_and_without_a_tree(last: str, tmp_path: Path) -> None:
    (grid,) = book_blocks(docx(tmp_path / "a.docx", table(last), {"styles": ("styles.xml", STYLES)}))
    assert isinstance(grid, Grid)
    assert (grid.rows, grid.cols, grid.header_rows) == (3, 2, 1)
    texts = [[item.text.strip() for item in grid.row(place)] for place in range(3)]
    assert texts == [["หัว"], ["สูง", 'ก & <ข> "ค"'], ["สูง", "หนึ่ง\nสอง"]]


def test_a_heading_has_its_level_and_a_drawing_no_stand_in(tmp_path: Path) -> None:
    heading = paragraph("บทนำ", '<w:pStyle w:val="Heading1"/>')
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    drawn = (
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{compatible}">'
        "<mc:Choice><w:t>ใหม่</w:t></mc:Choice><mc:Fallback><w:t>เก่า</w:t></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    blocks = list(book_blocks(docx(tmp_path / "a.docx", heading + drawn, {"styles": ("styles.xml", STYLES)})))
    assert [(block.text, block.level) for block in blocks if isinstance(block, Para)] == [
        ("บทนำ", 0),
        ("ใหม่", None),
    ]
