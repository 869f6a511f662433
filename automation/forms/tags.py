"""Content controls that we wrote into an issued form: the strongest evidence of what a text is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from automation.forms.bind import Draft, Handler
from automation.forms.blueprint import slot_of
from automation.forms.ledger import significant
from automation.forms.segments import Segment
from automation.forms.structure import Line
from automation.forms.wording import plain
from automation.model import Strength
from automation.office.blocks import Para
from automation.thai.text import is_blank

_SINGLE = re.compile(
    r"name|code|fiscal_year|bureau|group|place|rationale|target_group|evaluation|alignment\.\w+"
    r"|budget\.(?:total|total_text|source)|start|end|title|number|issued|date|chair|start_time|end_time|reply_by"
)
"""Fields that one control can hold whole; lists are read by their labels and headings."""


def form_of(paragraphs: Iterable[Para]) -> str:
    """The form whose fields the controls name, empty when fewer than three do."""
    roots = Counter(tag.name.split(".")[0] for para in paragraphs for tag in para.tags if "." in tag.name)
    roots.pop("loop", None)
    best = roots.most_common(1)
    return best[0][0] if best and best[0][1] >= 3 else ""


def bind_tags(draft: Draft, form: str, paragraphs: Iterable[Para], handlers: Mapping[str, Handler]) -> None:
    """Give fields the text of their controls, but where people wrote beside the control: labels read that."""
    draft.strength = Strength.TAG
    for path, line in _controls(form, paragraphs):
        handler = handlers.get(slot_of(path))
        if handler is not None and path not in draft.values:
            handler(draft, Segment(path, content=[line]))
    draft.strength = None


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
