"""Which words mean which field: the template's headings, and the wordings of `templates/columns.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from automation.errors import TemplateError
from automation.forms.workbooks.bands import Band, bands_of
from automation.forms.workbooks.blueprint import Blueprint, TemplateTable
from automation.forms.workbooks.patterns import MARK, PERIODS, Pattern, heading_key, parse_pattern
from automation.forms.workbooks.schema import Kind, Leaf, leaf_of
from automation.model import Strength
from automation.thai.text import fold

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SUM_OF = re.compile(r"^\s*(?:ผลรวม\s*ของ|Sum of)\s*", re.IGNORECASE)
"""How a pivot table begins its headings."""
_NOTE = re.compile(r"\s=.*$|\*+$")
_PLAN_AND_RESULT = re.compile("แผน(?:งาน|เงิน)?(?:และ|กับ|เทียบ|เปรียบเทียบ)?ผล(?!ผลิต)")
"""A group over both: `แผน/ผลการใช้จ่าย`."""

ANCHOR_WEIGHT = 1.0
SYNONYM_WEIGHT = 0.9
PARENT_WEIGHT = 0.2
STRANGE_PARENT = 0.05


@lru_cache(maxsize=4096)
def keys_of(text: str) -> tuple[str, ...]:
    """The folded forms under which a heading may be known: whole, and without brackets and notes."""
    text = _SUM_OF.sub("", text)
    whole, bare = heading_key(text), heading_key(_NOTE.sub("", _BRACKETS.sub(" ", text)))
    return tuple(dict.fromkeys(key for key in (whole, bare) if key))


@dataclass(frozen=True, slots=True)
class Entry:
    """One wording of a field; `parent` is the heading that spans it."""

    leaf: Leaf
    strength: Strength
    parent: frozenset[str] = frozenset()
    parent_needed: bool = False

    @property
    def weight(self) -> float:
        return ANCHOR_WEIGHT if self.strength is Strength.ANCHOR else SYNONYM_WEIGHT

    def fits(self, parents: frozenset[str]) -> float:
        """How well the wording fits below these groups; 0 when it must not."""
        if self.parent_needed:
            inside = any(needed in parent for needed in self.parent for parent in parents)
            return self.weight + PARENT_WEIGHT if inside else 0.0
        if self.parent & parents:
            return self.weight + PARENT_WEIGHT
        return self.weight - (STRANGE_PARENT if self.parent and parents else 0.0)


@dataclass(frozen=True, slots=True)
class TableWords:
    """The wordings of one table's columns."""

    form: str
    index: int
    entries: Mapping[str, tuple[Entry, ...]]
    """Folded leaf heading → what it may mean."""
    patterns: tuple[tuple[Pattern, Entry], ...]
    beside: Mapping[tuple[str, str], Entry]
    """(Name of the field to the left, folded heading) → its meaning there: `ร้อยละ` right of a result."""
    vetoes: Mapping[str, tuple[str, ...]]
    """Field path → how a heading or group begins that is never the field's (the plan beside the actual)."""
    nowhere: Mapping[str, tuple[str, ...]]
    """Field path → words that its own heading never holds, not even in brackets."""
    titles: Mapping[str, str]
    """Field path → heading as the form prints it, for messages."""
    leaves: Mapping[str, Leaf]
    """Field path → field, of all fields of the table."""
    by_year: Leaf | None = None
    by_period: tuple[tuple[Pattern, Leaf], ...] = ()
    """What a group over a column a quarter or month is called, and the field that the round's column is."""
    bands: Mapping[str, Band] = field(default_factory=dict)
    """List of a plan (`issues.goals`) → how its items are announced."""
    below: Mapping[str, Leaf] = field(default_factory=dict)
    """Label of a row below a project (`ผล :`) → the field of that project."""
    options: Mapping[str, tuple[Leaf, str]] = field(default_factory=dict)
    """Folded word of a choice → its field and value, for forms with a column a choice."""

    def forbids(self, path: str, texts: Sequence[str]) -> bool:
        """Whether a column below these headings must not be the field, whatever its own heading says."""
        vetoes, nowhere = self.vetoes.get(path, ()), self.nowhere.get(path, ())
        if not vetoes and not nowhere:
            return False
        keys = [heading_key(text) for text in texts]
        begun = any(key.startswith(vetoes) and not _PLAN_AND_RESULT.match(key) for key in keys)
        return begun or any(word in keys[-1] for word in nowhere)

    def knows(self, text: str) -> bool:
        """Whether a text is a heading of this table, whatever stands above it."""
        return any(key in self.entries for key in keys_of(text))


