"""What a Word template tells a reader: labels around placeholders, columns of loops, tick boxes.

Derived from the template each time the program starts, so that a form that the office revises in Word is
read by its new labels without any change of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from automation.forms.wording import clean, key, without_number
from automation.office.blocks import Block, Cell, Document, Grid, Para
from automation.thai.months import month_of

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LOOP = re.compile(r"\{%-?\s*(?:p|tr|tc|r)?\s*for\s+(\w+)\s+in\s+([\w.]+)")
_ROW = re.compile(r"\{%-?\s*t[rc]\b")
_TEST = re.compile(r"""\(\s*([\w.]+)\s*==\s*["']([^"']+)["']\s*\)""")
_HELD = re.compile(r"""\(\s*["']([^"']+)["']\s+in\s+([\w.]+)\s*\)""")
_TICK = re.compile(r"\|\s*tick\b")

_SLOTS: Mapping[str, str] = {
    "continuity": "kind",
    "budget.months": "budget.plan",
    "budget.quarters": "budget.plan",
    "budget.plan": "budget.plan",
}

PARENTS: Mapping[str, str] = {
    "alignment.issue": "alignment",
    "alignment.goal": "alignment",
    "alignment.strategy": "alignment",
    "outputs": "goals",
    "outcomes": "goals",
    "budget.total": "budget",
    "budget.total_text": "budget",
    "budget.source": "budget",
    "budget.lines": "budget",
    "budget.plan": "budget",
    "start": "period",
    "end": "period",
    "group": "bureau",
    "start_time": "time",
    "end_time": "time",
}
"""Slot → slot of the group under whose label it may stand with a shorter label of its own."""


def slot_of(path: str) -> str:
    """The slot of a field path: fields that a form puts under one label share a slot."""
    if path.startswith("flags"):
        return "kind"
    return _SLOTS.get(path, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A label of the template, the field paths of the placeholders behind it, the label of its group."""

    label: str
    fields: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looped:
    """A repeated row or paragraph: path of the list, (column heading, leaf) pairs."""

    path: str
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A tick box of the template: its field, the value that ticks it, the words beside it."""

    field: str
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """All that the template of one form says about reading it."""

    form: str
    anchors: tuple[Anchor, ...] = ()
    loops: tuple[Looped, ...] = ()
    options: tuple[Option, ...] = ()
    furniture: tuple[str, ...] = ()
    """Texts of the template without a placeholder that are no label either: title lines, notes."""


@dataclass(slots=True)
class _Draft:
    root: str
    names: dict[str, str] = field(default_factory=dict)
    """Loop variable → path of its list."""
    anchors: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    loops: dict[str, dict[str, str]] = field(default_factory=dict)
    options: list[Option] = field(default_factory=list)
    statics: list[str] = field(default_factory=list)


def derive(form: str, template: Document) -> Blueprint:
    """The blueprint of a form from its opened template; `form` is also the placeholders' root name."""
    draft = _Draft(form)
    _blocks(draft, template.blocks)
    _blocks(draft, template.boxes)
    used = {label for label, _ in draft.anchors}
    return Blueprint(
        form=form,
        anchors=tuple(
            Anchor(label=label, group=group, fields=tuple(dict.fromkeys(paths)))
            for (label, group), paths in draft.anchors.items()
        ),
        loops=tuple(
            Looped(path=path, columns=tuple(columns.items())) for path, columns in draft.loops.items()
        ),
        options=tuple(draft.options),
        furniture=tuple(text for text in dict.fromkeys(draft.statics) if text not in used),
    )


def _blocks(draft: _Draft, blocks: tuple[Block, ...]) -> None:
    heading = ""
    for block in blocks:
        if isinstance(block, Grid):
            _grid(draft, block, heading)
            continue
        heading = _paragraph(draft, block, heading)


def _paragraph(draft: _Draft, para: Para, above: str, group: str = "") -> str:
    """Take the placeholders of one paragraph; returns the heading that holds for the next."""
    tags = list(_TAG.finditer(para.text))
    if not tags:
        text = _label(para.text)
        if text:
            draft.statics.append(text)
        return text if _names(text) else above
    lead = _label(para.text[: tags[0].start()])
    for number, tag in enumerate(tags):
        before = para.text[tags[number - 1].end() if number else 0 : tag.start()]
        after = para.text[tag.end() : tags[number + 1].start() if number + 1 < len(tags) else None]
        _placeholder(
            draft,
            tag.group(),
            _label(before) if not _is_tick(tags, number - 1) else "",
            after,
            lead if _names(lead) else above,
            group,
        )
    return lead if _names(lead) else above


def _is_tick(tags: list[re.Match[str]], number: int) -> bool:
    return number >= 0 and bool(_TICK.search(tags[number].group()))


def _placeholder(draft: _Draft, tag: str, before: str, after: str, above: str, group: str) -> None:
    loop = _LOOP.match(tag)
    if loop:
        path = _path(draft, loop.group(2))
        draft.names[loop.group(1)] = path
        draft.loops.setdefault(path, {})
        if above and not _ROW.match(tag) and "." not in path.removeprefix("budget."):
            draft.anchors.setdefault((above, group), []).append(path)
        return
    if tag.startswith("{%"):
        return
    if _TICK.search(tag):
        _option(draft, tag, after)
    label = before if _names(before) else above
    paths = [
        path for path in _paths(draft, tag) if not any(path.startswith(f"{item}.") for item in draft.loops)
    ]
    if label and paths:
        draft.anchors.setdefault((label, group if label != group else ""), []).extend(paths)
    if group and paths and PARENTS.get(slot_of(paths[0])):
        draft.anchors.setdefault((group, ""), []).append(PARENTS[slot_of(paths[0])])


