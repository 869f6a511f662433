"""Where every figure of a finished book comes from.

The book itself is read: each amount of baht that is really printed, in a table or in a sentence, is traced
to a sum of the register and so to the files, places and hands behind it. What cannot be traced is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from automation.documents.ledger import SENTENCE, Part, Sum
from automation.documents.matching import Matcher, plain
from automation.office.blocks import Block, Cell, Grid
from automation.thai.digits import to_arabic

UNTRACED = "ไม่พบที่มา"

_AMOUNT = re.compile(r"\(?(\d{1,3}(?:,\d{3})+|\d+)(\.\d\d)?\)?")
_IN_WORDS = re.compile(r"(?<![\d,.])(?<!ละ)(\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d+(?:\.\d\d)?)บาท")
"""An amount in running words, without its blanks; `คนละ 600 บาท` is a rate and no figure of the book."""
_MONEY_WORDS = ("บาท", "งบประมาณ", "จัดสรร", "เบิกจ่าย", "คงเหลือ", "เสนอขอ", "วงเงิน", "จำนวนเงิน")
_NOT_MONEY = ("ร้อยละ", "จำนวนโครงการ", "ตัวชี้วัด", "อัตรา", "เป้าหมาย")
_UNITS = "หน่วยนับ"
"""Column of a table of indicators: each row counts in its own unit, and only words of money mean baht."""
_CAPTION = ("ตารางที่", "แผนภูมิที่")
_NO_CAPTION = "ตารางที่ไม่มีชื่อ"
_COMMA = re.compile(r"\d,\d{3}")
_BEFORE = 40
"""Letters before an amount in a sentence that say what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An amount as it is printed: caption of the table (or `ข้อความ`), row and column in words, baht."""

    table: str
    row: str
    column: str
    amount: Decimal
    heading: str = ""
    """The heading above, which tells of a project's own tables whose they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A printed amount with the sum that it is; None where the register knows no such sum.

    `named`: the row, the column or the heading names the sum; otherwise only the amount agrees.
    """

    printed: Printed
    sum: Sum | None
    named: bool = False


def printed_amounts(book: Iterable[Block]) -> Iterator[Printed]:
    """Every amount of baht in the body of a book that is not nothing, in the order of reading."""
    heading, lead, caption = "", "", ""
    for block in book:
        if isinstance(block, Grid):
            yield from _of_table(block, caption or _NO_CAPTION, f"{heading} {lead}")
            caption = ""
            continue
        text = " ".join(block.text.split())
        if block.level is not None:
            heading, lead, caption = text, "", ""
        elif text.startswith(_CAPTION):
            caption = text
        else:
            lead = text if block.bold and text else lead
            yield from _of_words(block.text, SENTENCE, f"{heading} {lead}")


def _of_words(text: str, table: str, heading: str) -> Iterator[Printed]:
    """The amounts in running words; what stands before each tells which it is."""
    if "บาท" not in text:
        return
    words, row = plain(text), " ".join(text.split())
    for found in _IN_WORDS.finditer(words):
        amount = Decimal(found[1].replace(",", ""))
        before = words[max(0, found.start() - _BEFORE) : found.start()].rpartition("บาท")[2]
        if amount:
            yield Printed(table=table, row=row, column=before, amount=amount, heading=heading)


def _of_table(grid: Grid, caption: str, heading: str) -> Iterator[Printed]:
    head = max(grid.header_rows, 1)
    columns = [_column(grid, head, col) for col in range(grid.cols)]
    counts = any(_UNITS in column for column in columns)
    band = ""
    for place in range(grid.rows):
        cells = [cell for cell in grid.row(place) if cell.row == place]
        words = " ".join(
            cell.text for cell in cells if not _is_money(cell, columns[cell.col], counts)
        ).strip()
        if len(cells) == 1 and words:
            band = words
        for cell in cells:
            column = columns[cell.col]
            amount = _number(cell)
            if place >= head and amount is not None and _is_money(cell, column, counts):
                yield Printed(
                    table=caption,
                    row=" ".join((words or band).split()),
                    column=column,
                    amount=amount,
                    heading=f"{heading} {band}",
                )
            else:
                yield from _of_words(cell.text, caption, f"{heading} {band}")


def _column(grid: Grid, head: int, col: int) -> str:
    cells = (grid.at(row, col) for row in range(head))
    return " ".join(dict.fromkeys(" ".join(cell.text.split()) for cell in cells if cell is not None))


def _number(cell: Cell) -> Decimal | None:
    plain = to_arabic(cell.text).strip()
    if not _AMOUNT.fullmatch(plain):
        return None
    amount = Decimal(plain.strip("()").replace(",", ""))
    return -amount if plain.startswith("(") else amount


def _is_money(cell: Cell, column: str, counts: bool) -> bool:
    """A column of money, or an amount too large to be a count, unless the table `counts` in many units;
    nothing is no figure to trace."""
    if not _number(cell) or any(word in column for word in _NOT_MONEY):
        return False
    if any(word in column for word in _MONEY_WORDS):
        return True
    return not counts and bool(_COMMA.search(to_arabic(cell.text)))


def trace(printed: Iterable[Printed], sums: Iterable[Sum]) -> Iterator[Traced]:
    """Each printed amount with the sum that best fits its words, of those of the same amount."""
    printed = tuple(printed)
    amounts = {figure.amount for figure in printed}
    known = Matcher(item for item in sums if item.amount in amounts)
    for figure in printed:
        found = known.best(figure.amount, figure.row, figure.column, figure.table, figure.heading)
        item, named = found or (None, False)
        yield Traced(printed=figure, sum=item, named=named)


def audit_context(
    title: str, traced: Iterable[Traced], where: Callable[[Part], str], year: int
) -> dict[str, Any]:
    """What the audit workbook prints: a line a figure, and the parts of each sum that occurs.

    `where` gives the Thai place of a part in its file. Sums are numbered as they first occur. The lines are
    made one by one as they are asked for, once.
    """
    traced = tuple(traced)
    sums = list({id(item.sum): item.sum for item in traced if item.sum is not None}.values())
    numbers = {id(item): number for number, item in enumerate(sums, start=1)}
    return {
        "title": title,
        "year": year,
        "figures": (_figure_row(place, item, numbers) for place, item in enumerate(traced, start=1)),
        "parts": (
            _part_row(numbers[id(item)], part, where(part), item) for item in sums for part in item.parts
        ),
        "untraced": sum(item.sum is None for item in traced),
    }


def _figure_row(place: int, item: Traced, numbers: dict[int, int]) -> dict[str, Any]:
    found = item.sum
    return {
        "no": place,
        "table": item.printed.table,
        "row": item.printed.row,
        "column": item.printed.column,
        "amount": item.printed.amount,
        "meaning": f"{found.label}: {found.title}" if found else UNTRACED,
        "known": ("ชื่อและจำนวนเงิน" if item.named else "จำนวนเงินเท่านั้น") if found else UNTRACED,
        "count": len(found.codes) if found else None,
        "codes": _codes(found.codes) if found else None,
        "number": numbers[id(found)] if found else None,
    }


def _codes(codes: tuple[str, ...]) -> str:
    """The codes in a cell of a worksheet, which holds 32,767 characters; the parts list them all."""
    shown = ", ".join(codes[:200])
    return shown if len(codes) <= 200 else f"{shown} … (ครบทุกรหัสในแผ่น ที่มา)"


def _part_row(number: int, part: Part, where: str, found: Sum) -> dict[str, Any]:
    source = part.source
    return {
        "number": number,
        "meaning": f"{found.label}: {found.title}",
        "code": part.code,
        "name": part.name,
        "bureau": part.bureau,
        "amount": part.amount,
        "file": source.file if source else None,
        "where": where,
        "version": source.version if source else None,
        "received": source.received.date() if source and source.received else None,
    }
