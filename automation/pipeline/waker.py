"""Events of the file system as an alarm clock: they wake a sweep, and nothing rests on them."""

from __future__ import annotations

import threading
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver


class Waker(FileSystemEventHandler):
    """An observer that only sets an event; started anew when it has died or its folder was replaced."""

    def __init__(self, inbox: Path, wake: threading.Event) -> None:
        self.inbox, self.wake = inbox, wake
        self.observer: BaseObserver | None = None
        self._watched: tuple[int, int] | None = None

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the sweep; reading and closing of files, our own too, is no reason."""
        if event.event_type not in ("opened", "closed_no_write"):
            self.wake.set()

    def keep_alive(self) -> None:
        """Start the observer, or replace one that has ended or looks at a folder that is no longer there."""
        folder = self._folder()
        if self.observer is not None and folder == self._watched and _runs(self.observer):
            return
        self.close()
        if folder is None:
            return
        observer = Observer()
        try:
            observer.schedule(self, str(self.inbox), recursive=True)
            observer.start()
        except OSError:  # no watches left: the sweep comes all the same
            return
        self.observer, self._watched = observer, folder

    def _folder(self) -> tuple[int, int] | None:
        try:
            info = self.inbox.stat()
        except OSError:
            return None
        return info.st_dev, info.st_ino

    def close(self) -> None:
        """Stop the observer."""
        if self.observer:
            self.observer.stop()
            self.observer.join(5)
            self.observer = None


def _runs(observer: BaseObserver) -> bool:
    """Whether all its threads live: one that reads a lost share ends without a word."""
    return bool(observer.is_alive() and all(emitter.is_alive() for emitter in observer.emitters))
