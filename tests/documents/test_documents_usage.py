"""Where the sources on correspondence differ: make, lint and restyle obey the office."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from automation.config import load_config
from automation.documents.context import build
from automation.documents.make import make
from automation.documents.proofread import proofread_document
from automation.errors import ConfigError
from automation.office.lint_layout import layout_rules
from automation.office.restyle import restyle
from automation.thai.usage import DEFAULT, Usage
from tests.documents.sample_books import sample_year
from tests.documents.sample_letters import OFFICE, ROOT, kind, sample_meeting

LETTER = {
    "recipient": "อัยการสูงสุด",
    "subject": "ขอความอนุเคราะห์",
    "cause": "ด้วยสำนักต่าง ๆ จะประชุม เวลา 09.30 นาฬิกา",
    "request": "จึงขอข้อมูล",
    "date": "2026-01-14",
}
BASE = ROOT / "templates" / "docx" / "base.docx"
CM = 567


def paper(name: str, folder: Path, usage: Usage) -> Any:
    context = build(
        kind(name),
        sample_year(),
        OFFICE | (LETTER if name == "letter" else {"date": "2026-01-14"}),
        meeting=sample_meeting(),
        highest_posts=usage.highest_posts,
    )
    return Document(str(make(kind(name), context, folder, usage=usage)))


def text(document: Any) -> str:
    return "\n".join(p.text for p in document.paragraphs).replace("\u00a0", " ")


def cm(length: Any) -> float:
    return round(float(length.cm), 1)


def style(document: Any, name: str) -> Any:
    return next(item for item in document.styles if item.style_id == name)


def spaces(document: Any) -> int:
    """Empty lines before the first name in brackets."""
    ids = [p.style.style_id for p in document.paragraphs]
    return ids[: ids.index("SignatureBlock")].count("SignatureSpace")


def jc(document: Any) -> str:
    found = style(document, "BodyText").element.find(".//{*}jc")
    return str(next(iter(found.attrib.values())))


SEEN = {
    "top_cm": lambda letter, memo: cm(letter.sections[0].top_margin),
    "memo_top_cm": lambda letter, memo: cm(memo.sections[0].top_margin),
    "bottom_cm": lambda letter, memo: tuple(cm(item.sections[-1].bottom_margin) for item in (letter, memo)),
    "memo_blank_lines": lambda letter, memo: spaces(memo),
    "letter_office_cm": lambda letter, memo: cm(style(letter, "LetterNumber").paragraph_format.left_indent),
    "letter_date_cm": lambda letter, memo: cm(style(letter, "LetterDate").paragraph_format.left_indent),
    "alignment": lambda letter, memo: jc(memo),
    "hours": lambda letter, memo: ("๐๙.๓๐ น." in text(letter), "๐๙.๓๐ นาฬิกา" in text(memo)),
    "time_sign": lambda letter, memo: ("๐๙:๓๐ นาฬิกา" in text(letter), "๐๙.๓๐" in text(memo)),
    "era_in_dates": lambda letter, memo: all("๑๔ มกราคม พ.ศ. ๒๕๖๙" in text(item) for item in (letter, memo)),
    "space_before_repeat": lambda letter, memo: ("ต่าง ๆ" in text(letter), "ต่างๆ จะ" in text(letter)),
    "highest_posts": lambda letter, memo: "กราบเรียน\tอัยการสูงสุด" in text(letter),
}  # fmt: skip
"""Setting → what a letter and a memo show of it."""
CASES: Mapping[str, tuple[Any, Any, Any]] = {
    "top_cm": (2.5, 1.5, 1.5),
    "memo_top_cm": (1.8, 2.5, 2.5),
    "bottom_cm": ((2.0, 2.0), 1.5, (1.5, 1.5)),
    "memo_blank_lines": (3, 1, 1),
    "letter_office_cm": (9.2, 8.8, 8.8),
    "letter_date_cm": (7.5, 9.4, 9.4),
    "alignment": ("thaiDistribute", "left", "left"),
    "hours": ((False, True), "น.", (True, False)),
    "time_sign": ((False, True), ":", (True, False)),
    "era_in_dates": (False, True, True),
    "space_before_repeat": ((True, False), False, (False, True)),
    "highest_posts": (False, ("อัยการสูงสุด",), True),
}
"""Setting → what is seen by default, another value, what is seen then."""


def test_every_setting_has_its_case() -> None:
    assert CASES.keys() == SEEN.keys() == set(Usage.__dataclass_fields__) - {"catch_words"}


@pytest.mark.parametrize("name", CASES)
def test_a_document_with_each_value(name: str, tmp_path: Path) -> None:
    usual, value, changed = CASES[name]
    for usage, seen in ((DEFAULT, usual), (replace(DEFAULT, **{name: value}), changed)):
        folder = tmp_path / str(usage == DEFAULT)
        letter, memo = paper("letter", folder, usage), paper("invitation", folder, usage)
        assert SEEN[name](letter, memo) == seen
        for path in folder.glob("*.docx"):
            assert OpenXmlValidator().validate(str(path)).errors == []
            assert proofread_document(path, usage) == ()


@pytest.mark.parametrize(
    "name", [name for name in CASES if name.endswith("_cm") or name in ("alignment", "memo_blank_lines")]
)
def test_templates_follow_in_one_command(name: str, tmp_path: Path) -> None:
    usage = replace(DEFAULT, **{name: CASES[name][1]})
    told = 0
    for template, of in (("letter", "letter"), ("memo-delivery", "memo")):
        path = tmp_path / f"{template}.docx"
        shutil.copy(BASE.with_name(path.name), path)
        assert layout_rules(path, BASE, of) == ()
        told += len(layout_rules(path, BASE, of, usage))
        restyle(path, BASE, of, usage)
        assert layout_rules(path, BASE, of, usage) == ()
        assert restyle(path, BASE, of, usage) == ()
        restyle(path, BASE, of)
        assert layout_rules(path, BASE, of) == ()
    assert told > 0


SETTINGS = """
year = 2570
[office]
name = "สำนักงานเลขาธิการวุฒิสภา"
bureau = "สำนักนโยบายและแผน"
[correspondence]
{line}
[[bureaus]]
name = "สำนักนโยบายและแผน"
short = "นผ"
"""


def test_the_settings_of_the_office_are_read(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(SETTINGS.format(line='hours = "น."\nmemo_top_cm = 2.5'), "utf-8")
    assert load_config(tmp_path).usage == Usage(hours="น.", memo_top_cm=2.5)
    (tmp_path / "config.toml").write_text(SETTINGS.format(line=""), "utf-8")
    assert load_config(tmp_path).usage == DEFAULT


@pytest.mark.parametrize(
    "line", ['hours = "โมง"', "memo_blank_lines = 9", "top_cm = 40", 'alignment = "center"', "margins = 2"]
)
def test_what_is_no_choice_is_told(line: str, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(SETTINGS.format(line=line), "utf-8")
    with pytest.raises(ConfigError, match="correspondence"):
        load_config(tmp_path)


def test_the_manual_lists_every_setting() -> None:
    manual = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    settings = (ROOT / "config.toml").read_text(encoding="utf-8")
    for name in (*CASES, "catch_words"):
        assert f"`{name}`" in manual, name
        assert f"\n{name} = " in settings, name
