"""Signature blocks: the printed role, who signed, and when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from automation.forms.fields_dates import date_of
from automation.forms.fields_people import TITLES
from automation.forms.ledger import Ledger
from automation.forms.signature_words import OFFICE, ROLE, SIGN, VERDICT, is_head
from automation.forms.tables import Region
from automation.forms.wording import clean, numbering, plain
from automation.model import Approval
from automation.office.blocks import Cell
from automation.thai.months import UnclearDate
from automation.thai.text import is_blank

_NAME = re.compile(rf"\([\s.…_]*(?P<name>{TITLES}[^()\n]*|[ก-๛][ก-๛.]*\s+[ก-๛][ก-๛ ]*)[\s.…_]*\)")
_TITLED = re.compile(rf"{TITLES}\s*[ก-๛]+\s+(?!ผู้)[ก-๛]+")
_STATED = re.compile(
    rf"^(?:[0-9๐-๙]+[.)]\s*)?(?P<role>[ก-๛][^:：()]{{3,60}}?)\s*[:：]\s*(?P<name>{TITLES}\s*[ก-๛]+\s+[ก-๛]+)(?P<rest>.*)$"
)
_SPOKEN = re.compile(rf"^\s*ชื่อ(?:\s*[-–]?\s*สกุล)?\s*[:：]?\s*(?={TITLES})")
"""The word before a name that stands without brackets."""
_EMPTY = re.compile(r"\(\s*[.…_\s]*\s*\)")
_DAY = re.compile(r"^(?:ลง|เมื่อ)?วันที่\s*[:：]?\s*|^เมื่อ\s*|\s*เวลา\s*[0-9๐-๙].*$|^วัน\s*เดือน\s*ปี\s*")


def approvals_of(lines: Sequence[str], year: int | None = None) -> tuple[Approval, ...]:
    """The signature blocks in lines of text, in order; blocks side by side (by tabs) count too."""
    stated = tuple(approval for line in lines if (approval := _stated(clean(line), year)))
    if stated and not any(SIGN.search(line) for line in lines):
        return stated
    columns = _columns([_unnumbered(plain(line)) for line in lines])
    found: list[Approval] = []
    for column in columns:
        found += [approval for block in _blocks(column) if (approval := approval_of(block, year=year))]
    return tuple(found)


def _unnumbered(line: str) -> str:
    """A line without the number of a heading in front: `๑๘. ผู้เสนอโครงการ`."""
    number = numbering(line)
    return (
        line[number.length :]
        if number and number.form != "bullet" and is_head(line[number.length :])
        else line
    )


def _stated(line: str, year: int | None) -> Approval | None:
    """A signature that one line states: `ผู้เสนอโครงการ : นาย ก ข  วันที่ …`."""
    found = _STATED.match(line)
    if not found or not is_head(found["role"]):
        return None
    return Approval(role=found["role"].strip(), name=clean(found["name"]), date=_day_in(found["rest"], year))


def _day_in(text: str, year: int | None) -> dt.date | None:
    """The day that stands behind วันที่ in a text."""
    said = re.search(r"(?:ลง)?วันที่\s*[:：]?\s*(?P<day>.+)$", text)
    return day_of(said["day"].strip(" ()"), year) if said else None


def _columns(lines: list[str]) -> list[list[str]]:
    """Blocks that are typed side by side with tabs, each as a column; other lines stay one column."""
    out: list[list[str]] = []
    single: list[str] = []
    run: list[list[str]] = []
    for line in lines:
        parts = [part.strip() for part in re.split(r"\t+|\s{4,}", line.strip()) if part.strip()]
        opens = len(SIGN.findall(line)) > 1 or all(ROLE.match(part) for part in parts)
        if len(parts) > 1 and (run or opens):
            out, single = [*out, single], []
            run += [[] for _ in range(len(parts) - len(run))]
            for column, part in zip(run, parts, strict=False):
                column.append(part)
            continue
        out, run = [*out, *run], []
        single.append(line.strip())
    return [column for column in [*out, *run, single] if column]


def _blocks(lines: list[str]) -> list[list[str]]:
    """Cut a column of lines into blocks: at each ลงชื่อ, with the role that stands right above it."""
    starts = [number for number, line in enumerate(lines) if SIGN.search(line)]
    if not starts:
        starts = [number for number, line in enumerate(lines) if _NAME.search(line) or _EMPTY.search(line)]
    if not starts:
        starts = [number for number, line in enumerate(lines) if _SPOKEN.match(line)]
    blocks: list[list[str]] = []
    cuts: list[int] = []
    for number, start in enumerate(starts):
        floor = starts[number - 1] + 1 if number else 0
        cut = start
        above = cut - 1
        while above >= floor and (
            is_blank(lines[above]) or _heads(lines[above], lines[floor:cut], bool(number))
        ):
            cut = cut if is_blank(lines[above]) else above
            above -= 1
        cuts.append(cut)
    for number, cut in enumerate(cuts):
        blocks.append(lines[cut : cuts[number + 1] if number + 1 < len(cuts) else len(lines)])
    return blocks


def _heads(line: str, between: list[str], follows: bool) -> bool:
    """Whether a line above ลงชื่อ is this block's head: a role, not the position of the one before."""
    text = clean(line)
    if VERDICT.match(text):
        return True
    if ROLE.match(text) or OFFICE.match(text):
        if not follows:
            return True
        dated = [
            number
            for number, other in enumerate(between)
            if day_of(other) or re.match(r"^(?:ลง)?วันที่", other.strip())
        ]
        return bool(dated) and line in between[dated[-1] + 1 :]
    return False