@dataclass(frozen=True, slots=True)
class FormWords:
    """One form: its tables, the labels of its single fields, and what makes a workbook this form."""

    blueprint: Blueprint
    tables: tuple[TableWords, ...]
    labels: Mapping[str, tuple[Leaf, Strength]]
    """Folded label → field."""
    title: tuple[str, ...]
    core: frozenset[str]
    """At least one of these columns makes a table this form's."""
    required: tuple[str, ...]
    expected: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.blueprint.form


@dataclass(frozen=True, slots=True)
class Words:
    """Words that hold for every workbook."""

    sequence: frozenset[str]
    """Headings of running numbers."""
    computed: frozenset[str]
    """Headings of columns that the form works out itself."""
    aside: tuple[str, ...]
    """Stems in the name of a sheet that is a guide or an example."""
    summary: tuple[str, ...]
    """Stems in the name of a sheet that sums up the others: no rows of data, but perhaps titles and names."""
    total: tuple[str, ...]
    band: tuple[str, ...]
    group: tuple[str, ...]
    """How a band begins even where the table has neither numbers nor codes: a bureau with its sum."""
    closing: tuple[str, ...]
    cut: tuple[str, ...]
    bureau: tuple[str, ...]
    marks: frozenset[str]
    """Letters that tick a column (also those that a symbol font shows as a tick)."""
    choices: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Field name (`stage`) → (folded word, value), longest word first."""


def load_columns(path: Path) -> dict[str, Any]:
    """`columns.toml` as it stands; TemplateError when it is absent or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TemplateError(
            "อ่านคำเรียกหัวคอลัมน์ของแบบรายงาน Excel ไม่ได้",
            hint=f"กรุณาตรวจสอบไฟล์ templates/columns.toml ({error})",
            place=path.name,
        ) from error


def general_words(columns: Mapping[str, Any]) -> Words:
    """The part of `columns.toml` that serves every form."""
    words = columns["words"]

    def folded(name: str) -> tuple[str, ...]:
        return tuple(fold(word) for word in words[name])

    return Words(
        sequence=frozenset(folded("sequence")),
        computed=frozenset(folded("computed")),
        aside=folded("aside"),
        summary=folded("summary"),
        total=folded("total"),
        band=folded("band"),
        group=folded("group"),
        closing=folded("closing"),
        cut=tuple(words["cut"]),
        bureau=folded("bureau"),
        marks=frozenset(folded("marks")),
        choices={
            name: tuple(
                sorted(
                    ((fold(word), value) for value, list_ in choice.items() for word in list_),
                    key=lambda pair: -len(pair[0]),
                )
            )
            for name, choice in columns["choices"].items()
        },
    )


