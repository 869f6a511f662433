"""Excel reports as bureaus really send them: each test is one way of departing from the printed form."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from automation.errors import AmbiguousForm, UnknownForm
from automation.model import IndicatorResult, Pace, Round, RoundKind, Stage, Strength
from tests.forms.excel_forms import (
    ADVICE,
    HEADINGS,
    LAW,
    TITLE,
    ReportSheet,
    progress,
    read,
    report,
    rules,
    unread,
)

MANUAL = IndicatorResult(name="จำนวนคู่มือ", unit="เล่ม", target="4", result="2", percent=Decimal("50.00"))


def two_projects(page: ReportSheet) -> None:
    page.add(LAW, ADVICE)


def test_a_plain_report_is_read_with_places(tmp_path: Path) -> None:
    reading = read(report(two_projects), tmp_path)
    record = progress(reading)
    assert (record.fiscal_year, record.bureau) == (2570, "สำนักกฎหมาย")
    assert record.round == Round(kind=RoundKind.QUARTER, number=2)
    first = record.rows[0]
    assert first.indicators == (MANUAL,)
    assert (first.stage, first.pace) == (Stage.ONGOING, Pace.ON_PLAN)
    assert (first.start, first.end) == (dt.date(2026, 10, 4), None)
    assert (first.allocated, first.spent, first.remaining) == (
        Decimal("240000.00"),
        Decimal("100000.00"),
        Decimal("140000.00"),
    )
    assert (first.committed, first.problems) == (None, "ไม่มี")
    assert [row.code for row in record.rows] == ["70-กม-01", "70-กม-02"]
    evidence = reading.evidence["rows.1.spent"]
    assert (evidence.by, evidence.where, evidence.ref) == (Strength.ANCHOR, "รายงานผล!P8", "รายงานผล!P8")
    assert rules(reading) == []
    assert unread(reading) == {}


def test_headings_may_stand_low_in_another_order_and_three_rows_deep(tmp_path: Path) -> None:
    deeper = [
        (name, f"ผลการปฏิบัติงาน>{text}" if text.startswith("ผลการดำเนินงานตามตัวชี้วัด") else text)
        for name, text in reversed(HEADINGS)
        if name != "seq"
    ]
    reading = read(report(two_projects, headings=deeper, top=12), tmp_path)
    record = progress(reading)
    assert record.rows[0].indicators == (MANUAL,)
    assert record.rows[0].spent == Decimal("100000.00")
    assert [row.suggestions for row in record.rows] == ["ไม่มี", "ไม่มี"]
    assert rules(reading) == []


def test_one_row_of_headings_in_other_words(tmp_path: Path) -> None:
    flat = (
        ("name", "งาน/โครงการ"),
        ("code", "รหัส"),
        ("allocated", "งบประมาณที่ได้รับจัดสรร (บาท)"),
        ("spent", "ผลการเบิกจ่ายสะสมตั้งแต่ต้นปี"),
        ("spent_percent", "คิดเป็นร้อยละ"),
        ("progress", "ความก้าวหน้าโครงการ (%)"),
        ("stage", "สถานะโครงการ"),
        ("problems", "ปัญหาและอุปสรรค"),
    )
    reading = read(report(two_projects, headings=flat, top=4), tmp_path)
    row = progress(reading).rows[0]
    assert (row.code, row.name, row.stage) == ("70-กม-01", "โครงการจัดทำคู่มือ", Stage.ONGOING)
    assert (row.allocated, row.spent, row.spent_percent) == (
        Decimal("240000.00"),
        Decimal("100000.00"),
        Decimal("41.67"),
    )
    assert reading.evidence["rows.0.spent"].by is Strength.LABEL
    assert {rule for severity, rule, _ in rules(reading) if severity == "error"} == set()


def test_unknown_columns_are_reported_not_lost(tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        page.add({**LAW, "extra": "ฝากติดตาม", "more": 12.5}, ADVICE)

    headings = (*HEADINGS[:3], ("extra", "ข้อสั่งการ"), *HEADINGS[3:], ("more", "คะแนน"))
    reading = read(report(fill, headings=headings), tmp_path)
    assert unread(reading) == {
        "รายงานผล!D5": "ข้อสั่งการ",
        "รายงานผล!W5": "คะแนน",
        "รายงานผล!D7": "ฝากติดตาม",
        "รายงานผล!W7": "12.5",
    }
    assert progress(reading).rows[0].indicators == (MANUAL,)


def test_bands_totals_and_repeated_headings_are_no_projects(tmp_path: Path) -> None:
    """A total that is the sum of its rows needs no mention; one that is not is told of and listed."""

    def fill(page: ReportSheet) -> None:
        page.add([f"({number})" for number in range(1, 22)])
        band = page.add("ประเด็นยุทธศาสตร์ที่ ๑")
        page.merge(band, 1, band, 21)
        page.add(LAW, {"seq": "รวม", "allocated": 240000, "spent": 100000})
        page.write_headings([text.split(">") for _, text in HEADINGS], page.next)
        page.next += 2
        page.add({"name": "งานประจำ"}, ADVICE, {"name": "รวมทั้งสิ้น (๒ โครงการ)", "allocated": 481000})
        page.add(None, {"summary": "ลงชื่อ ........... ผู้รายงาน"}, {"summary": "(นายสมมุติ เที่ยงธรรม)"})

    reading = read(report(fill), tmp_path)
    record = progress(reading)
    assert [row.code for row in record.rows] == ["70-กม-01", "70-กม-02"]
    assert [row.allocated for row in record.rows] == [Decimal("240000.00")] * 2
    assert record.reporter == "นายสมมุติ เที่ยงธรรม"
    assert rules(reading) == [("warning", "budget-total-mismatch", "รายงานผล!N15")]
    assert unread(reading) == {
        "รายงานผล!A8": "ประเด็นยุทธศาสตร์ที่ ๑",
        "รายงานผล!C13": "งานประจำ",
        "รายงานผล!C15": "รวมทั้งสิ้น (๒ โครงการ) | 481000",
    }


def test_a_project_whose_name_begins_like_a_total_is_a_project(tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        page.add({**LAW, "name": "รวมพลังเยาวชนเพื่อประชาธิปไตย"}, {**ADVICE, "name": "โครงการรวมกฎหมาย"})

    names = [row.name for row in progress(read(report(fill), tmp_path)).rows]
    assert names == ["รวมพลังเยาวชนเพื่อประชาธิปไตย", "โครงการรวมกฎหมาย"]


@pytest.mark.parametrize("way", ["empty", "merged", "repeated", "only the code repeated"])
def test_several_indicators_of_one_project(way: str, tmp_path: Path) -> None:
    second = {"indicator": "ร้อยละความพึงพอใจ", "unit": "ร้อยละ", "target": 80, "result": 90, "percent": 112.5}

    def fill(page: ReportSheet) -> None:
        row = page.add(LAW, second, ADVICE)
        if way == "merged":
            for name in page.columns:
                if name not in second:
                    col = page.columns[name]
                    page.merge(row, col, row + 1, col)
        if way == "repeated":
            for name, value in LAW.items():
                if name not in second:
                    page.set(name, row + 1, value)
        if way == "only the code repeated":
            page.set("code", row + 1, LAW["code"])

    reading = read(report(fill), tmp_path)
    record = progress(reading)
    assert [row.code for row in record.rows] == ["70-กม-01", "70-กม-02"]
    assert record.rows[0].indicators == (
        MANUAL,
        IndicatorResult(
            name="ร้อยละความพึงพอใจ", unit="ร้อยละ", target="80", result="90", percent=Decimal("112.50")
        ),
    )
    assert record.rows[0].allocated == Decimal("240000.00")
    assert record.rows[0].summary == LAW["summary"]
    assert rules(reading) == []


def test_the_same_project_twice_stays_two_rows_for_the_check_to_find(tmp_path: Path) -> None:
    reading = read(report(lambda page: page.add(LAW, {**LAW, "spent": 90000}) and None), tmp_path)
    assert [row.spent for row in progress(reading).rows] == [Decimal("100000.00"), Decimal("90000.00")]


def test_repeated_project_cells_that_contradict_are_reported(tmp_path: Path) -> None:
    other = {**LAW, "indicator": "ร้อยละความพึงพอใจ", "spent": 90000}
    reading = read(report(lambda page: page.add(LAW, other) and None), tmp_path)
    (row,) = progress(reading).rows
    assert (row.spent, len(row.indicators)) == (Decimal("100000.00"), 2)
    assert rules(reading) == [("warning", "value-unreadable", "รายงานผล!P8")]


def test_only_the_data_sheet_is_read_and_the_others_are_listed(tmp_path: Path) -> None:
    book = Workbook()
    guide = book.active
    assert guide is not None
    guide.title = "คำอธิบาย"
    guide["A1"] = "วิธีกรอก: กรอกทุกช่อง"
    ReportSheet(book.create_sheet("ตัวอย่างการกรอก")).add({**LAW, "code": "70-XX-99"})
    ReportSheet(book.create_sheet("ข้อมูล")).add(LAW, ADVICE)
    ReportSheet(book.create_sheet("Sheet3"))
    summary = book.create_sheet("สรุป")
    summary.append(["สำนัก", "จำนวนโครงการ", "เบิกจ่ายจริง"])
    reading = read(book, tmp_path)
    assert [row.code for row in progress(reading).rows] == ["70-กม-01", "70-กม-02"]
    left = unread(reading)
    assert left["คำอธิบาย!A1"] == "วิธีกรอก: กรอกทุกช่อง"
    assert "70-XX-99" in left["ตัวอย่างการกรอก!A7"]
    assert left["สรุป!A1"] == "สำนัก | จำนวนโครงการ | เบิกจ่ายจริง"


def test_hidden_rows_columns_and_sheets_are_not_data(tmp_path: Path) -> None:
    book = report()
    page = ReportSheet(book["รายงานผล"])
    page.add(LAW, {**ADVICE, "code": "70-กม-99"}, ADVICE)
    page.sheet.row_dimensions[8].hidden = True
    page.sheet.column_dimensions["U"].hidden = True
    ReportSheet(book.create_sheet("เก่า"), title=("ไตรมาสที่ 1",)).add({**LAW, "code": "69-กม-01"})
    book["เก่า"].sheet_state = "hidden"
    reading = read(book, tmp_path)
    record = progress(reading)
    assert [row.code for row in record.rows] == ["70-กม-01", "70-กม-02"]
    assert [row.suggestions for row in record.rows] == [None, None]
    assert record.round == Round(kind=RoundKind.QUARTER, number=2)
    hidden = [ref for _, rule, ref in rules(reading) if rule == "hidden-content"]
    assert {ref.split("!")[0] for ref in hidden} == {"รายงานผล", "เก่า"}
    assert "70-กม-99" in unread(reading)["รายงานผล!B8"]
    assert any("69-กม-01" in text for text in unread(reading).values())


def test_numbers_as_people_type_them(tmp_path: Path) -> None:
    typed = {
        **LAW,
        "allocated": "๑,๒๐๐.๕๐",
        "spent_round": "1,200 บาท",
        "spent": "-",
        "remaining": "ไม่ใช้งบประมาณ",
        "progress": "๘๕%",
        "percent": "ร้อยละ ๘๕.๕",
        "target": "๔๐",
        "result": "-",
    }

    def fill(page: ReportSheet) -> None:
        row = page.add(typed, {**ADVICE, "allocated": None, "remaining": None, "spent_percent": "-"})
        page.set("spent_percent", row, 0.85, "0.00%")

    reading = read(report(fill), tmp_path)
    first, second = progress(reading).rows
    assert (first.allocated, first.spent_round, first.spent, first.remaining) == (
        Decimal("1200.50"),
        Decimal("1200.00"),
        Decimal("0.00"),
        Decimal("0.00"),
    )
    assert (first.progress, first.spent_percent) == (Decimal("85.00"), Decimal("85.00"))
    assert (first.indicators[0].target, first.indicators[0].result) == ("๔๐", None)
    assert first.indicators[0].percent == Decimal("85.50")
    assert (second.allocated, second.remaining, second.spent_percent) == (Decimal("0.00"), None, None)
    assert rules(reading) == []


@pytest.mark.parametrize(("unit", "factor"), [("ล้านบาท", 1_000_000), ("พันบาท", 1_000), ("บาท", 1)])
@pytest.mark.parametrize("where", ["group heading", "title"])
def test_units_of_money_are_multiplied_out(unit: str, factor: int, where: str, tmp_path: Path) -> None:
    group = f"งบประมาณ ({unit})" if where == "group heading" else "งบประมาณ"
    headings = tuple((name, text.replace("งบประมาณ (บาท)", group)) for name, text in HEADINGS)
    title = TITLE if where == "group heading" else (*TITLE, f"หน่วย : {unit}")
    rows = {**LAW, "allocated": 1.25, "spent": "0.5", "spent_round": "300 บาท"}
    reading = read(report(lambda page: page.add(rows) and None, headings=headings, title=title), tmp_path)
    (row,) = progress(reading).rows
    assert row.allocated == Decimal("1.25") * factor
    assert row.spent == Decimal("0.5") * factor
    assert row.spent_round == Decimal("300.00")


def test_percentages_as_fractions_are_told_by_their_quotient(tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        page.add({**LAW, "spent_percent": 0.4167}, {**ADVICE, "spent_percent": 0.4167})

    assert [row.spent_percent for row in progress(read(report(fill), tmp_path)).rows] == [
        Decimal("41.67")
    ] * 2


def test_progress_as_a_fraction_is_read_and_asked_back(tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        page.add({**LAW, "progress": 0.85}, {**ADVICE, "progress": 1})

    reading = read(report(fill), tmp_path)
    assert [row.progress for row in progress(reading).rows] == [Decimal("85.00"), Decimal("100.00")]
    assert rules(reading) == [
        ("warning", "value-unreadable", "รายงานผล!M7"),
        ("warning", "value-unreadable", "รายงานผล!M8"),
    ]


def test_a_true_half_percent_stays_half_a_percent(tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        page.add({**LAW, "spent": 1200, "spent_percent": 0.5})

    assert progress(read(report(fill), tmp_path)).rows[0].spent_percent == Decimal("0.50")


def test_dates_in_every_guise(tmp_path: Path) -> None:
    """A year of the Buddhist era in a date cell is doubtful where the column holds years of both eras."""
    guises = [
        ("๔ ตุลาคม ๒๕๖๙", dt.date(2026, 10, 4), None),
        (dt.datetime(2026, 10, 4), dt.date(2026, 10, 4), None),
        (dt.datetime(2569, 10, 4), dt.date(2026, 10, 4), "note"),
        (dt.datetime(1969, 10, 4), dt.date(2026, 10, 4), "warning"),
        ("04/10/2569", dt.date(2026, 10, 4), None),
        (dt.datetime(1967, 10, 4), dt.date(2024, 10, 4), "warning"),
        (dt.datetime(1955, 10, 4), None, "error"),
        ("เมื่อเร็ว ๆ นี้", None, "error"),
    ]

    def fill(page: ReportSheet) -> None:
        for number, (value, _, _) in enumerate(guises, start=1):
            row = page.add({**LAW, "seq": number, "code": f"70-กม-{number:02d}", "name": f"งาน {number}"})
            page.set("start", row, value, "d mmm yyyy" if isinstance(value, dt.datetime) else "General")

    reading = read(report(fill), tmp_path)
    expected = [None if severity == "error" else day for _, day, severity in guises]
    assert [row.start for row in progress(reading).rows] == expected
    told = {finding.ref: (str(finding.severity), finding.rule) for finding in reading.findings}
    assert told == {
        "รายงานผล!I9": ("warning", "date-year-doubtful"),
        "รายงานผล!I10": ("warning", "date-year-doubtful"),
        "รายงานผล!I12": ("warning", "date-year-doubtful"),
        "รายงานผล!I13": ("error", "date-year-doubtful"),
        "รายงานผล!I14": ("error", "value-unreadable"),
    }


def test_start_and_end_in_one_column(tmp_path: Path) -> None:
    headings = tuple(
        ("period", "ระยะเวลาดำเนินการจริง") if name == "start" else (name, text)
        for name, text in HEADINGS
        if name != "end"
    )
    rows = {**LAW, "period": "๑ พ.ย. ๒๕๖๙ - ๓๑ มี.ค. ๒๕๗๐"}
    reading = read(report(lambda page: page.add(rows) and None, headings=headings), tmp_path)
    (row,) = progress(reading).rows
    assert (row.start, row.end) == (dt.date(2026, 11, 1), dt.date(2027, 3, 31))


def test_formulas_without_result_and_cell_errors_send_the_file_back(tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        row = page.add(LAW)
        page.set("remaining", row, "=N7-P7")
        page.set("spent", row, "#REF!")
        page.sheet[page.at("spent", row)].data_type = "e"

    reading = read(report(fill), tmp_path)
    (row,) = progress(reading).rows
    assert (row.spent, row.remaining) == (None, None)
    assert sorted(rules(reading)) == [
        ("error", "cell-error", "รายงานผล!P7"),
        ("error", "formula-uncached", "รายงานผล!Q7"),
    ]
    assert {finding.field for finding in reading.findings} == {"rows.0.spent", "rows.0.remaining"}


@pytest.mark.parametrize(
    ("stage", "pace", "expected"),
    [
        ("ดำเนินการแล้วเสร็จ", None, (Stage.DONE, None)),
        ("เรียบร้อยแล้ว", "ล่าช้า", (Stage.DONE, Pace.LATE)),
        ("อยู่ระหว่างดำเนินการ (ไม่เป็นไปตามแผน)", None, (Stage.ONGOING, Pace.LATE)),
        ("กำลังดำเนินการ (เป็นไปตามแผน)", "เป็นไปตามแผนแต่ควรติดตามเป็นพิเศษ", (Stage.ONGOING, Pace.WATCH)),
        ("ไม่ได้ดำเนินการ", None, (Stage.NOT_STARTED, None)),
        ("ยังไม่เริ่มดำเนินการ", "-", (Stage.NOT_STARTED, None)),
        ("ขอเลื่อนดำเนินการ", None, (Stage.POSTPONED, None)),
        ("ยกเลิกกิจกรรม", None, (Stage.CANCELLED, None)),
        ("ยังไม่แล้วเสร็จ", None, (Stage.ONGOING, None)),
        ("☐ แล้วเสร็จ ☑ กำลังดำเนินการ ☐ ยกเลิก", None, (Stage.ONGOING, None)),
    ],
)
def test_words_of_stage_and_pace(
    stage: str, pace: str | None, expected: tuple[Stage, Pace | None], tmp_path: Path
) -> None:
    rows = {**LAW, "stage": stage, "pace": pace}
    (row,) = progress(read(report(lambda page: page.add(rows) and None), tmp_path)).rows
    assert (row.stage, row.pace) == expected


@pytest.mark.parametrize("word", ["ดีมาก", "แล้วเสร็จ หรือ ยกเลิก", "ล่าช้า"])
def test_a_status_that_names_no_stage_is_asked_back(word: str, tmp_path: Path) -> None:
    reading = read(report(lambda page: page.add({**LAW, "stage": word}) and None), tmp_path)
    assert progress(reading).rows[0].stage is None
    assert rules(reading) == [("error", "value-unreadable", "รายงานผล!K7")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ประจำเดือน มกราคม ๒๕๗๐", Round(kind=RoundKind.MONTH, number=1)),
        ("ไตรมาส ๔", Round(kind=RoundKind.QUARTER, number=4)),
        ("รอบ ๖ เดือน (ตุลาคม ๒๕๖๙ - มีนาคม ๒๕๗๐)", Round(kind=RoundKind.HALF, number=1)),
        ("รอบ ๖ เดือนหลัง (เม.ย. - ก.ย. ๒๕๗๐)", Round(kind=RoundKind.HALF, number=2)),
        ("รอบ 6 เดือน (เมษายน - กันยายน 2570)", Round(kind=RoundKind.HALF, number=2)),
        ("รอบ ๙ เดือน", Round(kind=RoundKind.NINE_MONTHS)),
        ("รอบ ๑๒ เดือน (ตุลาคม ๒๕๖๙ - กันยายน ๒๕๗๐)", Round(kind=RoundKind.YEAR)),
        ("รอบ ๓ เดือน (มกราคม - มีนาคม ๒๕๗๐)", Round(kind=RoundKind.QUARTER, number=2)),
        ("☐ ไตรมาส ๑ ☐ ไตรมาส ๒ ☑ ไตรมาส ๓ ☐ ไตรมาส ๔", Round(kind=RoundKind.QUARTER, number=3)),
    ],
)
def test_rounds(line: str, expected: Round, tmp_path: Path) -> None:
    title = (TITLE[0], line, TITLE[2])
    assert progress(read(report(two_projects, title=title), tmp_path)).round == expected


def test_labels_scattered_over_cells(tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        sheet = page.sheet
        sheet["B1"], sheet["D1"] = "ปีงบประมาณ", "พ.ศ. ๒๕๗๐"
        sheet["H2"], sheet["J2"] = "หน่วยงาน :", "กม."
        sheet["B3"] = "ผู้รายงาน : นายสมมุติ เที่ยงธรรม ตำแหน่ง นิติกร โทร. 0 2000 0901"
        sheet["P3"] = "ไตรมาสที่ 1"
        page.add(LAW)

    reading = read(report(fill, title=()), tmp_path)
    record = progress(reading)
    assert (record.fiscal_year, record.bureau, record.reporter) == (
        2570,
        "สำนักกฎหมาย",
        "นายสมมุติ เที่ยงธรรม",
    )
    assert record.round == Round(kind=RoundKind.QUARTER, number=1)


def test_a_result_row_below_its_project(tmp_path: Path) -> None:
    headings = [pair for pair in HEADINGS if pair[0] != "summary"]

    def fill(page: ReportSheet) -> None:
        page.add(LAW, {"name": "ผล: จัดพิมพ์แล้ว ๒ เล่ม"}, ADVICE)

    reading = read(report(fill, headings=headings), tmp_path)
    assert [row.summary for row in progress(reading).rows] == ["จัดพิมพ์แล้ว ๒ เล่ม", None]
    assert reading.evidence["rows.0.summary"].ref == "รายงานผล!C8"


def test_a_merge_over_two_projects_shares_words_but_not_money(tmp_path: Path) -> None:
    def fill(page: ReportSheet) -> None:
        row = page.add(LAW, {**ADVICE, "problems": None, "allocated": None})
        for name in ("problems", "allocated"):
            page.merge(row, page.columns[name], row + 1, page.columns[name])

    first, second = progress(read(report(fill), tmp_path)).rows
    assert (first.problems, second.problems) == ("ไม่มี", "ไม่มี")
    assert (first.allocated, second.allocated) == (Decimal("240000.00"), None)


def test_a_missing_heading_is_named(tmp_path: Path) -> None:
    headings = tuple(
        (name, {"allocated": "วงเวียน", "remaining": "วงกลม"}.get(name, text))
        for name, text in HEADINGS
        if name != "problems"
    )
    reading = read(report(two_projects, headings=headings), tmp_path)
    told = [(str(f.severity), f.rule, f.field) for f in reading.findings]
    assert told == [
        ("error", "required-missing", "rows.allocated"),
        ("note", "required-missing", "rows.problems"),
    ]
    assert "«ได้รับจัดสรร»" in reading.findings[0].message
    assert "«วงเวียน»" in reading.findings[0].message


def test_a_report_without_any_project_column_says_which_headings_were_looked_for(tmp_path: Path) -> None:
    headings = [pair for pair in HEADINGS if pair[0] not in ("code", "name", "seq")]
    book = report(lambda page: page.add(LAW) and None, headings=headings)
    with pytest.raises(UnknownForm, match="«ชื่อโครงการ/งานประจำ»"):
        read(book, tmp_path)


def test_a_title_without_a_table_and_a_strange_workbook_are_unknown(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "รายการสิ่งของ"
    with pytest.raises(UnknownForm, match="ไม่พบตารางของแบบฟอร์มที่รู้จัก"):
        read(book, tmp_path)
    sheet["A1"] = TITLE[0]
    with pytest.raises(UnknownForm, match="«สถานะ»"):
        read(book, tmp_path)


def test_two_forms_or_two_rounds_in_one_file_are_ambiguous(tmp_path: Path) -> None:
    book = report(two_projects)
    other = book.create_sheet("จัดสรร")
    other.append(["ลำดับ", "รหัสโครงการ", "โครงการ/งานประจำ", "สำนัก", "คำขอ (บาท)", "ได้รับจัดสรร (บาท)"])
    other.append([1, "70-กม-01", "โครงการจัดทำคู่มือ", "สำนักกฎหมาย", 300000, 240000])
    with pytest.raises(AmbiguousForm, match="จัดสรร"):
        read(book, tmp_path)
    del book["จัดสรร"]
    ReportSheet(book.create_sheet("Q1"), title=(TITLE[0], "ไตรมาสที่ ๑")).add(LAW | {"code": "70-กม-09"})
    with pytest.raises(AmbiguousForm, match="มากกว่าหนึ่งรอบ"):
        read(book, tmp_path)


def test_data_on_two_sheets_of_one_round_is_one_report(tmp_path: Path) -> None:
    book = report(lambda page: page.add(LAW) and None)
    ReportSheet(book.create_sheet("งานประจำ")).add(ADVICE)
    reading = read(book, tmp_path)
    assert [row.code for row in progress(reading).rows] == ["70-กม-01", "70-กม-02"]
    assert reading.evidence["rows.1.code"].ref == "งานประจำ!B7"
