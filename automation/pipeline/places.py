"""The folders that may lie on shares: whether they are there, and still the share."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from automation.config import Config


class Places:
    """Inbox, outbox and archive of a workspace, and which of them were seen as shares of their own.

    Where a share is lost, an empty folder of this computer is seen in its place. What lies there is no
    arrival, and an answer that is written there reaches nobody.
    """

    def __init__(self, config: Config) -> None:
        self._needed = (config.inbox, config.outbox, config.store)
        self._folders = (*self._needed, config.store / "archive")
        self._shares: set[Path] = set()

    def look(self) -> None:
        """OSError when one of the folders is gone, or is no longer the share that it was."""
        for folder in self._needed:
            folder.stat()
        for folder in self._folders:
            if os.path.ismount(folder):
                self._shares.add(folder)
            elif folder in self._shares:
                raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(folder))
