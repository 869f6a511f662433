"""The catalogue of documents: which template each kind has and what it needs. Opens no Word file.

`templates/documents.toml` holds one table a kind, and in `[facts]` the Thai names of everything that a
document may need: what the office gives (`signatory`) and fields of records (`project.name`). A new memo is
a Word file in `templates/docx/` and a table here; no code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from automation.errors import TemplateError, UsageError

FILE = "documents.toml"
_FACTS = "facts"
_KEYS = frozenset(
    {
        "title",
        "paper",
        "scope",
        "template",
        "steps",
        "needs",
        "name",
        "defaults",
        "refers",
        "recalls",
        "forms",
    }
)
_HINT = f"กรุณาแก้ไขแฟ้ม templates/{FILE} หรือสั่ง automation init เพื่อสร้างชุดแม่แบบใหม่ในโฟลเดอร์อื่นแล้วคัดลอกมา"


class Scope(StrEnum):
    """What one document is made of: a project, a meeting, a bureau, or the whole fiscal year."""

    PROJECT = "project"
    MEETING = "meeting"
    BUREAU = "bureau"
    YEAR = "year"


class Paper(StrEnum):
    """The kind of paper; a book also gets charts and a table of contents (documents/books.py)."""

    MEMO = "memo"
    LETTER = "letter"
    INVITATION = "invitation"
    ORDER = "order"
    LIST = "list"
    BOOK = "book"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of document."""

    id: str
    title: str
    """Thai title for people."""
    paper: Paper
    scope: Scope
    template: Path
    steps: tuple[str, ...] = ()
    """Steps of the manual that the document serves, e.g. `S03`."""
    needs: tuple[str, ...] = ()
    """Names of what must be known: facts of the office, or fields of a record as `project.name`."""
    name: str = ""
    """File name without ending; `{project.code}` stands for a value of the context."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """Fact → what stands for it when nobody gives it; `{data.plan.name}` is a value of the context."""
    refers: tuple[str, ...] = ()
    """Kinds of earlier papers that this one may follow up; the last of them that went out is named in it."""
    forms: tuple[str, ...] = ()
    """Ids of the blank forms that go out with it."""
    recalls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Fact → kinds of earlier papers that may have it; `kind.fact` where it is called otherwise there."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Thai name of every fact and field that documents may need; the same for all kinds."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Names of the facts that may be given; those with a dot are fields of records."""
        return tuple(name for name in self.labels if "." not in name)


@dataclass(frozen=True, slots=True)
class DocumentCatalogue:
    """All kinds of documents of a workspace, in the order of `documents.toml`."""

    kinds: tuple[Kind, ...]

    @classmethod
    def load(cls, templates: Path) -> DocumentCatalogue:
        """The catalogue that `templates/documents.toml` describes; TemplateError when it is wrong."""
        try:
            tables = tomllib.loads((templates / FILE).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise TemplateError(f"อ่านรายการเอกสารไม่ได้ ({error})", hint=_HINT, place=FILE) from error
        labels = tables.pop(_FACTS, {})
        if not isinstance(labels, Mapping) or not all(isinstance(text, str) for text in labels.values()):
            raise TemplateError(f"รายการ [{_FACTS}] ต้องเป็นข้อความทุกค่า", hint=_HINT, place=FILE)
        return cls(tuple(_kind(name, table, labels, templates) for name, table in tables.items()))

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.kinds)

    def get(self, name: str) -> Kind:
        """The kind of that id; UsageError naming the kinds there are."""
        for kind in self.kinds:
            if kind.id == name:
                return kind
        known = ", ".join(kind.id for kind in self.kinds)
        raise UsageError(f"ไม่มีเอกสารชนิด {name}", hint=f"ชนิดที่มี: {known}")


def _kind(name: str, table: Any, labels: Mapping[str, str], templates: Path) -> Kind:
    fault = _fault(table, labels, templates)
    if fault:
        raise TemplateError(f"รายการ [{name}] ไม่ถูกต้อง: {fault}", hint=_HINT, place=FILE)
    return Kind(
        id=name,
        title=table["title"],
        paper=Paper(table["paper"]),
        scope=Scope(table["scope"]),
        template=_template(table, templates),
        steps=tuple(table.get("steps", ())),
        needs=tuple(table.get("needs", ())),
        name=table.get("name") or table["title"],
        defaults=table.get("defaults", {}),
        refers=tuple(table.get("refers", ())),
        forms=tuple(table.get("forms", ())),
        recalls={fact: tuple(kinds) for fact, kinds in table.get("recalls", {}).items()},
        labels=labels,
    )


def _template(table: Mapping[str, Any], templates: Path) -> Path:
    return templates / "docx" / str(table["template"])


def _fault(table: Any, labels: Mapping[str, str], templates: Path) -> str:
    """What is wrong with an entry, in Thai; empty when nothing is."""
    if not isinstance(table, Mapping):
        return "ต้องเป็นตาราง"
    if unknown := sorted(set(table) - _KEYS):
        return f"ไม่รู้จัก {', '.join(unknown)} (ที่ใช้ได้คือ {', '.join(sorted(_KEYS))})"
    if wrong := _wrong_value(table):
        return wrong
    if unnamed := [need for need in table.get("needs", ()) if need not in labels]:
        return f"needs มีชื่อที่ไม่อยู่ใน [{_FACTS}]: {', '.join(unnamed)}"
    if wrong := _wrong_default(table.get("defaults", {}), labels) or _wrong_recall(table, labels):
        return wrong
    if not _template(table, templates).is_file():
        return f"ไม่พบแฟ้มแม่แบบ docx/{table['template']}"
    return ""


def _wrong_value(table: Mapping[str, Any]) -> str:
    for key in ("title", "template"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            return f"ต้องมี {key} เป็นข้อความ"
    for key, choices in (("paper", tuple(Paper)), ("scope", tuple(Scope))):
        if table.get(key) not in choices:
            return f"{key} ต้องเป็นหนึ่งใน {', '.join(choices)}"
    for key in ("steps", "needs", "refers", "forms"):
        items = table.get(key, [])
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            return f"{key} ต้องเป็นรายการข้อความ"
    return ""


def _wrong_default(defaults: Any, labels: Mapping[str, str]) -> str:
    if not isinstance(defaults, Mapping) or not all(isinstance(text, str) for text in defaults.values()):
        return "defaults ต้องเป็นตารางของข้อความ"
    unnamed = [name for name in defaults if name not in labels or "." in name]
    return f"defaults มีชื่อที่ไม่อยู่ใน [{_FACTS}]: {', '.join(unnamed)}" if unnamed else ""


def _wrong_recall(table: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    recalls = table.get("recalls", {})
    if not isinstance(recalls, Mapping) or not all(
        isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds) for kinds in recalls.values()
    ):
        return "recalls ต้องเป็นตารางของรายการชนิดเอกสาร"
    unnamed = [name for name in recalls if name not in labels or "." in name]
    return f"recalls มีชื่อที่ไม่อยู่ใน [{_FACTS}]: {', '.join(unnamed)}" if unnamed else ""