def begins_block(lines: Sequence[str]) -> bool:
    """Whether lines begin a block without the word ลงชื่อ: a name in brackets, then a role and a day."""
    heads = [part for part in re.split(r"\t+|\s{4,}", lines[0].strip()) if part] if lines else []
    if len(heads) > 1 and all(map(is_head, heads)):
        return any(len(_NAME.findall(plain(line))) > 1 for line in lines[1:4])
    if len(lines) > 2 and is_head(lines[0]) and _NAME.fullmatch(clean(lines[1])):
        return any(is_head(line) or day_of(line) for line in lines[2:4])
    if not lines or not _NAME.fullmatch(clean(lines[0])):
        return False
    behind = lines[1:4]
    return any(is_head(line) for line in behind) and any(day_of(line) for line in behind)


def approval_of(lines: Sequence[str], role: str = "", year: int | None = None) -> Approval | None:
    """One signature block; `role` is what a heading above prints. None when the lines hold no block."""
    texts = [plain(line).strip() for line in lines if line.strip()]
    name = next(filter(None, map(_name, texts)), None)
    day = next(filter(None, (day_of(line, year) for line in reversed(texts))), None)
    printed = clean(role) or _role(texts)
    signed = name is not None or any(
        SIGN.search(line) or _NAME.search(line) or _EMPTY.search(line) for line in texts
    )
    if not printed or not (signed or name or role):
        return None
    return Approval(role=printed, name=name, date=day)


def _name(line: str) -> str | None:
    found = _NAME.search(line)
    if found and not ROLE.match(found["name"]) and not OFFICE.match(found["name"]):
        return clean(found["name"])
    spoken = _SPOKEN.match(line)
    rest = line[spoken.end() :] if spoken else SIGN.sub("", line, count=1) if SIGN.search(line) else ""
    titled = re.match(rf"[\s.…_:]*(?P<name>{TITLES}\s*[ก-๛]+\s+[ก-๛]+)", rest)
    return clean(titled["name"]) if titled else None


def day_of(line: str, year: int | None = None) -> dt.date | None:
    """The day that a line of a signature block is, with or without วันที่ in front."""
    text = _DAY.sub("", clean(line)).strip()
    if is_blank(text) or len(text) > 40 or not any(letter.isdigit() for letter in text):
        return None
    try:
        return date_of(text, year)
    except UnclearDate:
        return None


