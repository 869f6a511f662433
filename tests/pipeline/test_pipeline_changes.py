"""What a mended form changes is told in the words of the form, on the screen and on paper."""

from __future__ import annotations

import shutil
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from openxml_audit import OpenXmlValidator

from automation.errors import UsageError
from automation.forms.field_names import field_names
from automation.model import Project
from automation.office.opening import open_file
from automation.pipeline.changes import change_words, print_changes
from automation.pipeline.status import project_json
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import Workbench
from automation.register import Change
from tests.pipeline.test_pipeline_returning import GOOD, edited


def paths(kind: Any, before: str = "") -> list[str]:
    """Every path that a change of a record of this class can have."""
    found: list[str] = []
    for item in fields(kind):
        hint = get_type_hints(kind)[item.name]
        path = f"{before}{item.name}"
        inner = next((one for one in (hint, *get_args(hint)) if is_dataclass(one)), None)
        text = str(hint)
        if inner is not None:
            found += paths(inner, f"{path}.1." if "tuple" in text else f"{path}.")
        else:
            found.append(f"{path}.1" if "tuple" in text or "Mapping" in text else path)
    return found


def test_every_field_of_a_project_has_a_thai_name(bench: Workbench) -> None:
    names = field_names(bench.forms.get("project"))
    labels = {path: names.label(path) for path in paths(Project) if not path.startswith("extra")}
    assert [path for path, label in labels.items() if label.isascii()] == []
    assert labels["name"] == "ชื่อโครงการ/งานประจำ"
    assert labels["alignment.strategy"] == "ความสอดคล้องกับแผนยุทธศาสตร์ กลยุทธ์"
    assert labels["budget.lines.1.amount"] == "รายละเอียดงบประมาณจำแนกตามหมวดรายจ่าย ข้อ ๒ จำนวนเงิน (บาท)"
    assert labels["flags.ict"] == "เทคโนโลยีสารสนเทศ (ICT)"
    assert labels["start"] == "ระยะเวลาดำเนินการ วันเริ่มต้น"
    assert labels["budget.months.1"].endswith("เดือนมกราคม")
    assert {label for label in labels.values() if list(labels.values()).count(label) > 1} == {"ประเภท"}


@pytest.mark.parametrize(
    ("field", "before", "after", "words"),
    [
        ("budget.total", None, "1250000.00", ("–", "๑,๒๕๐,๐๐๐ บาท")),
        ("start", "2026-10-01", "2027-01-15", ("๑ ตุลาคม ๒๕๖๙", "๑๕ มกราคม ๒๕๗๐")),
        ("kind", "routine", "project", ("งานประจำ", "โครงการ")),
        ("flags.ict", False, True, ("ไม่ใช่", "ใช่")),
        ("activities.0.months.1", 11, 2, ("พฤศจิกายน", "กุมภาพันธ์")),
    ],
)
def test_values_are_told_as_people_write_them(
    bench: Workbench, field: str, before: Any, after: Any, words: tuple[str, str]
) -> None:
    told = change_words(
        Change(field=field, before=before, after=after), field_names(bench.forms.get("project"))
    )
    assert (told["before"], told["after"]) == words


@pytest.fixture
def twice(bench: Workbench, tmp_path: Path) -> str:
    """Code of a project that was sent, mended and sent again."""
    shutil.copy(GOOD, bench.config.inbox)
    sweep_now(bench)
    edited(GOOD, tmp_path / "แก้.docx", lambda data: data.replace("1,000 คน".encode(), "1,200 คน".encode()))
    shutil.copy(tmp_path / "แก้.docx", bench.config.inbox)
    (answered,) = sweep_now(bench)
    assert answered.submission.version == 2
    return answered.submission.code or ""


def test_the_list_can_be_printed_and_is_not_written_over(bench: Workbench, twice: str) -> None:
    path = print_changes(bench, twice)
    assert path.parent.name == "รายการแก้ไข"
    content = open_file(path)
    text = "\n".join(para.text for para in content.paragraphs)  # type: ignore[union-attr]
    for expected in ("ฉบับที่ ๒ แทนฉบับที่ ๑", "กลุ่มเป้าหมาย", "1,000 คน", "1,200 คน"):
        assert expected in text, expected
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    path.write_bytes(b"edited")
    assert print_changes(bench, twice).read_bytes() == b"edited"


def test_the_screen_tells_the_same_words(bench: Workbench, twice: str) -> None:
    changes = project_json(bench, twice)["versions"][1]["changes"]
    assert "กลุ่มเป้าหมาย" in {change["words"]["label"] for change in changes}


def test_a_project_of_one_version_has_nothing_to_print(bench: Workbench) -> None:
    shutil.copy(GOOD, bench.config.inbox)
    (answered,) = sweep_now(bench)
    with pytest.raises(UsageError, match="ฉบับเดียว"):
        print_changes(bench, answered.submission.code or "")
    with pytest.raises(UsageError, match="ไม่พบโครงการ"):
        print_changes(bench, "99-ไม่มี-01")
