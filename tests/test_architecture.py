"""The floors of docs/architecture.md, kept by reading every import of the package."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "automation"
FLOORS = (
    {"errors", "thai"},
    {"model"},
    {"config", "office"},
    {"forms", "checks", "register", "documents", "process"},
    {"pipeline"},
    {"cli"},
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
ONLY_IN = {
    "docx": {"office"},
    "docxtpl": {"office"},
    "openpyxl": {"office"},
    "lxml": {"office"},
    "fontTools": {"office"},
    "jinja2": {"office"},
    "sqlalchemy": {"register"},
    "alembic": {"register"},
    "click": {"cli"},
    "pythainlp": {"thai"},
    "holidays": {"thai"},
    "watchdog": {"pipeline"},
}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "manager", "misc"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module
            found.append(node.module)
            if node.module == "automation":
                found += [f"automation.{name.name}" for name in node.names]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_from_lower_floors(path: Path) -> None:
    room = room_of(path)
    if room in {"__init__", "__main__"}:
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "automation" or len(parts) == 1:
            continue
        other = parts[1]
        if other in {room, "__version__"}:
            continue
        assert FLOOR[other] < FLOOR[room], (
            f"{room} (floor {FLOOR[room]}) imports {other} (floor {FLOOR[other]})"
        )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_library_is_imported_only_in_its_room(path: Path) -> None:
    for name in imports(path):
        allowed = ONLY_IN.get(name.split(".")[0])
        assert allowed is None or room_of(path) in allowed, f"{path} imports {name}"


def test_every_room_has_its_floor() -> None:
    rooms = {room_of(path) for path in MODULES} - {"__init__", "__main__"}
    assert rooms <= set(FLOOR)


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert not [path for path in MODULES if path.stem in FORBIDDEN_NAMES]


def test_nothing_is_caught_blindly_but_in_the_intake_loop_and_at_the_door() -> None:
    blind = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and catches_all(node) and not raises_again(node):
                blind.append(str(path.relative_to(PACKAGE)))
    assert set(blind) <= {"pipeline/intake.py", "cli/__init__.py"}


def catches_all(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )


def raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None
