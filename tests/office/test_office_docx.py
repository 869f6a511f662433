"""What the walk over a Word file makes of every kind of content that forms hold."""

from pathlib import Path

import pytest

from automation.office.blocks import Block, Document, Grid, Para
from automation.office.opening import open_file
from tests.office.office_files import NAMES, docx, p, part_xml, relations

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, MIDDLE, END = (FIELD.format(kind) for kind in ("begin", "separate", "end"))


def read(folder: Path, body: str, parts: dict[str, tuple[str, str]] | None = None, **more: str) -> Document:
    opened = open_file(docx(folder / "x.docx", body, parts, **more))
    assert isinstance(opened, Document)
    return opened


def para(folder: Path, inner: str, **parts: tuple[str, str]) -> Para:
    """The only paragraph of a document with this inner XML."""
    (block,) = read(folder, f"<w:p>{inner}</w:p>", dict(parts)).blocks
    assert isinstance(block, Para)
    return block


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def control(inner: str, properties: str = "", name: str = "") -> str:
    tag = f'<w:tag w:val="{name}"/>' if name else ""
    return f"<w:sdt><w:sdtPr>{tag}{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def checkbox(state: str, symbol: str) -> str:
    return control(run(symbol), f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>')


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [found.text for found in Document(blocks=blocks).paragraphs]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>ก</w:t><w:tab/><w:t>ข</w:t><w:br/><w:t>ค</w:t><w:cr/></w:r>", "ก\tข\nค\n"),
        ("<w:r><w:t>๐</w:t><w:noBreakHyphen/><w:t>๒</w:t><w:softHyphen/><w:ptab/></w:r>", "๐-๒\t"),
        ("<w:r><w:t>สอง\n   บรรทัดของ XML</w:t></w:r>", "สอง    บรรทัดของ XML"),
        ('<w:hyperlink r:id="x"><w:r><w:t>ลิงก์</w:t></w:r></w:hyperlink>', "ลิงก์"),
        ("<w:smartTag><w:r><w:t>ป้าย</w:t></w:r></w:smartTag>", "ป้าย"),
        ("<w:customXml><w:r><w:t>เอ็กซ์</w:t></w:r></w:customXml>", "เอ็กซ์"),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>๑ ต.ค.</w:t></w:r></w:fldSimple>', "๑ ต.ค."),
        (BEGIN + "<w:r><w:instrText> PAGE </w:instrText></w:r>" + MIDDLE + run("๗") + END, "๗"),
        (BEGIN + BEGIN + MIDDLE + run("ซ้อนใน") + END + MIDDLE + run("ผล") + END, "ผล"),
        (BEGIN + run("ไม่มีจุดจบ"), "ไม่มีจุดจบ"),
        ("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "x+1"),
        (run("þ R", '<w:rFonts w:ascii="Wingdings"/>'), "☑ ☑"),
        (run("\uf0a8 ใช่ \uf0fe ไม่ใช่"), "☐ ใช่ ☑ ไม่ใช่"),
        (run("□ ใหม่ ☒ ต่อเนื่อง"), "☐ ใหม่ ☑ ต่อเนื่อง"),
        (
            '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Symbol" w:char="F061"/></w:r>',
            "•\uf061",
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="no"/></w:r>', ""),
        (checkbox("1", "☒") + run(" มี"), "☑ มี"),
        (checkbox("0", "☐") + run(" ไม่มี"), "☐ ไม่มี"),
        ("<w:ruby><w:rt><w:r><w:t>บน</w:t></w:r></w:rt></w:ruby>", "บน"),
    ],
)
def test_text_of_a_paragraph(tmp_path: Path, inner: str, text: str) -> None:
    assert para(tmp_path, inner).text == text


@pytest.mark.parametrize(
    ("code", "tick"),
    [("F0FE", "☑"), ("F052", "☑"), ("F0FD", "☑"), ("F0FC", "☑"), ("00FE", "☑"),
     ("F0A8", "☐"), ("F06F", "☐"), ("F071", "☐"), ("F0A3", "☐")],
)  # fmt: skip
def test_wingdings_ticks(tmp_path: Path, code: str, tick: str) -> None:
    assert para(tmp_path, f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>').text == tick


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>", "☑"),
        ("<w:checkBox><w:default w:val='1'/></w:checkBox>", "☑"),
        ("<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>", "☐"),
        ("<w:ddList><w:result w:val='1'/><w:listEntry w:val='ก'/><w:listEntry w:val='ข'/></w:ddList>", "ข"),
        ("<w:ddList><w:listEntry w:val='ก'/></w:ddList>", "ก"),
        ("<w:ddList><w:result w:val='9'/><w:listEntry w:val='ก'/></w:ddList>", "ผล"),
        ("<w:textInput/>", "ผล"),
    ],
)
def test_legacy_form_fields(tmp_path: Path, data: str, text: str) -> None:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    assert para(tmp_path, begin + MIDDLE + run("ผล") + END + run("!")).text == f"{text}!"
    simple = f'<w:fldSimple w:instr="FORM"><w:ffData>{data}</w:ffData>{run("ผล")}</w:fldSimple>'
    assert para(tmp_path, simple).text == text


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>งบ </w:t></w:r><w:del><w:r><w:delText>๑๐๐</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>๒๐๐</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>ย้าย</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:moveTo><w:r><w:t>ย้าย</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>ทั้งย่อหน้า</w:delText></w:r></w:del></w:p>"
        f"<w:del>{p('ก้อน')}</w:del><w:moveFrom>{p('ย้าย')}</w:moveFrom>"
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('แถวลบ')}</w:tc></w:tr>"
        f"<w:tr><w:trPr><w:ins/></w:trPr><w:tc>{p('แถวใหม่')}</w:tc></w:tr></w:tbl>"
    )
    document = read(tmp_path, body)
    assert texts(document.blocks) == ["งบ ๒๐๐", "ย้าย", "แถวใหม่"]
    assert document.insertions == 3
    assert document.deletions == ("๑๐๐", "ทั้งย่อหน้า", "ก้อน", "แถวลบ")


