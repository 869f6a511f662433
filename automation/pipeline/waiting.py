"""What keeps a file or the whole road waiting: since when, until when, and the words for it."""

from __future__ import annotations

import contextlib
import errno

from automation.errors import AutomationError

LONGEST_WAIT = 300.0
"""Seconds between two attempts at a file that cannot be read."""


class Held:
    """A file that cannot be taken now: its name for people, since when, why, and when to try again."""

    def __init__(self, name: str, now: float, first: float) -> None:
        self.name = name
        self.since, self.until, self.wait, self.told = now, now, first, False
        self.why = ""

    def again(self, now: float, why: str) -> None:
        """Put off the next attempt, twice as long each time."""
        self.why = why
        self.until, self.wait = now + self.wait, min(self.wait * 2, LONGEST_WAIT)


_FULL = "เนื้อที่เต็ม ยังไม่รับไฟล์ใหม่ ไฟล์อยู่ครบในกล่องรับ เมื่อมีเนื้อที่ว่างจะรับต่อเอง"
_CAUSES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.ENODEV: "ไดรฟ์ร่วมหลุดจากเครื่องนี้ ยังไม่รับไฟล์ใหม่",
    errno.EROFS: "โฟลเดอร์งานเป็นแบบอ่านอย่างเดียว ยังไม่รับไฟล์ใหม่ ไฟล์อยู่ครบในกล่องรับ",
    errno.EACCES: "ไม่มีสิทธิ์ในโฟลเดอร์งาน ยังไม่รับไฟล์ใหม่ ไฟล์อยู่ครบในกล่องรับ",
}


def waiting_words(error: OSError | AutomationError) -> str:
    """What the program waits for, in Thai, for staff."""
    if isinstance(error, AutomationError):
        return f"รอ: {error}"
    words = _CAUSES.get(error.errno or 0, f"เข้าถึงโฟลเดอร์ไม่ได้ ({error.strerror or error})")
    place = f" ({error.filename})" if isinstance(error.filename, str) else ""
    return f"{words}{place} จะลองใหม่เรื่อย ๆ"


def cause(error: BaseException) -> str:
    """The deepest cause in the system's words, without names of files."""
    while error.__cause__ is not None:
        error = error.__cause__
    with contextlib.suppress(AttributeError):
        return str(error.strerror or type(error).__name__)  # type: ignore[attr-defined]
    return type(error).__name__
