"""Money in sentences: amount, amount in words, source, and cost lines in paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from automation.forms.wording import clean, numbering, without_number
from automation.model import BudgetLine
from automation.thai.digits import to_arabic
from automation.thai.money import parse_baht
from automation.thai.months import MONTH_PATTERN, parse_months
from automation.thai.text import is_blank

_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = r"(?:พันล้าน|ร้อยล้าน|สิบล้าน|ล้าน|แสน|หมื่น|พัน)"
_AMOUNT = re.compile(rf"(?<![\d.,/])({_FIGURE}\s*{_SCALE}?)\s*(?:\.-|\.–|,-|/-)?\s*(?:บาท|฿)")
_LONE = re.compile(
    rf"^(?:(?:จำนวน(?:เงิน)?|เป็นเงิน|วงเงิน|งบประมาณ|รวม|ทั้งสิ้น|[:=\s])\s*)*({_FIGURE}\s*{_SCALE}?)\s*(?:\.-|,-|/-)?\s*(?:\([^()]*\))?\s*$"
)
_WORDS = re.compile(
    r"\(?\s*((?:ศูนย์|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ยี่)[ก-๛\s]*?(?:บาทถ้วน|บาท[ก-๛\s]{0,30}?สตางค์|ถ้วน|บาท|สตางค์))\s*\)?"
)
_ASKED = re.compile(
    r"(?:ขอ(?:รับ)?(?:การ)?(?:จัดสรร|ตั้ง|สนับสนุน)?|รวม|รวมเป็นเงิน|เป็นเงิน|ทั้งสิ้น|วงเงิน)\s*(?:จำนวน)?\s*$"
)
_SCALES = {"พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000, "ล้าน": 1_000_000}
_UNIT_NOTE = re.compile(
    r"(?:หน่วย(?:นับ|เงิน)?\s*(?:เป็น)?\s*[:：]?\s*|\(\s*)(?P<scale>พัน|หมื่น|แสน|ล้าน)\s*บาท\s*(?:\)|$)"
)
_NOTHING = re.compile(r"ไม่ใช้(?:เงิน)?งบประมาณ|ไม่ใช้จ่ายงบประมาณ|ไม่มีค่าใช้จ่าย|ไม่ขอรับ(?:การ)?จัดสรร|ไม่ใช้เงิน")
_SOURCE = re.compile(
    r"(?:เงินงบประมาณ|เงินนอกงบประมาณ|งบประมาณ(?=รายจ่าย|เหลือจ่าย|ประจำปี)|เงินรายได้|เงินอุดหนุน|เงินเหลือจ่าย|เงินกองทุน|กองทุน|งบกลาง|งบดำเนินงาน|งบลงทุน|งบอุดหนุน|งบเงินอุดหนุน)"
    r"(?:[ก-๛/]*(?:รายจ่าย|ประจำปี|เหลือจ่าย|รายได้|อุดหนุน|กองทุน|กลาง|ดำเนินงาน|ลงทุน|นอกงบประมาณ)[ก-๛/]*|(?<=กลาง)|(?<=รายได้)|(?<=เหลือจ่าย)|(?<=กองทุน)[ก-๛/]+)"
)
_SUM = re.compile(
    r"^(?:รวม|ทั้งสิ้น|ยอดรวม|(?:Grand )?Total"
    r"|\(?(?:หมายเหตุ|ทุกรายการ|ขอถัว|ถัวเฉลี่ย)|โดยมีรายละเอียด|ดังรายละเอียด|รายละเอียดดังนี้|ดังนี้|มีรายละเอียด|โดย(?:แบ่ง|จำแนก))"
)
_TAIL = re.compile(
    rf"^(?P<item>.*?)(?P<sep>\s*(?:(?:รวม)?เป็นเงิน(?:ทั้งสิ้น)?|รวมเงิน|จำนวนเงิน|รวม|จำนวน|=)\s*|\t+\s*|\s{{2,}}|\s*(?:\.{{3,}}|…+|_{{3,}})\s*|\s*[:：]\s*|\s+|\()"
    rf"(?P<amount>{_FIGURE}\s*{_SCALE}?|-)\s*(?:\.-|\.–|,-|/-)?\s*(?P<baht>บาท(?:ถ้วน)?|บ\.)?\s*\)?\s*$",
    re.DOTALL,
)
_SPELT = re.compile(
    r"(?<=บาท)\s*\((?:ศูนย์|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ยี่|ร้อย|พัน|หมื่น|แสน|ล้าน)[ก-๛\s]*(?:บาท|ถ้วน|สตางค์)\)\s*(?:ได้แก่|ดังนี้|ประกอบด้วย|คือ)?\s*[:：]?\s*$"
)
"""An amount written out behind its figures, and what leads over to the items of a category."""
_TAKES = re.compile(r"(?:ละ|[x×*@]|คูณ)\s*$", re.IGNORECASE)
_SPOKEN = re.compile(
    rf"(?P<item>ค่า[^\d:：]{{2,90}}?)\s*(?:(?:เป็น)?(?:จำนวน)?(?:เงิน)?)\s*(?P<amount>{_FIGURE})\s*(?:\.-|,-|/-)?\s*บาท"
)
_CATEGORY = re.compile(
    r"^(?:หมวด(?:รายจ่าย)?|ประเภท|งบ)?\s*[:：]?\s*(?P<name>(?:ค่า)?(?:ตอบแทน|ใช้สอย|วัสดุ|ครุภัณฑ์|สาธารณูปโภค|จ้างที่ปรึกษา|ที่ดินและสิ่งก่อสร้าง|ตอบแทนใช้สอยและวัสดุ|ตอบแทน\s*ใช้สอย\s*และวัสดุ)"
    r"|งบ(?:บุคลากร|ดำเนินงาน|ลงทุน|เงินอุดหนุน|รายจ่ายอื่น)|เงินอุดหนุน(?:ทั่วไป)?|ค่าใช้จ่ายอื่น(?:\s*ๆ)?)\s*$"
)
_TAGGED = re.compile(r"\s*[\[(](?P<category>[^\[\]()]{3,40})[\])]\s*(?=\S)")
"""A category in brackets in front of an item."""


@dataclass(frozen=True, slots=True)
class Money:
    """What a sentence says of money: baht, the amount in words, the source, the words left over."""

    total: Decimal | None = None
    words: str | None = None
    source: str | None = None


def money_of(text: str) -> Money:
    """Amount, words and source that a text states, each None where it does not."""
    plain = clean(text)
    words = _WORDS.search(plain)
    spoken = clean(words.group(1)) if words else None
    without = plain.replace(words.group(), " ") if words else plain
    return Money(_total(without), spoken, source_of(plain))


def _total(plain: str) -> Decimal | None:
    arabic = to_arabic(plain)
    found = _stated(arabic) or _LONE.match(arabic)
    if found and (found.re is _AMOUNT or len(re.sub(r"\D", "", found.group(1))) > 2):
        return parse_baht(found.group(1))
    if _NOTHING.search(plain):
        return Decimal(0)
    return None


def _stated(arabic: str) -> re.Match[str] | None:
    """Of several amounts in a sentence the one that is asked for or summed up, else the first."""
    amounts = list(_AMOUNT.finditer(arabic))
    for amount in amounts[1:]:
        if _ASKED.search(arabic[: amount.start()]):
            return amount
    return amounts[0] if amounts else None


def source_of(text: str) -> str | None:
    """The source of money that a text names by its usual words."""
    found = _SOURCE.search(clean(text))
    return found.group() if found else None


def scale_of(texts: Iterable[str]) -> int:
    """What an amount counts for where a heading or note says so: 1000 for `(หน่วย : พันบาท)`, else 1."""
    for text in texts:
        found = _UNIT_NOTE.search(clean(text))
        if found:
            return _SCALES[found["scale"]]
    return 1


def amount_of(text: str) -> Decimal | None:
    """The amount of a table cell in baht: "-" is 0, an empty cell None; ValueError when it is no amount."""
    plain = clean(text)
    if not plain.strip(" .…_"):
        return None
    if "/" in plain and not plain.endswith("/-"):
        raise ValueError(text)
    return parse_baht(plain)


def category_of(text: str) -> str | None:
    """The หมวดรายจ่าย that a whole text names, without the word หมวด; None when it names none."""
    plain = without_number(clean(text)).strip(" :-*")
    found = _CATEGORY.match(plain)
    return found["name"] if found else None


def bare_category(text: str) -> str | None:
    """A category cell as the record keeps it: without the word หมวด and list numbers."""
    plain = without_number(clean(text)).strip(" :")
    return re.sub(r"^หมวด(?:รายจ่าย)?\s*(?=ค่า|งบ|เงิน|ตอบแทน|ใช้สอย|วัสดุ|ครุภัณฑ์|[ก-๛])", "", plain).strip() or None


def states_nothing(text: str) -> bool:
    """Whether a text says that no money is used."""
    return _NOTHING.search(clean(text)) is not None


def is_sum(text: str) -> bool:
    """Whether a row or line is a sum or a note below the costs, not a cost."""
    return _SUM.match(without_number(clean(text)).strip(" -")) is not None


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line of text as a cost: a category, an item with its amount, or a sum."""

    kind: str
    text: str = ""
    amount: Decimal | None = None
    mark: str = ""
    """The form of the number or bullet in front."""
    category: str | None = None
    """The หมวดรายจ่าย that the line itself names in front of its item: `[ค่าใช้สอย] ค่าเช่ารถ`."""


