"""What the commands print for people: Thai, aligned, short enough for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from automation.cli.inbox import OUTCOME_WORDS, SEVERITY_MARKS, finding_line
from automation.cli.tables import shorten, table
from automation.model.progress import STAGE_NAMES
from automation.pipeline.summary import FORM_TITLES, form_title, summary
from automation.thai.money import format_baht

if TYPE_CHECKING:
    from automation.model import Reading
    from automation.pipeline.demo import Demo

BY = {"tag": "แท็กของแบบ", "anchor": "ป้ายของแบบ", "label": "ป้ายที่ใกล้เคียง"}
_WIDE = 60
_SHOWN = 10
"""Files in the inbox that are named for each reason."""


def reading_view(reading: Reading) -> str:
    """A read file: what it is, its values with their places, what is doubtful, what no field took."""
    lines = [f"ไฟล์  {reading.file}", f"แบบ   {form_title(reading.form, reading.record)}"]
    if reading.record is not None:
        lines += ["", table(("ข้อมูล", "ที่อ่านได้"), [(a, shorten(b, 90)) for a, b in summary(reading.record)])]
    if reading.evidence:
        rows = [(name, BY[item.by.value], item.where) for name, item in reading.evidence.items()]
        lines += ["", table(("ช่อง", "รู้จาก", "ตำแหน่งในไฟล์"), rows)]
    lines += ["", "ข้อสังเกต: ไม่มี" if not reading.findings else "ข้อสังเกต"]
    lines += [f"  {finding_line(item)}" for item in reading.findings]
    if reading.unread:
        lines += ["", "ข้อความที่ไม่ได้นำไปใช้"]
        lines += [f"  {item.where}: {shorten(item.text, 90)}" for item in reading.unread]
    return "\n".join(lines)


def status_view(document: Mapping[str, Any]) -> str:
    """What has come in, by bureau, and what is missing."""
    rows = [
        (item["bureau"], str(item["projects"]), str(item["returned"]), " ".join(item["rounds"]) or "-")
        for item in document["bureaus"]
    ]
    lines = [
        f"ปีงบประมาณ พ.ศ. {document['fiscal_year']}",
        f"แผนยุทธศาสตร์: {_have(document['plan'])}   บัญชีจัดสรร: {_have(document['allocation'])}",
        "",
        table(("สำนัก", "โครงการที่รับแล้ว", "รอแก้ไข", "รายงานที่ส่งแล้ว"), rows, right=(1, 2)),
    ]
    lines += [f"! {text}" for text in document["missing"]]
    lines += waiting_view(document["waiting"])
    return "\n".join(lines)


def waiting_view(waiting: Sequence[Mapping[str, Any]]) -> list[str]:
    """What lies in the inbox and why; of many files the first of each reason."""
    by_reason: dict[str, list[Mapping[str, Any]]] = {}
    for item in waiting:
        by_reason.setdefault(item["why"], []).append(item)
    lines = ["", f"ในกล่องรับยังมี {len(waiting)} ไฟล์"] if waiting else []
    for why, items in by_reason.items():
        lines += [f"  {why}: {len(items)} ไฟล์"]
        lines += [
            f"    {shorten(item['file'], 90)}  ({_lasting(item['seconds'])})" for item in items[:_SHOWN]
        ]
    return lines


def _lasting(seconds: int) -> str:
    """`12 วินาที`, `3 นาที`, `2 ชั่วโมง`, `5 วัน` since a file was saved."""
    for unit, words in ((86400, "วัน"), (3600, "ชั่วโมง"), (60, "นาที")):
        if seconds >= unit:
            return f"{seconds // unit} {words}"
    return f"{seconds} วินาที"


def _have(present: bool) -> str:
    return "รับแล้ว" if present else "ยังไม่ได้รับ"


def submissions_view(document: Mapping[str, Any]) -> str:
    """Every file received: what became of it, how long it took and where its receipt is; then what waits."""
    rows = [
        (
            _minute(item["received"]),
            OUTCOME_WORDS[item["outcome"]],
            f"{road['seconds']:.1f}",
            item["code"] or "-",
            shorten(item["file"], _WIDE),
            road["receipt"] or "ยังไม่ได้ตอบ",
        )
        for item, road in zip(document["submissions"], document["road"], strict=True)
    ]
    head = ("รับเมื่อ", "ผล", "วินาที", "รหัสโครงการ", "ไฟล์", "ใบรับ")
    listed = table(head, rows, right=(2,)) if rows else "ยังไม่เคยรับไฟล์"
    return "\n".join([listed, *waiting_view(document["waiting"])])


def _minute(moment: str) -> str:
    """`2026-11-24 21:05` of an ISO time."""
    return moment[:16].replace("T", " ")


def totals_view(document: Mapping[str, Any]) -> str:
    """The year's figures: in total, by bureau and by issue."""
    head = ("", "โครงการ", "งานประจำ", "คำขอ (บาท)", "จัดสรร (บาท)", "เบิกจ่าย (บาท)", "ร้อยละ")
    parts = [f"ปีงบประมาณ พ.ศ. {document['fiscal_year']}"]
    for title, key in (("รายสำนัก", "by_bureau"), ("รายประเด็นยุทธศาสตร์", "by_issue")):
        rows = [_figures(name, item) for name, item in document[key].items()]
        rows.append(_figures("รวม", document["total"]))
        parts.append(f"{title}\n{table(head, rows, right=range(1, 7))}")
    stages = document["total"]["stages"]
    parts.append(
        "สถานะ: " + ", ".join(f"{name} {stages[stage.value]}" for stage, name in STAGE_NAMES.items())
    )
    total = document["total"]
    parts.append(f"ตัวชี้วัดที่บรรลุ {total['indicators_met']} จาก {total['indicators']} ตัว")
    return "\n\n".join(parts)


