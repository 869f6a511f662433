"""The only room that knows SQL: submissions, versions, what is in force, documents issued, the archive.

`Register` is imported when it is first asked for: SQLAlchemy takes a quarter of a second to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.register.records import (
    Attempt,
    Change,
    Event,
    Issued,
    Outcome,
    ProjectHistory,
    Submission,
)

if TYPE_CHECKING:
    from automation.register.register import Register

__all__ = [
    "Attempt",
    "Change",
    "Event",
    "Issued",
    "Outcome",
    "ProjectHistory",
    "Register",
    "Submission",
]


def __getattr__(name: str) -> Any:
    if name == "Register":
        from automation.register.register import Register

        return Register
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