def cost_line(text: str) -> CostLine | None:
    """What a line among the costs is: `category`, `item` or `sum`; None when it is none of them."""
    number = numbering(text.strip())
    mark = number.form if number else ""
    body = _SPELT.sub("", without_number(text.strip()))
    if is_sum(body):
        return CostLine("sum")
    category = category_of(body)
    if category:
        return CostLine("category", category, mark=mark)
    if _PLANNED.match(to_arabic(clean(body))):
        return None
    found = _TAIL.match(to_arabic(body))
    if not found or is_blank(found["item"]):
        return None
    item = body[: found.end("item")]
    if not found["baht"] and not re.search(r"เงิน|=|\t|\s{2}|\.{3}|…|:", found["sep"]):
        return None
    if _TAKES.search(found["item"]):
        return None
    amount = parse_baht(found["amount"])
    category = category_of(item)
    if category:
        return CostLine("category", category, amount, mark=mark)
    tagged = _TAGGED.match(item)
    own = category_of(tagged["category"]) if tagged else None
    item = item[tagged.end() :] if tagged and own else item
    return CostLine("item", clean(item).strip(" :,"), amount, category=own)


def detailed(lines: Sequence[tuple[BudgetLine, bool]]) -> list[BudgetLine]:
    """The lines without categories (marked True) whose amount is only the sum of the lines below them."""
    kept: list[tuple[BudgetLine, bool]] = []
    for line, own in reversed(lines):
        if own and kept and not kept[0][1] and _sums_up(line.amount, [below.amount for below, _ in kept]):
            continue
        kept.insert(0, (line, own))
    return [line for line, _ in kept]


