"""Commands about what comes in: watch, intake, read, status, totals, show, check."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from automation.cli.options import Context, print_json, with_json, with_workspace, with_year

if TYPE_CHECKING:
    from automation.model import Finding
    from automation.pipeline.intake import Answered
    from automation.pipeline.sweep import Arrival

SEVERITY_MARKS = {"error": "✗ ต้องแก้ไข", "warning": "! ควรตรวจ", "note": "· แจ้งให้ทราบ"}
OUTCOME_WORDS = {"accepted": "รับแล้ว", "returned": "ส่งกลับให้แก้", "rejected": "อ่านไม่ได้", "duplicate": "เคยรับแล้ว"}


@click.command()
@with_workspace
@click.pass_obj
def watch(context: Context, workspace: Path | None) -> None:
    """เฝ้ากล่องรับ (inbox) และรับทุกไฟล์ที่วาง จนกว่าจะกด Ctrl-C"""
    import signal
    import threading

    from automation.pipeline.watch import watch_workspace

    stop = threading.Event()

    def ask_to_stop(*_: object) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    root = context.root(workspace)
    click.echo(f"กำลังเฝ้า {root / 'inbox'} (กด Ctrl-C เพื่อหยุด)")
    watch_workspace(
        root,
        stop,
        told=lambda answered: click.echo(answer_line(answered)),
        trouble=lambda text: click.echo(text or "ใช้งานได้ตามปกติแล้ว รับไฟล์ต่อ", err=True),
    )
    click.echo("หยุดแล้ว")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@with_workspace
@with_json
@click.pass_obj
def intake(context: Context, files: tuple[Path, ...], workspace: Path | None, as_json: bool) -> None:
    """รับไฟล์ในกล่องรับหนึ่งรอบ หรือรับเฉพาะ FILES ที่ระบุ แล้วจบ"""
    from automation.pipeline.intake import intake as take_in
    from automation.pipeline.locking import sweep_lock
    from automation.pipeline.watch import sweep_now

    arrivals = tuple(_arrival(path) for path in files)
    held: list[str] = []

    def blocked(arrival: Arrival, why: str) -> None:
        held.append(arrival.path.name)
        click.echo(f"ยังไม่ได้รับ: {arrival.path.name} ({why})", err=True)

    with context.bench(workspace) as bench:
        told = (lambda _: None) if as_json else (lambda answered: click.echo(answer_line(answered)))
        if arrivals:
            with sweep_lock(bench.config.store, wait=True):
                answered = take_in(bench, arrivals, told=told, blocked=blocked)
        else:
            answered = sweep_now(bench, told=told, blocked=blocked)
    if as_json:
        print_json({"answered": [_answer_json(item) for item in answered]})
    else:
        click.echo(_answer_totals(answered))
    sys.exit(1 if held or any(item.outcome in ("returned", "rejected") for item in answered) else 0)


def _arrival(path: Path) -> Any:
    from automation.errors import UsageError
    from automation.pipeline.sweep import Arrival

    path = path.absolute()
    if not path.is_file():
        raise UsageError(f"ไม่พบไฟล์ {path}", hint="ตรวจชื่อไฟล์และโฟลเดอร์อีกครั้ง")
    info = path.stat()
    return Arrival(path, info.st_size, info.st_mtime_ns, info.st_ino)


def answer_line(answered: Answered) -> str:
    """One line for one file, and one for each thing to mend."""
    words = OUTCOME_WORDS[answered.outcome]
    code = f" [{answered.submission.code}]" if answered.submission.code else ""
    lines = [f"{words}: {answered.file}{code} ({answered.seconds:.1f} วินาที)"]
    lines += [f"   {finding_line(item)}" for item in answered.findings if item.severity != "note"]
    if answered.returned_copy:
        lines.append(f"   แฟ้มที่มีความเห็น: {answered.returned_copy}")
    return "\n".join(lines)


def finding_line(finding: Finding) -> str:
    """`✗ ต้องแก้ไข  ตาราง ๑ แถว ๓: …`."""
    place = f"{finding.where}: " if finding.where else ""
    return f"{SEVERITY_MARKS[finding.severity]}  {place}{finding.message}"


def _answer_totals(answered: tuple[Answered, ...]) -> str:
    if not answered:
        return "ไม่มีไฟล์ใหม่ในกล่องรับ"
    counts = {word: sum(item.outcome == key for item in answered) for key, word in OUTCOME_WORDS.items()}
    return f"รวม {len(answered)} ไฟล์: " + ", ".join(
        f"{word} {number}" for word, number in counts.items() if number
    )


def _answer_json(item: Answered) -> dict[str, Any]:
    from automation.model import to_json

    return {
        "file": item.file,
        "outcome": item.outcome,
        "form": item.submission.form,
        "code": item.submission.code,
        "version": item.submission.version,
        "receipt": str(item.receipt),
        "returned_copy": str(item.returned_copy) if item.returned_copy else None,
        "seconds": round(item.seconds, 3),
        "findings": to_json(item.findings),
    }


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@with_workspace
@with_json
@click.pass_obj
def read(context: Context, file: Path, workspace: Path | None, as_json: bool) -> None:
    """แสดงสิ่งที่โปรแกรมอ่านได้จาก FILE โดยไม่บันทึกอะไร"""
    from automation.cli.views import reading_view
    from automation.pipeline.reading import read_file, reading_json

    reading = read_file(_arrival(file).path, _root_or_none(context, workspace))
    if as_json:
        print_json(reading_json(reading))
    else:
        click.echo(reading_view(reading))
    sys.exit(1 if reading.faulty else 0)


def _root_or_none(context: Context, workspace: Path | None) -> Path | None:
    """The workspace where there is one; without one a file is read by the shipped templates."""
    from automation.errors import UsageError

    try:
        return context.root(workspace)
    except UsageError:
        if workspace or context.workspace:
            raise
        return None


@click.command()
@with_workspace
@with_year
@click.option("--submissions", is_flag=True, help="แสดงทุกไฟล์ที่รับ")
@with_json
@click.pass_obj
def status(
    context: Context, workspace: Path | None, year: int | None, submissions: bool, as_json: bool
) -> None:
    """สรุปสิ่งที่รับแล้วรายสำนัก สิ่งที่ยังขาดหรือช้า"""
    from automation.cli.views import status_view, submissions_view
    from automation.pipeline.status import status as work_out
    from automation.pipeline.status import submissions_json

    with context.bench(workspace) as bench:
        if submissions:
            document = submissions_json(bench, year)
            print_json(document) if as_json else click.echo(submissions_view(document))
        else:
            document = work_out(bench, year or bench.config.year)
            print_json(document) if as_json else click.echo(status_view(document))


@click.command()
@with_workspace
@with_year
@with_json
@click.pass_obj
def totals(context: Context, workspace: Path | None, year: int | None, as_json: bool) -> None:
    """ตัวเลขรวมของปี: จำนวน เงิน ตามสำนัก ประเด็นยุทธศาสตร์ หมวด ไตรมาส สถานะ ตัวชี้วัด"""
    from automation.cli.views import totals_view
    from automation.model.totals import totals as add_up

    with context.bench(workspace) as bench:
        document = add_up(bench.register.year(year or bench.config.year))
    print_json(document) if as_json else click.echo(totals_view(document))


@click.command()
@click.argument("code")
@with_workspace
@click.option("--print", "to_print", is_flag=True, help="จัดทำรายการแก้ไขทุกฉบับเป็นแฟ้ม Word ไว้พิมพ์")
@with_json
@click.pass_obj
def show(context: Context, code: str, workspace: Path | None, to_print: bool, as_json: bool) -> None:
    """แสดงโครงการหนึ่งตามรหัส: ฉบับปัจจุบัน ประวัติการแก้ไข ความก้าวหน้า และข้อสังเกต"""
    if to_print:
        from automation.pipeline.changes import print_changes

        with context.bench(workspace) as bench:
            path = print_changes(bench, code)
        print_json({"path": str(path)}) if as_json else click.echo(f"รายการแก้ไข: {path}")
        return
    from automation.cli.views import project_view
    from automation.pipeline.status import project_json

    with context.bench(workspace) as bench:
        document = project_json(bench, code)
    print_json(document) if as_json else click.echo(project_view(document))


@click.command()
@with_workspace
@with_year
@with_json
@click.pass_obj
def check(context: Context, workspace: Path | None, year: int | None, as_json: bool) -> None:
    """ตรวจทุกกฎกับข้อมูลทั้งปีในทะเบียน"""
    from automation.cli.views import checks_view
    from automation.pipeline.status import check_year

    with context.bench(workspace) as bench:
        document = check_year(bench, year or bench.config.year)
    print_json(document) if as_json else click.echo(checks_view(document))
    sys.exit(1 if any(item["severity"] == "error" for item in document["findings"]) else 0)


def progress_bar(total: int, label: str) -> Any:
    """A progress bar on a terminal; silent in a pipe."""
    return click.progressbar(length=total, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())
