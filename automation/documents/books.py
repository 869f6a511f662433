"""The books made from a whole fiscal year, or several: which there are and how they are completed.

`build_book` gives a book's context, `finish` puts into the filled file what a template engine cannot:
the data of its charts and a table of contents with true page numbers.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from automation.documents.chapters import chapter_files
from automation.documents.drafts import is_draft
from automation.documents.edition import Edition
from automation.documents.executive_summary import executive_summary, summary_charts
from automation.documents.four_year_book import four_year_book, four_year_charts
from automation.documents.plan_book import plan_book, plan_charts
from automation.documents.project_book import project_book
from automation.documents.quarterly import quarterly, quarterly_charts, quarterly_sources
from automation.documents.strategic_book import strategic_book, strategic_charts
from automation.documents.year_end import year_end, year_end_charts
from automation.errors import RenderError, UsageError
from automation.model.year import Source, YearData
from automation.office import charts, pdf, toc
from automation.office.chapters import chapter_mark, take_chapters
from automation.office.fill import fill_document
from automation.office.sides import print_on_both_sides
from automation.office.soffice import soffice
from automation.thai.dates import UnclearDate, parse_date
from automation.thai.digits import to_arabic

PLAN_BOOK = "plan-book"
FOUR_YEAR_BOOK = "four-year-book"
STRATEGIC_BOOK = "strategic-book"
QUARTERLY_REPORT = "quarterly-report"
EXECUTIVE_SUMMARY = "executive-summary"
PROJECT_BOOK = "project-book"
YEAR_END_REPORT = "year-end-report"

log = logging.getLogger(__name__)

_PATIENCE = 120
_BYTES_PER_SECOND = 2_000
"""A thousand projects are 0.7 MB of Word file and take LibreOffice a minute; three times that is allowed."""
_DRAFT = "(ร่าง) "
_SIDES = {"": False, "เดียว": False, "1": False, "สอง": True, "2": True}
_NO = frozenset({"", "0", "no", "false", "ไม่", "ไม่ใช่"})


def build_book(
    kind_id: str,
    year: YearData,
    facts: Mapping[str, str],
    *,
    years: tuple[YearData, ...] = (),
    rates: tuple[Any, ...] = (),
) -> dict[str, Any]:
    """Everything that the template of the book prints. Of the facts it takes, all optional:

    `stage` (one of `drafts.STAGES`; all but the last are drafts) or `draft` (anything but 0, no, ไม่), so that
    the covers and every page say ร่าง, `revised` (day of the last
    revision, for the lower right of the cover as steps A18 and A24 ask; else the day on which the newest
    file that the book is made from came in), `office`, `bureau`, `sides` (เดียว or สอง: printed on one or
    both), `quarter` of a quarterly report. `years` are other years of the register, for the books of several
    years, `rates` the ceilings of expenses in force. UsageError for a book that is none, a day or a setting
    that cannot be read.
    """
    if kind_id not in _BOOKS:
        raise UsageError(f"ไม่มีเล่มชื่อ {kind_id}", hint=f"เล่มที่มี: {', '.join(_BOOKS)}")
    kind = _BOOKS[kind_id]
    edition = Edition(year=year, years=years, facts=facts)
    by_stage = is_draft(facts)
    draft = to_arabic(facts.get("draft", "")).strip().lower() not in _NO if by_stage is None else by_stage
    return {
        "year": year.fiscal_year,
        "book": {
            "title": kind.title.replace("\n", ""),
            "cover": kind.title,
            "draft": draft,
            "mark": _DRAFT if draft else "",
            "both_sides": _both_sides(facts.get("sides", "")),
            "revised": _revised(facts.get("revised", ""), year.fiscal_year) or _newest(kind.sources(edition)),
            "office": facts.get("office") or "สำนักงานเลขาธิการวุฒิสภา",
            "bureau": facts.get("bureau") or "สำนักนโยบายและแผน",
        },
        "chapter": chapter_mark,
        "rates": rates,
        **kind.chapters(edition),
        "charts": kind.charts(edition),
    }


def finish(
    path: Path, context: Mapping[str, Any], *, chapters: Path | None = None, number_pages: bool | None = None
) -> None:
    """Complete the filled book in place, as `take_in` and `write_contents` do one after the other."""
    take_in(path, context, chapters)
    write_contents(path, number_pages=number_pages)


def take_in(
    path: Path,
    context: Mapping[str, Any],
    chapters: Path | None,
    ready: Mapping[str, Path] = MappingProxyType({}),
) -> None:
    """Put into the filled book, in place, the office's chapters from the folder `chapters`, the data of its
    charts and, where it is printed on both sides, what that needs. `ready` are chapters that others wrote,
    for where the office has none of its own."""
    _take_chapters(path, context, chapters, ready)
    if context["book"]["both_sides"]:
        print_on_both_sides(path)
    charts.fill_charts(path, context["charts"])


def write_contents(path: Path, *, number_pages: bool | None = None) -> None:
    """Count the captions of a book that is otherwise complete and fill its tables of contents, in place.

    Page numbers need LibreOffice. `number_pages` False never asks for them and True insists: RenderError when
    they cannot be had. None takes them where it can; otherwise the contents stand without, for F9 in Word.
    """
    if number_pages is False or (number_pages is None and soffice() is None):
        toc.write_toc(path)
        return
    seconds = _PATIENCE + path.stat().st_size / _BYTES_PER_SECOND
    try:
        with tempfile.TemporaryDirectory(prefix="book-") as work:
            toc.number_pages(
                path, lambda book: pdf.convert([book], Path(work), seconds=seconds, finished=False)[0]
            )
    except RenderError:
        if number_pages:
            raise
        log.warning("contents of %s stay without page numbers", path.name, exc_info=True)


def _both_sides(stated: str) -> bool:
    sides = to_arabic(stated).replace("หน้า", "").strip()
    if sides not in _SIDES:
        raise UsageError(f"ไม่รู้จักจำนวนหน้าที่พิมพ์ ({stated})", hint="ระบุ sides เป็น เดียว หรือ สอง")
    return _SIDES[sides]


def _take_chapters(
    path: Path, context: Mapping[str, Any], folder: Path | None, ready: Mapping[str, Path]
) -> None:
    """Fill the chapters that the office wrote as the book itself was filled, and put them in."""
    files = chapter_files(folder) if folder else {}
    with tempfile.TemporaryDirectory(prefix="chapters-") as work:
        filled = {name: Path(work) / f"{place}.docx" for place, name in enumerate(files)}
        for name, file in files.items():
            fill_document(file, context, filled[name])
        take_chapters(path, {**ready, **filled})


def _revised(stated: str, fiscal_year: int) -> date | None:
    if not stated.strip():
        return None
    try:
        return parse_date(stated, fiscal_year=fiscal_year)
    except UnclearDate as error:
        raise UsageError(f"อ่านวันที่แก้ไขล่าสุด ({stated}) ไม่ได้", hint="กรุณาเขียนวันที่ เช่น ๑๔ มิถุนายน ๒๕๖๙") from error


def _newest(sources: Iterable[Source | None]) -> date | None:
    received = [source.received for source in sources if source is not None and source.received]
    return max(received).date() if received else None


def _plan_sources(edition: Edition) -> list[Source | None]:
    year = edition.year
    return [year.plan_source, year.allocation_source, *(item.source for item in year.projects)]


def _report_sources(edition: Edition) -> list[Source | None]:
    return [item.source for item in edition.year.reports]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What one book is made with; the line break in the title is the cover's."""

    title: str
    chapters: Callable[[Edition], dict[str, Any]]
    charts: Callable[[Edition], Mapping[str, charts.Chart]]
    sources: Callable[[Edition], list[Source | None]]


