"""Every error that the program raises on purpose.

    AutomationError            shown to the user in Thai, with a hint; never a traceback
    ├── UsageError             wrong use of a command                          exit 2
    ├── ConfigError            config.toml is wrong; holds all its problems    exit 2
    ├── FileError              cannot go on with this one file                 exit 1
    │   ├── UnreadableFile     file-unreadable: broken, empty, truncated
    │   ├── IncompleteFile     file-incomplete: still being copied
    │   ├── EncryptedFile      file-encrypted
    │   ├── LegacyFile         file-legacy: .doc or .xls and no LibreOffice
    │   ├── OversizedFile      file-too-large: too large, or a zip bomb
    │   ├── ForeignFile        file-not-office: something else under that name
    │   ├── UnknownForm        form-unknown
    │   └── AmbiguousForm      form-ambiguous
    ├── TemplateError          a template cannot be used or filled             exit 2
    ├── MissingFacts           a document needs facts that nobody has given    exit 2
    ├── RegisterError          the register cannot be read or written          exit 2
    │   └── DamagedRegister    its database is broken                          exit 2
    └── RenderError            LibreOffice is absent or failed                 exit 2

What a bureau wrote wrongly in a form is not an error but a `Finding` (model/finding.py).
Anything that is not an AutomationError is a defect of the program (exit 3).
This module knows neither click nor files.
"""

from __future__ import annotations

from typing import ClassVar


class AutomationError(Exception):
    """Something that the user can mend: Thai `message`, Thai `hint` what to do, Thai `place`."""

    rule: ClassVar[str] = ""
    """Rule id of the finding that a receipt shows for it; empty where there is none."""
    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, *, hint: str = "", place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.place = place

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head}\n{self.hint}" if self.hint else head

    def __reduce__(self) -> tuple[object, ...]:
        """Cross the process boundary of the reading worker with all three texts."""
        return (_rebuild, (type(self), self.message, self.hint, self.place))


def _rebuild(kind: type[AutomationError], message: str, hint: str, place: str) -> AutomationError:
    return kind(message, hint=hint, place=place)


class UsageError(AutomationError):
    """A command was called with something that does not exist or does not fit."""


class ConfigError(AutomationError):
    """`config.toml` is wrong; `problems` holds one Thai line for each fault found."""

    def __init__(self, problems: tuple[str, ...], *, place: str = "config.toml") -> None:
        super().__init__("\n".join(problems), place=place)
        self.problems = problems

    def __reduce__(self) -> tuple[object, ...]:
        return (ConfigError, (self.problems,))


class FileError(AutomationError):
    """Cannot go on with this one file; the receipt tells why."""

    rule = "file-unreadable"
    exit_code = 1


class UnreadableFile(FileError):
    """The file is empty, truncated or broken."""


class IncompleteFile(FileError):
    """The file has not arrived whole."""

    rule = "file-incomplete"


class EncryptedFile(FileError):
    """The file needs a password."""

    rule = "file-encrypted"


class LegacyFile(FileError):
    """A Word 97 or Excel 97 file, and no LibreOffice to turn it into a readable one."""

    rule = "file-legacy"


class OversizedFile(FileError):
    """The file, or what it unfolds to, passes a limit; or reading it took too long."""

    rule = "file-too-large"


class ForeignFile(FileError):
    """By its content the file is not a Word or Excel document."""

    rule = "file-not-office"


class UnknownForm(FileError):
    """No form of the catalogue fits."""

    rule = "form-unknown"


class AmbiguousForm(FileError):
    """More than one form of the catalogue fits."""

    rule = "form-ambiguous"


class TemplateError(AutomationError):
    """A template is broken or asks for what does not exist; `place` names file, part and paragraph."""


class MissingFacts(AutomationError):
    """A document needs facts that neither the register nor `--set` gave; `names` lists them, `labels` says
    them in Thai."""

    def __init__(
        self, names: tuple[str, ...], message: str, *, hint: str = "", labels: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message, hint=hint)
        self.names = names
        self.labels = labels or names

    def __reduce__(self) -> tuple[object, ...]:
        return (MissingFacts, (self.names, self.message))


class RegisterError(AutomationError):
    """The register (database or archive) cannot be read or written."""


class DamagedRegister(RegisterError):
    """The database of the register is not whole: it must come back from a copy."""


class RenderError(AutomationError):
    """LibreOffice is absent, timed out, or made nothing."""
