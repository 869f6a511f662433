"""Stay and take in whatever is dropped.

The sweep is the truth and comes by itself; events of the file system only wake it early. Where no events come
(network shares), where they are lost or where the observer has died, nothing has to be noticed or set.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from automation.errors import AutomationError, ConfigError, DamagedRegister
from automation.pipeline.beat import Beat
from automation.pipeline.filing import recover, shown_name
from automation.pipeline.intake import Answered, intake
from automation.pipeline.locking import sweep_lock
from automation.pipeline.places import Places
from automation.pipeline.sweep import Arrival, Stillness, arrivals
from automation.pipeline.verify import answer_unanswered, take_unknown
from automation.pipeline.waiting import Held, cause, waiting_words
from automation.pipeline.waker import Waker
from automation.pipeline.workbench import Workbench, open_workbench
from automation.register import snapshots

IDLE_SHARE = 150
"""A sweep of a full inbox is followed by a pause of this many times its processor time: below 1 % of one.
On a slow share, which costs time and no processor, the pause is no longer than the sweep took."""
AFTER_EVENT = 4
"""The same while files keep coming: a burst of events makes no burst of sweeps."""

Told = Callable[[Answered], None]
Trouble = Callable[[str], None]


def sweep_now(
    bench: Workbench,
    told: Told = lambda _: None,
    blocked: Callable[[Arrival, str], None] = lambda _arrival, _why: None,
) -> tuple[Answered, ...]:
    """One sweep of the inbox that waits until what is there has stood still, then takes it all in.

    Another process that is sweeping the same inbox is waited for.
    """
    still = Stillness(bench.config.settle_seconds)
    with sweep_lock(bench.config.store, wait=True):
        Places(bench.config).look()
        recover(bench.config.store)
        seen = arrivals(bench.config.inbox)
        ready = still.ready(seen, time.monotonic())
        young = [arrival for arrival in seen if _age(arrival) < bench.config.settle_seconds]
        if young:
            time.sleep(bench.config.settle_seconds)
            ready = still.ready(arrivals(bench.config.inbox), time.monotonic())
        else:
            ready = seen
        answered = intake(bench, ready, told=told, blocked=blocked)
        answer_unanswered(bench)
        return answered


def _age(arrival: Arrival) -> float:
    """Seconds since the file was last written, by the clock of its volume; the future counts as now."""
    return max(0.0, time.time() - arrival.mtime_ns / 1e9)


def watch_workspace(
    root: Path, stop: threading.Event, told: Told = lambda _: None, trouble: Trouble = lambda _: None
) -> None:
    """Open the workspace and `watch` it; while its register or folders are out of reach, wait and try again.

    ConfigError at once: nobody but the office can put that right.
    """
    last = ""
    while not stop.is_set():
        try:
            with open_workbench(root) as bench:
                if last:
                    trouble("")
                return watch(bench, stop, told, trouble)
        except ConfigError:
            raise
        except (OSError, AutomationError) as error:
            words = waiting_words(error)
            if words != last:
                trouble(words)
            last = words
            stop.wait(5.0)
    return None


def watch(
    bench: Workbench,
    stop: threading.Event,
    told: Told = lambda _: None,
    trouble: Trouble = lambda _: None,
) -> None:
    """Sweep until `stop` is set; the file that is being read then is still answered.

    `trouble` hears once, in Thai, what is being waited for (the share, the disk, the database, one file), and
    once ("") when all goes on.
    """
    watcher = _Watcher(bench, stop, told, trouble)
    try:
        while not stop.is_set():
            watcher.round()
    finally:
        watcher.close()


class _Watcher:
    """What is remembered from one sweep to the next."""

    def __init__(self, bench: Workbench, stop: threading.Event, told: Told, trouble: Trouble) -> None:
        self.bench, self.stop, self.told, self.trouble = bench, stop, told, trouble
        self.wake = threading.Event()
        bench.worker.warm()
        self.places = Places(bench.config)
        self.waker = Waker(bench.config.inbox, self.wake)
        self.still = Stillness(bench.config.settle_seconds)
        self.held: dict[Path, Held] = {}
        self.beat = Beat(bench.config.store)
        self.waiting_for = ""
        self.cost = self.took = 0.0

    def round(self) -> None:
        """One sweep and the pause behind it; what stops the sweep is told once."""
        self.waker.keep_alive()
        pending = False
        try:
            pending = self._sweep()
            self._say("")
            self._tick()
            self._daily()
        except DamagedRegister as error:
            self._say(waiting_words(error))
            self._rescue()
        except (OSError, AutomationError) as error:
            self.bench.log.warning("waiting: %s", cause(error))
            self._say(waiting_words(error))
        config = self.bench.config
        idle = max(config.poll_seconds, IDLE_SHARE * self.cost, self.took)
        longest = config.settle_seconds if pending else idle
        self._pause(longest, least=min(longest, AFTER_EVENT * self.cost))

    def _sweep(self) -> bool:
        """Take in what has stood still; whether something is there that has not."""
        started, spent = time.monotonic(), time.thread_time()
        self.places.look()
        seen = arrivals(self.bench.config.inbox)
        now = time.monotonic()
        self.took, self.cost = now - started, time.thread_time() - spent
        ready = self.still.ready(seen, now)
        self._forget(seen)
        due = [arrival for arrival in ready if self._due(arrival, now)]
        if due:
            with sweep_lock(self.bench.config.store, wait=False) as mine:
                if mine:
                    recover(self.bench.config.store)
                    intake(
                        self.bench,
                        due,
                        wait_for=self._may_be_arriving,
                        told=self._tell,
                        blocked=self._hold,
                        stop=self.stop.is_set,
                    )
                    answer_unanswered(self.bench)
        return len(ready) < len(seen)

    def _may_be_arriving(self, arrival: Arrival) -> bool:
        return self.still.age(arrival, time.monotonic()) < self.bench.config.patience_seconds

    def _tell(self, answered: Answered) -> None:
        self.beat.answered += 1
        self._tick()
        self.told(answered)

    def _tick(self) -> None:
        self.beat.tick(self.waiting_for, {held.name: held.why for held in self.held.values()})

    def _hold(self, arrival: Arrival, why: str) -> None:
        """Leave a file alone for a while, longer each time; said once, when it has lasted."""
        now = time.monotonic()
        held = self.held.get(arrival.path)
        if held is None:
            name = shown_name(arrival.path, self.bench.config.inbox)
            held = self.held[arrival.path] = Held(name, now, self.bench.config.settle_seconds)
        held.again(now, why)
        if not held.told and now - held.since >= self.bench.config.patience_seconds:
            held.told = True
            self.bench.log.warning("held back inode=%s size=%s", arrival.inode, arrival.size)
            self.trouble(f"{arrival.path.name}: {why} จะลองใหม่เรื่อย ๆ")

    def _due(self, arrival: Arrival, now: float) -> bool:
        held = self.held.get(arrival.path)
        return held is None or now >= held.until

    def _forget(self, seen: tuple[Arrival, ...]) -> None:
        if self.held:
            there = {arrival.path for arrival in seen}
            self.held = {path: held for path, held in self.held.items() if path in there}

    def _say(self, words: str) -> None:
        if words != self.waiting_for:
            self.trouble(words)
        self.waiting_for = words
        if words:
            self._tick()

    def _daily(self) -> None:
        """Once a day and at the start: a snapshot, and what an earlier snapshot did not know comes again."""
        database = self.bench.register.database
        if database is not None and self.beat.new_day():
            snapshots.daily(database, datetime.now())
            self._take_unknown()

    def _rescue(self) -> None:
        """Go on with the register's own snapshot; the archived originals that it does not know come again."""
        database = self.bench.register.database
        if database is not None and snapshots.rescue(database, datetime.now()):
            self.bench.log.error("register was damaged and is back from its own snapshot")
            self._take_unknown()

    def _take_unknown(self) -> None:
        with sweep_lock(self.bench.config.store, wait=False) as mine:
            if mine:
                take_unknown(self.bench, told=self._tell)
                answer_unanswered(self.bench)

    def _pause(self, longest: float, least: float) -> None:
        """Wait for an event of the inbox or the next poll, but no longer than 0.2 s for `stop`."""
        began = time.monotonic()
        while not self.stop.is_set() and (passed := time.monotonic() - began) < longest:
            if self.wake.wait(min(0.2, longest - passed)) and time.monotonic() - began >= least:
                break
            if self.wake.is_set():
                self.stop.wait(min(0.05, least))
        self.wake.clear()

    def close(self) -> None:
        self.waker.close()
        self.beat.end()
