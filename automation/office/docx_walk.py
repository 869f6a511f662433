"""Walks the parts of one Word file: blocks in reading order, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from automation.errors import OversizedFile
from automation.office.blocks import BOX, Block, Document, Grid, Para, Place, Stroke, Tag
from automation.office.docx_names import SDT, TBL, P, W, content, number, toggle, val
from automation.office.docx_numbers import Numbers
from automation.office.docx_runs import (
    Inline,
    Ledger,
    Look,
    checkbox_state,
    control_name,
    deleted_text,
    run_look,
)
from automation.office.docx_strokes import column_widths, strokes_in
from automation.office.docx_styles import Style, Styles, is_centered
from automation.office.docx_symbols import EMPTY, TICKED
from automation.office.docx_tables import GridBuilder, grid_rows, header_rows
from automation.office.guard import Limits
from automation.thai.digits import to_thai

_FIELD = f"{W}fldChar"
_DELETED = f"{W}del"
_STRUCK = frozenset((_DELETED, f"{W}moveFrom"))


class Walk:
    """Walks part after part; holds the styles, list numbers and changes that span them."""

    def __init__(self, styles: Styles, numbering: Any, limits: Limits) -> None:
        self._styles = styles
        self._bases: dict[str | None, Look] = {}
        self._numbers = Numbers(numbering, self._styles)
        self.ledger = Ledger()
        self._limits = limits
        self._part = ""
        self._index: dict[Any, int] = {}
        self._paragraphs = 0
        self._tables = 0
        self._boxes = 0

    def part(self, name: str, root: Any, start: Any, label: str = "") -> tuple[Block, ...]:
        """All blocks below `start` in the part with this root; references count its paragraphs from 0."""
        if start is None:
            return ()
        self._part = name
        self._index = {paragraph: at for at, paragraph in enumerate(root.iter(P))}
        if len(self._index) > self._limits.paragraphs:
            raise OversizedFile(f"เอกสารมี {len(self._index):,} ย่อหน้า มากเกินกำหนด", hint="กรุณาแบ่งเป็นหลายไฟล์")
        self._paragraphs = self._tables = 0
        kinds = [field.get(f"{W}fldCharType") for field in root.iter(_FIELD)]
        self.ledger.balanced = kinds.count("begin") == kinds.count("end")
        self.ledger.fields.clear()
        return tuple(self._blocks(start, label, ()))

    def boxes(self) -> tuple[Block, ...]:
        """Blocks of the text boxes that the last part held, those of boxes in boxes too."""
        found: list[Block] = []
        while self.ledger.boxes:
            self._boxes += 1
            self.ledger.fields.clear()
            label = f"{BOX} {to_thai(str(self._boxes))}"
            found += self._blocks(self.ledger.boxes.pop(0), label, ())
        return tuple(found)

    def flat(self, name: str, root: Any, label: str) -> list[Para]:
        """Paragraphs of a header, footer, note or comment part, those of its tables and boxes too."""
        blocks = self.part(name, root, root, label)
        holder = Document(blocks=blocks, boxes=self.boxes())
        return [para for para in holder.paragraphs if para.text or para.hidden]

    def _blocks(self, parent: Any, label: str, tags: tuple[str, ...]) -> list[Block]:
        found: list[Block] = []
        for child in content(parent):
            name = child.tag
            if name == P:
                if (para := self._paragraph(child, label, tags)) is not None:
                    found.append(para)
            elif name == TBL:
                found.append(self._table(child, label, tags))
            elif name == SDT:
                found += self._control(child, label, tags)
            elif name in _STRUCK:
                if name == _DELETED and (text := deleted_text(child)):
                    self.ledger.deletions.append(text)
            else:
                found += self._blocks(child, label, tags)
        return found

    def _control(self, element: Any, label: str, tags: tuple[str, ...]) -> list[Block]:
        properties, inner = element.find(f"{W}sdtPr"), element.find(f"{W}sdtContent")
        if inner is None:
            return []
        name = control_name(properties)
        blocks = self._blocks(inner, label, (*tags, name) if name else tags)
        return _valued(blocks, bool(toggle(properties, "showingPlcHdr")), checkbox_state(properties))

    def _paragraph(self, element: Any, label: str, tags: tuple[str, ...]) -> Para | None:
        properties = element.find(f"{W}pPr")
        style_id = val(properties, "pStyle")
        style = self._styles.paragraph(style_id)
        base = self._bases.get(style_id)
        if base is None:
            base = self._bases[style_id] = run_look(None, self._styles, style)
        inline = Inline(styles=self._styles, style=style, ledger=self.ledger)
        inline.walk(element, base)
        text = inline.text
        if not text and _mark_struck(properties):
            return None
        whole_para = tuple(Tag(name=name, start=0, end=len(text)) for name in tags)
        centered = is_centered(properties)
        bold, lead, size = _looks(inline)
        return Para(
            text=text,
            place=self._place(element, label, text),
            bold=bold,
            bold_lead=lead,
            size=size,
            style=style.name,
            centered=bool(style.centered if centered is None else centered),
            number="" if properties is None and not style.num_id else self._numbers.label(properties, style),
            level=_level(properties, style),
            tags=(*whole_para, *inline.tags),
            hidden="".join(inline.hidden),
            page_break=inline.page_break or _breaks(properties, style),
        )

    def _place(self, element: Any, label: str, text: str) -> Place:
        if not label:
            self._paragraphs += bool(text.strip())
            label = f"ย่อหน้า {to_thai(str(max(self._paragraphs, 1)))}"
        return Place(label=label, ref=self._reference(element))

    def _reference(self, paragraph: Any) -> str:
        return f"{self._part}#p{self._index.get(paragraph, 0)}"

    def _table(self, element: Any, label: str, tags: tuple[str, ...]) -> Grid:
        if " แถว " in label:
            name = f"{label} ตารางย่อย"
        else:
            self._tables += 1
            name = f"{label} ตาราง {to_thai(str(self._tables))}".strip()
        first = next(element.iter(P), None)
        widths = column_widths(element)
        strokes: list[Stroke] = []
        builder = GridBuilder(name, self._limits.columns_in_table)
        for row, row_tags in grid_rows(element, tags, self.ledger):
            builder.start_row(row)
            for source in builder.cells_of(row, row_tags):
                blocks = self._blocks(source.cell, builder.label, ())
                blocks = _valued(blocks, source.placeholder, source.ticked)
                strokes += strokes_in(element, source.cell, *builder.position, widths)
                inner = next(source.cell.iter(P), first)
                builder.add(source, blocks, self._reference(inner))
        place = Place(label=name, ref=self._reference(first))
        return builder.grid(place, header_rows(element), tuple(strokes))


def _valued(blocks: list[Block], placeholder: bool, ticked: bool | None) -> list[Block]:
    """Blocks of a content control: no text while it shows its placeholder, one tick for a check box."""
    if placeholder and ticked is None:
        return list(_with_text(blocks, ""))
    if ticked is not None:
        return list(_with_text(blocks, TICKED if ticked else EMPTY))
    return blocks


def _with_text(blocks: Iterable[Block], text: str) -> Iterable[Block]:
    for block in blocks:
        if isinstance(block, Para):
            tags = tuple(replace(tag, start=0, end=len(text)) for tag in block.tags)
            yield replace(block, text=text, bold_lead=0, tags=tags)
        else:
            yield block


def _mark_struck(properties: Any) -> bool:
    """The paragraph mark itself is deleted: an empty paragraph is then gone."""
    mark = None if properties is None else properties.find(f"{W}rPr")
    return mark is not None and any(mark.find(name) is not None for name in _STRUCK)


def _level(properties: Any, style: Style) -> int | None:
    own = number(properties, "outlineLvl")
    level = style.level if own is None else own
    return level if level is not None and 0 <= level < 9 else None


def _breaks(properties: Any, style: Style) -> bool:
    own = toggle(properties, "pageBreakBefore")
    if style.page_break if own is None else own:
        return True
    section = None if properties is None else properties.find(f"{W}sectPr")
    return section is not None and val(section, "type") != "continuous"


def _looks(inline: Inline) -> tuple[bool, int, float | None]:
    """Of the visible text: all bold, else the length of its bold beginning, and the largest direct size."""
    ink = [look for text, look in inline.pieces if text.strip()]
    bold = bool(ink) and all(look.bold for look in ink)
    size = max((look.size for look in ink if look.size), default=None)
    lead = 0
    for text, look in inline.pieces:
        if not look.bold and text.strip():
            break
        lead += len(text)
    return bold, 0 if bold or not ink or not ink[0].bold else lead, size
