"""Content controls that we wrote into an issued form: the strongest evidence of what a text is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from automation.forms.bind import Draft, Handler
from automation.forms.blueprint import slot_of
from automation.forms.fields_money import amount_of
from automation.forms.ledger import significant
from automation.forms.segments import Segment
from automation.forms.structure import Line
from automation.forms.wording import clean, plain, without_number
from automation.model import Evidence, Finding, Record, Severity, Strength
from automation.office.blocks import Para
from automation.thai.text import fold, is_blank

_SINGLE = re.compile(
    r"name|code|fiscal_year|bureau|group|place|rationale|target_group|evaluation|alignment\.\w+"
    r"|budget\.(?:total|total_text|source)|start|end|title|number|issued|date|chair|start_time|end_time|reply_by"
)
"""Fields that one control can hold whole; lists are read by their labels and headings."""
_ROW = re.compile(r"(?P<form>\w+)\.(?P<path>[a-z_]+(?:\.[a-z_]+)*)\.(?P<row>\d+)(?:\.(?P<leaf>[a-z_]+))?")
"""The tag of a control in a row of a list: `project.budget.lines.2.amount`."""


def form_of(paragraphs: Iterable[Para]) -> str:
    """The form whose fields the controls name, empty when fewer than three do."""
    roots = Counter(tag.name.split(".")[0] for para in paragraphs for tag in para.tags if "." in tag.name)
    roots.pop("loop", None)
    best = roots.most_common(1)
    return best[0][0] if best and best[0][1] >= 3 else ""


def bind_tags(draft: Draft, form: str, paragraphs: Iterable[Para], handlers: Mapping[str, Handler]) -> None:
    """Give fields the text of their controls.

    Labels read what people wrote beside a control, and a field whose control was copied and says two things.
    """
    draft.strength = Strength.TAG
    controls = list(_controls(form, paragraphs))
    said: dict[str, set[str]] = {}
    for path, line in controls:
        said.setdefault(path, set()).add(fold(line.text))
    for path, line in controls:
        handler = handlers.get(slot_of(path))
        if handler is not None and path not in draft.values and len(said[path]) == 1:
            handler(draft, Segment(path, content=[line]))
    draft.strength = None


def vouched(
    form: str, record: Record, evidence: Mapping[str, Evidence], paragraphs: Iterable[Para]
) -> tuple[dict[str, Evidence], list[Finding]]:
    """The evidence with the lists that the controls of their rows confirm, and where the two disagree.

    What the table shows counts. A control vouches only while its row stands where it was issued, once and in
    order: people copy rows, delete and move them, and the controls go along.
    """
    found, told = dict(evidence), list[Finding]()
    rows: dict[str, list[_Row]] = {}
    for para in paragraphs:
        for tag in para.tags:
            mark = _ROW.fullmatch(tag.name)
            text = plain(para.text[tag.start : tag.end])
            if mark and mark["form"] == form and not is_blank(text):
                row = _Row(int(mark["row"]), mark["leaf"] or "", text, para)
                rows.setdefault(mark["path"], []).append(row)
    for path, controls in rows.items():
        items = _items(record, path)
        if path not in found or not items:
            continue
        strange = [
            row for row in controls if not any(_agrees(_leaf(item, row.leaf), row.text) for item in items)
        ]
        order = [row.number for row in controls]
        if not strange and order == sorted(order) and len(set(order)) == len(items):
            found[path] = replace(found[path], by=Strength.TAG)
        told += [_disagrees(path, row) for row in strange]
    return found, told


@dataclass(frozen=True, slots=True)
class _Row:
    """A control of a row: number of the row when it was issued, name of the field in it, its text."""

    number: int
    leaf: str
    text: str
    para: Para


def _items(record: Record, path: str) -> tuple[Any, ...]:
    value: Any = record
    for name in path.split("."):
        value = getattr(value, name, ())
    return value if isinstance(value, tuple) else ()


def _leaf(item: Any, leaf: str) -> Any:
    return getattr(item, leaf, None) if leaf else item


def _agrees(value: Any, text: str) -> bool:
    """Whether a text says the value of a field; a value that is no text or amount says nothing against it."""
    if isinstance(value, Decimal):
        try:
            return amount_of(text) == value
        except ValueError:
            return False
    return not isinstance(value, str) or fold(without_number(value)) == fold(without_number(text))


def _disagrees(path: str, row: _Row) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        rule="tag-disagrees",
        field=path,
        where=row.para.place.label,
        ref=row.para.place.ref,
        message=f"“{clean(row.text)[:60]}” ไม่ตรงกับที่โปรแกรมอ่านได้จากตาราง อาจวางผิดช่องของแบบฟอร์มที่ออกให้ กรุณาตรวจ",
    )


def _controls(form: str, paragraphs: Iterable[Para]) -> Iterator[tuple[str, Line]]:
    for para in paragraphs:
        for tag in para.tags:
            root, _, path = tag.name.partition(".")
            text = plain(para.text[tag.start : tag.end])
            if root != form or not _SINGLE.fullmatch(path) or is_blank(text) or _beside(para, tag.end):
                continue
            yield path, Line(text, para, len(plain(para.text[: tag.start])))


def _beside(para: Para, end: int) -> bool:
    """Whether words that belong to the value may stand behind the control."""
    rest = plain(para.text[end:])
    return significant(re.sub(r"บาท(?:ถ้วน)?|\([^()]*\)|พ\.ศ\.|น\.|นาฬิกา", " ", rest))
