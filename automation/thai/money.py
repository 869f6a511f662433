"""Baht amounts in figures and in words, both ways. Amounts are `Decimal` baht, exact to the satang."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from automation.thai.digits import to_arabic, to_thai
from automation.thai.text import is_blank, normalize, squeeze, strip_leaders

SATANG = Decimal("0.01")

_DIGIT_WORDS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACE_WORDS = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_MILLION = 1_000_000

_DIGIT_OF = {word: value for value, word in enumerate(_DIGIT_WORDS) if word} | {"เอ็ด": 1, "ยี่": 2}
_PLACE_OF = {word: 10**power for power, word in enumerate(_PLACE_WORDS) if word}
_WORD = re.compile("|".join([*_DIGIT_OF, *_PLACE_OF, "ล้าน"]))

_SCALES = {
    "พันล้าน": 10**9,
    "ร้อยล้าน": 10**8,
    "สิบล้าน": 10**7,
    "ล้านล้าน": 10**12,
    "ล้าน": 10**6,
    "ลบ.": 10**6,
    "แสน": 10**5,
    "หมื่น": 10**4,
    "พัน": 10**3,
    "ร้อย": 100,
}
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PART = re.compile(rf"({_FIGURE})\s*({'|'.join(map(re.escape, _SCALES))})?\s*")
_LEAD = re.compile(r"^(?:จำนวน|เป็นเงิน|วงเงิน|งบประมาณ|รวมทั้งสิ้น|รวมเป็นเงิน|รวม|ทั้งสิ้น|เงิน|฿|=|:|\s)+")
_TAIL = re.compile(r"(?:\s|บาทถ้วน|บาท|ถ้วน|(?<!ล)บ\.|\.-|\.–|/-|,-|\.=|=)+$")
_SATANG_TAIL = re.compile(r"^(.*?)\s*(?:บาท)\s*(\d{1,2})\s*(?:สตางค์|สต\.)$")
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
_NOTHING = ("ไม่มี", "ไม่ใช้", "ไม่ได้ใช้", "ไม่ต้องใช้", "ไม่ขอ", "ไม่เบิก")


def parse_baht(text: str) -> Decimal:
    """The amount that a text states, in baht; ValueError when the whole text is not one amount.

    Knows Thai digits, thousands commas, "1,250.-", "1.25 ล้านบาท", "3 แสน 5 หมื่นบาท", amounts in words and
    in words behind figures. "-" and statements such as "ไม่ใช้งบประมาณ" are 0; an empty text is no amount.
    """
    plain = squeeze(strip_leaders(to_arabic(normalize(text))))
    if not plain:
        raise ValueError("no amount in an empty text")
    if is_blank(plain) or plain.lstrip("(").startswith(_NOTHING):
        return Decimal(0)
    bracket = _IN_BRACKETS.search(plain)
    if bracket is None or bracket.start() == 0:
        return _amount(plain.strip("()") if _WORD.match(plain[1:]) else plain)
    amount = _amount(plain[: bracket.start()])
    if any(letter.isdigit() for letter in bracket.group(1)) and _amount(bracket.group(1)) != amount:
        raise ValueError(f"two amounts: {text!r}")
    return amount


def _amount(text: str) -> Decimal:
    negative, plain = _sign(text)
    amount = _figures(plain)
    return -amount if negative else amount


def _sign(text: str) -> tuple[bool, str]:
    text = _LEAD.sub("", text)
    if re.fullmatch(r"\([\d,.]+\)", text):
        return True, text[1:-1]
    if text[:1] in "-−–":
        return True, text[1:].strip()
    if text.startswith("ลบ"):
        return True, text[2:].strip()
    return False, text


def _figures(text: str) -> Decimal:
    satang = Decimal(0)
    with_satang = _SATANG_TAIL.match(text)
    if with_satang:
        text, satang = with_satang.group(1), Decimal(with_satang.group(2)) / 100
    plain = _TAIL.sub("", text)
    if _WORD.match(plain) or plain.startswith("ศูนย์"):
        return parse_baht_text(text) + satang
    amount, position, limit = Decimal(0), 0, None
    while position < len(plain):
        part = _PART.match(plain, position)
        scale = _SCALES.get(part.group(2) or "", 1) if part else 1
        if part is None or (limit is not None and scale >= limit):
            raise ValueError(f"not an amount of money: {text!r}")
        amount += Decimal(part.group(1).replace(",", "")) * scale
        position, limit = part.end(), scale
    if limit is None:
        raise ValueError(f"not an amount of money: {text!r}")
    return _exact(amount + satang)


def _exact(amount: Decimal) -> Decimal:
    """The amount with two decimals; ValueError when that would change it."""
    try:
        exact = amount.quantize(SATANG)
    except InvalidOperation as error:
        raise ValueError(f"not an amount of money: {amount}") from error
    if exact != amount:
        raise ValueError(f"finer than a satang: {amount}")
    return exact


def baht_text(amount: Decimal) -> str:
    """The amount in Thai words as on cheques and memos: `หนึ่งพันสองร้อยห้าสิบบาทถ้วน`.

    Satang are spoken without ถ้วน, an amount below one baht in satang alone, a negative one with ลบ, from
    10^12 in ล้านล้าน. ValueError when the amount is not finite or finer than a satang.
    """
    satang = int(_exact(amount) * 100)
    sign = "ลบ" if satang < 0 else ""
    baht, rest = divmod(abs(satang), 100)
    if not rest:
        return f"{sign}{_number(baht) or 'ศูนย์'}บาทถ้วน"
    whole = f"{_number(baht)}บาท" if baht else ""
    return f"{sign}{whole}{_number(rest)}สตางค์"


def _number(value: int, *, follows: bool = False) -> str:
    """The number in words; empty for 0. `follows`: higher digits stand before it, so that 1 is เอ็ด."""
    if value >= _MILLION:
        high, low = divmod(value, _MILLION)
        return f"{_number(high, follows=follows)}ล้าน{_number(low, follows=True)}"
    figures = str(value)
    words = []
    for index, figure in enumerate(figures):
        place = len(figures) - index - 1
        words.append(_digit(int(figure), place, follows or index > 0))
    return "".join(words)


def _digit(figure: int, place: int, follows: bool) -> str:
    if figure == 0:
        return ""
    if place == 1:
        return {1: "", 2: "ยี่"}.get(figure, _DIGIT_WORDS[figure]) + "สิบ"
    if place == 0 and figure == 1 and follows:
        return "เอ็ด"
    return _DIGIT_WORDS[figure] + _PLACE_WORDS[place]


def parse_baht_text(text: str) -> Decimal:
    """The amount that Thai words state, in baht; ValueError when they are no well-formed number.

    Brackets, spaces and ถ้วน may be there or not; words without บาท are taken as baht.
    """
    plain = re.sub(r"[\s()（）.]", "", normalize(text)).removesuffix("ถ้วน").removesuffix("ตัวอักษร")
    negative = plain.startswith("ลบ")
    plain = plain.removeprefix("ลบ")
    satang = 0
    if plain.endswith("สตางค์"):
        plain, _, words = plain.removesuffix("สตางค์").rpartition("บาท")
        satang = _count(words)
        if satang >= 100 or not words:
            raise ValueError(f"not an amount in words: {text!r}")
        baht = _count(plain) if plain else 0
    else:
        baht = _count(plain.removesuffix("บาท"))
    amount = Decimal(baht) + Decimal(satang) / 100
    return -amount if negative else amount


def _count(words: str) -> int:
    """The whole number that well-formed words state."""
    if words == "ศูนย์":
        return 0
    total, block, figure, limit, position = 0, 0, 0, _MILLION, 0
    while position < len(words):
        match = _WORD.match(words, position)
        if match is None:
            raise ValueError(f"not a number in words: {words!r}")
        word, position = match.group(), match.end()
        if word in _DIGIT_OF:
            if figure or limit == 1:
                raise ValueError(f"two digits in a row: {words!r}")
            figure = _DIGIT_OF[word]
        elif word == "ล้าน":
            block += figure
            if not total + block:
                raise ValueError(f"nothing before ล้าน: {words!r}")
            total, block, figure, limit = (total + block) * _MILLION, 0, 0, _MILLION
        else:
            place = _PLACE_OF[word]
            if place >= limit or not (figure or place == 10):
                raise ValueError(f"places out of order: {words!r}")
            block, figure, limit = block + (figure or 1) * place, 0, place
    if not words:
        raise ValueError("no number in an empty text")
    return total + block + figure


def format_baht(amount: Decimal, *, satang: bool | None = None) -> str:
    """The amount in Thai digits with commas, `๑,๒๕๐,๐๐๐` or `๑,๒๕๐.๕๐`; `satang` None: only when not zero.

    ValueError when the amount is not finite, finer than a satang, or has satang that are to be left out.
    """
    exact = _exact(amount)
    whole = exact == exact.to_integral_value()
    if satang is False and not whole:
        raise ValueError(f"the amount has satang: {amount}")
    return to_thai(f"{exact:,.2f}" if satang or not whole else f"{exact:,.0f}")
