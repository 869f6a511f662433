"""A .docx package as a `Document`: an own walk over the XML, in reading order, with nothing left out.

python-docx and its like lose content controls, tracked insertions, text boxes and check boxes without a word;
here every element that is not known is entered.
"""

from __future__ import annotations

import posixpath
from typing import Any

from automation.errors import OversizedFile
from automation.office.blocks import Block, Document, Grid, Para, Place, Tag
from automation.office.docx_names import MC, P, R, SDT, TBL, W, either, toggle, val
from automation.office.docx_numbers import Numbers
from automation.office.docx_runs import (
    Inline,
    Ledger,
    alternative,
    checkbox_state,
    control_name,
    deleted_text,
    run_look,
)
from automation.office.docx_styles import Style, Styles, is_centered
from automation.office.docx_symbols import EMPTY, TICKED
from automation.office.docx_tables import GridBuilder, grid_rows, header_rows
from automation.office.guard import Limits
from automation.office.package import Package
from automation.thai.digits import to_thai

_ALT_CHUNK = f"{W}altChunk"


def read_docx(package: Package, limits: Limits) -> Document:
    """The whole Word file as blocks. Raises FileError subclasses only."""
    main = package.main_part()
    relations = package.relations(main)
    by_kind: dict[str, list[str]] = {}
    external: list[str] = []
    for relation in relations.values():
        if relation.kind == "hyperlink":
            continue
        if relation.external or relation.kind == "aFChunk":
            external.append(relation.target)
        else:
            by_kind.setdefault(relation.kind, []).append(relation.target)
    walk = _Walk(package, by_kind, limits)
    root = package.xml(main)
    blocks = walk.part(main, root if root is None else root.find(f"{W}body"), root, "")
    boxes = walk.boxes(main)
    headers = [
        para
        for kind, label in (("header", "หัวกระดาษ"), ("footer", "ท้ายกระดาษ"))
        for name in by_kind.get(kind, ())
        for para in walk.flat(name, package.xml(name), label)
    ]
    notes = [
        para
        for kind, label in (("footnotes", "เชิงอรรถ"), ("endnotes", "อ้างอิงท้ายเรื่อง"))
        for name in by_kind.get(kind, ())
        for para in walk.flat(name, package.xml(name), label)
    ]
    comments = [para for name in by_kind.get("comments", ()) for para in walk.flat(name, package.xml(name), "ความเห็น")]
    return Document(
        blocks=blocks,
        headers=tuple(headers),
        notes=tuple(notes),
        boxes=boxes,
        comments=tuple(comments),
        insertions=walk.ledger.insertions,
        deletions=tuple(walk.ledger.deletions),
        macros=any(name.endswith("vbaproject.bin") for name in package.names),
        external=tuple(external),
        key=package.key(),
    )


