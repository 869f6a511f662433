"""Number formats of Excel: which show a date or a time, Thai ones too."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Context, Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

BUILTIN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    59: "t0", 60: "t0.00", 61: "t#,##0", 62: "t#,##0.00", 67: "t0%", 68: "t0.00%",
    69: "t# ?/?", 70: "t# ??/??",
    71: "ว/ด/ปปปป", 72: "ว-ดดด-ปป", 73: "ว-ดดด", 74: "ดดด-ปป", 75: "ช:นน", 76: "ช:นน:ทท",
    77: "ว/ด/ปปปป ช:นน", 78: "นน:ทท", 79: "[ช]:นน:ทท", 80: "นน:ทท.0", 81: "d/m/bb",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "d/m/yyyy"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss"),
}  # fmt: skip
"""By id, with those of the Thai (59-81) and the east Asian (27-36, 50-58) locales."""

_LAST_SERIAL = 2_958_466
"""1 January 10000: Excel's dates end before it."""
_FIFTEEN = Context(prec=15)


class Shows(StrEnum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"


@lru_cache(maxsize=512)
def shows(code: str) -> Shows:
    """Whether a format code shows a date, a time of day, or a plain number."""
    section = re.sub(r'"[^"]*"|\\.|_.|\*.', "", code).split(";")[0]
    elapsed = re.search(r"\[(h+|m+|s+|ช+|น+|ท+)\]", section, re.IGNORECASE)
    letters = re.sub(r"\[[^\]]*\]", "", section).lower().replace("general", "").replace("am/pm", "")
    if "@" in letters:
        return Shows.NUMBER
    digits = re.search(r"[#0?]", letters)
    if re.search(r"[ydb]", letters) and not re.search(r"[#?]|0[^0]*[ydb]", letters):
        return Shows.DATE
    if digits and not re.search(r"[hsทs]", letters):
        return Shows.NUMBER
    if re.search(r"[วดป]", letters) and not digits:
        return Shows.DATE
    if elapsed or re.search(r"[hs]|ช:|:น|:ท|น:", letters):
        return Shows.TIME
    return Shows.DATE if "m" in letters else Shows.NUMBER


def exact(raw: str) -> Decimal | None:
    """The number of a cell as Excel shows it: 15 significant digits, so 571200.49999999997 is 571200.5.

    None where the text is no finite number.
    """
    try:
        number = Decimal(raw.strip())
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    if len(number.as_tuple().digits) > 15:
        number = _FIFTEEN.plus(number)
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or number.adjusted() > 40 or exponent < -60:
        return number
    if exponent > 0:
        return Decimal((sign, digits + (0,) * exponent, 0))
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else number


def moment(serial: Decimal, kind: Shows, *, date1904: bool) -> dt.datetime | dt.time | Decimal:
    """The date or time that a serial number stands for; the number itself where it stands for none.

    The year is what the file says: B.E. years typed as years, or read by Excel as 19xx, stay so here.
    """
    if serial < 0 or serial >= _LAST_SERIAL:
        return serial
    if kind is Shows.TIME and serial < 1:
        minutes, second = divmod(min(round(serial * 86_400), 86_399), 60)
        return dt.time(minutes // 60, minutes % 60, second)
    if serial < 1 and not date1904:
        return serial
    first = (1904, 1, 1) if date1904 else (1899, 12, 31 if serial < 60 else 30)
    origin = dt.datetime(*first)
    days = int(serial)
    seconds = round((serial - days) * 86_400)
    try:
        return origin + dt.timedelta(days=days, seconds=seconds)
    except OverflowError:
        return serial
