"""Read a Word form: identify it, cut it into segments, bind them to a record, account for every word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from automation.errors import UnknownForm
from automation.forms import bind_generic, bind_meeting, bind_project
from automation.forms.around import around
from automation.forms.bare_numbers import with_numbers
from automation.forms.bind import Draft, Handler
from automation.forms.catalogue import Form, FormCatalogue
from automation.forms.cues import style_of
from automation.forms.field_names import blueprint_of
from automation.forms.identify import called_by, identify
from automation.forms.key import read_key
from automation.forms.knowledge import Known
from automation.forms.ledger import Ledger, paragraphs_of
from automation.forms.parts import split
from automation.forms.places import places_of
from automation.forms.residue import Residue
from automation.forms.segmenter import Segmenter
from automation.forms.segments import UNKNOWN, Segment
from automation.forms.sheet_blocks import as_document
from automation.forms.structure import Item, Line
from automation.forms.tags import bind_tags, vouched
from automation.forms.vocabulary import OTHER, Vocabulary, load_vocabulary, words_of
from automation.forms.wording import key, numbering, plain
from automation.model import Finding, Reading, Record, Severity, Unread
from automation.office.blocks import Block, Document, Para
from automation.office.sheets import Workbook

_BINDERS: Mapping[str, Callable[[Draft, Sequence[Segment]], Record]] = {
    "project": bind_project.bind_project,
    "meeting": bind_meeting.bind_meeting,
}
"""Forms of the model; others are bound by their templates alone."""
_HANDLERS: Mapping[str, Mapping[str, Handler]] = {
    "project": bind_project.HANDLERS,
    "meeting": bind_meeting.HANDLERS,
}


@dataclass(frozen=True, slots=True)
class DocumentReader:
    """The vocabularies of all Word forms of a catalogue, derived from their templates once."""

    forms: tuple[tuple[Form, Vocabulary], ...]
    known: Known

    @classmethod
    def of(cls, forms: Sequence[Form], labels: Path, known: Known) -> DocumentReader:
        """A reader for these forms and `labels.toml`; FileError when a template cannot be opened."""
        return cls(tuple((form, load_vocabulary(blueprint_of(form), labels)) for form in forms), known)

    def read(self, document: Document) -> Reading:
        """What a document says; UnknownForm or AmbiguousForm when it is not exactly one form."""
        parts = split(document.blocks)
        issued = read_key(document.key)
        keyed = issued.form if issued else ""
        blocks, other = [*parts.form, *document.boxes], parts.other
        try:
            form, vocabulary, items = identify(self.forms, blocks, keyed=keyed)
            whole = form.id == "meeting" and called_by(parts, vocabulary)
        except UnknownForm:
            whole = True
        if whole:
            blocks, other = [*parts.letter, *document.boxes], parts.guide
            form, vocabulary, items = identify(self.forms, blocks, letter=True, keyed=keyed)
        segments: list[Segment] = []
        indexes: list[Line] = []
        for body in _apart(items):
            part, numbers = with_numbers(body, vocabulary)
            indexes += numbers
            segmenter = Segmenter(vocabulary, style_of(part, vocabulary))
            segments += segmenter.run(part)
            indexes += segmenter.indexes
        edges, told = around(document, vocabulary)
        segments += edges
        ledger = Ledger()
        draft = Draft(vocabulary, self.known, ledger)
        draft.use(indexes)
        bind_tags(draft, form.id, paragraphs_of(blocks), _HANDLERS.get(form.id, {}))
        record = _bound(form, draft, segments)
        evidence, strange = vouched(form.id, record, draft.evidence, paragraphs_of(blocks))
        _labels(segments, ledger)
        _furniture(blocks, vocabulary, ledger)
        for para in told:
            ledger.use_para(para)
        paras = [*paragraphs_of(blocks), *told]
        _account(
            ledger, paras, Residue(record, vocabulary, [segment.wording for segment in segments]), segments
        )
        unread = ledger.unread(paras) + _outside(other, document, told)
        return Reading(
            file="",
            sha256="",
            form=form.id,
            record=record,
            evidence=evidence,
            places=places_of(record, segments, evidence),
            unread=tuple(unread),
            findings=(*draft.findings, *strange, *_about_file(document)),
        )


def read_document(document: Document, catalogue: FormCatalogue, known: Known) -> Reading:
    """What the program understands of a Word form: record, evidence, findings and the text that nothing took.

    `file` and `sha256` stay empty. UnknownForm or AmbiguousForm when the file is not exactly one form.
    """
    return _read_by(tuple(form for form in catalogue if form.medium == "docx"), document, catalogue, known)


def read_sheets(workbook: Workbook, catalogue: FormCatalogue, known: Known) -> Reading:
    """The same of an Excel form of the office's own: its sheets are read as the tables of a document."""
    return _read_by(own_sheets(catalogue), as_document(workbook), catalogue, known)


def own_sheets(catalogue: FormCatalogue) -> tuple[Form, ...]:
    """The Excel forms that the office added."""
    return tuple(form for form in catalogue if form.medium == "xlsx" and form.own)


