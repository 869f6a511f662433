"""The manual's processes and their calendar."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from automation.errors import UsageError
from automation.process import (
    OwedKind,
    Process,
    calendar,
    find_process,
    find_steps,
    load_processes,
)
from automation.thai.holidays import WorkCalendar


@pytest.fixture(scope="module")
def processes() -> tuple[Process, ...]:
    return load_processes()


def test_the_five_processes_with_all_their_steps(processes: tuple[Process, ...]) -> None:
    assert {process.id: len(process.steps) for process in processes} == {
        "strategic": 22,
        "four_year_inhouse": 24,
        "four_year_consultant": 8,
        "annual": 33,
        "monitoring": 6,
    }
    ids = [step.id for process in processes for step in process.steps]
    assert len(set(ids)) == len(ids) == 93


def test_every_step_owes_something_and_says_what(processes: tuple[Process, ...]) -> None:
    steps = [step for process in processes for step in process.steps]
    assert all(item.text for step in steps for item in step.owed)
    assert all(step.owed and step.title and step.work for step in steps)
    assert {item.kind for step in steps for item in step.owed} == set(OwedKind)


@pytest.mark.parametrize(
    ("id", "duration", "days"),
    [
        ("S02", "๑๐", (10, 10)),
        ("A05", "๓-๕", (3, 5)),
        ("A07", "-", None),
        ("A05.3", "", None),
        ("C4", "ตามสัญญา", None),
    ],
)
def test_durations_are_numbers_where_the_manual_gives_one(
    processes: tuple[Process, ...], id: str, duration: str, days: tuple[int, int] | None
) -> None:
    (step,) = find_steps(processes, [id])
    assert (step.duration, step.days) == (duration, days)


def test_steps_are_found_in_the_order_asked_for(processes: tuple[Process, ...]) -> None:
    assert [step.id for step in find_steps(processes, ["A08", "S03"])] == ["A08", "S03"]
    with pytest.raises(UsageError, match="X99"):
        find_steps(processes, ["A08", "X99"])
    with pytest.raises(UsageError, match="party") as caught:
        find_process(processes, "party")
    assert "annual" in caught.value.hint


def test_a_calendar_counts_working_days_over_weekends_and_holidays(processes: tuple[Process, ...]) -> None:
    work = WorkCalendar(extra={date(2026, 11, 10): "วันหยุดพิเศษ"})
    plan = calendar(find_process(processes, "annual"), date(2026, 11, 7), work)
    first, second = plan[0], plan[1]
    assert (first.start, first.end) == (date(2026, 11, 9), date(2026, 11, 11))
    assert (second.start, second.end) == (date(2026, 11, 12), date(2026, 11, 18))


def test_steps_follow_one_another_without_a_gap(processes: tuple[Process, ...]) -> None:
    work = WorkCalendar()
    for process in processes:
        dated = [item for item in calendar(process, date(2026, 10, 1), work) if item.start and item.end]
        for before, after in pairwise(dated):
            assert before.end is not None
            assert after.start == work.add(before.end, 1)
        for item in dated:
            assert item.start is not None
            assert item.end is not None
            assert item.step.days is not None
            assert work.between(item.start, item.end) == item.step.days[1] - 1


def test_of_alternative_routes_one_is_planned(processes: tuple[Process, ...]) -> None:
    annual, work = find_process(processes, "annual"), WorkCalendar()
    assert annual.routes == ("A05.1", "A05.2", "A05.3")
    default = [item.step.id for item in calendar(annual, date(2026, 10, 1), work)]
    meeting = [item.step.id for item in calendar(annual, date(2026, 10, 1), work, route="A05.2")]
    assert default[4:8] == ["A05", "A05.1a", "A05.1b", "A05.1c"]
    assert meeting[4:7] == ["A05", "A05.2a", "A05.2b"]
    assert len(default) == 30
    with pytest.raises(UsageError, match=r"A09\.9"):
        calendar(annual, date(2026, 10, 1), work, route="A09.9")
