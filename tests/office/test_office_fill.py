"""Filling Word templates: tags, values, places of errors, whole files."""

from __future__ import annotations

import re
import time
import zipfile
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from template_files import W, cell, paragraph, part, table, texts, word_template

from automation.errors import TemplateError
from automation.office.fill import compile_document, fill_document, render_document

FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def filled(tmp_path: Path, body: str, **context: object) -> list[str]:
    return texts(render_document(word_template(tmp_path / "t.docx", body), context))


def refused(tmp_path: Path, body: str, **context: object) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        filled(tmp_path, body, **context)
    return caught.value


def test_a_value_takes_the_place_of_its_tag(tmp_path: Path) -> None:
    body = paragraph("เรียน {{ name }} ที่นับถือ")
    assert filled(tmp_path, body, name="นายตัวอย่าง") == ["เรียน นายตัวอย่าง ที่นับถือ"]


def test_a_tag_that_word_cut_into_runs_is_joined(tmp_path: Path) -> None:
    body = paragraph("ก {", "{ na", "me }", "} ข ", "{{ name }}")
    assert filled(tmp_path, body, name="x") == ["ก x ข x"]


def test_quotes_that_word_curled_are_straightened(tmp_path: Path) -> None:
    assert filled(tmp_path, paragraph("{{ “ก” if yes else ‘ข’ }}"), yes=False) == ["ข"]


def test_none_prints_nothing(tmp_path: Path) -> None:
    assert filled(tmp_path, paragraph("[{{ value }}]"), value=None) == ["[]"]


def test_line_breaks_and_tabs_become_those_of_word(tmp_path: Path) -> None:
    value = "หนึ่ง\nสอง\tสาม\r\nสี่\vห้า"
    assert filled(tmp_path, paragraph("{{ value }}"), value=value) == ["หนึ่ง\nสอง\tสาม\nสี่\nห้า"]


@given(st.text())
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, value: str) -> None:
    template = tmp_path_factory.getbasetemp() / "any.docx"
    if not template.exists():
        word_template(template, paragraph("<{{ value }}>".replace("<", "&lt;").replace(">", "&gt;")))
    expected = FORBIDDEN.sub("", re.sub("\r\n|\v", "\n", value)).replace("\x0c", "").replace("\r", "")
    assert texts(render_document(template, {"value": value})) == [f"<{expected}>"]


def test_rows_repeat_and_control_rows_vanish(tmp_path: Path) -> None:
    rows = (
        cell("หัวตาราง"),
        cell("{%tr for item in items %}"),
        cell("{{ loop.index }} {{ item }}"),
        cell("{%tr endfor %}"),
    )
    assert filled(tmp_path, table(*rows), items=["ก", "ข"]) == ["หัวตาราง", "1 ก", "2 ข"]


def test_paragraphs_repeat_inside_a_row_that_repeats(tmp_path: Path) -> None:
    inner = cell("{{ topic.no }}", "{%p for x in topic.points %}", "{{ x }}", "{%p endfor %}")
    body = table(cell("{%tr for topic in topics %}"), inner, cell("{%tr endfor %}"))
    topics = [SimpleNamespace(no=1, points=["ก", "ข"]), SimpleNamespace(no=2, points=[])]
    assert filled(tmp_path, body, topics=topics) == ["1", "ก", "ข", "2"]


def test_a_cell_whose_paragraphs_all_vanish_keeps_an_empty_one(tmp_path: Path) -> None:
    body = table(cell("{%p for x in items %}", "{{ x }}", "{%p endfor %}"))
    assert filled(tmp_path, body, items=[]) == [""]


def test_columns_repeat_and_share_the_width(tmp_path: Path) -> None:
    row = cell("{%tc for x in items %}") + cell("{{ x }}") + cell("{%tc endfor %}")
    template = word_template(tmp_path / "t.docx", table(row, columns=3))
    data = render_document(template, {"items": ["ก", "ข", "ค", "ง"]})
    assert texts(data) == ["ก", "ข", "ค", "ง"]
    widths = [column.get(W + "w") for column in part(data).iter(W + "gridCol")]
    assert widths == ["750"] * 4
    assert [width.get(W + "w") for width in part(data).iter(W + "tcW")] == widths


def test_columns_that_fit_the_grid_keep_their_widths(tmp_path: Path) -> None:
    row = cell("{%tc for x in items %}") + cell("{{ x }}", width=1234) + cell("{%tc endfor %}")
    template = word_template(tmp_path / "t.docx", table(row, columns=2))
    data = render_document(template, {"items": ["ก", "ข"]})
    assert [width.get(W + "w") for width in part(data).iter(W + "tcW")] == ["1234", "1234"]


