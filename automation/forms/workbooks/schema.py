"""What kind of value belongs at a field path: asked of the model, so that no second list of types exists."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum, StrEnum, auto
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from automation.model import Record

PERCENTAGES = frozenset({"percent", "progress", "spent_percent"})
"""Leaf names whose Decimal is a percentage, not baht."""
KEYS = ("code", "no", "name")
"""Leaf names that tell one item of a list from the next."""


class Kind(StrEnum):
    """How a cell of the field is to be understood."""

    TEXT = auto()
    CODE = auto()
    MONEY = auto()
    PERCENT = auto()
    DATE = auto()
    PERIOD = auto()
    """One cell for `start` and `end`."""
    YEAR = auto()
    CHOICE = auto()
    TEXTS = auto()
    BY_YEAR = auto()
    """One column a fiscal year."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field: `rows.indicators.percent` lies in the lists `rows` and `rows.indicators`."""

    path: str
    name: str
    """The last part of the path."""
    kind: Kind
    lists: tuple[str, ...] = ()
    level: str = ""
    """The innermost list that the field lies in; empty for a field of the record itself."""
    choice: type[Enum] | None = None


def leaf_of(record: type[Record], path: str) -> Leaf:
    """The field at a path of a record class; KeyError when the class has no such field."""
    parts, lists = path.split("."), []
    owner: Any = record
    for depth, part in enumerate(parts[:-1], start=1):
        if part not in _hints(owner):
            raise KeyError(path)
        hint = _present(_hints(owner)[part])
        if get_origin(hint) is tuple:
            lists.append(".".join(parts[:depth]))
            hint = get_args(hint)[0]
        if not is_dataclass(hint):
            raise KeyError(path)
        owner = hint
    hints = _hints(owner)
    if parts[-1] == "period" and "start" in hints:
        return Leaf(path, "period", Kind.PERIOD, tuple(lists), lists[-1] if lists else "")
    if parts[-1] not in hints:
        raise KeyError(path)
    hint = _present(hints[parts[-1]])
    if is_dataclass(hint) or any(is_dataclass(item) for item in get_args(hint)):
        raise KeyError(path)
    kind, choice = _kind(parts[-1], hint)
    return Leaf(path, parts[-1], kind, tuple(lists), lists[-1] if lists else "", choice)


def _kind(name: str, hint: Any) -> tuple[Kind, type[Enum] | None]:
    if get_origin(hint) is tuple:
        return Kind.TEXTS, None
    if get_origin(hint) is Mapping:
        return Kind.BY_YEAR, None
    if hint is Decimal:
        return (Kind.PERCENT if name in PERCENTAGES else Kind.MONEY), None
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Kind.CHOICE, hint
    if hint in (dt.date, int):
        return (Kind.DATE if hint is dt.date else Kind.YEAR), None
    return (Kind.CODE if name in ("code", "no") else Kind.TEXT), None


def complete(record: Any, data: dict[str, Any]) -> dict[str, Any]:
    """The same data with "" for texts that the model cannot do without (an indicator without a name)."""
    texts, lists = _needs(record)
    for name in texts:
        if data.get(name) is None:
            data[name] = ""
    for name, inner in lists:
        for part in data.get(name, ()):
            complete(inner, part)
    return data


@lru_cache(maxsize=64)
def _needs(record: Any) -> tuple[tuple[str, ...], tuple[tuple[str, Any], ...]]:
    """Texts without default, and lists of records with their class."""
    hints = _hints(record)
    texts = tuple(item.name for item in fields(record) if hints[item.name] is str and item.default is MISSING)
    tuples = [(name, get_args(hint)[0]) for name, hint in hints.items() if get_origin(hint) is tuple]
    return texts, tuple((name, inner) for name, inner in tuples if is_dataclass(inner))


@lru_cache(maxsize=64)
def _hints(owner: type) -> dict[str, Any]:
    return get_type_hints(owner)


def _present(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return next(choice for choice in get_args(hint) if choice is not type(None))
    return hint
