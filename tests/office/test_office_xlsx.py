"""What reading makes of the cells of a workbook."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from automation.office.opening import open_file
from automation.office.sheets import Sheet, SheetCell, Span, Workbook
from tests.office.office_files import S_URI, cells, relations, xlsx


def read(folder: Path, sheets: dict[str, str], **more: object) -> Workbook:
    opened = open_file(xlsx(folder / "x.xlsx", sheets, **more))  # type: ignore[arg-type]
    assert isinstance(opened, Workbook)
    return opened


def sheet(folder: Path, inner: str, **more: object) -> Sheet:
    return read(folder, {"รายงานผล": inner}, **more).sheets[0]


def only(folder: Path, cell: str, **more: object) -> SheetCell:
    (found,) = sheet(folder, cells(cell), **more).cells.values()
    return found


STRINGS = "<si><t>ธรรมดา</t></si><si><r><t>ราย</t></r><r><t>งาน</t></r><rPh><t>อ่านว่า</t></rPh></si><si/>"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>12</v></c>", Decimal(12)),
        ("<c><v>571200.49999999997</v></c>", Decimal("571200.5")),
        ("<c><v>0.30000000000000004</v></c>", Decimal("0.3")),
        ("<c><v>1.25E6</v></c>", Decimal(1250000)),
        ("<c><v>8.5000000000000006E-2</v></c>", Decimal("0.085")),
        ("<c><v>-0.10</v></c>", Decimal("-0.1")),
        ("<c><v>NaN</v></c>", "NaN"),
        ("<c><v>โครงการ</v></c>", "โครงการ"),
        ('<c t="s"><v>0</v></c>', "ธรรมดา"),
        ('<c t="s"><v>1</v></c>', "รายงาน"),
        ('<c t="str"><f>A1&amp;"x"</f><v>ต่อกัน</v></c>', "ต่อกัน"),
        ('<c t="inlineStr"><is><t>ใน</t></is></c>', "ใน"),
        ('<c t="inlineStr"><is><r><t>ใน</t></r><r><t>แถว</t></r></is></c>', "ในแถว"),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="b"><v>0</v></c>', False),
        ('<c t="d"><v>2026-10-01T00:00:00Z</v></c>', dt.datetime(2026, 10, 1)),
        ('<c t="d"><v>พรุ่งนี้</v></c>', "พรุ่งนี้"),
    ],
)
def test_values(tmp_path: Path, cell: str, value: object) -> None:
    found = only(tmp_path, cell, strings=STRINGS)
    assert found.value == value
    assert type(found.value) is type(value)
    assert str(found.value) == str(value)


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="s"><v>2</v></c>',
        '<c t="s"><v>99</v></c>',
        '<c t="inlineStr"/>',
        "<c><v></v></c>",
        '<c s="0"/>',
        "<x/>",
    ],
)
def test_nothing_there(tmp_path: Path, cell: str) -> None:
    assert sheet(tmp_path, cells(cell), strings=STRINGS).cells == {}


def test_errors_and_formulas_without_value(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        cells(
            '<c r="A1" t="e"><f>B1/0</f><v>#DIV/0!</v></c>'
            '<c r="B1"><f>SUM(C1:C9)</f></c><c r="C1"><f>1+1</f><v>2</v></c>'
            '<c r="D1"><f t="shared" ref="D1:D2" si="0">C1*2</f><v>4</v></c>',
            '<c r="D2"><f t="shared" si="0"/><v>6</v></c>',
        ),
    )
    broken, missing, good = (found.cells[1, col] for col in (1, 2, 3))
    assert (broken.error, broken.value, broken.uncached) == ("#DIV/0!", None, False)
    assert (missing.uncached, missing.formula) == (True, "=SUM(C1:C9)")
    assert (good.value, good.formula, good.uncached) == (Decimal(2), "=1+1", False)
    assert found.cells[2, 4].formula == "=C1*2"


def test_a_formula_may_result_in_an_empty_text(tmp_path: Path) -> None:
    found = only(tmp_path, '<c t="str"><f>IF(A2="","",1)</f><v></v></c>')
    assert (found.value, found.uncached) == ("", False)
    assert only(tmp_path, "<c><f>SUM(A2)</f><v></v></c>").uncached


def test_cells_without_references_follow_each_other(tmp_path: Path) -> None:
    found = sheet(tmp_path, cells("<c><v>1</v></c><c><v>2</v></c>", '<c r="C2"><v>3</v></c><c><v>4</v></c>'))
    assert {at: cell.value for at, cell in found.cells.items()} == {
        (1, 1): 1,
        (1, 2): 2,
        (2, 3): 3,
        (2, 4): 4,
    }
    assert found.ref(2, 28) == "รายงานผล!AB2"


FORMATS = (
    '<numFmts><numFmt numFmtId="164" formatCode="[$-D07041E]d mmm yyyy"/>'
    '<numFmt numFmtId="165" formatCode="0.0%"/>'
    '</numFmts><fills><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="0"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.5"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="0" tint="-0.5"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor indexed="13"/></patternFill></fill>'
    '<fill><gradientFill><stop><color rgb="FF00B050"/></stop></gradientFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor indexed="64"/></patternFill></fill>'
    "<fill/></fills><cellXfs>"
    + "".join(
        f'<xf numFmtId="{number}" fillId="{fill}"/>'
        for number, fill in [
            (0, 0),
            (164, 2),
            (14, 0),
            (165, 3),
            (71, 4),
            (20, 5),
            (0, 6),
            (0, 7),
            (0, 8),
            (0, 9),
            (0, 1),
            (0, 77),
        ]
    )
    + "</cellXfs>"
)


@pytest.mark.parametrize(
    ("cell", "value", "shade"),
    [
        ('<c s="1"><v>46296</v></c>', dt.datetime(2026, 10, 1), "DDEBF7"),
        ('<c s="2"><v>24725</v></c>', dt.datetime(1967, 9, 10), ""),
        ('<c s="3"><v>0.85</v></c>', Decimal("0.85"), ""),
        ('<c s="4"><v>46296</v></c>', dt.datetime(2026, 10, 1), "A7C0DE"),
        ('<c s="5"><v>0.39583333333333331</v></c>', dt.time(9, 30), "808080"),
        ('<c s="6"><v>1</v></c>', Decimal(1), "FFFF00"),
        ('<c s="7"><v>1</v></c>', Decimal(1), "00B050"),
        ('<c s="8"><v>1</v></c>', Decimal(1), ""),
        ('<c s="9"><v>1</v></c>', Decimal(1), ""),
        ('<c s="10"><v>1</v></c>', Decimal(1), "BFBFBF"),
        ('<c s="11"><v>1</v></c>', Decimal(1), ""),
        ('<c s="999"><v>1</v></c>', Decimal(1), ""),
    ],
)
def test_formats_and_fills(tmp_path: Path, cell: str, value: object, shade: str) -> None:
    found = only(tmp_path, cell, styles=FORMATS)
    assert (found.value, found.shade) == (value, shade)


def test_a_percent_cell_stays_as_typed(tmp_path: Path) -> None:
    found = only(tmp_path, '<c s="3"><v>0.85</v></c>', styles=FORMATS)
    assert found.is_percent
    assert found.format == "0.0%"


def test_theme_of_the_workbook_gives_the_colour(tmp_path: Path) -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    theme = (
        f'<a:theme xmlns:a="{drawing}"><a:themeElements><a:clrScheme>'
        '<a:lt1><a:sysClr lastClr="FFFFFF"/></a:lt1>'
        '<a:accent1><a:srgbClr val="004000"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
    )
    rels = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("s", "styles", "styles.xml"),
        ("t", "theme", "theme.xml"),
    )
    more = {"xl/theme.xml": theme, "xl/_rels/workbook.xml.rels": rels}
    assert only(tmp_path, '<c s="4"><v>1</v></c>', styles=FORMATS, **more).shade == "80A080"


def test_dates_from_1904(tmp_path: Path) -> None:
    book = read(
        tmp_path,
        {"ก": cells('<c s="2"><v>44834</v></c><c s="5"><v>0.5</v></c>')},
        styles=FORMATS,
        workbook='<workbookPr date1904="1"/>|',
    )
    assert book.date1904
    assert book.sheets[0].cells[1, 1].value == dt.datetime(2026, 10, 1)
    assert book.sheets[0].cells[1, 2].value == dt.time(12)


def test_merged_ranges(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        cells('<c r="A1"><v>1</v></c><c r="B1"><v>9</v></c><c r="C1"><v>2</v></c>', '<c r="C3"><v>3</v></c>')
        + '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C3:XFD3"/><mergeCell ref="Z90:Z99"/>'
        '<mergeCell ref="bad"/><mergeCell ref="B9:A1"/></mergeCells>',
    )
    assert found.merges == (Span(top=1, left=1, bottom=2, right=2), Span(top=3, left=3, bottom=3, right=3))
    covered = found.at(2, 2)
    assert covered is not None
    assert covered.value == 1
    assert sorted(found.cells) == [(1, 1), (1, 3), (3, 3)]


def test_a_large_merge_over_few_cells(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        cells('<c r="A1"><v>1</v></c><c r="B1"><v>9</v></c>', '<c r="Z100"><v>3</v></c>')
        + '<mergeCells><mergeCell ref="A1:Y99"/></mergeCells>',
    )
    assert sorted(found.cells) == [(1, 1), (100, 26)]


def test_hidden_rows_columns_and_sheets(tmp_path: Path) -> None:
    rows = (
        '<cols><col min="2" max="16384" hidden="1"/></cols>'
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>'
        '</row><row r="2" hidden="true"><c r="A2"><v>3</v></c></row><row r="900000" hidden="1"/></sheetData>'
    )
    book = read(tmp_path, {"ก": rows, "ข": cells("<c><v>1</v></c>")}, states={"ข": "veryHidden"})
    first, second = book.sheets
    assert (first.hidden_cols, first.hidden_rows, first.hidden) == (frozenset({2}), frozenset({2}), False)
    assert {at: cell.hidden for at, cell in first.cells.items()} == {
        (1, 1): False,
        (1, 2): True,
        (2, 1): True,
    }
    assert second.hidden
    assert second.cells[1, 1].hidden


def test_filled_cells_without_text_are_kept_inside_the_used_part(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        cells(
            '<c r="A1"><v>1</v></c><c r="C1"><v>1</v></c>',
            '<c r="B2" s="1"/><c r="Z2" s="1"/>',
            '<c r="A3"><v>1</v></c>',
        )
        + "",
        styles=FORMATS,
    )
    assert sorted(found.cells) == [(1, 1), (1, 3), (2, 2), (3, 1)]
    assert (found.cells[2, 2].value, found.cells[2, 2].shade) == (None, "DDEBF7")


def test_names_links_and_other_sheets(tmp_path: Path) -> None:
    rels = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "chartsheet", "chartsheets/sheet1.xml")
    )
    dde = f'<externalLink xmlns="{S_URI}"><ddeLink ddeService="cmd" ddeTopic="calc"/></externalLink>'
    book = read(
        tmp_path,
        {"ก": "", "กราฟ": ""},
        workbook="|<definedNames><definedName name='field_total'>ก!$A$1</definedName></definedNames>",
        **{
            "xl/_rels/workbook.xml.rels": rels,
            "xl/externalLinks/externalLink1.xml": dde,
            "xl/externalLinks/_rels/externalLink1.xml.rels": relations(
                ("a", "externalLinkPath", "file:///s:/plan.xlsx"), external=("a",)
            ),
            "xl/connections.xml": f'<connections xmlns="{S_URI}"><connection name="ฐานข้อมูล"/></connections>',
        },
    )
    assert [one.name for one in book.sheets] == ["ก"]
    assert book.names == {"field_total": "ก!$A$1"}
    assert book.external == ("file:///s:/plan.xlsx", "cmd|calc", "ฐานข้อมูล")


def test_strict_open_xml_reads_alike(tmp_path: Path) -> None:
    body = cells('<c r="A1"><v>7</v></c>')
    strict = f'<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main">{body}</worksheet>'
    workbook = (
        '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main" '
        'xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships">'
        '<sheets><sheet name="ก" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    book = read(tmp_path, {"ก": ""}, **{"xl/worksheets/sheet1.xml": strict, "xl/workbook.xml": workbook})
    assert book.sheets[0].cells[1, 1].value == 7


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("ก_x000D_\nข", "ก\nข"),
        ("ก_x000d_ข", "ก\nข"),
        ("_x005F_x0041_", "_x0041_"),
        ("ก_x0007_", "ก"),
        ("_xyz_", "_xyz_"),
    ],
)
def test_escapes_of_excel(tmp_path: Path, written: str, text: str) -> None:
    assert only(tmp_path, f'<c t="inlineStr"><is><t>{written}</t></is></c>').value == text
    assert only(tmp_path, f'<c t="str"><v>{written}</v></c>').value == text


def test_notes_and_shapes(tmp_path: Path) -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    shapes = (
        f'<d:wsDr xmlns:d="{drawing}/spreadsheetDrawing" xmlns:a="{drawing}/main">'
        "<d:sp><d:txBody><a:p><a:r><a:t>หมาย</a:t>"
        "</a:r><a:r><a:t>เหตุ</a:t></a:r></a:p><a:p><a:r><a:t>สอง</a:t></a:r></a:p></d:txBody></d:sp>"
        "<d:sp><d:txBody><a:p/></d:txBody></d:sp></d:wsDr>"
    )
    notes = (
        f'<comments xmlns="{S_URI}"><commentList>'
        '<comment ref="B5"><text><r><t>แก้</t></r><r><t>ไข</t></r></text></comment>'
        '<comment ref="bad"><text><t>x</t></text></comment><comment ref="A1"/></commentList></comments>'
    )
    found = sheet(
        tmp_path,
        cells("<c><v>1</v></c>"),
        **{
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                ("a", "drawing", "../drawings/drawing1.xml"),
                ("b", "comments", "../comments1.xml"),
                ("c", "comments", "../absent.xml"),
                ("d", "hyperlink", "http://example.org/"),
                external=("d",),
            ),
            "xl/drawings/drawing1.xml": shapes,
            "xl/comments1.xml": notes,
        },
    )
    assert found.notes == {(5, 2): "แก้ไข"}
    assert found.boxes == ("หมายเหตุ\nสอง",)


def test_arrows_on_a_sheet(tmp_path: Path) -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"

    def anchor(kind: str, start: tuple[int, int], end: tuple[int, int], offset: int) -> str:
        return (
            f"<d:twoCellAnchor><d:from><d:col>{start[1]}</d:col><d:row>{start[0]}</d:row></d:from>"
            f"<d:to><d:col>{end[1]}</d:col><d:colOff>{offset}</d:colOff><d:row>{end[0]}</d:row></d:to>"
            f'<d:cxnSp><d:spPr><a:prstGeom prst="{kind}"/></d:spPr></d:cxnSp></d:twoCellAnchor>'
        )

    shapes = (
        f'<d:wsDr xmlns:d="{drawing}/spreadsheetDrawing" xmlns:a="{drawing}/main">'
        + anchor("straightConnector1", (4, 2), (4, 5), 9_000)
        + anchor("leftRightArrow", (5, 2), (5, 5), 0)
        + anchor("rect", (6, 2), (6, 5), 0)
        + "</d:wsDr>"
    )
    rels = relations(("a", "drawing", "../drawings/drawing1.xml"))
    more = {"xl/worksheets/_rels/sheet1.xml.rels": rels, "xl/drawings/drawing1.xml": shapes}
    assert sheet(tmp_path, cells("<c><v>1</v></c>"), **more).strokes == (
        Span(top=5, left=3, bottom=5, right=6),
        Span(top=6, left=3, bottom=6, right=5),
    )
