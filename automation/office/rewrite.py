"""Give some parts of an Office file new content and leave every other byte of it as it was."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

_DAY = (1980, 1, 1, 0, 0, 0)
"""Of added parts: the same content makes the same file, whenever it is made."""


def read_parts(path: Path, *, without: Collection[str] = ()) -> dict[str, bytes]:
    """Every part of the file by its name inside the package, but those that are not wanted. Meant for files
    that we wrote ourselves."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if name not in without}


def replace_parts(path: Path, parts: Mapping[str, bytes]) -> None:
    """Replace the content of these parts, or add them; the others keep theirs. The file is whole at any
    moment: a new one is written beside it and takes its name at the end.
    """
    new = path.with_name(f".{path.name}.new")
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as package,
    ):
        for item in old.infolist():
            if item.filename in parts:
                package.writestr(item, parts[item.filename], zipfile.ZIP_DEFLATED, 2)
            else:
                _copy(old, item, package)
        for name in sorted(parts.keys() - set(old.namelist())):
            package.writestr(zipfile.ZipInfo(name, _DAY), parts[name], zipfile.ZIP_DEFLATED, 2)
    new.replace(path)


def _copy(old: zipfile.ZipFile, item: zipfile.ZipInfo, package: zipfile.ZipFile) -> None:
    """Copy a part piece by piece: that of a book may be large."""
    entry = zipfile.ZipInfo(item.filename, item.date_time)
    entry.compress_type, entry._compresslevel = zipfile.ZIP_DEFLATED, 2  # type: ignore[attr-defined]
    with old.open(item) as source, package.open(entry, "w") as target:
        shutil.copyfileobj(source, target, 1 << 16)
