"""Forms going out: blank, pre-filled, and the whole round in a zip for each bureau."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator
from template_files import texts

from automation.errors import UsageError
from automation.forms.key import FormKey, edition_of, read_key
from automation.model import Progress, Project
from automation.office.opening import open_file
from automation.pipeline.issuing import choices, issue, pack, requests
from automation.pipeline.reading import read_file
from automation.pipeline.watch import sweep_now
from automation.pipeline.workbench import Workbench
from tests_place import SAMPLES


@pytest.fixture
def filled(bench: Workbench) -> Workbench:
    """A workspace that knows three projects of one bureau and the allocation."""
    year = SAMPLES / "year2570"
    for name in ("forms/hr-01.docx", "forms/hr-02.docx", "forms/hr-03.docx", "allocation-2570.xlsx"):
        shutil.copy(year / name, bench.config.inbox)
    sweep_now(bench)
    return bench


def one(bench: Workbench, form: str, bureau: str | None = None, code: str | None = None) -> Path:
    (request,) = requests(bench, [form], year=2570, bureau=bureau, code=code, every=False)
    return issue(bench, request)


def test_a_report_goes_out_with_the_projects_of_its_bureau(filled: Workbench) -> None:
    reading = read_file(one(filled, "progress", "พบ"), filled.config.root)
    assert isinstance(reading.record, Progress)
    assert (reading.record.bureau, reading.record.fiscal_year) == ("สำนักพัฒนาทรัพยากรบุคคล", 2570)
    assert [row.code for row in reading.record.rows] == ["70-พบ-01", "70-พบ-02", "70-พบ-03"]
    assert all(row.allocated and row.indicators for row in reading.record.rows)


def test_a_project_goes_out_as_the_register_holds_it(filled: Workbench) -> None:
    reading = read_file(one(filled, "project", code="70-พบ-02"), filled.config.root)
    found = filled.register.year(2570).project("70-พบ-02")
    assert found is not None
    assert reading.record == found.project


def test_a_form_says_what_it_is_and_for_whom_it_went_out(filled: Workbench) -> None:
    by_bureau, by_code = one(filled, "progress", "กม"), one(filled, "project", code="70-พบ-02")
    edition = edition_of(filled.forms.get("progress").template)
    key = FormKey(form="progress", year=2570, bureau="สำนักกฎหมาย", edition=edition)
    assert read_key(open_file(by_bureau).key) == key
    key = read_key(open_file(by_code).key)
    project = filled.register.year(2570).project("70-พบ-02")
    assert key is not None
    assert project is not None
    assert (key.form, key.year, key.code) == ("project", 2570, "70-พบ-02")
    assert (key.bureau, key.name) == (project.project.bureau, project.project.name)


def test_a_project_form_offers_the_bureaus_and_the_strategy_of_the_plan(filled: Workbench) -> None:
    assert "project.alignment.goal" not in choices(filled, 2570)
    shutil.copy(SAMPLES / "year2570" / "strategy.xlsx", filled.config.inbox)
    sweep_now(filled)
    offered = choices(filled, 2570)
    assert offered["project.bureau"] == tuple(bureau.name for bureau in filled.config.bureaus)
    assert offered["project.alignment.issue"][0].startswith("1 ")
    assert offered["project.alignment.strategy"][0].startswith("1.1 ")
    with zipfile.ZipFile(one(filled, "project", "พบ")) as package:
        body = package.read("word/document.xml").decode()
    assert body.count("<w:comboBox>") == 4
    assert f'w:value="{offered["project.alignment.goal"][-1]}"' in body


def test_a_blank_project_names_its_bureau_and_year(bench: Workbench) -> None:
    reading = read_file(one(bench, "project", "กม"), bench.config.root)
    assert isinstance(reading.record, Project)
    assert (reading.record.bureau, reading.record.fiscal_year, reading.record.name) == (
        "สำนักกฎหมาย",
        2570,
        None,
    )


def test_the_whole_round_is_a_zip_for_each_bureau(filled: Workbench, tmp_path: Path) -> None:
    wanted = requests(filled, ["project", "progress"], year=2570, bureau=None, code=None, every=True)
    made = pack(filled, wanted)
    assert len(made) == len(filled.config.bureaus)
    mine = next(path for path in made if "พัฒนาทรัพยากรบุคคล" in path.name)
    with zipfile.ZipFile(mine) as archive:
        names = sorted(archive.namelist())
        archive.extractall(tmp_path)
    assert names == ["form-progress-พบ.xlsx", "form-project-พบ.docx", "คำอธิบายการกรอกแบบฟอร์ม.docx"]
    lines = texts(tmp_path / names[2])
    assert "สำนักพัฒนาทรัพยากรบุคคล" in lines
    assert any("หลักการและเหตุผล · วัตถุประสงค์" in line for line in lines)
    assert any("ก่อหนี้ผูกพัน · เบิกจ่ายในรอบ · เบิกจ่ายสะสม · สรุปผล" in line for line in lines)
    for name in names:
        assert OpenXmlValidator().validate(str(tmp_path / name)).is_valid, name


def test_unknown_bureaus_projects_and_forms_are_told(bench: Workbench) -> None:
    with pytest.raises(UsageError, match="ไม่รู้จักสำนัก"):
        one(bench, "progress", "ไม่มี")
    with pytest.raises(UsageError, match="ไม่พบโครงการ"):
        one(bench, "project", code="70-ไม่มี-01")
    with pytest.raises(UsageError, match="ใช้กับ --all-bureaus ไม่ได้"):
        requests(bench, ["project"], year=2570, bureau=None, code="x", every=True)
