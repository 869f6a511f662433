"""Does a project stand in the strategic plan (A10, item (1) of the analysis)?

The plan is compared by number and by name, folded, so that digits, spaces and small slips do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from automation.checks.context import CheckContext
from automation.checks.rule import Remark, warning
from automation.model import Project, StrategicPlan
from automation.thai.digits import to_arabic, to_thai
from automation.thai.text import fold, normalize

_NUMBERED = re.compile(r"\s*(?:ที่\s*)?(\d+(?:\.\d+)*)?[.):\s]*(.*)", re.DOTALL)
_SAME = 90
"""Similarity of two folded names (0–100) from which a difference is taken for a slip of the pen."""


class Node(Protocol):
    """An issue, goal or strategy of the plan."""

    @property
    def no(self) -> str:
        """Its number, `1.2`."""

    @property
    def name(self) -> str:
        """Its name without the number."""


def alignment_unknown(project: Project, context: CheckContext) -> Iterator[Remark]:
    """Issue, goal or strategy is not in the plan, or stands there under another number or issue."""
    plan = context.plan
    if plan is None or not plan.issues:
        return
    goals = [goal for issue in plan.issues for goal in issue.goals]
    strategies = [strategy for issue in plan.issues for strategy in issue.strategies]
    alignment = project.alignment
    yield from _unknown("alignment.issue", "ประเด็นยุทธศาสตร์", alignment.issue, plan.issues)
    yield from _unknown("alignment.goal", "เป้าประสงค์", alignment.goal, goals)
    yield from _unknown("alignment.strategy", "กลยุทธ์", alignment.strategy, strategies)
    yield from _under_another_issue(project, plan)


def find_node(text: str | None, nodes: Sequence[Node]) -> Node | None:
    """The node that the text names (`๑.๒ พัฒนา…`): by its name, or by its number where no name is given."""
    if not text:
        return None
    number, name = _split(text)
    if not name:
        return next((node for node in nodes if number and _number(node.no) == number), None)
    named = [node for node in nodes if _same_name(name, fold(node.name))]
    return next((node for node in named if _number(node.no) == number), named[0] if named else None)


def _unknown(field: str, label: str, text: str | None, nodes: Sequence[Node]) -> Iterator[Remark]:
    if not text or not nodes:
        return
    number, name = _split(text)
    node = find_node(text, nodes)
    if node is None:
        known = next((item for item in nodes if number and _number(item.no) == number), None)
        hint = f" (ในแผน {label}ที่ {_title(known)})" if known else ""
        yield warning(field, f"ไม่พบ{label} “{text}” ในแผนยุทธศาสตร์{hint} โปรดตรวจสอบ")
    elif number and name and _number(node.no) != number:
        yield warning(field, f"เลขที่ของ{label} “{text}” ไม่ตรงกับแผนยุทธศาสตร์ ซึ่งคือ {_title(node)} โปรดตรวจสอบ")


def _under_another_issue(project: Project, plan: StrategicPlan) -> Iterator[Remark]:
    issue = find_node(project.alignment.issue, plan.issues)
    if issue is None:
        return
    parts = (
        ("goal", "เป้าประสงค์", project.alignment.goal, [(item, item.goals) for item in plan.issues]),
        ("strategy", "กลยุทธ์", project.alignment.strategy, [(item, item.strategies) for item in plan.issues]),
    )
    for field, label, text, groups in parts:
        homes = [item for item, nodes in groups if find_node(text, nodes)]
        if homes and issue not in homes:
            yield warning(
                f"alignment.{field}",
                f"{label} “{text}” อยู่ในประเด็นยุทธศาสตร์ที่ {_title(homes[0])} "
                f"ไม่ใช่ประเด็นยุทธศาสตร์ที่ {_title(issue)} โปรดตรวจสอบ",
            )


def _split(text: str) -> tuple[str, str]:
    """Number in Arabic digits and folded name; either may be empty."""
    match = _NUMBERED.fullmatch(to_arabic(normalize(text)))
    return (match[1] or "", fold(match[2])) if match else ("", fold(text))


def _number(no: str) -> str:
    return _split(no)[0]


def _title(node: Node) -> str:
    return to_thai(f"{node.no} {node.name}")


def _same_name(written: str, known: str) -> bool:
    if not known or known in written:
        return bool(known)
    from rapidfuzz.fuzz import ratio

    return ratio(written, known) >= _SAME
