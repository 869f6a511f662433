"""The inline content of a paragraph: runs, fields, content controls, tracked changes, symbols, text boxes.

Whatever element is not known is entered, so that no text is lost because of a wrapper; the few elements that
hold no text of the page are named in `_SILENT`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from automation.office.blocks import Tag
from automation.office.docx_names import (
    OFF,
    OUR_PLACEHOLDER,
    SDT,
    VAL,
    W14,
    A,
    M,
    T,
    W,
    content,
    toggle,
    val,
    whole,
)
from automation.office.docx_styles import Style, Styles
from automation.office.docx_symbols import EMPTY, TICKED, plain, symbol
from automation.thai.text import is_blank

_SILENT = frozenset(
    f"{W}{name}"
    for name in (
        "pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "instrText", "delInstrText",
        "delText", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "softHyphen",
        "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "annotationRef", "pgNum",
    )
)  # fmt: skip
_BOX = f"{W}txbxContent"
_STYLE = f"{W}rStyle"
_LINE_ENDS = re.compile(r"[\r\n\t]+")
"""Inside `w:t` they are the layout of the XML; a line break of the text is `w:br`."""


@dataclass(slots=True)
class Field:
    """One open complex field; its text shows once `result` is reached."""

    result: bool = False
    done: bool = False
    """The value stood in the field's own data (a check box or list): the result is not read again."""


