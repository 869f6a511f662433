"""Write zip packages in memory, with entries that are packed once and used in many files."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

_FAST = 2
"""Level 2 costs a third of the default's time and makes files a tenth larger."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One file packed: its bytes, the size and check sum of what they hold."""

    data: bytes
    size: int
    crc: int

    @classmethod
    def of(cls, pieces: Iterable[bytes], level: int = _FAST) -> Packed:
        """Pack what comes piece by piece; only the packed form is kept."""
        packer, out, size, crc = zlib.compressobj(level, zlib.DEFLATED, -15), bytearray(), 0, 0
        for piece in pieces:
            out += packer.compress(piece)
            size, crc = size + len(piece), zlib.crc32(piece, crc)
        return cls(bytes(out + packer.flush()), size, crc)


@dataclass(slots=True)
class Archive:
    """A zip file being written: entries so far and their directory. Same content, same bytes: no clock."""

    entries: bytearray = field(default_factory=bytearray)
    directory: list[bytes] = field(default_factory=list)

    def copy(self) -> Archive:
        """An archive that goes on from here, while this one stays as it is."""
        return Archive(bytearray(self.entries), list(self.directory))

    def add(self, name: str, data: bytes, *, small: bool = False) -> None:
        """Append one file, packed fast unless `small`; dated 1 January 1980, its name in UTF-8."""
        self.put(name, Packed.of([data], 9 if small else _FAST))

    def put(self, name: str, packed: Packed) -> None:
        """Append one file that is packed already."""
        title = name.encode("utf-8")
        facts = (0x800, 8, 0, 0x21, packed.crc, len(packed.data), packed.size, len(title), 0)
        offset = len(self.entries)
        self.entries += struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, *facts) + title + packed.data
        self.directory.append(
            struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, *facts, 0, 0, 0, 0, offset) + title
        )

    def closed(self) -> bytes:
        """The whole file."""
        directory, count = b"".join(self.directory), len(self.directory)
        end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(self.entries), 0)
        return bytes(self.entries + directory + end)
