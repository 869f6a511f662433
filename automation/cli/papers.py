"""Commands about what goes out: form, make, kinds, calendar."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from automation.cli.options import Context, print_json, with_json, with_workspace, with_year

if TYPE_CHECKING:
    from automation.pipeline.produce import Made, Order
    from automation.pipeline.workbench import Workbench


@click.command()
@click.argument("kinds", nargs=-1, required=True, metavar="KIND…")
@click.option("--bureau", help="ชื่อสำนักหรืออักษรย่อ สำหรับกรอกไว้ล่วงหน้า")
@click.option("--all-bureaus", is_flag=True, help="ออกให้ทุกสำนักใน config.toml")
@click.option("--zip", "zipped", is_flag=True, help="รวมเป็น zip หนึ่งไฟล์ต่อหนึ่งสำนัก")
@click.option("--project", "code", help="รหัสโครงการ สำหรับกรอกข้อมูลจากทะเบียนไว้ล่วงหน้า")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="โฟลเดอร์ที่จะเก็บ")
@with_year
@with_workspace
@click.pass_obj
def form(
    context: Context,
    kinds: tuple[str, ...],
    bureau: str | None,
    all_bureaus: bool,
    zipped: bool,
    code: str | None,
    out: Path | None,
    year: int | None,
    workspace: Path | None,
) -> None:
    """ออกแบบฟอร์ม KIND (project, progress, meeting ฯลฯ หรือแบบที่เพิ่มเอง) เปล่าหรือกรอกไว้ล่วงหน้า"""
    from automation.cli.inbox import progress_bar
    from automation.pipeline.issuing import issue, pack, requests

    with context.bench(workspace) as bench:
        wanted = requests(
            bench, kinds, year=year or bench.config.year, bureau=bureau, code=code, every=all_bureaus
        )
        if zipped:
            made = list(pack(bench, wanted, out))
        else:
            made = []
            with progress_bar(len(wanted), "ออกแบบฟอร์ม") as bar:
                for request in wanted:
                    made.append(issue(bench, request, out))
                    bar.update(1)
    for path in made:
        click.echo(f"ออกแบบฟอร์มแล้ว: {path}")


@click.command()
@click.argument("kind")
@click.option(
    "--project", "projects", multiple=True, metavar="CODE", help="รหัสโครงการ หรือชื่อไฟล์ที่ส่งกลับ (ระบุซ้ำได้)"
)
@click.option("--all-projects", is_flag=True, help="ทุกโครงการของปี")
@click.option("--meeting", metavar="NUMBER", help="ครั้งที่ประชุม เช่น ๑/๒๕๗๐ (ปกติคือครั้งล่าสุด)")
@click.option("--bureau", "bureaus", multiple=True, metavar="NAME", help="ชื่อสำนักหรืออักษรย่อ (ระบุซ้ำได้)")
@click.option("--all-bureaus", is_flag=True, help="ทุกสำนักที่เอกสารนั้นเกี่ยวข้อง")
@click.option("--late", is_flag=True, help="เฉพาะสำนักที่ยังไม่ส่ง")
@click.option("--each-invitee", is_flag=True, help="หนังสือเชิญหรือแบบตอบรับรายบุคคล ตามรายชื่อผู้ได้รับเชิญ")
@click.option("--number", "numbered", is_flag=True, help="ออกเลขที่หนังสือหรือคำสั่งจากทะเบียนส่ง")
@click.option("--set", "pairs", multiple=True, metavar="KEY=VALUE", help="ข้อมูลที่ทะเบียนไม่มี เช่น number=๑๒๓")
@click.option("--pdf", is_flag=True, help="ทำ PDF ด้วย (ต้องมี LibreOffice)")
@click.option("--pdfa", is_flag=True, help="ทำ PDF แบบเก็บถาวร (PDF/A-2b)")
@click.option("--print", "printed", is_flag=True, help="พิมพ์ออกเครื่องพิมพ์ปกติของเครื่องด้วย")
@click.option("--embed-fonts", is_flag=True, help="ฝังแบบอักษรไว้ในไฟล์ Word")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="โฟลเดอร์ที่จะเก็บ")
@with_year
@with_workspace
@with_json
@click.pass_obj
def make(
    context: Context,
    kind: str,
    projects: tuple[str, ...],
    all_projects: bool,
    meeting: str | None,
    bureaus: tuple[str, ...],
    all_bureaus: bool,
    late: bool,
    each_invitee: bool,
    numbered: bool,
    pairs: tuple[str, ...],
    pdf: bool,
    pdfa: bool,
    embed_fonts: bool,
    printed: bool,
    out: Path | None,
    year: int | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """จัดทำเอกสาร KIND จากทะเบียน (ดูรายชื่อด้วย automation kinds)"""
    from automation.cli.inbox import progress_bar
    from automation.pipeline.produce import make_pdfs, orders_for
    from automation.pipeline.sent import one_each

    facts = dict(_pair(text) for text in pairs)
    made: list[Made] = []
    with context.bench(workspace) as bench:
        orders = orders_for(
            bench,
            kind,
            year=year or bench.config.year,
            projects=projects,
            all_projects=all_projects,
            meeting=meeting,
            bureaus=bureaus,
            all_bureaus=all_bureaus,
            late=late,
            facts=facts,
            out=out,
        )
        if each_invitee:
            orders = one_each(bench, orders)
        with progress_bar(len(orders), "จัดทำ") as bar:
            for order in orders:
                order = replace(order, numbered=numbered, embed_fonts=embed_fonts)
                facts, done = _ask_for_the_rest(facts, partial(_make_one, bench, order))
                made += done
                bar.update(1)
        if pdf or pdfa:
            made = list(make_pdfs(made, archive=pdfa or bench.config.pdf_archive))
    if printed:
        from automation.pipeline.printing import to_printer

        click.echo(to_printer([item.path for item in made]), err=as_json)
    if as_json:
        print_json({"made": [_made_json(item) for item in made]})
    else:
        _tell(made)


def _tell(made: list[Made]) -> None:
    for item in made:
        click.echo(f"จัดทำแล้ว: {item.path}" + (f"\n           {item.pdf}" if item.pdf else ""))
        for note in item.notes:
            click.echo(f"   ! {note}")


def _make_one(bench: Workbench, order: Order, facts: dict[str, str]) -> tuple[Made, ...]:
    from automation.pipeline.produce import produce

    return produce(bench, replace(order, facts={**order.facts, **facts}))


def _ask_for_the_rest(
    facts: dict[str, str], attempt: Callable[[dict[str, str]], tuple[Made, ...]]
) -> tuple[dict[str, str], tuple[Made, ...]]:
    """What the attempt makes, and the facts it was made with: on a terminal those that are missing are asked
    for one by one; in a pipe MissingFacts goes on to the user."""
    from automation.errors import MissingFacts, UsageError

    asked: dict[str, str] = {}
    while True:
        try:
            return facts, attempt(facts)
        except UsageError as error:
            if not asked:
                raise
            click.echo(f"{error.message}\n{error.hint}".strip(), err=True)
        except MissingFacts as error:
            asked = {n: label for n, label in zip(error.names, error.labels, strict=True) if "." not in n}
            if not asked or not sys.stdin.isatty():
                raise
            click.echo(error.message, err=True)
        facts = facts | {n: click.prompt(f"  {label} ({n})", err=True) for n, label in asked.items()}


def _made_json(item: Made) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "path": str(item.path),
        "pdf": None if item.pdf is None else str(item.pdf),
        "notes": list(item.notes),
    }


def _pair(text: str) -> tuple[str, str]:
    from automation.errors import UsageError

    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise UsageError(
            f"--set {text!r} ต้องเขียนเป็น ชื่อ=ค่า", hint='เช่น --set signatory="นางสาวตัวอย่าง แผนงานดี"'
        )
    return key.strip(), value.strip()


@click.command()
@with_workspace
@with_json
@click.pass_obj
def kinds(context: Context, workspace: Path | None, as_json: bool) -> None:
    """รายชื่อเอกสารทุกชนิดที่จัดทำได้"""
    from automation.cli.tables import table
    from automation.pipeline.produce import kinds_json

    document: dict[str, list[dict[str, Any]]] = kinds_json(context.root(workspace) / "templates")
    if as_json:
        print_json(document)
        return
    rows = [
        (item["id"], item["title"], " ".join(item["steps"]), ", ".join(item["needs"]))
        for item in document["kinds"]
    ]
    click.echo(table(("ชนิด", "ชื่อเอกสาร", "ขั้นตอนในคู่มือ", "ข้อมูลที่ต้องให้"), rows))


@click.command()
@click.option("--numbers", is_flag=True, help="ทะเบียนเลขที่หนังสือส่งและคำสั่งของปีปฏิทิน พ.ศ.")
@click.option("--again", type=int, metavar="ID", help="นำเอกสารลำดับนี้กลับมาตามที่ทำไว้ทุกประการ")
@with_year
@with_workspace
@with_json
@click.pass_obj
def issued(
    context: Context,
    numbers: bool,
    again: int | None,
    year: int | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """รายการเอกสารที่จัดทำแล้ว เลขที่ที่ออกไป และการนำเอกสารเดิมกลับมา"""
    from automation.cli.views import issued_view, numbers_view
    from automation.pipeline import sent

    with context.bench(workspace) as bench:
        if again is not None:
            click.echo(f"นำกลับมาแล้ว: {sent.again(bench, again)}")
            return
        chosen = year or bench.config.year
        document = sent.numbers_json(bench, chosen) if numbers else sent.issued_json(bench, chosen)
    if as_json:
        print_json(document)
    else:
        click.echo(numbers_view(document) if numbers else issued_view(document))


@click.command()
@click.argument("process")
@click.option("--start", required=True, help='วันเริ่ม เช่น "๑ ตุลาคม ๒๕๖๙" หรือ 2026-10-01')
@with_workspace
@with_json
@click.pass_obj
def calendar(context: Context, process: str, start: str, workspace: Path | None, as_json: bool) -> None:
    """ปฏิทินของกระบวนงาน PROCESS ตามคู่มือ นับเป็นวันทำการ (strategic, four-year, annual …)"""
    from automation.cli.views import calendar_view
    from automation.pipeline.calendars import process_calendar

    document = process_calendar(context.root(workspace), process, start)
    print_json(document) if as_json else click.echo(calendar_view(document))
