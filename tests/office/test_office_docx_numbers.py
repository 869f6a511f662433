"""List numbers that Word prints are told as Word prints them."""

from pathlib import Path

import pytest

from automation.office.blocks import Document, Para
from automation.office.docx_numbers import written
from automation.office.opening import open_file
from tests.office.office_files import docx, part_xml


@pytest.mark.parametrize(
    ("count", "shape", "text"),
    [
        (7, "decimal", "7"), (12, "thaiNumbers", "๑๒"), (3, "decimalZero", "03"), (1, "thaiLetters", "ก"),
        (3, "thaiLetters", "ค"), (4, "thaiLetters", "ง"), (41, "thaiLetters", "ฮ"), (42, "thaiLetters", "กก"),
        (2, "lowerLetter", "b"), (27, "upperLetter", "AA"), (0, "lowerLetter", "0"),
        (14, "lowerRoman", "xiv"),
        (1994, "upperRoman", "MCMXCIV"), (0, "upperRoman", "0"), (5, "none", ""), (6, "ideograph", "6"),
    ],
)  # fmt: skip
def test_number_formats(count: int, shape: str, text: str) -> None:
    assert written(count, shape) == text


def level(at: int, shape: str, text: str, more: str = "", font: str = "") -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>{more}'
        f'<w:lvlText w:val="{text}"/>{fonts}</w:lvl>'
    )


def item(list_id: int, at: int = 0, text: str = "ก") -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return f"<w:p><w:pPr>{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbers(folder: Path, body: str, numbering: str, styles: str = "") -> list[str]:
    parts = {"numbering": ("numbering.xml", part_xml("numbering", numbering))}
    if styles:
        parts["styles"] = ("styles.xml", part_xml("styles", styles))
    opened = open_file(docx(folder / "n.docx", body, parts))
    assert isinstance(opened, Document)
    return [block.number for block in opened.blocks if isinstance(block, Para)]


LEVELS = (
    level(0, "thaiNumbers", "%1.")
    + level(1, "thaiNumbers", "%1.%2")
    + level(2, "bullet", "\uf0b7", font="Symbol")
)
LIST = f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'


def num(list_id: int, abstract: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def test_levels_count_and_restart(tmp_path: Path) -> None:
    body = (
        item(1) + item(1, 1) + item(1, 1) + item(1, 2) + item(1) + item(1, 1) + item(0) + item(9) + item(1, 8)
    )
    assert numbers(tmp_path, body, LIST + num(1)) == ["๑.", "๑.๑", "๑.๒", "•", "๒.", "๒.๑", "", "", ""]


def test_two_lists_of_one_definition_go_on_counting_unless_told(tmp_path: Path) -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = item(1) + item(2) + item(3) + item(3) + item(1)
    assert numbers(tmp_path, body, LIST + num(1) + num(2) + num(3, 0, restart)) == [
        "๑.",
        "๒.",
        "๕.",
        "๖.",
        "๗.",
    ]


def test_a_level_of_its_own_for_one_list(tmp_path: Path) -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "ส่วนที่ %1")}</w:lvlOverride>'
    assert numbers(tmp_path, item(1), LIST + num(1, 0, own)) == ["ส่วนที่ I"]


def test_first_of_a_sub_level_shows_the_start_of_the_upper(tmp_path: Path) -> None:
    assert numbers(tmp_path, item(1, 1), LIST + num(1)) == ["๑.๑"]


def test_legal_numbers_and_levels_that_do_not_restart(tmp_path: Path) -> None:
    levels = level(0, "upperRoman", "%1") + level(
        1, "decimal", "%1.%2", '<w:lvlRestart w:val="0"/><w:isLgl/>'
    )
    body = item(1) + item(1, 1) + item(1) + item(1, 1)
    listing = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>' + num(1)
    assert numbers(tmp_path, body, listing) == ["I", "1.1", "II", "2.2"]


def test_bullets_that_are_check_boxes(tmp_path: Path) -> None:
    levels = (
        level(0, "bullet", "\uf0a8", font="Wingdings")
        + level(1, "bullet", "-")
        + level(2, "bullet", "\uf076")
    )
    listing = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>' + num(1)
    assert numbers(tmp_path, item(1) + item(1, 1) + item(1, 2), listing) == ["☐", "-", "•"]


def test_numbers_by_style_and_by_list_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="หัวข้อ"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="numbering" w:styleId="list">'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    linked = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="list"/></w:abstractNum>'
    body = '<w:p><w:pPr><w:pStyle w:val="h"/></w:pPr><w:r><w:t>ก</w:t></w:r></w:p>'
    off = '<w:p><w:pPr><w:pStyle w:val="h"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:p>'
    listing = LIST + linked + num(1) + num(2, 1)
    assert numbers(tmp_path, body + off + body, listing, styles) == ["๑.๑", "", "๑.๒"]
