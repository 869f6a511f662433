"""The catalogue of forms: which template each form has. Knows file names, opens no Word or Excel file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from automation.errors import TemplateError
from automation.model import RECORD_TYPES

Medium = Literal["docx", "xlsx"]

_KEYS = frozenset({"title", "template", "steps", "required"})
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_HINT = "กรุณาแก้ไขแฟ้ม templates/forms.toml หรือสั่ง automation init เพื่อสร้างชุดแม่แบบใหม่ในโฟลเดอร์อื่นแล้วคัดลอกมา"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form: `id` is the form's name everywhere, also the root name in its template."""

    id: str
    title: str
    """Thai title for people."""
    template: Path
    medium: Medium
    steps: tuple[str, ...] = ()
    """Steps of the manual that use the form, e.g. `A08`."""
    required: tuple[str, ...] = ()
    """Fields of a form of the office's own that must not be empty."""

    @property
    def own(self) -> bool:
        """Whether the office added the form: no class of the model describes its record."""
        return self.id not in RECORD_TYPES


@dataclass(frozen=True, slots=True)
class FormCatalogue:
    """All forms of a workspace, in the order of `forms.toml`."""

    forms: tuple[Form, ...]
    templates: Path
    """The templates folder itself; `labels.toml` lies in it."""

    @classmethod
    def load(cls, templates: Path) -> FormCatalogue:
        """The catalogue that `templates/forms.toml` describes; TemplateError when it is wrong."""
        source = templates / "forms.toml"
        try:
            entries = tomllib.loads(source.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            message = f"อ่านรายการแบบฟอร์มไม่ได้ ({error})"
            raise TemplateError(message, hint=_HINT, place=source.name) from error
        return cls(tuple(_form(name, entry, templates) for name, entry in entries.items()), templates)

    def __iter__(self) -> Iterator[Form]:
        return iter(self.forms)

    def get(self, name: str) -> Form:
        """The form of that id; TemplateError naming the forms there are."""
        for form in self.forms:
            if form.id == name:
                return form
        known = ", ".join(form.id for form in self.forms)
        raise TemplateError(f"ไม่มีแบบฟอร์มชื่อ {name}", hint=f"แบบฟอร์มที่มี: {known}", place="forms.toml")


def _form(name: str, entry: Any, templates: Path) -> Form:
    fault = _fault(name, entry)
    if not fault:
        medium: Medium = "docx" if entry["template"].endswith(".docx") else "xlsx"
        path = templates / medium / entry["template"]
        if path.is_file():
            steps = tuple(entry.get("steps", ()))
            required = tuple(entry.get("required", ()))
            return Form(
                id=name, title=entry["title"], template=path, medium=medium, steps=steps, required=required
            )
        fault = f"ไม่พบแฟ้มแม่แบบ {medium}/{entry['template']}"
    raise TemplateError(f"รายการ [{name}] ไม่ถูกต้อง: {fault}", hint=_HINT, place="forms.toml")


def _fault(name: str, entry: Any) -> str:
    """What is wrong with an entry, in Thai; empty when nothing is."""
    if not _NAME.fullmatch(name) or name == "form":
        return "ชื่อแบบฟอร์มต้องเป็นอักษรอังกฤษตัวเล็ก ตัวเลข และ _ เช่น site_visit"
    if not isinstance(entry, Mapping):
        return "ต้องเป็นตาราง"
    if unknown := sorted(set(entry) - _KEYS):
        return f"ไม่รู้จัก {', '.join(unknown)}"
    for key in ("title", "template"):
        if not isinstance(entry.get(key), str):
            return f"ต้องระบุ {key} เป็นข้อความ"
    template = Path(entry["template"])
    if template.suffix not in (".docx", ".xlsx") or template.name != entry["template"]:
        return "template ต้องเป็นชื่อแฟ้ม .docx หรือ .xlsx"
    for key in ("steps", "required"):
        values = entry.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            return f"{key} ต้องเป็นรายการข้อความ"
    return _fault_of_own(name, entry, template)


def _fault_of_own(name: str, entry: Mapping[str, Any], template: Path) -> str:
    """What only forms of the office's own can have wrong or may have at all."""
    if name in RECORD_TYPES:
        return "required ใช้ได้เฉพาะแบบฟอร์มที่เพิ่มเอง" if "required" in entry else ""
    return ""
