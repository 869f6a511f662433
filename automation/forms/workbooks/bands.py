"""Headings between rows that open an issue, a goal or a strategy: `ประเด็นยุทธศาสตร์ที่ ๑ ยกระดับ…`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from automation.forms.workbooks.schema import Leaf, leaf_of
from automation.model import Record

_NUMBER = r"(?P<no>[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*)"
_BARE = re.compile(rf"{_NUMBER}(?:\s*[.):：]\s*|\s+)(?P<name>[^\s0-9๐-๙].*)", re.DOTALL)

_HOSTS = re.compile(
    r"[\s(\[–-]*(?:หน่วยงาน|สำนัก|ผู้)*(?:เจ้าภาพ(?:หลัก|ร่วม)?|รับผิดชอบ(?:หลัก)?(?:โดย)?|หลัก)\s*[:：]\s*(?P<hosts>[^()\[\]]+)[)\]]?$"
)


@dataclass(frozen=True, slots=True)
class Band:
    """How a level of a plan (`issues.goals`) is announced, and its two fields."""

    level: str
    no: Leaf
    name: Leaf
    pattern: re.Pattern[str]
    lead: re.Pattern[str]
    """The word of the level alone, perhaps with its number."""
    hosts: Leaf | None = None
    """Who is responsible, for lists that say so."""

    def announced(self, text: str) -> tuple[str, str] | None:
        """Number (may be empty) and name where a text announces an item by the word of its level."""
        found = self.pattern.fullmatch(text)
        return (found["no"] or "", found["name"]) if found else None

    def parted(self, name: str) -> tuple[str, str]:
        """A name and, behind it, who is responsible: `… (เจ้าภาพ: สำนักวิชาการ)`; the latter may be empty."""
        found = _HOSTS.search(name) if self.hosts else None
        return (name[: found.start()].strip(), found["hosts"]) if found else (name, "")

    def numbered(self, text: str) -> tuple[str, str] | None:
        """Number and name of a text in a column of this level: `เป้าประสงค์ที่ ๑.๑ …` or `๑. …`."""
        found = self.pattern.fullmatch(text) or _BARE.fullmatch(text)
        return (found["no"], found["name"]) if found and found["no"] else None


def bands_of(record: type[Record], wordings: Mapping[str, Sequence[str]]) -> dict[str, Band]:
    """Level → its band; KeyError where the record has no such level."""
    return {
        level: Band(
            level,
            leaf_of(record, f"{level}.no"),
            leaf_of(record, f"{level}.name"),
            hosts=_hosts(record, level),
            lead=re.compile(rf"(?:{'|'.join(map(re.escape, words))})\s*(?:(?:ที่)?\s*{_NUMBER})?\s*[.:：)-]*"),
            pattern=re.compile(
                rf"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
                rf"\s*(?:(?:ที่)?\s*{_NUMBER}\s*[.:：)–-]*|[:：])\s*(?P<name>[^\s0-9๐-๙].*)",
                re.DOTALL,
            ),
        )
        for level, words in wordings.items()
    }


def _hosts(record: type[Record], level: str) -> Leaf | None:
    try:
        return leaf_of(record, f"{level}.hosts")
    except KeyError:
        return None
