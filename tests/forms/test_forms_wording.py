"""List numbers, label keys and the vocabulary of labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.errors import ConfigError
from automation.forms.blueprint import Anchor, Blueprint, Looped, Option
from automation.forms.vocabulary import OTHER, Grade, Vocabulary, build_vocabulary, load_vocabulary
from automation.forms.wording import clean, key, keys, numbering, without_number


@pytest.mark.parametrize(
    ("text", "form", "values"),
    [
        ("๑. ชื่อโครงการ", "plain.", (1,)),
        ("12) ข้อ", "plain)", (12,)),
        ("(๓) ข้อ", "round", (3,)),
        ("๗.๑ เพื่อ", "deep2", (7, 1)),
        ("๘.๑.๒ เรื่อง", "deep3", (8, 1, 2)),
        ("ส่วนที่ ๓ รายละเอียด", "part", (3,)),
        ("ค.๓ ผลที่จะส่งมอบ", "section", (ord("ค"), 3)),
        ("- รายการ", "bullet", ()),
        ("• รายการ", "bullet", ()),
    ],
)
def test_a_list_number_tells_its_form(text: str, form: str, values: tuple[int, ...]) -> None:
    found = numbering(text)
    assert found is not None
    assert (found.form, found.values) == (form, values)


@pytest.mark.parametrize("text", ["๑.๒ ล้านหน้า", "๒๕๗๐", "๓๐ กันยายน", "พ.ศ. ๒๕๗๐", "ก.พ. - มี.ค.", "โครงการ"])
def test_figures_and_abbreviations_are_no_list_numbers(text: str) -> None:
    assert numbering(text) is None
    assert without_number(text) == text


def test_a_label_has_one_key_however_it_is_typed() -> None:
    assert key("๑๐. กลุ่มเป้าหมาย * :") == key("กลุ่มเป้าหมาย") == key("กลุ่มเป้าหมาย........")
    assert key("เเผนการดําเนินงาน") == key("แผนการดำเนินงาน")
    assert keys("ผลผลิต (Output)") == ("ผลผลิตoutput", "ผลผลิต")


def test_a_value_loses_leaders_and_invisible_letters_only() -> None:
    assert clean("อาคาร\u200bรัฐสภา  กรุงเทพฯ............") == "อาคารรัฐสภา กรุงเทพฯ"
    assert clean("ปี พ.ศ. ๒๕๗๐") == "ปี พ.ศ. ๒๕๗๐"


@given(st.text(max_size=60))
def test_numbering_never_takes_the_whole_of_a_worded_text(text: str) -> None:
    found = numbering(text)
    assert found is None or 0 < found.length <= len(text)
    assert without_number(text) == without_number(text).strip()


def _vocabulary() -> Vocabulary:
    blueprint = Blueprint(
        form="project",
        anchors=(
            Anchor(label="สถานที่ดำเนินการ", fields=("place",)),
            Anchor(label="จำนวนเงิน", fields=("budget.total",), group="งบประมาณ"),
        ),
        loops=(Looped(path="indicators", columns=(("ตัวชี้วัดความสำเร็จ", "name"), ("หน่วยนับ", "unit"))),),
        options=(Option(field="continuity", value="new", label="ใหม่"),),
    )
    entries = {
        "place": {"labels": ["พื้นที่ดำเนินงาน"], "stems": ["สถานที่"]},
        "name": {"labels": ["ชื่อโครงการ"], "short": ["โครงการ"]},
        "budget.total": {"within": ["จำนวนเงิน"]},
        "evaluation": {"stems": ["ติดตาม+ผล"]},
        OTHER: {"stems": ["ความเสี่ยง"]},
    }
    return build_vocabulary(blueprint, entries)


@pytest.mark.parametrize(
    ("text", "within", "loose", "slot", "grade"),
    [
        ("๑๓. สถานที่ดำเนินการ", "", False, "place", Grade.ANCHOR),
        ("พื้นที่ดำเนินงาน :", "", False, "place", Grade.LABEL),
        ("โครงการ", "", False, "name", Grade.SHORT),
        ("จำนวนเงิน", "budget", False, "budget.total", Grade.WITHIN),
        ("สถานที่จัดงานเลี้ยง", "", True, "place", Grade.STEM),
        ("การติดตามผลการดำเนินงาน", "", True, "evaluation", Grade.STEM),
        ("สถานที่ดำเนินกการ", "", True, "place", Grade.TYPO),
        ("ความเสี่ยงของโครงการ", "", True, OTHER, Grade.STEM),
        ("ชื่อโครงการ/กิจกรรม", "", False, "name", Grade.LABEL),
    ],
)
def test_a_wording_names_its_slot(text: str, within: str, loose: bool, slot: str, grade: Grade) -> None:
    match = _vocabulary().match(text, within=within, loose=loose)
    assert match is not None
    assert (match.slot, match.grade) == (slot, grade)


@pytest.mark.parametrize(
    ("text", "within"),
    [("จำนวนเงิน", ""), ("จำนวนเงิน", "goals"), ("สถานที่จัดงานเลี้ยง", ""), ("อื่น ๆ", "")],
)
def test_a_wording_out_of_place_names_nothing(text: str, within: str) -> None:
    assert _vocabulary().match(text, within=within) is None


def test_text_with_a_value_is_never_a_loose_label() -> None:
    assert _vocabulary().match("สถานที่จัดงาน  อาคารรัฐสภา", loose=True) is None


def test_columns_and_choices_come_from_the_template() -> None:
    vocabulary = _vocabulary()
    assert vocabulary.leaves("หน่วยนับ", "indicators") == {"unit"}
    assert vocabulary.leaves("หน่วยนับ", "history") == set()
    choice = vocabulary.choice("โครงการใหม่", ("continuity",))
    assert choice is None or choice.value == "new"
    exact = vocabulary.choice("ใหม่", ("continuity",))
    assert exact is not None
    assert exact.value == "new"


def test_a_broken_label_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "labels.toml"
    file.write_text("[project", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"labels\.toml"):
        load_vocabulary(Blueprint(form="project"), file)