class _Walk:
    """Walks the parts of one file; holds what spans them."""

    def __init__(self, package: Package, by_kind: dict[str, list[str]], limits: Limits) -> None:
        def first(kind: str) -> Any:
            return package.xml(by_kind[kind][0]) if by_kind.get(kind) else None

        self.styles = Styles(first("styles"))
        self.numbers = Numbers(first("numbering"), self.styles)
        self.ledger = Ledger()
        self._limits = limits
        self._part = ""
        self._index: dict[Any, int] = {}
        self._paragraphs = 0
        self._tables = 0
        self._boxes = 0

    def part(self, name: str, start: Any, root: Any, label: str) -> tuple[Block, ...]:
        """All blocks below `start` of a part; paragraph numbers count the whole part."""
        if start is None:
            return ()
        self._part = name
        self._index = {paragraph: at for at, paragraph in enumerate(root.iter(P))}
        if len(self._index) > self._limits.paragraphs:
            raise OversizedFile(f"เอกสารมี {len(self._index):,} ย่อหน้า มากเกินกำหนด", hint="กรุณาแบ่งเป็นหลายไฟล์")
        self._paragraphs = self._tables = 0
        self.ledger.fields.clear()
        return tuple(self._blocks(start, label, ()))

    def boxes(self, name: str) -> tuple[Block, ...]:
        """Blocks of the text boxes that the last part held, boxes in boxes too."""
        found: list[Block] = []
        while self.ledger.boxes:
            box = self.ledger.boxes.pop(0)
            self._boxes += 1
            fields, self.ledger.fields = self.ledger.fields, []
            found += self._blocks(box, f"กล่องข้อความ {to_thai(str(self._boxes))}", ())
            self.ledger.fields = fields
        return tuple(found)

    def flat(self, name: str, root: Any, label: str) -> list[Para]:
        """Paragraphs of a header, footer, note or comment part, those of tables and boxes too."""
        skip = {f"{W}separator", f"{W}continuationSeparator"}
        blocks: list[Block] = list(self.part(name, root, root, label))
        blocks += self.boxes(name)
        del skip
        holder = Document(blocks=tuple(blocks))
        return [para for para in holder.paragraphs if para.text or para.hidden]

    def _blocks(self, parent: Any, label: str, tags: tuple[str, ...]) -> list[Block]:
        found: list[Block] = []
        for child in parent:
            name = child.tag
            if name == P:
                if (para := self._paragraph(child, label, tags)) is not None:
                    found.append(para)
            elif name == TBL:
                found.append(self._table(child, label, tags))
            elif name == SDT:
                found += self._control(child, label, tags)
            elif name == f"{MC}AlternateContent":
                chosen = alternative(child)
                found += [] if chosen is None else self._blocks(chosen, label, tags)
            elif name in (f"{W}del", f"{W}moveFrom"):
                self.ledger.deletions.extend(filter(None, (deleted_text(child),)))
            else:
                found += self._blocks(child, label, tags)
        return found

    def _control(self, element: Any, label: str, tags: tuple[str, ...]) -> list[Block]:
        properties, content = element.find(f"{W}sdtPr"), element.find(f"{W}sdtContent")
        name = control_name(properties)
        tags = (*tags, name) if name else tags
        if content is None:
            return []
        blocks = self._blocks(content, label, tags)
        if toggle(properties, "showingPlcHdr"):
            return [_without_text(block) for block in blocks if isinstance(block, Para)]
        ticked = checkbox_state(properties)
        if ticked is not None:
            return [_as_tick(block, ticked) if isinstance(block, Para) else block for block in blocks]
        return blocks

    def _paragraph(self, element: Any, label: str, tags: tuple[str, ...]) -> Para | None:
        properties = element.find(f"{W}pPr")
        style = self.styles.paragraph(val(properties, "pStyle"))
        inline = Inline(styles=self.styles, style=style, ledger=self.ledger)
        inline.walk(element, run_look(None, self.styles, style))
        text = inline.text
        mark = None if properties is None else properties.find(f"{W}rPr")
        if not text and mark is not None and mark.find(f"{W}del") is not None:
            return None
        place = self._place(element, label, text)
        spans = [Tag(name=name, start=0, end=len(text)) for name in tags]
        return Para(
            text=text,
            place=place,
            style=style.name,
            centered=bool(_first(is_centered(properties), style.centered)),
            number=self.numbers.label(properties, style),
            level=_level(properties, style),
            tags=tuple((*spans, *inline.tags)),
            hidden="".join(inline.hidden),
            page_break=inline.page_break or _breaks(properties, style),
            **_looks(inline),
        )

    def _place(self, element: Any, label: str, text: str) -> Place:
        if not label:
            self._paragraphs += bool(text.strip())
            label = f"ย่อหน้า {to_thai(str(max(self._paragraphs, 1)))}"
        return Place(label=label, ref=f"{self._part}#p{self._index.get(element, 0)}")

    def _table(self, element: Any, label: str, tags: tuple[str, ...]) -> Grid:
        self._tables += not label.startswith("ตาราง")
        number = to_thai(str(self._tables))
        name = f"{label} ตารางย่อย" if label.startswith("ตาราง") else f"{label} ตาราง {number}".strip()
        first = next(element.iter(P), None)
        ref = f"{self._part}#p{self._index.get(first, 0)}"
        builder = GridBuilder(name, ref, self._limits.columns_in_table)
        for row, row_tags in grid_rows(element, tags, self.ledger):
            builder.start_row(row)
            for cell, cell_tags, placeholder, ticked in builder.cells_of(row, row_tags, self.ledger):
                blocks = self._blocks(cell, builder.label, ())
                if placeholder:
                    blocks = [_without_text(block) for block in blocks if isinstance(block, Para)]
                if ticked is not None:
                    blocks = [_as_tick(block, ticked) if isinstance(block, Para) else block for block in blocks]
                inner = next(cell.iter(P), first)
                builder.add(cell, blocks, cell_tags, f"{self._part}#p{self._index.get(inner, 0)}")
        return builder.grid(Place(label=name, ref=ref), header_rows(element))


def _first(own: bool | None, inherited: bool | None) -> bool | None:
    return inherited if own is None else own


def _without_text(para: Para) -> Para:
    """A control that shows its placeholder holds no value; its tag stays."""
    return Para(text="", place=para.place, style=para.style, tags=tuple(Tag(name=tag.name, start=0, end=0) for tag in para.tags))


def _as_tick(para: Para, ticked: bool) -> Para:
    text = TICKED if ticked else EMPTY
    return Para(text=text, place=para.place, style=para.style, tags=tuple(Tag(name=tag.name, start=0, end=1) for tag in para.tags))


def _level(properties: Any, style: Style) -> int | None:
    from automation.office.docx_names import number

    own = number(properties, "outlineLvl")
    level = style.level if own is None else own
    return level if level is not None and 0 <= level < 9 else None


def _breaks(properties: Any, style: Style) -> bool:
    own = toggle(properties, "pageBreakBefore")
    if _first(own, style.page_break):
        return True
    section = None if properties is None else properties.find(f"{W}sectPr")
    return section is not None and val(section, "type") != "continuous"


def _looks(inline: Inline) -> dict[str, Any]:
    """Bold, its leading part, and the largest direct size, over the visible ink of a paragraph."""
    ink = [(text, look) for text, look in inline.pieces if text.strip()]
    lead = 0
    for text, look in inline.pieces:
        if not look.bold and text.strip():
            break
        lead += len(text)
    bold = bool(ink) and all(look.bold for _, look in ink)
    sizes = [look.size for _, look in ink if look.size]
    return {"bold": bold, "bold_lead": 0 if bold or not ink else lead, "size": max(sizes, default=None)}


__all__ = ["R", "either", "posixpath", "read_docx"]
