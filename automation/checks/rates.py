"""Dated ceilings of expense rates: the table that the office keeps in `templates/rates.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from automation.errors import ConfigError
from automation.thai.dates import parse_date

FILE_NAME = "rates.toml"
_WORDS = ("keywords", "qualifiers", "excluding")
_TEXTS = ("item", "unit", "source")
_DAYS = ("valid_from", "valid_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One ceiling of a dated table: baht per unit. Words may name alternatives with "|".

    It concerns an expense whose text has all `keywords` and none of `excluding`. Of the rates that concern
    an expense those with most `qualifiers` in the text count (ภาครัฐ, ประเภท ก …).
    """

    item: str
    keywords: tuple[str, ...]
    limit: Decimal
    unit: str
    source: str
    qualifiers: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    """Last day of validity; None while in force."""


def load_rates(templates: Path) -> tuple[Rate, ...]:
    """The rates of `rates.toml` in the folder of templates; () without the file.

    Raises ConfigError with one Thai line for each entry that is wrong.
    """
    path = templates / FILE_NAME
    if not path.is_file():
        return ()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigError((f"อ่านไฟล์ไม่ได้: {fault}",), place=FILE_NAME) from fault
    rates: list[Rate] = []
    problems: list[str] = []
    for number, entry in enumerate(data.get("rate", []), start=1):
        try:
            rates.append(_rate(entry))
        except (KeyError, TypeError, ValueError, InvalidOperation) as fault:
            problems.append(f"อัตราที่ {number} ({entry.get('item', '-')}): ค่าไม่ถูกต้องหรือขาดหาย: {fault}")
    if problems:
        raise ConfigError(tuple(problems), place=FILE_NAME)
    return tuple(rates)


def _rate(entry: Mapping[str, Any]) -> Rate:
    unknown = set(entry) - {*_WORDS, *_TEXTS, *_DAYS, "limit"}
    if unknown:
        raise ValueError(f"ไม่รู้จัก {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {name: str(entry[name]) for name in _TEXTS}
    values |= {name: tuple(entry[name]) for name in _WORDS if name in entry}
    values |= {name: parse_date(entry[name]) for name in _DAYS if entry.get(name)}
    return Rate(**values, limit=Decimal(str(entry["limit"])))
