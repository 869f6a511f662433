"""Commands about the workspace itself: init, demo, lint, doctor."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from automation.cli.options import Context, print_json, with_json, with_workspace


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """สร้างพื้นที่ทำงานใหม่ใน FOLDER: ค่าตั้ง แม่แบบ กล่องรับ กล่องส่ง ทะเบียน"""
    from automation.pipeline.workspace import make_workspace

    root = make_workspace(folder)
    click.echo(
        f"สร้างพื้นที่ทำงานที่ {root} แล้ว\n"
        f"  1. แก้ค่าตั้งใน {root / 'config.toml'} (ชื่อสำนัก ผู้ลงนาม โทรศัพท์ วันสุดท้ายที่รับแบบ)\n"
        f"  2. วางไฟล์แบบเสนอโครงการและรายงานใน {root / 'inbox'}\n"
        f'  3. สั่ง automation watch --workspace "{root}" เพื่อรับไฟล์'
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--again", is_flag=True, help="ถ้ามีพื้นที่ทำงานสาธิตเดิม ให้ลบแล้วทำใหม่")
@click.option("--pdf/--no-pdf", default=None, help="แปลงเอกสารเป็น PDF ด้วย (ปกติแปลงเมื่อมี LibreOffice)")
def demo(folder: Path, again: bool, pdf: bool | None) -> None:
    """สาธิตทั้งปี: สร้างพื้นที่ทำงานใน FOLDER รับไฟล์ตัวอย่าง และจัดทำเอกสาร"""
    from datetime import datetime

    from automation.cli.views import demo_view
    from automation.office.soffice import soffice
    from automation.pipeline.demo import run_demo
    from automation.pipeline.workspace import remove_demo

    if again:
        remove_demo(folder)
    with_pdf = soffice() is not None if pdf is None else pdf
    done = run_demo(folder, click.echo, pdf=with_pdf, clock=datetime.now)
    click.echo(demo_view(done))
    sys.exit(1 if any(item.outcome in ("returned", "rejected") for item in done.answered) else 0)


@click.command()
@click.argument("templates", nargs=-1, type=click.Path(path_type=Path))
@click.option("--comments", is_flag=True, help="ทำสำเนาแม่แบบที่มีข้อผิดพลาดเป็นความเห็นในแฟ้ม ไว้ใน outbox")
@with_workspace
@with_json
@click.pass_obj
def lint(
    context: Context, templates: tuple[Path, ...], comments: bool, workspace: Path | None, as_json: bool
) -> None:
    """ตรวจแม่แบบ: ช่องที่ไม่รู้จัก เครื่องหมายที่เขียนผิด ฟอนต์และรูปแบบไทย พร้อมตำแหน่ง"""
    from automation.config import load_config
    from automation.pipeline.linting import lint_templates

    root = context.root(workspace)
    results = lint_templates(root / "templates", templates, load_config(root).usage)
    copies = _commented(root, templates) if comments else ()
    if as_json:
        print_json({"templates": results, "copies": [str(path) for path in copies]})
    else:
        for result in results:
            problems = result["problems"]
            click.echo(f"{'✓' if not problems else '✗'} {result['template']}")
            for problem in problems:
                click.echo(f"   {problem['severity']}  {problem['place']}: {problem['message']}")
        for path in copies:
            click.echo(f"แม่แบบที่มีความเห็น: {path}")
    sys.exit(
        1 if any(problem["severity"] == "error" for item in results for problem in item["problems"]) else 0
    )


def _commented(root: Path, templates: tuple[Path, ...]) -> tuple[Path, ...]:
    """Copies of the faulty templates with their problems as comments, in the outbox."""
    from datetime import datetime

    from automation.config import load_config
    from automation.office.annotate import Pencil
    from automation.pipeline.linting import comment_templates

    config = load_config(root)
    pencil = Pencil(author=config.office["bureau"], when=datetime.now())
    return comment_templates(root / "templates", templates, config.outbox / "แม่แบบ", pencil)


@click.group()
def templates() -> None:
    """ดูแลชุดแม่แบบ Word"""


@templates.command("restyle")
@with_workspace
@click.pass_obj
def restyle(context: Context, workspace: Path | None) -> None:
    """ปรับลักษณะ (style) และขอบกระดาษของทุกแม่แบบให้ตรงกับแม่แบบกลาง docx/base.docx"""
    from automation.config import load_config
    from automation.pipeline.linting import restyle_templates

    root = context.root(workspace)
    for name, changed in restyle_templates(root / "templates", load_config(root).usage):
        click.echo(f"{name}: {'ปรับ ' + ', '.join(changed) if changed else 'ตรงอยู่แล้ว'}")


@click.command()
@with_workspace
@with_json
@click.pass_obj
def doctor(context: Context, workspace: Path | None, as_json: bool) -> None:
    """ตรวจความพร้อม: ฟอนต์ LibreOffice แม่แบบ โฟลเดอร์ ฐานข้อมูล วันหยุด"""
    from automation.pipeline.health import examine

    checks = examine(context.root(workspace))
    if as_json:
        print_json(
            {"checks": [{"name": item.name, "state": item.state, "message": item.message} for item in checks]}
        )
    else:
        marks = {"ok": "✓", "warning": "!", "error": "✗"}
        for item in checks:
            click.echo(f"{marks[item.state]} {item.name}: {item.message}")
    sys.exit(1 if any(item.state == "error" for item in checks) else 0)
