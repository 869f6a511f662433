"""Run by Alembic with the connection that `database.upgrade` hands over."""

from __future__ import annotations

from alembic import context

from automation.register.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
