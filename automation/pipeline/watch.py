"""Stay and take in whatever is dropped. Events wake the sweep early; without them it comes all the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from automation.pipeline.filing import recover
from automation.pipeline.intake import Answered, intake
from automation.pipeline.locking import sweep_lock
from automation.pipeline.sweep import Arrival, Stillness, arrivals
from automation.pipeline.workbench import Workbench


def sweep_now(bench: Workbench, told: Callable[[Answered], None] = lambda _: None) -> tuple[Answered, ...]:
    """One sweep of the inbox that waits until what is there has stood still, then takes it all in.

    Another process that is sweeping the same inbox is waited for.
    """
    still = Stillness(bench.config.settle_seconds)
    with sweep_lock(bench.config.store, wait=True):
        recover(bench.config.store, bench.config.inbox)
        seen = arrivals(bench.config.inbox)
        ready = still.ready(seen, time.monotonic())
        young = [arrival for arrival in seen if _age(arrival) < bench.config.settle_seconds]
        if young:
            time.sleep(bench.config.settle_seconds)
            ready = still.ready(arrivals(bench.config.inbox), time.monotonic())
        else:
            ready = seen
        return intake(bench, ready, told=told)


def _age(arrival: Arrival) -> float:
    """Seconds since the file was last written, by the clock of its volume; the future counts as now."""
    return max(0.0, time.time() - arrival.mtime_ns / 1e9)


def watch(
    bench: Workbench,
    stop: threading.Event,
    told: Callable[[Answered], None] = lambda _: None,
    trouble: Callable[[str], None] = lambda _: None,
) -> None:
    """Sweep until `stop` is set.

    `trouble` hears once, in Thai, when the inbox cannot be reached, and once ("") when it is back.
    """
    wake = threading.Event()
    still = Stillness(bench.config.settle_seconds)
    observer = _Waker(bench.config.inbox, wake)
    out_of_reach = False
    try:
        while not stop.is_set():
            observer.keep_alive()
            try:
                pending = _one_round(bench, still, told)
                if out_of_reach:
                    trouble("")
                out_of_reach = False
            except OSError as error:
                bench.log.warning("inbox or store out of reach: %s", error)
                if not out_of_reach:
                    trouble(f"เข้าถึงโฟลเดอร์ไม่ได้ ({error.strerror or error}) จะลองใหม่เรื่อย ๆ ไฟล์ที่วางไว้ไม่หาย")
                out_of_reach, pending = True, False
            _pause(stop, wake, bench.config.settle_seconds if pending else bench.config.poll_seconds)
    finally:
        observer.close()


def _one_round(bench: Workbench, still: Stillness, told: Callable[[Answered], None]) -> bool:
    """Take in what has stood still; True when something is there that has not."""
    seen = arrivals(bench.config.inbox)
    now = time.monotonic()
    ready = still.ready(seen, now)
    if ready:
        with sweep_lock(bench.config.store, wait=False) as mine:
            if mine:
                recover(bench.config.store, bench.config.inbox)
                intake(
                    bench,
                    ready,
                    wait_for=lambda arrival: (
                        still.age(arrival, time.monotonic()) < bench.config.patience_seconds
                    ),
                    told=told,
                )
    return len(ready) < len(seen)


def _pause(stop: threading.Event, wake: threading.Event, seconds: float) -> None:
    """Wait for an event of the inbox or the next poll, but no longer than 0.2 s for `stop`."""
    until = time.monotonic() + seconds
    while not stop.is_set() and time.monotonic() < until:
        if wake.wait(min(0.2, max(0.0, until - time.monotonic()))):
            wake.clear()
            return


class _Waker(FileSystemEventHandler):
    """A watchdog observer that only sets an event, and is started anew when it has died."""

    def __init__(self, inbox: Path, wake: threading.Event) -> None:
        self.inbox, self.wake = inbox, wake
        self.observer: BaseObserver | None = None

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.wake.set()

    def keep_alive(self) -> None:
        """Start the observer, or replace one whose threads have ended; without it the poll remains."""
        if self.observer and self.observer.is_alive() and all(e.is_alive() for e in self.observer.emitters):
            return
        self.close()
        observer = Observer()
        try:
            observer.schedule(self, str(self.inbox), recursive=True)
            observer.start()
        except OSError:
            return
        self.observer = observer

    def close(self) -> None:
        if self.observer:
            self.observer.stop()
            self.observer.join(5)
            self.observer = None
