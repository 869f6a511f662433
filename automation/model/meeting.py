"""A meeting of the cycle, from which its invitation is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """ระเบียบวาระ with its sub-items."""

    no: str
    title: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Number as written (`๑/๒๕๗๐`, per calendar year), Gregorian dates, times as `09:30`."""

    title: str | None = None
    number: str | None = None
    issued: dt.date | None = None
    date: dt.date | None = None
    start_time: str | None = None
    end_time: str | None = None
    place: str | None = None
    chair: str | None = None
    agenda: tuple[AgendaItem, ...] = ()
    invitees: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    reply_by: dt.date | None = None
