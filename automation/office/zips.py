"""Take a zip of files apart safely: judged before it is unfolded, bounded meanwhile, no name a path."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from automation.errors import FileError, UnreadableFile
from automation.office.guard import Kind, Limits
from automation.office.members import NOT_WHOLE, checked_members, too_large, unfolds_wildly

MOST_FILES = 500
_CHUNK = 1 << 20
_SYSTEM_FOLDERS = frozenset({"__macosx", ".git", "@eadir"})
_UTF8_NAME = 0x800
_THAI = re.compile("[\u0e01-\u0e5b]")
_SEND_AGAIN = "กรุณาบีบอัดใหม่แล้วส่งอีกครั้ง หรือส่งทีละไฟล์"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file out of a zip: `name` is the sender's, for people to read; `path` is ours."""

    name: str
    path: Path


def is_bundle(path: Path) -> bool:
    """Whether a file is a zip of files, and not an office document, which is a zip too."""
    from automation.office.package import sniff_zip

    try:
        return zipfile.is_zipfile(path) and sniff_zip(path) is Kind.ZIP
    except FileError:
        return False


def unpack(path: Path, folder: Path, limits: Limits) -> tuple[Member, ...]:
    """The files of a zip, written into `folder` as `0001.docx` …, without what operating systems add.

    A zip within the zip stays one. FileError, each cause with its Thai message, when the zip is encrypted, a
    bomb, broken or empty; OSError when the folder cannot be written.
    """
    try:
        with _opened(path) as archive:
            checked_members(archive, limits)
            infos = [info for info in archive.infolist() if not info.is_dir() and not _of_the_system(info)]
            if len(infos) > MOST_FILES:
                raise too_large(f"ไฟล์ zip มี {len(infos):,} ไฟล์ มากเกิน {MOST_FILES} ไฟล์")
            if not infos:
                raise UnreadableFile("ไฟล์ zip ไม่มีไฟล์อยู่ภายใน", hint=_SEND_AGAIN)
            return _written(archive, infos, folder, limits)
    except NOT_WHOLE as error:
        raise UnreadableFile("ไฟล์ zip ชำรุด แตกไฟล์ไม่ได้", hint=_SEND_AGAIN) from error


def _written(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], folder: Path, limits: Limits
) -> tuple[Member, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    left = 2 * limits.total_bytes
    members = []
    for number, info in enumerate(infos, 1):
        if unfolds_wildly(info, limits):
            raise too_large(f"ไฟล์ {_name(info)} ใน zip คลายแล้วใหญ่ผิดปกติเมื่อเทียบกับขนาดจริง")
        name = _name(info)
        target = folder / f"{number:04d}{PurePosixPath(name).suffix[:12].lower()}"
        left -= _extract(archive, info, target, min(left, limits.file_bytes))
        members.append(Member(name=name, path=target))
    return tuple(members)


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, most: int) -> int:
    size = 0
    with target.open("wb") as copy:
        for chunk in _unfolded(archive, info):
            size += len(chunk)
            if size > most:
                raise too_large(f"ไฟล์ {_name(info)} ใน zip คลายแล้วใหญ่เกินกำหนด")
            copy.write(chunk)
    return size


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except OSError as error:
        raise zipfile.BadZipFile from error


def _unfolded(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """A table of contents may name a place before the beginning of the file, which the system then says."""
    try:
        with archive.open(info) as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise zipfile.BadZipFile from error


def _of_the_system(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(_name(info)).parts
    return not parts or any(part.lower() in _SYSTEM_FOLDERS for part in parts[:-1])


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name as text: Windows writes Thai names in its own code page without saying so."""
    if info.flag_bits & _UTF8_NAME:
        text = info.filename
    else:
        raw = info.filename.encode("cp437", errors="replace")
        text = raw.decode("utf-8", errors="ignore")
        if not raw.isascii() and not _THAI.search(text):  # Thai of Windows may look like other UTF-8
            text = raw.decode("cp874", errors="replace")
    return text.replace("\\", "/")