def _sums_up(amount: Decimal | None, below: Sequence[Decimal | None]) -> bool:
    """Whether the first of some amounts make a sum."""
    summed = Decimal(0)
    for part in below:
        summed += part or 0
        if summed == amount:
            return True
    return False


def costs_of(lines: Sequence[CostLine]) -> tuple[BudgetLine, ...]:
    """The budget lines of cost lines: items under their category; a category without items counts itself."""
    found: list[tuple[BudgetLine, bool]] = []
    category: str | None = None
    waiting: CostLine | None = None
    mark: str | None = None
    for line in [*lines, CostLine("sum")]:
        inner = (
            line.mark in ("bullet", "round", "plain)", "letter") and mark is not None and line.mark != mark
        )
        if line.kind == "category" and line.amount is not None and inner:
            line = CostLine("item", line.text, line.amount)
        mark = line.mark if line.kind == "category" else mark
        if line.kind == "item":
            item = BudgetLine(category=line.category or category, item=line.text, amount=line.amount)
            found.append((item, False))
            waiting = None
            continue
        if waiting is not None and waiting.amount is not None:
            own = BudgetLine(category=waiting.text, item=waiting.text, amount=waiting.amount)
            found.append((own, True))
        waiting = line if line.kind == "category" else None
        category = line.text if line.kind == "category" else category
    return tuple(detailed(found))


def spoken_costs(text: str, total: Decimal) -> tuple[BudgetLine, ...]:
    """The costs that running text lists: `ค่าวิทยากร ๗,๒๐๐ บาท และค่าวัสดุ …`; () unless they make the total."""
    plain = clean(text)
    costs = list(_SPOKEN.finditer(to_arabic(plain)))
    items = [plain[cost.start("item") : cost.end("item")].strip(" ,") for cost in costs]
    amounts = [parse_baht(cost["amount"]) for cost in costs]
    if len(costs) < 2 or sum(amounts) != total:
        return ()
    return tuple(BudgetLine(item=item, amount=amount) for item, amount in zip(items, amounts, strict=True))


_PLANNED = re.compile(
    rf"(?P<head>(?:ไตรมาส(?:ที่)?|งวด(?:ที่)?|\bQ)\s*[1-4]|(?:เดือน\s*)?{MONTH_PATTERN}(?:\s*(?:25)?\d\d(?!\d))?)\s*(?:\([^()]*\))?\s*(?:พ\.ศ\.\s*\d{{4}})?\s*[:：=–\-]?\s*(?:จำนวน|เป็นเงิน|วงเงิน)?\s*[.…_]*\s*"
    rf"(?P<amount>{_FIGURE}|-)\s*(?:\.-)?\s*(?:บาท)?",
    re.IGNORECASE,
)


def plan_of(texts: Sequence[str]) -> list[tuple[tuple[int, ...], Decimal]]:
    """A spending plan in words: (months, baht) for each `ไตรมาสที่ ๑ จำนวน ๒๕,๐๐๐ บาท` or `ต.ค. ๖๙ = ๕,๐๐๐`."""
    found: list[tuple[tuple[int, ...], Decimal]] = []
    for text in texts:
        for part in _PLANNED.finditer(to_arabic(clean(text))):
            quarter = re.fullmatch(r"\D+([1-4])", part["head"])
            said = f"ไตรมาส {quarter[1]}" if quarter else re.sub(r"\d{2,4}$", "", part["head"]).strip()
            months = parse_months(said)
            found.append((months, Decimal(0) if part["amount"] == "-" else parse_baht(part["amount"])))
    return found
