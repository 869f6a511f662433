"""What memos and invitations print beside the records themselves: the head, the signature, the sums.

The wording stands in the Word templates; here is only what a template cannot work out by itself.
Layout and customs: the regulation on correspondence (งานสารบรรณ), internal letters (บันทึกข้อความ).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from automation.documents.salutation import salutation
from automation.errors import UsageError
from automation.model import BudgetLine, Meeting, Project, ProjectKind
from automation.thai.dates import UnclearDate, format_date, parse_date
from automation.thai.digits import to_arabic, to_thai
from automation.thai.money import parse_baht
from automation.thai.text import fold
from automation.thai.typography import tidy_name, tidy_person

_BLANK_NAME = "." * 48
_BLANK_DAY = " " * 8
_DATES = ("due", "order_date", "contract_date", "delivered", "accepted", "announced")
"""Facts that are days of earlier or later papers."""
_NAMES = ("recorder", "reviewer", "chief")
"""Facts that are the names of people."""
_MOST_PEOPLE = 20
_MOST_LINES = 6
"""So many addressees stand in the head of a letter."""
_LISTED = "ผู้ที่มีรายชื่อแนบท้าย"
_ESTIMATE = "ประมาณการค่าใช้จ่าย"
_NO_CATEGORY = "ไม่ระบุหมวดรายจ่าย"
_OWN_STEPS = (
    "ขอบเขตของงาน",
    "TOR",
    "จัดซื้อ",
    "จัดจ้าง",
    "จ้างที่ปรึกษา",
    "คัดเลือกที่ปรึกษา",
    "ตรวจรับ",
    "ลงนามในสัญญา",
    "ทำสัญญา",
    "เบิกจ่าย",
    "ขออนุมัติ",
)
"""Words of the steps that the office takes itself when it hires."""


class Issued(Protocol):
    """A document that went out, as the register notes it."""

    @property
    def number(self) -> str | None:
        """As printed: `สว ๐๐๑๒/ว ๓`."""

    @property
    def facts(self) -> Mapping[str, str]:
        """What it was made with, its `date` among it."""


def letter(facts: Mapping[str, str], highest_posts: Sequence[str] = ()) -> dict[str, Any]:
    """Head and signature of a letter, and the given facts that are dates, sums and lists.

    A draft has neither number nor day: the code of the office stands alone before the slash (and ว on a
    circular), and a month leaves room for the day. An unset signatory is a dotted line to write on.
    `highest_posts`: see salutation.py. UsageError for a date or a sum that cannot be read.
    """
    phone, code = facts.get("phone", ""), facts.get("number_code", "")
    unit = (facts.get("bureau", ""), facts.get("section", ""), f"โทร. {to_thai(phone)}" if phone else "")
    return {
        "unit": "  ".join(part for part in (*unit, facts.get("email", "")) if part),
        "number": to_thai(facts.get("number") or (f"{code}/" if code else "")),
        "circular": to_thai(facts.get("number") or (f"{code}/ว" if code else "")),
        "date": letter_date(facts.get("date", "")),
        "date_era": letter_date(facts.get("date", ""), "era"),
        **{name: letter_day(facts.get(name, "")) for name in _DATES},
        "price": letter_money(facts.get("price", "")),
        "days": letter_days(facts.get("days", "")),
        "deliverables": letter_list(facts.get("deliverables", "")),
        "inspectors": letter_members(facts.get("inspectors", "")),
        "members": letter_members(facts.get("members", "")),
        "representatives": letter_count(facts.get("representatives", "")),
        **letter_recipients(facts.get("recipients", "")),
        "salutation": salutation(facts.get("recipient", ""), highest_posts),
        **{name: tidy_name(facts.get(name, "")) for name in _NAMES},
        "signatory": tidy_name(facts.get("signatory", "")) or _BLANK_NAME,
    }


def reference_to(issued: Issued) -> str:
    """`ที่ สว ๐๐๑๒/ว ๓ ลงวันที่ ๑๔ มิถุนายน ๒๕๖๙`; without the date where none, or only a month, was given."""
    date = letter_date(issued.facts.get("date", ""))
    dated = f" ลงวันที่ {date}" if date.strip() == date != "" else ""
    return f"ที่ {to_thai(issued.number or '')}{dated}"


def letter_money(text: str) -> Decimal | None:
    """The baht that a given fact states; None for an empty one, UsageError for what is no sum."""
    if not text.strip():
        return None
    try:
        return parse_baht(text)
    except ValueError as error:
        raise UsageError(f"จำนวนเงินอ่านไม่ได้: {text}", hint="เขียนเช่น price=1,250,000") from error


def letter_days(text: str) -> str:
    """How long a contract runs, as given; a bare number is one of days: `๑๘๐ วัน`."""
    text = to_thai(text.strip())
    return f"{text} วัน" if text.isdecimal() else text


def letter_count(text: str) -> int:
    """How many people a given fact asks for, 1 where none is given; UsageError for what is not 1 to 20."""
    number = to_arabic(text.strip() or "1")
    if not number.isdecimal() or not 1 <= int(number) <= _MOST_PEOPLE:
        raise UsageError(f"จำนวนคนอ่านไม่ได้: {text}", hint=f"เขียนเป็นตัวเลข ๑ ถึง {to_thai(str(_MOST_PEOPLE))}")
    return int(number)


def letter_recipients(text: str) -> dict[str, Any]:
    """Whom a circular goes `to`, a line each; many are `listed` on a page of their own (`…; …`)."""
    people = tuple(map(tidy_person, letter_list(text)))
    many = len(people) > _MOST_LINES
    return {"to": _LISTED if many else "\n".join(people), "listed": people if many else ()}


def letter_list(text: str) -> tuple[str, ...]:
    """The items of a given fact, written with `;` between them."""
    return tuple(item.strip() for item in text.split(";") if item.strip())


def letter_members(text: str) -> tuple[dict[str, str], ...]:
    """The members of a committee, `ชื่อ = หน้าที่; …`; without a role the first one presides."""
    members: list[dict[str, str]] = []
    for item in letter_list(text):
        name, _, role = item.partition("=")
        members.append(
            {"name": tidy_person(name), "role": role.strip() or ("กรรมการ" if members else "ประธานกรรมการ")}
        )
    return tuple(members)


def letter_date(text: str, style: str = "long") -> str:
    """`๑๔ มิถุนายน ๒๕๖๙` from a date in any writing; a month without a day (`มิถุนายน ๒๕๖๙`) leaves room for it.

    UsageError for what looks like a date and is none.
    """
    text = text.strip()
    if not text[:1].isdecimal():
        return f"{_BLANK_DAY}{to_thai(text)}" if text else ""
    try:
        return format_date(parse_date(text), style)
    except UnclearDate as error:
        raise UsageError(
            f"วันที่ของหนังสืออ่านไม่ได้: {text}", hint="เขียนเช่น ๑๔ มิถุนายน ๒๕๖๙ หรือเฉพาะเดือน เช่น มิถุนายน ๒๕๖๙"
        ) from error


def letter_day(text: str) -> str:
    """A day that a letter speaks of, `๑๔ มิถุนายน ๒๕๖๙`; empty for none, UsageError for what is no day."""
    if not text.strip():
        return ""
    try:
        return format_date(parse_date(text), "long")
    except UnclearDate as error:
        raise UsageError(f"วันที่อ่านไม่ได้: {text}", hint="เขียนวันที่ให้ครบ เช่น ๑๔ มิถุนายน ๒๕๖๙") from error


def project_facts(project: Project, allocated: Decimal | None) -> dict[str, Any]:
    """What a memo on a project adds to the record: its full title, sums by category, enclosures (baht)."""
    categories = budget_categories(project.budget.lines)
    return {
        "project_title": project_title(project),
        "project_word": project_word(project),
        "plan_making": plan_making(project),
        "consultant_scope": consultant_scope(project),
        "allocated": allocated,
        "approved": project.budget.total if allocated is None else allocated,
        "categories": categories,
        "lines_total": sum((category["total"] for category in categories), Decimal(0)),
        "enclosures": enclosures(project, estimate=bool(categories)),
    }


def project_word(project: Project) -> str:
    """What the record is: `โครงการ`, or `งาน` for routine work."""
    return "งาน" if project.kind is ProjectKind.ROUTINE else "โครงการ"


def plan_making(project: Project) -> bool:
    """Whether consultants are hired to make a plan: papers on such work speak of what a plan must hold."""
    return project.flags.consultant and "แผน" in (project.name or "")


def consultant_scope(project: Project) -> str:
    """The activities that a consultant can be hired for, `;` between them: the steps of hiring are the
    office's own. Empty where nothing is left, so that the clerk is asked."""
    names = (activity.name for activity in project.activities if activity.name)
    return "; ".join(name.replace(";", ",") for name in names if not any(map(name.__contains__, _OWN_STEPS)))


