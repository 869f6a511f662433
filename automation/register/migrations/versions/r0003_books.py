"""Which submissions a book was made from, so that the next draft can tell what has changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column to what was made."""
    op.add_column("issued", sa.Column("records", sa.JSON, nullable=False, server_default="{}"))


def downgrade() -> None:
    """Drop it again."""
    op.drop_column("issued", "records")