def _read_by(forms: tuple[Form, ...], document: Document, catalogue: FormCatalogue, known: Known) -> Reading:
    labels = catalogue.templates / "labels.toml"
    files = (labels, *(form.template for form in forms))
    changed = tuple(file.stat().st_mtime_ns for file in files if file.exists())
    return _reader(forms, labels, known, changed).read(document)


@lru_cache(maxsize=8)
def _reader(forms: tuple[Form, ...], labels: Path, known: Known, changed: tuple[int, ...]) -> DocumentReader:
    """The reader of some forms, derived again when a template or `labels.toml` changes."""
    return DocumentReader.of(forms, labels, known)


def _apart(items: Sequence[Item]) -> list[list[Item]]:
    """The items of the body, then those of each text box: it stands for itself, in its own style."""
    return [list(part) for _, part in groupby(items, lambda item: item.place.box)]


def _bound(form: Form, draft: Draft, segments: Sequence[Segment]) -> Record:
    """The record: by the form's own binder with the fields that its template adds, else by labels alone."""
    binder = _BINDERS.get(form.id)
    if binder is None:
        return bind_generic.bind_generic(draft, segments, form)
    return bind_generic.with_extra(binder(draft, segments), draft, segments)


def _labels(segments: Sequence[Segment], ledger: Ledger) -> None:
    """Labels that somebody knows are used; those that nobody knows stay unread, but for mere part titles."""
    for segment in segments:
        line = segment.label
        if line is None:
            continue
        number = numbering(line.text)
        part = number is not None and number.form in ("part", "letter") and not segment.content
        if segment.slot not in (UNKNOWN, OTHER) or part:
            end = _label_end(segment, line)
            ledger.use(line if end is None else line.part(0, end))


def _label_end(segment: Segment, line: Line) -> int | None:
    """Where the label ends in its line: at the first content that the same paragraph holds."""
    starts = [
        item.start - line.start
        for item in segment.content
        if isinstance(item, Line) and item.para is line.para and item.start > line.start
    ]
    return min(starts, default=None)


def _furniture(blocks: Sequence[Block], vocabulary: Vocabulary, ledger: Ledger) -> None:
    """Texts that stand in the template as they are: no news."""
    for para in paragraphs_of(blocks):
        if key(para.text) in vocabulary.furniture or words_of(para.text) <= vocabulary.words:
            ledger.use_para(para)


def _account(ledger: Ledger, paras: Sequence[Para], residue: Residue, segments: Sequence[Segment]) -> None:
    """Words of used paragraphs that neither the record nor the form holds go back to the unread."""
    signed = {id(line.para) for segment in segments if segment.slot == "approvals" for line in segment.lines}
    signed |= {
        id(para)
        for segment in segments
        for region in segment.regions
        if region.signatures
        for cell in region.grid.cells
        for para in paragraphs_of(cell.blocks)
    }
    banners = {id(segment.label.para) for segment in segments if segment.slot == UNKNOWN and segment.label}
    for para in paras:
        if id(para) in banners or id(para) in ledger.settled:
            continue
        words = residue.left(ledger.used_text(para), signature=id(para) in signed)
        if words:
            ledger.leave(para, _whole(para, ledger, words))


def _whole(para: Para, ledger: Ledger, words: str) -> str:
    """The words that are left of a paragraph; all its text where they are the most of it."""
    text = "".join(plain(para.text).split())
    most = len("".join(words.split())) * 2 >= len(text) == ledger.covered(para)
    return plain(para.text) if most else words


def _outside(other: Sequence[Block], document: Document, told: Sequence[Para]) -> list[Unread]:
    """Text outside the form: guides, memos, notes, comments, hidden text, telling headers."""
    ledger = Ledger()
    edges = [para for para in document.headers if para not in told]
    found = ledger.unread([*paragraphs_of(other), *document.notes, *edges, *document.comments])
    found += [
        Unread(where=para.place.label, text=para.hidden, ref=para.place.ref)
        for para in document.paragraphs
        if para.hidden
    ]
    return found


def _about_file(document: Document) -> tuple[Finding, ...]:
    """Notes about the file itself: tracked changes, hidden text, macros."""
    found: list[Finding] = []
    if document.insertions or document.deletions:
        changes = f"เพิ่ม {document.insertions} แห่ง ลบ {len(document.deletions)} แห่ง"
        message = f"แฟ้มมีการแก้ไขที่ติดตามไว้ ({changes}) โปรแกรมอ่านโดยถือว่ายอมรับการแก้ไขทั้งหมด"
        found.append(Finding(severity=Severity.NOTE, rule="tracked-changes", message=message))
    hidden = next((para for para in document.paragraphs if para.hidden), None)
    if hidden is not None:
        message = "แฟ้มมีข้อความที่ซ่อนไว้ โปรแกรมไม่ได้อ่านเป็นข้อมูล กรุณาตรวจว่าตั้งใจซ่อนหรือไม่"
        found.append(
            Finding(
                severity=Severity.WARNING,
                rule="hidden-content",
                message=message,
                where=hidden.place.label,
                ref=hidden.place.ref,
            )
        )
    if document.macros:
        found.append(
            Finding(severity=Severity.NOTE, rule="file-macro", message="แฟ้มมีแมโคร โปรแกรมไม่ได้เรียกใช้แมโคร")
        )
    return tuple(found)
