"""The sender's own file with our remarks: a copy in the outbox, the original in the archive untouched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from automation.errors import FileError
from automation.model import Finding, Severity
from automation.office.annotate import Mark, Pencil, annotate
from automation.office.saving import save_bytes
from automation.pipeline.reasons import REASONS
from automation.pipeline.workbench import Workbench, limits
from automation.process import load_processes
from automation.register import Submission
from automation.thai.digits import to_thai
from automation.thai.words import cut_at_word

FOLDER = "ส่งกลับ"
NO_BUREAU = "ไม่ทราบสำนัก"
_MEND, _LOOK = "ต้องแก้ไข", "ควรตรวจ"
_MARKED = re.compile(rf"(?:\s*\((?:{_MEND}|{_LOOK})[^()]*\))+$")
_DEVICES = re.compile("con|prn|aux|nul|(com|lpt)[0-9\u00b9\u00b2\u00b3]", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending."""
_YEARLY = "A"
"""What the ids of the steps of the yearly plan start with: its forms are what bureaus send."""
_LONGEST_NAME = 150
"""Bytes of a copy's name, without what tells that it is one."""
_READABLE = frozenset(("form-unknown", "form-ambiguous"))
"""Rules about files without a record that could be opened all the same."""


def write_returned(
    bench: Workbench, submission: Submission, findings: Sequence[Finding], sender: str = ""
) -> Path | None:
    """Write the copy with the remarks into the outbox and return its path; the same again gives the same.

    It stands in the folder of the name of the inbox's folder in which the file came, as its receipt does,
    whatever bureau the form names; of a file that lay in no folder, in that of the bureau. `sender`: the name
    of the file that came now, where the submission has that of an earlier one.
    None where there is nothing to mend or look at, and for a file that cannot be opened or is not .docx or
    .xlsx: its sender gets the receipt only.
    """
    told = tuple(item for item in findings if item.severity is not Severity.NOTE)
    if not told or submission.archived is None or not _opened(submission, told):
        return None
    pencil = Pencil(author=bench.config.office["bureau"], when=submission.received)
    try:
        copy = annotate(submission.archived, marks(told), pencil, limits(bench.config))
    except FileError as error:
        bench.log.info("no returned copy submission=%s rule=%s", submission.id, error.rule)
        return None
    year = submission.fiscal_year or bench.config.year
    whose = senders_folder(sender or submission.file) or _bureau(bench, submission)
    folder = bench.config.outbox / str(year) / FOLDER / whose
    folder.mkdir(parents=True, exist_ok=True)
    target = _target(folder, submission, told, copy.data, copy.suffix)
    save_bytes(target, copy.data)
    return target


def marks(findings: Sequence[Finding]) -> tuple[Mark, ...]:
    """One remark for the file as a whole, then one a finding: what is wrong, why, what to do."""
    faults = sum(item.severity is Severity.ERROR for item in findings)
    counts = [f"{_MEND} {faults} แห่ง"] if faults else []
    counts += [f"{_LOOK} {len(findings) - faults} แห่ง"] if len(findings) > faults else []
    opening = (
        to_thai(f"แฟ้มนี้มีที่{' และที่'.join(counts)}"),
        "แก้ในแฟ้มนี้ตรงที่มีความเห็น บันทึก แล้วส่งกลับทางเดิม ไม่ต้องลบความเห็น เพราะโปรแกรมไม่อ่านความเห็นเป็นข้อมูล",
    )
    return (Mark(lines=opening), *(_mark(item) for item in findings))


def _mark(finding: Finding) -> Mark:
    fault = finding.severity is Severity.ERROR
    lines = [f"{_MEND if fault else _LOOK}: {finding.message}"]
    if why := _why(finding):
        lines.append(f"เหตุผล: {why}")
    action = "แก้ไขตรงนี้แล้วส่งแฟ้มกลับมา" if fault else "ตรวจดู หากถูกต้องอยู่แล้วไม่ต้องแก้"
    lines.append(f"สิ่งที่ขอให้ทำ: {action}")
    return Mark(lines=tuple(lines), ref=finding.ref, where=finding.where)


def _why(finding: Finding) -> str:
    """The rule in plain Thai and the step of the manual that asks for it, best one of the yearly plan."""
    known = _steps()
    steps = [step for step in finding.steps if step in known]
    yearly = next((step for step in steps if step.startswith(_YEARLY)), steps[0] if steps else "")
    reason = REASONS.get(finding.rule, "")
    return f"{reason} (คู่มือ{known[yearly]})" if yearly else reason


@cache
def _steps() -> dict[str, str]:
    """Id of a step → `การจัดทำแผนปฏิบัติราชการประจำปี ขั้นตอนที่ ๘ เสนอรายละเอียดโครงการ…`."""
    return {
        step.id: f"{process.title} ขั้นตอนที่ {step.no} {step.title}"
        for process in load_processes()
        for step in process.steps
    }


def _opened(submission: Submission, findings: Sequence[Finding]) -> bool:
    return submission.form is not None or any(item.rule in _READABLE for item in findings)


def _bureau(bench: Workbench, submission: Submission) -> str:
    """The bureau's folder: only names of the settings, for what a file says is no name of a folder."""
    names = {bureau.name for bureau in bench.config.bureaus}
    name = submission.bureau if submission.bureau in names else NO_BUREAU
    return safe_name(name or NO_BUREAU)


def _target(
    folder: Path, submission: Submission, findings: Sequence[Finding], data: bytes, suffix: str
) -> Path:
    """`<name> (ต้องแก้ไข).docx`; with its number where another file of that name was returned before."""
    stem = _MARKED.sub("", Path(submission.file.replace("\\", "/")).stem)
    word = _MEND if any(item.severity is Severity.ERROR for item in findings) else _LOOK
    name = safe_name(stem)
    plain = folder / f"{name} ({word}){suffix}"
    if not plain.exists() or plain.read_bytes() == data:
        return plain
    return folder / f"{name} ({word} เลขรับ {submission.id}){suffix}"


def senders_folder(name: str) -> str:
    """The first folder of a file's name in the inbox, safe as a name; "" for one that lay in no folder."""
    first, *rest = name.split("/")
    return safe_name(first) if rest and not first.lower().endswith(".zip") else ""


def safe_name(text: str) -> str:
    """A text as the name of a file or folder: safe on Windows and short enough everywhere."""
    name = re.sub(r'[\\/:*?"<>|\s]+', " ", text).strip(" .") or "ไฟล์"
    name = cut_at_word(name, _LONGEST_NAME).strip(" .")
    return f"_{name}" if _DEVICES.fullmatch(name.partition(".")[0].strip()) else name
