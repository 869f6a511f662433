"""Records to JSON and back, by their type hints (contract: money and percentages as strings with two
decimals, dates as ISO Gregorian, absent is null, an empty list is [])."""

from __future__ import annotations

import types
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """The JSON form of a record, of a part of one, or of a plain value."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            item.name: to_json(getattr(value, item.name))
            for item in fields(value)
            if getattr(value, item.name) or not item.metadata.get("sparse")
        }
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    return value


def from_json(kind: type[T], data: Mapping[str, Any]) -> T:
    """The record of class `kind` that `data` describes; KeyError or ValueError when it does not fit."""
    hints = _hints(kind)  # type: ignore[arg-type]
    unknown = set(data) - set(hints)
    if unknown:
        raise KeyError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
    return kind(**{name: _value(hints[name], item) for name, item in data.items()})


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, data: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return None if data is None else _value(_present(hint), data)
    if origin is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in data)
    if origin is not None and issubclass(origin, Mapping):
        key, item_hint = get_args(hint)
        return {key(name): _value(item_hint, item) for name, item in data.items()}
    return _leaf(hint, data)


def _leaf(hint: Any, data: Any) -> Any:
    if is_dataclass(hint):
        return from_json(hint, data)  # type: ignore[arg-type]
    if hint is Any:
        return data
    if hint is date:
        return date.fromisoformat(data)
    if hint is Decimal or issubclass(hint, Enum):
        return hint(data)
    return data


def _present(hint: Any) -> Any:
    (present,) = (choice for choice in get_args(hint) if choice is not type(None))
    return present