def test_a_condition_chooses_between_tables(tmp_path: Path) -> None:
    body = (
        paragraph("{%p if wide %}") + table(cell("กว้าง")) + paragraph("{%p else %}")
        + table(cell("แคบ")) + paragraph("{%p endif %}")
    )  # fmt: skip
    assert filled(tmp_path, body, wide=True) == ["กว้าง"]
    assert filled(tmp_path, body, wide=False) == ["แคบ"]


def test_comments_leave_no_trace(tmp_path: Path) -> None:
    assert filled(tmp_path, paragraph("ก{# บันทึกของผู้ทำแม่แบบ #}ข")) == ["กข"]


def test_filters_work_on_the_values_of_the_model(tmp_path: Path) -> None:
    assert filled(tmp_path, paragraph("{{ money | baht }} บาท"), money=Decimal(1250000)) == ["๑,๒๕๐,๐๐๐ บาท"]


def test_headers_properties_and_attributes_are_filled_too(tmp_path: Path) -> None:
    parts = {
        "word/header1.xml": f"<w:hdr NAMESPACE>{paragraph('{{ name }}')}</w:hdr>",
        "docProps/core.xml": '<core note="{{ name }}"><title>เรื่อง {{ name }}</title></core>',
    }
    template = word_template(tmp_path / "t.docx", paragraph("ไม่มีช่อง"), parts)
    data = render_document(template, {"name": 'ก & "ข"\nค'})
    assert [p for p in part(data, "word/header1.xml").itertext()] == ['ก & "ข"', "ค"]
    core = part(data, "docProps/core.xml")
    assert (core.get("note"), core.findtext("title")) == ('ก & "ข" ค', 'เรื่อง ก & "ข" ค')


def test_parts_without_tags_stay_byte_for_byte(tmp_path: Path) -> None:
    theme = "<theme>  <a>{ } % ไม่ใช่คำสั่ง</a>\n</theme>"
    template = word_template(tmp_path / "t.docx", paragraph("{{ x }}"), {"word/theme/theme1.xml": theme})
    (tmp_path / "o.docx").write_bytes(render_document(template, {"x": 1}))
    with zipfile.ZipFile(tmp_path / "o.docx") as package:
        assert package.read("word/theme/theme1.xml").decode() == theme
        assert package.testzip() is None


@pytest.mark.parametrize(
    ("tag", "context", "words"),
    [
        ("{{ nmae }}", {"name": 1}, "ไม่มีข้อมูลชื่อ nmae"),
        ("{{ project.nmae | dots }}", {"project": SimpleNamespace()}, "ไม่มีข้อมูลชื่อ nmae ใน SimpleNamespace"),
        ("{{ name | bath }}", {"name": 1}, "ไม่รู้จักตัวกรอง bath"),
        ("{{ name is bath }}", {"name": 1}, "ไม่รู้จักเงื่อนไข bath"),
        ("{{ name + }}", {"name": 1}, "คำสั่งเขียนไม่ถูกต้อง"),
        ("{% endfor %}", {}, "ไม่มีคำสั่งเปิดคู่กัน"),
        ("{% fro x in y %}", {}, "ไม่รู้จักคำสั่ง fro"),
        ("{{ name | baht }}", {"name": "ห้าบาท"}, "คำนวณค่าไม่ได้"),
        ("{{ 1 / name }}", {"name": 0}, "คำนวณค่าไม่ได้"),
    ],
)
def test_an_error_names_place_tag_and_text_around_it(
    tmp_path: Path, tag: str, context: dict[str, object], words: str
) -> None:
    body = paragraph("ย่อหน้าแรก {{ 1 }}") + table(cell("ก"), cell("ข") + cell(f"เรียน {tag} ครับ"))
    error = refused(tmp_path, body, **context)
    assert error.place == "t.docx ตาราง ๑ แถว ๒ ช่อง ๒"
    assert words in error.message
    assert tag in error.message
    assert "เรียน" in error.message


def test_a_loop_without_end_is_an_error(tmp_path: Path) -> None:
    error = refused(tmp_path, paragraph("{%p for x in items %}") + paragraph("{{ x }}"), items=[])
    assert "คำสั่งปิด" in error.message


def test_an_error_outside_of_tables_names_the_paragraph(tmp_path: Path) -> None:
    body = table(cell("ก")) + paragraph("ข") + paragraph("{{ nothing }}")
    assert refused(tmp_path, body).place == "t.docx ย่อหน้า ๒"


def test_an_error_in_a_header_names_the_header(tmp_path: Path) -> None:
    parts = {"word/header2.xml": f"<w:hdr NAMESPACE>{paragraph('{{ nothing }}')}</w:hdr>"}
    template = word_template(tmp_path / "t.docx", paragraph("ก"), parts)
    with pytest.raises(TemplateError) as caught:
        render_document(template, {})
    assert caught.value.place == "t.docx หัวกระดาษ ย่อหน้า ๑"