def test_content_controls_tag_their_text(tmp_path: Path) -> None:
    placeholder = control(run("คลิกที่นี่"), "<w:showingPlcHdr/>", "empty")
    found = para(tmp_path, run("ชื่อ ") + control(run("อบรม"), name="name") + run(" ") + placeholder)
    assert found.text == "ชื่อ อบรม "
    assert [(tag.name, found.text[tag.start : tag.end]) for tag in found.tags] == [
        ("name", "อบรม"),
        ("empty", ""),
    ]
    named = para(tmp_path, control(run("ก"), '<w:alias w:val="หัวเรื่อง"/>'))
    assert named.tags[0].name == "หัวเรื่อง"


def test_content_controls_around_blocks(tmp_path: Path) -> None:
    tick = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    body = (
        control(p("หนึ่ง") + p("สอง"), name="reason")
        + control(p("พิมพ์ที่นี่"), "<w:showingPlcHdr/>", "empty")
        + control(p("☒"), tick, "ict")
        + control(f"<w:tbl><w:tr><w:tc>{p('ในตาราง')}</w:tc></w:tr></w:tbl>", name="table")
        + "<w:sdt><w:sdtPr/></w:sdt>"
    )
    document = read(tmp_path, body)
    found = [block for block in document.blocks if isinstance(block, Para)]
    assert [(one.text, one.tags[0].name, one.tags[0].end) for one in found] == [
        ("หนึ่ง", "reason", 5),
        ("สอง", "reason", 3),
        ("", "empty", 0),
        ("☑", "ict", 1),
    ]
    grid = document.blocks[-1]
    assert isinstance(grid, Grid)
    assert grid.cells[0].tags == ("table",)


def test_text_boxes_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('ในกล่อง')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>นอก</w:t><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('เก่า')}<w:tbl><w:tr><w:tc>{p('ตารางในกล่อง')}"
        "</w:tc></w:tr></w:tbl></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        f"<mc:AlternateContent><mc:Fallback>{p('สำรอง')}</mc:Fallback></mc:AlternateContent><mc:AlternateContent/>"
    )
    document = read(tmp_path, body)
    assert texts(document.blocks) == ["นอก", "", "สำรอง"]
    assert texts(document.boxes) == ["ในกล่อง", "เก่า", "ตารางในกล่อง"]
    first, _, grid = document.boxes
    assert first.place.label == "กล่องข้อความ ๑"
    assert grid.place.label == "กล่องข้อความ ๒ ตาราง ๑"
    assert document.characters == 3 + 5 + 7 + 4 + 12


