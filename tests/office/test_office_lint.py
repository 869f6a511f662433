"""What `lint` finds in templates, with place and severity; and that it is silent about good ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from template_files import cell, paragraph, sheet_template, table, word_template

from automation.model import RECORD_TYPES, Project
from automation.office.lint import Problem, lint_template

FONT = '<w:rFonts w:ascii="TH SarabunPSK" w:hAnsi="TH SarabunPSK" w:cs="TH SarabunPSK"/>'
GOOD = f'{FONT}<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:bidi="th-TH"/>'


def styles(defaults: str = GOOD, more: str = "") -> dict[str, str]:
    content = f"<w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>{more}"
    return {"word/styles.xml": f"<w:styles NAMESPACE>{content}</w:styles>"}


def linted(
    tmp_path: Path,
    body: str,
    known: Mapping[str, Any] = RECORD_TYPES,
    parts: Mapping[str, str] | None = None,
) -> tuple[Problem, ...]:
    return lint_template(word_template(tmp_path / "t.docx", body, parts), known)


def messages(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{problem.severity} {problem.place} {problem.message}" for problem in problems]


@pytest.mark.parametrize(
    "body",
    [
        paragraph("{{ project.budget.total | baht }}"),
        paragraph("{%p for line in project.budget.lines %}")
        + paragraph("{{ line.item }}")
        + paragraph("{%p endfor %}"),
        paragraph("{% for x in project.responsible | sort(attribute='name') %}{{ x.phone }}{% endfor %}"),
        paragraph("{{ (project.responsible | first).email }}{{ project.responsible[0].name }}"),
        paragraph(
            "{% for pair in project.indicators | batch(2) %}{% for x in pair %}{{ x.unit }}{% endfor %}"
            "{% endfor %}"
        ),
        paragraph(
            "{% set budget = project.budget %}{{ budget.source }}{% if budget.total > 1 %}ก{% endif %}"
        ),
        paragraph("{% for month, money in project.budget.months.items() %}{{ month.x }}{% endfor %}"),
        paragraph("{{ (project.place or project.name).upper() }}"),
        paragraph("{{ extra.anything.at.all }}{{ facts.number }}"),
    ],
)
def test_good_fields_pass(tmp_path: Path, body: str) -> None:
    assert linted(tmp_path, body, {"project": Project, "extra": None, "facts": {"number": None}}) == ()


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("{{ projet.name }}", "ไม่มีข้อมูลชื่อ projet"),
        ("{{ project.nmae }}", "ไม่มีข้อมูลชื่อ nmae ใน Project"),
        ("{{ project.budget.sum | baht }}", "ไม่มีข้อมูลชื่อ sum ใน Budget"),
        ("{% for x in project.responsible %}{{ x.mail }}{% endfor %}", "ไม่มีข้อมูลชื่อ mail ใน Person"),
        ("{{ (project.history | last).profit }}", "ไม่มีข้อมูลชื่อ profit ใน HistoryYear"),
        ("{{ facts.nubmer }}", "ไม่มีข้อมูลชื่อ nubmer"),
        ("{% if project.kynd %}ก{% endif %}", "ไม่มีข้อมูลชื่อ kynd ใน Project"),
        ("{% for x in project.responsible if x.agde %}{% endfor %}", "ไม่มีข้อมูลชื่อ agde ใน Person"),
    ],
)
def test_unknown_fields_are_found_with_their_place(tmp_path: Path, tag: str, message: str) -> None:
    body = table(cell("ก") + cell(tag), columns=2)
    found = [
        p
        for p in linted(tmp_path, body, {"project": Project, "facts": {"number": None}})
        if message in p.message
    ]
    assert [(p.place, p.severity) for p in found] == [("ตาราง ๑ แถว ๑ ช่อง ๒", "error")]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (paragraph("{{ project.name"), "ไม่มี"),
        (paragraph("{% for x in project.outputs %}"), "คำสั่ง for ไม่มีคำสั่งปิด endfor"),
        (paragraph("{% endfor %}"), "ไม่มีคำสั่งเปิดคู่กัน"),
        (paragraph("{{ project.name | bath }}"), "ไม่รู้จักตัวกรอง bath"),
        (paragraph("{% for x in project.outputs %}{% endfor %}{{ x }}"), "มีเฉพาะภายในลูป"),
        (paragraph("{%tr for x in project.outputs %}{%tr endfor %}"), "ต้องอยู่ในตาราง"),
    ],
)
def test_broken_tags_are_told_in_thai(tmp_path: Path, body: str, message: str) -> None:
    found = linted(tmp_path, paragraph("ก") + body)
    assert any(message in problem.message for problem in found), messages(found)
    assert {problem.place for problem in found} == {"ย่อหน้า ๒"}
    assert {problem.severity for problem in found} == {"error"}


def test_text_beside_a_row_tag_would_be_lost(tmp_path: Path) -> None:
    body = table(cell("{%tr for x in project.outputs %} สำคัญ"), cell("{{ x }}"), cell("{%tr endfor %}"))
    found = [p for p in linted(tmp_path, body) if "จะหายไป" in p.message]
    assert [p.place for p in found] == ["ตาราง ๑ แถว ๑ ช่อง ๑"]


def test_a_broken_header_names_the_header(tmp_path: Path) -> None:
    parts = {"word/header1.xml": f"<w:hdr NAMESPACE>{paragraph('{{ project.nmae }}')}</w:hdr>"}
    assert linted(tmp_path, paragraph("ก"), parts=parts)[0].place == "หัวกระดาษ ย่อหน้า ๑"


@pytest.mark.parametrize(
    ("defaults", "message"),
    [
        ("", "ไม่ได้กำหนดแบบอักษรเริ่มต้น"),
        (GOOD.replace(' w:cs="TH SarabunPSK"', ""), "ไม่มีแบบอักษรไทย"),
        (GOOD.replace("w:cs=", 'w:cstheme="minorBidi" w:cs='), "ชุดรูปแบบ (theme)"),
        (GOOD.replace('<w:szCs w:val="32"/>', ""), "ขนาดอักษรไทย"),
        (GOOD.replace('w:bidi="th-TH"', ""), "ภาษาไทย"),
        (GOOD + "<w:b/>", "ตัวหนาไม่ครบ"),
    ],
)
def test_defaults_that_thai_does_not_obey(tmp_path: Path, defaults: str, message: str) -> None:
    (problem,) = linted(tmp_path, paragraph("ก"), parts=styles(defaults))
    assert message in problem.message
    assert (problem.severity, problem.place) == ("error", "ค่าเริ่มต้นของเอกสาร (docDefaults)")


def test_styles_and_runs_that_thai_does_not_obey(tmp_path: Path) -> None:
    style = (
        '<w:style><w:name w:val="หัวข้อ"/><w:rPr><w:b/></w:rPr></w:style><w:style><w:name w:val="x"/></w:style>'
    )
    run = '<w:p><w:r><w:rPr><w:sz w:val="40"/></w:rPr><w:t>{}</w:t></w:r></w:p>'
    body = run.format("ไทย") + run.format("Latin only") + run.format("{{ project.name }}")
    assert messages(linted(tmp_path, body, parts=styles(more=style))) == [
        "warning ลักษณะ “หัวข้อ” ตัวหนาไม่ครบทั้งอักษรอังกฤษและอักษรไทย (complex script)",
        "warning ย่อหน้า ๑ ขนาดอักษรไทย (complex script) ไม่ตรงกับขนาดอักษรที่กำหนด",
        "warning ย่อหน้า ๓ ขนาดอักษรไทย (complex script) ไม่ตรงกับขนาดอักษรที่กำหนด",
    ]


def test_tables_that_do_not_hold_their_shape(tmp_path: Path) -> None:
    height = '<w:tr><w:trPr><w:trHeight w:val="300" w:hRule="exact"/></w:trPr>'
    loose = "<w:tbl><w:tblPr/>" + f"{height}{cell('ก')}</w:tr></w:tbl>"
    assert messages(linted(tmp_path, loose)) == [
        "error ตาราง ๑ ตารางไม่มีความกว้างคอลัมน์ (tblGrid) ให้ตั้งความกว้างทุกคอลัมน์",
        "warning ตาราง ๑ ตารางปรับความกว้างตามเนื้อหา ให้ตั้งเป็นความกว้างคงที่ (Fixed column width)",
        "warning ตาราง ๑ แถว ๑ ช่อง ๑ แถวสูงคงที่ ข้อความที่ยาวกว่าจะถูกตัดหาย ให้ตั้งเป็น “อย่างน้อย”",
    ]


def test_a_table_that_grows_repeats_its_heading(tmp_path: Path) -> None:
    rows = [cell("หัว"), cell("{%tr for x in project.outputs %}"), cell("{{ x }}"), cell("{%tr endfor %}")]
    wanted = "ให้ตั้งแถวแรกเป็นหัวตารางที่พิมพ์ซ้ำทุกหน้า"
    found = [p for p in linted(tmp_path, table(*rows)) if wanted in p.message]
    assert [(p.place, p.severity) for p in found] == [("ตาราง ๑", "warning")]
    assert not [p for p in linted(tmp_path, table(*rows[1:])) if wanted in p.message]
    heading = table(*rows).replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1)
    assert not [p for p in linted(tmp_path, heading) if wanted in p.message]


def test_a_workbook_is_checked_too(tmp_path: Path) -> None:
    cells = {
        "A1": "{{ progress.yaer }}",
        "A2": "{%tr for row in progress.rows %}",
        "A3": "{{ row.nmae }}",
        "B3": "{{ loop.index }} {{ row.spent }}",
        "A4": "{%tr endfor %}",
        "A5": "{%tr if progress.bureau %}",
        "A6": "{{ row }}",
        "A7": "{%tr endif %}",
    }
    found = lint_template(sheet_template(tmp_path / "t.xlsx", cells), RECORD_TYPES)
    assert [(problem.place, problem.message) for problem in found] == [
        ("แผ่น!A1", "ไม่มีข้อมูลชื่อ yaer ใน Progress ในคำสั่ง {{ progress.yaer }}"),
        ("แผ่น!A3", "ไม่มีข้อมูลชื่อ nmae ใน ProgressRow ในคำสั่ง {{ row.nmae }}"),
        ("แผ่น!A6", "ไม่มีข้อมูลชื่อ row ในคำสั่ง {{ row }}"),
    ]


def test_files_that_cannot_be_opened_are_a_problem_not_a_crash(tmp_path: Path) -> None:
    for name in ("t.docx", "t.xlsx"):
        (tmp_path / name).write_bytes(b"not a zip")
        (problem,) = lint_template(tmp_path / name, RECORD_TYPES)
        assert "เปิดแม่แบบไม่ได้" in problem.message


def test_a_fault_that_only_our_compiler_sees(tmp_path: Path) -> None:
    cells = {"A1": "{%tr for row in progress.rows %}", "A2": "{{ row.name }}"}
    (problem,) = lint_template(sheet_template(tmp_path / "t.xlsx", cells), RECORD_TYPES)
    assert (problem.place, problem.severity) == ("แผ่น!A1", "error")