def _option(draft: _Draft, tag: str, after: str) -> None:
    label = clean(re.split(r"\s{3,}|\t|\n", after.lstrip(), maxsplit=1)[0])
    test, held = _TEST.search(tag), _HELD.search(tag)
    if test:
        draft.options.append(Option(field=_path(draft, test.group(1)), value=test.group(2), label=label))
    elif held:
        draft.options.append(
            Option(field=_path(draft, held.group(2)), value=held.group(1), label=held.group(1))
        )
    elif label:
        draft.options += [Option(field=path, value="yes", label=label) for path in _paths(draft, tag)]


def _grid(draft: _Draft, grid: Grid, heading: str) -> None:
    repeats = any(_ROW.match(cell.text) for cell in grid.cells)
    for row in range(grid.rows):
        for cell in grid.row(row):
            if cell.row != row:
                continue
            if not _TAG.search(_all_text(cell)):
                _statics(draft, cell, heading)
                continue
            found = _LOOP.search(cell.text)
            if found:
                draft.names[found.group(1)] = _path(draft, found.group(2))
                draft.loops.setdefault(draft.names[found.group(1)], {})
            if found and _ROW.match(cell.text) and heading:
                paths = draft.anchors.setdefault((heading, ""), [])
                paths += [] if paths else [_path(draft, found.group(2))]
            if not repeats or any(
                name in draft.names for name in re.findall(r"[{|(\s]([a-z_]+)\b", cell.text)
            ):
                _cell(draft, grid, cell, heading)


def _statics(draft: _Draft, cell: Cell, heading: str) -> None:
    text = _label(cell.text)
    if text:
        draft.statics.append(text)
    for block in cell.blocks:
        if isinstance(block, Grid):
            _grid(draft, block, text or heading)


def _cell(draft: _Draft, grid: Grid, cell: Cell, heading: str) -> None:
    """Labels of a cell with placeholders: in the cell, left of it, above it; columns where it is looped."""
    label, group = _left(grid, cell)
    if key(label).startswith("รวม"):
        return
    above = _above(grid, cell)
    for path in _cell_paths(draft, cell):
        owner = max((item for item in draft.loops if path.startswith(f"{item}.")), key=len, default="")
        if owner and above:
            draft.loops[owner].setdefault(above, path[len(owner) + 1 :].split(".")[0])
    current = next((text for text in (label, above, heading) if _names(text)), "")
    for block in cell.blocks:
        if isinstance(block, Grid):
            _grid(draft, block, current)
        else:
            current = _paragraph(draft, block, current, group)


def _cell_paths(draft: _Draft, cell: Cell) -> Iterator[str]:
    for tag in _TAG.findall(cell.text):
        if not tag.startswith("{%"):
            yield from _paths(draft, tag)


def _left(grid: Grid, cell: Cell) -> tuple[str, str]:
    """The nearest label left of a cell, and the label that spans several rows left of that."""
    label = group = ""
    for column in range(cell.col - 1, -1, -1):
        other = grid.at(cell.row, column)
        text = _label(other.text) if other and not _TAG.search(other.text) else ""
        if not text:
            if label or (other and _TAG.search(other.text)):
                break
            continue
        if not label:
            label = text
        elif other and other.row_span > 1 and text != label:
            group = text
            break
    return label, group


def _above(grid: Grid, cell: Cell) -> str:
    for row in range(cell.row - 1, -1, -1):
        other = grid.at(row, cell.col)
        if other and not _TAG.search(other.text) and other.text.strip():
            return _label(other.text)
    return ""


def _names(label: str) -> bool:
    """Whether a text can name a field: no mere number or bracket, no month, quarter or sum."""
    folded = key(label)
    if len(folded) < 3 or folded.isdigit() or folded.startswith(("รวม", "ไตรมาส")):
        return False
    return month_of(label) is None


def _label(text: str) -> str:
    return without_number(clean(text)).strip(" :*")


def _all_text(cell: Cell) -> str:
    return cell.text + "".join(
        _all_text(inner) for block in cell.blocks if isinstance(block, Grid) for inner in block.cells
    )


def _paths(draft: _Draft, tag: str) -> list[str]:
    """The field paths that an expression speaks of; the bare root with a period filter means the period."""
    plain = re.sub(r"""(["']).*?\1""", "", tag)
    found: list[str] = []
    for name in re.findall(r"(?<![\w.])([A-Za-z_]\w*(?:\.\w+)*)", plain):
        head, _, rest = name.partition(".")
        if head == draft.root:
            found.append(rest or ("period" if "period" in plain else ""))
        elif head in draft.names:
            found.append(f"{draft.names[head]}.{rest}" if rest else draft.names[head])
    return [path for path in dict.fromkeys(found) if path]


def _path(draft: _Draft, name: str) -> str:
    head, _, rest = name.partition(".")
    if head == draft.root:
        return rest
    return f"{draft.names[head]}.{rest}" if head in draft.names and rest else draft.names.get(head, name)
