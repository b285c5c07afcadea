"""What a store knows of the feeds that are watched."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, delete, insert, select

from sitrep.store import tables as t


class FeedState(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as it was when it was last looked at.

    due_at: when to look again; None where it is gone for good. failures: how many looks failed in a row. note:
    why the last one did. waiting: pages that could not be had, as JSON.
    """

    address: str
    asked_at: str
    due_at: str | None
    etag: str | None
    modified: str | None
    failures: int
    note: str | None
    waiting: str


def feed_states(connection: Connection) -> dict[str, FeedState]:
    """All feeds by address."""
    rows = connection.execute(select(t.feeds)).mappings()
    return {row["address"]: FeedState(**row) for row in rows}


def keep_feed(connection: Connection, state: FeedState) -> None:
    """Put a feed's state in the place of an earlier one."""
    connection.execute(delete(t.feeds).where(t.feeds.c.address == state.address))
    connection.execute(insert(t.feeds).values(**msgspec.structs.asdict(state)))
