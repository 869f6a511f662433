"""A workspace whose files need not stand still for long."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from automation.pipeline.workbench import open_workbench
from automation.pipeline.workspace import make_workspace


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with an empty register, made once."""
    root = make_workspace(tmp_path_factory.mktemp("prepared") / "งานแผน")
    config = root / "config.toml"
    text = config.read_text(encoding="utf-8")
    for name, seconds in (("settle_seconds", 0.05), ("poll_seconds", 0.2), ("patience_seconds", 0.3)):
        old = next(line for line in text.splitlines() if line.startswith(name))
        text = text.replace(old, f"{name} = {seconds}")
    config.write_text(text, encoding="utf-8")
    with open_workbench(root):
        return root


@pytest.fixture
def root(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / prepared.name))
