"""What the commands share: the workspace they work in and the options that mean the same everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from automation.pipeline.workbench import Workbench

F = TypeVar("F", bound=Callable[..., Any])


class Context:
    """The workspace that the user named, opened only by the commands that need one."""

    def __init__(self, workspace: Path | None) -> None:
        self.workspace = workspace

    def root(self, override: Path | None = None) -> Path:
        """The workspace folder; UsageError where there is none."""
        from automation.config import find_root

        named = override or self.workspace
        return find_root(named if named is not None else Path.cwd())

    @contextmanager
    def bench(self, override: Path | None = None) -> Iterator[Workbench]:
        """The open workspace."""
        from automation.pipeline.workbench import open_workbench

        with open_workbench(self.root(override)) as bench:
            yield bench


def with_workspace(function: F) -> F:
    """Every command takes --workspace too, behind its name as well as before it."""
    return click.option(
        "--workspace",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help="โฟลเดอร์พื้นที่ทำงาน",
    )(function)


def with_year(function: F) -> F:
    """--year, in the Buddhist Era."""
    return click.option(
        "--year", type=click.IntRange(2500, 2700), help="ปีงบประมาณ พ.ศ. (ปกติตาม config.toml)"
    )(function)


def with_json(function: F) -> F:
    """--json: one JSON document on stdout and nothing else there."""
    return click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")(function)


def print_json(document: Any) -> None:
    """The document on stdout as JSON, Thai text readable."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))
