"""The outgoing registers: a running number for each letter and order that asks for one.

Each unit code has one register of ordinary letters and one of circulars (ว); orders have theirs. All begin
at 1 with the calendar year (B.E.). The rows are the register: the next number follows the last row, so
that none can be missing, and the write lock is taken before the last one is read.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from automation.errors import RegisterError
from automation.model.outgoing import Numbered, NumberKind
from automation.register import tables


def reserve(
    connection: sa.Connection,
    series: str,
    year: int,
    kind: NumberKind,
    *,
    when: datetime,
    who: str,
    subject: str,
) -> int:
    """Enter the next number of the register and return it; the connection must be one that writes."""
    number = _last(connection, series, year, kind) + 1
    connection.execute(
        sa.insert(tables.outgoing).values(
            series=series, year=year, kind=kind.value, number=number, reserved=when, who=who, subject=subject
        )
    )
    return number


def release(connection: sa.Connection, series: str, year: int, kind: NumberKind, number: int) -> None:
    """Take back a number that nothing was issued under; RegisterError unless it is the last one."""
    table = tables.outgoing
    chosen = _rows(series, year, kind)
    row = connection.execute(sa.select(table).where(*chosen, table.c.number == number)).first()
    if row is None or row.issued_id is not None or number != _last(connection, series, year, kind):
        raise RegisterError(
            f"คืนเลขที่ {number} ของทะเบียน {series} ปี {year} ไม่ได้ เพราะมีเอกสารใช้แล้วหรือออกเลขถัดไปแล้ว",
            hint="โปรดบันทึกเลขนี้ว่ายกเลิกในทะเบียนหนังสือส่ง",
        )
    connection.execute(sa.delete(table).where(*chosen, table.c.number == number))


def use(connection: sa.Connection, outgoing: Numbered, issued: int) -> None:
    """Note which document went out under a number."""
    table = tables.outgoing
    chosen = _rows(outgoing.series, outgoing.year, outgoing.kind)
    connection.execute(
        sa.update(table).where(*chosen, table.c.number == outgoing.number).values(issued_id=issued)
    )


def numbers(connection: sa.Connection, year: int) -> tuple[Numbered, ...]:
    """Every number given in a calendar year (B.E.), register by register."""
    table = tables.outgoing
    rows = connection.execute(
        sa.select(table).where(table.c.year == year).order_by(table.c.kind, table.c.series, table.c.number)
    )
    return tuple(
        Numbered(
            series=row.series,
            year=row.year,
            kind=NumberKind(row.kind),
            number=row.number,
            reserved=row.reserved,
            who=row.who,
            subject=row.subject,
            issued=row.issued_id,
        )
        for row in rows
    )


def _last(connection: sa.Connection, series: str, year: int, kind: NumberKind) -> int:
    last = connection.execute(
        sa.select(sa.func.max(tables.outgoing.c.number)).where(*_rows(series, year, kind))
    ).scalar()
    return int(last or 0)


def _rows(series: str, year: int, kind: NumberKind) -> tuple[sa.ColumnElement[bool], ...]:
    table = tables.outgoing
    return table.c.series == series, table.c.year == year, table.c.kind == kind.value