def test_what_stands_around_the_body(tmp_path: Path) -> None:
    def notes(kind: str, text: str) -> str:
        rule = f'<w:{kind} w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        return part_xml(f"{kind}s", f"{rule}<w:{kind}>{p(text)}</w:{kind}>")

    parts = {
        "header": (
            "header1.xml",
            part_xml("hdr", p("หัว") + f"<w:tbl><w:tr><w:tc>{p('ตาราง')}</w:tc></w:tr></w:tbl>"),
        ),
        "footer": ("footer1.xml", part_xml("ftr", p("ท้าย"))),
        "footnotes": ("footnotes.xml", notes("footnote", "เชิง")),
        "endnotes": ("endnotes.xml", notes("endnote", "จบ")),
        "comments": ("comments.xml", part_xml("comments", f"<w:comment>{p('เห็นว่า')}</w:comment>")),
    }
    document = read(tmp_path, p("เนื้อ") + "<w:p><w:r><w:footnoteReference/></w:r></w:p>", parts)
    assert [(one.place.label, one.text) for one in document.headers] == [
        ("หัวกระดาษ", "หัว"),
        ("หัวกระดาษ ตาราง ๑ แถว ๑ ช่อง ๑", "ตาราง"),
        ("ท้ายกระดาษ", "ท้าย"),
    ]
    assert [(one.place.label, one.text) for one in document.notes] == [
        ("เชิงอรรถ", "เชิง"),
        ("อ้างอิงท้ายเรื่อง", "จบ"),
    ]
    assert [one.text for one in document.comments] == ["เห็นว่า"]
    assert document.headers[0].place.ref == "word/header1.xml#p0"


def test_links_are_listed_and_not_followed(tmp_path: Path) -> None:
    rels = relations(
        ("a", "hyperlink", "https://example.org/"),
        ("b", "image", "http://example.org/x.png"),
        ("c", "oleObject", "embeddings/x.bin"),
        ("d", "aFChunk", "chunk.html"),
        ("e", "settings", "settings.xml"),
        external=("a", "b"),
    )
    template = relations(("a", "attachedTemplate", "file:///c:/x.dotm"), external=("a",))
    document = read(
        tmp_path,
        p("ก") + '<w:altChunk r:id="d"/>',
        **{"word/_rels/document.xml.rels": rels, "word/_rels/settings.xml.rels": template},
    )
    assert document.external == (
        "http://example.org/x.png",
        "word/embeddings/x.bin",
        "word/chunk.html",
        "file:///c:/x.dotm",
    )


STYLES = part_xml(
    "styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="n"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/><w:basedOn w:val="n"/>'
    '<w:pPr><w:outlineLvl w:val="0"/><w:jc w:val="center"/><w:pageBreakBefore/></w:pPr>'
    "<w:rPr><w:bCs/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="หัวข้อย่อย"/><w:basedOn w:val="h"/></w:style>'
    '<w:style w:type="character" w:styleId="b"><w:name w:val="เน้น"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="v"><w:name w:val="ซ่อน"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="วน"/><w:basedOn w:val="loop"/></w:style>',
)


def styled(folder: Path, style: str, inner: str, more: str = "") -> Para:
    return para(
        folder, f'<w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inner}', styles=("styles.xml", STYLES)
    )


