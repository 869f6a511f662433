"""Which item of the record a row belongs to: a new project, or the one above with one more indicator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from automation.forms.workbooks.headings import Column
from automation.forms.workbooks.schema import KEYS
from automation.forms.workbooks.texts import match_key
from automation.forms.workbooks.values import Understood, Unreadable, cell_text
from automation.office.sheets import SheetCell


@dataclass(slots=True)
class Item:
    """An open item of a list: its data, its path (`rows.3`) and the row where it began."""

    data: dict[str, Any]
    path: str
    row: int
    borrowed: set[str] = field(default_factory=set)
    """Fields known only from another column (a pace told in สถานะ); their own column overrides."""

    def field_path(self, name: str) -> str:
        """The path of one of its fields."""
        return f"{self.path}.{name}" if self.path else name


@dataclass(frozen=True, slots=True)
class Found:
    """A cell of a row, its column and what it says; `inherited` where a merge reaches down to this row."""

    column: Column
    cell: SheetCell
    value: Understood
    fault: Unreadable | None = None
    """The Thai reason why the value could not be understood."""
    inherited: bool = False

    @property
    def name(self) -> str:
        """The last part of the field's path."""
        return self.column.leaf.name

    @property
    def states(self) -> bool:
        """Whether this row itself says something here, readable or not."""
        told = self.value.data is not None or self.fault or self.cell.error or self.cell.uncached
        return bool(told) and not self.inherited

    @property
    def key(self) -> str:
        """Code, number or name made comparable."""
        return match_key(cell_text(self.cell))


FoundByLevel = Mapping[str, Sequence[Found]]


class Items:
    """The open item of each level while the rows go by."""

    def __init__(self, record: dict[str, Any], levels: Sequence[str], met_again: Iterable[str] = ()) -> None:
        """`met_again`: the levels whose items a later row or sheet may name once more (a plan's issues)."""
        self.levels, self.met_again = tuple(levels), frozenset(met_again)
        self.root = Item(record, "", 0)
        self.base: dict[str, Item] = {"": self.root}
        """The record and the items that bands opened: they stay open until the next band."""
        self.open = dict(self.base)
        self.all: list[Item] = []

    def close(self) -> None:
        """A blank row, a band or a total ends the project above it."""
        self.open = dict(self.base)

    def begin(self, level: str, row: int, no: str, name: str) -> Item | None:
        """Open the item that a band announces: the one with its number or name, else a new one; None where
        the list that it belongs to has no open item."""
        parent = self.base.get(_parent(level))
        if parent is None:
            return None
        siblings: list[dict[str, Any]] = parent.data.setdefault(level.rpartition(".")[2], [])
        index = _index(siblings, match_key(no), match_key(name))
        if index is None:
            index = len(siblings)
            siblings.append({})
        item = Item(siblings[index], parent.field_path(f"{level.rpartition('.')[2]}.{index}"), row)
        self.base = {
            known: value for known, value in self.base.items() if not f"{known}.".startswith(f"{level}.")
        }
        self.base[level] = item
        self.close()
        return item

    def outermost(self) -> Item | None:
        """The open item of the first list (the project), if any."""
        return self.open.get(self.levels[0]) if self.levels else None

    def of_row(self, row: int, found: FoundByLevel) -> dict[str, Item | None]:
        """The item of each level that a row belongs to; new ones are opened on the way."""
        chosen: dict[str, Item | None] = {"": self.root}
        fresh = False
        for level in self.levels:
            stated = [one for one in found.get(level, ()) if one.states]
            current = None if fresh and self._below_fresh(level, chosen) else self.open.get(level)
            if current is not None and self._continues(current, level, stated, found):
                chosen[level] = current
            elif self._opens(level, stated):
                chosen[level] = self._new(level, row, found.get(level, ()))
                fresh = True
            else:
                chosen[level] = current if not stated else None
        return chosen

    def _below_fresh(self, level: str, chosen: Mapping[str, Item | None]) -> bool:
        return self.open.get(level) is None or chosen.get(_parent(level)) is None

    def _opens(self, level: str, stated: Sequence[Found]) -> bool:
        """A project needs a code or a name; what lies inside it needs any value, and an open project."""
        keyed = any(one.name in KEYS for one in stated)
        return self.open.get(_parent(level)) is not None and (
            keyed if level == self.levels[0] else bool(stated)
        )

    def _continues(self, current: Item, level: str, stated: Sequence[Found], found: FoundByLevel) -> bool:
        """No key of its own, or the same key with something new inside the item."""
        if not self._children(level) or not _same_keys(current, stated):
            return False
        return not any(one.name in KEYS for one in stated) or self._adds(current, level, found)

    def _adds(self, current: Item, level: str, found: FoundByLevel) -> bool:
        """Whether a row has a child that the item does not have yet; else it says the item once more."""
        child = self._children(level)[0]
        stated = [one for one in found.get(child, ()) if one.states]
        names = [one.key for one in stated if one.name in KEYS]
        inside = self.open.get(child)
        if inside is not None and self._children(child) and _same_keys(inside, stated):
            return self._adds(inside, child, found)
        siblings = current.data.get(child.rpartition(".")[2], ())
        taken = {match_key(str(sibling.get("name") or "")) for sibling in siblings}
        return bool(names) and taken.isdisjoint(names)

    def _children(self, level: str) -> list[str]:
        return [other for other in self.levels if _parent(other) == level]

    def _new(self, level: str, row: int, own: Sequence[Found]) -> Item:
        parent, name = self.open[_parent(level)], level.rpartition(".")[2]
        siblings: list[dict[str, Any]] = parent.data.setdefault(name, [])
        index = self._met_before(level, siblings, own)
        if index is None:
            index = len(siblings)
            siblings.append({})
        item = Item(siblings[index], parent.field_path(f"{name}.{index}"), row)
        self.all.append(item)
        for lower in [other for other in self.open if other.startswith(f"{level}.")]:
            del self.open[lower]
        self.open[level] = item
        return item

    def _met_before(
        self, level: str, siblings: Sequence[Mapping[str, Any]], own: Sequence[Found]
    ) -> int | None:
        """The item with the same number or name: a plan's issue met again below or on the next sheet."""
        if level != self.levels[0] or level not in self.met_again:
            return None
        keys = {one.name: one.key for one in own if one.states}
        if code := keys.get("code"):
            return next(
                (at for at, one in enumerate(siblings) if match_key(str(one.get("code") or "")) == code), None
            )
        return _index(siblings, keys.get("no", ""), keys.get("name", ""))


def _same_keys(item: Item, stated: Sequence[Found]) -> bool:
    """Whether code, number and name, as far as a row states them, are the item's."""
    return all(one.key == match_key(str(item.data.get(one.name) or "")) for one in stated if one.name in KEYS)


def _index(siblings: Sequence[Mapping[str, Any]], no: str, name: str) -> int | None:
    """The sibling with this number, or with this name where one of the two has no number."""
    for index, sibling in enumerate(siblings):
        old = {key: match_key(str(sibling.get(key) or "")) for key in ("no", "name")}
        if (no and no == old["no"]) or (name and name == old["name"] and not (no and old["no"])):
            return index
    return None


def _parent(level: str) -> str:
    return level.rpartition(".")[0]
