"""PDFs that LibreOffice made, kept by what they were made from: the same pages are never set twice.

A book is set once to learn its page numbers and once more with them, and the second PDF is the one that the
printer gets; a book that has not changed since it was last made is not set at all. The store lies in the
user's cache folder, keeps the newest files up to a size, and may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from hashlib import sha256
from pathlib import Path

from automation.office.fonts import default_cache, official_faces

_MOST = 300_000_000
"""Bytes of all that is kept."""


class PdfStore:
    """PDFs by their key, in a folder; without one nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or default_cache().with_name("pdf")

    def key(self, copy: Path, program: Path, conf: Path | None, settings: str) -> str:
        """What the PDF of this prepared copy is known by: its bytes, and all that shapes the pages."""
        found = sha256(copy.suffix.encode())
        with copy.open("rb") as file:
            while data := file.read(1 << 20):
                found.update(data)
        real = program.resolve()
        shaping = (
            str(real),
            str(real.stat().st_mtime_ns),
            conf.read_text(encoding="utf-8") if conf else "",
            str(sorted((name, str(face)) for name, face in official_faces().items())),
            settings,
        )
        found.update("\0".join(shaping).encode())
        return found.hexdigest()

    def take(self, key: str, target: Path) -> bool:
        """Copy the PDF of this key to `target`; False where there is none."""
        kept = self._folder / f"{key}.pdf"
        try:
            shutil.copyfile(kept, target)
            os.utime(kept)
        except OSError:
            return False
        return True

    def keep(self, key: str, pdf: Path) -> None:
        """Keep a copy of the PDF under its key. Where the disk refuses, none is kept."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = self._folder / f".{os.getpid()}-{key}.new"
            shutil.copyfile(pdf, new)
            new.replace(self._folder / f"{key}.pdf")
            self._tidy()

    def _tidy(self) -> None:
        """Delete the oldest files beyond the size that may be kept."""
        files = [(file.stat(), file) for file in self._folder.glob("*.pdf")]
        size = sum(facts.st_size for facts, _ in files)
        for facts, file in sorted(files, key=lambda item: item[0].st_mtime_ns):
            if size <= _MOST:
                return
            file.unlink(missing_ok=True)
            size -= facts.st_size
