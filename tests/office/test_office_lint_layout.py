"""The layout rules: every shipped template keeps them, and each departure is told with its place."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from automation.office.lint_layout import layout_rules
from automation.pipeline.linting import BASE, lint_templates, papers
from tests.documents.sample_letters import ROOT

TEMPLATES = ROOT / "templates"
DOCX = TEMPLATES / "docx"
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"


def told(path: Path, paper: str) -> list[str]:
    return [f"{place}: {message}" for place, message in layout_rules(path, TEMPLATES / BASE, paper)]


def changed(source: Path, target: Path, part: str, old: str, new: str) -> Path:
    """A copy of the template with a text of one of its parts replaced, which must be there."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w") as copy:
        for name in package.namelist():
            data = package.read(name).decode("utf-8") if name == part else None
            if data is not None:
                assert old in data
            copy.writestr(name, package.read(name) if data is None else data.replace(old, new))
    return target


@pytest.mark.parametrize("path", papers(TEMPLATES), ids=lambda path: path.stem)
def test_every_shipped_template_keeps_the_layout(path: Path) -> None:
    assert told(path, papers(TEMPLATES)[path]) == []


MEMO, LETTER, ORDER = "memo-approve-project", "letter", "order-committee"


@pytest.mark.parametrize(
    ("name", "paper", "part", "old", "new", "remark"),
    [
        (MEMO, "memo", DOCUMENT, 'w:left="1701"', 'w:left="1134"', "ส่วนที่ ๑ ของเอกสาร: ขอบซ้าย ๒.๐๐ ซม."),
        (MEMO, "memo", DOCUMENT, 'w:top="1021"', 'w:top="1418"', "ขอบบน ๒.๕๐ ซม. ควรเป็น ๑.๘๐ ซม."),
        (ORDER, "order", DOCUMENT, 'w:w="11906"', 'w:w="12240"', "ไม่ใช่ขนาด A4"),
        (ORDER, "order", DOCUMENT, "<w:titlePg/>", "", "หน้าแรกต้องไม่มีเลขหน้า"),
        (ORDER, "order", DOCUMENT, "thaiNumbers", "decimal", "ต้องเป็นเลขไทย"),
        (ORDER, "order", "word/header1.xml", " PAGE ", " DATE ", "หัวกระดาษ: ไม่มีเลขหน้า"),
        (MEMO, "memo", DOCUMENT, 'cy="540000"', 'cy="1080000"', "ต้องสูง ๑.๕ ซม."),
        (ORDER, "order", DOCUMENT, 'cy="1080000"', 'cy="720000"', "ต้องสูง ๓ ซม."),
        (ORDER, "order", DOCUMENT, "<wp:posOffset>540000<", "<wp:posOffset>900000<", "ขอบบนของกระดาษ"),
        (MEMO, "memo", DOCUMENT, "<wp:align>left<", "<wp:align>center<", "ต้องชิดขอบซ้าย"),
        (ORDER, "order", DOCUMENT, 'name="ตราครุฑ"', 'name="ภาพ"', "ไม่มีภาพตราครุฑ"),
        (MEMO, "memo", DOCUMENT, ">บันทึกข้อความ<", ">บันทึก<", "ไม่มีคำว่า “บันทึกข้อความ”"),
        (MEMO, "memo", DOCUMENT, ">ส่วนราชการ<", ">หน่วยงาน<", "ไม่มีป้าย “ส่วนราชการ”"),
        (MEMO, "memo", DOCUMENT, '"DottedText"', '"StrongText"', "ย่อหน้า ๒: บรรทัดหัวบันทึกต้องจบด้วยแท็บ"),
        (MEMO, "memo", DOCUMENT, "จึงเรียนมาเพื่อ", "ขอแสดงความนับถือ", "ไม่มีคำลงท้าย"),
        (LETTER, "letter", DOCUMENT, "Complimentary", "BodyText", "ต้องอยู่หน้าเดียวกับลายมือชื่อ"),
        (ORDER, "order", DOCUMENT, "<w:r><w:t", '<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t', "ที่ข้อความเอง"),
        (MEMO, "memo", STYLES, '<w:sz w:val="58"/>', '<w:sz w:val="48"/>', "rPr/sz/val เป็น 48 ควรเป็น 58"),
        (MEMO, "memo", STYLES, 'w:line="700"', 'w:line="600"', "pPr/spacing/line เป็น 600 ควรเป็น 700"),
        (MEMO, "memo", STYLES, 'w:pos="4294"', 'w:pos="4000"', "ลักษณะ “บรรทัดที่และวันที่”"),
        (ORDER, "order", STYLES, 'w:firstLine="2835"', 'w:firstLine="1417"', "ลักษณะ “สั่ง ณ วันที่”"),
    ],
)  # fmt: skip
def test_each_departure_is_told_with_its_place(
    tmp_path: Path, name: str, paper: str, part: str, old: str, new: str, remark: str
) -> None:
    broken = changed(DOCX / f"{name}.docx", tmp_path / "broken.docx", part, old, new)
    assert any(remark in line for line in told(broken, paper)), told(broken, paper)


def test_a_solid_rule_under_the_head_is_told(tmp_path: Path) -> None:
    old = '<w:pStyle w:val="MemoSubject"/>'
    rule = f'{old}<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
    broken = changed(DOCX / f"{MEMO}.docx", tmp_path / "broken.docx", DOCUMENT, old, rule)
    assert any("ไม่ใช่เส้นทึบ" in line for line in told(broken, "memo"))


def test_what_is_no_word_file_is_left_to_the_other_rules(tmp_path: Path) -> None:
    path = tmp_path / "no.docx"
    path.write_text("no")
    assert told(path, "memo") == []


def test_lint_tells_of_the_layout(workspace: Callable[[], Path]) -> None:
    templates = workspace() / "templates"
    memo = templates / "docx" / f"{MEMO}.docx"
    changed(DOCX / memo.name, memo, DOCUMENT, 'w:left="1701"', 'w:left="1134"')
    (result,) = lint_templates(templates, [memo])
    assert {problem["severity"] for problem in result["problems"]} == {"warning"}


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[[], Path]:
    from automation.pipeline.workspace import make_workspace

    return lambda: make_workspace(tmp_path / "งาน")