@pytest.mark.parametrize("text", ["{{ name", "name }}", "{% if x", "ก %} ข"])
def test_braces_without_partner_are_an_error(tmp_path: Path, text: str) -> None:
    error = refused(tmp_path, paragraph("ก") + paragraph(text), name=1, x=1)
    assert "ไม่มีคู่" in error.message
    assert error.place == "t.docx ย่อหน้า ๒"


def test_loose_braces_in_a_property_are_an_error(tmp_path: Path) -> None:
    template = word_template(tmp_path / "t.docx", paragraph("ก"), {"docProps/core.xml": "<c>{{ name</c>"})
    with pytest.raises(TemplateError, match="ไม่มีคู่"):
        render_document(template, {"name": 1})


def test_a_row_tag_outside_of_a_table_is_an_error(tmp_path: Path) -> None:
    assert "ต้องอยู่ในตาราง" in refused(tmp_path, paragraph("{%tr for x in y %}"), y=[]).message


def test_a_condition_that_tears_the_document_is_an_error(tmp_path: Path) -> None:
    body = paragraph("{% if yes %}ก") + table(cell("ข{% endif %}"))
    assert "คร่อม" in refused(tmp_path, body, yes=False).message


def test_a_template_that_is_no_word_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(b"not a zip")
    with pytest.raises(TemplateError, match="เปิดแม่แบบไม่ได้"):
        render_document(tmp_path / "t.docx", {})
    with pytest.raises(TemplateError, match="เปิดแม่แบบไม่ได้"):
        render_document(tmp_path / "absent.docx", {})


def test_a_template_is_compiled_once_until_it_changes(tmp_path: Path) -> None:
    template = word_template(tmp_path / "t.docx", paragraph("ก"))
    first = compile_document(template)
    assert compile_document(template) is first
    word_template(template, paragraph("ข ข"))
    assert texts(render_document(template, {})) == ["ข ข"]


def test_the_same_context_gives_the_same_bytes(tmp_path: Path) -> None:
    template = word_template(tmp_path / "t.docx", paragraph("{{ x }}"))
    assert render_document(template, {"x": 1}) == render_document(template, {"x": 1})


def test_a_failure_leaves_the_old_file_and_no_scraps(tmp_path: Path) -> None:
    template = word_template(tmp_path / "t.docx", paragraph("{{ x }}"))
    target = tmp_path / "out" / "o.docx"
    target.parent.mkdir()
    fill_document(template, {"x": "เดิม"}, target)
    with pytest.raises(TemplateError):
        fill_document(template, {}, target)
    assert texts(target) == ["เดิม"]
    fill_document(template, {"x": "ใหม่"}, target)
    assert texts(target) == ["ใหม่"]
    assert [file.name for file in target.parent.iterdir()] == ["o.docx"]


def test_a_small_memo_takes_a_millisecond_and_a_thousand_sections_a_second(tmp_path: Path) -> None:
    body = "".join(paragraph(f"ข้อ {number} เรียน {{{{ name }}}} เรื่อง {{{{ title }}}}") for number in range(20))
    memo = word_template(tmp_path / "memo.docx", body)
    book = word_template(
        tmp_path / "book.docx", f"{paragraph('{%p for name in names %}')}{body}{paragraph('{%p endfor %}')}"
    )
    context = {"name": "ก" * 50, "title": "ข" * 50, "names": ["ก" * 50] * 1000}
    compile_document(memo), compile_document(book)
    start = time.process_time()
    for _ in range(20):
        render_document(memo, context)
    middle = time.process_time()
    render_document(book, context)
    # three times the measured cost, so that a busy machine does not fail the test
    assert (middle - start) / 20 < 0.003
    assert time.process_time() - middle < 3


def test_what_word_notes_about_editing_is_not_repeated(tmp_path: Path) -> None:
    body = (
        paragraph("{%p for x in items %}")
        + '<w:p w:rsidR="00A1"><w:bookmarkStart w:id="7" w:name="_GoBack"/><w:proofErr w:type="spellStart"/>'
        + '<w:r w:rsidRPr="00B2"><w:t>{{ x }}</w:t></w:r><w:bookmarkEnd w:id="7"/></w:p>'
        + paragraph("{%p endfor %}")
    )
    root = part(render_document(word_template(tmp_path / "t.docx", body), {"items": [1, 2]}))
    assert {etree.QName(element).localname for element in root.iter()} == {"document", "body", "p", "r", "t"}
    assert [element.attrib for element in root.iter(W + "p", W + "r")] == [{}] * 4


def test_repeated_drawings_get_numbers_of_their_own(tmp_path: Path) -> None:
    drawing = '<w:p><wp:docPr xmlns:wp="urn:wp" name="ตรา" id="3"/></w:p>'
    body = paragraph("{%p for x in items %}") + drawing + paragraph("{%p endfor %}")
    root = part(render_document(word_template(tmp_path / "t.docx", body), {"items": [1, 2]}))
    assert [element.get("id") for element in root.iter("{urn:wp}docPr")] == ["1", "2"]
