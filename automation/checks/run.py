"""Run the rules over what was read, and over a year; remarks become findings with their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from automation.checks.context import CheckContext
from automation.checks.places import place_of
from automation.checks.rule import Remark, Rule, YearRule
from automation.checks.rules import (
    ALLOCATION_RULES,
    MEETING_RULES,
    PROGRESS_RULES,
    PROJECT_RULES,
    RESOLUTION_RULES,
    STRATEGY_RULES,
    YEAR_RULES,
)
from automation.model import (
    Allocation,
    Evidence,
    Finding,
    GenericRecord,
    Meeting,
    Progress,
    Project,
    Reading,
    Record,
    Resolution,
    StrategicPlan,
)
from automation.model.year import YearData

R = TypeVar("R")
_UNREADABLE = frozenset({"value-unreadable", "cell-error", "formula-uncached", "date-year-doubtful"})
"""What the reader says of a value that stands there and that it could not take."""


def check_reading(reading: Reading, context: CheckContext) -> tuple[Finding, ...]:
    """What the rules find in the record of a file, in the order of the rules; () when nothing was read.

    What the reader could not read is not said to be missing as well.
    """
    if reading.record is None:
        return ()
    unreadable = {finding.field for finding in reading.findings if finding.rule in _UNREADABLE}
    places = {**reading.places, **reading.evidence}
    return tuple(
        _finding(rule, remark, places)
        for rule, remark in _remarks(reading.record, context)
        if not (rule.id == "required-missing" and _within(remark.field, unreadable))
    )


def check_year_data(year: YearData) -> tuple[Finding, ...]:
    """What the rules find in a year as a whole. `field` is the code of the project concerned, or empty."""
    return tuple(_finding(rule, remark, {}) for rule in YEAR_RULES for remark in rule.find(year))


def _remarks(record: Record, context: CheckContext) -> Iterator[tuple[Rule[Any], Remark]]:
    match record:
        case Project():
            return _run(PROJECT_RULES, record, context)
        case Progress():
            return _run(PROGRESS_RULES, record, context)
        case Allocation():
            return _run(ALLOCATION_RULES, record, context)
        case StrategicPlan():
            return _run(STRATEGY_RULES, record, context)
        case Meeting():
            return _run(MEETING_RULES, record, context)
        case Resolution():
            return _run(RESOLUTION_RULES, record, context)
        case GenericRecord():
            return iter(())


def _run(rules: Iterable[Rule[R]], record: R, context: CheckContext) -> Iterator[tuple[Rule[R], Remark]]:
    for rule in rules:
        for remark in rule.find(record, context):
            yield rule, remark


def _finding(rule: Rule[Any] | YearRule, remark: Remark, places: Mapping[str, Evidence]) -> Finding:
    place = place_of(remark.field, places)
    return Finding(
        severity=remark.severity,
        rule=rule.id,
        message=remark.message,
        field=remark.field,
        where=place.where if place else "",
        ref=place.ref if place else "",
        steps=rule.steps,
    )


def _within(field: str, fields: set[str]) -> bool:
    """Whether the field, a part of it or what holds it is among the fields."""
    return any(
        field == other or field.startswith(f"{other}.") or other.startswith(f"{field}.") for other in fields
    )