def _role(texts: Sequence[str]) -> str:
    """The role that a block prints: beside ลงชื่อ, else a line of its own, else the office below the name."""
    for line in texts:
        if SIGN.search(line):
            rest = clean(re.sub(r"[.…_]{2,}", " ", SIGN.sub(" ", line)))
            rest = clean(_TITLED.sub(" ", _NAME.sub(" ", rest))).strip("() ")
            if rest and (ROLE.search(rest) or OFFICE.search(rest)):
                return rest
    for line in texts:
        behind = clean(_NAME.sub(" ", line)) if _NAME.search(line) else ""
        if behind and (ROLE.match(behind) or OFFICE.match(behind)):
            return behind
    for pattern in (ROLE, OFFICE):
        for line in texts:
            text = re.sub(r"^ตำแหน่ง\s*[:：]?\s*", "", clean(line)).strip("() ")
            if pattern.match(text):
                return text
    return ""


def signatures_in(region: Region, ledger: Ledger, year: int | None = None) -> list[Approval]:
    """The signature blocks of a table: a column each; a row of roles above them is their heads."""
    grid = region.grid
    rows = [row for row in range(region.start, region.stop) if any(map(_whole, grid.row(row)))]
    if len(rows) > 1:
        return [
            approval
            for row in rows
            for cell in grid.row(row)
            for approval in _cell_approvals(cell, ledger, year)
        ]
    found: list[Approval] = []
    for col in _block_columns(region):
        cells: list[Cell] = []
        for row in range(region.start, region.stop):
            cell = grid.at(row, col)
            if cell is not None and all(cell is not other for other in cells):
                cells.append(cell)
        lines = [line for cell in cells for line in plain(cell.text).split("\n")]
        head = (
            clean(cells[0].text)
            if len(cells) > 1 and not _signs(cells[0]) and not VERDICT.match(clean(cells[0].text))
            else ""
        )
        found += _column_approvals(lines, head, cells, year)
        for cell in cells:
            ledger.use_cell(cell)
    return found


def _whole(cell: Cell) -> bool:
    """Whether a cell holds a whole block: where to sign, and a role of its own."""
    text = plain(cell.text)
    return _signs(cell) and any(ROLE.search(clean(line)) for line in text.split("\n"))


def _cell_approvals(cell: Cell, ledger: Ledger, year: int | None) -> tuple[Approval, ...]:
    ledger.use_cell(cell)
    return approvals_of(plain(cell.text).split("\n"), year)


def _column_approvals(lines: list[str], head: str, cells: list[Cell], year: int | None) -> list[Approval]:
    body = [line for cell in cells[1:] for line in plain(cell.text).split("\n")] if head else lines
    if len([line for line in body if SIGN.search(line)]) > 1 and not head:
        return list(approvals_of(body, year))
    approval = approval_of(body, head, year)
    return [approval] if approval else []


def _block_columns(region: Region) -> list[int]:
    row = next(
        row for row in range(region.start, region.stop) if any(_signs(cell) for cell in region.grid.row(row))
    )
    return [cell.col for cell in region.grid.row(row) if cell.text.strip()]


def _signs(cell: Cell) -> bool:
    text = plain(cell.text)
    return bool(SIGN.search(text) or _NAME.search(text) or _EMPTY.search(text))


def matrix_in(region: Region, ledger: Ledger, year: int | None = None) -> list[Approval]:
    """The signatures of a table with headings (`tables_signatures`), in order; every cell of it is used."""
    ledger.use_rows(region, region.start, region.stop)
    columns = {next(iter(leaf)): col for col, leaf in region.leaves["approvals"].items()}
    stop = region.grid.cols if region.turned else region.stop
    found: list[Approval] = []
    for index in range(region.body, stop):
        texts = {leaf: _cell_text(region.cell(index, col)) for leaf, col in columns.items()}
        role, name = texts.get("role") or texts.get("position") or "", texts.get("name") or ""
        titled = _TITLED.match(name)
        name = titled.group() if titled else name
        if is_blank(role):
            continue
        found.append(
            Approval(
                role=role,
                name=None if is_blank(name) else name.strip(" ()"),
                date=day_of(texts.get("date") or "", year),
            )
        )
    return found


def _cell_text(cell: Cell | None) -> str:
    return clean(cell.text) if cell is not None else ""
