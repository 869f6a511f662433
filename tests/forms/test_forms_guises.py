"""The same field in many guises: one plain form, one section of it typed as other officers would."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import docx
import pytest

from automation.config import load_config
from automation.forms.catalogue import FormCatalogue
from automation.forms.read_document import read_document
from automation.model import to_json
from automation.office.blocks import Document
from automation.office.opening import open_file
from automation.pipeline.workbench import known

ROOT = Path(__file__).parents[2]
CATALOGUE = FormCatalogue.load(ROOT / "templates")
KNOWN = known(load_config(ROOT))
MONTHS = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")

Item = str | list[list[str]]
"""A paragraph (its label in front of `|` bold), or the rows of a table."""
PLAN = [["ไตรมาส ๑", "ไตรมาส ๒", "ไตรมาส ๓", "ไตรมาส ๔"], ["-", "๘๐,๐๐๐", "๑๖,๐๐๐", "-"]]
COSTS = [["หมวดรายจ่าย", "รายการ", "จำนวนเงิน"], ["ค่าวัสดุ", "ค่าเอกสาร", "๙๖,๐๐๐"], ["รวม", "", "๙๖,๐๐๐"]]
FORM: dict[str, list[Item]] = {
    "title": ["แบบเสนอโครงการ", "ปีงบประมาณ พ.ศ. ๒๕๗๐", "๑. ชื่อโครงการ|โครงการอบรมการเขียนรายงานการประชุม"],
    "kind": ["๒. ประเภท|☑ โครงการ ☐ งานประจำ  ☑ ใหม่ ☐ ต่อเนื่อง"],
    "bureau": ["๓. หน่วยงานรับผิดชอบ|สำนักพัฒนาทรัพยากรบุคคล กลุ่มงานฝึกอบรม"],
    "responsible": ["๔. ผู้รับผิดชอบโครงการ|นายธนากร วงศ์ทอง ตำแหน่ง นักทรัพยากรบุคคล โทร. ๐ ๒๘๓๑ ๙๒๑๖"],
    "alignment": ["๕. ความสอดคล้อง|", "ประเด็นยุทธศาสตร์ที่ ๓ พัฒนาบุคลากร", "กลยุทธ์ที่ ๓.๑ พัฒนาทักษะ"],
    "rationale": ["๖. หลักการและเหตุผล|", "เจ้าหน้าที่ใหม่ยังขาดทักษะในการสรุปความ"],
    "objectives": ["๗. วัตถุประสงค์|", "๗.๑ เพื่อให้ความรู้แก่ผู้เข้าอบรม", "๗.๒ เพื่อสร้างมาตรฐานของงาน"],
    "goals": ["๘. เป้าหมาย|", "ผลผลิต", "- ผู้ผ่านการอบรม ๖๐ คน", "ผลลัพธ์", "- รายงานถูกต้อง"],
    "indicators": ["๙. ตัวชี้วัด|", [["ตัวชี้วัด", "หน่วยนับ", "ค่าเป้าหมาย"], ["จำนวนผู้ผ่านการอบรม", "คน", "๖๐"]]],
    "activities": ["๑๐. ขั้นตอนการดำเนินงาน|", "๑) เตรียมการ (พ.ย. ๒๕๖๙)", "๒) จัดอบรม (ธ.ค. ๒๕๖๙ - ม.ค. ๒๕๗๐)"],
    "period": ["๑๑. ระยะเวลาดำเนินการ|๑ พฤศจิกายน ๒๕๖๙ - ๓๐ เมษายน ๒๕๗๐"],
    "place": ["๑๒. สถานที่|ห้องประชุม ๔๐๒ อาคารรัฐสภา"],
    "budget": ["๑๓. งบประมาณ|๙๖,๐๐๐ บาท (เก้าหมื่นหกพันบาทถ้วน) จากเงินงบประมาณรายจ่ายประจำปี", COSTS],
    "plan": ["๑๔. แผนการใช้จ่ายงบประมาณ|", PLAN],
    "benefits": ["๑๕. ผลที่คาดว่าจะได้รับ|", "๑๕.๑ รายงานมีคุณภาพ"],
    "evaluation": ["๑๖. การติดตามและประเมินผล|", "ทดสอบก่อนและหลังการอบรม"],
    "approvals": ["ลงชื่อ..........................ผู้เสนอโครงการ", "(นายธนากร วงศ์ทอง)", "วันที่ ๑๑ พฤษภาคม ๒๕๖๙"],
}
ACTS = [{"name": "เตรียมการ", "months": [11]}, {"name": "จัดอบรม", "months": [12, 1]}]
SIGNED = [{"role": "ผู้เสนอโครงการ", "name": "นายธนากร วงศ์ทอง", "date": "2026-05-11"}]
COUNTED = [{"name": "จำนวนผู้ผ่านการอบรม", "unit": "คน", "target": "๖๐"}]
AIMS = ["เพื่อให้ความรู้แก่ผู้เข้าอบรม", "เพื่อสร้างมาตรฐานของงาน"]
QUARTERS = {"1": "0.00", "2": "80000.00", "3": "16000.00", "4": "0.00"}
PERIOD = {"start": "2026-11-01", "end": "2027-04-30"}


def marked(heads: list[str], marks: dict[str, str], tail: str = "") -> list[list[str]]:
    """A chart of the two activities under headings; `marks` holds which headings each is marked under."""
    rows = [[name, *("✓" if head in marks[name].split() else tail for head in heads)] for name in marks]
    return [["กิจกรรม", *heads], *rows]


GANTT = {"เตรียมการ": "พ.ย.", "จัดอบรม": "ธ.ค. ม.ค."}
NUMBERS = [str(month) for month in (10, 11, 12, *range(1, 10))]
COST_LINES = [
    {"category": None, "item": "ค่าวิทยากร ๒ คน x ๔๐,๐๐๐ บาท", "amount": "80000.00"},
    {"category": None, "item": "ค่าวัสดุและเอกสาร", "amount": "16000.00"},
]
GUISES: dict[str, tuple[str, list[Item], dict[str, Any]]] = {
    "dotted ticks": (
        "kind",
        ["๒. ลักษณะ|(...✓...) โครงการใหม่ (.........) โครงการต่อเนื่อง"],
        {"continuity": "new"},
    ),
    "ticks under another label": (
        "kind",
        ["๒. กิจกรรมหลัก (เลือกได้มากกว่า ๑)|☑ ฝึกอบรม/สัมมนา ☐ ICT ☐ จ้างที่ปรึกษา ☐ ครุภัณฑ์"],
        {"flags": {"training": True, "ict": False, "consultant": False, "equipment": False}},
    ),
    "bureau behind an unknown label": (
        "bureau",
        ["๓. ส่วนที่ดูแลงานนี้|สำนักพัฒนาทรัพยากรบุคคล"],
        {"bureau": "สำนักพัฒนาทรัพยากรบุคคล"},
    ),
    "places of the plan in a sentence": (
        "alignment",
        ["๕. ความสอดคล้อง|", "โครงการนี้สนองประเด็นยุทธศาสตร์ที่ ๓ พัฒนาบุคลากร และกลยุทธ์ที่ ๓.๑ พัฒนาทักษะ"],
        {"alignment": {"issue": "๓ พัฒนาบุคลากร", "goal": None, "strategy": "๓.๑ พัฒนาทักษะ"}},
    ),
    "a ticked place of the plan": (
        "alignment",
        ["๕. ประเด็นยุทธศาสตร์|", "☐ ประเด็นที่ ๑ สนับสนุนงาน", "☑ ประเด็นที่ ๓ พัฒนาบุคลากร"],
        {"alignment.issue": "๓ พัฒนาบุคลากร"},
    ),
    "a hint in brackets": (
        "rationale",
        ["๖. หลักการและเหตุผล|", "(อธิบายโดยย่อ)", "ขาดทักษะ"],
        {"rationale": "ขาดทักษะ"},
    ),
    "a list behind its lead": (
        "objectives",
        [f"๗. วัตถุประสงค์|โครงการนี้มีวัตถุประสงค์ ดังนี้ ๑) {AIMS[0]} ๒) {AIMS[1]}"],
        {"objectives": AIMS},
    ),
    "bare numbers": ("objectives", ["๗. วัตถุประสงค์|", f"๑ {AIMS[0]}", f"๒ {AIMS[1]}"], {"objectives": AIMS}),
    "ข้อ": ("objectives", ["๗. วัตถุประสงค์|", f"ข้อ ๑ {AIMS[0]}", f"ข้อ ๒ {AIMS[1]}"], {"objectives": AIMS}),
    "ticks as bullets": (
        "objectives",
        ["๗. วัตถุประสงค์|", f"☑ {AIMS[0]}", f"☑ {AIMS[1]}"],
        {"objectives": AIMS},
    ),
    "one label for goals and indicators": (
        "goals",
        ["๘. เป้าหมายและตัวชี้วัด|", "ผลผลิต", "- ผู้ผ่าน ๖๐ คน", "ตัวชี้วัด", "- จำนวนรุ่น หน่วยนับ รุ่น ค่าเป้าหมาย ๒"],
        {"outputs": ["ผู้ผ่าน ๖๐ คน"], "outcomes": []},
    ),
    "indicators in columns of tabs": (
        "indicators",
        ["๙. ตัวชี้วัดความสำเร็จ|", "ตัวชี้วัด\tหน่วยนับ\tค่าเป้าหมาย", "ก. จำนวนผู้ผ่านการอบรม\tคน\t๖๐"],
        {"indicators": COUNTED},
    ),
    "targets by quarter": (
        "indicators",
        [
            "๙. ตัวชี้วัด|",
            [
                ["ตัวชี้วัด", "หน่วยนับ", "ค่าเป้าหมาย", "ไตรมาส ๑", "ไตรมาส ๒", "ไตรมาส ๓", "ไตรมาส ๔"],
                ["จำนวนผู้ผ่านการอบรม", "คน", "๖๐", "-", "๖๐", "-", "-"],
            ],
        ],
        {"indicators": COUNTED, "budget.quarters": QUARTERS},
    ),
    "targets by year": (
        "indicators",
        [
            "๙. ตัวชี้วัด|",
            [
                ["ตัวชี้วัด", "หน่วยนับ", "ค่าเป้าหมาย ปี ๒๕๖๙", "ค่าเป้าหมาย ปี ๒๕๗๐"],
                ["จำนวนผู้ผ่านการอบรม", "คน", "๕๐", "๖๐"],
            ],
        ],
        {"indicators": COUNTED},
    ),
    "several indicators in the cells of one row": (
        "indicators",
        [
            "๙. ตัวชี้วัด|",
            [
                ["ตัวชี้วัด", "หน่วยนับ", "ค่าเป้าหมาย"],
                ["๑) จำนวนผู้ผ่านการอบรม\n๒) ร้อยละของผู้พอใจ", "คน\nร้อยละ", "๖๐\n๘๐"],
            ],
        ],
        {"indicators": [*COUNTED, {"name": "ร้อยละของผู้พอใจ", "unit": "ร้อยละ", "target": "๘๐"}]},
    ),
    "an indicator whose name and target are broken over lines": (
        "indicators",
        [
            "๙. ตัวชี้วัด|",
            [["ตัวชี้วัด", "หน่วยนับ", "ค่าเป้าหมาย"], ["จำนวนผู้ผ่าน\nการอบรม", "คน", "ไม่น้อยกว่า\n๖๐"]],
        ],
        {"indicators": [{"name": "จำนวนผู้ผ่าน การอบรม", "unit": "คน", "target": "ไม่น้อยกว่า ๖๐"}]},
    ),
    "months by their numbers": (
        "activities",
        ["๑๐. แผน|", marked(NUMBERS, {"เตรียมการ": "11", "จัดอบรม": "12 1"})],
        {"activities": ACTS},
    ),
    "a chart in two halves": (
        "activities",
        ["๑๐. แผนการดำเนินงาน|", marked([*MONTHS[:3]], GANTT), "", marked([*MONTHS[3:]], GANTT)],
        {"activities": ACTS},
    ),
    "months in the cells of quarters": (
        "activities",
        [
            "๑๐. แผนการดำเนินงาน|",
            [["กิจกรรม", *PLAN[0]], ["เตรียมการ", "พ.ย.", "", "", ""], ["จัดอบรม", "ธ.ค.", "ม.ค.", "", ""]],
        ],
        {"activities": ACTS},
    ),
    "phases over activities": (
        "activities",
        [
            "๑๐. วิธีดำเนินการ|",
            "ขั้นเตรียมการ",
            "- เตรียมการ (พ.ย. ๒๕๖๙)",
            "ขั้นดำเนินการ",
            "- จัดอบรม (ธ.ค. ๒๕๖๙ - ม.ค. ๒๕๗๐)",
        ],
        {"activities": ACTS},
    ),
    "months in front": (
        "activities",
        ["๑๐. ขั้นตอนการดำเนินงาน|", "พฤศจิกายน ๒๕๖๙ : เตรียมการ", "ธันวาคม ๒๕๖๙ - มกราคม ๒๕๗๐ : จัดอบรม"],
        {"activities": ACTS},
    ),
    "counted days": (
        "period",
        ["๑๑. ระยะเวลา|จำนวน ๑๘๑ วัน นับตั้งแต่วันที่ ๑ พ.ย. ๒๕๖๙ จนถึงวันที่ ๓๐ เม.ย. ๒๕๗๐"],
        PERIOD,
    ),
    "dotted days": (
        "period",
        ["๑๑. ระยะเวลา|เริ่มวันที่.....๑ พ.ย. ๒๕๖๙..... สิ้นสุดวันที่ .....๓๐ เม.ย. ๒๕๗๐....."],
        PERIOD,
    ),
    "costs in a sentence": (
        "budget",
        ["๑๓. งบประมาณ|๙๖,๐๐๐ บาท ประกอบด้วย ค่าวิทยากร ๘๐,๐๐๐ บาท และค่าเอกสาร ๑๖,๐๐๐ บาท"],
        {"budget.lines.0.item": "ค่าวิทยากร", "budget.lines.1.amount": "16000.00"},
    ),
    "costs over two lines": (
        "budget",
        [
            "๑๓. งบประมาณ|๙๖,๐๐๐ บาท",
            "๑) ค่าวิทยากร",
            "๒ คน x ๔๐,๐๐๐ บาท เป็นเงิน ๘๐,๐๐๐ บาท",
            "๒) ค่าวัสดุและเอกสาร",
            "เป็นเงิน ๑๖,๐๐๐ บาท",
        ],
        {"budget.lines": COST_LINES},
    ),
    "sums of sums": (
        "budget",
        [
            "๑๓. งบประมาณ|๙๖,๐๐๐ บาท",
            [
                ["รายการ", "จำนวนเงิน"],
                ["งบเงินอุดหนุน", "๙๖,๐๐๐"],
                ["ค่าวัสดุ", "๙๖,๐๐๐"],
                ["๑. ค่าเอกสาร", "๙๖,๐๐๐"],
            ],
        ],
        {"budget.lines": [{"category": "ค่าวัสดุ", "item": "ค่าเอกสาร", "amount": "96000.00"}]},
    ),
    "shares above the plan": (
        "plan",
        ["๑๔. แผนการใช้จ่ายงบประมาณ|", [["", *PLAN[0]], ["ร้อยละ", "๐", "๘๓", "๑๗", "๐"], ["บาท", *PLAN[1]]]],
        {"budget.quarters": QUARTERS},
    ),
    "an electronic signature": (
        "approvals",
        ["ลงนามอิเล็กทรอนิกส์โดย นายธนากร วงศ์ทอง", "ผู้เสนอโครงการ", "เมื่อ ๑๑ พ.ค. ๒๕๖๙ เวลา ๑๐.๓๐ น."],
        {"approvals": SIGNED},
    ),
    "a role behind the name": (
        "approvals",
        ["ลงชื่อ..........................", "(นายธนากร วงศ์ทอง) ผู้เสนอโครงการ", "๑๑/๐๕/๖๙"],
        {"approvals": SIGNED},
    ),
    "signatures stated": (
        "approvals",
        ["๑๗. การลงนาม|", "ผู้เสนอโครงการ : นายธนากร วงศ์ทอง วันที่ ๑๑ พ.ค. ๒๕๖๙"],
        {"approvals": SIGNED},
    ),
    "a table of signatures": (
        "approvals",
        [
            [
                ["ผู้เสนอโครงการ", "ผู้เห็นชอบโครงการ"],
                ["................", "................"],
                ["(นายธนากร วงศ์ทอง)", "(นายประสิทธิ์ มั่นคง)"],
                ["วันที่ ๑๑ พ.ค. ๒๕๖๙", "วันที่ ๑๓ พ.ค. ๒๕๖๙"],
            ]
        ],
        {"approvals.0": SIGNED[0], "approvals.1.date": "2026-05-13"},
    ),
}


def typed(path: Path, items: list[Item], *, framed: bool = False) -> Document:
    """A Word file of paragraphs and tables, opened; within the only cell of a table where `framed`."""
    document = docx.Document()
    body = document.add_table(rows=1, cols=1).cell(0, 0) if framed else document
    for item in items:
        if isinstance(item, str):
            label, bar, rest = item.partition("|")
            paragraph = body.add_paragraph()
            paragraph.add_run(f"{label} " if bar else "").bold = True
            paragraph.add_run(rest if bar else label)
            continue
        table = body.add_table(rows=len(item), cols=len(item[0]))
        for row, texts in zip(table.rows, item, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.save(str(path))
    content = open_file(path)
    assert isinstance(content, Document)
    return content


def at(record: Any, path: str) -> Any:
    """The value at a dotted path of a record."""
    for name in path.split("."):
        record = record[int(name)] if name.isdigit() and isinstance(record, list) else record[name]
    return record


@pytest.mark.parametrize("guise", ["plain", *GUISES])
def test_a_field_is_read_in_every_guise(tmp_path: Path, guise: str) -> None:
    section, items, expected = GUISES.get(
        guise, ("title", FORM["title"], {"objectives": AIMS, "activities": ACTS})
    )
    sections = {**FORM, section: items}
    reading = read_document(typed(tmp_path / "form.docx", [*chain(*sections.values())]), CATALOGUE, KNOWN)
    record = to_json(reading.record)
    assert {path: at(record, path) for path in expected} == expected
    assert [finding for finding in reading.findings if finding.rule == "value-unreadable"] == []
    assert Decimal(record["budget"]["total"]) == 96000
    assert record["evaluation"] == "ทดสอบก่อนและหลังการอบรม"


def test_a_table_of_one_cell_around_a_form_is_only_its_frame(tmp_path: Path) -> None:
    items = [*chain(*FORM.values())]
    plain = read_document(typed(tmp_path / "plain.docx", items), CATALOGUE, KNOWN)
    framed = read_document(typed(tmp_path / "framed.docx", items, framed=True), CATALOGUE, KNOWN)
    assert framed.record == plain.record


@pytest.mark.parametrize("mark", ["• {}: {}", "{} = {}", "{}\t{}"])
def test_labels_are_told_by_whatever_parts_them_from_values(tmp_path: Path, mark: str) -> None:
    stated = {
        "ชื่อโครงการ": "โครงการอบรม",
        "หลักการและเหตุผล": "ขาดทักษะ",
        "วัตถุประสงค์": AIMS[0],
        "กลุ่มเป้าหมาย": "ข้าราชการ",
        "สถานที่": "อาคารรัฐสภา",
        "การประเมินผล": "แบบทดสอบ",
    }
    lines: list[Item] = ["แบบเสนอโครงการ", *(mark.format(label, value) for label, value in stated.items())]
    record = to_json(read_document(typed(tmp_path / "form.docx", lines), CATALOGUE, KNOWN).record)
    read = [
        record[name] for name in ("name", "rationale", "objectives", "target_group", "place", "evaluation")
    ]
    assert read == [value if label != "วัตถุประสงค์" else [value] for label, value in stated.items()]
