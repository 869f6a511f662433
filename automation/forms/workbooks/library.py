"""All Excel forms of a workspace, ready to read by: derived once from the templates and `columns.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from automation.errors import FileError, TemplateError
from automation.forms.catalogue import FormCatalogue
from automation.forms.workbooks.blueprint import derive_blueprint
from automation.forms.workbooks.vocabulary import FormWords, Words, form_words, general_words, load_columns
from automation.office.sheets import Workbook

COLUMNS_FILE = "columns.toml"

Stamp = tuple[str, str, Path, int]
"""Form id, title, template and its modification time: a revised template is derived anew."""


@dataclass(frozen=True, slots=True)
class Library:
    """The Excel forms and the words that hold for all of them."""

    forms: tuple[FormWords, ...]
    words: Words


def library_of(catalogue: FormCatalogue) -> Library:
    """The library of a catalogue; TemplateError when a template or `columns.toml` cannot be used."""
    stamps = tuple(
        (form.id, form.title, form.template, form.template.stat().st_mtime_ns)
        for form in catalogue
        if form.medium == "xlsx" and not form.own
    )
    columns = catalogue.templates / COLUMNS_FILE
    changed = columns.stat().st_mtime_ns if columns.is_file() else 0
    return _library(stamps, columns, changed)


@lru_cache(maxsize=4)
def _library(stamps: tuple[Stamp, ...], columns: Path, changed: int) -> Library:
    data = load_columns(columns)
    templates = [(form, title, _template(path)) for form, title, path, _ in stamps]
    try:
        forms = tuple(form_words(derive_blueprint(*template), data) for template in templates)
        return Library(forms, general_words(data))
    except KeyError as error:
        message = f"คำเรียกหัวคอลัมน์อ้างถึงฟิลด์ที่ไม่มี หรือขาดหมวด {error}"
        hint = "กรุณาแก้ไข templates/columns.toml"
        raise TemplateError(message, hint=hint, place=COLUMNS_FILE) from error


def _template(path: Path) -> Workbook:
    from automation.office.opening import open_file

    try:
        workbook = open_file(path)
    except FileError as error:
        raise TemplateError(error.message, hint=error.hint, place=path.name) from error
    if isinstance(workbook, Workbook):
        return workbook
    raise TemplateError("แม่แบบนี้ไม่ใช่ไฟล์ Excel", hint="กรุณาบันทึกแม่แบบเป็น .xlsx", place=path.name)