def _figures(name: str, item: Mapping[str, Any]) -> tuple[str, ...]:
    spent = list(item["spent_cumulative"].values())
    return (
        name,
        str(item["projects"]),
        str(item["routines"]),
        f"{Decimal(item['requested']):,.2f}",
        f"{Decimal(item['allocated']):,.2f}",
        f"{Decimal(spent[-1] if spent else 0):,.2f}",
        str(item["spent_percent"] or "-"),
    )


def project_view(document: Mapping[str, Any]) -> str:
    """One project: its values, versions with their changes, its reports, its findings."""
    lines = [
        table(("ข้อมูล", "ฉบับปัจจุบัน"), [(a, shorten(b, 90)) for a, b in document["summary"]]),
        "",
        "ฉบับที่ได้รับ",
    ]
    for version in document["versions"]:
        lines.append(f"  ฉบับที่ {version['version']}  {_minute(version['received'])}  {version['file']}")
        lines += [
            f"      {words['label']}: {words['before']} → {words['after']}"
            for words in (change["words"] for change in version["changes"])
        ]
    if document["progress"]:
        rows = [
            (item["round"], item["stage"] or "-", item["progress"] or "-", _baht(item["spent"]))
            for item in document["progress"]
        ]
        lines += ["", table(("รอบ", "สถานะ", "ความก้าวหน้า", "เบิกจ่ายสะสม"), rows, right=(2, 3))]
    lines += [
        "",
        "ข้อสังเกต: ไม่มี" if not document["findings"] else "ข้อสังเกต",
        *finding_rows(document["findings"]),
    ]
    return "\n".join(lines)


def _baht(amount: str | None) -> str:
    return "-" if amount is None else format_baht(Decimal(amount))


def finding_rows(findings: Sequence[Mapping[str, Any]]) -> list[str]:
    """The findings of a JSON document as lines."""
    return [
        f"  {SEVERITY_MARKS[item['severity']]}  " + ": ".join(filter(None, (item["where"], item["message"])))
        for item in findings
    ]


