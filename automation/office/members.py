"""The members of a zip, judged by its table of contents before any of them is unfolded."""

from __future__ import annotations

import zipfile
import zlib

from automation.errors import EncryptedFile, OversizedFile, UnreadableFile
from automation.office.guard import Limits

SAVE_AGAIN = "กรุณาเปิดใน Word หรือ Excel แล้วบันทึกเป็น .docx หรือ .xlsx ใหม่"
NOT_WHOLE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What the zip library raises for an archive that is not whole."""


def checked_members(archive: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """Members by name in lower case, without those whose names would lead out of the package.

    OversizedFile for what must be a bomb, EncryptedFile, UnreadableFile for a method that Office never uses.
    """
    infos = archive.infolist()
    if len(infos) > limits.parts:
        raise too_large(f"ไฟล์มีส่วนย่อยภายใน {len(infos):,} ส่วน มากเกินกำหนด")
    total = 0
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        total += info.file_size
        _check_member(info)
        name = info.filename.replace("\\", "/").lstrip("/").lower()
        if ".." not in name.split("/") and ":" not in name:
            members[name] = info
    if total > 2 * limits.total_bytes:
        raise too_large("ไฟล์คลายแล้วใหญ่ผิดปกติ")
    _check_overlaps(infos)
    return members


def _check_member(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise EncryptedFile("ไฟล์มีรหัสผ่าน เปิดไม่ได้", hint="กรุณายกเลิกรหัสผ่านแล้วส่งใหม่")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableFile("ไฟล์บีบอัดด้วยวิธีที่ Word และ Excel ไม่ใช้", hint=SAVE_AGAIN)


def unfolds_wildly(info: zipfile.ZipInfo, limits: Limits) -> bool:
    """Whether a member unfolds to far more than it is.

    Asked of parts that are read only: a white picture may well fold to nothing.
    """
    return info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(info.compress_size, 1)


def _check_overlaps(infos: list[zipfile.ZipInfo]) -> None:
    """Members that share bytes are how a small zip unfolds without end."""
    end = -1
    for info in sorted(infos, key=lambda item: item.header_offset):
        if info.header_offset < end:
            raise too_large("ส่วนย่อยภายในไฟล์ซ้อนทับกันผิดปกติ")
        end = info.header_offset + 30 + info.compress_size


def too_large(message: str) -> OversizedFile:
    """The error for a file that passes a limit; the message says which."""
    return OversizedFile(message, hint="กรุณาลบรูปภาพหรือส่วนที่ไม่ใช้ออก แล้วบันทึกเป็นไฟล์ใหม่")
