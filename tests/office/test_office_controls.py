"""Content controls in issued Word forms: boxes to click, fields that say what they are."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from template_files import W, part, table, texts, word_template
from template_files import cell as cell_of

from automation.office.fill import render_document
from automation.office.opening import open_file

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


def looped(tmp_path: Path, project: SimpleNamespace, *cells: str) -> bytes:
    template = word_template(tmp_path / "t.docx", table(*map(cell_of, cells)))
    return render_document(template, {"project": project}, controls=True)


def test_values_of_a_list_carry_their_row(tmp_path: Path) -> None:
    project = SimpleNamespace(items=(SimpleNamespace(x=1), SimpleNamespace(x=2)), aims=("ก",), name="ข")
    cells = ["{%tr for item in project.items %}", "{{ item.x }}", "{%tr endfor %}"]
    cells += ["{%tr for aim in project.aims %}", "{{ aim }}", "{%tr endfor %}", "{{ project.name }}"]
    data = looped(tmp_path, project, *cells)
    assert tags(data) == {
        "project.items.1.x": "1",
        "project.items.2.x": "2",
        "project.aims.1": "ก",
        "project.name": "ข",
    }


@pytest.mark.parametrize(
    "cells",
    [
        ["{%tr for x in project.a %}", "{%tr for y in x %}", "{{ y }}", "{%tr endfor %}", "{%tr endfor %}"],
        ['{%tr for x in project.b | other("q") %}', "{{ x }}", "{%tr endfor %}"],
        ["{%tr for x in project.b %}", "{{ loop.index }}", "{%tr endfor %}"],
    ],
)
def test_values_whose_place_cannot_be_said_stay_plain(tmp_path: Path, cells: list[str]) -> None:
    data = looped(tmp_path, SimpleNamespace(a=(("1", "2"), ("3",)), b=("1", "2")), *cells)
    assert ("1" in texts(data), tags(data)) == (True, {})


def test_texts_on_both_sides_of_a_tab_have_their_controls(tmp_path: Path) -> None:
    run = "<w:r><w:rPr><w:b/></w:rPr><w:t>{{ project.year }}</w:t><w:tab/><w:t>{{ project.name }}</w:t></w:r>"
    template = word_template(tmp_path / "t.docx", f"<w:p>{run}</w:p>")
    data = render_document(template, {"project": PROJECT}, controls=True)
    assert tags(data) == {"project.year": "2570", "project.name": PROJECT.name}
    assert [node.tag for node in part(data).iter(W + "tab", W + "sdt")] == [W + "sdt", W + "tab", W + "sdt"]
    assert all(node.find(f"{W}rPr/{W}b") is not None for node in part(data).iter(W + "r"))


def test_an_empty_field_shows_a_grey_placeholder_that_is_not_its_value(tmp_path: Path) -> None:
    project = SimpleNamespace(name=None, group="", year=2570)
    runs = "".join(
        f"<w:r><w:t>{run}</w:t></w:r>"
        for run in ("{{ project.name | dots(5) }}", "{{ project.group }}", "{{ project.year }}")
    )
    template = word_template(tmp_path / "t.docx", f"<w:p>{runs}</w:p>")
    path = tmp_path / "f.docx"
    path.write_bytes(render_document(template, {"project": project}, controls=True))
    assert texts(path) == [".....\u00a0\u00a0\u00a0\u00a02570"]
    assert len(list(part(path).iter(W + "showingPlcHdr"))) == 2
    assert [look.get(W + "val") for look in part(path).iter(W + "rStyle")] == ["FormPlaceholder"] * 2
    assert [para.text for para in open_file(path).paragraphs] == ["2570"]


def test_what_is_typed_over_a_placeholder_is_read_even_where_the_mark_stays(tmp_path: Path) -> None:
    """LibreOffice writes into the placeholder's run and keeps calling it one."""
    field = "<w:p><w:r><w:t>{{ project.name | dots(5) }}</w:t></w:r></w:p>"
    template = word_template(tmp_path / "t.docx", field)
    data = render_document(template, {"project": SimpleNamespace(name=None)}, controls=True)
    path = tmp_path / "f.docx"
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b".....", "..โครงการ..".encode()))
    assert len(list(part(path).iter(W + "showingPlcHdr"))) == 1
    assert [para.text for para in open_file(path).paragraphs] == ["..โครงการ.."]


def test_a_date_is_picked_from_the_calendar_of_the_buddhist_era(tmp_path: Path) -> None:
    template = word_template(
        tmp_path / "t.docx",
        "<w:p><w:r><w:t>{{ project.start | date }}</w:t></w:r>"
        "<w:r><w:t>{{ project.end | weekday | dots(3) }}</w:t></w:r></w:p>",
    )
    project = SimpleNamespace(start=date(2026, 10, 14), end=None)
    root = part(render_document(template, {"project": project}, controls=True))
    start, end = root.iter(W + "date")
    assert (start.get(W + "fullDate"), end.get(W + "fullDate")) == ("2026-10-14T00:00:00Z", None)
    assert {item.get(W + "val") for item in root.iter(W + "calendar")} == {"thai"}
    assert "".join(root.itertext(W + "t")) == "๑๔ ตุลาคม ๒๕๖๙..."


def test_a_list_offers_each_choice_once_and_takes_other_words_too(tmp_path: Path) -> None:
    template = word_template(tmp_path / "t.docx", "<w:p><w:r><w:t>{{ project.name }}</w:t></w:r></w:p>")
    choices = {"project.name": ("ก", "ข", "ก", "")}
    data = render_document(template, {"project": PROJECT}, controls=True, choices=choices)
    (box,) = part(data).iter(W + "comboBox")
    assert [item.get(W + "value") for item in box] == ["ก", "ข"]
    assert tags(data) == {"project.name": PROJECT.name}


def test_older_programs_are_told_to_pass_over_the_boxes(tmp_path: Path) -> None:
    root = part(filled(tmp_path, "{{ project.new | tick }}"))
    assert root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable") == "w14"
    assert root.nsmap["w14"] == W14[1:-1]
