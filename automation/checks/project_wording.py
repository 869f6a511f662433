"""Words of a project form that the office's proofreaders correct (A08: written as the form asks)."""

from __future__ import annotations

from collections.abc import Iterator

from automation.checks.context import CheckContext
from automation.checks.rule import Remark, note
from automation.model import Project
from automation.thai.typography import proofread


def misspelt_words(project: Project, context: CheckContext) -> Iterator[Remark]:
    """Words of the texts that go into the books and are often misspelt."""
    for field, text in _texts(project):
        wrong = proofread(text)
        if wrong:
            pairs = ", ".join(f"“{bad}” เป็น “{good}”" for bad, good in wrong)
            yield note(field, f"คำที่ควรแก้ตัวสะกด: {pairs}")


def _texts(project: Project) -> Iterator[tuple[str, str]]:
    for field in ("name", "rationale", "target_group", "place", "evaluation"):
        yield field, getattr(project, field) or ""
    for field in ("objectives", "outputs", "outcomes", "benefits"):
        for index, text in enumerate(getattr(project, field)):
            yield f"{field}.{index}", text
    for index, activity in enumerate(project.activities):
        yield f"activities.{index}.name", activity.name
