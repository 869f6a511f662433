"""The manual as data: its processes, what each step asks for, and when a step is due."""

from automation.process.processes import (
    Owed,
    OwedKind,
    Process,
    Step,
    find_process,
    find_steps,
    load_processes,
)
from automation.process.schedule import Planned, calendar

__all__ = [
    "Owed",
    "OwedKind",
    "Planned",
    "Process",
    "Step",
    "calendar",
    "find_process",
    "find_steps",
    "load_processes",
]
