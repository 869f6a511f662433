"""Give some parts of an Office file new content and leave every other byte of it as it was."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

_DAY = (1980, 1, 1, 0, 0, 0)
"""Of added parts: the same content makes the same file, whenever it is made."""


def read_parts(path: Path) -> dict[str, bytes]:
    """Every part of the file by its name inside the package. Meant for files that we wrote ourselves."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


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
            package.writestr(item, parts.get(item.filename) or old.read(item), zipfile.ZIP_DEFLATED, 2)
        for name in sorted(parts.keys() - set(old.namelist())):
            package.writestr(zipfile.ZipInfo(name, _DAY), parts[name], zipfile.ZIP_DEFLATED, 2)
    new.replace(path)