class TestLooks:
    def test_style_inheritance(self, tmp_path: Path) -> None:
        found = styled(tmp_path, "h2", run("หัวข้อ"))
        assert (found.bold, found.centered, found.level, found.style) == (True, True, 0, "หัวข้อย่อย")
        assert found.page_break
        assert found.size is None

    def test_direct_formatting_wins(self, tmp_path: Path) -> None:
        more = '<w:jc w:val="left"/><w:outlineLvl w:val="9"/><w:pageBreakBefore w:val="0"/>'
        found = styled(tmp_path, "h2", run("ปกติ", '<w:b w:val="0"/>'), more)
        assert (found.bold, found.centered, found.level, found.page_break) == (False, False, None, False)

    def test_toggle_of_two_styles(self, tmp_path: Path) -> None:
        emphasis = '<w:rStyle w:val="b"/>'
        assert not styled(tmp_path, "h", run("ก", emphasis)).bold
        assert styled(tmp_path, "n", run("ก", emphasis)).bold

    def test_unknown_and_circular_styles(self, tmp_path: Path) -> None:
        assert styled(tmp_path, "absent", run("ก")).style == "Normal"
        assert styled(tmp_path, "loop", run("ก")).style == "วน"

    def test_default_bold(self, tmp_path: Path) -> None:
        styles = part_xml(
            "styles", "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>"
        )
        assert para(tmp_path, run("ก"), styles=("styles.xml", styles)).bold

    def test_bold_beginning(self, tmp_path: Path) -> None:
        found = para(tmp_path, run("ชื่อ", "<w:bCs/>") + run(": ", "<w:b/>") + run("อบรม"))
        assert (found.bold, found.text[: found.bold_lead]) == (False, "ชื่อ: ")
        assert para(tmp_path, run("  ") + run("ก")).bold_lead == 0
        assert para(tmp_path, run("ก", "<w:b/>") + run(" ")).bold

    def test_size_is_that_of_the_largest_run(self, tmp_path: Path) -> None:
        found = para(
            tmp_path, run("ก", '<w:sz w:val="28"/><w:szCs w:val="36"/>') + run("ข", '<w:sz w:val="32"/>')
        )
        assert found.size == 18.0
        assert para(tmp_path, run("ก", '<w:sz w:val="x"/>')).size is None

    def test_hidden_text_stands_apart(self, tmp_path: Path) -> None:
        found = para(tmp_path, run("เห็น") + run("ลับ", "<w:vanish/>"))
        assert (found.text, found.hidden) == ("เห็น", "ลับ")
        by_style = styled(tmp_path, "n", run("ก", '<w:rStyle w:val="v"/>'))
        assert (by_style.text, by_style.hidden) == ("", "ก")

    def test_page_breaks(self, tmp_path: Path) -> None:
        page = '<w:r><w:br w:type="page"/></w:r>'
        found = para(tmp_path, page + run("ก") + page)
        assert found.page_break
        assert found.text == "ก\n"
        assert para(tmp_path, "<w:pPr><w:sectPr/></w:pPr>").page_break
        assert not para(
            tmp_path, '<w:pPr><w:sectPr><w:type w:val="continuous"/></w:sectPr></w:pPr>'
        ).page_break
        assert not para(tmp_path, '<w:r><w:br w:type="column"/></w:r>').page_break


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def grid(folder: Path, inner: str) -> Grid:
    (block,) = read(folder, f"<w:tbl><w:tblPr/><w:tblGrid/>{inner}</w:tbl>").blocks
    assert isinstance(block, Grid)
    return block


def shape(found: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(one.text, one.row, one.col, one.row_span, one.col_span) for one in found.cells]


TWO = '<w:gridSpan w:val="2"/>'


