"""Which form is a document? Told by our own content controls, else by labels that only one form has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from automation.errors import AmbiguousForm, UnknownForm
from automation.forms.announcements import calls
from automation.forms.catalogue import Form
from automation.forms.cues import candidates
from automation.forms.ledger import paragraphs_of
from automation.forms.parts import Parts, is_template, paper_of
from automation.forms.segments import GROUPS
from automation.forms.structure import Item, Line, flatten
from automation.forms.tags import form_of
from automation.forms.vocabulary import OTHER, Grade, Vocabulary
from automation.office.blocks import Block

Vocabularies = Sequence[tuple[Form, Vocabulary]]

_WEIGHTS: Mapping[Grade, float] = {Grade.ANCHOR: 1.0, Grade.LABEL: 0.75}
_CERTAIN = 100.0
"""Weight of the controls that we wrote into an issued form: labels cannot outweigh them."""
_LEAST = 2.25
"""Weight of recognised labels below which a file is none of the forms."""
_LEAST_IN_LETTER = 3.0
"""The same for a letter or memo: its sentences may begin with the words of labels."""
_TWICE = 3
"""Fields whose labels come twice in a file that holds the form twice; in a single one hardly any does."""
_NAMES = {"name", "title"}
"""Fields of which a form has but one."""
_WHOLE = 4.0
"""Weight of the labels of a second form that is in the file as well, however many the first has."""
_UNKNOWN_HINT = "กรุณากรอกในแบบฟอร์มที่สำนักนโยบายและแผนส่งให้ หรือตรวจว่าหัวข้อในแฟ้มยังอยู่ครบ แล้วส่งใหม่"
AMBIGUOUS_HINT = "กรุณาส่งแบบฟอร์มละหนึ่งแฟ้ม"


def identify(
    forms: Vocabularies, blocks: Sequence[Block], *, letter: bool = False, keyed: str = ""
) -> tuple[Form, Vocabulary, list[Item]]:
    """The one form that the blocks are, with its vocabulary and items; UnknownForm or AmbiguousForm.

    `keyed` is the form that the file's hidden key names: it counts where any label of that form is left.
    """
    paper = paper_of(blocks)
    if paper:
        raise UnknownForm(f"แฟ้มนี้เป็น “{paper}” ไม่ใช่แบบฟอร์มที่กรอก", hint=_UNKNOWN_HINT)
    if is_template(blocks):
        raise UnknownForm("แฟ้มนี้เป็นแม่แบบเอกสารที่ยังไม่ได้กรอก", hint=_UNKNOWN_HINT)
    weighed = []
    tagged = form_of(paragraphs_of(blocks))
    for form, vocabulary in forms:
        items = flatten(blocks, vocabulary)
        labels = _weight(forms, items, vocabulary)
        said = calls(item for item in items if isinstance(item, Line)) if form.id == "meeting" else 0.0
        sure = form.id == tagged or (form.id == keyed and labels > 0)
        weighed.append((labels + said + _CERTAIN * sure, labels, form, vocabulary, items))
    weighed.sort(key=lambda entry: -entry[0])
    if not weighed or weighed[0][0] < (_LEAST_IN_LETTER if letter else _LEAST):
        raise UnknownForm(_unknown_message(forms), hint=_UNKNOWN_HINT)
    (weight, *_), *others = weighed
    near = others and others[0][0] >= _LEAST and others[0][0] * 1.5 > weight
    if near or any(labels >= _WHOLE for _, labels, *_ in others):
        rival = others[0] if near else max(others, key=lambda entry: entry[1])
        names = " และ ".join(f"“{form.title}”" for _, _, form, *_ in (weighed[0], rival))
        raise AmbiguousForm(f"แฟ้มนี้มีหัวข้อของแบบฟอร์มมากกว่าหนึ่งแบบ: {names}", hint=AMBIGUOUS_HINT)
    _, _, form, vocabulary, items = weighed[0]
    if _twice(items, vocabulary):
        raise AmbiguousForm(f"แฟ้มนี้มี “{form.title}” ที่กรอกแล้วมากกว่าหนึ่งชุด", hint=AMBIGUOUS_HINT)
    return form, vocabulary, items


def called_by(parts: Parts, vocabulary: Vocabulary) -> bool:
    """Whether the memo in front of a form calls the meeting itself and the form only adds its agenda."""
    inside = set(map(id, parts.form))
    memo = flatten([block for block in parts.letter if id(block) not in inside], vocabulary)
    return calls(line for line in memo if isinstance(line, Line)) >= _LEAST


def _twice(items: Sequence[Item], vocabulary: Vocabulary) -> bool:
    """Whether the labels of several fields come once more behind some line, however they are set."""
    slots = [slot for line in items if isinstance(line, Line) and (slot := _labelled(line, vocabulary))]
    again = [set(slots[:end]) & set(slots[end:]) for end in range(1, len(slots))]
    return any(len(fields) >= (_TWICE if fields & _NAMES else _TWICE + 2) for fields in again)


def _labelled(line: Line, vocabulary: Vocabulary) -> str:
    """The field whose label a line surely begins with; empty for groups and their fields."""
    for candidate in candidates(line):
        match = vocabulary.match(candidate.label)
        if match and match.grade >= Grade.LABEL:
            return "" if match.slot == OTHER or "." in match.slot or match.slot in GROUPS else match.slot
    return ""


def _weight(forms: Vocabularies, items: Sequence[Item], vocabulary: Vocabulary) -> float:
    """How many slots a document labels with words that no other form knows; synonyms count less."""
    slots: dict[str, float] = {}
    others = [other for _, other in forms if other is not vocabulary]
    for line in items:
        if not isinstance(line, Line):
            continue
        for candidate in candidates(line):
            match = vocabulary.match(candidate.label, loose=True)
            if match is None or match.slot == OTHER or any(other.match(candidate.label) for other in others):
                continue
            weight = _WEIGHTS.get(match.grade, 0.25)
            slots[match.slot] = max(slots.get(match.slot, 0.0), weight)
    return sum(slots.values())


def _unknown_message(forms: Vocabularies) -> str:
    sought = "; ".join(f"“{form.title}” (เช่น หัวข้อ {_examples(vocabulary)})" for form, vocabulary in forms)
    return f"ไม่พบหัวข้อของแบบฟอร์มใดในแฟ้มนี้ โปรแกรมมองหา {sought}"


def _examples(vocabulary: Vocabulary) -> str:
    return ", ".join(vocabulary.shown[:3])
