"""Put a file in its place whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def save_bytes(target: Path, data: bytes) -> None:
    """Write beside the target, force it to the disk, and give it its name in one step."""
    handle, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
