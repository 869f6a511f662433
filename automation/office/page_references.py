"""Live references to pages: a template asks by the words of a heading, Word is given the heading's bookmark.

A field `PAGEREF "๑. โครงการ…"` names a heading of the same book. It becomes `PAGEREF` to the bookmark that
the table of contents uses too, with the same number as its result, so that F9 in Word keeps it right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from automation.office.word_fields import W, fields, result_runs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NAMED = re.compile(r'PAGEREF\s+"(.*)"', re.DOTALL)
_MARKED = re.compile(r"PAGEREF\s+(\w+)")


def point(body: Element, marks: Mapping[str, str], pages: Mapping[str, str]) -> None:
    """Give every page reference its bookmark and its number.

    `marks` leads from the words of a heading to its bookmark, `pages` from that to the number on its page. A
    reference to no heading of the book shows a dash.
    """
    known = {_plain(title): mark for title, mark in marks.items()}
    for begin, code in list(fields(body, "PAGEREF")):
        named = _NAMED.search(code)
        if named:
            mark = known.get(_plain(named[1]), "")
            _set_code(begin, f" PAGEREF {mark} \\h " if mark else code)
        else:
            marked = _MARKED.search(code)
            mark = marked[1] if marked else ""
        _set_result(begin, pages.get(mark, "-"))


def _plain(words: str) -> str:
    return " ".join(words.split())


def _set_code(begin: Element, code: str) -> None:
    for run in begin.itersiblings():
        for text in run.iter(f"{W}instrText"):
            text.text = code
            return


def _set_result(begin: Element, page: str) -> None:
    texts = [text for run in result_runs(begin) for text in run.iter(f"{W}t")]
    for place, text in enumerate(texts):
        text.text = "" if place else page
