"""Chapters of a book that come from the forms: the blank form, and how it is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from automation.documents.catalogue import Kind, Paper
from automation.documents.chapters import FORM, GUIDE, asked_for
from automation.model.project import Project
from automation.pipeline.workbench import Workbench

_PROJECT = "project"


def appendices(bench: Workbench, kind: Kind, year: int, folder: Path) -> Mapping[str, Path]:
    """Name → file, written into `folder`, of what the book's template asks for and the forms can give.

    A form in Excel has no place in a book; its chapter is then the office's to write.
    """
    asked = asked_for(kind) if kind.paper is Paper.BOOK else ()
    form = bench.forms.get(_PROJECT)
    if FORM not in asked or form.medium != "docx":
        return {}
    from automation.forms.issue import issue_form
    from automation.pipeline.issuing import Request, guide, prefilled

    request = Request(form=_PROJECT, year=year)
    blank = folder / f"{FORM}.docx"
    record = prefilled(bench, request)
    if isinstance(record, Project):  # on paper the bureau ticks the kind itself
        record = replace(record, kind=None)
    issue_form(form, record, blank, controls=False)
    return {FORM: blank, GUIDE: guide(bench, [request], [blank], printed=True)}
