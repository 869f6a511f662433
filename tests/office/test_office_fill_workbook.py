"""Filling Excel templates: values, repeated rows, merges, formulas, places of errors."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace as Item

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from template_files import part, sheet_template, values, word_template

from automation.errors import TemplateError
from automation.office.compile_sheet import S
from automation.office.fill_workbook import compile_workbook, fill_workbook, render_workbook

SHEET = "xl/worksheets/sheet1.xml"


def filled(tmp_path: Path, cells: dict[str, object], context: dict[str, object], **more: str) -> Path:
    target = tmp_path / "o.xlsx"
    fill_workbook(sheet_template(tmp_path / "t.xlsx", cells, **more), context, target)
    return target


def refused(tmp_path: Path, cells: dict[str, object], **context: object) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        filled(tmp_path, cells, context)
    return caught.value


LIST = {
    "A1": "หัว",
    "A2": "{%tr for x in items %}",
    "A3": "{{ loop.index }}",
    "B3": "{{ x }}",
    "A4": "{%tr endfor %}",
}


def test_values_keep_their_kind(tmp_path: Path) -> None:
    cells = {
        "A1": "{{ n }}",
        "A2": "{{ d }}",
        "A3": "{{ t }}",
        "A4": "ปี {{ n | thai }}",
        "A5": "{{ b }}",
        "A6": "{{ no }}",
    }
    context = {"n": Decimal("1250.50"), "d": dt.date(2026, 12, 1), "t": "=1+1", "b": True, "no": None}
    out = filled(tmp_path, cells, context)
    assert values(out) == [(1250.5,), (46357,), ("=1+1",), ("ปี ๑๒๕๐.๕๐",), (True,), (None,)]
    assert load_workbook(out)["แผ่น"]["A3"].data_type == "s"


def test_rows_repeat_and_what_follows_moves_down(tmp_path: Path) -> None:
    out = filled(tmp_path, {**LIST, "A5": "ท้าย", "B7": "ลงชื่อ"}, {"items": ["ก", "ข", "ค"]})
    assert values(out) == [
        ("หัว", None), (1, "ก"), (2, "ข"), (3, "ค"), ("ท้าย", None), (None, None), (None, "ลงชื่อ"),
    ]  # fmt: skip


def test_an_empty_list_leaves_one_row_to_write_on(tmp_path: Path) -> None:
    out = filled(tmp_path, {**LIST, "A5": "ท้าย"}, {"items": []})
    assert values(out) == [("หัว", None), (None, None), ("ท้าย", None)]


def test_rows_on_a_condition(tmp_path: Path) -> None:
    cells = {"A1": "{%tr if yes %}", "A2": "มี", "A3": "{%tr endif %}", "A4": "ท้าย"}
    assert values(filled(tmp_path, cells, {"yes": True})) == [("มี",), ("ท้าย",)]
    assert values(filled(tmp_path, cells, {"yes": False})) == [("ท้าย",)]


NESTED = {
    "A1": "{%tr for group in groups %}",
    "A2": "{%tr for x in group.items %}",
    "A3": "{{ group.name }}",
    "B3": "{{ x }}",
    "C3": "{{ loop.index }}",
    "A4": "{%tr endfor %}",
    "A5": "{%tr endfor %}",
}


def test_what_belongs_to_the_group_is_printed_once_and_merged(tmp_path: Path) -> None:
    groups = [Item(name="ก", items=(1, 2, 3)), Item(name="ข", items=()), Item(name="ก", items=(4,))]
    out = filled(tmp_path, NESTED, {"groups": groups})
    assert values(out) == [("ก", 1, 1), (None, 2, None), (None, 3, None), ("ข", None, 2), ("ก", 4, 3)]
    assert sorted(map(str, load_workbook(out)["แผ่น"].merged_cells.ranges)) == ["A1:A3", "C1:C3"]


def test_merges_and_choices_follow_their_rows(tmp_path: Path) -> None:
    cells = {
        "A1": "ป้าย",
        "B1": "{%tr for x in items %}",
        "B2": "{{ x }}",
        "B3": "{%tr endfor %}",
        "B4": "ท้าย",
    }
    out = filled(tmp_path, cells, {"items": ["ก", "ข"]}, merge="A1:A3", choose="B2")
    assert values(out) == [("ป้าย", "ก"), (None, "ข"), (None, "ท้าย")]
    sheet = load_workbook(out)["แผ่น"]
    assert [str(box) for box in sheet.merged_cells.ranges] == ["A1:A2"]
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["B1:B2"]


def test_print_area_and_filter_grow_with_the_rows(tmp_path: Path) -> None:
    out = filled(tmp_path, {**LIST, "A5": "ท้าย"}, {"items": ["ก", "ข", "ค"]}, area="A1:B4")
    sheet = load_workbook(out)["แผ่น"]
    assert sheet.print_area == "'แผ่น'!$A$1:$B$4"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == "A1:B4"
    grown = filled(tmp_path, {**LIST, "A5": "ท้าย"}, {"items": ["ก"] * 9}, area="A1:B5")
    assert load_workbook(grown)["แผ่น"].print_area == "'แผ่น'!$A$1:$B$11"


def test_a_merge_inside_a_repeated_row_repeats(tmp_path: Path) -> None:
    out = filled(tmp_path, LIST, {"items": ["ก", "ข"]}, merge="B3:C3")
    assert sorted(map(str, load_workbook(out)["แผ่น"].merged_cells.ranges)) == ["B2:C2", "B3:C3"]


def test_formulas_know_their_row_and_keep_a_value(tmp_path: Path) -> None:
    cells = {
        **LIST,
        "C3": '{{ x | formula("=B{row}*2") }}',
        "B5": '{{ items | total | formula("=SUM(B{first}:B{last})") }}',
    }
    out = filled(tmp_path, cells, {"items": [Decimal(5), Decimal(7)]})
    assert [row[1:] for row in values(out, formulas=True)] == [
        (None, None), (5, "=B2*2"), (7, "=B3*2"), ("=SUM(B2:B3)", None),
    ]  # fmt: skip
    assert [row[1:] for row in values(out)] == [(None, None), (5, 5), (7, 7), (12, None)]


def test_long_text_makes_its_row_higher(tmp_path: Path) -> None:
    out = filled(tmp_path, LIST, {"items": ["สั้น", "ยาวมาก " * 30]})
    heights = load_workbook(out)["แผ่น"].row_dimensions
    assert heights[2].height < 20
    assert heights[3].height > 100
    assert [row.get("customHeight") for row in part(out, SHEET).iter(S + "row")] == [None] * 3


def test_a_merged_text_gets_its_room_from_all_its_rows(tmp_path: Path) -> None:
    cells = {**NESTED, "B3": "{{ group.name }}", "A3": "{{ x }}"}
    out = filled(tmp_path, cells, {"groups": [Item(name="ยาวมาก " * 30, items=(1, 2))]})
    heights = load_workbook(out)["แผ่น"].row_dimensions
    assert heights[1].height < 20
    assert heights[2].height > 100
    assert [row.get("customHeight") for row in part(out, SHEET).iter(S + "row")] == [None, "1"]


def test_a_sheet_without_tags_stays(tmp_path: Path) -> None:
    out = filled(tmp_path, LIST, {"items": ["ก"]})
    assert values(out, "คำอธิบาย") == [("ไม่มีช่องเติมค่า",)]


@given(st.text(min_size=1).filter(lambda text: text.strip() and "\r" not in text))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, value: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    if not (folder / "any.xlsx").exists():
        sheet_template(folder / "any.xlsx", {"A1": "{{ value }}"})
    fill_workbook(folder / "any.xlsx", {"value": value}, folder / "any-out.xlsx")
    forbidden = [*map(chr, range(9)), *map(chr, range(11, 32)), "\ufffe", "\uffff"]
    expected = value.translate({ord(letter): None for letter in forbidden}).encode("utf-8", "ignore").decode()
    (row,) = values(folder / "any-out.xlsx")
    assert (row[0] or "") == expected


@pytest.mark.parametrize(
    ("cells", "words", "place"),
    [
        ({"B2": "{{ nothing }}"}, "ไม่มีข้อมูลชื่อ nothing", "t.xlsx แผ่น!B2"),
        ({"B2": "ปี {{ nothing }}"}, "ไม่มีข้อมูลชื่อ nothing", "t.xlsx แผ่น!B2"),
        ({"B2": "{{ 1 | bath }}"}, "ไม่รู้จักตัวกรอง bath", "t.xlsx แผ่น!B2"),
        ({"B2": "{{ 1 + }}"}, "คำสั่งเขียนไม่ถูกต้อง", "t.xlsx แผ่น!B2"),
        ({"B2": "{{ 1 / 0 }}"}, "คำนวณค่าไม่ได้", "t.xlsx แผ่น!B2"),
        ({"A2": "{%tr for x in y %}", "A3": "ก"}, "ไม่มีแถวปิด", "t.xlsx แผ่น!A2"),
        ({"A2": "ก", "A3": "{%tr endfor %}"}, "ไม่มีคำสั่งเปิด", "t.xlsx แผ่น!A3"),
        ({"A2": "{%tr if 1 %}", "A3": "{%tr endfor %}"}, "ไม่มีคำสั่งเปิด", "t.xlsx แผ่น!A3"),
        ({"A2": "{%tr fro x in y %}"}, "ไม่รู้จักคำสั่ง", "t.xlsx แผ่น!A2"),
        ({**LIST, "B6": "=SUM(B3:B3)"}, "ตัวกรอง formula", "t.xlsx แผ่น!B6"),
    ],
)
def test_an_error_names_sheet_and_cell(
    tmp_path: Path, cells: dict[str, object], words: str, place: str
) -> None:
    error = refused(tmp_path, cells)
    assert words in error.message
    assert error.place == place


def test_a_template_that_is_no_workbook_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"not a zip")
    with pytest.raises(TemplateError, match="เปิดแม่แบบไม่ได้"):
        fill_workbook(tmp_path / "t.xlsx", {}, tmp_path / "o.xlsx")
    with pytest.raises(TemplateError, match="เปิดแม่แบบไม่ได้"):
        compile_workbook(word_template(tmp_path / "word.xlsx", ""))


def test_a_workbook_is_compiled_once(tmp_path: Path) -> None:
    template = sheet_template(tmp_path / "t.xlsx", {"A1": "{{ x }}"})
    assert compile_workbook(template) is compile_workbook(template)


def test_time_grows_with_the_rows_not_with_their_square(tmp_path: Path) -> None:
    template = sheet_template(tmp_path / "t.xlsx", NESTED)
    groups = [Item(name="ก", items=(1, 2))] * 2000
    start = time.process_time()
    fill_workbook(template, {"groups": groups}, tmp_path / "o.xlsx")
    # measured 0.3 s; with every merge compared to every other it was half a minute
    assert time.process_time() - start < 3


FORM = {
    "A1": "ปี {{ f.year | thai }}",
    "B1": "{{ f.bureau.name }}",
    "A2": "{%tr for row in f.rows %}",
    "A3": "{%tr for item in row.items %}",
    "A4": "{{ loop.index }}",
    "B4": "{{ row.bureau }}",
    "C4": "{{ item.kind }}",
    "A5": "{%tr endfor %}",
    "A6": "{%tr endfor %}",
}


def a_form(tmp_path: Path, **choices: tuple[str, ...]) -> Path:
    row = Item(bureau="ข", items=(Item(kind="1"), Item(kind="2")))
    facts = {"f": Item(year=2570, bureau=Item(name="ก"), rows=(row, row))}
    by_path = {name.replace("_", "."): entries for name, entries in choices.items()}
    target = tmp_path / "form.xlsx"
    target.write_bytes(render_workbook(sheet_template(tmp_path / "t.xlsx", FORM), facts, by_path))
    return target


def test_the_fields_above_the_table_of_a_form_have_names(tmp_path: Path) -> None:
    names = load_workbook(a_form(tmp_path)).defined_names
    assert {name: item.attr_text for name, item in names.items()} == {
        "field_f_year": "'แผ่น'!$A$1",
        "field_f_bureau_name": "'แผ่น'!$B$1",
    }
    assert not load_workbook(filled(tmp_path, {"A1": "{{ a.b }}"}, {"a": Item(b=1)})).defined_names


def test_cells_of_a_form_offer_what_may_be_chosen(tmp_path: Path) -> None:
    path = a_form(tmp_path, f_rows_bureau=("ก", 'ข"', "ก"), f_rows_items_kind=("1", "2"))
    rules = load_workbook(path)["แผ่น"].data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in rules] == [
        ("B2:B5", '"ก,ข"""'),
        ("C2:C5", '"1,2"'),
    ]


@pytest.mark.parametrize("entries", [(), ("ก,ข", "ค"), tuple(f"สำนัก{number:020}" for number in range(11))])
def test_a_list_that_excel_would_not_take_is_left_out(tmp_path: Path, entries: tuple[str, ...]) -> None:
    path = a_form(tmp_path, f_rows_bureau=entries)
    assert not load_workbook(path)["แผ่น"].data_validations.dataValidation