_BOOKS: Mapping[str, _Kind] = {
    PLAN_BOOK: _Kind(
        "แผนปฏิบัติราชการ",
        lambda edition: plan_book(edition.year),
        lambda edition: plan_charts(edition.year),
        _plan_sources,
    ),
    FOUR_YEAR_BOOK: _Kind("แผนปฏิบัติราชการ ๔ ปี", four_year_book, four_year_charts, _plan_sources),
    STRATEGIC_BOOK: _Kind(
        "แผนยุทธศาสตร์",
        lambda edition: strategic_book(edition.year),
        lambda edition: strategic_charts(edition.year),
        lambda edition: [edition.year.plan_source],
    ),
    PROJECT_BOOK: _Kind(
        "รายละเอียดโครงการ\nตามแผนปฏิบัติราชการ",
        lambda edition: project_book(edition.year),
        lambda edition: plan_charts(edition.year),
        _plan_sources,
    ),
    QUARTERLY_REPORT: _Kind("รายงานผลการดำเนินงานรายไตรมาส", quarterly, quarterly_charts, quarterly_sources),
    EXECUTIVE_SUMMARY: _Kind(
        "บทสรุปผู้บริหาร",
        lambda edition: executive_summary(edition.year),
        lambda edition: summary_charts(edition.year),
        _plan_sources,
    ),
    YEAR_END_REPORT: _Kind(
        "รายงานผลการปฏิบัติราชการ\nตามแผนปฏิบัติราชการ",
        lambda edition: year_end(edition.year),
        lambda edition: year_end_charts(edition.year),
        _report_sources,
    ),
}
