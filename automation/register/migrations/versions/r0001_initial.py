"""The register as it was first made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from automation.register.tables import Moment

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    _received()
    _read()
    _made()
    _guard_history()


def downgrade() -> None:
    """Drop every table, the youngest first."""
    for name in ("history", "issued", "number", "finding", "record", "occurrence", "submission"):
        op.drop_table(name)


def _received() -> None:
    op.create_table(
        "submission",
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
    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("submission_id", sa.Integer, sa.ForeignKey("submission.id"), nullable=False, index=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("received", Moment, nullable=False),
        sa.Column("receipt", sa.Text),
    )


def _read() -> None:
    op.create_table(
        "record",
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
    op.create_index("record_in_force", "record", ["form", "fiscal_year", "current"])
    op.create_index("record_key", "record", ["form", "key"])
    op.create_table(
        "finding",
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
    op.create_table(
        "number",
        sa.Column("series", sa.Text, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )


def _made() -> None:
    op.create_table(
        "issued",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("fiscal_year", sa.Integer, index=True),
        sa.Column("code", sa.Text),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("made", Moment, nullable=False),
        sa.Column("figures", sa.JSON, nullable=False),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("submission_id", sa.Integer, sa.ForeignKey("submission.id")),
        sa.Column("detail", sa.JSON, nullable=False),
    )


def _guard_history() -> None:
    """The history is only ever added to: the database itself refuses anything else."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER history_no_{verb.lower()} BEFORE {verb} ON history "
                "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER history_guard BEFORE UPDATE OR DELETE ON history "
        "FOR EACH ROW EXECUTE FUNCTION history_is_append_only()"
    )
