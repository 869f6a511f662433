"""Commands about books before they go to the printer: trace, preflight."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from automation.cli.options import Context, print_json, with_json, with_workspace, with_year

_SHOWN = 20
"""Figures of the same amount that a terminal is given; --json gives them all."""


@click.command()
@click.argument("figure")
@click.option("--bureau", metavar="NAME", help="เฉพาะของสำนักนี้ (ชื่อหรืออักษรย่อ)")
@click.option("--project", metavar="CODE", help="เฉพาะของโครงการรหัสนี้")
@with_year
@with_workspace
@with_json
@click.pass_obj
def trace(
    context: Context,
    figure: str,
    bureau: str | None,
    project: str | None,
    year: int | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """ตัวเลข FIGURE มาจากไหน: จำนวนเงิน เช่น 4,230,000 หรือชื่อ เช่น requested, allocated, spent, budget.total"""
    from automation.pipeline.tracing import trace_json

    with context.bench(workspace) as bench:
        document = trace_json(bench, figure, year=year or bench.config.year, bureau=bureau, project=project)
    print_json(document) if as_json else click.echo(_trace_view(document))
    sys.exit(0 if document["figures"] else 1)


def _trace_view(document: Mapping[str, Any]) -> str:
    """The figures with their parts as tables."""
    figures, year = document["figures"], document["fiscal_year"]
    if not figures:
        return f"ไม่มีตัวเลข {document['question']} ในข้อมูลของปีงบประมาณ พ.ศ. {year}"
    parts = [_figure_view(item) for item in figures[:_SHOWN]]
    if len(figures) > _SHOWN:
        parts.append(f"และอีก {len(figures) - _SHOWN} ตัวเลข (ดูทั้งหมดด้วย --json)")
    return "\n\n".join(parts)


def _figure_view(item: Mapping[str, Any]) -> str:
    from automation.cli.tables import shorten, table

    rows = [
        (
            part["code"],
            _value(part["amount"]),
            shorten(part["bureau"], 24),
            shorten(part["file"] or "-", 36),
            shorten(part["where"], 28),
            str(part["version"] or "-"),
            (part["received"] or "-")[:10],
        )
        for part in item["parts"]
    ]
    head = ("รหัส", "จำนวน (บาท)", "สำนัก", "แฟ้ม", "ตำแหน่งในแฟ้ม", "ฉบับที่", "รับเมื่อ")
    title = f"{item['of']}: {item['title']} = {_value(item['amount'])}"
    return f"{title}\n{table(head, rows, right=(1, 5))}"


def _value(value: Any) -> str:
    """An amount with its commas, anything else as it is."""
    try:
        return f"{Decimal(value):,.2f}"
    except (InvalidOperation, TypeError, ValueError):
        return str(value)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@with_json
def preflight(file: Path, as_json: bool) -> None:
    """ตรวจ FILE (Word หรือ PDF) ก่อนส่งโรงพิมพ์: แบบอักษร รูปภาพ หน้าว่าง ขอบกระดาษ เลขหน้า สิ่งที่ค้างอยู่"""
    from automation.office.preflight import preflight as look_through
    from automation.office.preflight import report_json

    document = report_json(look_through(file))
    print_json(document) if as_json else click.echo(_preflight_view(document))
    sys.exit(0 if document["ready"] else 1)


def _preflight_view(document: Mapping[str, Any]) -> str:
    """The report in Thai lines, what is to be mended last."""
    lines = [f"ไฟล์       {document['file']}"]
    if document["pages"] is not None:
        sizes = ", ".join(
            f"{size['width']}×{size['height']} มม. {size['pages']} หน้า" for size in document["sizes"]
        )
        fonts = ", ".join(
            font["name"] + ("" if font["embedded"] else " (ไม่ได้ฝัง)") for font in document["fonts"]
        )
        lines += [
            f"จำนวนหน้า  {document['pages']} ({sizes})",
            f"แบบอักษร   {fonts or 'ไม่มี'}",
            f"รูปภาพ     {document['pictures']} รูป",
        ]
    lines += [f"! {note}" for note in document["notes"]]
    for item in document["faults"]:
        place = f"หน้าที่ {item['page']}: " if item["page"] else ""
        lines.append(f"✗ {place}{item['message']}")
    count = len(document["faults"])
    lines.append(f"ต้องแก้ไข {count} เรื่องก่อนพิมพ์" if count else "✓ ไม่พบสิ่งที่ต้องแก้ไข")
    return "\n".join(lines)
