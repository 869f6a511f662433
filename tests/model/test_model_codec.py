"""Records to JSON and back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.model import RECORD_TYPES, Activity, Budget, Project, ProjectKind, from_json, to_json

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED = sorted(SAMPLES.rglob("*.expected.json"))


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: f"{path.parent.name}/{path.name.split('.')[0]}")
def test_every_expected_record_survives_the_way_through_the_model(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    record = from_json(RECORD_TYPES[data["form"]], data["record"])
    found = to_json(record)
    assert {name: found[name] for name in data["record"]} == data["record"]
    assert from_json(type(record), found) == record


def test_money_dates_and_enums_are_written_as_the_contract_says() -> None:
    project = Project(
        kind=ProjectKind.ROUTINE,
        start=date(2026, 10, 1),
        budget=Budget(total=Decimal("1250000"), months={10: Decimal("0.5")}),
        activities=(Activity(name="ก", months=(10, 1)),),
    )
    found = to_json(project)
    assert (found["kind"], found["start"], found["code"]) == ("routine", "2026-10-01", None)
    assert found["budget"]["total"] == "1250000.00"
    assert found["budget"]["months"] == {"10": "0.50"}
    assert found["activities"] == [{"name": "ก", "months": [10, 1]}]
    assert from_json(Project, found) == project


def test_a_field_that_the_model_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError, match="colour"):
        from_json(Project, {"colour": "แดง"})


@pytest.mark.parametrize("data", [{"kind": "party"}, {"start": "2026-13-01"}])
def test_a_value_that_does_not_fit_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"party|month"):
        from_json(Project, data)


@given(
    st.builds(
        Project,
        name=st.none() | st.text(),
        objectives=st.lists(st.text()).map(tuple),
        end=st.none() | st.dates(),
        budget=st.builds(
            Budget,
            total=st.none() | st.decimals(min_value=0, max_value=10**12, places=2),
            quarters=st.none()
            | st.dictionaries(st.integers(1, 4), st.decimals(min_value=0, max_value=10**9, places=2)),
        ),
    )
)
def test_any_record_comes_back_from_its_json_text(project: Project) -> None:
    assert from_json(Project, json.loads(json.dumps(to_json(project)))) == project
