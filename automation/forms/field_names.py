"""What people call a field: the label that the form's own template gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from automation.forms.blueprint import PARENTS, Blueprint, derive
from automation.forms.catalogue import Form
from automation.forms.sheet_blocks import as_document
from automation.office.blocks import Document
from automation.office.opening import open_file
from automation.thai.dates import MONTHS
from automation.thai.digits import to_thai

_NUMBER = re.compile(r"\.(\d+)(?=\.|$)")
_WORDS: Mapping[str, str] = {
    "start": "วันเริ่มต้น",
    "end": "วันสิ้นสุด",
    "role": "ตำแหน่ง",
    "name": "ชื่อ",
    "date": "วันที่",
    "months": "เดือนที่ดำเนินการ",
    "requested": "คำขอ",
    "allocated": "ได้รับจัดสรร",
}
"""Fields that forms show without a label of their own."""


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The labels of one form, from its blueprint."""

    blueprint: Blueprint

    def label(self, path: str) -> str:
        """`งบประมาณ จำนวนเงิน`, `วัตถุประสงค์ ข้อ ๒`; the path itself where the template shows no label."""
        option = self.option(path, "yes")
        if option:
            return option
        numbers = _NUMBER.findall(path)
        bare = _NUMBER.sub("", path)
        owner = max(
            (loop.path for loop in self.blueprint.loops if self._in(bare, loop.path)), key=len, default=""
        )
        if owner and numbers:
            name, leaf = self._anchor(owner) or owner, bare[len(owner) + 1 :]
            words = [name, to_thai(f"ข้อ {int(numbers[0]) + 1}"), self._column(owner, leaf)]
            return " ".join(filter(None, words))
        name = self._anchor(bare) or self._parent(bare) or path
        return f"{name} {self._period(bare, numbers[0])}" if numbers else name

    def option(self, path: str, value: str) -> str:
        """The words beside the tick box of a value, "" where the field has none."""
        found = (item.label for item in self.blueprint.options if (item.field, item.value) == (path, value))
        return next(found, "")

    @staticmethod
    def _in(path: str, owner: str) -> bool:
        return path == owner or path.startswith(f"{owner}.")

    def _anchor(self, path: str) -> str:
        found = (item for item in self.blueprint.anchors if path in item.fields)
        anchor = next(found, None)
        return " ".join(filter(None, (anchor.group, anchor.label))) if anchor else ""

    def _parent(self, path: str) -> str:
        parent, leaf = PARENTS.get(path, path.rpartition(".")[0]), path.rpartition(".")[2]
        label = self._anchor(parent)
        return " ".join(filter(None, (label, _WORDS.get(leaf, "")))) if label else ""

    def _column(self, owner: str, leaf: str) -> str:
        loop = next(loop for loop in self.blueprint.loops if loop.path == owner)
        headings = [heading for heading, name in loop.columns if name == leaf]
        return headings[0] if len(headings) == 1 else _WORDS.get(leaf, "")

    @staticmethod
    def _period(path: str, number: str) -> str:
        month = path.endswith("months")
        return f"เดือน{MONTHS[int(number)]}" if month else to_thai(f"ไตรมาสที่ {number}")


def field_names(form: Form) -> FieldNames:
    """The labels of a Word form; FileError where its template cannot be opened."""
    return FieldNames(blueprint_of(form))


def blueprint_of(form: Form) -> Blueprint:
    """The blueprint of a form, derived again when its template changes; FileError as above."""
    return _blueprint(form.id, form.template, form.template.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _blueprint(form: str, template: Path, _changed: int) -> Blueprint:
    content = open_file(template)
    return derive(form, content if isinstance(content, Document) else as_document(content))
