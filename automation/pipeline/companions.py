"""What goes with a book that was made: its audit workbook, and what changed since the draft before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from automation.documents.catalogue import Kind, Paper
from automation.documents.proofread import BookReader
from automation.model.year import YearData
from automation.office.blocks import Block
from automation.office.book_blocks import book_blocks
from automation.pipeline.audit import write_audit
from automation.pipeline.drafts import is_of_the_plan, write_changes
from automation.pipeline.workbench import Workbench
from automation.thai.digits import to_thai


def companions(
    bench: Workbench,
    kind: Kind,
    book: Path,
    data: YearData,
    facts: Mapping[str, str],
) -> tuple[str, ...]:
    """Proofread a book and write the files that go with it beside it; Thai remarks, none for other papers."""
    if kind.paper is not Paper.BOOK:
        return ()
    reader = BookReader()
    told = _audit(bench, kind, book, reader.over(book_blocks(book)), data)
    told = (*reader.remarks, *told)
    if is_of_the_plan(kind):
        told += write_changes(bench, kind, book, data, facts)
    return told


def _audit(
    bench: Workbench, kind: Kind, book: Path, blocks: Iterable[Block], data: YearData
) -> tuple[str, ...]:
    others = (bench.register.year(number) for number in bench.register.years() if number != data.fiscal_year)
    written = write_audit(bench, book, blocks, kind.title, (data, *others))
    if written is None:
        return ()
    path, untraced = written
    told = (f"ที่มาของตัวเลขทุกจำนวนในเล่ม: {path.name}",)
    if not untraced:
        return told
    return (*told, to_thai(f"มีตัวเลข {untraced} จำนวนในเล่มที่ไม่พบที่มาในทะเบียน ดูแฟ้มที่มาของตัวเลข"))
