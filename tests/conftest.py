"""What a test may need from its surroundings, and the honest account of what could not be run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

# A property is no stopwatch: the first example may pay for an import, and machines differ.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
LAKSAMAN = Path("/usr/share/fonts/truetype/tlwg/Laksaman.ttf")


def may_mount() -> bool:
    """Whether a process of this user may have mounts of its own."""
    flag = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    command = ["unshare", *flag, "--mount", "mount", "-t", "tmpfs", "none", "/tmp"]
    return (
        shutil.which("unshare") is not None and subprocess.run(command, capture_output=True).returncode == 0
    )


_NEEDS = {
    "libreoffice": (lambda: shutil.which("soffice") is not None, "LibreOffice (soffice) is not installed"),
    "systemd": (lambda: shutil.which("systemd-analyze") is not None, "systemd is not installed"),
    "mounts": (may_mount, "this user may not mount (needs root or namespaces of users)"),
    "fonts": (LAKSAMAN.exists, "the Laksaman faces (fonts-tlwg-laksaman-ttf) are not installed"),
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test whose tool is missing is listed as not run, with the reason; in CI it runs and fails."""
    if os.environ.get("CI"):
        return
    for name, (present, reason) in _NEEDS.items():
        if not present():
            for item in items:
                if item.get_closest_marker(name):
                    item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample inputs."""
    return SAMPLES


@pytest.fixture(scope="session")
def templates() -> Path:
    """The shipped templates."""
    return ROOT / "templates"
