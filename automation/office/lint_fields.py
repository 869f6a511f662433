"""Whether the fields that a template names exist: a walk over its Jinja tree beside the types it may use."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

_SAME = frozenset(
    {"other", "sort", "list", "reverse", "unique", "select", "selectattr", "reject", "rejectattr"}
)
"""Filters that give a list of what they were given."""
_ONE = frozenset({"first", "last", "random", "min", "max"})
_BATCHES = frozenset({"batch", "slice"})

Scope = dict[str, Any]
"""Name → type hint, mapping of fields, or None for what may be anything."""


def unknown_fields(tree: Any, known: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Line and Thai message of every name and field of a parsed template that `known` does not have."""
    yield from _Walk().block(tree.body, {**known, **_BUILT_IN})


_BUILT_IN: Scope = {
    "loop": None,
    "range": None,
    "namespace": None,
    "dict": None,
    "cycler": None,
    "joiner": None,
}


class _Walk:
    """One pass; types are worked out on the way down, problems are collected on the way."""

    def __init__(self) -> None:
        self._found: list[tuple[int, str]] = []

    def block(self, nodes: Any, scope: Scope) -> list[tuple[int, str]]:
        """Walk statements; names that they bind live on in `scope`."""
        for node in nodes:
            self._statement(node, scope)
        return self._found

    def _statement(self, node: Any, scope: Scope) -> None:
        kind = type(node).__name__
        if kind == "For":
            inner = dict(scope)
            self._bind(node.target, _element(self._type(node.iter, scope)), inner)
            if node.test is not None:
                self._type(node.test, inner)
            self.block(node.body, inner)
            self.block(node.else_, dict(scope))
        elif kind == "Assign":
            self._bind(node.target, self._type(node.node, scope), scope)
        elif kind in ("If", "Output", "ExprStmt", "Scope", "FilterBlock"):
            self._children(node, scope)
        else:
            # macros, blocks, with: what they bind is not followed, so nothing can be said about it
            return

    def _children(self, node: Any, scope: Scope) -> None:
        for child in node.iter_child_nodes():
            if type(child).__name__ in ("For", "If", "Assign", "Output"):
                self._statement(child, scope)
            else:
                self._type(child, scope)

    def _bind(self, target: Any, hint: Any, scope: Scope) -> None:
        if type(target).__name__ == "Name":
            scope[target.name] = hint
            return
        for item in getattr(target, "items", ()):
            self._bind(item, None, scope)

    def _type(self, node: Any, scope: Scope) -> Any:
        """The type hint of an expression, None when it may be anything."""
        kind = type(node).__name__
        if kind == "Name":
            if node.name not in scope:
                self._found.append((node.lineno, f"ไม่มีข้อมูลชื่อ {node.name}"))
            return scope.get(node.name)
        if kind == "Getattr":
            return self._attribute(node, self._type(node.node, scope))
        if kind == "Getitem":
            owner = self._type(node.node, scope)
            self._type(node.arg, scope)
            return _element(owner) if type(node.arg).__name__ == "Const" else None
        if kind == "Filter":
            return self._filter(node, scope)
        found = [self._type(child, scope) for child in node.iter_child_nodes()]
        return found[0] if kind == "Or" and found else None

    def _filter(self, node: Any, scope: Scope) -> Any:
        hints = [self._type(child, scope) for child in node.iter_child_nodes()]
        given = hints[0] if hints else None
        if node.name in _SAME:
            return given
        if node.name in _ONE:
            return _element(given)
        return tuple[given, ...] if node.name in _BATCHES and given is not None else None  # type: ignore[valid-type]

    def _attribute(self, node: Any, owner: Any) -> Any:
        owner = _present(owner)
        if isinstance(owner, Mapping):
            if node.attr not in owner and not hasattr(dict, node.attr):
                self._found.append((node.lineno, f"ไม่มีข้อมูลชื่อ {node.attr}"))
            return owner.get(node.attr)
        if not is_dataclass(owner):
            return None
        record: Any = owner
        hints = _fields(record)
        if node.attr not in hints:
            message = f"ไม่มีข้อมูลชื่อ {node.attr} ใน {getattr(owner, '__name__', owner)}"
            self._found.append((node.lineno, message))
        return hints.get(node.attr)


@cache
def _fields(kind: Any) -> dict[str, Any]:
    """Fields and properties of a dataclass with their types."""
    methods = {name: None for name in dir(kind) if not name.startswith("_")}
    return {**methods, **get_type_hints(kind)}


def _present(hint: Any) -> Any:
    """The type without `| None`; None for a choice between several."""
    if get_origin(hint) not in (Union, types.UnionType):
        return hint
    choices = [choice for choice in get_args(hint) if choice is not type(None)]
    return choices[0] if len(choices) == 1 else None


def _element(hint: Any) -> Any:
    """What a loop over the type gives, None when that may be anything."""
    hint = _present(hint)
    if get_origin(hint) is tuple or get_origin(hint) is list:
        return get_args(hint)[0]
    return hint[0] if isinstance(hint, (tuple, list)) and hint else None
