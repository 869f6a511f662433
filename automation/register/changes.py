"""What differs between two versions of a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from automation.register.records import Change


def changes(before: Any, after: Any) -> tuple[Change, ...]:
    """The fields that differ, by path (`budget.total`, `objectives.2`), in the order of the record.

    Both are the JSON forms of records of one class. Where a whole part appears or goes, its fields do.
    """
    old, new = dict(_leaves(before, "")), dict(_leaves(after, ""))
    paths = dict.fromkeys([*new, *old])
    return tuple(
        Change(field=path, before=old.get(path), after=new.get(path))
        for path in paths
        if old.get(path) != new.get(path)
    )


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        parts: Iterator[tuple[Any, Any]] = iter(value.items())
    elif isinstance(value, (list, tuple)):
        parts = enumerate(value)
    else:
        yield path, value
        return
    for name, part in parts:
        yield from _leaves(part, f"{path}.{name}" if path else str(name))
