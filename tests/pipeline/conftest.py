"""A small workspace with the shipped templates, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from automation.pipeline.workbench import Workbench, open_workbench
from automation.pipeline.workspace import make_workspace

NOW = datetime(2026, 11, 24, 9, 30)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new workspace whose files need not stand still before they are taken."""
    root = make_workspace(tmp_path / "งานแผน")
    config = root / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("settle_seconds = 1 ", "settle_seconds = 0.05 "), encoding="utf-8")
    return root


@pytest.fixture
def bench(root: Path) -> Iterator[Workbench]:
    """The workspace, open."""
    with open_workbench(root, lambda: NOW) as bench:
        yield bench
