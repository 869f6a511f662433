"""Put a file in its place whole or not at all."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

from automation.errors import AutomationError


def save_bytes(target: Path, data: bytes) -> None:
    """Write beside the target, force it to the disk, and give it its name in one step.

    AutomationError when that cannot be done: the disk is full, the folder is not there or not ours, or,
    under Windows, the old file is open in Word. The old file then stays as it was.
    """
    # a name of its own length: a Thai name of 80 letters has no room for more
    new = target.with_name(f".{os.getpid()}-{zlib.crc32(target.name.encode()):08x}.new")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
    except OSError as error:
        raise AutomationError(
            f"บันทึกแฟ้ม {target.name} ไม่ได้ ({error.strerror})",
            hint="กรุณาปิดแฟ้มนี้หากเปิดอยู่ใน Word หรือ Excel ตรวจว่าโฟลเดอร์ยังอยู่และมีที่ว่าง แล้วสั่งใหม่อีกครั้ง",
            place=str(target.parent),
        ) from error
    finally:
        new.unlink(missing_ok=True)
