"""The Jinja environment of templates, and what its errors mean in Thai."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from automation.office.filters import FILTERS

if TYPE_CHECKING:
    from jinja2 import Environment

_SPECIAL = re.compile('[&<>"\n\t\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]')
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_NEXT_TEXT = '<w:t xml:space="preserve">'


class RawXml(str):
    """Text that is mark-up already and goes into the document as it is."""

    __slots__ = ()


def escaped(value: Any) -> str:
    """The value as the content of a w:t: escaped, line breaks and tabs as Word has them, nothing for None;
    characters that XML forbids are left out."""
    if value is None:
        return ""
    if type(value) is RawXml:
        return value
    text = value if type(value) is str else str(value)
    if not _SPECIAL.search(text):
        return text
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\v", "\n")).translate(_MARKUP)
    return text.replace("\n", f"</w:t><w:br/>{_NEXT_TEXT}").replace("\t", f"</w:t><w:tab/>{_NEXT_TEXT}")


def escaped_text(text: str) -> str:
    """The text as content of any XML element; characters that XML forbids are left out."""
    return _ILLEGAL.sub("", text).translate(_MARKUP)


def oneline(value: Any) -> RawXml:
    """The value for a place that takes plain text only: escaped, white space as single spaces."""
    return RawXml("" if value is None else escaped_text(" ".join(str(value).split())))


def environment(*, markup: bool = True) -> Environment:
    """A strict environment with our filters; with `markup` values become content of Word texts."""
    from jinja2 import Environment, StrictUndefined

    made = Environment(undefined=StrictUndefined, finalize=escaped if markup else None, autoescape=False)
    made.filters.update(FILTERS)
    made.filters["oneline"] = oneline
    return made


_SYNTAX = (
    (r"Unexpected end of template|Unclosed|Jinja was looking for", "คำสั่งนี้ยังไม่มีคำสั่งปิด (endfor หรือ endif)"),
    (r"Encountered unknown tag '(end\w+|else|elif)'", "คำสั่งนี้ไม่มีคำสั่งเปิดคู่กัน (for หรือ if)"),
    (r"unknown tag '(\w+)'", "ไม่รู้จักคำสั่ง {0}"),
    (r"No filter named '(\w+)'", "ไม่รู้จักตัวกรอง {0}"),
    (r"No test named '(\w+)'", "ไม่รู้จักเงื่อนไข {0}"),
)
_MISSING = (
    (r"'(?P<owner>[\w. ]+?)(?: object)?' has no attribute '(\w+)'", "ไม่มีข้อมูลชื่อ {1} ใน {0}"),
    (r"'(\w+)' is undefined", "ไม่มีข้อมูลชื่อ {0}"),
)


def meaning(error: Exception) -> str:
    """What went wrong in a tag, in Thai, with the original words where they are not known."""
    from jinja2 import TemplateSyntaxError, UndefinedError

    text = str(error)
    for pattern, message in (*_SYNTAX, *_MISSING):
        if found := re.search(pattern, text):
            return message.format(*(name.rpartition(".")[2] for name in found.groups()))
    if isinstance(error, TemplateSyntaxError):
        return f"คำสั่งเขียนไม่ถูกต้อง: {text}"
    if isinstance(error, UndefinedError):
        return f"ไม่มีข้อมูลที่อ้างถึง: {text}"
    return f"คำนวณค่าไม่ได้: {text}"
