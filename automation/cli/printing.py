"""Commands on documents that were made and perhaps edited since: pdf, print."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--pdfa", is_flag=True, help="PDF แบบเก็บถาวร (PDF/A-2b)")
def pdf(files: tuple[Path, ...], pdfa: bool) -> None:
    """ทำ PDF จากไฟล์ Word ตามที่แก้ไขไว้"""
    from automation.pipeline.printing import to_pdf

    for path in to_pdf(files, archive=pdfa):
        click.echo(f"จัดทำแล้ว: {path}")


@click.command("print")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def print_files(files: tuple[Path, ...]) -> None:
    """พิมพ์ไฟล์ Word ตามที่แก้ไขไว้ ออกเครื่องพิมพ์ปกติของเครื่อง"""
    from automation.pipeline.printing import to_printer

    click.echo(to_printer(files))
