"""Codes, versions, what is in force, and the year that comes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from automation.model import (
    AgendaItem,
    Allocation,
    AllocationRow,
    Budget,
    Decision,
    Meeting,
    Resolution,
    ResolutionRow,
    StrategicPlan,
    Strength,
)
from automation.register import Change, Outcome, Register


def test_a_project_without_a_code_gets_one_and_keeps_it(register: Register, cases: SimpleNamespace) -> None:
    first = cases.put(register, cases.PROJECT)
    other = cases.put(register, cases.changed(name="โครงการ ข"))
    academic = cases.put(register, cases.changed(name="โครงการ ค", bureau="สำนักวิชาการ"))
    stranger = cases.put(register, cases.changed(name="โครงการ ง", bureau="สำนักที่ไม่รู้จัก"))
    codes = [item.code for item in (first, other, academic, stranger)]
    assert codes == ["2570-นผ-01", "2570-นผ-02", "2570-วช-01", "2570-อื่น-01"]
    assert register.record(first.id) == cases.changed(code="2570-นผ-01")


def test_a_running_number_that_a_form_already_uses_is_passed_over(
    register: Register, cases: SimpleNamespace
) -> None:
    cases.put(register, cases.changed(code="2570-นผ-01", name="โครงการที่มีรหัส"))
    assert cases.put(register, cases.PROJECT).code == "2570-นผ-02"


def test_the_same_code_again_is_the_next_version_with_its_changes(
    register: Register, cases: SimpleNamespace
) -> None:
    first = cases.put(register, cases.PROJECT)
    later = cases.changed(code=first.code, place="รัฐสภา", objectives=("เพื่อทดสอบ", "เพื่อใช้งาน"))
    second = cases.put(register, later)
    assert (first.version, second.version) == (1, 2)
    assert first.changes == ()
    assert second.changes == (
        Change(field="objectives.1", before=None, after="เพื่อใช้งาน"),
        Change(field="place", before=None, after="รัฐสภา"),
    )
    (current,) = register.year(2570).projects
    assert (current.project, current.source.version, current.source.submission) == (later, 2, second.id)


def test_a_form_that_comes_again_without_its_code_replaces_the_project(
    register: Register, cases: SimpleNamespace
) -> None:
    cases.put(register, cases.PROJECT)
    again = cases.put(register, cases.changed(name="โครงการ  ก", place="รัฐสภา"))
    assert (again.code, again.version) == ("2570-นผ-01", 2)
    assert len(register.year(2570).projects) == 1


def test_what_is_returned_is_kept_but_not_in_force(register: Register, cases: SimpleNamespace) -> None:
    cases.put(register, cases.PROJECT, cases.FAULT)
    assert register.year(2570).projects == ()
    accepted = cases.put(register, cases.PROJECT)
    returned = cases.put(register, cases.changed(code=accepted.code, place="x"), cases.FAULT)
    assert (returned.version, returned.outcome) == (None, Outcome.RETURNED)
    (current,) = register.year(2570).projects
    assert current.source.submission == accepted.id


def test_the_same_code_in_another_year_is_another_project(register: Register, cases: SimpleNamespace) -> None:
    cases.put(register, cases.changed(code="70-นผ-01"))
    cases.put(register, cases.changed(code="70-นผ-01", fiscal_year=2571))
    assert register.years() == (2570, 2571)
    assert [len(register.year(year).projects) for year in (2569, 2570, 2571)] == [0, 1, 1]
    history = register.project("๗๐-นผ-๐๑")
    assert history is not None
    assert history.fiscal_year == 2571
    earlier = register.project("70-นผ-01", 2570)
    assert earlier is not None
    assert earlier.fiscal_year == 2570


def test_a_report_of_the_same_bureau_and_round_replaces_the_one_before(
    register: Register, cases: SimpleNamespace
) -> None:
    cases.put(register, cases.progress(2, 90))
    cases.put(register, cases.progress(1, 10))
    second = cases.put(register, cases.progress(1, 20))
    assert (second.version, second.bureau) == (2, "สำนักนโยบายและแผน")
    assert [Change(field="rows.0.spent", before="10.00", after="20.00")] == list(second.changes)
    year = register.year(2570)
    assert [row.spent for _, row in year.rows("2570-นผ-01")] == [20, 90]


def test_plan_allocation_meeting_and_resolution_are_found_in_their_year(
    register: Register, cases: SimpleNamespace
) -> None:
    plan = StrategicPlan(name="แผน", first_year=2570, last_year=2574)
    given = Allocation(rows=(AllocationRow(code="70-นผ-01", allocated=Decimal(5)),))
    meeting = Meeting(
        title="ประชุม",
        number="๑/๒๕๖๙",
        date=date(2026, 1, 20),
        agenda=(AgendaItem(no="๑", title="เรื่องทราบ", items=("แผนประจำปีงบประมาณ พ.ศ. ๒๕๗๐",)),),
    )
    resolution = Resolution(
        body="คณะกรรมการ",
        date=date(2026, 1, 20),
        rows=(ResolutionRow(code="๗๐-นผ-๐๑", decision=Decision.AGREE),),
    )
    for record in (plan, given, meeting, resolution):
        assert cases.put(register, record).version == 1
    year = register.year(2570)
    assert (year.plan, year.allocation) == (plan, given)
    assert year.plan_source is not None
    assert year.allocation_source is not None
    assert [item.meeting for item in year.meetings] == [meeting] == list(register.meetings(2570))
    assert [item.resolution for item in year.resolutions] == [resolution]
    assert register.year(2574).plan == plan
    assert register.year(2575).plan is None
    assert register.meetings(2569) == ()


def test_the_younger_of_two_plans_holds(register: Register, cases: SimpleNamespace) -> None:
    old = StrategicPlan(name="เก่า", first_year=2568, last_year=2572)
    young = StrategicPlan(name="ใหม่", first_year=2570, last_year=2574)
    cases.put(register, young)
    cases.put(register, old)
    assert register.year(2570).plan == young
    assert register.year(2569).plan == old


def test_a_meeting_that_names_no_year_belongs_to_that_of_its_date(
    register: Register, cases: SimpleNamespace
) -> None:
    cases.put(register, Meeting(title="ประชุม", date=date(2026, 10, 2)))
    cases.put(register, Meeting(title="ประชุมอื่น"))
    assert [item.title for item in register.meetings(2570)] == ["ประชุม", "ประชุมอื่น"]


def test_the_history_of_a_project_tells_every_attempt(register: Register, cases: SimpleNamespace) -> None:
    cases.put(register, cases.PROJECT, cases.FAULT)
    cases.put(register, cases.changed(place="รัฐสภา"))
    cases.put(register, cases.changed(code="2570-นผ-01", place="กรุงเทพ"))
    cases.put(register, cases.progress(1, 10))
    history = register.project("๒๕๗๐-นผ-๐๑")
    assert history is not None
    assert [item.outcome for item in history.attempts] == ["returned", "accepted", "accepted"]
    assert [item.source.version for item in history.versions] == [1, 2]
    assert history.current.project.place == "กรุงเทพ"
    assert history.attempts[0].findings == (cases.FAULT,)
    assert history.attempts[0].unread[0].text == "หมายเหตุของผู้ส่ง"
    assert [row.spent for _, row in history.reports] == [10]
    assert register.project("2570-นผ-99") is None


def test_of_a_project_that_was_only_returned_the_last_attempt_counts(
    register: Register, cases: SimpleNamespace
) -> None:
    cases.put(register, cases.changed(code="70-นผ-01"), cases.FAULT)
    history = register.project("70-นผ-01")
    assert history is not None
    assert history.versions == ()
    assert history.current.outcome is Outcome.RETURNED


def test_projects_stand_in_the_dictionary_order_of_their_codes(
    register: Register, cases: SimpleNamespace
) -> None:
    for code in ("70-วช-02", "70-กม-10", "70-วช-01", "70-กม-9"):
        cases.put(register, cases.changed(code=code, name=code))
    codes = [item.project.code for item in register.year(2570).projects]
    assert codes == ["70-กม-9", "70-กม-10", "70-วช-01", "70-วช-02"]


def test_money_evidence_and_zone_survive(register: Register, cases: SimpleNamespace, tmp_path: Path) -> None:
    stored = cases.put(register, cases.PROJECT, received=datetime(2026, 11, 24, 9, 30))
    with Register.open(tmp_path / "register.db", tmp_path / "archive", shorts=cases.SHORTS) as other:
        assert other.find(stored.sha256) == stored
        assert other.record(stored.id) == replace(cases.PROJECT, code=stored.code)
        assert other.evidence(stored.id)["name"].by is Strength.ANCHOR
        (found,) = other.year(2570).projects
        assert found.project.budget == Budget(total=Decimal("1250.50"), months={10: Decimal("1250.50")})
        assert found.source.received == datetime(2026, 11, 24, 9, 30)
    assert cases.put(register, cases.changed(name="อื่น")).received == cases.NOON


def test_what_was_returned_is_owed_until_it_comes_again(register: Register, cases: SimpleNamespace) -> None:
    def owed() -> list[int]:
        return [item.id for item in register.outstanding(2570)]

    first = cases.put(register, cases.PROJECT, cases.FAULT)
    other = cases.put(register, cases.changed(name="โครงการ ข"), cases.FAULT)
    coded = cases.put(register, cases.changed(name="โครงการ ค", code="70-นผ-09"), cases.FAULT)
    report = cases.put(register, cases.progress(1, 5), cases.FAULT)
    assert owed() == [first.id, other.id, coded.id, report.id]
    worse = cases.put(register, cases.changed(place="รัฐสภา"), cases.FAULT)
    assert owed() == [other.id, coded.id, report.id, worse.id]
    cases.put(register, cases.changed(place="กรุงเทพ"))
    cases.put(register, cases.changed(name="ชื่อใหม่", code="70-นผ-09"))
    cases.put(register, cases.progress(2, 5))
    assert owed() == [other.id, report.id]
    cases.put(register, cases.progress(1, 6))
    assert owed() == [other.id]
    assert register.outstanding(2571) == ()
