"""Lists typed as sentences: indicators with target and unit, activities with their months, past years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from automation.forms.fields import is_filler
from automation.forms.wording import clean, without_number
from automation.model import Activity, HistoryYear, Indicator
from automation.thai.digits import to_arabic
from automation.thai.money import parse_baht
from automation.thai.months import MONTH_PATTERN, UnclearDate, parse_months
from automation.thai.text import is_blank

_UNIT = r"(?:หน่วยนับ|หน่วยวัด|หน่วย)\s*(?:คือ|เป็น)?\s*[:：]?\s*"
_TARGET = r"(?:ค่าเป้าหมาย|เป้าหมาย|เกณฑ์)\s*(?:คือ|เป็น)?\s*[:：]?\s*"
_FIELD = re.compile(rf"[(,;–-]?\s*(?:(?P<unit>{_UNIT})|(?P<target>{_TARGET}))")
_LABELLED = re.compile(r"(?:ตัวชี้วัด|ตัวบ่งชี้|KPI)\s*(?:ที่)?\s*[0-9๐-๙]*\s*[:：]?\s*", re.IGNORECASE)
_ASPECT = re.compile(
    r"(?:ตัวชี้วัด)?(?:(?:เชิง|ด้าน)(?:ปริมาณ|คุณภาพ|เวลา|ต้นทุน|ค่าใช้จ่าย)|ผลผลิต|ผลลัพธ์)\s*(?:\([^()]*\))?\s*[:：]\s*(?=\S)"
)
_COMPARE = r"(?:ไม่น้อยกว่า|ไม่ต่ำกว่า|ไม่เกิน|ไม่มากกว่า|อย่างน้อย|มากกว่า|น้อยกว่า|เท่ากับ|ร้อยละ)"
_SPOKEN = re.compile(
    rf"^(?P<name>.+?)\s*(?P<target>{_COMPARE}\s*(?:ร้อยละ\s*)?[0-9๐-๙][0-9๐-๙,.]*)\s*\(?(?P<unit>[ก-๎%/]*)\)?\s*$"
)
_NUMBER_UNIT = re.compile(r"^(?P<target>.*?[0-9๐-๙][0-9๐-๙,.]*)\s*\(?(?P<unit>[ก-๎%][ก-๎ๆฯ ]*?)\)?$")
_STATED = re.compile(
    r"^(?P<name>[^:：=]+?)\s*[:：=]\s*(?P<target>[^:：=]{0,24}[0-9๐-๙][^:：=]{0,24})$"
    r"|^(?P<counted>จำนวน.+?|.+?\s+จำนวน)\s+(?P<figure>[0-9๐-๙][0-9๐-๙,.]*\s*[ก-๎]{1,12})$"
)
_SHARE = re.compile(r"^(?P<name>ร้อยละ(?:ของ)?[ก-๛].*[ก-๛])\s+(?P<target>[0-9๐-๙]+(?:\.[0-9๐-๙]+)?)$")
_COUNT = re.compile(r"(?<=\S)\s+จำนวน$")
_VERB = re.compile(r"(?:มี|ได้|ของ|ผ่าน|เข้าใจ|นำ|สามารถ)")
_MEASURED = re.compile(r"^(?P<name>.+?)\s*\((?P<unit>[^()0-9๐-๙]{1,20})\)$")
"""A name with its unit in brackets behind it."""
_BRACKET = re.compile(r"^(?P<target>.+?)\s*\((?P<unit>[^()]+)\)$")
_STEP = re.compile(r"^(?:ขั้นตอน|กิจกรรม|ขั้น)\s?(?:ที่)?\s*[0-9๐-๙]{1,2}\s*[.):：]?\s+")
_FIRST = re.compile(
    rf"^(?P<months>(?:(?:เดือน|ช่วง|ระหว่าง|วันที่)\s*)*(?:[0-9๐-๙]{{1,2}}\s*(?:[-–]\s*[0-9๐-๙]{{1,2}}\s*)?)?{MONTH_PATTERN}[^:：\t]{{0,40}}?)\s*(?:[:：]|\t+)\s*(?P<name>[ก-๛A-Z].+)$",
    re.IGNORECASE,
)
"""An activity behind its months: `ธันวาคม ๒๕๖๙ : ประสานวิทยากร`."""
_PHASE = re.compile(
    r"(?:ขั้น|ระยะ)(?:ตอน)?(?:ที่\s*[0-9๐-๙]+)?\s*(?:การ)?(?:เตรียม|วางแผน|ดำเนิน|ปฏิบัติ|สรุป|ประเมิน|ติดตาม|ตรวจ|ปรับปรุง)"
)
_PERIOD = re.compile(
    rf"(?P<open>[(\[:：–\-\t]|\s{{2,}}|\s(?=(?:เดือน|ตั้งแต่|ระหว่าง|ภายใน|ดำเนินการ|ไตรมาส))|(?<=[ก-๛])\s(?={MONTH_PATTERN}))\s*(?P<months>(?:(?:(?:กำหนด)?(?:ระยะเวลา)?ดำเนินการ|ภายใน|ระหว่าง|ตั้งแต่|ช่วง|ใน|เดือน|ระยะเวลา)\s*[:：]?\s*)*(?:(?:[0-9๐-๙]{{1,2}}\s*)?{MONTH_PATTERN}|ไตรมาส|ทุกเดือน|ตลอดปี)[^()\[\]]*?)[)\]]?\s*$",
    re.IGNORECASE,
)


def indicators_of(texts: Sequence[str]) -> tuple[Indicator, ...]:
    """Indicators out of lines: `ชื่อ  หน่วยนับ …  ค่าเป้าหมาย …`, also over several lines, or as a sentence."""
    blocks: list[str] = []
    for text in texts:
        line = text.strip()
        if is_filler(line):
            continue
        goes_on = _FIELD.match(without_number(line)) and blocks
        blocks[-1:] = [f"{blocks[-1]}  {without_number(line)}"] if goes_on else [*blocks[-1:], line]
    return tuple(found for block in blocks if (found := _indicator(block)))


def columned(texts: Sequence[str], columns: Sequence[str]) -> tuple[Indicator, ...]:
    """Indicators in lines whose cells tabs part, by the leaves of their columns; other lines are none."""
    found: list[Indicator] = []
    for text in texts:
        parts = re.split(r"\t+|\s{2,}", without_number(text.strip()))
        cells = [clean(part) for part in parts if part.strip()]
        values = dict(zip(columns, cells, strict=False))
        name, target = values.get("name"), values.get("target")
        if len(cells) == len(columns) and name and re.search(r"[0-9๐-๙-]", target or ""):
            found.append(Indicator(name=name, unit=values.get("unit"), target=target))
    return tuple(found)


def _indicator(block: str) -> Indicator | None:
    text = without_number(block)
    for front in (_LABELLED, _ASPECT):
        text = text[found.end() :] if (found := front.match(text)) else text
    marks = [mark for mark in _FIELD.finditer(text) if mark.start() > 0]
    if not marks:
        return _spoken(clean(text))
    name = clean(text[: marks[0].start()]).strip(" ,;:(-–/|")
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = {
        ("unit" if mark["unit"] else "target"): clean(text[mark.end() : end]).strip(" ,;/|")
        for mark, end in zip(marks, ends, strict=True)
    }
    unit, target = parts.get("unit") or None, parts.get("target") or None
    if target and not unit:
        target, unit = split_unit(target)
    if target and not unit and (measured := _MEASURED.match(name)):
        name, unit = measured["name"], measured["unit"]
    if target and "unit" in parts:
        target = target.strip(" )") if target.count(")") > target.count("(") else target
    return Indicator(name=name, unit=unit.strip(" ()") if unit else None, target=target) if name else None


def split_unit(target: str) -> tuple[str, str | None]:
    """`ไม่น้อยกว่า ๒๐๐ (คน)` and `ร้อยละ ๘๐` as target and unit."""
    target = target.strip(" ()") if target.count("(") != target.count(")") else target
    bracket = _BRACKET.match(target)
    if bracket:
        return bracket["target"].strip(), bracket["unit"].strip()
    percent = re.match(rf"^(?P<lead>(?:{_COMPARE}\s*)?)ร้อยละ\s*(?P<figure>[0-9๐-๙].*)$", target)
    if percent:
        return f"{percent['lead'].strip()} {percent['figure']}".strip(), "ร้อยละ"
    figure = _NUMBER_UNIT.match(target)
    if figure and figure["unit"].strip() not in ("ขึ้นไป", "ถึง"):
        return figure["target"].strip(), figure["unit"].strip()
    return target, None


def _spoken(text: str) -> Indicator | None:
    if is_blank(text):
        return None
    found = _SPOKEN.match(text)
    share = _SHARE.match(text) if not found else None
    if share:
        return Indicator(name=share["name"], target=share["target"], unit="ร้อยละ")
    if not found or _VERB.match(found["unit"]):
        said = _STATED.match(text)
        if said is None or found:
            return Indicator(name=text)
        target, unit = split_unit(said["target"] or said["figure"])
        name = _COUNT.sub("", said["name"] or said["counted"])
        return Indicator(name=name.strip(), target=target, unit=unit)
    target, unit = found["target"], found["unit"] or None
    if not unit and "ร้อยละ" in target:
        target, unit = split_unit(target)
    if not unit and text.startswith("ร้อยละ"):
        unit = "ร้อยละ"
    return Indicator(name=_COUNT.sub("", found["name"]).strip(" ,:–-("), target=target, unit=unit)


def activities_of(texts: Sequence[str]) -> tuple[Activity, ...]:
    """Activities out of lines: `๑. ประชุมเตรียมการ (ต.ค. - พ.ย. ๒๕๖๙)`; without months they stay open."""
    found: list[Activity] = []
    for text in texts:
        body = _STEP.sub("", without_number(text.strip()), count=1)
        if is_filler(body):
            continue
        first = _FIRST.match(body)
        if first and (ahead := months_of(first["months"])):
            found.append(Activity(name=clean(first["name"]), months=ahead))
            continue
        match = _PERIOD.search(body)
        months = months_of(match["months"]) if match else ()
        if match and months and body[: match.start()].strip():
            found.append(Activity(name=clean(body[: match.start()]).strip(" :-–("), months=months))
        elif match is None and found and not found[-1].months and (alone := months_of(body)):
            found[-1] = Activity(name=found[-1].name, months=alone)
        else:
            found.append(Activity(name=clean(body)))
    return tuple(found)


def without_phases(entries: Sequence[tuple[str, str]]) -> list[str]:
    """The texts of (text, form of its number) that are activities: headings over some of them are left out.

    A heading has no months while the entry below is numbered otherwise and has some, or names a phase.
    """
    kept: list[str] = []
    for place, (text, form) in enumerate(entries):
        below = entries[place + 1] if place + 1 < len(entries) else ("", form)
        inner = bool(below[1]) and below[1] != form
        body = without_number(text.strip())
        if inner and not _PERIOD.search(body) and (_PERIOD.search(below[0]) or _PHASE.match(body)):
            continue
        kept.append(text)
    return kept


def months_of(text: str) -> tuple[int, ...]:
    """The months that a text names, () when it names none or is unclear; days and years are passed over."""
    plain = clean(text)
    plain = re.sub(r"^(?:(?:(?:กำหนด)?ดำเนินการ|ภายใน|ระยะเวลา|ประมาณ)\s*[:：]?\s*)+", "", plain).strip(
        " ()[]"
    )
    if is_blank(plain):
        return ()
    try:
        return parse_months(plain)
    except UnclearDate:
        return _named_months(plain)


def _named_months(plain: str) -> tuple[int, ...]:
    """The span of the month names in a text that says more than months."""
    names = [found.group() for found in re.finditer(MONTH_PATTERN, plain, re.IGNORECASE)]
    if not 1 <= len(names) <= 2:
        return ()
    try:
        return parse_months(" - ".join(names))
    except UnclearDate:
        return ()


_YEAR = re.compile(
    r"(?:ปี(?:งบประมาณ)?\s*(?:พ\.?\s?ศ\.?)?\s*|พ\.\s?ศ\.\s*)([0-9๐-๙]{4}|[0-9๐-๙]{2})(?![0-9๐-๙])"
)
_HISTORY = {
    "requested": re.compile(
        r"(?:คำขอ|เสนอขอ|ขอรับ(?:การ)?จัดสรร|ขอตั้ง|งบที่ขอ|ขอ)\s*(?:งบประมาณ)?\s*(?:จำนวน|เป็น)?(?:เงิน)?\s*[:：]?\s*(\d[\d,]*(?:\.\d+)?)"
    ),
    "allocated": re.compile(
        r"(?:ได้รับ(?:การ)?(?:จัดสรร|อนุมัติ)?|(?<!ขอรับ)(?<!ขอรับการ)จัดสรร|งบที่ได้รับ)\s*(?:งบประมาณ)?\s*(?:จำนวน|เป็น)?(?:เงิน)?\s*[:：]?\s*(\d[\d,]*(?:\.\d+)?)"
    ),
    "spent": re.compile(
        r"(?:เบิกจ่าย(?:จริง|แล้ว)?|ใช้จ่าย(?:จริง)?|ใช้ไป|จ่ายจริง)\s*(?:งบประมาณ)?\s*(?:จำนวน|เป็น)?(?:เงิน)?\s*[:：]?\s*(\d[\d,]*(?:\.\d+)?)"
    ),
}
_LEADERS = re.compile(r"\.{3,}|…+|_{3,}")
_RESULT = re.compile(r"(?:ผลการดำเนินงาน|ผลงาน|ผล)\s*[:：]?\s*(.+)$")


def history_of(texts: Sequence[str]) -> tuple[HistoryYear, ...]:
    """Past years out of sentences: `ปีงบประมาณ ๒๕๖๙ ได้รับจัดสรร … บาท เบิกจ่าย … บาท ผลการดำเนินงาน …`."""
    found: list[HistoryYear] = []
    joined: list[str] = []
    for text in (_LEADERS.sub(" ", text) for text in texts):
        goes_on = joined and not _YEAR.search(text)
        joined[-1:] = [f"{joined[-1]}  {text}"] if goes_on else [*joined[-1:], text]
    for text in joined:
        year = _YEAR.search(text)
        if not year:
            continue
        figures = int(to_arabic(year.group(1)))
        plain = to_arabic(text[year.end() :])
        amounts = {name: _amount(pattern.search(plain)) for name, pattern in _HISTORY.items()}
        result = _RESULT.search(text[year.end() :])
        if any(amount is not None for amount in amounts.values()) or result:
            found.append(
                HistoryYear(
                    fiscal_year=figures if figures > 100 else 2500 + figures,
                    requested=amounts["requested"],
                    allocated=amounts["allocated"],
                    spent=amounts["spent"],
                    result=clean(result.group(1)) if result else None,
                )
            )
    return tuple(found)


def _amount(found: re.Match[str] | None) -> Decimal | None:
    return parse_baht(found.group(1)) if found else None
