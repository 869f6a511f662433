"""Complex fields and bookmarks of a Word document, as XML: finding them, their results, and making new ones.

A field is a run that begins it, runs with its code, a separator, runs with the result that Word computed last
and an end. It may lie in one paragraph (`PAGE`, `SEQ`) or span many (`TOC`), and fields stand in fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def fields(root: Element, name: str) -> Iterator[tuple[Element, str]]:
    """The first run and the code of each complex field of this kind, in the order of the document."""
    for code in root.iter(f"{W}instrText"):
        if (code.text or "").split()[:1] == [name]:
            run = code.getparent()
            while run is not None and not _is_mark(run, "begin"):
                run = run.getprevious()
            if run is not None:
                yield run, code.text or ""


def unfold(root: Element) -> None:
    """Write every simple field, which Word makes of a field with a plain result, as a complex one."""
    for simple in list(root.iter(f"{W}fldSimple")):
        parts = [begin_mark(), code_run(simple.get(f"{W}instr", "")), separator(), *simple, end_mark()]
        for part in parts:
            simple.addprevious(part)
        simple.getparent().remove(simple)


def _is_mark(run: Element, kind: str) -> bool:
    return any(mark.get(f"{W}fldCharType") == kind for mark in run.iter(f"{W}fldChar"))


def result_runs(begin: Element) -> Iterator[Element]:
    """The runs between the separator and the end of a field that lies within one paragraph."""
    inside = False
    for run in begin.itersiblings():
        if _is_mark(run, "end"):
            return
        if inside:
            yield run
        inside = inside or _is_mark(run, "separate")


def paragraphs_of_field(first: Element) -> list[Element]:
    """The paragraphs from the one in which the field begins to the one in which it ends."""
    depth, found = 0, []
    for paragraph in (first, *first.itersiblings()):
        found.append(paragraph)
        for mark in paragraph.iter(f"{W}fldChar"):
            depth += {"begin": 1, "end": -1}.get(mark.get(f"{W}fldCharType", ""), 0)
        if depth == 0:
            return found
    return [first]


def bookmark(paragraph: Element, name: str, number: int) -> None:
    """Enclose the content of the paragraph in a bookmark."""
    start, end = node("bookmarkStart", id=str(number)), node("bookmarkEnd", id=str(number))
    start.set(f"{W}name", name)
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)


def node(name: str, **attributes: str) -> Any:
    """A new element of Word's own namespace, as are its attributes."""
    from lxml import etree

    return etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in attributes.items()})


def text_node(name: str, text: str) -> Any:
    """A new element with text whose spaces count."""
    made = node(name)
    made.text = text
    made.set(_SPACE, "preserve")
    return made


def run(child: Element) -> Element:
    """A run that holds this."""
    made: Element = node("r")
    made.append(child)
    return made


def begin_mark() -> Element:
    """The run that begins a field."""
    return run(node("fldChar", fldCharType="begin"))


def separator() -> Element:
    """The run between a field's code and its result."""
    return run(node("fldChar", fldCharType="separate"))


def end_mark() -> Element:
    """The run that ends a field."""
    return run(node("fldChar", fldCharType="end"))


def code_run(text: str) -> Element:
    """The run with a field's code."""
    return run(text_node("instrText", text))
