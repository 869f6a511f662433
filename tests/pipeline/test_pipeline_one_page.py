"""A receipt of one page: what is left out is counted, and nothing is where no marked copy goes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from automation.office.fill import fill_document
from automation.office.pdf import convert
from automation.pipeline.one_page import fitted

MESSAGE = "70-วช-03 “โครงการสัมมนาทางวิชาการประจำปี” เบิกจ่ายสะสม ๓๓๕,๐๐๐ บาท เกินงบที่ได้รับจัดสรร โปรดตรวจสอบตัวเลข"


def _facts(findings: int, unread: int) -> dict[str, Any]:
    return {
        "office": "สำนักนโยบายและแผน",
        "number": "12",
        "received": "๒๕ พฤศจิกายน ๒๕๖๙ เวลา ๐๙.๐๐ นาฬิกา",
        "file": "รายงานผล.xlsx",
        "form": "แบบรายงานผลการดำเนินงาน",
        "outcome": "ขอให้แก้ไขตามรายการข้างล่าง",
        "returned": "2570/ส่งกลับ/สำนักวิชาการ/รายงานผล (ต้องแก้ไข).xlsx",
        "findings_title": "รายการที่ต้องแก้ไข",
        "sha256": "7ee81709b0f042854607acc610b48fd11be3ae3a37c2869c170f44f06f005bc8",
        "lines": [{"label": f"ช่องที่ {number}", "value": "ข้อมูลที่อ่านได้"} for number in range(8)],
        "findings": [
            {"severity": "ต้องแก้ไข", "where": f"รายงานผล!B{number}", "message": MESSAGE}
            for number in range(findings)
        ],
        "unread": [{"where": f"รายงานผล!C{number}", "text": "หมายเหตุของสำนัก"} for number in range(unread)],
    }


def test_what_fits_stays_as_it_is() -> None:
    assert fitted(_facts(2, 1), marked=True) == _facts(2, 1)


def test_the_weightiest_stay_and_the_others_are_counted() -> None:
    facts = fitted(_facts(14, 6), marked=True)
    shown = facts["findings"]
    assert shown[:-1] == _facts(14, 6)["findings"][: len(shown) - 1]
    assert 1 <= len(shown) - 1 < 14
    assert any(letter in shown[-1]["message"] for letter in "๑๒๓๔๕๖๗๘๙")
    assert "ดูในแฟ้มที่มีความเห็น" in shown[-1]["message"]
    assert "แห่ง" in facts["unread"][-1]["text"]


def test_without_a_marked_copy_no_finding_is_left_out() -> None:
    assert fitted(_facts(14, 6), marked=False)["findings"] == _facts(14, 6)["findings"]


@pytest.mark.libreoffice
def test_receipts_print_on_one_page(templates: Path, tmp_path: Path) -> None:
    receipts = []
    for findings, unread in ((0, 3), (3, 0), (14, 6), (60, 40)):
        receipts.append(tmp_path / f"receipt-{findings}.docx")
        facts = fitted(_facts(findings, unread), marked=True)
        fill_document(templates / "docx/receipt.docx", {"receipt": facts}, receipts[-1])
    made = convert(receipts, tmp_path / "pdf", finished=False)
    assert [len(PdfReader(file).pages) for file in made] == [1, 1, 1, 1]
