"""What the lines of a title say without labels: which committee decided when, which plan for which years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from automation.forms.workbooks.draft import Draft
from automation.forms.workbooks.front import Front, kept
from automation.forms.workbooks.texts import match_key
from automation.forms.workbooks.vocabulary import FormWords
from automation.office.sheets import SheetCell
from automation.thai.dates import parse_date
from automation.thai.digits import to_arabic
from automation.thai.months import MONTH_PATTERN

_BODY = re.compile(
    r"คณะ(?:อนุ)?กรรมการ[^(\n]*?(?=\s*(?:ครั้งที่|ในการ|ในคราว|เมื่อ|ประจำปี|วันที่|เรื่อง|ที่ประชุม|(?<=\s)โครงการ(?!\s+และ)|\(|$))"
)
_DAY = re.compile(rf"\d{{1,2}}\s*(?:เดือน\s*)?(?:{MONTH_PATTERN})\s*(?:พ\.?\s?ศ\.?)?\s*(?:25\d\d|\d\d)")
_MEETING = ("ประชุม", "เมื่อ", "มติ")
_YEARS = re.compile(r"(25\d\d)\s*(?:[-–—]|ถึง)\s*(?:พ\.?\s?ศ\.?\s*)?(25\d\d|\d\d)(?!\d)")
_LONGEST_TITLE = 200

Line = tuple[Front, SheetCell, str]
"""Where a line stands, and what it says."""


def read_titles(fronts: Sequence[Front], form: FormWords, draft: Draft) -> None:
    """Fill what no label gave: committee and date of a resolution, name and years of a plan."""
    fields = form.blueprint.record.__dataclass_fields__
    if "body" in fields and not draft.data.get("body"):
        _first(_lines(fronts, form), "body", lambda text: _match(_BODY, text), draft)
    if "date" in fields and not draft.data.get("date"):
        _first(_lines(fronts, form), "date", _meeting_day, draft)
    if "first_year" in fields:
        _plan(fronts, form, draft)


def _plan(fronts: Sequence[Front], form: FormWords, draft: Draft) -> None:
    titles = [
        (front, cell, text)
        for front, cell, text in _lines(fronts, form)
        if any(title in match_key(text) for title in form.title)
    ]
    if not draft.data.get("name") and titles:
        front, cell, text = next((line for line in titles if _years(line[2])), titles[0])
        draft.data["name"] = kept(text, "name", front, (cell,), draft)
    named = _years(str(draft.data.get("name") or ""))
    for front, cell, text in titles:
        for path, year in zip(("first_year", "last_year"), named or _years(text) or (), strict=False):
            if not draft.data.get(path):
                draft.data[path] = kept(year, path, front, (cell,), draft)
    for path, year in zip(("first_year", "last_year"), named or (), strict=False):
        if not draft.data.get(path):
            draft.data[path] = year
            draft.evidence[path] = draft.evidence["name"]


def _years(text: str) -> tuple[int, int] | None:
    """First and last year (B.E.) of `พ.ศ. 2570 - 2574`."""
    found = _YEARS.search(to_arabic(text))
    if found is None:
        return None
    last = int(found[2])
    return int(found[1]), last if last > 100 else 2500 + last


def day_in(text: str) -> str:
    """The first day with month and year that a text names, as written; empty where it names none."""
    found = _DAY.search(to_arabic(text))
    return found.group() if found else ""


def _meeting_day(text: str) -> str | None:
    day = day_in(text) if any(word in text for word in _MEETING) else ""
    try:
        return parse_date(day).isoformat() if day else None
    except ValueError:
        return None


def _match(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found.group().strip() if found else None


def _first(lines: Iterable[Line], path: str, judge: Callable[[str], str | None], draft: Draft) -> None:
    for front, cell, text in lines:
        value = judge(text)
        if value:
            draft.data[path] = kept(value, path, front, (cell,), draft)
            return


def _lines(fronts: Sequence[Front], form: FormWords) -> Iterator[Line]:
    """The lines that somebody wrote: what the form prints itself is nobody's title."""
    for front in fronts:
        for cell, text in front.texts():
            if len(text) < _LONGEST_TITLE and match_key(text) not in form.blueprint.printed:
                yield front, cell, text
