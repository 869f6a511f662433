"""Rows of sums stay with the row above them."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE

from automation.office.toc import write_toc

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def kept(file: Path) -> list[bool]:
    """Whether each row of the table is kept with the next."""
    rows = Document(str(file)).tables[0].rows
    return [all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells) for row in rows]


def test_the_two_rows_above_a_total_stay_with_it(tmp_path: Path) -> None:
    """Of six rows the sixth is a sum and the third a step of the second; a second time nothing changes."""
    document = Document()
    table = document.add_table(rows=6, cols=2)
    for place, style in ((2, "PlanStep"), (5, "TableTotal")):
        document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
        table.cell(place, 0).paragraphs[0].style = style
    for row in table.rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_together = True
    file = tmp_path / "book.docx"
    document.save(str(file))
    write_toc(file)
    assert kept(file) == [False, True, False, True, True, False]
    before = file.read_bytes()
    write_toc(file)
    assert kept(file) == [False, True, False, True, True, False]
    assert len(file.read_bytes()) == len(before)
