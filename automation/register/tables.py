"""The tables of the register. Their first form is migrations/versions/r0001_initial.py; a test compares."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa


class Moment(sa.types.TypeDecorator[datetime]):
    """A point in time as ISO text with its zone, which SQLite would forget."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """Text for the database."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """The same point in time, in the zone it was noted in."""
        return None if value is None else datetime.fromisoformat(value)


metadata = sa.MetaData()

submission = sa.Table(
    "submission",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False, unique=True),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("received", Moment, nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("form", sa.String(32)),
    sa.Column("fiscal_year", sa.Integer, index=True),
    sa.Column("bureau", sa.Text),
    sa.Column("code", sa.Text),
    sa.Column("version", sa.Integer),
    sa.Column("archived", sa.Text),
    sa.Column("receipt", sa.Text),
    sa.Column("filed", sa.Boolean, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Column("unread", sa.JSON, nullable=False),
)
"""One row a content; `archived` is relative to the archive folder."""

occurrence = sa.Table(
    "occurrence",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("submission_id", sa.Integer, sa.ForeignKey("submission.id"), nullable=False, index=True),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("received", Moment, nullable=False),
    sa.Column("receipt", sa.Text),
)
"""The same content again."""

record = sa.Table(
    "record",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("submission_id", sa.Integer, sa.ForeignKey("submission.id"), nullable=False, unique=True),
    sa.Column("form", sa.String(32), nullable=False),
    sa.Column("fiscal_year", sa.Integer),
    sa.Column("last_year", sa.Integer),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("name_key", sa.Text, nullable=False),
    sa.Column("version", sa.Integer),
    sa.Column("current", sa.Boolean, nullable=False),
    sa.Column("data", sa.JSON, nullable=False),
    sa.Column("evidence", sa.JSON, nullable=False),
    sa.Column("changes", sa.JSON, nullable=False),
    sa.UniqueConstraint("form", "fiscal_year", "key", "version", name="record_version"),
)
"""What was read, of every form. `key` tells which submissions are versions of one thing; `version` is null
where the submission was not accepted."""

sa.Index("record_in_force", record.c.form, record.c.fiscal_year, record.c.current)
sa.Index("record_key", record.c.form, record.c.key)

finding = sa.Table(
    "finding",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("submission_id", sa.Integer, sa.ForeignKey("submission.id"), nullable=False, index=True),
    sa.Column("severity", sa.String(16), nullable=False),
    sa.Column("rule", sa.String(64), nullable=False, index=True),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("steps", sa.JSON, nullable=False),
)

number = sa.Table(
    "number",
    metadata,
    sa.Column("series", sa.Text, primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)
"""Running numbers: the last one given in each series, e.g. `2570-นผ`."""

issued = sa.Table(
    "issued",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("fiscal_year", sa.Integer, index=True),
    sa.Column("code", sa.Text),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("made", Moment, nullable=False),
    sa.Column("figures", sa.JSON, nullable=False),
    sa.Column("facts", sa.JSON, nullable=False, server_default="{}"),
    sa.Column("number", sa.Text),
    sa.Column("archived", sa.Text),
    sa.Column("records", sa.JSON, nullable=False, server_default="{}"),
)
"""Documents made; `number` as it is printed, `archived` is relative to the archive folder, `records` tells
which submissions a book was made from."""

outgoing = sa.Table(
    "outgoing",
    metadata,
    sa.Column("series", sa.Text, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("reserved", Moment, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("issued_id", sa.Integer, sa.ForeignKey("issued.id")),
)
"""Outgoing numbers that were given: unit code (or the office, for orders), calendar year (B.E.), register."""

history = sa.Table(
    "history",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("what", sa.String(32), nullable=False),
    sa.Column("submission_id", sa.Integer, sa.ForeignKey("submission.id")),
    sa.Column("detail", sa.JSON, nullable=False),
)
"""Only ever added to; SQLite refuses to change or delete a row."""
