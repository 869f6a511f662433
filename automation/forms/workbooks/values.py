"""One cell to the value of its field, as the JSON form of the model writes it (contract: how values are
written). A cell that cannot be understood raises `Unreadable` with a Thai reason; nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from automation.forms.knowledge import Known
from automation.forms.workbooks.choices import choose, is_unticked
from automation.forms.workbooks.dates import ReadDate, StrayYear, is_year_at_fault, read_date
from automation.forms.workbooks.schema import Kind, Leaf
from automation.forms.workbooks.texts import blank, match_key, without_leaders
from automation.forms.workbooks.vocabulary import Words
from automation.office.sheets import Scalar, SheetCell
from automation.thai.dates import format_date, parse_period
from automation.thai.digits import to_arabic, to_thai
from automation.thai.money import parse_baht
from automation.thai.text import normalize, squeeze

CENT = Decimal("0.01")
ABSURD = Decimal(10) ** 15
"""No amount, percentage or measure of an office reaches this."""
_PERCENT = re.compile(r"(?:ร้อยละ\s*)?(-?[\d,]+(?:\.\d+)?)\s*(?:%|เปอร์เซ็นต์)?")
_NUMBERED = re.compile(r"^(?:[0-9๐-๙]{1,2}[.)]|[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})+[.)]?)\s*(?=[^\s0-9๐-๙.,])")
"""The number of a list before a name: `๑. โครงการ…`, `2.1 โครงการ…`."""
_MEASURE_LABEL = re.compile(
    r"^(?:ตัวชี้วัด|ตัวบ่งชี้|ดัชนี(?:ชี้)?วัด|kpi)(?:ความสำเร็จ)?\s*"
    r"(?:(?:ที่)?\s*[0-9๐-๙]+(?:\.[0-9๐-๙]+)*\s*[.):：-]*|[:：])\s*(?=\S)",
    re.IGNORECASE,
)
"""The label of an indicator with its number or colon before its name."""
_BETWEEN = re.compile(r"[,;\n]|\s/\s|/(?=สำนัก|กลุ่ม|ศูนย์)|\s*และ\s*(?=สำนัก|กลุ่ม|ศูนย์|กอง)")
"""What separates the items of a list in one cell; bureaus are also joined by และ."""
_LIST_MARK = re.compile(r"^(?:[-–•▪●○*]|\(?\d{1,2}[.)](?=\s|\D))\s*")
_SCALE_WORD = re.compile(r"(?:ร้อย|พัน|หมื่น|แสน|ล้าน)(?:ล้าน)?(?:บาท)?")
_OPEN_END = re.compile(
    r"\s*(?:[-–—]|ถึง|จนถึง)?\s*(?:ปัจจุบัน|วันนี้|ต่อเนื่อง|ยังไม่แล้วเสร็จ|ยังไม่สิ้นสุด|ยังดำเนินการ)$|\s*(?:[-–—]+|ถึง|จนถึง)\s*$"
)
_BEGINNING = re.compile(r"^(?:เริ่ม(?:ต้น|ดำเนินการ|งาน)?(?:เมื่อ|ตั้งแต่)?|ตั้งแต่)\s*(?=[^–—-]*$)")
"""`เริ่ม ต.ค. 69` without an end."""
TICKS = frozenset("/✓✔√☑☒●•*X")
"""Marks that are no letters; others stand in `columns.toml`."""
NOBODY = Known()
SCALES = {"ล้านบาท": 1_000_000, "แสนบาท": 100_000, "หมื่นบาท": 10_000, "พันบาท": 1_000}


class Unreadable(ValueError):
    """A value that cannot be understood; the text is the Thai reason."""

    rule = "value-unreadable"


class DoubtfulYear(Unreadable):
    """A date whose year may be one era or another."""

    rule = "date-year-doubtful"


@dataclass(frozen=True, slots=True)
class Understood:
    """A value in JSON form; None says that the cell states nothing."""

    data: Any
    doubt: str = ""
    """Thai question to the sender."""
    certain: bool = True
    rule: str = "date-year-doubtful"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a column and its workbook say about how to read its cells."""

    words: Words
    fiscal_year: int | None = None
    date1904: bool = False
    scale: Decimal = Decimal(1)
    """Baht for one unit of the column (1,000,000 under ล้านบาท)."""
    fraction: bool = False
    """The column holds percentages as 0.85 without a percent format."""
    proven: bool = False
    """Other columns prove it."""
    near: tuple[dt.date, ...] = ()
    mixed: bool = False
    """The date cells of the column hold years of both eras: then none of them is beyond doubt."""
    period: str = ""
    """The round of the report (`quarter-2`), for tables with a column a period."""
    known: Known = NOBODY
    legend: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Choice → folded sign → value, as the sheet explains its signs."""
    option: str = ""
    """The choice that a mark in this column makes (a column a stage)."""


def unit_scale(text: str) -> Decimal | None:
    """Baht for one unit as a heading states it (`หน่วย : ล้านบาท`); None where it states none."""
    plain = squeeze(text)
    for word, scale in SCALES.items():
        if word in plain:
            return Decimal(scale)
    return Decimal(1) if "บาท" in plain else None


def understand(cell: SheetCell, leaf: Leaf, sense: Sense) -> Understood:
    """The value of a cell for a field; Unreadable when the cell holds something else."""
    if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
        return Understood(None)
    return _READERS[leaf.kind](cell, leaf, sense)


def cell_text(cell: SheetCell) -> str:
    """What a reader of the sheet sees in a cell: one line, numbers without needless zeros."""
    value = cell.value
    if isinstance(value, Decimal):
        return plain_number(value * 100 if cell.is_percent else value)
    if isinstance(value, bool):
        return "☑" if value else "☐"
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        year = value.year - 543 if value.year >= 2400 else value.year
        return format_date(value.replace(year=year), "short")
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return without_leaders(value) if value else ""


def plain_number(value: Decimal) -> str:
    """`84.5`, `5000`: no trailing zeros, no float noise, no exponent unless the number is absurd."""
    if abs(value) >= ABSURD:
        return str(value)
    if value == value.to_integral_value():
        return f"{int(value)}"
    text = f"{value.quantize(Decimal('1e-9'), ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def money(value: Decimal) -> str:
    """Baht with two decimals, as the contract writes it; Unreadable where nobody can mean so much."""
    if abs(value) >= ABSURD:
        raise Unreadable(f"จำนวน {value:.3e} มากเกินกว่าที่จะเป็นไปได้")
    return f"{value.quantize(CENT, ROUND_HALF_UP):.2f}"


def _text(cell: SheetCell, leaf: Leaf, sense: Sense) -> Understood:
    text = cell_text(cell)
    if leaf.name == "name":
        text = _NUMBERED.sub("", text)
        if leaf.level.endswith("indicators"):
            text = _MEASURE_LABEL.sub("", text)
    return Understood(None if blank(text) else text)


def _code(cell: SheetCell, leaf: Leaf, sense: Sense) -> Understood:
    text = to_arabic(cell_text(cell))
    return Understood(None if blank(text) else text)


def _texts(cell: SheetCell, leaf: Leaf, sense: Sense) -> Understood:
    text = cell.value if isinstance(cell.value, str) else cell_text(cell)
    return Understood(text_items(text) or None)


def text_items(text: str) -> list[str]:
    """The items of a list in one text, without their marks."""
    kept = (_LIST_MARK.sub("", squeeze(line)) for line in _BETWEEN.split(normalize(text)))
    return [line for line in kept if not blank(line)]


def _money(cell: SheetCell, leaf: Leaf, sense: Sense) -> Understood:
    if isinstance(cell.value, Decimal):
        return Understood(money(cell.value * sense.scale))
    if not isinstance(cell.value, str):
        raise Unreadable("ช่องนี้ควรเป็นจำนวนเงิน")
    text = squeeze(normalize(cell.value))
    try:
        amount = parse_baht(text)
    except ValueError:
        raise Unreadable(f"อ่านจำนวนเงิน «{text}» ไม่ได้") from None
    return Understood(money(amount if _SCALE_WORD.search(text) or "บาท" in text else amount * sense.scale))


def _percent(cell: SheetCell, leaf: Leaf, sense: Sense) -> Understood:
    if isinstance(cell.value, Decimal):
        return _percent_number(cell, cell.value, sense)
    text = to_arabic(cell_text(cell))
    if blank(text):
        return Understood(None)
    found = _PERCENT.fullmatch(text)
    if not found:
        raise Unreadable(f"อ่านค่าร้อยละ «{cell_text(cell)}» ไม่ได้")
    try:
        number = Decimal(found[1].replace(",", ""))
        bare = sense.proven and found[1] == text
        return _percent_number(replace(cell, format=""), number, sense) if bare else Understood(money(number))
    except InvalidOperation:
        raise Unreadable(f"อ่านค่าร้อยละ «{cell_text(cell)}» ไม่ได้") from None


def _date(cell: SheetCell, leaf: Leaf, sense: Sense) -> Understood:
    if _undated(cell, sense):
        return Understood(None)
    found = _read_date(cell.value, cell, sense)
    return Understood(found.value.isoformat(), found.doubt, found.certain and not sense.mixed)


def _percent_number(cell: SheetCell, value: Decimal, sense: Sense) -> Understood:
    """85, or 0.85 shown as a percentage; 0.85 shown as such only where its column says so."""
    if cell.is_percent or (sense.fraction and sense.proven):
        return Understood(money(value * 100))
    if not sense.fraction or not value:
        return Understood(money(value))
    doubt = f"ระบบอ่าน {plain_number(value)} เป็นร้อยละ {money(value * 100)} โปรดยืนยัน"
    return Understood(money(value * 100), doubt, certain=False, rule="value-unreadable")


def _undated(cell: SheetCell, sense: Sense) -> bool:
    """Whether a date cell says in words that there is no date: `-`, `ไม่มี`, `อยู่ระหว่างดำเนินการ`."""
    if not isinstance(cell.value, str):
        return False
    text = cell_text(cell)
    return blank(text) or text.startswith("ไม่มี") or bool(choose(text, "stage", sense.words.choices))


def _read_date(value: Scalar | None, cell: SheetCell, sense: Sense) -> ReadDate:
    if value is not None:
        try:
            return read_date(value, fiscal_year=sense.fiscal_year, near=sense.near, date1904=sense.date1904)
        except StrayYear as error:
            raise DoubtfulYear(
                f"ช่องวันที่เก็บปี ค.ศ. {to_thai(str(error.year))} ซึ่งไม่ตรงกับปีของแผน กรุณาพิมพ์ปี พ.ศ. สี่หลัก"
            ) from None
        except ValueError:
            if is_year_at_fault(cell_text(cell), sense.fiscal_year):
                raise DoubtfulYear(
                    f"ปีของวันที่ «{cell_text(cell)}» อยู่นอกช่วงที่เป็นไปได้ กรุณาพิมพ์ปี พ.ศ. สี่หลักให้ถูกต้อง"
                ) from None
    raise Unreadable(f"อ่านวันที่ «{cell_text(cell)}» ไม่ได้ กรุณาพิมพ์วัน เดือน ปี พ.ศ. ให้ครบ")


def _period(cell: SheetCell, leaf: Leaf, sense: Sense) -> Understood:
    if _undated(cell, sense):
        return Understood(None)
    text = _BEGINNING.sub("", _OPEN_END.sub("", cell_text(cell)))
    still_open = text != cell_text(cell)
    single = replace(cell, value=text) if isinstance(cell.value, str) else cell
    try:
        found = _read_date(single.value, single, sense)
        return Understood({"start": found.value.isoformat()}, found.doubt, found.certain)
    except Unreadable:
        pass
    try:
        start, end = parse_period(text, fiscal_year=sense.fiscal_year)
    except ValueError:
        raise Unreadable(f"อ่านระยะเวลา «{text}» ไม่ได้") from None
    if still_open:
        return Understood({"start": start.isoformat()})
    return Understood({"start": start.isoformat(), "end": end.isoformat()})


def _year(cell: SheetCell, leaf: Leaf, sense: Sense) -> Understood:
    found = re.search(r"25\d\d", to_arabic(cell_text(cell)))
    if not found:
        raise Unreadable(f"อ่านปี พ.ศ. «{cell_text(cell)}» ไม่ได้")
    return Understood(int(found.group()))


def _choice(cell: SheetCell, leaf: Leaf, sense: Sense) -> Understood:
    text = cell_text(cell)
    if blank(text) or is_unticked(text):
        return Understood(None)
    if sense.option:
        if match_key(text) in sense.words.marks or text in TICKS:
            return Understood({leaf.name: sense.option})
        raise Unreadable(f"«{text}» ไม่ใช่เครื่องหมาย")
    signed = sense.legend.get(leaf.name, {}).get(match_key(text))
    if signed:
        return Understood({leaf.name: signed})
    chosen = choose(text, leaf.name, sense.words.choices)
    if not chosen:
        raise Unreadable(f"ไม่รู้จักคำว่า «{text}»")
    return Understood(chosen)


Reader = Callable[[SheetCell, Leaf, Sense], Understood]
_READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.MONEY: _money,
    Kind.PERCENT: _percent,
    Kind.DATE: _date,
    Kind.PERIOD: _period,
    Kind.YEAR: _year,
    Kind.CHOICE: _choice,
    Kind.TEXTS: _texts,
    Kind.BY_YEAR: _text,
}
