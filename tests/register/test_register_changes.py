"""What differs between two versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from automation.register import Change
from automation.register.changes import changes

JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_a_record_does_not_differ_from_itself(value: object) -> None:
    assert changes(value, value) == ()


@given(JSON, JSON)
def test_what_was_added_one_way_is_missing_the_other_way(before: object, after: object) -> None:
    there = {(item.field, repr(item.before), repr(item.after)) for item in changes(before, after)}
    back = {(item.field, repr(item.after), repr(item.before)) for item in changes(after, before)}
    assert there == back


def test_parts_that_appear_and_go_are_told_field_by_field() -> None:
    before = {"budget": {"months": {"10": "1.00"}, "quarters": None}, "place": None}
    after = {"budget": {"months": None, "quarters": {"1": "1.00"}}, "place": None}
    assert changes(before, after) == (
        Change(field="budget.quarters.1", before=None, after="1.00"),
        Change(field="budget.months.10", before="1.00", after=None),
    )
