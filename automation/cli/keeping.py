"""Commands about keeping the workspace: backup, restore, verify, service."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from automation.cli.options import Context, print_json, with_json, with_workspace


@click.command()
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="โฟลเดอร์ที่จะเก็บ (ปกติคือ backup)")
@with_workspace
@click.pass_obj
def backup(context: Context, to: Path | None, workspace: Path | None) -> None:
    """สำรองทะเบียน ต้นฉบับ แม่แบบ กล่องส่ง และค่าตั้ง เป็นไฟล์ zip ไฟล์เดียว ทำได้ขณะกำลังรับไฟล์"""
    from automation.pipeline.backup import backup as pack

    done = pack(context.root(workspace), to)
    click.echo(f"สำรองแล้ว {done.files} ไฟล์ ({done.size / 1e6:.1f} MB): {done.path}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
def restore(file: Path, folder: Path) -> None:
    """นำไฟล์สำรอง FILE กลับมาเป็นพื้นที่ทำงานใน FOLDER (โฟลเดอร์ใหม่) บนเครื่องนี้หรือเครื่องอื่น"""
    from automation.pipeline.backup import restore as unpack

    done = unpack(file, folder)
    click.echo(f"นำกลับแล้ว {done.files} ไฟล์ ตรวจค่าแฮชตรงทุกไฟล์: {done.path}")
    click.echo(f'ตรวจซ้ำด้วย automation verify --workspace "{done.path}"')


@click.command()
@click.option("--repair", is_flag=True, help="ซ่อมสิ่งที่ซ่อมได้: ใบรับที่หาย ต้นฉบับที่ทะเบียนไม่รู้จัก ไฟล์ค้าง")
@with_workspace
@with_json
@click.pass_obj
def verify(context: Context, repair: bool, workspace: Path | None, as_json: bool) -> None:
    """ตรวจว่าทะเบียน คลังต้นฉบับ และกล่องส่งตรงกัน โดยอ่านทุกไฟล์เทียบค่าแฮช"""
    from automation.pipeline.verify import verify as compare

    with context.bench(workspace) as bench:
        found = compare(bench, repair=repair)
    wrong = [item for item in found if item.grave and not item.mended]
    if as_json:
        print_json({"discords": [_discord_json(item) for item in found], "ok": not wrong})
    else:
        for item in found:
            mark = "✓ ซ่อมแล้ว" if item.mended else "✗" if item.grave else "·"
            click.echo(f"{mark} {item.message}")
        click.echo("ทะเบียน คลังต้นฉบับ และกล่องส่งตรงกัน" if not wrong else f"ไม่ตรงกัน {len(wrong)} เรื่อง")
    sys.exit(1 if wrong else 0)


def _discord_json(item: Any) -> dict[str, Any]:
    return {"kind": item.kind, "message": item.message, "mended": item.mended, "grave": item.grave}


@click.group()
def service() -> None:
    """ให้เครื่องเฝ้ากล่องรับเองเมื่อเปิดเครื่อง (systemd หรือ Windows Task Scheduler)"""


@service.command()
@click.option("--dry-run", is_flag=True, help="แสดงสิ่งที่จะทำ โดยไม่ทำ")
@with_workspace
@click.pass_obj
def install(context: Context, dry_run: bool, workspace: Path | None) -> None:
    """ติดตั้งเป็นบริการและเริ่มทันที"""
    from automation.pipeline.service import carry_out, plan_install

    plan = plan_install(context.root(workspace), admin=_admin())
    _tell(plan, "เขียน")
    if not dry_run:
        sys.exit(carry_out(plan))


@service.command()
@click.option("--dry-run", is_flag=True, help="แสดงสิ่งที่จะทำ โดยไม่ทำ")
@with_workspace
@click.pass_obj
def remove(context: Context, dry_run: bool, workspace: Path | None) -> None:
    """หยุดและถอนบริการ พื้นที่ทำงานยังอยู่ครบ"""
    from automation.pipeline.service import carry_out, plan_remove

    plan = plan_remove(context.root(workspace), admin=_admin())
    _tell(plan, "ลบ")
    if not dry_run:
        sys.exit(carry_out(plan, remove=True))


@service.command(name="status")
@with_workspace
@click.pass_obj
def service_status(context: Context, workspace: Path | None) -> None:
    """บอกว่าบริการทำงานอยู่หรือไม่ และกำลังรออะไร"""
    from automation.pipeline.beat import DEAD_AFTER, last_beat
    from automation.pipeline.service import plan_status

    root = context.root(workspace)
    life = last_beat(root / "register")
    click.echo(f"คำสั่งของระบบ: {' '.join(plan_status(root, admin=_admin()))}")
    if life is None:
        click.echo("ไม่มีโปรแกรมเฝ้ากล่องรับทำงานอยู่")
    elif life.age > DEAD_AFTER:
        click.echo(f"โปรแกรมเฝ้ากล่องรับเงียบไป {life.age:.0f} วินาที อาจหยุดโดยไม่ปกติ")
    else:
        click.echo(f"กำลังเฝ้ากล่องรับ รับแล้ว {life.answered} ไฟล์ {life.waiting_for}".strip())
    sys.exit(0 if life is not None and life.age <= DEAD_AFTER and not life.waiting_for else 1)


def _admin() -> bool:
    import os

    return hasattr(os, "geteuid") and os.geteuid() == 0


def _tell(plan: Any, verb: str) -> None:
    if plan.file is not None:
        click.echo(f"{verb} {plan.file}\n{plan.text}".rstrip())
    for command in plan.commands:
        click.echo("สั่ง " + " ".join(command))
