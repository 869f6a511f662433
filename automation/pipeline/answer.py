"""The receipt of one file: what was understood, what is to be mended and where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from automation.model import Finding, Severity
from automation.office.fill import fill_document
from automation.pipeline.one_page import fitted
from automation.pipeline.returning import safe_name, senders_folder
from automation.pipeline.summary import form_title, summary
from automation.pipeline.workbench import Workbench
from automation.register import Outcome, Submission
from automation.thai.dates import format_date
from automation.thai.digits import to_thai

TEMPLATE = "docx/receipt.docx"
FOLDER = "ใบรับ"
OUTCOMES = {
    Outcome.ACCEPTED: "รับไว้เรียบร้อยแล้ว",
    Outcome.RETURNED: "ขอให้แก้ไขตามรายการข้างล่าง แล้วส่งไฟล์ที่แก้แล้วมาใหม่",
    Outcome.REJECTED: "อ่านไฟล์ไม่ได้ ขอให้ดำเนินการตามรายการข้างล่างแล้วส่งใหม่",
    Outcome.DUPLICATE: "เคยรับไฟล์นี้ไว้แล้ว ไม่ได้บันทึกซ้ำ",
}
SEVERITIES = {Severity.ERROR: "ต้องแก้ไข", Severity.WARNING: "ควรตรวจ", Severity.NOTE: "แจ้งให้ทราบ"}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def write_receipt(
    bench: Workbench,
    submission: Submission,
    outcome: Outcome,
    returned: Path | None = None,
    sender: str = "",
) -> Path:
    """Write the receipt into the outbox, note it in the register, return its path.

    It names the returned copy where there is one. What came in a folder of the inbox is answered in the
    folder of that name, so that rights on folders keep the bureaus' answers apart. `sender`: the name of the
    file that came now, where the submission has that of an earlier one.
    """
    name = sender or submission.file
    year = submission.fiscal_year or bench.config.year
    folder = bench.config.outbox / str(year) / FOLDER / senders_folder(name)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / receipt_name(submission, name)
    facts = receipt(bench, submission, outcome, returned) | {"file": name}
    facts = fitted(facts, marked=returned is not None)
    fill_document(bench.config.templates / TEMPLATE, {"receipt": facts}, target)
    if outcome is not Outcome.DUPLICATE or not submission.receipt:
        bench.register.set_receipt(submission.id, target.relative_to(bench.config.root).as_posix())
    return target


def receipt_name(submission: Submission, file: str) -> str:
    """`ใบรับ-00012-ชื่อไฟล์.docx`, safe on Windows and short enough everywhere."""
    stem = safe_name(Path(file.replace("\\", "/")).stem)
    return f"{FOLDER}-{submission.id:05d}-{stem}.docx"


def receipt(
    bench: Workbench, submission: Submission, outcome: Outcome, returned: Path | None = None
) -> dict[str, Any]:
    """The facts that the template `receipt.docx` prints, all as Thai text."""
    findings = sorted(bench.register.findings(submission.id), key=lambda one: _ORDER.index(one.severity))
    record = bench.register.record(submission.id)
    when = submission.received
    faults = any(finding.severity is Severity.ERROR for finding in findings)
    return {
        "office": f"{bench.config.office.get('bureau', '')} {bench.config.office.get('name', '')}".strip(),
        "number": str(submission.id),
        "received": to_thai(f"{format_date(when.date(), 'long')} เวลา {when:%H.%M} นาฬิกา"),
        "file": submission.file,
        "form": form_title(submission.form, record),
        "outcome": outcome_words(submission, outcome),
        "returned": returned.relative_to(bench.config.outbox).as_posix() if returned else "",
        "lines": [{"label": label, "value": value} for label, value in (summary(record) if record else ())],
        "findings": [finding_words(finding) for finding in findings],
        "findings_title": "รายการที่ต้องแก้ไข" if faults else "ข้อสังเกต",
        "unread": [
            {"where": item.where, "text": item.text[:300]} for item in bench.register.unread(submission.id)
        ],
        "sha256": submission.sha256,
    }


def outcome_words(submission: Submission, outcome: Outcome) -> str:
    """What became of the file in one Thai sentence."""
    words = OUTCOMES[outcome]
    if outcome is Outcome.ACCEPTED and submission.code:
        words += f" รหัสโครงการ {submission.code}"
    if outcome is Outcome.ACCEPTED and (submission.version or 1) > 1:
        words += f" (ฉบับที่ {submission.version} แทนฉบับก่อน)"
    if outcome is Outcome.DUPLICATE:
        words += f" รับครั้งแรกเมื่อ {format_date(submission.received.date(), 'long')} เลขรับ {submission.id}"
    return to_thai(words)


def finding_words(finding: Finding) -> dict[str, str]:
    """One row of the table of findings."""
    return {
        "severity": SEVERITIES[finding.severity],
        "where": finding.where or "ทั้งไฟล์",
        "message": finding.message,
    }
