"""Columns by what stands in them, where their headings are strange or could mean two things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from automation.forms.workbooks.choices import choose, legend_in
from automation.forms.workbooks.headings import Column, Layout
from automation.forms.workbooks.schema import Kind, Leaf
from automation.forms.workbooks.texts import blank, match_key
from automation.forms.workbooks.values import cell_text
from automation.model import Strength
from automation.office.sheets import Sheet, SheetCell

_LOOKED_AT = 40
"""Rows below the headings that are enough to judge by."""
_MOST = 0.7
_SENTENCE = 15
_WORD = 12
"""Longer texts say more than a word."""
_DIGIT = re.compile(r"[0-9๐-๙]")
_LETTER = re.compile(r"[ก-๙]")
_WORDS = frozenset({"name", "problems", "suggestions", "unit", "stage", "pace", "decision"})
_CODE = re.compile(r"(?:[0-9๐-๙]{2}|[0-9๐-๙]{4})\s*-\s*[ก-๙A-Za-z.]{1,8}\s*-\s*[0-9๐-๙]{1,4}")
_PROJECT = re.compile(r"(?:โครงการ|งาน|กิจกรรม|แผนงาน)[ก-๛]{3,}")
_WORDINGS = {
    "rows.indicators.unit": re.compile(
        r"^(?:ร้อยละ|%|คน|ราย|เรื่อง|ฉบับ|ครั้ง|ระบบ|แห่ง|รุ่น|หลักสูตร|เล่ม|ระดับ|วัน|ชุด|รายการ|โครงการ|หน่วยงาน|"
        r"ชิ้น|บท|ตอน|กิจกรรม|เครื่อง|ฐาน|คณะ|กลุ่ม|ข้อ|คะแนน|งาน|เดือน|ชั่วโมง|คำขอ|มาตรา|สัญญา|แฟ้ม|คลิป)(?:/[ก-๙]+)?$"
    ),
    "rows.indicators.name": re.compile(r"^(?:\S{1,3}\s)?(?:จำนวน|ร้อยละ|ระดับ|อัตรา|ระยะเวลา)\S{5,}"),
}
"""How the cells of such columns read."""

Cells = Mapping[int, list[SheetCell]]
"""Column → its filled visible cells below the headings."""
Choices = Mapping[str, tuple[tuple[str, str], ...]]


def by_content(
    layout: Layout, chains: Mapping[int, tuple[str, ...]], cells: Cells, choices: Choices
) -> dict[int, Column]:
    """The columns of a layout with those added, exchanged or let go that their cells speak for or against."""
    taken = {column.col: column for column in layout.columns}
    legend = legends_of(layout.sheet, choices)
    staged = any(column.leaf.name == "stage" for column in layout.columns)
    for col, column in list(taken.items()):
        own = cells.get(col, [])
        stages = (
            not staged
            and column.leaf.name == "summary"
            and _mostly(own, _chooser("stage", choices))
            and all(len(cell_text(cell)) <= _LONGEST_STAGE for cell in own)
        )
        if (
            _is_wordless(column, own, choices, legend)
            or (column.leaf.kind is not Kind.CHOICE and is_unfit(column.leaf, own))
            or stages
        ):
            del taken[col]
    _measures(layout, taken, cells)
    for path, speaks in _signs(layout, choices):
        _take_first(path, speaks, layout, chains, cells, taken)
    return taken


def speak_for_themselves(
    layout: Layout,
    chains: Mapping[int, tuple[str, ...]],
    cells: Cells,
    choices: Choices,
    taken: dict[int, Column],
) -> None:
    """Fields that no heading names, given to the columns whose cells look like their values."""
    for path, speaks in _signs(layout, choices):
        _take_first(path, speaks, layout, chains, cells, taken)
    by_wording(layout, chains, cells, taken)


def by_wording(
    layout: Layout, chains: Mapping[int, tuple[str, ...]], cells: Cells, taken: dict[int, Column]
) -> None:
    """Columns that nothing else explains, by the words that such cells begin with or hold."""
    for path, words in _WORDINGS.items():
        _take_first(path, _reader(words), layout, chains, cells, taken)


def _reader(words: re.Pattern[str]) -> Callable[[SheetCell], bool]:
    return lambda cell: bool(words.search(cell_text(cell)))


def legends_of(sheet: Sheet, choices: Choices) -> dict[str, dict[str, str]]:
    """Choice → folded sign → value, by the lines of a sheet that explain signs (`1 = ยังไม่ดำเนินการ`)."""
    texts = [
        str(cell.value) for cell in sheet.cells.values() if isinstance(cell.value, str) and not cell.hidden
    ]
    lines = [text for text in texts if "=" in text or "หมายถึง" in text]
    return {
        name: {sign: value for text in lines for sign, value in legend_in(text, name, choices).items()}
        for name in choices
    }


def _take_first(
    path: str,
    speaks: Callable[[SheetCell], bool],
    layout: Layout,
    chains: Mapping[int, tuple[str, ...]],
    cells: Cells,
    taken: dict[int, Column],
) -> None:
    """Give the first column whose cells speak for a field that field, where both are free."""
    leaf = layout.words.leaves.get(path)
    if leaf is None or any(column.leaf == leaf for column in taken.values()):
        return
    for col, texts in chains.items():
        free = col not in taken and not layout.words.forbids(path, texts)
        if free and _mostly(cells.get(col, []), speaks):
            taken[col] = Column(col, leaf, Strength.LABEL, texts)
            return


def filled_below(layout: Layout) -> dict[int, list[SheetCell]]:
    """The filled visible cells below the headings, by column."""
    found: dict[int, list[SheetCell]] = {}
    last = layout.bottom + _LOOKED_AT
    for (row, col), cell in layout.sheet.cells.items():
        if layout.bottom < row <= last and not cell.hidden and not blank(cell_text(cell)):
            found.setdefault(col, []).append(cell)
    return found


def _signs(layout: Layout, choices: Choices) -> Iterator[tuple[str, Callable[[SheetCell], bool]]]:
    """Field path → whether a cell looks like a value of it."""
    yield "rows.code", lambda cell: bool(_CODE.fullmatch(cell_text(cell)))
    yield "rows.name", lambda cell: bool(_PROJECT.match(cell_text(cell)))
    for leaf in layout.words.leaves.values():
        if leaf.kind is Kind.CHOICE:
            yield leaf.path, _chooser(leaf.name, choices)


def _chooser(name: str, choices: Choices) -> Callable[[SheetCell], bool]:
    return lambda cell: (
        len(cell_text(cell)) < _LONGEST_CHOICE and name in choose(cell_text(cell), name, choices)
    )


_LONGEST_CHOICE = 60
_LONGEST_STAGE = 24
"""Longer texts of a column that is called a summary are one, whatever words are in them."""


def _mostly(cells: Sequence[SheetCell], speaks: Callable[[SheetCell], bool]) -> bool:
    return len(cells) > 1 and sum(speaks(cell) for cell in cells) >= _MOST * len(cells)


def _is_wordless(
    column: Column, cells: list[SheetCell], choices: Choices, legend: Mapping[str, Mapping[str, str]]
) -> bool:
    """Whether no cell of a column of words holds such a word, or those of a measure hold nothing else."""
    leaf = column.leaf
    if leaf.kind is Kind.CHOICE and not column.key:
        signs = legend.get(leaf.name, {})
        speaks = _chooser(leaf.name, choices)
        return len(cells) > 1 and not any(
            speaks(cell) or match_key(cell_text(cell)) in signs for cell in cells
        )
    return leaf.name == "target" and _mostly(cells, _chooser("pace", choices))


def is_unfit(leaf: Leaf, cells: Sequence[SheetCell]) -> bool:
    """Whether nearly all cells are something that no value of the field can be: sentences where figures or
    dates are due, figures where words are."""
    if leaf.kind in (Kind.MONEY, Kind.PERCENT):
        return _mostly(cells, lambda cell: len(_LETTER.findall(cell_text(cell))) > _SENTENCE)
    if leaf.kind in (Kind.DATE, Kind.PERIOD) or leaf.name == "target":
        return _mostly(
            cells, lambda cell: len(cell_text(cell)) > _SENTENCE and not _DIGIT.search(cell_text(cell))
        )
    if leaf.name in _WORDS:
        return _mostly(cells, is_number)
    return False


def _measures(layout: Layout, taken: dict[int, Column], cells: Mapping[int, list[SheetCell]]) -> None:
    """`ผลการดำเนินงาน` over numbers is the result of an indicator, over sentences the summary of a project."""
    pairs = {"rows.summary": "rows.indicators.result", "rows.indicators.result": "rows.summary"}
    wrong = {
        col: pairs[column.leaf.path]
        for col, column in taken.items()
        if column.leaf.path in pairs
        and _mostly(cells.get(col, []), is_number) != (column.leaf.path == "rows.indicators.result")
        and len(cells.get(col, [])) > 1
    }
    kept = {column.leaf.path for col, column in taken.items() if col not in wrong}
    for col, path in wrong.items():
        leaf = layout.words.leaves.get(path)
        sentences = _mostly(cells[col], lambda cell: len(cell_text(cell)) > _WORD and not is_number(cell))
        if leaf and path not in kept and (path == "rows.indicators.result" or sentences):
            taken[col] = Column(col, leaf, taken[col].strength, taken[col].texts)


def is_number(cell: SheetCell) -> bool:
    """Whether a cell holds a figure and no words but ร้อยละ."""
    return (
        isinstance(cell.value, Decimal)
        or re.fullmatch(r"(?:ร้อยละ)?[\s0-9๐-๙,.%]+", cell_text(cell)) is not None
    )


def is_sentence(cell: SheetCell) -> bool:
    """Whether a cell says more than a word or a figure."""
    return len(cell_text(cell)) > _WORD and not is_number(cell)
