"""Contexts: the same roots for every kind of a scope; what is missing or unknown is told in Thai."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from automation.documents.catalogue import Paper, Scope
from automation.documents.context import build, value_at
from automation.errors import MissingFacts, UsageError
from automation.model import Allocation, AllocationRow, Project
from automation.model.year import ProjectVersion, Source, YearData
from tests.documents.sample_letters import OFFICE, kind, sample_meeting, sample_project

YEAR = YearData(fiscal_year=2570)
MEMO = kind("memo-approve-project")
INVITATION = kind("invitation")


def test_every_fact_that_documents_know_is_there_even_when_unset() -> None:
    context = build(MEMO, YEAR, OFFICE, project=sample_project())
    assert set(context["facts"]) == set(MEMO.facts)
    assert context["facts"]["legal_basis"] == ""
    assert context["year"] == 2570


def test_the_allocation_is_found_by_the_code() -> None:
    project = sample_project()
    rows = (AllocationRow(code=project.code, allocated=Decimal(600000)),)
    year = YearData(fiscal_year=2570, allocation=Allocation(fiscal_year=2570, rows=rows))
    context = build(MEMO, year, OFFICE, project=project)
    assert context["allocated"] == context["approved"] == Decimal(600000)
    assert build(MEMO, YEAR, OFFICE, project=project)["allocated"] is None


def test_missing_facts_are_named_in_thai_all_at_once() -> None:
    facts = OFFICE | {"addressee": " ", "signatory_position": ""}
    with pytest.raises(MissingFacts) as caught:
        build(MEMO, YEAR, facts, project=replace(sample_project(), objectives=()))
    assert caught.value.names == ("addressee", "signatory_position", "project.objectives")
    assert "ตำแหน่งผู้ลงนาม" in caught.value.message
    assert "วัตถุประสงค์ของโครงการ" in caught.value.message
    assert "--set addressee=…" in caught.value.hint


def test_a_field_that_only_the_form_can_give_is_not_asked_with_set() -> None:
    with pytest.raises(MissingFacts) as caught:
        build(INVITATION, YEAR, OFFICE, meeting=replace(sample_meeting(), place=None))
    assert caught.value.names == ("meeting.place",)
    assert "--set" not in caught.value.hint


def test_a_mistyped_fact_is_told_with_the_name_that_was_meant() -> None:
    with pytest.raises(UsageError) as caught:
        build(MEMO, YEAR, OFFICE | {"signatry": "ก"}, project=sample_project())
    assert "signatory" in caught.value.hint
    with pytest.raises(UsageError) as caught:
        build(MEMO, YEAR, OFFICE | {"ชื่อ": "ก"}, project=sample_project())
    assert "legal_basis" in caught.value.hint


def test_a_record_that_the_scope_needs_is_asked_for() -> None:
    with pytest.raises(UsageError, match="โครงการ"):
        build(MEMO, YEAR, OFFICE)
    with pytest.raises(UsageError, match="การประชุม"):
        build(INVITATION, YEAR, OFFICE)


def test_a_new_memo_about_a_bureau_or_a_year_needs_no_code() -> None:
    mine = sample_project()
    projects = tuple(
        ProjectVersion(project=project, source=Source(file="ก.docx", sha256=""))
        for project in (mine, Project(name="โครงการอื่น", bureau="สำนักอื่น"))
    )
    year = YearData(fiscal_year=2570, projects=projects)
    note = replace(MEMO, id="memo-note", paper=Paper.MEMO, scope=Scope.BUREAU, needs=("figures.count",))
    context = build(note, year, OFFICE, bureau=mine.bureau)
    assert context["bureau"] == mine.bureau
    assert context["projects"] == (mine,)
    with pytest.raises(UsageError, match="ต้องระบุสำนัก"):
        build(note, year, OFFICE)
    with pytest.raises(MissingFacts) as caught:
        build(note, year, OFFICE, bureau="สำนักที่ยังไม่ส่ง")
    assert "ทะเบียน" in caught.value.hint
    whole = build(replace(note, scope=Scope.YEAR, needs=()), year, OFFICE)
    assert whole["data"] is year


def test_a_default_stands_until_the_fact_is_given() -> None:
    memo = replace(MEMO, defaults={"book": "แผนประจำปี พ.ศ. {year}", "matter": "{data.plan.name}"})
    facts = build(memo, YEAR, OFFICE, project=sample_project())["facts"]
    assert (facts["book"], facts["matter"]) == ("แผนประจำปี พ.ศ. ๒๕๗๐", "")
    given = build(memo, YEAR, OFFICE | {"book": "แผน ๔ ปี"}, project=sample_project())["facts"]
    assert given["book"] == "แผน ๔ ปี"


def test_a_path_leads_through_mappings_and_records() -> None:
    context = {"project": sample_project(), "facts": {"name": "ก"}}
    assert value_at(context, "facts.name") == "ก"
    assert value_at(context, "project.budget.total") == Decimal(650000)
    assert value_at(context, "project.nothing.more") is None
