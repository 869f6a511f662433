"""What the readers know besides the form: the bureaus of the secretariat and their short names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from automation.thai.text import fold, squeeze

SECRETARIAT = "สำนักงานเลขาธิการวุฒิสภา"
"""The whole office; never the name of a bureau."""

_BUREAU = re.compile(r"(?:สำนัก(?!งาน)|ศูนย์|กลุ่มตรวจสอบ|กลุ่มช่วย|กลุ่มงานผู้)[ก-๛๐-๙0-9]+(?:\s[๐-๙0-9](?![๐-๙0-9]))?")
_GROUP = re.compile(r"(?:กลุ่มงาน|กลุ่ม(?!เป้าหมาย)|ฝ่าย|ส่วนงาน)[ก-๛][^/|,;()\n\t]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """A bureau: full name (`สำนักนโยบายและแผน`), abbreviation in Thai and code of its numbers."""

    name: str
    short: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a reader may lean on; an empty one still reads by the shape of the words."""

    bureaus: tuple[Bureau, ...] = ()

    def bureau_in(self, text: str) -> str | None:
        """The bureau that a text names: a known name or abbreviation, else a phrase of that shape."""
        folded = fold(text.replace(SECRETARIAT, " "))
        hits = [bureau.name for bureau in self.bureaus if bureau.name and fold(bureau.name) in folded]
        if hits:
            return max(hits, key=len)
        exact = squeeze(text)
        for bureau in self.bureaus:
            if bureau.short and exact in (bureau.short, bureau.short.rstrip(".")):
                return bureau.name
        found = _BUREAU.search(text.replace(SECRETARIAT, " "))
        return squeeze(found.group()) if found else None

    def group_in(self, text: str) -> str | None:
        """The กลุ่มงาน that a text names, None where it names none."""
        text = re.sub(r"กลุ่มงาน\s*[:：.…]+\s*(?=กลุ่ม|ฝ่าย)", "", text)
        text = re.sub(r"กลุ่มงาน\s+(?=[ก-๛]{4})", "กลุ่มงาน", text)
        found = _GROUP.search(text)
        if not found:
            return None
        return cut_before(squeeze(found.group()), (bureau.name for bureau in self.bureaus)) or None


def cut_before(text: str, stops: Iterable[str]) -> str:
    """The text up to the first of the stop phrases, stripped."""
    ends = [at for stop in stops if stop and (at := text.find(stop)) > 0]
    return text[: min(ends)].strip() if ends else text