class TestTables:
    def test_merged_cells(self, tmp_path: Path) -> None:
        start, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        found = grid(
            tmp_path,
            f"<w:tr>{cell(p('ก'), start)}{cell(p('ข'), TWO)}</w:tr>"
            f"<w:tr>{cell(p(''), more)}{cell(p('ค'))}{cell(p('ง'), start)}</w:tr>"
            f"<w:tr>{cell(p('หลง'), more)}{cell(p('จ'))}{cell(p(''), more)}</w:tr>"
            f"<w:tr>{cell(p('ฉ'))}{cell(p('ช'), TWO + more)}</w:tr>",
        )
        assert (found.rows, found.cols) == (4, 3)
        assert shape(found) == [
            ("ก\nหลง", 0, 0, 3, 1),
            ("ข", 0, 1, 1, 2),
            ("ค", 1, 1, 1, 1),
            ("ง", 1, 2, 2, 1),
            ("จ", 2, 1, 1, 1),
            ("ฉ", 3, 0, 1, 1),
            ("ช", 3, 1, 1, 2),
        ]
        corner = found.at(2, 2)
        assert corner is not None
        assert corner.text == "ง"
        assert [one.text for one in found.row(2)] == ["ก\nหลง", "จ", "ง"]

    def test_old_horizontal_merge_and_columns_left_out(self, tmp_path: Path) -> None:
        begin = '<w:hMerge w:val="restart"/>'
        found = grid(
            tmp_path,
            f"<w:tr>{cell(p('ก'), begin)}{cell(p(''), '<w:hMerge/>')}{cell(p('ข'))}</w:tr>"
            f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell(p("ค"))}</w:tr>',
        )
        assert shape(found) == [("ก", 0, 0, 1, 2), ("ข", 0, 2, 1, 1), ("ค", 1, 2, 1, 1)]
        assert found.at(1, 0) is None

    def test_absurd_spans_are_capped(self, tmp_path: Path) -> None:
        endless = '<w:gridSpan w:val="999999999"/>'
        found = grid(tmp_path, f"<w:tr>{cell(p('ก'), endless)}</w:tr>")
        assert found.cols == 256

    def test_controls_around_cells_and_rows(self, tmp_path: Path) -> None:
        tick = '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'
        row = (
            control(cell(p("ค่า")), name="amount")
            + control(cell(p("พิมพ์ที่นี่")), "<w:showingPlcHdr/>", "note")
            + control(cell(p("☐")), tick, "box")
            + f"<w:customXml>{cell(p('ธรรมดา'))}</w:customXml>"
        )
        found = grid(tmp_path, control(f"<w:tr>{row}</w:tr>", name="line"))
        assert [(one.text, one.tags) for one in found.cells] == [
            ("ค่า", ("line", "amount")),
            ("", ("line", "note")),
            ("☐", ("line", "box")),
            ("ธรรมดา", ("line",)),
        ]

    def test_shade(self, tmp_path: Path) -> None:
        shades = [
            ('w:val="clear" w:fill="ddebf7"', "DDEBF7"),
            ('w:val="clear" w:fill="auto"', ""),
            ('w:val="clear" w:fill="FFFFFF"', ""),
            ('w:val="pct25" w:color="auto" w:fill="auto"', "BFBFBF"),
            ('w:val="solid" w:color="FF0000" w:fill="auto"', "FF0000"),
        ]
        found = grid(tmp_path, f"<w:tr>{''.join(cell(p(''), f'<w:shd {one}/>') for one, _ in shades)}</w:tr>")
        assert [one.shade for one in found.cells] == [want for _, want in shades]

    def test_header_rows_nested_tables_and_places(self, tmp_path: Path) -> None:
        head = "<w:trPr><w:tblHeader/></w:trPr>"
        inner = f"<w:tbl><w:tr>{cell(p('ใน'))}</w:tr></w:tbl>"
        found = grid(
            tmp_path,
            f"<w:tr>{head}{cell(p('หัว'))}</w:tr><w:tr>{head}{cell(p('หัวรอง'))}</w:tr>"
            f"<w:tr>{cell(p('นอก') + inner + p(''))}</w:tr>",
        )
        assert found.header_rows == 2
        outer = found.cells[2]
        assert outer.text == "นอก\n"
        assert (outer.place.label, outer.place.ref) == ("ตาราง ๑ แถว ๓ ช่อง ๑", "word/document.xml#p2")
        nested = outer.blocks[1]
        assert isinstance(nested, Grid)
        assert nested.cells[0].place.label == "ตาราง ๑ แถว ๓ ช่อง ๑ ตารางย่อย แถว ๑ ช่อง ๑"
        assert nested.cells[0].place.ref == "word/document.xml#p3"

    def test_tables_are_numbered_in_order(self, tmp_path: Path) -> None:
        table = f"<w:tbl><w:tr>{cell(p('ก'))}</w:tr></w:tbl>"
        document = read(tmp_path, p("หนึ่ง") + table + p("") + p("สอง") + table)
        labels = [block.place.label for block in document.blocks]
        assert labels == ["ย่อหน้า ๑", "ตาราง ๑", "ย่อหน้า ๑", "ย่อหน้า ๒", "ตาราง ๒"]


def test_strict_open_xml_reads_alike(tmp_path: Path) -> None:
    body = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run("เข้มงวด", "<w:b/>")}</w:p>'
    plain = read(tmp_path, body)
    names = NAMES.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    strict_xml = f"<w:document {names}><w:body>{body}</w:body></w:document>"
    strict = read(tmp_path, "", **{"word/document.xml": strict_xml})
    assert strict == plain
    assert strict.blocks[0].text == "เข้มงวด"  # type: ignore[union-attr]