def checks_view(document: Mapping[str, Any]) -> str:
    """The findings of the whole year, by project or file."""
    lines = [f"ตรวจข้อมูลปีงบประมาณ พ.ศ. {document['fiscal_year']}"]
    subject = None
    for item in document["findings"]:
        if item["subject"] != subject:
            subject = item["subject"]
            lines.append(f"\n{subject}")
        lines += finding_rows([item])
    counts = {
        mark: sum(item["severity"] == key for item in document["findings"])
        for key, mark in SEVERITY_MARKS.items()
    }
    lines.append("\nรวม " + ", ".join(f"{mark.split(' ', 1)[1]} {number}" for mark, number in counts.items()))
    return "\n".join(lines)


def calendar_view(document: Mapping[str, Any]) -> str:
    """The steps of a process with their days."""
    rows = [
        (
            item["no"],
            shorten(item["title"], _WIDE),
            item["days"],
            item["start"],
            item["end"],
            shorten(item["owner"], 40),
        )
        for item in document["steps"]
    ]
    return f"{document['title']}\n" + table(("ที่", "ขั้นตอน", "วัน", "เริ่ม", "สิ้นสุด", "ผู้รับผิดชอบ"), rows)


def issued_view(document: Mapping[str, Any]) -> str:
    """What was made, one document a line."""
    rows = [
        (
            str(item["id"]),
            item["number"] or "-",
            _minute(item["made"]),
            shorten(item["title"], 44),
            item["path"],
        )
        for item in document["issued"]
    ]
    return table(("ลำดับ", "เลขที่", "จัดทำเมื่อ", "เอกสาร", "แฟ้ม"), rows) if rows else "ยังไม่มีเอกสารที่จัดทำ"


def numbers_view(document: Mapping[str, Any]) -> str:
    """The outgoing registers, one number a line."""
    rows = [
        (item["printed"], item["subject"], _minute(item["reserved"]), str(item["issued"] or "-"))
        for item in document["numbers"]
    ]
    return table(("เลขที่", "เรื่อง", "ออกเมื่อ", "ลำดับเอกสาร"), rows) if rows else "ยังไม่มีเลขที่ออก"


def demo_view(done: Demo) -> str:
    """The closing table of the demonstration: what came in, what was made, how long it took."""
    forms = dict.fromkeys(item.submission.form or "" for item in done.answered)
    answered = [(FORM_TITLES.get(form, "ไม่ทราบแบบ"), *_outcomes(done, form)) for form in forms]
    kinds = dict.fromkeys(item.kind for item in done.made)
    made = [(kind, *_made(done, kind)) for kind in kinds]
    times = [
        ("รับและตรวจไฟล์", f"{done.intake_seconds:.1f}"),
        ("จัดทำเอกสาร Word", f"{done.make_seconds:.1f}"),
        ("แปลงเป็น PDF", f"{done.pdf_seconds:.1f}" if done.pdf_seconds else "-"),
    ]
    return "\n\n".join(
        (
            "\nสรุปการสาธิต",
            table(("รับเข้า", "รับแล้ว", "ส่งกลับให้แก้", "อ่านไม่ได้"), answered, right=(1, 2, 3)),
            table(("จัดทำ", "Word", "PDF"), made, right=(1, 2)),
            table(("ใช้เวลา", "วินาที"), times, right=(1,)),
            f"เอกสารอยู่ที่ {done.root / 'outbox'}\nใบรับของแต่ละไฟล์อยู่ที่ {done.root / 'outbox'} ในโฟลเดอร์ ใบรับ",
        )
    )


def _outcomes(done: Demo, form: str) -> tuple[str, str, str]:
    mine = [item.outcome for item in done.answered if (item.submission.form or "") == form]
    accepted, returned, rejected = (str(mine.count(name)) for name in ("accepted", "returned", "rejected"))  # type: ignore[arg-type]
    return accepted, returned, rejected


def _made(done: Demo, kind: str) -> tuple[str, str]:
    mine = [item for item in done.made if item.kind == kind]
    return str(len(mine)), str(sum(item.pdf is not None for item in mine))
