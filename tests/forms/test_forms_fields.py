"""Values out of the sentences that officers write."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from automation.forms.fields import aligned, code_of, is_filler, list_of, split_numbered, year_of
from automation.forms.fields_dates import date_of, period_of_text, times_of
from automation.forms.fields_lines import activities_of, history_of, indicators_of, split_unit
from automation.forms.fields_money import amount_of, category_of, cost_line, costs_of, money_of, plan_of
from automation.forms.fields_people import people_of
from automation.forms.fields_signatures import approvals_of
from automation.forms.fields_ticks import ticked_words, ticks_of
from automation.forms.knowledge import Bureau, Known
from automation.forms.structure import Line
from automation.model import Activity, Approval, BudgetLine, HistoryYear, Indicator, Person
from automation.office.blocks import Para, Place
from automation.thai.months import UnclearDate


def _lines(*texts: str) -> list[Line]:
    return [Line(text, Para(text=text, place=Place(label="", ref="")), 0) for text in texts]


@pytest.mark.parametrize(
    ("texts", "items"),
    [
        (("๗.๑ เพื่อหนึ่ง", "๗.๒ เพื่อสอง"), ("เพื่อหนึ่ง", "เพื่อสอง")),
        (("1) เพื่อหนึ่ง", "ต่อจากหนึ่ง", "2) เพื่อสอง"), ("เพื่อหนึ่ง ต่อจากหนึ่ง", "เพื่อสอง")),
        (("เพื่อหนึ่ง", "เพื่อสอง"), ("เพื่อหนึ่ง", "เพื่อสอง")),
        (("(1) เพื่อหนึ่ง (2) เพื่อสอง",), ("เพื่อหนึ่ง", "เพื่อสอง")),
        (("๗.๑ ..............", "ดังนี้", "-"), ()),
    ],
)
def test_lists(texts: tuple[str, ...], items: tuple[str, ...]) -> None:
    assert list_of(_lines(*texts)) == items


def test_figures_in_a_sentence_are_no_list() -> None:
    text = "ผลิตเอกสาร 12) เรื่อง และ 3) ชิ้น"
    assert split_numbered(text) == [text]


@pytest.mark.parametrize(
    ("text", "year"),
    [("ปีงบประมาณ พ.ศ. ๒๕๗๐", 2570), ("ปีงบประมาณ 70", 2570), ("ประจำปี 2571", 2571), ("เล่ม ๑๒", None)],
)
def test_years(text: str, year: int | None) -> None:
    assert year_of(text) == year


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("๗๐-ปส-๐๔", "70-ปส-04"),
        ("................ (สำหรับเจ้าหน้าที่)", None),
        ("-", None),
        ("70O1-10000", "70O1-10000"),
    ],
)
def test_codes(text: str, code: str | None) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ประเด็นยุทธศาสตร์ที่ ๑ ยกระดับ", "๑ ยกระดับ"),
        ("๑.๒ พัฒนา", "๑.๒ พัฒนา"),
        ("ที่ 3: ระบบข้อมูล", "3 ระบบข้อมูล"),
        ("ยกระดับงาน", "ยกระดับงาน"),
        (None, None),
    ],
)
def test_places_in_the_plan(text: str | None, value: str | None) -> None:
    assert aligned(text) == value


def test_what_only_leads_over_is_no_value() -> None:
    assert is_filler("โดยมีรายละเอียดดังนี้")
    assert is_filler("๗.๑ ............")
    assert not is_filler("ดังนี้เป็นต้น")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("๑๕ ตุลาคม ๒๕๖๙ – ๓๑ สิงหาคม ๒๕๗๐", dt.date(2026, 10, 15), dt.date(2027, 8, 31)),
        ("เริ่มต้น ๑ ม.ค. ๒๕๗๐ สิ้นสุด ๓๐ เม.ย. ๒๕๗๐", dt.date(2027, 1, 1), dt.date(2027, 4, 30)),
        ("๖ เดือน (ตั้งแต่เดือนพฤศจิกายน ๒๕๖๙ ถึงเดือนเมษายน ๒๕๗๐)", dt.date(2026, 11, 1), dt.date(2027, 4, 30)),
        ("1 ต.ค. 69 ถึง 30 ก.ย. 70 (12 เดือน)", dt.date(2026, 10, 1), dt.date(2027, 9, 30)),
    ],
)
def test_periods(text: str, start: dt.date, end: dt.date) -> None:
    assert period_of_text(text, 2570) == (start, end)


def test_a_day_in_a_sentence() -> None:
    assert date_of("ภายในวันที่ ๑๖ มกราคม ๒๕๖๙ ก่อนเที่ยง") == dt.date(2026, 1, 16)
    with pytest.raises(UnclearDate):
        date_of("ระหว่าง ๑ มกราคม ๒๕๖๙ หรือ ๒ มกราคม ๒๕๖๙")


def test_times() -> None:
    assert times_of("๐๙.๓๐ - ๑๒.๐๐ น.") == ("09:30", "12:00")
    assert times_of("๙ นาฬิกา") == ("09:00",)


@pytest.mark.parametrize(
    ("text", "total", "words", "source"),
    [
        (
            "เงินงบประมาณรายจ่ายประจำปี พ.ศ. ๒๕๗๐ จำนวน ๙๘๕,๐๐๐.- บาท (เก้าแสนแปดหมื่นบาทถ้วน)",
            "985000",
            "เก้าแสนแปดหมื่นบาทถ้วน",
            "เงินงบประมาณรายจ่ายประจำปี",
        ),
        ("5.45 ล้านบาท", "5450000", None, None),
        ("ปี 2569 ได้รับ 900,000 บาท ปี 2570 ขอรับจัดสรร 985,000 บาท", "985000", None, None),
        ("จำนวน 120 คน ๆ ละ 35 บาท รวมเป็นเงิน 4,200 บาท", "4200", None, None),
        (
            "๑๒๐,๐๐๐.๕๐ บาท (หนึ่งแสนสองหมื่นบาทห้าสิบสตางค์)",
            "120000.50",
            "หนึ่งแสนสองหมื่นบาทห้าสิบสตางค์",
            None,
        ),
        ("จากเงินกองทุนพัฒนา จำนวน 5 แสนบาท", "500000", None, "เงินกองทุนพัฒนา"),
        ("๑๕", None, None, None),
        ("ไม่ใช้งบประมาณ", "0", None, None),
        ("เงินงบประมาณรายจ่ายประจำปี พ.ศ. ๒๕๗๐", None, None, "เงินงบประมาณรายจ่ายประจำปี"),
    ],
)
def test_money_in_a_sentence(text: str, total: str | None, words: str | None, source: str | None) -> None:
    money = money_of(text)
    assert money.total == (Decimal(total) if total else None)
    assert (money.words, money.source) == (words, source)


def test_a_cell_that_is_no_amount_is_an_error() -> None:
    assert amount_of("-") == 0
    assert amount_of(" ") is None
    with pytest.raises(ValueError, match="รอ"):
        amount_of("รอพิจารณา")


def test_cost_lines_under_their_categories() -> None:
    texts = (
        "๑๔.๑ ค่าตอบแทน",
        "- ค่าล่าม จำนวน ๒ คน ๆ ละ ๑๕,๐๐๐ บาท\tเป็นเงิน\t๓๐,๐๐๐ บาท",
        "หมวดค่าใช้สอย รวม ๒๐,๐๐๐ บาท",
        "(1) ค่าที่พัก ........ ๒๐,๐๐๐ บาท",
        "ค่าวัสดุ = 5,000 บาท",
        "รวมเป็นเงินทั้งสิ้น ๕๕,๐๐๐ บาท",
    )
    lines = [line for text in texts if (line := cost_line(text))]
    assert costs_of(lines) == (
        BudgetLine(category="ค่าตอบแทน", item="ค่าล่าม จำนวน ๒ คน ๆ ละ ๑๕,๐๐๐ บาท", amount=Decimal(30000)),
        BudgetLine(category="ค่าใช้สอย", item="ค่าที่พัก", amount=Decimal(20000)),
        BudgetLine(category="ค่าวัสดุ", item="ค่าวัสดุ", amount=Decimal(5000)),
    )


def test_a_rate_is_no_amount() -> None:
    assert cost_line("ค่าอาหาร จำนวน ๑๒๐ คน ๆ ละ ๓๕ บาท") is None


def test_a_cost_line_names_its_own_category_in_brackets() -> None:
    texts = ["[ค่าใช้สอย] ค่าเช่ารถตู้ ๒ คัน\t=\t๔๓,๒๐๐ บาท", "[ค่าวัสดุ] ค่าหนังสือ\t=\t๑,๕๐๐ บาท"]
    assert costs_of([line for text in texts if (line := cost_line(text))]) == (
        BudgetLine(category="ค่าใช้สอย", item="ค่าเช่ารถตู้ ๒ คัน", amount=Decimal(43200)),
        BudgetLine(category="ค่าวัสดุ", item="ค่าหนังสือ", amount=Decimal(1500)),
    )
    assert category_of("ค่าวัสดุสำนักงาน") is None


def test_a_plan_in_words() -> None:
    assert plan_of(["ไตรมาสที่ ๑ จำนวน ๒๕,๐๐๐ บาท", "เดือนเมษายน 2570 จำนวน 210,000 บาท"]) == [
        ((10, 11, 12), Decimal(25000)),
        ((4,), Decimal(210000)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1) นางสาวตัวอย่าง เรียนดี ตำแหน่ง นักทรัพยากรบุคคลชำนาญการ\nโทร. ๐ ๒๐๐๐ ๐๑๔๒ e-mail: a@senate.example",
        "ชื่อ นางสาวตัวอย่าง  เรียนดี\nตำแหน่ง : นักทรัพยากรบุคคลชำนาญการ\n"
        "โทรศัพท์ : ๐ ๒๐๐๐ ๐๑๔๒   e-mail : a@senate.example",
        "นางสาวตัวอย่าง เรียนดี, นักทรัพยากรบุคคลชำนาญการ, โทร ๐ ๒๐๐๐ ๐๑๔๒, a@senate.example",
        "- นางสาวตัวอย่าง เรียนดี  นักทรัพยากรบุคคลชำนาญการ (กลุ่มงานฝึกอบรม)\n"
        "โทรศัพท์ ๐ ๒๐๐๐ ๐๑๔๒ อีเมล a@senate.example",
    ],
)
def test_an_officer_in_free_text(text: str) -> None:
    assert people_of(text.split("\n")) == (
        Person(
            name="นางสาวตัวอย่าง เรียนดี",
            position="นักทรัพยากรบุคคลชำนาญการ",
            phone="๐ ๒๐๐๐ ๐๑๔๒",
            email="a@senate.example",
        ),
    )


def test_two_officers_in_one_line_and_none() -> None:
    people = people_of(["นายหนึ่ง ใจดี นิติกร โทร. 1234; นางสอง ใจงาม นิติกร โทร. 5678"])
    assert [person.name for person in people] == ["นายหนึ่ง ใจดี", "นางสอง ใจงาม"]
    assert [person.phone for person in people] == ["1234", "5678"]
    assert people_of(["สำนักกฎหมาย"]) == ()


@pytest.mark.parametrize(
    "texts",
    [
        ("๙.๑ จำนวนการประชุม   หน่วยนับ ครั้ง   ค่าเป้าหมาย ไม่น้อยกว่า ๒",),
        ("1. จำนวนการประชุม ค่าเป้าหมาย ไม่น้อยกว่า ๒ (ครั้ง)",),
        ("จำนวนการประชุม", "หน่วยนับ : ครั้ง", "ค่าเป้าหมาย : ไม่น้อยกว่า ๒"),
        ("ตัวชี้วัดที่ 1 จำนวนการประชุม ไม่น้อยกว่า ๒ ครั้ง",),
    ],
)
def test_an_indicator_as_a_sentence(texts: tuple[str, ...]) -> None:
    assert indicators_of(texts) == (Indicator(name="จำนวนการประชุม", unit="ครั้ง", target="ไม่น้อยกว่า ๒"),)


@pytest.mark.parametrize(
    ("text", "target", "unit"),
    [
        ("ไม่น้อยกว่า ๒๐๐ (คน)", "ไม่น้อยกว่า ๒๐๐", "คน"),
        ("ร้อยละ ๘๐", "๘๐", "ร้อยละ"),
        ("ไม่น้อยกว่า ร้อยละ ๘๐", "ไม่น้อยกว่า ๘๐", "ร้อยละ"),
        ("๑๒ เรื่อง", "๑๒", "เรื่อง"),
        ("๕ ขึ้นไป", "๕ ขึ้นไป", None),
    ],
)
def test_a_target_with_its_unit(text: str, target: str, unit: str | None) -> None:
    assert split_unit(text) == (target, unit)


def test_activities_as_lines() -> None:
    assert activities_of(["๑. เตรียมการ (พ.ย. ๒๕๖๙ - ม.ค. ๒๕๗๐)", "๒) ประเมินผล ทุกเดือน", "๓. สรุป"]) == (
        Activity(name="เตรียมการ", months=(11, 12, 1)),
        Activity(name="ประเมินผล ทุกเดือน"),
        Activity(name="สรุป"),
    )


@pytest.mark.parametrize(
    ("text", "name", "target", "unit"),
    [
        ("จำนวนผู้เข้าอบรม 80 คน", "จำนวนผู้เข้าอบรม", "80", "คน"),
        ("ระดับความสำเร็จ : ระดับ 5", "ระดับความสำเร็จ", "ระดับ 5", None),
        ("ร้อยละความพึงพอใจ ไม่น้อยกว่าร้อยละ 80", "ร้อยละความพึงพอใจ", "ไม่น้อยกว่า 80", "ร้อยละ"),
        ("ผู้อบรมไม่น้อยกว่าร้อยละ 80 มีความรู้", "ผู้อบรมไม่น้อยกว่าร้อยละ 80 มีความรู้", None, None),
    ],
)
def test_an_indicator_without_labels(text: str, name: str, target: str | None, unit: str | None) -> None:
    assert indicators_of([text]) == (Indicator(name=name, unit=unit, target=target),)


def test_two_phones_and_a_title_of_two_words() -> None:
    (person,) = people_of(["ว่าที่ร้อยตรี สมมติ ใจดี นิติกร โทร 02-000-1111 ต่อ 12 มือถือ 081-000-0000"])
    assert person.name == "ว่าที่ร้อยตรี สมมติ ใจดี"
    assert person.position == "นิติกร"
    assert person.phone == "02-000-1111 ต่อ 12, 081-000-0000"


def test_a_past_year_as_a_sentence() -> None:
    text = "ปีงบประมาณ ๒๕๖๙ ขอรับจัดสรร ๑๐๐ บาท ได้รับจัดสรร ๙๐ บาท เบิกจ่าย ๘๐ บาท ผลการดำเนินงาน ครบตามแผน"
    assert history_of([text]) == (
        HistoryYear(
            fiscal_year=2569,
            requested=Decimal(100),
            allocated=Decimal(90),
            spent=Decimal(80),
            result="ครบตามแผน",
        ),
    )


@pytest.mark.parametrize("on", ["☑", "[✓]", "( / )", "[x]", "(/)", "■"])
def test_ticks_in_all_fashions(on: str) -> None:
    off = "☐" if on in "☑■" else on[0] + "  " + on[-1]
    assert [(tick.on, tick.words) for tick in ticks_of(f"{on} ใหม่   {off} ต่อเนื่อง")] == [
        (True, "ใหม่"),
        (False, "ต่อเนื่อง"),
    ]
    assert [tick.on for tick in ticks_of(f"ใหม่ {on}  ต่อเนื่อง {off}")] == [True, False]


def test_what_others_were_ticked() -> None:
    assert ticked_words("☑ TOR\n☐ ใบเสนอราคา\n☑ อื่น ๆ (ระบุ) แบบแปลน.....") == ("TOR", "แบบแปลน")
    assert ticked_words("กำหนดการ") is None


BLOCK = ("(นายหนึ่ง ใจดี)", "วันที่ ๘ ธันวาคม ๒๕๖๘")
SIGNED = Approval(role="ผู้เห็นชอบ", name="นายหนึ่ง ใจดี", date=dt.date(2025, 12, 8))


@pytest.mark.parametrize(
    "lines",
    [
        ("ลงชื่อ................ผู้เห็นชอบ", *BLOCK),
        ("ผู้เห็นชอบ", "ลงชื่อ................", *BLOCK),
        ("(ลงชื่อ)................", BLOCK[0], "ผู้เห็นชอบ", BLOCK[1]),
        ("เห็นชอบ", "ลงชื่อ นายหนึ่ง ใจดี ผู้เห็นชอบ", "(8 ธ.ค. 2568)"),
    ],
)
def test_a_signature_block(lines: tuple[str, ...]) -> None:
    assert approvals_of(lines) == (SIGNED,)


def test_blocks_side_by_side_and_unsigned() -> None:
    found = approvals_of(
        (
            "ลงชื่อ..........ผู้เสนอ\t\tลงชื่อ..........ผู้เห็นชอบ",
            "(นายสอง ใจงาม)\t\t(..............)",
            "2 ธ.ค. 2568\t\t..../..../....",
        )
    )
    assert found == (
        Approval(role="ผู้เสนอ", name="นายสอง ใจงาม", date=dt.date(2025, 12, 2)),
        Approval(role="ผู้เห็นชอบ"),
    )


def test_bureaus_and_groups_in_a_text() -> None:
    known = Known((Bureau(name="สำนักนโยบายและแผน", short="สนผ."), Bureau(name="สำนักกฎหมาย")))
    assert known.bureau_in("กลุ่มงานแผน สำนักนโยบายและแผน สำนักงานเลขาธิการวุฒิสภา") == "สำนักนโยบายและแผน"
    assert known.bureau_in("สนผ.") == "สำนักนโยบายและแผน"
    assert known.bureau_in("สำนักงานเลขาธิการวุฒิสภา") is None
    assert known.group_in("สำนักกฎหมาย / กลุ่มงานกฎหมาย 2") == "กลุ่มงานกฎหมาย 2"
    assert Known().bureau_in("เสนอโดยสำนักวิชาการ") == "สำนักวิชาการ"