@dataclass(slots=True)
class Ledger:
    """What a walk collects beside the text, over all parts of one file."""

    insertions: int = 0
    deletions: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    """Text boxes (`w:txbxContent`) met and not yet walked."""
    fields: list[Field] = field(default_factory=list)
    """Complex fields that are open; they may span paragraphs."""
    balanced: bool = True
    """Every field of the part that begins also ends; else a lost end would swallow the rest."""

    @property
    def silent(self) -> bool:
        """Whether text stands in the instruction of a field, or repeats a value already taken."""
        return self.balanced and any(not entry.result or entry.done for entry in self.fields)


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one run."""

    bold: bool = False
    hidden: bool = False
    size: float | None = None
    font: str = ""


@dataclass(slots=True)
class Inline:
    """The text of one paragraph while it is read."""

    styles: Styles
    style: Style
    ledger: Ledger
    pieces: list[tuple[str, Look]] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    page_break: bool = False
    length: int = 0

    def add(self, text: str, look: Look) -> None:
        """Take visible or hidden text, unless the instruction of a field is open."""
        if not text or self.ledger.silent:
            return
        if look.hidden:
            self.hidden.append(text)
            return
        self.pieces.append((text, look))
        self.length += len(text)

    def walk(self, element: Any, look: Look) -> None:
        """Read all children of an element."""
        for child in content(element):
            name = child.tag
            if name in _SILENT:
                continue
            handler = _HANDLERS.get(name)
            if handler is None:
                self.walk(child, look)
            else:
                handler(self, child, look)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.pieces)


def _run(inline: Inline, element: Any, look: Look) -> None:
    inline.walk(element, run_look(element.find(f"{W}rPr"), inline.styles, inline.style))


def run_look(properties: Any, styles: Styles, style: Style) -> Look:
    """Look of a run from its properties, character style, paragraph style and defaults.

    Bold (Latin or complex script) and hidden are toggles: a character style inverts what the paragraph
    style says.
    """
    own = {} if properties is None else {child.tag: child for child in properties}
    letters = styles.run(own[_STYLE].get(VAL)) if _STYLE in own else Style()
    bold, hidden = _on(own, f"{W}b", f"{W}bCs"), _on(own, f"{W}vanish")
    if bold is None:
        bold = bool(style.bold) != bool(letters.bold) or bool(styles.defaults.bold)
    if hidden is None:
        hidden = bool(style.hidden) != bool(letters.hidden) or bool(styles.defaults.hidden)
    sizes = [whole(own[name].get(VAL)) for name in (f"{W}szCs", f"{W}sz") if name in own]
    fonts = own.get(f"{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
    return Look(bold=bold, hidden=hidden, size=sizes[0] / 2 if sizes and sizes[0] else None, font=font)


def _on(own: dict[str, Any], *names: str) -> bool | None:
    states = [own[name].get(VAL, "1").lower() not in OFF for name in names if name in own]
    return any(states) if states else None


def _text(inline: Inline, element: Any, look: Look) -> None:
    inline.add(plain(_LINE_ENDS.sub(" ", element.text or ""), look.font), look)


def _symbol(inline: Inline, element: Any, look: Look) -> None:
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return
    inline.add(symbol(code, element.get(f"{W}font", "")), look)


def _literal(text: str) -> Callable[[Inline, Any, Look], None]:
    def handle(inline: Inline, element: Any, look: Look) -> None:
        inline.add(text, look)

    return handle


def _break(inline: Inline, element: Any, look: Look) -> None:
    if element.get(f"{W}type") == "page":
        inline.page_break = True
        if not inline.length:
            return
    inline.add("\n", look)


def _inserted(inline: Inline, element: Any, look: Look) -> None:
    inline.ledger.insertions += 1
    inline.walk(element, look)


def _deleted(inline: Inline, element: Any, look: Look) -> None:
    if text := deleted_text(element):
        inline.ledger.deletions.append(text)


def deleted_text(element: Any) -> str:
    """The struck text below an element: that of tracked deletions, and of a deleted table row."""
    return "".join(node.text or "" for node in element.iter(f"{W}delText", T))


def _moved_away(inline: Inline, element: Any, look: Look) -> None:
    """The same text stands where it was moved to."""


def _field(inline: Inline, element: Any, look: Look) -> None:
    stack, kind = inline.ledger.fields, element.get(f"{W}fldCharType")
    if kind == "begin":
        value = form_value(element.find(f"{W}ffData"))
        inline.add(value, look)
        stack.append(Field(done=bool(value)))
    elif kind == "separate" and stack:
        stack[-1].result = True
    elif kind == "end" and stack:
        stack.pop()


def form_value(data: Any) -> str:
    """☑ or ☐ of a legacy check box, the chosen entry of a legacy list, else ""."""
    if data is None:
        return ""
    box = data.find(f"{W}checkBox")
    if box is not None:
        state = toggle(box, "checked")
        return TICKED if (toggle(box, "default") if state is None else state) else EMPTY
    choice = data.find(f"{W}ddList")
    if choice is None:
        return ""
    entries = [entry.get(f"{W}val", "") for entry in choice.iterchildren(f"{W}listEntry")]
    chosen = val(choice, "result") or val(choice, "default")
    return entries[at] if 0 <= (at := whole(chosen)) < len(entries) else ""


def _simple_field(inline: Inline, element: Any, look: Look) -> None:
    value = form_value(element.find(f"{W}ffData"))
    if value:
        inline.add(value, look)
    else:
        inline.walk(element, look)


def _control(inline: Inline, element: Any, look: Look) -> None:
    properties, start = element.find(f"{W}sdtPr"), inline.length
    ticked = checkbox_state(properties)
    inner = element.find(f"{W}sdtContent")
    if ticked is not None:
        run = None if inner is None else inner.find(f"{W}r/{W}rPr")
        inline.add(TICKED if ticked else EMPTY, run_look(run, inline.styles, inline.style))
    elif inner is not None and (not toggle(properties, "showingPlcHdr") or _typed_over(inner)):
        inline.walk(inner, look)
    if name := control_name(properties):
        inline.tags.append(Tag(name=name, start=start, end=inline.length))


def _typed_over(inner: Any) -> bool:
    """Whether people wrote into a field of an issued form: LibreOffice goes on calling that a placeholder."""
    ours = any(style.get(VAL) == OUR_PLACEHOLDER for style in inner.iter(_STYLE))
    return ours and not is_blank("".join(inner.itertext(T)))


def checkbox_state(properties: Any) -> bool | None:
    """State of a check box content control, None for any other control."""
    box = None if properties is None else properties.find(f"{W14}checkbox")
    if box is None:
        return None
    checked = box.find(f"{W14}checked")
    return checked is not None and checked.get(f"{W14}val", "1") in ("1", "true", "on")


def control_name(properties: Any) -> str:
    """Tag of a content control, else its title."""
    return val(properties, "tag") or val(properties, "alias") or ""


def _box(inline: Inline, element: Any, look: Look) -> None:
    inline.ledger.boxes.append(element)


_HANDLERS: dict[str, Callable[[Inline, Any, Look], None]] = {
    f"{W}r": _run,
    f"{M}r": _run,
    T: _text,
    f"{M}t": _text,
    f"{A}t": _text,
    f"{W}sym": _symbol,
    f"{W}tab": _literal("\t"),
    f"{W}ptab": _literal("\t"),
    f"{W}cr": _literal("\n"),
    f"{W}noBreakHyphen": _literal("-"),
    f"{W}br": _break,
    f"{W}ins": _inserted,
    f"{W}moveTo": _inserted,
    f"{W}del": _deleted,
    f"{W}moveFrom": _moved_away,
    f"{W}fldChar": _field,
    f"{W}fldSimple": _simple_field,
    SDT: _control,
    _BOX: _box,
}
