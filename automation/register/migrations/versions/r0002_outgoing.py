"""Registers of outgoing numbers; what a document was made with, and its copy in the archive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from automation.register.tables import Moment

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of numbers, and three columns to what was made."""
    op.create_table(
        "outgoing",
        sa.Column("series", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("reserved", Moment, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("issued_id", sa.Integer, sa.ForeignKey("issued.id")),
    )
    op.add_column("issued", sa.Column("facts", sa.JSON, nullable=False, server_default="{}"))
    op.add_column("issued", sa.Column("number", sa.Text))
    op.add_column("issued", sa.Column("archived", sa.Text))


def downgrade() -> None:
    """Drop them again."""
    for name in ("archived", "number", "facts"):
        op.drop_column("issued", name)
    op.drop_table("outgoing")
