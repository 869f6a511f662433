"""A form of the office's own that no class of the model describes: its fields by the template's names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericRecord:
    """What a form says that the office added by a template and an entry in `forms.toml`.

    A value is a text, a tuple of texts for a list, or a tuple of mappings (column → text) for a table.
    """

    form: str
    """Id of the form in the catalogue."""
    title: str = ""
    """Thai title of the form when the file was read."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Path behind the form's id (`place`, `leader.name`) → value; absent fields are not in it."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Path → what the form called the field when the file was read."""

    def __post_init__(self) -> None:
        """Lists become tuples, as they come back from JSON."""
        values = {
            path: tuple(value) if isinstance(value, list) else value for path, value in self.fields.items()
        }
        object.__setattr__(self, "fields", values)

    def text(self, path: str) -> str | None:
        """The value of a field that is one text, None where it is absent or a list."""
        value = self.fields.get(path)
        return value if isinstance(value, str) else None
