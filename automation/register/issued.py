"""Documents that were made: noted with their figures and facts, found again to refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from automation.register import store, tables
from automation.register.records import Issued


def issue(connection: sa.Connection, values: Mapping[str, Any], who: str) -> int:
    """Note a document that was made, in the history too; its id."""
    key = connection.execute(sa.insert(tables.issued).values(values)).inserted_primary_key
    assert key is not None
    detail = {name: values[name] for name in ("kind", "path", "code", "number")}
    store.note(connection, values["made"], who, "issued", None, detail)
    return int(key[0])


def issued(connection: sa.Connection, archive: Path, *where: Any) -> tuple[Issued, ...]:
    """The documents made, those that `where` chooses; oldest first."""
    chosen = sa.select(tables.issued).where(*where).order_by(tables.issued.c.id)
    return tuple(
        Issued(**{**row, "archived": archive / row["archived"] if row["archived"] else None})
        for row in connection.execute(chosen).mappings()
    )


def reference(
    connection: sa.Connection,
    archive: Path,
    kinds: Iterable[str],
    fiscal_year: int,
    code: str | None,
    bureau: str | None,
) -> Issued | None:
    """The last numbered document of these kinds, of the project or the unit where one is named."""
    table = tables.issued
    chosen = [table.c.fiscal_year == fiscal_year, table.c.kind.in_(tuple(kinds)), table.c.number.is_not(None)]
    if code is not None:
        chosen.append(table.c.code == code)
    found = reversed(issued(connection, archive, *chosen))
    return next((item for item in found if bureau in (None, item.facts.get("of"))), None)


def of_year(
    connection: sa.Connection, archive: Path, fiscal_year: int | None, *, latest: bool
) -> tuple[Issued, ...]:
    """The documents made for a fiscal year or, without one, all; with `latest` only the last of each kind."""
    table = tables.issued
    where = [] if fiscal_year is None else [table.c.fiscal_year == fiscal_year]
    if latest:
        where = [table.c.id.in_(sa.select(sa.func.max(table.c.id)).where(*where).group_by(table.c.kind))]
    return issued(connection, archive, *where)
