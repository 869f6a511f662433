"""Arrows drawn across the months of a plan are told as columns."""

from pathlib import Path

import pytest

from automation.office.blocks import Document, Grid, Stroke
from automation.office.opening import open_file
from tests.office.office_files import docx, p

WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
POINT = 12_700


def arrow(
    left: float, width: float, height: float = 0, kind: str = "straightConnector1", origin: str = "column"
) -> str:
    return (
        f'<w:r><w:drawing><wp:anchor {WP} {A}><wp:positionH relativeFrom="{origin}">'
        f"<wp:posOffset>{round(left * POINT)}</wp:posOffset></wp:positionH>"
        f'<wp:extent cx="{round(width * POINT)}" cy="{round(height * POINT)}"/>'
        f'<wps:wsp><wps:spPr><a:prstGeom prst="{kind}"/></wps:spPr></wps:wsp></wp:anchor></w:drawing></w:r>'
    )


def plan(folder: Path, *drawings: tuple[int, str]) -> Grid:
    """A table of one wide and six narrow columns (100 and 20 points); drawings by the column they hang on."""
    columns = "".join(f'<w:gridCol w:w="{width * 20}"/>' for width in (100, *[20] * 6))
    hung = dict(drawings)
    row = "".join(f"<w:tc><w:p>{hung.get(col, '')}</w:p></w:tc>" for col in range(7))
    table = (
        f"<w:tbl><w:tblGrid>{columns}</w:tblGrid><w:tr><w:tc>{p('')}</w:tc></w:tr><w:tr>{row}</w:tr></w:tbl>"
    )
    opened = open_file(docx(folder / "plan.docx", table))
    assert isinstance(opened, Document)
    (grid,) = opened.blocks
    assert isinstance(grid, Grid)
    return grid


@pytest.mark.parametrize(
    ("col", "drawing", "covered"),
    [
        (1, arrow(-5, 60), (1, 3)),
        (2, arrow(0, 50), (2, 4)),
        (3, arrow(-44, 58), (1, 3)),
        (1, arrow(2, 4), (1, 1)),
        (6, arrow(0, 500), (6, 6)),
        (1, arrow(-5, 40, 10, "leftRightArrow"), (1, 2)),
        (
            1,
            '<w:r><w:pict><v:line style="position:absolute" from="-5pt,3pt" to="35pt,3pt"/></w:pict></w:r>',
            (1, 2),
        ),
        (
            1,
            '<w:r><w:pict><v:shape type="#_x0000_t32" style="position:absolute;'
            'margin-left:-5pt;width:.84in;height:0"/></w:pict></w:r>',
            (1, 3),
        ),
    ],
)
def test_lines_cover_columns(tmp_path: Path, col: int, drawing: str, covered: tuple[int, int]) -> None:
    assert plan(tmp_path, (col, drawing)).strokes == (
        Stroke(row=1, first_col=covered[0], last_col=covered[1]),
    )


@pytest.mark.parametrize(
    "drawing",
    [
        arrow(0, 60, kind="rect"),
        arrow(0, 10, 60),
        arrow(0, 60, origin="page"),
        '<w:r><w:pict><v:shape type="#_x0000_t75" style="width:60pt;height:1pt"/></w:pict></w:r>',
        '<w:r><w:pict><v:line from="x"/></w:pict></w:r>',
    ],
)
def test_other_drawings_are_no_lines(tmp_path: Path, drawing: str) -> None:
    assert plan(tmp_path, (1, drawing)).strokes == ()


def test_two_arrows_in_a_row_and_the_copy_for_old_readers(tmp_path: Path) -> None:
    old = '<w:pict><v:line from="0,0" to="90pt,0"/></w:pict>'
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{arrow(-5, 20)[5:-6]}</mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = plan(tmp_path, (1, both), (4, arrow(0, 38))).strokes
    assert found == (Stroke(row=1, first_col=1, last_col=1), Stroke(row=1, first_col=4, last_col=5))


def test_a_table_that_does_not_say_its_widths(tmp_path: Path) -> None:
    table = f"<w:tbl><w:tr><w:tc><w:p>{arrow(0, 60)}</w:p></w:tc></w:tr></w:tbl>"
    opened = open_file(docx(tmp_path / "bare.docx", table))
    assert isinstance(opened, Document)
    (grid,) = opened.blocks
    assert isinstance(grid, Grid)
    assert grid.strokes == ()
