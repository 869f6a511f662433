"""Where the sources on official correspondence differ: what this office does, and the text set so.

The defaults are the reading that docs/templates.md gives for each point; the office changes them in
`config.toml`, section `[correspondence]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from automation.thai.months import MONTHS

HOURS, HOURS_SHORT = "นาฬิกา", "น."
ALIGNMENTS = ("thaiDistribute", "both", "left")
"""How body text is set: Thai distribution, justified, or ragged (names of Word's file format)."""
_TIME = re.compile(r"([0-9๐-๙]{1,2})[.:]([0-9๐-๙]{2}) ?(?:นาฬิกา|น\.)")
_ERA = re.compile(rf"({'|'.join(name for name in MONTHS if name)}) (?=[๐-๙]{{4}}(?![๐-๙]))")
_REPEAT = re.compile(r"(?<=\S)[ \u00a0]?ๆ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The office's choice where sources differ; lengths in centimetres of an upright A4 sheet."""

    top_cm: float = 2.5
    """Upper margin of letters, orders and papers."""
    memo_top_cm: float = 1.8
    bottom_cm: float = 2.0
    memo_blank_lines: int = 3
    """Empty lines between the last line of a memo and the name of its signatory."""
    letter_office_cm: float = 9.2
    """Where the name of the office begins in an outside letter, from the left margin."""
    letter_date_cm: float = 7.5
    alignment: str = "thaiDistribute"
    hours: str = HOURS
    """The word behind a time of day."""
    time_sign: str = "."
    """Between hour and minute."""
    era_in_dates: bool = False
    """Whether dates in memos and letters carry พ.ศ., as those of orders do."""
    space_before_repeat: bool = True
    """Whether ๆ stands apart from the word that it repeats."""
    catch_words: bool = False
    """Whether the PDF of a letter names the first words of the next page at the foot of each."""
    highest_posts: tuple[str, ...] = ()
    """Posts that are addressed with the highest respect, besides those of the regulation."""


DEFAULT = Usage()


def worded(text: str, usage: Usage, *, era: bool) -> str:
    """The text with times, ๆ and (where `era` is set, as in memos and letters) dates as the office writes
    them."""
    text = _TIME.sub(lambda found: f"{found[1]}{usage.time_sign}{found[2]} {usage.hours}", text)
    if not usage.space_before_repeat:
        text = _REPEAT.sub("ๆ", text)
    return _ERA.sub(r"\1 พ.ศ. ", text) if era and usage.era_in_dates else text


def unworded(text: str, usage: Usage) -> str:
    """The text as it would be by default, for rules that know only that."""
    if not usage.space_before_repeat:
        text = _REPEAT.sub(" ๆ", text)
    return text if usage.hours == HOURS else re.sub(r"(?<=[0-9๐-๙]{2})[ \u00a0]น\.", f" {HOURS}", text)