def project_title(project: Project) -> str:
    """The name with the word that belongs before it: `โครงการ…`, and `งาน…` for routine work."""
    name = project.name or ""
    return name if name.startswith(("โครงการ", "งาน")) else f"{project_word(project)}{name}"


def budget_categories(lines: tuple[BudgetLine, ...]) -> tuple[dict[str, Any], ...]:
    """The lines under their หมวดรายจ่าย, in the order of the form, each with its total in baht."""
    groups: dict[str, list[BudgetLine]] = {}
    for line in lines:
        groups.setdefault(line.category or _NO_CATEGORY, []).append(line)
    return tuple(
        {
            "name": name,
            "lines": tuple(group),
            "total": sum((line.amount or Decimal(0) for line in group), Decimal(0)),
        }
        for name, group in groups.items()
    )


def enclosures(project: Project, *, estimate: bool) -> tuple[str, ...]:
    """What goes with the memo: the project itself, its estimate, then the papers that the form names."""
    detail = f"รายละเอียด{project_word(project)}"
    first = (detail, _ESTIMATE) if estimate else (detail,)
    known = {fold(name) for name in first}
    names = first + tuple(name for name in project.attachments if fold(name) not in known)
    return tuple(name if "จำนวน" in name else f"{name} จำนวน ๑ ชุด" for name in names)


