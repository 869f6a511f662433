"""The command line: thin commands over the pipeline; the only place where errors become words and exit codes.

Imports nothing heavy, so that `automation --help` answers at once; each command imports what it needs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from automation import __version__
from automation.cli import books, inbox, keeping, papers, printing, setup
from automation.cli.options import Context
from automation.errors import AutomationError, ConfigError

DEFECT = 3


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="automation", help="แสดงรุ่นของโปรแกรม")
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    help="โฟลเดอร์พื้นที่ทำงาน (ปกติคือโฟลเดอร์ปัจจุบัน หรือโฟลเดอร์เหนือขึ้นไปที่มี config.toml)",
)
@click.pass_context
def cli(context: click.Context, workspace: Path | None) -> None:
    """รับแบบเสนอโครงการและรายงานจากสำนักต่าง ๆ เก็บเข้าทะเบียน และจัดทำหนังสือราชการกับรูปเล่มแผน"""
    context.obj = Context(workspace)


for command in (
    setup.init,
    setup.demo,
    inbox.watch,
    inbox.intake,
    inbox.read,
    papers.form,
    papers.make,
    papers.kinds,
    papers.issued,
    printing.pdf,
    printing.print_files,
    inbox.status,
    inbox.totals,
    inbox.show,
    inbox.check,
    books.trace,
    books.preflight,
    papers.calendar,
    setup.lint,
    setup.templates,
    setup.doctor,
    keeping.backup,
    keeping.restore,
    keeping.verify,
    keeping.service,
):
    cli.add_command(command)


def main() -> None:
    """Run the program; the one door to the outside for every error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = cli(standalone_mode=False, prog_name="automation")
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("ยกเลิกแล้ว", err=True)
        code = 130
    except BrokenPipeError:
        code = 0
    except AutomationError as error:
        click.echo(_words(error), err=True)
        code = error.exit_code
    except Exception as error:
        click.echo(_defect(error), err=True)
        code = DEFECT
    sys.exit(code if isinstance(code, int) else 0)


def _words(error: AutomationError) -> str:
    if isinstance(error, ConfigError):
        problems = "\n".join(f"  {number}. {text}" for number, text in enumerate(error.problems, 1))
        return f"ค่าตั้งไม่ถูกต้อง ({error.place}) พบ {len(error.problems)} เรื่อง\n{problems}"
    return str(error)


def _defect(error: Exception) -> str:
    """Keep the traceback for the maintainer, tell the user in Thai where it is."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="automation-", suffix=".log", delete=False
    ) as file:
        traceback.print_exception(error, file=file)
    return (
        f"โปรแกรมขัดข้อง ({type(error).__name__}) ซึ่งเป็นข้อบกพร่องของโปรแกรม ข้อมูลที่เก็บไว้แล้วไม่เสียหาย\n"
        f"โปรดส่งไฟล์นี้ให้ผู้ดูแลระบบ: {file.name}"
    )