def form_words(blueprint: Blueprint, columns: Mapping[str, Any]) -> FormWords:
    """What a form's headings and labels are called; the template's own wordings come first."""
    own = columns.get(blueprint.form, {})
    synonyms: Mapping[str, Sequence[str]] = own.get("columns", {})
    labels: dict[str, tuple[Leaf, Strength]] = {}
    for label in blueprint.labels:
        labels.setdefault(fold(label.label), (label.leaf, Strength.ANCHOR))
    for path, wordings in own.get("labels", {}).items():
        for wording in wordings:
            labels.setdefault(fold(wording), (leaf_of(blueprint.record, path), Strength.LABEL))
    labels.pop("", None)
    below = {
        label: leaf_of(blueprint.record, path)
        for path, wordings in own.get("below", {}).items()
        for label in wordings
    }
    return FormWords(
        blueprint=blueprint,
        tables=tuple(
            replace(
                _table_words(blueprint, index, synonyms),
                options=_options(table, columns["choices"]),
                below=below,
                bands=bands_of(blueprint.record, own.get("bands", {})),
            )
            for index, table in enumerate(blueprint.tables)
        ),
        labels=labels,
        title=tuple(fold(word) for word in own.get("title", ())),
        core=frozenset(own.get("core", ())),
        required=tuple(own.get("required", ())),
        expected=tuple(own.get("expected", ())),
    )


def _options(table: TemplateTable, choices: Mapping[str, Any]) -> dict[str, tuple[Leaf, str]]:
    return {
        fold(word): (column.leaf, value)
        for column in table.columns
        if column.leaf.kind is Kind.CHOICE
        for value, words in choices.get(column.leaf.name, {}).items()
        for word in words
    }


def _table_words(blueprint: Blueprint, index: int, synonyms: Mapping[str, Sequence[str]]) -> TableWords:
    found = _Wordings()
    titles: dict[str, str] = {}
    by_year: Leaf | None = None
    levels: set[str] = {""}
    for column in blueprint.tables[index].columns:
        levels.update(column.leaf.lists)
        titles[column.leaf.path] = column.headings[-1]
        if column.leaf.kind is Kind.BY_YEAR:
            by_year = column.leaf
            continue
        parent = frozenset(key for text in column.headings[:-1] for key in keys_of(text))
        entry = Entry(column.leaf, Strength.ANCHOR, parent)
        for key in keys_of(column.headings[-1]):
            found.entries.setdefault(key, []).append(entry)
    for path, wordings in synonyms.items():
        leaf = leaf_of(blueprint.record, path)
        for wording in wordings if leaf.level in levels else ():
            found.add(leaf, wording)
    return TableWords(
        form=blueprint.form,
        index=index,
        entries={key: tuple(list_) for key, list_ in found.entries.items()},
        patterns=tuple(found.patterns),
        beside=found.beside,
        vetoes=found.vetoes,
        nowhere=found.nowhere,
        titles=titles,
        leaves={column.leaf.path: column.leaf for column in blueprint.tables[index].columns},
        by_year=by_year,
        by_period=tuple(found.periods),
    )


@dataclass(slots=True)
class _Wordings:
    """The wordings of a table's columns while they are sorted by their kind."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    patterns: list[tuple[Pattern, Entry]] = field(default_factory=list)
    periods: list[tuple[Pattern, Leaf]] = field(default_factory=list)
    beside: dict[tuple[str, str], Entry] = field(default_factory=dict)
    vetoes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    nowhere: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, leaf: Leaf, wording: str) -> None:
        """Take in one wording of `columns.toml`."""
        left, _, right = wording.rpartition("+")
        if wording.startswith("!*"):
            self.nowhere[leaf.path] = (*self.nowhere.get(leaf.path, ()), fold(wording))
        elif wording.startswith("!"):
            self.vetoes[leaf.path] = (*self.vetoes.get(leaf.path, ()), fold(wording))
        elif wording.startswith(PERIODS):
            self.periods.append((parse_pattern(wording), leaf))
        elif wording.startswith(MARK):
            self.patterns.append((parse_pattern(wording), Entry(leaf, Strength.LABEL)))
        elif left:
            self.beside[left.strip(), heading_key(right)] = Entry(leaf, Strength.LABEL)
        else:
            above, _, last = wording.rpartition(">")
            parent = frozenset(keys_of(above)) if above else frozenset()
            entry = Entry(leaf, Strength.LABEL, parent, bool(above))
            self.entries.setdefault(heading_key(last), []).append(entry)
