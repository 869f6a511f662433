"""Content controls in issued Word forms: boxes to click, fields that say what they are."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from template_files import W, part, table, texts, word_template
from template_files import cell as cell_of

from automation.office.fill import render_document

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
PROJECT = SimpleNamespace(name="โครงการ ก&ข", year=2570, new=True, items=("ก", "ข"))


def filled(tmp_path: Path, *runs: str) -> bytes:
    body = "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{run}</w:t></w:r>" for run in runs)
    template = word_template(tmp_path / "t.docx", f"<w:p>{body}</w:p>")
    return render_document(template, {"project": PROJECT}, controls=True)


def tags(data: bytes) -> dict[str, str]:
    found = {}
    for control in part(data).iter(W + "sdt"):
        if (tag := control.find(f"{W}sdtPr/{W}tag")) is not None:
            found[tag.get(W + "val")] = "".join(control.find(W + "sdtContent").itertext())
    return found


def test_a_tick_can_be_clicked_and_knows_its_state(tmp_path: Path) -> None:
    data = filled(tmp_path, "{{ project.new | tick }} ใหม่   {{ (not project.new) | tick }} ต่อเนื่อง")
    assert texts(data) == ["☑ ใหม่   ☐ ต่อเนื่อง"]
    assert [box.get(W14 + "val") for box in part(data).iter(W14 + "checked")] == ["1", "0"]


def test_a_value_carries_its_path_and_keeps_its_look(tmp_path: Path) -> None:
    data = filled(tmp_path, "ชื่อ {{ project.name | dots(9) }} ปี {{ project.year | thai }}")
    assert texts(data) == ["ชื่อ โครงการ ก&ข ปี ๒๕๗๐"]
    assert tags(data) == {"project.name": "โครงการ ก&ข", "project.year": "๒๕๗๐"}
    assert all(run.find(f"{W}rPr/{W}b") is not None for run in part(data).iter(W + "r"))


@pytest.mark.parametrize(
    "run",
    [
        "{{ project.year | plus(-1) | thai }}",
        '{{ project.name | other("ก") }}',
        "{{ project.year + 1 }}",
        "{% for x in project.items %}{{ x.real }}{% endfor %}",
        "ไม่มีช่อง",
    ],
)
def test_what_is_not_the_value_itself_carries_no_path(tmp_path: Path, run: str) -> None:
    run = run.replace("x.real", "x.upper()")
    assert tags(filled(tmp_path, run)) == {}


def test_values_of_a_loop_stay_plain(tmp_path: Path) -> None:
    rows = [
        cell_of("{%tr for item in project.items %}"),
        cell_of("{{ item.x }}"),
        cell_of("{%tr endfor %}"),
    ]
    template = word_template(tmp_path / "t.docx", table(*rows))
    items = (SimpleNamespace(x=1), SimpleNamespace(x=2))
    data = render_document(template, {"project": SimpleNamespace(items=items)}, controls=True)
    assert (texts(data), tags(data)) == (["1", "2"], {})


def test_older_programs_are_told_to_pass_over_the_boxes(tmp_path: Path) -> None:
    root = part(filled(tmp_path, "{{ project.new | tick }}"))
    assert root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable") == "w14"
    assert root.nsmap["w14"] == W14[1:-1]
