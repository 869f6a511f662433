"""Is the project form filled in (A08: the details are written as the form asks)?

What the manual's definition of a project asks for is an error where it is missing; a โครงการ also needs its
rationale and indicators. What a งานประจำ may leave out is a note.
"""

from __future__ import annotations

from collections.abc import Iterator

from automation.checks.context import CheckContext
from automation.checks.rule import Remark, error, note, warning
from automation.model import Continuity, Project, ProjectKind
from automation.thai import fiscal
from automation.thai.digits import to_thai

_PLEASE = "โปรดกรอกแล้วส่งใหม่"

_ALWAYS = (
    ("name", "ชื่อโครงการ/งานประจำ"),
    ("bureau", "สำนักที่รับผิดชอบ"),
    ("responsible", "ผู้รับผิดชอบโครงการ"),
    ("objectives", "วัตถุประสงค์"),
    ("activities", "กิจกรรมหรือขั้นตอนการดำเนินงาน"),
    ("place", "สถานที่ดำเนินการ"),
)
_PROJECT = (("rationale", "หลักการและเหตุผล"), ("indicators", "ตัวชี้วัดความสำเร็จ"))
_EXPECTED = (("target_group", "กลุ่มเป้าหมาย"), ("benefits", "ผลที่คาดว่าจะได้รับ"))
_ROUTINE_EXPECTED = (("rationale", "หลักการและเหตุผล"), *_EXPECTED)


def required_missing(project: Project, context: CheckContext) -> Iterator[Remark]:
    """Parts of the form that hold nothing."""
    routine = project.kind is ProjectKind.ROUTINE
    for name, label in _ALWAYS if routine else (*_ALWAYS, *_PROJECT):
        if not getattr(project, name):
            yield error(name, f"ยังไม่ได้กรอก{label} {_PLEASE}")
    if project.kind is None:
        yield warning("kind", "ยังไม่ได้ระบุว่าเป็นโครงการหรืองานประจำ โปรดทำเครื่องหมาย")
    if project.fiscal_year is None or not fiscal.is_year(project.fiscal_year):
        yield warning("fiscal_year", "ยังไม่ได้ระบุปีงบประมาณ หรือระบุไม่ถูกต้อง โปรดระบุเป็น พ.ศ. ๔ หลัก")
    if project.continuity is Continuity.CONTINUING and not project.history:
        yield note("history", "โครงการต่อเนื่อง แต่ไม่มีผลการดำเนินงานและงบประมาณปีที่ผ่านมา")
    yield from _targets(project, routine)
    yield from _period(project)
    yield from _budget(project)
    if routine:
        for name, label in _ROUTINE_EXPECTED:
            if not getattr(project, name):
                yield note(name, f"ไม่มี{label} (งานประจำเว้นว่างได้)")
    else:
        yield from _expected(project)


def _targets(project: Project, routine: bool) -> Iterator[Remark]:
    stated = project.outputs or project.outcomes or any(item.target for item in project.indicators)
    if not stated and routine:
        yield note("outputs", "ไม่มีเป้าหมายหรือผลผลิต (งานประจำเว้นว่างได้)")
    elif not stated:
        yield error("outputs", f"ยังไม่ได้กรอกเป้าหมาย (ผลผลิต ผลลัพธ์ หรือค่าเป้าหมายของตัวชี้วัด) {_PLEASE}")


def _period(project: Project) -> Iterator[Remark]:
    if project.start is None and project.end is None:
        yield error("start", f"ยังไม่ได้กรอกระยะเวลาดำเนินการ {_PLEASE}")
    elif project.start is None:
        yield error("start", f"ระยะเวลาดำเนินการไม่มีวันเริ่มต้น {_PLEASE}")
    elif project.end is None:
        yield error("end", f"ระยะเวลาดำเนินการไม่มีวันสิ้นสุด {_PLEASE}")


def _budget(project: Project) -> Iterator[Remark]:
    budget = project.budget
    detailed = any(line.amount is not None for line in budget.lines)
    if budget.total is None and detailed:
        yield warning("budget.total", "มีรายละเอียดค่าใช้จ่าย แต่ไม่มียอดงบประมาณรวม โปรดกรอกยอดรวม")
    elif budget.total is None:
        yield error("budget.total", f"ยังไม่ได้กรอกงบประมาณ {_PLEASE} (หากไม่ใช้งบประมาณ โปรดเขียนว่า ไม่ใช้งบประมาณ)")
    elif budget.total and not detailed:
        yield warning("budget.lines", "ไม่มีรายละเอียดงบประมาณจำแนกตามหมวดรายจ่าย โปรดเพิ่มเติม")
    if budget.total and not budget.months and not budget.quarters:
        yield note("budget.months", "ไม่มีแผนการใช้จ่ายรายเดือนหรือรายไตรมาส")


def _expected(project: Project) -> Iterator[Remark]:
    for name, label in _EXPECTED:
        if not getattr(project, name):
            yield warning(name, f"ยังไม่ได้กรอก{label} โปรดเพิ่มเติม")
    if not project.evaluation:
        yield note("evaluation", "ยังไม่ได้กรอกการติดตามและประเมินผล")
    alignment = project.alignment
    if not (alignment.issue or alignment.goal or alignment.strategy):
        yield warning("alignment", "ยังไม่ได้ระบุความสอดคล้องกับแผนยุทธศาสตร์ โปรดระบุประเด็นยุทธศาสตร์และกลยุทธ์")
    for index, indicator in enumerate(project.indicators):
        if not indicator.target:
            yield warning(
                f"indicators.{index}.target",
                f"ตัวชี้วัดที่ {to_thai(str(index + 1))} “{indicator.name}” ยังไม่มีค่าเป้าหมาย โปรดเพิ่มเติม",
            )