def meeting_facts(meeting: Meeting, facts: Mapping[str, str]) -> dict[str, Any]:
    """What an invitation adds to the record: addressees, who presides, the meeting's name and day,
    whether it is the `first_meeting` of its year, enclosures. Who signs is no addressee."""
    invitee = facts.get("invitee", "")
    invitees = tuple(
        person.partition("=")[0].strip() for person in meeting.invitees if not signs(person, facts)
    )
    reply = ("แบบตอบรับการเข้าร่วมประชุม จำนวน ๑ ฉบับ",) if meeting.reply_by else ()
    return {
        "addressees": tuple(map(tidy_person, (invitee,) if invitee else invitees)),
        "chair": tidy_person(meeting.chair or ""),
        "first_meeting": to_arabic(meeting.number or "").startswith("1/"),
        "meeting_name": meeting_name(meeting),
        "meeting_title": meeting_title(meeting),
        "meeting_day": meeting_day(meeting),
        "enclosures": ("ระเบียบวาระการประชุม จำนวน ๑ ชุด", *meeting.attachments, *reply),
    }


def signs(invitee: str, facts: Mapping[str, str]) -> bool:
    """Whether an invitee (`ชื่อ = หน้าที่`), by post or by name and post, is the one whose signature stands
    under the letter: nobody invites himself."""
    person = " ".join(to_thai(invitee.partition("=")[0]).split())
    post, name = (" ".join(facts.get(key, "").split()) for key in ("signatory_position", "signatory"))
    return bool(post and (person == post or person.endswith(f" {post}"))) or bool(name and person == name)


def meeting_name(meeting: Meeting) -> str:
    """`การประชุม…`, whichever way the form writes it."""
    title = (meeting.title or "").removeprefix("การประชุม").removeprefix("ประชุม")
    return f"การประชุม{title}"


def meeting_title(meeting: Meeting) -> str:
    """The meeting's name, with `ครั้งที่ ๑/๒๕๗๐` where it has a number."""
    number = f" ครั้งที่ {to_thai(meeting.number)}" if meeting.number else ""
    return meeting_name(meeting) + number


def meeting_day(meeting: Meeting) -> str:
    """`วันอังคารที่ ๒๐ มกราคม พ.ศ. ๒๕๖๙`, as headings of an agenda have it; empty without a date."""
    if meeting.date is None:
        return ""
    weekday = format_date(meeting.date, "weekday").split()[0]
    return f"{weekday} {format_date(meeting.date, 'era')}"
